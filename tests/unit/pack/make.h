/* Small files made for tests: zip archives and workbooks out of literal parts. */
#ifndef TESTS_UNIT_PACK_MAKE_H
#define TESTS_UNIT_PACK_MAKE_H

#include "pack/sheet.h"

struct make_part {
	const char *name;
	struct str bytes;
	bool stored;
};

/* A plain zip archive. */
struct str make_zip(struct arena *a, const struct make_part *part, size_t n);
/* A workbook with one sheet «Лист» of the given worksheet XML and shared strings XML (or NULL).
 * Style 1 is a date, style 2 an own date format. */
struct str make_xlsx(struct arena *a, const char *sheet_xml, const char *strings_xml);
/* Worksheet XML with the given inside of sheetData. */
const char *make_sheet(struct arena *a, const char *rows);

/* A document with the given inside of w:body; styles and numbering are the insides of their parts
 * or NULL. */
struct str make_docx(struct arena *a, const char *body, const char *styles, const char *numbering);

/* An OpenDocument text with the given inside of office:text, of automatic and of common styles (or
 * NULL). */
struct str make_odt(struct arena *a, const char *body, const char *automatic, const char *styles);

/* A PDF with one text a line: letters of ten points and one width (six points), x and y from the
 * upper left corner of the page; a page is 595 by 842 points. Pages are numbered from 0 and come in
 * order. */
struct make_pdf_text {
	int page, x, y;
	struct str text;
};
struct str make_pdf(struct arena *a, const struct make_pdf_text *t, size_t n);
/* The same with straight lines on its pages. */
struct make_pdf_rule {
	int page, x0, y0, x1, y1;
};
struct make_pdf_rules {
	struct make_pdf_rule v[64];
	size_t n;
};
struct str make_pdf_ruled(struct arena *a, const struct make_pdf_text *t, size_t n,
        const struct make_pdf_rules *rules);

/* All blocks as text: paragraphs a line each, tables as [a/1|b/2^] with column spans and «goes on
 * from above», header rows as [h:…], page breaks as ---. */
struct rich;
struct str made_rich(struct arena *a, const struct rich *rich);

/* A sink that writes what it gets as text: one line a row, "5: A=t:имя C=n:3". */
struct made_text {
	struct arena *a;
	struct str text;
	unsigned rows, sheets;
	unsigned stop_at; /* refuse this row, when not 0 */
	struct str merged;
};
struct sheet_sink made_sink(struct made_text *m);

/* A sink that keeps a checksum over all it gets. */
struct made_sum {
	uint64_t rows, cells, sum;
};
struct sheet_sink made_sum_sink(struct made_sum *m);

#endif

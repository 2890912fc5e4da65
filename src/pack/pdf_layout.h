/* Letters with places on pages → plain text with columns, as a typewriter would have set it: words
 * in reading order, columns of tables kept apart by two blanks or more and aligned from line to
 * line, an empty line where the page leaves room, \f between pages, running heads dropped. Tables
 * whose ruling lines are known stand in boxes. Knows no PDF. */
#ifndef PACK_PDF_LAYOUT_H
#define PACK_PDF_LAYOUT_H

#include "base/buf.h"
#include "pack/ruled_table.h"

struct pdf_glyph {
	uint32_t cp;
	float x0, y0, x1, y1; /* points, from the upper left corner */
};

struct pdf_page {
	struct pdf_glyph *glyph; /* in any order; is sorted in place */
	size_t n;
	const struct page_rule *rule; /* ruling lines; none: columns are found by places alone */
	size_t n_rules;
};

/* Scratch memory and nothing else comes from a; text goes to out (overflow is the buf's). */
void pdf_layout(struct arena *a, struct pdf_page *page, size_t n, struct buf *out);

#endif

/* The parts of an XLSX file around its sheets: list of sheets, shared strings, date styles. Used by
 * the xlsx_ files only. */
#ifndef PACK_XLSX_BOOK_H
#define PACK_XLSX_BOOK_H

#include "pack/zipfile.h"

struct xlsx_sheet {
	struct str name, part; /* tab name; name of its part in the archive */
	struct str rel;
	bool hidden;
};

struct xlsx_book {
	struct zipfile *zip;
	VEC(struct xlsx_sheet) sheet;
	VEC(struct str) shared;
	VEC(bool) date_style; /* by index of cellXfs: shows a date or time */
	bool epoch_1904;
};

/* Opens the workbook; everything lives in a. scan_strings: try the scanner on the shared strings
 * before expat. */
MUST_USE enum ec xlsx_book_open(struct arena *a, struct zipfile *zip, bool scan_strings,
        struct xlsx_book *ret, struct err *e);
/* Text of a string part with _xHHHH_ escapes (ECMA-376 part 1, 22.9.2.19) decoded. */
struct str xlsx_unescape(struct arena *a, struct str s);
/* A number format code that shows a date or a time. */
bool xlsx_format_is_date(struct str code);

#endif

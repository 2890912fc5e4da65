/* Scanner for the shapes that spreadsheets really write. It accepts only what expat would accept
 * with the same outcome; at anything else it gives up and expat reads the part. Used by the xlsx_
 * files only. */
#ifndef PACK_XLSX_SCAN_H
#define PACK_XLSX_SCAN_H

#include "pack/xlsx_rows.h"

enum xlsx_scan {
	XLSX_SCAN_DONE,
	XLSX_SCAN_UNUSUAL, /* ask expat */
	XLSX_SCAN_STOPPED, /* a row was refused: *e is set */
};

/* Reads rows from *at, which stands behind "<sheetData>", up to "</sheetData>", on which *at is
 * left.
 */
MUST_USE enum xlsx_scan xlsx_scan_rows(
        struct str xml, size_t *at, struct xlsx_rows *rows, struct err *e);

/* Reads a whole shared strings part; false: ask expat (book->shared may be half filled). Strings
 * are views into xml or live in a. */
MUST_USE bool xlsx_scan_strings(struct arena *a, struct str xml, struct xlsx_book *book);

#endif

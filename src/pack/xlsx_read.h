/* XLSX (ECMA-376 part 1, SpreadsheetML) → rows of pack/sheet.h.
 *
 * Two engines with one result: a scanner for the shape of <sheetData> that spreadsheets really
 * write, and expat for anything else. When the scanner meets something unusual, expat reads the
 * sheet anew and the rows already sent are passed over. */
#ifndef PACK_XLSX_READ_H
#define PACK_XLSX_READ_H

#include "pack/sheet.h"

enum xlsx_engine {
	XLSX_ENGINE_BEST,  /* scanner, expat where it must */
	XLSX_ENGINE_EXPAT, /* expat only: the reference for tests */
};

/* As sheet_read, for bytes known to be a zip. */
MUST_USE enum ec xlsx_read(struct arena *a, struct str bytes, enum xlsx_engine engine,
        const struct sheet_sink *sink, struct err *e);

#endif

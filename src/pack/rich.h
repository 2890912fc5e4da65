/* What a word-processor file says: paragraphs and tables in reading order, with nothing of the
 * trade in it. */
#ifndef PACK_RICH_H
#define PACK_RICH_H

#include "base/str.h"

struct rich_cell {
	struct str text;  /* paragraphs of the cell joined by \n */
	uint16_t colspan; /* at least 1 */
	bool continues;   /* vertically merged with the cell above (text is empty) */
};

struct rich_row {
	struct rich_cell *cell;
	size_t n;
	bool header; /* marked by the author as a repeated header row */
};

enum rich_kind { RICH_PARA, RICH_TABLE, RICH_PAGE };

/* One block; RICH_PAGE is an explicit page break. */
struct rich_block {
	enum rich_kind kind;
	struct str text;  /* paragraph: its text, with the list number written out in front («1.2.
	                     …») */
	struct str style; /* name of the paragraph style, or empty */
	uint8_t level;    /* 1–9 for headings, else 0 */
	bool bold, center, right;
	struct rich_row *row; /* table: its rows */
	size_t n_rows;
};

struct rich {
	struct rich_block *block;
	size_t n;
};

#endif

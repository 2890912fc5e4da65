/* What the cells of a sheet mean, once for both engines: types, references, order, limits; rows go
 * to the sink. Used by the xlsx_ files only. */
#ifndef PACK_XLSX_ROWS_H
#define PACK_XLSX_ROWS_H

#include "pack/sheet.h"
#include "pack/xlsx_book.h"

struct xlsx_rows {
	const struct xlsx_book *book;
	const struct sheet_sink *sink;
	struct str sheet;   /* tab name, for messages */
	struct arena *keep; /* outlives the rows: the array of cells */
	struct arena *text; /* emptied after each row */
	struct arena_mark mark;
	VEC(struct sheet_cell) cell;
	uint32_t row, col; /* last row seen; next column without a reference */
	bool hidden, unordered;
	uint64_t seen, sent; /* rows: a second engine passes over those already sent */
	enum ec stopped;     /* code of the sink that ended the reading: no second engine */
};

/* A cell as written. Views must live until the row ends. */
struct xlsx_cell {
	struct str ref, type, style; /* attributes r, t, s; p NULL when absent */
	struct str value, inlined;   /* text of <v>, of <is> */
};

void xlsx_rows_init(struct xlsx_rows *rows, const struct xlsx_book *book, struct str sheet,
        const struct sheet_sink *sink);
/* Begins the sheet again for another engine. */
void xlsx_rows_again(struct xlsx_rows *rows);
MUST_USE enum ec xlsx_row_begin(struct xlsx_rows *rows, struct str ref, bool hidden, struct err *e);
MUST_USE enum ec xlsx_row_cell(struct xlsx_rows *rows, const struct xlsx_cell *cell, struct err *e);
MUST_USE enum ec xlsx_row_end(struct xlsx_rows *rows, struct err *e);

/* "AB12" → column from 0 and row from 1. */
bool xlsx_ref_parse(struct str ref, uint32_t *ret_col, uint32_t *ret_row);

#endif

/* The common face of tabular files (XLSX, CSV, TSV): sheets → rows → cells, pushed to a sink while
 * the file is read. The same sink serves a file read here and a file read in the jail
 * (pack/sheet_wire.h). */
#ifndef PACK_SHEET_H
#define PACK_SHEET_H

#include "base/date.h"

enum cell_kind {
	CELL_EMPTY, /* never sent; the answer of sheet_cell_at for a missing column */
	CELL_TEXT,
	CELL_NUMBER, /* text is the number exactly as the file has it, e.g. "3" or "1.5E-2" */
	CELL_BOOL,   /* text is "0" or "1" */
	CELL_ERROR,  /* text is "#N/A", "#DIV/0!" … */
};

struct sheet_cell {
	uint32_t col; /* 0 = A */
	enum cell_kind kind;
	bool date; /* number shown as a date or time by its style: see sheet_cell_date */
	struct str text;
};

/* One row. Views are valid only during the call. */
struct sheet_row {
	uint32_t row; /* as Excel shows it, from 1; for CSV the number of the record */
	bool hidden;  /* hidden by the author or by a filter; data all the same */
	const struct sheet_cell *cell; /* columns ascending; empty ones are left out */
	size_t n;
};

struct sheet_range {
	uint32_t row0, col0, row1, col1; /* rows from 1, columns from 0, both ends included */
};

struct sheet_info {
	uint32_t index; /* 0, 1 … in the order of the tabs */
	struct str name;
	bool hidden;
	bool epoch_1904; /* serial dates count from 1904-01-01 */
};

struct sheet_end {
	const struct sheet_range *merged;
	size_t n_merged;
};

/* Receives a file. Each call returns EC_OK to go on; any other code stops the reading and is
 * returned with its message. `sheet` and `end` may be NULL. */
struct sheet_sink {
	void *user;
	/* A sheet begins; setting *skip leaves out its rows (and its end). */
	enum ec (*sheet)(void *user, const struct sheet_info *info, bool *skip, struct err *e);
	enum ec (*row)(void *user, const struct sheet_row *row, struct err *e);
	enum ec (*end)(void *user, const struct sheet_end *end, struct err *e);
};

/* Reads a tabular file whatever it is: XLSX by its bytes, otherwise text with separators (any
 * encoding text/decode.h knows). `name` is the file's name, used in messages and as the sheet name
 * of a text file. `a` holds what must live during the call (shared strings). EC_INPUT: not such a
 * file, damaged (message in Russian with sheet, row and column); EC_LIMIT: larger than
 * base/limits.h. */
MUST_USE enum ec sheet_read(struct arena *a, struct str bytes, struct str name,
        const struct sheet_sink *sink, struct err *e);

/* The cell of a column, or a CELL_EMPTY one. */
struct sheet_cell sheet_cell_at(const struct sheet_row *row, uint32_t col);
/* Its text, or "". */
struct str sheet_text_at(const struct sheet_row *row, uint32_t col);
/* Date of a number cell with a date style; false when it is none (serial outside 1900–9999). */
bool sheet_cell_date(
        const struct sheet_info *info, const struct sheet_cell *cell, struct date *ret);
/* "A" … "XFD" of a column, NUL-terminated. */
struct col_name {
	char z[4];
};
struct col_name sheet_col_name(uint32_t col);

#endif

/* Puts struct rich together for the readers of ODT and HTML: paragraphs, tables with row spans,
 * limits. Text goes to the open paragraph; an ended paragraph goes to the open cell, else it is a
 * block. Only the outermost table is a table: the paragraphs of nested ones stand in its cell. */
#ifndef PACK_RICH_BUILD_H
#define PACK_RICH_BUILD_H

#include "base/buf.h"
#include "pack/rich.h"

enum { RICH_COLUMNS = 1000 };

struct rich_para {
	struct str style;
	uint8_t level;
	bool center, right;
};

/* Open value; fields are private to rich_build.c unless said otherwise. */
struct rich_build {
	struct arena *a;
	VEC(struct rich_block) block;
	struct buf para, cell_text; /* para: readable, the text so far */
	bool bold, plain;           /* of the open paragraph: some text is bold, some is not */
	size_t text_left, cells_left;
	unsigned tables; /* readable: open tables */
	bool in_row, in_cell, cell_begun;
	VEC(struct rich_row) row;
	VEC(struct rich_cell) cell;
	struct rich_cell now;
	unsigned now_rows;
	size_t col, own_cells; /* next column of the open row; its cells that are not continued */
	struct rich_pending {
		unsigned rows;
		uint16_t colspan;
	} pending[RICH_COLUMNS]; /* cells from above that still cover rows */
};

/* Blocks live in a, texts on their way in scratch. Calls answer EC_LIMIT past base/limits.h. */
void rich_build_init(struct rich_build *b, struct arena *a, struct arena *scratch);
MUST_USE enum ec rich_build_text(struct rich_build *b, struct str text, bool bold, struct err *e);
/* Ends the paragraph. */
MUST_USE enum ec rich_build_para(struct rich_build *b, const struct rich_para *para, struct err *e);
/* A page break; nothing inside a table. */
MUST_USE enum ec rich_build_page(struct rich_build *b, struct err *e);
/* Openings and closings that do not fit (a cell outside a row …) are passed over. The open
 * paragraph is the caller's: end it before. */
void rich_build_table_open(struct rich_build *b);
MUST_USE enum ec rich_build_table_close(struct rich_build *b, struct err *e);
void rich_build_row_open(struct rich_build *b);
MUST_USE enum ec rich_build_row_close(struct rich_build *b, bool header, struct err *e);
MUST_USE enum ec rich_build_cell_open(
        struct rich_build *b, unsigned colspan, unsigned rowspan, struct err *e);
MUST_USE enum ec rich_build_cell_close(struct rich_build *b, struct err *e);
/* The outermost table has held one column so far and a table begins in it: it only lays the page
 * out. Its cells become paragraphs and it is closed. False when it is a real table. */
MUST_USE enum ec rich_build_unwrap(struct rich_build *b, bool *ret, struct err *e);
struct rich rich_build_done(const struct rich_build *b);

#endif

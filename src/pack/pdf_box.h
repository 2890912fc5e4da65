/* Ruled tables of pages with their letters → text with box drawing, cells in lines as they stand on
 * the page. Used by pdf_layout only. */
#ifndef PACK_PDF_BOX_H
#define PACK_PDF_BOX_H

#include "pack/pdf_layout.h"

/* A piece of text of a cell: one line of it. */
struct pdf_box_line {
	struct str text;
	size_t letters;
};

struct pdf_box_cell {
	VEC(struct pdf_box_line) line;
};

struct pdf_box {
	struct ruled_table t;
	struct pdf_box_cell *cell; /* by grid place; filled where a cell begins */
	size_t *col;               /* columns of the text where the upright lines stand */
};

/* Takes the letters that stand in the table out of the page; the rest keeps its order. em: height
 * of letters in points. */
void pdf_box_take(struct arena *a, struct pdf_page *page, const struct ruled_table *t, float em,
        struct pdf_box *ret);
/* Chooses the columns of all tables of a document: the same line of the page is the same column of
 * the text on every page, and every cell has room. */
void pdf_box_columns(struct arena *a, struct pdf_box *const *box, size_t n);
void pdf_box_put(const struct pdf_box *b, struct buf *out);

#endif

/* Ruling lines of a page → tables: a grid of places where lines stand, and which cells of the grid
 * are one because the line between them is missing. Pure geometry; knows no PDF and no image. */
#ifndef PACK_RULED_TABLE_H
#define PACK_RULED_TABLE_H

#include "base/arena.h"

/* A line of a page, points from the upper left corner. Upright when it is higher than wide. */
struct page_rule {
	float x0, y0, x1, y1;
};

struct ruled_table {
	float *x, *y; /* ascending; columns are x[c] … x[c + 1], rows y[r] … y[r + 1] */
	size_t nx, ny;
	uint16_t
	        *cell; /* (ny - 1) * (nx - 1): number of the upper left grid place it is one with */
};

#define RULED_TABLE_LINES 200 /* in either direction; more is a picture, no table */

struct ruled_tables {
	struct ruled_table *v;
	size_t n;
};

/* Tables from the top of the page down; frames around a text (one cell) are none. Memory is in a.
 */
struct ruled_tables ruled_tables_find(struct arena *a, const struct page_rule *rule, size_t n);

/* Grid place (row * (nx - 1) + column) of a point, SIZE_MAX outside. */
size_t ruled_table_place(const struct ruled_table *t, float x, float y);

#endif

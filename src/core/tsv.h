/* Tables of text that ship with the program: first line names, then rows, cells between tabs. */
#ifndef CORE_TSV_H
#define CORE_TSV_H

#include "base/str.h"

enum { TSV_COLS = 40 };

struct tsv {
	struct str rest;
	struct str name[TSV_COLS];
	struct str cell[TSV_COLS]; /* of the present line */
	size_t n_cols;
	size_t line; /* number of the present line, from 1 */
};

/* Reads the line of names. */
MUST_USE enum ec tsv_open(struct tsv *t, struct str text, struct err *e);
/* The next line; *ret_row is false at the end. EC_INPUT: too many cells. */
MUST_USE enum ec tsv_next(struct tsv *t, bool *ret_row, struct err *e);
/* A cell by the name of its column; "" when there is no such column. */
struct str tsv_get(const struct tsv *t, const char *name);
/* A whole number; EC_INPUT with the line when it is none or outside. */
MUST_USE enum ec tsv_int(
        const struct tsv *t, const char *name, int64_t max, int64_t *ret, struct err *e);

#endif

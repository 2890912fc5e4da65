/* What the columns of a plan mean, judged by the words of their heads. */
#ifndef DOC_COLUMNS_H
#define DOC_COLUMNS_H

#include "doc/parse.h"

enum role {
	ROLE_OTHER = 0, /* not of interest: notes, money, facts already achieved */
	ROLE_NUMBER,
	ROLE_ACTIVITY,
	ROLE_SECTION, /* «Направление», beside a column of activities */
	ROLE_DEADLINE,
	ROLE_RESPONSIBLE,
	ROLE_DUE_AND_WHO, /* «Сроки, ответственные» in one column */
	ROLE_DOCUMENT,    /* evidence of execution */
	ROLE_RESULT,
	ROLE_INDICATOR,
	ROLE_TARGET, /* value of the indicator */
	ROLE_UNIT,
};

#define TABLE_COLS 64

struct columns {
	size_t n;
	enum role role[TABLE_COLS];
	struct traced label[TABLE_COLS];
	size_t head_rows; /* rows the head takes */
	bool guessed;     /* no head: the meaning was guessed from the content */
};

/* Meaning of one head cell (folded text). */
enum role column_role_of(struct str folded);
/* Row spread over the grid: cell[k] is the cell that begins in column k, NULL for covered ones. */
size_t grid_of(const struct row *row, const struct cell *ret[TABLE_COLS]);
/* Finds the head at row `from`; false when that row is no head. */
bool columns_read(struct parse *p, const struct block *table, size_t from, struct columns *ret);
/* Guesses by content where no head stands. */
bool columns_guess(struct parse *p, const struct block *table, struct columns *ret);
size_t column_with(const struct columns *c, enum role role); /* SIZE_MAX when none */
size_t columns_count(const struct columns *c, enum role role);

#endif

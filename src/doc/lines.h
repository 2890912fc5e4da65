/* Inside of the plain-text reader: raw lines of the full text and the finders of tables in them. */
#ifndef DOC_LINES_H
#define DOC_LINES_H

#include "doc/traced.h"

enum line_look {
	LOOK_BLANK,
	LOOK_TEXT,
	LOOK_TABS,  /* two tabs and more between texts */
	LOOK_PIPES, /* cells parted by | */
	LOOK_RULE,  /* markdown rule |---|---| */
	LOOK_BOX,   /* box drawing, also +---+ */
	LOOK_PAGE,  /* page number or running sign: not part of the text */
};

struct rawline {
	uint32_t from, to; /* bytes of the full text, without the line end */
	uint32_t page, line;
	uint32_t indent; /* code points of white space before the text */
	enum line_look look;
};

struct reader {
	struct arena *a;
	struct source *src;
	struct rawline *line;
	size_t n;
	VEC(struct block) out;
};

/* The text of a line as it stands. */
struct str raw_text(const struct reader *r, size_t i);

/* Each reads a table that begins at line i, adds its block and returns the number of lines used; 0
 * when no table begins there. */
size_t table_of_tabs(struct reader *r, size_t i);
size_t table_of_pipes(struct reader *r, size_t i);
size_t table_of_box(struct reader *r, size_t i);
size_t table_of_columns(struct reader *r, size_t i);

/* Rows while a table is being read. */
typedef VEC(struct row) rows_vec;
struct row *rows_add(struct reader *r, rows_vec *rows, size_t line, size_t cells);
void rows_to_block(struct reader *r, rows_vec *rows);

/* Number of chunks parted by two blanks and more; their places in code points of the line. */
struct chunk {
	uint32_t from, to;     /* bytes of the full text */
	uint32_t col, col_end; /* code points from the line start */
};
size_t line_chunks(const struct reader *r, size_t i, struct chunk *ret, size_t max);

/* Folded text has at least `want` different words of a table head («мероприятие», «срок» …). */
bool looks_like_head(struct arena *a, struct str text, int want);

#endif

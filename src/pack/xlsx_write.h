/* Writing XLSX: a thin face of libxlsxwriter in constant-memory mode, result in memory.
 *
 *	AUTO_XLSX(w);
 *	TRY(xlsx_write_open(&w, &(struct xlsx_write_opt){.title = t, .created = now}, e));
 *	TRY(xlsx_write_sheet(&w, STR("Поручения"), columns, n_columns, e));
 *	for (…) TRY(xlsx_write_row(&w, values, n_columns, e));
 *	TRY(xlsx_write_notes(&w, notes, n_notes, e));
 *	TRY(xlsx_write_close(&w, arena, &bytes, e));
 *
 * Text stays text: a cell that begins with = + - @ is never a formula. */
#ifndef PACK_XLSX_WRITE_H
#define PACK_XLSX_WRITE_H

#include "base/date.h"

struct xlsx_column {
	struct str title;
	double width; /* in characters; 0: by the title */
	int decimals; /* of numbers; 0: whole */
	bool wrap;    /* long text breaks into lines */
};

enum xlsx_value_kind { XLSX_EMPTY, XLSX_TEXT, XLSX_NUMBER, XLSX_DATE };

struct xlsx_value {
	enum xlsx_value_kind kind;
	struct str text;
	double number; /* NaN is an empty cell */
	struct date date;
};

#define XLSX_T(s) ((struct xlsx_value){.kind = XLSX_TEXT, .text = (s)})
#define XLSX_N(v) ((struct xlsx_value){.kind = XLSX_NUMBER, .number = (v)})
#define XLSX_D(d) ((struct xlsx_value){.kind = XLSX_DATE, .date = (d)})

struct xlsx_note {
	struct str what, text; /* «Источник», «Данные на», … */
};

struct xlsx_write_opt {
	struct str title;
	int64_t created; /* UTC seconds, stands in the properties; the clock is never read */
};

/* Handle; fields are private. */
struct xlsx_writer {
	struct xlsx_writer_state *state;
	struct arena arena;
};

void xlsx_write_drop(struct xlsx_writer *w);
#define AUTO_XLSX(name) __attribute__((cleanup(xlsx_write_drop))) struct xlsx_writer name = {0}

/* EC_IO when the library cannot make its temporary files. */
MUST_USE enum ec xlsx_write_open(
        struct xlsx_writer *w, const struct xlsx_write_opt *opt, struct err *e);
/* Begins a sheet: bold header row, frozen, with a filter. The name is cut to what Excel allows; a
 * repeated one is EC_CONFLICT. */
MUST_USE enum ec xlsx_write_sheet(struct xlsx_writer *w, struct str name,
        const struct xlsx_column *col, size_t n, struct err *e);
/* The next row. EC_LIMIT past Excel's 1,048,576 rows. */
MUST_USE enum ec xlsx_write_row(
        struct xlsx_writer *w, const struct xlsx_value *v, size_t n, struct err *e);
/* The sheet «Пояснения»: where the figures come from and on which date they stand. */
MUST_USE enum ec xlsx_write_notes(
        struct xlsx_writer *w, const struct xlsx_note *note, size_t n, struct err *e);
/* Ends the file and copies it into the arena. */
MUST_USE enum ec xlsx_write_close(
        struct xlsx_writer *w, struct arena *a, struct str *ret, struct err *e);

#endif

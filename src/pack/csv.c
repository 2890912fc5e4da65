#include "pack/csv.h"

#include "base/buf.h"
#include "base/limits.h"

enum { SAMPLE_RECORDS = 50 };

/* Where one field ends and what stands there. */
struct field {
	struct str raw; /* with its quotes */
	bool quoted;    /* begins with a quote that protects */
	bool open;      /* the quote is never closed */
	bool last;      /* the record ends behind it */
};

/* The field at *i; *i moves to the next field or record. */
static struct field next_field(struct str s, size_t *i, const struct csv_form *form)
{
	size_t at = *i;
	struct field f = {.quoted = form->quoted && at < s.n && s.p[at] == '"'};
	if (f.quoted) {
		for (;;) {
			at = str_find_byte(s, '"', at + 1);
			if (at == SIZE_MAX) {
				f.open = true;
				at = s.n;
				break;
			}
			if (at + 1 >= s.n || s.p[at + 1] != '"')
				break;
			at++;
		}
	}
	while (at < s.n && s.p[at] != form->separator && s.p[at] != '\n')
		at++;
	f.raw = str_sub(s, *i, at);
	f.last = at == s.n || s.p[at] == '\n';
	if (f.last && f.raw.n > 0 && f.raw.p[f.raw.n - 1] == '\r')
		f.raw.n--;
	*i = at < s.n ? at + 1 : at;
	return f;
}

/* How well a separator cuts the first records: pairs of neighbours with one number of fields, then
 * the number of fields. */
static uint64_t score(struct str text, const struct csv_form *form)
{
	size_t i = form->start, before = 0, alike = 0, fields = 0;
	for (int k = 0; k < SAMPLE_RECORDS && i < text.n; k++) {
		size_t n = 1;
		while (!next_field(text, &i, form).last)
			n++;
		alike += n > 1 && n == before;
		fields += n - 1;
		before = n;
	}
	return fields == 0 ? 0 : (uint64_t)alike << 32 | fields;
}

static bool balanced(struct str text, const struct csv_form *form)
{
	size_t i = form->start;
	while (i < text.n)
		if (next_field(text, &i, form).open)
			return false;
	return true;
}

struct csv_form csv_detect(struct str text)
{
	static const char separators[] = {';', ',', '\t', '|'};
	struct csv_form best = {.separator = ';', .quoted = true};
	/* one byte of ASCII: a part of a longer character would cut texts in the middle */
	if (str_starts(text, STR("sep=")) && text.n > 5 && (unsigned char)text.p[4] < 0x80) {
		best.separator = text.p[4];
		size_t line = str_find_byte(text, '\n', 4);
		best.start = line == SIZE_MAX ? text.n : line + 1;
		best.quoted = balanced(text, &best);
		return best;
	}
	uint64_t most = 0;
	for (size_t k = 0; k < ARRAY_LEN(separators); k++) {
		struct csv_form form = {.separator = separators[k], .quoted = true};
		form.quoted = balanced(text, &form);
		uint64_t value = score(text, &form);
		if (value > most) {
			most = value;
			best = form;
		}
	}
	if (most == 0)
		best.quoted = balanced(text, &best);
	return best;
}

/* "a ""b""" → a "b"; what follows the closing quote is kept as it is. */
static struct str unquote(struct arena *a, struct str raw)
{
	size_t close = str_find_byte(raw, '"', 1);
	if (close == raw.n - 1)
		return str_sub(raw, 1, close);
	struct buf b;
	buf_init(&b, a, raw.n);
	size_t i = 1;
	bool inside = true;
	for (; i < raw.n && inside; i++) {
		if (raw.p[i] != '"')
			buf_byte(&b, raw.p[i]);
		else if (i + 1 < raw.n && raw.p[i + 1] == '"')
			buf_byte(&b, raw.p[i++]);
		else
			inside = false;
	}
	buf_add(&b, str_skip(raw, i));
	return buf_str(&b);
}

struct csv_row {
	struct arena *keep, *text;
	VEC(struct sheet_cell) cell;
};

static enum ec read_record(struct csv_row *r, struct str s, size_t *i, const struct csv_form *form,
        uint32_t number, struct err *e)
{
	bool last = false;
	r->cell.n = 0;
	for (uint32_t col = 0; !last; col++) {
		struct field f = next_field(s, i, form);
		last = f.last;
		if (col >= LIMIT_SHEET_COLS)
			return err_set(e, EC_LIMIT, "строка %u: больше %d столбцов", number,
			        LIMIT_SHEET_COLS);
		if (f.raw.n > LIMIT_CELL * 4ul)
			return err_set(e, EC_LIMIT, "строка %u, столбец %s: слишком длинный текст",
			        number, sheet_col_name(col).z);
		struct str value = f.quoted ? unquote(r->text, f.raw) : f.raw;
		if (value.n == 0)
			continue;
		*vec_push(r->keep, &r->cell) =
		        (struct sheet_cell){.col = col, .kind = CELL_TEXT, .text = value};
	}
	return EC_OK;
}

enum ec csv_read(struct arena *a, struct str text, struct str name, const struct sheet_sink *sink,
        struct err *e)
{
	const struct csv_form form = csv_detect(text);
	const struct sheet_info info = {.name = name};
	bool skip = false;
	if (sink->sheet != NULL)
		TRY(sink->sheet(sink->user, &info, &skip, e));
	if (skip)
		return EC_OK;
	AUTO_ARENA(scratch, LIMIT_FILE * 2);
	(void)arena_alloc(&scratch, 1); /* keeps the first block over the resets */
	struct arena_mark mark = arena_mark(&scratch);
	struct csv_row r = {.keep = a, .text = &scratch};
	size_t i = form.start;
	for (uint32_t number = 1; i < text.n; number++) {
		if (number > LIMIT_SHEET_ROWS)
			return err_set(e, EC_LIMIT, "больше %d строк", LIMIT_SHEET_ROWS);
		TRY(read_record(&r, text, &i, &form, number, e));
		const struct sheet_row row = {.row = number, .cell = r.cell.v, .n = r.cell.n};
		if (row.n > 0)
			TRY(sink->row(sink->user, &row, e));
		arena_reset(&scratch, mark);
	}
	const struct sheet_end end = {0};
	return sink->end != NULL ? sink->end(sink->user, &end, e) : EC_OK;
}

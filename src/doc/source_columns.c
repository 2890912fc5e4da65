/* Tables whose columns are kept apart by blanks (pdftotext -layout): the columns are found from the
 * head and from the blank stripes that run through the rows below it. */
#include "base/limits.h"
#include "doc/lines.h"
#include "doc/words.h"
#include "text/fold.h"

#include <string.h>

#define MAX_COLS  24
#define MAX_WIDTH 400

size_t line_chunks(const struct reader *r, size_t i, struct chunk *ret, size_t max)
{
	struct str s = raw_text(r, i);
	uint32_t base = r->line[i].from, col = 0;
	size_t n = 0, gap = 2;
	for (size_t k = 0; k < s.n;) {
		size_t at = k;
		uint32_t cp = utf8_next(s, &k);
		if (cp_space(cp)) {
			gap += cp == '\t' ? 8 : 1;
			col += cp == '\t' ? 8 : 1;
			continue;
		}
		if (gap >= 2) {
			if (n == max)
				break;
			ret[n++] = (struct chunk){.from = base + (uint32_t)at, .col = col};
		}
		gap = 0;
		col++;
		ret[n - 1].to = base + (uint32_t)k;
		ret[n - 1].col_end = col;
	}
	return n;
}

struct grid {
	struct reader *r;
	size_t first, end;        /* lines of the table */
	uint32_t start[MAX_COLS]; /* first code point of each column */
	size_t n;
	bool numbered; /* the first column is «№» */
	rows_vec rows;
	struct tbuf text[MAX_COLS]; /* cells of the row being read */
};

static bool stops_table(struct reader *r, size_t i)
{
	static const char *const stops[] = {
	        "приложение", "начальник", "директор школы", "руководитель управ", "исп.", NULL};
	struct arena_mark mark = arena_mark(r->a);
	struct chunk c[2];
	size_t n = line_chunks(r, i, c, 2);
	struct str f = words_fold(r->a, str_trim(raw_text(r, i)));
	bool stop = starts_any(f, stops) && (n < 2 || c[0].col < 10) && n <= 2;
	arena_reset(r->a, mark);
	return stop;
}

/* The table ends where text without columns goes on for long, or at the next heading of a part. */
static size_t find_end(struct reader *r, size_t head)
{
	size_t last = head, single = 0;
	for (size_t i = head + 1; i < r->n; i++) {
		if (r->line[i].look == LOOK_BLANK || r->line[i].look == LOOK_PAGE)
			continue;
		if (r->line[i].look != LOOK_TEXT || stops_table(r, i))
			break;
		struct chunk c[MAX_COLS];
		size_t n = line_chunks(r, i, c, MAX_COLS);
		single = n >= 2 ? 0 : single + 1;
		if (single > 12)
			break;
		last = i;
	}
	return last + 1;
}

/* How many lines with several chunks have a sign at each code point. */
static void occupancy(const struct grid *g, uint32_t count[MAX_WIDTH])
{
	memset(count, 0, MAX_WIDTH * sizeof(count[0]));
	for (size_t i = g->first; i < g->end; i++) {
		struct chunk c[MAX_COLS];
		size_t n = line_chunks(g->r, i, c, MAX_COLS);
		for (size_t k = 0; n >= 2 && k < n; k++)
			for (uint32_t p = c[k].col; p < c[k].col_end && p < MAX_WIDTH; p++)
				count[p]++;
	}
}

/* The column that the head names at `to` begins behind the widest blank stripe between it and the
 * head before it. */
static uint32_t column_start(const uint32_t count[MAX_WIDTH], uint32_t from, uint32_t to)
{
	uint32_t best = to, width = 0, run = 0;
	for (uint32_t p = from; p <= to + 1 && p < MAX_WIDTH; p++) {
		if (count[p] == 0) {
			run++;
			continue;
		}
		if (run >= 1 && run >= width) {
			width = run;
			best = p;
		}
		run = 0;
	}
	return best < to ? best : to;
}

static void find_columns(struct grid *g, const struct chunk *head, size_t n)
{
	uint32_t count[MAX_WIDTH];
	occupancy(g, count);
	g->n = n;
	g->start[0] = 0;
	for (size_t k = 1; k < n; k++) {
		uint32_t from = head[k - 1].col + 1, to = head[k].col;
		g->start[k] = to < MAX_WIDTH ? column_start(count, from, to) : to;
	}
}

static size_t column_of(const struct grid *g, uint32_t col)
{
	size_t k = 0;
	while (k + 1 < g->n && g->start[k + 1] <= col)
		k++;
	return k;
}

static void add_piece(struct grid *g, struct row *row, size_t col, const struct chunk *c)
{
	struct reader *r = g->r;
	struct cell *cell = &row->cell[col];
	if (cell->text.s.n > LIMIT_CELL)
		return;
	struct traced t = traced_clean(r->a, r->src->text, c->from, c->to, r->src->ocr, CLEAN_CELL);
	tbuf_join(&g->text[col], r->a, t);
	cell->text = tbuf_done(&g->text[col]);
}

/* One chunk over several columns, or one that begins with «Раздел»: a section row. */
static bool section_line(const struct grid *g, const struct chunk *c, size_t n)
{
	if (n != 1)
		return false;
	struct str s = str_sub(g->r->src->text, c->from, c->to);
	if (str_starts(s, STR("Раздел")) || str_starts(s, STR("РАЗДЕЛ")))
		return true;
	return g->n > 2 && column_of(g, c->col) != column_of(g, c->col_end - 1) &&
	       c->col_end > g->start[2];
}

static bool all_begin(const struct grid *g, const struct chunk *c, size_t n)
{
	for (size_t k = 1; k < n; k++) {
		struct str s = str_sub(g->r->src->text, c[k].from, c[k].to);
		if (!starts_upper(s) && !(s.p[0] >= '0' && s.p[0] <= '9'))
			return false;
	}
	return n > 2;
}

/* The line opens a new row rather than going on with the one above. */
static bool opens_row(const struct grid *g, const struct chunk *c, size_t n, bool gap, bool torn)
{
	const struct row *row = g->rows.n > 0 ? &g->rows.v[g->rows.n - 1] : NULL;
	if (row == NULL || row->n == 1)
		return true;
	size_t first = column_of(g, c[0].col);
	struct str s = str_sub(g->r->src->text, c[0].from, c[0].to);
	if (g->numbered) {
		if (first == 0 && g->rows.n == 1 && str_starts(s, STR("п/п")))
			return false; /* «№ п/п» in two lines */
		if (first == 0)
			return row->cell[0].text.s.n > 0 || gap;
		return gap && !torn && first == 1 && starts_upper(s) && n > 1;
	}
	if (gap && !torn && n > 1 && starts_upper(s))
		return true; /* a merged first cell leaves its column empty */
	/* a cell merged over rows leaves the first column empty, all others begin anew */
	if (first == 1 && n + 1 == g->n && n > 2 && row->cell[g->n - 1].text.s.n > 0 &&
	        starts_upper(s) && starts_upper(str_sub(g->r->src->text, c[1].from, c[1].to)))
		return true;
	/* all cells begin with a capital or a number, the row above is complete */
	if (first == 0 && n == g->n && row->cell[g->n - 1].text.s.n > 0 &&
	        row->cell[0].text.s.n > 0 && all_begin(g, c, n))
		return true;
	/* «4   Математика   12.03.2024 …»: a full row that begins with a class */
	bool digit = s.p[0] >= '0' && s.p[0] <= '9' && n == g->n;
	if (first != 0 || (!starts_upper(s) && !digit))
		return false;
	return gap ? !torn || n > 1 : n == g->n && row->cell[g->n - 1].text.s.n > 0;
}

static void read_line(struct grid *g, size_t i, bool gap, bool torn)
{
	struct chunk c[MAX_COLS];
	size_t n = line_chunks(g->r, i, c, MAX_COLS);
	if (n == 0)
		return;
	struct row *row = NULL;
	if (g->rows.n > 0 && section_line(g, c, n)) {
		row = rows_add(g->r, &g->rows, i, 1);
		memset(g->text, 0, sizeof(g->text));
		add_piece(g, row, 0, &c[0]);
		return;
	}
	if (opens_row(g, c, n, gap, torn)) {
		row = rows_add(g->r, &g->rows, i, g->n);
		memset(g->text, 0, sizeof(g->text));
		row->after_break = torn;
	} else {
		row = &g->rows.v[g->rows.n - 1];
	}
	for (size_t k = 0; k < n; k++)
		add_piece(g, row, column_of(g, c[k].col), &c[k]);
	row->line_end = g->r->line[i].line;
}

/* Both lines say the same, whatever stands between the words. */
static bool same_line(struct reader *r, size_t i, size_t k)
{
	struct chunk x[MAX_COLS], y[MAX_COLS];
	size_t n = line_chunks(r, i, x, MAX_COLS);
	if (n < 2 || n != line_chunks(r, k, y, MAX_COLS))
		return false;
	for (size_t c = 0; c < n; c++)
		if (!str_eq(str_sub(r->src->text, x[c].from, x[c].to),
		            str_sub(r->src->text, y[c].from, y[c].to)))
			return false;
	return true;
}

/* Lines of the head repeated at k on a new page: their number. */
static size_t repeated_head(const struct grid *g, size_t k)
{
	size_t n = 0;
	while (k > g->first && k + n < g->end && g->first + n < k &&
	        same_line(g->r, g->first + n, k + n))
		n++;
	return n;
}

/* A number alone in its line, the head of the next page below it. */
static bool number_above_head(const struct grid *g, size_t k)
{
	struct chunk c[2];
	if (line_chunks(g->r, k, c, 2) != 1 || c[0].to - c[0].from > 3)
		return false;
	struct str s = str_sub(g->r->src->text, c[0].from, c[0].to);
	size_t next = k + 1;
	while (next < g->end && g->r->line[next].look == LOOK_BLANK)
		next++;
	return s.p[0] >= '0' && s.p[0] <= '9' && repeated_head(g, next) > 0;
}

size_t table_of_columns(struct reader *r, size_t i)
{
	struct chunk head[MAX_COLS];
	size_t n = line_chunks(r, i, head, MAX_COLS);
	if (n < 3 || !looks_like_head(r->a, raw_text(r, i), 2))
		return 0;
	struct grid g = {.r = r, .first = i, .end = find_end(r, i)};
	if (g.end < i + 2)
		return 0;
	find_columns(&g, head, n);
	struct str first = str_sub(r->src->text, head[0].from, head[0].to);
	g.numbered = first.n <= 10 && (str_starts(first, STR("№")) || str_starts(first, STR("N")) ||
	                                      str_starts(first, STR("п/п")));
	bool gap = false, torn = false;
	uint32_t page = r->line[i].page;
	for (size_t k = i; k < g.end; k++) {
		if (r->line[k].look == LOOK_BLANK || r->line[k].look == LOOK_PAGE) {
			gap = true;
			continue;
		}
		size_t again = number_above_head(&g, k) ? 1 : repeated_head(&g, k);
		if (again > 0) {
			k += again - 1;
			torn = true;
			continue;
		}
		read_line(&g, k, gap && k > i, torn || r->line[k].page > page);
		torn = false;
		gap = false;
		page = r->line[k].page;
	}
	rows_to_block(r, &g.rows);
	return g.end - i;
}

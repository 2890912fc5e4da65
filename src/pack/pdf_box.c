#include "pack/pdf_box.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GAP_WORD 0.12f /* ems, as in pdf_layout.c */
#define SAME_X   8.0f  /* points: upright lines of two pages that are the same column */

static int by_x(const void *x, const void *y)
{
	const struct pdf_glyph *a = x, *b = y;
	return a->x0 < b->x0 ? -1 : a->x0 > b->x0;
}

static struct pdf_box_line line_of(struct arena *a, struct pdf_glyph *g, size_t n, float em)
{
	struct buf b;
	struct pdf_box_line l = {.letters = n};
	qsort(g, n, sizeof(g[0]), by_x);
	buf_init(&b, a, 4 * (n + 1) * 2);
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && g[i].x0 - g[i - 1].x1 > GAP_WORD * em) {
			buf_byte(&b, ' ');
			l.letters++;
		}
		/* an upright line inside a cell would part it */
		buf_cp(&b, g[i].cp == '|' || g[i].cp == 0x2502 ? '/' : g[i].cp);
	}
	l.text = buf_str(&b);
	return l;
}

/* Letters of one cell, from the top: those around the height of the first are a line. */
static void cell_lines(
        struct arena *a, struct pdf_glyph *g, size_t n, float em, struct pdf_box_cell *ret)
{
	for (size_t i = 0; i < n;) {
		float middle = (g[i].y0 + g[i].y1) / 2;
		size_t k = i + 1;
		while (k < n && (g[k].y0 + g[k].y1) / 2 - middle < 0.4f * em)
			k++;
		*vec_push(a, &ret->line) = line_of(a, g + i, k - i, em);
		i = k;
	}
}

void pdf_box_take(struct arena *a, struct pdf_page *page, const struct ruled_table *t, float em,
        struct pdf_box *ret)
{
	size_t places = (t->nx - 1) * (t->ny - 1), kept = 0;
	size_t *n = arena_new(a, size_t, places), *of = arena_new(a, size_t, page->n + 1);
	struct pdf_glyph **v = arena_new(a, struct pdf_glyph *, places);
	*ret = (struct pdf_box){.t = *t, .cell = arena_new(a, struct pdf_box_cell, places)};
	for (size_t i = 0; i < page->n; i++) {
		const struct pdf_glyph *g = &page->glyph[i];
		size_t at = ruled_table_place(t, (g->x0 + g->x1) / 2, (g->y0 + g->y1) / 2);
		of[i] = at == SIZE_MAX ? SIZE_MAX : t->cell[at];
		if (of[i] != SIZE_MAX)
			n[of[i]]++;
	}
	for (size_t c = 0; c < places; c++) {
		v[c] = arena_new(a, struct pdf_glyph, n[c] + 1);
		n[c] = 0;
	}
	for (size_t i = 0; i < page->n; i++) {
		if (of[i] != SIZE_MAX)
			v[of[i]][n[of[i]]++] = page->glyph[i];
		else
			page->glyph[kept++] = page->glyph[i];
	}
	page->n = kept;
	for (size_t c = 0; c < places; c++)
		cell_lines(a, v[c], n[c], em, &ret->cell[c]);
}

static int by_size(const void *p, const void *q)
{
	float a = *(const float *)p, b = *(const float *)q;
	return a < b ? -1 : a > b;
}

/* The column behind a cell: its right line. */
static size_t right_of(const struct ruled_table *t, size_t place)
{
	size_t cols = t->nx - 1, c = place % cols;
	while (c < cols && t->cell[place - place % cols + c] == t->cell[place])
		c++;
	return c;
}

static size_t widest(const struct pdf_box_cell *c)
{
	size_t n = 0;
	for (size_t i = 0; i < c->line.n; i++)
		n = c->line.v[i].letters > n ? c->line.v[i].letters : n;
	return n;
}

/* Index of the place among the known ones. */
static size_t nearest(const float *x, size_t n, float at)
{
	size_t best = 0;
	for (size_t i = 1; i < n; i++)
		if (fabsf(x[i] - at) < fabsf(x[best] - at))
			best = i;
	return best;
}

/* Room that a cell needs between its lines: moves all that stands further right. */
static void make_room(const struct pdf_box *b, size_t *where, const size_t *slot, size_t slots)
{
	const struct ruled_table *t = &b->t;
	size_t cols = t->nx - 1;
	for (size_t i = 0; i < cols * (t->ny - 1); i++) {
		if (t->cell[i] != i)
			continue;
		size_t from = slot[i % cols], to = slot[right_of(t, i)];
		size_t need = widest(&b->cell[i]) + 3;
		if (where[to] - where[from] >= need)
			continue;
		size_t more = need - (where[to] - where[from]);
		for (size_t k = to; k < slots; k++)
			where[k] += more;
	}
}

void pdf_box_columns(struct arena *a, struct pdf_box *const *box, size_t n)
{
	size_t all = 0, slots = 0;
	for (size_t i = 0; i < n; i++)
		all += box[i]->t.nx;
	float *x = arena_new(a, float, all + 1);
	for (size_t i = 0, k = 0; i < n; i++)
		for (size_t c = 0; c < box[i]->t.nx; c++)
			x[k++] = box[i]->t.x[c];
	qsort(x, all, sizeof(x[0]), by_size);
	for (size_t i = 0; i < all; i++)
		if (slots == 0 || x[i] - x[slots - 1] > SAME_X)
			x[slots++] = x[i];
	size_t *where = arena_new(a, size_t, slots + 1);
	for (size_t i = 0; i < slots; i++)
		where[i] = i == 0 ? 0 : where[i - 1] + 2;
	for (size_t i = 0; i < n; i++) {
		box[i]->col = arena_new(a, size_t, box[i]->t.nx);
		for (size_t c = 0; c < box[i]->t.nx; c++)
			box[i]->col[c] = nearest(x, slots, box[i]->t.x[c]);
		make_room(box[i], where, box[i]->col, slots);
	}
	for (size_t i = 0; i < n; i++)
		for (size_t c = 0; c < box[i]->t.nx; c++)
			box[i]->col[c] = where[box[i]->col[c]];
}

/* Are two neighbouring places parted? Outside the table nothing is. */
static bool parted(const struct ruled_table *t, size_t r, size_t c, size_t r2, size_t c2)
{
	size_t cols = t->nx - 1, rows = t->ny - 1;
	bool in = r < rows && c < cols, in2 = r2 < rows && c2 < cols;
	if (!in || !in2)
		return in != in2;
	return t->cell[r * cols + c] != t->cell[r2 * cols + c2];
}

static uint32_t corner(bool up, bool down, bool left, bool right)
{
	static const uint32_t sign[16] = {' ', 0x2500, 0x2500, 0x2500, 0x2502, 0x250C, 0x2510,
	        0x252C, 0x2502, 0x2514, 0x2518, 0x2534, 0x2502, 0x251C, 0x2524, 0x253C};
	return sign[up * 8 + down * 4 + left * 2 + right];
}

/* The line above row r. r - 1 below zero and c - 1 below zero are SIZE_MAX: outside. */
static void put_rule(const struct pdf_box *b, size_t r, struct buf *out)
{
	const struct ruled_table *t = &b->t;
	size_t at = 0;
	for (; at < b->col[0]; at++)
		buf_byte(out, ' ');
	for (size_t c = 0; c < t->nx; c++) {
		bool right = parted(t, r - 1, c, r, c);
		buf_cp(out, corner(parted(t, r - 1, c - 1, r - 1, c), parted(t, r, c - 1, r, c),
		                    parted(t, r - 1, c - 1, r, c - 1), right));
		at++;
		for (; c + 1 < t->nx && at < b->col[c + 1]; at++)
			buf_cp(out, right ? 0x2500 : ' ');
	}
	buf_byte(out, '\n');
}

static void put_text(const struct pdf_box *b, size_t r, size_t line, struct buf *out)
{
	const struct ruled_table *t = &b->t;
	size_t cols = t->nx - 1, at = 0;
	for (; at < b->col[0]; at++)
		buf_byte(out, ' ');
	for (size_t c = 0; c < cols; c++) {
		size_t place = r * cols + c;
		const struct pdf_box_cell *cell = &b->cell[place];
		buf_cp(out, parted(t, r, c - 1, r, c) ? 0x2502 : ' ');
		at++;
		if (t->cell[place] == place && line < cell->line.n) {
			buf_byte(out, ' ');
			buf_add(out, cell->line.v[line].text);
			at += 1 + cell->line.v[line].letters;
			/* the columns a wide cell covers have no lines of their own */
			c = right_of(t, place) - 1;
		}
		for (; at < b->col[c + 1]; at++)
			buf_byte(out, ' ');
	}
	buf_cp(out, 0x2502);
	buf_byte(out, '\n');
}

void pdf_box_put(const struct pdf_box *b, struct buf *out)
{
	size_t cols = b->t.nx - 1, rows = b->t.ny - 1;
	for (size_t r = 0; r < rows; r++) {
		size_t lines = 1;
		for (size_t c = 0; c < cols; c++)
			if (b->t.cell[r * cols + c] == r * cols + c &&
			        b->cell[r * cols + c].line.n > lines)
				lines = b->cell[r * cols + c].line.n;
		put_rule(b, r, out);
		for (size_t i = 0; i < lines; i++)
			put_text(b, r, i, out);
	}
	put_rule(b, rows, out);
}

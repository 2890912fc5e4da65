#include "pack/pdf_layout.h"

#include "pack/pdf_box.h"

#include <math.h>
#include <stdlib.h>

/* Gaps in ems (heights of letters). Words are set apart by a quarter; a gap wider than any
 * justified line has begins a column, a smaller one does where other lines begin a column at the
 * same place. */
#define GAP_WORD   0.12f
#define GAP_COLUMN 1.3f
#define GAP_WEAK   0.45f
#define SAME_PLACE 2.0f /* points */

struct word {
	size_t from, to; /* glyphs */
	float x0, x1;
	bool column; /* begins a column, the first word of a line aside */
	size_t letters;
};

struct line {
	struct word *word;
	size_t n;
	float y0, y1;
	bool drop;
};

struct sheet {
	struct line *line;
	size_t n;
	bool columns;
	struct pdf_box *box; /* ruled tables from the top down */
	size_t n_boxes;
};

struct work {
	struct arena *a;
	struct pdf_page *page;
	struct sheet *sheet;
	size_t n;
	float em, left, text_cell, table_cell; /* widths of a letter cell, points */
};

static int by_place(const void *x, const void *y)
{
	const struct pdf_glyph *a = x, *b = y;
	float am = a->y0 + a->y1, bm = b->y0 + b->y1;
	if (am != bm)
		return am < bm ? -1 : 1;
	return a->x0 < b->x0 ? -1 : a->x0 > b->x0;
}

static int by_x(const void *x, const void *y)
{
	const struct pdf_glyph *a = x, *b = y;
	return a->x0 < b->x0 ? -1 : a->x0 > b->x0;
}

static int by_size(const void *x, const void *y)
{
	float a = *(const float *)x, b = *(const float *)y;
	return a < b ? -1 : a > b;
}

static bool inked(const struct pdf_glyph *g)
{
	return g->cp > ' ' && g->cp != 0xA0 && g->x1 > g->x0 && g->y1 > g->y0;
}

/* Only what shows, with sane places. */
static void clean(struct pdf_page *p)
{
	size_t n = 0;
	for (size_t i = 0; i < p->n; i++) {
		const struct pdf_glyph *g = &p->glyph[i];
		if (inked(g) && isfinite(g->x0) && isfinite(g->y0) && isfinite(g->x1) &&
		        isfinite(g->y1) && fabsf(g->x0) < 1e5f && fabsf(g->y0) < 1e5f)
			p->glyph[n++] = *g;
	}
	p->n = n;
	qsort(p->glyph, n, sizeof(p->glyph[0]), by_place);
}

static float median(struct work *w, bool width)
{
	size_t n = 0, k = 0;
	for (size_t i = 0; i < w->n; i++)
		n += w->page[i].n;
	float *v = arena_new(w->a, float, n + 1);
	for (size_t i = 0; i < w->n; i++)
		for (size_t g = 0; g < w->page[i].n; g++) {
			const struct pdf_glyph *x = &w->page[i].glyph[g];
			v[k++] = width ? x->x1 - x->x0 : x->y1 - x->y0;
		}
	qsort(v, n, sizeof(v[0]), by_size);
	float m = n > 0 ? v[n / 2] : 0;
	return m > 0.5f ? m : 0.5f;
}

/* Words of the glyphs [from, to) of one line. */
static void read_line(struct work *w, struct pdf_page *p, size_t from, size_t to, struct line *ret)
{
	VEC(struct word) v = {0};
	qsort(p->glyph + from, to - from, sizeof(p->glyph[0]), by_x);
	*ret = (struct line){.y0 = p->glyph[from].y0, .y1 = p->glyph[from].y1};
	for (size_t i = from; i < to; i++) {
		const struct pdf_glyph *g = &p->glyph[i];
		float gap = i > from ? g->x0 - v.v[v.n - 1].x1 : 0;
		if (i == from || gap > GAP_WORD * w->em) {
			struct word *x = vec_push(w->a, &v);
			*x = (struct word){.from = i, .x0 = g->x0, .x1 = g->x1};
			x->column = i > from && gap > GAP_COLUMN * w->em;
		}
		struct word *x = &v.v[v.n - 1];
		x->to = i + 1;
		x->letters++;
		x->x1 = g->x1 > x->x1 ? g->x1 : x->x1;
		ret->y0 = g->y0 < ret->y0 ? g->y0 : ret->y0;
		ret->y1 = g->y1 > ret->y1 ? g->y1 : ret->y1;
	}
	ret->word = v.v;
	ret->n = v.n;
}

static void read_page(struct work *w, struct pdf_page *p, struct sheet *ret)
{
	VEC(struct line) v = {0};
	for (size_t i = 0; i < p->n;) {
		/* glyphs whose middle stays within the first one's half height are one line */
		const struct pdf_glyph *first = &p->glyph[i];
		float middle = (first->y0 + first->y1) / 2;
		size_t k = i + 1;
		while (k < p->n && (p->glyph[k].y0 + p->glyph[k].y1) / 2 - middle < 0.4f * w->em)
			k++;
		read_line(w, p, i, k, vec_push(w->a, &v));
		i = k;
	}
	ret->line = v.v;
	ret->n = v.n;
}

struct starts {
	struct start {
		float x;
		unsigned lines;
	} v[64];
	size_t n;
};

static void start_add(struct starts *s, float x)
{
	size_t m = 0;
	while (m < s->n && fabsf(s->v[m].x - x) > SAME_PLACE)
		m++;
	if (m < s->n)
		s->v[m].lines++;
	else if (s->n < ARRAY_LEN(s->v))
		s->v[s->n++] = (struct start){x, 1};
}

static bool starts_here(const struct starts *s, float x)
{
	for (size_t m = 0; m < s->n; m++)
		if (s->v[m].lines >= 2 && fabsf(s->v[m].x - x) <= SAME_PLACE)
			return true;
	return false;
}

/* Smaller gaps begin a column where two other lines of the page begin one; a line of a cell that
 * goes on begins there with its first word. */
static void weak_columns(struct work *w, struct sheet *s)
{
	struct starts starts = {0};
	for (size_t i = 0; i < s->n; i++)
		for (size_t k = 1; k < s->line[i].n; k++)
			if (s->line[i].word[k].column) {
				start_add(&starts, s->line[i].word[k].x0);
				s->columns = true;
			}
	for (size_t i = 0; s->columns && i < s->n; i++)
		start_add(&starts, s->line[i].word[0].x0);
	for (size_t i = 0; i < s->n; i++)
		for (size_t k = 1; k < s->line[i].n; k++) {
			struct word *x = &s->line[i].word[k];
			x->column |=
			        x->x0 - x[-1].x1 >= GAP_WEAK * w->em && starts_here(&starts, x->x0);
		}
}

/* So wide that the letters of each column fit before the next one with two blanks. */
static float cell_width(const struct work *w)
{
	float cell = w->text_cell;
	for (size_t s = 0; s < w->n; s++)
		for (size_t i = 0; i < w->sheet[s].n; i++) {
			const struct line *l = &w->sheet[s].line[i];
			size_t letters = 0, first = 0;
			for (size_t k = 0; k < l->n; k++) {
				if (k > 0 && l->word[k].column) {
					float fits = (l->word[k].x0 - l->word[first].x0) /
					             (float)(letters + 3);
					cell = fits < cell ? fits : cell;
					first = k;
					letters = 0;
				}
				letters += l->word[k].letters + (k > first);
			}
		}
	return cell > 0.3f * w->text_cell ? cell : 0.3f * w->text_cell;
}

static void put_line(const struct work *w, const struct pdf_page *p, const struct line *l,
        float cell, struct buf *out)
{
	size_t at = 0;
	for (size_t k = 0; k < l->n; k++) {
		const struct word *x = &l->word[k];
		size_t least = k == 0 ? 0 : at + (x->column ? 2 : 1);
		size_t want = least;
		if (k == 0 || x->column) {
			float col = (x->x0 - w->left) / cell;
			want = col > 0 && col < 2000 ? (size_t)(col + 0.3f) : 0;
		}
		for (want = want < least ? least : want; at < want; at++)
			buf_byte(out, ' ');
		for (size_t g = x->from; g < x->to; g++, at++)
			buf_cp(out, p->glyph[g].cp);
	}
	buf_byte(out, '\n');
}

/* The text of a line with its digits alike, to know running heads by. */
static uint64_t line_hash(const struct pdf_page *p, const struct line *l)
{
	uint64_t h = 14695981039346656037u;
	for (size_t k = 0; k < l->n; k++)
		for (size_t g = l->word[k].from; g < l->word[k].to; g++) {
			uint32_t cp = p->glyph[g].cp;
			h = (h ^ (cp >= '0' && cp <= '9' ? '0' : cp)) * 1099511628211u;
		}
	return h;
}

static bool same_place(const struct line *x, const struct line *y)
{
	return fabsf(x->y0 - y->y0) < 3;
}

/* A first or last line that most pages have at the same height is no text of the document. */
static void drop_running(struct work *w, bool head)
{
	enum { EDGE = 2 };
	for (size_t depth = 0; depth < EDGE; depth++)
		for (size_t i = 0; i < w->n; i++) {
			struct sheet *s = &w->sheet[i];
			if (s->n <= depth + 1)
				continue;
			struct line *l = &s->line[head ? depth : s->n - 1 - depth];
			uint64_t hash = line_hash(&w->page[i], l);
			size_t alike = 0;
			/* neighbours are enough: a running head runs */
			for (size_t k = i > 3 ? i - 3 : 0; k < w->n && k <= i + 3; k++) {
				const struct sheet *t = &w->sheet[k];
				if (k == i || t->n <= depth + 1)
					continue;
				const struct line *m = &t->line[head ? depth : t->n - 1 - depth];
				alike += same_place(l, m) && line_hash(&w->page[k], m) == hash;
			}
			l->drop |= alike >= (w->n < 4 ? 1 : 2);
		}
}

/* Ruled tables leave the page with their letters. */
static void take_boxes(struct work *w)
{
	VEC(struct pdf_box *) all = {0};
	for (size_t i = 0; i < w->n; i++) {
		struct pdf_page *p = &w->page[i];
		struct sheet *s = &w->sheet[i];
		struct ruled_tables t = ruled_tables_find(w->a, p->rule, p->n_rules);
		s->box = arena_new(w->a, struct pdf_box, t.n + 1);
		s->n_boxes = t.n;
		for (size_t k = 0; k < t.n; k++) {
			pdf_box_take(w->a, p, &t.v[k], w->em, &s->box[k]);
			*vec_push(w->a, &all) = &s->box[k];
		}
	}
	if (all.n > 0)
		pdf_box_columns(w->a, all.v, all.n);
}

static void put_sheet(const struct work *w, size_t i, struct buf *out)
{
	const struct sheet *s = &w->sheet[i];
	float above = 1e9f;
	size_t box = 0;
	for (size_t k = 0; k <= s->n; k++) {
		const struct line *l = k < s->n ? &s->line[k] : NULL;
		for (; box < s->n_boxes && (l == NULL || s->box[box].t.y[0] < l->y0); box++) {
			pdf_box_put(&s->box[box], out);
			above = s->box[box].t.y[s->box[box].t.ny - 1];
		}
		if (l == NULL || l->drop)
			continue;
		if (l->y0 - above > 0.7f * w->em)
			buf_byte(out, '\n');
		put_line(w, &w->page[i], l, s->columns ? w->table_cell : w->text_cell, out);
		above = l->y1;
	}
}

void pdf_layout(struct arena *a, struct pdf_page *page, size_t n, struct buf *out)
{
	struct work w = {.a = a, .page = page, .n = n, .left = 1e9f};
	w.sheet = arena_new(a, struct sheet, n + 1);
	for (size_t i = 0; i < n; i++)
		clean(&page[i]);
	w.em = median(&w, false);
	w.text_cell = median(&w, true);
	take_boxes(&w);
	for (size_t i = 0; i < n; i++) {
		read_page(&w, &page[i], &w.sheet[i]);
		weak_columns(&w, &w.sheet[i]);
		for (size_t k = 0; k < w.sheet[i].n; k++)
			if (w.sheet[i].line[k].word[0].x0 < w.left)
				w.left = w.sheet[i].line[k].word[0].x0;
	}
	w.table_cell = cell_width(&w);
	drop_running(&w, true);
	drop_running(&w, false);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_byte(out, '\f');
		put_sheet(&w, i, out);
	}
}

#include "pack/ruled_table.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

#define NEAR    5.0f  /* points: lines nearer than this are one; ends may miss each other by it */
#define OPEN    10.0f /* so far lines reach beyond the last one across them: an open side */
#define SHORT   8.0f  /* shorter lines are no lines */
#define COVERED 0.6f  /* share of a cell's side that a line must cover to part it */

enum { RULES_MAX = 4000 };

struct finder {
	struct arena *a;
	const struct page_rule *rule;
	size_t n;
	size_t *group; /* smallest number of a rule it is connected with */
};

static bool upright(const struct page_rule *r)
{
	return r->y1 - r->y0 > r->x1 - r->x0;
}

static float length(const struct page_rule *r)
{
	return upright(r) ? r->y1 - r->y0 : r->x1 - r->x0;
}

static bool touch(const struct page_rule *p, const struct page_rule *q)
{
	return p->x0 - NEAR <= q->x1 && q->x0 - NEAR <= p->x1 && p->y0 - NEAR <= q->y1 &&
	       q->y0 - NEAR <= p->y1;
}

static size_t root(const struct finder *f, size_t i)
{
	while (f->group[i] != i)
		i = f->group[i];
	return i;
}

static void connect(struct finder *f)
{
	for (size_t i = 0; i < f->n; i++)
		f->group[i] = i;
	for (size_t i = 0; i < f->n; i++)
		for (size_t k = i + 1; k < f->n; k++) {
			if (!touch(&f->rule[i], &f->rule[k]))
				continue;
			size_t x = root(f, i), y = root(f, k);
			f->group[x > y ? x : y] = x < y ? x : y;
		}
}

static int by_size(const void *p, const void *q)
{
	float a = *(const float *)p, b = *(const float *)q;
	return a < b ? -1 : a > b;
}

/* A side is open when the lines that cross it reach further than the last line along it: the page
 * ended there, or the author drew no border. There the table ends. */
static size_t close_sides(const struct finder *f, size_t group, bool vertical, float *ret, size_t n)
{
	float low = ret[0], high = ret[n - 1];
	for (size_t i = 0; i < f->n; i++) {
		const struct page_rule *r = &f->rule[i];
		if (root(f, i) != group || upright(r) == vertical || length(r) < SHORT)
			continue;
		float from = vertical ? r->x0 : r->y0, to = vertical ? r->x1 : r->y1;
		low = from < low ? from : low;
		high = to > high ? to : high;
	}
	if (ret[0] - low > OPEN) {
		memmove(ret + 1, ret, n * sizeof(ret[0]));
		ret[0] = low;
		n++;
	}
	if (high - ret[n - 1] > OPEN)
		ret[n++] = high;
	return n;
}

/* Places of the lines of one direction in a group, near ones drawn together. */
static size_t places(const struct finder *f, size_t group, bool vertical, float *ret)
{
	size_t n = 0, kept = 0;
	for (size_t i = 0; i < f->n && n < RULES_MAX; i++) {
		const struct page_rule *r = &f->rule[i];
		if (root(f, i) == group && upright(r) == vertical && length(r) >= SHORT)
			ret[n++] = vertical ? (r->x0 + r->x1) / 2 : (r->y0 + r->y1) / 2;
	}
	qsort(ret, n, sizeof(ret[0]), by_size);
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || ret[i] - ret[kept - 1] > NEAR)
			ret[kept++] = ret[i];
	return kept == 0 ? 0 : close_sides(f, group, vertical, ret, kept);
}

/* Is the side from `from` to `to` at the place drawn? */
static bool drawn(
        const struct finder *f, size_t group, bool vertical, float at, float from, float to)
{
	float covered = 0;
	/* lines of one place come in no order: short pieces are summed, overlaps are rare */
	for (size_t i = 0; i < f->n; i++) {
		const struct page_rule *r = &f->rule[i];
		if (root(f, i) != group || upright(r) != vertical)
			continue;
		float where = vertical ? (r->x0 + r->x1) / 2 : (r->y0 + r->y1) / 2;
		if (where < at - NEAR || where > at + NEAR)
			continue;
		float lo = vertical ? r->y0 : r->x0, hi = vertical ? r->y1 : r->x1;
		lo = lo < from ? from : lo;
		hi = hi > to ? to : hi;
		if (hi > lo)
			covered += hi - lo;
	}
	return covered >= COVERED * (to - from);
}

/* Grid places without a line between them are one cell, if together they are a rectangle. */
static void merge(const struct finder *f, size_t group, struct ruled_table *t)
{
	size_t cols = t->nx - 1, rows = t->ny - 1;
	for (size_t i = 0; i < rows * cols; i++)
		t->cell[i] = UINT16_MAX;
	for (size_t r = 0; r < rows; r++)
		for (size_t c = 0; c < cols; c++) {
			if (t->cell[r * cols + c] != UINT16_MAX)
				continue;
			size_t right = c + 1, down = r + 1;
			while (right < cols && t->cell[r * cols + right] == UINT16_MAX &&
			        !drawn(f, group, true, t->x[right], t->y[r], t->y[r + 1]))
				right++;
			while (down < rows && t->cell[down * cols + c] == UINT16_MAX &&
			        !drawn(f, group, false, t->y[down], t->x[c], t->x[right]))
				down++;
			for (size_t i = r; i < down; i++)
				for (size_t k = c; k < right; k++)
					if (t->cell[i * cols + k] == UINT16_MAX)
						t->cell[i * cols + k] = (uint16_t)(r * cols + c);
		}
}

static bool one_cell(const struct ruled_table *t)
{
	for (size_t i = 0; i < (t->nx - 1) * (t->ny - 1); i++)
		if (t->cell[i] != 0)
			return false;
	return true;
}

static int from_top(const void *p, const void *q)
{
	const struct ruled_table *a = p, *b = q;
	return by_size(&a->y[0], &b->y[0]);
}

struct ruled_tables ruled_tables_find(struct arena *a, const struct page_rule *rule, size_t n)
{
	struct finder f = {a, rule, n < RULES_MAX ? n : RULES_MAX, NULL};
	VEC(struct ruled_table) v = {0};
	f.group = arena_new(a, size_t, f.n + 1);
	float *x = arena_new(a, float, f.n + 3), *y = arena_new(a, float, f.n + 3);
	connect(&f);
	for (size_t g = 0; g < f.n; g++) {
		if (f.group[g] != g)
			continue;
		size_t nx = places(&f, g, true, x), ny = places(&f, g, false, y);
		if (nx < 2 || ny < 2 || nx > RULED_TABLE_LINES || ny > RULED_TABLE_LINES ||
		        nx + ny < 5)
			continue;
		struct ruled_table t = {.nx = nx, .ny = ny};
		t.x = arena_new(a, float, nx);
		t.y = arena_new(a, float, ny);
		memcpy(t.x, x, nx * sizeof(x[0]));
		memcpy(t.y, y, ny * sizeof(y[0]));
		t.cell = arena_new(a, uint16_t, (nx - 1) * (ny - 1));
		merge(&f, g, &t);
		if (!one_cell(&t))
			*vec_push(a, &v) = t;
	}
	if (v.n > 1)
		qsort(v.v, v.n, sizeof(v.v[0]), from_top);
	return (struct ruled_tables){v.v, v.n};
}

static size_t slot(const float *v, size_t n, float at)
{
	if (at < v[0] || at >= v[n - 1])
		return SIZE_MAX;
	size_t i = 0;
	while (at >= v[i + 1])
		i++;
	return i;
}

size_t ruled_table_place(const struct ruled_table *t, float x, float y)
{
	size_t c = slot(t->x, t->nx, x), r = slot(t->y, t->ny, y);
	return c == SIZE_MAX || r == SIZE_MAX ? SIZE_MAX : r * (t->nx - 1) + c;
}

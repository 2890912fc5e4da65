#include "web/page_document.h"

/* One byte of the text: which point covers it most closely, and what stands there. */
enum { MARK_DUE = 1, MARK_RESP = 2, MARK_BAD = 4 };

struct paint {
	uint32_t *point; /* index + 1 */
	uint8_t *mark;
	bool *cut; /* a field begins or ends before this byte */
	size_t n;
};

static struct card_place clipped(struct card_place p, size_t n)
{
	if (p.from < 0)
		p.from = 0;
	if (p.to > (int64_t)n)
		p.to = (int64_t)n;
	return p;
}

static void paint_mark(struct paint *t, struct card_place p, uint8_t mark)
{
	p = clipped(p, t->n);
	if (p.from >= p.to)
		return;
	t->cut[p.from] = t->cut[p.to] = true;
	for (int64_t i = p.from; i < p.to; i++)
		t->mark[i] |= mark;
}

/* Longer places first, so that a point inside another one stays visible. Counting by length would
 * be faster; documents have a few hundred points. */
static void paint_points(struct arena *a, struct paint *t, const struct document_card *d)
{
	uint32_t *order = arena_new(a, uint32_t, d->n_points);
	for (size_t i = 0; i < d->n_points; i++) {
		int64_t len = d->point[i].place.to - d->point[i].place.from;
		size_t k = i;
		for (; k > 0; k--) {
			const struct card_place *q = &d->point[order[k - 1]].place;
			if (q->to - q->from >= len)
				break;
			order[k] = order[k - 1];
		}
		order[k] = (uint32_t)i;
	}
	for (size_t i = 0; i < d->n_points; i++) {
		struct card_place p = clipped(d->point[order[i]].place, t->n);
		for (int64_t b = p.from; b < p.to; b++)
			t->point[b] = order[i] + 1;
	}
}

static void paint_details(struct paint *t, const struct document_card *d)
{
	for (size_t i = 0; i < d->n_points; i++) {
		const struct card_point *p = &d->point[i];
		if (p->removed)
			continue;
		for (size_t k = 0; k < p->n_deadlines; k++)
			paint_mark(t, p->deadline[k].place, MARK_DUE);
		for (size_t k = 0; k < p->n_responsible; k++)
			paint_mark(t, p->responsible[k].place, MARK_RESP);
	}
	for (size_t i = 0; i < d->n_diagnostics; i++) {
		const struct card_diagnostic *g = &d->diagnostic[i];
		if (!g->settled && str_eq(g->severity, STR("error")))
			paint_mark(t, g->place, MARK_BAD);
	}
}

static struct str classes(uint8_t mark)
{
	if (mark & MARK_BAD)
		return STR("bad");
	if (mark & MARK_DUE)
		return STR("due");
	return mark & MARK_RESP ? STR("resp") : STR("");
}

struct piece *pieces_of(struct arena *a, const struct document_card *d, size_t *ret_n)
{
	struct paint t = {arena_new(a, uint32_t, d->text.n + 1),
	        arena_new(a, uint8_t, d->text.n + 1), arena_new(a, bool, d->text.n + 1), d->text.n};
	paint_points(a, &t, d);
	paint_details(&t, d);
	bool *seen = arena_new(a, bool, d->n_points + 1);
	VEC(struct piece) out = {0};
	size_t from = 0;
	while (from < t.n && d->text.p[from] == '\n')
		from++; /* empty lines at the top show nothing */
	while (from < t.n) {
		size_t to = from + 1;
		while (to < t.n && t.point[to] == t.point[from] && t.mark[to] == t.mark[from] &&
		        !t.cut[to])
			to++;
		uint32_t k = t.point[from];
		struct str text = str_sub(d->text, from, to);
		if (str_blank(text))
			k = 0; /* a link of blanks says nothing */
		*vec_push(a, &out) = (struct piece){
		        .text = text,
		        .from = from,
		        .to = to,
		        .point_id = k > 0 ? d->point[k - 1].id : 0,
		        .first = k > 0 && !seen[k],
		        .odd = k % 2 == 1,
		        .marks = classes(t.mark[from]),
		};
		seen[k] = true;
		from = to;
	}
	*ret_n = out.n;
	return out.v;
}

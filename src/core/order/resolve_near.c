/* The nearest organisations of the registry for words no rule fits. */
#include "core/order/resolve_known.h"
#include "text/fold.h"

#include <math.h>
#include <stdlib.h>

#define SLIP 0.6 /* share of common letter triples from which two stems are one word misspelt */

static int by_stem(const void *x, const void *y)
{
	return str_cmp(((const struct stem_use *)x)->stem, ((const struct stem_use *)y)->stem);
}

/* How many names have each stem. */
static void count_uses(struct resolver *r)
{
	if (r->use != NULL)
		return;
	size_t n = 0;
	for (size_t i = 0; i < r->n; i++)
		n += r->v[i].stems.n;
	r->use = arena_new(r->a, struct stem_use, n + 1);
	for (size_t i = 0; i < r->n; i++)
		for (size_t k = 0; k < r->v[i].stems.n; k++)
			r->use[r->n_use++] = (struct stem_use){r->v[i].stems.v[k], 1};
	if (n > 1)
		qsort(r->use, n, sizeof(r->use[0]), by_stem);
	size_t kept = 0;
	for (size_t i = 0; i < n; i++)
		if (kept > 0 && str_eq(r->use[kept - 1].stem, r->use[i].stem))
			r->use[kept - 1].n++;
		else
			r->use[kept++] = r->use[i];
	r->n_use = kept;
}

static double weight(const struct resolver *r, struct str stem)
{
	struct stem_use key = {.stem = stem};
	const struct stem_use *u =
	        r->n_use == 0 ? NULL : bsearch(&key, r->use, r->n_use, sizeof(key), by_stem);
	double with = u == NULL ? 0 : u->n;
	return log(1 + ((double)r->n + 1) / (with + 1));
}

/* Share of common letter triples, 0…1; letters of these words are two bytes. */
static double letter_likeness(struct str x, struct str y)
{
	enum { TRIPLE = 6, LETTER = 2 };
	if (x.n < TRIPLE + LETTER || y.n < TRIPLE + LETTER)
		return 0;
	size_t common = 0, nx = x.n / LETTER - 2, ny = y.n / LETTER - 2;
	for (size_t i = 0; i < nx; i++)
		if (str_has(y, str_sub(x, i * LETTER, i * LETTER + TRIPLE)))
			common++;
	return 2.0 * (double)common / (double)(nx + ny);
}

/* The best counterpart of a stem in a name: 1 the same, less when only the letters are like. */
static double counterpart(struct str stem, const struct stem_set *in)
{
	double best = 0;
	for (size_t k = 0; k < in->n; k++) {
		if (str_eq(stem, in->v[k]))
			return 1;
		double like = letter_likeness(stem, in->v[k]);
		if (like >= SLIP && like > best)
			best = like;
	}
	return best;
}

/* One search: the stems wanted and their weights. */
struct search {
	struct stem_set want;
	double *weight;
	double total;
	struct str numbers;
};

static double likeness(const struct resolver *r, const struct search *s, const struct known *k)
{
	double common = 0, other = 0;
	for (size_t i = 0; i < s->want.n; i++)
		common += s->weight[i] * counterpart(s->want.v[i], &k->stems);
	if (common <= 0)
		return 0;
	for (size_t i = 0; i < k->stems.n; i++)
		other += weight(r, k->stems.v[i]);
	/* a registry's name is longer than what people write: the words wanted count more */
	double like = 0.7 * common / s->total + 0.3 * common / (other > common ? other : common);
	if (!str_eq(s->numbers, k->numbers))
		like *= s->numbers.n > 0 && k->numbers.n > 0 ? 0.5 : 0.8;
	return like > 1 ? 1 : like;
}

struct nearest {
	struct resolve_near *v;
	size_t n, max;
};

static void keep(struct nearest *l, const struct known *k, double like)
{
	size_t at = 0;
	while (at < l->n && l->v[at].org_id != k->id)
		at++;
	if (at < l->n && l->v[at].likeness >= like)
		return;
	if (at == l->n && l->n < l->max)
		l->n++;
	else if (at == l->n && l->v[--at].likeness >= like)
		return;
	for (; at > 0 && l->v[at - 1].likeness < like; at--)
		l->v[at] = l->v[at - 1];
	l->v[at] = (struct resolve_near){k->id, k->name, like};
}

size_t resolve_nearest(struct resolver *r, struct str name, struct resolve_near *ret, size_t max)
{
	struct str key = resolve_plain_key(r->a, name);
	if (max == 0 || key.n == 0)
		return 0;
	AUTO_STEMMER(st);
	resolve_stem_all(r, &st);
	count_uses(r);
	struct search s = {
	        .want = text_stems(&st, r->a, key), .numbers = resolve_numbers(r->a, key)};
	s.weight = arena_new(r->a, double, s.want.n + 1);
	for (size_t i = 0; i < s.want.n; i++)
		s.total += s.weight[i] = weight(r, s.want.v[i]);
	struct nearest l = {ret, 0, max < RESOLVE_NEAR_MAX ? max : RESOLVE_NEAR_MAX};
	for (size_t i = 0; i < r->n && s.total > 0; i++) {
		double like = likeness(r, &s, &r->v[i]);
		if (like >= LIKE_NEAR)
			keep(&l, &r->v[i], like);
	}
	return l.n;
}

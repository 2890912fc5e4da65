#include "stat/steps.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct steps steps_of(struct arena *a, const struct scores *s)
{
	struct steps st = {.k = s->k,
	        .max = arena_new(a, uint8_t, s->k),
	        .from = arena_new(a, size_t, s->k + 1)};
	int64_t *hist = arena_new(a, int64_t, 256 * s->k);
	for (size_t p = 0; p < s->n; p++)
		for (size_t i = 0; i < s->k; i++)
			hist[256 * i + score_at(s, p, i)]++;
	for (size_t i = 0; i < s->k; i++) {
		for (size_t c = 0; c <= SCORE_MAX; c++)
			if (hist[256 * i + c] > 0)
				st.max[i] = (uint8_t)c;
		st.from[i + 1] = st.from[i] + st.max[i];
	}
	/* counts of categories above 0 move to the front */
	size_t n = st.from[s->k];
	for (size_t i = 0, x = 0; i < s->k; i++)
		for (size_t c = 1; c <= st.max[i]; c++, x++)
			hist[x] =
			        hist[256 * i + c]; /* x ≤ 256 i + c: never ahead of what is read */
	st.n = st.top = n;
	st.count = hist;
	return st;
}

static bool same_items(const struct scores *s, size_t p, size_t q)
{
	for (size_t i = 0; i < s->k; i++)
		if ((score_at(s, p, i) == SCORE_NONE) != (score_at(s, q, i) == SCORE_NONE))
			return false;
	return true;
}

static uint64_t mask_hash(const struct scores *s, size_t p)
{
	uint64_t h = 1469598103934665603u;
	for (size_t i = 0; i < s->k; i++)
		h = (h ^ (score_at(s, p, i) == SCORE_NONE)) * 1099511628211u;
	return h;
}

static struct pattern pattern_of(
        struct arena *a, const struct scores *s, const struct steps *st, size_t first)
{
	size_t *item = arena_new(a, size_t, s->k);
	struct pattern p = {.item = item};
	for (size_t i = 0; i < s->k; i++)
		if (score_at(s, first, i) != SCORE_NONE) {
			item[p.n_items++] = i;
			p.top += st->max[i];
		}
	return p;
}

/* Everybody in one pattern. */
static struct patterns one_pattern(struct arena *a, const struct scores *s, const struct steps *st)
{
	size_t *person = arena_new(a, size_t, s->n);
	struct patterns all = {1, arena_new(a, struct pattern, 1)};
	for (size_t p = 0; p < s->n; p++)
		person[p] = p;
	all.v[0] = pattern_of(a, s, st, 0);
	all.v[0].n_persons = s->n;
	all.v[0].person = person;
	return all;
}

/* Number of the pattern of each person by an open hash table of first persons. */
struct patterns patterns_of(struct arena *a, const struct scores *s, const struct steps *st)
{
	if (s->n > 0 && s->k > 0 && memchr(s->x, SCORE_NONE, s->n * s->k) == NULL)
		return one_pattern(a, s, st);
	size_t room = 16;
	while (room < 2 * s->n)
		room *= 2;
	size_t *slot = arena_new(a, size_t, room); /* first person + 1 */
	size_t *of = arena_new(a, size_t, s->n);
	size_t *first = arena_new(a, size_t, s->n);
	size_t *number = arena_new(a, size_t, s->n); /* of the pattern a first person began */
	struct patterns all = {0};
	for (size_t p = 0; p < s->n; p++) {
		size_t h = mask_hash(s, p) & (room - 1);
		while (slot[h] != 0 && !same_items(s, slot[h] - 1, p))
			h = (h + 1) & (room - 1);
		if (slot[h] == 0) {
			slot[h] = p + 1;
			number[p] = all.n;
			first[all.n++] = p;
		}
		of[p] = number[slot[h] - 1];
	}
	all.v = arena_new(a, struct pattern, all.n);
	for (size_t g = 0; g < all.n; g++)
		all.v[g] = pattern_of(a, s, st, first[g]);
	for (size_t p = 0; p < s->n; p++)
		all.v[of[p]].n_persons++;
	size_t *place = arena_new(a, size_t, s->n);
	size_t **fill = arena_new(a, size_t *, all.n);
	for (size_t g = 0; g < all.n; g++) {
		all.v[g].person = fill[g] = place;
		place += all.v[g].n_persons;
	}
	for (size_t p = 0; p < s->n; p++)
		*fill[of[p]]++ = p;
	return all;
}

struct item_moments item_moments(const double *beta, size_t m, double theta)
{
	double top = 0; /* the greatest log weight, so that nothing overflows */
	for (size_t c = 1; c <= m; c++)
		top = fmax(top, (double)c * theta + beta[c - 1]);
	double w0 = exp(-top), s0 = w0, s1 = 0, s2 = 0, s3 = 0;
	for (size_t c = 1; c <= m; c++) {
		double x = (double)c, w = exp(x * theta + beta[c - 1] - top);
		s0 += w;
		s1 += x * w;
		s2 += x * x * w;
		s3 += x * x * x * w;
	}
	double mean = s1 / s0, second = s2 / s0;
	return (struct item_moments){
	        mean, second - mean * mean, s3 / s0 - 3 * mean * second + 2 * mean * mean * mean};
}

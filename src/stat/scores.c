#include "stat/scores.h"

#include <string.h>

struct scores scores_persons(struct arena *a, const struct scores *s, const bool *keep)
{
	size_t n = 0;
	for (size_t p = 0; p < s->n; p++)
		n += keep[p];
	uint8_t *x = arena_new(a, uint8_t, n * s->k);
	size_t to = 0;
	for (size_t p = 0; p < s->n; p++)
		if (keep[p] && s->k > 0)
			memcpy(x + to++ * s->k, s->x + p * s->k, s->k);
	return (struct scores){n, s->k, x};
}

struct scores scores_complete(struct arena *a, const struct scores *s)
{
	bool *keep = arena_new(a, bool, s->n);
	bool all = true;
	for (size_t p = 0; p < s->n; p++) {
		keep[p] = s->k == 0 || memchr(s->x + p * s->k, SCORE_NONE, s->k) == NULL;
		all &= keep[p];
	}
	return all ? *s : scores_persons(a, s, keep);
}

struct scores scores_items(struct arena *a, const struct scores *s, const bool *keep)
{
	size_t k = 0;
	for (size_t i = 0; i < s->k; i++)
		k += keep[i];
	uint8_t *x = arena_new(a, uint8_t, s->n * k);
	size_t to = 0;
	for (size_t p = 0; p < s->n; p++)
		for (size_t i = 0; i < s->k; i++)
			if (keep[i])
				x[to++] = score_at(s, p, i);
	return (struct scores){s->n, k, x};
}

struct scores scores_from_zero(struct arena *a, const struct scores *s)
{
	uint8_t *least = arena_new(a, uint8_t, s->k);
	memset(least, SCORE_NONE, s->k);
	for (size_t p = 0; p < s->n; p++)
		for (size_t i = 0; i < s->k; i++)
			if (score_at(s, p, i) < least[i])
				least[i] = score_at(s, p, i);
	uint8_t *x = arena_new(a, uint8_t, s->n * s->k);
	for (size_t p = 0; p < s->n; p++)
		for (size_t i = 0; i < s->k; i++) {
			uint8_t v = score_at(s, p, i);
			x[p * s->k + i] = v == SCORE_NONE ? v : (uint8_t)(v - least[i]);
		}
	return (struct scores){s->n, s->k, x};
}

uint8_t *scores_max(struct arena *a, const struct scores *s)
{
	uint8_t *max = arena_new(a, uint8_t, s->k);
	for (size_t p = 0; p < s->n; p++)
		for (size_t i = 0; i < s->k; i++) {
			uint8_t v = score_at(s, p, i);
			if (v != SCORE_NONE && v > max[i])
				max[i] = v;
		}
	return max;
}

uint32_t *scores_totals(struct arena *a, const struct scores *s)
{
	uint32_t *total = arena_new(a, uint32_t, s->n);
	for (size_t p = 0; p < s->n; p++)
		for (size_t i = 0; i < s->k; i++) {
			uint8_t v = score_at(s, p, i);
			total[p] += v == SCORE_NONE ? 0u : v;
		}
	return total;
}

bool scores_polytomous(const struct scores *s)
{
	for (size_t c = 0; c < s->n * s->k; c++)
		if (s->x[c] != SCORE_NONE && s->x[c] > 1)
			return true;
	return false;
}

/* Answers of persons to items as the models see them: small whole numbers, one byte a cell. */
#ifndef STAT_SCORES_H
#define STAT_SCORES_H

#include "base/arena.h"

#define SCORE_NONE 0xFF /* no answer is known */
#define SCORE_MAX  0xFE

/* Borrowed: n persons, k items, person by person. */
struct scores {
	size_t n, k;
	const uint8_t *x;
};

static inline uint8_t score_at(const struct scores *s, size_t person, size_t item)
{
	return s->x[person * s->k + item];
}

/* Persons without missing answers, in their order (s itself when nobody misses one). */
struct scores scores_complete(struct arena *a, const struct scores *s);
/* Each item moved so that its least observed score is 0. */
struct scores scores_from_zero(struct arena *a, const struct scores *s);
/* Only the items with keep[i]. */
struct scores scores_items(struct arena *a, const struct scores *s, const bool *keep);
/* Only the persons with keep[p]. */
struct scores scores_persons(struct arena *a, const struct scores *s, const bool *keep);
/* Greatest observed score of each item, 0 when there is none. k places in a. */
uint8_t *scores_max(struct arena *a, const struct scores *s);
/* Sum of the known scores of each person. */
uint32_t *scores_totals(struct arena *a, const struct scores *s);
/* Any known score above 1. */
bool scores_polytomous(const struct scores *s);

#endif

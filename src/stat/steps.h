/* Layout of the parameters of Rasch and partial-credit models: one number for each category above 0
 * of each item, item after item. The log weight of category c at ability θ is c·θ + beta[c]. */
#ifndef STAT_STEPS_H
#define STAT_STEPS_H

#include "stat/scores.h"

struct steps {
	size_t k;       /* items */
	size_t n;       /* parameters: Σ max */
	size_t top;     /* greatest total score, also n */
	uint8_t *max;   /* [k] greatest observed score */
	size_t *from;   /* [k + 1] place of category 1 of the item */
	int64_t *count; /* [n] persons in the category */
};

/* Scores must start at 0 (scores_from_zero). */
struct steps steps_of(struct arena *a, const struct scores *s);

/* Persons who answered the same items. */
struct pattern {
	size_t n_items, n_persons, top; /* top: greatest total of these items */
	const size_t *item, *person;
};
struct patterns {
	size_t n;
	struct pattern *v;
};
struct patterns patterns_of(struct arena *a, const struct scores *s, const struct steps *st);

/* Mean, variance, third central moment of the score of an item with m categories above 0. */
struct item_moments {
	double mean, var, third;
};
/* beta: of the item's category 1; −∞ is a category that cannot happen. */
struct item_moments item_moments(const double *beta, size_t m, double theta);

#endif

/* Equating through common items: form X taken by one population, form Y by another, both with the
 * anchor V. Kolen and Brennan, Test Equating, Scaling, and Linking, 3rd ed. 2014, ch. 4–5.
 * docs/methods/psychometrics.md, "Equating through an anchor". */
#ifndef STAT_NEAT_H
#define STAT_NEAT_H

#include "base/arena.h"

/* Persons of one population: total on the form, score on the anchor (whole numbers from 0). */
struct neat_group {
	size_t n;
	const uint32_t *total, *anchor;
};

struct neat_opt {
	uint32_t top_x, top_y, top_v; /* greatest possible scores */
	double weight_x;              /* of population X in the synthetic one, 0 … 1 */
	bool external;                /* the anchor does not count in the total */
};

enum neat_method {
	NEAT_TUCKER,        /* ibid. 4.17–4.22 */
	NEAT_LEVINE,        /* observed scores, 4.3.1 */
	NEAT_CHAINED,       /* linear, through the anchor */
	NEAT_NOMINAL,       /* nominal weights: Babcock, Albano, Raymond, EPM 72 (2012) 608 */
	NEAT_BRAUN_HOLLAND, /* 5.1.3: linear with moments of frequency estimation */
	NEAT_FREQUENCY,     /* 5.1: frequency estimation, equipercentile */
	NEAT_CHAINED_EQUIPERCENTILE /* 5.2 */
};

/* yx[x], x = 0 … top_x: equivalent on Y. NaN where the populations do not allow it. */
void neat_equate(struct arena *scratch, const struct neat_group *x, const struct neat_group *y,
        const struct neat_opt *o, enum neat_method method, double *yx);
#endif

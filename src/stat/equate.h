/* Equating of two forms taken by random groups: Kolen and Brennan, Test Equating, Scaling, and
 * Linking, 3rd ed. 2014, ch. 2–3. Scores are 0 … top of each form. docs/methods/psychometrics.md,
 * "Equating". */
#ifndef STAT_EQUATE_H
#define STAT_EQUATE_H

#include "base/arena.h"

/* Counts (or smoothed frequencies) of scores low, low + 1 … low + n − 1. */
struct equate_form {
	const double *count;
	size_t n;
	double low;
};

/* Mean and standard deviation (n − 1 below). */
struct equate_moments {
	double n, mean, sd;
};
struct equate_moments equate_moments(const struct equate_form *f);

/* Each gives for every score of x its equivalent on y; yx has x->n places. NaN without persons. */
void equate_mean(const struct equate_form *x, const struct equate_form *y, double *yx);
void equate_linear(const struct equate_form *x, const struct equate_form *y, double *yx);
/* Equal percentile ranks, scores spread evenly over ± 0.5 (ibid., 2.14–2.18). */
void equate_equipercentile(const struct equate_form *x, const struct equate_form *y, double *yx);

/* Log-linear presmoothing: Poisson fit of a polynomial of the degree to the log counts, so that the
 * first moments up to the degree are kept (Holland and Thayer, JEBS 25 (2000) 133). fitted has n
 * places. False when it does not converge. */
bool equate_loglinear(
        struct arena *scratch, const struct equate_form *f, size_t degree, double *fitted);

#endif

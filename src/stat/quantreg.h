/* Quantile regression (Koenker and Bassett, Econometrica 46 (1978) 33) by the Frisch–Newton
 * interior point method with Mehrotra's corrector (Portnoy and Koenker, Statistical Science 12
 * (1997) 279), and growth percentiles on B-splines (Betebenner, EM:IP 28 (2009) 42).
 * docs/methods/psychometrics.md, "Growth". */
#ifndef STAT_QUANTREG_H
#define STAT_QUANTREG_H

#include "base/arena.h"

/* n rows of p columns, row by row, and the outcome. */
struct quantreg_data {
	size_t n, p;
	const double *x, *y;
};

/* Minimises Σ ρ_τ(y − xb); coef has p places. False (and NaN) when the design is singular or the
 * gap does not close. */
bool quantreg_fit(struct arena *scratch, const struct quantreg_data *d, double tau, double *coef);

/* Σ ρ_τ(y − fit), ρ_τ(e) = e (τ − [e < 0]). */
double quantreg_loss(const double *y, const double *fit, size_t n, double tau);

enum { GROWTH_KNOTS = 4, GROWTH_BASIS = 8, GROWTH_QUANTILES = 99 };

struct growth {
	bool ok;
	double knot[GROWTH_KNOTS]; /* 20, 40, 60, 80 % of the prior score, type 7 */
	double boundary[2];
	double *fit;   /* [99 × n] fitted quantiles 0.01 … 0.99, as estimated */
	uint8_t *sgp;  /* [n] fitted quantiles (in rising order) below the score, at least 1 */
	double median; /* of sgp */
};

/* Growth percentile of each pupil's current score among pupils with the same prior score. */
void growth_fit(
        struct arena *a, const double *prior, const double *current, size_t n, struct growth *ret);

#endif

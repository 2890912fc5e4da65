/* Two-parameter logistic model (Birnbaum 1968) and generalised partial credit model (Muraki,
 * Applied Psychological Measurement 16 (1992) 159) by marginal maximum likelihood, abilities N(0,
 * 1) on equidistant points. Log weight of category c: c·a·θ + beta[c].
 *
 * A person enters only through S = Σ a x: the posterior on equidistant points is a product of
 * ratios, so an evaluation needs two exponentials a person. The maximum is climbed by
 * limited-memory BFGS (Liu and Nocedal, Mathematical Programming 45 (1989) 503) whose first metric
 * is the information of the complete data, the metric of EM. docs/methods/psychometrics.md,
 * "Slopes". */
#ifndef STAT_GPCM_H
#define STAT_GPCM_H

#include "stat/quadrature.h"
#include "stat/steps.h"

struct gpcm {
	bool converged;
	int iterations;
	double loglik;
	double *a;             /* [k] slopes */
	double *beta;          /* [steps.n] intercepts; NaN for a category nobody reached */
	double *eap, *eap_var; /* [n] posterior mean and variance */
};

/* Scores start at 0; missing answers are allowed; q is a grid (quadrature_grid). Arrays in a. */
void gpcm_fit(struct arena *a, const struct scores *s, const struct steps *st,
        const struct quadrature *q, struct gpcm *ret);

/* Step c (1 … max) of item i: −(beta[c] − beta[c − 1]) / a. */
double gpcm_step(const struct gpcm *m, const struct steps *st, size_t i, size_t c);

#endif

/* Marginal maximum likelihood of the Rasch and partial-credit models with a normal population (Bock
 * and Aitkin, Psychometrika 46 (1981) 443), over groups of equal total: the work after counting
 * does not depend on the number of persons. Newton steps with the observed information.
 * docs/methods/psychometrics.md, "Marginal likelihood". */
#ifndef STAT_MML_H
#define STAT_MML_H

#include "stat/quadrature.h"
#include "stat/steps.h"

struct mml {
	bool converged;
	int iterations;
	double loglik;
	double variance; /* of the population; the mean is 0 */
	double *beta;    /* [steps.n] cumulative easiness; NaN for a category nobody reached */
	double *se;      /* [steps.n] of beta, from the observed information */
	double *eap, *eap_var; /* [n] posterior mean and variance of each person */
	double *eap_by_score;  /* [steps.top + 1] of those who answered all items */
	double slope_score; /* d loglik / d log(common slope), for the model with a common slope */
};

/* Scores start at 0; missing answers are allowed. With free_variance the weights of q (equidistant)
 * follow the estimated variance, else q is taken as it is. Arrays in a. */
void mml_fit(struct arena *a, const struct scores *s, const struct steps *st,
        const struct quadrature *q, bool free_variance, struct mml *ret);

/* Model with one slope for all items, abilities N(0, 1) on q: log weight of category c is
 * c·slope·θ + beta[c]. */
void mml_common_slope(struct arena *a, const struct scores *s, const struct steps *st,
        const struct quadrature *q, double *ret_slope, struct mml *ret);

/* Share of the variance of abilities that the estimates keep: var(EAP) / (var(EAP) + mean posterior
 * variance), variance with n below. */
double mml_eap_reliability(const struct mml *m, size_t n);

#endif

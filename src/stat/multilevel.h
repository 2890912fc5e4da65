/* Random-intercept model y = Xβ + u_group + e, u ~ N(0, τ²), e ~ N(0, σ²), by restricted or full
 * maximum likelihood: profiled over λ = τ²/σ² (Bates et al., Journal of Statistical Software 67
 * (2015) 1, sect. 3). docs/methods/psychometrics.md, "Random intercept". */
#ifndef STAT_MULTILEVEL_H
#define STAT_MULTILEVEL_H

#include "base/arena.h"

struct multilevel_data {
	size_t n, p, n_groups;
	const double *y;       /* [n] */
	const double *x;       /* [n × p] row by row, with the constant */
	const uint32_t *group; /* [n] below n_groups */
};

struct multilevel {
	bool ok; /* false: singular design, or no freedom left */
	double loglik, tau2, sigma2, icc;
	double *coef, *se;      /* [p] */
	double *blup, *blup_se; /* [n_groups] deviation of the group, and its error given β */
};

/* restricted: REML, else ML. Arrays in a. */
void multilevel_fit(
        struct arena *a, const struct multilevel_data *d, bool restricted, struct multilevel *ret);

#endif

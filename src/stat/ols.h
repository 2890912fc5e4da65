/* Least squares with errors that allow unequal variance, clusters or dependence in time.
 * docs/methods/psychometrics.md, "Least squares". */
#ifndef STAT_OLS_H
#define STAT_OLS_H

#include "base/arena.h"

struct ols {
	bool ok; /* false: singular design or not more rows than columns */
	size_t n, p;
	double *coef;     /* [p] */
	double *residual; /* [n] */
	double *leverage; /* [n] */
	double *xx;       /* [p × p] (X'X)⁻¹ */
	const double *x;
};

/* Orthogonalisation of the columns (modified Gram–Schmidt, Björck, BIT 7 (1967) 1). x: n × p row by
 * row, kept by reference. Arrays in a. */
void ols_fit(
        struct arena *a, const double *x, const double *y, size_t n, size_t p, struct ols *ret);

enum ols_error {
	OLS_CLASSIC,
	OLS_HC0, /* White, Econometrica 48 (1980) 817 */
	OLS_HC1, /* n / (n − p) */
	OLS_HC2, /* e² / (1 − h) */
	OLS_HC3, /* e² / (1 − h)²: MacKinnon and White, Journal of Econometrics 29 (1985) 305 */
};
/* Standard errors; se has p places. */
void ols_errors(struct arena *scratch, const struct ols *f, enum ols_error kind, double *se);
/* CR1: clusters (Liang and Zeger 1986), G/(G − 1) · (n − 1)/(n − p). */
void ols_cluster(struct arena *scratch, const struct ols *f, const uint32_t *cluster,
        size_t n_clusters, double *se);
/* Newey and West, Econometrica 55 (1987) 703: Bartlett weights up to the lag, rows in order of
 * time. */
void ols_newey_west(struct arena *scratch, const struct ols *f, size_t lag, double *se);
/* Durbin and Watson 1950: Σ(e_t − e_{t−1})² / Σe². */
double ols_durbin_watson(const struct ols *f);

#endif

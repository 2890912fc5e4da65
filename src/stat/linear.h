/* Small dense linear models: normal equations by Cholesky. For tens of columns at most; wider ones
 * belong to GSL. */
#ifndef STAT_LINEAR_H
#define STAT_LINEAR_H

#include "base/arena.h"

#define LINEAR_MAX_COLS 24

/* Design matrix: n rows of k columns, row by row. */
struct design {
	const double *x;
	size_t n, k;
};

/* Solves A b = y for a symmetric positive definite A (k × k, row by row; destroyed), y becomes b.
 * False when A is not positive definite. k ≤ LINEAR_MAX_COLS. */
bool linear_solve_spd(double *a, double *y, size_t k);

/* Weighted least squares with a ridge: argmin Σ w (y − xb)² + ridge·|b|². w NULL: ones. b has k
 * places. */
bool linear_fit(const struct design *d, const double *y, const double *w, double ridge, double *b);

struct logistic {
	struct design design;
	const double *y; /* successes of each row */
	const double *n; /* trials of each row; NULL: one each */
	double ridge;    /* on the coefficients */
};

/* Logistic regression by Newton steps (iteratively reweighted least squares). False when the
 * normal equations are singular. b has k places. */
bool linear_logistic(const struct logistic *m, int steps, double *b);

/* x·b of one row. */
double linear_at(const double *row, const double *b, size_t k);

#endif

/* Dense symmetric matrices, row by row, k × k. For the widths of item models (up to some
 * thousands); the order of sums is fixed. */
#ifndef STAT_MATRIX_H
#define STAT_MATRIX_H

#include "base/arena.h"

/* a = L Lᵀ, L in the lower triangle of a. False when a is not positive definite (a is then
 * spoilt). */
bool matrix_cholesky(double *a, size_t k);
/* Solves L Lᵀ x = b in place. */
void matrix_cholesky_solve(const double *l, double *b, size_t k);
/* Inverse of a symmetric positive definite matrix, in place. False when it is none. */
bool matrix_inverse(struct arena *scratch, double *a, size_t k);
/* √(rᵀ A r) of a symmetric A, for the error of a linear combination. */
double matrix_norm(const double *a, const double *r, size_t k);

#endif

/* Points and weights for integrals over the ability. */
#ifndef STAT_QUADRATURE_H
#define STAT_QUADRATURE_H

#include "base/arena.h"

struct quadrature {
	size_t n;
	double *node, *weight; /* weights sum to 1 */
};

/* n equidistant points on [low, high], weights proportional to the density of N(0, variance). */
struct quadrature quadrature_grid(
        struct arena *a, double low, double high, size_t n, double variance);
/* The weights anew, for another variance. */
void quadrature_weights(struct quadrature *q, double variance);
/* Gauss–Hermite for N(0, 1): roots of the Jacobi matrix by bisection, weights by its eigenvectors
 * (Golub and Welsch, Mathematics of Computation 23 (1969) 221). */
struct quadrature quadrature_hermite(struct arena *a, size_t n);

#endif

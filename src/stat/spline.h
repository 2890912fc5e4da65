/* Natural cubic spline through points (x rising), straight beyond its ends: what R's
 * spline(method = "natural") draws. */
#ifndef STAT_SPLINE_H
#define STAT_SPLINE_H

#include "base/arena.h"

/* Value at u; NaN with fewer than two points. */
double spline_natural(struct arena *scratch, const double *x, const double *y, size_t n, double u);

#endif

/* The funnel with an empirical null: what honest schools of this very region do decides what is
 * unusual. */
#ifndef STAT_OBJECTIVITY_CALIBRATE_H
#define STAT_OBJECTIVITY_CALIBRATE_H

#include "base/arena.h"

struct ob_funnel {
	size_t n;            /* schools */
	const double *u, *v; /* sums and their variance */
	const double *level; /* NULL: the centre does not drift with the level of the school */
	bool exact;          /* v is the sampling variance: never narrower than it */
};

/* z[k] = (u − μv) / √(av + κv²); 0 where v is nothing. μ (constant or quadratic in the level), a
 * and κ come from the bulk and the lower half of the schools, so that those who distort cannot
 * widen the null. docs/methods/objectivity.md §3. info[k] = v / √(…): how far a
 * unit of effect moves z in a school of this size. */
void ob_calibrate(struct arena *a, const struct ob_funnel *f, double *z, double *info);

/* Quantile of n values, linear between order statistics (type 7); v is reordered. NaN when n is 0.
 */
double ob_quantile(double *v, size_t n, double p);

#endif

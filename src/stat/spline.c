#include "stat/spline.h"

#include <math.h>

/* Second derivatives at the points: tridiagonal system, 0 at both ends. */
static double *bends(struct arena *a, const double *x, const double *y, size_t n)
{
	double *m = arena_new(a, double, n), *u = arena_new(a, double, n);
	for (size_t i = 1; i + 1 < n; i++) {
		double h0 = x[i] - x[i - 1], h1 = x[i + 1] - x[i];
		double right = 6 * ((y[i + 1] - y[i]) / h1 - (y[i] - y[i - 1]) / h0);
		double below = 2 * (h0 + h1) - (i > 1 ? h0 * u[i - 1] : 0);
		u[i] = h1 / below;
		m[i] = (right - (i > 1 ? h0 * m[i - 1] : 0)) / below;
	}
	for (size_t i = n - 1; i-- > 1;)
		m[i] -= i + 2 < n ? u[i] * m[i + 1] : 0;
	return m;
}

double spline_natural(struct arena *scratch, const double *x, const double *y, size_t n, double u)
{
	if (n < 2)
		return (double)NAN;
	struct arena_mark mark = arena_mark(scratch);
	const double *m = bends(scratch, x, y, n);
	size_t i = 0;
	while (i + 2 < n && u >= x[i + 1])
		i++;
	double h = x[i + 1] - x[i], slope = (y[i + 1] - y[i]) / h, v;
	if (u < x[0])
		v = y[0] + (u - x[0]) * (slope - h * m[1] / 6);
	else if (u > x[n - 1])
		v = y[n - 1] + (u - x[n - 1]) * (slope + h * m[n - 2] / 6);
	else {
		double p = (x[i + 1] - u) / h, q = (u - x[i]) / h;
		v = p * y[i] + q * y[i + 1] +
		    ((p * p * p - p) * m[i] + (q * q * q - q) * m[i + 1]) * h * h / 6;
	}
	arena_reset(scratch, mark);
	return v;
}

#include "stat/equate.h"

#include "stat/matrix.h"

#include <math.h>

#define NONE ((double)NAN)

enum { NEWTON_MAX = 200, HALVINGS_MAX = 40 };

struct equate_moments equate_moments(const struct equate_form *f)
{
	struct equate_moments m = {0, 0, 0};
	double sum = 0, spread = 0;
	for (size_t i = 0; i < f->n; i++) {
		m.n += f->count[i];
		sum += f->count[i] * (f->low + (double)i);
	}
	m.mean = m.n > 0 ? sum / m.n : NONE;
	for (size_t i = 0; i < f->n; i++) {
		double d = f->low + (double)i - m.mean;
		spread += f->count[i] * d * d;
	}
	m.sd = m.n > 1 ? sqrt(spread / (m.n - 1)) : NONE;
	return m;
}

void equate_mean(const struct equate_form *x, const struct equate_form *y, double *yx)
{
	double shift = equate_moments(y).mean - equate_moments(x).mean;
	for (size_t i = 0; i < x->n; i++)
		yx[i] = x->low + (double)i + shift;
}

void equate_linear(const struct equate_form *x, const struct equate_form *y, double *yx)
{
	struct equate_moments mx = equate_moments(x), my = equate_moments(y);
	double slope = mx.sd > 0 ? my.sd / mx.sd : NONE;
	for (size_t i = 0; i < x->n; i++)
		yx[i] = slope * (x->low + (double)i - mx.mean) + my.mean;
}

void equate_equipercentile(const struct equate_form *x, const struct equate_form *y, double *yx)
{
	double nx = equate_moments(x).n, ny = equate_moments(y).n, below = 0;
	double passed = 0; /* persons on y below score j */
	size_t j = 0;
	for (size_t i = 0; i < x->n; i++) {
		double rank = (below + 0.5 * x->count[i]) / nx;
		below += x->count[i];
		if (!(nx > 0 && ny > 0)) {
			yx[i] = NONE;
		} else if (rank <= 0) {
			yx[i] = y->low - 0.5;
		} else {
			while (j < y->n && (passed + y->count[j]) / ny <= rank)
				passed += y->count[j++];
			yx[i] = j < y->n ? y->low + (double)j - 0.5 +
			                           (rank * ny - passed) / y->count[j]
			                 : y->low + (double)y->n - 0.5;
		}
	}
}

static double product(const double *x, const double *y, size_t n)
{
	double sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += x[i] * y[i];
	return sum;
}

/* x less its part along the unit vector e. */
static void take_out(double *x, const double *e, size_t n)
{
	double with = product(x, e, n);
	for (size_t i = 0; i < n; i++)
		x[i] -= with * e[i];
}

/* Polynomials orthonormal over the points: column c at x[c × n + i]. */
static double *polynomials(struct arena *a, size_t n, size_t degree)
{
	double *x = arena_new(a, double, (degree + 1) * n);
	for (size_t c = 0; c <= degree; c++) {
		double *own = x + c * n;
		for (size_t i = 0; i < n; i++) {
			double at = n > 1 ? 2 * (double)i / (double)(n - 1) - 1 : 0;
			own[i] = c == 0 ? 1 : x[(c - 1) * n + i] * at;
		}
		for (size_t b = 0; b < 2 * c; b++) /* twice: once leaves rounding */
			take_out(own, x + (b % c) * n, n);
		double norm = sqrt(product(own, own, n));
		for (size_t i = 0; i < n; i++)
			own[i] /= norm;
	}
	return x;
}

static double fit_at(
        const struct equate_form *f, const double *x, const double *b, size_t terms, double *fitted)
{
	double loglik = 0;
	for (size_t i = 0; i < f->n; i++) {
		double eta = 0;
		for (size_t c = 0; c < terms; c++)
			eta += b[c] * x[c * f->n + i];
		fitted[i] = exp(eta);
		loglik += f->count[i] * eta - fitted[i];
	}
	return loglik;
}

/* Newton step into g; false when the information is singular. */
static bool newton_step(const struct equate_form *f, const double *x, size_t terms,
        const double *fitted, double *g, double *h)
{
	for (size_t c = 0; c < terms; c++) {
		const double *own = x + c * f->n;
		g[c] = product(own, f->count, f->n) - product(own, fitted, f->n);
		for (size_t d = 0; d < terms; d++) {
			double sum = 0;
			for (size_t i = 0; i < f->n; i++)
				sum += fitted[i] * own[i] * x[d * f->n + i];
			h[c * terms + d] = sum;
		}
	}
	if (!matrix_cholesky(h, terms))
		return false;
	matrix_cholesky_solve(h, g, terms);
	return true;
}

static bool newton(
        struct arena *a, const struct equate_form *f, const double *x, size_t terms, double *fitted)
{
	double *b = arena_new(a, double, terms), *next = arena_new(a, double, terms);
	double *h = arena_new(a, double, terms *terms), *g = arena_new(a, double, terms);
	b[0] = log(equate_moments(f).n / (double)f->n) / x[0];
	double best = fit_at(f, x, b, terms, fitted);
	for (int step = 0; step < NEWTON_MAX; step++) {
		if (!newton_step(f, x, terms, fitted, g, h))
			return false;
		double now = best, scale = 1;
		for (int half = 0; half < HALVINGS_MAX; half++) {
			for (size_t c = 0; c < terms; c++)
				next[c] = b[c] + scale * g[c];
			now = fit_at(f, x, next, terms, fitted);
			if (now >= best - 1e-10 * fabs(best))
				break;
			scale /= 2;
		}
		best = now;
		for (size_t c = 0; c < terms; c++)
			b[c] = next[c];
		if (product(g, g, terms) < 1e-18)
			return true;
	}
	return false;
}

bool equate_loglinear(
        struct arena *scratch, const struct equate_form *f, size_t degree, double *fitted)
{
	if (!(equate_moments(f).n > 0) || f->n <= degree)
		return false;
	struct arena_mark mark = arena_mark(scratch);
	const double *x = polynomials(scratch, f->n, degree);
	bool ok = newton(scratch, f, x, degree + 1, fitted);
	arena_reset(scratch, mark);
	return ok;
}

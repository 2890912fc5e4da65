#include "stat/quantreg.h"

#include "stat/matrix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NONE ((double)NAN)

enum { ITERATIONS_MAX = 100, DEGREE = 3 };

static const double STEP_BACK = 0.9995;

/* The dual: max y'a, X'a = (1 − τ) X'1, 0 ≤ a ≤ 1. a and s = 1 − a are the primal of the textbook,
 * z and w the slacks of the dual, b the coefficients with the sign turned. */
struct point {
	double *a, *s, *z, *w, *b;
	double *da, *ds, *dz, *dw, *db;
	double *q, *r, *rhs, *xqx; /* weights, z − w, right side, X'QX */
};

static double room(const double *v, const double *dv, size_t n)
{
	double most = 1e20;
	for (size_t i = 0; i < n; i++)
		if (dv[i] < 0 && -v[i] / dv[i] < most)
			most = -v[i] / dv[i];
	return most;
}

static double row_dot(const struct quantreg_data *d, size_t i, const double *b)
{
	double sum = 0;
	for (size_t c = 0; c < d->p; c++)
		sum += d->x[i * d->p + c] * b[c];
	return sum;
}

static bool factor(const struct quantreg_data *d, const double *q, double *m)
{
	size_t p = d->p;
	for (size_t u = 0; u < p * p; u++)
		m[u] = 0;
	for (size_t i = 0; i < d->n; i++)
		for (size_t c = 0; c < p; c++)
			for (size_t e = 0; e <= c; e++)
				m[c * p + e] += q[i] * d->x[i * p + c] * d->x[i * p + e];
	return matrix_cholesky(m, p);
}

/* db = (X'QX)⁻¹ X'Q rhs */
static void solve(const struct quantreg_data *d, struct point *t)
{
	for (size_t c = 0; c < d->p; c++)
		t->db[c] = 0;
	for (size_t i = 0; i < d->n; i++)
		for (size_t c = 0; c < d->p; c++)
			t->db[c] += d->x[i * d->p + c] * t->q[i] * t->rhs[i];
	matrix_cholesky_solve(t->xqx, t->db, d->p);
}

struct steps {
	double primal, dual;
};

static struct steps step_lengths(const struct quantreg_data *d, const struct point *t)
{
	double primal = fmin(room(t->a, t->da, d->n), room(t->s, t->ds, d->n));
	double dual = fmin(room(t->w, t->dw, d->n), room(t->z, t->dz, d->n));
	return (struct steps){fmin(STEP_BACK * primal, 1), fmin(STEP_BACK * dual, 1)};
}

/* Newton direction without and, when it does not reach the end, with Mehrotra's correction. */
static struct steps direction(const struct quantreg_data *d, struct point *t)
{
	size_t n = d->n;
	for (size_t i = 0; i < n; i++)
		t->rhs[i] = t->r[i];
	solve(d, t);
	for (size_t i = 0; i < n; i++) {
		t->da[i] = t->q[i] * (row_dot(d, i, t->db) - t->r[i]);
		t->ds[i] = -t->da[i];
		t->dz[i] = -t->z[i] * (1 + t->da[i] / t->a[i]);
		t->dw[i] = -t->w[i] * (1 + t->ds[i] / t->s[i]);
	}
	struct steps f = step_lengths(d, t);
	if (f.primal >= 1 && f.dual >= 1)
		return f;
	double mu = 0, g = 0;
	for (size_t i = 0; i < n; i++) {
		mu += t->z[i] * t->a[i] + t->w[i] * t->s[i];
		g += (t->z[i] + f.dual * t->dz[i]) * (t->a[i] + f.primal * t->da[i]) +
		     (t->w[i] + f.dual * t->dw[i]) * (t->s[i] + f.primal * t->ds[i]);
	}
	mu *= (g / mu) * (g / mu) * (g / mu) / (2 * (double)n);
	for (size_t i = 0; i < n; i++) {
		double daz = t->da[i] * t->dz[i], dsw = t->ds[i] * t->dw[i];
		t->rhs[i] += daz / t->a[i] - dsw / t->s[i] - mu * (1 / t->a[i] - 1 / t->s[i]);
	}
	solve(d, t);
	for (size_t i = 0; i < n; i++) {
		double daz = t->da[i] * t->dz[i], dsw = t->ds[i] * t->dw[i];
		t->da[i] = t->q[i] * (row_dot(d, i, t->db) - t->rhs[i]);
		t->ds[i] = -t->da[i];
		t->dz[i] = (mu - daz) / t->a[i] - t->z[i] - t->z[i] * t->da[i] / t->a[i];
		t->dw[i] = (mu - dsw) / t->s[i] - t->w[i] - t->w[i] * t->ds[i] / t->s[i];
	}
	return step_lengths(d, t);
}

/* Least squares start: residuals split into the slacks. */
static bool begin(const struct quantreg_data *d, double tau, struct point *t)
{
	for (size_t i = 0; i < d->n; i++) {
		t->a[i] = 1 - tau;
		t->s[i] = tau;
		t->q[i] = 1;
		t->rhs[i] = -d->y[i];
	}
	if (!factor(d, t->q, t->xqx))
		return false;
	solve(d, t);
	for (size_t c = 0; c < d->p; c++)
		t->b[c] = t->db[c];
	for (size_t i = 0; i < d->n; i++) {
		double r = -d->y[i] - row_dot(d, i, t->b);
		r = r == 0 ? 0.001 : r;
		t->z[i] = r > 0 ? r : 0;
		t->w[i] = t->z[i] - r;
	}
	return true;
}

static bool descend(const struct quantreg_data *d, double tau, struct point *t)
{
	if (!begin(d, tau, t))
		return false;
	double size = 0;
	for (size_t i = 0; i < d->n; i++)
		size += fabs(d->y[i]);
	for (int step = 0; step < ITERATIONS_MAX; step++) {
		double gap = 0;
		for (size_t i = 0; i < d->n; i++)
			gap += t->z[i] * t->a[i] + t->w[i] * t->s[i];
		if (gap < 1e-11 * (1 + size))
			return true;
		for (size_t i = 0; i < d->n; i++) {
			t->q[i] = 1 / (t->z[i] / t->a[i] + t->w[i] / t->s[i]);
			t->r[i] = t->z[i] - t->w[i];
		}
		if (!factor(d, t->q, t->xqx))
			return gap < 1e-7 * (1 + size);
		struct steps f = direction(d, t);
		for (size_t i = 0; i < d->n; i++) {
			t->a[i] += f.primal * t->da[i];
			t->s[i] += f.primal * t->ds[i];
			t->z[i] += f.dual * t->dz[i];
			t->w[i] += f.dual * t->dw[i];
		}
		for (size_t c = 0; c < d->p; c++)
			t->b[c] += f.dual * t->db[c];
	}
	return false;
}

bool quantreg_fit(struct arena *scratch, const struct quantreg_data *d, double tau, double *coef)
{
	struct arena_mark mark = arena_mark(scratch);
	size_t n = d->n, p = d->p;
	struct point t = {.b = arena_new(scratch, double, p),
	        .db = arena_new(scratch, double, p),
	        .xqx = arena_new(scratch, double, p *p)};
	double **parts[] = {&t.a, &t.s, &t.z, &t.w, &t.da, &t.ds, &t.dz, &t.dw, &t.q, &t.r, &t.rhs};
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		*parts[i] = arena_new(scratch, double, n);
	bool ok = n > 0 && p > 0 && tau > 0 && tau < 1 && descend(d, tau, &t);
	for (size_t c = 0; c < p; c++)
		coef[c] = ok ? -t.b[c] : NONE;
	arena_reset(scratch, mark);
	return ok;
}

double quantreg_loss(const double *y, const double *fit, size_t n, double tau)
{
	double sum = 0;
	for (size_t i = 0; i < n; i++) {
		double e = y[i] - fit[i];
		sum += e * (tau - (e < 0));
	}
	return sum;
}

static int by_value(const void *x, const void *y)
{
	const double *a = x, *b = y;
	return *a < *b ? -1 : *a > *b;
}

static double quantile7(const double *sorted, size_t n, double p)
{
	double h = (double)(n - 1) * p, low = floor(h);
	size_t i = (size_t)low, j = i + 1 < n ? i + 1 : i;
	return sorted[i] + (h - low) * (sorted[j] - sorted[i]);
}

/* Cubic B-splines at x (Cox–de Boor); t are 12 knots, the boundaries four times each. */
static void basis(const double *t, double x, double *out)
{
	double b[GROWTH_BASIS + DEGREE] = {0};
	size_t span = DEGREE;
	while (span + 1 < GROWTH_BASIS && x >= t[span + 1])
		span++;
	b[span] = 1;
	for (size_t k = 1; k <= DEGREE; k++)
		for (size_t i = span - k; i <= span; i++) {
			double left = t[i + k] - t[i], right = t[i + k + 1] - t[i + 1];
			b[i] = (left > 0 ? (x - t[i]) / left * b[i] : 0) +
			       (right > 0 ? (t[i + k + 1] - x) / right * b[i + 1] : 0);
		}
	for (size_t i = 0; i < GROWTH_BASIS; i++)
		out[i] = b[i];
}

static double *design(struct arena *a, const double *prior, size_t n, struct growth *ret)
{
	double *sorted = arena_new(a, double, n), knots[GROWTH_BASIS + DEGREE + 1];
	memcpy(sorted, prior, n * sizeof(*sorted));
	qsort(sorted, n, sizeof(*sorted), by_value);
	ret->boundary[0] = sorted[0];
	ret->boundary[1] = sorted[n - 1];
	for (size_t i = 0; i < GROWTH_KNOTS; i++)
		ret->knot[i] = quantile7(sorted, n, 0.2 * (double)(i + 1));
	for (size_t i = 0; i <= DEGREE; i++) {
		knots[i] = ret->boundary[0];
		knots[DEGREE + GROWTH_KNOTS + 1 + i] = ret->boundary[1];
	}
	for (size_t i = 0; i < GROWTH_KNOTS; i++)
		knots[DEGREE + 1 + i] = ret->knot[i];
	double *x = arena_new(a, double, n *GROWTH_BASIS);
	for (size_t i = 0; i < n; i++)
		basis(knots, prior[i], x + i * GROWTH_BASIS);
	return x;
}

static double median_of(struct arena *a, const uint8_t *v, size_t n)
{
	double *sorted = arena_new(a, double, n);
	for (size_t i = 0; i < n; i++)
		sorted[i] = v[i];
	qsort(sorted, n, sizeof(*sorted), by_value);
	return quantile7(sorted, n, 0.5);
}

void growth_fit(
        struct arena *a, const double *prior, const double *current, size_t n, struct growth *ret)
{
	*ret = (struct growth){.fit = arena_new(a, double, GROWTH_QUANTILES *n),
	        .sgp = arena_new(a, uint8_t, n),
	        .median = NONE};
	if (n <= GROWTH_BASIS)
		return;
	struct arena_mark mark = arena_mark(a);
	struct quantreg_data d = {n, GROWTH_BASIS, design(a, prior, n, ret), current};
	double coef[GROWTH_BASIS];
	ret->ok = true;
	for (size_t t = 0; t < GROWTH_QUANTILES && ret->ok; t++) {
		ret->ok = quantreg_fit(a, &d, 0.01 * (double)(t + 1), coef);
		for (size_t i = 0; i < n; i++)
			ret->fit[t * n + i] = row_dot(&d, i, coef);
	}
	for (size_t i = 0; i < n && ret->ok; i++) {
		int below = 0; /* how many lie below does not depend on their order */
		for (size_t t = 0; t < GROWTH_QUANTILES; t++)
			below += ret->fit[t * n + i] < current[i];
		ret->sgp[i] = (uint8_t)(below > 0 ? below : 1);
	}
	if (ret->ok)
		ret->median = median_of(a, ret->sgp, n);
	arena_reset(a, mark);
}

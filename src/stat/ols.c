#include "stat/ols.h"

#include <math.h>

#define NONE ((double)NAN)

/* Columns of q orthonormal, r upper triangular (p × p), false when a column is not its own. */
static bool orthogonalise(double *q, double *r, size_t n, size_t p)
{
	for (size_t c = 0; c < p; c++) {
		double before = 0, norm = 0;
		for (size_t i = 0; i < n; i++)
			before += q[c * n + i] * q[c * n + i];
		for (int twice = 0; twice < 2; twice++)
			for (size_t b = 0; b < c; b++) {
				double with = 0;
				for (size_t i = 0; i < n; i++)
					with += q[b * n + i] * q[c * n + i];
				for (size_t i = 0; i < n; i++)
					q[c * n + i] -= with * q[b * n + i];
				r[b * p + c] += with;
			}
		for (size_t i = 0; i < n; i++)
			norm += q[c * n + i] * q[c * n + i];
		if (!(norm > 1e-20 * before))
			return false;
		norm = sqrt(norm);
		for (size_t i = 0; i < n; i++)
			q[c * n + i] /= norm;
		r[c * p + c] = norm;
	}
	return true;
}

/* Inverse of the upper triangular r. */
static void invert(const double *r, double *inv, size_t p)
{
	for (size_t c = 0; c < p; c++)
		for (size_t b = c + 1; b-- > 0;) {
			double v = b == c;
			for (size_t m = b + 1; m <= c; m++)
				v -= r[b * p + m] * inv[m * p + c];
			inv[b * p + c] = v / r[b * p + b];
		}
}

/* Takes the unit column q out of the residuals; returns what was taken. */
static double take_out(const double *q, struct ols *f)
{
	double sum = 0;
	for (int twice = 0; twice < 2; twice++) {
		double with = 0;
		for (size_t i = 0; i < f->n; i++)
			with += q[i] * f->residual[i];
		for (size_t i = 0; i < f->n; i++)
			f->residual[i] -= with * q[i];
		sum += with;
	}
	for (size_t i = 0; i < f->n; i++)
		f->leverage[i] += q[i] * q[i];
	return sum;
}

/* Coefficients R⁻¹ Q'y and (X'X)⁻¹ = R⁻¹ R⁻ᵀ. */
static void unfold(const double *inv, const double *qy, struct ols *f)
{
	size_t p = f->p;
	for (size_t c = 0; c < p; c++) {
		f->coef[c] = 0;
		for (size_t m = c; m < p; m++)
			f->coef[c] += inv[c * p + m] * qy[m];
		for (size_t d = 0; d < p; d++) {
			double v = 0;
			for (size_t m = c > d ? c : d; m < p; m++)
				v += inv[c * p + m] * inv[d * p + m];
			f->xx[c * p + d] = v;
		}
	}
}

void ols_fit(struct arena *a, const double *x, const double *y, size_t n, size_t p, struct ols *ret)
{
	*ret = (struct ols){.n = n,
	        .p = p,
	        .coef = arena_new(a, double, p),
	        .residual = arena_new(a, double, n),
	        .leverage = arena_new(a, double, n),
	        .xx = arena_new(a, double, p *p),
	        .x = x};
	struct arena_mark mark = arena_mark(a);
	double *q = arena_new(a, double, n *p), *r = arena_new(a, double, p *p);
	double *inv = arena_new(a, double, p *p), *qy = arena_new(a, double, p);
	for (size_t c = 0; c < p; c++)
		for (size_t i = 0; i < n; i++)
			q[c * n + i] = x[i * p + c];
	for (size_t i = 0; i < n; i++)
		ret->residual[i] = y[i];
	ret->ok = p > 0 && n > p && orthogonalise(q, r, n, p);
	for (size_t c = 0; c < p; c++)
		ret->coef[c] = NONE;
	if (ret->ok) {
		for (size_t c = 0; c < p; c++)
			qy[c] = take_out(q + c * n, ret);
		invert(r, inv, p);
		unfold(inv, qy, ret);
	}
	arena_reset(a, mark);
}

/* √diag of (X'X)⁻¹ M (X'X)⁻¹ · factor. */
static void sandwich(const struct ols *f, const double *meat, double factor, double *se)
{
	for (size_t c = 0; c < f->p; c++) {
		double sum = 0;
		for (size_t i = 0; i < f->p; i++)
			for (size_t j = 0; j < f->p; j++)
				sum += f->xx[c * f->p + i] * meat[i * f->p + j] *
				       f->xx[j * f->p + c];
		se[c] = f->ok ? sqrt(factor * sum) : NONE;
	}
}

static void meat_add(double *meat, const double *x, const double *y, double weight, size_t p)
{
	for (size_t i = 0; i < p; i++)
		for (size_t j = 0; j < p; j++)
			meat[i * p + j] += weight * x[i] * y[j];
}

void ols_errors(struct arena *scratch, const struct ols *f, enum ols_error kind, double *se)
{
	struct arena_mark mark = arena_mark(scratch);
	double *meat = arena_new(scratch, double, f->p * f->p);
	double free = (double)f->n - (double)f->p, rss = 0;
	for (size_t i = 0; i < f->n; i++) {
		double e2 = f->residual[i] * f->residual[i], left = 1 - f->leverage[i];
		double w = kind == OLS_HC2 ? e2 / left : kind == OLS_HC3 ? e2 / (left * left) : e2;
		rss += e2;
		meat_add(meat, f->x + i * f->p, f->x + i * f->p, w, f->p);
	}
	if (kind == OLS_CLASSIC)
		for (size_t c = 0; c < f->p; c++)
			se[c] = f->ok ? sqrt(rss / free * f->xx[c * f->p + c]) : NONE;
	else
		sandwich(f, meat, kind == OLS_HC1 ? (double)f->n / free : 1, se);
	arena_reset(scratch, mark);
}

void ols_cluster(struct arena *scratch, const struct ols *f, const uint32_t *cluster,
        size_t n_clusters, double *se)
{
	struct arena_mark mark = arena_mark(scratch);
	double *meat = arena_new(scratch, double, f->p * f->p);
	double *sum = arena_new(scratch, double, n_clusters * f->p);
	double n = (double)f->n, g = (double)n_clusters;
	for (size_t i = 0; i < f->n; i++)
		for (size_t c = 0; c < f->p; c++)
			sum[cluster[i] * f->p + c] += f->residual[i] * f->x[i * f->p + c];
	for (size_t k = 0; k < n_clusters; k++)
		meat_add(meat, sum + k * f->p, sum + k * f->p, 1, f->p);
	sandwich(f, meat, g / (g - 1) * (n - 1) / (n - (double)f->p), se);
	arena_reset(scratch, mark);
}

void ols_newey_west(struct arena *scratch, const struct ols *f, size_t lag, double *se)
{
	struct arena_mark mark = arena_mark(scratch);
	double *meat = arena_new(scratch, double, f->p * f->p);
	for (size_t l = 0; l <= lag; l++) {
		double w = 1 - (double)l / (double)(lag + 1);
		for (size_t i = l; i < f->n; i++) {
			const double *x = f->x + i * f->p, *y = f->x + (i - l) * f->p;
			double e = w * f->residual[i] * f->residual[i - l];
			meat_add(meat, x, y, e, f->p);
			if (l > 0)
				meat_add(meat, y, x, e, f->p);
		}
	}
	sandwich(f, meat, 1, se);
	arena_reset(scratch, mark);
}

double ols_durbin_watson(const struct ols *f)
{
	double top = 0, below = 0;
	for (size_t i = 0; i < f->n; i++) {
		double d = i > 0 ? f->residual[i] - f->residual[i - 1] : 0;
		top += d * d;
		below += f->residual[i] * f->residual[i];
	}
	return f->ok && below > 0 ? top / below : NONE;
}

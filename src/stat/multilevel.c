#include "stat/multilevel.h"

#include "stat/matrix.h"

#include <math.h>

#define NONE ((double)NAN)

enum { SEARCH_MAX = 200, COARSE = 62 }; /* 10⁻³ · 1.25⁶² ≈ 10³ */

/* Sums that the likelihood needs; columns of z are those of x, then y. */
struct sums {
	const struct multilevel_data *d;
	bool restricted;
	size_t w;      /* p + 1 */
	double *size;  /* [n_groups] */
	double *group; /* [n_groups × w] Σ z in the group */
	double *whole; /* [w × w] Σ z z' */
	/* at λ */
	double *xx, *xy; /* X'V⁻¹X (then its Cholesky factor), β */
	double rss, log_det, log_det_xx;
};

static struct sums sums_of(struct arena *a, const struct multilevel_data *d, bool restricted)
{
	size_t w = d->p + 1;
	struct sums s = {.d = d,
	        .restricted = restricted,
	        .w = w,
	        .size = arena_new(a, double, d->n_groups),
	        .group = arena_new(a, double, d->n_groups *w),
	        .whole = arena_new(a, double, w *w),
	        .xx = arena_new(a, double, d->p * d->p),
	        .xy = arena_new(a, double, d->p)};
	double *z = arena_new(a, double, w);
	for (size_t i = 0; i < d->n; i++) {
		for (size_t c = 0; c < d->p; c++)
			z[c] = d->x[i * d->p + c];
		z[d->p] = d->y[i];
		s.size[d->group[i]]++;
		for (size_t c = 0; c < w; c++) {
			s.group[d->group[i] * w + c] += z[c];
			for (size_t e = 0; e <= c; e++)
				s.whole[c * w + e] += z[c] * z[e];
		}
	}
	return s;
}

/* Element (c, e), e ≤ c, of Σ z z' − Σ λ/(1 + nλ) (Σz)(Σz)'. */
static double weighted(const struct sums *s, double lambda, size_t c, size_t e)
{
	double v = s->whole[c * s->w + e];
	for (size_t g = 0; g < s->d->n_groups; g++)
		v -= lambda / (1 + s->size[g] * lambda) * s->group[g * s->w + c] *
		     s->group[g * s->w + e];
	return v;
}

/* Twice the negative log likelihood profiled over β and σ²; NaN when singular. */
static double deviance(struct sums *s, double lambda)
{
	size_t p = s->d->p;
	double n = (double)s->d->n, yy = weighted(s, lambda, p, p);
	s->rss = yy;
	s->log_det = s->log_det_xx = 0;
	for (size_t c = 0; c < p; c++) {
		s->xy[c] = weighted(s, lambda, p, c);
		for (size_t e = 0; e <= c; e++)
			s->xx[c * p + e] = s->xx[e * p + c] = weighted(s, lambda, c, e);
	}
	if (!matrix_cholesky(s->xx, p))
		return NONE;
	double *half = s->xy; /* forward, for the residual sum; then back to β */
	for (size_t c = 0; c < p; c++) {
		for (size_t e = 0; e < c; e++)
			half[c] -= s->xx[c * p + e] * half[e];
		half[c] /= s->xx[c * p + c];
		s->rss -= half[c] * half[c];
		s->log_det_xx += 2 * log(s->xx[c * p + c]);
	}
	for (size_t c = p; c-- > 0;) {
		for (size_t e = c + 1; e < p; e++)
			half[c] -= s->xx[e * p + c] * half[e];
		half[c] /= s->xx[c * p + c];
	}
	for (size_t g = 0; g < s->d->n_groups; g++)
		s->log_det += log1p(s->size[g] * lambda);
	double free = s->restricted ? n - (double)p : n;
	double dev = free * (1 + log(2 * M_PI * s->rss / free)) + s->log_det;
	return s->restricted ? dev + s->log_det_xx : dev;
}

/* Golden section over s = √λ, after a coarse search for the valley. */
static double best_lambda(struct sums *s)
{
	const double golden = 0.6180339887498949;
	double best = deviance(s, 0), at = 0, step = 1.25;
	double low = 0, high = 1e-3;
	double r = 1e-3;
	for (int i = 0; i < COARSE; i++) {
		double v = deviance(s, r * r);
		if (v < best) {
			best = v;
			at = r;
			low = r / step;
			high = r * step;
		}
		r *= step;
	}
	double x1 = high - golden * (high - low), x2 = low + golden * (high - low);
	double f1 = deviance(s, x1 * x1), f2 = deviance(s, x2 * x2);
	for (int i = 0; i < SEARCH_MAX && high - low > 1e-9 * (high + 1e-6); i++) {
		if (f1 <= f2) {
			high = x2;
			x2 = x1;
			f2 = f1;
			x1 = high - golden * (high - low);
			f1 = deviance(s, x1 * x1);
		} else {
			low = x1;
			x1 = x2;
			f1 = f2;
			x2 = low + golden * (high - low);
			f2 = deviance(s, x2 * x2);
		}
	}
	double mid = 0.5 * (low + high);
	if (at == 0 && deviance(s, mid * mid) >= deviance(s, 0))
		return 0;
	return mid * mid;
}

void multilevel_fit(
        struct arena *a, const struct multilevel_data *d, bool restricted, struct multilevel *ret)
{
	*ret = (struct multilevel){.loglik = NONE,
	        .tau2 = NONE,
	        .sigma2 = NONE,
	        .icc = NONE,
	        .coef = arena_new(a, double, d->p),
	        .se = arena_new(a, double, d->p),
	        .blup = arena_new(a, double, d->n_groups),
	        .blup_se = arena_new(a, double, d->n_groups)};
	struct arena_mark mark = arena_mark(a);
	struct sums s = sums_of(a, d, restricted);
	if (d->n > d->p && d->n_groups > 1 && !isnan(deviance(&s, 0)) && s.rss > 0) {
		double lambda = best_lambda(&s);
		ret->loglik = -0.5 * deviance(&s, lambda);
		ret->sigma2 = s.rss / (double)(restricted ? d->n - d->p : d->n);
		ret->tau2 = lambda * ret->sigma2;
		ret->icc = lambda / (1 + lambda);
		ret->ok = isfinite(ret->loglik);
		for (size_t c = 0; c < d->p; c++)
			ret->coef[c] = s.xy[c];
		double *unit = arena_new(a, double, d->p);
		for (size_t c = 0; c < d->p; c++) {
			for (size_t e = 0; e < d->p; e++)
				unit[e] = e == c;
			matrix_cholesky_solve(s.xx, unit, d->p);
			ret->se[c] = sqrt(ret->sigma2 * unit[c]);
		}
		for (size_t g = 0; g < d->n_groups; g++) {
			double residual = s.group[g * s.w + d->p];
			for (size_t c = 0; c < d->p; c++)
				residual -= s.group[g * s.w + c] * ret->coef[c];
			double shrink = lambda / (1 + s.size[g] * lambda);
			ret->blup[g] = shrink * residual;
			ret->blup_se[g] = sqrt(ret->sigma2 * shrink);
		}
	}
	for (size_t c = 0; !ret->ok && c < d->p; c++)
		ret->coef[c] = ret->se[c] = NONE;
	for (size_t g = 0; !ret->ok && g < d->n_groups; g++)
		ret->blup[g] = ret->blup_se[g] = NONE;
	arena_reset(a, mark);
}

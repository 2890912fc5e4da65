#include "stat/dif.h"

#include "stat/matrix.h"

#include <math.h>

#define NONE ((double)NAN)

enum { NEWTON_MAX = 100, HALVINGS_MAX = 30, TERMS = 4 };

/* Right and wrong answers of one total. */
struct stratum {
	double right[2], wrong[2]; /* reference, focal */
};

static double ratio(double top, double below)
{
	return below > 0 ? top / below : NONE;
}

static void mantel_haenszel(const struct stratum *t, size_t n, struct dif *d)
{
	double a = 0, e = 0, v = 0, ad = 0, bc = 0, pairs = 0;
	for (size_t i = 0; i < n; i++) {
		double r = t[i].right[0] + t[i].wrong[0], f = t[i].right[1] + t[i].wrong[1];
		double m1 = t[i].right[0] + t[i].right[1], m0 = t[i].wrong[0] + t[i].wrong[1];
		double all = r + f;
		if (all < 2)
			continue;
		a += t[i].right[0];
		e += r * m1 / all;
		v += r * f / all * (m1 / all) * (m0 / (all - 1));
		ad += t[i].right[0] * t[i].wrong[1] / all;
		bc += t[i].wrong[0] * t[i].right[1] / all;
	}
	d->chi2 = ratio((a - e) * (a - e), v);
	d->chi2_corrected = ratio((fabs(a - e) - 0.5) * (fabs(a - e) - 0.5), v);
	d->alpha = ratio(ad, bc);
	d->delta = -2.35 * log(d->alpha);
	for (size_t i = 0; i < n; i++) {
		double all = t[i].right[0] + t[i].wrong[0] + t[i].right[1] + t[i].wrong[1];
		double straight = t[i].right[0] * t[i].wrong[1],
		       cross = t[i].wrong[0] * t[i].right[1];
		if (all >= 2)
			pairs += (straight + d->alpha * cross) *
			         (t[i].right[0] + t[i].wrong[1] +
			                 d->alpha * (t[i].wrong[0] + t[i].right[1])) /
			         (all * all);
	}
	d->var_log_alpha = ratio(pairs, 2 * ad * ad);
}

/* Right answers of the reference group that the common odds ratio would give: the root of
 * x (f − m1 + x) = alpha (r − x)(m1 − x) inside the margins. */
static double expected_right(double alpha, double r, double f, double m1)
{
	double a = alpha - 1, b = -(alpha * (r + m1) + f - m1), c = alpha * r * m1;
	if (fabs(a) < 1e-12)
		return -c / b;
	return (-b - sqrt(b * b - 4 * a * c)) / (2 * a);
}

static void breslow_day(const struct stratum *t, size_t n, struct dif *d)
{
	double sum = 0;
	d->breslow_day_strata = 0;
	for (size_t i = 0; i < n; i++) {
		double r = t[i].right[0] + t[i].wrong[0], f = t[i].right[1] + t[i].wrong[1];
		double m1 = t[i].right[0] + t[i].right[1], m0 = t[i].wrong[0] + t[i].wrong[1];
		if (!(r > 0 && f > 0 && m1 > 0 && m0 > 0))
			continue;
		double x = expected_right(d->alpha, r, f, m1);
		double var = 1 / (1 / x + 1 / (r - x) + 1 / (m1 - x) + 1 / (f - m1 + x));
		sum += (t[i].right[0] - x) * (t[i].right[0] - x) / var;
		d->breslow_day_strata++;
	}
	d->breslow_day = d->breslow_day_strata > 0 ? sum : NONE;
}

static void standardised(const struct stratum *t, size_t n, struct dif *d)
{
	double sum = 0, weight = 0;
	for (size_t i = 0; i < n; i++) {
		double r = t[i].right[0] + t[i].wrong[0], f = t[i].right[1] + t[i].wrong[1];
		if (!(r > 0 && f > 0))
			continue;
		sum += f * (t[i].right[1] / f - t[i].right[0] / r);
		weight += f;
	}
	d->p_difference = ratio(sum, weight);
}

static double log_likelihood(const struct stratum *t, size_t n, const double *b)
{
	double sum = 0;
	for (size_t i = 0; i < n; i++)
		for (int g = 0; g < 2; g++) {
			double x = (double)i;
			double eta = b[0] + b[1] * x + g * (b[2] + b[3] * x);
			double up = eta > 0 ? eta + log1p(exp(-eta)) : log1p(exp(eta));
			sum += t[i].right[g] * (eta - up) - t[i].wrong[g] * up;
		}
	return sum;
}

/* Gradient and information of the first `terms` of 1, total, group, total × group. */
static void derivatives(
        const struct stratum *t, size_t n, const double *b, size_t terms, double *g, double *h)
{
	for (size_t u = 0; u < terms * terms; u++)
		h[u] = 0;
	for (size_t u = 0; u < terms; u++)
		g[u] = 0;
	for (size_t cell = 0; cell < 2 * n; cell++) {
		size_t i = cell / 2, group = cell % 2;
		double s = (double)i, side = (double)group, x[TERMS] = {1, s, side, side * s};
		double eta = 0, all = t[i].right[group] + t[i].wrong[group];
		for (size_t u = 0; u < terms; u++)
			eta += b[u] * x[u];
		double p = 1 / (1 + exp(-eta));
		for (size_t u = 0; u < terms; u++) {
			g[u] += x[u] * (t[i].right[group] - all * p);
			for (size_t v = 0; v < terms; v++)
				h[u * terms + v] += all * p * (1 - p) * x[u] * x[v];
		}
	}
}

/* Moves b along the step, halved until the likelihood does not fall; returns the likelihood. */
static double move(const struct stratum *t, size_t n, size_t terms, const double *step, double *b)
{
	double best = log_likelihood(t, n, b), now = best, scale = 1, next[TERMS] = {0};
	for (int half = 0; half < HALVINGS_MAX; half++) {
		for (size_t u = 0; u < terms; u++)
			next[u] = b[u] + scale * step[u];
		now = log_likelihood(t, n, next);
		if (now >= best - 1e-12 * fabs(best))
			break;
		scale /= 2;
	}
	for (size_t u = 0; u < terms; u++)
		b[u] = next[u];
	return now;
}

/* Maximum of the logistic likelihood; NaN when the terms cannot be told apart. */
static double logistic(const struct stratum *t, size_t n, size_t terms)
{
	double b[TERMS] = {0}, h[TERMS * TERMS], g[TERMS];
	double best = log_likelihood(t, n, b);
	for (int step = 0; step < NEWTON_MAX; step++) {
		derivatives(t, n, b, terms, g, h);
		if (!matrix_cholesky(h, terms))
			return NONE;
		matrix_cholesky_solve(h, g, terms);
		double now = move(t, n, terms, g, b);
		if (fabs(now - best) < 1e-10 * (fabs(now) + 0.1))
			return now;
		best = now;
	}
	return best; /* perfectly separated groups approach their limit */
}

static void regression(const struct stratum *t, size_t n, struct dif *d)
{
	double all = 0;
	for (size_t i = 0; i < n; i++)
		all += t[i].right[0] + t[i].wrong[0] + t[i].right[1] + t[i].wrong[1];
	double none = logistic(t, n, 1), total = logistic(t, n, 2);
	double group = logistic(t, n, 3), both = logistic(t, n, 4);
	d->lr_both = 2 * (both - total);
	d->lr_uniform = 2 * (group - total);
	d->lr_nonuniform = 2 * (both - group);
	double most = 1 - exp(2 * none / all);
	d->delta_r2 = (exp(2 * (none - total) / all) - exp(2 * (none - both) / all)) / most;
}

void dif_fit(struct arena *scratch, const struct scores *s, const uint8_t *group, struct dif *ret)
{
	struct arena_mark mark = arena_mark(scratch);
	const uint32_t *total = scores_totals(scratch, s);
	uint32_t top = 0;
	for (size_t p = 0; p < s->n; p++)
		top = total[p] > top ? total[p] : top;
	for (size_t i = 0; i < s->k; i++) {
		struct stratum *t = arena_new(scratch, struct stratum, (size_t)top + 1);
		for (size_t p = 0; p < s->n; p++) {
			uint8_t x = score_at(s, p, i);
			if (group[p] > 1 || x > 1)
				continue;
			if (x == 1)
				t[total[p]].right[group[p]]++;
			else
				t[total[p]].wrong[group[p]]++;
		}
		mantel_haenszel(t, (size_t)top + 1, &ret[i]);
		breslow_day(t, (size_t)top + 1, &ret[i]);
		standardised(t, (size_t)top + 1, &ret[i]);
		regression(t, (size_t)top + 1, &ret[i]);
	}
	arena_reset(scratch, mark);
}

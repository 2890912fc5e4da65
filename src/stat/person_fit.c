#include "stat/person_fit.h"

#include "stat/dist.h"
#include "stat/scores.h"

#include <math.h>

#define NONE ((double)NAN)

enum { STEPS_MAX = 200 };

static double right(const struct logistic_items *m, size_t i, double theta)
{
	return 1 / (1 + exp(-m->a[i] * (theta - m->b[i])));
}

/* Σ a (x − P), information and Warm's J. */
struct weighted {
	double score, info, j;
};

static struct weighted weighted_at(const struct logistic_items *m, const uint8_t *x, double theta)
{
	struct weighted w = {0, 0, 0};
	for (size_t i = 0; i < m->k; i++) {
		if (x[i] == SCORE_NONE || isnan(m->a[i]) || isnan(m->b[i]))
			continue;
		double a = m->a[i], p = right(m, i, theta), v = p * (1 - p);
		w.score += a * (x[i] - p);
		w.info += a * a * v;
		w.j += a * a * a * v * (1 - 2 * p);
	}
	return w;
}

double logistic_wle(const struct logistic_items *m, const uint8_t *x)
{
	double low = -50, high = 50, theta = 0;
	for (int i = 0; i < STEPS_MAX; i++) {
		struct weighted w = weighted_at(m, x, theta);
		if (!(w.info > 0))
			return NONE;
		double f = w.score + 0.5 * w.j / w.info, next = theta + f / w.info;
		if (f > 0)
			low = theta;
		else
			high = theta;
		if (!(next > low && next < high))
			next = 0.5 * (low + high);
		if (fabs(next - theta) < 1e-12)
			return next;
		theta = next;
	}
	return theta;
}

struct person_fit person_fit_at(const struct logistic_items *m, const uint8_t *x, double theta)
{
	double w_sum = 0, var = 0, top = 0, below = 0, corrected = 0;
	for (size_t i = 0; i < m->k; i++) {
		if (x[i] == SCORE_NONE || isnan(m->a[i]) || isnan(m->b[i]))
			continue;
		double p = right(m, i, theta), v = p * (1 - p), w = m->a[i] * (theta - m->b[i]);
		w_sum += (x[i] - p) * w;
		var += v * w * w;
		top += m->a[i] * v * w;
		below += m->a[i] * v * m->a[i];
	}
	double c = top / below; /* what estimating θ takes out of the variance */
	for (size_t i = 0; i < m->k; i++) {
		if (x[i] == SCORE_NONE || isnan(m->a[i]) || isnan(m->b[i]))
			continue;
		double p = right(m, i, theta), w = m->a[i] * (theta - m->b[i]) - c * m->a[i];
		corrected += p * (1 - p) * w * w;
	}
	struct weighted at = weighted_at(m, x, theta);
	double r0 = 0.5 * at.j / at.info;
	return (struct person_fit){w_sum / sqrt(var), (w_sum + c * r0) / sqrt(corrected)};
}

struct likeness likeness_of(const struct logistic_items *m, const uint8_t *x, const uint8_t *y,
        const double theta[2], double *p)
{
	double expected = 0, var = 0;
	size_t n = 0, matches = 0;
	for (size_t i = 0; i < m->k; i++) {
		if (x[i] == SCORE_NONE || y[i] == SCORE_NONE || isnan(m->a[i]) || isnan(m->b[i]))
			continue;
		double px = right(m, i, theta[0]), py = right(m, i, theta[1]);
		p[n] = px * py + (1 - px) * (1 - py);
		expected += p[n];
		var += p[n] * (1 - p[n]);
		matches += x[i] == y[i];
		n++;
	}
	if (n == 0 || isnan(theta[0]) || isnan(theta[1]))
		return (struct likeness){NONE, NONE};
	double *upper = p + m->k + 1;
	dist_poisson_binomial_upper(p, n, upper);
	return (struct likeness){((double)matches - expected) / sqrt(var), upper[matches]};
}

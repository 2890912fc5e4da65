#include "stat/classical.h"

#include "stat/dist.h"
#include "stat/matrix.h"

#include <math.h>

#define NONE ((double)NAN)

__extension__ typedef __int128 wide;

/* Exact sums over complete persons. */
struct sums {
	const struct scores *s;
	int64_t *x, *xy; /* [k], [k × k] */
	double *cov;     /* [k × k] */
	double var;      /* of the total */
};

static double covariance(int64_t n, int64_t ab, int64_t a, int64_t b)
{
	if (n < 2)
		return NONE;
	return (double)((wide)n * ab - (wide)a * b) / ((double)n * (double)(n - 1));
}

static double ratio(double top, double below)
{
	return below > 0 ? top / below : NONE;
}

static struct sums sums_of(struct arena *a, const struct scores *s)
{
	size_t k = s->k;
	struct sums m = {.s = s,
	        .x = arena_new(a, int64_t, k),
	        .xy = arena_new(a, int64_t, k * k),
	        .cov = arena_new(a, double, k *k)};
	for (size_t p = 0; p < s->n; p++) {
		const uint8_t *row = s->x + p * k;
		for (size_t i = 0; i < k; i++) {
			m.x[i] += row[i];
			if (row[i] == 0)
				continue;
			for (size_t j = 0; j <= i; j++)
				m.xy[i * k + j] += (int64_t)row[i] * row[j];
		}
	}
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j <= i; j++) {
			double c = covariance((int64_t)s->n, m.xy[i * k + j], m.x[i], m.x[j]);
			m.cov[i * k + j] = m.cov[j * k + i] = c;
			m.var += i == j ? c : 2 * c;
		}
	return m;
}

/* Covariance of item i with the total. */
static double with_total(const struct sums *m, size_t i)
{
	double c = 0;
	for (size_t j = 0; j < m->s->k; j++)
		c += m->cov[i * m->s->k + j];
	return c;
}

/* k / (k − 1) · (1 − Σ item variances / total variance). */
static double alpha_of(double k, double items, double total)
{
	return k > 1 && total > 0 ? k / (k - 1) * (1 - items / total) : NONE;
}

static void items(const struct sums *m, const uint8_t *max, struct classical *r)
{
	size_t k = m->s->k;
	double own = 0;
	for (size_t i = 0; i < k; i++)
		own += m->cov[i * k + i];
	for (size_t i = 0; i < k; i++) {
		double v = m->cov[i * k + i], with = with_total(m, i);
		double rest = m->var - 2 * with + v;
		r->difficulty[i] = ratio((double)m->x[i], (double)r->n * max[i]);
		r->item_sd[i] = sqrt(v);
		r->r_total[i] = ratio(with, sqrt(v * m->var));
		r->r_rest[i] = k > 1 ? ratio(with - v, sqrt(v * rest)) : NONE;
		r->alpha_deleted[i] = alpha_of((double)k - 1, own - v, rest);
	}
	r->alpha = alpha_of((double)k, own, m->var);
}

/* Lambda 2, standardised alpha and lambda 6 of psych::alpha (from correlations). */
static void matrix_figures(struct arena *a, const struct sums *m, struct classical *r)
{
	size_t k = m->s->k;
	double off = 0, off2 = 0, sum_r = 0;
	double *cor = arena_new(a, double, k *k);
	bool varies = r->n > 1;
	for (size_t i = 0; i < k; i++)
		varies &= m->cov[i * k + i] > 0;
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < k; j++) {
			double c = m->cov[i * k + j];
			off += i == j ? 0 : c;
			off2 += i == j ? 0 : c * c;
			cor[i * k + j] = c / sqrt(m->cov[i * k + i] * m->cov[j * k + j]);
			sum_r += cor[i * k + j];
		}
	double n = (double)k;
	bool many = k > 1;
	r->lambda2 = many ? ratio(off + sqrt(n / (n - 1) * off2), m->var) : NONE;
	r->alpha_std = varies ? alpha_of(n, n, sum_r) : NONE;
	r->lambda6 = NONE;
	if (!many || !varies || !matrix_inverse(a, cor, k))
		return;
	double unique = 0; /* Σ (1 − squared multiple correlation) */
	for (size_t i = 0; i < k; i++)
		unique += 1 / cor[i * k + i];
	r->lambda6 = 1 - unique / sum_r;
}

static void split_half(const struct sums *m, struct classical *r)
{
	size_t k = m->s->k;
	double var[2] = {0, 0}, cross = 0;
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < k; j++) {
			double c = m->cov[i * k + j];
			if (i % 2 == j % 2)
				var[i % 2] += c;
			else
				cross += c / 2;
		}
	double c = ratio(cross, sqrt(var[0] * var[1]));
	r->split_half = 2 * c / (1 + c);
}

static void kuder(const struct sums *m, struct classical *r)
{
	r->kr20 = r->kr21 = NONE;
	if (!r->binary || r->n < 2)
		return;
	double n = (double)r->n, k = (double)r->k, pq = 0;
	for (size_t i = 0; i < r->k; i++) {
		double p = (double)m->x[i] / n;
		pq += p * (1 - p);
	}
	double var = m->var * (n - 1) / n;
	r->kr20 = alpha_of(k, pq, var);
	r->kr21 = alpha_of(k, r->mean * (k - r->mean) / k, var);
}

/* Upper and lower ⌈0.27 n⌉ persons by total; ties in file order. */
static void groups27(struct arena *a, const struct scores *s, const uint8_t *max, double *d27)
{
	uint32_t *total = scores_totals(a, s);
	uint32_t most = 0;
	for (size_t p = 0; p < s->n; p++)
		most = total[p] > most ? total[p] : most;
	size_t *start = arena_new(a, size_t, (size_t)most + 2);
	size_t *order = arena_new(a, size_t, s->n);
	for (size_t p = 0; p < s->n; p++)
		start[total[p] + 1]++;
	for (size_t t = 1; t <= most; t++)
		start[t] += start[t - 1];
	for (size_t p = 0; p < s->n; p++)
		order[start[total[p]]++] = p;
	size_t g = (size_t)ceil(0.27 * (double)s->n); /* in double, as the reference does */
	for (size_t i = 0; i < s->k; i++) {
		int64_t d = 0;
		for (size_t j = 0; j < g; j++)
			d += score_at(s, order[s->n - 1 - j], i) - score_at(s, order[j], i);
		d27[i] = ratio((double)d, (double)g * max[i]);
	}
}

void classical_fit(struct arena *a, const struct scores *scores, struct classical *ret)
{
	struct scores s = scores_complete(a, scores);
	*ret = (struct classical){.n = s.n,
	        .k = s.k,
	        .binary = !scores_polytomous(&s),
	        .difficulty = arena_new(a, double, s.k),
	        .item_sd = arena_new(a, double, s.k),
	        .r_total = arena_new(a, double, s.k),
	        .r_rest = arena_new(a, double, s.k),
	        .alpha_deleted = arena_new(a, double, s.k),
	        .d27 = arena_new(a, double, s.k)};
	struct arena_mark mark = arena_mark(a);
	const uint8_t *max = scores_max(a, &s);
	struct sums m = sums_of(a, &s);
	int64_t all = 0;
	for (size_t i = 0; i < s.k; i++)
		all += m.x[i];
	ret->mean = ratio((double)all, (double)s.n);
	ret->sd = sqrt(m.var);
	items(&m, max, ret);
	matrix_figures(a, &m, ret);
	split_half(&m, ret);
	kuder(&m, ret);
	groups27(a, &s, max, ret->d27);
	ret->sem = ret->sd * sqrt(1 - ret->alpha);
	double df1 = (double)s.n - 1, df2 = df1 * ((double)s.k - 1);
	ret->alpha_ci[0] = 1 - (1 - ret->alpha) * dist_f_quantile(0.975, df1, df2);
	ret->alpha_ci[1] = 1 - (1 - ret->alpha) * dist_f_quantile(0.025, df1, df2);
	arena_reset(a, mark);
}

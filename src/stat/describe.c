#include "stat/describe.h"

#include <math.h>

__extension__ typedef __int128 wide;

double stat_percent(int64_t part, int64_t whole)
{
	return whole == 0 ? (double)NAN : 100.0 * (double)part / (double)whole;
}

double stat_mean(int64_t n, int64_t sum)
{
	return n == 0 ? (double)NAN : (double)sum / (double)n;
}

/* n Σab − Σa Σb: n² times the covariance, without loss. */
static double spread(int64_t n, int64_t ab, int64_t a, int64_t b)
{
	return (double)((wide)n * ab - (wide)a * b);
}

double stat_sd(int64_t n, int64_t sum, int64_t sum2)
{
	return n == 0 ? (double)NAN : sqrt(spread(n, sum2, sum, sum)) / (double)n;
}

/* The value with `rank` values before it. */
static size_t value_at(const int64_t *hist, size_t n_values, int64_t rank)
{
	int64_t seen = 0;
	for (size_t v = 0; v < n_values; v++) {
		seen += hist[v];
		if (seen > rank)
			return v;
	}
	return n_values - 1;
}

double stat_quantile(const int64_t *hist, size_t n_values, double p)
{
	int64_t n = 0;
	for (size_t v = 0; v < n_values; v++)
		n += hist[v];
	if (n == 0 || isnan(p) || p < 0 || p > 1)
		return (double)NAN;
	double h = (double)(n - 1) * p;
	double low = floor(h);
	double x = (double)value_at(hist, n_values, (int64_t)low);
	double y = (double)value_at(hist, n_values, low + 1 < (double)n ? (int64_t)low + 1 : n - 1);
	return x + (h - low) * (y - x);
}

struct stat_journal stat_journal(const struct stat_sum *s)
{
	struct stat_journal j = {0};
	for (int mark = 0; mark < 4; mark++) {
		for (int journal = 0; journal < 4; journal++) {
			int64_t k = s->journal[mark][journal];
			j.n += k;
			*(mark < journal          ? &j.lowered
			        : mark == journal ? &j.confirmed
			                          : &j.raised) += k;
			if (mark - journal >= 2 || journal - mark >= 2)
				j.far += k;
		}
	}
	return j;
}

double stat_sou(const struct stat_sum *s)
{
	int64_t n = s->mark[0] + s->mark[1] + s->mark[2] + s->mark[3];
	return stat_mean(n, 100 * s->mark[3] + 64 * s->mark[2] + 36 * s->mark[1] + 16 * s->mark[0]);
}

/* r(x, t − x) = (cov(x,t) − var(x)) / √(var(x) · (var(t) + var(x) − 2 cov(x,t))), each n² times. */
static double item_rest(const struct stat_sum *s, size_t i, int64_t points)
{
	double vx = spread(s->n, s->x2[i], points, points);
	double vt = spread(s->n, s->t2, s->t, s->t);
	double c = spread(s->n, s->xt[i], points, s->t);
	double vr = vt + vx - 2 * c;
	return vx > 0 && vr > 0 ? (c - vx) / sqrt(vx * vr) : (double)NAN;
}

struct stat_item stat_item(const struct stat_sum *s, const struct stat_test *t, size_t i)
{
	int64_t max = t->max[i];
	struct stat_item r = {0};
	for (size_t m = 0; m < 4; m++) {
		r.points += s->points[m][i];
		r.completion_mark[m] = s->has_scale
		                               ? stat_percent(s->points[m][i], s->mark[m] * max)
		                               : (double)NAN;
	}
	r.completion = stat_percent(r.points, s->n * max);
	r.difficulty = stat_mean(s->n * max, r.points);
	r.full = stat_percent(s->full[i], s->n);
	r.not_attempted = stat_percent(s->not_attempted[i], s->n);
	r.not_taught = stat_percent(s->not_taught[i], s->n);
	r.discrimination = item_rest(s, i, r.points);
	return r;
}

#include "oracle_works.h"

#include <math.h>
#include <stdlib.h>

static int points(const struct stat_works *w, size_t r, size_t i)
{
	int v = w->item[r * w->n_items + i];
	return v >= ITEM_CODE_FIRST ? 0 : v;
}

uint32_t oracle_total(const struct stat_works *w, size_t r)
{
	return (uint32_t)(w->total[2 * r] + 256 * w->total[2 * r + 1]);
}

int oracle_valid(const struct stat_test *t, const struct stat_works *w, size_t r)
{
	if (w->status[r] != WORK_PRESENT || oracle_total(w, r) == TOTAL_NONE)
		return 0;
	if (oracle_total(w, r) > t->max_total)
		return 0;
	for (size_t i = 0; i < w->n_items; i++) {
		if (points(w, r, i) > t->max[i])
			return 0;
	}
	return 1;
}

double oracle_mean(const struct stat_test *t, const struct stat_works *w)
{
	double n = 0, sum = 0;
	for (size_t r = 0; r < w->n; r++) {
		if (oracle_valid(t, w, r)) {
			n++;
			sum += oracle_total(w, r);
		}
	}
	return n == 0 ? (double)NAN : sum / n;
}

double oracle_sd(const struct stat_test *t, const struct stat_works *w)
{
	double mean = oracle_mean(t, w), n = 0, sum = 0;
	for (size_t r = 0; r < w->n; r++) {
		if (oracle_valid(t, w, r)) {
			double d = oracle_total(w, r) - mean;
			n++;
			sum += d * d;
		}
	}
	return n == 0 ? (double)NAN : sqrt(sum / n);
}

double oracle_completion(const struct stat_test *t, const struct stat_works *w, size_t item)
{
	double n = 0, sum = 0;
	for (size_t r = 0; r < w->n; r++) {
		if (oracle_valid(t, w, r)) {
			n++;
			sum += points(w, r, item);
		}
	}
	return n == 0 ? (double)NAN : 100 * sum / (n * t->max[item]);
}

static double rest(const struct stat_works *w, size_t r, size_t item)
{
	double sum = 0;
	for (size_t i = 0; i < w->n_items; i++)
		sum += i == item ? 0 : points(w, r, i);
	return sum;
}

double oracle_discrimination(const struct stat_test *t, const struct stat_works *w, size_t item)
{
	double n = 0, mx = 0, my = 0, sxx = 0, syy = 0, sxy = 0;
	for (size_t r = 0; r < w->n; r++) {
		if (oracle_valid(t, w, r)) {
			n++;
			mx += points(w, r, item);
			my += rest(w, r, item);
		}
	}
	mx /= n;
	my /= n;
	for (size_t r = 0; r < w->n; r++) {
		if (oracle_valid(t, w, r)) {
			double x = points(w, r, item) - mx, y = rest(w, r, item) - my;
			sxx += x * x;
			syy += y * y;
			sxy += x * y;
		}
	}
	/* two-pass sums of equal numbers may leave dust instead of zero */
	return sxx > 1e-9 && syy > 1e-9 ? sxy / sqrt(sxx * syy) : (double)NAN;
}

int64_t oracle_mark(const struct stat_test *t, const struct stat_works *w, int mark, int journal)
{
	int64_t n = 0;
	for (size_t r = 0; r < w->n; r++) {
		if (!oracle_valid(t, w, r) || (journal >= 0 && w->journal[r] != journal))
			continue;
		uint32_t s = oracle_total(w, r);
		int m = s >= t->min5 ? 5 : s >= t->min4 ? 4 : s >= t->min3 ? 3 : 2;
		n += m == mark;
	}
	return n;
}

static int by_value(const void *x, const void *y)
{
	const double *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

double oracle_quantile(const struct stat_test *t, const struct stat_works *w, double p)
{
	double *v = calloc(w->n + 1, sizeof(*v));
	size_t n = 0;
	for (size_t r = 0; r < w->n; r++) {
		if (oracle_valid(t, w, r))
			v[n++] = oracle_total(w, r);
	}
	double q = (double)NAN;
	if (n > 0) {
		qsort(v, n, sizeof(*v), by_value);
		double h = (double)(n - 1) * p;
		size_t i = (size_t)h;
		q = v[i] + (h - (double)i) * (v[i + 1 < n ? i + 1 : i] - v[i]);
	}
	free(v);
	return q;
}

#include "stat/padjust.h"

#include <math.h>
#include <stdlib.h>

struct ranked {
	double p;
	size_t at;
};

static int by_p(const void *x, const void *y)
{
	const struct ranked *a = x, *b = y;
	if (a->p != b->p)
		return a->p < b->p ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

/* From the largest p down: the running minimum of factor(rank) · p. */
static void step_up(const struct ranked *r, size_t n, double all, double *ret)
{
	double least = 1;
	for (size_t i = n; i > 0; i--) {
		double v = all * (double)n / (double)i * r[i - 1].p;
		least = v < least ? v : least;
		ret[r[i - 1].at] = least;
	}
}

static void step_down(const struct ranked *r, size_t n, double *ret)
{
	double most = 0;
	for (size_t i = 0; i < n; i++) {
		double v = (double)(n - i) * r[i].p;
		most = v > most ? v : most;
		ret[r[i].at] = most < 1 ? most : 1;
	}
}

void padjust(
        struct arena *scratch, enum padjust_method method, const double *p, size_t n, double *ret)
{
	struct arena_mark mark = arena_mark(scratch);
	struct ranked *r = arena_new(scratch, struct ranked, n);
	size_t m = 0;
	for (size_t i = 0; i < n; i++) {
		ret[i] = p[i];
		if (!isnan(p[i]))
			r[m++] = (struct ranked){p[i], i};
	}
	if (m > 0)
		qsort(r, m, sizeof(*r), by_p);
	double harmonic = 0;
	for (size_t i = 1; i <= m; i++)
		harmonic += 1 / (double)i;
	switch (method) {
	case PADJUST_BONFERRONI:
		for (size_t i = 0; i < m; i++)
			ret[r[i].at] = fmin(1, (double)m * r[i].p);
		break;
	case PADJUST_HOLM:
		step_down(r, m, ret);
		break;
	case PADJUST_BH:
		step_up(r, m, 1, ret);
		break;
	case PADJUST_BY:
		step_up(r, m, harmonic, ret);
		break;
	}
	arena_reset(scratch, mark);
}

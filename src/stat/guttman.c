#include "stat/guttman.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NONE ((double)NAN)

struct place {
	int64_t count; /* persons who passed */
	size_t item, at;
};

/* The most popular first; ties in file order. */
static int by_popularity(const void *x, const void *y)
{
	const struct place *a = x, *b = y;
	if (a->count != b->count)
		return a->count > b->count ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

static bool complete(const struct scores *s, size_t p)
{
	return s->k == 0 || memchr(s->x + p * s->k, SCORE_NONE, s->k) == NULL;
}

static double ratio(double top, double below)
{
	return below != 0 ? top / below : NONE;
}

/* Items in order, with sums of the first and the last r. */
struct order {
	size_t k;
	struct place *item;
	double *p, *w;            /* [k] share, log odds (by place) */
	double *p_first, *p_last; /* [k + 1] */
	double *w_first, *w_last; /* [k + 1] */
	double n, sum_p, pq, pw, pqw, pqw2, pp;
};

static double *running(struct arena *a, const double *v, size_t k, bool from_end)
{
	double *sum = arena_new(a, double, k + 1);
	for (size_t r = 0; r < k; r++)
		sum[r + 1] = sum[r] + v[from_end ? k - 1 - r : r];
	return sum;
}

static struct order order_of(struct arena *a, const struct scores *s)
{
	size_t k = s->k;
	struct order o = {.k = k,
	        .item = arena_new(a, struct place, k),
	        .p = arena_new(a, double, k),
	        .w = arena_new(a, double, k)};
	for (size_t i = 0; i < k; i++)
		o.item[i].item = o.item[i].at = i;
	for (size_t p = 0; p < s->n; p++) {
		if (!complete(s, p))
			continue;
		o.n++;
		for (size_t i = 0; i < k; i++)
			o.item[i].count += score_at(s, p, i);
	}
	if (k > 0)
		qsort(o.item, k, sizeof(*o.item), by_popularity);
	for (size_t i = 0; i < k; i++) {
		double p = (double)o.item[i].count / o.n, w = log(p / (1 - p));
		o.p[i] = p;
		o.w[i] = w;
		o.sum_p += p;
		o.pp += p * p;
		o.pq += p * (1 - p);
		o.pw += p * w;
		o.pqw += p * (1 - p) * w;
		o.pqw2 += p * (1 - p) * w * w;
	}
	o.p_first = running(a, o.p, k, false);
	o.p_last = running(a, o.p, k, true);
	o.w_first = running(a, o.w, k, false);
	o.w_last = running(a, o.w, k, true);
	return o;
}

static void one_person(const struct order *o, const uint8_t *x, size_t r, struct guttman *g)
{
	double k = (double)o->k, score = (double)r, zeros = 0, own_p = 0, own_w = 0;
	g->errors = 0;
	for (size_t i = 0; i < o->k; i++) {
		if (x[o->item[i].item] == 0) {
			zeros++;
			continue;
		}
		g->errors += zeros;
		own_p += o->p[i];
		own_w += o->w[i];
	}
	g->normed = g->errors / (score * (k - score));
	g->nci = 1 - 2 * g->normed;
	double range = o->w_first[r] - o->w_last[r];
	g->u3 = ratio(o->w_first[r] - own_w, range);
	double mean = o->pw + o->pqw / o->pq * (score - o->sum_p);
	double var = o->pqw2 - o->pqw * o->pqw / o->pq;
	g->zu3 = (mean - own_w) / sqrt(var);
	g->c_star = ratio(o->p_first[r] - own_p, o->p_first[r] - o->p_last[r]);
	double average = o->sum_p / k;
	g->caution = ratio(o->p_first[r] - own_p, o->p_first[r] - score * average);
	double spread = o->pp - k * average * average;
	g->r_pbis = (own_p - score * average) / sqrt(score * (1 - score / k) * spread);
}

/* Σ over the others of the covariance with them, over its maximum given both totals. */
static void transposed_h(struct arena *a, const struct scores *s, const struct order *o,
        const uint32_t *total, struct guttman *ret)
{
	size_t k = s->k;
	int64_t *at = arena_new(a, int64_t, k + 1), *item = arena_new(a, int64_t, k);
	for (size_t i = 0; i < k; i++)
		item[o->item[i].item] = o->item[i].count;
	for (size_t p = 0; p < s->n; p++)
		if (complete(s, p))
			at[total[p]]++;
	for (size_t p = 0; p < s->n; p++) {
		size_t r = total[p];
		if (!complete(s, p) || r == 0 || r == k)
			continue;
		int64_t with = 0, all = 0, most = 0; /* all times k² */
		for (size_t i = 0; i < k; i++) {
			int64_t rest = item[i] - score_at(s, p, i);
			with += score_at(s, p, i) * rest;
			all += rest;
		}
		for (size_t q = 1; q < k; q++) {
			int64_t low = (int64_t)(q < r ? q : r), high = (int64_t)(q < r ? r : q);
			most += (at[q] - (q == r)) * low * ((int64_t)k - high);
		}
		ret[p].ht = ratio((double)((int64_t)k * with - (int64_t)r * all), (double)most);
	}
}

void guttman_fit(struct arena *scratch, const struct scores *s, struct guttman *ret)
{
	struct arena_mark mark = arena_mark(scratch);
	struct order o = order_of(scratch, s);
	const uint32_t *total = scores_totals(scratch, s);
	for (size_t p = 0; p < s->n; p++) {
		ret[p] = (struct guttman){NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE};
		if (!complete(s, p))
			continue;
		if (total[p] > 0 && total[p] < s->k) {
			one_person(&o, s->x + p * s->k, total[p], &ret[p]);
		} else { /* nothing can be out of order */
			ret[p].errors = ret[p].normed = 0;
			ret[p].nci = 1;
		}
	}
	transposed_h(scratch, s, &o, total, ret);
	arena_reset(scratch, mark);
}

/* Value of each step of each item, added up over the steps of an item: v[from[i] + m − 1]. */
struct steps_value {
	const uint8_t *max;
	const size_t *from;
	double *v;
	size_t k, top;
};

/* best[r]: the greatest (sign 1) or least (sign −1) sum of values over answer vectors with the
 * total r. */
static double *extreme_sums(struct arena *a, const struct steps_value *s, double sign)
{
	double *best = arena_new(a, double, s->top + 1), *next = arena_new(a, double, s->top + 1);
	size_t have = 0;
	for (size_t i = 0; i < s->k; i++) {
		for (size_t r = 0; r <= have + s->max[i]; r++) {
			double most = -(double)INFINITY, own = 0;
			for (size_t m = 0; m <= s->max[i] && m <= r; m++) {
				own += m > 0 ? s->v[s->from[i] + m - 1] : 0;
				if (r - m <= have && sign * (best[r - m] + own) > most)
					most = sign * (best[r - m] + own);
			}
			next[r] = sign * most;
		}
		have += s->max[i];
		for (size_t r = 0; r <= have; r++)
			best[r] = next[r];
	}
	return best;
}

static double own_sum(const struct steps_value *s, const uint8_t *x)
{
	double sum = 0;
	for (size_t i = 0; i < s->k; i++)
		for (size_t m = 1; m <= x[i]; m++)
			sum += s->v[s->from[i] + m - 1];
	return sum;
}

void guttman_steps_fit(struct arena *scratch, const struct scores *s, struct guttman_steps *ret)
{
	struct arena_mark mark = arena_mark(scratch);
	size_t k = s->k, *from = arena_new(scratch, size_t, k + 1);
	const uint8_t *max = scores_max(scratch, s);
	for (size_t i = 0; i < k; i++)
		from[i + 1] = from[i] + max[i];
	size_t top = from[k];
	struct place *step = arena_new(scratch, struct place, top);
	double n = 0;
	for (size_t t = 0; t < top; t++)
		step[t].at = t;
	for (size_t p = 0; p < s->n; p++) {
		if (!complete(s, p))
			continue;
		n++;
		for (size_t i = 0; i < k; i++)
			for (size_t m = 1; m <= score_at(s, p, i); m++)
				step[from[i] + m - 1].count++;
	}
	struct steps_value rank = {max, from, arena_new(scratch, double, top), k, top};
	struct steps_value odds = {max, from, arena_new(scratch, double, top), k, top};
	if (top > 0)
		qsort(step, top, sizeof(*step), by_popularity);
	for (size_t t = 0; t < top; t++) {
		double share = (double)step[t].count / n;
		rank.v[step[t].at] = (double)t;
		odds.v[step[t].at] = log(share / (1 - share));
	}
	/* errors of a vector: Σ places of its steps, less 0 + 1 + … + (r − 1) */
	const double *worst = extreme_sums(scratch, &rank, 1);
	const double *high = extreme_sums(scratch, &odds, 1),
	             *low = extreme_sums(scratch, &odds, -1);
	const uint32_t *total = scores_totals(scratch, s);
	for (size_t p = 0; p < s->n; p++) {
		size_t r = total[p];
		ret[p] = (struct guttman_steps){NONE, NONE, NONE};
		if (!complete(s, p))
			continue;
		if (r == 0 || r == top) { /* nothing can be out of order */
			ret[p] = (struct guttman_steps){0, 0, 0};
			continue;
		}
		const uint8_t *x = s->x + p * k;
		double fewest = (double)r * ((double)r - 1) / 2;
		ret[p].errors = own_sum(&rank, x) - fewest;
		ret[p].normed = ratio(ret[p].errors, worst[r] - fewest);
		ret[p].u3 = ratio(high[r] - own_sum(&odds, x), high[r] - low[r]);
	}
	arena_reset(scratch, mark);
}

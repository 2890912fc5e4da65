#include "stat/objectivity/order.h"
#include "stat/objectivity/signs.h"

#include <math.h>
#include <string.h>

/* Weights are whole numbers of 1/UNIT, so that sums are exact in any
 * order and fit 16 bits (4 × 64 × 100 items). */
#define UNIT 64

/* Weight of an agreement on item j at k points: rare agreement says more. */
static double *weights(struct arena *a, const struct ob_sheet *sh, size_t most)
{
	const struct ob_protocol *p = sh->p;
	double *w = arena_new(a, double, p->n_items *most);
	for (size_t j = 0; j < p->n_items; j++) {
		const struct ob_item_model *m = &sh->item[j];
		size_t nc = (size_t)m->max + 1;
		for (size_t t = 0; t <= (size_t)p->max; t++)
			for (size_t k = 0; k < nc; k++)
				w[j * most + k] += m->count[t * nc + k];
		for (size_t k = 0; k < most; k++) {
			double share = fmax(w[j * most + k] / (double)p->n, 0.02);
			double exact = fmax(0.1, fmin(4, -log(share)));
			w[j * most + k] = floor(exact * UNIT + 0.5) / UNIT;
		}
	}
	return w;
}

/* Mean and variance of the weighted agreement of two independent works with totals s and t. */
static void expected(struct arena *a, const struct ob_sheet *sh, const double *weight, size_t most,
        double *mu, double *va)
{
	size_t w = (size_t)sh->p->max + 1;
	double *once = arena_new(a, double, w *most);
	for (size_t j = 0; j < sh->p->n_items; j++) {
		const struct ob_item_model *m = &sh->item[j];
		size_t nc = (size_t)m->max + 1;
		for (size_t t = 0; t < w; t++)
			for (size_t k = 0; k < nc; k++)
				once[t * nc + k] = m->p[t * nc + k] * weight[j * most + k];
		for (size_t s = 0; s < w; s++) {
			for (size_t t = 0; t <= s; t++) {
				double m1 = 0;
				double m2 = 0;
				for (size_t k = 0; k < nc; k++) {
					double x = once[s * nc + k] * m->p[t * nc + k];
					m1 += x;
					m2 += x * weight[j * most + k];
				}
				mu[s * w + t] += m1;
				va[s * w + t] += m2 - m1 * m1;
			}
		}
	}
	for (size_t s = 0; s < w; s++) {
		for (size_t t = 0; t < s; t++) {
			mu[t * w + s] = mu[s * w + t];
			va[t * w + s] = va[s * w + t];
		}
	}
}

/* Works of one class and variant: places in the protocol, answers by item. */
struct group {
	const int32_t *work;
	size_t n;
	uint16_t *score;  /* n_items × OB_GROUP: points, blank as 0 */
	uint16_t *weight; /* the same places, in 1/UNIT */
	int32_t *total;
};

enum { OB_GROUP = 64, LANES = 8 };

typedef uint16_t lanes __attribute__((vector_size(LANES * sizeof(uint16_t))));

/* Agreement of work i with the works j … j + LANES − 1. */
static void agree(const struct group *g, size_t n_items, size_t i, size_t j, uint16_t *ret)
{
	lanes sum = {0};
	for (size_t k = 0; k < n_items; k++) {
		lanes x;
		memcpy(&x, g->score + k * OB_GROUP + j, sizeof(x));
		lanes same = (lanes)(x == g->score[k * OB_GROUP + i]);
		sum += same & g->weight[k * OB_GROUP + i];
	}
	memcpy(ret, &sum, sizeof(sum));
}

/* Σ over pairs of (agreement − expected) / sd. */
static double group_sum(
        const struct group *g, const struct ob_sheet *sh, const double *mu, const double *inv_sd)
{
	size_t w = (size_t)sh->p->max + 1;
	double u = 0;
	for (size_t i = 0; i + 1 < g->n; i++) {
		const double *m = mu + (size_t)g->total[i] * w;
		const double *is = inv_sd + (size_t)g->total[i] * w;
		for (size_t j = i + 1; j < g->n; j += LANES) {
			uint16_t found[LANES];
			size_t left = g->n - j < LANES ? g->n - j : LANES;
			agree(g, sh->p->n_items, i, j, found);
			for (size_t l = 0; l < left; l++)
				u += (found[l] / (double)UNIT - m[g->total[j + l]]) *
				     is[g->total[j + l]];
		}
	}
	return u;
}

/* Fills the group with works of the protocol; larger groups than OB_GROUP are cut in parts. */
static void group_fill(
        struct group *g, const struct ob_sheet *sh, const double *weight, size_t most)
{
	const struct ob_protocol *p = sh->p;
	for (size_t i = 0; i < g->n; i++) {
		const uint8_t *x = p->score + (size_t)g->work[i] * p->n_items;
		g->total[i] = sh->total[g->work[i]];
		for (size_t k = 0; k < p->n_items; k++) {
			uint8_t v = x[k] == OB_NOT_TRIED ? 0 : x[k];
			g->score[k * OB_GROUP + i] = v;
			g->weight[k * OB_GROUP + i] = (uint16_t)(weight[k * most + v] * UNIT);
		}
	}
}

void ob_sign_pairs(struct arena *a, const struct ob_frame *f, size_t q, struct ob_sums *s)
{
	const struct ob_sheet *sh = &f->sheet[q];
	const struct ob_protocol *p = sh->p;
	struct arena_mark mark = arena_mark(a);
	size_t w = (size_t)p->max + 1;
	size_t most = 1;
	for (size_t j = 0; j < p->n_items; j++)
		most = p->item_max[j] + 1u > most ? p->item_max[j] + 1u : most;
	double *weight = weights(a, sh, most);
	double *mu = arena_new(a, double, w *w);
	double *inv_sd = arena_new(a, double, w *w);
	expected(a, sh, weight, most, mu, inv_sd);
	for (size_t i = 0; i < w * w; i++)
		inv_sd[i] = 1 / sqrt(inv_sd[i] + 0.05);
	uint64_t *key = arena_new(a, uint64_t, p->n);
	int32_t *order = arena_new(a, int32_t, p->n);
	for (size_t i = 0; i < p->n; i++)
		key[i] = (uint64_t)sh->cell[i] * 10 + p->variant[i];
	ob_order(a, key, p->n, order);
	struct group g = {.score = arena_new(a, uint16_t, p->n_items * OB_GROUP + LANES),
	        .weight = arena_new(a, uint16_t, p->n_items * OB_GROUP),
	        .total = arena_new(a, int32_t, OB_GROUP)};
	for (size_t from = 0, to; from < p->n; from = to) {
		for (to = from + 1;
		        to < p->n && to - from < OB_GROUP && key[order[to]] == key[order[from]];
		        to++)
			;
		g.work = order + from;
		g.n = to - from;
		group_fill(&g, sh, weight, most);
		size_t k = q * s->n_schools + (size_t)p->school[order[from]];
		s->u[OB_PAIRS][k] += group_sum(&g, sh, mu, inv_sd);
		s->v[OB_PAIRS][k] += (double)(g.n * (g.n - 1)) / 2;
	}
	arena_reset(a, mark);
}

#include "stat/objectivity/signs.h"

#include <math.h>
#include <stdlib.h>

struct grouped {
	int32_t group, work;
};

static int by_group(const void *x, const void *y)
{
	const struct grouped *a = x;
	const struct grouped *b = y;
	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	return a->work - b->work;
}

/* Weight of an agreement on item j at k points: rare agreement says more. */
static double *weights(struct arena *a, const struct ob_sheet *sh, size_t most)
{
	const struct ob_protocol *p = sh->p;
	double *w = arena_new(a, double, p->n_items *most);
	for (size_t j = 0; j < p->n_items; j++) {
		for (size_t i = 0; i < p->n; i++) {
			uint8_t x = p->score[i * p->n_items + j];
			w[j * most + (x == OB_NOT_TRIED ? 0 : x)] += 1;
		}
		for (size_t k = 0; k < most; k++) {
			double share = fmax(w[j * most + k] / (double)p->n, 0.02);
			w[j * most + k] = fmax(0.1, fmin(4, -log(share)));
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
	double *va = arena_new(a, double, w *w);
	expected(a, sh, weight, most, mu, va);
	struct grouped *g = arena_new(a, struct grouped, p->n);
	for (size_t i = 0; i < p->n; i++)
		g[i] = (struct grouped){sh->cell[i] * 10 + p->variant[i], (int32_t)i};
	qsort(g, p->n, sizeof(*g), by_group);
	for (size_t from = 0, to; from < p->n; from = to) {
		for (to = from + 1; to < p->n && g[to].group == g[from].group; to++)
			;
		double u = 0;
		for (size_t i = from; i < to; i++) {
			const uint8_t *x = p->score + (size_t)g[i].work * p->n_items;
			for (size_t j = i + 1; j < to; j++) {
				const uint8_t *y = p->score + (size_t)g[j].work * p->n_items;
				double agree = 0;
				for (size_t k = 0; k < p->n_items; k++) {
					uint8_t xk = x[k] == OB_NOT_TRIED ? 0 : x[k];
					uint8_t yk = y[k] == OB_NOT_TRIED ? 0 : y[k];
					if (xk == yk)
						agree += weight[k * most + xk];
				}
				size_t at = (size_t)sh->total[g[i].work] * w +
				            (size_t)sh->total[g[j].work];
				u += (agree - mu[at]) / sqrt(va[at] + 0.05);
			}
		}
		size_t n = to - from;
		size_t k = q * s->n_schools + (size_t)p->school[g[from].work];
		s->u[OB_PAIRS][k] += u;
		s->v[OB_PAIRS][k] += (double)(n * (n - 1)) / 2;
	}
	arena_reset(a, mark);
}

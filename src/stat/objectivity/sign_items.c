#include "stat/objectivity/signs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int points(const struct ob_protocol *p, size_t i, size_t j)
{
	uint8_t x = p->score[i * p->n_items + j];
	return x == OB_NOT_TRIED ? 0 : x;
}

static bool near_cut(const struct ob_protocol *p, int total)
{
	for (int c = 0; c < 3; c++)
		if (total >= p->cut[c] && total <= p->cut[c] + 1)
			return true;
	return false;
}

/* Open items given the total; the same at the cuts against elsewhere in the school. */
static void open_items(struct arena *a, const struct ob_sheet *sh, size_t at, struct ob_sums *s)
{
	const struct ob_protocol *p = sh->p;
	size_t w = (size_t)p->max + 1;
	double *o = arena_new(a, double, p->n);
	double *mean = arena_new(a, double, w);
	double *var = arena_new(a, double, w);
	for (size_t i = 0; i < p->n; i++)
		for (size_t j = 0; j < p->n_items; j++)
			if (p->open[j])
				o[i] += points(p, i, j);
	ob_moments(sh, o, mean, var);
	double *near_sum = arena_new(a, double, s->n_schools * 6);
	double *near_n = near_sum + s->n_schools;
	double *far_sum = near_n + s->n_schools;
	double *far_n = far_sum + s->n_schools;
	double *low_sum = far_n + s->n_schools;
	double *low_n = low_sum + s->n_schools;
	for (size_t i = 0; i < p->n; i++) {
		int t = sh->total[i];
		if (var[t] <= 0.05)
			continue;
		double r = (o[i] - mean[t]) / sqrt(var[t]);
		int32_t k = p->school[i];
		s->u[OB_OPEN][at + k] += r;
		s->v[OB_OPEN][at + k] += 1;
		bool low = t >= p->cut[0] && t <= p->cut[0] + 2;
		low_sum[k] += low ? r : 0;
		low_n[k] += low;
		bool near = near_cut(p, t);
		*(near ? &near_sum[k] : &far_sum[k]) += r;
		*(near ? &near_n[k] : &far_n[k]) += 1;
	}
	for (size_t k = 0; k < s->n_schools; k++) {
		s->u[OB_BOPEN][at + k] += near_sum[k] - near_n[k] * far_sum[k] / (far_n[k] + 3);
		s->v[OB_BOPEN][at + k] += near_n[k] * (1 + near_n[k] / (far_n[k] + 3));
		s->u[OB_FOPEN][at + k] += low_sum[k] - low_n[k] * far_sum[k] / (far_n[k] + 3);
		s->v[OB_FOPEN][at + k] += low_n[k] * (1 + low_n[k] / (far_n[k] + 3));
	}
}

/* Zeros of open items left blank, given the total. */
static void blanks(struct arena *a, const struct ob_sheet *sh, size_t at, struct ob_sums *s)
{
	const struct ob_protocol *p = sh->p;
	size_t w = (size_t)p->max + 1;
	double *zero = arena_new(a, double, p->n);
	double *blank = arena_new(a, double, p->n);
	double *zero_t = arena_new(a, double, w);
	double *blank_t = arena_new(a, double, w);
	for (size_t i = 0; i < p->n; i++) {
		for (size_t j = 0; j < p->n_items; j++) {
			uint8_t x = p->score[i * p->n_items + j];
			zero[i] += p->open[j] && (x == 0 || x == OB_NOT_TRIED);
			blank[i] += p->open[j] && x == OB_NOT_TRIED;
		}
		zero_t[sh->total[i]] += zero[i];
		blank_t[sh->total[i]] += blank[i];
	}
	for (size_t i = 0; i < p->n; i++) {
		int t = sh->total[i];
		double rate = blank_t[t] / fmax(zero_t[t], 1);
		s->u[OB_BLANK][at + p->school[i]] += blank[i] - zero[i] * rate;
		s->v[OB_BLANK][at + p->school[i]] += zero[i] * rate * (1 - rate);
	}
}

static int by_double(const void *x, const void *y)
{
	double a = *(const double *)x;
	double b = *(const double *)y;
	return a < b ? -1 : a > b;
}

static double median_of(double *v, size_t n)
{
	qsort(v, n, sizeof(*v), by_double);
	return n == 0 ? (double)NAN : n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

/* Sums of squares of item residuals by cell (class, or class and variant), only what is above
 * expectation. */
struct cells {
	size_t n;
	const int32_t *of; /* cell of each work */
	int least;         /* works that a cell needs */
	enum ob_sign sign;
	int per_school;
	double *sum, *var; /* n_items × n */
	int32_t *count;
};

static void cells_make(struct arena *a, const struct ob_protocol *p, struct cells *c)
{
	c->sum = arena_new(a, double, p->n_items * c->n);
	c->var = arena_new(a, double, p->n_items * c->n);
	c->count = arena_new(a, int32_t, c->n);
	for (size_t i = 0; i < p->n; i++)
		c->count[c->of[i]]++;
}

static void cells_finish(struct arena *a, const struct ob_protocol *p, const struct cells *c,
        size_t at, struct ob_sums *s)
{
	size_t used = 0;
	for (size_t k = 0; k < c->n; k++)
		used += c->count[k] >= c->least;
	if (used == 0)
		return;
	double *excess = arena_new(a, double, used * p->n_items);
	double *vars = arena_new(a, double, used * p->n_items);
	size_t m = 0;
	for (size_t j = 0; j < p->n_items; j++) {
		for (size_t k = 0; k < c->n; k++) {
			if (c->count[k] < c->least)
				continue;
			double sum = c->sum[j * c->n + k];
			vars[m] = c->var[j * c->n + k];
			excess[m] = sum * sum / 0.455 -
			            vars[m]; /* 0.455: median of χ² with one degree */
			m++;
		}
	}
	double mv = median_of(vars, m);
	double kappa = fmax(median_of(excess, m) / (mv * mv), 0);
	for (size_t k = 0; k < c->n; k++) {
		if (c->count[k] < c->least)
			continue;
		double u = 0;
		for (size_t j = 0; j < p->n_items; j++) {
			double v = c->var[j * c->n + k];
			double z = c->sum[j * c->n + k] / sqrt(v + kappa * v * v + 1e-9);
			z = fmax(0, fmin(4.5, z));
			u += z * z - 0.5;
		}
		s->u[c->sign][at + k / (size_t)c->per_school] += u;
		s->v[c->sign][at + k / (size_t)c->per_school] += (double)p->n_items * 1.25;
	}
}

/* Item residuals by class and variant, and how unlikely each answer pattern is, all given the
 * total. */
static void item_residuals(struct arena *a, const struct ob_sheet *sh, size_t at, struct ob_sums *s)
{
	const struct ob_protocol *p = sh->p;
	size_t w = (size_t)p->max + 1;
	int32_t *with_variant = arena_new(a, int32_t, p->n);
	for (size_t i = 0; i < p->n; i++)
		with_variant[i] = sh->cell[i] * 10 + p->variant[i];
	struct cells c[2] = {
	        {.n = s->n_schools * OB_MAX_CLASSES,
	                .of = sh->cell,
	                .least = 4,
	                .sign = OB_ITEM,
	                .per_school = OB_MAX_CLASSES},
	        {.n = s->n_schools * OB_MAX_CLASSES * 10,
	                .of = with_variant,
	                .least = 3,
	                .sign = OB_ITEMV,
	                .per_school = OB_MAX_CLASSES * 10},
	};
	cells_make(a, p, &c[0]);
	cells_make(a, p, &c[1]);
	double *l = arena_new(a, double, p->n);
	double *e_l = arena_new(a, double, w);
	double *v_l = arena_new(a, double, w);
	double *e = arena_new(a, double, w);
	double *v = arena_new(a, double, w);
	for (size_t j = 0; j < p->n_items; j++) {
		const struct ob_item_model *m = &sh->item[j];
		size_t nc = (size_t)m->max + 1;
		for (size_t t = 0; t < w; t++) {
			double m1 = 0;
			double m2 = 0;
			double l1 = 0;
			double l2 = 0;
			for (size_t k = 0; k < nc; k++) {
				double pr = m->p[t * nc + k];
				double lg = log(pr);
				m1 += pr * (double)k;
				m2 += pr * (double)(k * k);
				l1 += pr * lg;
				l2 += pr * lg * lg;
			}
			e[t] = m1;
			v[t] = fmax(m2 - m1 * m1, 1e-4);
			e_l[t] += l1;
			v_l[t] += l2 - l1 * l1;
		}
		for (size_t i = 0; i < p->n; i++) {
			int t = sh->total[i];
			int x = points(p, i, j);
			for (int g = 0; g < 2; g++) {
				size_t cell = j * c[g].n + (size_t)c[g].of[i];
				c[g].sum[cell] += x - e[t];
				c[g].var[cell] += v[t];
			}
			l[i] += log(m->p[(size_t)t * nc + (size_t)x]);
		}
	}
	cells_finish(a, p, &c[0], at, s);
	cells_finish(a, p, &c[1], at, s);
	for (size_t i = 0; i < p->n; i++)
		l[i] = (l[i] - e_l[sh->total[i]]) / sqrt(v_l[sh->total[i]] + 1e-6);
	ob_moments(sh, l, e, v);
	for (size_t i = 0; i < p->n; i++) {
		int t = sh->total[i];
		s->u[OB_MISFIT][at + p->school[i]] -= (l[i] - e[t]) / sqrt(v[t] + 0.02);
		s->v[OB_MISFIT][at + p->school[i]] += 1;
	}
}

struct step {
	double share;
	uint16_t item;
	uint8_t least;
};

static int by_share(const void *x, const void *y)
{
	const struct step *a = x;
	const struct step *b = y;
	if (a->share != b->share)
		return a->share > b->share ? -1 : 1;
	return a->item != b->item ? a->item - b->item : a->least - b->least;
}

/* Guttman errors over item steps (Molenaar 1991): passed steps after missed easier ones. */
static void guttman(struct arena *a, const struct ob_sheet *sh, size_t at, struct ob_sums *s)
{
	const struct ob_protocol *p = sh->p;
	size_t n = 0;
	for (size_t j = 0; j < p->n_items; j++)
		n += p->item_max[j];
	struct step *step = arena_new(a, struct step, n);
	n = 0;
	for (size_t j = 0; j < p->n_items; j++) {
		for (uint8_t k = 1; k <= p->item_max[j]; k++) {
			size_t passed = 0;
			for (size_t i = 0; i < p->n; i++)
				passed += points(p, i, j) >= k;
			step[n++] = (struct step){(double)passed, (uint16_t)j, k};
		}
	}
	qsort(step, n, sizeof(*step), by_share);
	double *g = arena_new(a, double, p->n);
	double *mean = arena_new(a, double, (size_t)p->max + 1);
	double *var = arena_new(a, double, (size_t)p->max + 1);
	for (size_t i = 0; i < p->n; i++) {
		int missed = 0;
		for (size_t k = 0; k < n; k++) {
			if (points(p, i, step[k].item) >= step[k].least)
				g[i] += missed;
			else
				missed++;
		}
	}
	ob_moments(sh, g, mean, var);
	for (size_t i = 0; i < p->n; i++) {
		int t = sh->total[i];
		s->u[OB_GUTTMAN][at + p->school[i]] += (g[i] - mean[t]) / sqrt(var[t] + 0.5);
		s->v[OB_GUTTMAN][at + p->school[i]] += 1;
	}
}

void ob_sign_items(struct arena *a, const struct ob_frame *f, size_t q, struct ob_sums *s)
{
	const struct ob_sheet *sh = &f->sheet[q];
	size_t at = q * s->n_schools;
	size_t n_open = 0;
	for (size_t j = 0; j < sh->p->n_items; j++)
		n_open += sh->p->open[j];
	struct arena_mark m = arena_mark(a);
	if (n_open >= 2 && n_open <= sh->p->n_items - 1) {
		open_items(a, sh, at, s);
		blanks(a, sh, at, s);
	}
	item_residuals(a, sh, at, s);
	guttman(a, sh, at, s);
	arena_reset(a, m);
}

#include "stat/objectivity/calibrate.h"
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

/* How readily a marker adds a point to an item that has this many. */
typedef double readiness(const struct ob_protocol *p, size_t item, size_t points_now);

/* To bring a work somewhere: an answer with something in it before an empty one, a locally marked
 * item before a closed one. */
static double to_arrive(const struct ob_protocol *p, size_t item, size_t points_now)
{
	return !p->open[item] ? 0.6 : points_now > 0 ? 4 : 1.5;
}

/* Out of leniency: every lost point of a locally marked item alike. */
static double out_of_leniency(const struct ob_protocol *p, size_t item, size_t points_now)
{
	return p->open[item] ? (double)p->item_max[item] - (double)points_now : 0;
}

/* Likelihood ratio "one point of this work was added" against "none", to first order: Σ over items
 * of readiness × chance of a point less among works with a total less by one / chance of the points
 * as they are. Standardised given the total. */
static double *added(struct arena *a, const struct ob_sheet *sh, readiness *ready)
{
	const struct ob_protocol *p = sh->p;
	size_t w = (size_t)p->max + 1;
	double *l = arena_new(a, double, p->n);
	double *mean = arena_new(a, double, w);
	double *var = arena_new(a, double, w);
	for (size_t j = 0; j < p->n_items; j++) {
		const struct ob_item_model *m = &sh->item[j];
		size_t nc = (size_t)m->max + 1;
		double *ratio = arena_new(a, double, w *nc);
		for (size_t t = 1; t < w; t++)
			for (size_t k = 1; k < nc; k++)
				ratio[t * nc + k] =
				        ready(p, j, k - 1) *
				        fmin(m->p[(t - 1) * nc + k - 1] / m->p[t * nc + k], 20);
		for (size_t i = 0; i < p->n; i++)
			l[i] += ratio[(size_t)sh->total[i] * nc + (size_t)points(p, i, j)];
	}
	ob_moments(sh, l, mean, var);
	for (size_t i = 0; i < p->n; i++) {
		int t = sh->total[i];
		l[i] = fmin((l[i] - mean[t]) / sqrt(var[t] + 1e-3), 4);
	}
	return l;
}

/* Sums of a group of works and of the school's other works, which say how this school differs
 * everywhere. */
struct contrast {
	double *sum, *n, *far_sum, *far_n;
};

static struct contrast contrast_make(struct arena *a, size_t ns)
{
	double *v = arena_new(a, double, ns * 4);
	return (struct contrast){v, v + ns, v + 2 * ns, v + 3 * ns};
}

static void contrast_add(struct contrast *c, int32_t school, bool inside, double x)
{
	*(inside ? &c->sum[school] : &c->far_sum[school]) += x;
	*(inside ? &c->n[school] : &c->far_n[school]) += 1;
}

static void contrast_sum(const struct contrast *c, enum ob_sign sign, size_t at, struct ob_sums *s)
{
	for (size_t k = 0; k < s->n_schools; k++) {
		s->u[sign][at + k] += c->sum[k] - c->n[k] * c->far_sum[k] / (c->far_n[k] + 3);
		s->v[sign][at + k] += c->n[k] * (1 + c->n[k] / (c->far_n[k] + 3));
	}
}

/* Open items given the total; traces of added points where added points would bring a work: at the
 * cuts, just above the pass mark, at the mark of the journal. */
static void open_items(struct arena *a, const struct ob_sheet *sh, size_t at, struct ob_sums *s)
{
	const struct ob_protocol *p = sh->p;
	size_t w = (size_t)p->max + 1;
	double *o = arena_new(a, double, p->n);
	double *mean = arena_new(a, double, w);
	double *var = arena_new(a, double, w);
	const double *l = added(a, sh, to_arrive);
	const double *lenient = added(a, sh, out_of_leniency);
	for (size_t i = 0; i < p->n; i++)
		for (size_t j = 0; j < p->n_items; j++)
			if (p->open[j])
				o[i] += points(p, i, j);
	ob_moments(sh, o, mean, var);
	struct contrast near = contrast_make(a, s->n_schools);
	struct contrast low = contrast_make(a, s->n_schools);
	struct contrast as_journal = contrast_make(a, s->n_schools);
	for (size_t i = 0; i < p->n; i++) {
		int t = sh->total[i];
		int32_t k = p->school[i];
		uint8_t mark = sh->mark[i];
		if (var[t] <= 0.05)
			continue;
		s->u[OB_OPEN][at + k] += (o[i] - mean[t]) / sqrt(var[t]);
		s->v[OB_OPEN][at + k] += 1;
		s->u[OB_ADDED][at + k] += lenient[i];
		s->v[OB_ADDED][at + k] += 1;
		bool arrived = mark > 2 && t <= p->cut[mark - 3] + 2;
		contrast_add(&near, k, near_cut(p, t), l[i]);
		contrast_add(&low, k, arrived && mark == 3, l[i]);
		contrast_add(&as_journal, k, arrived && mark == p->journal[i], l[i]);
	}
	contrast_sum(&near, OB_BOPEN, at, s);
	contrast_sum(&low, OB_FOPEN, at, s);
	contrast_sum(&as_journal, OB_JOPEN, at, s);
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

/* Sums of squares of item residuals by cell (class, or class and variant), only what is above
 * expectation. */
struct cells {
	size_t n;        /* cells somebody sits in */
	int32_t *of;     /* cell of each work */
	int32_t *school; /* of each cell */
	int least;       /* works that a cell needs */
	enum ob_sign sign;
	double *sum, *var; /* n_items × n */
	int32_t *count;
};

/* Cells from their wide numbers of each work, in order of these. */
static void cells_make(struct arena *a, const struct ob_protocol *p, const int32_t *wide,
        size_t n_wide, struct cells *c)
{
	int32_t *narrow = arena_new(a, int32_t, n_wide);
	for (size_t i = 0; i < p->n; i++)
		narrow[wide[i]] = 1;
	for (size_t k = 0; k < n_wide; k++)
		narrow[k] = narrow[k] != 0 ? (int32_t)c->n++ : -1;
	c->sum = arena_new(a, double, p->n_items * c->n);
	c->var = arena_new(a, double, p->n_items * c->n);
	c->count = arena_new(a, int32_t, c->n);
	c->school = arena_new(a, int32_t, c->n);
	c->of = arena_new(a, int32_t, p->n);
	for (size_t i = 0; i < p->n; i++) {
		c->of[i] = narrow[wide[i]];
		c->count[c->of[i]]++;
		c->school[c->of[i]] = p->school[i];
	}
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
	double mv = ob_quantile(vars, m, 0.5);
	double kappa = fmax(ob_quantile(excess, m, 0.5) / (mv * mv), 0);
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
		s->u[c->sign][at + (size_t)c->school[k]] += u;
		s->v[c->sign][at + (size_t)c->school[k]] += (double)p->n_items * 1.25;
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
	struct cells c[2] = {{.least = 4, .sign = OB_ITEM}, {.least = 3, .sign = OB_ITEMV}};
	size_t classes = s->n_schools * OB_MAX_CLASSES;
	cells_make(a, p, sh->cell, classes, &c[0]);
	cells_make(a, p, with_variant, classes * 10, &c[1]);
	double *l = arena_new(a, double, p->n);
	double *e_l = arena_new(a, double, w);
	double *v_l = arena_new(a, double, w);
	double *e = arena_new(a, double, w);
	double *v = arena_new(a, double, w);
	for (size_t j = 0; j < p->n_items; j++) {
		const struct ob_item_model *m = &sh->item[j];
		size_t nc = (size_t)m->max + 1;
		double *logs = arena_new(a, double, w *nc);
		for (size_t t = 0; t < w; t++) {
			double m1 = 0;
			double m2 = 0;
			double l1 = 0;
			double l2 = 0;
			for (size_t k = 0; k < nc; k++) {
				double pr = m->p[t * nc + k];
				double lg = logs[t * nc + k] = log(pr);
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
			l[i] += logs[(size_t)t * nc + (size_t)x];
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

/* Works with c points in item j. */
static size_t points_count(const struct ob_sheet *sh, size_t j, size_t c)
{
	const struct ob_item_model *m = &sh->item[j];
	size_t n = 0;
	for (int t = 0; t <= sh->p->max; t++)
		n += m->count[(size_t)t * ((size_t)m->max + 1) + c];
	return n;
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
			for (size_t c = k; c <= p->item_max[j]; c++)
				passed += points_count(sh, j, c);
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

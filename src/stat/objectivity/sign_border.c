#include "stat/objectivity/signs.h"

#include <math.h>

/* How far below a cut works are lifted: the wider the scale, the farther. */
static int reach_of(const struct ob_protocol *p)
{
	return p->max >= 30 ? 3 : 2;
}

/* A window of totals [lo, hi] with a score for each; sums score − expected given "inside", by bin
 * of prediction. */
struct window {
	int lo, hi;
	double s[1024];
};

static void add_window(const struct ob_sheet *sh, const struct window *w, double *u, double *v)
{
	const struct ob_protocol *p = sh->p;
	size_t width = (size_t)p->max + 1;
	double e[OB_BINS];
	double var[OB_BINS];
	for (size_t b = 0; b < OB_BINS; b++) {
		const double *pb = sh->bin_p + b * width;
		double mass = 0;
		double m1 = 0;
		double m2 = 0;
		for (int t = w->lo; t <= w->hi; t++) {
			double s = w->s[t - w->lo];
			mass += pb[t];
			m1 += pb[t] * s;
			m2 += pb[t] * s * s;
		}
		e[b] = m1 / mass;
		var[b] = m2 / mass - e[b] * e[b];
	}
	for (size_t i = 0; i < p->n; i++) {
		int t = sh->total[i];
		if (t < w->lo || t > w->hi)
			continue;
		u[p->school[i]] += w->s[t - w->lo] - e[sh->bin[i]];
		v[p->school[i]] += var[sh->bin[i]];
	}
}

static int min_int(int a, int b)
{
	return a < b ? a : b;
}

/* Works one to three points below the cut flow to the cut (75 %) and one above (25 %): score = flow
 * over density. */
static void border(const struct ob_sheet *sh, int cut, double *u, double *v)
{
	static const double by_distance[] = {0, 1.0, 0.6, 0.35};
	int reach = reach_of(sh->p);
	struct window w = {.lo = cut - reach < 0 ? 0 : cut - reach,
	        .hi = min_int(sh->p->max, cut + reach - 1)};
	double mass = 0;
	for (int t = w.lo; t <= w.hi; t++)
		mass += sh->region_p[t];
	double flow = 0;
	for (int t = w.lo; t <= w.hi; t++)
		if (cut - t >= 1 && cut - t <= 3)
			flow += by_distance[cut - t] * sh->region_p[t] / mass;
	for (int t = w.lo; t <= w.hi; t++) {
		double base = sh->region_p[t] / mass;
		double out = cut - t >= 1 && cut - t <= 3 ? by_distance[cut - t] * base : 0;
		double in = flow * (t == cut ? 0.75 : t == cut + 1 ? 0.25 : 0);
		w.s[t - w.lo] = (in - out) / fmax(base, 1e-6);
	}
	add_window(sh, &w, u, v);
}

/* Pass mark: fewer works below and more just above than the shape further up says. */
static void floor_shape(const struct ob_sheet *sh, double *u, double *v)
{
	const struct ob_protocol *p = sh->p;
	int cut = p->cut[0];
	int above = p->max >= 30 ? 3 : 2;
	struct window w = {.lo = 0, .hi = min_int(p->max, cut + above + 2 * reach_of(p))};
	BUG_IF(w.hi >= (int)ARRAY_LEN(w.s));
	double below_p = 0;
	double above_p = 0;
	for (int t = 0; t < cut; t++)
		below_p += sh->region_p[t];
	for (int t = cut; t < cut + above && t <= p->max; t++)
		above_p += sh->region_p[t];
	for (int t = 0; t <= w.hi; t++)
		w.s[t] = t < cut ? -1.0 : t < cut + above ? below_p / fmax(above_p, 1e-6) : 0.0;
	add_window(sh, &w, u, v);
}

/* Near a cut, are the pupils whose journal mark this cut confirms above it more often than the
 * others? */
static void journal_fit(const struct ob_sheet *sh, int c, double *u, double *v)
{
	const struct ob_protocol *p = sh->p;
	size_t width = (size_t)p->max + 1;
	int cut = p->cut[c];
	int reach = reach_of(p);
	int lo = cut - reach < 0 ? 0 : cut - reach;
	int hi = min_int(p->max, cut + reach - 1);
	double logit[OB_BINS];
	for (size_t b = 0; b < OB_BINS; b++) {
		const double *pb = sh->bin_p + b * width;
		double all = 0;
		double top = 0;
		for (int t = lo; t <= hi; t++) {
			all += pb[t];
			top += t >= cut ? pb[t] : 0;
		}
		logit[b] = log(top / (all - top));
	}
	for (int group = 0; group < 2; group++) {
		double sign = group == 0 ? 1.0 : -0.5;
		double count[OB_BINS][2] = {{0}}; /* works below and above, by bin */
		double m[OB_BINS];
		double shift = 0;
		double n = 0;
		for (size_t i = 0; i < p->n; i++) {
			int t = sh->total[i];
			if (t < lo || t > hi || (p->journal[i] == c + 3) != (group == 0))
				continue;
			count[sh->bin[i]][t >= cut] += 1;
			n += 1;
		}
		if (n < 50)
			continue;
		for (int step = 0; step < 7; step++) {
			double gap = 0;
			double info = 0;
			for (size_t b = 0; b < OB_BINS; b++) {
				double all = count[b][0] + count[b][1];
				m[b] = 1 / (1 + exp(-(logit[b] + shift)));
				gap += count[b][1] - all * m[b];
				info += all * m[b] * (1 - m[b]);
			}
			if (step < 6)
				shift += gap / fmax(info, 1e-9);
		}
		for (size_t i = 0; i < p->n; i++) {
			int t = sh->total[i];
			if (t < lo || t > hi || (p->journal[i] == c + 3) != (group == 0))
				continue;
			double e = m[sh->bin[i]];
			u[p->school[i]] += sign * ((t >= cut) - e);
			v[p->school[i]] += sign * sign * e * (1 - e);
		}
	}
}

void ob_sign_border(struct arena *a UNUSED, const struct ob_frame *f, size_t q, struct ob_sums *s)
{
	const struct ob_sheet *sh = &f->sheet[q];
	size_t at = q * s->n_schools;
	for (int c = 0; c < 3; c++) {
		border(sh, sh->p->cut[c], s->u[OB_BORDER] + at, s->v[OB_BORDER] + at);
		journal_fit(sh, c, s->u[OB_JFIT] + at, s->v[OB_JFIT] + at);
	}
	floor_shape(sh, s->u[OB_FLOORB] + at, s->v[OB_FLOORB] + at);
}

#include "stat/linear.h"
#include "stat/objectivity/signs.h"

#include <math.h>

/* Too little spread: degrees of freedom less the observed sum of squares over the usual one at this
 * level. */
static void spread(struct arena *a, const struct ob_sheet *sh, size_t at, struct ob_sums *s)
{
	const struct ob_protocol *p = sh->p;
	size_t ns = s->n_schools;
	double *ss = arena_new(a, double, ns);
	for (size_t i = 0; i < p->n; i++) {
		double d = sh->z[i] - sh->school_mean[p->school[i]];
		ss[p->school[i]] += d * d;
	}
	double *x = arena_new(a, double, ns * 3);
	double *y = arena_new(a, double, ns);
	double *w = arena_new(a, double, ns);
	for (size_t k = 0; k < ns; k++) {
		double m = sh->school_n[k] > 0 ? sh->school_mean[k] : 0;
		double dof = fmax(sh->school_n[k] - 1, 0);
		x[k * 3] = 1;
		x[k * 3 + 1] = m;
		x[k * 3 + 2] = m * m;
		y[k] = ss[k] / fmax(dof, 1);
		w[k] = dof > 4 ? dof : 0;
	}
	struct design d = {x, ns, 3};
	double b[3];
	if (!linear_fit(&d, y, w, 1e-3, b))
		return;
	for (size_t k = 0; k < ns; k++) {
		double dof = fmax(sh->school_n[k] - 1, 0);
		double usual = fmax(0.2, fmin(2, linear_at(x + k * 3, b, 3)));
		s->u[OB_SPREAD][at + k] += dof > 0 ? dof - ss[k] / usual : 0;
		s->v[OB_SPREAD][at + k] += 1.6 * dof;
	}
}

/* Within classes: results follow the pupils' usual standing less than in the region. */
static void slope(
        struct arena *a, const struct ob_sheet *sh, const double *usual, double *u, double *v)
{
	const struct ob_protocol *p = sh->p;
	size_t cells = 0;
	for (size_t i = 0; i < p->n; i++)
		cells = (size_t)sh->cell[i] >= cells ? (size_t)sh->cell[i] + 1 : cells;
	double *mean = arena_new(a, double, cells * 3);
	for (size_t i = 0; i < p->n; i++) {
		double *m = mean + (size_t)sh->cell[i] * 3;
		m[0] += usual[i];
		m[1] += sh->z[i];
		m[2] += 1;
	}
	double sxy = 0;
	double sxx = 0;
	for (size_t i = 0; i < p->n; i++) {
		const double *m = mean + (size_t)sh->cell[i] * 3;
		double dx = usual[i] - m[0] / m[2];
		sxy += dx * (sh->z[i] - m[1] / m[2]);
		sxx += dx * dx;
	}
	if (sxx <= 0)
		return;
	double b = sxy / sxx;
	double rss = 0;
	for (size_t i = 0; i < p->n; i++) {
		const double *m = mean + (size_t)sh->cell[i] * 3;
		double r = sh->z[i] - m[1] / m[2] - b * (usual[i] - m[0] / m[2]);
		rss += r * r;
	}
	for (size_t i = 0; i < p->n; i++) {
		const double *m = mean + (size_t)sh->cell[i] * 3;
		double dx = usual[i] - m[0] / m[2];
		double r = sh->z[i] - m[1] / m[2] - b * dx;
		u[p->school[i]] -= r * dx;
		v[p->school[i]] += dx * dx * rss / (double)p->n;
	}
}

static void journal_gap(const struct ob_sheet *sh, size_t at, struct ob_sums *s)
{
	const struct ob_protocol *p = sh->p;
	double n[6] = {0};
	double sum[6] = {0};
	double squares[6] = {0};
	for (size_t i = 0; i < p->n; i++) {
		double g = sh->mark[i] - p->journal[i];
		n[p->journal[i]] += 1;
		sum[p->journal[i]] += g;
		squares[p->journal[i]] += g * g;
	}
	for (size_t i = 0; i < p->n; i++) {
		uint8_t j = p->journal[i];
		if (j < 2)
			continue;
		double mean = sum[j] / n[j];
		double var = squares[j] / n[j] - mean * mean + 0.05;
		s->u[OB_JGAP][at + p->school[i]] += (sh->mark[i] - j - mean) / sqrt(var);
		s->v[OB_JGAP][at + p->school[i]] += 1;
	}
}

void ob_sign_order(struct arena *a, const struct ob_frame *f, size_t q, struct ob_sums *s)
{
	const struct ob_sheet *sh = &f->sheet[q];
	size_t at = q * s->n_schools;
	struct arena_mark m = arena_mark(a);
	spread(a, sh, at, s);
	slope(a, sh, sh->other, s->u[OB_SLOPE] + at, s->v[OB_SLOPE] + at);
	double *journal = arena_new(a, double, sh->p->n);
	for (size_t i = 0; i < sh->p->n; i++)
		journal[i] = sh->p->journal[i];
	slope(a, sh, journal, s->u[OB_SLOPEJ] + at, s->v[OB_SLOPEJ] + at);
	journal_gap(sh, at, s);
	arena_reset(a, m);
}

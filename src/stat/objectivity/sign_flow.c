#include "stat/linear.h"
#include "stat/objectivity/signs.h"

#include <math.h>
#include <string.h>

enum { FLOW_MAX = 1024, NUISANCES = 5 };

/* Where works come from and where they arrive, as shares of a unit flow at each total. */
struct flow {
	double out[FLOW_MAX]; /* share of the works with this total that leave */
	double in[FLOW_MAX];  /* where one leaving work arrives; sums to 1 */
};

static int clip(int t, int max)
{
	return t < 0 ? 0 : t > max ? max : t;
}

/* d log p / d strength at 0: in(t)·Σ out·p / p(t) − out(t). Its mean under p is 0. */
static void score_of(const struct flow *w, const double *p, int max, double *s)
{
	double moved = 0;
	for (int t = 0; t <= max; t++)
		moved += w->out[t] * p[t];
	for (int t = 0; t <= max; t++)
		s[t] = w->in[t] * moved / fmax(p[t], 1e-7) - w->out[t];
}

/* What honest schools differ in: the level (tilt), and lifting of works one point short of a cut.
 */
static size_t nuisances(
        const struct ob_protocol *p, const double *pb, bool lifts, double x[][FLOW_MAX])
{
	size_t n = 0;
	for (int t = 0; t <= p->max; t++)
		x[0][t] = t / (double)p->max;
	n++;
	for (int c = 0; lifts && c < 3; c++) {
		struct flow w;
		memset(&w, 0, sizeof(w));
		if (p->cut[c] < 1)
			continue;
		w.out[p->cut[c] - 1] = 1;
		w.in[p->cut[c]] = 1;
		score_of(&w, pb, p->max, x[n++]);
	}
	return n;
}

/* Takes from s what the nuisances explain under p (least squares), so that they cannot move the
 * sum. */
static void clear_of(double *s, double x[][FLOW_MAX], size_t n, const double *p, int max)
{
	double a[NUISANCES * NUISANCES] = {0};
	double b[NUISANCES] = {0};
	double mean[NUISANCES] = {0};
	for (size_t i = 0; i < n; i++)
		for (int t = 0; t <= max; t++)
			mean[i] += p[t] * x[i][t];
	for (size_t i = 0; i < n; i++) {
		for (int t = 0; t <= max; t++) {
			double xi = p[t] * (x[i][t] - mean[i]);
			b[i] += xi * s[t];
			for (size_t j = 0; j <= i; j++)
				a[i * n + j] += xi * (x[j][t] - mean[j]);
		}
		a[i * n + i] += 1e-9;
	}
	if (!linear_solve_spd(a, b, n))
		return;
	for (int t = 0; t <= max; t++)
		for (size_t i = 0; i < n; i++)
			s[t] -= b[i] * (x[i][t] - mean[i]);
}

/* Sums the cleared score of a flow over the works of the group (journal mark, 0: all). */
static void add_flow(const struct ob_sheet *sh, const struct flow *w, int journal, bool lifts,
        double *u, double *v)
{
	const struct ob_protocol *p = sh->p;
	size_t width = (size_t)p->max + 1;
	double s[OB_BINS][FLOW_MAX];
	double var[OB_BINS] = {0};
	double x[NUISANCES][FLOW_MAX];
	for (size_t b = 0; b < OB_BINS; b++) {
		const double *pb = sh->bin_p + b * width;
		score_of(w, pb, p->max, s[b]);
		size_t n = nuisances(p, pb, lifts, x);
		clear_of(s[b], x, n, pb, p->max);
		for (size_t t = 0; t < width; t++)
			var[b] += pb[t] * s[b][t] * s[b][t];
	}
	for (size_t i = 0; i < p->n; i++) {
		if (journal != 0 && p->journal[i] != journal)
			continue;
		u[p->school[i]] += s[sh->bin[i]][sh->total[i]];
		v[p->school[i]] += var[sh->bin[i]];
	}
}

/* Lifting of works one to three points short, as far as it differs from lifting of those one point
 * short. */
static void lifted(const struct ob_sheet *sh, double *u, double *v)
{
	static const double by_distance[] = {0, 1.0, 0.6, 0.35};
	const struct ob_protocol *p = sh->p;
	int reach = p->max >= 30 ? 3 : 2;
	struct flow w;
	for (int c = 0; c < 3; c++) {
		memset(&w, 0, sizeof(w));
		for (int d = 1; d <= reach; d++)
			if (p->cut[c] - d >= 0)
				w.out[p->cut[c] - d] = by_distance[d];
		w.in[p->cut[c]] = 0.75;
		w.in[clip(p->cut[c] + 1, p->max)] += 0.25;
		add_flow(sh, &w, 0, true, u, v);
	}
}

/* Correction of works below a cut to just above it; of the pupils with a journal mark, or of all.
 */
static void corrected(const struct ob_sheet *sh, int c, int journal, double *u, double *v)
{
	const struct ob_protocol *p = sh->p;
	struct flow w;
	memset(&w, 0, sizeof(w));
	for (int t = 0; t < p->cut[c]; t++)
		w.out[t] = 1;
	for (int k = 0; k < 3; k++)
		w.in[clip(p->cut[c] + k, p->max)] += 1.0 / 3;
	add_flow(sh, &w, journal, false, u, v);
}

void ob_sign_flow(struct arena *a UNUSED, const struct ob_frame *f, size_t q, struct ob_sums *s)
{
	const struct ob_sheet *sh = &f->sheet[q];
	size_t at = q * s->n_schools;
	BUG_IF(sh->p->max >= FLOW_MAX);
	lifted(sh, s->u[OB_FLOW_LIFT] + at, s->v[OB_FLOW_LIFT] + at);
	corrected(sh, 0, 0, s->u[OB_FLOW_FLOOR] + at, s->v[OB_FLOW_FLOOR] + at);
	for (int c = 0; c < 3; c++)
		corrected(sh, c, c + 3, s->u[OB_FLOW_JOURNAL] + at, s->v[OB_FLOW_JOURNAL] + at);
}

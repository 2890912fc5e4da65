#include "stat/neat.h"

#include "stat/equate.h"

#include <math.h>

#define NONE ((double)NAN)

/* Moments of total and anchor, n − 1 below. */
struct moments {
	double n, mean, mean_v, var, var_v, cov;
};

static struct moments moments_of(const struct neat_group *g)
{
	struct moments m = {.n = (double)g->n};
	for (size_t i = 0; i < g->n; i++) {
		m.mean += g->total[i] / m.n;
		m.mean_v += g->anchor[i] / m.n;
	}
	for (size_t i = 0; i < g->n; i++) {
		double d = g->total[i] - m.mean, v = g->anchor[i] - m.mean_v;
		m.var += d * d / (m.n - 1);
		m.var_v += v * v / (m.n - 1);
		m.cov += d * v / (m.n - 1);
	}
	return m;
}

/* Slope of the total on the anchor that carries a population over to the synthetic one. */
static double gamma_of(
        const struct moments *m, enum neat_method method, bool external, double nominal)
{
	if (method == NEAT_TUCKER)
		return m->cov / m->var_v;
	if (method == NEAT_NOMINAL)
		return nominal;
	return external ? (m->var + m->cov) / (m->var_v + m->cov) : m->var / m->cov;
}

/* Mean and variance of a form in the synthetic population; own and other weights. */
static void synthetic(const struct moments *m, const struct moments *other, double gamma,
        const double weight[2], double ret[2])
{
	double dm = m->mean_v - other->mean_v, dv = m->var_v - other->var_v;
	ret[0] = m->mean - weight[1] * gamma * dm;
	ret[1] = m->var - weight[1] * gamma * gamma * dv +
	         weight[0] * weight[1] * gamma * gamma * dm * dm;
}

static void line(double slope, double from, double to, uint32_t top, double *yx)
{
	for (uint32_t x = 0; x <= top; x++)
		yx[x] = slope * (x - from) + to;
}

static void linear(const struct neat_group *x, const struct neat_group *y, const struct neat_opt *o,
        enum neat_method method, double *yx)
{
	struct moments mx = moments_of(x), my = moments_of(y);
	double wx = o->weight_x, sx[2], sy[2];
	if (method == NEAT_CHAINED) {
		double to_v = sqrt(mx.var_v / mx.var), to_y = sqrt(my.var / my.var_v);
		line(to_v * to_y, mx.mean, my.mean + to_y * (mx.mean_v - my.mean_v), o->top_x, yx);
		return;
	}
	double gx = gamma_of(&mx, method, o->external, (double)o->top_x / o->top_v);
	double gy = gamma_of(&my, method, o->external, (double)o->top_y / o->top_v);
	synthetic(&mx, &my, gx, (const double[]){wx, 1 - wx}, sx);
	synthetic(&my, &mx, gy, (const double[]){1 - wx, wx}, sy);
	line(sqrt(sy[1] / sx[1]), sx[0], sy[0], o->top_x, yx);
}

static double *shares(struct arena *a, const uint32_t *score, size_t n, uint32_t top)
{
	double *p = arena_new(a, double, (size_t)top + 1);
	for (size_t i = 0; i < n; i++)
		p[score[i]] += 1 / (double)n;
	return p;
}

/* Distribution of a form in the synthetic population: f(x | v) is taken to be the same in both. */
static double *frequency(struct arena *a, const struct neat_group *g, const double *other_v,
        const uint32_t top[2], double own_weight)
{
	double *v = shares(a, g->anchor, g->n, top[1]);
	double *p = arena_new(a, double, (size_t)top[0] + 1);
	for (size_t i = 0; i < g->n; i++) {
		double share = 1 / (double)g->n;
		p[g->total[i]] += own_weight * share + (1 - own_weight) * share / v[g->anchor[i]] *
		                                               other_v[g->anchor[i]];
	}
	return p;
}

static void by_frequency(struct arena *a, const struct neat_group *x, const struct neat_group *y,
        const struct neat_opt *o, bool line_only, double *yx)
{
	const double *vx = shares(a, x->anchor, x->n, o->top_v);
	const double *vy = shares(a, y->anchor, y->n, o->top_v);
	struct equate_form fx = {
	        frequency(a, x, vy, (const uint32_t[]){o->top_x, o->top_v}, o->weight_x),
	        (size_t)o->top_x + 1, 0};
	struct equate_form fy = {
	        frequency(a, y, vx, (const uint32_t[]){o->top_y, o->top_v}, 1 - o->weight_x),
	        (size_t)o->top_y + 1, 0};
	if (!line_only) {
		equate_equipercentile(&fx, &fy, yx);
		return;
	}
	double m[2][2] = {{0, 0}, {0, 0}}, all[2] = {0, 0};
	const struct equate_form *f[2] = {&fx, &fy};
	for (int s = 0; s < 2; s++) {
		for (size_t i = 0; i < f[s]->n; i++) {
			all[s] += f[s]->count[i];
			m[s][0] += f[s]->count[i] * (double)i;
		}
		m[s][0] /= all[s];
		for (size_t i = 0; i < f[s]->n; i++)
			m[s][1] += f[s]->count[i] / all[s] * ((double)i - m[s][0]) *
			           ((double)i - m[s][0]);
	}
	line(sqrt(m[1][1] / m[0][1]), m[0][0], m[1][0], o->top_x, yx);
}

/* Score with the percentile rank of v (any number) on V, on Y. */
static double link(const double *pv, uint32_t top_v, const double *py, uint32_t top_y, double v)
{
	double at = floor(v + 0.5), rank = 0, passed = 0;
	if (v <= -0.5)
		return -0.5;
	if (v >= top_v + 0.5)
		return top_y + 0.5;
	for (uint32_t i = 0; i < (uint32_t)at; i++)
		rank += pv[i];
	rank += (v - at + 0.5) * pv[(uint32_t)at];
	for (uint32_t j = 0; j <= top_y; j++) {
		if (passed + py[j] > rank)
			return rank <= 0 ? -0.5 : j - 0.5 + (rank - passed) / py[j];
		passed += py[j];
	}
	return top_y + 0.5;
}

static void chained(struct arena *a, const struct neat_group *x, const struct neat_group *y,
        const struct neat_opt *o, double *yx)
{
	struct equate_form fx = {shares(a, x->total, x->n, o->top_x), (size_t)o->top_x + 1, 0};
	struct equate_form fv = {shares(a, x->anchor, x->n, o->top_v), (size_t)o->top_v + 1, 0};
	const double *v2 = shares(a, y->anchor, y->n, o->top_v);
	const double *y2 = shares(a, y->total, y->n, o->top_y);
	equate_equipercentile(&fx, &fv, yx);
	for (uint32_t i = 0; i <= o->top_x; i++)
		yx[i] = link(v2, o->top_v, y2, o->top_y, yx[i]);
}

static bool usable(const struct neat_group *g, uint32_t top, uint32_t top_v)
{
	bool ok = g->n > 1 && top_v > 0;
	for (size_t i = 0; i < g->n; i++)
		ok &= g->total[i] <= top && g->anchor[i] <= top_v;
	return ok;
}

void neat_equate(struct arena *scratch, const struct neat_group *x, const struct neat_group *y,
        const struct neat_opt *o, enum neat_method method, double *yx)
{
	struct arena_mark mark = arena_mark(scratch);
	if (!usable(x, o->top_x, o->top_v) || !usable(y, o->top_y, o->top_v)) {
		for (uint32_t i = 0; i <= o->top_x; i++)
			yx[i] = NONE;
		return;
	}
	switch (method) {
	case NEAT_TUCKER:
	case NEAT_LEVINE:
	case NEAT_CHAINED:
	case NEAT_NOMINAL:
		linear(x, y, o, method, yx);
		break;
	case NEAT_BRAUN_HOLLAND:
	case NEAT_FREQUENCY:
		by_frequency(scratch, x, y, o, method == NEAT_BRAUN_HOLLAND, yx);
		break;
	case NEAT_CHAINED_EQUIPERCENTILE:
		chained(scratch, x, y, o, yx);
		break;
	}
	arena_reset(scratch, mark);
}

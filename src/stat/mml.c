#include "stat/mml.h"

#include "stat/matrix.h"

#include <math.h>

enum { NEWTON_MAX = 200, HALVINGS_MAX = 20, SECANTS_MAX = 50 };

/* The normal population is an exponential family in u = −1/(2 variance) with the statistic θ²; u is
 * treated as one more parameter (place st->n) whose "probability" is −θ². */
struct work {
	struct arena *a;
	const struct scores *s;
	const struct steps *st;
	const struct patterns *patterns;
	const uint32_t *total; /* [persons] */
	int64_t **count;       /* [pattern][total] persons */
	struct quadrature q;
	bool free_variance;
	const double *beta;
	double variance;
	/* filled by evaluate */
	double loglik, slope_score;
	size_t n_par;
	double *prob;     /* [n_par × q.n] */
	double *log_z;    /* [k × q.n] */
	double *expected; /* [n_par] */
	double *info;     /* [n_par × n_par] observed information */
	double *block;    /* the same without what the totals do not tell: always positive */
	/* of one pattern */
	double *z, *at_node, *post, *mean; /* [q.n] [q.n] [q.n] [n_par] */
	double *tilt;                      /* [q.n] expected total */
};

/* Probabilities of categories at every node. */
static void probabilities(struct work *w)
{
	size_t nq = w->q.n;
	for (size_t i = 0; i < w->st->k; i++)
		for (size_t t = 0; t < nq; t++) {
			double sum = 1, theta = w->q.node[t];
			for (size_t x = w->st->from[i]; x < w->st->from[i + 1]; x++) {
				double c = (double)(x - w->st->from[i] + 1);
				double e = w->st->count[x] == 0 ? 0 : exp(c * theta + w->beta[x]);
				w->prob[x * nq + t] = e;
				sum += e;
			}
			for (size_t x = w->st->from[i]; x < w->st->from[i + 1]; x++)
				w->prob[x * nq + t] /= sum;
			w->log_z[i * nq + t] = log(sum);
		}
	for (size_t t = 0; t < nq && w->n_par > w->st->n; t++)
		w->prob[w->st->n * nq + t] = -w->q.node[t] * w->q.node[t];
}

/* Posterior of a total into w->post; its log likelihood without the item part. */
static double posterior(struct work *w, size_t r)
{
	double top = -(double)INFINITY, sum = 0;
	for (size_t t = 0; t < w->q.n; t++) {
		w->post[t] = (double)r * w->q.node[t] - w->z[t];
		if (w->q.weight[t] > 0 && w->post[t] > top)
			top = w->post[t];
	}
	for (size_t t = 0; t < w->q.n; t++) {
		w->post[t] = w->q.weight[t] * exp(w->post[t] - top);
		sum += w->post[t];
	}
	for (size_t t = 0; t < w->q.n; t++)
		w->post[t] /= sum;
	return top + log(sum);
}

/* Sums log Z and expected totals of the pattern's items. */
static void pattern_nodes(struct work *w, const struct pattern *p)
{
	size_t nq = w->q.n;
	for (size_t t = 0; t < nq; t++)
		w->z[t] = w->tilt[t] = w->at_node[t] = 0;
	for (size_t g = 0; g < p->n_items; g++) {
		size_t i = p->item[g], from = w->st->from[i];
		for (size_t t = 0; t < nq; t++)
			w->z[t] += w->log_z[i * nq + t];
		for (size_t x = from; x < w->st->from[i + 1]; x++)
			for (size_t t = 0; t < nq; t++)
				w->tilt[t] += (double)(x - from + 1) * w->prob[x * nq + t];
	}
}

/* Parameters the pattern speaks of: those of its items, and u. */
static size_t pattern_params(const struct work *w, const struct pattern *p, size_t *par)
{
	size_t n = 0;
	for (size_t g = 0; g < p->n_items; g++)
		for (size_t x = w->st->from[p->item[g]]; x < w->st->from[p->item[g] + 1]; x++)
			par[n++] = x;
	if (w->n_par > w->st->n)
		par[n++] = w->st->n;
	return n;
}

static void total_add(struct work *w, size_t r, double persons, const size_t *par, size_t n)
{
	size_t nq = w->q.n, np = w->n_par;
	w->loglik += persons * posterior(w, r);
	for (size_t t = 0; t < nq; t++) {
		double v = persons * w->post[t];
		w->at_node[t] += v;
		w->slope_score += v * w->q.node[t] * ((double)r - w->tilt[t]);
	}
	for (size_t i = 0; i < n; i++) {
		const double *prob = w->prob + par[i] * nq;
		double m = 0;
		for (size_t t = 0; t < nq; t++)
			m += w->post[t] * prob[t];
		w->mean[i] = m;
		w->expected[par[i]] += persons * m;
		for (size_t j = 0; j <= i; j++)
			w->info[par[i] * np + par[j]] += persons * m * w->mean[j];
	}
}

/* What the nodes add: −Σ n_q P P everywhere, and the variance of the categories within an item. */
static void nodes_add(struct work *w, const struct pattern *p, const size_t *par, size_t n)
{
	size_t nq = w->q.n, np = w->n_par;
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j <= i; j++) {
			double sum = 0;
			for (size_t t = 0; t < nq; t++)
				sum += w->at_node[t] * w->prob[par[i] * nq + t] *
				       w->prob[par[j] * nq + t];
			w->info[par[i] * np + par[j]] -= sum;
		}
	for (size_t g = 0; g < p->n_items; g++) {
		size_t from = w->st->from[p->item[g]], to = w->st->from[p->item[g] + 1];
		for (size_t x = from; x < to; x++)
			for (size_t y = from; y <= x; y++) {
				double sum = 0;
				for (size_t t = 0; t < nq; t++)
					sum += w->at_node[t] * w->prob[x * nq + t] *
					       ((x == y) - w->prob[y * nq + t]);
				w->block[x * np + y] += sum;
			}
	}
}

/* u: the population's own variance of θ². */
static void population_add(struct work *w)
{
	double m = 0, m2 = 0;
	for (size_t t = 0; t < w->q.n; t++) {
		double square = w->q.node[t] * w->q.node[t];
		m += w->q.weight[t] * square;
		m2 += w->q.weight[t] * square * square;
	}
	size_t u = w->st->n;
	w->block[u * w->n_par + u] = (double)w->s->n * (m2 - m * m);
}

static void evaluate(struct work *w, const double *beta, double variance)
{
	size_t np = w->n_par;
	w->beta = beta;
	w->variance = variance;
	if (w->free_variance)
		quadrature_weights(&w->q, variance);
	probabilities(w);
	w->loglik = w->slope_score = 0;
	for (size_t x = 0; x < np; x++)
		w->expected[x] = 0;
	for (size_t x = 0; x < np * np; x++)
		w->info[x] = w->block[x] = 0;
	for (size_t x = 0; x < w->st->n; x++)
		if (w->st->count[x] > 0)
			w->loglik += (double)w->st->count[x] * beta[x];
	struct arena_mark mark = arena_mark(w->a);
	size_t *par = arena_new(w->a, size_t, np + 1);
	for (size_t g = 0; g < w->patterns->n; g++) {
		const struct pattern *p = &w->patterns->v[g];
		size_t n = pattern_params(w, p, par);
		pattern_nodes(w, p);
		for (size_t r = 0; r <= p->top; r++)
			if (w->count[g][r] > 0)
				total_add(w, r, (double)w->count[g][r], par, n);
		nodes_add(w, p, par, n);
	}
	arena_reset(w->a, mark);
	if (np > w->st->n)
		population_add(w);
	for (size_t x = 0; x < np; x++)
		for (size_t y = 0; y <= x; y++) {
			w->info[x * np + y] += w->block[x * np + y];
			w->info[y * np + x] = w->info[x * np + y];
			w->block[y * np + x] = w->block[x * np + y];
		}
}

/* Newton step in (beta, log variance); with the block matrix (an EM-like step) where the
 * information is not positive. False when neither can be solved. */
static bool newton_step(struct work *w, const size_t *used, size_t n_used, double *step)
{
	size_t np = w->n_par;
	double scale = 0.5 / w->variance; /* du / d log variance */
	struct arena_mark mark = arena_mark(w->a);
	double *h = arena_new(w->a, double, n_used *n_used);
	bool ok = false;
	for (int attempt = 0; attempt < 2 && !ok; attempt++) {
		const double *m = attempt == 0 ? w->info : w->block;
		for (size_t i = 0; i < n_used; i++) {
			size_t x = used[i];
			double cx = x == w->st->n ? scale : 1;
			for (size_t j = 0; j < n_used; j++)
				h[i * n_used + j] = cx * (used[j] == w->st->n ? scale : 1) *
				                    m[x * np + used[j]];
			step[i] =
			        x == w->st->n
			                ? scale * (-w->expected[x] - (double)w->s->n * w->variance)
			                : (double)w->st->count[x] - w->expected[x];
		}
		ok = matrix_cholesky(h, n_used);
		if (ok)
			matrix_cholesky_solve(h, step, n_used);
	}
	arena_reset(w->a, mark);
	return ok;
}

/* Goes the step, halved until the likelihood does not fall. */
static void move(
        struct work *w, const size_t *used, size_t n_used, const double *step, struct mml *ret)
{
	struct arena_mark mark = arena_mark(w->a);
	double *next = arena_new(w->a, double, w->st->n);
	double before = w->loglik, scale = 1, variance = ret->variance;
	for (int half = 0; half < HALVINGS_MAX; half++) {
		for (size_t i = 0; i < n_used; i++) {
			if (used[i] < w->st->n)
				next[used[i]] = ret->beta[used[i]] + scale * step[i];
			else
				variance = ret->variance * exp(scale * step[i]);
		}
		evaluate(w, next, variance);
		if (w->loglik >= before - 1e-7 * fabs(before))
			break;
		scale /= 2;
	}
	for (size_t x = 0; x < w->st->n; x++)
		ret->beta[x] = next[x];
	ret->variance = variance;
	arena_reset(w->a, mark);
}

static bool newton(struct work *w, const size_t *used, size_t n_used, struct mml *ret)
{
	double *step = arena_new(w->a, double, n_used);
	evaluate(w, ret->beta, ret->variance);
	for (ret->iterations = 1; ret->iterations <= NEWTON_MAX; ret->iterations++) {
		if (!isfinite(w->loglik) || !newton_step(w, used, n_used, step))
			return false;
		double size = 0;
		for (size_t i = 0; i < n_used; i++)
			size = fmax(size, fabs(step[i]));
		if (size < 1e-9)
			return true;
		for (size_t i = 0; size > 2 && i < n_used; i++)
			step[i] *= 2 / size;
		move(w, used, n_used, step, ret);
		if (ret->variance < 1e-6)
			return true; /* all abilities are equal */
	}
	return false;
}

/* Standard errors; NaN where the information is singular. */
static void errors(struct work *w, const size_t *used, size_t n_used, double *se)
{
	struct arena_mark mark = arena_mark(w->a);
	double *h = arena_new(w->a, double, n_used *n_used);
	for (size_t i = 0; i < n_used; i++)
		for (size_t j = 0; j < n_used; j++)
			h[i * n_used + j] = w->info[used[i] * w->n_par + used[j]];
	bool ok = matrix_inverse(w->a, h, n_used);
	for (size_t i = 0; i < n_used; i++)
		if (used[i] < w->st->n)
			se[used[i]] = ok ? sqrt(h[i * n_used + i]) : (double)NAN;
	arena_reset(w->a, mark);
}

static int64_t **totals_count(
        struct arena *a, const uint32_t *total, const struct patterns *patterns)
{
	int64_t **count = arena_new(a, int64_t *, patterns->n);
	for (size_t g = 0; g < patterns->n; g++) {
		const struct pattern *p = &patterns->v[g];
		count[g] = arena_new(a, int64_t, p->top + 1);
		for (size_t i = 0; i < p->n_persons; i++)
			count[g][total[p->person[i]]]++;
	}
	return count;
}

/* Posterior means and variances of persons. */
static void abilities(struct work *w, struct mml *ret)
{
	for (size_t g = 0; g < w->patterns->n; g++) {
		const struct pattern *p = &w->patterns->v[g];
		double *eap = arena_new(w->a, double, p->top + 1);
		double *var = arena_new(w->a, double, p->top + 1);
		pattern_nodes(w, p);
		for (size_t r = 0; r <= p->top; r++) {
			double m = 0, m2 = 0;
			(void)posterior(w, r);
			for (size_t t = 0; t < w->q.n; t++) {
				m += w->post[t] * w->q.node[t];
				m2 += w->post[t] * w->q.node[t] * w->q.node[t];
			}
			eap[r] = m;
			var[r] = m2 - m * m;
			if (p->n_items == w->st->k)
				ret->eap_by_score[r] = m;
		}
		for (size_t i = 0; i < p->n_persons; i++) {
			ret->eap[p->person[i]] = eap[w->total[p->person[i]]];
			ret->eap_var[p->person[i]] = var[w->total[p->person[i]]];
		}
	}
}

static void start(const struct scores *s, const struct steps *st, double *beta)
{
	for (size_t i = 0; i < st->k; i++) {
		int64_t zero = 0;
		for (size_t p = 0; p < s->n; p++)
			zero += score_at(s, p, i) == 0;
		for (size_t x = st->from[i]; x < st->from[i + 1]; x++)
			beta[x] = log(((double)st->count[x] + 0.5) / ((double)zero + 0.5));
	}
}

static void init(struct arena *a, const struct scores *s, const struct steps *st, struct mml *ret)
{
	*ret = (struct mml){.loglik = (double)NAN,
	        .variance = 1,
	        .beta = arena_new(a, double, st->n),
	        .se = arena_new(a, double, st->n),
	        .eap = arena_new(a, double, s->n),
	        .eap_var = arena_new(a, double, s->n),
	        .eap_by_score = arena_new(a, double, st->top + 1)};
	for (size_t r = 0; r <= st->top; r++)
		ret->eap_by_score[r] = (double)NAN;
	start(s, st, ret->beta);
}

/* Newton from the present beta and variance. */
static void climb(struct arena *a, const struct scores *s, const struct steps *st,
        const struct quadrature *q, bool free_variance, struct mml *ret)
{
	struct arena_mark mark = arena_mark(a);
	struct patterns patterns = patterns_of(a, s, st);
	const uint32_t *total = scores_totals(a, s);
	size_t np = st->n + free_variance, n_used = 0, nq = q->n;
	struct work w = {.a = a,
	        .s = s,
	        .st = st,
	        .patterns = &patterns,
	        .total = total,
	        .count = totals_count(a, total, &patterns),
	        .q = {nq, arena_new(a, double, nq), arena_new(a, double, nq)},
	        .free_variance = free_variance,
	        .n_par = np,
	        .prob = arena_new(a, double, np *nq),
	        .log_z = arena_new(a, double, st->k *nq),
	        .expected = arena_new(a, double, np),
	        .info = arena_new(a, double, np *np),
	        .block = arena_new(a, double, np *np),
	        .z = arena_new(a, double, nq),
	        .at_node = arena_new(a, double, nq),
	        .post = arena_new(a, double, nq),
	        .mean = arena_new(a, double, np),
	        .tilt = arena_new(a, double, nq)};
	for (size_t t = 0; t < nq; t++) {
		w.q.node[t] = q->node[t];
		w.q.weight[t] = q->weight[t];
	}
	size_t *used = arena_new(a, size_t, np);
	bool possible = s->n > 0 && st->n > 0;
	for (size_t i = 0; i < st->k; i++)
		possible &= st->max[i] > 0;
	for (size_t x = 0; x < np; x++)
		if (x == st->n || st->count[x] > 0)
			used[n_used++] = x;
	ret->converged = possible && newton(&w, used, n_used, ret);
	if (ret->converged) {
		ret->loglik = w.loglik;
		ret->slope_score = w.slope_score;
		errors(&w, used, n_used, ret->se);
		abilities(&w, ret);
	}
	arena_reset(a, mark);
}

static void hide_unused(const struct steps *st, struct mml *ret)
{
	for (size_t x = 0; x < st->n; x++)
		if (!ret->converged || st->count[x] == 0)
			ret->beta[x] = ret->se[x] = (double)NAN;
}

void mml_fit(struct arena *a, const struct scores *s, const struct steps *st,
        const struct quadrature *q, bool free_variance, struct mml *ret)
{
	init(a, s, st, ret);
	climb(a, s, st, q, free_variance, ret);
	hide_unused(st, ret);
}

/* d loglik / d slope at a slope: items are fitted anew. */
static double slope_score(struct arena *a, const struct scores *s, const struct steps *st,
        const struct quadrature *q, double slope, struct mml *ret)
{
	struct quadrature scaled = {q->n, arena_new(a, double, q->n), q->weight};
	for (size_t t = 0; t < q->n; t++)
		scaled.node[t] = slope * q->node[t];
	climb(a, s, st, &scaled, false, ret);
	return ret->slope_score / slope;
}

void mml_common_slope(struct arena *a, const struct scores *s, const struct steps *st,
        const struct quadrature *q, double *ret_slope, struct mml *ret)
{
	init(a, s, st, ret);
	double x0 = 1, x1 = 1.1;
	double f0 = slope_score(a, s, st, q, x0, ret);
	double f1 = ret->converged ? slope_score(a, s, st, q, x1, ret) : 0;
	for (int i = 0; ret->converged && i < SECANTS_MAX && fabs(x1 - x0) > 1e-9; i++) {
		double next = f1 == f0 ? x1 : x1 - f1 * (x1 - x0) / (f1 - f0);
		next = fmin(fmax(next, 0.5 * x1), 2 * x1);
		x0 = x1;
		f0 = f1;
		x1 = next;
		f1 = slope_score(a, s, st, q, x1, ret);
	}
	ret->converged &= fabs(x1 - x0) <= 1e-9;
	*ret_slope = ret->converged ? x1 : (double)NAN;
	hide_unused(st, ret);
}

double mml_eap_reliability(const struct mml *m, size_t n)
{
	double sum = 0, spread = 0, error = 0;
	for (size_t p = 0; p < n; p++)
		sum += m->eap[p];
	for (size_t p = 0; p < n; p++) {
		double d = m->eap[p] - sum / (double)n;
		spread += d * d / (double)n;
		error += m->eap_var[p] / (double)n;
	}
	return spread + error > 0 ? spread / (spread + error) : (double)NAN;
}

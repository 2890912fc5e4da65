#include "stat/gpcm.h"

#include "stat/matrix.h"

#include <math.h>

/* A node that adds less than this to a posterior is passed over. */
static const double NOTHING = 1e-18;

enum { ITERATIONS_MAX = 1000, MEMORY = 24, HALVINGS_MAX = 30 };

struct work {
	struct arena *a;
	const struct scores *s;
	const struct steps *st;
	const struct patterns *patterns;
	struct quadrature q;
	size_t k, n_par; /* slopes, then intercepts */
	const double *par;
	double loglik;
	double *gradient;            /* [n_par] */
	double *prob, *log_z, *mean; /* [st->n × q.n] [k × q.n] [k × q.n] */
	double *at_node;             /* [k × q.n] persons who answered the item, by node */
	double *eap, *eap_var;       /* [n] */
	/* of one pattern */
	double *log_w, *slope, *up, *down; /* [q.n] log weight, its steps, ratios to neighbours */
	double *post, *nodes;              /* [q.n] */
};

static void probabilities(struct work *w)
{
	size_t nq = w->q.n;
	const double *beta = w->par + w->k;
	for (size_t i = 0; i < w->k; i++)
		for (size_t t = 0; t < nq; t++) {
			size_t from = w->st->from[i], to = w->st->from[i + 1];
			double slope = w->par[i] * w->q.node[t], top = 0;
			for (size_t x = from; x < to; x++)
				if (w->st->count[x] > 0)
					top = fmax(top, (double)(x - from + 1) * slope + beta[x]);
			double sum = exp(-top), mean = 0;
			for (size_t x = from; x < to; x++) {
				double c = (double)(x - from + 1);
				double e =
				        w->st->count[x] == 0 ? 0 : exp(c * slope + beta[x] - top);
				w->prob[x * nq + t] = e;
				sum += e;
			}
			for (size_t x = from; x < to; x++) {
				w->prob[x * nq + t] /= sum;
				mean += (double)(x - from + 1) * w->prob[x * nq + t];
			}
			w->log_z[i * nq + t] = top + log(sum);
			w->mean[i * nq + t] = mean;
		}
}

/* log weight of the nodes before the answers, and its steps. */
static void pattern_nodes(struct work *w, const struct pattern *p)
{
	size_t nq = w->q.n;
	for (size_t t = 0; t < nq; t++) {
		w->log_w[t] = log(w->q.weight[t]);
		w->nodes[t] = 0;
	}
	for (size_t g = 0; g < p->n_items; g++)
		for (size_t t = 0; t < nq; t++)
			w->log_w[t] -= w->log_z[p->item[g] * nq + t];
	for (size_t t = 0; t + 1 < nq; t++) {
		w->slope[t] = w->log_w[t + 1] - w->log_w[t];
		w->up[t] = exp(w->slope[t]);
		w->down[t + 1] = exp(-w->slope[t]);
	}
}

/* The part of the grid that matters for one person. */
struct reach {
	size_t from, to; /* w->post[from … to] */
	double log_sum;  /* log Σ of the weights */
	double scale;    /* 1 / Σ w->post */
};

/* Node with the greatest weight: slopes fall from node to node, because −log Z is concave. */
static size_t mode_of(const struct work *w, double tilt)
{
	size_t low = 0, high = w->q.n - 1; /* the mode lies in [low, high] */
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (w->slope[mid] + tilt > 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Posterior of a person with Σ a x = sum: from the mode outwards by ratios, until a node weighs
 * nothing. */
static struct reach posterior(struct work *w, double sum)
{
	double step = w->q.node[1] - w->q.node[0], rise = exp(sum * step), fall = 1 / rise;
	size_t mode = mode_of(w, sum * step), t = mode;
	double v = 1, all = 1;
	w->post[mode] = 1;
	for (; t + 1 < w->q.n && v > NOTHING; t++) {
		v *= w->up[t] * rise;
		w->post[t + 1] = v;
		all += v;
	}
	struct reach r = {.to = t};
	v = 1;
	for (t = mode; t > 0 && v > NOTHING; t--) {
		v *= w->down[t] * fall;
		w->post[t - 1] = v;
		all += v;
	}
	r.from = t;
	r.scale = 1 / all;
	r.log_sum = w->log_w[mode] + sum * w->q.node[mode] + log(all);
	return r;
}

static void person_add(struct work *w, const struct pattern *p, size_t person)
{
	const uint8_t *x = w->s->x + person * w->k;
	const double *beta = w->par + w->k;
	double sum = 0, own = 0, mean = 0, second = 0;
	for (size_t g = 0; g < p->n_items; g++) {
		size_t i = p->item[g];
		sum += w->par[i] * x[i];
		own += x[i] == 0 ? 0 : beta[w->st->from[i] + x[i] - 1];
	}
	struct reach r = posterior(w, sum);
	w->loglik += own + r.log_sum;
	for (size_t t = r.from; t <= r.to; t++) {
		double share = w->post[t] * r.scale, v = share * w->q.node[t];
		w->nodes[t] += share;
		mean += v;
		second += v * w->q.node[t];
	}
	w->eap[person] = mean;
	w->eap_var[person] = second - mean * mean;
	for (size_t g = 0; g < p->n_items; g++)
		w->gradient[p->item[g]] += x[p->item[g]] * mean;
}

static void evaluate(struct work *w, const double *par)
{
	size_t nq = w->q.n;
	w->par = par;
	w->loglik = 0;
	probabilities(w);
	for (size_t i = 0; i < w->n_par; i++)
		w->gradient[i] = i < w->k ? 0 : (double)w->st->count[i - w->k];
	for (size_t i = 0; i < w->k * nq; i++)
		w->at_node[i] = 0;
	for (size_t g = 0; g < w->patterns->n; g++) {
		const struct pattern *p = &w->patterns->v[g];
		pattern_nodes(w, p);
		for (size_t n = 0; n < p->n_persons; n++)
			person_add(w, p, p->person[n]);
		for (size_t i = 0; i < p->n_items; i++)
			for (size_t t = 0; t < nq; t++)
				w->at_node[p->item[i] * nq + t] += w->nodes[t];
	}
	for (size_t i = 0; i < w->k; i++) {
		const double *n = w->at_node + i * nq;
		for (size_t t = 0; t < nq; t++)
			w->gradient[i] -= n[t] * w->q.node[t] * w->mean[i * nq + t];
		for (size_t x = w->st->from[i]; x < w->st->from[i + 1]; x++)
			for (size_t t = 0; t < nq; t++)
				w->gradient[w->k + x] -= n[t] * w->prob[x * nq + t];
	}
}

/* Information of the complete data of one item, (slope, categories reached): m is d × d. */
static size_t item_information(const struct work *w, size_t i, double *m, size_t *par)
{
	size_t nq = w->q.n, d = 1;
	par[0] = i;
	for (size_t x = w->st->from[i]; x < w->st->from[i + 1]; x++)
		if (w->st->count[x] > 0)
			par[d++] = w->k + x;
	for (size_t u = 0; u < d * d; u++)
		m[u] = 0;
	for (size_t t = 0; t < nq; t++) {
		double n = w->at_node[i * nq + t], theta = w->q.node[t], mean = w->mean[i * nq + t];
		double var = -mean * mean;
		for (size_t u = 1; u < d; u++) {
			double c = (double)(par[u] - w->k - w->st->from[i] + 1);
			double p = w->prob[(par[u] - w->k) * nq + t];
			var += c * c * p;
			m[u * d] += n * theta * p * (c - mean);
			for (size_t v = 1; v <= u; v++)
				m[u * d + v] +=
				        n * p * ((u == v) - w->prob[(par[v] - w->k) * nq + t]);
		}
		m[0] += n * theta * theta * var;
	}
	return d;
}

/* v becomes B⁻¹ v, B the block information of the complete data. */
static bool precondition(struct work *w, double *v)
{
	bool ok = true;
	struct arena_mark mark = arena_mark(w->a);
	double *out = arena_new(w->a, double, w->n_par);
	for (size_t i = 0; i < w->k && ok; i++) {
		size_t room = (size_t)w->st->max[i] + 1;
		double *m = arena_new(w->a, double, room *room), *b = arena_new(w->a, double, room);
		size_t *par = arena_new(w->a, size_t, room);
		size_t d = item_information(w, i, m, par);
		for (size_t u = 0; u < d; u++)
			b[u] = v[par[u]];
		ok = matrix_cholesky(m, d);
		if (ok)
			matrix_cholesky_solve(m, b, d);
		for (size_t u = 0; u < d; u++)
			out[par[u]] = b[u];
	}
	for (size_t i = 0; i < w->n_par; i++)
		v[i] = out[i];
	arena_reset(w->a, mark);
	return ok;
}

static double dot(const double *x, const double *y, size_t n)
{
	double sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += x[i] * y[i];
	return sum;
}

/* The last steps s and changes y of the gradient, in a ring. */
struct history {
	double *s[MEMORY], *y[MEMORY], rho[MEMORY];
	size_t n; /* ever stored */
};

/* Uphill direction from the present gradient. */
static bool direction(struct work *w, const struct history *h, double *d)
{
	size_t n = w->n_par, have = h->n < MEMORY ? h->n : MEMORY;
	double alpha[MEMORY];
	for (size_t i = 0; i < n; i++)
		d[i] = w->gradient[i];
	for (size_t b = 0; b < have; b++) {
		size_t j = (h->n - 1 - b) % MEMORY;
		alpha[j] = h->rho[j] * dot(h->s[j], d, n);
		for (size_t i = 0; i < n; i++)
			d[i] -= alpha[j] * h->y[j][i];
	}
	if (!precondition(w, d))
		return false;
	for (size_t b = have; b > 0; b--) {
		size_t j = (h->n - b) % MEMORY;
		double beta = h->rho[j] * dot(h->y[j], d, n);
		for (size_t i = 0; i < n; i++)
			d[i] += (alpha[j] - beta) * h->s[j][i];
	}
	return true;
}

static void remember(struct history *h, const double *d, double scale, const double *before,
        const struct work *w)
{
	size_t j = h->n % MEMORY;
	double curve = 0;
	for (size_t i = 0; i < w->n_par; i++) {
		h->s[j][i] = scale * d[i];
		h->y[j][i] = before[i] - w->gradient[i]; /* of −loglik */
		curve += h->s[j][i] * h->y[j][i];
	}
	if (curve > 0) {
		h->rho[j] = 1 / curve;
		h->n++;
	}
}

/* Moves par along d by at most scale, halved until the likelihood rises enough (Armijo); returns
 * the share of d that was gone. */
static double line_search(struct work *w, double *par, const double *d, double scale, double *next)
{
	double start = w->loglik, rise = dot(w->gradient, d, w->n_par);
	for (int half = 0; half < HALVINGS_MAX; half++) {
		for (size_t i = 0; i < w->n_par; i++)
			next[i] = par[i] + scale * d[i];
		evaluate(w, next);
		if (w->loglik >= start + 1e-4 * scale * rise - 1e-12 * fabs(start))
			break;
		scale /= 2;
	}
	for (size_t i = 0; i < w->n_par; i++)
		par[i] = next[i];
	w->par = par;
	return scale;
}

static bool climb(struct work *w, double *par, int *iterations)
{
	size_t n = w->n_par;
	double *d = arena_new(w->a, double, n), *before = arena_new(w->a, double, n);
	double *next = arena_new(w->a, double, n);
	struct history h = {.n = 0};
	for (size_t j = 0; j < MEMORY; j++) {
		h.s[j] = arena_new(w->a, double, n);
		h.y[j] = arena_new(w->a, double, n);
	}
	evaluate(w, par);
	for (*iterations = 1; *iterations <= ITERATIONS_MAX; ++*iterations) {
		if (!isfinite(w->loglik) || !direction(w, &h, d))
			return false;
		double rise = dot(w->gradient, d, n), size = 0;
		for (size_t i = 0; i < n; i++) {
			before[i] = w->gradient[i];
			size = fmax(size, fabs(d[i]));
		}
		if (size < 1e-6)
			return true;
		if (!(rise > 0)) {
			if (h.n == 0)
				return false;
			h.n = 0; /* the memory misleads: begin anew from the metric of EM */
			continue;
		}
		double scale = line_search(w, par, d, size > 2 ? 2 / size : 1, next);
		remember(&h, d, scale, before, w);
	}
	return false;
}

static void start(const struct work *w, double *par)
{
	for (size_t i = 0; i < w->k; i++) {
		int64_t zero = 0;
		for (size_t p = 0; p < w->s->n; p++)
			zero += score_at(w->s, p, i) == 0;
		par[i] = 1;
		for (size_t x = w->st->from[i]; x < w->st->from[i + 1]; x++)
			par[w->k + x] = log(((double)w->st->count[x] + 0.5) / ((double)zero + 0.5));
	}
}

void gpcm_fit(struct arena *a, const struct scores *s, const struct steps *st,
        const struct quadrature *q, struct gpcm *ret)
{
	size_t k = s->k, np = k + st->n, nq = q->n;
	double *par = arena_new(a, double, np);
	*ret = (struct gpcm){.loglik = (double)NAN,
	        .a = par,
	        .beta = par + k,
	        .eap = arena_new(a, double, s->n),
	        .eap_var = arena_new(a, double, s->n)};
	struct arena_mark mark = arena_mark(a);
	struct patterns patterns = patterns_of(a, s, st);
	struct work w = {.a = a,
	        .s = s,
	        .st = st,
	        .patterns = &patterns,
	        .q = *q,
	        .k = k,
	        .n_par = np,
	        .gradient = arena_new(a, double, np),
	        .prob = arena_new(a, double, st->n *nq),
	        .log_z = arena_new(a, double, k *nq),
	        .mean = arena_new(a, double, k *nq),
	        .at_node = arena_new(a, double, k *nq),
	        .eap = ret->eap,
	        .eap_var = ret->eap_var,
	        .log_w = arena_new(a, double, nq),
	        .slope = arena_new(a, double, nq),
	        .up = arena_new(a, double, nq),
	        .down = arena_new(a, double, nq),
	        .post = arena_new(a, double, nq),
	        .nodes = arena_new(a, double, nq)};
	bool possible = s->n > 0 && k > 0 && nq > 1;
	for (size_t i = 0; i < k; i++)
		possible &= st->max[i] > 0;
	if (possible) {
		start(&w, par);
		ret->converged = climb(&w, par, &ret->iterations);
		ret->loglik = ret->converged ? w.loglik : (double)NAN;
	}
	for (size_t i = 0; i < np; i++)
		if (!ret->converged || (i >= k && st->count[i - k] == 0))
			par[i] = (double)NAN;
	arena_reset(a, mark);
}

double gpcm_step(const struct gpcm *m, const struct steps *st, size_t i, size_t c)
{
	const double *beta = m->beta + st->from[i];
	return -(beta[c - 1] - (c > 1 ? beta[c - 2] : 0)) / m->a[i];
}

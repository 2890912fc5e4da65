#include "stat/cml.h"

#include "stat/matrix.h"

#include <math.h>
#include <stdlib.h>

enum { NEWTON_MAX = 100, HALVINGS_MAX = 30 };

/* One evaluation of the conditional likelihood. Parameters of categories nobody reached have weight
 * 0 and are not free. */
struct work {
	struct arena *a;
	const struct steps *st;
	const struct patterns *patterns;
	int64_t **count;  /* [pattern][total] persons */
	double *eps;      /* [n] exp(beta) */
	double *expected; /* [n] Σ persons · P(category | total) */
	double *info;     /* [n × n] */
	double loglik;
	/* of the pattern at work */
	const struct pattern *p;
	const double *gamma;    /* [top + 1] */
	double *weight;         /* [top + 1] persons / gamma */
	double *prob;           /* [n × (st->top + 1)] P(category | total) */
	size_t *total, n_total; /* totals somebody has */
	double **poly;          /* [depth][top + 1] buffers of the recursion */
	size_t first;           /* first item of a pair; SIZE_MAX: single items are left out */
};

/* p of degree d (zeros above it) times the item's polynomial, in place. */
static void times_item(double *p, size_t d, const double *eps, size_t m)
{
	if (m == 1) { /* the common case, in a loop without a loop */
		double e = eps[0];
		for (size_t r = d + 1; r > 0; r--)
			p[r] += e * p[r - 1];
		return;
	}
	for (size_t r = d + m + 1; r-- > 0;) {
		double v = p[r];
		size_t most = r < m ? r : m;
		for (size_t c = 1; c <= most; c++)
			v += eps[c - 1] * p[r - c];
		p[r] = v;
	}
}

static size_t times_items(const struct work *w, double *p, size_t degree, size_t low, size_t high)
{
	for (size_t g = low; g < high; g++) {
		size_t i = w->p->item[g];
		times_item(p, degree, w->eps + w->st->from[i], w->st->max[i]);
		degree += w->st->max[i];
	}
	return degree;
}

/* Product without item i: probabilities of its categories given each total. */
static void leaf_single(struct work *w, size_t i, const double *without)
{
	size_t from = w->st->from[i], m = w->st->max[i];
	for (size_t c = 1; c <= m; c++) {
		double *prob = w->prob + (from + c - 1) * (w->st->top + 1);
		double e = w->eps[from + c - 1], sum = 0;
		for (size_t t = 0; t < w->n_total; t++) {
			size_t r = w->total[t];
			prob[r] = r < c ? 0 : e * without[r - c] / w->gamma[r];
			sum += w->weight[r] * w->gamma[r] * prob[r];
		}
		w->expected[from + c - 1] += sum;
	}
}

/* Product without items i and j: their joint probabilities, into the information. */
static void leaf_pair(struct work *w, size_t i, size_t j, const double *without)
{
	size_t n = w->st->n;
	const size_t *from = w->st->from;
	for (size_t c = 1; c <= w->st->max[i]; c++)
		for (size_t d = 1; d <= w->st->max[j]; d++) {
			size_t x = from[i] + c - 1, y = from[j] + d - 1;
			double sum = 0;
			for (size_t t = 0; t < w->n_total; t++) {
				size_t r = w->total[t];
				sum += r < c + d ? 0 : w->weight[r] * without[r - c - d];
			}
			sum *= w->eps[x] * w->eps[y];
			w->info[x * n + y] += sum;
			w->info[y * n + x] += sum;
		}
}

/* poly[depth] is the product of all items (but the first of a pair) outside low … high. */
static void leave_one_out(struct work *w, size_t low, size_t high, size_t degree, size_t depth)
{
	double *p = w->poly[depth], *next = w->poly[depth + 1];
	if (high - low == 1) {
		size_t i = w->p->item[low];
		if (w->first == SIZE_MAX)
			leaf_single(w, i, p);
		else
			leaf_pair(w, w->first, i, p);
		return;
	}
	size_t mid = low + (high - low) / 2;
	for (int half = 0; half < 2; half++) {
		for (size_t r = 0; r <= w->p->top; r++)
			next[r] = r <= degree ? p[r] : 0;
		size_t d = half == 0 ? times_items(w, next, degree, mid, high)
		                     : times_items(w, next, degree, low, mid);
		leave_one_out(w, half == 0 ? low : mid, half == 0 ? mid : high, d, depth + 1);
	}
}

static size_t start_at(struct work *w, size_t n_items)
{
	for (size_t r = 0; r <= w->p->top; r++)
		w->poly[0][r] = r == 0;
	return times_items(w, w->poly[0], 0, 0, n_items);
}

/* Σ persons · P(x) P(y) over the totals. */
static double product_sum(const struct work *w, size_t x, size_t y)
{
	const double *px = w->prob + x * (w->st->top + 1), *py = w->prob + y * (w->st->top + 1);
	double sum = 0;
	for (size_t t = 0; t < w->n_total; t++) {
		size_t r = w->total[t];
		sum += w->weight[r] * w->gamma[r] * px[r] * py[r];
	}
	return sum;
}

/* Takes it from the information of the pattern's items. */
static void info_products(struct work *w)
{
	size_t n = w->st->n;
	for (size_t g = 0; g < w->p->n_items; g++)
		for (size_t h = 0; h <= g; h++) {
			size_t i = w->p->item[g], j = w->p->item[h];
			for (size_t x = w->st->from[i]; x < w->st->from[i + 1]; x++)
				for (size_t y = w->st->from[j]; y < w->st->from[j + 1]; y++) {
					double sum = product_sum(w, x, y);
					w->info[x * n + y] -= sum;
					if (i != j)
						w->info[y * n + x] -= sum;
				}
		}
}

static void pattern_add(struct work *w, size_t g, bool with_info)
{
	struct arena_mark mark = arena_mark(w->a);
	w->p = &w->patterns->v[g];
	size_t top = w->p->top, levels = 3;
	for (size_t items = w->p->n_items; items > 0; items /= 2)
		levels++;
	w->poly = arena_new(w->a, double *, levels);
	for (size_t d = 0; d < levels; d++)
		w->poly[d] = arena_new(w->a, double, top + 1);
	double *gamma = arena_new(w->a, double, top + 1);
	w->gamma = gamma;
	w->weight = arena_new(w->a, double, top + 1);
	w->total = arena_new(w->a, size_t, top + 1);
	w->n_total = 0;
	start_at(w, w->p->n_items);
	for (size_t r = 0; r <= top; r++) {
		gamma[r] = w->poly[0][r];
		w->weight[r] = w->count[g][r] == 0 ? 0 : (double)w->count[g][r] / gamma[r];
		if (w->count[g][r] > 0) {
			w->loglik -= (double)w->count[g][r] * log(gamma[r]);
			w->total[w->n_total++] = r;
		}
	}
	w->first = SIZE_MAX;
	start_at(w, 0);
	if (w->p->n_items > 0)
		leave_one_out(w, 0, w->p->n_items, 0, 0);
	if (with_info) {
		for (size_t h = 0; h + 1 < w->p->n_items; h++) {
			w->first = w->p->item[h];
			leave_one_out(w, h + 1, w->p->n_items, start_at(w, h), 0);
		}
		info_products(w);
	}
	arena_reset(w->a, mark);
}

/* Likelihood, expectations and (with_info) information at beta. */
static void evaluate(struct work *w, const double *beta, bool with_info)
{
	size_t n = w->st->n;
	w->loglik = 0;
	for (size_t x = 0; x < n; x++) {
		w->expected[x] = 0;
		w->eps[x] = w->st->count[x] == 0 ? 0 : exp(beta[x]);
		if (w->st->count[x] > 0)
			w->loglik += (double)w->st->count[x] * beta[x];
	}
	for (size_t x = 0; with_info && x < n * n; x++)
		w->info[x] = 0;
	for (size_t g = 0; g < w->patterns->n; g++)
		pattern_add(w, g, with_info);
	for (size_t x = 0; with_info && x < n; x++)
		w->info[x * n + x] += w->expected[x];
}

/* Free parameters are all used ones but the first, which is minus their sum: W'HW and W'g. */
static size_t reduce(const struct work *w, const size_t *used, size_t n_used, double *h, double *g)
{
	size_t n = w->st->n, f = n_used - 1, z = used[0];
	for (size_t i = 0; i < f; i++) {
		size_t x = used[i + 1];
		g[i] = ((double)w->st->count[x] - w->expected[x]) -
		       ((double)w->st->count[z] - w->expected[z]);
		for (size_t j = 0; j < f; j++) {
			size_t y = used[j + 1];
			h[i * f + j] = w->info[x * n + y] - w->info[x * n + z] -
			               w->info[z * n + y] + w->info[z * n + z];
		}
	}
	return f;
}

static void errors(const double *cov, size_t f, const size_t *used, double *se)
{
	double first = 0;
	for (size_t i = 0; i < f; i++) {
		se[used[i + 1]] = sqrt(cov[i * f + i]);
		for (size_t j = 0; j < f; j++)
			first += cov[i * f + j];
	}
	se[used[0]] = sqrt(first);
}

/* Halves the step until the likelihood does not fall. */
static void climb(struct work *w, const double *beta, const double *step, double *next)
{
	double scale = 1, before = w->loglik;
	for (int i = 0; i < HALVINGS_MAX; i++) {
		for (size_t x = 0; x < w->st->n; x++)
			next[x] = beta[x] + scale * step[x];
		evaluate(w, next, false);
		if (w->loglik >= before - 1e-9 * fabs(before))
			break;
		scale /= 2;
	}
}

static void newton(struct work *w, const size_t *used, size_t n_used, struct cml *ret)
{
	size_t n = w->st->n;
	double *h = arena_new(w->a, double, n_used *n_used), *g = arena_new(w->a, double, n_used);
	double *step = arena_new(w->a, double, n), *next = arena_new(w->a, double, n);
	for (ret->iterations = 1; ret->iterations <= NEWTON_MAX; ret->iterations++) {
		evaluate(w, ret->beta, true);
		size_t f = reduce(w, used, n_used, h, g);
		if (!isfinite(w->loglik) || !matrix_inverse(w->a, h, f))
			return;
		double size = 0, sum = 0;
		for (size_t i = 0; i < f; i++) {
			double v = 0;
			for (size_t j = 0; j < f; j++)
				v += h[i * f + j] * g[j];
			step[used[i + 1]] = v;
			sum += v;
			size = fmax(size, fabs(v));
		}
		step[used[0]] = -sum;
		if (size < 1e-9) {
			ret->converged = true;
			ret->loglik = w->loglik;
			errors(h, f, used, ret->se);
			return;
		}
		climb(w, ret->beta, step, next);
		for (size_t x = 0; x < n; x++)
			ret->beta[x] = next[x];
	}
}

/* Persons by pattern and total. */
static int64_t **totals_count(
        struct arena *a, const struct scores *s, const struct patterns *patterns)
{
	uint32_t *total = scores_totals(a, s);
	int64_t **count = arena_new(a, int64_t *, patterns->n);
	for (size_t g = 0; g < patterns->n; g++) {
		const struct pattern *p = &patterns->v[g];
		count[g] = arena_new(a, int64_t, p->top + 1);
		for (size_t i = 0; i < p->n_persons; i++)
			count[g][total[p->person[i]]]++;
	}
	return count;
}

/* Logits of the categories against 0, moved to the sum zero. */
static void start(const struct scores *s, const struct steps *st, double *beta)
{
	double sum = 0;
	size_t used = 0;
	for (size_t i = 0; i < st->k; i++) {
		int64_t zero = 0;
		for (size_t p = 0; p < s->n; p++)
			zero += score_at(s, p, i) == 0;
		for (size_t x = st->from[i]; x < st->from[i + 1]; x++) {
			if (st->count[x] == 0)
				continue;
			beta[x] = log(((double)st->count[x] + 0.5) / ((double)zero + 0.5));
			sum += beta[x];
			used++;
		}
	}
	for (size_t x = 0; x < st->n; x++)
		if (st->count[x] > 0)
			beta[x] -= sum / (double)used;
}

void cml_fit(struct arena *a, const struct scores *s, const struct steps *st, struct cml *ret)
{
	size_t n = st->n, n_used = 0;
	*ret = (struct cml){.loglik = (double)NAN,
	        .beta = arena_new(a, double, n),
	        .se = arena_new(a, double, n)};
	struct arena_mark mark = arena_mark(a);
	size_t *used = arena_new(a, size_t, n);
	for (size_t x = 0; x < n; x++)
		if (st->count[x] > 0)
			used[n_used++] = x;
	struct patterns patterns = patterns_of(a, s, st);
	struct work w = {.a = a,
	        .st = st,
	        .patterns = &patterns,
	        .count = totals_count(a, s, &patterns),
	        .eps = arena_new(a, double, n),
	        .expected = arena_new(a, double, n),
	        .info = arena_new(a, double, n *n),
	        .prob = arena_new(a, double, n *(st->top + 1))};
	bool possible = n_used > 1;
	for (size_t i = 0; i < st->k; i++)
		possible &= st->max[i] > 0;
	if (possible) {
		start(s, st, ret->beta);
		newton(&w, used, n_used, ret);
	}
	for (size_t x = 0; x < n; x++)
		if (!ret->converged || st->count[x] == 0)
			ret->beta[x] = ret->se[x] = (double)NAN;
	arena_reset(a, mark);
}

static int by_value(const void *x, const void *y)
{
	const uint32_t *a = x, *b = y;
	return *a < *b ? -1 : *a > *b;
}

/* Items whose scores take more than one value in the group. */
static void keep_varying(struct arena *a, const struct scores *s, bool *keep)
{
	const uint8_t *max = scores_max(a, s);
	for (size_t i = 0; i < s->k; i++) {
		bool lower = false;
		for (size_t p = 0; p < s->n; p++)
			lower |= score_at(s, p, i) < max[i];
		keep[i] &= lower;
	}
}

static double loglik_of(struct arena *a, const struct scores *s, size_t *n)
{
	struct steps st = steps_of(a, s);
	struct cml fit;
	cml_fit(a, s, &st, &fit);
	*n = 0;
	for (size_t x = 0; x < st.n; x++)
		*n += st.count[x] > 0;
	return fit.loglik;
}

struct andersen cml_andersen(struct arena *a, const struct scores *s)
{
	struct arena_mark mark = arena_mark(a);
	struct andersen none = {(double)NAN, 0};
	uint32_t *total = scores_totals(a, s), *sorted = scores_totals(a, s);
	if (s->n < 2)
		return none;
	qsort(sorted, s->n, sizeof(*sorted), by_value);
	size_t lower = (s->n - 1) / 2, upper = s->n / 2;
	double median = 0.5 * ((double)sorted[lower] + (double)sorted[upper]);
	bool *side = arena_new(a, bool, s->n), *keep = arena_new(a, bool, s->k);
	struct scores part[2];
	for (size_t i = 0; i < s->k; i++)
		keep[i] = true;
	for (int g = 0; g < 2; g++) {
		for (size_t p = 0; p < s->n; p++)
			side[p] = ((double)total[p] <= median) == (g == 0);
		part[g] = scores_persons(a, s, side);
		keep_varying(a, &part[g], keep);
	}
	double parts = 0;
	size_t n, df = 0;
	for (int g = 0; g < 2; g++) {
		struct scores items = scores_items(a, &part[g], keep);
		parts += loglik_of(a, &items, &n);
		df += n - (n > 0);
	}
	struct scores items = scores_items(a, s, keep);
	double lr = 2 * (parts - loglik_of(a, &items, &n));
	df -= n - (n > 0);
	arena_reset(a, mark);
	return isnan(lr) ? none : (struct andersen){lr, df};
}

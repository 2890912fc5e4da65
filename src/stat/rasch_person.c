#include "stat/rasch_person.h"

#include "stat/spline.h"

#include <math.h>

enum { STEPS_MAX = 200 };

static struct item_moments pattern_moments(
        const struct steps *st, const struct pattern *p, const double *beta, double theta)
{
	struct item_moments sum = {0};
	for (size_t g = 0; g < p->n_items; g++) {
		size_t i = p->item[g];
		struct item_moments m = item_moments(beta + st->from[i], st->max[i], theta);
		sum.mean += m.mean;
		sum.var += m.var;
		sum.third += m.third;
	}
	return sum;
}

double rasch_theta_ml(const struct steps *st, const struct pattern *p, const double *beta, double r,
        double *ret_info)
{
	double low = -50, high = 50, theta = 0;
	struct item_moments m = {0};
	for (int i = 0; i < STEPS_MAX; i++) {
		m = pattern_moments(st, p, beta, theta);
		if (m.mean < r)
			low = theta;
		else
			high = theta;
		double next = theta + (r - m.mean) / m.var;
		if (!(next > low && next < high))
			next = 0.5 * (low + high);
		if (fabs(next - theta) < 1e-12)
			break;
		theta = next;
	}
	*ret_info = m.var;
	return theta;
}

double rasch_theta_wle(const struct steps *st, const struct pattern *p, const double *beta,
        double r, double *ret_info)
{
	double low = -50, high = 50, theta = 0;
	struct item_moments m = {0};
	for (int i = 0; i < STEPS_MAX; i++) {
		m = pattern_moments(st, p, beta, theta);
		double f = r - m.mean + 0.5 * m.third / m.var;
		if (f > 0)
			low = theta;
		else
			high = theta;
		double next = theta + f / m.var;
		if (!(next > low && next < high))
			next = 0.5 * (low + high);
		if (fabs(next - theta) < 1e-12)
			break;
		theta = next;
	}
	*ret_info = m.var;
	return theta;
}

struct fit {
	const struct scores *s;
	const struct steps *st;
	const double *beta;
	const uint32_t *total;
	struct rasch_person *ret;
	double *z2, *raw2, *var; /* [k] sums over persons */
	size_t *n;               /* [k] */
};

/* at: moments of the pattern's items at the person's ability. */
static void person_fit(
        struct fit *f, const struct pattern *p, const struct item_moments *at, size_t person)
{
	double z2 = 0, raw2 = 0, var = 0;
	for (size_t g = 0; g < p->n_items; g++) {
		size_t i = p->item[g];
		struct item_moments m = at[g];
		double d = (double)score_at(f->s, person, i) - m.mean;
		f->z2[i] += d * d / m.var;
		f->raw2[i] += d * d;
		f->var[i] += m.var;
		f->n[i]++;
		z2 += d * d / m.var;
		raw2 += d * d;
		var += m.var;
	}
	f->ret->outfit[person] = z2 / (double)p->n_items;
	f->ret->infit[person] = raw2 / var;
}

static struct item_moments *moments_at(
        struct arena *a, const struct fit *f, const struct pattern *p, double theta)
{
	struct item_moments *m = arena_new(a, struct item_moments, p->n_items);
	for (size_t g = 0; g < p->n_items; g++) {
		size_t i = p->item[g];
		m[g] = item_moments(f->beta + f->st->from[i], f->st->max[i], theta);
	}
	return m;
}

static void pattern_fit(struct arena *a, struct fit *f, const struct pattern *p)
{
	struct rasch_person *ret = f->ret;
	double *theta = arena_new(a, double, p->top + 1), *se = arena_new(a, double, p->top + 1);
	struct item_moments **at = arena_new(a, struct item_moments *, p->top + 1);
	for (size_t r = 0; r <= p->top; r++) {
		double info = 0;
		bool inside = r > 0 && r < p->top;
		theta[r] =
		        inside ? rasch_theta_ml(f->st, p, f->beta, (double)r, &info) : (double)NAN;
		se[r] = inside ? 1 / sqrt(info) : (double)NAN;
	}
	for (size_t g = 0; g < p->n_persons; g++) {
		size_t person = p->person[g], r = f->total[person];
		ret->theta[person] = theta[r];
		ret->se[person] = se[r];
		ret->infit[person] = ret->outfit[person] = (double)NAN;
		if (!isnan(theta[r]) && at[r] == NULL)
			at[r] = moments_at(a, f, p, theta[r]);
		if (at[r] != NULL)
			person_fit(f, p, at[r], person);
		if (p->n_items == f->s->k)
			ret->observed[r] = true;
	}
	for (size_t r = 0; p->n_items == f->s->k && r <= p->top; r++)
		ret->by_score[r] = theta[r];
}

/* Abilities of the totals 0 and top. */
static void extremes(struct arena *a, size_t top, struct rasch_person *ret)
{
	double *x = arena_new(a, double, top + 1), *y = arena_new(a, double, top + 1);
	size_t n = 0;
	for (size_t r = 1; r < top; r++)
		if (ret->observed[r]) {
			x[n] = (double)r;
			y[n++] = ret->by_score[r];
		}
	ret->by_score[0] = spline_natural(a, x, y, n, 0);
	ret->by_score[top] = spline_natural(a, x, y, n, (double)top);
}

static double separation(const struct rasch_person *r, size_t n_persons)
{
	double n = 0, sum = 0, error = 0, spread = 0;
	for (size_t p = 0; p < n_persons; p++)
		if (!isnan(r->theta[p])) {
			n++;
			sum += r->theta[p];
			error += r->se[p] * r->se[p];
		}
	for (size_t p = 0; p < n_persons; p++)
		if (!isnan(r->theta[p]))
			spread += (r->theta[p] - sum / n) * (r->theta[p] - sum / n);
	double var = spread / (n - 1);
	return n > 1 && var > 0 ? (var - error / n) / var : (double)NAN;
}

void rasch_person_fit(struct arena *a, const struct scores *s, const struct steps *st,
        const double *beta, struct rasch_person *ret)
{
	size_t k = s->k;
	*ret = (struct rasch_person){.theta = arena_new(a, double, s->n),
	        .se = arena_new(a, double, s->n),
	        .by_score = arena_new(a, double, st->top + 1),
	        .observed = arena_new(a, bool, st->top + 1),
	        .infit = arena_new(a, double, s->n),
	        .outfit = arena_new(a, double, s->n),
	        .item_infit = arena_new(a, double, k),
	        .item_outfit = arena_new(a, double, k)};
	struct arena_mark mark = arena_mark(a);
	double *known = arena_new(a, double, st->n);
	for (size_t x = 0; x < st->n; x++)
		known[x] = isnan(beta[x]) ? -(double)INFINITY : beta[x];
	struct fit f = {.s = s,
	        .st = st,
	        .beta = known,
	        .total = scores_totals(a, s),
	        .ret = ret,
	        .z2 = arena_new(a, double, k),
	        .raw2 = arena_new(a, double, k),
	        .var = arena_new(a, double, k),
	        .n = arena_new(a, size_t, k)};
	for (size_t r = 0; r <= st->top; r++)
		ret->by_score[r] = (double)NAN;
	struct patterns patterns = patterns_of(a, s, st);
	for (size_t g = 0; g < patterns.n; g++)
		pattern_fit(a, &f, &patterns.v[g]);
	if (st->top > 0)
		extremes(a, st->top, ret);
	for (size_t i = 0; i < k; i++) {
		ret->item_infit[i] = f.n[i] ? f.raw2[i] / f.var[i] : (double)NAN;
		ret->item_outfit[i] = f.n[i] ? f.z2[i] / (double)f.n[i] : (double)NAN;
	}
	ret->separation = separation(ret, s->n);
	arena_reset(a, mark);
}

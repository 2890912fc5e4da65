#include "stat/objectivity/detect.h"
#include "stat/objectivity/calibrate.h"
#include "stat/objectivity/signs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Per sign: does its centre drift with the level of the school, is V its sampling variance. */
static const struct {
	bool level_free, exact;
} sign_facts[OB_SIGNS] = {
        [OB_BORDER] = {true, true},
        [OB_BOPEN] = {false, true},
        [OB_FLOORB] = {true, true},
        [OB_OPEN] = {false, true},
        [OB_BLANK] = {false, true},
        [OB_ITEM] = {false, false},
        [OB_ITEMV] = {false, false},
        [OB_MISFIT] = {false, true},
        [OB_GUTTMAN] = {false, true},
        [OB_PAIRS] = {false, false},
        [OB_SPREAD] = {false, false},
        [OB_SLOPE] = {false, false},
        [OB_SLOPEJ] = {false, false},
        [OB_ABSENT] = {true, true},
        [OB_ABSENTN] = {true, true},
        [OB_ABSENTZ] = {true, true},
        [OB_FLOOR] = {true, true},
        [OB_FLOORJ] = {true, true},
        [OB_JFIT] = {true, true},
        [OB_JGAP] = {true, false},
        [OB_LEVEL] = {true, false},
        [OB_LEVELABS] = {true, false},
};

/* What each kind moves: weights of a matched filter (inverse honest covariance × shift of the
 * mean), rounded. */
static const double kind_weight[OB_KINDS][OB_SIGNS] = {
        [OB_LIFTED] = {[OB_BORDER] = 1, [OB_FLOORB] = 0.3, [OB_BOPEN] = 0.15, [OB_FLOOR] = -0.25},
        [OB_LENIENT] = {[OB_MISFIT] = 0.9,
                [OB_OPEN] = 0.9,
                [OB_BLANK] = 0.7,
                [OB_SPREAD] = 0.25,
                [OB_PAIRS] = 0.2,
                [OB_LEVELABS] = 0.2},
        [OB_DICTATED] = {[OB_GUTTMAN] = 0.9,
                [OB_MISFIT] = 0.7,
                [OB_ITEM] = 0.45,
                [OB_ITEMV] = 0.3,
                [OB_PAIRS] = 0.45,
                [OB_BLANK] = 0.3,
                [OB_LEVELABS] = 0.3,
                [OB_JGAP] = 0.2},
        [OB_KEPT] = {[OB_ABSENT] = 1, [OB_ABSENTZ] = 0.7, [OB_ABSENTN] = 0.35, [OB_SLOPE] = 0.2},
        [OB_FLOORED] = {[OB_FLOORB] = 1,
                [OB_BLANK] = 0.2,
                [OB_OPEN] = 0.2,
                [OB_SPREAD] = 0.15,
                [OB_GUTTMAN] = 0.15,
                [OB_MISFIT] = 0.15},
        [OB_COPIED] = {[OB_PAIRS] = 1,
                [OB_SPREAD] = 0.6,
                [OB_GUTTMAN] = 0.5,
                [OB_SLOPEJ] = 0.5,
                [OB_LEVELABS] = 0.4,
                [OB_BLANK] = 0.2,
                [OB_MISFIT] = 0.2},
        [OB_FITTED] = {[OB_JFIT] = 1,
                [OB_BORDER] = 0.45,
                [OB_SLOPEJ] = -0.4,
                [OB_GUTTMAN] = 0.4,
                [OB_BLANK] = 0.3,
                [OB_SPREAD] = 0.3,
                [OB_OPEN] = 0.3,
                [OB_FLOORB] = 0.25,
                [OB_JGAP] = 0.15},
};

/* Prior: share of schools that distort in a year, and how much a kind seen last year raises itself.
 */
#define PRIOR_ANY      0.12
#define PRIOR_PAST     0.15 /* last year's own prior */
#define PRIOR_HABIT    0.15
#define PRIOR_FRESH    0.06 /* after an honest year */
#define PRIOR_SWITCHED 0.05 /* after a year of another kind */
#define SHIFT_SD       2.5  /* half-normal width of the shift of a distorted school, in null sds */

char ob_kind_letter(enum ob_kind k)
{
	return k < OB_KINDS ? "abcdefj"[k] : '?';
}

static bool scope_holds(const struct ob_scope *s, const struct ob_protocol *p)
{
	return (s->subject < 0 || s->subject == p->subject) &&
	       (s->grade == 0 || s->grade == p->grade || s->grade2 == p->grade);
}

/* Whole school .35, subjects .30, grades .15, neighbouring grades .12, single protocols .2 (each
 * shared equally). */
static void make_scopes(struct arena *a, const struct ob_frame *f, struct ob_result *ret)
{
	VEC(struct ob_scope) v = {0};
	int subjects[64];
	int grades[16];
	size_t ns = 0;
	size_t ng = 0;
	for (size_t q = 0; q < f->n; q++) {
		const struct ob_protocol *p = f->sheet[q].p;
		size_t i;
		for (i = 0; i < ns && subjects[i] != p->subject; i++)
			;
		if (i == ns && ns < ARRAY_LEN(subjects))
			subjects[ns++] = p->subject;
		for (i = 0; i < ng && grades[i] != p->grade; i++)
			;
		if (i == ng && ng < ARRAY_LEN(grades))
			grades[ng++] = p->grade;
	}
	for (size_t i = 1; i < ng; i++) /* a handful: insertion */
		for (size_t j = i; j > 0 && grades[j] < grades[j - 1]; j--) {
			int t = grades[j];
			grades[j] = grades[j - 1];
			grades[j - 1] = t;
		}
	*vec_push(a, &v) = (struct ob_scope){.subject = -1, .weight = 0.35};
	for (size_t i = 0; i < ns; i++)
		*vec_push(a, &v) =
		        (struct ob_scope){.subject = subjects[i], .weight = 0.30 / (double)ns};
	for (size_t i = 0; i < ng; i++)
		*vec_push(a, &v) = (struct ob_scope){
		        .subject = -1, .grade = grades[i], .weight = 0.15 / (double)ng};
	for (size_t i = 0; i + 1 < ng; i++)
		*vec_push(a, &v) = (struct ob_scope){.subject = -1,
		        .grade = grades[i],
		        .grade2 = grades[i + 1],
		        .weight = 0.12 / (double)(ng - 1)};
	for (size_t q = 0; q < f->n; q++)
		*vec_push(a, &v) = (struct ob_scope){.subject = f->sheet[q].p->subject,
		        .grade = f->sheet[q].p->grade,
		        .weight = 0.2025 / (double)f->n};
	double sum = 0;
	for (size_t i = 0; i < v.n; i++)
		sum += v.v[i].weight;
	for (size_t i = 0; i < v.n; i++)
		v.v[i].weight /= sum;
	ret->scope = v.v;
	ret->n_scopes = v.n;
}

/* z[(scope × OB_SIGNS + sign) × n_schools + school] */
static double *scope_z(struct arena *a, const struct ob_frame *f, const struct ob_sums *s,
        const struct ob_result *r)
{
	size_t ns = s->n_schools;
	double *z = arena_new(a, double, r->n_scopes *OB_SIGNS *ns);
	double *u = arena_new(a, double, ns);
	double *v = arena_new(a, double, ns);
	double *level = arena_new(a, double, ns);
	for (size_t i = 0; i < r->n_scopes; i++) {
		double m = 0;
		memset(level, 0, ns * sizeof(*level));
		for (size_t q = 0; q < f->n; q++) {
			if (!scope_holds(&r->scope[i], f->sheet[q].p))
				continue;
			m += 1;
			for (size_t k = 0; k < ns; k++)
				level[k] += s->level[q * ns + k];
		}
		for (size_t k = 0; k < ns; k++)
			level[k] /= fmax(m, 1);
		for (int sign = 0; sign < OB_SIGNS; sign++) {
			memset(u, 0, ns * sizeof(*u));
			memset(v, 0, ns * sizeof(*v));
			for (size_t q = 0; q < f->n; q++) {
				if (!scope_holds(&r->scope[i], f->sheet[q].p))
					continue;
				for (size_t k = 0; k < ns; k++) {
					u[k] += s->u[sign][q * ns + k];
					v[k] += s->v[sign][q * ns + k];
				}
			}
			struct ob_funnel fn = {ns, u, v, sign_facts[sign].level_free ? NULL : level,
			        sign_facts[sign].exact};
			ob_calibrate(a, &fn, z + (i * OB_SIGNS + (size_t)sign) * ns);
		}
	}
	return z;
}

/* Projection on a kind, brought to the standard normal in the bulk: centre, width, and below the
 * school skewness. */
static void direction(
        struct arena *a, const double *z, enum ob_kind kind, bool whole, size_t ns, double *d)
{
	double *sorted = arena_new(a, double, ns);
	for (size_t k = 0; k < ns; k++) {
		double sum = 0;
		for (size_t sign = 0; sign < OB_SIGNS; sign++)
			if (kind_weight[kind][sign] != 0)
				sum += kind_weight[kind][sign] *
				       fmax(-6, fmin(9, z[sign * ns + k]));
		d[k] = sorted[k] = sum;
	}
	ob_sort(sorted, ns);
	double mid = ob_quantile(sorted, ns, 0.5);
	double low = mid - ob_quantile(sorted, ns, 0.1587);
	double up = 0.9 * (ob_quantile(sorted, ns, 0.75) - mid) / 0.6745;
	double w = fmax(fmax(low, up), 1e-9);
	double skew = (ob_quantile(sorted, ns, 0.85) + ob_quantile(sorted, ns, 0.15) - 2 * mid) /
	              w / 0.358;
	skew = whole ? 0 : fmax(0, fmin(1, skew));
	for (size_t k = 0; k < ns; k++) {
		d[k] = (d[k] - mid) / w;
		if (skew > 0.02)
			d[k] = (sqrt(fmax(1 + 2 * skew / 3 * (d[k] + skew / 6), 0.01)) - 1) /
			       (skew / 3);
	}
}

/* log Bayes factor of a positive half-normal shift against N(0, 1). */
static double log_bf(double z)
{
	double t2 = SHIFT_SD * SHIFT_SD;
	double k = SHIFT_SD / sqrt(1 + t2);
	z = fmax(-8, fmin(8, z));
	return log(2) - 0.5 * log(1 + t2) + 0.5 * z * k * z * k +
	       log(fmax(0.5 * erfc(-z * k / sqrt(2)), 1e-300));
}

static double log_add(double x, double y)
{
	double m = fmax(x, y);
	return m + log(exp(x - m) + exp(y - m));
}

/* bf[kind × n_schools + school]: mixed over scopes; loud: the scope that says most. loud may be
 * NULL. */
static double *kind_bf(
        struct arena *a, const double *z, const struct ob_result *r, size_t ns, size_t *loud)
{
	double *bf = arena_new(a, double, OB_KINDS *ns);
	double *best = arena_new(a, double, OB_KINDS *ns);
	double *d = arena_new(a, double, ns);
	for (enum ob_kind kind = 0; kind < OB_KINDS; kind++) {
		for (size_t i = 0; i < r->n_scopes; i++) {
			direction(a, z + i * OB_SIGNS * ns, kind, i == 0, ns, d);
			for (size_t k = 0; k < ns; k++) {
				double l = log_bf(d[k]) + log(r->scope[i].weight);
				size_t at = kind * ns + k;
				bf[at] = i == 0 ? l : log_add(bf[at], l);
				if (i == 0 || l > best[at]) {
					best[at] = l;
					if (loud != NULL)
						loud[at] = i;
				}
			}
		}
	}
	return bf;
}

/* Prior of each kind for a school from last year's Bayes factors; the past alone can never flag a
 * school. */
static void prior_of(const double *past, size_t ns, size_t k, double prior[OB_KINDS])
{
	double post[OB_KINDS];
	double sum = 0;
	for (size_t i = 0; i < OB_KINDS; i++) {
		prior[i] = PRIOR_ANY / OB_KINDS;
		if (past != NULL) {
			post[i] =
			        exp(fmax(-20, fmin(20, past[i * ns + k]))) * PRIOR_PAST / OB_KINDS;
			sum += post[i];
		}
	}
	if (past == NULL)
		return;
	double any = sum / (1 - PRIOR_PAST + sum);
	for (size_t i = 0; i < OB_KINDS; i++)
		prior[i] = post[i] / (1 - PRIOR_PAST + sum) * PRIOR_HABIT +
		           (1 - any) * PRIOR_FRESH / OB_KINDS + any * PRIOR_SWITCHED / OB_KINDS;
}

struct ordered {
	double p;
	size_t school;
};

static int by_posterior(const void *x, const void *y)
{
	const struct ordered *a = x;
	const struct ordered *b = y;
	if (a->p != b->p)
		return a->p > b->p ? -1 : 1;
	return a->school < b->school ? -1 : a->school > b->school;
}

/* The longest list whose expected share of false alarms stays below q. */
static void flag(struct arena *a, struct ob_verdict *v, size_t n, double q)
{
	struct ordered *o = arena_new(a, struct ordered, n);
	double false_sum = 0;
	size_t take = 0;
	for (size_t k = 0; k < n; k++)
		o[k] = (struct ordered){v[k].posterior, k};
	if (n > 0)
		qsort(o, n, sizeof(*o), by_posterior);
	for (size_t k = 0; k < n; k++) {
		false_sum += 1 - o[k].p;
		if (false_sum / (double)(k + 1) <= q)
			take = k + 1;
	}
	for (size_t k = 0; k < take; k++)
		v[o[k].school].flagged = true;
}

static void judge(const struct ob_region *r, const double *bf, const double *past,
        const size_t *loud, struct ob_verdict *v)
{
	size_t ns = r->n_schools;
	for (size_t k = 0; k < ns; k++) {
		double prior[OB_KINDS];
		double rest = 1;
		prior_of(past, ns, k, prior);
		for (size_t i = 0; i < OB_KINDS; i++)
			rest -= prior[i];
		v[k] = (struct ob_verdict){0};
		for (size_t i = 0; i < OB_KINDS; i++) {
			double l = bf[i * ns + k] + log(prior[i] / rest);
			v[k].log_odds = i == 0 ? l : log_add(v[k].log_odds, l);
			v[k].log_bf[i] = bf[i * ns + k];
			if (bf[i * ns + k] > bf[v[k].kind * ns + k])
				v[k].kind = (enum ob_kind)i;
		}
		v[k].scope = loud[v[k].kind * ns + k];
		v[k].posterior = 1 / (1 + exp(-v[k].log_odds));
	}
}

static bool has_year(const struct ob_region *r, int year)
{
	for (size_t i = 0; i < r->n_protocols; i++)
		if (r->protocol[i].year == year && r->protocol[i].n > 0)
			return true;
	return false;
}

void ob_detect(
        struct arena *a, const struct ob_region *r, const struct ob_opt *o, struct ob_result *ret)
{
	struct ob_frame f;
	struct ob_sums s;
	size_t ns = r->n_schools;
	ob_frame_make(a, r, o->year, &f);
	ob_signs(a, &f, &s);
	make_scopes(a, &f, ret);
	size_t *loud = arena_new(a, size_t, OB_KINDS * ns);
	double *bf = kind_bf(a, scope_z(a, &f, &s, ret), ret, ns, loud);
	double *past = NULL;
	if (!o->no_history && has_year(r, o->year - 1)) {
		struct ob_result before;
		ob_frame_make(a, r, o->year - 1, &f);
		ob_signs(a, &f, &s);
		make_scopes(a, &f, &before);
		past = kind_bf(a, scope_z(a, &f, &s, &before), &before, ns, NULL);
	}
	ret->school = arena_new(a, struct ob_verdict, ns);
	judge(r, bf, past, loud, ret->school);
	flag(a, ret->school, ns, o->fdr);
}

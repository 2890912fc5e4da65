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
        [OB_FLOW_LIFT] = {true, true},
        [OB_FLOW_FLOOR] = {true, true},
        [OB_FLOW_JOURNAL] = {true, true},
        [OB_FOPEN] = {false, true},
        [OB_JOPEN] = {false, true},
        [OB_ADDED] = {false, true},
};

/* What each kind moves: weights of a matched filter (inverse honest covariance × shift of the
 * mean), rounded. */
static const double kind_weight[OB_KINDS][OB_SIGNS] = {
        [OB_LIFTED] = {[OB_BORDER] = 1,
                [OB_FLOW_LIFT] = 0.3,
                [OB_FLOORB] = 0.2,
                [OB_FLOW_FLOOR] = 0.15,
                [OB_FLOOR] = -0.2,
                [OB_FLOORJ] = -0.15,
                [OB_BOPEN] = 0.15},
        [OB_LENIENT] = {[OB_ADDED] = 1.2,
                [OB_BLANK] = 0.85,
                [OB_OPEN] = 0.7,
                [OB_MISFIT] = 0.7,
                [OB_GUTTMAN] = -0.3,
                [OB_FOPEN] = 0.25,
                [OB_PAIRS] = 0.25,
                [OB_SPREAD] = 0.2,
                [OB_LEVELABS] = 0.2,
                [OB_JGAP] = 0.1},
        [OB_DICTATED] = {[OB_GUTTMAN] = 0.9,
                [OB_MISFIT] = 0.7,
                [OB_ITEM] = 0.45,
                [OB_ITEMV] = 0.3,
                [OB_PAIRS] = 0.45,
                [OB_BLANK] = 0.3,
                [OB_LEVELABS] = 0.3,
                [OB_JGAP] = 0.2},
        [OB_KEPT] = {[OB_ABSENT] = 1,
                [OB_ABSENTZ] = 0.5,
                [OB_ABSENTN] = 0.5,
                [OB_SLOPE] = 0.15,
                [OB_SPREAD] = 0.1,
                [OB_LEVELABS] = 0.1},
        [OB_FLOORED] = {[OB_FLOW_FLOOR] = 1,
                [OB_FLOORB] = 0.65,
                [OB_FOPEN] = 0.55,
                [OB_JOPEN] = 0.25,
                [OB_BLANK] = 0.25,
                [OB_OPEN] = 0.15,
                [OB_GUTTMAN] = 0.2,
                [OB_FLOORJ] = -0.15,
                [OB_SPREAD] = 0.15},
        [OB_COPIED] = {[OB_PAIRS] = 1,
                [OB_SPREAD] = 0.6,
                [OB_GUTTMAN] = 0.5,
                [OB_SLOPEJ] = 0.5,
                [OB_LEVELABS] = 0.4,
                [OB_BLANK] = 0.3,
                [OB_ITEMV] = 0.2,
                [OB_MISFIT] = 0.2},
        [OB_FITTED] = {[OB_FLOW_JOURNAL] = 1,
                [OB_JFIT] = 0.6,
                [OB_JOPEN] = 0.45,
                [OB_SLOPEJ] = -0.45,
                [OB_GUTTMAN] = 0.45,
                [OB_BLANK] = 0.4,
                [OB_FLOW_FLOOR] = 0.25,
                [OB_OPEN] = 0.35,
                [OB_BORDER] = 0.3,
                [OB_SPREAD] = 0.2,
                [OB_JGAP] = 0.2},
};

/* The sign whose information says how far a school of this size could stand out by the kind. */
static const enum ob_sign kind_main[OB_KINDS] = {
        [OB_LIFTED] = OB_BORDER,
        [OB_LENIENT] = OB_OPEN,
        [OB_DICTATED] = OB_GUTTMAN,
        [OB_KEPT] = OB_ABSENT,
        [OB_FLOORED] = OB_FLOW_FLOOR,
        [OB_COPIED] = OB_PAIRS,
        [OB_FITTED] = OB_FLOW_JOURNAL,
};

/* Prior: share of schools that distort in a year, and how much a kind seen last year raises itself.
 */
#define PRIOR_ANY      0.12
#define PRIOR_PAST     0.15 /* last year's own prior */
#define PRIOR_HABIT    0.20
#define PRIOR_FRESH    0.06 /* after an honest year */
#define PRIOR_SWITCHED 0.05 /* after a year of another kind */
#define HABIT_SCOPE    0.9  /* … of which in the very part of the year it was seen in */
/* Half-normal width of the shift of a distorted school of usual information, in null sds. */
#define SHIFT_SD           8
#define SHIFT_LEAST        1
#define PREVALENCE_SCHOOLS 8
#define CONTROLLED         6 /* log odds taken off where outsiders watched and marked */

enum { NULL_LEAST = 20 }; /* schools a null can be taken from */

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
		        .subject = -1, .grade = grades[i], .weight = 0.02 / (double)ng};
	for (size_t i = 0; i < ng; i++)
		for (size_t j = i + 1; j < ng; j++)
			*vec_push(a, &v) = (struct ob_scope){.subject = -1,
			        .grade = grades[i],
			        .grade2 = grades[j],
			        .weight = 0.20 / (double)(ng * (ng - 1) / 2)};
	for (size_t q = 0; q < f->n; q++)
		*vec_push(a, &v) = (struct ob_scope){.subject = f->sheet[q].p->subject,
		        .grade = f->sheet[q].p->grade,
		        .weight = 0.13 / (double)f->n};
	double sum = 0;
	for (size_t i = 0; i < v.n; i++)
		sum += v.v[i].weight;
	for (size_t i = 0; i < v.n; i++)
		v.v[i].weight /= sum;
	ret->scope = v.v;
	ret->n_scopes = v.n;
}

/* Sums of a sign over the protocols of a scope. */
static void pool(const struct ob_frame *f, const struct ob_sums *s, const struct ob_scope *scope,
        size_t sign, double *u, double *v)
{
	size_t ns = s->n_schools;
	memset(u, 0, ns * sizeof(*u));
	memset(v, 0, ns * sizeof(*v));
	for (size_t q = 0; q < f->n; q++) {
		if (!scope_holds(scope, f->sheet[q].p))
			continue;
		for (size_t k = 0; k < ns; k++) {
			u[k] += s->u[sign][q * ns + k];
			v[k] += s->v[sign][q * ns + k];
		}
	}
}

/* z[(scope × OB_SIGNS + sign) × n_schools + school] and how far a school of its size can stand out
 * by each kind: info[(scope × OB_KINDS + kind) × n_schools + school]. */
struct ob_zs {
	double *z, *info;
};

struct scope_work {
	const struct ob_frame *f;
	const struct ob_sums *s;
	const struct ob_result *r;
	struct ob_zs z;
};

static void z_of_scope(void *work, size_t i, struct arena *a)
{
	const struct scope_work *w = work;
	const struct ob_frame *f = w->f;
	const struct ob_sums *s = w->s;
	const struct ob_scope *scope = &w->r->scope[i];
	size_t ns = s->n_schools;
	struct arena_mark mark = arena_mark(a);
	double *u = arena_new(a, double, ns);
	double *v = arena_new(a, double, ns);
	double *level = arena_new(a, double, ns);
	double *info = arena_new(a, double, ns);
	double m = 0;
	for (size_t q = 0; q < f->n; q++) {
		if (!scope_holds(scope, f->sheet[q].p))
			continue;
		m += 1;
		for (size_t k = 0; k < ns; k++)
			level[k] += s->level[q * ns + k];
	}
	for (size_t k = 0; k < ns; k++)
		level[k] /= fmax(m, 1);
	for (size_t sign = 0; sign < OB_SIGNS; sign++) {
		pool(f, s, scope, sign, u, v);
		struct ob_funnel fn = {ns, u, v, sign_facts[sign].level_free ? NULL : level,
		        sign_facts[sign].exact};
		ob_calibrate(a, &fn, w->z.z + (i * OB_SIGNS + sign) * ns, info);
		for (size_t kind = 0; kind < OB_KINDS; kind++)
			if (kind_main[kind] == sign)
				memcpy(w->z.info + (i * OB_KINDS + kind) * ns, info,
				        ns * sizeof(*info));
	}
	arena_reset(a, mark);
}

static struct ob_zs scope_z(struct arena *a, struct ob_crew *c, const struct ob_frame *f,
        const struct ob_sums *s, const struct ob_result *r)
{
	size_t ns = s->n_schools;
	struct ob_zs z = {arena_new(a, double, r->n_scopes *OB_SIGNS *ns),
	        arena_new(a, double, r->n_scopes *OB_KINDS *ns)};
	ob_crew_run(c, r->n_scopes, z_of_scope, &(struct scope_work){f, s, r, z});
	return z;
}

/* Beyond the bound only by the logarithm: one sign or kind alone must not outweigh all, yet the
 * larger stays larger, which names the kind. */
static double soft(double x, double bound)
{
	return x <= bound ? x : bound + log1p(x - bound);
}

/* Projection of school k on a kind; false where no sign of the kind says anything. */
static bool project(const double *z, enum ob_kind kind, size_t ns, size_t k, double *ret)
{
	bool known = false;
	*ret = 0;
	for (size_t sign = 0; sign < OB_SIGNS; sign++) {
		double x = z[sign * ns + k];
		if (kind_weight[kind][sign] == 0)
			continue;
		known |= x != 0;
		*ret += kind_weight[kind][sign] * soft(fmax(-6, x), 9);
	}
	return known;
}

/* Projection on a kind, brought to the standard normal in the bulk: centre, width, and below the
 * school skewness. Schools of which nothing is known, and all where less than NULL_LEAST are known,
 * stand at 0. */
static void direction(
        struct arena *a, const double *z, enum ob_kind kind, bool whole, size_t ns, double *d)
{
	struct arena_mark mark = arena_mark(a);
	double *bulk = arena_new(a, double, ns);
	bool *known = arena_new(a, bool, ns);
	double unit = 0;
	size_t n = 0;
	for (size_t k = 0; k < ns; k++) {
		known[k] = project(z, kind, ns, k, &d[k]);
		if (known[k])
			bulk[n++] = d[k];
	}
	for (size_t sign = 0; sign < OB_SIGNS; sign++)
		unit += kind_weight[kind][sign] * kind_weight[kind][sign];
	double mid = ob_quantile(bulk, n, 0.5);
	double low = mid - ob_quantile(bulk, n, 0.1587);
	double up = 0.9 * (ob_quantile(bulk, n, 0.75) - mid) / 0.6745;
	double w = fmax(fmax(low, up), 0.3 * sqrt(unit));
	double skew =
	        (ob_quantile(bulk, n, 0.85) + ob_quantile(bulk, n, 0.15) - 2 * mid) / w / 0.358;
	skew = whole ? 0 : fmax(0, fmin(1, skew));
	for (size_t k = 0; k < ns; k++) {
		d[k] = known[k] && n >= NULL_LEAST ? (d[k] - mid) / w : 0;
		if (skew > 0.02 && known[k] && n >= NULL_LEAST)
			d[k] = (sqrt(fmax(1 + 2 * skew / 3 * (d[k] + skew / 6), 0.01)) - 1) /
			       (skew / 3);
	}
	arena_reset(a, mark);
}

/* log Bayes factor of a positive shift, half-normal with this sd, against N(0, 1). */
static double log_bf(double z, double sd)
{
	double t2 = sd * sd;
	double k = sd / sqrt(1 + t2);
	z = soft(fmax(-8, z), 8);
	return log(2) - 0.5 * log(1 + t2) + 0.5 * z * k * z * k +
	       log(fmax(0.5 * erfc(-z * k / sqrt(2)), 1e-300));
}

static double log_add(double x, double y)
{
	double m = fmax(x, y);
	return m + log(exp(x - m) + exp(y - m));
}

/* Median of what is above 0; 1 when nothing is. */
static double usual(struct arena *a, const double *v, size_t n)
{
	double *w = arena_new(a, double, n + 1);
	size_t m = 0;
	for (size_t i = 0; i < n; i++)
		if (v[i] > 0)
			w[m++] = v[i];
	return m > 0 ? ob_quantile(w, m, 0.5) : 1;
}

/* bf[(kind × n_scopes + scope) × n_schools + school], log. */
static void kind_bf(
        struct arena *a, const struct ob_zs *z, const struct ob_result *r, size_t ns, double *bf)
{
	double *d = arena_new(a, double, ns);
	for (enum ob_kind kind = 0; kind < OB_KINDS; kind++) {
		double whole = usual(a, z->info + kind * ns, ns);
		for (size_t i = 0; i < r->n_scopes; i++) {
			const double *info = z->info + (i * OB_KINDS + kind) * ns;
			direction(a, z->z + i * OB_SIGNS * ns, kind, i == 0, ns, d);
			for (size_t k = 0; k < ns; k++)
				bf[(kind * r->n_scopes + i) * ns + k] =
				        log_bf(d[k], fmax(SHIFT_SD * info[k] / whole, SHIFT_LEAST));
		}
	}
}

/* One year judged: its scopes and Bayes factors. */
struct ob_year {
	const struct ob_result *r;
	size_t ns;
	const double *bf;
};

static double bf_at(const struct ob_year *y, size_t kind, size_t scope, size_t k)
{
	return y->bf[(kind * y->r->n_scopes + scope) * y->ns + k];
}

static bool same_scope(const struct ob_scope *x, const struct ob_scope *y)
{
	return x->subject == y->subject && x->grade == y->grade && x->grade2 == y->grade2;
}

/* Posterior of last year by kind and scope of this year; *ret_any: of anything. */
static void past_of(const struct ob_year *now, const struct ob_year *past, size_t k, double *post,
        double *ret_any)
{
	double sum = 0;
	size_t n = now->r->n_scopes;
	memset(post, 0, OB_KINDS * n * sizeof(*post));
	for (size_t j = 0; j < past->r->n_scopes; j++) {
		size_t i = 0;
		while (i < n && !same_scope(&now->r->scope[i], &past->r->scope[j]))
			i++;
		for (size_t kind = 0; kind < OB_KINDS; kind++) {
			double x = exp(fmax(-20, fmin(20, bf_at(past, kind, j, k)))) *
			           past->r->scope[j].weight * PRIOR_PAST / OB_KINDS;
			sum += x;
			post[kind * n + (i < n ? i : 0)] += x;
		}
	}
	for (size_t i = 0; i < OB_KINDS * n; i++)
		post[i] /= 1 - PRIOR_PAST + sum;
	*ret_any = sum / (1 - PRIOR_PAST + sum);
}

/* Prior of each kind and scope for a school; the past alone can never flag a school. */
static void prior_of(const struct ob_year *now, const struct ob_year *past, size_t k, double *post,
        double *prior)
{
	size_t n = now->r->n_scopes;
	double any = 0;
	if (past != NULL)
		past_of(now, past, k, post, &any);
	for (size_t kind = 0; kind < OB_KINDS; kind++) {
		double of_kind = 0;
		for (size_t i = 0; past != NULL && i < n; i++)
			of_kind += post[kind * n + i];
		double spread = past == NULL ? PRIOR_ANY / OB_KINDS
		                             : of_kind * PRIOR_HABIT * (1 - HABIT_SCOPE) +
		                                       (1 - any) * PRIOR_FRESH / OB_KINDS +
		                                       any * PRIOR_SWITCHED / OB_KINDS;
		for (size_t i = 0; i < n; i++)
			prior[kind * n + i] =
			        spread * now->r->scope[i].weight +
			        (past == NULL ? 0 : post[kind * n + i] * PRIOR_HABIT * HABIT_SCOPE);
	}
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

/* Log odds when every prior is multiplied; rest: prior of honesty before. */
static double scaled(double log_odds, double rest, double scale)
{
	return log_odds + log(rest) + log(scale) - log(1 - scale * (1 - rest));
}

/* Regions differ in how many distort: the factor on all priors at which as many schools are
 * expected before as after looking (empirical Bayes by EM), drawn to 1 by PREVALENCE_SCHOOLS
 * schools. */
static double prevalence(const struct ob_verdict *v, const double *rest, size_t n)
{
	double scale = 1;
	double before = PREVALENCE_SCHOOLS;
	for (size_t k = 0; k < n; k++)
		before += 1 - rest[k];
	for (int step = 0; step < 30; step++) {
		double after = PREVALENCE_SCHOOLS;
		for (size_t k = 0; k < n; k++)
			after += 1 / (1 + exp(-scaled(v[k].log_odds, rest[k], scale)));
		scale = fmax(0.1, fmin(2.5, after / before));
	}
	return scale;
}

static void judge(struct arena *a, const struct ob_year *now, const struct ob_year *past,
        const bool *controlled, struct ob_verdict *v)
{
	size_t n = now->r->n_scopes;
	double *post = arena_new(a, double, OB_KINDS *n);
	double *prior = arena_new(a, double, OB_KINDS *n);
	double *rests = arena_new(a, double, now->ns);
	for (size_t k = 0; k < now->ns; k++) {
		double rest = 1;
		double best_kind = 0;
		prior_of(now, past, k, post, prior);
		for (size_t i = 0; i < OB_KINDS * n; i++)
			rest -= prior[i];
		v[k] = (struct ob_verdict){0};
		for (size_t kind = 0; kind < OB_KINDS; kind++) {
			double of_kind = 0;
			double loudest = 0;
			for (size_t i = 0; i < n; i++) {
				double l = bf_at(now, kind, i, k);
				double x = l + log(prior[kind * n + i] / rest);
				double mixed = l + log(now->r->scope[i].weight);
				of_kind = i == 0 ? x : log_add(of_kind, x);
				v[k].log_bf[kind] =
				        i == 0 ? mixed : log_add(v[k].log_bf[kind], mixed);
				if (i == 0 || x > loudest) {
					loudest = x;
					v[k].scope_of[kind] = i;
				}
			}
			v[k].log_odds = kind == 0 ? of_kind : log_add(v[k].log_odds, of_kind);
			if (kind == 0 || of_kind > best_kind) {
				best_kind = of_kind;
				v[k].kind = (enum ob_kind)kind;
			}
		}
		rests[k] = rest;
		v[k].scope = v[k].scope_of[v[k].kind];
	}
	double scale = prevalence(v, rests, now->ns);
	for (size_t k = 0; k < now->ns; k++) {
		v[k].log_odds = scaled(v[k].log_odds, rests[k], scale);
		if (controlled != NULL && controlled[k])
			v[k].log_odds -= CONTROLLED;
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

/* Scopes and Bayes factors of a year; *ret's scopes and the factors in a. */
static const double *judge_year(
        struct arena *a, const struct ob_region *r, int year, struct ob_result *ret)
{
	AUTO_CREW(crew, a);
	struct ob_frame f;
	struct ob_sums s;
	ob_frame_make(&crew, r, year, &f);
	make_scopes(a, &f, ret);
	double *bf = arena_new(a, double, OB_KINDS * ret->n_scopes * r->n_schools);
	struct arena_mark mark = arena_mark(a);
	ob_signs(a, &crew, &f, &s);
	struct ob_zs z = scope_z(a, &crew, &f, &s, ret);
	kind_bf(a, &z, ret, r->n_schools, bf);
	arena_reset(a, mark);
	return bf;
}

void ob_detect(
        struct arena *a, const struct ob_region *r, const struct ob_opt *o, struct ob_result *ret)
{
	size_t ns = r->n_schools;
	struct ob_result before = {0};
	struct ob_year now = {ret, ns, judge_year(a, r, o->year, ret)};
	struct ob_year past = {&before, ns, NULL};
	if (!o->no_history && has_year(r, o->year - 1))
		past.bf = judge_year(a, r, o->year - 1, &before);
	ret->school = arena_new(a, struct ob_verdict, ns);
	judge(a, &now, past.bf == NULL ? NULL : &past, r->controlled, ret->school);
	flag(a, ret->school, ns, o->fdr);
}

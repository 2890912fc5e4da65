/* soko stat: equating of forms, random intercepts of schools, growth of pupils, effects of
 * measures. */
#include "cli/stat_table.h"
#include "stat/equate.h"
#include "stat/multilevel.h"
#include "stat/ols.h"
#include "stat/quantreg.h"

#include <math.h>
#include <stdlib.h>

enum { FIRST = 20, FIRST_SGP = 50, DEGREE_MIN = 2, DEGREE_MAX = 6, LAG = 12, COLUMNS_MAX = 64 };

/* Columns of a model; a constant stands before them. */
struct columns {
	size_t v[COLUMNS_MAX], n;
};

static bool known(const struct stat_table *t, size_t row, size_t y, const struct columns *c)
{
	bool ok = !isnan(stat_at(t, row, y));
	for (size_t i = 0; i < c->n; i++)
		ok &= !isnan(stat_at(t, row, c->v[i]));
	return ok;
}

bool stat_looks_equating(const struct stat_table *t)
{
	return stat_col(t, "scale") != SIZE_MAX && stat_col(t, "xcount") != SIZE_MAX &&
	       stat_col(t, "ycount") != SIZE_MAX;
}

void stat_do_equate(const struct stat_job *j)
{
	const struct stat_table *t = j->t;
	struct stat_out *o = j->o;
	double *scale = stat_column(j->a, t, stat_col(t, "scale"));
	double *count[2] = {stat_column(j->a, t, stat_col(t, "xcount")),
	        stat_column(j->a, t, stat_col(t, "ycount"))};
	double *yx = arena_new(j->a, double, t->n), *smooth[2];
	for (int f = 0; f < 2; f++) {
		for (size_t i = 0; i < t->n; i++)
			if (!(count[f][i] >= 0))
				count[f][i] = 0;
		smooth[f] = arena_new(j->a, double, t->n);
	}
	for (size_t i = 0; i < t->n; i++)
		if (scale[i] != scale[0] + (double)i)
			return; /* scores must follow each other */
	struct equate_form x = {count[0], t->n, scale[0]}, y = {count[1], t->n, scale[0]};
	static const struct {
		const char *stat;
		void (*run)(const struct equate_form *x, const struct equate_form *y, double *yx);
	} ways[] = {{"yx_mean", equate_mean}, {"yx_linear", equate_linear},
	        {"yx_equipercentile", equate_equipercentile}};
	for (size_t w = 0; w < ARRAY_LEN(ways); w++) {
		ways[w].run(&x, &y, yx);
		for (size_t i = 0; i < t->n; i++)
			stat_row(o, ways[w].stat, str_printf(j->a, "%g", scale[i]), yx[i]);
	}
	for (size_t d = DEGREE_MIN; d <= DEGREE_MAX; d++) {
		bool ok = equate_loglinear(j->a, &x, d, smooth[0]);
		for (size_t i = 0; i < t->n; i++)
			stat_row(o, arena_printf(j->a, "loglinear%zu_x_fitted", d),
			        str_printf(j->a, "%g", scale[i]), ok ? smooth[0][i] : (double)NAN);
		ok = ok && equate_loglinear(j->a, &y, d, smooth[1]);
		struct equate_form xs = {smooth[0], t->n, scale[0]},
		                   ys = {smooth[1], t->n, scale[0]};
		equate_equipercentile(&xs, &ys, yx);
		for (size_t i = 0; i < t->n && ok; i++)
			stat_row(o, arena_printf(j->a, "yx_equip_loglinear%zu", d),
			        str_printf(j->a, "%g", scale[i]), yx[i]);
	}
}

struct label {
	struct str s;
	size_t row;
};

static int by_label(const void *x, const void *y)
{
	const struct label *a = x, *b = y;
	int c = str_cmp(a->s, b->s);
	return c != 0 ? c : a->row < b->row ? -1 : a->row > b->row;
}

/* Numbers of the labels in byte order; name[number]. */
static size_t group_rows(
        struct arena *a, const struct stat_table *t, size_t col, uint32_t *group, struct str *name)
{
	struct label *l = arena_new(a, struct label, t->n);
	size_t n = 0;
	for (size_t r = 0; r < t->n; r++)
		l[r] = (struct label){t->text[r * t->k + col], r};
	qsort(l, t->n, sizeof(*l), by_label);
	for (size_t r = 0; r < t->n; r++) {
		if (r == 0 || !str_eq(l[r].s, l[r - 1].s))
			name[n++] = l[r].s;
		group[l[r].row] = (uint32_t)(n - 1);
	}
	return n;
}

/* First column: group that repeats; second: outcome with values that are no whole scores. */
bool stat_looks_multilevel(const struct stat_table *t)
{
	if (t->k < 2 || t->n < 3)
		return false;
	bool whole = true, group = str_ieq_ascii(t->name[0], STR("school")) ||
	                           str_ieq_ascii(t->name[0], STR("group")) ||
	                           str_ieq_ascii(t->name[0], STR("class"));
	for (size_t r = 0; r < t->n; r++) {
		double v = stat_at(t, r, 1);
		whole &= isnan(v) || v == floor(v);
	}
	return group && !whole;
}

static void multilevel_rows(
        const struct stat_job *j, bool restricted, const struct columns *c, const char *prefix)
{
	const struct stat_table *t = j->t;
	struct stat_out *o = j->o;
	uint32_t *all = arena_new(j->a, uint32_t, t->n), *group = arena_new(j->a, uint32_t, t->n);
	struct str *name = arena_new(j->a, struct str, t->n);
	size_t groups = group_rows(j->a, t, 0, all, name), n = 0, p = c->n + 1;
	double *x = arena_new(j->a, double, t->n *p), *y = arena_new(j->a, double, t->n);
	for (size_t r = 0; r < t->n; r++) {
		if (!known(t, r, 1, c))
			continue;
		x[n * p] = 1;
		for (size_t i = 0; i < c->n; i++)
			x[n * p + 1 + i] = stat_at(t, r, c->v[i]);
		group[n] = all[r];
		y[n++] = stat_at(t, r, 1);
	}
	struct multilevel_data d = {n, p, groups, y, x, group};
	struct multilevel m;
	multilevel_fit(j->a, &d, restricted, &m);
	if (p == 1) {
		stat_row_one(o, "null_mean", m.coef[0]);
		stat_row_one(o, "null_loglik", m.loglik);
		stat_row_one(o, "icc", m.icc);
	}
	for (size_t i = 0; p > 1 && i < p; i++) {
		struct str index = i == 0 ? STR("(Intercept)") : t->name[c->v[i - 1]];
		stat_row(o, "adj_coef", index, m.coef[i]);
		stat_row(o, "adj_coef_se", index, m.se[i]);
	}
	stat_row_one(o, arena_printf(j->a, "%s_tau2", prefix), m.tau2);
	stat_row_one(o, arena_printf(j->a, "%s_sigma2", prefix), m.sigma2);
	for (size_t g = 0; g < groups && g < FIRST; g++) {
		stat_row(o, arena_printf(j->a, "%s_blup_first20", prefix), name[g], m.blup[g]);
		stat_row(
		        o, arena_printf(j->a, "%s_blup_se_first20", prefix), name[g], m.blup_se[g]);
	}
}

/* The social columns of the adjusted model when they are there, else all that are numbers. */
static struct columns adjusting(const struct stat_table *t)
{
	static const char *const social[] = {"ses", "meanses", "catholic", "sector"};
	struct columns c = {.n = 0};
	for (size_t i = 0; i < ARRAY_LEN(social); i++)
		if (stat_col(t, social[i]) != SIZE_MAX)
			c.v[c.n++] = stat_col(t, social[i]);
	for (size_t i = 2; c.n == 0 && i < t->k && i < COLUMNS_MAX; i++) {
		size_t numbers = 0;
		for (size_t r = 0; r < t->n; r++)
			numbers += !isnan(stat_at(t, r, i));
		if (2 * numbers > t->n)
			c.v[c.n++] = i;
	}
	return c;
}

static void multilevel_both(const struct stat_job *j, bool restricted)
{
	struct columns none = {.n = 0}, c = adjusting(j->t);
	multilevel_rows(j, restricted, &none, "null");
	if (c.n > 0)
		multilevel_rows(j, restricted, &c, "adj");
}

void stat_do_lmer_reml(const struct stat_job *j)
{
	multilevel_both(j, true);
}

void stat_do_lmer_ml(const struct stat_job *j)
{
	multilevel_both(j, false);
}

bool stat_looks_growth(const struct stat_table *t)
{
	return stat_col(t, "prior") != SIZE_MAX && stat_col(t, "current") != SIZE_MAX;
}

void stat_do_growth(const struct stat_job *j)
{
	const struct stat_table *t = j->t;
	struct stat_out *o = j->o;
	double *x = arena_new(j->a, double, t->n), *y = arena_new(j->a, double, t->n);
	size_t *row = arena_new(j->a, size_t, t->n), n = 0;
	size_t prior = stat_col(t, "prior"), current = stat_col(t, "current");
	for (size_t r = 0; r < t->n; r++) {
		x[n] = stat_at(t, r, prior);
		y[n] = stat_at(t, r, current);
		row[n] = r;
		n += !isnan(x[n]) && !isnan(y[n]);
	}
	struct growth g;
	growth_fit(j->a, x, y, n, &g);
	if (!g.ok)
		return;
	stat_rows(o, "knots", g.knot, GROWTH_KNOTS);
	stat_rows(o, "boundary", g.boundary, 2);
	static const int shown[] = {50, 10, 90};
	for (size_t s = 0; s < ARRAY_LEN(shown); s++) {
		const double *fit = g.fit + (size_t)(shown[s] - 1) * n;
		for (size_t i = 0; i < n && row[i] < FIRST; i++)
			stat_row_at(o, arena_printf(j->a, "fitted_tau%d_first20", shown[s]),
			        row[i] + 1, fit[i]);
		stat_row_one(o, arena_printf(j->a, "check_loss_tau%g", shown[s] / 100.0),
		        quantreg_loss(y, fit, n, shown[s] / 100.0));
	}
	for (size_t i = 0; i < n && row[i] < FIRST_SGP; i++)
		stat_row_at(o, "sgp_first50", row[i] + 1, g.sgp[i]);
	stat_row_one(o, "sgp_median", g.median);
}

/* A column of the design with its name. */
struct design {
	struct arena *a;
	size_t n, p;
	double *x; /* [n × room] row by row, room columns */
	size_t room;
	struct str *name;
	double *y;
};

static struct design design_of(struct arena *a, size_t n, size_t room)
{
	struct design d = {a, n, 0, arena_new(a, double, n *room), room,
	        arena_new(a, struct str, room), arena_new(a, double, n)};
	return d;
}

static void design_add(struct design *d, struct str name, const double *v)
{
	for (size_t i = 0; i < d->n; i++)
		d->x[i * d->room + d->p] = v == NULL ? 1 : v[i];
	d->name[d->p++] = name;
}

/* Least squares over rows without gaps; rows[i] is the row of the i-th. */
static struct ols design_fit(const struct design *d, size_t *rows)
{
	double *x = arena_new(d->a, double, d->n * d->p), *y = arena_new(d->a, double, d->n);
	size_t n = 0;
	for (size_t r = 0; r < d->n; r++) {
		bool ok = !isnan(d->y[r]);
		for (size_t c = 0; c < d->p; c++) {
			x[n * d->p + c] = d->x[r * d->room + c];
			ok &= !isnan(x[n * d->p + c]);
		}
		y[n] = d->y[r];
		if (ok)
			rows[n++] = r;
	}
	struct ols f;
	ols_fit(d->a, x, y, n, d->p, &f);
	return f;
}

static void design_rows(
        const struct stat_job *j, const struct design *d, const char *stat, const double *v)
{
	for (size_t c = 0; c < d->p; c++)
		stat_row(j->o, stat, d->name[c], v[c]);
}

/* Time series: t, y and a 0/1 column of the measure (the last such column); month is a factor. */
static size_t measure_col(const struct stat_table *t)
{
	for (size_t c = t->k; c-- > 0;)
		if (c != stat_col(t, "t") && c != stat_col(t, "y") && c != stat_col(t, "month") &&
		        stat_dummy(t, c))
			return c;
	return SIZE_MAX;
}

bool stat_looks_series(const struct stat_table *t)
{
	return stat_col(t, "t") != SIZE_MAX && stat_col(t, "y") != SIZE_MAX &&
	       measure_col(t) != SIZE_MAX;
}

static void add_months(struct design *d, const struct stat_table *t, size_t col)
{
	for (int m = 2; m <= LAG; m++) {
		double *v = arena_new(d->a, double, t->n);
		bool seen = false;
		for (size_t r = 0; r < t->n; r++) {
			v[r] = stat_at(t, r, col) == m;
			seen |= v[r] == 1;
		}
		if (seen)
			design_add(d, str_printf(d->a, "factor(month)%d", m), v);
	}
}

void stat_do_its(const struct stat_job *j)
{
	const struct stat_table *t = j->t;
	size_t law = measure_col(t), month = stat_col(t, "month");
	struct design d = design_of(j->a, t->n, 4 + LAG);
	const double *time = stat_column(j->a, t, stat_col(t, "t"));
	const double *on = stat_column(j->a, t, law);
	double *since = arena_new(j->a, double, t->n), first = (double)INFINITY;
	bool positive = true;
	d.y = stat_column(j->a, t, stat_col(t, "y"));
	for (size_t r = 0; r < t->n; r++) {
		positive &= isnan(d.y[r]) || d.y[r] > 0;
		if (on[r] == 1 && time[r] < first)
			first = time[r];
	}
	for (size_t r = 0; r < t->n; r++) {
		since[r] = on[r] * (time[r] - (first - 1));
		d.y[r] = positive ? log(d.y[r]) : d.y[r];
	}
	design_add(&d, STR("(Intercept)"), NULL);
	design_add(&d, t->name[stat_col(t, "t")], time);
	design_add(&d, t->name[law], on);
	design_add(&d,
	        str_printf(j->a, "I(" STR_FMT " * (t - %g))", STR_ARG(t->name[law]), first - 1),
	        since);
	if (month != SIZE_MAX)
		add_months(&d, t, month);
	struct ols f = design_fit(&d, arena_new(j->a, size_t, t->n));
	double *se = arena_new(j->a, double, d.p);
	design_rows(j, &d, "coef", f.coef);
	ols_errors(j->a, &f, OLS_CLASSIC, se);
	design_rows(j, &d, "se_classic", se);
	ols_newey_west(j->a, &f, LAG, se);
	design_rows(j, &d, "se_newey_west_lag12", se);
	stat_row_one(j->o, "durbin_watson", ols_durbin_watson(&f));
}

/* Difference in differences: two 0/1 columns and a third that is their product. */
struct did {
	size_t after, treated, both, outcome, cluster;
	struct columns other;
};

static bool is_product(const struct stat_table *t, size_t x, size_t y, size_t z)
{
	for (size_t r = 0; r < t->n; r++)
		if (stat_at(t, r, z) != stat_at(t, r, x) * stat_at(t, r, y))
			return false;
	return true;
}

static bool name_in(struct str name, const char *const *list)
{
	for (; *list != NULL; list++)
		if (str_ieq_ascii(name, str_c(*list)))
			return true;
	return false;
}

static bool is_time(struct str name)
{
	static const char *const names[] = {"year", "period", "time", NULL};
	return name_in(name, names);
}

static bool is_cluster(struct str name)
{
	static const char *const names[] = {
	        "id", "unit", "cluster", "school", "state", "region", NULL};
	return name_in(name, names);
}

/* More than ten values: an outcome is measured, an item is not. */
static bool measured(const struct stat_table *t, size_t col)
{
	double seen[10];
	size_t n = 0;
	for (size_t r = 0; r < t->n; r++) {
		double v = stat_at(t, r, col);
		size_t i = 0;
		while (i < n && seen[i] != v)
			i++;
		if (isnan(v) || i < n)
			continue;
		if (n == ARRAY_LEN(seen))
			return true;
		seen[n++] = v;
	}
	return false;
}

/* Three 0/1 columns, the third the product of the others. */
static bool find_product(const struct stat_table *t, const bool *dummy, struct did *ret)
{
	for (size_t at = 0; at < t->k * t->k * t->k; at++) {
		size_t x = at / t->k / t->k, y = at / t->k % t->k, z = at % t->k;
		if (x >= y || z == x || z == y || !dummy[x] || !dummy[y] || !dummy[z])
			continue;
		if (is_product(t, x, y, z)) {
			*ret = (struct did){.after = x, .treated = y, .both = z};
			return true;
		}
	}
	return false;
}

static bool find_did(const struct stat_table *t, struct did *ret)
{
	bool dummy[COLUMNS_MAX] = {false};
	if (t->k > COLUMNS_MAX || t->k < 4)
		return false;
	for (size_t c = 0; c < t->k; c++)
		dummy[c] = stat_dummy(t, c);
	if (!find_product(t, dummy, ret))
		return false;
	ret->outcome = ret->cluster = SIZE_MAX;
	for (size_t c = 0; c < t->k; c++) {
		if (c == ret->after || c == ret->treated || c == ret->both || is_time(t->name[c]))
			continue;
		if (is_cluster(t->name[c]))
			ret->cluster = c;
		else if (ret->outcome == SIZE_MAX)
			ret->outcome = c;
		else
			ret->other.v[ret->other.n++] = c;
	}
	return ret->outcome != SIZE_MAX && measured(t, ret->outcome);
}

bool stat_looks_did(const struct stat_table *t)
{
	struct did d;
	return find_did(t, &d);
}

static struct design did_design(const struct stat_job *j, const struct did *f)
{
	const struct stat_table *t = j->t;
	struct design d = design_of(j->a, t->n, 4 + COLUMNS_MAX);
	d.y = stat_column(j->a, t, f->outcome);
	design_add(&d, STR("(Intercept)"), NULL);
	design_add(&d, t->name[f->after], stat_column(j->a, t, f->after));
	design_add(&d, t->name[f->treated], stat_column(j->a, t, f->treated));
	design_add(&d, t->name[f->both], stat_column(j->a, t, f->both));
	return d;
}

static void cluster_rows(const struct stat_job *j, const struct did *f, const struct design *d,
        const struct ols *fit, const size_t *rows)
{
	uint32_t *all = arena_new(j->a, uint32_t, j->t->n);
	uint32_t *cluster = arena_new(j->a, uint32_t, j->t->n);
	size_t n = group_rows(j->a, j->t, f->cluster, all, arena_new(j->a, struct str, j->t->n));
	double *se = arena_new(j->a, double, d->p);
	for (size_t i = 0; i < fit->n; i++)
		cluster[i] = all[rows[i]];
	ols_cluster(j->a, fit, cluster, n, se);
	design_rows(j, d, "se_CR1", se);
}

void stat_do_did(const struct stat_job *j)
{
	static const struct {
		const char *stat;
		enum ols_error kind;
	} errors[] = {{"se_classic", OLS_CLASSIC}, {"se_HC0", OLS_HC0}, {"se_HC1", OLS_HC1},
	        {"se_HC2", OLS_HC2}, {"se_HC3", OLS_HC3}};
	struct did f;
	if (!find_did(j->t, &f))
		return;
	struct design d = did_design(j, &f);
	size_t *rows = arena_new(j->a, size_t, j->t->n);
	struct ols fit = design_fit(&d, rows);
	double *se = arena_new(j->a, double, d.p);
	design_rows(j, &d, "coef", fit.coef);
	for (size_t i = 0; i < ARRAY_LEN(errors); i++) {
		ols_errors(j->a, &fit, errors[i].kind, se);
		design_rows(j, &d, errors[i].stat, se);
	}
	if (f.cluster != SIZE_MAX)
		cluster_rows(j, &f, &d, &fit, rows);
}

void stat_do_did_cov(const struct stat_job *j)
{
	struct did f;
	if (!find_did(j->t, &f) || f.other.n == 0)
		return;
	struct design d = did_design(j, &f);
	for (size_t i = 0; i < f.other.n; i++)
		design_add(&d, j->t->name[f.other.v[i]], stat_column(j->a, j->t, f.other.v[i]));
	size_t *rows = arena_new(j->a, size_t, j->t->n);
	struct ols fit = design_fit(&d, rows);
	double *se = arena_new(j->a, double, d.p);
	design_rows(j, &d, "coef", fit.coef);
	ols_errors(j->a, &fit, OLS_HC1, se);
	design_rows(j, &d, "se_HC1", se);
	if (f.cluster != SIZE_MAX)
		cluster_rows(j, &f, &d, &fit, rows);
}

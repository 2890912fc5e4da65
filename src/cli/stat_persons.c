/* soko stat: differential item functioning, person fit, likeness of persons. */
#include "cli/stat_table.h"
#include "stat/dif.h"
#include "stat/gpcm.h"
#include "stat/guttman.h"
#include "stat/person_fit.h"

#include <math.h>

enum { FIRST_BINARY = 30, FIRST_POLY = 40, FIRST_PAIRS = 12 };

bool stat_has_groups(const struct stat_job *j)
{
	return j->group != NULL && stat_is_binary(j);
}

static struct dif *dif_of(const struct stat_job *j)
{
	struct dif *d = arena_new(j->a, struct dif, j->scores.k);
	dif_fit(j->a, &j->scores, j->group, d);
	return d;
}

void stat_do_dif_mh(const struct stat_job *j)
{
	const struct dif *d = dif_of(j);
	for (size_t i = 0; i < j->scores.k; i++) {
		stat_row_at(j->o, "chi2_corrected", i + 1, d[i].chi2_corrected);
		stat_row_at(j->o, "alpha_mh", i + 1, d[i].alpha);
		stat_row_at(j->o, "delta_mh_ETS", i + 1, d[i].delta);
		stat_row_at(j->o, "var_log_alpha", i + 1, d[i].var_log_alpha);
		stat_row_at(j->o, "chi2_uncorrected", i + 1, d[i].chi2);
	}
}

void stat_do_dif_logistic(const struct stat_job *j)
{
	const struct dif *d = dif_of(j);
	for (size_t i = 0; i < j->scores.k; i++) {
		stat_row_at(j->o, "LRT_both", i + 1, d[i].lr_both);
		stat_row_at(j->o, "LRT_uniform", i + 1, d[i].lr_uniform);
		stat_row_at(j->o, "LRT_nonuniform", i + 1, d[i].lr_nonuniform);
		stat_row_at(j->o, "nagelkerke_deltaR2", i + 1, d[i].delta_r2);
	}
}

void stat_do_dif_std(const struct stat_job *j)
{
	const struct dif *d = dif_of(j);
	for (size_t i = 0; i < j->scores.k; i++)
		stat_row_at(j->o, "st_p_dif", i + 1, d[i].p_difference);
}

void stat_do_dif_bd(const struct stat_job *j)
{
	const struct dif *d = dif_of(j);
	for (size_t i = 0; i < j->scores.k; i++) /* difR gives four decimals */
		stat_row_at(j->o, "bd", i + 1, nearbyint(d[i].breslow_day * 1e4) / 1e4);
}

/* Items that are given, or estimated by the own two-parameter model. */
static struct logistic_items items_of(const struct stat_job *j)
{
	size_t k = j->scores.k;
	double *a = arena_new(j->a, double, k), *b = arena_new(j->a, double, k);
	struct logistic_items m = {k, a, b};
	bool given = j->given->n_a == k && j->given->n_b == k;
	for (size_t i = 0; i < k; i++) {
		a[i] = given ? j->given->a[i] : (double)NAN;
		b[i] = given ? j->given->b[i] : (double)NAN;
	}
	if (given)
		return m;
	struct scores s = stat_varying(j->a, j, NULL);
	struct steps st = steps_of(j->a, &s);
	struct quadrature q = quadrature_grid(j->a, -6, 6, 61, 1);
	struct gpcm fit;
	gpcm_fit(j->a, &s, &st, &q, &fit);
	if (!fit.converged || s.k != k)
		return m;
	for (size_t i = 0; i < k; i++) {
		a[i] = fit.a[i];
		b[i] = gpcm_step(&fit, &st, i, 1);
	}
	return m;
}

static void given_rows(const struct stat_job *j, const struct logistic_items *m)
{
	stat_rows(j->o, "given_a", m->a, m->k);
	stat_rows(j->o, "given_b", m->b, m->k);
}

void stat_do_perfit(const struct stat_job *j)
{
	const struct scores *s = &j->scores;
	struct stat_out *o = j->o;
	struct logistic_items m = items_of(j);
	struct guttman *g = arena_new(j->a, struct guttman, s->n);
	guttman_fit(j->a, s, g);
	given_rows(j, &m);
	for (size_t p = 0; p < s->n && p < FIRST_BINARY; p++) {
		double theta = logistic_wle(&m, s->x + p * s->k);
		struct person_fit fit = person_fit_at(&m, s->x + p * s->k, theta);
		stat_row_at(o, "wle", p + 1, theta);
		stat_row_at(o, "lz_at_wle", p + 1, fit.lz);
		stat_row_at(o, "lzstar_at_wle", p + 1, fit.lz_star);
		stat_row_at(o, "lzstar_PerFit", p + 1, fit.lz_star);
		stat_row_at(o, "Ht", p + 1, g[p].ht);
		stat_row_at(o, "U3", p + 1, g[p].u3);
		stat_row_at(o, "ZU3", p + 1, g[p].zu3);
		stat_row_at(o, "G", p + 1, g[p].errors);
		stat_row_at(o, "Gnormed", p + 1, g[p].normed);
		stat_row_at(o, "NCI", p + 1, g[p].nci);
		stat_row_at(o, "Cstar", p + 1, g[p].c_star);
		stat_row_at(o, "C.Sato", p + 1, g[p].caution);
		stat_row_at(o, "r.pbis", p + 1, g[p].r_pbis);
	}
}

void stat_do_perfit_poly(const struct stat_job *j)
{
	struct scores s = scores_from_zero(j->a, &j->scores);
	struct guttman_steps *g = arena_new(j->a, struct guttman_steps, s.n);
	guttman_steps_fit(j->a, &s, g);
	for (size_t p = 0; p < s.n && p < FIRST_POLY; p++) {
		stat_row_at(j->o, "Gpoly", p + 1, g[p].errors);
		stat_row_at(j->o, "Gnormed.poly", p + 1, g[p].normed);
		stat_row_at(j->o, "U3poly", p + 1, g[p].u3);
	}
}

void stat_do_similarity(const struct stat_job *j)
{
	const struct scores *s = &j->scores;
	struct logistic_items m = items_of(j);
	size_t n = j->given->n_theta > 0 ? j->given->n_theta : FIRST_PAIRS;
	n = n < s->n ? n : s->n;
	double *theta = arena_new(j->a, double, n), *room = arena_new(j->a, double, 2 * (s->k + 1));
	given_rows(j, &m);
	for (size_t p = 0; p < n; p++) {
		theta[p] = j->given->n_theta > 0 ? j->given->theta[p]
		                                 : logistic_wle(&m, s->x + p * s->k);
		stat_row_at(j->o, "given_theta", p + 1, theta[p]);
	}
	for (size_t p = 0; p < n; p++)
		for (size_t q = p + 1; q < n; q++) {
			struct likeness l = likeness_of(&m, s->x + p * s->k, s->x + q * s->k,
			        (const double[]){theta[p], theta[q]}, room);
			struct str index = str_printf(j->a, "%zu-%zu", p + 1, q + 1);
			stat_row(j->o, "omega_stat", index, l.omega);
			stat_row(j->o, "gbt_p", index, l.gbt_p);
		}
}

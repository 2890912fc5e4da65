/* soko stat: Rasch and partial-credit models. */
#include "base/limits.h"
#include "cli/stat_table.h"
#include "stat/cml.h"
#include "stat/mml.h"
#include "stat/rasch_person.h"

#include <math.h>

enum { FIRST = 20, STEPS_MAX = 1000 };

bool stat_is_binary(const struct stat_job *j)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	struct scores s = scores_from_zero(&a, &j->scores);
	return !scores_polytomous(&s);
}

bool stat_is_polytomous(const struct stat_job *j)
{
	return !stat_is_binary(j);
}

/* Few enough steps for a matrix of them. */
bool stat_is_graded(const struct stat_job *j)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	struct scores s = scores_from_zero(&a, &j->scores);
	return scores_polytomous(&s) && steps_of(&a, &s).n <= STEPS_MAX;
}

struct scores stat_varying(struct arena *a, const struct stat_job *j, const struct str **item)
{
	struct scores s = scores_from_zero(a, &j->scores);
	const uint8_t *max = scores_max(a, &s);
	bool *keep = arena_new(a, bool, s.k);
	struct str *name = arena_new(a, struct str, s.k);
	size_t k = 0;
	for (size_t i = 0; i < s.k; i++) {
		keep[i] = max[i] > 0;
		if (keep[i])
			name[k++] = j->item[i];
	}
	if (item != NULL)
		*item = name;
	return k == s.k ? s : scores_items(a, &s, keep);
}

static void persons(const struct stat_job *j, const struct scores *s, const struct rasch_person *p,
        const char *stat, const double *v)
{
	size_t shown = 0;
	for (size_t i = 0; i < s->n && shown < FIRST; i++)
		if (!isnan(p->theta[i])) {
			stat_row(j->o, stat, str_printf(j->a, "P%zu", i + 1), v[i]);
			shown++;
		}
}

static void fit_rows(const struct stat_job *j, const struct scores *s, const struct steps *st,
        const struct cml *fit)
{
	struct rasch_person p;
	struct stat_out *o = j->o;
	rasch_person_fit(j->a, s, st, fit->beta, &p);
	stat_rows(o, "item_outfit_msq", p.item_outfit, s->k);
	stat_rows(o, "item_infit_msq", p.item_infit, s->k);
	persons(j, s, &p, "person_outfit_msq_first20", p.outfit);
	persons(j, s, &p, "person_infit_msq_first20", p.infit);
	for (size_t r = 0; r <= st->top; r++)
		stat_row_at(o, "theta_ml_by_score", r, p.by_score[r]);
	stat_row_one(o, "separation_reliability", p.separation);
}

void stat_do_erm_rm(const struct stat_job *j)
{
	const struct str *item;
	struct scores s = stat_varying(j->a, j, &item);
	struct steps st = steps_of(j->a, &s);
	struct cml fit;
	struct stat_out *o = j->o;
	cml_fit(j->a, &s, &st, &fit);
	stat_row_one(o, "cond_loglik", fit.loglik);
	for (size_t i = 0; i < s.k; i++) {
		struct str index = str_cat(j->a, STR("beta "), item[i]);
		stat_row(o, "beta_easiness", index, fit.beta[i]);
		stat_row(o, "beta_se", index, fit.se[i]);
	}
	if (!fit.converged)
		return;
	fit_rows(j, &s, &st, &fit);
	struct andersen lr = cml_andersen(j->a, &s);
	if (lr.df > 0) {
		stat_row_one(o, "andersen_LR_median", lr.lr);
		stat_row_one(o, "andersen_df", (double)lr.df);
	}
}

void stat_do_erm_pcm(const struct stat_job *j)
{
	const struct str *item;
	struct scores s = stat_varying(j->a, j, &item);
	struct steps st = steps_of(j->a, &s);
	struct cml fit;
	struct stat_out *o = j->o;
	cml_fit(j->a, &s, &st, &fit);
	stat_row_one(o, "cond_loglik", fit.loglik);
	for (size_t i = 0; i < s.k; i++)
		for (size_t c = 1; c <= st.max[i]; c++) {
			size_t x = st.from[i] + c - 1;
			struct str name =
			        str_printf(j->a, "beta " STR_FMT ".c%zu", STR_ARG(item[i]), c);
			stat_row(o, "beta_easiness", name, fit.beta[x]);
			stat_row(o, "beta_se", name, fit.se[x]);
			stat_row(o, "thresholds", str_cat(j->a, STR("thresh "), name),
			        c == 1 ? -fit.beta[x] : fit.beta[x - 1] - fit.beta[x]);
		}
	if (fit.converged)
		fit_rows(j, &s, &st, &fit);
}

/* Estimates of Warm by total, and their reliability 1 − mean error² / variance (n − 1 below). */
static void wle_rows(const struct stat_job *j, const struct scores *s, const struct steps *st,
        const double *beta)
{
	struct patterns patterns = patterns_of(j->a, s, st);
	const uint32_t *total = scores_totals(j->a, s);
	double n = 0, sum = 0, sum2 = 0, error = 0;
	for (size_t g = 0; g < patterns.n; g++) {
		const struct pattern *p = &patterns.v[g];
		double *theta = arena_new(j->a, double, p->top + 1);
		double *info = arena_new(j->a, double, p->top + 1);
		for (size_t r = 0; r <= p->top; r++) {
			theta[r] = rasch_theta_wle(st, p, beta, (double)r, &info[r]);
			if (p->n_items == s->k) {
				stat_row_at(j->o, "wle_by_score", r, theta[r]);
				stat_row_at(j->o, "wle_se_by_score", r, 1 / sqrt(info[r]));
			}
		}
		for (size_t i = 0; i < p->n_persons && p->n_items > 0; i++) {
			uint32_t r = total[p->person[i]];
			n++;
			sum += theta[r];
			sum2 += theta[r] * theta[r];
			error += 1 / info[r];
		}
	}
	double var = (sum2 - sum * sum / n) / (n - 1);
	stat_row_one(j->o, "wle_rel", 1 - error / n / var);
}

static void mml_rows(const struct stat_job *j, bool rasch)
{
	const struct str *item;
	struct scores s = stat_varying(j->a, j, &item);
	struct steps st = steps_of(j->a, &s);
	struct quadrature q = quadrature_grid(j->a, -6, 6, 61, 1);
	struct mml fit;
	struct stat_out *o = j->o;
	mml_fit(j->a, &s, &st, &q, true, &fit);
	for (size_t i = 0; i < s.k; i++)
		for (size_t x = st.from[i]; x < st.from[i + 1]; x++) {
			size_t c = x - st.from[i] + 1;
			double step = c == 1 ? -fit.beta[x] : fit.beta[x - 1] - fit.beta[x];
			if (rasch) {
				stat_row_at(o, "xsi", i + 1, step);
				stat_row_at(o, "xsi_se", i + 1, fit.se[x]);
			} else
				stat_row(o, "xsi_adjacent_steps",
				        str_printf(j->a, STR_FMT "_Cat%zu", STR_ARG(item[i]), c),
				        step);
		}
	if (!fit.converged)
		return;
	stat_row_one(o, "variance", fit.variance);
	stat_row_one(o, "deviance", -2 * fit.loglik);
	stat_row_one(o, "eap_rel", mml_eap_reliability(&fit, s.n));
	for (size_t r = 0; r <= st.top; r++)
		stat_row_at(o, "eap_by_score", r, fit.eap_by_score[r]);
	wle_rows(j, &s, &st, fit.beta);
}

void stat_do_tam_rasch(const struct stat_job *j)
{
	mml_rows(j, true);
}

void stat_do_tam_pcm(const struct stat_job *j)
{
	mml_rows(j, false);
}

void stat_do_ltm_rasch(const struct stat_job *j)
{
	const struct str *item;
	struct scores s = stat_varying(j->a, j, &item);
	struct steps st = steps_of(j->a, &s);
	struct quadrature q = quadrature_hermite(j->a, 61);
	struct mml fit;
	mml_fit(j->a, &s, &st, &q, false, &fit);
	for (size_t i = 0; i < s.k; i++)
		stat_row_at(j->o, "b", i + 1, -fit.beta[i]);
	stat_row_one(j->o, "loglik", fit.loglik);
}

void stat_do_ltm_1pl(const struct stat_job *j)
{
	const struct str *item;
	struct scores s = stat_varying(j->a, j, &item);
	struct steps st = steps_of(j->a, &s);
	struct quadrature q = quadrature_hermite(j->a, 61);
	struct mml fit;
	double slope;
	mml_common_slope(j->a, &s, &st, &q, &slope, &fit);
	for (size_t i = 0; i < s.k; i++)
		stat_row_at(j->o, "b", i + 1, -fit.beta[i] / slope);
	stat_row_one(j->o, "a", slope);
	stat_row_one(j->o, "loglik", fit.loglik);
}

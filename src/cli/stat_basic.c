/* soko stat: classical theory, corrected p-values, control points of the distributions. */
#include "cli/stat_table.h"
#include "stat/classical.h"
#include "stat/dist.h"
#include "stat/padjust.h"

#include <math.h>

void stat_do_classical(const struct stat_job *j)
{
	struct classical c;
	classical_fit(j->a, &j->scores, &c);
	struct stat_out *o = j->o;
	stat_row_one(o, "n", (double)c.n);
	stat_row_one(o, "k", (double)c.k);
	stat_row_one(o, "mean", c.mean);
	stat_row_one(o, "sd", c.sd);
	stat_rows(o, "difficulty", c.difficulty, c.k);
	stat_rows(o, "item_sd", c.item_sd, c.k);
	stat_rows(o, "r_item_total", c.r_total, c.k);
	stat_rows(o, "r_item_rest", c.r_rest, c.k);
	stat_row_one(o, "alpha", c.alpha);
	stat_rows(o, "alpha_if_deleted", c.alpha_deleted, c.k);
	stat_row_one(o, "sem", c.sem);
	stat_row_one(o, "lambda2", c.lambda2);
	if (c.binary) {
		stat_row_one(o, "kr20_n", c.kr20);
		stat_row_one(o, "kr21_n", c.kr21);
	}
	stat_row_one(o, "split_half_odd_even_sb", c.split_half);
	stat_rows(o, "D27_stable", c.d27, c.k);
	stat_row_one(o, "alpha_std", c.alpha_std);
	stat_row_one(o, "lambda6_smc", c.lambda6);
	stat_row(o, "feldt_ci95", STR("low"), c.alpha_ci[0]);
	stat_row(o, "feldt_ci95", STR("high"), c.alpha_ci[1]);
}

void stat_do_p_adjust(const struct stat_job *j)
{
	static const struct {
		const char *name;
		enum padjust_method method;
	} methods[] = {{"BH", PADJUST_BH}, {"BY", PADJUST_BY}, {"holm", PADJUST_HOLM},
	        {"bonferroni", PADJUST_BONFERRONI}};
	const double *p = stat_column(j->a, j->t, stat_col(j->t, "p"));
	double *adjusted = arena_new(j->a, double, j->t->n);
	for (size_t m = 0; m < ARRAY_LEN(methods); m++) {
		padjust(j->a, methods[m].method, p, j->t->n, adjusted);
		stat_rows(j->o, methods[m].name, adjusted, j->t->n);
	}
}

/* Control points at which other programs publish their distribution functions; so that an
 * installation can be compared digit by digit. */
enum point_kind { NORMAL, STUDENT7, CHI3, HYPER, BINOMIAL, NORMAL_Q, STUDENT_Q, FISHER_Q };

static const struct {
	const char *stat;
	enum point_kind kind;
	double at[10];
	size_t n;
} points[] = {
        {"pnorm_upper", NORMAL, {-8, -5, -3, -1, 0, 1, 2.5, 4, 6, 9}, 10},
        {"pt_upper_df7", STUDENT7, {-8, -5, -3, -1, 0, 1, 2.5, 4, 6, 9}, 10},
        {"pchisq_upper_df3", CHI3, {0.1, 1, 5, 20, 60}, 5},
        {"phyper_upper", HYPER, {0, 2, 4, 5, 6}, 5},
        {"pbinom_upper", BINOMIAL, {0, 3, 8, 12}, 4},
        {"qnorm", NORMAL_Q, {1e-10, 0.001, 0.025, 0.5, 0.99}, 5},
        {"qt975", STUDENT_Q, {1, 2, 5, 30, 200}, 5},
        {"qf", FISHER_Q, {0.025, 0.975}, 2},
};

static double point(enum point_kind kind, double x)
{
	switch (kind) {
	case NORMAL:
		return dist_normal_upper(x);
	case STUDENT7:
		return dist_t_upper(x, 7);
	case CHI3:
		return dist_chi2_upper(x, 3);
	case HYPER: /* 7 of 8 marked and 20 plain */
		return dist_hypergeometric_upper((int64_t)x, 8, 20, 7);
	case BINOMIAL:
		return dist_binomial_upper((int64_t)x, 20, 0.2);
	case NORMAL_Q:
		return dist_normal_quantile(x);
	case STUDENT_Q:
		return dist_t_quantile(0.975, x);
	case FISHER_Q: /* of Feldt's interval for 100 persons and 50 items */
		return dist_f_quantile(x, 99, 4851);
	}
	return (double)NAN;
}

void stat_do_dist(const struct stat_job *j)
{
	for (size_t i = 0; i < ARRAY_LEN(points); i++)
		for (size_t k = 0; k < points[i].n; k++)
			stat_row(j->o, points[i].stat, str_printf(j->a, "%.15g", points[i].at[k]),
			        point(points[i].kind, points[i].at[k]));
}

void stat_do_poisson_binomial(const struct stat_job *j)
{
	double p[12], upper[13];
	for (int i = 0; i < 12; i++)
		p[i] = 0.05 * (i + 1);
	dist_poisson_binomial_upper(p, 12, upper);
	for (size_t x = 0; x <= 12; x++)
		stat_row_at(j->o, "upper_tail_p_0.05..0.6_12", x, upper[x]);
}

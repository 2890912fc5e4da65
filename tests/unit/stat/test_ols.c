#include "stat/multilevel.h"
#include "stat/ols.h"
#include "stat/random.h"
#include "test.h"

#include <math.h>

enum { N = 30, P = 3 };

static void made(double *x, double *y)
{
	struct random_stream r = random_seed(17);
	for (size_t i = 0; i < N; i++) {
		x[i * P] = 1;
		x[i * P + 1] = random_normal(&r);
		x[i * P + 2] = random_unit(&r);
		y[i] = 2 - x[i * P + 1] + 3 * x[i * P + 2] + 0.5 * random_normal(&r);
	}
}

TEST(residuals_are_orthogonal_to_the_columns)
{
	double x[N * P], y[N];
	AUTO_ARENA(a, 1 << 20);
	made(x, y);
	struct ols f;
	ols_fit(&a, x, y, N, P, &f);
	REQUIRE(f.ok);
	double trace = 0;
	for (size_t c = 0; c < P; c++) {
		double with = 0;
		for (size_t i = 0; i < N; i++)
			with += x[i * P + c] * f.residual[i];
		CHECK_NEAR(with, 0, 1e-12);
	}
	for (size_t i = 0; i < N; i++) {
		double fit = 0;
		trace += f.leverage[i];
		for (size_t c = 0; c < P; c++)
			fit += x[i * P + c] * f.coef[c];
		CHECK_NEAR(fit + f.residual[i], y[i], 1e-12);
	}
	CHECK_NEAR(trace, P, 1e-12);
}

/* The mean: every error has a closed form. */
TEST(errors_of_a_mean)
{
	const double x[] = {1, 1, 1, 1}, y[] = {1, 2, 4, 9};
	const uint32_t own[] = {0, 1, 2, 3};
	AUTO_ARENA(a, 1 << 20);
	struct ols f;
	double se;
	ols_fit(&a, x, y, 4, 1, &f);
	double rss = 9 + 4 + 0 + 25;
	CHECK_NEAR(f.coef[0], 4, 1e-14);
	ols_errors(&a, &f, OLS_CLASSIC, &se);
	CHECK_NEAR(se, sqrt(rss / 3 / 4), 1e-14);
	ols_errors(&a, &f, OLS_HC0, &se);
	CHECK_NEAR(se, sqrt(rss) / 4, 1e-14);
	ols_errors(&a, &f, OLS_HC1, &se);
	CHECK_NEAR(se, sqrt(rss / 3 / 4), 1e-14);
	ols_errors(&a, &f, OLS_HC2, &se);
	CHECK_NEAR(se, sqrt(rss / 0.75) / 4, 1e-14);
	ols_errors(&a, &f, OLS_HC3, &se);
	CHECK_NEAR(se, sqrt(rss) / 0.75 / 4, 1e-14);
	ols_cluster(&a, &f, own, 4, &se); /* every row its own cluster: HC1 */
	CHECK_NEAR(se, sqrt(rss * 4 / 3 * 3 / 3) / 4, 1e-14);
	ols_newey_west(&a, &f, 0, &se);
	CHECK_NEAR(se, sqrt(rss) / 4, 1e-14);
	ols_newey_west(&a, &f, 1, &se); /* + 2 · ½ · Σ e e₋₁ */
	CHECK_NEAR(se, sqrt(rss + (6 + 0 + 0)) / 4, 1e-14);
	CHECK_NEAR(ols_durbin_watson(&f), (1 + 4 + 25) / rss, 1e-14);
}

TEST(a_column_that_repeats_another_is_refused)
{
	const double x[] = {1, 2, 1, 2, 1, 2, 1, 2}, y[] = {1, 2, 3, 4};
	AUTO_ARENA(a, 1 << 20);
	struct ols f;
	double se[2];
	ols_fit(&a, x, y, 4, 2, &f);
	CHECK(!f.ok && isnan(f.coef[0]));
	ols_errors(&a, &f, OLS_HC3, se);
	CHECK(isnan(se[1]));
	ols_fit(&a, x, y, 2, 2, &f);
	CHECK(!f.ok);
}

/* Balanced groups, no covariates: the classical variance components. */
TEST(balanced_groups_have_a_closed_form)
{
	enum { G = 4, M = 3 };
	static const double y[G * M] = {1, 2, 3, 5, 6, 8, 2, 4, 3, 9, 7, 9};
	double x[G * M], mean[G] = {0}, grand = 0, within = 0, between = 0;
	uint32_t group[G * M];
	for (size_t i = 0; i < G * M; i++) {
		x[i] = 1;
		group[i] = (uint32_t)(i / M);
		mean[i / M] += y[i] / M;
		grand += y[i] / (G * M);
	}
	for (size_t i = 0; i < G * M; i++)
		within += (y[i] - mean[i / M]) * (y[i] - mean[i / M]);
	for (size_t g = 0; g < G; g++)
		between += M * (mean[g] - grand) * (mean[g] - grand);
	double msw = within / (G * (M - 1)), msb = between / (G - 1);
	AUTO_ARENA(a, 1 << 20);
	struct multilevel_data d = {G * M, 1, G, y, x, group};
	struct multilevel m;
	multilevel_fit(&a, &d, true, &m);
	REQUIRE(m.ok);
	CHECK_NEAR(m.sigma2, msw, 1e-6);
	CHECK_NEAR(m.tau2, (msb - msw) / M, 1e-6);
	CHECK_NEAR(m.coef[0], grand, 1e-12);
	CHECK_NEAR(m.se[0], sqrt(msb / (G * M)), 1e-6);
	CHECK_NEAR(m.blup[0], (1 - msw / msb) * (mean[0] - grand), 1e-6);
	double restricted = m.tau2;
	multilevel_fit(&a, &d, false, &m);
	CHECK(m.ok && m.tau2 < restricted);
	CHECK_NEAR(m.sigma2, msw, 1e-6);
}

TEST(groups_that_do_not_differ_have_no_variance)
{
	static const double y[] = {1, 2, 2, 1, 1, 2}, x[] = {1, 1, 1, 1, 1, 1};
	static const uint32_t group[] = {0, 0, 1, 1, 2, 2}, one[] = {0, 0, 0, 0, 0, 0};
	AUTO_ARENA(a, 1 << 20);
	struct multilevel m;
	multilevel_fit(&a, &(struct multilevel_data){6, 1, 3, y, x, group}, true, &m);
	REQUIRE(m.ok);
	CHECK_NEAR(m.tau2, 0, 1e-6);
	CHECK_NEAR(m.blup[1], 0, 1e-6);
	multilevel_fit(&a, &(struct multilevel_data){6, 1, 1, y, x, one}, true, &m);
	CHECK(!m.ok && isnan(m.tau2));
	multilevel_fit(&a, &(struct multilevel_data){6, 1, 3, x, x, group}, true, &m);
	CHECK(!m.ok); /* nothing varies */
	multilevel_fit(&a, &(struct multilevel_data){0, 1, 0, y, x, group}, true, &m);
	CHECK(!m.ok);
}

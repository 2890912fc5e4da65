#include "stat/dist.h"
#include "stat/padjust.h"
#include "test.h"

#include <math.h>

TEST(normal_tails_and_quantiles_are_inverse)
{
	CHECK_NEAR(dist_normal_upper(0), 0.5, 0);
	CHECK_NEAR(dist_normal_upper(1.959963984540054), 0.025, 1e-15);
	for (double p = 1e-12; p < 0.999; p = p * 1.7 + 1e-13)
		CHECK_NEAR(dist_normal_upper(-dist_normal_quantile(p)) / p, 1, 1e-12);
	CHECK(isinf(dist_normal_quantile(0)));
	CHECK(isnan(dist_normal_quantile(1.5)));
	CHECK(isnan(dist_normal_quantile((double)NAN)));
}

/* χ² with even df is a Poisson sum: P(X ≥ x) = Σ_{i < df/2} e^{−x/2} (x/2)^i / i!. */
TEST(chi_square_of_even_freedom_is_a_poisson_sum)
{
	for (int half = 1; half < 12; half++)
		for (double x = 0.25; x < 80; x *= 2) {
			double term = exp(-x / 2), sum = 0;
			for (int i = 0; i < half; i++) {
				sum += term;
				term *= x / 2 / (i + 1);
			}
			CHECK_NEAR(dist_chi2_upper(x, 2 * half), sum, 1e-13);
		}
	CHECK_NEAR(dist_chi2_upper(0, 3), 1, 0);
	CHECK(isnan(dist_chi2_upper(1, 0)));
}

TEST(t_with_one_degree_is_cauchy)
{
	for (double t = -6; t <= 6; t += 0.75)
		CHECK_NEAR(dist_t_upper(t, 1), 0.5 - atan(t) / M_PI, 1e-14);
	CHECK_NEAR(dist_t_quantile(0.75, 1), 1, 1e-12);
	CHECK_NEAR(dist_t_quantile(0.25, 1), -1, 1e-12);
	CHECK_NEAR(dist_f_upper(2.5 * 2.5, 1, 9), 2 * dist_t_upper(2.5, 9), 1e-14);
	CHECK_NEAR(dist_f_upper(dist_f_quantile(0.9, 7, 400), 7, 400), 0.1, 1e-13);
}

TEST(counting_distributions_agree_with_sums)
{
	double p[9], upper[10];
	for (int i = 0; i < 9; i++)
		p[i] = 0.3;
	dist_poisson_binomial_upper(p, 9, upper);
	for (int k = 0; k <= 9; k++)
		CHECK_NEAR(upper[k], dist_binomial_upper(k, 9, 0.3), 1e-14);
	CHECK_NEAR(dist_binomial_upper(10, 9, 0.3), 0, 0);
	/* two drawn out of 3 marked and 1 plain: both marked in 3 of 6 ways */
	CHECK_NEAR(dist_hypergeometric_upper(2, 3, 1, 2), 0.5, 1e-14);
	CHECK_NEAR(dist_hypergeometric_upper(1, 3, 1, 2), 1, 1e-14);
	CHECK(isnan(dist_hypergeometric_upper(1, 3, 1, 9)));
	dist_poisson_binomial_upper(NULL, 0, upper);
	CHECK_NEAR(upper[0], 1, 0);
}

TEST(corrected_p_values)
{
	AUTO_ARENA(a, 1 << 20);
	const double p[] = {0.04, 0.01, (double)NAN, 0.03};
	double r[4];
	padjust(&a, PADJUST_BH, p, 4, r);
	CHECK_NEAR(r[0], 0.04, 1e-15);
	CHECK_NEAR(r[1], 0.03, 1e-15);
	CHECK_NEAR(r[3], 0.04, 1e-15);
	CHECK(isnan(r[2]));
	padjust(&a, PADJUST_HOLM, p, 4, r);
	CHECK_NEAR(r[1], 0.03, 1e-15);
	CHECK_NEAR(r[3], 0.06, 1e-15);
	CHECK_NEAR(r[0], 0.06, 1e-15);
	padjust(&a, PADJUST_BY, p, 4, r);
	CHECK_NEAR(r[1], 0.03 * (1 + 0.5 + 1 / 3.0), 1e-15);
	padjust(&a, PADJUST_BONFERRONI, p, 4, r);
	CHECK_NEAR(r[0], 0.12, 1e-15);
	padjust(&a, PADJUST_HOLM, NULL, 0, r);
}

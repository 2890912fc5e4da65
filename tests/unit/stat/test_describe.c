#include "stat/describe.h"
#include "test.h"

#include <math.h>

TEST(mean_of_no_works_is_missing)
{
	CHECK(isnan(stat_mean(0, 0)));
	CHECK(isnan(stat_sd(0, 0, 0)));
	CHECK(isnan(stat_percent(0, 0)));
	int64_t none[3] = {0};
	CHECK(isnan(stat_quantile(none, 3, 0.5)));
}

TEST(deviation_is_of_the_population)
{
	/* 2 4 4 4 5 5 7 9: mean 5, population deviation 2 */
	CHECK_NEAR(stat_mean(8, 40), 5, 0);
	CHECK_NEAR(stat_sd(8, 40, 232), 2, 0);
	CHECK_NEAR(stat_sd(1, 7, 49), 0, 0);
}

TEST(deviation_of_thirty_million_works_does_not_overflow)
{
	int64_t n = 30000000;
	/* half 0, half 1000 */
	CHECK_NEAR(stat_sd(n, n / 2 * 1000, n / 2 * 1000000), 500, 0);
}

TEST(quantiles_are_type_7)
{
	/* 1 2 2 5 9: rank h = 4p, so p = 0.1 lies 0.4 of the way from 1 to 2 */
	int64_t h[10] = {[1] = 1, [2] = 2, [5] = 1, [9] = 1};
	CHECK_NEAR(stat_quantile(h, 10, 0), 1, 0);
	CHECK_NEAR(stat_quantile(h, 10, 0.1), 1.4, 1e-12);
	CHECK_NEAR(stat_quantile(h, 10, 0.25), 2, 0);
	CHECK_NEAR(stat_quantile(h, 10, 0.5), 2, 0);
	CHECK_NEAR(stat_quantile(h, 10, 0.75), 5, 0);
	CHECK_NEAR(stat_quantile(h, 10, 0.9), 7.4, 1e-12);
	CHECK_NEAR(stat_quantile(h, 10, 1), 9, 0);
	CHECK(isnan(stat_quantile(h, 10, 1.5)));
}

TEST(learning_degree_weighs_the_marks)
{
	struct stat_sum s = {.mark = {1, 1, 1, 1}};
	CHECK_NEAR(stat_sou(&s), (100 + 64 + 36 + 16) / 4.0, 0);
}

TEST(journal_comparison_counts_each_pair_once)
{
	struct stat_sum s = {0};
	s.journal[0][2] = 3; /* «2» against «4» */
	s.journal[1][1] = 5;
	s.journal[3][2] = 2;
	struct stat_journal j = stat_journal(&s);
	CHECK_INT(j.n, 10);
	CHECK_INT(j.lowered, 3);
	CHECK_INT(j.confirmed, 5);
	CHECK_INT(j.raised, 2);
	CHECK_INT(j.far, 3);
}

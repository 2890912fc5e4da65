#include "stat/dif.h"
#include "stat/random.h"
#include "test.h"

#include <math.h>

/* Two strata by a second item, counts as in a book of 2 × 2 tables. */
TEST(mantel_haenszel_by_hand)
{
	/* item 1 under study, item 2 makes the strata; reference: right, wrong; focal: right, wrong
	 */
	static const int cell[2][4] = {{8, 4, 5, 6}, {9, 3, 4, 7}};
	uint8_t x[200], group[100];
	size_t n = 0;
	for (uint8_t hard = 0; hard < 2; hard++)
		for (int c = 0; c < 4; c++)
			for (int i = 0; i < cell[hard][c]; i++, n++) {
				bool right = c == 0 || c == 2;
				x[2 * n] = right;
				/* the total includes the item: the second one makes it 1 or 3 */
				x[2 * n + 1] = (uint8_t)(2 * hard + !right);
				group[n] = c >= 2;
			}
	AUTO_ARENA(a, 1 << 20);
	struct dif d[2];
	dif_fit(&a, &(struct scores){n, 2, x}, group, d);
	double ad = 8 * 6 / 23.0 + 9 * 7 / 23.0, bc = 4 * 5 / 23.0 + 3 * 4 / 23.0;
	CHECK_NEAR(d[0].alpha, ad / bc, 1e-12);
	CHECK_NEAR(d[0].delta, -2.35 * log(ad / bc), 1e-12);
	double e = 12 * 13 / 23.0 + 12 * 13 / 23.0, v = 2 * (12.0 * 11 * 13 * 10 / (23 * 23 * 22));
	CHECK_NEAR(d[0].chi2, (17 - e) * (17 - e) / v, 1e-10);
	CHECK_NEAR(d[0].chi2_corrected, (fabs(17 - e) - 0.5) * (fabs(17 - e) - 0.5) / v, 1e-10);
	CHECK_INT(d[0].breslow_day_strata, 2);
	CHECK(d[0].breslow_day > 0 && d[0].breslow_day < 1);
	CHECK_NEAR(d[0].p_difference,
	        (11 * (5 / 11.0 - 8 / 12.0) + 11 * (4 / 11.0 - 9 / 12.0)) / 22, 1e-12);
	CHECK(d[0].lr_both >= d[0].lr_uniform - 1e-9);
	CHECK_NEAR(d[0].lr_both, d[0].lr_uniform + d[0].lr_nonuniform, 1e-9);
}

TEST(groups_exchanged_turn_the_odds_over)
{
	enum { N = 200, K = 4 };
	AUTO_ARENA(a, 1 << 22);
	struct random_stream r = random_seed(2);
	uint8_t x[N * K], one[N], two[N];
	for (size_t p = 0; p < N; p++) {
		one[p] = (uint8_t)random_below(&r, 2);
		two[p] = !one[p];
		for (size_t i = 0; i < K; i++)
			x[p * K + i] = (uint8_t)random_below(&r, 2);
	}
	struct dif d[K], e[K];
	dif_fit(&a, &(struct scores){N, K, x}, one, d);
	dif_fit(&a, &(struct scores){N, K, x}, two, e);
	for (size_t i = 0; i < K; i++) {
		CHECK_NEAR(d[i].alpha * e[i].alpha, 1, 1e-12);
		CHECK_NEAR(d[i].chi2, e[i].chi2, 1e-9);
		CHECK_NEAR(d[i].breslow_day, e[i].breslow_day, 1e-6);
		CHECK_NEAR(d[i].lr_both, e[i].lr_both, 1e-7);
	}
}

TEST(no_group_or_no_variation_gives_no_number)
{
	const uint8_t x[] = {1, 1, 1}, group[] = {0, 1, 0}, single[] = {0, 0, 0},
	              none[] = {SCORE_NONE, SCORE_NONE, SCORE_NONE};
	AUTO_ARENA(a, 1 << 20);
	struct dif d[1];
	dif_fit(&a, &(struct scores){3, 1, x}, group, d);
	CHECK(isnan(d[0].alpha) && isnan(d[0].chi2) && isnan(d[0].breslow_day));
	dif_fit(&a, &(struct scores){3, 1, x}, single, d);
	CHECK(isnan(d[0].alpha) && isnan(d[0].p_difference));
	dif_fit(&a, &(struct scores){3, 1, none}, group, d);
	CHECK(isnan(d[0].alpha) && isnan(d[0].p_difference));
	dif_fit(&a, &(struct scores){0, 0, NULL}, group, d);
}

#include "stat/classical.h"
#include "stat/random.h"
#include "test.h"

#include <math.h>

static double covariance(const double *x, const double *y, size_t n)
{
	double mx = 0, my = 0, c = 0;
	for (size_t i = 0; i < n; i++) {
		mx += x[i] / (double)n;
		my += y[i] / (double)n;
	}
	for (size_t i = 0; i < n; i++)
		c += (x[i] - mx) * (y[i] - my);
	return c / (double)(n - 1);
}

/* The definitions, item by item, against the kernel that works from sums of products. */
TEST(figures_follow_their_definitions)
{
	enum { N = 60, K = 5 };
	AUTO_ARENA(a, 1 << 22);
	struct random_stream r = random_seed(7);
	uint8_t x[N * K];
	double col[K][N], total[N], rest[N], vars = 0;
	for (int p = 0; p < N; p++) {
		double skill = random_unit(&r);
		total[p] = 0;
		for (int i = 0; i < K; i++) {
			x[p * K + i] =
			        (uint8_t)((random_unit(&r) < skill) + (random_unit(&r) < skill));
			col[i][p] = x[p * K + i];
			total[p] += col[i][p];
		}
	}
	struct classical c;
	classical_fit(&a, &(struct scores){N, K, x}, &c);
	double var = covariance(total, total, N);
	for (int i = 0; i < K; i++) {
		double v = covariance(col[i], col[i], N);
		vars += v;
		for (int p = 0; p < N; p++)
			rest[p] = total[p] - col[i][p];
		CHECK_NEAR(c.item_sd[i], sqrt(v), 1e-12);
		CHECK_NEAR(c.r_total[i], covariance(col[i], total, N) / sqrt(v * var), 1e-12);
		CHECK_NEAR(c.r_rest[i],
		        covariance(col[i], rest, N) / sqrt(v * covariance(rest, rest, N)), 1e-12);
	}
	CHECK_NEAR(c.alpha, K / (K - 1.0) * (1 - vars / var), 1e-12);
	CHECK(c.lambda2 >= c.alpha);
	CHECK(c.alpha_ci[0] < c.alpha && c.alpha < c.alpha_ci[1]);
	CHECK(isnan(c.kr20));
	CHECK(!c.binary);
}

TEST(two_parallel_items_have_the_spearman_brown_reliability)
{
	/* four persons, r = 0: 00 01 10 11, and r = 1 */
	const uint8_t free[] = {0, 0, 0, 1, 1, 0, 1, 1}, same[] = {0, 0, 1, 1, 0, 0, 1, 1};
	AUTO_ARENA(a, 1 << 20);
	struct classical c;
	classical_fit(&a, &(struct scores){4, 2, free}, &c);
	CHECK_NEAR(c.alpha, 0, 1e-15);
	CHECK_NEAR(c.split_half, 0, 1e-15);
	CHECK_NEAR(c.kr20, 0, 1e-15);
	CHECK_NEAR(c.d27[0], 1, 1e-15); /* two above (11, 10), two below (00, 01) */
	CHECK_NEAR(c.d27[1], 0, 1e-15);
	classical_fit(&a, &(struct scores){4, 2, same}, &c);
	CHECK_NEAR(c.alpha, 1, 1e-15);
	CHECK_NEAR(c.sem, 0, 1e-15);
	CHECK(isnan(c.lambda6)); /* the correlation matrix is singular */
}

TEST(degenerate_tables_give_no_number_and_no_crash)
{
	const uint8_t one[] = {1}, equal[] = {1, 1, 1, 1, 1, 1},
	              none[] = {SCORE_NONE, SCORE_NONE, SCORE_NONE, SCORE_NONE};
	AUTO_ARENA(a, 1 << 20);
	struct classical c;
	classical_fit(&a, &(struct scores){1, 1, one}, &c);
	CHECK(isnan(c.alpha) && isnan(c.sd) && isnan(c.r_rest[0]));
	CHECK_NEAR(c.difficulty[0], 1, 0);
	classical_fit(&a, &(struct scores){3, 2, equal}, &c);
	CHECK(isnan(c.alpha) && isnan(c.alpha_std) && isnan(c.alpha_ci[0]));
	CHECK_NEAR(c.sd, 0, 0);
	classical_fit(&a, &(struct scores){2, 2, none}, &c);
	CHECK_INT(c.n, 0);
	CHECK(isnan(c.mean) && isnan(c.difficulty[1]));
	classical_fit(&a, &(struct scores){0, 0, NULL}, &c);
	CHECK(isnan(c.mean));
}

TEST(persons_with_a_missing_answer_are_left_out)
{
	const uint8_t whole[] = {0, 1, 1, 1, 0, 0},
	              gaps[] = {0, 1, SCORE_NONE, 1, 1, 1, 0, SCORE_NONE, 0, 0};
	AUTO_ARENA(a, 1 << 20);
	struct classical x, y;
	classical_fit(&a, &(struct scores){3, 2, whole}, &x);
	classical_fit(&a, &(struct scores){5, 2, gaps}, &y);
	CHECK_INT(y.n, 3);
	CHECK_NEAR(x.alpha, y.alpha, 0);
	CHECK_NEAR(x.d27[0], y.d27[0], 0);
}

#include "stat/guttman.h"
#include "stat/person_fit.h"
#include "stat/random.h"
#include "test.h"

#include <math.h>

enum { N = 40, K = 6 };

static struct scores made(struct arena *a, int points)
{
	struct random_stream r = random_seed(31);
	uint8_t *x = arena_new(a, uint8_t, N * K);
	for (size_t p = 0; p < N; p++) {
		double skill = random_unit(&r);
		for (size_t i = 0; i < K; i++)
			for (int c = 0; c < points; c++)
				x[p * K + i] =
				        (uint8_t)(x[p * K + i] +
				                  (random_unit(&r) * (0.5 + 0.2 * (double)i) <
				                          skill));
	}
	return (struct scores){N, K, x};
}

/* Pairs of an easier item failed and a harder one passed, counted one by one. */
TEST(errors_are_inverted_pairs)
{
	AUTO_ARENA(a, 1 << 20);
	struct scores s = made(&a, 1);
	struct guttman g[N];
	guttman_fit(&a, &s, g);
	int64_t count[K] = {0};
	for (size_t p = 0; p < N; p++)
		for (size_t i = 0; i < K; i++)
			count[i] += score_at(&s, p, i);
	const uint32_t *total = scores_totals(&a, &s);
	for (size_t p = 0; p < N; p++) {
		int errors = 0;
		for (size_t i = 0; i < K; i++)
			for (size_t j = 0; j < K; j++) {
				bool easier =
				        count[i] > count[j] || (count[i] == count[j] && i < j);
				errors += easier && !score_at(&s, p, i) && score_at(&s, p, j);
			}
		CHECK_NEAR(g[p].errors, errors, 0);
		if (total[p] == 0 || total[p] == K) {
			CHECK(isnan(g[p].u3) && isnan(g[p].ht));
			continue;
		}
		CHECK(g[p].normed >= 0 && g[p].normed <= 1);
		CHECK(g[p].u3 >= -1e-12 && g[p].u3 <= 1 + 1e-12);
		CHECK(g[p].c_star >= -1e-12 && g[p].c_star <= 1 + 1e-12);
		CHECK(g[p].ht <= 1 && fabs(g[p].r_pbis) <= 1);
	}
}

/* The covariances with every other person, one by one. */
TEST(ht_is_a_sum_over_pairs_of_persons)
{
	AUTO_ARENA(a, 1 << 20);
	struct scores s = made(&a, 1);
	struct guttman g[N];
	guttman_fit(&a, &s, g);
	const uint32_t *total = scores_totals(&a, &s);
	for (size_t p = 0; p < N; p++) {
		double cov = 0, most = 0;
		for (size_t q = 0; q < N; q++) {
			double both = 0, x = (double)total[p] / K, y = (double)total[q] / K;
			if (q == p)
				continue;
			for (size_t i = 0; i < K; i++)
				both += score_at(&s, p, i) * score_at(&s, q, i);
			cov += both / K - x * y;
			most += fmin(x, y) * (1 - fmax(x, y));
		}
		if (!isnan(g[p].ht))
			CHECK_NEAR(g[p].ht, cov / most, 1e-12);
	}
}

TEST(steps_of_binary_items_are_items)
{
	AUTO_ARENA(a, 1 << 20);
	struct scores s = made(&a, 1);
	struct guttman g[N];
	struct guttman_steps t[N];
	guttman_fit(&a, &s, g);
	guttman_steps_fit(&a, &s, t);
	for (size_t p = 0; p < N; p++) {
		CHECK_NEAR(t[p].errors, g[p].errors, 0);
		CHECK_NEAR(t[p].normed, g[p].normed, 1e-14);
		if (!isnan(g[p].u3))
			CHECK_NEAR(t[p].u3, g[p].u3, 1e-12);
	}
}

TEST(steps_of_several_points_stay_between_0_and_1)
{
	AUTO_ARENA(a, 1 << 20);
	struct scores s = made(&a, 3);
	struct guttman_steps t[N];
	guttman_steps_fit(&a, &s, t);
	for (size_t p = 0; p < N; p++) {
		CHECK(t[p].normed >= 0 && t[p].normed <= 1);
		CHECK(t[p].u3 >= -1e-12 && t[p].u3 <= 1 + 1e-12);
	}
}

TEST(tables_without_order_do_not_crash)
{
	const uint8_t equal[] = {1, 1, 1, 1}, none[] = {SCORE_NONE, SCORE_NONE}, one[] = {1};
	const struct scores s[] = {{0, 0, NULL}, {2, 2, equal}, {2, 1, none}, {1, 1, one}};
	for (size_t i = 0; i < ARRAY_LEN(s); i++) {
		AUTO_ARENA(a, 1 << 20);
		struct guttman g[4];
		struct guttman_steps t[4];
		guttman_fit(&a, &s[i], g);
		guttman_steps_fit(&a, &s[i], t);
		for (size_t p = 0; p < s[i].n; p++)
			CHECK(isnan(g[p].u3) && !(t[p].errors > 0));
	}
}

/* lz* of the estimate: by the definition with the sums written out. */
TEST(warm_estimate_solves_its_equation)
{
	const double a[] = {0.7, 1, 1.4, 0.9}, b[] = {-1, 0, 0.3, 1.2};
	const uint8_t x[] = {1, 1, 0, 1}, all[] = {1, 1, 1, 1},
	              none[] = {SCORE_NONE, SCORE_NONE, SCORE_NONE, SCORE_NONE};
	struct logistic_items m = {4, a, b};
	double theta = logistic_wle(&m, x), score = 0, info = 0, j = 0;
	for (int i = 0; i < 4; i++) {
		double p = 1 / (1 + exp(-a[i] * (theta - b[i])));
		score += a[i] * (x[i] - p);
		info += a[i] * a[i] * p * (1 - p);
		j += a[i] * a[i] * a[i] * p * (1 - p) * (1 - 2 * p);
	}
	CHECK_NEAR(score + j / (2 * info), 0, 1e-10);
	CHECK(isfinite(logistic_wle(&m, all)));
	CHECK(isnan(logistic_wle(&m, none)));
	CHECK(isfinite(person_fit_at(&m, x, theta).lz_star));
}

/* Two items answered alike: P(2 matches) = P1 P2. */
TEST(likeness_of_two_answers)
{
	const double a[] = {1, 1}, b[] = {0, 0}, theta[] = {0, 0};
	const uint8_t x[] = {1, 0}, y[] = {1, 1};
	double room[6];
	struct logistic_items m = {2, a, b};
	struct likeness same = likeness_of(&m, x, x, theta, room);
	CHECK_NEAR(same.gbt_p, 0.25, 1e-15);
	CHECK_NEAR(same.omega, 1 / sqrt(0.5), 1e-15);
	CHECK_NEAR(likeness_of(&m, x, y, theta, room).gbt_p, 0.75, 1e-15);
	CHECK(isnan(likeness_of(&m, x, y, (const double[]){0, (double)NAN}, room).omega));
}

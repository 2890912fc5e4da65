#include "stat/quantreg.h"
#include "stat/random.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>

TEST(constant_alone_gives_the_sample_quantile)
{
	enum { N = 21 };
	double x[N], y[N], b;
	AUTO_ARENA(a, 1 << 20);
	for (int i = 0; i < N; i++) {
		x[i] = 1;
		y[i] = (i * 8) % N; /* 0 … 20 in another order */
	}
	REQUIRE(quantreg_fit(&a, &(struct quantreg_data){N, 1, x, y}, 0.5, &b));
	CHECK_NEAR(b, 10, 1e-6);
	REQUIRE(quantreg_fit(&a, &(struct quantreg_data){N, 1, x, y}, 0.9, &b));
	CHECK_NEAR(b, 18, 1e-6);
}

/* A minimum of the loss over lines goes through two points: try all pairs. */
TEST(best_line_is_found_among_pairs_of_points)
{
	enum { N = 25 };
	double x[2 * N], y[N], fit[N], b[2];
	struct random_stream r = random_seed(9);
	AUTO_ARENA(a, 1 << 20);
	for (int i = 0; i < N; i++) {
		x[2 * i] = 1;
		x[2 * i + 1] = random_normal(&r);
		y[i] = x[2 * i + 1] + random_normal(&r);
	}
	for (double tau = 0.07; tau < 1; tau += 0.21) {
		double best = (double)INFINITY;
		for (int i = 0; i < N; i++)
			for (int j = 0; j < i; j++) {
				double slope = (y[i] - y[j]) / (x[2 * i + 1] - x[2 * j + 1]);
				for (int k = 0; k < N; k++)
					fit[k] = y[i] + slope * (x[2 * k + 1] - x[2 * i + 1]);
				best = fmin(best, quantreg_loss(y, fit, N, tau));
			}
		REQUIRE(quantreg_fit(&a, &(struct quantreg_data){N, 2, x, y}, tau, b));
		for (int k = 0; k < N; k++)
			fit[k] = b[0] + b[1] * x[2 * k + 1];
		CHECK_NEAR(quantreg_loss(y, fit, N, tau), best, 1e-7);
	}
}

TEST(growth_percentiles_are_uniform_without_growth)
{
	enum { N = 600 };
	AUTO_ARENA(a, 64 << 20);
	double prior[N], current[N];
	struct random_stream r = random_seed(12);
	for (int i = 0; i < N; i++) {
		prior[i] = 500 + 50 * random_normal(&r);
		current[i] = 0.8 * prior[i] + 30 * random_normal(&r);
	}
	struct growth g;
	growth_fit(&a, prior, current, N, &g);
	REQUIRE(g.ok);
	CHECK(fabs(g.median - 50) <= 2);
	int low = 0;
	for (int i = 0; i < N; i++)
		low += g.sgp[i] <= 20;
	CHECK(abs(low - N / 5) < N / 20);
	for (int i = 0; i < N; i++)
		for (int t = 9; t < 89; t += 20)
			CHECK(g.fit[(t + 10) * N + i] > g.fit[t * N + i] - 40);
}

TEST(growth_needs_pupils_that_differ)
{
	AUTO_ARENA(a, 1 << 22);
	double same[40];
	struct growth g;
	for (int i = 0; i < 40; i++)
		same[i] = 5;
	growth_fit(&a, same, same, 40, &g);
	CHECK(!g.ok && isnan(g.median));
	growth_fit(&a, same, same, 3, &g);
	CHECK(!g.ok);
	growth_fit(&a, NULL, NULL, 0, &g);
	CHECK(!g.ok);
	double b;
	CHECK(!quantreg_fit(&a, &(struct quantreg_data){0, 1, same, same}, 0.5, &b));
	CHECK(isnan(b));
}

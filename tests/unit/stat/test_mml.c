#include "stat/gpcm.h"
#include "stat/mml.h"
#include "stat/random.h"
#include "test.h"

#include <math.h>

enum { N = 300, K = 5 };

static struct scores made(struct arena *a, uint64_t seed, double missing)
{
	struct random_stream r = random_seed(seed);
	uint8_t *x = arena_new(a, uint8_t, N * K);
	for (size_t p = 0; p < N; p++) {
		double theta = 1.3 * random_normal(&r);
		for (size_t i = 0; i < K; i++) {
			double slope = 0.6 + 0.2 * (double)i;
			int v = 0;
			for (int c = 0; c < (i % 2 ? 2 : 1); c++)
				v += random_unit(&r) < 1 / (1 + exp(0.5 - slope * theta));
			x[p * K + i] = random_unit(&r) < missing ? SCORE_NONE : (uint8_t)v;
		}
	}
	return (struct scores){N, K, x};
}

/* Person by person, node by node. */
static double slow_loglik(const struct scores *s, const struct steps *st, const double *slope,
        const double *beta, const struct quadrature *q)
{
	double sum = 0;
	for (size_t p = 0; p < s->n; p++) {
		double like = 0;
		for (size_t t = 0; t < q->n; t++) {
			double v = q->weight[t];
			for (size_t i = 0; i < s->k; i++) {
				uint8_t x = score_at(s, p, i);
				double below = 1, own = 1;
				for (size_t c = 1; c <= st->max[i]; c++) {
					double e = exp((double)c * slope[i] * q->node[t] +
					               beta[st->from[i] + c - 1]);
					below += e;
					own = c == x ? e : own;
				}
				v *= x == SCORE_NONE ? 1 : own / below;
			}
			like += v;
		}
		sum += log(like);
	}
	return sum;
}

TEST(hermite_points_integrate_moments_of_the_normal)
{
	AUTO_ARENA(a, 1 << 20);
	struct quadrature q = quadrature_hermite(&a, 61);
	double moment[9] = {0};
	for (size_t t = 0; t < q.n; t++)
		for (int m = 0; m < 9; m++)
			moment[m] += q.weight[t] * pow(q.node[t], m);
	CHECK_NEAR(moment[0], 1, 1e-14);
	CHECK_NEAR(moment[2], 1, 1e-12);
	CHECK_NEAR(moment[3], 0, 1e-12);
	CHECK_NEAR(moment[4], 3, 1e-11);
	CHECK_NEAR(moment[8], 105, 1e-9);
	struct quadrature two = quadrature_hermite(&a, 2);
	CHECK_NEAR(two.node[0], -1, 1e-12);
	CHECK_NEAR(two.weight[1], 0.5, 1e-12);
}

/* The fast likelihood is the slow one, and no small move of a parameter raises it. */
static void check_maximum_mml(double missing)
{
	AUTO_ARENA(a, 64 << 20);
	struct scores s = made(&a, 21, missing);
	struct steps st = steps_of(&a, &s);
	struct quadrature q = quadrature_grid(&a, -6, 6, 61, 1);
	struct mml fit;
	const double ones[K] = {1, 1, 1, 1, 1};
	mml_fit(&a, &s, &st, &q, true, &fit);
	REQUIRE(fit.converged);
	CHECK(fit.iterations < 15);
	quadrature_weights(&q, fit.variance);
	CHECK_NEAR(slow_loglik(&s, &st, ones, fit.beta, &q), fit.loglik, 1e-8);
	for (size_t x = 0; x < st.n; x++)
		for (int side = -1; side <= 1; side += 2) {
			double was = fit.beta[x];
			fit.beta[x] += side * 1e-3;
			CHECK(slow_loglik(&s, &st, ones, fit.beta, &q) < fit.loglik);
			fit.beta[x] = was;
		}
	for (int side = -1; side <= 1; side += 2) {
		quadrature_weights(&q, fit.variance * (1 + side * 2e-3));
		CHECK(slow_loglik(&s, &st, ones, fit.beta, &q) < fit.loglik);
	}
	/* profile of one parameter with all others free would be needed for its error: the error
	 * cannot be less than that with the others fixed */
	for (size_t x = 0; x < st.n; x++) {
		double was = fit.beta[x], h = 1e-3, up, down;
		quadrature_weights(&q, fit.variance);
		fit.beta[x] = was + h;
		up = slow_loglik(&s, &st, ones, fit.beta, &q);
		fit.beta[x] = was - h;
		down = slow_loglik(&s, &st, ones, fit.beta, &q);
		fit.beta[x] = was;
		double alone = 1 / sqrt((2 * fit.loglik - up - down) / (h * h));
		CHECK(fit.se[x] >= alone * 0.999 && fit.se[x] < 3 * alone);
	}
	double rel = mml_eap_reliability(&fit, s.n);
	CHECK(rel > 0 && rel < 1);
}

TEST(marginal_maximum_over_totals)
{
	check_maximum_mml(0);
}

TEST(marginal_maximum_with_missing_answers)
{
	check_maximum_mml(0.15);
}

TEST(common_slope_is_a_deviation_of_abilities)
{
	AUTO_ARENA(a, 64 << 20);
	struct scores s = made(&a, 4, 0);
	struct steps st = steps_of(&a, &s);
	struct quadrature q = quadrature_hermite(&a, 61), grid = quadrature_grid(&a, -9, 9, 181, 1);
	struct mml one, two;
	double slope;
	mml_common_slope(&a, &s, &st, &q, &slope, &one);
	mml_fit(&a, &s, &st, &grid, true, &two);
	REQUIRE(one.converged && two.converged);
	CHECK_NEAR(slope, sqrt(two.variance), 1e-4);
	CHECK_NEAR(one.loglik, two.loglik, 1e-4);
}

static void check_maximum_slopes(double missing)
{
	AUTO_ARENA(a, 64 << 20);
	struct scores s = made(&a, 8, missing);
	struct steps st = steps_of(&a, &s);
	struct quadrature q = quadrature_grid(&a, -6, 6, 61, 1);
	struct gpcm m;
	gpcm_fit(&a, &s, &st, &q, &m);
	REQUIRE(m.converged);
	CHECK_NEAR(slow_loglik(&s, &st, m.a, m.beta, &q), m.loglik, 1e-8);
	for (size_t x = 0; x < K + st.n; x++)
		for (int side = -1; side <= 1; side += 2) {
			double *par = x < K ? &m.a[x] : &m.beta[x - K], was = *par;
			*par += side * 1e-3;
			CHECK(slow_loglik(&s, &st, m.a, m.beta, &q) < m.loglik);
			*par = was;
		}
}

TEST(slopes_maximise_the_marginal_likelihood)
{
	check_maximum_slopes(0);
}

TEST(slopes_with_missing_answers)
{
	check_maximum_slopes(0.15);
}

TEST(tables_without_information_do_not_converge)
{
	const uint8_t equal[] = {1, 1, 1, 1}, none[] = {SCORE_NONE, SCORE_NONE};
	const struct scores s[] = {{0, 0, NULL}, {0, 3, equal}, {2, 1, none}};
	for (size_t i = 0; i < ARRAY_LEN(s); i++) {
		AUTO_ARENA(a, 1 << 22);
		struct steps st = steps_of(&a, &s[i]);
		struct quadrature q = quadrature_grid(&a, -6, 6, 61, 1);
		struct mml m;
		struct gpcm g;
		double slope;
		mml_fit(&a, &s[i], &st, &q, true, &m);
		CHECK(!m.converged);
		mml_common_slope(&a, &s[i], &st, &q, &slope, &m);
		CHECK(isnan(slope));
		gpcm_fit(&a, &s[i], &st, &q, &g);
		CHECK(!g.converged && isnan(g.loglik));
	}
}

/* One item and two persons: abilities cannot be told apart; no crash, a number or a status. */
TEST(one_item_gives_a_status)
{
	const uint8_t x[] = {0, 1};
	AUTO_ARENA(a, 1 << 22);
	struct scores s = {2, 1, x};
	struct steps st = steps_of(&a, &s);
	struct quadrature q = quadrature_grid(&a, -6, 6, 61, 1);
	struct mml m;
	struct gpcm g;
	mml_fit(&a, &s, &st, &q, true, &m);
	gpcm_fit(&a, &s, &st, &q, &g);
	CHECK(!m.converged || m.loglik <= 0);
	CHECK(!g.converged || g.loglik <= 0);
}

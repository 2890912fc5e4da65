#include "stat/cml.h"
#include "stat/random.h"
#include "stat/rasch_person.h"
#include "stat/spline.h"
#include "test.h"

#include <math.h>

enum { N = 150, K = 4, MAX = 2, ALL = 81 };

/* Persons of a fictional partial-credit test; share of missing answers. */
static struct scores made(struct arena *a, uint64_t seed, double missing)
{
	struct random_stream r = random_seed(seed);
	uint8_t *x = arena_new(a, uint8_t, N * K);
	for (size_t p = 0; p < N; p++) {
		double theta = random_normal(&r);
		for (size_t i = 0; i < K; i++) {
			uint8_t v = 0;
			for (int c = 0; c < (i == 0 ? 1 : MAX); c++)
				v = (uint8_t)(v + (random_unit(&r) <
				                          1 / (1 + exp(0.4 * (double)i - theta))));
			x[p * K + i] = random_unit(&r) < missing ? SCORE_NONE : v;
		}
	}
	return (struct scores){N, K, x};
}

static double log_weight(const struct steps *st, const double *beta, const uint8_t *x)
{
	double w = 0;
	for (size_t i = 0; i < K; i++)
		w += x[i] == SCORE_NONE || x[i] == 0 ? 0 : beta[st->from[i] + x[i] - 1];
	return w;
}

/* Every answer vector with the same items and total, one by one: log likelihood, and expected
 * counts of categories. */
static double slow_loglik(
        const struct scores *s, const struct steps *st, const double *beta, double *expected)
{
	double sum = 0;
	for (size_t p = 0; p < s->n; p++) {
		const uint8_t *own = s->x + p * K;
		double below = 0, part[16] = {0};
		for (int code = 0; code < ALL; code++) {
			uint8_t x[K];
			int rest = code, total = 0;
			bool possible = true;
			for (size_t i = 0; i < K; i++, rest /= 3) {
				x[i] = (uint8_t)(rest % 3);
				possible &= x[i] <= st->max[i];
				if (own[i] == SCORE_NONE) {
					possible &= x[i] == 0;
					x[i] = SCORE_NONE;
					continue;
				}
				total += x[i] - own[i];
			}
			if (!possible || total != 0)
				continue;
			double w = exp(log_weight(st, beta, x));
			below += w;
			for (size_t i = 0; i < K; i++)
				if (x[i] != SCORE_NONE && x[i] > 0)
					part[st->from[i] + x[i] - 1] += w;
		}
		sum += log_weight(st, beta, own) - log(below);
		for (size_t x = 0; x < st->n; x++)
			expected[x] += part[x] / below;
	}
	return sum;
}

static void check_against_enumeration(double missing)
{
	AUTO_ARENA(a, 64 << 20);
	struct scores s = made(&a, 11, missing);
	struct steps st = steps_of(&a, &s);
	struct cml fit;
	cml_fit(&a, &s, &st, &fit);
	REQUIRE(fit.converged);
	double expected[16] = {0}, sum = 0;
	CHECK_NEAR(slow_loglik(&s, &st, fit.beta, expected), fit.loglik, 1e-8);
	for (size_t x = 0; x < st.n; x++) {
		CHECK_NEAR(expected[x], (double)st.count[x], 1e-6); /* the maximum */
		CHECK(fit.se[x] > 0);
		sum += fit.beta[x];
	}
	CHECK_NEAR(sum, 0, 1e-10);
}

TEST(maximum_of_the_enumerated_likelihood)
{
	check_against_enumeration(0);
}

TEST(missing_answers_condition_on_the_answered_items)
{
	check_against_enumeration(0.2);
}

/* Two items: beta1 − beta2 = log(n10 / n01), variance 1/n10 + 1/n01, halved by the sum zero. */
TEST(two_items_have_a_closed_form)
{
	const uint8_t x[] = {1, 0, 1, 0, 1, 0, 0, 1, 1, 1, 0, 0};
	AUTO_ARENA(a, 1 << 20);
	struct scores s = {6, 2, x};
	struct steps st = steps_of(&a, &s);
	struct cml fit;
	cml_fit(&a, &s, &st, &fit);
	REQUIRE(fit.converged);
	CHECK_NEAR(fit.beta[0], 0.5 * log(3), 1e-9);
	CHECK_NEAR(fit.se[0], 0.5 * sqrt(1 + 1 / 3.0), 1e-9);
	CHECK_NEAR(fit.se[1], fit.se[0], 1e-12);
}

TEST(what_cannot_be_estimated_says_so)
{
	const uint8_t one[] = {0, 1}, equal[] = {1, 1, 1, 1},
	              gap[] = {SCORE_NONE, SCORE_NONE, SCORE_NONE, SCORE_NONE},
	              split[] = {1, 0, 1, 0, 1, 0}; /* nobody prefers item 2 */
	const struct scores s[] = {
	        {2, 1, one}, {2, 2, equal}, {2, 2, gap}, {0, 2, one}, {3, 2, split}, {0, 0, NULL}};
	for (size_t i = 0; i < ARRAY_LEN(s); i++) {
		AUTO_ARENA(a, 1 << 20);
		struct steps st = steps_of(&a, &s[i]);
		struct cml fit;
		cml_fit(&a, &s[i], &st, &fit);
		CHECK(!fit.converged);
		CHECK(isnan(fit.loglik));
		CHECK_INT(cml_andersen(&a, &s[i]).df, 0);
		double beta[4] = {0};
		struct rasch_person p;
		rasch_person_fit(&a, &s[i], &st, beta, &p);
		CHECK(isnan(p.separation) || p.separation <= 1);
	}
}

TEST(abilities_reproduce_their_totals)
{
	AUTO_ARENA(a, 64 << 20);
	struct scores s = made(&a, 5, 0.1);
	struct steps st = steps_of(&a, &s);
	struct cml fit;
	cml_fit(&a, &s, &st, &fit);
	REQUIRE(fit.converged);
	struct rasch_person p;
	rasch_person_fit(&a, &s, &st, fit.beta, &p);
	const uint32_t *total = scores_totals(&a, &s);
	for (size_t n = 0; n < s.n; n++) {
		double mean = 0;
		for (size_t i = 0; i < K; i++)
			if (score_at(&s, n, i) != SCORE_NONE)
				mean += item_moments(fit.beta + st.from[i], st.max[i], p.theta[n])
				                .mean;
		if (!isnan(p.theta[n]))
			CHECK_NEAR(mean, (double)total[n], 1e-9);
	}
	for (size_t r = 1; r <= st.top; r++)
		CHECK(p.by_score[r] > p.by_score[r - 1]);
}

TEST(andersen_sees_items_that_work_differently)
{
	AUTO_ARENA(a, 64 << 20);
	struct scores s = made(&a, 3, 0);
	struct andersen same = cml_andersen(&a, &s);
	CHECK(same.df >= 4 && same.df <= 6); /* a group may lack a category */
	CHECK(same.lr > 0 && same.lr < 25);
}

TEST(spline_keeps_lines_and_points)
{
	AUTO_ARENA(a, 1 << 20);
	const double x[] = {1, 2, 4, 5}, line[] = {3, 5, 9, 11}, y[] = {0, 1, 0, 2};
	for (double u = -1; u < 7; u += 0.5)
		CHECK_NEAR(spline_natural(&a, x, line, 4, u), 2 * u + 1, 1e-12);
	for (size_t i = 0; i < 4; i++)
		CHECK_NEAR(spline_natural(&a, x, y, 4, x[i]), y[i], 1e-12);
	/* straight beyond the ends */
	CHECK_NEAR(spline_natural(&a, x, y, 4, -1) - 2 * spline_natural(&a, x, y, 4, 0) +
	                   spline_natural(&a, x, y, 4, 1),
	        0, 1e-12);
	CHECK(isnan(spline_natural(&a, x, y, 1, 0)));
}

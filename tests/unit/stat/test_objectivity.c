#include "base/limits.h"
#include "stat/objectivity/calibrate.h"
#include "stat/objectivity/detect.h"
#include "stat/random.h"
#include "test.h"

#include <math.h>

enum { SCHOOLS = 120, PUPILS = 120, ITEMS = 12 };

/* A region of one test; the first `bad` schools lift works to the pass mark. */
static void region_make(struct arena *a, size_t bad, struct ob_region *ret)
{
	struct random_stream r = random_seed(7);
	struct ob_protocol *p = arena_new(a, struct ob_protocol, 1);
	size_t n = SCHOOLS * PUPILS;
	uint8_t *max = arena_new(a, uint8_t, ITEMS);
	bool *open = arena_new(a, bool, ITEMS);
	int32_t *school = arena_new(a, int32_t, n);
	int32_t *pupil = arena_new(a, int32_t, n);
	uint8_t *zero = arena_new(a, uint8_t, n);
	uint8_t *journal = arena_new(a, uint8_t, n);
	uint8_t *score = arena_new(a, uint8_t, n * ITEMS);
	for (size_t j = 0; j < ITEMS; j++) {
		max[j] = 2;
		open[j] = j % 3 == 0;
	}
	for (size_t i = 0; i < n; i++) {
		school[i] = (int32_t)(i / PUPILS);
		pupil[i] = (int32_t)(i % PUPILS);
		double ability = random_normal(&r);
		int total = 0;
		for (size_t j = 0; j < ITEMS; j++) {
			double chance = 1 / (1 + exp(-(ability - (double)j / 6 + 1)));
			score[i * ITEMS + j] =
			        (uint8_t)((random_unit(&r) < chance) + (random_unit(&r) < chance));
			total += score[i * ITEMS + j];
		}
		journal[i] = (uint8_t)(total < 8 ? 3 : total < 14 ? 4 : 5);
		for (size_t j = ITEMS;
		        school[i] < (int32_t)bad && total >= 6 && total < 9 && j-- > 0;)
			while (score[i * ITEMS + j] < 2 && total < 9) {
				score[i * ITEMS + j]++;
				total++;
			}
	}
	*p = (struct ob_protocol){.year = 2025,
	        .grade = 4,
	        .max = 24,
	        .cut = {9, 14, 19},
	        .n_items = ITEMS,
	        .item_max = max,
	        .open = open,
	        .n = n,
	        .school = school,
	        .pupil = pupil,
	        .class_no = zero,
	        .variant = zero,
	        .journal = journal,
	        .score = score};
	*ret = (struct ob_region){.n_schools = SCHOOLS, .protocol = p, .n_protocols = 1};
}

TEST(schools_that_lift_works_over_the_pass_mark_stand_first)
{
	AUTO_ARENA(a, GIB);
	struct ob_region region;
	struct ob_result result;
	region_make(&a, 4, &region);
	ob_detect(&a, &region, &(struct ob_opt){.year = 2025, .fdr = 0.1}, &result);
	for (size_t bad = 0; bad < 4; bad++) {
		size_t above = 0;
		for (size_t k = 4; k < SCHOOLS; k++)
			above += result.school[k].log_odds > result.school[bad].log_odds;
		CHECK_INT(above, 0);
		CHECK(result.school[bad].flagged);
		CHECK(result.school[bad].kind == OB_LIFTED ||
		        result.school[bad].kind == OB_FLOORED);
	}
}

TEST(a_region_of_honest_schools_gets_hardly_any_flag)
{
	AUTO_ARENA(a, GIB);
	struct ob_region region;
	struct ob_result result;
	size_t flags = 0;
	region_make(&a, 0, &region);
	ob_detect(&a, &region, &(struct ob_opt){.year = 2025, .fdr = 0.1}, &result);
	for (size_t k = 0; k < SCHOOLS; k++)
		flags += result.school[k].flagged;
	CHECK(flags <= 1);
}

TEST(outside_control_clears_a_school)
{
	AUTO_ARENA(a, GIB);
	struct ob_region region;
	struct ob_result free, watched;
	bool controlled[SCHOOLS] = {true};
	region_make(&a, 4, &region);
	ob_detect(&a, &region, &(struct ob_opt){.year = 2025, .fdr = 0.1}, &free);
	region.controlled = controlled;
	ob_detect(&a, &region, &(struct ob_opt){.year = 2025, .fdr = 0.1}, &watched);
	CHECK(watched.school[0].log_odds < free.school[0].log_odds - 5);
	CHECK_NEAR(watched.school[1].log_odds, free.school[1].log_odds, 1e-9);
}

TEST(the_funnel_is_a_standard_normal_for_honest_schools_of_every_size)
{
	AUTO_ARENA(a, 64 * MIB);
	enum { N = 2000 };
	struct random_stream r = random_seed(3);
	double u[N], v[N], z[N], info[N];
	for (size_t i = 0; i < N; i++) {
		v[i] = 1 + 80 * random_unit(&r);
		u[i] = sqrt(v[i]) * random_normal(&r) + 0.05 * v[i] * random_normal(&r);
	}
	ob_calibrate(&a, &(struct ob_funnel){.n = N, .u = u, .v = v, .exact = true}, z, info);
	double small = 0, large = 0, n_small = 0, n_large = 0;
	for (size_t i = 0; i < N; i++) {
		*(v[i] < 40 ? &small : &large) += z[i] * z[i];
		*(v[i] < 40 ? &n_small : &n_large) += 1;
	}
	CHECK_NEAR(sqrt(small / n_small), 1, 0.12);
	CHECK_NEAR(sqrt(large / n_large), 1, 0.12);
}

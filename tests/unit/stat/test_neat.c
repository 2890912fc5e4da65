#include "stat/equate.h"
#include "stat/neat.h"
#include "stat/random.h"
#include "test.h"

#include <math.h>

enum { N = 120, TOP = 12, TOP_V = 4 };

static void made(uint64_t seed, uint32_t *total, uint32_t *anchor)
{
	struct random_stream r = random_seed(seed);
	for (size_t p = 0; p < N; p++) {
		double skill = random_unit(&r);
		anchor[p] = total[p] = 0;
		for (int i = 0; i < TOP; i++) {
			uint32_t right = random_unit(&r) < skill;
			total[p] += right;
			anchor[p] += i < TOP_V ? right : 0;
		}
	}
}

static const enum neat_method all[] = {NEAT_TUCKER, NEAT_LEVINE, NEAT_CHAINED, NEAT_NOMINAL,
        NEAT_BRAUN_HOLLAND, NEAT_FREQUENCY, NEAT_CHAINED_EQUIPERCENTILE};

TEST(one_population_on_one_form_keeps_its_scores)
{
	uint32_t total[N], anchor[N];
	double yx[TOP + 1];
	AUTO_ARENA(a, 1 << 20);
	made(3, total, anchor);
	struct neat_group g = {N, total, anchor};
	struct neat_opt o = {TOP, TOP, TOP_V, 0.5, false};
	for (size_t m = 0; m < ARRAY_LEN(all); m++) {
		neat_equate(&a, &g, &g, &o, all[m], yx);
		for (int x = 0; x <= TOP; x++)
			CHECK_NEAR(yx[x], x, 1e-9);
	}
}

/* Populations alike on the anchor: nothing has to be carried over, the direct equating is right. */
TEST(equal_anchors_leave_the_direct_equating)
{
	uint32_t total[N], anchor[N], other[N];
	double yx[TOP + 1], direct[TOP + 1], cx[TOP + 1] = {0}, cy[TOP + 1] = {0};
	AUTO_ARENA(a, 1 << 20);
	made(5, total, anchor);
	for (size_t p = 0; p < N; p++) {
		other[p] = total[p] > anchor[p] ? total[p] - (p % 3 == 0) : total[p];
		cx[total[p]]++;
		cy[other[p]]++;
	}
	struct neat_group x = {N, total, anchor}, y = {N, other, anchor};
	struct neat_opt o = {TOP, TOP, TOP_V, 0.5, false};
	struct equate_form fx = {cx, TOP + 1, 0}, fy = {cy, TOP + 1, 0};
	equate_linear(&fx, &fy, direct);
	for (size_t m = 0; m < 5; m++) {
		neat_equate(&a, &x, &y, &o, all[m], yx);
		for (int i = 0; i <= TOP; i++)
			CHECK_NEAR(yx[i], direct[i], 1e-9);
	}
	equate_equipercentile(&fx, &fy, direct);
	neat_equate(&a, &x, &y, &o, NEAT_FREQUENCY, yx);
	for (int i = 0; i <= TOP; i++)
		CHECK_NEAR(yx[i], direct[i], 1e-9);
}

/* Tucker by hand: X 0 2 4 with V 0 1 2, Y 1 3 5 with V 1 1 2 … */
TEST(tucker_by_hand)
{
	const uint32_t tx[] = {0, 2, 4}, vx[] = {0, 1, 2}, ty[] = {1, 2, 5, 4}, vy[] = {0, 1, 2, 2};
	struct neat_group x = {3, tx, vx}, y = {4, ty, vy};
	double yx[5];
	AUTO_ARENA(a, 1 << 20);
	neat_equate(&a, &x, &y, &(struct neat_opt){4, 5, 2, 1, false}, NEAT_TUCKER, yx);
	/* weight 1: X keeps mean 2, variance 4; Y: slope 5 / 2.75 = 20/11, mean 3 − 20/11 · 1/4,
	 * variance 10/3 + (20/11)² (1 − 11/12) */
	double slope = 20 / 11.0, mean = 3 - slope / 4, var = 10 / 3.0 + slope * slope / 12;
	for (int i = 0; i <= 4; i++)
		CHECK_NEAR(yx[i], sqrt(var / 4) * (i - 2) + mean, 1e-12);
}

TEST(no_persons_give_no_number)
{
	const uint32_t t[] = {1, 9}, v[] = {0, 1};
	struct neat_group none = {0, NULL, NULL}, two = {2, t, v};
	AUTO_ARENA(a, 1 << 20);
	for (size_t m = 0; m < ARRAY_LEN(all); m++) {
		double yx[3];
		neat_equate(&a, &none, &two, &(struct neat_opt){2, 9, 1, 0.5, false}, all[m], yx);
		CHECK(isnan(yx[0]) && isnan(yx[2]));
		neat_equate(&a, &two, &two, &(struct neat_opt){2, 2, 1, 0.5, false}, all[m], yx);
		CHECK(isnan(yx[1])); /* a total above the greatest */
	}
}

#include "stat/describe.h"
#include "test.h"

#include <math.h>

static const uint8_t max3[] = {1, 2, 5};
static const struct stat_test test3 = {3, max3, 8, 3, 5, 7};

static struct stat_sum scan(struct arena *a, const struct stat_test *t, const struct stat_works *w)
{
	struct stat_sum s;
	stat_sum_init(&s, a, t);
	stat_sum_works(&s, t, w);
	return s;
}

TEST(marks_follow_the_cuts)
{
	static const int want[] = {2, 2, 2, 3, 3, 4, 4, 5, 5};
	for (uint32_t s = 0; s <= 8; s++)
		CHECK_INT(stat_mark(&test3, s), want[s]);
	CHECK_INT(stat_mark(&(struct stat_test){0}, 5), 0);
}

TEST(dirty_works_are_counted_and_left_out)
{
	AUTO_ARENA(a, 1 << 20);
	const uint8_t status[] = {0, WORK_ABSENT, WORK_BLANK, 0, 0, 0, WORK_PARTIAL, 0};
	const uint8_t journal[] = {4, 0, 0, 5, 3, 0, 3, 2};
	/* the third row has no variant, its total is 3; the last one has no total */
	const uint8_t total[] = {8, 0, 0xFF, 0xFF, 3, 0, 9, 0, 7, 0, 2, 0, 2, 0, 0xFF, 0xFF};
	const uint8_t item[] = {1, 2, 5,              /* clean, 8 */
	        255, 255, 255,                        /* absent */
	        1, 1, 1,                              /* no variant */
	        1, 2, 5,                              /* total 9 of 8 */
	        3, 1, 5,                              /* item above its maximum */
	        0, ITEM_NOT_ATTEMPTED, 4,             /* total 2, items 4 */
	        1, 1, ITEM_EMPTY,                     /* one part */
	        ITEM_UNREADABLE, ITEM_NOT_TAUGHT, 0}; /* no total */
	struct stat_sum s =
	        scan(&a, &test3, &(struct stat_works){8, 3, status, journal, total, item});
	CHECK_INT(s.rows, 8);
	CHECK_INT(s.absent, 1);
	CHECK_INT(s.blank, 1);
	CHECK_INT(s.present, 6);
	CHECK_INT(s.partial, 1);
	CHECK_INT(s.no_total, 1);
	CHECK_INT(s.total_gt_max, 1);
	CHECK_INT(s.item_gt_max, 1);
	CHECK_INT(s.total_ne_items, 3); /* 9≠8, 7≠9, 2≠4 */
	CHECK_INT(s.cells, 18);
	CHECK_INT(s.cells_not_attempted, 1);
	CHECK_INT(s.cells_not_taught, 1);
	CHECK_INT(s.cells_unreadable, 1);
	CHECK_INT(s.cells_empty, 1);
	CHECK_INT(s.n, 2);
	CHECK_INT(s.sum, 10);
	CHECK_INT(s.mark[0], 1);
	CHECK_INT(s.mark[3], 1);
	CHECK_INT(stat_journal(&s).n, 1);
	CHECK_INT(stat_journal(&s).raised, 1);
}

TEST(item_figures_by_hand)
{
	AUTO_ARENA(a, 1 << 20);
	/* three works: 1 0 0, 1 2 5, 0 1 X */
	const uint8_t zero[6] = {0};
	const uint8_t total[] = {1, 0, 8, 0, 1, 0};
	const uint8_t item[] = {1, 0, 0, 1, 2, 5, 0, 1, ITEM_NOT_ATTEMPTED};
	struct stat_sum s = scan(&a, &test3, &(struct stat_works){3, 3, zero, zero, total, item});
	struct stat_item i0 = stat_item(&s, &test3, 0), i2 = stat_item(&s, &test3, 2);
	CHECK_NEAR(i0.completion, 100 * 2.0 / 3, 1e-12);
	CHECK_NEAR(i2.completion, 100 * 5.0 / 15, 1e-12);
	CHECK_NEAR(i2.not_attempted, 100 / 3.0, 1e-12);
	CHECK_NEAR(i2.full, 100 / 3.0, 1e-12);
	/* item 0 5 0, rest 1 3 1: r = 1; item 1 1 0, rest 0 7 1: r = 15 / √(6 · 258) */
	CHECK_NEAR(i2.discrimination, 1, 1e-12);
	CHECK_NEAR(i0.discrimination, 0.38124642583151, 1e-12);
	CHECK_NEAR(i0.completion_mark[0], 50, 1e-12);
	CHECK(isnan(i0.completion_mark[1]));
}

TEST(an_item_that_does_not_vary_has_no_discrimination)
{
	AUTO_ARENA(a, 1 << 20);
	const uint8_t zero[6] = {0};
	const uint8_t total[] = {3, 0, 3, 0, 3, 0};
	const uint8_t item[] = {1, 2, 0, 1, 2, 0, 1, 2, 0};
	struct stat_sum s = scan(&a, &test3, &(struct stat_works){3, 3, zero, zero, total, item});
	for (size_t i = 0; i < 3; i++)
		CHECK(isnan(stat_item(&s, &test3, i).discrimination));
	CHECK_NEAR(stat_item(&s, &test3, 1).completion, 100, 0);
}

TEST(without_a_scale_there_are_no_marks)
{
	AUTO_ARENA(a, 1 << 20);
	const struct stat_test t = {3, max3, 8, 0, 0, 0};
	const uint8_t zero[2] = {0}, five[] = {5};
	const uint8_t total[] = {8, 0}, item[] = {1, 2, 5};
	struct stat_sum s = scan(&a, &t, &(struct stat_works){1, 3, zero, five, total, item});
	CHECK_INT(s.n, 1);
	CHECK_INT(s.mark[0] + s.mark[1] + s.mark[2] + s.mark[3], 0);
	CHECK_INT(stat_journal(&s).n, 0);
	CHECK_NEAR(stat_item(&s, &t, 2).completion, 100, 0);
}

/* The fast kernels against the slow ones on random and on degenerate data, and identities. */
#include "oracle_works.h"
#include "test.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* xorshift64*: Marsaglia, Journal of Statistical Software 8 (2003) 14. */
static uint64_t rnd(uint64_t *s)
{
	*s ^= *s >> 12;
	*s ^= *s << 25;
	*s ^= *s >> 27;
	return *s * 2685821657736338717ULL;
}

static uint32_t below(uint64_t *s, uint32_t n)
{
	return (uint32_t)((rnd(s) >> 33) % n);
}

struct sample {
	struct stat_test t;
	struct stat_works w;
};

/* dirt: one of so many values is odd; 0 = clean. */
static struct sample make(struct arena *a, uint64_t *seed, size_t n, size_t n_items, uint32_t dirt)
{
	uint8_t *max = arena_new(a, uint8_t, n_items), *status = arena_new(a, uint8_t, n),
	        *journal = arena_new(a, uint8_t, n), *total = arena_new(a, uint8_t, 2 * n),
	        *item = arena_new(a, uint8_t, n * n_items);
	uint32_t max_total = 0;
	for (size_t i = 0; i < n_items; i++)
		max_total += max[i] = (uint8_t)(1 + below(seed, 5));
	for (size_t r = 0; r < n; r++) {
		uint32_t sum = 0, skill = below(seed, 100);
		for (size_t i = 0; i < n_items; i++) {
			uint8_t v = below(seed, 100) < skill ? max[i]
			                                     : (uint8_t)below(seed, max[i] + 1u);
			if (dirt && below(seed, dirt) == 0)
				v = (uint8_t)(0xF8 + below(seed, 8));
			if (dirt && below(seed, dirt * 50) == 0)
				v = (uint8_t)(max[i] + 1);
			item[r * n_items + i] = v;
			sum += v < ITEM_CODE_FIRST ? v : 0;
		}
		if (dirt && below(seed, dirt) == 0)
			sum = below(seed, 3) == 0 ? TOTAL_NONE : sum + 1;
		if (dirt && below(seed, dirt) == 0)
			status[r] = (uint8_t)below(seed, WORK_STATUS_COUNT);
		total[2 * r] = (uint8_t)sum;
		total[2 * r + 1] = (uint8_t)(sum >> 8);
		journal[r] = (uint8_t)below(seed, 7);
	}
	uint32_t c = max_total / 4 ? max_total / 4 : 1;
	return (struct sample){{n_items, max, max_total, c, c * 2, c * 3},
	        {n, n_items, status, journal, total, item}};
}

static void same(const struct stat_sum *s, const struct sample *x)
{
	const struct stat_test *t = &x->t;
	CHECK_NEAR(stat_mean(s->n, s->sum), oracle_mean(t, &x->w), 1e-9);
	CHECK_NEAR(stat_sd(s->n, s->sum, s->sum2), oracle_sd(t, &x->w), 1e-9);
	int64_t with_journal = 0;
	for (int m = 2; m <= 5; m++) {
		CHECK_INT(s->mark[m - 2], oracle_mark(t, &x->w, m, -1));
		for (int j = 2; j <= 5; j++) {
			CHECK_INT(s->journal[m - 2][j - 2], oracle_mark(t, &x->w, m, j));
			with_journal += s->journal[m - 2][j - 2];
		}
	}
	CHECK_INT(stat_journal(s).n, with_journal);
	CHECK_INT(s->mark[0] + s->mark[1] + s->mark[2] + s->mark[3], s->n);
	for (size_t i = 0; i < t->n_items; i++) {
		struct stat_item it = stat_item(s, t, i);
		CHECK_NEAR(it.completion, oracle_completion(t, &x->w, i), 1e-9);
		CHECK_NEAR(it.discrimination, oracle_discrimination(t, &x->w, i), 1e-7);
	}
	static const double p[] = {0, 0.1, 0.25, 0.5, 0.9, 1};
	for (size_t i = 0; i < ARRAY_LEN(p); i++)
		CHECK_NEAR(stat_quantile(s->hist, t->max_total + 1u, p[i]),
		        oracle_quantile(t, &x->w, p[i]), 1e-9);
}

static void compare(uint64_t seed, size_t n, size_t n_items, uint32_t dirt)
{
	AUTO_ARENA(a, 1 << 26);
	struct sample x = make(&a, &seed, n, n_items, dirt);
	struct stat_sum s;
	stat_sum_init(&s, &a, &x.t);
	stat_sum_works(&s, &x.t, &x.w);
	same(&s, &x);
}

TEST(random_clean_data_agree)
{
	for (uint64_t seed = 1; seed <= 20; seed++)
		compare(seed, 200, 1 + seed, 0);
}

TEST(random_dirty_data_agree)
{
	for (uint64_t seed = 1; seed <= 20; seed++)
		compare(seed, 300, 1 + seed, 20);
}

TEST(sums_longer_than_one_chunk_agree)
{
	compare(7, 10000, 25, 50);
}

TEST(degenerate_data_agree)
{
	compare(1, 0, 3, 0);  /* no works */
	compare(2, 1, 1, 0);  /* one person, one item */
	compare(3, 1, 20, 0); /* one person */
	compare(4, 100, 1, 0);
	compare(5, 100, 100, 0);
}

TEST(parts_add_up_to_the_whole_in_any_order)
{
	AUTO_ARENA(a, 1 << 26);
	uint64_t seed = 11;
	struct sample x = make(&a, &seed, 1000, 13, 20);
	struct stat_sum whole, parts;
	stat_sum_init(&whole, &a, &x.t);
	stat_sum_init(&parts, &a, &x.t);
	stat_sum_works(&whole, &x.t, &x.w);
	static const size_t cut[] = {0, 1, 300, 777, 1000};
	for (size_t k = ARRAY_LEN(cut) - 1; k > 0; k--) {
		size_t from = cut[k - 1];
		struct stat_works w = {cut[k] - from, 13, x.w.status + from, x.w.journal + from,
		        x.w.total + 2 * from, x.w.item + 13 * from};
		struct stat_sum s;
		stat_sum_init(&s, &a, &x.t);
		stat_sum_works(&s, &x.t, &w);
		stat_sum_add(&parts, &s);
	}
	same(&parts, &x);
	CHECK_INT(parts.rows, whole.rows);
	CHECK_INT(parts.cells_not_attempted, whole.cells_not_attempted);
	CHECK_INT(parts.total_ne_items, whole.total_ne_items);
	CHECK_INT(parts.item_gt_max, whole.item_gt_max);
	CHECK_INT(parts.full[5], whole.full[5]);
	CHECK_INT(parts.not_attempted[5], whole.not_attempted[5]);
}

static void same_sums(const struct stat_sum *x, const struct stat_sum *y)
{
	/* all counts and sums before the arrays */
	CHECK(memcmp(&x->rows, &y->rows,
	              offsetof(struct stat_sum, hist) - offsetof(struct stat_sum, rows)) == 0);
	for (size_t i = 0; i <= x->max_total; i++)
		CHECK_INT(x->hist[i], y->hist[i]);
	for (size_t i = 0; i < x->n_items; i++) {
		for (size_t m = 0; m < 4; m++)
			CHECK_INT(x->points[m][i], y->points[m][i]);
		CHECK_INT(x->x2[i], y->x2[i]);
		CHECK_INT(x->xt[i], y->xt[i]);
		CHECK_INT(x->full[i], y->full[i]);
		CHECK_INT(x->not_attempted[i], y->not_attempted[i]);
		CHECK_INT(x->not_taught[i], y->not_taught[i]);
	}
}

/* The last kernel is the plain one; the others may not suit this processor. */
static void kernels_agree(const struct sample *x)
{
	AUTO_ARENA(a, 1 << 22);
	struct stat_sum plain, s;
	stat_sum_init(&plain, &a, &x->t);
	stat_kernels[stat_n_kernels - 1].sum(&plain, &x->t, &x->w);
	for (size_t k = 0; k + 1 < stat_n_kernels; k++) {
		if (!stat_kernels[k].suits(&x->t))
			continue;
		stat_sum_init(&s, &a, &x->t);
		stat_kernels[k].sum(&s, &x->t, &x->w);
		same_sums(&plain, &s);
		stat_sum_clear(&s);
		CHECK_INT(s.n + s.hist[0] + s.xt[0] + s.points[0][0], 0);
		stat_kernels[k].sum(&s, &x->t, &x->w);
		same_sums(&plain, &s);
	}
}

TEST(every_kernel_gives_the_sums_of_the_plain_one)
{
	AUTO_ARENA(a, 1 << 26);
	for (uint64_t seed = 1; seed <= 150; seed++) {
		uint64_t r = seed * 977;
		struct arena_mark m = arena_mark(&a);
		size_t n = seed % 5 == 0 ? below(&r, 700) : below(&r, 40);
		struct sample x =
		        make(&a, &r, n, 1 + below(&r, 34), seed % 3 == 0 ? 0 : 1 + below(&r, 60));
		if (seed % 7 == 0)
			x.t.min3 = x.t.min4 = x.t.min5 = 0;
		kernels_agree(&x);
		arena_reset(&a, m);
	}
}

/* Every item at its maximum in every work: the narrow sums are as full as they get. */
TEST(narrow_sums_do_not_overflow)
{
	AUTO_ARENA(a, 1 << 26);
	static const uint8_t most[] = {1, 2, 5, 15, 63, 127};
	for (size_t k = 0; k < ARRAY_LEN(most); k++) {
		for (size_t n_items = 1; n_items <= 32; n_items++) {
			struct arena_mark m = arena_mark(&a);
			uint64_t seed = 5;
			struct sample x = make(&a, &seed, 600, n_items, 0);
			uint8_t *max = arena_new(&a, uint8_t, n_items),
			        *item = arena_new(&a, uint8_t, 600 * n_items);
			memset(max, most[k], n_items);
			memset(item, most[k], 600 * n_items);
			x.t.max = max;
			uint32_t all = (uint32_t)(most[k] * n_items);
			x.t.max_total = all < 1000 ? all : 1000;
			x.w.item = item;
			kernels_agree(&x);
			arena_reset(&a, m);
		}
	}
}

TEST(the_vector_kernel_suits_the_usual_tests)
{
	SKIP_IF(stat_n_kernels < 2, "no vector kernel on this processor");
	static const uint8_t max[25] = {
	        1, 1, 2, 2, 3, 1, 1, 2, 2, 3, 1, 1, 2, 2, 3, 1, 1, 2, 2, 3, 1, 1, 2, 2, 3};
	static const uint8_t big[2] = {100, 100};
#ifdef __x86_64__
	if (__builtin_cpu_supports("avx2"))
		CHECK(stat_kernels[0].suits(&(struct stat_test){25, max, 45, 10, 20, 30}));
#endif
	CHECK(!stat_kernels[0].suits(&(struct stat_test){2, big, 200, 10, 20, 30}));
}

#include "stat/works.h"
#include "base/limits.h"
#include "stat/works_wide.h"

#include <stddef.h>
#include <string.h>

/* A 32-bit partial sum holds this many products points · total: 4096 · 100 · 10,000 < 2³². */
enum { CHUNK = 4096 };

/* Arrays begin at multiples of this many numbers, so that vectors may run over their ends. */
enum { PAD = 4 };

static size_t padded(size_t n)
{
	return (n + PAD - 1) / PAD * PAD;
}

size_t stat_sum_room(const struct stat_test *t)
{
	BUG_IF(t->n_items > LIMIT_TEST_ITEMS || t->max_total > LIMIT_TEST_MAX);
	return padded(t->max_total + 1u) + 9 * padded(t->n_items);
}

void stat_sum_init_in(struct stat_sum *ret, const struct stat_test *t, int64_t *room)
{
	size_t n_hist = padded(t->max_total + 1u), n = padded(t->n_items);
	int64_t *at = room + n_hist;
	*ret = (struct stat_sum){.n_items = t->n_items,
	        .max_total = t->max_total,
	        .has_scale = t->min3 != 0,
	        .hist = room,
	        .points = {at, at + n, at + 2 * n, at + 3 * n},
	        .x2 = at + 4 * n,
	        .xt = at + 5 * n,
	        .full = at + 6 * n,
	        .not_attempted = at + 7 * n,
	        .not_taught = at + 8 * n,
	        .block = room,
	        .n_block = stat_sum_room(t)};
	memset(room, 0, ret->n_block * sizeof(*room));
}

void stat_sum_init(struct stat_sum *ret, struct arena *a, const struct stat_test *t)
{
	stat_sum_init_in(ret, t, arena_new(a, int64_t, stat_sum_room(t)));
}

void stat_sum_clear(struct stat_sum *s)
{
	size_t from = offsetof(struct stat_sum, rows), to = offsetof(struct stat_sum, hist);
	memset((char *)s + from, 0, to - from);
	memset(s->block, 0, s->n_block * sizeof(*s->block));
}

int stat_mark(const struct stat_test *t, uint32_t score)
{
	if (t->min3 == 0)
		return 0;
	return 2 + (score >= t->min3) + (score >= t->min4) + (score >= t->min5);
}

/* Partial sums of one chunk of works, small enough for 32 bits. */
struct chunk {
	uint32_t points[4][LIMIT_TEST_ITEMS];
	uint32_t x2[LIMIT_TEST_ITEMS], xt[LIMIT_TEST_ITEMS], full[LIMIT_TEST_ITEMS];
};

struct row {
	uint32_t points; /* sum of the items */
	bool over;       /* an item above its maximum */
	bool codes;      /* a cell without points */
};

static struct row row_read(
        const uint8_t *restrict item, size_t n, const uint8_t *restrict max, uint8_t *restrict x)
{
	uint32_t sum = 0, over = 0, codes = 0;
	for (size_t i = 0; i < n; i++) {
		uint8_t c = item[i];
		uint8_t code = c >= ITEM_CODE_FIRST;
		uint8_t v = code ? 0 : c;
		x[i] = v;
		sum += v;
		over |= v > max[i];
		codes |= code;
	}
	return (struct row){sum, over != 0, codes != 0};
}

static void row_add(struct chunk *restrict k, const uint8_t *restrict x,
        const uint8_t *restrict max, size_t n, uint32_t t, size_t mark)
{
	uint32_t *restrict points = k->points[mark];
	for (size_t i = 0; i < n; i++) {
		uint32_t v = x[i];
		points[i] += v;
		k->x2[i] += v * v;
		k->xt[i] += v * t;
		k->full[i] += v == max[i];
	}
}

static void cells_count(struct stat_sum *s, const uint8_t *item, bool valid)
{
	for (size_t i = 0; i < s->n_items; i++) {
		switch (item[i]) {
		case ITEM_NOT_ATTEMPTED:
			s->cells_not_attempted++;
			s->not_attempted[i] += valid;
			break;
		case ITEM_NOT_TAUGHT:
			s->cells_not_taught++;
			s->not_taught[i] += valid;
			break;
		case ITEM_EMPTY:
			s->cells_empty++;
			break;
		default:
			s->cells_unreadable += item[i] >= ITEM_CODE_FIRST;
		}
	}
}

static void chunk_flush(struct stat_sum *s, struct chunk *k)
{
	for (size_t i = 0; i < s->n_items; i++) {
		for (size_t m = 0; m < 4; m++)
			s->points[m][i] += k->points[m][i];
		s->x2[i] += k->x2[i];
		s->xt[i] += k->xt[i];
		s->full[i] += k->full[i];
	}
	memset(k, 0, sizeof(*k));
}

static void journal_count(struct stat_sum *s, size_t mark, uint8_t journal)
{
	if (s->has_scale && journal >= 2 && journal <= 5)
		s->journal[mark][journal - 2]++;
}

/* One present work. */
static void work_add(struct stat_sum *s, struct chunk *k, const struct stat_test *t,
        const struct stat_works *w, size_t r)
{
	size_t n = w->n_items;
	const uint8_t *item = w->item + r * n;
	uint8_t x[LIMIT_TEST_ITEMS];
	uint32_t total = (uint32_t)w->total[2 * r] | (uint32_t)w->total[2 * r + 1] << 8;
	struct row row = row_read(item, n, t->max, x);
	bool partial = w->status[r] == WORK_PARTIAL;
	bool none = total == TOTAL_NONE;
	bool over = !none && total > t->max_total;
	bool valid = !partial && !none && !over && !row.over;

	s->present++;
	s->partial += partial;
	s->no_total += none;
	s->total_gt_max += over;
	s->item_gt_max += row.over;
	s->total_ne_items += !none && total != row.points;
	s->cells += (int64_t)n;
	if (row.codes)
		cells_count(s, item, valid);
	if (!valid)
		return;
	size_t mark = s->has_scale ? (size_t)stat_mark(t, total) - 2 : 0;
	s->n++;
	s->sum += total;
	s->sum2 += (int64_t)total * total;
	s->t += row.points;
	s->t2 += (int64_t)row.points * row.points;
	s->hist[total]++;
	if (s->has_scale)
		s->mark[mark]++;
	journal_count(s, mark, w->journal[r]);
	row_add(k, x, t->max, n, row.points, mark);
}

static bool suits_all(const struct stat_test *t)
{
	(void)t;
	return true;
}

void stat_sum_plain(struct stat_sum *s, const struct stat_test *t, const struct stat_works *w)
{
	struct chunk k = {0};
	size_t filled = 0;
	for (size_t r = 0; r < w->n; r++) {
		s->rows++;
		if (w->status[r] == WORK_ABSENT)
			s->absent++;
		else if (w->status[r] == WORK_BLANK)
			s->blank++;
		else
			work_add(s, &k, t, w, r);
		if (++filled == CHUNK) {
			chunk_flush(s, &k);
			filled = 0;
		}
	}
	chunk_flush(s, &k);
}

const struct stat_kernel stat_kernels[] = {
#ifdef __x86_64__
        {"avx2", stat_wide_suits, stat_wide_sum},
#endif
        {"plain", suits_all, stat_sum_plain},
};
const size_t stat_n_kernels = ARRAY_LEN(stat_kernels);

void stat_sum_works(struct stat_sum *s, const struct stat_test *t, const struct stat_works *w)
{
	BUG_IF(w->n_items != t->n_items || s->n_items != t->n_items);
	const struct stat_kernel *k = stat_kernels;
	while (!k->suits(t))
		k++;
	k->sum(s, t, w);
}

static void add(int64_t *to, const int64_t *from, size_t n)
{
	for (size_t i = 0; i < n; i++)
		to[i] += from[i];
}

typedef void adder(int64_t *to, const int64_t *from, size_t n);

static adder *block_adder(void)
{
#ifdef __x86_64__
	if (__builtin_cpu_supports("avx2"))
		return stat_wide_add;
#endif
	return add;
}

void stat_sum_add(struct stat_sum *to, const struct stat_sum *part)
{
	BUG_IF(to->n_items != part->n_items || to->max_total != part->max_total);
	to->rows += part->rows;
	to->absent += part->absent;
	to->blank += part->blank;
	to->present += part->present;
	to->partial += part->partial;
	to->no_total += part->no_total;
	to->total_ne_items += part->total_ne_items;
	to->total_gt_max += part->total_gt_max;
	to->item_gt_max += part->item_gt_max;
	to->cells += part->cells;
	to->cells_not_attempted += part->cells_not_attempted;
	to->cells_not_taught += part->cells_not_taught;
	to->cells_unreadable += part->cells_unreadable;
	to->cells_empty += part->cells_empty;
	to->n += part->n;
	to->sum += part->sum;
	to->sum2 += part->sum2;
	to->t += part->t;
	to->t2 += part->t2;
	add(to->mark, part->mark, 4);
	add(&to->journal[0][0], &part->journal[0][0], 16);
	block_adder()(to->block, part->block, part->n_block);
}

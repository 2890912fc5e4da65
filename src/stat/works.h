/* One scan of the works of a test: exact integer sums from which every figure of the standard
 * reports follows. Sums of parts can be added (school → municipality → region), so a level is never
 * computed twice. Rules and formulas: docs/methods/vpr-import.md and docs/methods/statistics.md. */
#ifndef STAT_WORKS_H
#define STAT_WORKS_H

#include "base/arena.h"

/* What one byte of an item score says: points 0…ITEM_POINTS_MAX, or why there are none. Every code
 * counts as 0 points. */
enum {
	ITEM_POINTS_MAX = 0xEF,
	ITEM_CODE_FIRST = 0xF0,
	ITEM_UNREADABLE = 0xFC,    /* something that is no score («H», «-2») */
	ITEM_NOT_TAUGHT = 0xFD,    /* «не пройд.»: the topic has not been taught yet */
	ITEM_NOT_ATTEMPTED = 0xFE, /* X: the pupil did not try */
	ITEM_EMPTY = 0xFF,         /* blank cell */
};

/* Whether a work exists. */
enum work_status {
	WORK_PRESENT = 0,
	WORK_ABSENT,  /* variant «отсутствовал» */
	WORK_BLANK,   /* no variant */
	WORK_PARTIAL, /* one of two parts was written: present, but not counted */
	WORK_STATUS_COUNT
};

#define TOTAL_NONE   0xFFFFu /* no delivered total */
#define JOURNAL_NONE 0       /* no journal mark; otherwise 2…5 */

/* A test as the kernels see it. */
struct stat_test {
	size_t n_items;
	const uint8_t *max; /* [n_items] */
	uint32_t max_total;
	uint32_t min3, min4, min5; /* first score of each mark; min3 = 0: no scale */
};

/* Works of one protocol, borrowed. total is little-endian and need not be aligned. */
struct stat_works {
	size_t n, n_items;
	const uint8_t *status;  /* [n] enum work_status */
	const uint8_t *journal; /* [n] */
	const uint8_t *total;   /* [2 n] */
	const uint8_t *item;    /* [n][n_items], row by row */
};

/* Marks 2…5 stand at index 0…3. A work is valid when it is present, has a total not above the
 * maximum, and no item above its maximum; sums below «valid» are over valid works. */
struct stat_sum {
	size_t n_items;
	uint32_t max_total;
	bool has_scale;
	/* all rows; from here to hist whole numbers only */
	int64_t rows, absent, blank, present, partial;
	/* present rows */
	int64_t no_total, total_ne_items, total_gt_max, item_gt_max;
	int64_t cells, cells_not_attempted, cells_not_taught, cells_unreadable, cells_empty;
	/* valid */
	int64_t n, sum, sum2; /* delivered totals and their squares */
	int64_t t, t2;        /* totals made of the items, for discrimination */
	int64_t mark[4];
	int64_t journal[4][4]; /* [mark][journal mark], only works with a journal mark 2…5 */
	int64_t *hist;         /* [max_total + 1] works with this delivered total */
	int64_t *points[4];    /* [n_items] points by mark (all at index 0 without a scale) */
	int64_t *x2, *xt;      /* [n_items] Σ points², Σ points · total of items */
	int64_t *full;         /* [n_items] works with all points of the item */
	int64_t *not_attempted, *not_taught; /* [n_items] */
	/* the block all these arrays lie in, each padded to full vectors */
	int64_t *block;
	size_t n_block;
};

/* Makes an empty sum in the arena. */
void stat_sum_init(struct stat_sum *ret, struct arena *a, const struct stat_test *t);
/* The same in memory of the caller, stat_sum_room(t) numbers: for thousands of sums of one test
 * after another. */
size_t stat_sum_room(const struct stat_test *t);
void stat_sum_init_in(struct stat_sum *ret, const struct stat_test *t, int64_t *room);
/* Makes it empty again, for the next protocol of the same test. */
void stat_sum_clear(struct stat_sum *s);
/* Adds works; w->n_items must be t->n_items. Takes the first kernel below that suits processor and
 * test; all give equal sums. */
void stat_sum_works(struct stat_sum *s, const struct stat_test *t, const struct stat_works *w);
/* Adds a part; both must be of one test. */
void stat_sum_add(struct stat_sum *to, const struct stat_sum *part);

/* The kernels behind stat_sum_works, the fastest first; the last one is plain C, suits everything
 * and is what the others are tested against. */
struct stat_kernel {
	const char *name;
	bool (*suits)(const struct stat_test *t);
	void (*sum)(struct stat_sum *s, const struct stat_test *t, const struct stat_works *w);
};
extern const struct stat_kernel stat_kernels[];
extern const size_t stat_n_kernels;

/* Mark 2…5 of a primary score: 2 + [s ≥ min3] + [s ≥ min4] + [s ≥ min5]; 0 without a scale. */
int stat_mark(const struct stat_test *t, uint32_t score);

#endif

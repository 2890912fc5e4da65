/* Figures out of exact sums. Nothing is rounded here. NaN means "there is nothing to compute it
 * from" and is printed as «—». Formulas: docs/methods/statistics.md. */
#ifndef STAT_DESCRIBE_H
#define STAT_DESCRIBE_H

#include "stat/works.h"

/* 100 · part / whole; NaN when whole is 0. */
double stat_percent(int64_t part, int64_t whole);
/* Σx / n. */
double stat_mean(int64_t n, int64_t sum);
/* Population standard deviation √(nΣx² − (Σx)²) / n; the difference under the root is exact. */
double stat_sd(int64_t n, int64_t sum, int64_t sum2);
/* Quantile p (0…1) of whole numbers given by counts hist[0 … n_values − 1]: linear interpolation
 * between order statistics, type 7 of Hyndman and Fan, The American Statistician 50 (1996) 361. */
double stat_quantile(const int64_t *hist, size_t n_values, double p);

/* Comparison of marks with the journal: over works that have both. */
struct stat_journal {
	int64_t n, lowered, confirmed, raised; /* mark below, equal to, above the journal mark */
	int64_t far;                           /* they differ by two marks or more */
};
struct stat_journal stat_journal(const struct stat_sum *s);

/* СОУ, degree of learning of the class: (100·n5 + 64·n4 + 36·n3 + 16·n2) / n. */
double stat_sou(const struct stat_sum *s);

/* One item over valid works. */
struct stat_item {
	int64_t points;
	double completion;         /* 100 · Σ points / (n · max); X counts as 0 */
	double completion_mark[4]; /* the same among works with mark 2…5 */
	double difficulty; /* mean share of points 0…1 (p-value of the classical theory) */
	double full, not_attempted, not_taught; /* per cent of works */
	/* Pearson correlation of the item with the sum of the other items (corrected item-total
	 * correlation: Lord and Novick, Statistical Theories of Mental Test Scores, 1968, ch. 15);
	 * NaN when either does not vary. */
	double discrimination;
};
struct stat_item stat_item(const struct stat_sum *s, const struct stat_test *t, size_t i);

#endif

/* Slow, obvious versions of stat/: one loop a figure, doubles, two passes. */
#ifndef ORACLE_WORKS_H
#define ORACLE_WORKS_H

#include "stat/describe.h"

int oracle_valid(const struct stat_test *t, const struct stat_works *w, size_t r);
uint32_t oracle_total(const struct stat_works *w, size_t r);
double oracle_mean(const struct stat_test *t, const struct stat_works *w);
double oracle_sd(const struct stat_test *t, const struct stat_works *w);
double oracle_completion(const struct stat_test *t, const struct stat_works *w, size_t item);
/* Pearson's r of the item and the rest, two-pass. */
double oracle_discrimination(const struct stat_test *t, const struct stat_works *w, size_t item);
/* Works with this mark and this journal mark; -1 = any journal value. */
int64_t oracle_mark(const struct stat_test *t, const struct stat_works *w, int mark, int journal);
/* Quantile of the delivered totals of valid works by sorting them. */
double oracle_quantile(const struct stat_test *t, const struct stat_works *w, double p);

#endif

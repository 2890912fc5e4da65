/* The kernel of stat/works.h for processors with AVX2, and the plain one it leaves odd rows to.
 * Called through stat_sum_works. */
#ifndef STAT_WORKS_WIDE_H
#define STAT_WORKS_WIDE_H

#include "stat/works.h"

/* Suits tests of at most 32 items whose products fit 16 bits: everything seen in ВПР and ОГЭ. */
bool stat_wide_suits(const struct stat_test *t);
void stat_wide_sum(struct stat_sum *s, const struct stat_test *t, const struct stat_works *w);

/* to[i] += from[i]; n is a multiple of four. */
void stat_wide_add(int64_t *to, const int64_t *from, size_t n);

void stat_sum_plain(struct stat_sum *s, const struct stat_test *t, const struct stat_works *w);

#endif

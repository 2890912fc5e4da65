/* Stable order of many keys by radix: linear in n, the same on every machine. */
#ifndef STAT_OBJECTIVITY_ORDER_H
#define STAT_OBJECTIVITY_ORDER_H

#include "base/arena.h"

/* ret[i] = index of the i-th smallest key; equal keys keep their order. n < 2³¹. */
void ob_order(struct arena *scratch, const uint64_t *key, size_t n, int32_t *ret);

/* Key with the order of the numbers (no NaN). */
uint64_t ob_order_key(double v);

#endif

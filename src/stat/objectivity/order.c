#include "stat/objectivity/order.h"

#include <string.h>

enum { DIGIT = 11, DIGITS = 6, PLACES = 1 << DIGIT };

struct keyed {
	uint64_t key;
	int32_t at;
};

uint64_t ob_order_key(double v)
{
	uint64_t bits;
	v += 0.0; /* −0 and 0 are equal */
	memcpy(&bits, &v, sizeof(bits));
	return bits >> 63 ? ~bits : bits | 1ull << 63;
}

void ob_order(struct arena *scratch, const uint64_t *key, size_t n, int32_t *ret)
{
	struct arena_mark m = arena_mark(scratch);
	uint32_t *count = arena_new(scratch, uint32_t, (size_t)DIGITS * PLACES);
	struct keyed *from = arena_new(scratch, struct keyed, n);
	struct keyed *to = arena_new(scratch, struct keyed, n);
	for (size_t i = 0; i < n; i++) {
		from[i] = (struct keyed){key[i], (int32_t)i};
		for (int d = 0; d < DIGITS; d++)
			count[d * PLACES + (key[i] >> (d * DIGIT) & (PLACES - 1))]++;
	}
	for (int d = 0; n > 0 && d < DIGITS; d++) {
		uint32_t *c = count + d * PLACES;
		if (c[key[0] >> (d * DIGIT) & (PLACES - 1)] == n)
			continue; /* all alike in this digit */
		uint32_t before = 0;
		for (int k = 0; k < PLACES; k++) {
			uint32_t here = c[k];
			c[k] = before;
			before += here;
		}
		for (size_t i = 0; i < n; i++)
			to[c[from[i].key >> (d * DIGIT) & (PLACES - 1)]++] = from[i];
		struct keyed *t = from;
		from = to;
		to = t;
	}
	for (size_t i = 0; i < n; i++)
		ret[i] = from[i].at;
	arena_reset(scratch, m);
}

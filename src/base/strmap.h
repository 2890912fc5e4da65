/* Text → number, in an arena: for finding rows of a file or a table by a key without asking the
 * database. Not for keys that must be kept secret; the order of entries is not kept. */
#ifndef BASE_STRMAP_H
#define BASE_STRMAP_H

#include "base/str.h"

struct strmap_slot {
	struct str key;
	uint64_t hash;
	size_t value;
	bool used;
};

/* Zero (with the arena set) is an empty map. */
struct strmap {
	struct arena *a;
	struct strmap_slot *slot;
	size_t n, n_slots;
};

void strmap_init(struct strmap *m, struct arena *a);
/* The value of a key; NULL when it is not there. */
size_t *strmap_find(const struct strmap *m, struct str key);
/* The value of a key, added as `value` (with a copy of the key) when it is not there; *ret_new may
 * be NULL. The pointer is good until the next addition. */
size_t *strmap_put(struct strmap *m, struct str key, size_t value, bool *ret_new);

#endif

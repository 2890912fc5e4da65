#include "base/strmap.h"

void strmap_init(struct strmap *m, struct arena *a)
{
	*m = (struct strmap){.a = a};
}

/* The slot of the key, or the free one where it belongs. n_slots is a power of two. */
static struct strmap_slot *slot_of(const struct strmap *m, struct str key, uint64_t hash)
{
	size_t i = (size_t)hash & (m->n_slots - 1);
	while (m->slot[i].used && (m->slot[i].hash != hash || !str_eq(m->slot[i].key, key)))
		i = (i + 1) & (m->n_slots - 1);
	return &m->slot[i];
}

size_t *strmap_find(const struct strmap *m, struct str key)
{
	if (m->n == 0)
		return NULL;
	struct strmap_slot *s = slot_of(m, key, str_hash(key));
	return s->used ? &s->value : NULL;
}

static void grow(struct strmap *m)
{
	struct strmap was = *m;
	m->n_slots = was.n_slots == 0 ? 64 : 2 * was.n_slots;
	m->slot = arena_new(m->a, struct strmap_slot, m->n_slots);
	for (size_t i = 0; i < was.n_slots; i++) {
		if (was.slot[i].used)
			*slot_of(m, was.slot[i].key, was.slot[i].hash) = was.slot[i];
	}
}

size_t *strmap_put(struct strmap *m, struct str key, size_t value, bool *ret_new)
{
	if (2 * m->n >= m->n_slots)
		grow(m);
	uint64_t hash = str_hash(key);
	struct strmap_slot *s = slot_of(m, key, hash);
	if (ret_new != NULL)
		*ret_new = !s->used;
	if (!s->used) {
		*s = (struct strmap_slot){str_dup(m->a, key), hash, value, true};
		m->n++;
	}
	return &s->value;
}

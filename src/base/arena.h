/* Arenas: memory named by its lifetime (program, request, job, scratch). Nothing in them is freed
 * one by one. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/err.h"

struct arena_block;

/* Open value; fields are private to arena.c. Zero is not valid: use arena_init. Not for use by two
 * threads at once. */
struct arena {
	struct arena_block *top;
	size_t used;  /* bytes handed out */
	size_t limit; /* bytes that may be handed out; more aborts (sizes from outside are checked
	                 before) */
};

/* A place in an arena to return to. */
struct arena_mark {
	struct arena_block *top;
	size_t fill, used;
};

/* Makes an empty arena that hands out at most limit bytes. */
void arena_init(struct arena *a, size_t limit);

/* Gives all memory back; the arena is empty and usable again. Accepts a zeroed struct. */
void arena_clear(struct arena *a);

/* n zeroed bytes aligned to 16; never NULL. Aborts past the limit: check outside sizes first. */
void *arena_alloc(struct arena *a, size_t n) __attribute__((malloc, returns_nonnull));

/* Bytes that may still be asked for. */
size_t arena_left(const struct arena *a);

struct arena_mark arena_mark(const struct arena *a);
/* Frees all that was allocated since the mark. */
void arena_reset(struct arena *a, struct arena_mark m);

/* n zeroed objects of a type. Multiplication is checked. */
#define arena_new(a, type, n) ((type *)arena_array((a), sizeof(type), (n)))
void *arena_array(struct arena *a, size_t size, size_t n) __attribute__((returns_nonnull));

/* printf into the arena, NUL-terminated. */
char *arena_printf(struct arena *a, const char *fmt, ...) PRINTF(2, 3);

/* Declares an arena that is cleared when the scope ends. */
#define AUTO_ARENA(name, limit)                                                                    \
	__attribute__((cleanup(arena_clear))) struct arena name = {0};                             \
	arena_init(&name, (limit))

/* Growing array in an arena: struct { T *v; size_t n, cap; }. vec_push returns a pointer to a
 * zeroed new last element. */
#define VEC(type)                                                                                  \
	struct {                                                                                   \
		type *v;                                                                           \
		size_t n, cap;                                                                     \
	}
#define vec_push(a, vec)                                                                           \
	(vec_room((a), (void **)&(vec)->v, sizeof((vec)->v[0]), (vec)->n, &(vec)->cap),            \
	        &(vec)->v[(vec)->n++])
void vec_room(struct arena *a, void **v, size_t size, size_t n, size_t *cap);

#endif

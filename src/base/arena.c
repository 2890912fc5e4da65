#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n)   ASAN_POISON_MEMORY_REGION(p, n)
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION(p, n)
#define RED_ZONE       16 /* a one-byte overflow lands here and is caught */
#else
#define POISON(p, n)   ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#define RED_ZONE       0
#endif

#define ALIGN       16
#define BLOCK_FIRST (16 * 1024)
#define BLOCK_MOST  (1024 * 1024)

struct arena_block {
	struct arena_block *below;
	size_t size, fill;
	_Alignas(ALIGN) unsigned char data[];
};

void arena_init(struct arena *a, size_t limit)
{
	*a = (struct arena){.limit = limit};
}

static void block_free(struct arena_block *b)
{
	UNPOISON(b->data, b->size);
	free(b);
}

void arena_clear(struct arena *a)
{
	while (a->top != NULL) {
		struct arena_block *below = a->top->below;
		block_free(a->top);
		a->top = below;
	}
	a->used = 0;
}

static void block_push(struct arena *a, size_t need)
{
	size_t size = a->top == NULL ? BLOCK_FIRST : a->top->size * 2;
	if (size > BLOCK_MOST)
		size = BLOCK_MOST;
	if (size < need)
		size = need;
	struct arena_block *b = malloc(sizeof(*b) + size);
	if (b == NULL)
		BUG("out of memory");
	b->below = a->top;
	b->size = size;
	b->fill = 0;
	POISON(b->data, size);
	a->top = b;
}

void *arena_alloc(struct arena *a, size_t n)
{
	if (n > a->limit - a->used || n > SIZE_MAX / 2)
		BUG("arena limit passed");
	size_t need = ((n + ALIGN - 1) & ~(size_t)(ALIGN - 1)) + RED_ZONE;
	if (need == 0)
		need = ALIGN;
	if (a->top == NULL || a->top->size - a->top->fill < need)
		block_push(a, need);
	void *p = a->top->data + a->top->fill;
	a->top->fill += need;
	a->used += n;
	UNPOISON(p, n);
	memset(p, 0, n);
	return p;
}

size_t arena_left(const struct arena *a)
{
	return a->limit - a->used;
}

struct arena_mark arena_mark(const struct arena *a)
{
	return (struct arena_mark){a->top, a->top == NULL ? 0 : a->top->fill, a->used};
}

void arena_reset(struct arena *a, struct arena_mark m)
{
	while (a->top != m.top) {
		BUG_IF(a->top == NULL);
		struct arena_block *below = a->top->below;
		block_free(a->top);
		a->top = below;
	}
	if (a->top != NULL) {
		a->top->fill = m.fill;
		POISON(a->top->data + m.fill, a->top->size - m.fill);
	}
	a->used = m.used;
}

void *arena_array(struct arena *a, size_t size, size_t n)
{
	size_t bytes;
	if (__builtin_mul_overflow(size, n, &bytes))
		BUG("array size overflow");
	return arena_alloc(a, bytes);
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	va_list again;
	va_copy(again, ap);
	char probe[1];
	int n = vsnprintf(probe, sizeof(probe), fmt, ap);
	va_end(ap);
	BUG_IF(n < 0);
	char *p = arena_alloc(a, (size_t)n + 1);
	(void)vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	return p;
}

void vec_room(struct arena *a, void **v, size_t size, size_t n, size_t *cap)
{
	if (n < *cap)
		return;
	size_t grown = *cap == 0 ? 8 : *cap * 2;
	void *p = arena_array(a, size, grown);
	if (n > 0)
		memcpy(p, *v, n * size);
	*v = p;
	*cap = grown;
}

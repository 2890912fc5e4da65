#include "base/buf.h"

#include <stdio.h>
#include <string.h>

void buf_init(struct buf *b, struct arena *a, size_t max)
{
	*b = (struct buf){.a = a, .max = max};
}

static bool buf_room(struct buf *b, size_t n)
{
	if (b->over || n > b->max - b->n) {
		b->over = true;
		return false;
	}
	if (b->n + n + 1 <= b->cap)
		return true;
	size_t cap = b->cap == 0 ? 256 : b->cap * 2;
	if (cap < b->n + n + 1)
		cap = b->n + n + 1;
	char *p = arena_alloc(b->a, cap);
	if (b->n > 0)
		memcpy(p, b->p, b->n);
	b->p = p;
	b->cap = cap;
	return true;
}

void buf_add_n(struct buf *b, const void *p, size_t n)
{
	if (n == 0 || !buf_room(b, n))
		return;
	memcpy(b->p + b->n, p, n);
	b->n += n;
	b->p[b->n] = '\0';
}

void buf_add(struct buf *b, struct str s)
{
	buf_add_n(b, s.p, s.n);
}

void buf_add_z(struct buf *b, const char *z)
{
	buf_add(b, str_c(z));
}

void buf_byte(struct buf *b, char c)
{
	buf_add_n(b, &c, 1);
}

void buf_cp(struct buf *b, uint32_t cp)
{
	char out[4];
	buf_add_n(b, out, utf8_put(out, cp));
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	va_list again;
	va_copy(again, ap);
	char probe[1];
	int n = vsnprintf(probe, sizeof(probe), fmt, ap);
	va_end(ap);
	BUG_IF(n < 0);
	if (buf_room(b, (size_t)n)) {
		(void)vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
		b->n += (size_t)n;
	}
	va_end(again);
}

void buf_int(struct buf *b, int64_t v)
{
	buf_printf(b, "%lld", (long long)v);
}

struct str buf_str(const struct buf *b)
{
	return (struct str){b->p == NULL ? "" : b->p, b->n};
}

void buf_reset(struct buf *b)
{
	b->n = 0;
	b->over = false;
}

enum ec buf_check(const struct buf *b, const char *what, struct err *e)
{
	if (b->over)
		return err_set(e, EC_LIMIT, "%s: больше %zu байт", what, b->max);
	return EC_OK;
}

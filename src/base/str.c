#include "base/str.h"

#include <stdio.h>
#include <string.h>

struct str str_c(const char *z)
{
	return z == NULL ? STR_NONE : (struct str){z, strlen(z)};
}

struct str str_dup(struct arena *a, struct str s)
{
	return (struct str){str_z(a, s), s.n};
}

char *str_z(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.n + 1);
	if (s.n > 0)
		memcpy(p, s.p, s.n);
	return p;
}

struct str str_printf(struct arena *a, const char *fmt, ...)
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
	return (struct str){p, (size_t)n};
}

struct str str_join(struct arena *a, struct str sep, const struct str *v, size_t n)
{
	size_t total = n > 1 ? sep.n * (n - 1) : 0;
	for (size_t i = 0; i < n; i++)
		total += v[i].n;
	char *p = arena_alloc(a, total + 1);
	size_t at = 0;
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && sep.n > 0) {
			memcpy(p + at, sep.p, sep.n);
			at += sep.n;
		}
		if (v[i].n > 0)
			memcpy(p + at, v[i].p, v[i].n);
		at += v[i].n;
	}
	return (struct str){p, total};
}

struct str str_cat(struct arena *a, struct str x, struct str y)
{
	return str_join(a, STR_NONE, (struct str[]){x, y}, 2);
}

bool str_eq(struct str x, struct str y)
{
	return x.n == y.n && (x.n == 0 || memcmp(x.p, y.p, x.n) == 0);
}

bool str_eq_z(struct str x, const char *z)
{
	return str_eq(x, str_c(z));
}

static char lower_ascii(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool str_ieq_ascii(struct str x, struct str y)
{
	if (x.n != y.n)
		return false;
	for (size_t i = 0; i < x.n; i++)
		if (lower_ascii(x.p[i]) != lower_ascii(y.p[i]))
			return false;
	return true;
}

int str_cmp(struct str x, struct str y)
{
	size_t n = x.n < y.n ? x.n : y.n;
	int c = n == 0 ? 0 : memcmp(x.p, y.p, n);
	if (c != 0)
		return c;
	return x.n < y.n ? -1 : x.n > y.n ? 1 : 0;
}

bool str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq(str_sub(s, 0, prefix.n), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n && str_eq(str_skip(s, s.n - suffix.n), suffix);
}

size_t str_find(struct str s, struct str needle, size_t from)
{
	if (from > s.n || needle.n > s.n - from)
		return SIZE_MAX;
	if (needle.n == 0)
		return from;
	const char *p = memmem(s.p + from, s.n - from, needle.p, needle.n);
	return p == NULL ? SIZE_MAX : (size_t)(p - s.p);
}

size_t str_find_byte(struct str s, char c, size_t from)
{
	if (from >= s.n)
		return SIZE_MAX;
	const char *p = memchr(s.p + from, c, s.n - from);
	return p == NULL ? SIZE_MAX : (size_t)(p - s.p);
}

bool str_has(struct str s, struct str needle)
{
	return str_find(s, needle, 0) != SIZE_MAX;
}

struct str str_sub(struct str s, size_t from, size_t to)
{
	if (to > s.n)
		to = s.n;
	if (from > to)
		from = to;
	return (struct str){s.p == NULL ? NULL : s.p + from, to - from};
}

struct str str_skip(struct str s, size_t n)
{
	return str_sub(s, n, s.n);
}

static bool space_byte(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
	for (;;) {
		if (s.n > 0 && space_byte(s.p[0]))
			s = str_skip(s, 1);
		else if (s.n > 1 && s.p[0] == '\xC2' && s.p[1] == '\xA0')
			s = str_skip(s, 2);
		else
			break;
	}
	for (;;) {
		if (s.n > 0 && space_byte(s.p[s.n - 1]))
			s.n -= 1;
		else if (s.n > 1 && s.p[s.n - 2] == '\xC2' && s.p[s.n - 1] == '\xA0')
			s.n -= 2;
		else
			break;
	}
	return s;
}

bool str_next(struct str *rest, char sep, struct str *ret_part)
{
	if (rest->p == NULL)
		return false;
	size_t at = str_find_byte(*rest, sep, 0);
	if (at == SIZE_MAX) {
		*ret_part = *rest;
		*rest = STR_NONE;
	} else {
		*ret_part = str_sub(*rest, 0, at);
		*rest = str_skip(*rest, at + 1);
	}
	return true;
}

bool str_blank(struct str s)
{
	return str_trim(s).n == 0;
}

struct str str_replace(struct arena *a, struct str s, struct str from, struct str to)
{
	if (from.n == 0 || !str_has(s, from))
		return s;
	size_t count = 0;
	for (size_t at = 0; (at = str_find(s, from, at)) != SIZE_MAX; at += from.n)
		count++;
	size_t total = s.n - count * from.n + count * to.n;
	char *p = arena_alloc(a, total + 1);
	size_t out = 0;
	size_t at = 0;
	for (;;) {
		size_t hit = str_find(s, from, at);
		size_t stop = hit == SIZE_MAX ? s.n : hit;
		if (stop > at)
			memcpy(p + out, s.p + at, stop - at);
		out += stop - at;
		if (hit == SIZE_MAX)
			break;
		if (to.n > 0)
			memcpy(p + out, to.p, to.n);
		out += to.n;
		at = hit + from.n;
	}
	return (struct str){p, total};
}

uint64_t str_hash(struct str s)
{
	uint64_t h = 1469598103934665603u;
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
	return h;
}

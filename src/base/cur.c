#include "base/cur.h"
#include "base/num.h"

bool cur_end(const struct cur *c)
{
	return c->i >= c->s.n;
}

struct str cur_rest(const struct cur *c)
{
	return str_skip(c->s, c->i);
}

bool cur_lit(struct cur *c, struct str lit)
{
	if (!str_starts(cur_rest(c), lit))
		return false;
	c->i += lit.n;
	return true;
}

bool cur_byte(struct cur *c, char b)
{
	if (cur_end(c) || c->s.p[c->i] != b)
		return false;
	c->i++;
	return true;
}

size_t cur_space(struct cur *c)
{
	size_t from = c->i;
	for (;;) {
		if (cur_end(c))
			break;
		char b = c->s.p[c->i];
		if (b == ' ' || (b >= '\t' && b <= '\r'))
			c->i++;
		else if (!cur_lit(c, STR("\xC2\xA0")))
			break;
	}
	return c->i - from;
}

static int digit_at(const struct cur *c)
{
	if (cur_end(c))
		return -1;
	char b = c->s.p[c->i];
	return b >= '0' && b <= '9' ? b - '0' : -1;
}

bool cur_uint(struct cur *c, int max_digits, uint64_t max, uint64_t *ret)
{
	size_t from = c->i;
	uint64_t v = 0;
	int n = 0;
	for (int d; n < max_digits && (d = digit_at(c)) >= 0; n++, c->i++) {
		if (__builtin_mul_overflow(v, 10u, &v) ||
		        __builtin_add_overflow(v, (uint64_t)d, &v)) {
			c->i = from;
			return false;
		}
	}
	if (n == 0 || v > max) {
		c->i = from;
		return false;
	}
	*ret = v;
	return true;
}

bool cur_int(struct cur *c, int64_t min, int64_t max, int64_t *ret)
{
	size_t from = c->i;
	bool minus = cur_byte(c, '-');
	uint64_t v;
	if (!cur_uint(c, 19, INT64_MAX, &v)) {
		c->i = from;
		return false;
	}
	int64_t s = minus ? -(int64_t)v : (int64_t)v;
	if (s < min || s > max) {
		c->i = from;
		return false;
	}
	*ret = s;
	return true;
}

static void skip_digits(struct cur *c)
{
	while (digit_at(c) >= 0)
		c->i++;
}

bool cur_double(struct cur *c, double *ret)
{
	size_t from = c->i;
	(void)cur_byte(c, '-');
	size_t digits = c->i;
	skip_digits(c);
	if (c->i == digits) {
		c->i = from;
		return false;
	}
	size_t at = c->i;
	if ((cur_byte(c, '.') || cur_byte(c, ',')) && digit_at(c) >= 0)
		skip_digits(c);
	else
		c->i = at;
	at = c->i;
	if (cur_byte(c, 'e') || cur_byte(c, 'E')) {
		if (!cur_byte(c, '-'))
			(void)cur_byte(c, '+');
		if (digit_at(c) >= 0)
			skip_digits(c);
		else
			c->i = at;
	}
	if (!num_parse(str_sub(c->s, from, c->i), ret)) {
		c->i = from;
		return false;
	}
	return true;
}

bool cur_date(struct cur *c, struct date *ret)
{
	if (!date_parse_iso(str_sub(c->s, c->i, c->i + 10), ret))
		return false;
	c->i += 10;
	return true;
}

bool cur_until(struct cur *c, char stop, size_t max, struct str *ret)
{
	size_t at = str_find_byte(c->s, stop, c->i);
	if (at == SIZE_MAX)
		at = c->s.n;
	if (at - c->i > max)
		return false;
	*ret = str_sub(c->s, c->i, at);
	c->i = at;
	return true;
}

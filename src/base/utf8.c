#include "base/str.h"

static bool tail_byte(struct str s, size_t i)
{
	return i < s.n && ((unsigned char)s.p[i] & 0xC0) == 0x80;
}

static uint32_t bits(struct str s, size_t i)
{
	return (unsigned char)s.p[i] & 0x3Fu;
}

uint32_t utf8_next(struct str s, size_t *i)
{
	size_t at = *i;
	uint32_t b = (unsigned char)s.p[at];
	*i = at + 1;
	if (b < 0x80)
		return b;
	if (b >= 0xC2 && b < 0xE0 && tail_byte(s, at + 1)) {
		*i = at + 2;
		return (b & 0x1Fu) << 6 | bits(s, at + 1);
	}
	if (b >= 0xE0 && b < 0xF0 && tail_byte(s, at + 1) && tail_byte(s, at + 2)) {
		uint32_t cp = (b & 0x0Fu) << 12 | bits(s, at + 1) << 6 | bits(s, at + 2);
		if (cp < 0x800 || (cp >= 0xD800 && cp <= 0xDFFF))
			return 0xFFFD;
		*i = at + 3;
		return cp;
	}
	if (b >= 0xF0 && b < 0xF5 && tail_byte(s, at + 1) && tail_byte(s, at + 2) &&
	        tail_byte(s, at + 3)) {
		uint32_t cp = (b & 0x07u) << 18 | bits(s, at + 1) << 12 | bits(s, at + 2) << 6 |
		              bits(s, at + 3);
		if (cp < 0x10000 || cp > 0x10FFFF)
			return 0xFFFD;
		*i = at + 4;
		return cp;
	}
	return 0xFFFD;
}

size_t utf8_put(char out[4], uint32_t cp)
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if ((cp >= 0xD800 && cp <= 0xDFFF) || cp > 0x10FFFF)
		cp = 0xFFFD;
	if (cp < 0x10000) {
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		out[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

bool utf8_valid(struct str s)
{
	for (size_t i = 0; i < s.n;) {
		size_t at = i;
		/* A real U+FFFD is three bytes long; a replaced bad byte moves by one. */
		if (utf8_next(s, &i) == 0xFFFD && i == at + 1)
			return false;
	}
	return true;
}

size_t utf8_len(struct str s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; n++)
		(void)utf8_next(s, &i);
	return n;
}

struct str utf8_head(struct str s, size_t n)
{
	size_t i = 0;
	while (i < s.n && n > 0) {
		(void)utf8_next(s, &i);
		n--;
	}
	return str_sub(s, 0, i);
}

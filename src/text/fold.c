#include "text/fold.h"

#include "base/buf.h"

/* Blocks where upper and lower case differ by a constant, or alternate (step 0: the pair is even,
 * odd; step -1: odd, even). */
static const struct {
	uint16_t from, to; /* upper-case code points */
	int16_t step;
} cases[] = {
        {'A', 'Z', 32},
        {0xc0, 0xd6, 32},
        {0xd8, 0xde, 32},
        {0x400, 0x40f, 80},
        {0x410, 0x42f, 32},
        {0x460, 0x481, 0},
        {0x48a, 0x4bf, 0},
        {0x4c1, 0x4ce, -1},
        {0x4d0, 0x52f, 0},
};

uint32_t cp_lower(uint32_t cp)
{
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		if (cp < cases[i].from || cp > cases[i].to)
			continue;
		if (cases[i].step > 0)
			return cp + (uint32_t)cases[i].step;
		return (cp % 2 == 0) == (cases[i].step == 0) ? cp + 1 : cp;
	}
	return cp;
}

uint32_t cp_upper(uint32_t cp)
{
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		uint32_t step = cases[i].step > 0 ? (uint32_t)cases[i].step : 0;
		if (cp < cases[i].from + step || cp > cases[i].to + step)
			continue;
		if (step > 0)
			return cp - step;
		return (cp % 2 == 0) == (cases[i].step == 0) ? cp : cp - 1;
	}
	return cp;
}

bool cp_cyrillic(uint32_t cp)
{
	return (cp >= 0x400 && cp <= 0x481) || (cp >= 0x48a && cp <= 0x52f);
}

bool cp_latin(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') ||
	       (cp >= 0xc0 && cp <= 0x17f && cp != 0xd7 && cp != 0xf7);
}

bool cp_letter(uint32_t cp)
{
	return cp_cyrillic(cp) || cp_latin(cp);
}

bool cp_digit(uint32_t cp)
{
	return cp >= '0' && cp <= '9';
}

bool cp_space(uint32_t cp)
{
	return cp == ' ' || (cp >= 9 && cp <= 13) || cp == 0x85 || cp == 0xa0 ||
	       (cp >= 0x2000 && cp <= 0x200b) || cp == 0x2028 || cp == 0x2029 || cp == 0x202f ||
	       cp == 0x205f || cp == 0x3000 || cp == 0xfeff;
}

bool cp_dash(uint32_t cp)
{
	return cp == '-' || (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212 || cp == 0x2e3a ||
	       cp == 0xfe58 || cp == 0xff0d;
}

bool cp_quote(uint32_t cp)
{
	return cp == '"' || cp == '\'' || cp == '`' || cp == 0xab || cp == 0xbb ||
	       (cp >= 0x2018 && cp <= 0x201f) || cp == 0x2039 || cp == 0x203a || cp == 0x2032 ||
	       cp == 0x2033;
}

static struct str map(struct arena *a, struct str s, uint32_t (*f)(uint32_t))
{
	struct buf b;
	buf_init(&b, a, s.n * 3 + 1);
	for (size_t i = 0; i < s.n;)
		buf_cp(&b, f(utf8_next(s, &i)));
	return buf_str(&b);
}

struct str text_lower(struct arena *a, struct str s)
{
	return map(a, s, cp_lower);
}

struct str text_upper(struct arena *a, struct str s)
{
	return map(a, s, cp_upper);
}

struct str text_capital(struct arena *a, struct str s)
{
	struct buf b;
	size_t i = 0;
	if (s.n == 0)
		return s;
	buf_init(&b, a, s.n + 8);
	buf_cp(&b, cp_upper(utf8_next(s, &i)));
	buf_add(&b, str_skip(s, i));
	return buf_str(&b);
}

/* The next code point with й and ё composed; soft hyphens and zero-width characters are skipped.
 * 0 at the end. */
static uint32_t next_composed(struct str s, size_t *i)
{
	while (*i < s.n) {
		uint32_t cp = utf8_next(s, i);
		if (cp == 0xad || (cp >= 0x200b && cp <= 0x200f) || cp == 0x2060 || cp == 0xfeff)
			continue;
		size_t j = *i;
		uint32_t mark = j < s.n && cp_letter(cp) ? utf8_next(s, &j) : 0;
		uint32_t low = cp_lower(cp), both = 0;
		if (mark == 0x306 && low == 0x438)
			both = 0x439;
		else if (mark == 0x308 && low == 0x435)
			both = 0x451;
		if (both == 0)
			return cp == 0 ? 0xfffd : cp;
		*i = j;
		return cp == low ? both : cp_upper(both);
	}
	return 0;
}

struct str text_squeeze(struct arena *a, struct str s)
{
	struct buf b;
	bool gap = false;
	buf_init(&b, a, s.n * 3 + 1);
	for (size_t i = 0;;) {
		uint32_t cp = next_composed(s, &i);
		if (cp == 0)
			return buf_str(&b);
		if (cp_space(cp)) {
			gap = b.n > 0;
			continue;
		}
		if (gap)
			buf_byte(&b, ' ');
		gap = false;
		buf_cp(&b, cp);
	}
}

struct str text_key(struct arena *a, struct str s)
{
	struct buf b;
	bool gap = false;
	buf_init(&b, a, s.n * 3 + 1);
	for (size_t i = 0;;) {
		uint32_t cp = next_composed(s, &i);
		if (cp == 0)
			return buf_str(&b);
		if (!cp_letter(cp) && !cp_digit(cp)) {
			gap = b.n > 0;
			continue;
		}
		if (gap)
			buf_byte(&b, ' ');
		gap = false;
		cp = cp_lower(cp);
		buf_cp(&b, cp == 0x451 ? 0x435 : cp);
	}
}

/* Letters of other alphabets stand beside the Russian letter they grew from. */
static uint32_t russian_letter(uint32_t low)
{
	static const uint16_t pairs[][2] = {{0x451, 0x435}, {0x454, 0x435}, {0x456, 0x438},
	        {0x457, 0x438}, {0x458, 0x439}, {0x45e, 0x443}, {0x491, 0x433}, {0x493, 0x433},
	        {0x497, 0x436}, {0x49b, 0x43a}, {0x4a3, 0x43d}, {0x4af, 0x443}, {0x4b1, 0x443},
	        {0x4bb, 0x445}, {0x4d9, 0x430}, {0x4e9, 0x43e}};
	for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
		if (pairs[i][0] == low)
			return pairs[i][1];
	}
	return low;
}

/* One primary weight: blank < digits < Latin < Cyrillic, printable ASCII; 0 for anything else. */
static char weight(uint32_t low)
{
	if (low >= 'a' && low <= 'z')
		return (char)(low - 'a' + 'A');
	low = russian_letter(low);
	if (low >= 0x430 && low <= 0x44f)
		return (char)(low - 0x430 + '[');
	return 0;
}

/* A number: its length first, so that byte order is the order of values. */
static void put_number(struct buf *b, struct str digits)
{
	size_t zeros = 0;
	while (zeros + 1 < digits.n && digits.p[zeros] == '0')
		zeros++;
	digits = str_skip(digits, zeros);
	size_t n = digits.n;
	for (; n >= 9; n -= 9)
		buf_byte(b, '9');
	buf_byte(b, (char)('0' + n));
	buf_add(b, digits);
}

struct str text_sort_key(struct arena *a, struct str s)
{
	struct buf b, yo;
	struct str key = text_squeeze(a, s);
	bool gap = false, any_yo = false;
	buf_init(&b, a, key.n * 3 + 16);
	buf_init(&yo, a, key.n + 1);
	for (size_t i = 0; i < key.n;) {
		size_t from = i;
		uint32_t low = cp_lower(utf8_next(key, &i));
		char w = weight(low);
		if (w == 0 && !cp_digit(low)) {
			gap = b.n > 0;
			continue;
		}
		if (gap)
			buf_byte(&b, ' ');
		gap = false;
		if (cp_digit(low)) {
			while (i < key.n && cp_digit((unsigned char)key.p[i]))
				i++;
			put_number(&b, str_sub(key, from, i));
			continue;
		}
		buf_byte(&b, w);
		buf_byte(&yo, low == 0x451 ? '1' : '0');
		any_yo = any_yo || low == 0x451;
	}
	if (any_yo) {
		buf_byte(&b, 0x1f); /* below every weight: decides only between equal keys */
		buf_add(&b, buf_str(&yo));
	}
	return buf_str(&b);
}

#include "text/lookalike.h"

#include "base/buf.h"
#include "text/fold.h"

static const struct {
	char latin[4];
	uint16_t cyrillic;
} shapes[] = {
        {"a", 0x430},
        {"c", 0x441},
        {"e", 0x435},
        {"o", 0x43e},
        {"p", 0x440},
        {"x", 0x445},
        {"y", 0x443},
        {"k", 0x43a},
        {"m", 0x43c},
        {"t", 0x442},
        {"b", 0x432},
        {"h", 0x43d},
        {"r", 0x433},
        {"n", 0x43f},
        {"u", 0x438},
        {"A", 0x410},
        {"B", 0x412},
        {"C", 0x421},
        {"E", 0x415},
        {"H", 0x41d},
        {"K", 0x41a},
        {"M", 0x41c},
        {"O", 0x41e},
        {"P", 0x420},
        {"T", 0x422},
        {"X", 0x425},
        {"Y", 0x423},
        {"0", 0x43e},
        {"3", 0x437},
        {"4", 0x447},
        {"6", 0x431},
};

uint32_t lookalike_cyrillic(uint32_t cp)
{
	if (cp_cyrillic(cp))
		return cp;
	for (size_t i = 0; i < ARRAY_LEN(shapes); i++) {
		if ((uint32_t)shapes[i].latin[0] == cp)
			return shapes[i].cyrillic;
	}
	return 0;
}

int lookalike_digit(uint32_t cp)
{
	static const struct {
		uint16_t cp;
		int8_t digit;
	} digits[] = {
	        {'O', 0},
	        {'o', 0},
	        {0x41e, 0},
	        {0x43e, 0},
	        {0x417, 3},
	        {0x437, 3},
	        {'l', 1},
	        {'I', 1},
	        {0x406, 1},
	        {0x456, 1},
	        {'i', 1},
	        {0x431, 6},
	        {'S', 5},
	        {'s', 5},
	};
	if (cp_digit(cp))
		return (int)cp - '0';
	for (size_t i = 0; i < ARRAY_LEN(digits); i++) {
		if (digits[i].cp == cp)
			return digits[i].digit;
	}
	return -1;
}

/* Writes the word with every sign replaced by its Cyrillic shape; false when one has none. */
static bool put_cyrillic(struct arena *a, struct str word, struct str *ret)
{
	struct buf b;
	uint32_t before = 0;
	buf_init(&b, a, word.n * 2 + 2);
	for (size_t i = 0; i < word.n;) {
		uint32_t cp = utf8_next(word, &i), c = lookalike_cyrillic(cp);
		if (c == 0 && !cp_letter(cp) && !cp_digit(cp))
			c = cp; /* a mark inside the word */
		if (c == 0)
			return false;
		if (cp_digit(cp) && before != 0 && before != cp_lower(before))
			c = cp_upper(c);
		buf_cp(&b, c);
		before = c;
	}
	*ret = buf_str(&b);
	return true;
}

struct str word_repair(struct arena *a, struct str word, bool *ret_changed)
{
	size_t cyrillic = 0, latin = 0, digits = 0, edge = 0;
	for (size_t i = 0; i < word.n;) {
		size_t from = i;
		uint32_t cp = utf8_next(word, &i);
		cyrillic += cp_cyrillic(cp);
		latin += cp_latin(cp);
		digits += cp_digit(cp);
		edge += cp_digit(cp) && cp != '0' && (from == 0 || i == word.n);
	}
	struct str fixed = word;
	bool letters_win = cyrillic >= 2 || (cyrillic == 1 && latin > 0 && digits == 0);
	bool changed = letters_win && latin + digits > 0 && digits * 2 <= cyrillic && edge == 0 &&
	               put_cyrillic(a, word, &fixed);
	if (ret_changed != NULL)
		*ret_changed = changed;
	return changed ? fixed : word;
}

bool word_force_cyrillic(struct arena *a, struct str word, struct str *ret)
{
	return put_cyrillic(a, word, ret);
}

bool number_repair(struct arena *a, struct str word, struct str *ret)
{
	struct buf b;
	buf_init(&b, a, word.n + 1);
	for (size_t i = 0; i < word.n;) {
		int d = lookalike_digit(utf8_next(word, &i));
		if (d < 0)
			return false;
		buf_byte(&b, (char)('0' + d));
	}
	*ret = buf_str(&b);
	return b.n > 0;
}

size_t number_sign(struct str s, size_t at)
{
	static const struct str signs[] = {STR_INIT("J\\Ъ"), STR_INIT("ЛЪ"), STR_INIT("Лb"),
	        STR_INIT("J№"), STR_INIT("NЬ"), STR_INIT("Nь"), STR_INIT("N°"), STR_INIT("Nо"),
	        STR_INIT("No"), STR_INIT("Ns"), STR_INIT("Nq"), STR_INIT("N")};
	struct str rest = str_skip(s, at);
	if (str_starts(rest, STR("№")))
		return STR("№").n;
	for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
		if (!str_starts(rest, signs[i]))
			continue;
		size_t j = signs[i].n;
		while (j < rest.n && (rest.p[j] == ' ' || rest.p[j] == '.'))
			j++;
		if (j < rest.n && cp_digit((unsigned char)rest.p[j]))
			return signs[i].n;
	}
	return 0;
}

double lookalike_share(struct str s)
{
	size_t all = 0, shaped = 0, word = 0;
	bool fits = true;
	for (size_t i = 0; i <= s.n;) {
		uint32_t cp = 0;
		if (i < s.n)
			cp = utf8_next(s, &i);
		else
			i++;
		if (cp_letter(cp)) {
			word++;
			fits = fits && cp_latin(cp) && lookalike_cyrillic(cp) != 0;
			continue;
		}
		all += word;
		shaped += fits && word > 2 ? word : 0;
		word = 0;
		fits = true;
	}
	return all == 0 ? 0 : (double)shaped / (double)all;
}

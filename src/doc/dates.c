/* Dates and numbers of acts as they stand in letterheads and references. */
#include "doc/parse.h"
#include "doc/words.h"
#include "text/fold.h"

static size_t skip_blank(struct str s, size_t i)
{
	while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t'))
		i++;
	return i;
}

static size_t skip_quote(struct str s, size_t i)
{
	if (i < s.n) {
		size_t j = i;
		if (cp_quote(utf8_next(s, &j)) || s.p[i] == '<' || s.p[i] == '>')
			return j;
	}
	return i;
}

static bool digits(struct str s, size_t *i, int max, int *ret, int *ret_n)
{
	int v = 0, n = 0;
	while (*i < s.n && n <= max && s.p[*i] >= '0' && s.p[*i] <= '9') {
		v = v * 10 + (s.p[(*i)++] - '0');
		n++;
	}
	*ret = v;
	*ret_n = n;
	return n >= 1 && n <= max;
}

static bool month_name(struct str s, size_t *i, int *ret)
{
	static const char *const months[] = {"январ", "феврал", "март", "апрел", "ма", "июн", "июл",
	        "август", "сентябр", "октябр", "ноябр", "декабр"};
	for (int m = 0; m < 12; m++) {
		if (!str_starts(str_skip(s, *i), str_c(months[m])))
			continue;
		size_t j = *i;
		struct word w;
		if (!word_next(s, &j, &w) || w.to - w.from > 16)
			return false;
		*ret = m + 1;
		*i = w.to;
		return true;
	}
	return false;
}

bool read_date(struct str f, size_t *at, struct date *ret)
{
	size_t i = skip_quote(f, *at);
	i = skip_blank(f, i);
	int d, m, y, n;
	if (!digits(f, &i, 2, &d, &n))
		return false;
	i = skip_blank(f, skip_quote(f, skip_blank(f, i)));
	bool dots = i < f.n && (f.p[i] == '.' || f.p[i] == '/');
	if (dots)
		i = skip_blank(f, i + 1);
	if (!month_name(f, &i, &m) && !digits(f, &i, 2, &m, &n))
		return false;
	i = skip_blank(f, i);
	if (i < f.n && (f.p[i] == '.' || f.p[i] == '/'))
		i = skip_blank(f, i + 1);
	else if (dots)
		return false;
	if (!digits(f, &i, 4, &y, &n) || (n != 4 && !(n == 2 && dots)))
		return false;
	if (n == 2)
		y += 2000;
	if (y < 1900 || !date_valid(y, m, d))
		return false;
	*ret = date_make(y, m, d);
	*at = i;
	return true;
}

static bool number_char(uint32_t c)
{
	return cp_letter(c) || cp_digit(c) || c == '/' || c == '-' || c == '.' || c == 0x2013;
}

bool read_number(struct str s, size_t *at, struct str *ret)
{
	size_t i = *at;
	if (str_starts(str_skip(s, i), STR("№")))
		i += STR("№").n;
	else if (i + 1 < s.n && (s.p[i] == 'N' || s.p[i] == 'n') &&
	         (s.p[i + 1] == ' ' || (s.p[i + 1] >= '0' && s.p[i + 1] <= '9')) &&
	         word_start_at(s, i))
		i++;
	else
		return false;
	i = skip_blank(s, i);
	size_t from = i, end = i;
	bool digit = false;
	while (i < s.n) {
		size_t j = i;
		uint32_t c = utf8_next(s, &j);
		if (c == ' ') { /* «54 - О» */
			size_t k = skip_blank(s, i);
			bool sign = k < s.n && (s.p[k] == '-' || s.p[k] == '/');
			bool behind = end > from && (s.p[end - 1] == '-' || s.p[end - 1] == '/');
			if (!sign && !behind)
				break;
			i = k;
			continue;
		}
		if (!number_char(c) || j - from > 40)
			break;
		digit |= cp_digit(c);
		i = end = j;
	}
	while (end > from && (s.p[end - 1] == '.' || s.p[end - 1] == '-'))
		end--;
	*ret = str_sub(s, from, end);
	*at = end;
	return digit;
}

struct str tight_number(struct arena *a, struct str s)
{
	return str_replace(a, str_trim(s), STR(" "), STR(""));
}

/* A number right behind the date, or a date right behind the number. */
static bool pair_at(struct str text, struct str f, size_t i, struct act_ref *ret)
{
	struct str number;
	size_t j = i;
	if (read_date(f, &j, &ret->date)) {
		size_t k = skip_blank(f, j);
		static const char *const year[] = {"года", "год", "г.", "г", NULL};
		for (const char *const *y = year; *y != NULL; y++)
			if (str_starts(str_skip(f, k), str_c(*y))) {
				k = skip_blank(f, k + str_c(*y).n);
				break;
			}
		if (k < f.n && f.p[k] == ',')
			k = skip_blank(f, k + 1);
		if (!read_number(text, &k, &number))
			return false;
		*ret = (struct act_ref){i, k, ret->date, {(size_t)(number.p - text.p), k}};
		return true;
	}
	j = i;
	if (!read_number(text, &j, &number))
		return false;
	size_t k = skip_blank(f, j);
	if (!str_starts(str_skip(f, k), STR("от ")))
		return false;
	k = skip_blank(f, k + STR("от ").n);
	if (!read_date(f, &k, &ret->date))
		return false;
	*ret = (struct act_ref){i, k, ret->date, {(size_t)(number.p - text.p), j}};
	return true;
}

bool act_ref_find(struct str text, struct str f, size_t from, struct act_ref *ret)
{
	for (size_t i = from; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		bool begins =
		        (c >= '0' && c <= '9') || c == 'N' || c == 0xE2 || c == 0xC2 || c == '"';
		bool inside = i > 0 && text.p[i - 1] >= '0' && text.p[i - 1] <= '9';
		if (begins && !inside && pair_at(text, f, i, ret))
			return true;
	}
	return false;
}

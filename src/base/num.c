#include "base/num.h"
#include "base/buf.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Removes digit-group blanks, turns the comma into a point. False when something else stands there.
 */
static bool number_text(struct str s, char *out, size_t room)
{
	size_t n = 0;
	bool point = false;
	bool exponent = false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == ' ' && n > 0)
			continue;
		if (c == '\xC2' && i + 1 < s.n && s.p[i + 1] == '\xA0') {
			i++;
			continue;
		}
		if (c == ',')
			c = '.';
		bool sign_ok = n == 0 || out[n - 1] == 'e';
		if (c == 'E')
			c = 'e';
		if (c == '.' && (point || exponent))
			return false;
		if (c == 'e' && (exponent || n == 0))
			return false;
		if (!((c >= '0' && c <= '9') || c == '.' || c == 'e' ||
		            ((c == '-' || c == '+') && sign_ok)))
			return false;
		point |= c == '.';
		exponent |= c == 'e';
		if (n + 1 >= room)
			return false;
		out[n++] = c;
	}
	out[n] = '\0';
	return n > 0 && strpbrk(out, "0123456789") != NULL;
}

bool num_parse(struct str s, double *ret)
{
	char text[64];
	if (!number_text(str_trim(s), text, sizeof(text)))
		return false;
	char *end;
	double v =
	        strtod(text, &end); /* the C locale is never changed, so the point is the point */
	if (*end != '\0' || !isfinite(v))
		return false;
	*ret = v;
	return true;
}

bool num_parse_int(struct str s, int64_t *ret)
{
	double v;
	if (!num_parse(s, &v) || v != floor(v) || fabs(v) > 9007199254740992.0)
		return false;
	*ret = (int64_t)v;
	return true;
}

double num_round(double v, int digits)
{
	static const double pow10[] = {1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
	if (!isfinite(v) || digits < 0 || digits >= (int)ARRAY_LEN(pow10))
		return v;
	/* The decimal expansion of 17 digits decides, so that 2.675 read from a file rounds as
	 * people expect. */
	double scaled = v * pow10[digits];
	double nudged = scaled + (scaled < 0 ? -1 : 1) * fabs(scaled) * 4e-16;
	return (nudged < 0 ? -floor(-nudged + 0.5) : floor(nudged + 0.5)) / pow10[digits];
}

struct str num_dot(struct arena *a, double v, int digits)
{
	if (!isfinite(v))
		return STR("");
	char *p = arena_printf(a, "%.*f", digits, num_round(v, digits));
	size_t n = strlen(p);
	if (strchr(p, '.') != NULL) {
		while (n > 0 && p[n - 1] == '0')
			n--;
		if (n > 0 && p[n - 1] == '.')
			n--;
	}
	if (n == 2 && p[0] == '-' && p[1] == '0')
		return STR("0");
	return (struct str){p, n};
}

struct str num_ru(struct arena *a, double v, int digits)
{
	if (!isfinite(v))
		return STR("—");
	char *p = arena_printf(a, "%.*f", digits, fabs(num_round(v, digits)));
	struct str s = str_c(p);
	size_t whole = str_find_byte(s, '.', 0);
	if (whole == SIZE_MAX)
		whole = s.n;
	struct buf b;
	buf_init(&b, a, 1000);
	if (num_round(v, digits) < 0)
		buf_add_z(&b, "−");
	for (size_t i = 0; i < whole; i++) {
		if (i > 0 && (whole - i) % 3 == 0)
			buf_add_z(&b, "\xC2\xA0");
		buf_byte(&b, s.p[i]);
	}
	if (whole < s.n) {
		buf_byte(&b, ',');
		buf_add(&b, str_skip(s, whole + 1));
	}
	return buf_str(&b);
}

struct str num_ru_int(struct arena *a, int64_t v)
{
	return num_ru(a, (double)v, 0);
}

struct str num_exact(struct arena *a, double v)
{
	if (!isfinite(v))
		return STR("");
	for (int digits = 6; digits < 17; digits++) {
		char *p = arena_printf(a, "%.*g", digits, v);
		if (strtod(p, NULL) == v)
			return str_c(p);
	}
	return str_c(arena_printf(a, "%.17g", v));
}

/* A cursor over text: the only way to read numbers and dates from outside (no sscanf, strtol,
 * strtok). */
#ifndef BASE_CUR_H
#define BASE_CUR_H

#include "base/date.h"
#include "base/str.h"

struct cur {
	struct str s;
	size_t i; /* next byte */
};

#define CUR(text) ((struct cur){.s = (text)})
bool cur_end(const struct cur *c);
struct str cur_rest(const struct cur *c);
/* Each moves on and returns true only when the thing stands at the cursor. */
bool cur_lit(struct cur *c, struct str lit);
bool cur_byte(struct cur *c, char b);
size_t cur_space(struct cur *c); /* skips ASCII blanks and U+00A0; bytes skipped */
/* Unsigned decimal of at most max_digits digits, value at most max. */
bool cur_uint(struct cur *c, int max_digits, uint64_t max, uint64_t *ret);
bool cur_int(struct cur *c, int64_t min, int64_t max, int64_t *ret); /* optional minus */
/* Number with decimal point or comma, optional minus and exponent. Locale is never consulted. */
bool cur_double(struct cur *c, double *ret);
/* ISO date YYYY-MM-DD that exists. */
bool cur_date(struct cur *c, struct date *ret);
/* Text up to (not including) the byte, or to the end; at most max bytes. */
bool cur_until(struct cur *c, char stop, size_t max, struct str *ret);

#endif

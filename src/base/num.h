/* Numbers to and from text; the locale is never consulted. */
#ifndef BASE_NUM_H
#define BASE_NUM_H

#include "base/str.h"

/* Whole text is a decimal number with point or comma; blanks and U+00A0 between digits are allowed
 * («1 234,5»). */
bool num_parse(struct str s, double *ret);
bool num_parse_int(struct str s, int64_t *ret);
/* "1234.5" with at most `digits` decimals, half away from zero on the decimal expansion; NaN gives
 * "". */
struct str num_dot(struct arena *a, double v, int digits);
/* «1 234,50»: thin groups by U+00A0, decimal comma, exactly `digits` decimals; NaN gives «—». */
struct str num_ru(struct arena *a, double v, int digits);
struct str num_ru_int(struct arena *a, int64_t v);
/* Shortest text that reads back to the same double ("%.17g" tightened). */
struct str num_exact(struct arena *a, double v);
/* Half-up rounding to `digits` decimals (report rule, methods §1.4). */
double num_round(double v, int digits);

#endif

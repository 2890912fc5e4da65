/* Time and randomness are given, so that tests can give them. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/date.h"

struct clock {
	int64_t fixed;  /* UTC seconds when not 0: tests and scenarios */
	int offset_min; /* minutes east of UTC of the installation, e.g. 300 */
};

int64_t clock_now(const struct clock *c);       /* UTC seconds */
struct date clock_today(const struct clock *c); /* local date */
int64_t clock_monotonic_us(void);               /* for measuring only */

#endif

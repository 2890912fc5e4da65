#include "base/clock.h"

#include <time.h>

int64_t clock_now(const struct clock *c)
{
	return c->fixed != 0 ? c->fixed : (int64_t)time(NULL);
}

struct date clock_today(const struct clock *c)
{
	return date_of_time(clock_now(c), c->offset_min);
}

int64_t clock_monotonic_us(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

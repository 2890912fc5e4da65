/* Recurrences of deadlines: the subset of RFC 5545 RRULE that the deadline grammar writes (FREQ,
 * INTERVAL, BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS). A part it does not know makes the rule unread.
 */
#ifndef CORE_ORDER_RECUR_H
#define CORE_ORDER_RECUR_H

#include "pack/rrule.h"

enum recur_freq { RECUR_NONE = 0, RECUR_DAILY, RECUR_WEEKLY, RECUR_MONTHLY, RECUR_YEARLY };

struct recur {
	enum recur_freq freq;
	int interval;         /* at least 1 */
	uint16_t months;      /* bit m: month m, 0: all */
	int8_t month_day[31]; /* 1…31, -1…-31 */
	size_t n_month_days;
	struct recur_day {
		int8_t nth; /* 0: each; 1TU: first, -1FR: last in the month */
		int8_t day; /* 1 = Monday */
	} day[14];
	size_t n_days;
	int set_pos; /* 0: all of the set of a month */
};

/* False when it is no rule we know. */
bool recur_parse(struct str rule, struct recur *ret);

/* Days of the rule in [from, to], at most max, in order, by libical (pack/rrule.h); anchor: where
 * INTERVAL counts from. A day past the end of a short month is its last day. Returns their number;
 * 0 also when libical refuses the rule. */
size_t recur_days(struct arena *a, const struct recur *r, const struct rrule_span *s,
        struct date *ret, size_t max);

/* «ежегодно: до 30 июня, до 31 декабря» */
struct str recur_said(struct arena *a, struct str rule);

#endif

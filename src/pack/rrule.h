/* Days of a recurrence rule (RFC 5545 RRULE, with SKIP of RFC 7529), expanded by libical. */
#ifndef PACK_RRULE_H
#define PACK_RRULE_H

#include "base/date.h"

/* The rule counts from anchor (its DTSTART); wanted are the days in [from, to], both included. */
struct rrule_span {
	struct date anchor, from, to;
};

/* rule: the value of RRULE without UNTIL and COUNT, at most LIMIT_RRULE bytes. The days in order,
 * at most max; *ret_n their number. EC_INPUT: libical does not take the rule; EC_LIMIT: more than
 * LIMIT_RRULE_STEPS occurrences lie before the span. */
MUST_USE enum ec rrule_days(struct str rule, const struct rrule_span *s, struct date *ret,
        size_t max, size_t *ret_n, struct err *e);

#endif

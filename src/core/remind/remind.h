/* Computing who is to be told of what, from days alone: of each open assignment the last step that
 * has come, for those whom the step names. So a missed day is caught up by one notice, not by all
 * the missed ones, and the unique key of a notice (assignment, step, person, due day) makes it the
 * same whether it is computed once, again after kill -9, or by two workers. */
#ifndef CORE_REMIND_REMIND_H
#define CORE_REMIND_REMIND_H

#include "core/remind/remind_step.h"

/* Notices made, by step. */
struct remind_count {
	struct str code, said; /* «за 3 дн. до срока» */
	enum audience audience;
	int64_t n;
};
struct remind_counts {
	struct remind_count v[REMIND_STEPS_MAX];
	size_t n;
	int64_t total;
};

/* Notices of a day that are not there yet; counts are added to *io. One transaction and, when there
 * was something to tell, one event. As the program itself. EC_DB, EC_LIMIT. */
MUST_USE enum ec remind_run(
        const struct ctx *c, struct date today, struct remind_counts *io, struct err *e);

/* The same inside the caller's transaction. */
MUST_USE enum ec remind_run_in(
        const struct ctx *c, struct date today, struct remind_counts *io, struct err *e);

/* The same for the clock's day, then the letters whose hour has come (digest.h), at most once an
 * hour whoever comes first (an order confirmed at noon is told of today). Recorded after the work,
 * so that it is never lost by a death in between. *ret_n: notices made. */
MUST_USE enum ec remind_daily(const struct ctx *c, int64_t *ret_n, struct err *e);

#endif

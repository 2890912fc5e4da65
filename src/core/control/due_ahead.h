/* The rolling horizon: periodic assignments, and those without an end that the territory wants to
 * see now and then, get their next occurrences by the calendar. */
#ifndef CORE_CONTROL_DUE_AHEAD_H
#define CORE_CONTROL_DUE_AHEAD_H

#include "core/ctx.h"

/* For every document on control: occurrences from today to the horizon of its territory (and not
 * past the end of its plan), at most LIMIT_DUE_AHEAD of a deadline at once, for those who have the
 * deadline already. One transaction and one event a document; the second time on a day nothing is
 * made. As the program itself. *ret_n: assignments made. */
MUST_USE enum ec due_ahead(const struct ctx *c, int64_t *ret_n, struct err *e);

/* The daily duties, once a day whoever comes first (`soko tick`, `soko work`, the server):
 * *ret_done false when today's are done already. */
MUST_USE enum ec due_daily(const struct ctx *c, bool *ret_done, int64_t *ret_n, struct err *e);

/* One occurrence of a deadline for those who have it and not this base (org_id DB_NULL_INT: all),
 * inside the caller's transaction; counts into *n. at: due_birth(). */
struct occurrence {
	int64_t deadline_id, org_id;
	struct str day, base, why;
	int64_t at;
};
MUST_USE enum ec occurrence_put(
        const struct ctx *c, const struct occurrence *o, int64_t *n, struct err *e);
/* A moment at which no assignment of the document was born yet, so that a seal covers just the new
 * ones. */
MUST_USE enum ec due_birth(const struct ctx *c, int64_t document_id, int64_t *ret, struct err *e);
/* The event that seals assignments born at a moment. */
MUST_USE enum ec occurrences_note(const struct ctx *c, int64_t document_id, int64_t at, int64_t n,
        struct str reason, struct err *e);

#endif

/* The due days of open assignments under the calendar of today: what would move and why, and
 * carrying it out as one change. Nothing else moves them: a changed calendar or rule alone never
 * does. */
#ifndef CORE_CONTROL_DUE_RECOMPUTE_H
#define CORE_CONTROL_DUE_RECOMPUTE_H

#include "core/control/due_change.h"

#define RECOMPUTE_LISTED 300

struct recompute_row {
	int64_t assignment_id, document_id;
	struct str clause, activity, org_name;
	struct str old_due, new_due, why;
};
struct recompute {
	struct recompute_row *v; /* at most RECOMPUTE_LISTED of them */
	size_t n;
	int64_t n_moved;
	int64_t n_same;     /* open, keep their day */
	int64_t n_past;     /* open, would move, but the day has passed: past facts stay */
	int64_t n_extended; /* open, would move, but a controller has given the day */
	struct str digest;  /* of what would move; to carry out just this */
};
/* Documents the actor may write (a municipality: its own). EC_DENIED without CAP_DOCUMENT_WRITE. */
MUST_USE enum ec recompute_preview(const struct ctx *c, struct recompute *ret, struct err *e);

/* One transaction, one event. EC_CONFLICT when something else would move than was shown (digest),
 * or nothing; EC_INPUT without a reason; EC_DENIED without CAP_CALENDAR_WRITE. */
MUST_USE enum ec recompute_apply(
        const struct ctx *c, struct str digest, struct str reason, int64_t *ret_n, struct err *e);

#endif

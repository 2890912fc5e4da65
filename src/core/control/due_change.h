/* Due days that change after an assignment was born: one change is one fact, one event, and a list
 * of moves that is never changed again. The day an assignment was confirmed with stays known (the
 * seal of the confirmation covers it), and so does the day it had on any date. */
#ifndef CORE_CONTROL_DUE_CHANGE_H
#define CORE_CONTROL_DUE_CHANGE_H

#include "core/ctx.h"

struct due_move {
	int64_t assignment_id;
	struct str old_due, new_due; /* ISO, p == NULL: without a date */
	struct str base;             /* the day of the rule; see order/due_days.h */
	struct str why;              /* Russian, goes into assignment.why */
};
struct due_change {
	struct str kind;      /* calendar, event, schedule, extension */
	int64_t territory_id; /* DB_NULL_INT: none in particular */
	int64_t document_id;  /* DB_NULL_INT: of many */
	struct str reason;    /* Russian: who decided what */
	const struct due_move *v;
	size_t n;
};
/* Inside the caller's transaction, whose rights the caller has checked. Only open assignments that
 * still have their old day are moved: EC_CONFLICT for the first that has not. n = 0: nothing is
 * written, *ret_id 0. */
MUST_USE enum ec due_change_apply(
        const struct ctx *c, const struct due_change *ch, int64_t *ret_id, struct err *e);

struct str due_kind_title(struct str kind); /* «пересчёт по календарю» */

/* What became of the day of one assignment, oldest first. The actor must be able to read it. */
struct due_past {
	struct str old_due, new_due, why, kind_title, reason, who;
	int64_t at;
};
struct due_pasts {
	struct due_past *v;
	size_t n;
};
MUST_USE enum ec due_moves_of(
        const struct ctx *c, int64_t assignment_id, struct due_pasts *ret, struct err *e);

/* For `soko check`: every change is the one its event sealed, and every moved assignment has the
 * day of its last move. *ret_why p == NULL: all is well. */
MUST_USE enum ec due_changes_check(
        const struct ctx *c, int64_t *ret_n, struct str *ret_why, struct err *e);

#endif

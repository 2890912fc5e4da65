/* One assignment under rights: shared by card, evidence, extensions and delegation. */
#ifndef CORE_CONTROL_ASSIGNMENT_FIND_H
#define CORE_CONTROL_ASSIGNMENT_FIND_H

#include "core/control/assignment_card.h"
#include "db/q_assignment.h"

/* EC_NOTFOUND also outside the actor's scope. */
MUST_USE enum ec assignment_for_read(
        const struct ctx *c, int64_t id, struct q_assignment_one *ret, struct err *e);
/* The same, when the actor may work on it and the report is not handed in. EC_DENIED; EC_CONFLICT
 * with the state. */
MUST_USE enum ec assignment_for_work(
        const struct ctx *c, int64_t id, struct q_assignment_one *ret, struct err *e);
/* Fills card->event. */
MUST_USE enum ec assignment_history(const struct ctx *c, const struct q_assignment_one *a,
        struct assignment_card *card, struct err *e);
bool assignment_may_work(const struct ctx *c, const struct q_assignment_one *a);

#endif

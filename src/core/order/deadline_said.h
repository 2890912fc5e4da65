/* A stored deadline in Russian, and the days it makes due. */
#ifndef CORE_ORDER_DEADLINE_SAID_H
#define CORE_ORDER_DEADLINE_SAID_H

#include "core/order/document_card.h"
#include "doc/deadline.h"

struct str deadline_kind_title(struct str kind);
struct str deadline_problem_title(struct str problem);
struct str deadline_year_title(struct str year_rule);

/* Fills said, the titles and proposal_said of a card row from its other fields. */
struct deadline_proposal {
	struct str kind, start, end, recurrence; /* kind empty: none */
};
void deadline_say(struct arena *a, struct card_deadline *d, const struct deadline_proposal *p);

/* The stored deadline as deadline_due() wants it. */
struct q_deadlines_of;
struct card_deadline deadline_card(struct arena *a, const struct q_deadlines_of *w);

/* At most so many occurrences of a periodic deadline are put on control at once. */
#define DUE_MAX 12

/* The days on which a deadline is due. */
struct due_env {
	struct date doc, plan_start, plan_end; /* zero: unknown */
	struct date today;
};
struct due_days {
	struct str day[DUE_MAX]; /* ISO; p == NULL: on control without a date */
	size_t n;                /* at least 1 */
	struct str why;          /* Russian: how the days were found */
};
/* d NULL: the point names no deadline. */
void deadline_due(struct arena *a, const struct card_deadline *d, const struct due_env *env,
        struct due_days *ret);

#endif

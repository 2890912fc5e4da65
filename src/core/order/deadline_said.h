/* A stored deadline in Russian. The days it makes due: due_days.h. */
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

#endif

/* How rows of control are judged and told; shared by list, card and overview. */
#ifndef CORE_CONTROL_ASSIGNMENT_ROW_H
#define CORE_CONTROL_ASSIGNMENT_ROW_H

#include "core/control/assignment_list.h"
#include "db/q_assignment.h"

struct assignment_row assignment_row_of(
        const struct ctx *c, const struct q_assignment_page *r, struct date today);
/* The local day of a report; none for DB_NULL_INT. */
struct date report_day(const struct ctx *c, int64_t submitted_at);

/* The last day of «due this week»: 7 days from today. */
struct date control_week_end(struct date today);

#endif

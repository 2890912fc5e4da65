/* When assignments are due: what waits for an event or a schedule, and what a changed calendar
 * would move. */
#ifndef WEB_PAGE_DUE_H
#define WEB_PAGE_DUE_H

#include "core/control/assignment_list.h"
#include "core/control/due_event.h"
#include "core/control/due_recompute.h"
#include "core/control/due_schedule.h"
#include "web/list.h"

struct waiting_page {
	struct head head;
	struct waiting m;
	struct named_list named;
};
struct url event_link(struct arena *a, const struct waiting_row *r);

struct named_event_page {
	struct head head;
	struct event_form form;
	bool previewed;
	struct event_effect m;
};

struct schedule_page {
	struct head head;
	struct schedule_card m;
};

struct recompute_page {
	struct head head;
	struct recompute m;
	bool may_apply;
};

/* Rows that differ by the organisation alone are shown as one. */
bool recompute_same(const struct recompute_row *x, const struct recompute_row *y);
bool event_same(const struct event_row *x, const struct event_row *y);

handler_fn waiting_get, waiting_xlsx, event_get, event_post, schedule_get, schedule_post,
        recompute_get, recompute_xlsx, recompute_post;

#endif

/* Assignments on control: the table, one assignment, its steps. */
#ifndef WEB_PAGE_ASSIGNMENTS_H
#define WEB_PAGE_ASSIGNMENTS_H

#include "core/control/assignment_card.h"
#include "core/control/due_change.h"
#include "core/control/evidence.h"
#include "web/list.h"

struct assignments_page {
	struct head head;
	struct assignment_list m;
	struct assignment_filter filter;
	struct options territories;
	struct pager pager;
	bool may_bulk;                       /* there are boxes to tick */
	struct str org_name, document_title; /* of the filters that are set by links only */
};

struct assignment_page {
	struct head head;
	struct assignment_card m;
	struct due_pasts due; /* how its day changed */
	struct evidence_list proof;
};

/* One step for many assignments: asked about first, with their number. */
#define BULK_MAX 1000
struct bulk_page {
	struct head head;
	enum control_step step;
	int64_t *id;
	size_t n;
	struct assignment_row *row; /* some of them, to look at */
	size_t n_rows;
};
/* Steps offered for many: taking, accepting, returning, withdrawing. */
bool bulk_step(enum control_step s);

/* The fields of the query as a filter. */
struct assignment_filter assignments_filter(const struct call *c);

/* The list as of the day asked for («на дату»). */
MUST_USE enum ec assignments_read(const struct call *c, const struct assignment_filter *f,
        struct assignment_list *ret, struct err *e);

handler_fn bulk_get, bulk_post, assignments_get, assignments_xlsx, assignment_get,
        assignment_step_post;

#endif

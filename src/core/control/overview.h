/* The first page: what is overdue, what is due this week, what came in, where it burns; within the
 * actor's scope. */
#ifndef CORE_CONTROL_OVERVIEW_H
#define CORE_CONTROL_OVERVIEW_H

#include "core/control/assignment_list.h"
#include "core/order/document_list.h"

struct overview_territory {
	int64_t id;
	struct str name;
	int64_t n; /* on control: all but withdrawn */
	int64_t n_done, n_overdue, n_due_week, n_review;
	double share_done;    /* of n, 0…1; NaN when n is 0 */
	double share_overdue; /* of n */
};

struct overview_org {
	int64_t id;
	struct str name, territory_name;
	int64_t n, n_overdue;
};

struct overview {
	struct date on;
	struct date week_end; /* last day of «due this week» */
	int64_t by_status[STATUS_COUNT];
	int64_t n_new_documents;    /* came in during the last 7 days */
	int64_t n_submitted;        /* reports during the last 7 days */
	int64_t n_drafts, n_errors; /* documents that wait for the clerk; their unsettled errors */
	struct overview_territory *territory; /* worst first: share overdue, then number */
	size_t n_territories;
	struct overview_org *worst; /* at most 10 organisations with most overdue */
	size_t n_worst;
	struct assignment_row *next; /* at most 10: overdue and due next */
	size_t n_next;
	struct document_row *document; /* at most 5 newest */
	size_t n_documents;
	bool shows_territories; /* false for a school */
};
MUST_USE enum ec overview(const struct ctx *c, struct overview *ret, struct err *e);

#endif

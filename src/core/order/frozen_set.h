/* The sets of organisations were frozen when the document was confirmed. Here: how they differ from
 * the sets of the same rules today, and giving the points to those who entered later. */
#ifndef CORE_ORDER_FROZEN_SET_H
#define CORE_ORDER_FROZEN_SET_H

#include "core/ctx.h"

#define FROZEN_LISTED 200 /* organisations told of one point */

struct frozen_org {
	int64_t id;
	struct str name, territory_name;
	struct str since;  /* ISO: entered or left; p == NULL: unknown */
	struct str source; /* act that says so; may be empty */
};
struct frozen_point {
	int64_t id;
	struct str clause, activity, rule_title;
	struct frozen_org *entered, *left;
	size_t n_entered, n_left;
};
struct frozen_sets {
	struct frozen_point *v; /* only those that differ */
	size_t n;
	bool may_add; /* somebody entered and the actor may give the points */
};
/* Nothing for a document that is not on control or for one who may not write it. */
MUST_USE enum ec frozen_sets(
        const struct ctx *c, int64_t document_id, struct frozen_sets *ret, struct err *e);

/* Gives the points to those who entered, with the reason in `why`: one transaction, one event.
 * A day that has passed already is not given while later ones are left; when all have passed the
 * assignment has no date. EC_CONFLICT: old version, not on control, or nobody entered; EC_DENIED.
 */
MUST_USE enum ec entrants_add(
        const struct ctx *c, int64_t document_id, int64_t version, int64_t *ret_n, struct err *e);

#endif

/* Documents of a lower level: a municipality derives its own road map or plan from a confirmed
 * document of the region, a school has one derived from the municipal (or regional) one. Every
 * derived point knows the point it carries out; its text may be edited, its deadline may not be
 * later than the one above allows. */
#ifndef CORE_ORDER_CASCADE_H
#define CORE_ORDER_CASCADE_H

#include "core/ctx.h"
#include "db/q_document.h"

struct derive_form {
	int64_t parent_id;
	int64_t territory_id; /* municipality; 0: the actor's own, or the school's */
	int64_t org_id;       /* a school: its own plan; 0: of the municipality */
};
/* A draft with the tasks that were given to the territory or the school. One transaction.
 * EC_CONFLICT: the parent is not on control, or the document exists already (*ret_id is it then);
 * EC_INPUT: nothing to carry out there, no such level; EC_NOTFOUND, EC_DENIED. */
MUST_USE enum ec document_derive(
        const struct ctx *c, const struct derive_form *f, int64_t *ret_id, struct err *e);

/* Documents that carry out this one, as far as the actor sees them, and who may make another. */
struct derived_document {
	int64_t id;
	struct str kind_title, number, date, title;
	struct str status, status_title;
	int64_t territory_id;
	struct str territory_name, org_name;
	bool school;      /* a school's own */
	int64_t n_points; /* tasks */
};
struct derived_documents {
	struct derived_document *v;
	size_t n;
	bool may_derive;       /* the document is on control and the actor may write below it */
	bool regional;         /* municipalities derive from it, not only schools */
	int64_t own_territory; /* the only one the actor may derive for; 0: any */
};
MUST_USE enum ec document_derived(
        const struct ctx *c, int64_t document_id, struct derived_documents *ret, struct err *e);

/* Lint rule deadline_after_parent (error): the last day of a derived point is later than the point
 * above allows, or it has no day while that one has. point_id DB_NULL_INT: all points of the
 * document. Adds diagnostics, inside the caller's transaction; a point that carries one already
 * (settled or not) gets no second. */
MUST_USE enum ec cascade_lint(
        const struct ctx *c, const struct q_document_one *d, int64_t point_id, struct err *e);

/* Is the document the plan of one school? Its points are the school's alone. */
MUST_USE enum ec document_of_school(
        const struct ctx *c, const struct q_document_one *d, bool *ret, struct err *e);

#endif

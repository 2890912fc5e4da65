/* The coverage matrix of a confirmed document: each point × each territory (a document of the
 * region) or × each organisation (a municipal document, or one territory of a regional one). The
 * actor's scope applies: a municipality sees its own organisations, a school itself. */
#ifndef CORE_ORDER_COVERAGE_H
#define CORE_ORDER_COVERAGE_H

#include "core/ctx.h"

/* The worst that holds is shown. */
enum cover_state {
	COVER_NONE = 0, /* the point does not concern this column */
	COVER_COVERED,  /* given directly, or derived and confirmed, and nobody is missing */
	COVER_CHANGED,  /* the derived point has another text or other organisations */
	COVER_LATE,     /* the derived deadline is later, or something is overdue */
	COVER_MISSING,  /* somebody of the set has no assignment, or the derived document lost it */
	COVER_COUNT
};
struct str cover_state_name(enum cover_state s);  /* "missing" */
struct str cover_state_title(enum cover_state s); /* «пропущено» */

struct cover_unit {
	int64_t id;
	struct str name, sort_key;
	int64_t count[COVER_COUNT];
};
struct cover_point {
	int64_t id;
	struct str clause, activity;
};
struct cover_derived {
	int64_t document_id, point_id; /* 0: no derived document there */
	struct str kind_title, number, date, clause;
	bool lost; /* the document exists, the point in it does not */
	bool differs;
	int64_t n, n_orgs, n_overdue, n_lost;
	struct str due; /* p == NULL: none */
};
struct cover_cell {
	enum cover_state state;
	int64_t n, n_orgs, n_done, n_overdue; /* given directly */
	int64_t n_absent;                     /* of today's set without an assignment */
	struct str due;                       /* last day, ISO; p == NULL: none */
	struct cover_derived derived;
};
struct coverage {
	int64_t document_id;
	struct str document_title;
	bool by_org;          /* columns are organisations, else territories */
	int64_t territory_id; /* of the organisations; 0: all territories */
	struct str territory_name;
	struct date on;
	struct cover_point *point;
	size_t n_points;
	struct cover_unit *unit; /* concerned by at least one point; by name */
	size_t n_units;
	struct cover_cell *cell; /* [n_points][n_units] */
	int64_t count[COVER_COUNT];
};
/* territory_id 0: by the actor's scope. EC_NOTFOUND, EC_CONFLICT when the document is not on
 * control, EC_LIMIT for more than COVER_CELLS_MAX cells (choose a territory). */
#define COVER_CELLS_MAX 300000
MUST_USE enum ec coverage(const struct ctx *c, int64_t document_id, int64_t territory_id,
        struct coverage *ret, struct err *e);

/* «почему»: one or two sentences about a cell. */
struct str cover_why(struct arena *a, const struct cover_cell *x);

#endif

/* Writing the pieces of a document: shared by the import and the clerk's edits. Inside the caller's
 * transaction; no rights are checked here. */
#ifndef CORE_ORDER_DOCUMENT_STORE_H
#define CORE_ORDER_DOCUMENT_STORE_H

#include "core/ctx.h"
#include "core/order/resolve.h"
#include "db/q_point.h"
#include "doc/document.h"

struct point_ref {
	int64_t document_id, point_id;
	bool task;      /* only tasks need executors and deadlines */
	int64_t author; /* organisation that issued the document, DB_NULL_INT: unknown */
};

struct executor_in {
	struct str name, person;
	struct span span;
	double confidence;
};
struct executors_in {
	struct executor_in *v;
	size_t n;
};
/* The first one leads. An unknown executor of a task is noted as a diagnostic with the nearest
 * organisations. */
MUST_USE enum ec store_executors(const struct ctx *c, struct resolver *r, const struct point_ref *p,
        const struct executors_in *in, struct err *e);

struct deadline_in {
	struct deadline value;
	struct str text, label, inherited;
	struct span span;
	double confidence;
};
struct deadlines_in {
	struct deadline_in *v;
	size_t n;
};
MUST_USE enum ec store_deadlines(
        const struct ctx *c, int64_t point_id, const struct deadlines_in *in, struct err *e);

struct indicators_in {
	struct indicator *v;
	size_t n;
};
MUST_USE enum ec store_indicators(
        const struct ctx *c, int64_t point_id, const struct indicators_in *in, struct err *e);

/* One assignment of a reading as the row of a point, its lists, one of its problems: shared by the
 * import and the versions. */
struct q_point_insert_in reading_point(
        struct arena *a, const struct document *doc, size_t index, int64_t document_id);
MUST_USE enum ec reading_lists(const struct ctx *c, struct resolver *r, const struct point_ref *ref,
        const struct assignment *x, struct err *e);
MUST_USE enum ec reading_problem(const struct ctx *c, int64_t document_id, int64_t point_id,
        const struct diag *w, struct err *e);

/* Words by which the document list finds a document. */
struct str document_search_key(
        struct arena *a, struct str number, struct str title, struct str issuer);

/* Confidence of a reading: 0.95 sure, 0.5 doubtful, 0 none. */
double trust_share(enum trust t);

/* The organisation that issues the documents of a territory; DB_NULL_INT when the registry has
 * none. */
MUST_USE enum ec author_of_territory(
        const struct ctx *c, int64_t territory_id, int64_t *ret, struct err *e);
/* Territory of the sets of a document: ACTOR_ALL for one of the region. */
MUST_USE enum ec set_territory(
        const struct ctx *c, int64_t territory_id, int64_t *ret, struct err *e);

#endif

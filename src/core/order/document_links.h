/* Documents that stand on each other: acts named in the text and found in soko, the chain «во
 * исполнение» up and down, points of lower documents. What the actor may not see is left out. */
#ifndef CORE_ORDER_DOCUMENT_LINKS_H
#define CORE_ORDER_DOCUMENT_LINKS_H

#include "core/ctx.h"

#define CHAIN_MAX   100 /* documents shown of a chain */
#define CHAIN_DEPTH 8   /* levels up and down */

struct linked_document {
	int64_t id;
	struct str kind_title, number, date, title;
	struct str whose; /* territory or school */
	struct str status, status_title;
	int64_t n, n_done, n_overdue; /* assignments in the actor's scope */
	size_t depth;                 /* 0: the top of what the actor sees */
	bool self;
};
struct document_chain {
	struct linked_document *v; /* from the top down: ancestors, the document, what is below */
	size_t n;
};
/* n = 1: the document stands alone. */
MUST_USE enum ec document_chain(
        const struct ctx *c, int64_t document_id, struct document_chain *ret, struct err *e);

/* An act of the text that is a document of soko: same number, same date. */
struct basis_match {
	size_t basis; /* index into document_card.basis */
	int64_t document_id;
	struct str title;
	bool parent;     /* it is the parent already */
	bool may_parent; /* a draft without a parent, and the actor may write it */
};
struct basis_matches {
	struct basis_match *v;
	size_t n;
};
struct document_card;
MUST_USE enum ec basis_matches(const struct ctx *c, const struct document_card *d,
        struct basis_matches *ret, struct err *e);

/* «Во исполнение»: of a draft. EC_CONFLICT as in document_edit.h; EC_INPUT: a ring, no such
 * document. Can be undone. */
MUST_USE enum ec document_parent_set(
        const struct ctx *c, int64_t id, int64_t version, int64_t parent_id, struct err *e);

/* Points of lower documents by the point they carry out. */
struct lower_point {
	int64_t id, document_id, parent_point_id;
	struct str clause, whose;
};
struct lower_points {
	struct lower_point *v;
	size_t n;
};
MUST_USE enum ec lower_points(
        const struct ctx *c, int64_t document_id, struct lower_points *ret, struct err *e);

#endif

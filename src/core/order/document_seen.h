/* Which documents a person may see and write: shared by list, card and edits. */
#ifndef CORE_ORDER_DOCUMENT_SEEN_H
#define CORE_ORDER_DOCUMENT_SEEN_H

#include "core/ctx.h"
#include "db/q_document.h"

struct document_rights {
	struct scope read;
	bool writes;
	int64_t write_territory; /* ACTOR_ALL: everywhere; meaningless unless writes */
};
/* EC_DENIED without CAP_DOCUMENT_READ. */
MUST_USE enum ec document_rights(const struct ctx *c, struct document_rights *ret, struct err *e);

/* The document, when the actor may see it; else EC_NOTFOUND. */
MUST_USE enum ec document_for_read(
        const struct ctx *c, int64_t id, struct q_document_one *ret, struct err *e);
/* The draft, when the actor may write it. EC_NOTFOUND, EC_DENIED; EC_CONFLICT when it is no draft.
 */
MUST_USE enum ec document_for_edit(
        const struct ctx *c, int64_t id, struct q_document_one *ret, struct err *e);

struct str document_kind_title_of(struct str kind);

/* An event of the history of a document in Russian: «изменён пункт 1.2». */
struct str document_event_said(const struct ctx *c, const struct q_document_events *v);

#endif

/* Documents and their points in the search index (core/search_index.h). */
#ifndef CORE_ORDER_DOCUMENT_INDEX_H
#define CORE_ORDER_DOCUMENT_INDEX_H

#include "core/ctx.h"

/* Indexes a document as it stands: requisites, points that are not struck out, the rest of its
 * text. Called at the end of every transaction that changes one of them. */
MUST_USE enum ec document_index(const struct ctx *c, int64_t document_id, struct err *e);

/* Indexes all documents anew, each in a transaction of its own. */
MUST_USE enum ec document_index_rebuild(const struct ctx *c, size_t *ret_n, struct err *e);

#endif

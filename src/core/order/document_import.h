/* Bytes of an order, road map, letter or minutes → a draft document with its points. */
#ifndef CORE_ORDER_DOCUMENT_IMPORT_H
#define CORE_ORDER_DOCUMENT_IMPORT_H

#include "core/ctx.h"

struct document_source {
	struct str bytes;
	struct str name;      /* file name as given; «текст.txt» for pasted text */
	int64_t territory_id; /* whose document it is; 0: the region, or the actor's territory */
};

/* Stores the file, reads it, stores document, points, responsibles, deadlines, indicators and
 * diagnostics as a draft; all in one transaction of its own.
 * EC_CONFLICT: the same bytes are a document already; *ret_id is its id then too.
 * EC_INPUT: not a document (message in Russian); EC_LIMIT; EC_DENIED without CAP_DOCUMENT_WRITE. */
MUST_USE enum ec document_import(
        const struct ctx *c, const struct document_source *src, int64_t *ret_id, struct err *e);

#endif

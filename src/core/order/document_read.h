/* Bytes from outside → the inner form of a document, in the parser process when there is one. */
#ifndef CORE_ORDER_DOCUMENT_READ_H
#define CORE_ORDER_DOCUMENT_READ_H

#include "core/order/document_import.h"
#include "doc/source.h"

/* EC_INPUT, EC_LIMIT: messages in Russian. Memory in c->a. */
MUST_USE enum ec document_read(
        const struct ctx *c, const struct document_source *src, struct source *ret, struct err *e);

#endif

#include "core/order/document_read.h"

enum ec document_read(
        const struct ctx *c, const struct document_source *src, struct source *ret, struct err *e)
{
	return doc_read(c->a, src->bytes, src->name, ret, e);
}

/* Documents: the list, dropping a new one. */
#ifndef WEB_PAGE_DOCUMENTS_H
#define WEB_PAGE_DOCUMENTS_H

#include "core/order/document_list.h"
#include "web/list.h"

struct documents_page {
	struct head head;
	struct document_list m;
	struct document_filter filter;
	struct options territories, kinds;
	struct pager pager;
	bool may_write;
};

/* Kinds of documents for selects. */
const struct word *document_kinds(size_t *ret_n);
struct document_filter documents_filter(const struct call *c);

handler_fn documents_get, documents_xlsx, document_import_post;

#endif

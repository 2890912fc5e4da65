/* Versions of a document: the list, the difference of any two, and the decision on a new one. */
#ifndef WEB_PAGE_VERSIONS_H
#define WEB_PAGE_VERSIONS_H

#include "core/order/document_version.h"
#include "web/list.h"

struct versions_page {
	struct head head;
	int64_t document_id;
	struct version_list m;
};
struct compare_page {
	struct head head;
	int64_t document_id;
	struct version_compare m;
	bool all; /* points that did not change are shown too */
};

handler_fn versions_get, version_add_post, version_compare_get, version_apply_post;
handler_fn version_drop_post, version_file_get;

#endif

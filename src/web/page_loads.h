/* Loads: what arrived, its balance, the causes; new files; undo. */
#ifndef WEB_PAGE_LOADS_H
#define WEB_PAGE_LOADS_H

#include "core/registry/load.h"
#include "web/list.h"

struct loads_page {
	struct head head;
	struct load_list m;
	struct pager pager;
	bool may_registry;
};

struct load_page {
	struct head head;
	struct load_card m;
	bool undoing; /* asks for confirmation */
};

/* What became of the rows of a cause: «отвергнуто», «принято с отметкой», «к сведению». */
struct str issue_title(struct str severity);

handler_fn loads_get, loads_xlsx, load_get_page, load_xlsx, load_results_post, load_registry_post,
        load_undo_post;

#endif

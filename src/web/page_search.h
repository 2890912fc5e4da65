/* Search over all documents, points and evidence; the same answer as XLSX and JSON. */
#ifndef WEB_PAGE_SEARCH_H
#define WEB_PAGE_SEARCH_H

#include "core/search/search.h"
#include "web/list.h"

struct search_page {
	struct head head;
	struct search_list m;
	struct search_filter filter;
	struct options territories, kinds, statuses;
	struct pager pager;
	struct str lost; /* «слово», «слово» */
	bool filtered;   /* something but the words narrows the answer */
};

struct search_filter search_filter_of(const struct call *c);
/* Where a piece is looked at. */
struct url search_piece_link(
        struct arena *a, const struct search_result *r, const struct search_piece *p);

handler_fn search_get, search_xlsx, api_search;

#endif

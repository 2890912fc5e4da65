/* The coverage matrix: points of a document × territories or organisations. */
#ifndef WEB_PAGE_COVERAGE_H
#define WEB_PAGE_COVERAGE_H

#include "core/order/coverage.h"
#include "web/list.h"

struct coverage_page {
	struct head head;
	struct coverage m;
	bool may_choose; /* more than one territory is seen */
	struct options territories;
	size_t first, last; /* columns of this page */
	struct pager pager; /* counts columns */
};

struct str cover_meaning(enum cover_state s); /* a line of the legend */
/* The assignments behind a cell. */
struct url cover_link(struct arena *a, const struct coverage *m, size_t point, size_t unit);

handler_fn coverage_get, coverage_xlsx;

#endif

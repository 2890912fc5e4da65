/* The first page: what burns, what is due, what came in. */
#ifndef WEB_PAGE_OVERVIEW_H
#define WEB_PAGE_OVERVIEW_H

#include "core/control/overview.h"
#include "web/layout.h"

struct overview_page {
	struct head head;
	struct overview m;
	bool may_write;
};

/* «просрочено на 3 дня», «через 2 дня», «сегодня», «без срока». */
struct str verdict_words(struct arena *a, const struct control_verdict *v);

handler_fn overview_get, overview_xlsx;

#endif

/* The journal of changes: who did what, before and after; the chain's state and its full check. */
#ifndef WEB_PAGE_JOURNAL_H
#define WEB_PAGE_JOURNAL_H

#include "core/journal/journal.h"
#include "web/list.h"

struct journal_page {
	struct head head;
	struct journal_list m;
	struct journal_filter filter;
	struct history_check end;
	struct options nouns;
	struct pager pager;
};

struct event_page {
	struct head head;
	struct journal_card m;
	struct url fact; /* where the fact itself is shown, empty when nowhere */
};

handler_fn journal_get_page, journal_xlsx, journal_event_get, journal_verify_post;

#endif

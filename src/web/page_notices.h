/* What a person was told («Уведомления»): the list behind the bell, one row with its reason. */
#ifndef WEB_PAGE_NOTICES_H
#define WEB_PAGE_NOTICES_H

#include "core/remind/notice.h"
#include "web/list.h"

struct notices_page {
	struct head head;
	struct notice_list m;
	struct notice_filter filter;
	struct options audiences;
	struct pager pager;
	bool quiet; /* the bell is silent at this hour */
	int quiet_to;
};

struct notice_page {
	struct head head;
	struct notice_card m;
};

handler_fn notices_get, notices_xlsx, notice_get_page, notice_read_post, notices_read_post;

#endif

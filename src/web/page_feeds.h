/* Calendars by secret link: making, taking back, and the file itself, which needs no login. */
#ifndef WEB_PAGE_FEEDS_H
#define WEB_PAGE_FEEDS_H

#include "core/remind/feed.h"
#include "web/list.h"

struct feeds_page {
	struct head head;
	struct feed_list m;
	struct str link; /* made just now: shown this once; empty: none */
	bool no_site;    /* the address of this soko is not set: the link has no host */
};

handler_fn feeds_get, feed_create_post, feed_revoke_post, feed_get;

#endif

/* Calendars that other programs read by a secret link: a person's, or an organisation's. Tasks
 * (VTODO) are the assignments of one's own organisation; days (VEVENT) are due days of those whom a
 * controller watches, and the repetition (RRULE) of what is not on control yet. The link is shown
 * once, stored as a hash, and taken back by its owner; what it shows are the rights its owner has
 * at that moment. */
#ifndef CORE_REMIND_FEED_H
#define CORE_REMIND_FEED_H

#include "core/ctx.h"

#define FEED_BACK 120  /* days before today a calendar begins */
#define FEED_MAX  5000 /* tasks, and days */

/* org_id 0: one's own calendar; else of an organisation one may see (CAP_ASSIGNMENT_READ).
 * *ret_token: to be shown now, it cannot be read again. EC_NOTFOUND; EC_LIMIT: ten links already.
 */
MUST_USE enum ec feed_create(
        const struct ctx *c, int64_t org_id, struct str *ret_token, struct err *e);
/* One's own. EC_NOTFOUND. */
MUST_USE enum ec feed_revoke(const struct ctx *c, int64_t id, struct err *e);

struct feed_row {
	int64_t id, created_at;
	struct str org; /* empty: one's own */
};
struct feed_list {
	struct feed_row *v;
	size_t n;
};
MUST_USE enum ec feed_list(const struct ctx *c, struct feed_list *ret, struct err *e);

struct feed_file {
	struct str ics;
	struct str etag;    /* quoted, of the content: equal content, equal tag */
	int64_t changed_at; /* UTC seconds of the last change in it */
};
/* Nobody needs to be logged in. EC_NOTFOUND: no such link, or its owner lost the right. Only reads.
 */
MUST_USE enum ec feed_read(
        const struct ctx *c, struct str token, struct feed_file *ret, struct err *e);

#endif

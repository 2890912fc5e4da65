/* Long work behind the page: what one asked for, how far it is, what came out. */
#ifndef WEB_PAGE_JOBS_H
#define WEB_PAGE_JOBS_H

#include "core/job.h"
#include "web/list.h"

struct job_page {
	struct head head;
	struct job m;
	struct str title; /* of the kind: «загрузка результатов» */
	bool over;        /* done or failed: nothing to wait for */
	struct url next;  /* where the result is, empty while there is none */
};

struct jobs_page {
	struct head head;
	struct job_list m;
};

/* Words of a kind; its stored name when this program does not know it. */
struct str job_title(struct str kind);

/* Do the sent files take too long for one request: more than files_at_once of them, or more than
 * LIMIT_HTTP_AT_ONCE? */
bool call_long(const struct call *c, size_t files_at_once);
/* Makes a job of each sent file and leads to it (several: to their list). params: JSON of the kind.
 */
MUST_USE enum ec call_jobs(struct call *c, struct str kind, struct str params, struct err *e);

handler_fn jobs_get, job_get_page;

#endif

#include "core/queue/daily.h"

#include "core/control/due_ahead.h"
#include "core/remind/digest.h"
#include "core/remind/remind.h"

/* a job that comes meanwhile waits for so many */
#define LETTERS_AT_ONCE 20

enum ec daily_work(const struct ctx *c, struct daily *ret, struct err *e)
{
	*ret = (struct daily){0};
	TRY(due_daily(c, &ret->day_done, &ret->n_occurrences, e));
	struct digest_sent s;
	TRY(remind_daily(c, &ret->n_notices, e));
	TRY(digest_send(c, LETTERS_AT_ONCE, &s, e));
	ret->n_sent = s.sent;
	ret->n_unsent = s.again + s.failed;
	return EC_OK;
}

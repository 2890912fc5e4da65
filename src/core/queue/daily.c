#include "core/queue/daily.h"

#include "core/control/due_ahead.h"
#include "core/remind/remind.h"

enum ec daily_work(const struct ctx *c, struct daily *ret, struct err *e)
{
	*ret = (struct daily){0};
	TRY(due_daily(c, &ret->day_done, &ret->n_occurrences, e));
	return remind_daily(c, &ret->n_notices, e);
}

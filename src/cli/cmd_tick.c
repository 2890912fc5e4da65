/* soko tick: the daily duties at once, for those who start it by cron; the server and `soko work`
 * do them by themselves. */
#include "base/limits.h"
#include "cli/cmd.h"
#include "cli/with_store.h"
#include "core/control/due_ahead.h"

#include <stdio.h>

static enum ec tick(const struct ctx *c, void *arg, struct err *e)
{
	bool done;
	int64_t n;
	(void)arg;
	TRY(due_daily(c, &done, &n, e));
	if (done)
		(void)printf("очередных поручений поставлено: %lld\n", (long long)n);
	else
		(void)printf("сегодняшнее уже сделано\n");
	return EC_OK;
}

enum ec cmd_tick(struct cmd_args *args, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	const char *db;
	TRY(opt_value(args, "--db", "data/soko.db", &db, e));
	TRY(opt_end(args, 0, 0, e));
	return with_store(&a, &(struct store_call){.db = db, .must_exist = true, .fn = tick}, e);
}

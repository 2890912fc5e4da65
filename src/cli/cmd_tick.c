/* soko tick: the daily duties at once, for those who start it by cron; the server and `soko work`
 * do them by themselves. */
#include "base/limits.h"
#include "cli/cmd.h"
#include "cli/with_store.h"
#include "core/queue/daily.h"

#include <stdio.h>

static enum ec tick(const struct ctx *c, void *arg, struct err *e)
{
	struct daily d;
	(void)arg;
	TRY(daily_work(c, &d, e));
	if (d.day_done)
		(void)printf("очередных поручений поставлено: %lld\n", (long long)d.n_occurrences);
	else
		(void)printf("сегодняшнее уже сделано\n");
	(void)printf("уведомлений: %lld\n", (long long)d.n_notices);
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

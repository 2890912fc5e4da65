/* soko work: takes long jobs from the queue, one after another. */
#include "base/limits.h"
#include "base/log.h"
#include "cli/cmd.h"
#include "cli/with_store.h"
#include "core/queue/daily.h"
#include "core/queue/kinds.h"

#include <signal.h>
#include <time.h>

#define IDLE_MS 1000

/* The job in work is finished before the program ends: signals are only looked at between jobs. */
static bool asked_to_end(const sigset_t *set, long wait_ms)
{
	struct timespec t = {.tv_sec = wait_ms / 1000, .tv_nsec = wait_ms % 1000 * 1000000};
	return sigtimedwait(set, NULL, &t) > 0;
}

static enum ec work(const struct ctx *c, void *arg, struct err *e)
{
	const bool *once = arg;
	sigset_t set;
	(void)sigemptyset(&set);
	(void)sigaddset(&set, SIGTERM);
	(void)sigaddset(&set, SIGINT);
	(void)sigprocmask(SIG_BLOCK, &set, NULL);
	for (;;) {
		bool worked = false;
		struct arena_mark mark = arena_mark(c->a);
		struct daily daily = {0};
		TRY(job_work(c, &work_kinds, &worked, e));
		if (!worked)
			TRY(daily_work(c, &daily, e));
		if (daily.day_done || daily.n_notices + daily.n_sent + daily.n_unsent > 0)
			log_line(LOG_LEVEL_INFO,
			        "work: due occurrences: %lld, notices: %lld, letters: %lld, not "
			        "sent: %lld",
			        (long long)daily.n_occurrences, (long long)daily.n_notices,
			        (long long)daily.n_sent, (long long)daily.n_unsent);
		arena_reset(c->a, mark);
		if (!worked && *once)
			return EC_OK;
		if (asked_to_end(&set, worked ? 0 : IDLE_MS)) {
			log_line(LOG_LEVEL_INFO, "work: ends by signal");
			return EC_OK;
		}
	}
}

enum ec cmd_work(struct cmd_args *args, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	const char *db;
	TRY(opt_value(args, "--db", "data/soko.db", &db, e));
	bool once = opt_flag(args, "--once");
	TRY(opt_end(args, 0, 0, e));
	return with_store(&a, &(struct store_call){.db = db, .fn = work, .arg = &once}, e);
}

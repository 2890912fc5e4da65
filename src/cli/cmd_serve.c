#include "base/clock.h"
#include "base/cur.h"
#include "base/limits.h"
#include "base/log.h"
#include "cli/cmd.h"
#include "core/calendar/reference.h"
#include "core/order/document_index.h"
#include "core/queue/daily.h"
#include "core/queue/kinds.h"
#include "core/search_index.h"
#include "core/store.h"
#include "jail/jail.h"
#include "web/mhd.h"
#include "web/site.h"

#include <pthread.h>
#include <signal.h>
#include <time.h>

/* "2021-10-05" (noon UTC) or UTC seconds: the clock of scenarios stands still. */
static enum ec clock_read(const char *text, int64_t *ret, struct err *e)
{
	struct date d;
	struct cur c = CUR(str_c(text));
	if (date_parse_iso(str_c(text), &d)) {
		*ret = (int64_t)date_days(d) * 86400 + 12 * 3600;
		return EC_OK;
	}
	if (cur_int(&c, 1, INT64_C(253402300799), ret) && cur_end(&c))
		return EC_OK;
	return err_set(e, EC_INPUT, "--clock %s: нужна дата или секунды UTC", text);
}

static enum ec site_options(struct cmd_args *args, struct site *s, struct err *e)
{
	const char *clock, *offset;
	TRY(opt_value(args, "--clock", NULL, &clock, e));
	TRY(opt_value(args, "--offset", "300", &offset, e));
	s->https = opt_flag(args, "--https");
	struct cur c = CUR(str_c(offset));
	int64_t minutes;
	if (!cur_int(&c, -720, 840, &minutes) || !cur_end(&c))
		return err_set(e, EC_INPUT, "--offset %s: нужны минуты к востоку от UTC", offset);
	s->clock.offset_min = (int)minutes;
	return clock == NULL ? EC_OK : clock_read(clock, &s->clock.fixed, e);
}

/* Long jobs are done by a thread of the server too, so that one program is enough for a small
 * installation; `soko work` may stand beside it. */
struct worker {
	struct site *site;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool stop;
};

static bool work_once(struct site *site)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	struct ctx c = {
	        .a = &a, .clock = &site->clock, .actor = &actor_program, .jail = site->jail};
	struct err e = {0};
	bool worked = false;
	struct daily daily = {0};
	enum ec code = store_take(site->store, false, &c.db, &e);
	if (code == EC_OK)
		code = job_work(&c, &work_kinds, &worked, &e);
	if (code == EC_OK && !worked)
		code = daily_work(&c, &daily, &e);
	store_give(site->store, c.db);
	if (code != EC_OK)
		log_line(LOG_LEVEL_ERROR, "serve: the queue: %s", e.msg);
	else if (daily.day_done || daily.n_notices + daily.n_sent + daily.n_unsent > 0)
		log_line(LOG_LEVEL_INFO,
		        "serve: due occurrences: %lld, notices: %lld, letters: %lld, not sent: "
		        "%lld",
		        (long long)daily.n_occurrences, (long long)daily.n_notices,
		        (long long)daily.n_sent, (long long)daily.n_unsent);
	return code == EC_OK && worked;
}

/* After an upgrade of the derived tables the index of the search is empty: it is made behind the
 * page, a transaction of some documents at a time. */
static void fill_search(struct site *site)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	struct err e = {0};
	struct ctx c = {
	        .a = &a, .clock = &site->clock, .actor = &actor_program, .jail = site->jail};
	bool empty = false;
	size_t n = 0;
	enum ec code = store_take(site->store, false, &c.db, &e);
	if (code == EC_OK)
		code = search_index_empty(&c, &empty, &e);
	if (code == EC_OK && empty)
		code = document_index_rebuild(&c, &n, &e);
	store_give(site->store, c.db);
	if (code != EC_OK)
		log_line(LOG_LEVEL_ERROR, "serve: the index of the search: %s", e.msg);
	else if (empty)
		log_line(LOG_LEVEL_INFO, "serve: indexed %zu documents for the search", n);
}

/* Reference data of this edition of the program. */
static enum ec ensure_calendar(struct site *site, struct err *e)
{
	AUTO_ARENA(a, 64 * MIB);
	struct ctx c = {.a = &a, .clock = &site->clock, .actor = &actor_program};
	TRY(store_take(site->store, false, &c.db, e));
	enum ec code = calendar_ensure(&c, e);
	store_give(site->store, c.db);
	return code;
}

static void *worker_run(void *arg)
{
	struct worker *w = arg;
	fill_search(w->site);
	(void)pthread_mutex_lock(&w->lock);
	while (!w->stop) {
		(void)pthread_mutex_unlock(&w->lock);
		bool worked = work_once(w->site);
		(void)pthread_mutex_lock(&w->lock);
		if (worked || w->stop)
			continue;
		struct timespec until;
		(void)clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_sec += 1;
		(void)pthread_cond_timedwait(&w->wake, &w->lock, &until);
	}
	(void)pthread_mutex_unlock(&w->lock);
	return NULL;
}

static enum ec worker_start(struct worker *w, struct err *e)
{
	pthread_condattr_t attr;
	(void)pthread_condattr_init(&attr);
	(void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&w->wake, &attr);
	(void)pthread_condattr_destroy(&attr);
	if (pthread_create(&w->thread, NULL, worker_run, w) != 0)
		return err_set(e, EC_IO, "нить для долгой работы не создана");
	return EC_OK;
}

/* The job in work is finished first. */
static void worker_stop(struct worker *w)
{
	(void)pthread_mutex_lock(&w->lock);
	w->stop = true;
	(void)pthread_cond_signal(&w->wake);
	(void)pthread_mutex_unlock(&w->lock);
	(void)pthread_join(w->thread, NULL);
}

enum ec cmd_serve(struct cmd_args *args, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_PROGRAM);
	const char *db, *listen, *proxy;
	struct jail jail = {0}; /* children are this program again */
	struct site site = {.jail = &jail};
	TRY(opt_value(args, "--db", "data/soko.db", &db, e));
	TRY(opt_value(args, "--listen", "127.0.0.1:8080", &listen, e));
	TRY(opt_value(args, "--proxy", NULL, &proxy, e));
	TRY(site_options(args, &site, e));
	TRY(opt_end(args, 0, 0, e));

	/* Every thread inherits the mask: only this one hears of the end. */
	sigset_t stop;
	(void)sigemptyset(&stop);
	(void)sigaddset(&stop, SIGTERM);
	(void)sigaddset(&stop, SIGINT);
	(void)pthread_sigmask(SIG_BLOCK, &stop, NULL);

	AUTO_STORE store = NULL;
	TRY(store_open(&a,
	        &(struct store_opt){
	                .url = db, .now = clock_now(&site.clock), .program = STR(SOKO_VERSION)},
	        &store, e));
	site.store = store;
	TRY(ensure_calendar(&site, e));
	struct http_server *server;
	TRY(http_start(&a,
	        &(struct http_opt){
	                .listen = listen, .proxy = proxy, .handle = site_handle, .arg = &site},
	        &server, e));
	struct worker worker = {.site = &site, .lock = PTHREAD_MUTEX_INITIALIZER};
	enum ec code = worker_start(&worker, e);
	if (code == EC_OK) {
		log_line(LOG_LEVEL_INFO, "serve: listening on %s, port %d", listen,
		        http_port(server));
		int signal = 0;
		(void)sigwait(&stop, &signal);
		log_line(LOG_LEVEL_INFO, "serve: stopping");
		worker_stop(&worker);
	}
	http_stop(server);
	return code;
}

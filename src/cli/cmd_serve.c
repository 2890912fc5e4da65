#include "base/clock.h"
#include "base/cur.h"
#include "base/limits.h"
#include "base/log.h"
#include "cli/cmd.h"
#include "core/store.h"
#include "jail/jail.h"
#include "web/mhd.h"
#include "web/site.h"

#include <signal.h>

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

enum ec cmd_serve(struct cmd_args *args, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_PROGRAM);
	const char *db, *listen;
	struct jail jail = {0}; /* children are this program again */
	struct site site = {.jail = &jail};
	TRY(opt_value(args, "--db", "data/soko.db", &db, e));
	TRY(opt_value(args, "--listen", "127.0.0.1:8080", &listen, e));
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
	struct http_server *server;
	TRY(http_start(&a,
	        &(struct http_opt){.listen = listen, .handle = site_handle, .arg = &site}, &server,
	        e));
	log_line(LOG_LEVEL_INFO, "serve: listening on %s, port %d", listen, http_port(server));
	int signal = 0;
	(void)sigwait(&stop, &signal);
	log_line(LOG_LEVEL_INFO, "serve: stopping");
	http_stop(server);
	return EC_OK;
}

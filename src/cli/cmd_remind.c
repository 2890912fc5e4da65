/* soko remind: reminders of a day at once, a trial without a trace, a whole year in a copy. */
#include "base/cur.h"
#include "base/file.h"
#include "base/limits.h"
#include "cli/cmd.h"
#include "cli/with_store.h"
#include "core/fact.h"
#include "core/remind/digest.h"
#include "core/remind/remind.h"
#include "core/remind/simulate.h"
#include "db/db.h"

#include <stdio.h>
#include <unistd.h>

struct ask {
	struct date day; /* none: today */
	bool dry;
	int year;
	const char *db;
};

static void print_counts(const struct remind_counts *n)
{
	for (size_t i = 0; i < n->n; i++)
		(void)printf(STR_FMT "\t" STR_FMT "\t" STR_FMT "\t%lld\n", STR_ARG(n->v[i].code),
		        STR_ARG(n->v[i].said), STR_ARG(audience_title(n->v[i].audience)),
		        (long long)n->v[i].n);
	(void)printf("уведомлений\t%lld\n", (long long)n->total);
}

/* Everything in one transaction that is never committed. */
static enum ec dry(const struct ctx *c, struct date day, struct err *e)
{
	struct remind_counts n = {0};
	struct mail_setting mail;
	struct digest_list l;
	int64_t made;
	struct str today = date_iso(c->a, day);
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(remind_run_in(c, day, &n, e));
	print_counts(&n);
	TRY(mail_setting_load(c, &mail, e));
	TRY(digest_prepare_in(c, &mail, true, &made, e));
	(void)printf("писем было бы\t%lld\n", (long long)made);
	TRY(digest_list(c, LISTING_MAX, &l, e));
	for (size_t i = l.n; i-- > 0;) {
		struct digest_text t;
		if (!str_eq(l.v[i].day, today) || !str_eq_z(l.v[i].state, "waiting"))
			continue;
		TRY(digest_text(c, &(struct digest_head){0, day, mail.site}, l.v[i].id, &t, e));
		(void)printf(STR_FMT "\t" STR_FMT "\n", STR_ARG(l.v[i].email), STR_ARG(t.subject));
	}
	return EC_OK;
}

static enum ec remind(const struct ctx *given, void *arg, struct err *e)
{
	const struct ask *q = arg;
	struct clock clock = *given->clock;
	struct ctx c = *given;
	struct remind_counts n = {0};
	struct digest_sent s = {0};
	int64_t letters;
	if (!date_none(q->day)) /* noon there */
		clock.fixed =
		        (int64_t)date_days(q->day) * 86400 + 43200 - (int64_t)clock.offset_min * 60;
	c.clock = &clock;
	struct date day = clock_today(&clock);
	if (q->dry)
		return dry(&c, day, e);
	TRY(remind_run(&c, day, &n, e));
	print_counts(&n);
	TRY(digest_prepare(&c, true, &letters, e));
	TRY(digest_send(&c, LISTING_MAX, &s, e));
	(void)printf("писем\t%lld, отправлено %lld, отложено %lld, не отправлено %lld\n",
	        (long long)letters, (long long)s.sent, (long long)s.again, (long long)s.failed);
	if (s.last_error.n > 0)
		(void)fprintf(stderr, "последняя ошибка: " STR_FMT "\n", STR_ARG(s.last_error));
	return EC_OK;
}

static enum ec simulate(const struct ctx *c, void *arg, struct err *e)
{
	const struct ask *q = arg;
	struct simulated s;
	int64_t begin = clock_monotonic_us();
	TRY(remind_simulate(c, q->year, &s, e));
	print_counts(&s.counts);
	(void)printf("дней\t%lld\nочередных поручений\t%lld\nпредставлено\t%lld\nписем\t%lld, "
	             "самое большее за день %lld, всего %.1f МиБ\n",
	        (long long)s.n_days, (long long)s.n_occurrences, (long long)s.n_submitted,
	        (long long)s.n_letters, (long long)s.busiest_letters,
	        (double)s.letter_bytes / (double)MIB);
	(void)printf("время\t%.2f с, самый долгий день %lld мс\n",
	        (double)(clock_monotonic_us() - begin) / 1e6, (long long)s.slowest_ms);
	return EC_OK;
}

static enum ec copy(const struct ctx *c, void *arg, struct err *e)
{
	return db_backup(c->db, arg, e);
}

/* The year is played in a copy beside the database; the copy goes away in any case. */
static enum ec year(struct arena *a, struct ask *q, struct err *e)
{
	char *path = arena_printf(a, "%s.simulate-%ld", q->db, (long)getpid());
	enum ec ec = with_store(a,
	        &(struct store_call){.db = q->db,
	                .must_exist = true,
	                .read_only = true,
	                .fn = copy,
	                .arg = path},
	        e);
	if (ec == EC_OK)
		ec = with_store(a,
		        &(struct store_call){
		                .db = path, .must_exist = true, .fn = simulate, .arg = q},
		        e);
	static const char *const ends[] = {"", "-wal", "-shm"};
	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		(void)unlink(arena_printf(a, "%s%s", path, ends[i]));
	return ec;
}

enum ec cmd_remind(struct cmd_args *args, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	struct ask q = {0};
	const char *day, *sim;
	TRY(opt_value(args, "--db", "data/soko.db", &q.db, e));
	TRY(opt_value(args, "--date", NULL, &day, e));
	TRY(opt_value(args, "--simulate", NULL, &sim, e));
	q.dry = opt_flag(args, "--dry");
	TRY(opt_end(args, 0, 0, e));
	if (day != NULL && !date_parse_iso(str_c(day), &q.day))
		return err_set(e, EC_INPUT, "--date %s: нужна дата вида 2022-03-01", day);
	if (sim == NULL)
		return with_store(&a,
		        &(struct store_call){
		                .db = q.db, .must_exist = true, .fn = remind, .arg = &q},
		        e);
	struct cur at = CUR(str_c(sim));
	int64_t n;
	if (!cur_int(&at, 1900, 9998, &n) || !cur_end(&at))
		return err_set(e, EC_INPUT, "--simulate %s: нужен год", sim);
	q.year = (int)n;
	return year(&a, &q, e);
}

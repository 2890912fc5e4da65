#include "core/remind/feed.h"

#include "base/limits.h"
#include "base/secret.h"
#include "core/actor_load.h"
#include "core/control/assignment_list.h"
#include "core/fact.h"
#include "core/order/document_seen.h"
#include "core/order/recur.h"
#include "core/registry/org.h"
#include "core/remind/mail_setting.h"
#include "db/q_feed.h"
#include "pack/ics_write.h"

#define FEEDS_OF_ONE 10
#define SERIES_DAYS  400 /* how far the next occurrence is looked for */

/* Links ------------------------------------------------------------------------------------- */

static enum ec note(const struct ctx *c, int64_t id, struct str verb, int64_t org_id, struct err *e)
{
	struct fact f;
	fact_begin(&f, c->a);
	json_kv_int(&f.j, "user_id", c->actor->user_id);
	if (org_id != DB_NULL_INT)
		json_kv_int(&f.j, "org_id", org_id);
	struct str json = fact_end(&f);
	bool made = str_eq_z(verb, "create");
	return history_add(c,
	        &(struct change){STR("feed"), id, verb, made ? STR_NONE : json,
	                made ? json : STR_NONE, STR("")},
	        e);
}

enum ec feed_create(const struct ctx *c, int64_t org_id, struct str *ret_token, struct err *e)
{
	struct q_feed_of_rows have;
	struct q_feed_add id;
	struct org_card org;
	struct str token = secret_token(c->a, 32);
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(q_feed_of(c->db, c->a, &(struct q_feed_of_in){c->actor->user_id}, &have, e));
	if (have.n >= FEEDS_OF_ONE)
		return err_set(e, EC_LIMIT, "ссылок уже %d: отзовите ненужные", FEEDS_OF_ONE);
	if (org_id != 0) {
		TRY(org_get(c, org_id, &org, e));
		TRY(must_may(c, CAP_ASSIGNMENT_READ, org.org.territory_id, org_id, e));
	}
	int64_t whose = org_id == 0 ? DB_NULL_INT : org_id;
	TRY(q_feed_add(c->db, c->a,
	        &(struct q_feed_add_in){c->actor->user_id, whose, secret_hash_hex(c->a, token),
	                clock_now(c->clock)},
	        &id, e));
	TRY(note(c, id.id, STR("create"), whose, e));
	*ret_token = token;
	return tx_commit(&tx, e);
}

enum ec feed_revoke(const struct ctx *c, int64_t id, struct err *e)
{
	int64_t n;
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(q_feed_revoke(c->db,
	        &(struct q_feed_revoke_in){id, c->actor->user_id, clock_now(c->clock)}, &n, e));
	if (n == 0)
		return err_set(e, EC_NOTFOUND, "такой ссылки у вас нет");
	TRY(note(c, id, STR("remove"), DB_NULL_INT, e));
	return tx_commit(&tx, e);
}

enum ec feed_list(const struct ctx *c, struct feed_list *ret, struct err *e)
{
	struct q_feed_of_rows rows;
	TRY(q_feed_of(c->db, c->a, &(struct q_feed_of_in){c->actor->user_id}, &rows, e));
	*ret = (struct feed_list){arena_new(c->a, struct feed_row, rows.n), rows.n};
	for (size_t i = 0; i < rows.n; i++)
		ret->v[i] = (struct feed_row){
		        rows.v[i].id, rows.v[i].created_at, or_empty(rows.v[i].org_name)};
	return EC_OK;
}

/* The file ---------------------------------------------------------------------------------- */

struct feed {
	const struct ctx *c;
	struct buf out;
	struct str site, host, tzid;
	int64_t changed_at;
	/* whose assignments are tasks: an organisation, or those of a kind in a territory */
	int64_t org_id, territory_id;
	struct str kind;
};

static void seen(struct feed *f, int64_t at)
{
	if (at > f->changed_at)
		f->changed_at = at;
}

static struct str document_said(
        struct arena *a, struct str kind, struct str number, struct str date)
{
	return str_printf(a, STR_FMT "%s" STR_FMT "%s" STR_FMT,
	        STR_ARG(document_kind_title_of(kind)), number.n > 0 ? " № " : "", STR_ARG(number),
	        date.n > 0 ? " от " : "", STR_ARG(date.n > 0 ? iso_ru(a, date) : STR("")));
}

static struct str summary_of(struct arena *a, struct str activity)
{
	struct str line = str_replace(a, activity, STR("\n"), STR(" "));
	struct str head = utf8_head(line, 120);
	return head.n < line.n ? str_cat(a, head, STR("…")) : head;
}

/* "14:30" of a deadline. */
static bool time_of(struct str s, int *hour, int *minute)
{
	if (s.n != 5 || s.p[2] != ':')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (i != 2 && (s.p[i] < '0' || s.p[i] > '9'))
			return false;
	*hour = (s.p[0] - '0') * 10 + s.p[1] - '0';
	*minute = (s.p[3] - '0') * 10 + s.p[4] - '0';
	return *hour < 24 && *minute < 60;
}

static const char *todo_status(struct str state)
{
	return str_eq_z(state, "accepted")    ? "COMPLETED"
	       : str_eq_z(state, "withdrawn") ? "CANCELLED"
	       : str_eq_z(state, "assigned")  ? "NEEDS-ACTION"
	                                      : "IN-PROCESS";
}

static void uid(struct feed *f, const char *what, int64_t id, struct str more)
{
	ics_raw(&f->out, "UID",
	        str_printf(f->c->a, "%s-%lld" STR_FMT "@" STR_FMT, what, (long long)id,
	                STR_ARG(more), STR_ARG(f->host)));
}

static void link_to(struct feed *f, const char *path, int64_t id)
{
	if (f->site.n > 0)
		ics_raw(&f->out, "URL",
		        str_printf(
		                f->c->a, STR_FMT "%s%lld", STR_ARG(f->site), path, (long long)id));
}

static void task(struct feed *f, const struct q_feed_tasks *r)
{
	struct arena *a = f->c->a;
	enum control_state state = CONTROL_NONE;
	int hour, minute;
	int64_t at = r->created_at > r->state_at ? r->created_at : r->state_at;
	at = r->changed_at > at ? r->changed_at : at;
	(void)control_state_of(r->state, &state);
	seen(f, at);
	buf_add_z(&f->out, "BEGIN:VTODO\r\n");
	uid(f, "assignment", r->id, STR(""));
	ics_utc(&f->out, "DTSTAMP", at);
	ics_utc(&f->out, "LAST-MODIFIED", at);
	ics_utc(&f->out, "CREATED", r->created_at);
	ics_raw(&f->out, "SEQUENCE", str_printf(a, "%lld", (long long)r->version));
	ics_text(&f->out, "SUMMARY", summary_of(a, r->activity));
	struct str clause = r->clause.n > 0 ? str_cat(a, STR(", п. "), r->clause) : STR("");
	ics_text(&f->out, "DESCRIPTION",
	        str_printf(a,
	                STR_FMT "\n" STR_FMT STR_FMT "\nИсполнитель: " STR_FMT "\nСтадия: " STR_FMT
	                        "\nПочему этот срок: " STR_FMT,
	                STR_ARG(r->activity),
	                STR_ARG(document_said(a, r->kind, r->number, or_empty(r->doc_date))),
	                STR_ARG(clause), STR_ARG(r->org_name), STR_ARG(control_state_title(state)),
	                STR_ARG(r->why)));
	struct date due = iso_date(r->due_date);
	if (time_of(or_empty(r->due_time), &hour, &minute))
		ics_local(&f->out, "DUE", &(struct ics_local){f->tzid, due, hour, minute});
	else
		ics_day(&f->out, "DUE", due);
	ics_raw(&f->out, "STATUS", str_c(todo_status(r->state)));
	if (state == CONTROL_ACCEPTED) {
		ics_utc(&f->out, "COMPLETED", r->state_at);
		buf_add_z(&f->out, "PERCENT-COMPLETE:100\r\n");
	}
	ics_text(&f->out, "CATEGORIES", document_kind_title_of(r->kind));
	link_to(f, "/assignments/", r->id);
	buf_add_z(&f->out, "END:VTODO\r\n");
}

static enum ec tasks(struct feed *f, struct str since, struct err *e)
{
	struct q_feed_tasks_rows rows;
	TRY(q_feed_tasks(f->c->db, f->c->a,
	        &(struct q_feed_tasks_in){f->org_id, f->kind, f->territory_id, since, FEED_MAX},
	        &rows, e));
	for (size_t i = 0; i < rows.n; i++)
		task(f, &rows.v[i]);
	return EC_OK;
}

/* Days whole, which make nobody busy. */
static void day_event(struct feed *f, struct date d, int64_t at)
{
	ics_utc(&f->out, "DTSTAMP", at);
	ics_day(&f->out, "DTSTART", d);
	ics_day(&f->out, "DTEND", date_add_days(d, 1));
	buf_add_z(&f->out, "TRANSP:TRANSPARENT\r\n");
	seen(f, at);
}

static enum ec days(struct feed *f, int64_t territory_id, struct str since, struct err *e)
{
	struct arena *a = f->c->a;
	struct q_feed_days_rows rows;
	TRY(q_feed_days(f->c->db, a,
	        &(struct q_feed_days_in){territory_id, f->kind, since, FEED_MAX}, &rows, e));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_feed_days *r = &rows.v[i];
		buf_add_z(&f->out, "BEGIN:VEVENT\r\n");
		uid(f, "point", r->point_id, str_cat(a, STR("-"), r->due_date));
		day_event(f, iso_date(r->due_date), r->changed_at);
		ics_text(&f->out, "SUMMARY",
		        str_printf(a, "Срок: " STR_FMT " (не представили %lld из %lld)",
		                STR_ARG(summary_of(a, r->activity)), (long long)r->n_open,
		                (long long)r->n));
		struct str clause = r->clause.n > 0 ? str_cat(a, STR(", п. "), r->clause) : STR("");
		ics_text(&f->out, "DESCRIPTION",
		        str_printf(a, STR_FMT "\n" STR_FMT STR_FMT, STR_ARG(r->activity),
		                STR_ARG(document_said(
		                        a, r->kind, r->number, or_empty(r->doc_date))),
		                STR_ARG(clause)));
		link_to(f, "/assignments?point=", r->point_id);
		buf_add_z(&f->out, "END:VEVENT\r\n");
	}
	return EC_OK;
}

/* The rule goes out as RRULE when a plain reader gets the same days from it as soko does (ours puts
 * the 31st of a short month on its last day); else the days themselves go out. */
#define SERIES_MAX 60
static void series(struct feed *f, const struct q_feed_series *r)
{
	struct arena *a = f->c->a;
	struct recur rule;
	struct date ours[SERIES_MAX], plain[SERIES_MAX];
	size_t n_plain = 0;
	struct date last = iso_date(or_empty(r->last_base));
	struct date until = iso_date(or_empty(r->end_date));
	struct date plan = iso_date(or_empty(r->plan_end));
	if (date_none(until) || (!date_none(plan) && date_cmp(plan, until) < 0))
		until = plan;
	struct date to = date_add_days(last, SERIES_DAYS);
	if (!date_none(until) && date_cmp(until, to) < 0)
		to = until;
	if (date_none(last) || !recur_parse(r->recurrence, &rule))
		return;
	size_t n = recur_days(a, &rule,
	        &(struct rrule_span){.anchor = last, .from = date_add_days(last, 1), .to = to},
	        ours, SERIES_MAX);
	if (n == 0)
		return;
	struct rrule_span span = {.anchor = ours[0], .from = ours[0], .to = to};
	bool same = rrule_days(r->recurrence, &span, plain, SERIES_MAX, &n_plain, NULL) == EC_OK &&
	            n_plain == n;
	for (size_t i = 0; same && i < n; i++)
		same = date_cmp(ours[i], plain[i]) == 0;
	buf_add_z(&f->out, "BEGIN:VEVENT\r\n");
	uid(f, "series", r->id, STR(""));
	day_event(f, ours[0], r->confirmed_at == DB_NULL_INT ? 0 : r->confirmed_at);
	if (same) {
		struct str end = date_none(until) ? STR("")
		                                  : str_printf(a, ";UNTIL=%04d%02d%02d", until.y,
		                                            until.m, until.d);
		ics_raw(&f->out, "RRULE", str_cat(a, r->recurrence, end));
	} else {
		for (size_t i = 1; i < n; i++)
			ics_day(&f->out, "RDATE", ours[i]);
	}
	ics_text(&f->out, "SUMMARY",
	        str_cat(a, STR("Регулярный срок: "), summary_of(a, r->activity)));
	ics_text(&f->out, "DESCRIPTION",
	        str_printf(a,
	                STR_FMT
	                "\n" STR_FMT ", " STR_FMT
	                "\nЕщё не поставлено на контроль; перенос с выходных учитывается при "
	                "постановке.",
	                STR_ARG(r->activity),
	                STR_ARG(document_said(a, r->kind, r->number, or_empty(r->doc_date))),
	                STR_ARG(recur_said(a, r->recurrence))));
	buf_add_z(&f->out, "END:VEVENT\r\n");
}

static enum ec all_series(struct feed *f, struct err *e)
{
	struct q_feed_series_rows rows;
	TRY(q_feed_series(f->c->db, f->c->a,
	        &(struct q_feed_series_in){f->org_id, f->kind, f->territory_id}, &rows, e));
	for (size_t i = 0; i < rows.n; i++)
		series(f, &rows.v[i]);
	return EC_OK;
}

/* Whose assignments are the person's own tasks. */
static void own_tasks(struct feed *f, const struct actor *who)
{
	f->org_id = f->territory_id = DB_NULL_INT;
	f->kind = STR("");
	for (size_t i = 0; i < who->n_roles; i++) {
		const struct actor_role *r = &who->role[i];
		if (!role_has(r->role, CAP_ASSIGNMENT_WORK))
			continue;
		if (r->org_id != ACTOR_ALL) {
			f->org_id = r->org_id;
			return;
		}
		f->territory_id = r->territory_id;
		f->kind = r->role == ROLE_MUNICIPALITY ? STR("municipal")
		          : r->role == ROLE_OPERATOR   ? STR("operator")
		                                       : STR("department");
		return;
	}
}

static struct str host_of(struct str site)
{
	size_t at = str_find(site, STR("://"), 0);
	struct str rest = at == SIZE_MAX ? site : str_skip(site, at + 3);
	struct str host;
	return str_next(&rest, '/', &host) && host.n > 0 ? host : STR("soko");
}

static enum ec write_file(
        struct feed *f, const struct q_feed_find *w, const struct actor *who, struct err *e)
{
	const struct ctx *c = f->c;
	struct scope watch;
	bool own = w->org_id == DB_NULL_INT;
	struct str since = date_iso(c->a, date_add_days(clock_today(c->clock), -FEED_BACK));
	int east = c->clock->offset_min;
	int wide = east < 0 ? -east : east;
	f->tzid = str_printf(c->a, "UTC%c%02d%02d", east < 0 ? '-' : '+', wide / 60, wide % 60);
	buf_add_z(&f->out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//soko//soko//RU\r\n"
	                   "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n");
	ics_text(&f->out, "X-WR-CALNAME",
	        str_cat(c->a, STR("СОКО: "), own ? w->full_name : w->org_name));
	buf_add_z(&f->out, "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\nX-PUBLISHED-TTL:PT6H\r\n");
	ics_zone(&f->out, f->tzid, east);
	if (own)
		own_tasks(f, who);
	else
		f->org_id = w->org_id;
	if (f->org_id != DB_NULL_INT || f->kind.n > 0) {
		TRY(tasks(f, since, e));
		TRY(all_series(f, e));
	}
	if (own && actor_scope(who, CAP_ASSIGNMENT_CONTROL, &watch) && watch.org_id == ACTOR_ALL)
		TRY(days(f, watch.territory_id, since, e));
	buf_add_z(&f->out, "END:VCALENDAR\r\n");
	return buf_check(&f->out, "календарь", e);
}

enum ec feed_read(const struct ctx *c, struct str token, struct feed_file *ret, struct err *e)
{
	struct q_feed_find_rows rows;
	struct actor who;
	struct mail_setting mail;
	if (token.n == 64)
		TRY(q_feed_find(c->db, c->a, &(struct q_feed_find_in){secret_hash_hex(c->a, token)},
		        &rows, e));
	if (token.n != 64 || rows.n == 0)
		return err_set(e, EC_NOTFOUND, "такого календаря нет: ссылка неверна или отозвана");
	const struct q_feed_find *w = &rows.v[0];
	TRY(actor_load(c, &(struct actor_person){w->user_id, w->login, w->full_name}, &who, e));
	if (w->org_id != DB_NULL_INT &&
	        !actor_may(&who, CAP_ASSIGNMENT_READ, w->territory_id, w->org_id))
		return err_set(e, EC_NOTFOUND, "такого календаря нет: ссылка неверна или отозвана");
	TRY(mail_setting_load(c, &mail, e));
	struct feed f = {.c = c,
	        .site = mail.site,
	        .host = host_of(mail.site),
	        .org_id = DB_NULL_INT,
	        .territory_id = DB_NULL_INT,
	        .kind = STR("")};
	buf_init(&f.out, c->a, 64 * MIB);
	TRY(write_file(&f, w, &who, e));
	ret->ics = buf_str(&f.out);
	ret->etag = str_printf(
	        c->a, "\"" STR_FMT "\"", STR_ARG(str_sub(secret_hash_hex(c->a, ret->ics), 0, 32)));
	ret->changed_at = f.changed_at;
	return EC_OK;
}

#include "core/remind/digest.h"

#include "base/limits.h"
#include "base/secret.h"
#include "core/calendar/calendar.h"
#include "core/fact.h"
#include "core/remind/unsubscribe.h"
#include "db/q_digest.h"
#include "pack/mime_write.h"

/* Making ------------------------------------------------------------------------------------ */

/* The host of the site's address, for Message-ID. */
static struct str host_of(struct str site)
{
	size_t at = str_find(site, STR("://"), 0);
	struct str rest = at == SIZE_MAX ? site : str_skip(site, at + 3);
	struct str host;
	return str_next(&rest, '/', &host) && host.n > 0 ? host : STR("soko.invalid");
}

struct making {
	struct str day, since, host;
	bool day_off, all;
};

static enum ec make_one(const struct ctx *c, const struct making *m,
        const struct q_digest_people *who, int64_t *n, struct err *e)
{
	struct notice_setting s;
	struct q_digest_add_rows id;
	int64_t told = 0;
	TRY(notice_setting_of(c, who->id, &s, e));
	int hour = local_hour(c);
	if (!s.mail || (!m->all && (hour < s.digest_hour || notice_quiet(&s, hour) ||
	                                   (m->day_off && !s.days_off))))
		return EC_OK;
	TRY(q_digest_add(c->db, c->a,
	        &(struct q_digest_add_in){who->id, m->day, who->email, clock_now(c->clock),
	                str_printf(c->a, STR_FMT "." STR_FMT "@" STR_FMT, STR_ARG(m->day),
	                        STR_ARG(secret_token(c->a, 12)), STR_ARG(m->host))},
	        &id, e));
	if (id.n == 0)
		return EC_OK;
	TRY(q_digest_attach(
	        c->db, &(struct q_digest_attach_in){id.v[0].id, who->id, m->since}, &told, e));
	TRY(q_digest_count(c->db, &(struct q_digest_count_in){id.v[0].id, told}, e));
	(*n)++;
	return EC_OK;
}

enum ec digest_prepare_in(const struct ctx *c, const struct mail_setting *mail, bool all,
        int64_t *ret_n, struct err *e)
{
	struct date today = clock_today(c->clock);
	struct q_digest_people_rows who;
	struct calendar *cal;
	TRY(calendar_load(c, 0, &cal, e));
	struct making m = {.day = date_iso(c->a, today),
	        .since = date_iso(c->a, date_add_days(today, -DIGEST_BACK)),
	        .host = host_of(mail->site),
	        .day_off = calendar_off(cal, today),
	        .all = all};
	*ret_n = 0;
	TRY(unsubscribe_ready(c, e));
	TRY(q_digest_people(c->db, c->a, &(struct q_digest_people_in){m.day, m.since}, &who, e));
	for (size_t i = 0; i < who.n; i++)
		TRY(make_one(c, &m, &who.v[i], ret_n, e));
	return EC_OK;
}

enum ec digest_prepare(const struct ctx *c, bool all, int64_t *ret_n, struct err *e)
{
	struct mail_setting mail;
	*ret_n = 0;
	TRY(mail_setting_load(c, &mail, e));
	if (!mail.on)
		return EC_OK;
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(digest_prepare_in(c, &mail, all, ret_n, e));
	return tx_commit(&tx, e);
}

/* Sending ----------------------------------------------------------------------------------- */

/* Minutes to wait after the n-th try. */
static int64_t wait_minutes(int64_t tries)
{
	static const int minutes[] = {1, 5, 15, 60, 180, 360, 720};
	size_t i = tries < 1 ? 0 : (size_t)tries - 1;
	return minutes[i < ARRAY_LEN(minutes) ? i : ARRAY_LEN(minutes) - 1];
}

static enum ec take(const struct ctx *c, struct q_digest_take_rows *ret, struct err *e)
{
	int64_t now = clock_now(c->clock);
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(q_digest_take(
	        c->db, c->a, &(struct q_digest_take_in){now, now - DIGEST_LEASE}, ret, e));
	return tx_commit(&tx, e);
}

static enum ec record(const struct ctx *c, const struct q_digest_end_in *in, struct err *e)
{
	int64_t n;
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(q_digest_end(c->db, in, &n, e));
	return tx_commit(&tx, e);
}

static enum ec hand_over(const struct ctx *c, const struct mail_setting *mail, struct smtp *smtp,
        const struct q_digest_take *d, bool *ret_final, struct err *e)
{
	struct digest_text t;
	struct buf b;
	*ret_final = true;
	if (d->unsure > 1)
		return err_set(e, EC_IO,
		        "программа дважды прервалась при отправке: ушло ли письмо, неизвестно");
	if (!mime_email_ok(d->email))
		return err_set(e, EC_IO, "адрес «" STR_FMT "» не годится", STR_ARG(d->email));
	TRY(digest_text(
	        c, &(struct digest_head){d->user_id, iso_date(d->day), mail->site}, d->id, &t, e));
	buf_init(&b, c->a, 32 * MIB);
	mime_write(&b, &(struct mime_message){.from = {mail->from_name, mail->from},
	                       .to = {STR(""), d->email},
	                       .subject = t.subject,
	                       .message_id = d->message_id,
	                       .at = d->made_at,
	                       .offset_min = c->clock->offset_min,
	                       .unsubscribe = t.unsubscribe,
	                       .text = t.text,
	                       .html = t.html});
	TRY(buf_check(&b, "письмо", e));
	return smtp_send(
	        smtp, &(struct smtp_letter){mail->from, d->email, buf_str(&b)}, ret_final, e);
}

static enum ec send_one(const struct ctx *c, const struct mail_setting *mail, struct smtp *smtp,
        const struct q_digest_take *d, struct digest_sent *io, struct err *e)
{
	struct err why = {0};
	bool final = false;
	int64_t now = clock_now(c->clock);
	enum ec ec = hand_over(c, mail, smtp, d, &final, &why);
	if (ec == EC_DB)
		return err_set(e, ec, "%s", why.msg);
	if (ec == EC_OK) {
		io->sent++;
		return record(c,
		        &(struct q_digest_end_in){d->id, d->tries, STR("sent"), STR(""), now, now},
		        e);
	}
	bool over = final || d->tries >= DIGEST_TRIES;
	io->last_error = str_dup(c->a, str_c(why.msg));
	if (over)
		io->failed++;
	else
		io->again++;
	return record(c,
	        &(struct q_digest_end_in){d->id, d->tries, over ? STR("failed") : STR("waiting"),
	                io->last_error, now + 60 * wait_minutes(d->tries), DB_NULL_INT},
	        e);
}

enum ec digest_send(const struct ctx *c, int64_t n, struct digest_sent *ret, struct err *e)
{
	struct mail_setting mail;
	AUTO_SMTP smtp = NULL;
	*ret = (struct digest_sent){0};
	TRY(mail_setting_load(c, &mail, e));
	for (int64_t i = 0; mail.on && i < n; i++) {
		struct q_digest_take_rows d;
		TRY(take(c, &d, e));
		if (d.n == 0)
			break;
		if (smtp == NULL)
			TRY(smtp_open(c->a, &mail.server, &smtp, e));
		TRY(send_one(c, &mail, smtp, &d.v[0], ret, e));
	}
	return EC_OK;
}

/* Seeing ------------------------------------------------------------------------------------ */

static struct str state_title(struct str state)
{
	return str_eq_z(state, "sent")      ? STR("отправлено")
	       : str_eq_z(state, "failed")  ? STR("не отправлено")
	       : str_eq_z(state, "sending") ? STR("отправляется")
	                                    : STR("ждёт");
}

enum ec digest_list(const struct ctx *c, int64_t n, struct digest_list *ret, struct err *e)
{
	struct q_digest_recent_rows rows;
	struct q_digest_states states;
	TRY(must_may(c, CAP_USER_ADMIN, ACTOR_ALL, ACTOR_ALL, e));
	TRY(q_digest_recent(c->db, c->a, &(struct q_digest_recent_in){n}, &rows, e));
	TRY(q_digest_states(c->db, c->a, &states, e));
	*ret = (struct digest_list){.v = arena_new(c->a, struct digest_row, rows.n),
	        .n = rows.n,
	        .n_waiting = states.n_waiting,
	        .n_sent = states.n_sent,
	        .n_failed = states.n_failed};
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_digest_recent *r = &rows.v[i];
		ret->v[i] = (struct digest_row){.id = r->id,
		        .name = r->full_name,
		        .email = r->email,
		        .day = r->day,
		        .state = r->state,
		        .state_title = state_title(r->state),
		        .n = r->n,
		        .tries = r->tries,
		        .unsure = r->unsure,
		        .made_at = r->made_at,
		        .next_at = r->next_at,
		        .sent_at = r->sent_at,
		        .error = r->error};
	}
	return EC_OK;
}

enum ec digest_again(const struct ctx *c, int64_t id, struct err *e)
{
	int64_t n;
	TRY(must_may(c, CAP_USER_ADMIN, ACTOR_ALL, ACTOR_ALL, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(q_digest_again(c->db, &(struct q_digest_again_in){id, clock_now(c->clock)}, &n, e));
	if (n == 0)
		return err_set(e, EC_NOTFOUND, "такого неотправленного письма нет");
	return tx_commit(&tx, e);
}

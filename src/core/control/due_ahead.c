#include "core/control/due_ahead.h"

#include "base/cur.h"
#include "core/fact.h"
#include "core/order/deadline_said.h"
#include "core/order/document_confirm.h"
#include "core/order/due_days.h"
#include "db/q_calendar.h"
#include "db/q_document.h"
#include "db/q_due.h"
#include "db/q_point.h"

enum ec occurrence_put(const struct ctx *c, const struct occurrence *o, int64_t *n, struct err *e)
{
	int64_t got;
	TRY(q_due_occurrence(c->db,
	        &(struct q_due_occurrence_in){
	                o->deadline_id, o->day, o->base, o->why, o->at, o->org_id},
	        &got, e));
	*n += got;
	return EC_OK;
}

enum ec due_birth(const struct ctx *c, int64_t document_id, int64_t *ret, struct err *e)
{
	struct q_due_latest row;
	TRY(q_due_latest(c->db, c->a, &(struct q_due_latest_in){document_id}, &row, e));
	*ret = clock_now(c->clock);
	if (*ret <= row.at)
		*ret = row.at + 1;
	return EC_OK;
}

enum ec occurrences_note(const struct ctx *c, int64_t document_id, int64_t at, int64_t n,
        struct str reason, struct err *e)
{
	struct str digest;
	struct fact f;
	TRY(document_seal(c, document_id, at, &digest, e));
	fact_begin(&f, c->a);
	json_kv_str(&f.j, "status", STR("confirmed"));
	json_kv_int(&f.j, "at", at);
	json_kv_int(&f.j, "assignments", n);
	json_kv_str(&f.j, "digest", digest);
	return history_add(c,
	        &(struct change){STR("document"), document_id, STR("occurrences"), STR_NONE,
	                fact_end(&f), reason},
	        e);
}

static int horizon_of(const struct calendar *cal)
{
	struct cur c = CUR(cal->rule[RULE_HORIZON_DAYS].value);
	int64_t days = 0;
	return cur_int(&c, 1, 400, &days) ? (int)days : 92;
}

static enum ec deadline_ahead(const struct ctx *c, const struct q_deadlines_of *due,
        const struct due_env *env, int64_t at, int64_t *n, struct err *e)
{
	struct card_deadline d = deadline_card(c->a, due);
	struct due_days days;
	deadline_due(c->a, &d, env, &days);
	for (size_t k = 0; k < days.n; k++) {
		if (days.day[k].p == NULL)
			continue;
		struct str why = str_printf(c->a,
		        "Очередной срок, поставлен " STR_FMT " на %d дн. вперёд. " STR_FMT,
		        STR_ARG(date_ru(c->a, env->today)), horizon_of(env->cal),
		        STR_ARG(due_why(c->a, &days, k)));
		TRY(occurrence_put(c,
		        &(struct occurrence){
		                due->id, INT64_MIN, days.day[k], days.base[k], why, at},
		        n, e));
	}
	return EC_OK;
}

static enum ec document_ahead(const struct ctx *c, int64_t id, int64_t *ret_n, struct err *e)
{
	struct q_document_one d;
	struct due_env env;
	struct q_deadlines_of_rows dues;
	int64_t at;
	int64_t n = 0;
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(q_document_one(c->db, c->a, &(struct q_document_one_in){id}, &d, e));
	TRY(due_env_load(c, &d, &env, e));
	env.from = env.today;
	env.until = date_add_days(env.today, horizon_of(env.cal));
	TRY(q_deadlines_of(c->db, c->a, &(struct q_deadlines_of_in){id, INT64_MIN}, &dues, e));
	TRY(due_birth(c, id, &at, e));
	for (size_t i = 0; i < dues.n; i++)
		if (str_eq_z(dues.v[i].kind, "periodic") || str_eq_z(dues.v[i].kind, "open_ended"))
			TRY(deadline_ahead(c, &dues.v[i], &env, at, &n, e));
	if (n > 0)
		TRY(occurrences_note(c, id, at, n, STR("очередные сроки по календарю"), e));
	TRY(tx_commit(&tx, e));
	*ret_n += n;
	return EC_OK;
}

enum ec due_ahead(const struct ctx *c, int64_t *ret_n, struct err *e)
{
	struct ctx program = *c;
	struct q_due_repeating_rows rows;
	program.actor = &actor_program;
	*ret_n = 0;
	TRY(q_due_repeating(c->db, c->a, &rows, e));
	for (size_t i = 0; i < rows.n; i++) {
		struct arena_mark mark = arena_mark(c->a);
		TRY(document_ahead(&program, rows.v[i].id, ret_n, e));
		arena_reset(c->a, mark);
	}
	return EC_OK;
}

enum ec due_daily(const struct ctx *c, bool *ret_done, int64_t *ret_n, struct err *e)
{
	static const struct str name = STR_INIT("daily_day");
	struct q_calendar_setting_rows was;
	int64_t taken = 0;
	*ret_done = false;
	*ret_n = 0;
	TRY(q_calendar_setting(c->db, c->a, &(struct q_calendar_setting_in){name}, &was, e));
	if (was.n > 0 && str_cmp(was.v[0].value, today_iso(c)) >= 0)
		return EC_OK;
	/* two workers may stand here: the row decides who does it */
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	if (was.n == 0)
		TRY(q_calendar_setting_put(c->db,
		        &(struct q_calendar_setting_put_in){
		                name, STR(""), STR("программа"), clock_now(c->clock)},
		        e));
	TRY(q_calendar_setting_take(c->db,
	        &(struct q_calendar_setting_take_in){name, today_iso(c), clock_now(c->clock)},
	        &taken, e));
	TRY(tx_commit(&tx, e));
	if (taken == 0)
		return EC_OK;
	*ret_done = true;
	return due_ahead(c, ret_n, e);
}

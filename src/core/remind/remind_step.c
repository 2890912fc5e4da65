#include "core/remind/remind_step.h"

#include "core/calendar/edit_rows.h"
#include "core/fact.h"
#include "core/registry/territory.h"
#include "db/q_remind.h"

static const struct {
	struct str name, title;
} audiences[AUDIENCE_COUNT] = {
        [AUDIENCE_NONE] = {STR_INIT(""), STR_INIT("")},
        [AUDIENCE_EXECUTOR] = {STR_INIT("executor"), STR_INIT("исполнитель")},
        [AUDIENCE_CONTROLLER] = {STR_INIT("controller"), STR_INIT("контролёр")},
        [AUDIENCE_HEAD] = {STR_INIT("head"), STR_INIT("руководитель")},
};

struct str audience_name(enum audience a)
{
	return a < AUDIENCE_COUNT ? audiences[a].name : STR("");
}

struct str audience_title(enum audience a)
{
	return a < AUDIENCE_COUNT ? audiences[a].title : STR("");
}

bool audience_of(struct str name, enum audience *ret)
{
	for (int i = AUDIENCE_EXECUTOR; i < AUDIENCE_COUNT; i++)
		if (str_eq(audiences[i].name, name)) {
			*ret = (enum audience)i;
			return true;
		}
	return false;
}

static struct remind_step step_of(const struct q_remind_steps *r)
{
	struct remind_step s = {
	        .code = r->code,
	        .days = (int)r->days,
	        .work = str_eq_z(r->counting, "work"),
	        .active = r->active != 0,
	        .territory_id = r->territory_id,
	        .territory_name = or_empty(r->territory_name),
	        .from = {r->source, r->source_date, r->status},
	};
	(void)audience_of(r->audience, &s.audience);
	return s;
}

/* By day; those of one day in the order of their audiences. */
static bool before(const struct remind_step *x, const struct remind_step *y)
{
	return x->days != y->days ? x->days < y->days : x->audience < y->audience;
}

enum ec remind_steps_load(
        const struct ctx *c, int64_t territory_id, struct remind_steps *ret, struct err *e)
{
	struct q_remind_steps_rows rows;
	int64_t where = territory_id == 0 ? ACTOR_ALL : territory_id;
	TRY(q_remind_steps(c->db, c->a, &(struct q_remind_steps_in){where}, &rows, e));
	ret->n = 0;
	for (size_t i = 0; i < rows.n; i++) {
		bool nearer = i + 1 < rows.n && str_eq(rows.v[i + 1].code, rows.v[i].code);
		if (nearer)
			continue;
		if (ret->n == REMIND_STEPS_MAX)
			return err_set(
			        e, EC_LIMIT, "ступеней напоминаний больше %d", REMIND_STEPS_MAX);
		struct remind_step s = step_of(&rows.v[i]);
		size_t at = ret->n++;
		for (; at > 0 && before(&s, &ret->v[at - 1]); at--)
			ret->v[at] = ret->v[at - 1];
		ret->v[at] = s;
	}
	return EC_OK;
}

struct str remind_step_said(struct arena *a, const struct remind_step *s)
{
	const char *unit = s->work ? "раб. дн." : "дн.";
	if (s->days == 0)
		return STR("в день срока");
	if (s->days < 0)
		return str_printf(a, "за %d %s до срока", -s->days, unit);
	return str_printf(a, "через %d %s после срока", s->days, unit);
}

struct date remind_day(const struct calendar *cal, const struct remind_step *s, struct date due)
{
	struct date d = s->work && s->days != 0 ? calendar_add_work(cal, due, s->days)
	                                        : date_add_days(due, s->days);
	if (s->days > 0)
		return calendar_next_work(cal, d);
	/* a calendar of nothing but days off would never end */
	for (int i = 0; i < 60 && calendar_off(cal, d); i++)
		d = date_add_days(d, -1);
	return d;
}

struct date remind_bound(const struct calendar *cal, const struct remind_step *s, struct date today)
{
	int wide = s->days < 0 ? -s->days : s->days;
	struct date due = date_add_days(today, (s->days < 0 ? 2 * wide : 0) + 30);
	for (int i = 0; i < 4 * wide + 120; i++, due = date_add_days(due, -1))
		if (date_cmp(remind_day(cal, s, due), today) <= 0)
			return due;
	return due;
}

/* Changing ---------------------------------------------------------------------------------- */

static struct str step_json(struct arena *a, const struct remind_step *s)
{
	struct fact f;
	fact_begin(&f, a);
	json_kv_str(&f.j, "code", s->code);
	json_kv_int(&f.j, "days", s->days);
	json_kv_str(&f.j, "counting", s->work ? STR("work") : STR("calendar"));
	json_kv_str(&f.j, "audience", audience_name(s->audience));
	json_kv_int(&f.j, "active", s->active);
	source_tell(&f.j, &s->from);
	return fact_end(&f);
}

static enum ec own_json(
        const struct ctx *c, int64_t territory_id, struct str code, struct str *ret, struct err *e)
{
	struct q_remind_step_own_rows rows;
	TRY(q_remind_step_own(
	        c->db, c->a, &(struct q_remind_step_own_in){territory_id, code}, &rows, e));
	*ret = STR_NONE;
	if (rows.n == 0)
		return EC_OK;
	const struct q_remind_step_own *r = &rows.v[0];
	struct remind_step s = {.code = code,
	        .days = (int)r->days,
	        .work = str_eq_z(r->counting, "work"),
	        .active = r->active != 0,
	        .from = {r->source, r->source_date, r->status}};
	(void)audience_of(r->audience, &s.audience);
	*ret = step_json(c->a, &s);
	return EC_OK;
}

static enum ec step_read(const struct ctx *c, const struct remind_step_form *f,
        struct remind_step *ret, struct err *e)
{
	if (f->days < -REMIND_DAYS_MAX || f->days > REMIND_DAYS_MAX)
		return err_set(e, EC_INPUT, "Дней: от −%d до %d", REMIND_DAYS_MAX, REMIND_DAYS_MAX);
	*ret = (struct remind_step){
	        .code = f->code, .days = (int)f->days, .work = f->work, .active = f->active};
	if (!audience_of(f->audience, &ret->audience))
		return err_set(e, EC_INPUT, "Кому: исполнитель, контролёр или руководитель");
	if (ret->audience != AUDIENCE_EXECUTOR && f->days <= 0)
		return err_set(e, EC_INPUT, "Контролёру и руководителю напоминают после срока");
	return source_read(c, &f->from, &ret->from, e);
}

static enum ec code_check(struct str code, struct err *e)
{
	for (size_t i = 0; i < code.n; i++) {
		char b = code.p[i];
		if (!((b >= 'a' && b <= 'z') || (b >= '0' && b <= '9')))
			return err_set(e, EC_INPUT, "Код ступени: латинские буквы и цифры");
	}
	return code.n > 0 && code.n <= 8
	               ? EC_OK
	               : err_set(e, EC_INPUT, "Код ступени: от одной до восьми букв и цифр");
}

enum ec remind_step_put(const struct ctx *c, const struct remind_step_form *f, struct err *e)
{
	struct territory t;
	struct str before_json;
	struct str after = STR_NONE;
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(calendar_writer(c, f->territory_id, &t, e));
	TRY(code_check(f->code, e));
	TRY(own_json(c, t.id, f->code, &before_json, e));
	if (f->drop) {
		int64_t n;
		TRY(q_remind_step_drop(
		        c->db, &(struct q_remind_step_drop_in){t.id, f->code}, &n, e));
		if (n == 0)
			return err_set(e, EC_NOTFOUND, "своей ступени у территории нет");
	} else {
		struct remind_step s;
		TRY(step_read(c, f, &s, e));
		after = step_json(c->a, &s);
		TRY(q_remind_step_put(c->db,
		        &(struct q_remind_step_put_in){t.id, s.code, s.days,
		                s.work ? STR("work") : STR("calendar"), audience_name(s.audience),
		                s.active, s.from.source, s.from.date, s.from.status},
		        e));
	}
	if (before_json.p != NULL && after.p != NULL && str_eq(before_json, after))
		return tx_commit(&tx, e);
	TRY(history_add(c,
	        &(struct change){STR("remind_step"), t.id,
	                before_json.p == NULL ? STR("create")
	                : after.p == NULL     ? STR("remove")
	                                      : STR("change"),
	                before_json, after, STR("")},
	        e));
	return tx_commit(&tx, e);
}

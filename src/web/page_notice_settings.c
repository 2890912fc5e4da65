#include "web/page_notice_settings.h"

#include "report/xlsx_list.h"
#include "web/pages/notice_settings.h"

#include <string.h>

/* Where the person works: the steps of that territory are theirs. */
static int64_t own_territory(const struct call *c)
{
	const struct actor *who = c->ctx.actor;
	return who->n_roles > 0 && who->role[0].territory_id != ACTOR_ALL
	               ? who->role[0].territory_id
	               : 0;
}

enum ec notice_settings_get(struct call *c, struct err *e)
{
	struct notice_settings_page p = {
	        .head = {.call = c,
	                .title = STR("Что и когда мне присылать"),
	                .section = SECTION_NOTICES,
	                .guide = STR("notices"),
	                .crumb = {{STR("Уведомления"), URL("/notices")}}},
	};
	TRY(notice_setting_of(&c->ctx, c->ctx.actor->user_id, &p.m, e));
	TRY(remind_steps_load(&c->ctx, own_territory(c), &p.steps, e));
	TRY(notice_email(&c->ctx, &p.email, e));
	struct out o;
	out_init(&o, c->r->a);
	page_notice_settings(&o, &p);
	return call_page(c, &o, e);
}

bool notice_step_mine(const struct call *c, const struct remind_step *s)
{
	return s->active &&
	       (s->audience == AUDIENCE_EXECUTOR || call_may(c, CAP_ASSIGNMENT_CONTROL));
}

/* Is the step ticked in the sent form? */
static bool ticked(const struct call *c, struct str code)
{
	for (size_t i = 0; i < c->r->form.n; i++)
		if (str_eq(c->r->form.v[i].name, STR("code")) &&
		        str_eq(c->r->form.v[i].value, code))
			return true;
	return false;
}

enum ec notice_settings_post(struct call *c, struct err *e)
{
	struct remind_steps steps;
	struct notice_setting s = {.page = call_flag(c, STR("page")),
	        .mail = call_flag(c, STR("mail")),
	        .digest_hour = (int)call_int(c, STR("digest_hour")),
	        .quiet_from = (int)call_int(c, STR("quiet_from")),
	        .quiet_to = (int)call_int(c, STR("quiet_to")),
	        .days_off = call_flag(c, STR("days_off"))};
	TRY(remind_steps_load(&c->ctx, own_territory(c), &steps, e));
	for (size_t i = 0; i < steps.n; i++)
		if (notice_step_mine(c, &steps.v[i]) && !ticked(c, steps.v[i].code))
			s.muted[s.n_muted++] = steps.v[i].code;
	TRY(notice_setting_put(&c->ctx, &s, e));
	return call_redirect(c, URL("/notices/settings"), STR("Настройки сохранены."));
}

static const struct word statuses[] = {
        {STR_INIT("regional"), STR_INIT("решение региона")},
        {STR_INIT("official"), STR_INIT("официально")},
        {STR_INIT("secondhand"), STR_INIT("по пересказу")},
        {STR_INIT("assumed"), STR_INIT("принято по умолчанию")},
};

enum ec remind_steps_get(struct call *c, struct err *e)
{
	struct remind_steps_page p = {
	        .head = {.call = c,
	                .title = STR("Ступени напоминаний"),
	                .section = SECTION_NOTICES,
	                .guide = STR("notices"),
	                .crumb = {{STR("Уведомления"), URL("/notices")}},
	                .xlsx = call_same(c, STR("/notices/steps.xlsx"))},
	        .territory = call_int(c, STR("territory")),
	        .may_edit = call_may(c, CAP_CALENDAR_WRITE),
	        .statuses = options_of(c->r->a, statuses, ARRAY_LEN(statuses), STR("regional")),
	};
	TRY(remind_steps_load(&c->ctx, p.territory, &p.m, e));
	TRY(territory_options(c, p.territory, &p.territories, e));
	struct out o;
	out_init(&o, c->r->a);
	page_remind_steps(&o, &p);
	return call_page(c, &o, e);
}

enum ec remind_steps_xlsx(struct call *c, struct err *e)
{
	static const struct xlsx_column columns[] = {
	        {.title = STR_INIT("Код"), .width = 8},
	        {.title = STR_INIT("Когда"), .width = 34},
	        {.title = STR_INIT("Кому"), .width = 16},
	        {.title = STR_INIT("Включена"), .width = 12},
	        {.title = STR_INIT("Чья"), .width = 30},
	        {.title = STR_INIT("Источник"), .width = 60, .wrap = true},
	        {.title = STR_INIT("Статус"), .width = 22},
	};
	enum { N = ARRAY_LEN(columns) };
	struct remind_steps s;
	TRY(remind_steps_load(&c->ctx, call_int(c, STR("territory")), &s, e));
	struct xlsx_value *v = arena_new(c->r->a, struct xlsx_value, s.n * N);
	for (size_t i = 0; i < s.n; i++) {
		const struct remind_step *x = &s.v[i];
		struct xlsx_value row[N] = {XLSX_T(x->code), XLSX_T(remind_step_said(c->r->a, x)),
		        XLSX_T(audience_title(x->audience)),
		        XLSX_T(x->active ? STR("да") : STR("нет")),
		        XLSX_T(x->territory_name.n > 0 ? x->territory_name : STR("для всех")),
		        XLSX_T(x->from.source), XLSX_T(status_title(x->from.status))};
		memcpy(v + i * N, row, sizeof(row));
	}
	return call_xlsx(c,
	        &(struct xlsx_list){.title = STR("Ступени напоминаний"),
	                .column = columns,
	                .n_columns = N,
	                .cell = v,
	                .n_rows = s.n},
	        e);
}

enum ec remind_step_post(struct call *c, struct err *e)
{
	struct arena *a = c->r->a;
	struct str days = call_text(c, STR("days"));
	bool before = str_eq(call_text(c, STR("side")), STR("before"));
	struct remind_step_form f = {.territory_id = call_int(c, STR("territory")),
	        .code = call_text(c, STR("code")),
	        .work = str_eq(call_text(c, STR("counting")), STR("work")),
	        .active = call_flag(c, STR("active")),
	        .audience = call_text(c, STR("audience")),
	        .drop = call_flag(c, STR("drop")),
	        .from = {call_text(c, STR("source")), call_iso(c, STR("source_date")),
	                call_text(c, STR("status"))}};
	int64_t n = call_int(c, STR("days"));
	f.days = before ? -n : n;
	if (days.n == 0 && !f.drop)
		return err_set(e, EC_INPUT, "Дней: не указано");
	TRY(remind_step_put(&c->ctx, &f, e));
	struct url to = URL("/notices/steps");
	if (f.territory_id > 0)
		to = url_arg(
		        a, to, STR("territory"), str_printf(a, "%lld", (long long)f.territory_id));
	return call_redirect(c, to,
	        f.drop ? STR("Действует ступень уровнем выше.")
	               : STR("Ступень записана; уже сказанное не повторится."));
}

#include "core/sample/sample.h"
#include "base/limits.h"
#include "core/calendar/reference.h"
#include "core/control/assignment_card.h"
#include "core/control/due_ahead.h"
#include "core/order/document_card.h"
#include "core/order/document_confirm.h"
#include "core/order/document_edit.h"
#include "core/order/document_import.h"
#include "core/registry/org.h"
#include "core/registry/registry_import.h"
#include "core/registry/territory.h"
#include "core/registry/user.h"
#include "core/sample/tests.h"
#include "core/sample/text.h"

#include <stdlib.h>

/* Files of the folder sample/, built in. */
extern const struct str sample_registry, sample_accounts_tsv, sample_order_quality,
        sample_order_roadmap, sample_letter, sample_minutes, sample_draft;

/* Use cases run "in the past": the same context with a clock that stands `days` before today. */
struct then {
	struct ctx ctx;
	struct clock clock;
};

static const struct ctx *days_ago(const struct ctx *c, int days, int64_t second, struct then *t)
{
	t->clock = *c->clock;
	t->clock.fixed = clock_now(c->clock) - (int64_t)days * 86400 + second;
	t->ctx = *c;
	t->ctx.clock = &t->clock;
	return &t->ctx;
}

size_t sample_accounts(struct arena *a, struct sample_account **ret)
{
	struct str rest = sample_accounts_tsv;
	struct str line;
	VEC(struct sample_account) v = {0};
	(void)str_next(&rest, '\n', &line);
	while (str_next(&rest, '\n', &line)) {
		struct str col[5] = {{0}};
		for (size_t i = 0; i < ARRAY_LEN(col) && str_next(&line, '\t', &col[i]); i++)
			;
		if (col[0].n > 0)
			*vec_push(a, &v) =
			        (struct sample_account){col[0], col[1], col[2], col[3], col[4]};
	}
	*ret = v.v;
	return v.n;
}

static enum ec territory_by_name(const struct ctx *c, struct str name, int64_t *ret, struct err *e)
{
	struct territory_list list;
	TRY(territory_list(c, &list, e));
	for (size_t i = 0; i < list.n; i++) {
		if (str_eq(list.v[i].name, name)) {
			*ret = list.v[i].id;
			return EC_OK;
		}
	}
	return err_set(e, EC_NOTFOUND, "образец: нет территории «" STR_FMT "»", STR_ARG(name));
}

/* The school with these digits of ФИС ОКО. */
static enum ec school_by_ident(
        const struct ctx *c, struct str ident, struct org *ret, struct err *e)
{
	struct org_list list;
	TRY(org_list(c, &(struct org_filter){.search = ident, .kind = STR("school")}, &list, e));
	for (size_t i = 0; i < list.n; i++) {
		if (str_eq(list.v[i].ident, ident)) {
			*ret = list.v[i];
			return EC_OK;
		}
	}
	return err_set(e, EC_NOTFOUND, "образец: нет школы " STR_FMT, STR_ARG(ident));
}

static enum ec add_account(const struct ctx *c, const struct sample_account *s, struct err *e)
{
	struct user_form user = {.login = s->login,
	        .full_name = s->name,
	        .email = str_cat(c->a, s->login, STR("@soko.example")), /* RFC 2606: goes nowhere */
	        .password = STR(SAMPLE_PASSWORD),
	        .light = true};
	struct user_role_form role = {
	        .role = s->role, .territory_id = ACTOR_ALL, .org_id = ACTOR_ALL};
	int64_t id, role_id;
	if (s->org.n > 0) {
		struct org org;
		TRY(school_by_ident(c, s->org, &org, e));
		role.territory_id = org.territory_id;
		role.org_id = org.id;
	} else if (s->territory.n > 0) {
		TRY(territory_by_name(c, s->territory, &role.territory_id, e));
	}
	TRY(user_create(c, &user, &id, e));
	return user_role_add(c, id, &role, &role_id, e);
}

/* Schools of the sample whose results earlier showed signs: members of the conditional set. */
static enum ec add_tags(const struct ctx *c, struct err *e)
{
	static const char *const ident[] = {"990012", "990024", "990031", "990040"};
	struct str from = date_iso(c->a, date_add_days(clock_today(c->clock), -60));
	for (size_t i = 0; i < ARRAY_LEN(ident); i++) {
		struct org org;
		TRY(school_by_ident(c, str_c(ident[i]), &org, e));
		TRY(org_tag_add(c, org.id,
		        &(struct org_tag_form){.tag = STR("bias"),
		                .valid_from = from,
		                .source = STR("Образец: письмо департамента № 1187-14/03")},
		        e));
	}
	return EC_OK;
}

/* The documents, the day each arrived, and whether the clerk has confirmed it. */
static const struct {
	struct str file, territory;
	const struct str *text;
	int days_ago;
	bool confirmed;
} documents[] = {
        {STR_INIT("01_order_quality.txt"), STR_INIT("Верхнеозёрская область"),
                &sample_order_quality, 75, true},
        {STR_INIT("02_order_roadmap.txt"), STR_INIT("Верхнеозёрская область"),
                &sample_order_roadmap, 60, true},
        {STR_INIT("03_letter_objectivity.txt"), STR_INIT("Верхнеозёрская область"), &sample_letter,
                20, true},
        {STR_INIT("04_minutes_seminar.txt"), STR_INIT("Верхнеозёрская область"), &sample_minutes,
                14, true},
        {STR_INIT("05_municipal_draft.txt"), STR_INIT("г. Ясногорье"), &sample_draft, 3, false},
};

/* Leaves what stands in the way of confirming as the document says it. */
static enum ec settle_errors(
        const struct ctx *c, int64_t id, struct document_card *card, struct err *e)
{
	TRY(document_card(c, id, card, e));
	for (size_t i = 0; i < card->n_diagnostics; i++) {
		const struct card_diagnostic *d = &card->diagnostic[i];
		if (!d->settled && str_eq(d->severity, STR("error")))
			TRY(diagnostic_settle(c, d->id, SETTLE_STANDS, e));
	}
	return document_card(c, id, card, e);
}

static enum ec add_document(const struct ctx *c, size_t i, struct sample_report *ret, struct err *e)
{
	struct then t;
	const struct ctx *past = days_ago(c, documents[i].days_ago, 0, &t);
	struct document_source src = {.name = documents[i].file};
	int64_t id;
	TRY(sample_text(c->a, *documents[i].text, clock_today(c->clock), &src.bytes, e));
	TRY(territory_by_name(c, documents[i].territory, &src.territory_id, e));
	TRY(document_import(past, &src, &id, e));
	ret->n_documents++;
	if (!documents[i].confirmed)
		return EC_OK;
	struct document_card card;
	struct confirm_result done;
	TRY(settle_errors(past, id, &card, e));
	TRY(document_confirm(past, id, card.version, &done, e));
	ret->n_assignments += done.n_assignments;
	return EC_OK;
}

/* A step of an assignment's life and the second it was taken. */
struct planned {
	int64_t assignment, at;
	enum control_step step;
	struct str note;
};

static int by_time(const void *x, const void *y)
{
	const struct planned *a = x;
	const struct planned *b = y;
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return a->assignment < b->assignment ? -1 : a->assignment > b->assignment;
}

typedef VEC(struct planned) plan_t;

/* What became of an assignment follows from its number alone, so that the sample is the same
 * everywhere. */
static void plan_steps(struct arena *a, const struct assignment_row *r, int64_t now,
        struct date today, plan_t *plan)
{
	static const char *const reports[] = {"Приказ издан, работа проведена.",
	        "Справка подготовлена и размещена.", "Сведения представлены по форме.",
	        "Мероприятие проведено, протокол приложен."};
	unsigned luck = (unsigned)((uint64_t)r->id * 2654435761u >> 7) % 100;
	struct date due;
	bool dated = r->due.p != NULL && date_parse_iso(r->due, &due);
	int left = dated ? date_days(due) - date_days(today) : 60;
	int64_t day = 86400;
	int64_t base = dated && left < 0 ? now + (int64_t)(left - 2) * day
	                                 : now - (int64_t)(4 + luck % 9) * day;
	struct str report = str_c(reports[luck % ARRAY_LEN(reports)]);
	bool reports_now = left < 0 ? luck < 84 : left < 15 ? luck < 45 : luck < 6;
	if (!reports_now && luck % 3 == 0)
		*vec_push(a, plan) = (struct planned){r->id, base, STEP_TAKE, STR("")};
	if (!reports_now)
		return;
	*vec_push(a, plan) = (struct planned){r->id, base, STEP_TAKE, STR("")};
	*vec_push(a, plan) = (struct planned){r->id, base + day, STEP_SUBMIT, report};
	if (luck % 10 == 3)
		*vec_push(a, plan) = (struct planned){r->id, base + 2 * day, STEP_RETURN,
		        STR("Не приложены подтверждающие документы.")};
	else if (luck % 10 != 7)
		*vec_push(a, plan) = (struct planned){r->id, base + 2 * day, STEP_ACCEPT, STR("")};
}

static enum ec live(const struct ctx *c, struct sample_report *ret, struct err *e)
{
	struct assignment_list list;
	plan_t plan = {0};
	struct assignment_filter all = {
	        .sort = ASSIGNMENT_BY_NUMBER, .page = {.limit = LISTING_MAX}};
	TRY(assignment_list(c, &all, &list, e));
	for (size_t i = 0; i < list.n; i++)
		plan_steps(c->a, &list.v[i], clock_now(c->clock), clock_today(c->clock), &plan);
	if (plan.n > 0)
		qsort(plan.v, plan.n, sizeof(*plan.v), by_time);
	for (size_t i = 0; i < plan.n; i++) {
		struct then t;
		const struct ctx *past = days_ago(c, 0, plan.v[i].at - clock_now(c->clock), &t);
		struct step_form f = {.step = plan.v[i].step, .note = plan.v[i].note};
		struct arena_mark m = arena_mark(c->a);
		TRY(assignment_step(past, plan.v[i].assignment, &f, e));
		arena_reset(c->a, m);
		ret->n_steps++;
	}
	return EC_OK;
}

enum ec sample_load(const struct ctx *c, struct sample_report *ret, struct err *e)
{
	struct territory region;
	struct then t;
	struct load_card card;
	*ret = (struct sample_report){0};
	enum ec code = territory_region(c, &region, e);
	if (code == EC_OK)
		return err_set(e, EC_CONFLICT,
		        "в базе уже есть регион «" STR_FMT "»; образец загружается в пустую базу",
		        STR_ARG(region.name));
	if (code != EC_NOTFOUND)
		return code;
	const struct ctx *past = days_ago(c, 120, 0, &t);
	TRY(calendar_ensure(past, e));
	TRY(territory_create(past,
	        &(struct territory_form){.name = STR("Верхнеозёрская область"),
	                .code = STR("reg990000"),
	                .parent_id = ACTOR_ALL},
	        &region.id, e));
	TRY(registry_import(past, STR("registry.tsv"), sample_registry, &card, e));
	ret->n_orgs = card.load.balance.stored;
	struct sample_account *account;
	size_t n = sample_accounts(c->a, &account);
	for (size_t i = 0; i < n; i++, ret->n_accounts++)
		TRY(add_account(past, &account[i], e));
	TRY(add_tags(days_ago(c, 90, 0, &t), e));
	for (size_t i = 0; i < ARRAY_LEN(documents); i++) {
		TRY(add_document(c, i, ret, e));
		if (i == 1)
			TRY(sample_tests(
			        days_ago(c, 40, 0, &t), sample_registry, &ret->n_works, e));
	}
	TRY(live(c, ret, e));
	bool done;
	int64_t n_ahead;
	return due_daily(c, &done, &n_ahead, e);
}

/* Assignments and time: occurrences that go on, events that are named, schedules, and the move of
 * open assignments when the calendar changes. */
#include "base/limits.h"
#include "core/calendar/edit.h"
#include "core/calendar/reference.h"
#include "core/control/assignment_card.h"
#include "core/control/check.h"
#include "core/control/due_ahead.h"
#include "core/control/due_change.h"
#include "core/control/due_event.h"
#include "core/control/due_recompute.h"
#include "core/control/due_schedule.h"
#include "core/order/document_confirm.h"
#include "core/order/document_edit.h"
#include "core/order/document_import.h"
#include "dbfix.h"
#include "place.h"
#include "test.h"

#include <stdio.h>

/* Written for this test; no real body or person. */
static const char order[] = "ДЕПАРТАМЕНТ ОБРАЗОВАНИЯ ЗАРЕЧНОЙ ОБЛАСТИ\n\n"
                            "ПРИКАЗ\n\n"
                            "10 февраля 2022 г.\n\n"
                            "№ 18/01\n\n"
                            "г. Заречный\n\n"
                            "О работе с результатами\n\n"
                            "В целях порядка п р и к а з ы в а ю:\n\n"
                            "1. Руководителям общеобразовательных организаций:\n\n"
                            "1.1. Провести самоанализ.\n\n"
                            "Срок: до 30.04.2022\n\n"
                            "1.2. Представлять сведения о занятиях.\n\n"
                            "Срок: еженедельно по пятницам\n\n"
                            "1.3. Разобрать результаты с родителями.\n\n"
                            "Срок: в течение 10 дней после получения результатов\n\n"
                            "1.4. Принять наблюдателей.\n\n"
                            "Срок: по графику\n\n"
                            "1.5. Вести журнал.\n\n"
                            "Срок: до 31.03.2022\n\n"
                            "Директор департамента А. Б. Заречный\n";

struct town {
	struct place p;
	struct clock later;
	struct ctx c, clerk; /* the same people later */
	int64_t document;
};

static void go_to(struct town *t, int64_t days)
{
	t->later = place_winter;
	t->later.fixed += days * 86400;
	t->c = t->p.c;
	t->clerk = t->p.as_clerk;
	t->c.clock = t->clerk.clock = &t->later;
}

static void found_town(struct town *t, struct db *db, struct arena *a)
{
	struct err e = {0};
	settle_in(&t->p, db, a);
	CHECK_OK(calendar_ensure(&t->p.c, &e));
	struct document_source src = {.bytes = str_c(order), .name = STR("order.txt")};
	struct confirm_result r = {0};
	CHECK_OK(document_import(&t->p.as_clerk, &src, &t->document, &e));
	struct document_card k = card_of(&t->p.as_clerk, t->document);
	for (size_t i = 0; i < k.n_diagnostics; i++)
		if (str_eq(k.diagnostic[i].severity, STR("error")))
			CHECK_OK(diagnostic_settle(
			        &t->p.as_clerk, k.diagnostic[i].id, SETTLE_STANDS, &e));
	k = card_of(&t->p.as_clerk, t->document);
	enum ec ec = document_confirm(&t->p.as_clerk, t->document, k.version, &r, &e);
	if (!CHECK_INT(ec, EC_OK))
		(void)printf("# %s\n", e.msg);
	go_to(t, 0);
}

static int64_t n_of(const struct town *t, const char *clause)
{
	struct err e = {0};
	struct assignment_list l;
	struct document_card k = card_of(&t->p.as_clerk, t->document);
	const struct card_point *pt = point(&k, clause);
	if (!CHECK(pt != NULL))
		return -1;
	CHECK_OK(assignment_list(
	        &t->clerk, &(struct assignment_filter){.point_id = pt->id}, &l, &e));
	return l.total;
}

/* The n-th assignment of a clause by due day. */
static struct assignment_row row_of(const struct town *t, const char *clause, size_t n)
{
	struct err e = {0};
	struct assignment_list l = {0};
	struct document_card k = card_of(&t->p.as_clerk, t->document);
	const struct card_point *pt = point(&k, clause);
	CHECK(pt != NULL);
	CHECK_OK(assignment_list(&t->clerk,
	        &(struct assignment_filter){
	                .point_id = pt != NULL ? pt->id : 0, .page = {.limit = 1000}},
	        &l, &e));
	if (!CHECK(n < l.n))
		return (struct assignment_row){0};
	return l.v[n];
}

static void whole(const struct town *t)
{
	struct err e = {0};
	struct check_report r;
	CHECK_OK(check_all(&t->c, &r, &e));
	for (size_t i = 0; i < r.n; i++)
		if (!CHECK(r.v[i].ok))
			(void)printf("# " STR_FMT ": " STR_FMT "\n", STR_ARG(r.v[i].what),
			        STR_ARG(r.v[i].why));
}

static void ahead(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct town t;
	bool done;
	int64_t n;
	found_town(&t, db, &a);
	/* twelve Fridays for three schools */
	CHECK_INT(n_of(&t, "1.2"), 36);
	go_to(&t, 40);
	CHECK_OK(due_daily(&t.c, &done, &n, &e));
	CHECK(done);
	/* 27.03.2022: the first twelve Fridays ran from 11.02 to 29.04; up to 12 ahead: to 17.06 */
	CHECK_INT(n, 7 * 3);
	CHECK_INT(n_of(&t, "1.2"), 36 + 21);
	CHECK_OK(due_daily(&t.c, &done, &n, &e));
	CHECK(!done);
	CHECK_OK(due_ahead(&t.c, &n, &e));
	CHECK_INT(n, 0);
	struct assignment_card card;
	struct assignment_row last = row_of(&t, "1.2", 56);
	CHECK_STR(last.due, STR("2022-06-17"));
	CHECK_OK(assignment_card(&t.clerk, last.id, &card, &e));
	CHECK(str_has(card.why, STR("Очередной срок, поставлен 27.03.2022")));
	whole(&t);
	/* who was taken off control gets no more */
	CHECK_OK(assignment_step(&t.clerk, last.id,
	        &(struct step_form){.step = STEP_WITHDRAW, .note = STR("лишнее")}, &e));
	CHECK_OK(due_ahead(&t.c, &n, &e));
	CHECK_INT(n, 0);
	go_to(&t, 47);
	CHECK_OK(due_daily(&t.c, &done, &n, &e));
	CHECK_INT(n, 3);
	whole(&t);
}

TEST(what_goes_on_gets_its_next_occurrences_once)
{
	dbfix_each(ahead);
}

static void moved(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct town t;
	struct recompute r;
	int64_t n;
	found_town(&t, db, &a);
	CHECK_OK(recompute_preview(&t.clerk, &r, &e));
	CHECK_INT(r.n_moved, 0);
	struct assignment_row a1 = row_of(&t, "1.1", 0);
	CHECK_STR(a1.due, STR("2022-04-30"));
	go_to(&t, 50); /* 06.04.2022 */
	/* one school has done it: a finished one stays */
	CHECK_OK(assignment_step(&t.clerk, row_of(&t, "1.1", 2).id,
	        &(struct step_form){.step = STEP_WITHDRAW, .note = STR("школа закрыта")}, &e));
	struct rule_form rule = {.name = STR("day_off"),
	        .value = STR("next"),
	        .from = {STR("приказ № 8, ст. 193 ГК РФ"), STR("2022-04-06"), STR("regional")}};
	CHECK_INT(calendar_rule_put(&t.p.as_north, &rule, &e), EC_DENIED);
	CHECK_OK(calendar_rule_put(&t.clerk, &rule, &e));
	CHECK_OK(recompute_preview(&t.clerk, &r, &e));
	REQUIRE(r.n_moved == 2);
	CHECK_STR(r.v[0].old_due, STR("2022-04-30"));
	CHECK_STR(r.v[0].new_due, STR("2022-05-04"));
	CHECK(str_has(r.v[0].why, STR("ст. 193 ГК РФ")));
	CHECK_STR(row_of(&t, "1.1", 0).due, STR("2022-04-30"));
	CHECK_INT(recompute_apply(&t.clerk, STR("другое"), STR("приказ № 8"), &n, &e), EC_CONFLICT);
	CHECK_INT(recompute_apply(&t.p.as_north, r.digest, STR("приказ № 8"), &n, &e), EC_DENIED);
	CHECK_INT(recompute_apply(&t.clerk, r.digest, STR(" "), &n, &e), EC_INPUT);
	CHECK_OK(recompute_apply(&t.clerk, r.digest, STR("приказ № 8"), &n, &e));
	CHECK_INT(n, 2);
	CHECK_STR(row_of(&t, "1.1", 0).due, STR("2022-05-04"));
	whole(&t);
	/* the road map of that day still shows the day of then */
	struct assignment_list l;
	CHECK_OK(assignment_list_as_of(&t.clerk, date_make(2022, 3, 1),
	        &(struct assignment_filter){.search = STR("самоанализ")}, &l, &e));
	REQUIRE(l.n == 3);
	CHECK_STR(l.v[0].due, STR("2022-04-30"));
	struct due_pasts past;
	CHECK_OK(due_moves_of(&t.clerk, a1.id, &past, &e));
	REQUIRE(past.n == 1);
	CHECK_STR(past.v[0].old_due, STR("2022-04-30"));
	CHECK_STR(past.v[0].reason, STR("приказ № 8"));
	/* a second time nothing moves */
	CHECK_OK(recompute_preview(&t.clerk, &r, &e));
	CHECK_INT(r.n_moved, 0);
	/* 31.03.2022 has passed: a day off declared afterwards changes nothing */
	CHECK_OK(calendar_day_put(&t.clerk,
	        &(struct day_form){.day = STR("31.03.2022"),
	                .kind = STR("off"),
	                .from = {STR("указ № 9"), STR(""), STR("regional")}},
	        &e));
	CHECK_OK(recompute_preview(&t.clerk, &r, &e));
	CHECK_INT(r.n_moved, 0);
	CHECK_INT(r.n_past, 3);
	whole(&t);
}

TEST(a_changed_calendar_moves_open_assignments_only_when_told_to)
{
	dbfix_each(moved);
}

static void event(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct town t;
	struct waiting w;
	struct event_effect f;
	found_town(&t, db, &a);
	CHECK_OK(due_waiting(&t.clerk, &w, &e));
	REQUIRE(w.n_events == 1 && w.n_schedules == 1);
	CHECK_INT(w.event[0].n, 3);
	CHECK_OK(due_waiting(&t.p.as_school, &w, &e));
	REQUIRE(w.n_events == 1);
	CHECK_INT(w.event[0].n, 1);
	CHECK(!w.event[0].may);
	go_to(&t, 20); /* 07.03.2022 */
	struct event_form form = {.anchor = STR("получения результатов"),
	        .happened = STR("05.03.2022"),
	        .source = STR("письмо № 3")};
	struct event_form bad = form;
	bad.happened = STR("08.03.2022");
	CHECK_INT(event_name(&t.clerk, &bad, &f, &e), EC_INPUT);
	bad = form;
	bad.anchor = STR("прихода весны");
	CHECK_INT(event_name(&t.clerk, &bad, &f, &e), EC_NOTFOUND);
	CHECK_INT(event_name(&t.p.as_school, &form, &f, &e), EC_DENIED);
	CHECK_OK(event_preview(&t.clerk, &form, &f, &e));
	CHECK_INT(f.n_dated, 3);
	CHECK(row_of(&t, "1.3", 0).due.p == NULL);
	CHECK_OK(event_name(&t.clerk, &form, &f, &e));
	CHECK_STR(row_of(&t, "1.3", 0).due, STR("2022-03-15"));
	struct assignment_card card;
	CHECK_OK(assignment_card(&t.clerk, row_of(&t, "1.3", 0).id, &card, &e));
	CHECK(str_has(card.why, STR("наступило 05.03.2022, основание: письмо № 3")));
	whole(&t);
	/* it happens again: one more day for the same schools, once */
	go_to(&t, 60);
	form.happened = STR("01.04.2022");
	CHECK_OK(event_name(&t.clerk, &form, &f, &e));
	CHECK_INT(f.n_dated, 0);
	CHECK_INT(f.n_more, 1);
	CHECK_INT(n_of(&t, "1.3"), 6);
	CHECK_OK(event_name(&t.clerk, &form, &f, &e));
	CHECK_INT(n_of(&t, "1.3"), 6);
	whole(&t);
}

TEST(a_named_event_gives_days_to_all_who_wait_for_it)
{
	dbfix_each(event);
}

static void schedule(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct town t;
	struct waiting w;
	struct schedule_done d;
	struct schedule_card card;
	found_town(&t, db, &a);
	CHECK_OK(due_waiting(&t.clerk, &w, &e));
	REQUIRE(w.n_schedules == 1);
	struct schedule_form f = {.deadline_id = w.schedule[0].deadline_id,
	        .source = STR("приказ № 5"),
	        .lines = STR("Школа неведомая\t15.03.2022\n32.03.2022\n")};
	CHECK_INT(schedule_put(&t.clerk, &f, &d, &e), EC_INPUT);
	CHECK(str_has(str_c(e.msg), STR("строка 1")));
	CHECK(str_has(str_c(e.msg), STR("строка 2")));
	CHECK_INT(schedule_put(&t.p.as_north, &f, &d, &e), EC_NOTFOUND);
	CHECK_OK(schedule_card(&t.clerk, f.deadline_id, &card, &e));
	REQUIRE(card.n_orgs == 3);
	f.lines = str_printf(&a, STR_FMT "\t15.03.2022\t16.05.2022\n" STR_FMT ";2022-03-17\n",
	        STR_ARG(card.org[0].name), STR_ARG(card.org[1].name));
	CHECK_OK(schedule_put(&t.clerk, &f, &d, &e));
	CHECK_INT(d.n_days, 3);
	CHECK_INT(d.n_dated, 2);
	CHECK_INT(d.n_more, 1);
	CHECK_INT(n_of(&t, "1.4"), 4);
	CHECK_STR(row_of(&t, "1.4", 0).due, STR("2022-03-15"));
	CHECK(row_of(&t, "1.4", 3).due.p == NULL);
	/* the same once more changes nothing; the third school gets the day of all */
	CHECK_OK(schedule_put(&t.clerk, &f, &d, &e));
	CHECK_INT(d.n_dated + d.n_more, 0);
	f.lines = STR("20.03.2022");
	CHECK_OK(schedule_put(&t.clerk, &f, &d, &e));
	CHECK_INT(d.n_dated, 1);
	whole(&t);
}

TEST(a_schedule_gives_days_to_one_or_to_all)
{
	dbfix_each(schedule);
}

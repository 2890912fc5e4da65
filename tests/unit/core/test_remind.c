/* Reminding: which step falls on which day, once only, for whom; what a person sees of it. */
#include "base/limits.h"
#include "core/calendar/edit.h"
#include "core/calendar/reference.h"
#include "core/control/assignment_card.h"
#include "core/control/assignment_list.h"
#include "core/order/document_confirm.h"
#include "core/order/document_import.h"
#include "core/remind/notice.h"
#include "core/remind/remind.h"
#include "dbfix.h"
#include "place.h"
#include "test.h"

#include <stdio.h>

/* Written for this test; no real body or person. */
static const char order[] = "ДЕПАРТАМЕНТ ОБРАЗОВАНИЯ ЗАРЕЧНОЙ ОБЛАСТИ\n\n"
                            "ПРИКАЗ\n\n"
                            "10 февраля 2022 г.\n\n"
                            "№ 19/01\n\n"
                            "г. Заречный\n\n"
                            "О самоанализе\n\n"
                            "В целях порядка п р и к а з ы в а ю:\n\n"
                            "1. Руководителям общеобразовательных организаций:\n\n"
                            "1.1. Провести самоанализ.\n\n"
                            "Срок: до 01.03.2022\n\n"
                            "Директор департамента А. Б. Заречный\n";

struct town {
	struct place p;
	struct clock later;
	int64_t document;
};

static struct date d(int y, int m, int day)
{
	return date_make(y, m, day);
}

static void go_to(struct town *t, struct date day)
{
	t->later = place_winter;
	t->later.fixed = (int64_t)date_days(day) * 86400 + 7 * 3600; /* noon there */
	t->p.c.clock = t->p.as_clerk.clock = t->p.as_school.clock = t->p.as_north.clock = &t->later;
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
	enum ec ec = document_confirm(&t->p.as_clerk, t->document, k.version, &r, &e);
	if (!CHECK_INT(ec, EC_OK))
		(void)printf("# %s\n", e.msg);
	CHECK_INT(r.n_assignments, 3);
}

static int64_t run(struct town *t, struct date day, struct remind_counts *counts)
{
	struct err e = {0};
	int64_t before = counts->total;
	go_to(t, day);
	enum ec ec = remind_run(&t->p.c, day, counts, &e);
	if (!CHECK_INT(ec, EC_OK))
		(void)printf("# %s\n", e.msg);
	return counts->total - before;
}

static struct notice_list seen(const struct ctx *c)
{
	struct err e = {0};
	struct notice_list l = {0};
	CHECK_OK(notice_list(c, &(struct notice_filter){0}, &l, &e));
	return l;
}

static int64_t step_n(const struct remind_counts *counts, const char *code)
{
	for (size_t i = 0; i < counts->n; i++)
		if (str_eq_z(counts->v[i].code, code))
			return counts->v[i].n;
	return -1;
}

/* Due on Tuesday 01.03.2022. 23 February and 7–8 March are off, Saturday 5 March is worked on. */
static void day_by_day(struct db *db)
{
	AUTO_ARENA(a, LIMIT_ARENA_REQUEST);
	struct town t = {0};
	struct remind_counts counts = {0};
	found_town(&t, db, &a);
	static const struct {
		int m, d, n;
		const char *rule;
	} told[] = {
	        {2, 21, 0, ""},
	        {2, 22, 1, "за 7 дн. до срока"},
	        {2, 24, 0, ""},
	        {2, 25, 1, "за 3 дн. до срока"}, /* Saturday 26.02 goes back to Friday */
	        {2, 26, 0, ""},
	        {2, 28, 1, "за 1 раб. дн. до срока"},
	        {3, 1, 1, "в день срока"},
	        {3, 2, 1, "через 1 раб. дн. после срока"},
	        {3, 3, 0, ""},
	        {3, 4, 2, ""}, /* the controller of the north: two schools */
	        {3, 15, 0, ""},
	        {3, 16, 3, ""}, /* the head: three schools */
	        {4, 30, 0, ""},
	};
	for (size_t i = 0; i < ARRAY_LEN(told); i++) {
		if (!CHECK_INT(run(&t, d(2022, told[i].m, told[i].d), &counts), told[i].n))
			(void)printf("# on %d.%d\n", told[i].d, told[i].m);
		CHECK_INT(run(&t, d(2022, told[i].m, told[i].d), &counts), 0);
		struct notice_list l = seen(&t.p.as_school);
		if (told[i].rule[0] != '\0' && CHECK(l.n > 0))
			CHECK_STR(l.v[0].rule, str_c(told[i].rule));
	}
	CHECK_INT(step_n(&counts, "b7"), 1);
	CHECK_INT(step_n(&counts, "a3"), 2);
	CHECK_INT(step_n(&counts, "a10"), 3);
	CHECK_INT(seen(&t.p.as_school).total, 5);
	/* schools of one point stand in one row */
	struct notice_list north = seen(&t.p.as_north);
	REQUIRE(north.n == 1);
	CHECK_INT(north.v[0].n, 2);
	CHECK_STR(north.v[0].light, STR("overdue"));
}
TEST(each_step_is_told_on_its_working_day_and_once)
{
	dbfix_each(day_by_day);
}

static void missed(struct db *db)
{
	AUTO_ARENA(a, LIMIT_ARENA_REQUEST);
	struct town t = {0};
	struct remind_counts counts = {0};
	found_town(&t, db, &a);
	/* nothing ran from the 21st to the 28th: one notice, the latest, not three */
	CHECK_INT(run(&t, d(2022, 2, 28), &counts), 1);
	CHECK_STR(seen(&t.p.as_school).v[0].rule, STR("за 1 раб. дн. до срока"));
	/* nor did it run till April: the executor, the controller, the head hear of it once */
	CHECK_INT(run(&t, d(2022, 4, 1), &counts), 1 + 2 + 3);
	CHECK_INT(seen(&t.p.as_school).total, 2);
}
TEST(missed_days_are_caught_up_by_one_notice)
{
	dbfix_each(missed);
}

static void done(struct db *db)
{
	AUTO_ARENA(a, LIMIT_ARENA_REQUEST);
	struct town t = {0};
	struct err e = {0};
	struct remind_counts counts = {0};
	struct assignment_list l;
	found_town(&t, db, &a);
	CHECK_INT(run(&t, d(2022, 2, 22), &counts), 1);
	CHECK_OK(assignment_list(&t.p.as_school, &(struct assignment_filter){0}, &l, &e));
	REQUIRE(l.n == 1);
	CHECK_OK(assignment_step(&t.p.as_school, l.v[0].id,
	        &(struct step_form){STEP_SUBMIT, l.v[0].version, STR("сделано")}, &e));
	CHECK_INT(run(&t, d(2022, 3, 2), &counts), 0);
	CHECK_STR(seen(&t.p.as_school).v[0].light, STR("done"));
}
TEST(what_is_submitted_is_not_reminded_of)
{
	dbfix_each(done);
}

static void steps(struct db *db)
{
	AUTO_ARENA(a, LIMIT_ARENA_REQUEST);
	struct town t = {0};
	struct err e = {0};
	struct remind_steps s;
	struct remind_counts counts = {0};
	found_town(&t, db, &a);
	struct remind_step_form f = {.territory_id = t.p.north,
	        .code = STR("b7"),
	        .days = -7,
	        .audience = STR("executor"),
	        .from = {.source = STR("решение округа")}};
	CHECK_INT(remind_step_put(&t.p.as_north, &f, &e), EC_DENIED);
	CHECK_OK(remind_step_put(&t.p.as_clerk, &f, &e));
	CHECK_OK(remind_steps_load(&t.p.c, t.p.north, &s, &e));
	CHECK_STR(s.v[0].code, STR("b7"));
	CHECK(!s.v[0].active);
	CHECK_STR(s.v[0].from.source, STR("решение округа"));
	CHECK_OK(remind_steps_load(&t.p.c, t.p.south, &s, &e));
	CHECK(s.v[0].active);
	/* the only school with an account is in the north */
	CHECK_INT(run(&t, d(2022, 2, 22), &counts), 0);
	f.drop = true;
	CHECK_OK(remind_step_put(&t.p.as_clerk, &f, &e));
	CHECK_INT(remind_step_put(&t.p.as_clerk, &f, &e), EC_NOTFOUND);
	CHECK_INT(run(&t, d(2022, 2, 22), &counts), 1);
	f = (struct remind_step_form){.code = STR("x"),
	        .days = -2,
	        .audience = STR("head"),
	        .from = {.source = STR("решение")}};
	CHECK_INT(remind_step_put(&t.p.as_clerk, &f, &e), EC_INPUT);
}
TEST(a_territory_switches_steps_by_a_row_of_its_own)
{
	dbfix_each(steps);
}

static void settings(struct db *db)
{
	AUTO_ARENA(a, LIMIT_ARENA_REQUEST);
	struct town t = {0};
	struct err e = {0};
	struct remind_counts counts = {0};
	struct notice_setting s;
	struct notice_card card;
	int64_t n;
	found_town(&t, db, &a);
	CHECK_OK(notice_setting_of(&t.p.as_school, t.p.head.user_id, &s, &e));
	CHECK(s.page && s.mail && !s.days_off);
	CHECK(notice_quiet(&s, 20) && notice_quiet(&s, 3) && !notice_quiet(&s, 7));
	s.muted[s.n_muted++] = STR("b7");
	CHECK_OK(notice_setting_put(&t.p.as_school, &s, &e));
	CHECK_INT(run(&t, d(2022, 2, 22), &counts), 0);
	CHECK_INT(run(&t, d(2022, 2, 25), &counts), 1);
	CHECK_OK(notice_bell(&t.p.as_school, &n, &e));
	CHECK_INT(n, 1);
	s.quiet_from = 11; /* noon there */
	s.quiet_to = 13;
	CHECK_OK(notice_setting_put(&t.p.as_school, &s, &e));
	CHECK_OK(notice_bell(&t.p.as_school, &n, &e));
	CHECK_INT(n, 0);
	s.quiet_from = 8;
	CHECK_INT(notice_setting_put(&t.p.as_school, &s, &e), EC_INPUT); /* letter at 8 */
	struct notice_list l = seen(&t.p.as_school);
	REQUIRE(l.n == 1);
	CHECK_OK(notice_get(&t.p.as_school, l.v[0].id, &card, &e));
	CHECK(str_has(card.why, STR("за 3 дн. до срока")));
	CHECK(str_has(card.why, STR("пт 25.02.2022")));
	CHECK(str_has(card.why, STR("принято soko")) || str_has(card.why, STR("правило soko")));
	CHECK_INT(notice_get(&t.p.as_north, l.v[0].id, &card, &e), EC_NOTFOUND);
	CHECK_INT(notice_mark(&t.p.as_north, l.v[0].id, true, &n, &e), EC_NOTFOUND);
	CHECK_OK(notice_mark(&t.p.as_school, l.v[0].id, true, &n, &e));
	CHECK_INT(n, 1);
	CHECK_INT(seen(&t.p.as_school).v[0].n_unread, 0);
	CHECK_OK(notice_mark(&t.p.as_school, l.v[0].id, false, &n, &e));
	CHECK_OK(notice_mark(&t.p.as_school, 0, true, &n, &e));
	CHECK_INT(n, 1);
}
TEST(a_person_chooses_steps_and_quiet_hours_and_sees_their_own_only)
{
	dbfix_each(settings);
}

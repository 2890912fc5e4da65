/* When things are due: the production calendar, school terms and the rules of a territory. */
#include "base/limits.h"
#include "core/calendar/calendar.h"
#include "core/calendar/reference.h"
#include "core/order/due_days.h"
#include "core/registry/territory.h"
#include "db/q_calendar.h"
#include "dbfix.h"
#include "test.h"

/* 15.02.2022, noon in Yekaterinburg */
static const struct clock winter = {.fixed = 1644908400, .offset_min = 300};

struct place {
	struct ctx c;
	int64_t region, north;
};

static void settle_in(struct place *p, struct db *db, struct arena *a)
{
	struct err e = {0};
	p->c = (struct ctx){.a = a, .db = db, .clock = &winter, .actor = &actor_program};
	CHECK_OK(territory_create(&p->c,
	        &(struct territory_form){STR("Заречная область"), STR(""), ACTOR_ALL}, &p->region,
	        &e));
	CHECK_OK(territory_create(&p->c,
	        &(struct territory_form){STR("Северный район"), STR(""), p->region}, &p->north,
	        &e));
	CHECK_OK(calendar_ensure(&p->c, &e));
	CHECK_OK(calendar_ensure(&p->c, &e)); /* the second time changes nothing */
}

static int off_days(const struct calendar *cal, int year)
{
	int n = 0;
	for (struct date d = date_make(year, 1, 1); d.y == year; d = date_add_days(d, 1))
		n += calendar_off(cal, d);
	return n;
}

static void years(struct db *db)
{
	AUTO_ARENA(a, 64 * MIB);
	struct err e = {0};
	struct place p;
	struct calendar *cal;
	settle_in(&p, db, &a);
	CHECK_OK(calendar_load(&p.c, 0, &cal, &e));
	/* days off of the published production calendars for the five-day week; 2020 without the
	 * days of the epidemic */
	CHECK_INT(off_days(cal, 2021), 118);
	CHECK_INT(off_days(cal, 2022), 118);
	CHECK_INT(off_days(cal, 2023), 118);
	CHECK_INT(off_days(cal, 2024), 118);
	CHECK_INT(off_days(cal, 2025), 118);
	CHECK_INT(off_days(cal, 2026), 118);
	CHECK(!calendar_off(cal, date_make(2022, 3, 5)));
	CHECK(calendar_off(cal, date_make(2022, 5, 3)));
	struct str said = calendar_day_said(&a, cal, date_make(2022, 5, 3));
	CHECK(str_has(said, STR("перенесён с сб 01.01.2022")));
	CHECK(str_has(said, STR("№ 1564")));
	CHECK(calendar_day(cal, date_make(2022, 11, 3)).early);
	CHECK(!calendar_day(cal, date_make(2022, 11, 2)).early);
	/* nobody has entered 2028: 9 May is a Tuesday, 12 June a Monday, 4 November a Saturday */
	CHECK(calendar_off(cal, date_make(2028, 11, 6)));
	CHECK(str_has(calendar_day_said(&a, cal, date_make(2028, 11, 6)), STR("предположение")));
	CHECK(!calendar_off(cal, date_make(2028, 11, 7)));
	CHECK_STR(calendar_year_from(cal, 2028).status, STR("assumed"));
	CHECK_STR(calendar_year_from(cal, 2024).status, STR("official"));
	CHECK_STR(
	        date_iso(&a, calendar_add_work(cal, date_make(2022, 4, 29), 1)), STR("2022-05-04"));
	CHECK_STR(
	        date_iso(&a, calendar_add_work(cal, date_make(2022, 5, 4), -1)), STR("2022-04-29"));
	CHECK_STR(date_iso(&a, calendar_next_work(cal, date_make(2022, 1, 1))), STR("2022-01-10"));
}

TEST(the_calendar_has_the_days_off_of_the_published_years)
{
	dbfix_each(years);
}

static void levels(struct db *db)
{
	AUTO_ARENA(a, 64 * MIB);
	struct err e = {0};
	struct place p;
	struct calendar *cal;
	struct term_span t;
	settle_in(&p, db, &a);
	AUTO_TX tx = {0};
	CHECK_OK(tx_begin(db, &tx, &e));
	CHECK_OK(q_calendar_day_add(db,
	        &(struct q_calendar_day_add_in){p.region, STR("2022-07-15"), STR("off"),
	                STR("День области"), STR_NONE, STR("закон области № 5"), STR_NONE,
	                STR("regional")},
	        &e));
	CHECK_OK(q_calendar_day_add(db,
	        &(struct q_calendar_day_add_in){p.north, STR("2022-07-15"), STR("work"), STR(""),
	                STR_NONE, STR("постановление района"), STR_NONE, STR("regional")},
	        &e));
	CHECK_OK(q_calendar_term_add(db,
	        &(struct q_calendar_term_add_in){p.north, 2022, STR("quarter"), 4,
	                STR("2023-04-03"), STR("2023-05-26"), STR("приказ № 7"), STR_NONE,
	                STR("regional")},
	        &e));
	CHECK_OK(tx_commit(&tx, &e));
	CHECK_OK(calendar_load(&p.c, p.region, &cal, &e));
	CHECK(calendar_off(cal, date_make(2022, 7, 15)));
	CHECK(calendar_term(cal, TERM_QUARTER, 4, 2022, &t));
	CHECK_STR(date_iso(&a, t.end), STR("2023-05-31"));
	CHECK(calendar_term(cal, TERM_TRIMESTER, 2, 2023, &t));
	CHECK_STR(date_iso(&a, t.end), STR("2024-02-29"));
	CHECK_OK(calendar_load(&p.c, p.north, &cal, &e));
	CHECK(!calendar_off(cal, date_make(2022, 7, 15)));
	CHECK(calendar_term(cal, TERM_QUARTER, 4, 2022, &t));
	CHECK_STR(date_iso(&a, t.end), STR("2023-05-26"));
	CHECK(calendar_term(cal, TERM_QUARTER, 4, 2023, &t));
	CHECK_STR(date_iso(&a, t.end), STR("2024-05-31"));
	CHECK(!calendar_term(cal, TERM_QUARTER, 5, 2023, &t));
}

TEST(the_nearest_level_decides_about_a_day_and_a_term)
{
	dbfix_each(levels);
}

/* A deadline as the card has it. */
static struct card_deadline deadline(const char *kind, const char *text, const char *end)
{
	return (struct card_deadline){.kind = str_c(kind),
	        .text = str_c(text),
	        .said = str_c(text),
	        .end = end == NULL ? STR_NONE : str_c(end),
	        .recurrence = STR(""),
	        .anchor = STR(""),
	        .offset = STR("")};
}

static void rules(struct db *db)
{
	AUTO_ARENA(a, 64 * MIB);
	struct err e = {0};
	struct place p;
	struct calendar *cal;
	struct due_days days;
	settle_in(&p, db, &a);
	CHECK_OK(calendar_load(&p.c, p.region, &cal, &e));
	struct due_env env = {
	        .doc = date_make(2022, 4, 28), .today = date_make(2022, 4, 28), .cal = cal};
	struct card_deadline d = deadline("date", "до 30.04.2022", "2022-04-30");
	deadline_due(&a, &d, &env, &days);
	CHECK_STR(days.day[0], STR("2022-04-30"));
	CHECK(str_has(due_why(&a, &days, 0), STR("не переносится")));
	cal->rule[RULE_DAY_OFF] = (struct rule_value){
	        p.region, STR("next"), {STR("ст. 193 ГК РФ"), STR_NONE, STR("regional")}};
	deadline_due(&a, &d, &env, &days);
	CHECK_STR(days.day[0], STR("2022-05-04"));
	CHECK_STR(days.base[0], STR("2022-04-30"));
	CHECK(str_has(due_why(&a, &days, 0),
	        STR("перенесён с сб 30.04.2022 на ср 04.05.2022, потому что выходной")));
	CHECK(str_has(due_why(&a, &days, 0), STR("ст. 193 ГК РФ")));
	/* five working days from a Thursday before the May holidays, with transfers and without */
	d = deadline("event_relative", "в течение 5 рабочих дней", "2022-05-06");
	d.anchor = STR("@document");
	d.offset = STR("+5wd");
	deadline_due(&a, &d, &env, &days);
	CHECK_STR(days.day[0], STR("2022-05-11"));
	CHECK(str_has(days.moved[0], STR("без переносов был бы")));
	cal->rule[RULE_WORK_DAYS].value = STR("plain");
	deadline_due(&a, &d, &env, &days);
	CHECK_STR(days.day[0], STR("2022-05-06"));
	cal->rule[RULE_WORK_DAYS].value = STR("production");
	/* the last working day of April 2022 and of December 2022 */
	d = deadline("periodic", "последний рабочий день месяца", NULL);
	d.recurrence = STR("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1");
	env.plan_end = date_make(2022, 12, 31);
	deadline_due(&a, &d, &env, &days);
	REQUIRE(days.n == 9);
	CHECK_STR(days.day[0], STR("2022-04-29"));
	CHECK_STR(days.day[8], STR("2022-12-30"));
}

TEST(a_deadline_moves_only_where_the_territory_says_so_and_tells_why)
{
	dbfix_each(rules);
}

TEST(an_event_makes_due_what_waits_for_it)
{
	AUTO_ARENA(a, MIB);
	struct due_days days;
	struct calendar cal = {0};
	struct named_event ev[] = {{.key = event_key(&a, STR("получения результатов ВПР")),
	        .anchor = STR("получения результатов ВПР"),
	        .happened = date_make(2022, 6, 1),
	        .grace = 5,
	        .source = STR("письмо № 3")}};
	struct due_env env = {.doc = date_make(2022, 4, 28), .cal = &cal};
	struct card_deadline d = deadline("event_relative", "через 10 дней", NULL);
	d.anchor = STR("получения результата ВПР");
	d.offset = STR("+10d");
	CHECK(due_waits_event(&d));
	deadline_due(&a, &d, &env, &days);
	CHECK(days.day[0].p == NULL);
	CHECK(str_has(days.why, STR("ждёт")));
	env.event = ev;
	env.n_events = 1;
	deadline_due(&a, &d, &env, &days);
	CHECK_STR(days.day[0], STR("2022-06-11"));
	CHECK_STR(days.base[0], STR("2022-06-01"));
	CHECK(str_has(days.moved[0], STR("письмо № 3")));
	d.offset = STR("+0d");
	deadline_due(&a, &d, &env, &days);
	CHECK_STR(days.day[0], STR("2022-06-06"));
	d.offset = STR("-0d");
	deadline_due(&a, &d, &env, &days);
	CHECK_STR(days.day[0], STR("2022-05-31"));
	d.offset = STR("+1mo");
	deadline_due(&a, &d, &env, &days);
	CHECK_STR(days.day[0], STR("2022-07-01"));
}

/* The life of an assignment: what may follow what, who may do it, what is taken back, and what each
 * state answers to «почему?». */
#include "base/limits.h"
#include "dbfix.h"
#include "job_town.h"
#include "test.h"

static void taken_back(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct job_town t;
	found_job_town(&t, db, &a);
	struct ctx *school = &t.p.as_school, *clerk = &t.p.as_clerk;
	CHECK(job_step(school, t.own, STEP_ACCEPT, "", EC_DENIED));
	CHECK(job_step(clerk, t.own, STEP_ACCEPT, "", EC_CONFLICT));
	CHECK(job_step(school, t.own, STEP_SUBMIT, "", EC_INPUT));
	CHECK(job_step(school, t.own, STEP_SUBMIT, "сделано", EC_OK));
	/* the executor thinks again, until it is looked at */
	CHECK(job_step(school, t.own, STEP_RECALL, "", EC_INPUT));
	CHECK(job_step(school, t.own, STEP_RECALL, "не тот файл", EC_OK));
	CHECK_INT(job_card(school, t.own).row.state, CONTROL_WORKING);
	CHECK(job_step(school, t.own, STEP_SUBMIT, "сделано", EC_OK));
	/* returned by mistake, accepted by mistake */
	CHECK(job_step(clerk, t.own, STEP_RETURN, "", EC_INPUT));
	CHECK(job_step(clerk, t.own, STEP_RETURN, "нет приложения", EC_OK));
	CHECK(job_step(school, t.own, STEP_UNRETURN, "есть", EC_DENIED));
	CHECK(job_step(clerk, t.own, STEP_UNRETURN, "приложение есть", EC_OK));
	CHECK_INT(job_card(school, t.own).row.state, CONTROL_SUBMITTED);
	CHECK(job_step(clerk, t.own, STEP_ACCEPT, "", EC_OK));
	CHECK(job_step(school, t.own, STEP_RECALL, "поздно", EC_CONFLICT));
	CHECK(job_step(clerk, t.own, STEP_UNACCEPT, "", EC_INPUT));
	CHECK(job_step(clerk, t.own, STEP_UNACCEPT, "не та школа", EC_OK));
	struct assignment_card k = job_card(clerk, t.own);
	CHECK_INT(k.row.state, CONTROL_SUBMITTED);
	CHECK_STR(k.event[0].what, STR("принятие отменено, снова на проверке"));
	CHECK_STR(k.event[0].note, STR("не та школа"));
	job_town_whole(&t);
}

TEST(what_was_done_by_mistake_is_taken_back_with_a_reason)
{
	dbfix_each(taken_back);
}

static void off_and_on(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct job_town t;
	struct assignment_list l;
	found_job_town(&t, db, &a);
	struct ctx *school = &t.p.as_school, *clerk = &t.p.as_clerk;
	CHECK(job_step(school, t.own, STEP_SUBMIT, "сделано", EC_OK));
	CHECK(job_step(school, t.own, STEP_WITHDRAW, "не хотим", EC_DENIED));
	CHECK(job_step(clerk, t.own, STEP_WITHDRAW, "", EC_INPUT));
	CHECK(job_step(clerk, t.own, STEP_WITHDRAW, "отменено приказом", EC_OK));
	CHECK(job_step(clerk, t.other, STEP_WITHDRAW, "отменено приказом", EC_OK));
	CHECK(job_step(clerk, t.own, STEP_RESUME, "приказ отозван", EC_OK));
	CHECK(job_step(clerk, t.other, STEP_RESUME, "приказ отозван", EC_OK));
	/* each back to where it was */
	CHECK_INT(job_card(clerk, t.own).row.state, CONTROL_SUBMITTED);
	CHECK_INT(job_card(clerk, t.other).row.state, CONTROL_ASSIGNED);
	job_town_whole(&t);
	job_town_later(&t, 3);
	CHECK(job_step(clerk, t.own, STEP_ACCEPT, "", EC_OK));
	/* and the past says the same */
	CHECK_OK(assignment_list_as_of(clerk, date_make(2022, 2, 15),
	        &(struct assignment_filter){.state = CONTROL_SUBMITTED}, &l, &e));
	CHECK_INT(l.total, 1);
}

TEST(what_was_taken_off_control_comes_back_to_the_state_it_had)
{
	dbfix_each(off_and_on);
}

static void why(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct job_town t;
	struct assignment_list l;
	found_job_town(&t, db, &a);
	struct ctx *school = &t.p.as_school, *clerk = &t.p.as_clerk;
	job_town_later(&t, 16); /* 03.03.2022 */
	struct assignment_card k = job_card(school, t.own);
	CHECK_INT(k.row.verdict.status, STATUS_OVERDUE);
	CHECK_INT(k.row.verdict.days_over, 2);
	CHECK(job_step(school, t.own, STEP_SUBMIT, "сделано", EC_OK));
	k = job_card(school, t.own);
	CHECK_INT(k.row.verdict.status, STATUS_REVIEW);
	CHECK_INT(k.row.verdict.days_late, 2);
	CHECK_STR(k.row.verdict.why,
	        STR("исполнение представлено и ждёт проверки: просрочка не считается; отчёт "
	            "представлен 03.03.2022, на 2 дня позже срока 01.03.2022"));
	CHECK(job_step(clerk, t.own, STEP_ACCEPT, "", EC_OK));
	CHECK_INT(job_card(clerk, t.own).row.verdict.days_late, 2);
	/* an earlier day sees no report */
	CHECK_OK(assignment_list_as_of(clerk, date_make(2022, 3, 2),
	        &(struct assignment_filter){.status = STATUS_OVERDUE}, &l, &e));
	CHECK_INT(l.total, 3);
	/* a co-executor is never overdue, and the lists count the same */
	job_town_later(&t, 40);
	CHECK_OK(assignment_list(
	        clerk, &(struct assignment_filter){.status = STATUS_OPTIONAL}, &l, &e));
	CHECK_INT(l.total, 3);
	for (size_t i = 0; i < l.n; i++) {
		CHECK_INT(l.v[i].verdict.status, STATUS_OPTIONAL);
		CHECK(str_has(l.v[i].verdict.why, STR("соисполнитель")));
	}
}

TEST(each_state_says_why_and_lateness_comes_from_days_alone)
{
	dbfix_each(why);
}

/* The life of a document: dropped → corrected → settled → confirmed → on control → done; who sees
 * what, what the history tells, and that nothing is ever left half. */
#include "base/file.h"
#include "base/limits.h"
#include "base/secret.h"
#include "core/control/assignment_card.h"
#include "core/control/check.h"
#include "core/control/overview.h"
#include "core/history.h"
#include "core/order/document_card.h"
#include "core/order/document_confirm.h"
#include "core/order/document_edit.h"
#include "core/order/document_import.h"
#include "core/order/recur.h"
#include "core/order/resolve.h"
#include "core/registry/org.h"
#include "core/registry/territory.h"
#include "core/registry/user.h"
#include "db/q_assignment.h"
#include "dbfix.h"
#include "place.h"
#include "test.h"

#include <math.h>
#include <stdio.h>

static void draft(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct place p;
	settle_in(&p, db, &a);
	int64_t id = drop(&p);
	int64_t again = 0;
	struct document_source src = {str_c(place_order), STR("другое имя.txt"), 0};
	CHECK_INT(document_import(&p.as_clerk, &src, &again, &e), EC_CONFLICT);
	CHECK_INT(again, id);
	CHECK_INT(document_import(&p.as_school, &src, &again, &e), EC_DENIED);

	struct document_card k = card_of(&p.as_clerk, id);
	CHECK_STR(k.row.number, STR("17/01"));
	CHECK_STR(k.row.date, STR("2022-02-10"));
	CHECK_INT(k.row.n_points, 4);
	CHECK(k.row.n_errors >= 1); /* 31 November */
	CHECK(!k.may_confirm);
	const struct card_point *p11 = point(&k, "1.1");
	const struct card_point *p21 = point(&k, "2.1");
	const struct card_point *p31 = point(&k, "3.1");
	REQUIRE(p11 != NULL && p21 != NULL && p31 != NULL);
	REQUIRE(p11->n_deadlines == 1 && p11->n_responsible == 1);
	CHECK(p11->deadline[0].has_proposal);
	CHECK_STR(p11->responsible[0].rule, STR("all_municipal"));
	CHECK_INT(p11->responsible[0].n_orgs, 2);
	REQUIRE(p21->n_responsible == 1);
	CHECK_STR(p21->responsible[0].rule, STR("all_schools"));
	CHECK_INT(p21->responsible[0].n_orgs, 3);
	REQUIRE(p31->n_responsible == 1);
	CHECK_STR(p31->responsible[0].rule, STR("unknown"));
	/* drafts are not seen by others */
	struct document_list l;
	CHECK_OK(document_list(&p.as_school, &(struct document_filter){0}, &l, &e));
	CHECK_INT(l.total, 0);
	struct document_card none;
	CHECK_INT(document_card(&p.as_school, id, &none, &e), EC_NOTFOUND);
	CHECK_OK(document_list(
	        &p.as_clerk, &(struct document_filter){.search = STR("анализа")}, &l, &e));
	CHECK_INT(l.total, 1);
	CHECK_INT(l.n_draft, 1);
}

TEST(a_dropped_order_is_a_draft_with_points_and_doubts)
{
	dbfix_each(draft);
}

/* Corrects everything the order above needs. */
static void correct(struct place *p, int64_t id)
{
	struct err e = {0};
	struct document_card k = card_of(&p->as_clerk, id);
	for (size_t i = 0; i < k.n_diagnostics; i++) {
		const struct card_diagnostic *g = &k.diagnostic[i];
		if (g->can_accept)
			CHECK_OK(diagnostic_settle(&p->as_clerk, g->id, SETTLE_ACCEPT, &e));
		else if (str_eq_z(g->severity, "error"))
			CHECK_OK(diagnostic_settle(&p->as_clerk, g->id, SETTLE_STANDS, &e));
	}
	const struct card_point *p31 = point(&k, "3.1");
	REQUIRE(p31 != NULL && p31->n_responsible == 1);
	CHECK_OK(responsible_set(&p->as_clerk,
	        &(struct responsible_form){p31->responsible[0].id, p->department, STR("")}, &e));
}

static int64_t confirmed(struct place *p)
{
	struct err e = {0};
	int64_t id = drop(p);
	correct(p, id);
	struct confirm_result r = {0};
	struct document_card k = card_of(&p->as_clerk, id);
	enum ec ec = document_confirm(&p->as_clerk, id, k.version, &r, &e);
	if (!CHECK_INT(ec, EC_OK))
		(void)printf("# %s\n", e.msg);
	return id;
}

static void edits(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct place p;
	struct confirm_result r;
	settle_in(&p, db, &a);
	int64_t id = drop(&p);
	struct document_card k = card_of(&p.as_clerk, id);
	CHECK_INT(document_confirm(&p.as_clerk, id, k.version, &r, &e), EC_INPUT);
	const struct card_point *p21 = point(&k, "2.1");
	REQUIRE(p21 != NULL);
	struct point_form f = point_form_of(&a, p21);
	f.deadlines = STR("до 5 марта 2022 года");
	f.responsibles = STR("МОУО / Иванова А. А.\nСОШ № 11");
	f.indicators = STR("Доля педагогов не менее 60 %");
	CHECK_INT(point_edit(&p.as_school, p21->id, p21->version, &f, &e), EC_NOTFOUND);
	CHECK_OK(point_edit(&p.as_clerk, p21->id, p21->version, &f, &e));
	/* the second person holds the old version */
	CHECK_INT(point_edit(&p.as_clerk, p21->id, p21->version, &f, &e), EC_CONFLICT);
	CHECK(str_has(str_c(e.msg), STR("другой человек")));
	struct card_point now;
	CHECK_OK(point_card(&p.as_clerk, p21->id, &now, &e));
	REQUIRE(now.n_deadlines == 1 && now.n_responsible == 2 && now.n_indicators == 1);
	CHECK_STR(now.deadline[0].end, STR("2022-03-05"));
	CHECK_STR(now.responsible[0].rule, STR("all_municipal"));
	CHECK_STR(now.responsible[0].person, STR("Иванова А. А."));
	CHECK_INT(now.responsible[1].org_id, p.school[1]);
	CHECK_NEAR(now.indicator[0].target, 60, 0);
	CHECK_STR(now.indicator[0].comparison, STR(">="));
	CHECK(now.edited);
	/* a bad phrase becomes an error again */
	f.deadlines = STR("до 30 февраля 2022 года");
	CHECK_OK(point_edit(&p.as_clerk, p21->id, now.version, &f, &e));
	struct document_card bad = card_of(&p.as_clerk, id);
	CHECK_INT(bad.row.n_errors, k.row.n_errors + 1);
	CHECK_OK(point_remove(&p.as_clerk, p21->id, now.version + 1, &e));
	bad = card_of(&p.as_clerk, id);
	CHECK_INT(bad.row.n_errors, k.row.n_errors);
	CHECK_INT(bad.row.n_points, 3);
	CHECK_OK(point_restore(&p.as_clerk, p21->id, now.version + 2, &e));
	int64_t added = 0;
	CHECK_OK(point_add(&p.as_clerk, id, p21->id,
	        &(struct point_form){.type = STR("task"),
	                .clause = STR("2.1а"),
	                .activity = STR("Собрать сведения"),
	                .responsibles = STR("ОО"),
	                .deadlines = STR("ежемесячно")},
	        &added, &e));
	CHECK_OK(document_edit(&p.as_clerk, id, card_of(&p.as_clerk, id).version,
	        &(struct document_form){.kind = STR("order"),
	                .title = STR("О качестве"),
	                .date = STR("11.02.2022")},
	        &e));
	CHECK_INT(document_edit(&p.as_clerk, id, k.version,
	                  &(struct document_form){.kind = STR("order"), .title = STR("О")}, &e),
	        EC_CONFLICT);
	struct card_history h;
	CHECK_OK(document_history(&p.as_clerk, id, &h, &e));
	CHECK_INT(h.n, 7);
	CHECK_STR(h.v[0].what, STR("изменены реквизиты"));
	CHECK_STR(h.v[1].what, STR("добавлен пункт 2.1а"));
	CHECK_STR(h.v[0].who, STR("clerk"));
	struct deadline_preview view;
	CHECK_OK(deadline_preview(&p.as_clerk, id, STR("до 31 апреля 2022 г."), &view, &e));
	REQUIRE(view.n == 1);
	CHECK(view.v[0].has_proposal);
}

TEST(a_correction_keeps_versions_problems_and_history)
{
	dbfix_each(edits);
}

static int64_t total(const struct ctx *c, const struct assignment_filter *f)
{
	struct err e = {0};
	struct assignment_list l = {0};
	CHECK_OK(assignment_list(c, f, &l, &e));
	CHECK_INT(l.n, l.total);
	return l.total;
}

static void cast(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct place p;
	settle_in(&p, db, &a);
	int64_t id = confirmed(&p);
	struct document_card k = card_of(&p.as_clerk, id);
	CHECK_STR(k.row.status, STR("confirmed"));
	/* 1.1: two bodies; 2.1: three schools; 2.2: three schools, four quarters; 3.1: one */
	CHECK_INT(total(&p.as_clerk, &(struct assignment_filter){0}), 2 + 3 + 12 + 1);
	CHECK_INT(total(&p.as_north, &(struct assignment_filter){0}), 1 + 2 + 8);
	CHECK_INT(total(&p.as_school, &(struct assignment_filter){0}), 1 + 4);
	struct assignment_list l;
	CHECK_OK(assignment_list(&p.as_school, &(struct assignment_filter){0}, &l, &e));
	for (size_t i = 0; i < l.n; i++)
		CHECK_INT(l.v[i].org_id, p.school[0]);
	struct assignment_list all;
	CHECK_OK(assignment_list(
	        &p.as_clerk, &(struct assignment_filter){.org_id = p.school[2]}, &all, &e));
	REQUIRE(all.n == 5);
	struct assignment_card card;
	CHECK_INT(assignment_card(&p.as_school, all.v[0].id, &card, &e), EC_NOTFOUND);
	CHECK_OK(assignment_card(&p.as_school, l.v[0].id, &card, &e));
	CHECK(str_has(card.why, STR("все школы территории")));
	CHECK(str_has(card.why, STR("01.03.2022")));
	CHECK_STR(card.row.due, STR("2022-03-01"));
	CHECK(card.may[STEP_TAKE] && card.may[STEP_SUBMIT] && !card.may[STEP_ACCEPT]);
	/* the proposal the clerk accepted */
	CHECK_OK(assignment_list(
	        &p.as_clerk, &(struct assignment_filter){.org_id = p.muni_south}, &all, &e));
	REQUIRE(all.n == 1);
	CHECK_STR(all.v[0].due, STR("2022-11-30"));
	/* now the school sees the order, its neighbour's tasks stay hidden */
	struct document_list docs;
	CHECK_OK(document_list(&p.as_school, &(struct document_filter){0}, &docs, &e));
	REQUIRE(docs.n == 1);
	CHECK_INT(docs.v[0].n_assignments, 5);
	CHECK_INT(point_remove(&p.as_clerk, k.point[0].id, k.point[0].version, &e), EC_CONFLICT);
	struct confirm_result r;
	CHECK_INT(document_confirm(&p.as_clerk, id, k.version, &r, &e), EC_CONFLICT);
	CHECK_INT(total(&p.as_clerk, &(struct assignment_filter){.search = STR("гимназии")}), 5);
	struct history_check h;
	CHECK_OK(history_verify(&p.c, NULL, &h, &e));
	CHECK(h.whole);
}

TEST(each_school_gets_exactly_its_assignments)
{
	dbfix_each(cast);
}

static void take_step(
        const struct ctx *as, int64_t at, int64_t id, struct step_form f, enum ec want)
{
	struct err e = {0};
	struct clock then = {.fixed = at, .offset_min = 300};
	struct ctx c = *as;
	c.clock = &then;
	CHECK_INT(assignment_step(&c, id, &f, &e), want);
}

static int64_t on(const struct ctx *c, int y, int m, int d, enum control_status s)
{
	struct err e = {0};
	struct assignment_list l = {0};
	CHECK_OK(assignment_list_as_of(c, date_make(y, m, d),
	        &(struct assignment_filter){.from = STR("2022-03-01"), .to = STR("2022-03-01")}, &l,
	        &e));
	return l.by_status[s];
}

static void life(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct place p;
	const int64_t day = 86400;
	settle_in(&p, db, &a);
	(void)confirmed(&p);
	struct assignment_list l;
	CHECK_OK(assignment_list(&p.as_school, &(struct assignment_filter){0}, &l, &e));
	REQUIRE(l.n == 5);
	int64_t id = l.v[0].id;
	int64_t t = place_winter.fixed;
	take_step(
	        &p.as_school, t + day, id, (struct step_form){STEP_ACCEPT, 0, STR("")}, EC_DENIED);
	take_step(&p.as_school, t + day, id, (struct step_form){STEP_TAKE, 1, STR("")}, EC_OK);
	take_step(
	        &p.as_school, t + day, id, (struct step_form){STEP_TAKE, 1, STR("")}, EC_CONFLICT);
	take_step(&p.as_school, t + 2 * day, id, (struct step_form){STEP_SUBMIT, 1, STR("готово")},
	        EC_CONFLICT);
	take_step(&p.as_school, t + 2 * day, id, (struct step_form){STEP_SUBMIT, 2, STR(" ")},
	        EC_INPUT);
	take_step(&p.as_school, t + 2 * day, id, (struct step_form){STEP_SUBMIT, 2, STR("готово")},
	        EC_OK);
	take_step(&p.as_school, t + 3 * day, id, (struct step_form){STEP_ACCEPT, 0, STR("")},
	        EC_DENIED);
	take_step(&p.as_north, t + 3 * day, id,
	        (struct step_form){STEP_RETURN, 0, STR("нет справки")}, EC_OK);
	take_step(&p.as_school, t + 20 * day, id,
	        (struct step_form){STEP_SUBMIT, 0, STR("справка")}, EC_OK);
	take_step(
	        &p.as_clerk, t + 21 * day, id, (struct step_form){STEP_ACCEPT, 0, STR("")}, EC_OK);
	/* as it was: 16.02 in work, 17.02 submitted, 18.02 returned, 02.03 overdue, 07.03 again
	 * submitted, 08.03 done; the two other schools never answered */
	CHECK_INT(on(&p.as_clerk, 2022, 2, 14, STATUS_ANY), 0);
	CHECK_INT(on(&p.as_clerk, 2022, 2, 17, STATUS_REVIEW), 1);
	CHECK_INT(on(&p.as_clerk, 2022, 2, 18, STATUS_REVIEW), 0);
	CHECK_INT(on(&p.as_clerk, 2022, 2, 18, STATUS_LATER), 3);
	CHECK_INT(on(&p.as_clerk, 2022, 3, 1, STATUS_OVERDUE), 0);
	CHECK_INT(on(&p.as_clerk, 2022, 3, 2, STATUS_OVERDUE), 3);
	CHECK_INT(on(&p.as_clerk, 2022, 3, 7, STATUS_OVERDUE), 2);
	CHECK_INT(on(&p.as_clerk, 2022, 3, 8, STATUS_DONE), 1);
	CHECK_INT(on(&p.as_school, 2022, 3, 2, STATUS_ANY), 1);
	struct assignment_card card;
	CHECK_OK(assignment_card(&p.as_school, id, &card, &e));
	CHECK_INT(card.n_events, 6);
	CHECK_STR(card.event[1].what, STR("исполнение представлено"));
	CHECK_STR(card.event[5].what, STR("поставлено на контроль"));
	struct history_check h;
	CHECK_OK(history_verify(&p.c, NULL, &h, &e));
	CHECK(h.whole);
	/* the overview of 10 March */
	struct clock march = {.fixed = t + 23 * day, .offset_min = 300};
	struct ctx c = p.as_clerk;
	c.clock = &march;
	struct overview o;
	CHECK_OK(overview(&c, &o, &e));
	CHECK_INT(o.by_status[STATUS_OVERDUE], 3); /* two schools of 2.1, the department's 3.1 */
	CHECK_INT(o.by_status[STATUS_DONE], 1);
	CHECK_INT(o.n_submitted, 1);
	CHECK_INT(o.n_territories, 3);
	CHECK(o.territory[0].share_overdue >= o.territory[1].share_overdue);
	CHECK_INT(o.n_worst, 3);
	c.actor = &p.head;
	CHECK_OK(overview(&c, &o, &e));
	CHECK_INT(o.by_status[STATUS_ANY], 5);
	CHECK(!o.shows_territories);
}

TEST(an_assignment_lives_until_it_is_accepted_and_its_past_can_be_asked)
{
	dbfix_each(life);
}

static void back(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct place p;
	struct confirm_result r;
	settle_in(&p, db, &a);
	int64_t id = confirmed(&p);
	struct document_card k = card_of(&p.as_clerk, id);
	CHECK_INT(document_unconfirm(&p.as_clerk, id, k.version, STR(""), &e), EC_INPUT);
	CHECK_OK(document_unconfirm(&p.as_clerk, id, k.version, STR("ошибка в сроках"), &e));
	CHECK_INT(total(&p.as_clerk, &(struct assignment_filter){0}), 0);
	k = card_of(&p.as_clerk, id);
	CHECK(k.may_edit);
	/* deadlines may be written anew although withdrawn assignments remember them */
	const struct card_point *p21 = point(&k, "2.1");
	REQUIRE(p21 != NULL);
	struct point_form f = point_form_of(&a, p21);
	f.deadlines = STR("до 10.03.2022");
	CHECK_OK(point_edit(&p.as_clerk, p21->id, p21->version, &f, &e));
	k = card_of(&p.as_clerk, id);
	CHECK_OK(document_confirm(&p.as_clerk, id, k.version, &r, &e));
	CHECK_INT(r.n_assignments, 18);
	struct assignment_list l;
	CHECK_OK(assignment_list(&p.as_school, &(struct assignment_filter){0}, &l, &e));
	REQUIRE(l.n == 5);
	take_step(&p.as_school, place_winter.fixed + 60, l.v[0].id,
	        (struct step_form){STEP_TAKE, 0, STR("")}, EC_OK);
	k = card_of(&p.as_clerk, id);
	CHECK_INT(document_unconfirm(&p.as_clerk, id, k.version, STR("поздно"), &e), EC_CONFLICT);
	CHECK_OK(document_cancel(&p.as_clerk, id, k.version, STR("утратил силу"), &e));
	CHECK_INT(total(&p.as_clerk, &(struct assignment_filter){0}), 0);
	CHECK_INT(total(&p.as_clerk, &(struct assignment_filter){.status = STATUS_WITHDRAWN}), 36);
	struct history_check h;
	CHECK_OK(history_verify(&p.c, NULL, &h, &e));
	CHECK(h.whole);
}

TEST(a_document_goes_back_to_a_draft_or_loses_its_force)
{
	dbfix_each(back);
}

static void sets(struct db *db)
{
	AUTO_ARENA(a, 64 * MIB);
	struct err e = {0};
	struct place p;
	struct resolver *r;
	settle_in(&p, db, &a);
	CHECK_OK(org_alias_add(&p.c, p.department, STR("ДОЗО"), &e));
	CHECK_OK(resolver_open(&p.c, ACTOR_ALL, &r, &e));
	static const struct {
		const char *name, *rule;
	} cases[] = {
	        {"Руководителям общеобразовательных организаций", "all_schools"},
	        {"общеобразовательные организации", "all_schools"},
	        {"ОО", "all_schools"},
	        {"директора школ", "all_schools"},
	        {"Муниципальным органам управления образованием", "all_municipal"},
	        {"руководители МОУО", "all_municipal"},
	        {"Общеобразовательные организации, имеющие необъективные признаки оценивания",
	                "tag:bias"},
	        {"ОО, имеющие признаки необъективности", "tag:bias"},
	        {"школы с низкими образовательными результатами", "tag:low"},
	        {"школы-участницы проекта", "tag:project"},
	        {"ОО, участвующие в проекте «500+»", "tag:project"},
	        {"руководителям школ, включенных в список ОО с признаками необъективности",
	                "tag:bias"},
	        {"руководителям школ с низкими образовательными результатами", "tag:low"},
	        {"главам муниципальных районов и городских округов", "all_municipal"},
	        {"РЦОИ", "operator"},
	        {"Региональный оператор", "operator"},
	        {"ДОЗО", "org"},
	        {"Департаменту образования Заречной области", "org"},
	        {"«Средняя общеобразовательная школа №1»", "org"},
	        {"МАОУ СОШ № 11", "org"},
	        {"Управлению образования Южного округа", "org"},
	        {"Отдел общего образования", "author"},
	        {"ФГБУ «ФИОКО»", "outside"},
	        {"Центру волшебных измерений", "unknown"},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct resolved got;
		resolve_name(r, str_c(cases[i].name), STR(""), &got);
		if (!CHECK_STR(got.rule, str_c(cases[i].rule)))
			(void)printf("# %s\n", cases[i].name);
		CHECK(got.why.n > 0);
	}
	struct resolved one;
	resolve_name(r, STR("«Средняя общеобразовательная школа №1»"), STR(""), &one);
	CHECK_INT(one.org_id, p.school[0]);
	resolve_name(r, STR("Школа № 3"), STR(""), &one);
	CHECK(one.n_near > 0);
	struct resolve_near near[RESOLVE_NEAR_MAX];
	size_t n = resolve_nearest(r, STR("МАОУ СОШ 1"), near, 3);
	if (CHECK(n > 0))
		CHECK_INT(near[0].org_id, p.school[0]);
	for (size_t i = 1; i < n; i++)
		CHECK(near[i - 1].likeness >= near[i].likeness && near[i].org_id != near[0].org_id);
	/* a slip of the pen, another case */
	n = resolve_nearest(r, STR("Дeпартаменту образовния Заречной области"), near, 1);
	if (CHECK_INT(n, 1))
		CHECK_INT(near[0].org_id, p.department);
	CHECK_INT(resolve_nearest(r, STR("зимний сад"), near, 3), 0);
	CHECK_INT(resolve_nearest(r, STR(""), near, 3), 0);
}

TEST(words_of_executors_become_sets_of_organisations)
{
	dbfix_each(sets);
}

/* Any statement of a confirmation may fail: the fault is a broken reference, met half-way. */
static void halfway(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct place p;
	settle_in(&p, db, &a);
	int64_t id = drop(&p);
	correct(&p, id);
	struct document_card k = card_of(&p.as_clerk, id);
	/* the transaction of a caller that dies before the end */
	{
		AUTO_TX tx = {0};
		int64_t n = 0;
		CHECK_OK(tx_begin(db, &tx, &e));
		CHECK_OK(q_assignment_put_kind(db,
		        &(struct q_assignment_put_kind_in){id, k.point[0].id, DB_NULL_INT, 1,
		                STR("2022-03-01"), STR("x"), 1, STR("school"), DB_NULL_INT,
		                STR("2022-02-15"), STR("2022-03-01")},
		        &n, &e));
		CHECK_INT(n, 3);
	}
	CHECK_INT(total(&p.as_clerk, &(struct assignment_filter){0}), 0);
	struct confirm_result r;
	struct clock dead = {.fixed = place_winter.fixed, .offset_min = 300};
	struct actor ghost = p.clerk;
	ghost.user_id = 987654; /* confirmed_by refers to nobody: fails after all inserts */
	struct ctx c = p.as_clerk;
	c.clock = &dead;
	c.actor = &ghost;
	CHECK(document_confirm(&c, id, k.version, &r, &e) != EC_OK);
	CHECK_INT(total(&p.as_clerk, &(struct assignment_filter){0}), 0);
	struct document_card after = card_of(&p.as_clerk, id);
	CHECK_STR(after.row.status, STR("draft"));
	CHECK_INT(after.version, k.version);
	struct history_check h;
	CHECK_OK(history_verify(&p.c, NULL, &h, &e));
	CHECK(h.whole);
	CHECK_OK(document_confirm(&p.as_clerk, id, k.version, &r, &e));
	CHECK_INT(r.n_assignments, 18);
}

TEST(a_confirmation_that_fails_half_way_leaves_nothing)
{
	dbfix_each(halfway);
}

static void tampered(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct place p;
	struct check_report r;
	settle_in(&p, db, &a);
	(void)confirmed(&p);
	CHECK_OK(check_all(&p.c, &r, &e));
	CHECK(r.whole);
	struct assignment_list l;
	CHECK_OK(assignment_list(&p.as_school, &(struct assignment_filter){0}, &l, &e));
	REQUIRE(l.n > 0);
	/* somebody with the database in hand writes «accepted» past the program */
	{
		AUTO_TX tx = {0};
		int64_t n = 0;
		CHECK_OK(tx_begin(db, &tx, &e));
		CHECK_OK(q_assignment_step(db,
		        &(struct q_assignment_step_in){l.v[0].id, l.v[0].version, STR("accepted"),
		                place_winter.fixed, DB_NULL_INT, STR(""), DB_NULL_INT},
		        &n, &e));
		CHECK_OK(tx_commit(&tx, &e));
	}
	CHECK_OK(check_all(&p.c, &r, &e));
	CHECK(!r.whole);
	/* and gives a school one more assignment than was signed */
	{
		AUTO_TX tx = {0};
		int64_t n = 0;
		CHECK_OK(tx_begin(db, &tx, &e));
		CHECK_OK(q_assignment_put_org(db,
		        &(struct q_assignment_put_org_in){l.v[0].document_id, l.v[0].point_id,
		                DB_NULL_INT, 0, STR("2023-01-01"), STR("x"), place_winter.fixed,
		                p.school[0], STR("2023-01-01")},
		        &n, &e));
		CHECK_OK(tx_commit(&tx, &e));
	}
	CHECK_OK(check_all(&p.c, &r, &e));
	size_t wrong = 0;
	for (size_t i = 0; i < r.n; i++)
		wrong += !r.v[i].ok;
	CHECK_INT(wrong, 2);
}

TEST(a_change_past_the_program_is_found_by_the_check)
{
	dbfix_each(tampered);
}

static size_t days(const char *rule, const char *from, const char *to, struct date *v, size_t max)
{
	struct recur r;
	AUTO_ARENA(a, MIB);
	struct rrule_span s = {0};
	CHECK(date_parse_iso(str_c(from), &s.from) && date_parse_iso(str_c(to), &s.to));
	s.anchor = s.from;
	return CHECK(recur_parse(str_c(rule), &r)) ? recur_days(&a, &r, &s, v, max) : 0;
}

TEST(recurrences_give_their_days)
{
	AUTO_ARENA(a, MIB);
	struct date v[20];
	REQUIRE(days("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", "2022-02-10", "2023-02-10", v,
	                20) == 4);
	CHECK_STR(date_iso(&a, v[1]), STR("2022-06-30"));
	REQUIRE(days("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2022-07-01", "2022-08-31", v,
	                20) == 2);
	CHECK_STR(date_iso(&a, v[0]), STR("2022-07-29"));
	REQUIRE(days("FREQ=MONTHLY;BYMONTHDAY=30", "2022-02-01", "2022-03-31", v, 20) == 2);
	CHECK_STR(date_iso(&a, v[0]), STR("2022-02-28"));
	REQUIRE(days("FREQ=MONTHLY;BYDAY=3WE", "2022-02-01", "2022-02-28", v, 20) == 1);
	CHECK_STR(date_iso(&a, v[0]), STR("2022-02-16"));
	CHECK_INT(days("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "2022-02-01", "2022-02-28", v, 20), 2);
	CHECK_INT(days("FREQ=DAILY", "2022-02-01", "2022-02-28", v, 12), 12);
	struct recur r;
	CHECK(!recur_parse(STR("FREQ=HOURLY"), &r));
	CHECK(!recur_parse(STR("BYMONTH=13"), &r));
	CHECK_STR(recur_said(&a, STR("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30")),
	        STR("ежегодно: до 30 ноября"));
}

TEST(what_is_overdue_follows_from_the_date_alone)
{
	AUTO_ARENA(a, MIB);
	struct date today = date_make(2022, 12, 3);
	struct control_verdict v = control_judge(&a, CONTROL_WORKING, STR("2022-11-30"), today);
	CHECK_INT(v.status, STATUS_OVERDUE);
	CHECK_INT(v.days_over, 3);
	CHECK(str_has(v.why, STR("3 дня")));
	CHECK_INT(control_judge(&a, CONTROL_ASSIGNED, STR("2022-12-03"), today).status,
	        STATUS_DUE_WEEK);
	CHECK_INT(control_judge(&a, CONTROL_ASSIGNED, STR("2022-12-10"), today).status,
	        STATUS_DUE_WEEK);
	CHECK_INT(
	        control_judge(&a, CONTROL_ASSIGNED, STR("2022-12-11"), today).status, STATUS_LATER);
	CHECK_INT(control_judge(&a, CONTROL_ASSIGNED, STR_NONE, today).status, STATUS_NO_DATE);
	CHECK_INT(control_judge(&a, CONTROL_SUBMITTED, STR("2022-01-01"), today).status,
	        STATUS_REVIEW);
}

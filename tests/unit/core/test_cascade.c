/* From the region down: a municipality derives its plan, a school gets its own, deadlines stay
 * within those above. */
#include "base/limits.h"
#include "base/secret.h"
#include "core/control/assignment_card.h"
#include "core/control/assignment_list.h"
#include "core/control/check.h"
#include "core/order/cascade.h"
#include "core/order/coverage.h"
#include "core/order/document_card.h"
#include "core/order/document_confirm.h"
#include "core/order/document_edit.h"
#include "core/order/document_import.h"
#include "core/order/frozen_set.h"
#include "core/registry/org.h"
#include "core/registry/territory.h"
#include "core/registry/user.h"
#include "dbfix.h"
#include "test.h"

#include <stdio.h>

/* 15.02.2022, noon in Yekaterinburg */
static const struct clock winter = {.fixed = 1644908400, .offset_min = 300};

/* Written for this test; no real body or person. */
static const char order_text[] =
        "ДЕПАРТАМЕНТ ОБРАЗОВАНИЯ ЗАРЕЧНОЙ ОБЛАСТИ\n\n"
        "ПРИКАЗ\n\n"
        "10 февраля 2022 г.\n\n"
        "№ 17/01\n\n"
        "г. Заречный\n\n"
        "О мерах по повышению качества образования\n\n"
        "На основании решения коллегии (№ 2 от 01.02.2022) п р и к а з ы в а ю:\n\n"
        "1. Муниципальным органам управления образованием:\n\n"
        "1.1. Представить в департамент сведения о школах.\n\n"
        "Срок: до 30 ноября 2022 года\n\n"
        "2. Руководителям общеобразовательных организаций:\n\n"
        "2.1. Провести анализ результатов оценочных процедур.\n\n"
        "Срок: до 01.03.2022\n\n"
        "3. Руководителям общеобразовательных организаций, имеющих признаки необъективности:\n\n"
        "3.1. Провести перепроверку работ.\n\n"
        "Срок: до 20.05.2022\n\n"
        "4. Контроль за исполнением приказа оставляю за собой.\n\n"
        "Директор департамента А. Б. Заречный\n";

struct place {
	struct ctx c;
	int64_t region, north, south, muni_north, muni_south;
	int64_t school[3]; /* two in the north, one in the south */
	struct actor clerk, north_clerk, south_clerk, head;
	struct ctx as_clerk, as_north, as_south, as_school;
};

static int64_t territory(const struct ctx *c, const char *name, int64_t parent)
{
	struct err e = {0};
	int64_t id = 0;
	CHECK_OK(territory_create(
	        c, &(struct territory_form){str_c(name), STR(""), parent}, &id, &e));
	return id;
}

static int64_t org(const struct ctx *c, int64_t territory_id, const char *kind, const char *name)
{
	struct err e = {0};
	int64_t id = 0;
	CHECK_OK(org_create(c,
	        &(struct org_form){
	                .territory_id = territory_id, .kind = str_c(kind), .name = str_c(name)},
	        &id, &e));
	return id;
}

static void person(struct place *p, const char *login, struct actor_role r, struct actor *ret)
{
	struct err e = {0};
	int64_t id = 0;
	int64_t role = 0;
	CHECK_OK(user_create(&p->c,
	        &(struct user_form){.login = str_c(login),
	                .full_name = str_c(login),
	                .password = STR("долгий пароль"),
	                .light = true},
	        &id, &e));
	CHECK_OK(user_role_add(&p->c, id,
	        &(struct user_role_form){
	                role_name(r.role), r.territory_id, r.org_id, STR(""), STR("")},
	        &role, &e));
	CHECK_OK(actor_of_login(&p->c, str_c(login), ret, &e));
}

static void tag(struct place *p, int64_t org_id, const char *from)
{
	struct err e = {0};
	CHECK_OK(org_tag_add(&p->c, org_id,
	        &(struct org_tag_form){STR("bias"), str_c(from), STR(""), STR("приказ № 5")}, &e));
}

static void settle_in(struct place *p, struct db *db, struct arena *a)
{
	struct err e = {0};
	CHECK_OK(secret_init(&e));
	p->c = (struct ctx){.a = a, .db = db, .clock = &winter, .actor = &actor_program};
	const struct ctx *c = &p->c;
	p->region = territory(c, "Заречная область", ACTOR_ALL);
	p->north = territory(c, "Северный округ", p->region);
	p->south = territory(c, "Южный округ", p->region);
	(void)org(c, p->region, "department", "Департамент образования Заречной области");
	p->muni_north = org(c, p->north, "municipal", "Управление образования Северного округа");
	p->muni_south = org(c, p->south, "municipal", "Управление образования Южного округа");
	p->school[0] = org(c, p->north, "school", "МАОУ «СОШ № 1»");
	p->school[1] = org(c, p->north, "school", "МАОУ «СОШ № 11»");
	p->school[2] = org(c, p->south, "school", "МАОУ «Гимназия № 3»");
	tag(p, p->school[0], "2022-01-10");
	person(p, "clerk", (struct actor_role){ROLE_REGION, ACTOR_ALL, ACTOR_ALL}, &p->clerk);
	person(p, "north", (struct actor_role){ROLE_MUNICIPALITY, p->north, ACTOR_ALL},
	        &p->north_clerk);
	person(p, "south", (struct actor_role){ROLE_MUNICIPALITY, p->south, ACTOR_ALL},
	        &p->south_clerk);
	person(p, "head", (struct actor_role){ROLE_SCHOOL, p->north, p->school[0]}, &p->head);
	p->as_clerk = p->as_north = p->as_south = p->as_school = p->c;
	p->as_clerk.actor = &p->clerk;
	p->as_north.actor = &p->north_clerk;
	p->as_south.actor = &p->south_clerk;
	p->as_school.actor = &p->head;
}

static struct document_card card_of(const struct ctx *c, int64_t id)
{
	struct err e = {0};
	struct document_card card = {0};
	CHECK_OK(document_card(c, id, &card, &e));
	return card;
}

static const struct card_point *point(const struct document_card *k, const char *clause)
{
	for (size_t i = 0; i < k->n_points; i++)
		if (str_eq_z(k->point[i].clause, clause))
			return &k->point[i];
	return NULL;
}

static void confirm(const struct ctx *c, int64_t id)
{
	struct err e = {0};
	struct confirm_result r = {0};
	if (!CHECK_INT(document_confirm(c, id, card_of(c, id).version, &r, &e), EC_OK))
		(void)printf("# %s\n", e.msg);
}

static int64_t regional(struct place *p)
{
	struct err e = {0};
	int64_t id = 0;
	struct document_source src = {str_c(order_text), STR("приказ.txt"), 0};
	CHECK_OK(document_import(&p->as_clerk, &src, &id, &e));
	struct document_card k = card_of(&p->as_clerk, id);
	for (size_t i = 0; i < k.n_diagnostics; i++)
		if (str_eq_z(k.diagnostic[i].severity, "error"))
			CHECK_OK(diagnostic_settle(
			        &p->as_clerk, k.diagnostic[i].id, SETTLE_STANDS, &e));
	confirm(&p->as_clerk, id);
	return id;
}

static int64_t total(const struct ctx *c, int64_t document_id)
{
	struct err e = {0};
	struct assignment_list l = {0};
	CHECK_OK(assignment_list(
	        c, &(struct assignment_filter){.document_id = document_id}, &l, &e));
	return l.total;
}

static void derive(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct place p;
	settle_in(&p, db, &a);
	int64_t top = regional(&p);
	int64_t id = 0;
	int64_t again = 0;
	CHECK_INT(document_derive(&p.as_school, &(struct derive_form){top, 0, 0}, &id, &e),
	        EC_DENIED);
	CHECK_INT(document_derive(&p.as_south, &(struct derive_form){top, p.north, 0}, &id, &e),
	        EC_DENIED);
	CHECK_INT(document_derive(&p.as_clerk, &(struct derive_form){top, p.region, 0}, &id, &e),
	        EC_INPUT);
	CHECK_OK(document_derive(&p.as_north, &(struct derive_form){top, 0, 0}, &id, &e));
	CHECK_INT(document_derive(&p.as_north, &(struct derive_form){top, 0, 0}, &again, &e),
	        EC_CONFLICT);
	CHECK_INT(again, id);
	struct document_card k = card_of(&p.as_north, id);
	CHECK_INT(k.row.n_points, 3);
	CHECK_INT(k.row.n_errors, 0);
	CHECK_INT(k.parent_id, top);
	const struct card_point *p11 = point(&k, "1.1");
	const struct card_point *p21 = point(&k, "2.1");
	REQUIRE(p11 != NULL && p21 != NULL && p11->n_responsible == 1 && p21->n_deadlines == 1);
	CHECK_INT(p11->responsible[0].org_id, p.muni_north);
	CHECK_STR(p21->responsible[0].rule, STR("all_schools"));
	CHECK_INT(p21->responsible[0].n_orgs, 2);
	CHECK_STR(p21->deadline[0].end, STR("2022-03-01"));
	CHECK_INT(p21->parent_document_id, top);
	CHECK_STR(p21->parent_clause, STR("2.1"));
	CHECK(str_has(k.text, STR("Провести анализ")));
	/* others see no draft of the neighbour */
	struct derived_documents l;
	CHECK_OK(document_derived(&p.as_south, top, &l, &e));
	CHECK_INT(l.n, 0);
	CHECK(l.may_derive);
	CHECK_OK(document_derived(&p.as_clerk, top, &l, &e));
	CHECK_INT(l.n, 1);
	confirm(&p.as_north, id);
	CHECK_INT(total(&p.as_clerk, id), 1 + 2 + 1);
	CHECK_OK(document_derived(&p.as_school, top, &l, &e));
	CHECK(!l.may_derive);
	struct check_report r;
	CHECK_OK(check_all(&p.c, &r, &e));
	CHECK(r.whole);
}

TEST(a_municipality_derives_its_plan_from_the_regional_order)
{
	dbfix_each(derive);
}

static void school_plan(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct place p;
	int64_t muni = 0;
	int64_t plan = 0;
	settle_in(&p, db, &a);
	int64_t top = regional(&p);
	CHECK_OK(document_derive(&p.as_north, &(struct derive_form){top, 0, 0}, &muni, &e));
	CHECK_INT(document_derive(
	                  &p.as_north, &(struct derive_form){muni, 0, p.school[0]}, &plan, &e),
	        EC_CONFLICT); /* not on control yet */
	confirm(&p.as_north, muni);
	CHECK_INT(document_derive(
	                  &p.as_north, &(struct derive_form){muni, 0, p.school[2]}, &plan, &e),
	        EC_DENIED);
	CHECK_INT(document_derive(&p.as_north, &(struct derive_form){muni, 0, 0}, &plan, &e),
	        EC_INPUT);
	CHECK_OK(document_derive(
	        &p.as_north, &(struct derive_form){muni, 0, p.school[0]}, &plan, &e));
	struct document_card k = card_of(&p.as_north, plan);
	CHECK_INT(k.row.n_points, 2);
	/* whatever the clerk types, a school's plan binds the school alone */
	struct point_form f = point_form_of(&a, &k.point[0]);
	f.responsibles = STR("Руководителям общеобразовательных организаций");
	CHECK_OK(point_edit(&p.as_north, k.point[0].id, k.point[0].version, &f, &e));
	confirm(&p.as_north, plan);
	CHECK_INT(total(&p.as_clerk, plan), 2);
	CHECK_INT(total(&p.as_school, plan), 2);
}

TEST(a_school_plan_binds_that_school_alone)
{
	dbfix_each(school_plan);
}

static const struct card_diagnostic *late(const struct document_card *k)
{
	for (size_t i = 0; i < k->n_diagnostics; i++)
		if (str_eq_z(k->diagnostic[i].code, "deadline_after_parent"))
			return &k->diagnostic[i];
	return NULL;
}

static void lint(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct place p;
	int64_t id = 0;
	settle_in(&p, db, &a);
	int64_t top = regional(&p);
	CHECK_OK(document_derive(&p.as_north, &(struct derive_form){top, 0, 0}, &id, &e));
	struct document_card k = card_of(&p.as_north, id);
	const struct card_point *p21 = point(&k, "2.1");
	REQUIRE(p21 != NULL);
	struct point_form f = point_form_of(&a, p21);
	f.deadlines = STR("до 5 марта 2022 года");
	CHECK_OK(point_edit(&p.as_north, p21->id, p21->version, &f, &e));
	k = card_of(&p.as_north, id);
	const struct card_diagnostic *g = late(&k);
	REQUIRE(g != NULL);
	CHECK_STR(g->severity, STR("error"));
	CHECK(str_has(g->message, STR("05.03.2022")));
	CHECK(str_has(g->message, STR("01.03.2022")));
	CHECK(str_has(g->message, STR("п. 2.1, приказ № 17/01 от 10.02.2022")));
	CHECK(!k.may_confirm);
	/* no day at all is later than any day */
	f.deadlines = STR("");
	CHECK_OK(point_edit(&p.as_north, p21->id, p21->version + 1, &f, &e));
	k = card_of(&p.as_north, id);
	g = late(&k);
	REQUIRE(g != NULL);
	CHECK(str_has(g->message, STR("не назван")));
	f.deadlines = STR("до 25 февраля 2022 года");
	CHECK_OK(point_edit(&p.as_north, p21->id, p21->version + 2, &f, &e));
	k = card_of(&p.as_north, id);
	CHECK(late(&k) == NULL);
	CHECK(k.may_confirm);
}

TEST(a_derived_deadline_is_not_later_than_the_one_above)
{
	dbfix_each(lint);
}

static const struct cover_cell *cell(
        const struct coverage *m, const char *clause, int64_t unit, size_t *ret_n)
{
	for (size_t p = 0; p < m->n_points; p++)
		for (size_t u = 0; u < m->n_units; u++)
			if (str_eq_z(m->point[p].clause, clause) && m->unit[u].id == unit) {
				*ret_n += 1;
				return &m->cell[p * m->n_units + u];
			}
	return NULL;
}

#define CELL_IS(m, clause, unit, want)                                                             \
	do {                                                                                       \
		size_t found_ = 0;                                                                 \
		const struct cover_cell *x_ = cell((m), (clause), (unit), &found_);                \
		CHECK_INT(found_, 1);                                                              \
		if (x_ != NULL && !CHECK_INT(x_->state, (want)))                                   \
			(void)printf("# " STR_FMT "\n", STR_ARG(cover_why(&a, x_)));               \
	} while (0)

static struct coverage coverage_at(const struct ctx *c, int64_t id, int64_t t, int64_t place)
{
	struct err e = {0};
	struct clock then = {.fixed = t, .offset_min = 300};
	struct ctx at = *c;
	struct coverage m = {0};
	at.clock = &then;
	if (!CHECK_INT(coverage(&at, id, place, &m, &e), EC_OK))
		(void)printf("# %s\n", e.msg);
	return m;
}

static void direct(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct place p;
	const int64_t day = 86400;
	settle_in(&p, db, &a);
	int64_t top = regional(&p);
	struct coverage m = coverage_at(&p.as_clerk, top, winter.fixed, 0);
	CHECK(!m.by_org);
	CHECK_INT(m.n_points, 3);
	CHECK_INT(m.n_units, 2);
	CELL_IS(&m, "1.1", p.north, COVER_COVERED);
	CELL_IS(&m, "2.1", p.south, COVER_COVERED);
	CELL_IS(&m, "3.1", p.north, COVER_COVERED);
	CELL_IS(&m, "3.1", p.south, COVER_NONE);
	/* 02.03: 2.1 is overdue everywhere, 1.1 is not */
	m = coverage_at(&p.as_clerk, top, winter.fixed + 15 * day, 0);
	CELL_IS(&m, "2.1", p.north, COVER_LATE);
	CELL_IS(&m, "1.1", p.north, COVER_COVERED);
	/* a school that opens later, and one that enters the conditional set */
	int64_t born = org(&p.c, p.south, "school", "МАОУ «СОШ № 77»");
	tag(&p, p.school[2], "2022-02-14");
	m = coverage_at(&p.as_clerk, top, winter.fixed, 0);
	CELL_IS(&m, "2.1", p.south, COVER_MISSING);
	CELL_IS(&m, "2.1", p.north, COVER_COVERED);
	CELL_IS(&m, "3.1", p.south, COVER_MISSING);
	m = coverage_at(&p.as_clerk, top, winter.fixed, p.south);
	CHECK(m.by_org);
	CELL_IS(&m, "2.1", born, COVER_MISSING);
	CELL_IS(&m, "2.1", p.school[2], COVER_COVERED);
	CELL_IS(&m, "3.1", p.school[2], COVER_MISSING);
	CELL_IS(&m, "3.1", born, COVER_NONE);
	/* the scope of the actor: own organisations, whatever territory is asked for */
	m = coverage_at(&p.as_north, top, winter.fixed, p.south);
	CHECK_INT(m.territory_id, p.north);
	for (size_t i = 0; i < m.n_units; i++)
		CHECK(m.unit[i].id != p.school[2] && m.unit[i].id != born);
	m = coverage_at(&p.as_school, top, winter.fixed, 0);
	REQUIRE(m.n_units == 1);
	CHECK_INT(m.unit[0].id, p.school[0]);
	int64_t draft = 0;
	CHECK_OK(document_derive(&p.as_north, &(struct derive_form){top, 0, 0}, &draft, &e));
	CHECK_INT(coverage(&p.as_north, draft, 0, &m, &e), EC_CONFLICT);
	CHECK_INT(coverage(&p.as_south, draft, 0, &m, &e), EC_NOTFOUND);
}

TEST(coverage_shows_who_was_given_a_point_and_who_was_not)
{
	dbfix_each(direct);
}

static void derived(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct place p;
	int64_t id = 0;
	settle_in(&p, db, &a);
	int64_t top = regional(&p);
	CHECK_OK(document_derive(&p.as_north, &(struct derive_form){top, 0, 0}, &id, &e));
	struct document_card k = card_of(&p.as_north, id);
	const struct card_point *p11 = point(&k, "1.1");
	const struct card_point *p21 = point(&k, "2.1");
	const struct card_point *p31 = point(&k, "3.1");
	REQUIRE(p11 != NULL && p21 != NULL && p31 != NULL);
	/* 1.1 in other words, 2.1 later than allowed and left so, 3.1 struck out */
	struct point_form f = point_form_of(&a, p11);
	f.activity = STR("Собрать сведения о школах округа.");
	CHECK_OK(point_edit(&p.as_north, p11->id, p11->version, &f, &e));
	f = point_form_of(&a, p21);
	f.deadlines = STR("до 15 марта 2022 года");
	CHECK_OK(point_edit(&p.as_north, p21->id, p21->version, &f, &e));
	CHECK_OK(point_remove(&p.as_north, p31->id, p31->version, &e));
	k = card_of(&p.as_north, id);
	const struct card_diagnostic *g = late(&k);
	REQUIRE(g != NULL);
	CHECK_OK(diagnostic_settle(&p.as_north, g->id, SETTLE_STANDS, &e));
	/* a draft changes nothing yet */
	struct coverage m = coverage_at(&p.as_clerk, top, winter.fixed, 0);
	CELL_IS(&m, "1.1", p.north, COVER_COVERED);
	confirm(&p.as_north, id);
	m = coverage_at(&p.as_clerk, top, winter.fixed, 0);
	CELL_IS(&m, "1.1", p.north, COVER_CHANGED);
	CELL_IS(&m, "2.1", p.north, COVER_LATE);
	CELL_IS(&m, "3.1", p.north, COVER_MISSING);
	CELL_IS(&m, "1.1", p.south, COVER_COVERED);
	size_t n = 0;
	const struct cover_cell *x = cell(&m, "2.1", p.north, &n);
	REQUIRE(x != NULL);
	CHECK_INT(x->derived.document_id, id);
	struct str why = cover_why(&a, x);
	CHECK(str_has(why, STR("15.03.2022")));
	CHECK(str_has(why, STR("разрешено до 01.03.2022")));
}

TEST(coverage_shows_what_a_derived_document_changed)
{
	dbfix_each(derived);
}

static void entrants(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct place p;
	struct frozen_sets f;
	int64_t n = 0;
	settle_in(&p, db, &a);
	int64_t top = regional(&p);
	CHECK_OK(frozen_sets(&p.as_clerk, top, &f, &e));
	CHECK_INT(f.n, 0);
	tag(&p, p.school[2], "2022-02-14");
	CHECK_OK(frozen_sets(&p.as_clerk, top, &f, &e));
	REQUIRE(f.n == 1);
	CHECK_STR(f.v[0].clause, STR("3.1"));
	REQUIRE(f.v[0].n_entered == 1 && f.v[0].n_left == 0);
	CHECK_INT(f.v[0].entered[0].id, p.school[2]);
	CHECK_STR(f.v[0].entered[0].since, STR("2022-02-14"));
	CHECK(f.may_add);
	CHECK_OK(frozen_sets(&p.as_north, top, &f, &e));
	CHECK_INT(f.n, 0);
	int64_t version = card_of(&p.as_clerk, top).version;
	CHECK_INT(entrants_add(&p.as_north, top, version, &n, &e), EC_DENIED);
	CHECK_INT(entrants_add(&p.as_clerk, top, version - 1, &n, &e), EC_CONFLICT);
	CHECK_OK(entrants_add(&p.as_clerk, top, version, &n, &e));
	CHECK_INT(n, 1);
	CHECK_INT(entrants_add(&p.as_clerk, top, version + 1, &n, &e), EC_CONFLICT);
	struct coverage m = coverage_at(&p.as_clerk, top, winter.fixed, 0);
	CELL_IS(&m, "3.1", p.south, COVER_COVERED);
	struct assignment_list l;
	CHECK_OK(assignment_list(&p.as_clerk,
	        &(struct assignment_filter){
	                .org_id = p.school[2], .from = STR("2022-05-20"), .to = STR("2022-05-20")},
	        &l, &e));
	REQUIRE(l.n == 1);
	struct assignment_card card;
	CHECK_OK(assignment_card(&p.as_clerk, l.v[0].id, &card, &e));
	CHECK(str_has(card.why, STR("после подтверждения")));
	CHECK(str_has(card.why, STR("приказ № 5")));
	struct card_history h;
	CHECK_OK(document_history(&p.as_clerk, top, &h, &e));
	CHECK_STR(h.v[0].what, STR("поставлены на контроль вошедшие в состав позже"));
	struct check_report r;
	CHECK_OK(check_all(&p.c, &r, &e));
	CHECK(r.whole);
	/* and out again */
	struct org_card o;
	CHECK_OK(org_get(&p.c, p.school[0], &o, &e));
	REQUIRE(o.n_tags == 1);
	CHECK_OK(org_tag_end(&p.c, p.school[0], o.tag[0].id, STR("2022-02-01"), &e));
	CHECK_OK(frozen_sets(&p.as_clerk, top, &f, &e));
	REQUIRE(f.n == 1 && f.v[0].n_left == 1);
	CHECK_INT(f.v[0].left[0].id, p.school[0]);
	CHECK_STR(f.v[0].left[0].since, STR("2022-02-01"));
}

TEST(who_enters_a_set_later_gets_its_points_with_the_reason)
{
	dbfix_each(entrants);
}

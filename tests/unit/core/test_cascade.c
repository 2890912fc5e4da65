/* From the region down: a municipality derives its plan, a school gets its own, deadlines stay
 * within those above. */
#include "base/limits.h"
#include "base/secret.h"
#include "core/control/assignment_list.h"
#include "core/control/check.h"
#include "core/order/cascade.h"
#include "core/order/document_card.h"
#include "core/order/document_confirm.h"
#include "core/order/document_edit.h"
#include "core/order/document_import.h"
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

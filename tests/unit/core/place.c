#include "place.h"

#include "base/secret.h"
#include "core/order/document_import.h"
#include "core/registry/org.h"
#include "core/registry/territory.h"
#include "core/registry/user.h"
#include "test.h"

#include <stdio.h>

/* 15.02.2022, noon in Yekaterinburg */
const struct clock place_winter = {.fixed = 1644908400, .offset_min = 300};

/* Written for this test; no real body or person. */
const char place_order[] =
        "ДЕПАРТАМЕНТ ОБРАЗОВАНИЯ ЗАРЕЧНОЙ ОБЛАСТИ\n\n"
        "ПРИКАЗ\n\n"
        "10 февраля 2022 г.\n\n"
        "№ 17/01\n\n"
        "г. Заречный\n\n"
        "О мерах по повышению качества образования\n\n"
        "На основании решения коллегии (№ 2 от 01.02.2022) п р и к а з ы в а ю:\n\n"
        "1. Муниципальным органам управления образованием:\n\n"
        "1.1. Представить в департамент сведения о школах.\n\n"
        "Срок: до 31 ноября\n\n"
        "2. Руководителям общеобразовательных организаций:\n\n"
        "2.1. Провести анализ результатов оценочных процедур.\n\n"
        "Срок: до 01.03.2022\n\n"
        "2.2. Представить отчёт о проделанной работе.\n\n"
        "Срок: ежеквартально\n\n"
        "3. Центру волшебных измерений:\n\n"
        "3.1. Подготовить методические рекомендации.\n\n"
        "Срок: до 20.02.2022\n\n"
        "4. Контроль за исполнением приказа оставляю за собой.\n\n"
        "Директор департамента А. Б. Заречный\n";

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

void settle_in(struct place *p, struct db *db, struct arena *a)
{
	struct err e = {0};
	CHECK_OK(secret_init(&e));
	p->c = (struct ctx){.a = a, .db = db, .clock = &place_winter, .actor = &actor_program};
	const struct ctx *c = &p->c;
	p->region = territory(c, "Заречная область", ACTOR_ALL);
	p->north = territory(c, "Северный округ", p->region);
	p->south = territory(c, "Южный округ", p->region);
	p->department = org(c, p->region, "department", "Департамент образования Заречной области");
	p->muni_north = org(c, p->north, "municipal", "Управление образования Северного округа");
	p->muni_south = org(c, p->south, "municipal", "Управление образования Южного округа");
	p->school[0] = org(c, p->north, "school", "МАОУ «СОШ № 1»");
	p->school[1] = org(c, p->north, "school", "МАОУ «СОШ № 11»");
	p->school[2] = org(c, p->south, "school", "МАОУ «Гимназия № 3»");
	person(p, "clerk", (struct actor_role){ROLE_REGION, ACTOR_ALL, ACTOR_ALL}, &p->clerk);
	person(p, "head", (struct actor_role){ROLE_SCHOOL, p->north, p->school[0]}, &p->head);
	person(p, "north", (struct actor_role){ROLE_MUNICIPALITY, p->north, ACTOR_ALL},
	        &p->north_clerk);
	p->as_clerk = p->as_school = p->as_north = p->c;
	p->as_clerk.actor = &p->clerk;
	p->as_school.actor = &p->head;
	p->as_north.actor = &p->north_clerk;
}

int64_t drop(struct place *p)
{
	struct err e = {0};
	int64_t id = 0;
	struct document_source src = {str_c(place_order), STR("приказ.txt"), 0};
	enum ec ec = document_import(&p->as_clerk, &src, &id, &e);
	if (!CHECK_INT(ec, EC_OK))
		(void)printf("# %s\n", e.msg);
	return id;
}

struct document_card card_of(const struct ctx *c, int64_t id)
{
	struct err e = {0};
	struct document_card card = {0};
	CHECK_OK(document_card(c, id, &card, &e));
	return card;
}

const struct card_point *point(const struct document_card *k, const char *clause)
{
	for (size_t i = 0; i < k->n_points; i++)
		if (str_eq_z(k->point[i].clause, clause))
			return &k->point[i];
	return NULL;
}

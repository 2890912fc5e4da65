/* Search as people ask: who finds what, in which order, how words are matched. */
#include "base/buf.h"
#include "base/limits.h"
#include "base/secret.h"
#include "core/order/document_card.h"
#include "core/order/document_confirm.h"
#include "core/order/document_edit.h"
#include "core/order/document_import.h"
#include "core/order/document_index.h"
#include "core/registry/org.h"
#include "core/registry/territory.h"
#include "core/search/search.h"
#include "core/search_index.h"
#include "dbfix.h"
#include "test.h"

/* 15.02.2022, noon in Yekaterinburg */
static const struct clock winter = {.fixed = 1644908400, .offset_min = 300};

/* Written for this test; no real body or person. */
static const char first_order[] =
        "ДЕПАРТАМЕНТ ОБРАЗОВАНИЯ ЗАРЕЧНОЙ ОБЛАСТИ\n\nПРИКАЗ\n\n10.02.2022 № 17/01\n\n"
        "О проведении анкетирования\n\nПРИКАЗЫВАЮ:\n\n"
        "1. Руководителям общеобразовательных организаций представить отчёт об анкетировании "
        "родителей.\nСрок: до 01.03.2022\n\n"
        "2. Руководителям общеобразовательных организаций обновить сайты.\nСрок: до 01.04.2022\n\n"
        "Директор А. Б. Заречный\n";
static const char second_order[] =
        "ДЕПАРТАМЕНТ ОБРАЗОВАНИЯ ЗАРЕЧНОЙ ОБЛАСТИ\n\nПРИКАЗ\n\n12.02.2022 № 18/01\n\n"
        "О летнем отдыхе\n\nВо исполнение отчётов прошлого года о ремонте ПРИКАЗЫВАЮ:\n\n"
        "1. Муниципальным органам управления образованием провести анкетирование "
        "вожатых.\nСрок: до 01.05.2022\n\n"
        "Директор А. Б. Заречный\n";

struct town {
	struct ctx c;
	int64_t first, second, school;
	struct actor_role school_role;
	struct actor school_actor;
	struct ctx as_school;
};

static int64_t import(const struct ctx *c, const char *text)
{
	struct err e = {0};
	int64_t id = 0;
	CHECK_OK(document_import(
	        c, &(struct document_source){str_c(text), STR("a.txt"), 0}, &id, &e));
	return id;
}

static void settle_in(struct town *t, struct db *db, struct arena *a)
{
	struct err e = {0};
	int64_t region, id;
	CHECK_OK(secret_init(&e));
	t->c = (struct ctx){.a = a, .db = db, .clock = &winter, .actor = &actor_program};
	CHECK_OK(territory_create(&t->c,
	        &(struct territory_form){STR("Заречная область"), STR(""), ACTOR_ALL}, &region,
	        &e));
	CHECK_OK(territory_create(
	        &t->c, &(struct territory_form){STR("Северный округ"), STR(""), region}, &id, &e));
	CHECK_OK(org_create(&t->c,
	        &(struct org_form){
	                .territory_id = id, .kind = STR("school"), .name = STR("Школа № 1")},
	        &t->school, &e));
	t->first = import(&t->c, first_order);
	t->second = import(&t->c, second_order);
	t->school_role = (struct actor_role){ROLE_SCHOOL, id, t->school};
	t->school_actor = (struct actor){.user_id = 0, .role = &t->school_role, .n_roles = 1};
	t->as_school = t->c;
	t->as_school.actor = &t->school_actor;
}

static struct search_list ask(const struct ctx *c, const char *text)
{
	struct err e = {0};
	struct search_list l = {0};
	CHECK_OK(search(c, &(struct search_filter){.text = str_c(text)}, &l, &e));
	return l;
}

static void words(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct town t;
	settle_in(&t, db, &a);
	const struct ctx *c = &t.c;
	/* any form, order and case; ё is е */
	struct search_list l = ask(c, "РОДИТЕЛЯМИ отчет");
	REQUIRE(l.total == 1);
	CHECK_INT(l.v[0].document_id, t.first);
	CHECK_STR(l.v[0].piece[0].title, STR("пункт"));
	CHECK_INT(l.v[0].n_pieces, 1);
	/* in the title first, though the other order is newer */
	l = ask(c, "анкетирования ");
	REQUIRE(l.total == 2);
	CHECK_INT(l.v[0].document_id, t.first);
	/* running text that is no point is found too */
	l = ask(c, "ремонт");
	REQUIRE(l.total == 1);
	CHECK_STR(l.v[0].piece[0].title, STR("текст документа"));
	/* the last word may be a beginning, others may not */
	CHECK_INT(ask(c, "родит").total, 1);
	CHECK_INT(ask(c, "родит отчет").total, 0);
	CHECK_INT(ask(c, "родит ").total, 0);
	/* a phrase is taken word by word */
	CHECK_INT(ask(c, "«отчёт об анкетировании»").total, 1);
	CHECK_INT(ask(c, "\"об отчёт анкетировании\"").total, 0);
	CHECK_INT(ask(c, "«анкетирование вожатых» провести").total, 1);
	/* a number as it is written */
	CHECK_INT(ask(c, "17/01").total, 1);
	/* what stands nowhere is named */
	l = ask(c, "отчёт крокодилов");
	CHECK_INT(l.total, 0);
	REQUIRE(l.n_lost == 1);
	CHECK_STR(l.lost[0], STR("крокодилов"));
	CHECK(!ask(c, " «» ").asked);
}

TEST(words_are_found_as_people_mean_them)
{
	dbfix_each(words);
}

static void marks(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct town t;
	settle_in(&t, db, &a);
	struct search_list l = ask(&t.c, "отчет родител");
	REQUIRE(l.total == 1 && l.v[0].n >= 1);
	const struct search_piece *p = &l.v[0].piece[0];
	struct buf whole;
	size_t hits = 0;
	buf_init(&whole, &a, MIB);
	for (size_t i = 0; i < p->n; i++) {
		buf_add(&whole, p->run[i].text);
		hits += p->run[i].hit;
		if (p->run[i].hit)
			CHECK(str_eq(p->run[i].text, STR("отчёт")) ||
			        str_eq(p->run[i].text, STR("родителей")));
	}
	CHECK(hits >= 2); /* kinds of evidence stand below the activity */
	CHECK(str_has(buf_str(&whole), STR("представить отчёт об анкетировании родителей.")));
}

TEST(a_snippet_keeps_the_text_and_marks_found_words)
{
	dbfix_each(marks);
}

static void rights(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct town t;
	settle_in(&t, db, &a);
	CHECK_INT(ask(&t.as_school, "анкетирование").total, 0);
	CHECK_INT(ask(&t.as_school, "анкетирование").n_lost, 1); /* says nothing of drafts */
	struct document_card card;
	CHECK_OK(document_card(&t.c, t.first, &card, &e));
	for (size_t i = 0; i < card.n_diagnostics; i++)
		CHECK_OK(diagnostic_settle(&t.c, card.diagnostic[i].id, SETTLE_STANDS, &e));
	CHECK_OK(document_card(&t.c, t.first, &card, &e));
	struct confirm_result done;
	CHECK_OK(document_confirm(&t.c, t.first, card.version, &done, &e));
	struct search_list l = ask(&t.as_school, "анкетирование");
	REQUIRE(l.total == 1);
	CHECK_INT(l.v[0].document_id, t.first);
	/* evidence of another school is not found, its own is */
	struct search_text text = {SEARCH_TEXT, STR("evidence"), 5, STR("справка о бассейне")};
	struct search_entry en = {
	        STR("evidence"), 5, t.first, t.school_role.territory_id, t.school + 1, &text, 1};
	for (int own = 0; own < 2; own++) {
		en.org_id = own ? t.school : t.school + 1;
		AUTO_TX tx = {0};
		CHECK_OK(tx_begin(db, &tx, &e));
		CHECK_OK(search_index_put(&t.c, &en, &e));
		CHECK_OK(tx_commit(&tx, &e));
		CHECK_INT(ask(&t.as_school, "бассейн").total, own);
		CHECK_INT(ask(&t.c, "бассейн").total, 1);
	}
	/* filters */
	struct search_filter f = {.text = STR("анкетирование"), .status = STR("draft")};
	CHECK_OK(search(&t.c, &f, &l, &e));
	REQUIRE(l.total == 1);
	CHECK_INT(l.v[0].document_id, t.second);
	f = (struct search_filter){.text = STR("анкетирование"), .from = STR("11.02.2022")};
	CHECK_OK(search(&t.c, &f, &l, &e));
	CHECK_INT(l.total, 1);
}

TEST(a_school_finds_only_what_concerns_it)
{
	dbfix_each(rights);
}

static void follows(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct town t;
	settle_in(&t, db, &a);
	struct document_card card;
	CHECK_OK(document_card(&t.c, t.first, &card, &e));
	struct point_form f = point_form_of(&a, &card.point[1]);
	f.activity = STR("Обновить вывески");
	CHECK_OK(point_edit(&t.c, card.point[1].id, card.point[1].version, &f, &e));
	CHECK_INT(ask(&t.c, "вывеска ").total, 1);
	CHECK_OK(document_card(&t.c, t.first, &card, &e));
	CHECK_OK(point_remove(&t.c, card.point[1].id, card.point[1].version, &e));
	size_t n;
	for (int again = 0; again < 2; again++) {
		/* struck out: no longer found; made anew the index says the same */
		CHECK_INT(ask(&t.c, "вывеска ").total, 0);
		CHECK_INT(ask(&t.c, "родителей").total, 1);
		CHECK_OK(document_index_rebuild(&t.c, &n, &e));
		CHECK_INT(n, 2);
	}
}

TEST(the_index_follows_edits_and_can_be_made_anew)
{
	dbfix_each(follows);
}

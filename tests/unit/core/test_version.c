/* A new version of a document: nothing changes before a person decides; points are known again;
 * assignments follow and nothing done is lost. */
#include "base/limits.h"
#include "core/control/assignment_card.h"
#include "core/control/assignment_list.h"
#include "core/control/check.h"
#include "core/history.h"
#include "core/order/document_confirm.h"
#include "core/order/document_edit.h"
#include "core/order/document_version.h"
#include "dbfix.h"
#include "place.h"
#include "test.h"

#include <stdio.h>

static const char first[] =
        "ДЕПАРТАМЕНТ ОБРАЗОВАНИЯ ЗАРЕЧНОЙ ОБЛАСТИ\n\nПРИКАЗ\n\n10 февраля 2022 г. № 21/01\n\n"
        "г. Заречный\n\nО мерах\n\nп р и к а з ы в а ю:\n\n"
        "1. Руководителям общеобразовательных организаций:\n\n"
        "1.1. Провести анализ результатов оценочных процедур.\n\nСрок: до 01.03.2022\n\n"
        "1.2. Представить отчёт о проделанной работе.\n\nСрок: до 10.03.2022\n\n"
        "1.3. Обновить раздел сайта о внутренней системе оценки.\n\nСрок: до 20.03.2022\n\n"
        "2. Контроль за исполнением приказа оставляю за собой.\n\n"
        "Директор департамента А. Б. Заречный\n";
/* the site is gone, the analysis is due later, the report is due as before, a seminar is new */
static const char second[] =
        "ДЕПАРТАМЕНТ ОБРАЗОВАНИЯ ЗАРЕЧНОЙ ОБЛАСТИ\n\nПРИКАЗ\n\n10 февраля 2022 г. № 21/01\n\n"
        "г. Заречный\n\nО мерах\n\nп р и к а з ы в а ю:\n\n"
        "1. Руководителям общеобразовательных организаций:\n\n"
        "1.1. Провести подробный анализ результатов оценочных процедур.\n\n"
        "Срок: до 15.03.2022\n\n"
        "1.2. Представить отчёт о проделанной работе.\n\nСрок: до 10.03.2022\n\n"
        "2. Муниципальным органам управления образованием:\n\n"
        "2.1. Провести семинар для школьных команд.\n\nСрок: до 25.03.2022\n\n"
        "3. Контроль за исполнением приказа оставляю за собой.\n\n"
        "Директор департамента А. Б. Заречный\n";

static int64_t begin(struct place *p, struct db *db, struct arena *a)
{
	struct err e = {0};
	int64_t id = 0;
	settle_in(p, db, a);
	struct document_source src = {str_c(first), STR("приказ.txt"), 0};
	CHECK_OK(document_import(&p->as_clerk, &src, &id, &e));
	return id;
}

static int64_t propose(struct place *p, int64_t id)
{
	struct err e = {0};
	int64_t seq = 0;
	struct document_source src = {str_c(second), STR("приказ ред.txt"), 0};
	CHECK_OK(document_version_add(&p->as_clerk, id, &src, &seq, &e));
	return seq;
}

static struct version_compare compare(const struct ctx *c, int64_t id, int64_t from, int64_t to)
{
	struct err e = {0};
	struct version_compare v = {0};
	CHECK_OK(document_compare(c, id, from, to, &v, &e));
	return v;
}

static void draft(struct db *db)
{
	AUTO_ARENA(a, 512 * MIB);
	struct err e = {0};
	struct place p;
	int64_t id = begin(&p, db, &a);
	struct document_card k0 = card_of(&p.as_clerk, id);
	int64_t p12 = point(&k0, "1.2")->id;
	int64_t seq = propose(&p, id);
	CHECK_INT(seq, 2);
	/* nothing has changed; a second proposal waits for its turn; a school has no say */
	CHECK_STR(card_of(&p.as_clerk, id).text, k0.text);
	struct document_source other = {STR("ПРИКАЗ\n\n1. Дело."), STR("x.txt"), 0};
	int64_t got = 0;
	CHECK_INT(document_version_add(&p.as_clerk, id, &other, &got, &e), EC_CONFLICT);
	CHECK_INT(got, 2);
	CHECK_INT(document_version_add(&p.as_school, id, &other, &got, &e), EC_NOTFOUND);

	struct version_compare v = compare(&p.as_clerk, id, 0, seq);
	CHECK_INT(v.n_added, 1);
	CHECK_INT(v.n_removed, 1);
	CHECK_INT(v.n_edited, 2); /* 1.1, and the control clause by its number */
	CHECK(v.may_apply && !v.confirmed);
	size_t take = 0;
	for (size_t i = 0; i < v.n; i++)
		if (v.v[i].kind == CHANGE_EDITED && str_eq_z(v.v[i].clause, "1.1"))
			take = v.v[i].key;
	REQUIRE(take > 0);
	/* one change alone */
	struct version_form f = {.document_id = id,
	        .version = v.version,
	        .seq = seq,
	        .accept = &take,
	        .n_accept = 1};
	struct version_result r;
	CHECK_OK(document_version_apply(&p.as_clerk, &f, &r, &e));
	CHECK_INT(r.n_edited, 1);
	CHECK_INT(r.n_added + r.n_removed + r.n_given, 0);
	CHECK_INT(document_version_apply(&p.as_clerk, &f, &r, &e), EC_CONFLICT); /* once */
	struct document_card k = card_of(&p.as_clerk, id);
	CHECK(str_find(k.text, STR("подробный"), 0) != SIZE_MAX);
	const struct card_point *p11 = point(&k, "1.1");
	const struct card_point *p13 = point(&k, "1.3");
	const struct card_point *p21 = point(&k, "2.1");
	REQUIRE(p11 != NULL && p13 != NULL && p21 != NULL);
	CHECK(str_find(p11->activity, STR("подробный"), 0) != SIZE_MAX);
	CHECK_STR(
	        str_sub(k.text, (size_t)p11->place.from, (size_t)p11->place.from + 3), STR("1.1"));
	REQUIRE(p11->n_deadlines == 1);
	CHECK_STR(p11->deadline[0].end, STR("2022-03-15"));
	CHECK(!p13->removed); /* its end was not accepted */
	CHECK(p21->removed);  /* it waits struck out */
	CHECK_INT(point(&k, "1.2")->id, p12);
	/* both texts can be compared for ever */
	struct version_list l;
	CHECK_OK(document_versions(&p.as_clerk, id, &l, &e));
	CHECK_INT(l.n, 2);
	CHECK(l.v[0].current && l.may_add);
	v = compare(&p.as_clerk, id, 1, 2);
	CHECK(v.n_added == 1 && v.n_removed == 1 && !v.may_apply);
	v = compare(&p.as_clerk, id, 2, 1);
	CHECK(v.n_added == 1 && v.n_removed == 1);
	v = compare(&p.as_clerk, id, 2, 2);
	CHECK_INT(v.n_added + v.n_removed + v.n_edited, 0);
	struct version_compare none;
	CHECK_INT(document_compare(&p.as_clerk, id, 1, 3, &none, &e), EC_NOTFOUND);
}

TEST(a_new_version_of_a_draft_changes_what_is_accepted)
{
	dbfix_each(draft);
}

/* "2022-03-15 assigned" of one organisation, by day. */
static struct str given(struct place *p, int64_t doc, int64_t point_id, int64_t org_id)
{
	struct err e = {0};
	struct assignment_list l = {0};
	struct str s = STR("");
	CHECK_OK(assignment_list(&p->as_clerk,
	        &(struct assignment_filter){
	                .document_id = doc, .point_id = point_id, .org_id = org_id},
	        &l, &e));
	for (size_t i = 0; i < l.n; i++)
		s = str_printf(p->c.a, STR_FMT "%s" STR_FMT " " STR_FMT, STR_ARG(s),
		        i > 0 ? ", " : "", STR_ARG(l.v[i].due),
		        STR_ARG(control_state_name(l.v[i].state)));
	return s;
}

static void step(struct place *p, const struct ctx *c, int64_t doc, int64_t point_id,
        int64_t org_id, enum control_step what)
{
	struct err e = {0};
	struct assignment_list l = {0};
	CHECK_OK(assignment_list(&p->as_clerk,
	        &(struct assignment_filter){
	                .document_id = doc, .point_id = point_id, .org_id = org_id},
	        &l, &e));
	REQUIRE(l.n == 1);
	CHECK_OK(assignment_step(c, l.v[0].id, &(struct step_form){what, 0, STR("сделано")}, &e));
}

static void control(struct db *db)
{
	AUTO_ARENA(a, 512 * MIB);
	struct err e = {0};
	struct place p;
	int64_t id = begin(&p, db, &a);
	struct document_card k = card_of(&p.as_clerk, id);
	struct confirm_result ok;
	CHECK_OK(document_confirm(&p.as_clerk, id, k.version, &ok, &e));
	CHECK_INT(ok.n_assignments, 9); /* three schools, three points */
	int64_t p11 = point(&k, "1.1")->id;
	int64_t p12 = point(&k, "1.2")->id;
	int64_t p13 = point(&k, "1.3")->id;
	/* the first school has reported on 1.1 and on 1.3 */
	step(&p, &p.as_school, id, p11, p.school[0], STEP_TAKE);
	step(&p, &p.as_school, id, p11, p.school[0], STEP_SUBMIT);
	step(&p, &p.as_school, id, p13, p.school[0], STEP_TAKE);
	step(&p, &p.as_school, id, p13, p.school[0], STEP_SUBMIT);
	int64_t seq = propose(&p, id);
	struct version_compare v = compare(&p.as_clerk, id, 0, seq);
	CHECK(v.may_apply && v.confirmed);
	struct version_form f = {.document_id = id, .version = v.version, .seq = seq, .all = true};
	struct version_result r;
	CHECK_OK(document_version_apply(&p.as_clerk, &f, &r, &e));
	CHECK_INT(r.n_added, 1);
	CHECK_INT(r.n_removed, 1);
	CHECK_INT(r.n_moved, 2);     /* 1.1 of two schools; who has reported is not asked again */
	CHECK_INT(r.n_withdrawn, 2); /* 1.3 of two schools */
	CHECK_INT(r.n_given, 2);     /* the seminar of two municipalities */
	CHECK_STR(given(&p, id, p11, p.school[0]), STR("2022-03-01 submitted"));
	CHECK_STR(given(&p, id, p11, p.school[1]), STR("2022-03-15 assigned"));
	CHECK_STR(given(&p, id, p12, p.school[1]), STR("2022-03-10 assigned"));
	CHECK_STR(given(&p, id, p13, p.school[0]), STR("2022-03-20 submitted"));
	CHECK_STR(given(&p, id, p13, p.school[1]), STR(""));
	k = card_of(&p.as_clerk, id);
	CHECK_STR(k.row.status, STR("confirmed"));
	const struct card_point *p21 = point(&k, "2.1");
	REQUIRE(p21 != NULL);
	CHECK_STR(given(&p, id, p21->id, p.muni_north), STR("2022-03-25 assigned"));
	struct history_check whole;
	CHECK_OK(history_verify(&p.c, NULL, &whole, &e));
	CHECK(whole.whole);
}

TEST(assignments_follow_the_new_version_and_nothing_done_is_lost)
{
	dbfix_each(control);
}

static void drop_it(struct db *db)
{
	AUTO_ARENA(a, 512 * MIB);
	struct err e = {0};
	struct place p;
	int64_t id = begin(&p, db, &a);
	int64_t seq = propose(&p, id);
	CHECK_INT(document_version_drop(&p.as_clerk, id, 1, &e), EC_CONFLICT);
	CHECK_OK(document_version_drop(&p.as_clerk, id, seq, &e));
	CHECK_INT(document_version_drop(&p.as_clerk, id, seq, &e), EC_CONFLICT);
	CHECK_STR(card_of(&p.as_clerk, id).row.number, STR("21/01"));
	/* the same file again is a version again */
	CHECK_INT(propose(&p, id), 3);
	/* an old form of the page */
	struct version_form f = {.document_id = id, .version = 999, .seq = 3, .all = true};
	struct version_result r;
	CHECK_INT(document_version_apply(&p.as_clerk, &f, &r, &e), EC_CONFLICT);
}

TEST(a_proposal_is_dropped_and_the_document_stays)
{
	dbfix_each(drop_it);
}

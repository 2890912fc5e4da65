/* Checking a draft: what is left, what is right, and taking changes back one after the other. */
#include "core/order/document_check.h"

#include "base/limits.h"
#include "core/history.h"
#include "core/order/document_edit.h"
#include "dbfix.h"
#include "place.h"
#include "test.h"

static void queue(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct place p;
	settle_in(&p, db, &a);
	int64_t id = drop(&p);
	struct document_card k = card_of(&p.as_clerk, id);
	const struct card_point *p11 = point(&k, "1.1");
	const struct card_point *p31 = point(&k, "3.1");
	REQUIRE(p11 != NULL && p31 != NULL && p31->n_responsible == 1);
	size_t left = k.n_left;
	CHECK(left >= 2);
	CHECK(p11->doubtful && p31->doubtful);
	CHECK(p31->responsible[0].doubt.n > 0);
	/* an error is decided by itself */
	CHECK_INT(point_check(&p.as_clerk,
	                  &(struct check_form){.point_id = p11->id, .version = p11->version}, &e),
	        EC_INPUT);
	/* the unknown executor is right as it stands: the point leaves the queue */
	struct check_form f = {.point_id = p31->id, .version = p31->version};
	CHECK_INT(point_check(&p.as_school, &f, &e), EC_NOTFOUND);
	CHECK_OK(point_check(&p.as_clerk, &f, &e));
	CHECK_INT(point_check(&p.as_clerk, &f, &e), EC_CONFLICT); /* old version */
	k = card_of(&p.as_clerk, id);
	CHECK_INT(k.n_left, left - 1);
	p31 = point(&k, "3.1");
	REQUIRE(p31 != NULL);
	CHECK(p31->checked && !p31->doubtful);
	/* an edit asks again: nobody has checked the new words */
	struct point_form form = point_form_of(&a, p31);
	form.responsibles = STR("Центру звёздных измерений");
	CHECK_OK(point_edit(&p.as_clerk, p31->id, p31->version, &form, &e));
	k = card_of(&p.as_clerk, id);
	p31 = point(&k, "3.1");
	REQUIRE(p31 != NULL && p31->n_responsible == 1);
	CHECK(!p31->checked && p31->doubtful);
	/* one field alone */
	CHECK_OK(point_check(&p.as_clerk,
	        &(struct check_form){p31->id, p31->version, p31->responsible[0].id, 0}, &e));
	CHECK_INT(point_check(&p.as_clerk,
	                  &(struct check_form){p31->id, p31->version + 1, 0, 1000000}, &e),
	        EC_NOTFOUND);
	k = card_of(&p.as_clerk, id);
	p31 = point(&k, "3.1");
	REQUIRE(p31 != NULL && p31->n_responsible == 1);
	CHECK_INT(p31->responsible[0].doubt.n, 0);
}

TEST(a_checked_point_leaves_the_queue_and_an_edited_one_comes_back)
{
	dbfix_each(queue);
}

static struct str shape(struct arena *a, const struct card_point *p)
{
	struct str who = p->n_responsible > 0 ? p->responsible[0].rule : STR("-");
	struct str due = p->n_deadlines > 0 ? p->deadline[0].kind : STR("-");
	return str_printf(a, STR_FMT "|" STR_FMT "|" STR_FMT "|%zu|%d|%d|%lld",
	        STR_ARG(p->activity), STR_ARG(who), STR_ARG(due), p->n_problems, p->edited,
	        p->removed, (long long)(p->n_deadlines > 0 ? p->deadline[0].place.from : -1));
}

static void back(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct place p;
	struct str what;
	int64_t at;
	settle_in(&p, db, &a);
	int64_t id = drop(&p);
	CHECK_INT(document_undo(&p.as_clerk, id, &at, &what, &e), EC_CONFLICT); /* nothing yet */
	struct document_card k0 = card_of(&p.as_clerk, id);
	const struct card_point *was = point(&k0, "1.1");
	REQUIRE(was != NULL);

	/* an edit, a decision, a strike, requisites: taken back in turn */
	struct point_form form = point_form_of(&a, was);
	form.activity = STR("Представить сводные сведения о школах.");
	form.deadlines = STR("до 30 ноября");
	CHECK_OK(point_edit(&p.as_clerk, was->id, was->version, &form, &e));
	struct document_card k1 = card_of(&p.as_clerk, id);
	const struct card_point *edited = point(&k1, "1.1");
	REQUIRE(edited != NULL);
	CHECK_OK(point_remove(&p.as_clerk, edited->id, edited->version, &e));
	struct document_card k2 = card_of(&p.as_clerk, id);
	CHECK_OK(document_edit(&p.as_clerk, id, k2.version,
	        &(struct document_form){.kind = STR("order"),
	                .number = STR("99"),
	                .date = k2.row.date,
	                .title = k2.row.title},
	        &e));
	CHECK_OK(document_undo_what(&p.as_clerk, id, &what, &e));
	CHECK_STR(what, STR("изменены реквизиты"));
	CHECK_OK(document_undo(&p.as_clerk, id, &at, &what, &e));
	CHECK_INT(at, 0);
	struct document_card k3 = card_of(&p.as_clerk, id);
	CHECK_STR(k3.row.number, STR("17/01"));
	CHECK_STR(k3.row.issuer, k0.row.issuer);
	CHECK_OK(document_undo(&p.as_clerk, id, &at, &what, &e));
	CHECK_INT(at, was->id);
	k3 = card_of(&p.as_clerk, id);
	const struct card_point *now = point(&k3, "1.1");
	REQUIRE(now != NULL);
	CHECK_STR(shape(&a, now), shape(&a, edited));
	CHECK_OK(document_undo(&p.as_clerk, id, &at, &what, &e));
	k3 = card_of(&p.as_clerk, id);
	now = point(&k3, "1.1");
	REQUIRE(now != NULL);
	CHECK_STR(
	        shape(&a, now), shape(&a, was)); /* the impossible date and its problem are back */
	CHECK_INT(k3.row.n_errors, k0.row.n_errors);
	CHECK_INT(document_undo(&p.as_clerk, id, &at, &what, &e), EC_CONFLICT);

	/* a new change after an undo is the last one; another person cannot take it back */
	CHECK_OK(point_remove(&p.as_clerk, now->id, now->version, &e));
	CHECK_INT(document_undo(&p.c, id, &at, &what, &e), EC_CONFLICT);
	CHECK_OK(document_undo_what(&p.c, id, &what, &e));
	CHECK(what.p == NULL);
	CHECK_OK(document_undo(&p.as_clerk, id, &at, &what, &e));
	struct history_check whole;
	CHECK_OK(history_verify(&p.c, NULL, &whole, &e));
	CHECK(whole.whole);
}

TEST(changes_of_a_draft_are_taken_back_one_after_the_other)
{
	dbfix_each(back);
}

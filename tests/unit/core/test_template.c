/* The library of templates: what is written is what is understood. */
#include "core/template/template.h"

#include "base/bundle.h"
#include "base/limits.h"
#include "core/intake.h"
#include "core/order/document_edit.h"
#include "dbfix.h"
#include "doc/document.h"
#include "place.h"
#include "test.h"

#include <stdio.h>

static void defaults(const struct template_doc *t, struct str *value)
{
	for (size_t i = 0; i < t->n_fields; i++)
		value[i] = t->field[i].value.n > 0 ? t->field[i].value : STR("77");
}

static void whole(struct db *db)
{
	AUTO_ARENA(a, 512 * MIB);
	struct err e = {0};
	struct place p;
	struct template_list l;
	settle_in(&p, db, &a);
	CHECK_OK(template_list(&p.as_clerk, STR(""), &l, &e));
	CHECK(l.n >= 12);
	for (size_t i = 0; i < l.n; i++) {
		struct str value[TEMPLATE_FIELDS];
		struct template_reading r;
		const struct template_doc *t = &l.v[i];
		defaults(t, value);
		struct str text = template_fill(&a, t, value);
		CHECK(str_find(text, STR("{{"), 0) == SIZE_MAX);
		CHECK(str_find(text, STR("____"), 0) == SIZE_MAX);
		CHECK_OK(template_read(&p.as_clerk, t->title, text, &r, &e));
		bool clean = true;
		for (size_t k = 0; k < r.n; k++)
			clean = clean && !str_eq_z(r.finding[k].severity, "error") &&
			        !str_eq_z(r.finding[k].severity, "warning");
		bool right = str_eq(r.kind_title, t->kind_title) && r.n_tasks >= 2 && clean;
		if (!CHECK(right)) {
			(void)printf("# " STR_FMT ": " STR_FMT ", tasks %zu\n", STR_ARG(t->name),
			        STR_ARG(r.kind_title), r.n_tasks);
			for (size_t k = 0; k < r.n; k++)
				(void)printf("#   " STR_FMT "\n", STR_ARG(r.finding[k].message));
		}
	}
}

TEST(each_template_with_its_defaults_is_read_whole_and_without_a_doubt)
{
	dbfix_each(whole);
}

/* The same assignments from the text and from the DOCX made of it. */
static void same(struct db *db)
{
	AUTO_ARENA(a, 512 * MIB);
	struct err e = {0};
	struct place p;
	struct template_doc t;
	struct str value[TEMPLATE_FIELDS];
	struct str bytes;
	struct str again;
	struct source docx;
	struct source plain;
	struct document x;
	struct document y;
	settle_in(&p, db, &a);
	CHECK_OK(template_get(&p.as_clerk, STR("support-roadmap"), &t, &e));
	defaults(&t, value);
	struct str text = template_fill(&a, &t, value);
	CHECK_OK(template_docx(&a, t.title, text, &bytes, &e));
	CHECK_OK(template_docx(&a, t.title, text, &again, &e));
	CHECK_STR(again, bytes); /* the same text, the same file */
	CHECK_OK(intake_document(&p.as_clerk, bytes, STR("x.docx"), &docx, &e));
	document_parse(&a, &docx, &x);
	struct docx_doc d = template_blocks(&a, t.title, text);
	struct buf b;
	buf_init(&b, &a, MIB);
	for (size_t i = 0; i < d.n; i++) {
		const struct docx_block *k = &d.block[i];
		for (size_t c = 0; c < k->n_cells; c++)
			buf_printf(&b, "%s" STR_FMT, c > 0 ? "\t" : "", STR_ARG(k->cell[c]));
		buf_printf(&b, STR_FMT "%s" STR_FMT "%s", STR_ARG(k->text),
		        k->style == DOCX_SIGN ? "\n\n" : "", STR_ARG(k->text2),
		        k->style == DOCX_ROW ? "\n" : "\n\n");
	}
	CHECK_OK(intake_document(&p.as_clerk, buf_str(&b), STR("x.txt"), &plain, &e));
	document_parse(&a, &plain, &y);
	REQUIRE(x.n_assignments == y.n_assignments && x.n_assignments >= 8);
	for (size_t i = 0; i < x.n_assignments; i++) {
		const struct assignment *m = &x.assignment[i];
		const struct assignment *n = &y.assignment[i];
		CHECK_INT(m->type, n->type);
		CHECK_STR(m->activity.text, n->activity.text);
		REQUIRE(m->n_due == n->n_due && m->n_responsible == n->n_responsible);
		for (size_t k = 0; k < m->n_due; k++)
			CHECK_STR(m->due[k].text.text, n->due[k].text.text);
		for (size_t k = 0; k < m->n_responsible; k++)
			CHECK_STR(m->responsible[k].name.text, n->responsible[k].name.text);
	}
}

TEST(the_docx_of_a_template_gives_the_assignments_of_its_text)
{
	dbfix_each(same);
}

static void own(struct db *db)
{
	AUTO_ARENA(a, 512 * MIB);
	struct err e = {0};
	struct place p;
	struct str name;
	struct template_doc t;
	struct str value[TEMPLATE_FIELDS];
	int64_t made = 0;
	settle_in(&p, db, &a);
	int64_t id = drop(&p);
	CHECK_INT(template_save(&p.as_school, id, STR("Мой"), &name, &e), EC_NOTFOUND);
	CHECK_OK(template_save(&p.as_clerk, id, STR("Мой приказ"), &name, &e));
	CHECK_OK(template_get(&p.as_clerk, name, &t, &e));
	CHECK_STR(t.title, STR("Мой приказ"));
	REQUIRE(t.n_fields == 2);
	CHECK_STR(t.field[0].name, STR("number"));
	value[0] = STR("18/01");
	value[1] = STR("2022-02-15");
	struct str text = template_fill(&a, &t, value);
	CHECK(str_find(text, STR("№ 18/01"), 0) != SIZE_MAX);
	CHECK_OK(template_draft(&p.as_clerk, t.title, text, &made, &e));
	struct document_card k = card_of(&p.as_clerk, made);
	CHECK_STR(k.row.number, STR("18/01"));
	CHECK_STR(k.row.date, STR("2022-02-15"));
	CHECK_INT(k.row.n_points, 4);
	/* the same text twice is one document */
	int64_t again = 0;
	CHECK_INT(template_draft(&p.as_clerk, t.title, text, &again, &e), EC_CONFLICT);
	CHECK_INT(again, made);
	/* the municipality reads the region's template but does not remove it */
	CHECK_OK(template_get(&p.as_north, name, &t, &e));
	CHECK(!t.may_remove);
	CHECK_INT(template_remove(&p.as_north, name, &e), EC_DENIED);
	CHECK_OK(template_remove(&p.as_clerk, name, &e));
	CHECK_INT(template_get(&p.as_clerk, name, &t, &e), EC_NOTFOUND);
	CHECK_INT(template_get(&p.as_clerk, STR("own-99999999999999999999"), &t, &e), EC_NOTFOUND);
}

TEST(a_document_is_saved_as_a_template_of_ones_own)
{
	dbfix_each(own);
}

static void bad(struct db *db)
{
	AUTO_ARENA(a, 64 * MIB);
	struct err e = {0};
	struct place p;
	struct template_doc t;
	settle_in(&p, db, &a);
	static const char *const texts[] = {"", "kind: order\ntitle: x\n", "kind: order\n---\nx",
	        "kind: nothing\ntitle: x\n---\nx", "kind: order\ntitle: x\nwhat: y\n---\nx",
	        "kind: order\ntitle: x\nfield: a | colour | b |\n---\nx"};
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		CHECK_INT(template_parse(&p.c, STR("x"), str_c(texts[i]), &t, &e), EC_INPUT);
	/* an unknown place stays visible, a broken one is text */
	CHECK_OK(template_parse(
	        &p.c, STR("x"), STR("kind: order\ntitle: x\n---\nа {{b}} в {{"), &t, &e));
	CHECK_STR(template_fill(&a, &t, NULL), STR("а ____ в {{"));
}

TEST(a_broken_template_is_refused_with_its_line)
{
	dbfix_each(bad);
}

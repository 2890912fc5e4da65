/* Evidence: what is taken and refused, who sees it, what is missing, how its words are found. */
#include "base/limits.h"
#include "core/control/evidence.h"
#include "core/control/evidence_text.h"
#include "core/control/evidence_type.h"
#include "core/job.h"
#include "core/queue/kinds.h"
#include "core/search/search.h"
#include "dbfix.h"
#include "job_town.h"
#include "pack/docx_write.h"
#include "test.h"

static struct str report(struct arena *a)
{
	struct err e = {0};
	struct str bytes = STR_NONE;
	static const struct docx_block block[] = {
	        {.text = STR_INIT("Отчёт об анкетировании: опрошено триста пятиклассников.")}};
	CHECK_OK(docx_write(
	        a, &(struct docx_doc){.title = STR("Отчёт"), .block = block, .n = 1}, &bytes, &e));
	return bytes;
}

static enum ec add(const struct ctx *c, int64_t assignment, const char *name, struct str bytes,
        const char *demanded, struct err *e)
{
	int64_t id;
	return evidence_add(c, assignment,
	        &(struct evidence_form){.kind = EVIDENCE_FILE,
	                .name = str_c(name),
	                .bytes = bytes,
	                .demanded = str_c(demanded)},
	        &id, e);
}

static void life(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct job_town t;
	struct evidence_list l;
	struct assignment_card card;
	struct evidence_bytes f;
	found_job_town(&t, db, &a);
	struct ctx *c = &t.p.as_school;
	CHECK_OK(evidence_of(c, t.own, &l, &e));
	CHECK_INT(l.n_demands, 2);
	CHECK_INT(l.n_missing, 2);
	CHECK(l.may);
	struct str bytes = report(&a);
	CHECK_OK(add(c, t.own, "C:\\Отчёт школы.doc", bytes, "информационный отчёт", &e));
	/* the sort is known by content: the name gets the right ending */
	CHECK_OK(evidence_of(c, t.own, &l, &e));
	REQUIRE(l.n == 1);
	CHECK_STR(l.v[0].file_name, STR("Отчёт школы.doc.docx"));
	CHECK_STR(l.v[0].text_state, STR("waiting"));
	CHECK_INT(l.n_missing, 1);
	/* work has begun */
	CHECK_OK(assignment_card(c, t.own, &card, &e));
	CHECK_INT(card.row.state, CONTROL_WORKING);
	/* twice the same is refused; for another assignment the bytes are kept once */
	CHECK_INT(add(c, t.own, "Второй.docx", bytes, "", &e), EC_CONFLICT);
	CHECK_OK(add(&t.p.as_clerk, t.other, "Тот же.docx", bytes, "", &e));
	CHECK_INT(add(c, t.own, "а.docx", report(&a), "справка", &e), EC_INPUT);
	CHECK_OK(evidence_file(c, t.own, l.v[0].id, &f, &e));
	CHECK_STR(f.bytes, bytes);
	/* a school sees its own only, and not through another card */
	CHECK_INT(evidence_of(c, t.other, &l, &e), EC_NOTFOUND);
	CHECK_OK(evidence_of(&t.p.as_clerk, t.other, &l, &e));
	REQUIRE(l.n == 1);
	CHECK_INT(evidence_file(c, t.other, l.v[0].id, &f, &e), EC_NOTFOUND);
	CHECK_INT(evidence_file(c, t.own, l.v[0].id, &f, &e), EC_NOTFOUND);
	CHECK_INT(add(c, t.other, "чужое.docx", bytes, "", &e), EC_NOTFOUND);
}

TEST(evidence_is_kept_once_and_seen_by_its_own)
{
	dbfix_each(life);
}

static void other_kinds(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct job_town t;
	struct evidence_list l;
	int64_t id;
	found_job_town(&t, db, &a);
	struct ctx *c = &t.p.as_school;
	struct evidence_form link = {.kind = EVIDENCE_LINK, .link = STR("javascript:alert(1)")};
	CHECK_INT(evidence_add(c, t.own, &link, &id, &e), EC_INPUT);
	link.link = STR("https://school.example/приказ");
	CHECK_OK(evidence_add(c, t.own, &link, &id, &e));
	struct evidence_form number = {
	        .kind = EVIDENCE_NUMBER, .number = STR("97,5"), .unit = STR("%")};
	CHECK_OK(evidence_add(c, t.own, &number, &id, &e));
	number.number = STR("много");
	CHECK_INT(evidence_add(c, t.own, &number, &id, &e), EC_INPUT);
	const struct evidence_answer answer[] = {
	        {STR_INIT("Что сделано"), STR_INIT("опрошены родители\nи учителя")},
	        {STR_INIT("Результат"), STR_INIT("")}};
	struct evidence_form form = {.kind = EVIDENCE_FORM, .answer = answer, .n_answers = 2};
	CHECK_OK(evidence_add(c, t.own, &form, &id, &e));
	form.n_answers = 0;
	CHECK_INT(evidence_add(c, t.own, &form, &id, &e), EC_INPUT);
	CHECK_OK(evidence_of(c, t.own, &l, &e));
	REQUIRE(l.n == 3);
	CHECK_NEAR(l.v[1].number, 97.5, 0);
	REQUIRE(l.v[2].n_answers == 1);
	CHECK_STR(l.v[2].answer[0].text, answer[0].text);
	/* what was handed in stands */
	CHECK_OK(evidence_remove(c, t.own, l.v[0].id, STR("не та"), &e));
	CHECK_OK(assignment_step(
	        c, t.own, &(struct step_form){.step = STEP_SUBMIT, .note = STR("сделано")}, &e));
	CHECK_INT(evidence_remove(c, t.own, l.v[1].id, STR(""), &e), EC_CONFLICT);
	CHECK_INT(evidence_add(c, t.own, &link, &id, &e), EC_CONFLICT);
	CHECK_OK(evidence_of(c, t.own, &l, &e));
	CHECK_INT(l.n, 2);
	CHECK(!l.may);
	job_town_whole(&t);
}

TEST(links_numbers_and_forms_are_evidence_until_the_report_is_in)
{
	dbfix_each(other_kinds);
}

static int64_t hits(const struct ctx *c, const char *text)
{
	struct err e = {0};
	struct search_list l = {0};
	CHECK_OK(search(c, &(struct search_filter){.text = str_c(text)}, &l, &e));
	return l.total;
}

static void words(struct db *db)
{
	AUTO_ARENA(a, 256 * MIB);
	struct err e = {0};
	struct job_town t;
	struct evidence_list l;
	bool worked = true;
	size_t n;
	found_job_town(&t, db, &a);
	CHECK_OK(add(&t.p.as_clerk, t.other, "отчёт.docx", report(&a), "", &e));
	CHECK_INT(hits(&t.p.as_clerk, "пятиклассников"), 0);
	CHECK_OK(add(&t.p.as_clerk, t.other, "скан.pdf", STR("%PDF-1.4 порван"), "", &e));
	while (worked)
		CHECK_OK(job_work(&t.p.c, &work_kinds, &worked, &e));
	CHECK_INT(hits(&t.p.as_clerk, "опрошено пятиклассников"), 1);
	/* the other school does not find it */
	CHECK_INT(hits(&t.p.as_school, "опрошено пятиклассников"), 0);
	CHECK_OK(evidence_of(&t.p.as_clerk, t.other, &l, &e));
	REQUIRE(l.n == 2);
	CHECK_STR(l.v[0].text_state, STR("read"));
	CHECK_STR(l.v[1].text_state, STR("failed"));
	CHECK(l.v[1].text_note.n > 0);
	/* the same file elsewhere is not read again */
	CHECK_OK(add(&t.p.as_school, t.own, "наш.docx", report(&a), "", &e));
	CHECK_INT(hits(&t.p.as_school, "опрошено пятиклассников"), 1);
	CHECK_OK(evidence_index_rebuild(&t.p.c, &n, &e));
	CHECK_INT(n, 3);
	CHECK_INT(hits(&t.p.as_school, "опрошено пятиклассников"), 1);
	CHECK_OK(evidence_of(&t.p.as_school, t.own, &l, &e));
	CHECK_OK(evidence_remove(&t.p.as_school, t.own, l.v[0].id, STR(""), &e));
	CHECK_INT(hits(&t.p.as_school, "опрошено пятиклассников"), 0);
}

TEST(words_of_evidence_are_found_by_those_who_may_see_it)
{
	dbfix_each(words);
}

TEST(the_sort_of_a_file_is_known_by_its_bytes)
{
	AUTO_ARENA(a, MIB);
	struct err e = {0};
	struct evidence_type t;
	CHECK_OK(evidence_type_of(STR("%PDF-1.7\n"), &t, &e));
	CHECK_STR(t.ending, STR("pdf"));
	CHECK_STR(evidence_file_name(&a, STR("../../etc/отчёт.PDF"), &t), STR("отчёт.PDF"));
	CHECK_STR(evidence_file_name(&a, STR(""), &t), STR("файл.pdf"));
	CHECK_STR(evidence_file_name(&a, STR("a\nb.exe"), &t), STR("a_b.exe.pdf"));
	CHECK_OK(evidence_type_of(STR("\xFF\xD8\xFF\xE0 photo"), &t, &e));
	CHECK_STR(evidence_file_name(&a, STR("фото.jpeg"), &t), STR("фото.jpeg"));
	CHECK_INT(evidence_type_of(STR(""), &t, &e), EC_INPUT);
	CHECK_INT(evidence_type_of(STR("MZ\x90"), &t, &e), EC_INPUT);
	CHECK_INT(evidence_type_of(STR("<html><script>"), &t, &e), EC_INPUT);
	CHECK_INT(evidence_type_of(STR("PK\x03\x04 a.txt"), &t, &e), EC_INPUT);
	CHECK_INT(evidence_type_of(STR("PK\x03\x04 word/document.xml word/vbaProject.bin"), &t, &e),
	        EC_INPUT);
	CHECK(str_has(str_c(e.msg), STR("макросы")));
	CHECK_INT(evidence_type_of(STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), &t, &e), EC_INPUT);
	CHECK(str_has(str_c(e.msg), STR("DOCX")));
}

/* A document of any kind from outside: the parser never fails, all places lie inside the text, the
 * printed JSON is JSON. */
#include "doc/document.h"
#include "doc/extract.h"
#include "fuzz.h"
#include "pack/json.h"

static void inside(const struct source *src, struct span s)
{
	CHECK_THAT(s.from <= s.to && s.to <= src->text.n);
}

static void check_field(const struct source *src, const struct field *f)
{
	inside(src, f->span);
	CHECK_THAT(f->text.n == 0 || f->text.p != NULL);
}

static void check_assignment(const struct source *src, const struct assignment *t)
{
	inside(src, t->span);
	check_field(src, &t->clause);
	check_field(src, &t->section);
	check_field(src, &t->activity);
	for (size_t i = 0; i < t->n_items; i++)
		check_field(src, &t->item[i]);
	for (size_t i = 0; i < t->n_responsible; i++) {
		check_field(src, &t->responsible[i].name);
		check_field(src, &t->responsible[i].person);
	}
	for (size_t i = 0; i < t->n_due; i++) {
		check_field(src, &t->due[i].text);
		check_field(src, &t->due[i].label);
		CHECK_THAT(t->due[i].value.kind != DEADLINE_NONE);
		/* an impossible date is never turned into a date */
		if (t->due[i].value.kind == DEADLINE_INVALID)
			CHECK_THAT(date_none(t->due[i].value.end) && t->due[i].value.problem.n > 0);
	}
	for (size_t i = 0; i < t->n_indicators; i++)
		check_field(src, &t->indicator[i].name);
}

void fuzz_one(struct arena *a, struct str bytes)
{
	struct source src;
	struct document d;
	struct err e = {0};
	if (doc_read(a, bytes, STR("fuzz.txt"), &src, &e) != EC_OK) {
		CHECK_THAT(e.msg[0] != '\0');
		return;
	}
	document_parse(a, &src, &d);
	CHECK_THAT(d.n_parts > 0 && utf8_valid(src.text));
	check_field(&src, &d.meta.title);
	check_field(&src, &d.meta.number);
	check_field(&src, &d.meta.issuing_body);
	for (size_t i = 0; i < d.n_assignments; i++) {
		CHECK_THAT(d.assignment[i].part < d.n_parts);
		check_assignment(&src, &d.assignment[i]);
	}
	for (size_t i = 0; i < d.n_warnings; i++) {
		inside(&src, d.warning[i].span);
		CHECK_THAT(d.warning[i].message.n > 0 && d.warning[i].code.n > 0);
		CHECK_THAT(d.warning[i].assignment == SIZE_MAX ||
		           d.warning[i].assignment < d.n_assignments);
	}
	struct buf out;
	buf_init(&out, a, 64 * 1024 * 1024);
	document_json(&out, &d);
	struct json_value *v = NULL;
	CHECK_THAT(out.over || json_parse(a, buf_str(&out), &v, &e) == EC_OK);
	buf_reset(&out);
	document_dump(&out, &d);
}

/* The public output: schema assignments/1.0, every key always present. */
#include "pack/json.h"

#include "doc/document.h"

static void kv_str(struct json *j, const char *key, struct str s)
{
	json_key(j, str_c(key));
	if (s.n == 0)
		json_null(j);
	else
		json_str(j, s);
}

static void kv_date(struct json *j, struct arena *a, const char *key, struct date d)
{
	kv_str(j, key, date_none(d) ? STR_NONE : date_iso(a, d));
}

static void put_source(struct json *j, const struct source *s)
{
	json_kv_obj(j, "source");
	kv_str(j, "file", s->file);
	json_kv_str(j, "format", source_format_name(s->format));
	json_kv_int(j, "pages", s->pages);
	json_kv_bool(j, "ocr", s->ocr);
	json_obj_end(j);
}

static void put_fields(struct json *j, const char *key, const struct field *v, size_t n)
{
	json_kv_arr(j, key);
	for (size_t i = 0; i < n; i++)
		json_str(j, v[i].text);
	json_arr_end(j);
}

static void doubt(
        struct json *j, struct arena *a, const struct field *f, const char *name, size_t i)
{
	if (f->trust != TRUST_DOUBTFUL || f->text.n == 0)
		return;
	json_str(j, i == SIZE_MAX ? str_c(name) : str_printf(a, "%s[%zu]", name, i));
}

/* Names of the fields a person must look at. */
static void put_meta_doubts(struct json *j, struct arena *a, const struct doc_meta *m)
{
	json_kv_arr(j, "doubtful");
	doubt(j, a, &m->issuing_body, "issuing_body", SIZE_MAX);
	doubt(j, a, &m->number, "number", SIZE_MAX);
	if (m->date.trust == TRUST_DOUBTFUL)
		json_str(j, STR("date"));
	doubt(j, a, &m->place, "place", SIZE_MAX);
	doubt(j, a, &m->title, "title", SIZE_MAX);
	doubt(j, a, &m->signatory_name, "signatory", SIZE_MAX);
	doubt(j, a, &m->signatory_position, "signatory_position", SIZE_MAX);
	for (size_t i = 0; i < m->n_basis; i++)
		doubt(j, a, &m->basis[i].text, "basis", i);
	doubt(j, a, &m->plan.text, "plan_period", SIZE_MAX);
	for (size_t i = 0; i < m->n_addressees; i++)
		doubt(j, a, &m->addressee[i], "addressees", i);
	doubt(j, a, &m->reply_number, "reply_to", SIZE_MAX);
	doubt(j, a, &m->controller, "controller", SIZE_MAX);
	doubt(j, a, &m->executor, "executor", SIZE_MAX);
	json_arr_end(j);
}

static void put_doubts(struct json *j, struct arena *a, const struct assignment *t)
{
	json_kv_arr(j, "doubtful");
	doubt(j, a, &t->clause, "clause", SIZE_MAX);
	doubt(j, a, &t->section, "section", SIZE_MAX);
	doubt(j, a, &t->activity, "activity", SIZE_MAX);
	for (size_t i = 0; i < t->n_responsible; i++) {
		const struct executor *e = &t->responsible[i];
		doubt(j, a, e->name.text.n > 0 ? &e->name : &e->person, "responsible", i);
	}
	for (size_t i = 0; i < t->n_due; i++)
		doubt(j, a, &t->due[i].text, "deadlines", i);
	for (size_t i = 0; i < t->n_document_types; i++)
		doubt(j, a, &t->document_type[i], "document_type", i);
	for (size_t i = 0; i < t->n_indicators; i++)
		doubt(j, a, &t->indicator[i].text, "indicators", i);
	doubt(j, a, &t->expected_result, "expected_result", SIZE_MAX);
	json_arr_end(j);
}

static void put_meta(struct json *j, struct arena *a, const struct doc_meta *m)
{
	json_kv_obj(j, "meta");
	json_kv_str(j, "kind", doc_kind_name(m->kind));
	kv_str(j, "issuing_body", m->issuing_body.text);
	kv_str(j, "number", m->number.text);
	kv_date(j, a, "date", m->date.date);
	kv_str(j, "place", m->place.text);
	kv_str(j, "title", m->title.text);
	if (m->signatory_name.text.n == 0) {
		json_kv_null(j, "signatory");
	} else {
		json_kv_obj(j, "signatory");
		kv_str(j, "name", m->signatory_name.text);
		kv_str(j, "position", m->signatory_position.text);
		json_obj_end(j);
	}
	json_kv_arr(j, "basis");
	for (size_t i = 0; i < m->n_basis; i++) {
		json_obj(j);
		kv_str(j, "text", m->basis[i].text.text);
		kv_str(j, "kind", m->basis[i].kind.text);
		kv_str(j, "number", m->basis[i].number.text);
		kv_date(j, a, "date", m->basis[i].date.date);
		json_obj_end(j);
	}
	json_arr_end(j);
	if (date_none(m->plan.start)) {
		json_kv_null(j, "plan_period");
	} else {
		json_kv_obj(j, "plan_period");
		kv_date(j, a, "start", m->plan.start);
		kv_date(j, a, "end", m->plan.end);
		kv_str(j, "text", m->plan.text.text);
		json_obj_end(j);
	}
	json_kv_arr(j, "addressees");
	for (size_t i = 0; i < m->n_addressees; i++)
		json_str(j, m->addressee[i].text);
	json_arr_end(j);
	if (m->reply_number.text.n == 0) {
		json_kv_null(j, "reply_to");
	} else {
		json_kv_obj(j, "reply_to");
		kv_str(j, "number", m->reply_number.text);
		kv_date(j, a, "date", m->reply_date.date);
		json_obj_end(j);
	}
	kv_str(j, "controller", m->controller.text);
	if (m->executor.text.n == 0) {
		json_kv_null(j, "executor");
	} else {
		json_kv_obj(j, "executor");
		kv_str(j, "name", m->executor.text);
		kv_str(j, "phone", m->executor_phone.text);
		json_obj_end(j);
	}
	put_fields(j, "copies", m->copy, m->n_copies);
	put_fields(j, "enclosures", m->annex, m->n_annexes);
	put_meta_doubts(j, a, m);
	json_obj_end(j);
}

static void put_deadline(struct json *j, struct arena *a, const struct due *u)
{
	const struct deadline *d = &u->value;
	json_obj(j);
	json_kv_str(j, "text", u->text.text);
	kv_str(j, "label", u->label.text);
	json_kv_str(j, "kind", deadline_kind_name(d->kind));
	kv_date(j, a, "start", d->start);
	kv_date(j, a, "end", d->end);
	kv_str(j, "time", d->time);
	kv_str(j, "recurrence", d->recurrence);
	kv_str(j, "anchor", d->anchor);
	kv_str(j, "offset", d->offset);
	json_kv_bool(j, "then_continuous", d->then_continuous);
	json_kv_str(j, "year_rule", year_rule_name(d->year_rule));
	json_kv_bool(j, "approximate", d->approximate);
	if (d->problem.n == 0) {
		json_kv_null(j, "problem");
	} else {
		json_kv_obj(j, "problem");
		json_kv_str(j, "code", d->problem);
		kv_str(j, "fragment", d->fragment);
		json_obj_end(j);
	}
	if (d->kind != DEADLINE_INVALID || d->proposal_kind == DEADLINE_NONE) {
		json_kv_null(j, "proposal");
	} else {
		json_kv_obj(j, "proposal");
		json_kv_str(j, "kind", deadline_kind_name(d->proposal_kind));
		kv_date(j, a, "start", d->proposal_start);
		kv_date(j, a, "end", d->proposal_end);
		kv_str(j, "recurrence", d->proposal_recurrence);
		json_obj_end(j);
	}
	kv_str(j, "inherited_from", inherited_name(u->inherited));
	json_obj_end(j);
}

static void put_indicators(struct json *j, const struct assignment *t)
{
	json_kv_arr(j, "indicators");
	for (size_t i = 0; i < t->n_indicators; i++) {
		const struct indicator *m = &t->indicator[i];
		json_obj(j);
		json_kv_str(j, "text", m->text.text);
		kv_str(j, "name", m->name.text);
		kv_str(j, "comparison", m->comparison);
		json_kv_num(j, "target", m->target);
		kv_str(j, "unit", m->unit);
		json_obj_end(j);
	}
	json_arr_end(j);
}

static void put_assignment(
        struct json *j, struct arena *a, const struct document *d, const struct assignment *t)
{
	json_obj(j);
	json_kv_str(j, "id", t->id);
	json_kv_str(j, "part", d->part[t->part].id);
	json_kv_str(j, "type", assignment_type_name(t->type));
	kv_str(j, "clause", t->clause.text);
	kv_str(j, "section", t->section.text);
	json_kv_str(j, "activity", t->activity.text);
	put_fields(j, "items", t->item, t->n_items);
	json_kv_arr(j, "responsible");
	for (size_t i = 0; i < t->n_responsible; i++) {
		json_obj(j);
		kv_str(j, "name", t->responsible[i].name.text);
		kv_str(j, "person", t->responsible[i].person.text);
		json_obj_end(j);
	}
	json_arr_end(j);
	kv_str(j, "responsible_source", responsible_source_name(t->responsible_source));
	json_kv_arr(j, "deadlines");
	for (size_t i = 0; i < t->n_due; i++)
		put_deadline(j, a, &t->due[i]);
	json_arr_end(j);
	put_fields(j, "document_type", t->document_type, t->n_document_types);
	put_indicators(j, t);
	kv_str(j, "expected_result", t->expected_result.text);
	json_kv_obj(j, "location");
	json_kv_int(j, "page", t->page);
	json_kv_int(j, "line_start", t->line_start);
	json_kv_int(j, "line_end", t->line_end);
	json_obj_end(j);
	put_doubts(j, a, t);
	json_obj_end(j);
}

void document_json(struct buf *out, const struct document *d)
{
	struct arena *a = out->a;
	struct json j;
	json_init(&j, out, true);
	json_obj(&j);
	json_kv_str(&j, "schema", STR("assignments/1.0"));
	put_source(&j, d->source);
	put_meta(&j, a, &d->meta);
	json_kv_arr(&j, "parts");
	for (size_t i = 0; i < d->n_parts; i++) {
		json_obj(&j);
		json_kv_str(&j, "id", d->part[i].id);
		json_kv_str(&j, "kind", doc_kind_name(d->part[i].kind));
		kv_str(&j, "title", d->part[i].title.text);
		kv_str(&j, "number", d->part[i].number.text);
		kv_date(&j, a, "date", d->part[i].date.date);
		json_obj_end(&j);
	}
	json_arr_end(&j);
	json_kv_arr(&j, "assignments");
	for (size_t i = 0; i < d->n_assignments; i++)
		put_assignment(&j, a, d, &d->assignment[i]);
	json_arr_end(&j);
	json_kv_arr(&j, "warnings");
	for (size_t i = 0; i < d->n_warnings; i++) {
		const struct diag *w = &d->warning[i];
		json_obj(&j);
		json_kv_str(&j, "code", w->code);
		json_kv_str(&j, "severity", severity_name(w->severity));
		kv_str(&j, "field", w->field);
		kv_str(&j, "fragment", w->fragment);
		json_kv_str(&j, "message", w->message);
		json_obj_end(&j);
	}
	json_arr_end(&j);
	json_obj_end(&j);
	buf_byte(out, '\n');
}

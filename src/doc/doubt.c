#include "doc/parse.h"

/* The first doubtful word that ends behind `at`. */
static size_t first_behind(const struct source *s, uint32_t at)
{
	size_t low = 0, high = s->n_doubts;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (s->doubt[mid].to <= at)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool doubted(const struct source *s, struct span span)
{
	size_t k = first_behind(s, span.from);
	return span.to > span.from && k < s->n_doubts && s->doubt[k].from < span.to;
}

static void field(const struct source *s, struct field *f)
{
	if (f->trust == TRUST_SURE && doubted(s, f->span))
		f->trust = TRUST_DOUBTFUL;
}

static void fields_all(const struct source *s, struct field *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		field(s, &v[i]);
}

static void date(const struct source *s, struct date_field *f)
{
	if (f->trust == TRUST_SURE && doubted(s, f->span))
		f->trust = TRUST_DOUBTFUL;
}

static void meta(const struct source *s, struct doc_meta *m)
{
	struct field *const v[] = {&m->issuing_body, &m->number, &m->place, &m->title,
	        &m->signatory_name, &m->signatory_position, &m->plan.text, &m->reply_number,
	        &m->controller};
	for (size_t i = 0; i < ARRAY_LEN(v); i++)
		field(s, v[i]);
	date(s, &m->date);
	date(s, &m->reply_date);
	fields_all(s, m->addressee, m->n_addressees);
	for (size_t i = 0; i < m->n_basis; i++) {
		field(s, &m->basis[i].text);
		field(s, &m->basis[i].number);
		date(s, &m->basis[i].date);
	}
}

static void task(const struct source *s, struct assignment *t)
{
	struct field *const v[] = {&t->clause, &t->section, &t->activity, &t->expected_result};
	for (size_t i = 0; i < ARRAY_LEN(v); i++)
		field(s, v[i]);
	fields_all(s, t->item, t->n_items);
	fields_all(s, t->document_type, t->n_document_types);
	for (size_t i = 0; i < t->n_responsible; i++) {
		field(s, &t->responsible[i].name);
		field(s, &t->responsible[i].person);
	}
	for (size_t i = 0; i < t->n_due; i++) {
		field(s, &t->due[i].text);
		field(s, &t->due[i].label);
	}
	for (size_t i = 0; i < t->n_indicators; i++) {
		field(s, &t->indicator[i].text);
		field(s, &t->indicator[i].name);
	}
}

void doubt_fields(struct parse *p)
{
	if (p->src->n_doubts == 0)
		return;
	meta(p->src, &p->meta);
	for (size_t i = 0; i < p->parts.n; i++) {
		field(p->src, &p->parts.v[i].title);
		field(p->src, &p->parts.v[i].number);
		date(p->src, &p->parts.v[i].date);
	}
	for (size_t i = 0; i < p->tasks.n; i++)
		task(p->src, &p->tasks.v[i]);
}

#include "core/order/document_import.h"

#include "base/secret.h"
#include "core/fact.h"
#include "core/intake.h"
#include "core/order/document_index.h"
#include "core/order/document_store.h"
#include "core/registry/territory.h"
#include "db/q_document.h"
#include "db/q_point.h"
#include "text/fold.h"

#include <string.h>

/* What the transaction works on. */
struct draft {
	const struct ctx *c;
	const struct document_source *src;
	struct str hash;
	const struct document *doc;
	struct resolver *resolver;
	int64_t territory_id, author, file_id, id;
	int64_t *point_id; /* by assignment of the document */
};

/* Territory of the new document: given, or where the person may write. */
static enum ec choose_territory(const struct ctx *c, int64_t given, int64_t *ret, struct err *e)
{
	struct scope s;
	TRY(must_scope(c, CAP_DOCUMENT_WRITE, &s, e));
	int64_t id = given;
	if (id == 0 && s.territory_id != ACTOR_ALL)
		id = s.territory_id;
	if (id == 0) {
		struct territory region;
		TRY(territory_region(c, &region, e));
		id = region.id;
	}
	TRY(must_may(c, CAP_DOCUMENT_WRITE, id, ACTOR_ALL, e));
	*ret = id;
	return EC_OK;
}

static struct str image_type(struct str bytes)
{
	if (str_starts(bytes, STR("\x89PNG")))
		return STR("image/png");
	return str_starts(bytes, STR("\xFF\xD8")) ? STR("image/jpeg") : STR("image/tiff");
}

static struct str media_type(enum source_format f, struct str bytes)
{
	switch (f) {
	case SOURCE_DOCX:
		return STR(
		        "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
	case SOURCE_ODT:
		return STR("application/vnd.oasis.opendocument.text");
	case SOURCE_HTML:
		return STR("text/html");
	case SOURCE_IMAGE:
		return image_type(bytes);
	case SOURCE_PDF:
		return STR("application/pdf");
	case SOURCE_TEXT:
		break;
	}
	return STR("text/plain");
}

/* EC_CONFLICT when these bytes are a document already; else the file's id, 0: not stored yet. */
static enum ec file_known(
        const struct ctx *c, struct str hash, int64_t *ret_file, int64_t *ret_doc, struct err *e)
{
	struct q_file_by_hash f;
	*ret_file = 0;
	enum ec ec = q_file_by_hash(c->db, c->a, &(struct q_file_by_hash_in){hash}, &f, e);
	if (ec == EC_NOTFOUND)
		return EC_OK;
	TRY(ec);
	*ret_file = f.id;
	if (f.document_id == DB_NULL_INT)
		return EC_OK;
	*ret_doc = f.document_id;
	return err_set(e, EC_CONFLICT, "этот файл уже загружен: документ № %lld",
	        (long long)f.document_id);
}

static enum ec put_file(struct draft *d, struct err *e)
{
	struct q_file_insert row;
	if (d->file_id != 0)
		return EC_OK;
	TRY(q_file_insert(d->c->db, d->c->a,
	        &(struct q_file_insert_in){d->hash, utf8_head(d->src->name, 200),
	                media_type(d->doc->source->format, d->src->bytes), (int64_t)d->src->bytes.n,
	                d->src->bytes, clock_now(d->c->clock), acting_user(d->c)},
	        &row, e));
	d->file_id = row.id;
	return EC_OK;
}

static struct str iso_or_null(struct arena *a, struct date d)
{
	return date_none(d) ? STR_NONE : date_iso(a, d);
}

static enum ec put_document(struct draft *d, struct err *e)
{
	const struct doc_meta *m = &d->doc->meta;
	struct arena *a = d->c->a;
	struct buf parsed;
	buf_init(&parsed, a, 8 * LIMIT_DOC_TEXT);
	document_json(&parsed, d->doc);
	TRY(buf_check(&parsed, "разбор документа", e));
	struct str title = m->title.text;
	if (title.n == 0)
		title = d->src->name;
	struct q_document_insert row;
	TRY(q_document_insert(d->c->db, a,
	        &(struct q_document_insert_in){.kind = doc_kind_name(m->kind),
	                .number = or_empty(m->number.text),
	                .doc_date = iso_or_null(a, m->date.date),
	                .title = title,
	                .issuer = or_empty(m->issuing_body.text),
	                .place = or_empty(m->place.text),
	                .signatory_name = or_empty(m->signatory_name.text),
	                .signatory_post = or_empty(m->signatory_position.text),
	                .controller = or_empty(m->controller.text),
	                .plan_start = iso_or_null(a, m->plan.start),
	                .plan_end = iso_or_null(a, m->plan.end),
	                .territory_id = d->territory_id,
	                .org_id = d->author,
	                .file_id = d->file_id,
	                .body = d->doc->source->text,
	                .parsed = buf_str(&parsed),
	                .search_key = document_search_key(
	                        a, or_empty(m->number.text), title, or_empty(m->issuing_body.text)),
	                .sort_key = text_sort_key(a, or_empty(m->number.text)),
	                .created_at = clock_now(d->c->clock),
	                .created_by = acting_user(d->c)},
	        &row, e));
	d->id = row.id;
	for (size_t i = 0; i < d->doc->n_parts; i++) {
		const struct doc_part *p = &d->doc->part[i];
		TRY(q_document_part_insert(d->c->db,
		        &(struct q_document_part_insert_in){d->id, (int64_t)i, p->id,
		                doc_kind_name(p->kind), or_empty(p->title.text),
		                or_empty(p->number.text), iso_or_null(a, p->date.date)},
		        e));
	}
	for (size_t i = 0; i < m->n_basis; i++) {
		const struct basis *b = &m->basis[i];
		TRY(q_document_basis_insert(d->c->db,
		        &(struct q_document_basis_insert_in){d->id, (int64_t)i,
		                or_empty(b->text.text), or_empty(b->kind.text),
		                or_empty(b->number.text), iso_or_null(a, b->date.date)},
		        e));
	}
	return EC_OK;
}

static struct str lines_of(struct arena *a, const struct field *v, size_t n)
{
	struct str *s = arena_new(a, struct str, n);
	for (size_t i = 0; i < n; i++)
		s[i] = str_replace(a, v[i].text, STR("\n"), STR(" "));
	return n == 0 ? STR("") : str_join(a, STR("\n"), s, n);
}

struct q_point_insert_in reading_point(
        struct arena *a, const struct document *doc, size_t index, int64_t document_id)
{
	const struct assignment *x = &doc->assignment[index];
	struct str items = lines_of(a, x->item, x->n_items);
	struct str source = responsible_source_name(x->responsible_source);
	return (struct q_point_insert_in){.document_id = document_id,
	        .part = x->part < doc->n_parts ? doc->part[x->part].id : STR("main"),
	        .seq = (int64_t)index + 1,
	        .type = assignment_type_name(x->type),
	        .clause = or_empty(x->clause.text),
	        .section = or_empty(x->section.text),
	        .activity = or_empty(x->activity.text),
	        .items = items,
	        .responsible_source = source.n > 0 ? source : STR("own"),
	        .document_types = lines_of(a, x->document_type, x->n_document_types),
	        .expected_result = or_empty(x->expected_result.text),
	        .search_key = text_key(
	                a, str_printf(a, STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(x->clause.text),
	                           STR_ARG(x->activity.text), STR_ARG(items))),
	        .span_start = x->span.from,
	        .span_end = x->span.to,
	        .confidence = trust_share(x->activity.trust),
	        .edited = 0};
}

enum ec reading_lists(const struct ctx *c, struct resolver *r, const struct point_ref *ref,
        const struct assignment *x, struct err *e)
{
	struct arena *a = c->a;
	struct executors_in who = {
	        arena_new(a, struct executor_in, x->n_responsible), x->n_responsible};
	for (size_t i = 0; i < who.n; i++) {
		const struct executor *w = &x->responsible[i];
		const struct field *f = w->name.text.n > 0 ? &w->name : &w->person;
		who.v[i] = (struct executor_in){
		        w->name.text, w->person.text, f->span, trust_share(f->trust)};
	}
	TRY(store_executors(c, r, ref, &who, e));
	struct deadlines_in due = {arena_new(a, struct deadline_in, x->n_due), x->n_due};
	for (size_t i = 0; i < due.n; i++) {
		const struct due *w = &x->due[i];
		due.v[i] = (struct deadline_in){w->value, w->text.text, w->label.text,
		        inherited_name(w->inherited), w->text.span, trust_share(w->text.trust)};
	}
	TRY(store_deadlines(c, ref->point_id, &due, e));
	return store_indicators(
	        c, ref->point_id, &(struct indicators_in){x->indicator, x->n_indicators}, e);
}

static enum ec put_point(struct draft *d, size_t index, struct err *e)
{
	const struct assignment *x = &d->doc->assignment[index];
	struct q_point_insert_in in = reading_point(d->c->a, d->doc, index, d->id);
	struct q_point_insert row;
	TRY(q_point_insert(d->c->db, d->c->a, &in, &row, e));
	d->point_id[index] = row.id;
	struct point_ref ref = {d->id, row.id, x->type == ASSIGNMENT_TASK, d->author};
	return reading_lists(d->c, d->resolver, &ref, x, e);
}

/* "assignments[3].deadlines[0]" → "deadlines[0]" */
static struct str point_field(struct str field)
{
	if (!str_starts(field, STR("assignments[")))
		return or_empty(field);
	size_t dot = str_find_byte(field, '.', 0);
	return dot == SIZE_MAX ? STR("") : str_skip(field, dot + 1);
}

enum ec reading_problem(const struct ctx *c, int64_t document_id, int64_t point_id,
        const struct diag *w, struct err *e)
{
	struct q_diagnostic_insert row;
	return q_diagnostic_insert(c->db, c->a,
	        &(struct q_diagnostic_insert_in){document_id, point_id, w->code,
	                severity_name(w->severity), point_field(w->field), or_empty(w->fragment),
	                w->message, w->span.from, w->span.to, DB_NULL_INT, DB_NULL_INT},
	        &row, e);
}

static enum ec put_diagnostics(struct draft *d, struct err *e)
{
	for (size_t i = 0; i < d->doc->n_warnings; i++) {
		const struct diag *w = &d->doc->warning[i];
		bool of_point = w->assignment < d->doc->n_assignments;
		TRY(reading_problem(
		        d->c, d->id, of_point ? d->point_id[w->assignment] : DB_NULL_INT, w, e));
	}
	return EC_OK;
}

static enum ec note_import(struct draft *d, struct err *e)
{
	const struct doc_meta *m = &d->doc->meta;
	struct fact f;
	fact_begin(&f, d->c->a);
	json_kv_str(&f.j, "kind", doc_kind_name(m->kind));
	json_kv_str(&f.j, "number", or_empty(m->number.text));
	json_kv_str(&f.j, "date", or_empty(iso_or_null(d->c->a, m->date.date)));
	json_kv_str(&f.j, "title", or_empty(m->title.text));
	json_kv_str(&f.j, "file", d->src->name);
	json_kv_str(&f.j, "file_hash", d->hash);
	json_kv_str(&f.j, "text_hash", secret_hash_hex(d->c->a, d->doc->source->text));
	json_kv_int(&f.j, "points", (int64_t)d->doc->n_assignments);
	json_kv_int(&f.j, "warnings", (int64_t)d->doc->n_warnings);
	return history_add(d->c,
	        &(struct change){
	                STR("document"), d->id, STR("import"), STR_NONE, fact_end(&f), STR("")},
	        e);
}

static enum ec store(struct draft *d, int64_t *ret_id, struct err *e)
{
	AUTO_TX tx = {0};
	TRY(tx_begin(d->c->db, &tx, e));
	TRY(file_known(d->c, d->hash, &d->file_id, ret_id, e));
	TRY(put_file(d, e));
	TRY(put_document(d, e));
	for (size_t i = 0; i < d->doc->n_assignments; i++)
		TRY(put_point(d, i, e));
	TRY(put_diagnostics(d, e));
	TRY(note_import(d, e));
	TRY(document_index(d->c, d->id, e));
	return tx_commit(&tx, e);
}

enum ec document_import(
        const struct ctx *c, const struct document_source *src, int64_t *ret_id, struct err *e)
{
	struct draft d = {.c = c, .src = src};
	TRY(choose_territory(c, src->territory_id, &d.territory_id, e));
	if (src->bytes.n == 0)
		return err_set(e, EC_INPUT, "файл пуст");
	d.hash = secret_hash_hex(c->a, src->bytes);
	TRY(file_known(c, d.hash, &d.file_id, ret_id, e));
	struct source text;
	struct document doc;
	struct ctx own = *c;
	TRY(intake_document(&own, src->bytes, src->name, &text, e));
	document_parse(c->a, &text, &doc);
	d.doc = &doc;
	d.point_id = arena_new(c->a, int64_t, doc.n_assignments);
	int64_t set;
	TRY(set_territory(c, d.territory_id, &set, e));
	TRY(author_of_territory(c, d.territory_id, &d.author, e));
	TRY(resolver_open(c, set, &d.resolver, e));
	TRY(store(&d, ret_id, e));
	*ret_id = d.id;
	return EC_OK;
}

#include "core/order/document_card.h"
#include "web/api.h"
#include "web/page_documents.h"

static void row(struct json *j, const struct document_row *d)
{
	json_kv_int(j, "id", d->id);
	json_kv_str(j, "kind", d->kind);
	json_kv_str(j, "number", d->number);
	json_key(j, STR("date"));
	json_str_or_null(j, d->date);
	json_kv_str(j, "title", d->title);
	json_kv_str(j, "issuer", d->issuer);
	json_kv_str(j, "status", d->status);
	json_kv_int(j, "territory_id", d->territory_id);
	json_kv_str(j, "territory", d->territory_name);
	json_kv_int(j, "points", d->n_points);
	json_kv_int(j, "errors", d->n_errors);
	json_kv_int(j, "assignments", d->n_assignments);
	json_kv_int(j, "done", d->n_done);
	json_kv_int(j, "overdue", d->n_overdue);
}

enum ec api_documents(struct call *c, struct err *e)
{
	struct document_filter f = documents_filter(c);
	struct document_list m;
	struct api p;
	TRY(document_list(&c->ctx, &f, &m, e));
	api_begin(&p, c, call_today(c));
	api_rows(&p, m.total, f.page.offset);
	for (size_t i = 0; i < m.n; i++) {
		json_obj(&p.j);
		row(&p.j, &m.v[i]);
		json_obj_end(&p.j);
	}
	json_arr_end(&p.j);
	return api_end(&p, c, e);
}

static void deadline(struct json *j, const struct card_deadline *d)
{
	json_obj(j);
	json_kv_str(j, "text", d->text);
	json_kv_str(j, "kind", d->kind);
	json_key(j, STR("start"));
	json_str_or_null(j, d->start);
	json_key(j, STR("end"));
	json_str_or_null(j, d->end);
	json_kv_str(j, "recurrence", d->recurrence);
	json_kv_str(j, "problem", d->problem);
	json_kv_num(j, "confidence", d->confidence);
	json_obj_end(j);
}

static void point(struct json *j, const struct card_point *p)
{
	json_obj(j);
	json_kv_int(j, "id", p->id);
	json_kv_str(j, "part", p->part);
	json_kv_str(j, "type", p->type);
	json_kv_str(j, "clause", p->clause);
	json_kv_str(j, "activity", p->activity);
	json_kv_bool(j, "removed", p->removed);
	json_kv_int(j, "version", p->version);
	json_kv_arr(j, "span");
	json_int(j, p->place.from);
	json_int(j, p->place.to);
	json_arr_end(j);
	json_kv_arr(j, "responsible");
	for (size_t i = 0; i < p->n_responsible; i++) {
		const struct card_responsible *r = &p->responsible[i];
		json_obj(j);
		json_kv_str(j, "name", r->name);
		json_kv_str(j, "person", r->person);
		json_kv_bool(j, "lead", r->lead);
		json_kv_str(j, "rule", r->rule);
		json_kv_int(j, "orgs", r->n_orgs);
		json_obj_end(j);
	}
	json_arr_end(j);
	json_kv_arr(j, "deadlines");
	for (size_t i = 0; i < p->n_deadlines; i++)
		deadline(j, &p->deadline[i]);
	json_arr_end(j);
	json_obj_end(j);
}

enum ec api_document(struct call *c, struct err *e)
{
	struct document_card m;
	struct api p;
	TRY(document_card(&c->ctx, c->id[0], &m, e));
	api_begin(&p, c, call_today(c));
	row(&p.j, &m.row);
	json_kv_int(&p.j, "version", m.version);
	json_kv_str(&p.j, "text", m.text);
	json_kv_arr(&p.j, "points");
	for (size_t i = 0; i < m.n_points; i++)
		point(&p.j, &m.point[i]);
	json_arr_end(&p.j);
	json_kv_arr(&p.j, "diagnostics");
	for (size_t i = 0; i < m.n_diagnostics; i++) {
		const struct card_diagnostic *g = &m.diagnostic[i];
		json_obj(&p.j);
		json_kv_int(&p.j, "id", g->id);
		json_kv_str(&p.j, "code", g->code);
		json_kv_str(&p.j, "severity", g->severity);
		json_kv_str(&p.j, "message", g->message);
		json_kv_bool(&p.j, "settled", g->settled);
		json_obj_end(&p.j);
	}
	json_arr_end(&p.j);
	return api_end(&p, c, e);
}

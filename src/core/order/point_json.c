#include "core/order/point_json.h"

#include "core/fact.h"
#include "db/q_point.h"

static void kv_id(struct json *j, const char *key, int64_t id)
{
	if (id != DB_NULL_INT)
		json_kv_int(j, key, id);
}

static void kv_place(struct json *j, int64_t from, int64_t to)
{
	json_kv_int(j, "from", from);
	json_kv_int(j, "to", to);
}

static enum ec add_who(
        const struct ctx *c, const struct point_at *at, struct json *j, struct err *e)
{
	struct q_responsibles_of_rows who;
	TRY(q_responsibles_of(c->db, c->a,
	        &(struct q_responsibles_of_in){at->document_id, at->point_id}, &who, e));
	json_kv_arr(j, "responsible");
	for (size_t i = 0; i < who.n; i++) {
		const struct q_responsibles_of *w = &who.v[i];
		json_obj(j);
		json_kv_str(j, "name", w->name);
		json_kv_str(j, "person", w->person);
		json_kv_bool(j, "lead", w->lead != 0);
		json_kv_str(j, "rule", w->rule);
		kv_id(j, "org_id", w->org_id);
		kv_place(j, w->span_start, w->span_end);
		json_kv_num(j, "confidence", w->confidence);
		json_obj_end(j);
	}
	json_arr_end(j);
	return EC_OK;
}

static enum ec add_due(
        const struct ctx *c, const struct point_at *at, struct json *j, struct err *e)
{
	struct q_deadlines_of_rows due;
	TRY(q_deadlines_of(
	        c->db, c->a, &(struct q_deadlines_of_in){at->document_id, at->point_id}, &due, e));
	json_kv_arr(j, "deadlines");
	for (size_t i = 0; i < due.n; i++) {
		const struct q_deadlines_of *d = &due.v[i];
		json_obj(j);
		json_kv_str(j, "text", d->text);
		json_kv_str(j, "label", d->label);
		json_kv_str(j, "kind", d->kind);
		json_kv_str(j, "start", or_empty(d->start_date));
		json_kv_str(j, "end", or_empty(d->end_date));
		json_kv_str(j, "time", d->due_time);
		json_kv_str(j, "recurrence", d->recurrence);
		json_kv_str(j, "anchor", d->anchor);
		json_kv_str(j, "distance", d->distance);
		json_kv_bool(j, "then_continuous", d->then_continuous != 0);
		json_kv_bool(j, "approximate", d->approximate != 0);
		json_kv_str(j, "year_rule", d->year_rule);
		json_kv_str(j, "problem", d->problem);
		json_kv_str(j, "fragment", d->fragment);
		json_kv_str(j, "proposal_kind", d->proposal_kind);
		json_kv_str(j, "proposal_start", or_empty(d->proposal_start));
		json_kv_str(j, "proposal_end", or_empty(d->proposal_end));
		json_kv_str(j, "proposal_recurrence", d->proposal_recurrence);
		json_kv_str(j, "inherited_from", d->inherited_from);
		kv_place(j, d->span_start, d->span_end);
		json_kv_num(j, "confidence", d->confidence);
		json_obj_end(j);
	}
	json_arr_end(j);
	return EC_OK;
}

static enum ec add_measures(
        const struct ctx *c, const struct point_at *at, struct json *j, struct err *e)
{
	struct q_indicators_of_rows ind;
	TRY(q_indicators_of(
	        c->db, c->a, &(struct q_indicators_of_in){at->document_id, at->point_id}, &ind, e));
	json_kv_arr(j, "indicators");
	for (size_t i = 0; i < ind.n; i++) {
		const struct q_indicators_of *x = &ind.v[i];
		json_obj(j);
		json_kv_str(j, "text", x->text);
		json_kv_str(j, "name", x->name);
		json_kv_str(j, "comparison", x->comparison);
		json_kv_num(j, "target", x->target);
		json_kv_str(j, "unit", x->unit);
		json_obj_end(j);
	}
	json_arr_end(j);
	return EC_OK;
}

static enum ec add_problems(
        const struct ctx *c, const struct point_at *at, struct json *j, struct err *e)
{
	struct q_diagnostics_of_rows diag;
	TRY(q_diagnostics_of(c->db, c->a,
	        &(struct q_diagnostics_of_in){at->document_id, at->point_id}, &diag, e));
	json_kv_arr(j, "problems");
	for (size_t i = 0; i < diag.n; i++) {
		const struct q_diagnostics_of *g = &diag.v[i];
		json_obj(j);
		json_kv_int(j, "id", g->id);
		json_kv_str(j, "code", g->code);
		json_kv_str(j, "severity", g->severity);
		json_kv_str(j, "field", g->field);
		json_kv_str(j, "fragment", g->fragment);
		json_kv_str(j, "message", g->message);
		kv_place(j, g->span_start, g->span_end);
		kv_id(j, "settled_at", g->settled_at);
		kv_id(j, "settled_by", g->settled_by);
		json_obj_end(j);
	}
	json_arr_end(j);
	return EC_OK;
}

enum ec point_json_undone(const struct ctx *c, const struct point_at *at, int64_t undoes,
        struct str *ret, struct err *e)
{
	struct q_point_one p;
	struct fact f;
	TRY(q_point_one(c->db, c->a, &(struct q_point_one_in){at->point_id}, &p, e));
	fact_begin(&f, c->a);
	json_kv_int(&f.j, "document_id", at->document_id);
	json_kv_str(&f.j, "type", p.type);
	json_kv_str(&f.j, "clause", p.clause);
	json_kv_str(&f.j, "section", p.section);
	json_kv_str(&f.j, "activity", p.activity);
	json_kv_str(&f.j, "items", p.items);
	json_kv_str(&f.j, "responsible_source", p.responsible_source);
	json_kv_str(&f.j, "document_types", p.document_types);
	json_kv_str(&f.j, "expected_result", p.expected_result);
	json_kv_num(&f.j, "confidence", p.confidence);
	json_kv_bool(&f.j, "edited", p.edited != 0);
	json_kv_bool(&f.j, "checked", p.checked != 0);
	json_kv_bool(&f.j, "removed", p.removed != 0);
	TRY(add_who(c, at, &f.j, e));
	TRY(add_due(c, at, &f.j, e));
	TRY(add_measures(c, at, &f.j, e));
	TRY(add_problems(c, at, &f.j, e));
	if (undoes != 0)
		json_kv_int(&f.j, "undoes", undoes);
	*ret = fact_end(&f);
	return EC_OK;
}

enum ec point_json(
        const struct ctx *c, int64_t document_id, int64_t point_id, struct str *ret, struct err *e)
{
	return point_json_undone(c, &(struct point_at){document_id, point_id}, 0, ret, e);
}

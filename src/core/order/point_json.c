#include "core/order/point_json.h"

#include "core/fact.h"
#include "db/q_point.h"

static enum ec add_who(
        const struct ctx *c, int64_t document_id, int64_t point_id, struct json *j, struct err *e)
{
	struct q_responsibles_of_rows who;
	TRY(q_responsibles_of(
	        c->db, c->a, &(struct q_responsibles_of_in){document_id, point_id}, &who, e));
	json_kv_arr(j, "responsible");
	for (size_t i = 0; i < who.n; i++) {
		json_obj(j);
		json_kv_str(j, "name", who.v[i].name);
		json_kv_str(j, "person", who.v[i].person);
		json_kv_str(j, "rule", who.v[i].rule);
		if (who.v[i].org_id != INT64_MIN)
			json_kv_int(j, "org_id", who.v[i].org_id);
		json_obj_end(j);
	}
	json_arr_end(j);
	return EC_OK;
}

static enum ec add_due(
        const struct ctx *c, int64_t document_id, int64_t point_id, struct json *j, struct err *e)
{
	struct q_deadlines_of_rows due;
	TRY(q_deadlines_of(
	        c->db, c->a, &(struct q_deadlines_of_in){document_id, point_id}, &due, e));
	json_kv_arr(j, "deadlines");
	for (size_t i = 0; i < due.n; i++) {
		const struct q_deadlines_of *d = &due.v[i];
		json_obj(j);
		json_kv_str(j, "text", d->text);
		json_kv_str(j, "kind", d->kind);
		json_kv_str(j, "start", or_empty(d->start_date));
		json_kv_str(j, "end", or_empty(d->end_date));
		json_kv_str(j, "recurrence", d->recurrence);
		json_kv_str(j, "problem", d->problem);
		json_obj_end(j);
	}
	json_arr_end(j);
	return EC_OK;
}

enum ec point_json(
        const struct ctx *c, int64_t document_id, int64_t point_id, struct str *ret, struct err *e)
{
	struct q_point_one p;
	struct q_indicators_of_rows ind;
	struct fact f;
	TRY(q_point_one(c->db, c->a, &(struct q_point_one_in){point_id}, &p, e));
	TRY(q_indicators_of(
	        c->db, c->a, &(struct q_indicators_of_in){document_id, point_id}, &ind, e));
	fact_begin(&f, c->a);
	json_kv_int(&f.j, "document_id", document_id);
	json_kv_str(&f.j, "type", p.type);
	json_kv_str(&f.j, "clause", p.clause);
	json_kv_str(&f.j, "section", p.section);
	json_kv_str(&f.j, "activity", p.activity);
	json_kv_str(&f.j, "items", p.items);
	json_kv_str(&f.j, "document_types", p.document_types);
	json_kv_str(&f.j, "expected_result", p.expected_result);
	json_kv_bool(&f.j, "removed", p.removed != 0);
	TRY(add_who(c, document_id, point_id, &f.j, e));
	TRY(add_due(c, document_id, point_id, &f.j, e));
	json_kv_arr(&f.j, "indicators");
	for (size_t i = 0; i < ind.n; i++)
		json_str(&f.j, ind.v[i].text);
	json_arr_end(&f.j);
	*ret = fact_end(&f);
	return EC_OK;
}

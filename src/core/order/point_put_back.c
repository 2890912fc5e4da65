/* A point as the history kept it, written back. */
#include "core/fact.h"
#include "core/order/point_json.h"
#include "db/q_point.h"
#include "text/fold.h"

#include <math.h>

static struct str text_of(const struct json_value *v, const char *key)
{
	return or_empty(json_get_str(v, key));
}

static struct str date_of(const struct json_value *v, const char *key)
{
	struct str s = text_of(v, key);
	return s.n > 0 ? s : STR_NONE;
}

static int64_t int_of(const struct json_value *v, const char *key, int64_t none)
{
	int64_t n;
	return json_get_int(v, key, &n) ? n : none;
}

static bool flag_of(const struct json_value *v, const char *key)
{
	const struct json_value *m = json_get(v, key);
	return m != NULL && m->kind == JSON_BOOL && m->b;
}

static double num_of(const struct json_value *v, const char *key, double none)
{
	const struct json_value *m = json_get(v, key);
	return m != NULL && m->kind == JSON_NUM ? m->num : none;
}

static enum ec put_who(
        const struct ctx *c, int64_t point_id, const struct json_value *list, struct err *e)
{
	TRY(q_responsibles_drop(c->db, &(struct q_responsibles_drop_in){point_id}, e));
	for (size_t i = 0; i < list->n; i++) {
		const struct json_value *w = &list->item[i];
		struct q_point_responsible_insert row;
		TRY(q_point_responsible_insert(c->db, c->a,
		        &(struct q_point_responsible_insert_in){point_id, (int64_t)i,
		                text_of(w, "name"), text_of(w, "person"), flag_of(w, "lead"),
		                text_of(w, "rule"), int_of(w, "org_id", DB_NULL_INT),
		                int_of(w, "from", 0), int_of(w, "to", 0),
		                num_of(w, "confidence", 1)},
		        &row, e));
	}
	return EC_OK;
}

static enum ec put_due(
        const struct ctx *c, int64_t point_id, const struct json_value *list, struct err *e)
{
	TRY(q_deadlines_drop(c->db, &(struct q_deadlines_drop_in){point_id}, e));
	for (size_t i = 0; i < list->n; i++) {
		const struct json_value *d = &list->item[i];
		struct q_point_deadline_insert row;
		TRY(q_point_deadline_insert(c->db, c->a,
		        &(struct q_point_deadline_insert_in){.point_id = point_id,
		                .seq = (int64_t)i,
		                .words = text_of(d, "text"),
		                .label = text_of(d, "label"),
		                .kind = text_of(d, "kind"),
		                .start_date = date_of(d, "start"),
		                .end_date = date_of(d, "end"),
		                .due_time = text_of(d, "time"),
		                .recurrence = text_of(d, "recurrence"),
		                .anchor = text_of(d, "anchor"),
		                .distance = text_of(d, "distance"),
		                .then_continuous = flag_of(d, "then_continuous"),
		                .year_rule = text_of(d, "year_rule"),
		                .approximate = flag_of(d, "approximate"),
		                .problem = text_of(d, "problem"),
		                .fragment = text_of(d, "fragment"),
		                .proposal_kind = text_of(d, "proposal_kind"),
		                .proposal_start = date_of(d, "proposal_start"),
		                .proposal_end = date_of(d, "proposal_end"),
		                .proposal_recurrence = text_of(d, "proposal_recurrence"),
		                .inherited_from = text_of(d, "inherited_from"),
		                .span_start = int_of(d, "from", 0),
		                .span_end = int_of(d, "to", 0),
		                .confidence = num_of(d, "confidence", 1)},
		        &row, e));
	}
	return EC_OK;
}

static enum ec put_measures(
        const struct ctx *c, int64_t point_id, const struct json_value *list, struct err *e)
{
	TRY(q_indicators_drop(c->db, &(struct q_indicators_drop_in){point_id}, e));
	for (size_t i = 0; i < list->n; i++) {
		const struct json_value *x = &list->item[i];
		TRY(q_point_indicator_insert(c->db,
		        &(struct q_point_indicator_insert_in){point_id, (int64_t)i,
		                text_of(x, "text"), text_of(x, "name"), text_of(x, "comparison"),
		                num_of(x, "target", (double)NAN), text_of(x, "unit")},
		        e));
	}
	return EC_OK;
}

static enum ec put_problem(const struct ctx *c, const struct point_at *at,
        const struct json_value *g, const struct q_diagnostics_of_rows *now, struct err *e)
{
	int64_t id = int_of(g, "id", 0);
	int64_t when = int_of(g, "settled_at", DB_NULL_INT);
	int64_t who = int_of(g, "settled_by", DB_NULL_INT);
	struct q_diagnostic_insert row;
	for (size_t i = 0; i < now->n; i++)
		if (now->v[i].id == id)
			return q_diagnostic_settle(
			        c->db, &(struct q_diagnostic_settle_in){id, when, who}, e);
	return q_diagnostic_insert(c->db, c->a,
	        &(struct q_diagnostic_insert_in){at->document_id, at->point_id, text_of(g, "code"),
	                text_of(g, "severity"), text_of(g, "field"), text_of(g, "fragment"),
	                text_of(g, "message"), int_of(g, "from", 0), int_of(g, "to", 0), when, who},
	        &row, e);
}

static enum ec put_problems(const struct ctx *c, const struct point_at *at,
        const struct json_value *list, struct err *e)
{
	struct q_diagnostics_of_rows now;
	TRY(q_diagnostics_of(c->db, c->a,
	        &(struct q_diagnostics_of_in){at->document_id, at->point_id}, &now, e));
	for (size_t i = 0; i < now.n; i++) {
		bool kept = false;
		for (size_t k = 0; k < list->n; k++)
			kept = kept || int_of(&list->item[k], "id", 0) == now.v[i].id;
		if (!kept)
			TRY(q_diagnostic_drop(
			        c->db, &(struct q_diagnostic_drop_in){now.v[i].id}, e));
	}
	for (size_t k = 0; k < list->n; k++)
		TRY(put_problem(c, at, &list->item[k], &now, e));
	return EC_OK;
}

enum ec point_put_back(
        const struct ctx *c, const struct point_at *at, struct str json, struct err *e)
{
	struct json_value *v;
	struct arena *a = c->a;
	TRY(json_parse(a, json, &v, e));
	const struct json_value *who = json_get(v, "responsible");
	const struct json_value *due = json_get(v, "deadlines");
	const struct json_value *ind = json_get(v, "indicators");
	const struct json_value *bad = json_get(v, "problems");
	if (who == NULL || due == NULL || ind == NULL || bad == NULL)
		return err_set(
		        e, EC_INPUT, "эта правка записана прежней программой: отмена невозможна");
	struct str clause = text_of(v, "clause");
	struct str activity = text_of(v, "activity");
	struct str items = text_of(v, "items");
	TRY(q_point_put_back(c->db,
	        &(struct q_point_put_back_in){.id = at->point_id,
	                .type = text_of(v, "type"),
	                .clause = clause,
	                .section = text_of(v, "section"),
	                .activity = activity,
	                .items = items,
	                .responsible_source = text_of(v, "responsible_source"),
	                .document_types = text_of(v, "document_types"),
	                .expected_result = text_of(v, "expected_result"),
	                .search_key = text_key(
	                        a, str_printf(a, STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(clause),
	                                   STR_ARG(activity), STR_ARG(items))),
	                .confidence = num_of(v, "confidence", 1),
	                .edited = flag_of(v, "edited"),
	                .checked = flag_of(v, "checked"),
	                .removed = flag_of(v, "removed")},
	        e));
	TRY(put_who(c, at->point_id, who, e));
	TRY(put_due(c, at->point_id, due, e));
	TRY(put_measures(c, at->point_id, ind, e));
	return put_problems(c, at, bad, e);
}

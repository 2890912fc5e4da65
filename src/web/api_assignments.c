#include "web/api.h"
#include "web/page_assignments.h"

static void row(struct json *j, const struct assignment_row *r)
{
	json_kv_int(j, "id", r->id);
	json_kv_int(j, "document_id", r->document_id);
	json_kv_int(j, "point_id", r->point_id);
	json_kv_str(j, "clause", r->clause);
	json_kv_str(j, "activity", r->activity);
	json_kv_int(j, "org_id", r->org_id);
	json_kv_str(j, "org", r->org_name);
	json_kv_int(j, "territory_id", r->territory_id);
	json_kv_str(j, "territory", r->territory_name);
	json_kv_str(j, "deadline_text", r->deadline_text);
	json_key(j, STR("due"));
	json_str_or_null(j, r->due);
	json_kv_str(j, "state", control_state_name(r->state));
	json_kv_str(j, "status", control_status_name(r->verdict.status));
	json_kv_int(j, "days_over", r->verdict.days_over);
	json_kv_int(j, "days_left", r->verdict.days_left);
	json_kv_str(j, "why", r->verdict.why);
	json_kv_int(j, "version", r->version);
}

enum ec api_assignments(struct call *c, struct err *e)
{
	struct assignment_filter f = assignments_filter(c);
	struct assignment_list m;
	struct api p;
	TRY(assignments_read(c, &f, &m, e));
	api_begin(&p, c, m.on);
	json_kv_obj(&p.j, "by_status");
	for (enum control_status s = STATUS_OVERDUE; s < STATUS_COUNT; s++) {
		json_key(&p.j, control_status_name(s));
		json_int(&p.j, m.by_status[s]);
	}
	json_obj_end(&p.j);
	api_rows(&p, m.total, f.page.offset);
	for (size_t i = 0; i < m.n; i++) {
		json_obj(&p.j);
		row(&p.j, &m.v[i]);
		json_obj_end(&p.j);
	}
	json_arr_end(&p.j);
	return api_end(&p, c, e);
}

enum ec api_assignment(struct call *c, struct err *e)
{
	struct assignment_card m;
	struct api p;
	TRY(assignment_card(&c->ctx, c->id[0], &m, e));
	api_begin(&p, c, call_today(c));
	row(&p.j, &m.row);
	json_kv_str(&p.j, "chosen_because", m.why);
	json_kv_str(&p.j, "note", m.state_note);
	json_kv_arr(&p.j, "history");
	for (size_t i = 0; i < m.n_events; i++) {
		json_obj(&p.j);
		json_kv_int(&p.j, "at", m.event[i].at);
		json_kv_str(&p.j, "who", m.event[i].who);
		json_kv_str(&p.j, "what", m.event[i].what);
		json_kv_str(&p.j, "note", m.event[i].note);
		json_obj_end(&p.j);
	}
	json_arr_end(&p.j);
	return api_end(&p, c, e);
}

/* What the days of a document's deadlines depend on, read from the database. */
#include "core/fact.h"
#include "core/order/due_days.h"
#include "db/q_document.h"
#include "db/q_due.h"

enum ec due_env_load(
        const struct ctx *c, const struct q_document_one *d, struct due_env *ret, struct err *e)
{
	struct calendar *cal;
	struct q_due_events_rows ev;
	struct q_due_schedule_rows rows;
	TRY(calendar_load(c, d->territory_id, &cal, e));
	TRY(q_due_events(c->db, c->a, &(struct q_due_events_in){d->territory_id, d->id}, &ev, e));
	TRY(q_due_schedule(c->db, c->a, &(struct q_due_schedule_in){d->id}, &rows, e));
	struct named_event *v = arena_new(c->a, struct named_event, ev.n);
	for (size_t i = 0; i < ev.n; i++)
		v[i] = (struct named_event){ev.v[i].id, ev.v[i].anchor_key, ev.v[i].anchor,
		        iso_date(ev.v[i].happened), (int)ev.v[i].grace, ev.v[i].source};
	struct schedule_row *s = arena_new(c->a, struct schedule_row, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		s[i] = (struct schedule_row){rows.v[i].deadline_id, rows.v[i].org_id,
		        iso_date(rows.v[i].day), rows.v[i].source};
	*ret = (struct due_env){.doc = iso_date(d->doc_date),
	        .plan_start = iso_date(d->plan_start),
	        .plan_end = iso_date(d->plan_end),
	        .today = clock_today(c->clock),
	        .cal = cal,
	        .event = v,
	        .n_events = ev.n,
	        .schedule = s,
	        .n_schedule = rows.n};
	return EC_OK;
}

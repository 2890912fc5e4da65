#include "core/control/overview.h"

#include "core/control/assignment_row.h"
#include "core/fact.h"
#include "core/order/document_seen.h"
#include "db/q_assignment.h"

#include <math.h>
#include <stdlib.h>

#define WEEK (7L * 86400)

static int worst_first(const void *x, const void *y)
{
	const struct overview_territory *a = x;
	const struct overview_territory *b = y;
	if (a->share_overdue != b->share_overdue)
		return a->share_overdue < b->share_overdue ? 1 : -1;
	return a->n_overdue == b->n_overdue ? 0 : a->n_overdue < b->n_overdue ? 1 : -1;
}

static enum ec add_territories(
        const struct ctx *c, const struct scope *s, struct overview *o, struct err *e)
{
	struct q_overview_territories_rows rows;
	TRY(q_overview_territories(c->db, c->a,
	        &(struct q_overview_territories_in){s->territory_id, s->org_id,
	                date_iso(c->a, o->on), date_iso(c->a, o->week_end)},
	        &rows, e));
	o->territory = arena_new(c->a, struct overview_territory, rows.n);
	o->n_territories = rows.n;
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_overview_territories *r = &rows.v[i];
		o->territory[i] = (struct overview_territory){.id = r->id,
		        .name = r->name,
		        .n = r->n,
		        .n_done = r->n_done,
		        .n_overdue = r->n_overdue,
		        .n_due_week = r->n_due_week,
		        .n_review = r->n_review,
		        .share_done = r->n > 0 ? (double)r->n_done / (double)r->n : (double)NAN,
		        .share_overdue =
		                r->n > 0 ? (double)r->n_overdue / (double)r->n : (double)NAN};
	}
	if (rows.n > 1)
		qsort(o->territory, rows.n, sizeof(o->territory[0]), worst_first);
	return EC_OK;
}

static enum ec add_worst(
        const struct ctx *c, const struct scope *s, struct overview *o, struct err *e)
{
	struct q_overview_worst_rows rows;
	TRY(q_overview_worst(c->db, c->a,
	        &(struct q_overview_worst_in){s->territory_id, s->org_id, date_iso(c->a, o->on)},
	        &rows, e));
	o->worst = arena_new(c->a, struct overview_org, rows.n);
	o->n_worst = rows.n;
	for (size_t i = 0; i < rows.n; i++)
		o->worst[i] = (struct overview_org){rows.v[i].id, rows.v[i].name,
		        rows.v[i].territory_name, rows.v[i].n, rows.v[i].n_overdue};
	return EC_OK;
}

static enum ec add_documents(const struct ctx *c, struct overview *o, struct err *e)
{
	struct document_rights r;
	struct q_overview_documents n;
	struct document_list l;
	TRY(document_rights(c, &r, e));
	TRY(q_overview_documents(c->db, c->a,
	        &(struct q_overview_documents_in){r.writes, r.write_territory, r.read.territory_id,
	                r.read.org_id, clock_now(c->clock) - WEEK},
	        &n, e));
	o->n_new_documents = n.n_new;
	o->n_drafts = r.writes ? n.n_drafts : 0;
	o->n_errors = r.writes ? n.n_errors : 0;
	TRY(document_list(c,
	        &(struct document_filter){.sort = DOCUMENT_BY_CREATED_DESC, .page = {0, 5}}, &l,
	        e));
	o->document = l.v;
	o->n_documents = l.n;
	return EC_OK;
}

/* Overdue first, then what is due next: the order of the due day gives both. */
static enum ec add_next(const struct ctx *c, struct overview *o, struct err *e)
{
	static const enum control_status urgent[] = {STATUS_OVERDUE, STATUS_DUE_WEEK};
	o->next = arena_new(c->a, struct assignment_row, 10);
	for (size_t k = 0; k < ARRAY_LEN(urgent); k++) {
		struct assignment_list l;
		TRY(assignment_list(c,
		        &(struct assignment_filter){.status = urgent[k], .page = {0, 10}}, &l, e));
		for (size_t i = 0; i < l.n && o->n_next < 10; i++)
			o->next[o->n_next++] = l.v[i];
		for (int s = 0; k == 0 && s < STATUS_COUNT; s++)
			o->by_status[s] = l.by_status[s];
	}
	return EC_OK;
}

enum ec overview(const struct ctx *c, struct overview *ret, struct err *e)
{
	struct scope s;
	struct overview o = {.on = clock_today(c->clock)};
	struct q_overview_recent recent;
	o.week_end = control_week_end(o.on);
	/* an administrator of users sees no assignments: an empty page, no refusal */
	if (!actor_scope(c->actor, CAP_ASSIGNMENT_READ, &s)) {
		*ret = o;
		return EC_OK;
	}
	TRY(add_territories(c, &s, &o, e));
	TRY(add_worst(c, &s, &o, e));
	TRY(add_documents(c, &o, e));
	TRY(add_next(c, &o, e));
	TRY(q_overview_recent(c->db, c->a,
	        &(struct q_overview_recent_in){
	                s.territory_id, s.org_id, clock_now(c->clock) - WEEK},
	        &recent, e));
	o.n_submitted = recent.n;
	o.shows_territories = s.org_id == ACTOR_ALL;
	*ret = o;
	return EC_OK;
}

#include "core/control/assignment_list.h"

#include "core/control/assignment_row.h"
#include "core/fact.h"
#include "doc/document.h"

struct assignment_row assignment_row_of(
        const struct ctx *c, const struct q_assignment_page *r, struct date today)
{
	enum control_state state = CONTROL_ASSIGNED;
	enum doc_kind kind;
	(void)control_state_of(r->state, &state);
	struct date reported = report_day(c, r->submitted_at);
	const struct control_facts facts = {state, r->due_date, r->lead != 0, reported};
	return (struct assignment_row){.id = r->id,
	        .parent_id = r->parent_id,
	        .document_id = r->document_id,
	        .point_id = r->point_id,
	        .org_id = r->org_id,
	        .territory_id = r->territory_id,
	        .document_kind_title = doc_kind_of(r->kind, &kind) ? doc_kind_title(kind) : r->kind,
	        .document_number = r->number,
	        .document_date = r->doc_date,
	        .document_title = r->title,
	        .clause = r->clause,
	        .activity = r->activity,
	        .org_name = r->org_name,
	        .territory_name = r->territory_name,
	        .deadline_text = or_empty(r->deadline_text),
	        .deadline_kind = or_empty(r->deadline_kind),
	        .due = r->due_date,
	        .state = state,
	        .verdict = control_judge_of(c->a, &facts, today),
	        .reported = reported,
	        .state_at = r->state_at,
	        .lead = r->lead != 0,
	        .version = r->version};
}

struct date report_day(const struct ctx *c, int64_t submitted_at)
{
	return submitted_at == DB_NULL_INT ? (struct date){0}
	                                   : date_of_time(submitted_at, c->clock->offset_min);
}

static int64_t or_null(int64_t id)
{
	return id == 0 ? DB_NULL_INT : id;
}

static enum ec count_statuses(const struct ctx *c, const struct q_assignment_page_in *in,
        struct assignment_list *l, struct err *e)
{
	struct q_assignment_statuses_rows rows;
	TRY(q_assignment_statuses(c->db, c->a,
	        &(struct q_assignment_statuses_in){.scope_territory = in->scope_territory,
	                .scope_org = in->scope_org,
	                .today = in->today,
	                .week = in->week,
	                .at = in->at,
	                .state = in->state,
	                .org_id = in->org_id,
	                .territory_id = in->territory_id,
	                .document_id = in->document_id,
	                .point_id = in->point_id,
	                .from_due = in->from_due,
	                .to_due = in->to_due,
	                .w1 = in->w1,
	                .w2 = in->w2,
	                .w3 = in->w3,
	                .w4 = in->w4},
	        &rows, e));
	for (size_t i = 0; i < rows.n; i++) {
		int64_t s = rows.v[i].status;
		if (s <= STATUS_ANY || s >= STATUS_COUNT)
			continue;
		l->by_status[s] = rows.v[i].n;
		if (s != STATUS_WITHDRAWN || in->state.n > 0)
			l->by_status[STATUS_ANY] += rows.v[i].n;
	}
	l->total = l->by_status[in->status];
	return EC_OK;
}

/* at DB_NULL_INT: now. */
static enum ec list(const struct ctx *c, const struct assignment_filter *f, struct date on,
        int64_t at, struct assignment_list *ret, struct err *e)
{
	/* both enums go column by column, first up, then down */
	_Static_assert((int)Q_ASSIGNMENT_PAGE_BY_DUE == (int)ASSIGNMENT_BY_DUE, "order");
	_Static_assert(
	        (int)Q_ASSIGNMENT_PAGE_BY_NUMBER_DESC == (int)ASSIGNMENT_BY_NUMBER_DESC, "order");
	struct scope s;
	struct str from;
	struct str to;
	TRY(must_scope(c, CAP_ASSIGNMENT_READ, &s, e));
	TRY(typed_date(c->a, f->from, "С даты", &from, e));
	TRY(typed_date(c->a, f->to, "По дату", &to, e));
	if (f->status < STATUS_ANY || f->status >= STATUS_COUNT)
		return err_set(e, EC_INPUT, "неизвестное состояние");
	struct search_words w = search_words_of(c->a, f->search);
	struct paging p = paging_clean(f->page);
	bool sort_known = f->sort > ASSIGNMENT_BY_DUE && f->sort < ASSIGNMENT_SORT_COUNT;
	struct q_assignment_page_in in = {.scope_territory = s.territory_id,
	        .scope_org = s.org_id,
	        .today = date_iso(c->a, on),
	        .week = date_iso(c->a, control_week_end(on)),
	        .at = at,
	        .state = control_state_name(f->state),
	        .org_id = or_null(f->org_id),
	        .territory_id = or_null(f->territory_id),
	        .document_id = or_null(f->document_id),
	        .point_id = or_null(f->point_id),
	        .from_due = or_empty(from),
	        .to_due = or_empty(to),
	        .w1 = w.w[0],
	        .w2 = w.w[1],
	        .w3 = w.w[2],
	        .w4 = w.w[3],
	        .status = f->status,
	        .n = p.limit,
	        .skip = p.offset,
	        .sort = (enum q_assignment_page_sort)(sort_known ? (int)f->sort : 0)};
	struct q_assignment_page_rows rows;
	struct assignment_list l = {.on = on};
	TRY(q_assignment_page(c->db, c->a, &in, &rows, e));
	TRY(count_statuses(c, &in, &l, e));
	l.v = arena_new(c->a, struct assignment_row, rows.n);
	l.n = rows.n;
	for (size_t i = 0; i < rows.n; i++)
		l.v[i] = assignment_row_of(c, &rows.v[i], on);
	*ret = l;
	return EC_OK;
}

enum ec assignment_list(const struct ctx *c, const struct assignment_filter *f,
        struct assignment_list *ret, struct err *e)
{
	return list(c, f, clock_today(c->clock), DB_NULL_INT, ret, e);
}

enum ec assignment_list_as_of(const struct ctx *c, struct date on,
        const struct assignment_filter *f, struct assignment_list *ret, struct err *e)
{
	if (date_none(on))
		return err_set(e, EC_INPUT, "На дату: укажите дату");
	/* the last second of the local day */
	int64_t end = ((int64_t)date_days(on) + 1) * 86400 - 60L * c->clock->offset_min - 1;
	return list(c, f, on, end, ret, e);
}

#include "web/page_assignments.h"

#include "web/page_overview.h"
#include "web/pages/assignments.h"

static const struct sort_key sorts[] = {
        {STR_INIT("due"), ASSIGNMENT_BY_DUE, ASSIGNMENT_BY_DUE_DESC},
        {STR_INIT("org"), ASSIGNMENT_BY_ORG, ASSIGNMENT_BY_ORG_DESC},
        {STR_INIT("territory"), ASSIGNMENT_BY_TERRITORY, ASSIGNMENT_BY_TERRITORY_DESC},
        {STR_INIT("state"), ASSIGNMENT_BY_STATE, ASSIGNMENT_BY_STATE_DESC},
        {STR_INIT("document"), ASSIGNMENT_BY_DOCUMENT, ASSIGNMENT_BY_DOCUMENT_DESC},
        {STR_INIT("clause"), ASSIGNMENT_BY_CLAUSE, ASSIGNMENT_BY_CLAUSE_DESC},
        {STR_INIT("activity"), ASSIGNMENT_BY_ACTIVITY, ASSIGNMENT_BY_ACTIVITY_DESC},
        {STR_INIT("id"), ASSIGNMENT_BY_NUMBER, ASSIGNMENT_BY_NUMBER_DESC},
};

struct assignment_filter assignments_filter(const struct call *c)
{
	struct assignment_filter f = {
	        .territory_id = call_int(c, STR("territory")),
	        .org_id = call_int(c, STR("org")),
	        .document_id = call_int(c, STR("document")),
	        .point_id = call_int(c, STR("point")),
	        .from = call_iso(c, STR("from")),
	        .to = call_iso(c, STR("to")),
	        .search = call_text(c, STR("q")),
	        .page = call_paging(c),
	};
	f.sort = (enum assignment_sort)sort_of(
	        sorts, ARRAY_LEN(sorts), call_text(c, STR("sort")), ASSIGNMENT_BY_DUE);
	/* Words that the form offers only; anything else was refused by it. */
	(void)control_status_of(call_text(c, STR("status")), &f.status);
	(void)control_state_of(call_text(c, STR("state")), &f.state);
	return f;
}

enum ec assignments_read(const struct call *c, const struct assignment_filter *f,
        struct assignment_list *ret, struct err *e)
{
	const struct value *on = value_of(&c->values, STR("on"));
	if (on->set && date_cmp(on->date, call_today(c)) < 0)
		return assignment_list_as_of(&c->ctx, on->date, f, ret, e);
	return assignment_list(&c->ctx, f, ret, e);
}

enum ec assignments_get(struct call *c, struct err *e)
{
	struct assignments_page p = {
	        .head = {.call = c,
	                .title = STR("Поручения"),
	                .section = SECTION_ASSIGNMENTS,
	                .guide = STR("assignments"),
	                .xlsx = call_same(c, STR("/assignments.xlsx"))},
	        .filter = assignments_filter(c),
	};
	TRY(assignments_read(c, &p.filter, &p.m, e));
	TRY(territory_options(c, p.filter.territory_id, &p.territories, e));
	if (p.filter.org_id > 0 && p.m.n > 0)
		p.org_name = p.m.v[0].org_name;
	if (p.filter.document_id > 0 && p.m.n > 0)
		p.document_title = str_printf(c->r->a, STR_FMT " " STR_FMT,
		        STR_ARG(p.m.v[0].document_kind_title), STR_ARG(p.m.v[0].document_number));
	p.head.as_of = p.m.on;
	p.may_bulk = p.m.n > 0 && date_cmp(p.m.on, call_today(c)) >= 0 &&
	             (call_may(c, CAP_ASSIGNMENT_WORK) || call_may(c, CAP_ASSIGNMENT_CONTROL));
	p.pager = pager_of(c, p.filter.page, p.m.n, p.m.total);
	struct out o;
	out_init(&o, c->r->a);
	page_assignments(&o, &p);
	return call_page(c, &o, e);
}

enum ec assignment_get(struct call *c, struct err *e)
{
	struct assignment_page p = {
	        .head = {.call = c,
	                .section = SECTION_ASSIGNMENTS,
	                .guide = STR("assignments"),
	                .as_of = call_today(c),
	                .crumb = {{STR("Поручения"), URL("/assignments")}}},
	};
	TRY(assignment_card(&c->ctx, c->id[0], &p.m, e));
	TRY(due_moves_of(&c->ctx, c->id[0], &p.due, e));
	TRY(evidence_of(&c->ctx, c->id[0], &p.proof, e));
	const struct assignment_row *r = &p.m.row;
	p.head.title = str_printf(c->r->a, "Поручение № %lld", (long long)r->id);
	p.head.note = str_printf(c->r->a, STR_FMT " " STR_FMT " от " STR_FMT ", п. " STR_FMT,
	        STR_ARG(r->document_kind_title), STR_ARG(r->document_number),
	        STR_ARG(day(c->r->a, r->document_date)), STR_ARG(or_dash(r->clause)));
	struct out o;
	out_init(&o, c->r->a);
	page_assignment(&o, &p);
	return call_page(c, &o, e);
}

enum ec assignment_step_post(struct call *c, struct err *e)
{
	struct step_form f = {
	        .version = call_int(c, STR("version")),
	        .note = call_text(c, STR("note")),
	};
	if (!control_step_of(call_text(c, STR("step")), &f.step))
		return err_set(e, EC_INPUT, "нет такого действия");
	TRY(assignment_step(&c->ctx, c->id[0], &f, e));
	return call_redirect(c, url_int(c->r->a, URL("/assignments"), c->id[0]),
	        str_printf(c->r->a, "Сделано: " STR_FMT ".", STR_ARG(control_step_title(f.step))));
}

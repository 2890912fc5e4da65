#include "web/page_overview.h"

#include "web/list.h"
#include "web/pages/overview.h"

struct str verdict_words(struct arena *a, const struct control_verdict *v)
{
	if (v->status == STATUS_OVERDUE)
		return str_printf(a, "просрочено на " STR_FMT,
		        STR_ARG(counted(a, v->days_over, STR("день"), STR("дня"), STR("дней"))));
	if (v->status == STATUS_DUE_WEEK && v->days_left == 0)
		return STR("срок сегодня");
	if (v->status == STATUS_DUE_WEEK || v->status == STATUS_LATER)
		return str_printf(a, "через " STR_FMT,
		        STR_ARG(counted(a, v->days_left, STR("день"), STR("дня"), STR("дней"))));
	return control_status_title(v->status);
}

enum ec overview_get(struct call *c, struct err *e)
{
	struct overview_page p = {
	        .head = {.call = c,
	                .title = STR("Обзор"),
	                .section = SECTION_OVERVIEW,
	                .guide = STR("overview")},
	        .may_write = call_may(c, CAP_DOCUMENT_WRITE),
	};
	struct out o;
	out_init(&o, c->r->a);
	/* An administrator has no assignments to look at. */
	if (!call_may(c, CAP_ASSIGNMENT_READ)) {
		page_overview_empty(&o, &p);
		return call_page(c, &o, e);
	}
	TRY(overview(&c->ctx, &p.m, e));
	p.head.as_of = p.m.on;
	page_overview(&o, &p);
	return call_page(c, &o, e);
}

#include "web/page_overview.h"

#include "report/xlsx_list.h"
#include "web/list.h"
#include "web/pages/overview.h"

#include <string.h>

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
	if (v->days_late > 0)
		return str_printf(a, STR_FMT ", позже срока на " STR_FMT,
		        STR_ARG(control_status_title(v->status)),
		        STR_ARG(counted(a, v->days_late, STR("день"), STR("дня"), STR("дней"))));
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
	if (p.m.shows_territories && p.m.n_territories > 0)
		p.head.xlsx = URL("/overview.xlsx");
	page_overview(&o, &p);
	return call_page(c, &o, e);
}

enum ec overview_xlsx(struct call *c, struct err *e)
{
	static const struct xlsx_column columns[] = {
	        {.title = STR_INIT("Территория"), .width = 36},
	        {.title = STR_INIT("На контроле"), .width = 13},
	        {.title = STR_INIT("Просрочено"), .width = 13},
	        {.title = STR_INIT("Просрочено, %"), .width = 15},
	        {.title = STR_INIT("На неделе"), .width = 13},
	        {.title = STR_INIT("Исполнено"), .width = 13},
	        {.title = STR_INIT("Исполнено, %"), .width = 15},
	};
	enum { N = ARRAY_LEN(columns) };
	struct overview m;
	TRY(overview(&c->ctx, &m, e));
	struct xlsx_value *v = arena_new(c->r->a, struct xlsx_value, m.n_territories * N);
	for (size_t i = 0; i < m.n_territories; i++) {
		const struct overview_territory *t = &m.territory[i];
		struct xlsx_value row[N] = {XLSX_T(t->name), XLSX_N((double)t->n),
		        XLSX_N((double)t->n_overdue), XLSX_N(100 * t->share_overdue),
		        XLSX_N((double)t->n_due_week), XLSX_N((double)t->n_done),
		        XLSX_N(100 * t->share_done)};
		memcpy(v + i * N, row, sizeof(row));
	}
	return call_xlsx(c,
	        &(struct xlsx_list){.title = STR("Где горит"),
	                .on = m.on,
	                .column = columns,
	                .n_columns = N,
	                .cell = v,
	                .n_rows = m.n_territories},
	        e);
}

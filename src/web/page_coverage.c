#include "web/page_coverage.h"

#include "report/xlsx_list.h"
#include "web/pages/coverage.h"

#include <string.h>

struct str cover_meaning(enum cover_state s)
{
	static const struct str said[COVER_COUNT] = {
	        [COVER_NONE] = STR_INIT("пункт сюда не относится"),
	        [COVER_COVERED] = STR_INIT("дано всем или подтверждено во исполнение"),
	        [COVER_CHANGED] = STR_INIT("ниже другой текст или исполнители"),
	        [COVER_LATE] = STR_INIT("ниже срок позже или просрочено"),
	        [COVER_MISSING] = STR_INIT("кому-то не дано или пункт потерян"),
	};
	return s < COVER_COUNT ? said[s] : STR("");
}

static struct url arg_int(struct arena *a, struct url u, struct str name, int64_t v)
{
	return url_arg(a, u, name, str_printf(a, "%lld", (long long)v));
}

struct url cover_link(struct arena *a, const struct coverage *m, size_t point, size_t unit)
{
	struct url u = arg_int(a, URL("/assignments"), STR("point"), m->point[point].id);
	return arg_int(a, u, m->by_org ? STR("org") : STR("territory"), m->unit[unit].id);
}

enum ec coverage_get(struct call *c, struct err *e)
{
	struct arena *a = c->r->a;
	struct url card = url_int(a, URL("/documents"), c->id[0]);
	struct coverage_page p = {
	        .head = {.call = c,
	                .title = STR("Покрытие"),
	                .section = SECTION_DOCUMENTS,
	                .guide = STR("coverage"),
	                .wide = true,
	                .as_of = call_today(c),
	                .crumb = {{STR("Документы"), URL("/documents")}}},
	};
	struct scope s;
	int64_t territory = call_int(c, STR("territory"));
	TRY(coverage(&c->ctx, c->id[0], territory, &p.m, e));
	p.head.note = p.m.document_title;
	p.head.crumb[1] = (struct crumb){p.m.document_title, card};
	p.head.xlsx =
	        call_same(c, str_printf(a, "/documents/%lld/coverage.xlsx", (long long)c->id[0]));
	p.may_choose =
	        actor_scope(c->ctx.actor, CAP_DOCUMENT_READ, &s) && s.territory_id == ACTOR_ALL;
	TRY(territory_options(c, territory, &p.territories, e));
	struct paging g = call_paging(c);
	p.first = g.offset < (int64_t)p.m.n_units ? (size_t)g.offset : 0;
	size_t limit = g.limit > 0 ? (size_t)g.limit : LISTING_PAGE;
	p.last = p.m.n_units - p.first < limit ? p.m.n_units : p.first + limit;
	p.pager = pager_of(c, g, p.last - p.first, (int64_t)p.m.n_units);
	struct out o;
	out_init(&o, a);
	page_coverage(&o, &p);
	return call_page(c, &o, e);
}

enum ec coverage_xlsx(struct call *c, struct err *e)
{
	static const struct xlsx_column columns[] = {
	        {.title = STR_INIT("Пункт"), .width = 10},
	        {.title = STR_INIT("Мероприятие"), .width = 60, .wrap = true},
	        {.title = STR_INIT("Территория или организация"), .width = 44, .wrap = true},
	        {.title = STR_INIT("Состояние"), .width = 16},
	        {.title = STR_INIT("Поручений"), .width = 11},
	        {.title = STR_INIT("Исполнено"), .width = 11},
	        {.title = STR_INIT("Просрочено"), .width = 12},
	        {.title = STR_INIT("Без поручения"), .width = 14},
	        {.title = STR_INIT("Последний срок"), .width = 14},
	        {.title = STR_INIT("Почему"), .width = 70, .wrap = true},
	};
	enum { N = ARRAY_LEN(columns) };
	struct arena *a = c->r->a;
	struct coverage m;
	TRY(coverage(&c->ctx, c->id[0], call_int(c, STR("territory")), &m, e));
	struct xlsx_value *v = arena_new(a, struct xlsx_value, m.n_points * m.n_units * N);
	size_t n = 0;
	for (size_t i = 0; i < m.n_points * m.n_units; i++) {
		const struct cover_cell *x = &m.cell[i];
		const struct cover_point *p = &m.point[i / m.n_units];
		if (x->state == COVER_NONE)
			continue;
		struct xlsx_value row[N] = {XLSX_T(p->clause), XLSX_T(p->activity),
		        XLSX_T(m.unit[i % m.n_units].name), XLSX_T(cover_state_title(x->state)),
		        XLSX_N((double)x->n), XLSX_N((double)x->n_done),
		        XLSX_N((double)x->n_overdue), XLSX_N((double)x->n_absent), xlsx_iso(x->due),
		        XLSX_T(cover_why(a, x))};
		memcpy(v + n++ * N, row, sizeof(row));
	}
	return call_xlsx(c,
	        &(struct xlsx_list){.title = STR("Покрытие"),
	                .column = columns,
	                .n_columns = N,
	                .cell = v,
	                .n_rows = n},
	        e);
}

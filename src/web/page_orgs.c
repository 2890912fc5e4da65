#include "web/page_orgs.h"

#include "report/xlsx_list.h"
#include "web/pages/orgs.h"

#include <string.h>

static const struct sort_key sorts[] = {
        {STR_INIT("name"), ORG_BY_NAME, ORG_BY_NAME_DESC},
        {STR_INIT("territory"), ORG_BY_TERRITORY, ORG_BY_TERRITORY_DESC},
        {STR_INIT("kind"), ORG_BY_KIND, ORG_BY_KIND_DESC},
};

static struct org_filter filter_of(const struct call *c)
{
	return (struct org_filter){
	        .territory_id = call_int(c, STR("territory")),
	        .kind = call_text(c, STR("kind")),
	        .tag = call_text(c, STR("tag")),
	        .search = call_text(c, STR("q")),
	        .provisional = call_flag(c, STR("provisional")),
	        .sort = (enum org_sort)sort_of(
	                sorts, ARRAY_LEN(sorts), call_text(c, STR("sort")), ORG_BY_NAME),
	        .page = call_paging(c),
	};
}

enum ec orgs_get(struct call *c, struct err *e)
{
	struct orgs_page p = {
	        .head = {.call = c,
	                .title = STR("Организации"),
	                .section = SECTION_ORGS,
	                .guide = STR("admin"),
	                .as_of = call_today(c),
	                .xlsx = call_same(c, STR("/orgs.xlsx"))},
	        .filter = filter_of(c),
	        .may_write = call_may(c, CAP_REGISTRY_WRITE),
	};
	TRY(org_list(&c->ctx, &p.filter, &p.m, e));
	TRY(territory_options(c, p.filter.territory_id, &p.territories, e));
	size_t n;
	const struct word *w = org_kinds(&n);
	p.kinds = options_of(c->r->a, w, n, p.filter.kind);
	w = org_tags(&n);
	p.tags = options_of(c->r->a, w, n, p.filter.tag);
	p.pager = pager_of(c, p.filter.page, p.m.n, p.m.total);
	struct out o;
	out_init(&o, c->r->a);
	page_orgs(&o, &p);
	return call_page(c, &o, e);
}

enum ec orgs_xlsx(struct call *c, struct err *e)
{
	static const struct xlsx_column columns[] = {
	        {.title = STR_INIT("№"), .width = 8},
	        {.title = STR_INIT("Организация"), .width = 60, .wrap = true},
	        {.title = STR_INIT("Вид"), .width = 18},
	        {.title = STR_INIT("Территория"), .width = 28},
	        {.title = STR_INIT("ФИС ОКО"), .width = 12},
	        {.title = STR_INIT("Руководитель"), .width = 30},
	        {.title = STR_INIT("Состояние"), .width = 20},
	};
	enum { N = ARRAY_LEN(columns) };
	struct org_filter f = filter_of(c);
	struct org_list all;
	f.page = (struct paging){.limit = LISTING_MAX};
	TRY(org_list(&c->ctx, &f, &all, e));
	struct xlsx_value *v = arena_new(c->r->a, struct xlsx_value, all.n * N);
	for (size_t i = 0; i < all.n; i++) {
		const struct org *r = &all.v[i];
		struct xlsx_value row[N] = {XLSX_N((double)r->id), XLSX_T(r->name),
		        XLSX_T(r->kind_title), XLSX_T(r->territory_name), XLSX_T(r->ident),
		        XLSX_T(r->head), XLSX_T(r->provisional ? STR("проверить") : STR(""))};
		memcpy(v + i * N, row, sizeof(row));
	}
	return call_xlsx(c,
	        &(struct xlsx_list){.title = STR("Организации"),
	                .column = columns,
	                .n_columns = N,
	                .cell = v,
	                .n_rows = all.n},
	        e);
}

static enum ec form_options(struct org_page *p, struct err *e)
{
	const struct call *c = p->head.call;
	size_t n;
	const struct word *w = org_kinds(&n);
	p->kinds = options_of(c->r->a, w, n, p->m.org.kind);
	w = org_tags(&n);
	p->tags = options_of(c->r->a, w, n, STR(""));
	w = org_systems(&n);
	p->systems = options_of(c->r->a, w, n, STR("fis_oko"));
	return territory_options(c, p->m.org.territory_id, &p->territories, e);
}

enum ec school_get(struct call *c, struct err *e)
{
	struct scope own;
	(void)e;
	if (!actor_scope(c->ctx.actor, CAP_REGISTRY_READ, &own) || own.org_id == ACTOR_ALL)
		return call_redirect(c, URL("/orgs"), STR_NONE);
	return call_redirect(c, url_int(c->r->a, URL("/orgs"), own.org_id), STR_NONE);
}

/* Works of the latest year the school took part in, beside those around it. */
static enum ec results_read(struct org_page *p, struct err *e)
{
	const struct call *c = p->head.call;
	struct test_summary_list tests;
	TRY(result_summary(&c->ctx, &tests, e));
	p->result = arena_new(c->r->a, struct school_result, SCHOOL_RESULTS);
	for (size_t i = 0; i < tests.n && p->n_results < SCHOOL_RESULTS; i++) {
		struct report m;
		const struct test_row *t = &tests.v[i].test;
		if (p->n_results > 0 && t->year != p->year)
			break; /* the latest year comes first */
		struct report_opt opt = {.test_id = t->id, .org_id = p->m.org.id};
		enum ec code = report_make(&c->ctx, &opt, &m, e);
		if (code == EC_NOTFOUND)
			continue;
		TRY(code);
		struct school_result r = {.test = *t};
		for (size_t k = 0; k < m.n_groups; k++) {
			const struct report_group *g = &m.group[k];
			if (g->level == LEVEL_SCHOOL && g->org_id == p->m.org.id)
				r.school = g->sum;
			else if (g->level == LEVEL_MUNICIPALITY &&
			         g->territory_id == p->m.org.territory_id)
				r.municipality = g->sum;
			else if (g->level == LEVEL_REGION)
				r.region = g->sum;
		}
		if (r.school.n == 0)
			continue;
		p->year = t->year;
		p->result[p->n_results++] = r;
	}
	return EC_OK;
}

enum ec org_get_page(struct call *c, struct err *e)
{
	struct org_page p = {
	        .head = {.call = c,
	                .section = SECTION_ORGS,
	                .guide = STR("school"),
	                .as_of = call_today(c),
	                .crumb = {{STR("Организации"), URL("/orgs")}}},
	        .editing = call_flag(c, STR("edit")),
	};
	TRY(org_get(&c->ctx, c->id[0], &p.m, e));
	p.shows_due = call_may(c, CAP_ASSIGNMENT_READ);
	p.shows_results = call_may(c, CAP_RESULT_READ) && str_eq(p.m.org.kind, STR("school"));
	struct scope own;
	if (actor_scope(c->ctx.actor, CAP_REGISTRY_READ, &own) && own.org_id == c->id[0]) {
		p.head.section = SECTION_SCHOOL;
		p.head.crumb[0] = (struct crumb){STR(""), URL("/")};
	}
	p.head.title = p.m.org.name;
	p.head.note = str_printf(c->r->a, STR_FMT ", " STR_FMT, STR_ARG(p.m.org.kind_title),
	        STR_ARG(p.m.org.territory_name));
	if (p.shows_due) {
		struct assignment_filter f = {.org_id = c->id[0], .page = {.limit = 20}};
		TRY(assignment_list(&c->ctx, &f, &p.due, e));
	}
	if (p.shows_results)
		TRY(results_read(&p, e));
	TRY(form_options(&p, e));
	struct out o;
	out_init(&o, c->r->a);
	page_org(&o, &p);
	return call_page(c, &o, e);
}

enum ec org_new_get(struct call *c, struct err *e)
{
	struct org_page p = {
	        .head = {.call = c,
	                .title = STR("Новая организация"),
	                .section = SECTION_ORGS,
	                .guide = STR("admin"),
	                .crumb = {{STR("Организации"), URL("/orgs")}}},
	        .editing = true,
	        .m.org.kind = STR("school"),
	};
	TRY(form_options(&p, e));
	struct out o;
	out_init(&o, c->r->a);
	page_org_new(&o, &p);
	return call_page(c, &o, e);
}

static struct org_form form_read(const struct call *c)
{
	return (struct org_form){
	        .territory_id = call_int(c, STR("territory")),
	        .kind = call_text(c, STR("kind")),
	        .name = call_text(c, STR("name")),
	        .short_name = call_text(c, STR("short_name")),
	        .head = call_text(c, STR("head")),
	        .valid_from = call_iso(c, STR("valid_from")),
	        .valid_to = call_iso(c, STR("valid_to")),
	};
}

static enum ec card_again(struct call *c, int64_t id, struct str message)
{
	return call_redirect(c, url_int(c->r->a, URL("/orgs"), id), message);
}

enum ec org_create_post(struct call *c, struct err *e)
{
	struct org_form f = form_read(c);
	int64_t id;
	TRY(org_create(&c->ctx, &f, &id, e));
	return card_again(c, id, STR("Организация заведена."));
}

enum ec org_edit_post(struct call *c, struct err *e)
{
	struct org_form f = form_read(c);
	TRY(org_edit(&c->ctx, c->id[0], &f, e));
	return card_again(c, c->id[0], STR("Сохранено."));
}

enum ec org_ident_add_post(struct call *c, struct err *e)
{
	TRY(org_ident_add(
	        &c->ctx, c->id[0], call_text(c, STR("system")), call_text(c, STR("value")), e));
	return card_again(c, c->id[0], STR("Идентификатор добавлен."));
}

enum ec org_ident_drop_post(struct call *c, struct err *e)
{
	TRY(org_ident_drop(&c->ctx, c->id[0], c->id[1], e));
	return card_again(c, c->id[0], STR("Идентификатор убран."));
}

enum ec org_alias_add_post(struct call *c, struct err *e)
{
	TRY(org_alias_add(&c->ctx, c->id[0], call_text(c, STR("name")), e));
	return card_again(c, c->id[0], STR("Название добавлено."));
}

enum ec org_alias_drop_post(struct call *c, struct err *e)
{
	TRY(org_alias_drop(&c->ctx, c->id[0], c->id[1], e));
	return card_again(c, c->id[0], STR("Название убрано."));
}

enum ec org_tag_add_post(struct call *c, struct err *e)
{
	struct org_tag_form f = {
	        .tag = call_text(c, STR("tag")),
	        .valid_from = call_iso(c, STR("valid_from")),
	        .valid_to = call_iso(c, STR("valid_to")),
	        .source = call_text(c, STR("source")),
	};
	TRY(org_tag_add(&c->ctx, c->id[0], &f, e));
	return card_again(c, c->id[0], STR("Признак записан."));
}

enum ec org_tag_end_post(struct call *c, struct err *e)
{
	TRY(org_tag_end(&c->ctx, c->id[0], c->id[1], call_iso(c, STR("valid_to")), e));
	return card_again(c, c->id[0], STR("Признак снят."));
}

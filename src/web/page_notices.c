#include "web/page_notices.h"

#include "report/xlsx_list.h"
#include "web/pages/notices.h"

#include <string.h>

static const struct sort_key sorts[] = {
        {STR_INIT("day"), NOTICE_BY_DAY, NOTICE_BY_DAY_DESC},
        {STR_INIT("due"), NOTICE_BY_DUE, NOTICE_BY_DUE_DESC},
        {STR_INIT("document"), NOTICE_BY_DOCUMENT, NOTICE_BY_DOCUMENT_DESC},
        {STR_INIT("org"), NOTICE_BY_ORG, NOTICE_BY_ORG_DESC},
};

static struct notice_filter filter_of(const struct call *c)
{
	return (struct notice_filter){
	        .unread = call_flag(c, STR("unread")),
	        .audience = call_text(c, STR("audience")),
	        .sort = (enum notice_sort)sort_of(
	                sorts, ARRAY_LEN(sorts), call_text(c, STR("sort")), NOTICE_BY_DAY_DESC),
	        .page = call_paging(c),
	};
}

static struct options audience_options(struct arena *a, struct str selected)
{
	struct options o = {.v = arena_new(a, struct option, AUDIENCE_COUNT)};
	for (int k = AUDIENCE_EXECUTOR; k < AUDIENCE_COUNT; k++) {
		struct str name = audience_name((enum audience)k);
		o.v[o.n++] = (struct option){
		        name, audience_title((enum audience)k), str_eq(name, selected)};
	}
	return o;
}

enum ec notices_get(struct call *c, struct err *e)
{
	struct notices_page p = {
	        .head = {.call = c,
	                .title = STR("Уведомления"),
	                .section = SECTION_NOTICES,
	                .guide = STR("notices"),
	                .xlsx = call_same(c, STR("/notices.xlsx"))},
	        .filter = filter_of(c),
	};
	struct notice_setting own;
	TRY(notice_list(&c->ctx, &p.filter, &p.m, e));
	TRY(notice_setting_of(&c->ctx, c->ctx.actor->user_id, &own, e));
	p.quiet = own.page && notice_quiet(&own, local_hour(&c->ctx));
	p.quiet_to = own.quiet_to;
	p.audiences = audience_options(c->r->a, p.filter.audience);
	p.pager = pager_of(c, p.filter.page, p.m.n, p.m.total);
	struct out o;
	out_init(&o, c->r->a);
	page_notices(&o, &p);
	return call_page(c, &o, e);
}

enum ec notices_xlsx(struct call *c, struct err *e)
{
	static const struct xlsx_column columns[] = {
	        {.title = STR_INIT("Когда"), .width = 12},
	        {.title = STR_INIT("Срок"), .width = 12},
	        {.title = STR_INIT("Состояние"), .width = 22},
	        {.title = STR_INIT("Поручение"), .width = 70, .wrap = true},
	        {.title = STR_INIT("Документ"), .width = 36, .wrap = true},
	        {.title = STR_INIT("Организация"), .width = 40, .wrap = true},
	        {.title = STR_INIT("Организаций"), .width = 12},
	        {.title = STR_INIT("Правило"), .width = 30},
	        {.title = STR_INIT("Как кому"), .width = 14},
	        {.title = STR_INIT("Прочитано"), .width = 12},
	};
	enum { N = ARRAY_LEN(columns) };
	struct notice_filter f = filter_of(c);
	struct notice_list all;
	f.page = (struct paging){.limit = LISTING_MAX};
	TRY(notice_list(&c->ctx, &f, &all, e));
	struct arena *a = c->r->a;
	struct xlsx_value *v = arena_new(a, struct xlsx_value, all.n * N);
	for (size_t i = 0; i < all.n; i++) {
		const struct notice_row *r = &all.v[i];
		struct xlsx_value row[N] = {XLSX_T(day(a, r->day)), XLSX_T(day(a, r->due)),
		        XLSX_T(r->when), XLSX_T(r->activity), XLSX_T(r->document), XLSX_T(r->org),
		        XLSX_N((double)r->n), XLSX_T(r->rule), XLSX_T(r->audience_title),
		        XLSX_T(r->n_unread == 0 ? STR("да") : STR("нет"))};
		memcpy(v + i * N, row, sizeof(row));
	}
	return call_xlsx(c,
	        &(struct xlsx_list){.title = STR("Уведомления"),
	                .column = columns,
	                .n_columns = N,
	                .cell = v,
	                .n_rows = all.n},
	        e);
}

enum ec notice_get_page(struct call *c, struct err *e)
{
	struct notice_page p = {
	        .head = {.call = c,
	                .title = STR("Уведомление"),
	                .section = SECTION_NOTICES,
	                .guide = STR("notices"),
	                .crumb = {{STR("Уведомления"), URL("/notices")}}},
	};
	TRY(notice_get(&c->ctx, c->id[0], &p.m, e));
	p.head.note = p.m.row.document;
	struct out o;
	out_init(&o, c->r->a);
	page_notice(&o, &p);
	return call_page(c, &o, e);
}

enum ec notice_read_post(struct call *c, struct err *e)
{
	bool read = !call_flag(c, STR("again"));
	int64_t n;
	TRY(notice_mark(&c->ctx, c->id[0], read, &n, e));
	return call_redirect(c, URL("/notices"),
	        read ? STR("Отмечено прочитанным.") : STR("Отмечено непрочитанным."));
}

enum ec notices_read_post(struct call *c, struct err *e)
{
	int64_t n;
	TRY(notice_mark(&c->ctx, 0, true, &n, e));
	return call_redirect(c, URL("/notices"),
	        str_printf(c->r->a, "Прочитано уведомлений: %lld.", (long long)n));
}

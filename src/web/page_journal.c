#include "web/page_journal.h"

#include "core/queue/kinds.h"
#include "report/xlsx_list.h"
#include "web/pages/journal.h"

#include <string.h>

#define ROWS_AT_ONCE 5000

static struct journal_filter filter_of(const struct call *c)
{
	return (struct journal_filter){
	        .noun = call_text(c, STR("noun")),
	        .person = call_text(c, STR("q")),
	        .from = call_iso(c, STR("from")),
	        .to = call_iso(c, STR("to")),
	        .page = call_paging(c),
	};
}

enum ec journal_get_page(struct call *c, struct err *e)
{
	struct journal_page p = {
	        .head = {.call = c,
	                .title = STR("Журнал изменений"),
	                .section = SECTION_JOURNAL,
	                .guide = STR("journal"),
	                .xlsx = call_same(c, STR("/journal.xlsx"))},
	        .filter = filter_of(c),
	};
	TRY(journal_list(&c->ctx, &p.filter, &p.m, e));
	TRY(journal_end(&c->ctx, &p.end, e));
	size_t n;
	const struct word *w = journal_nouns(&n);
	p.nouns = options_of(c->r->a, w, n, p.filter.noun);
	p.pager = pager_of(c, p.filter.page, p.m.n, p.m.total);
	struct out o;
	out_init(&o, c->r->a);
	page_journal(&o, &p);
	return call_page(c, &o, e);
}

/* The page of the fact, for those kinds that have one and those who may open it. */
static struct url fact_url(const struct call *c, const struct journal_row *r)
{
	static const struct {
		struct str noun, path;
		enum cap cap;
	} pages[] = {
	        {STR_INIT("assignment"), STR_INIT("/assignments"), CAP_ASSIGNMENT_READ},
	        {STR_INIT("document"), STR_INIT("/documents"), CAP_DOCUMENT_READ},
	        {STR_INIT("load"), STR_INIT("/loads"), CAP_RESULT_LOAD},
	        {STR_INIT("org"), STR_INIT("/orgs"), CAP_REGISTRY_READ},
	        {STR_INIT("user_account"), STR_INIT("/users"), CAP_USER_ADMIN},
	};
	for (size_t i = 0; i < ARRAY_LEN(pages); i++)
		if (str_eq(pages[i].noun, r->noun) && call_may(c, pages[i].cap))
			return url_int(c->r->a, url_local(pages[i].path), r->noun_id);
	return (struct url){STR("")};
}

enum ec journal_event_get(struct call *c, struct err *e)
{
	struct event_page p = {
	        .head = {.call = c,
	                .section = SECTION_JOURNAL,
	                .guide = STR("journal"),
	                .crumb = {{STR("Журнал изменений"), URL("/journal")}}},
	};
	TRY(journal_get(&c->ctx, c->id[0], &p.m, e));
	const struct journal_row *r = &p.m.row;
	p.head.title = str_printf(c->r->a, "Запись № %lld", (long long)r->id);
	p.head.note = str_printf(c->r->a, STR_FMT " № %lld: " STR_FMT, STR_ARG(r->noun_title),
	        (long long)r->noun_id, STR_ARG(r->what));
	p.fact = fact_url(c, r);
	struct out o;
	out_init(&o, c->r->a);
	page_event(&o, &p);
	return call_page(c, &o, e);
}

enum ec journal_verify_post(struct call *c, struct err *e)
{
	int64_t id;
	TRY(job_add(&c->ctx, &work_kinds, &(struct job_form){.kind = STR("audit")}, &id, e));
	return call_redirect(c, url_int(c->r->a, URL("/jobs"), id), STR_NONE);
}

static const struct xlsx_column columns[] = {
        {.title = STR_INIT("№ записи"), .width = 10},
        {.title = STR_INIT("Когда"), .width = 18},
        {.title = STR_INIT("Кто"), .width = 32},
        {.title = STR_INIT("Что"), .width = 24},
        {.title = STR_INIT("№ карточки"), .width = 12},
        {.title = STR_INIT("Название"), .width = 40, .wrap = true},
        {.title = STR_INIT("Действие"), .width = 30},
        {.title = STR_INIT("Причина"), .width = 60, .wrap = true},
};
enum { N = ARRAY_LEN(columns) };

static enum ec rows(void *user, int64_t offset, struct xlsx_page *ret, struct err *e)
{
	struct call *c = user;
	struct journal_filter f = filter_of(c);
	struct journal_list part;
	f.page = (struct paging){.offset = offset, .limit = ROWS_AT_ONCE};
	TRY(journal_list(&c->ctx, &f, &part, e));
	struct xlsx_value *v = arena_new(c->r->a, struct xlsx_value, part.n * N);
	for (size_t i = 0; i < part.n; i++) {
		const struct journal_row *r = &part.v[i];
		struct xlsx_value row[N] = {XLSX_N((double)r->id), XLSX_T(moment(c, r->at)),
		        XLSX_T(r->who), XLSX_T(r->noun_title), XLSX_N((double)r->noun_id),
		        XLSX_T(r->about), XLSX_T(r->what), XLSX_T(r->reason)};
		memcpy(v + i * N, row, sizeof(row));
	}
	*ret = (struct xlsx_page){.cell = v, .n_rows = part.n};
	return EC_OK;
}

enum ec journal_xlsx(struct call *c, struct err *e)
{
	return call_xlsx(c,
	        &(struct xlsx_list){.title = STR("Журнал изменений"),
	                .column = columns,
	                .n_columns = N,
	                .page = rows,
	                .user = c},
	        e);
}

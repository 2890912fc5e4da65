#include "web/page_documents.h"

#include "core/intake.h"
#include "core/order/document_import.h"
#include "web/page_jobs.h"
#include "web/pages/documents.h"

#define FILES_AT_ONCE 20 /* documents are small: more of them become jobs */

static const struct sort_key sorts[] = {
        {STR_INIT("date"), DOCUMENT_BY_DATE, DOCUMENT_BY_DATE_DESC},
        {STR_INIT("number"), DOCUMENT_BY_NUMBER, DOCUMENT_BY_NUMBER_DESC},
        {STR_INIT("title"), DOCUMENT_BY_TITLE, DOCUMENT_BY_TITLE_DESC},
        {STR_INIT("created"), DOCUMENT_BY_CREATED, DOCUMENT_BY_CREATED_DESC},
        {STR_INIT("status"), DOCUMENT_BY_STATUS, DOCUMENT_BY_STATUS_DESC},
};

const struct word *document_kinds(size_t *ret_n)
{
	static const struct word kinds[] = {
	        {STR_INIT("order"), STR_INIT("приказ")},
	        {STR_INIT("directive"), STR_INIT("распоряжение")},
	        {STR_INIT("resolution"), STR_INIT("постановление")},
	        {STR_INIT("letter"), STR_INIT("письмо")},
	        {STR_INIT("protocol"), STR_INIT("протокол")},
	        {STR_INIT("roadmap"), STR_INIT("дорожная карта")},
	        {STR_INIT("plan"), STR_INIT("план")},
	        {STR_INIT("other"), STR_INIT("иной документ")},
	};
	*ret_n = ARRAY_LEN(kinds);
	return kinds;
}

struct document_filter documents_filter(const struct call *c)
{
	return (struct document_filter){
	        .status = call_text(c, STR("status")),
	        .kind = call_text(c, STR("kind")),
	        .from = call_iso(c, STR("from")),
	        .to = call_iso(c, STR("to")),
	        .territory_id = call_int(c, STR("territory")),
	        .search = call_text(c, STR("q")),
	        .sort = (enum document_sort)sort_of(
	                sorts, ARRAY_LEN(sorts), call_text(c, STR("sort")), DOCUMENT_BY_DATE_DESC),
	        .page = call_paging(c),
	};
}

enum ec documents_get(struct call *c, struct err *e)
{
	struct documents_page p = {
	        .head = {.call = c,
	                .title = STR("Документы"),
	                .section = SECTION_DOCUMENTS,
	                .guide = STR("documents"),
	                .as_of = call_today(c),
	                .xlsx = call_same(c, STR("/documents.xlsx"))},
	        .filter = documents_filter(c),
	        .may_write = call_may(c, CAP_DOCUMENT_WRITE),
	};
	TRY(document_list(&c->ctx, &p.filter, &p.m, e));
	TRY(territory_options(c, p.filter.territory_id, &p.territories, e));
	size_t n;
	const struct word *kinds = document_kinds(&n);
	p.kinds = options_of(c->r->a, kinds, n, p.filter.kind);
	p.pager = pager_of(c, p.filter.page, p.m.n, p.m.total);
	struct out o;
	out_init(&o, c->r->a);
	page_documents(&o, &p);
	return call_page(c, &o, e);
}

/* Several files may be dropped at once; each becomes a document of its own. */
struct dropped {
	int64_t last_id;
	size_t n_new, n_known;
};

static enum ec drop(
        struct call *c, struct str name, struct str bytes, struct dropped *d, struct err *e)
{
	struct document_source src = {.bytes = bytes, .name = name};
	int64_t id = 0;
	enum ec code = document_import(&c->ctx, &src, &id, e);
	if (code == EC_CONFLICT && id > 0) {
		d->n_known++;
		d->last_id = id;
		return EC_OK;
	}
	if (code != EC_OK)
		return err_wrap(e, STR_FMT, STR_ARG(name));
	d->n_new++;
	d->last_id = id;
	return EC_OK;
}

enum ec document_import_post(struct call *c, struct err *e)
{
	struct dropped d = {0};
	struct str text = call_text(c, STR("text"));
	bool slow = call_long(c, FILES_AT_ONCE);
	for (size_t i = 0; text.n == 0 && !slow && i < c->r->files.n; i++)
		slow = intake_is_scan(&c->ctx, c->r->files.v[i].bytes, c->r->files.v[i].name);
	if (text.n == 0 && slow)
		return call_jobs(c, STR("document"), STR("{}"), e);
	for (size_t i = 0; i < c->r->files.n; i++)
		TRY(drop(c, c->r->files.v[i].name, c->r->files.v[i].bytes, &d, e));
	if (text.n > 0)
		TRY(drop(c, STR("текст.txt"), text, &d, e));
	if (d.n_new + d.n_known == 0)
		return err_set(e, EC_INPUT, "выберите файл или вставьте текст документа");
	if (d.n_new + d.n_known > 1)
		return call_redirect(c, URL("/documents?status=draft"),
		        str_printf(c->r->a, "Занесено документов: %zu, уже были: %zu.", d.n_new,
		                d.n_known));
	return call_redirect(c, url_int(c->r->a, URL("/documents"), d.last_id),
	        d.n_known > 0 ? STR("Этот файл уже занесён: вот его карточка.")
	                      : STR("Документ прочитан. Проверьте отмеченное и подтвердите."));
}

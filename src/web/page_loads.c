#include "web/page_loads.h"

#include "core/registry/registry_import.h"
#include "core/result/import.h"
#include "pack/json.h"
#include "report/xlsx_list.h"
#include "web/page_jobs.h"
#include "web/pages/loads.h"

#include <string.h>

enum ec loads_get(struct call *c, struct err *e)
{
	struct loads_page p = {
	        .head = {.call = c,
	                .title = STR("Загрузки"),
	                .section = SECTION_LOADS,
	                .guide = STR("loads"),
	                .as_of = call_today(c),
	                .xlsx = URL("/loads.xlsx")},
	        .may_registry = call_may(c, CAP_REGISTRY_WRITE),
	};
	struct paging page = call_paging(c);
	TRY(load_list(&c->ctx, page, &p.m, e));
	p.pager = pager_of(c, page, p.m.n, p.m.total);
	struct out o;
	out_init(&o, c->r->a);
	page_loads(&o, &p);
	return call_page(c, &o, e);
}

enum ec loads_xlsx(struct call *c, struct err *e)
{
	static const struct xlsx_column columns[] = {
	        {.title = STR_INIT("№"), .width = 8},
	        {.title = STR_INIT("Когда"), .width = 18},
	        {.title = STR_INIT("Файл"), .width = 50, .wrap = true},
	        {.title = STR_INIT("Что"), .width = 40, .wrap = true},
	        {.title = STR_INIT("Прочитано"), .width = 11},
	        {.title = STR_INIT("Новых"), .width = 11},
	        {.title = STR_INIT("Изменено"), .width = 11},
	        {.title = STR_INIT("Без изменений"), .width = 14},
	        {.title = STR_INIT("Отвергнуто"), .width = 11},
	        {.title = STR_INIT("Кто"), .width = 30},
	        {.title = STR_INIT("Состояние"), .width = 14},
	};
	enum { N = ARRAY_LEN(columns) };
	struct load_list m;
	TRY(load_list(&c->ctx, (struct paging){.limit = LISTING_MAX}, &m, e));
	struct xlsx_value *v = arena_new(c->r->a, struct xlsx_value, m.n * N);
	for (size_t i = 0; i < m.n; i++) {
		const struct load *r = &m.v[i];
		const struct load_balance *b = &r->balance;
		bool undone = str_eq(r->status, STR("undone"));
		struct xlsx_value row[N] = {XLSX_N((double)r->id), XLSX_T(moment(c, r->at)),
		        XLSX_T(r->file_name),
		        XLSX_T(r->test_title.n > 0 ? r->test_title : r->kind_title),
		        XLSX_N((double)b->read), XLSX_N((double)b->stored),
		        XLSX_N((double)b->changed), XLSX_N((double)b->unchanged),
		        XLSX_N((double)b->rejected), XLSX_T(r->user_name),
		        XLSX_T(undone ? STR("отменена") : STR("загружена"))};
		memcpy(v + i * N, row, sizeof(row));
	}
	return call_xlsx(c,
	        &(struct xlsx_list){.title = STR("Загрузки"),
	                .column = columns,
	                .n_columns = N,
	                .cell = v,
	                .n_rows = m.n},
	        e);
}

enum ec load_get_page(struct call *c, struct err *e)
{
	struct load_page p = {
	        .head = {.call = c,
	                .section = SECTION_LOADS,
	                .guide = STR("loads"),
	                .as_of = call_today(c),
	                .crumb = {{STR("Загрузки"), URL("/loads")}}},
	        .undoing = call_flag(c, STR("undo")),
	};
	TRY(load_get(&c->ctx, c->id[0], &p.m, e));
	p.head.title = str_printf(c->r->a, "Загрузка № %lld", (long long)p.m.load.id);
	p.head.note = p.m.load.file_name;
	p.head.xlsx = url_local(str_printf(c->r->a, "/loads/%lld.xlsx", (long long)p.m.load.id));
	struct out o;
	out_init(&o, c->r->a);
	page_load(&o, &p);
	return call_page(c, &o, e);
}

struct str issue_title(struct str severity)
{
	if (str_eq(severity, STR("error")))
		return STR("отвергнуто");
	return str_eq(severity, STR("warning")) ? STR("принято с отметкой") : STR("к сведению");
}

enum ec load_xlsx(struct call *c, struct err *e)
{
	static const struct xlsx_column columns[] = {
	        {.title = STR_INIT("Вид"), .width = 20},
	        {.title = STR_INIT("Причина"), .width = 70, .wrap = true},
	        {.title = STR_INIT("Строк"), .width = 9},
	        {.title = STR_INIT("Лист"), .width = 16},
	        {.title = STR_INIT("Строки Excel"), .width = 70, .wrap = true},
	        {.title = STR_INIT("Пример"), .width = 20},
	};
	enum { N = ARRAY_LEN(columns) };
	struct load_card m;
	TRY(load_get(&c->ctx, c->id[0], &m, e));
	struct xlsx_value *v = arena_new(c->r->a, struct xlsx_value, m.n_issues * N);
	for (size_t i = 0; i < m.n_issues; i++) {
		const struct load_issue *s = &m.issue[i];
		struct xlsx_value row[N] = {XLSX_T(issue_title(s->severity)), XLSX_T(s->message),
		        XLSX_N((double)s->n), XLSX_T(s->sheet), XLSX_T(s->rows), XLSX_T(s->sample)};
		memcpy(v + i * N, row, sizeof(row));
	}
	return call_xlsx(c,
	        &(struct xlsx_list){
	                .title = str_printf(c->r->a, "Загрузка %lld", (long long)m.load.id),
	                .column = columns,
	                .n_columns = N,
	                .cell = v,
	                .n_rows = m.n_issues},
	        e);
}

static enum ec loaded(struct call *c, const struct load_card *k)
{
	return call_redirect(c, url_int(c->r->a, URL("/loads"), k->load.id),
	        STR("Файл загружен. Баланс — ниже."));
}

/* What the job "results" is told beside the file. */
static struct str results_params(struct arena *a, const struct results_opt *o)
{
	struct buf b;
	struct json j;
	buf_init(&b, a, 16 * KIB);
	json_init(&j, &b, false);
	json_obj(&j);
	json_kv_int(&j, "year", o->year);
	json_kv_int(&j, "grade", o->grade);
	json_kv_str(&j, "subject", o->subject.p != NULL ? o->subject : STR(""));
	json_kv_int(&j, "create_schools", o->auto_create);
	json_obj_end(&j);
	return buf_str(&b);
}

enum ec load_results_post(struct call *c, struct err *e)
{
	struct results_opt opt = {
	        .year = (int)call_int(c, STR("year")),
	        .grade = (int)call_int(c, STR("grade")),
	        .subject = call_text(c, STR("subject")),
	        .auto_create = true,
	};
	const struct uploads *files = &c->r->files;
	if (files->n == 0)
		return err_set(e, EC_INPUT, "выберите файл выгрузки");
	if (call_long(c, 1))
		return call_jobs(c, STR("results"), results_params(c->r->a, &opt), e);
	struct load_card card = {0};
	if (results_import(&c->ctx, files->v[0].name, files->v[0].bytes, &opt, &card, e) != EC_OK)
		return err_wrap(e, STR_FMT, STR_ARG(files->v[0].name));
	return loaded(c, &card);
}

enum ec load_registry_post(struct call *c, struct err *e)
{
	const struct uploads *files = &c->r->files;
	if (files->n == 0)
		return err_set(e, EC_INPUT, "выберите файл реестра");
	if (call_long(c, 1))
		return call_jobs(c, STR("registry"), STR("{}"), e);
	struct load_card card = {0};
	if (registry_import(&c->ctx, files->v[0].name, files->v[0].bytes, &card, e) != EC_OK)
		return err_wrap(e, STR_FMT, STR_ARG(files->v[0].name));
	return loaded(c, &card);
}

enum ec load_undo_post(struct call *c, struct err *e)
{
	TRY(results_undo(&c->ctx, c->id[0], e));
	return call_redirect(c, url_int(c->r->a, URL("/loads"), c->id[0]),
	        STR("Загрузка отменена: её протоколы убраны, заменённые вернулись."));
}

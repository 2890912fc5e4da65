#include "web/page_jobs.h"

#include "base/limits.h"
#include "core/queue/kinds.h"
#include "web/pages/jobs.h"

#define JOBS_SHOWN 100

struct str job_title(struct str kind)
{
	for (size_t i = 0; i < work_kinds.n; i++)
		if (str_eq(work_kinds.v[i].name, kind))
			return work_kinds.v[i].title;
	return kind;
}

static struct url result_url(struct str kind)
{
	if (str_eq(kind, STR("audit")))
		return URL("/journal");
	if (str_eq(kind, STR("document")))
		return URL("/documents");
	return URL("/loads");
}

enum ec job_get_page(struct call *c, struct err *e)
{
	struct job_page p = {
	        .head = {.call = c,
	                .section = SECTION_NONE,
	                .guide = STR("loads"),
	                .crumb = {{STR("Задания"), URL("/jobs")}}},
	};
	TRY(job_get(&c->ctx, c->id[0], &p.m, e));
	p.title = job_title(p.m.kind);
	p.over = p.m.finished_at != INT64_MIN;
	p.next = result_url(p.m.kind);
	p.head.title = str_printf(c->r->a, "Задание № %lld", (long long)p.m.id);
	p.head.note = p.m.file_name.n > 0 ? str_printf(c->r->a, STR_FMT ": " STR_FMT,
	                                            STR_ARG(p.title), STR_ARG(p.m.file_name))
	                                  : p.title;
	struct out o;
	out_init(&o, c->r->a);
	page_job(&o, &p);
	return call_page(c, &o, e);
}

enum ec jobs_get(struct call *c, struct err *e)
{
	struct jobs_page p = {
	        .head = {.call = c,
	                .title = STR("Задания"),
	                .note = STR("Долгая работа, которую сервер делает сам"),
	                .guide = STR("loads")},
	};
	TRY(job_list(&c->ctx, JOBS_SHOWN, &p.m, e));
	struct out o;
	out_init(&o, c->r->a);
	page_jobs(&o, &p);
	return call_page(c, &o, e);
}

bool call_long(const struct call *c, size_t files_at_once)
{
	size_t bytes = 0;
	for (size_t i = 0; i < c->r->files.n; i++)
		bytes += c->r->files.v[i].bytes.n;
	return c->r->files.n > files_at_once || bytes > LIMIT_HTTP_AT_ONCE;
}

enum ec call_jobs(struct call *c, struct str kind, struct str params, struct err *e)
{
	int64_t id = 0;
	for (size_t i = 0; i < c->r->files.n; i++) {
		const struct upload *f = &c->r->files.v[i];
		TRY(job_add(&c->ctx, &work_kinds,
		        &(struct job_form){kind, params, f->name, f->bytes}, &id, e));
	}
	if (c->r->files.n == 1)
		return call_redirect(c, url_int(c->r->a, URL("/jobs"), id),
		        STR("Файл большой: он загружается заданием."));
	return call_redirect(c, URL("/jobs"),
	        str_printf(c->r->a, "Файлы загружаются заданиями: %zu.", c->r->files.n));
}

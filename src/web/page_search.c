#include "web/page_search.h"

#include "report/xlsx_list.h"
#include "web/api.h"
#include "web/page_documents.h"
#include "web/pages/search.h"

#include <string.h>

#define SHOWN 20 /* documents of a page */

static const struct word statuses[] = {
        {STR_INIT("draft"), STR_INIT("черновик")},
        {STR_INIT("confirmed"), STR_INIT("на контроле")},
        {STR_INIT("cancelled"), STR_INIT("отменён")},
};

struct search_filter search_filter_of(const struct call *c)
{
	struct search_filter f = {
	        .text = call_text(c, STR("q")),
	        .status = call_text(c, STR("status")),
	        .kind = call_text(c, STR("kind")),
	        .from = call_iso(c, STR("from")),
	        .to = call_iso(c, STR("to")),
	        .territory_id = call_int(c, STR("territory")),
	        .page = call_paging(c),
	};
	f.page.limit = SHOWN;
	return f;
}

struct url search_piece_link(
        struct arena *a, const struct search_result *r, const struct search_piece *p)
{
	struct str path = str_printf(a, "/documents/%lld", (long long)r->document_id);
	if (str_eq(p->noun, STR("point")))
		path = str_printf(a, STR_FMT "#p%lld", STR_ARG(path), (long long)p->noun_id);
	else if (str_eq(p->noun, STR("assignment")))
		path = str_printf(a, "/assignments/%lld", (long long)p->noun_id);
	return url_local(path);
}

static struct str lost_words(struct arena *a, const struct search_list *l)
{
	struct str *v = arena_new(a, struct str, l->n_lost + 1);
	for (size_t i = 0; i < l->n_lost; i++)
		v[i] = str_printf(a, "«" STR_FMT "»", STR_ARG(l->lost[i]));
	return str_join(a, STR(", "), v, l->n_lost);
}

enum ec search_get(struct call *c, struct err *e)
{
	struct arena *a = c->r->a;
	struct search_page p = {
	        .head = {.call = c,
	                .title = STR("Поиск"),
	                .section = SECTION_NONE,
	                .guide = STR("search")},
	        .filter = search_filter_of(c),
	};
	struct search_filter *f = &p.filter;
	size_t n;
	const struct word *kinds = document_kinds(&n);
	TRY(search(&c->ctx, f, &p.m, e));
	TRY(territory_options(c, f->territory_id, &p.territories, e));
	p.kinds = options_of(a, kinds, n, f->kind);
	p.statuses = options_of(a, statuses, ARRAY_LEN(statuses), f->status);
	p.filtered = f->kind.n > 0 || f->status.n > 0 || f->from.n > 0 || f->to.n > 0 ||
	             f->territory_id != 0;
	p.pager = pager_of(c, f->page, p.m.n, p.m.total);
	p.lost = lost_words(a, &p.m);
	if (p.m.n > 0)
		p.head.xlsx = call_same(c, STR("/search.xlsx"));
	struct out o;
	out_init(&o, a);
	page_search(&o, &p);
	return call_page(c, &o, e);
}

static struct str piece_text(struct arena *a, const struct search_piece *p)
{
	struct str *v = arena_new(a, struct str, p->n + 1);
	for (size_t i = 0; i < p->n; i++)
		v[i] = p->run[i].text;
	return str_join(a, STR(""), v, p->n);
}

static size_t count_pieces(const struct search_list *l)
{
	size_t n = 0;
	for (size_t i = 0; i < l->n; i++)
		n += l->v[i].n;
	return n;
}

enum ec search_xlsx(struct call *c, struct err *e)
{
	static const struct xlsx_column columns[] = {
	        {.title = STR_INIT("Дата"), .width = 12},
	        {.title = STR_INIT("Номер"), .width = 14},
	        {.title = STR_INIT("Вид"), .width = 18},
	        {.title = STR_INIT("Заголовок"), .width = 50, .wrap = true},
	        {.title = STR_INIT("Состояние"), .width = 14},
	        {.title = STR_INIT("Территория"), .width = 26, .wrap = true},
	        {.title = STR_INIT("Где"), .width = 18},
	        {.title = STR_INIT("Найдено"), .width = 90, .wrap = true},
	};
	enum { N = ARRAY_LEN(columns), DOCUMENTS = 2000, PIECES = 20 };
	struct search_filter f = search_filter_of(c);
	struct search_list all;
	f.page = (struct paging){.limit = DOCUMENTS};
	f.pieces = PIECES;
	TRY(search(&c->ctx, &f, &all, e));
	size_t n = count_pieces(&all), k = 0;
	struct xlsx_value *v = arena_new(c->r->a, struct xlsx_value, n * N + 1);
	for (size_t i = 0; i < all.n; i++) {
		const struct search_result *r = &all.v[i];
		for (size_t m = 0; m < r->n; m++) {
			struct xlsx_value row[N] = {xlsx_iso(r->date), XLSX_T(r->number),
			        XLSX_T(r->kind_title), XLSX_T(r->title), XLSX_T(r->status_title),
			        XLSX_T(r->territory_name), XLSX_T(r->piece[m].title),
			        XLSX_T(piece_text(c->r->a, &r->piece[m]))};
			memcpy(v + N * k++, row, sizeof(row));
		}
	}
	return call_xlsx(c,
	        &(struct xlsx_list){.title = STR("Поиск"),
	                .column = columns,
	                .n_columns = N,
	                .cell = v,
	                .n_rows = n},
	        e);
}

static void put_piece(struct json *j, struct arena *a, const struct search_piece *p)
{
	json_obj(j);
	json_kv_str(j, "noun", p->noun);
	json_kv_int(j, "id", p->noun_id);
	json_kv_str(j, "place", p->title);
	json_kv_str(j, "text", piece_text(a, p));
	json_kv_arr(j, "found");
	for (size_t i = 0; i < p->n; i++)
		if (p->run[i].hit)
			json_str(j, p->run[i].text);
	json_arr_end(j);
	json_obj_end(j);
}

enum ec api_search(struct call *c, struct err *e)
{
	struct search_filter f = search_filter_of(c);
	struct search_list m;
	struct api p;
	TRY(search(&c->ctx, &f, &m, e));
	api_begin(&p, c, call_today(c));
	api_rows(&p, m.total, f.page.offset);
	for (size_t i = 0; i < m.n; i++) {
		const struct search_result *r = &m.v[i];
		json_obj(&p.j);
		json_kv_int(&p.j, "document_id", r->document_id);
		json_kv_str(&p.j, "kind", r->kind);
		json_kv_str(&p.j, "number", r->number);
		json_key(&p.j, STR("date"));
		json_str_or_null(&p.j, r->date);
		json_kv_str(&p.j, "title", r->title);
		json_kv_str(&p.j, "status", r->status);
		json_kv_str(&p.j, "territory", r->territory_name);
		json_kv_int(&p.j, "n_pieces", r->n_pieces);
		json_kv_arr(&p.j, "pieces");
		for (size_t k = 0; k < r->n; k++)
			put_piece(&p.j, c->r->a, &r->piece[k]);
		json_arr_end(&p.j);
		json_obj_end(&p.j);
	}
	json_arr_end(&p.j);
	return api_end(&p, c, e);
}

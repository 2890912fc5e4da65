/* The list of documents as XLSX: the same filter as the page, all rows. */
#include "report/xlsx_list.h"
#include "web/page_documents.h"

#include <string.h>

enum ec documents_xlsx(struct call *c, struct err *e)
{
	static const struct xlsx_column columns[] = {
	        {.title = STR_INIT("Дата"), .width = 12},
	        {.title = STR_INIT("Номер"), .width = 14},
	        {.title = STR_INIT("Вид"), .width = 18},
	        {.title = STR_INIT("Заголовок"), .width = 70, .wrap = true},
	        {.title = STR_INIT("Кто издал"), .width = 40, .wrap = true},
	        {.title = STR_INIT("Состояние"), .width = 16},
	        {.title = STR_INIT("Пунктов"), .width = 10},
	        {.title = STR_INIT("Ошибок"), .width = 10},
	        {.title = STR_INIT("Поручений"), .width = 11},
	        {.title = STR_INIT("Исполнено"), .width = 11},
	        {.title = STR_INIT("Просрочено"), .width = 12},
	};
	enum { N = ARRAY_LEN(columns) };
	struct document_filter f = documents_filter(c);
	struct document_list all;
	f.page = (struct paging){.limit = LISTING_MAX};
	TRY(document_list(&c->ctx, &f, &all, e));
	struct xlsx_value *v = arena_new(c->r->a, struct xlsx_value, all.n * N);
	for (size_t i = 0; i < all.n; i++) {
		const struct document_row *d = &all.v[i];
		struct xlsx_value row[N] = {xlsx_iso(d->date), XLSX_T(d->number),
		        XLSX_T(d->kind_title), XLSX_T(d->title), XLSX_T(d->issuer),
		        XLSX_T(d->status_title), XLSX_N((double)d->n_points),
		        XLSX_N((double)d->n_errors), XLSX_N((double)d->n_assignments),
		        XLSX_N((double)d->n_done), XLSX_N((double)d->n_overdue)};
		memcpy(v + i * N, row, sizeof(row));
	}
	return call_xlsx(c,
	        &(struct xlsx_list){.title = STR("Документы"),
	                .column = columns,
	                .n_columns = N,
	                .cell = v,
	                .n_rows = all.n},
	        e);
}

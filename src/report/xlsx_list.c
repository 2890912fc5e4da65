#include "report/xlsx_list.h"

static enum ec rows(
        struct xlsx_writer *w, const struct xlsx_list *l, const struct xlsx_page *p, struct err *e)
{
	for (size_t i = 0; i < p->n_rows; i++)
		TRY(xlsx_write_row(w, p->cell + i * l->n_columns, l->n_columns, e));
	return EC_OK;
}

static enum ec pages(
        struct xlsx_writer *w, struct arena *a, const struct xlsx_list *l, struct err *e)
{
	int64_t offset = 0;
	for (;;) {
		struct arena_mark mark = arena_mark(a);
		struct xlsx_page p = {0};
		TRY(l->page(l->user, offset, &p, e));
		TRY(rows(w, l, &p, e));
		offset += (int64_t)p.n_rows;
		arena_reset(a, mark);
		if (p.n_rows == 0)
			return EC_OK;
	}
}

enum ec xlsx_list_write(struct arena *a, const struct xlsx_list *l, struct str *ret, struct err *e)
{
	AUTO_XLSX(w);
	TRY(xlsx_write_open(
	        &w, &(struct xlsx_write_opt){.title = l->title, .created = l->created}, e));
	TRY(xlsx_write_sheet(&w, l->title, l->column, l->n_columns, e));
	if (l->page != NULL)
		TRY(pages(&w, a, l, e));
	else
		TRY(rows(&w, l, &(struct xlsx_page){l->cell, l->n_rows}, e));
	struct xlsx_note note[4];
	size_t n = 0;
	note[n++] = (struct xlsx_note){STR("Список"), l->title};
	note[n++] = (struct xlsx_note){STR("Данные на"), date_ru(a, l->on)};
	if (l->where.n > 0)
		note[n++] = (struct xlsx_note){STR("Для кого"), l->where};
	if (l->notice.n > 0)
		note[n++] = (struct xlsx_note){STR("Важно"), l->notice};
	TRY(xlsx_write_notes(&w, note, n, e));
	return xlsx_write_close(&w, a, ret, e);
}

struct xlsx_value xlsx_iso(struct str iso)
{
	struct date d;
	return date_parse_iso(iso, &d) ? XLSX_D(d) : (struct xlsx_value){.kind = XLSX_EMPTY};
}

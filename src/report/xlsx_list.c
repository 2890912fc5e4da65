#include "report/xlsx_list.h"

enum ec xlsx_list_write(struct arena *a, const struct xlsx_list *l, struct str *ret, struct err *e)
{
	AUTO_XLSX(w);
	TRY(xlsx_write_open(
	        &w, &(struct xlsx_write_opt){.title = l->title, .created = l->created}, e));
	TRY(xlsx_write_sheet(&w, l->title, l->column, l->n_columns, e));
	for (size_t i = 0; i < l->n_rows; i++)
		TRY(xlsx_write_row(&w, l->cell + i * l->n_columns, l->n_columns, e));
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

/* The list of assignments as XLSX: the same filter as the page, all rows, some thousands at a time.
 */
#include "report/xlsx_list.h"
#include "web/page_assignments.h"
#include "web/page_overview.h"

#include <string.h>

#define ROWS_AT_ONCE 5000

static const struct xlsx_column columns[] = {
        {.title = STR_INIT("№"), .width = 8},
        {.title = STR_INIT("Мероприятие"), .width = 70, .wrap = true},
        {.title = STR_INIT("Исполнитель"), .width = 50, .wrap = true},
        {.title = STR_INIT("Территория"), .width = 26},
        {.title = STR_INIT("Срок"), .width = 12},
        {.title = STR_INIT("Срок по документу"), .width = 30, .wrap = true},
        {.title = STR_INIT("Документ"), .width = 24},
        {.title = STR_INIT("Пункт"), .width = 10},
        {.title = STR_INIT("Стадия"), .width = 16},
        {.title = STR_INIT("Состояние на дату"), .width = 26},
        {.title = STR_INIT("Дней просрочки"), .width = 14},
        {.title = STR_INIT("Отчёт представлен"), .width = 14},
        {.title = STR_INIT("Позже срока, дн."), .width = 14},
        {.title = STR_INIT("Почему"), .width = 50, .wrap = true},
};
enum { N = ARRAY_LEN(columns) };

static void row_cells(struct arena *a, const struct assignment_row *r, struct xlsx_value *ret)
{
	struct str document = str_printf(a, STR_FMT " " STR_FMT, STR_ARG(r->document_kind_title),
	        STR_ARG(r->document_number));
	struct xlsx_value row[N] = {XLSX_N((double)r->id), XLSX_T(r->activity), XLSX_T(r->org_name),
	        XLSX_T(r->territory_name), xlsx_iso(r->due), XLSX_T(r->deadline_text),
	        XLSX_T(document), XLSX_T(r->clause), XLSX_T(control_state_title(r->state)),
	        XLSX_T(verdict_words(a, &r->verdict)), XLSX_N(r->verdict.days_over),
	        xlsx_iso(date_iso(a, r->reported)), XLSX_N(r->verdict.days_late),
	        XLSX_T(r->verdict.why)};
	memcpy(ret, row, sizeof(row));
}

static enum ec page(void *user, int64_t offset, struct xlsx_page *ret, struct err *e)
{
	struct call *c = user;
	struct assignment_filter f = assignments_filter(c);
	struct assignment_list part;
	f.page = (struct paging){.offset = offset, .limit = ROWS_AT_ONCE};
	TRY(assignments_read(c, &f, &part, e));
	struct xlsx_value *v = arena_new(c->r->a, struct xlsx_value, part.n * N);
	for (size_t i = 0; i < part.n; i++)
		row_cells(c->r->a, &part.v[i], v + i * N);
	*ret = (struct xlsx_page){.cell = v, .n_rows = part.n};
	return EC_OK;
}

enum ec assignments_xlsx(struct call *c, struct err *e)
{
	const struct value *on = value_of(&c->values, STR("on"));
	return call_xlsx(c,
	        &(struct xlsx_list){.title = STR("Поручения"),
	                .on = on->set ? on->date : call_today(c),
	                .column = columns,
	                .n_columns = N,
	                .page = page,
	                .user = c},
	        e);
}

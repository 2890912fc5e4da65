/* Results as XLSX: the list of tests, and one standard report with all its schools. */
#include "report/xlsx_list.h"
#include "web/page_results.h"

#include <string.h>

enum ec results_xlsx(struct call *c, struct err *e)
{
	static const struct xlsx_column columns[] = {
	        {.title = STR_INIT("Год"), .width = 8},
	        {.title = STR_INIT("Класс"), .width = 8},
	        {.title = STR_INIT("Работа"), .width = 40},
	        {.title = STR_INIT("Школ"), .width = 8},
	        {.title = STR_INIT("Участников"), .width = 12},
	        {.title = STR_INIT("Средний балл"), .width = 14, .decimals = 2},
	        {.title = STR_INIT("Макс. балл"), .width = 11},
	        {.title = STR_INIT("«2», %"), .width = 9, .decimals = 1},
	        {.title = STR_INIT("«3», %"), .width = 9, .decimals = 1},
	        {.title = STR_INIT("«4», %"), .width = 9, .decimals = 1},
	        {.title = STR_INIT("«5», %"), .width = 9, .decimals = 1},
	};
	enum { N = ARRAY_LEN(columns) };
	struct results_page p = {.head = {.call = c}, .subject = call_text(c, STR("q"))};
	TRY(result_summary(&c->ctx, &p.m, e));
	results_filter(&p);
	struct xlsx_value *v = arena_new(c->r->a, struct xlsx_value, p.m.n * N);
	for (size_t i = 0; i < p.m.n; i++) {
		const struct test_summary *t = &p.m.v[i];
		struct xlsx_value row[N] = {XLSX_N(t->test.year), XLSX_N(t->test.grade),
		        XLSX_T(t->test.title), XLSX_N((double)t->n_schools),
		        XLSX_N((double)t->sum.n), XLSX_N(sum_mean(&t->sum)),
		        XLSX_N(t->test.max_total)};
		for (int mark = 2; mark <= 5; mark++)
			row[5 + mark] = XLSX_N(100 * mark_share(&t->sum, mark));
		memcpy(v + i * N, row, sizeof(row));
	}
	return call_xlsx(c,
	        &(struct xlsx_list){.title = STR("Результаты"),
	                .notice = report_notice,
	                .column = columns,
	                .n_columns = N,
	                .cell = v,
	                .n_rows = p.m.n},
	        e);
}

static struct xlsx_column column_of(struct arena *a, const struct report_col *k, bool first)
{
	struct xlsx_column col = {.title = k->title, .decimals = k->digits};
	if (k->group.n > 0)
		col.title =
		        str_printf(a, STR_FMT ": " STR_FMT, STR_ARG(k->group), STR_ARG(k->title));
	if (first)
		col.width = 50;
	return col;
}

enum ec test_xlsx(struct call *c, struct err *e)
{
	struct arena *a = c->r->a;
	struct report_opt opt = {
	        .test_id = c->id[0],
	        .territory_id = call_int(c, STR("territory")),
	        .org_id = call_int(c, STR("org")),
	        .all_schools = true,
	};
	enum report_kind kind = REPORT_MARKS;
	struct report m;
	struct report_table t;
	(void)report_kind_of(call_text(c, STR("view")), &kind);
	TRY(report_make(&c->ctx, &opt, &m, e));
	report_table(a, &m, kind, &t);
	struct xlsx_column *col = arena_new(a, struct xlsx_column, t.n_cols);
	for (size_t k = 0; k < t.n_cols; k++)
		col[k] = column_of(a, &t.col[k], k == 0);
	struct xlsx_value *v = arena_new(a, struct xlsx_value, t.n_rows * t.n_cols);
	for (size_t i = 0; i < t.n_rows * t.n_cols; i++)
		v[i] = t.col[i % t.n_cols].type == COL_TEXT ? XLSX_T(t.cell[i].text)
		                                            : XLSX_N(t.cell[i].number);
	return call_xlsx(c,
	        &(struct xlsx_list){
	                .title = str_printf(a, STR_FMT ". " STR_FMT,
	                        STR_ARG(report_kind_title(kind)), STR_ARG(m.test.title)),
	                .notice = report_notice,
	                .column = col,
	                .n_columns = t.n_cols,
	                .cell = v,
	                .n_rows = t.n_rows},
	        e);
}

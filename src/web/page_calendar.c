#include "web/page_calendar.h"

#include "pack/json.h"
#include "report/xlsx_list.h"
#include "web/pages/calendar.h"

#include <string.h>

#define HISTORY_SHOWN 20

static const struct word statuses[] = {
        {STR_INIT("official"), STR_INIT("официально")},
        {STR_INIT("secondhand"), STR_INIT("по сообщениям, сам акт не сверен")},
        {STR_INIT("regional"), STR_INIT("решение региона")},
        {STR_INIT("assumed"), STR_INIT("предположение")},
};

static struct options status_options(struct call *c)
{
	return options_of(c->r->a, statuses, ARRAY_LEN(statuses), STR("regional"));
}

static int year_of(struct call *c)
{
	int64_t year = call_int(c, STR("year"));
	return year >= 2000 && year <= 2100 ? (int)year : call_today(c).y;
}

static const char *const months[] = {"Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль",
        "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь"};

static void fill_months(struct calendar_page *p)
{
	for (int m = 1; m <= 12; m++) {
		struct month_page *x = &p->month[m - 1];
		*x = (struct month_page){.month = m,
		        .title = str_c(months[m - 1]),
		        .first = date_weekday(date_make(p->year, m, 1)),
		        .days = date_month_days(p->year, m)};
		for (int d = 1; d <= x->days; d++) {
			bool off = calendar_off(p->cal, date_make(p->year, m, d));
			x->n_off += off;
			x->n_work += !off;
		}
		p->n_work += x->n_work;
		p->n_off += x->n_off;
	}
}

struct str calendar_cell_class(const struct calendar_page *p, struct date d)
{
	struct day_kind k = calendar_day(p->cal, d);
	if (k.holiday)
		return STR("day day-holiday");
	if (k.off)
		return date_none(k.moved_from) && k.from.source.p == NULL ? STR("day day-off")
		                                                          : STR("day day-moved");
	if (k.special)
		return STR("day day-work");
	return k.early ? STR("day day-early") : STR("day");
}

static struct url place_link(struct arena *a, const char *path, int64_t territory, int year)
{
	struct url u = url_local(str_c(path));
	if (territory != 0)
		u = url_arg(a, u, STR("territory"), str_printf(a, "%lld", (long long)territory));
	return year == 0 ? u : url_arg(a, u, STR("year"), str_printf(a, "%d", year));
}

struct url calendar_day_link(struct arena *a, const struct calendar_page *p, struct date d)
{
	return url_arg(
	        a, place_link(a, "/calendar", p->territory, p->year), STR("day"), date_iso(a, d));
}

bool calendar_own_row(const struct calendar_page *p, struct date d)
{
	for (size_t i = 0; i < p->cal->n_days; i++)
		if (date_cmp(p->cal->day[i].day, d) == 0)
			return p->cal->day[i].territory_id == p->cal->territory_id;
	return false;
}

struct str calendar_event_said(struct arena *a, const struct event *v)
{
	struct json_value *tree;
	struct err e = {0};
	struct str json = v->after.p != NULL ? v->after : v->before;
	const char *what = v->after.p == NULL ? "убрано" : "";
	if (json.p == NULL || json_parse(a, json, &tree, &e) != EC_OK)
		return STR("");
	struct str day = json_get_str(tree, "day");
	if (day.n > 0)
		return str_printf(a, STR_FMT ": %s%s", STR_ARG(day_said(a, iso_date(day))),
		        str_eq_z(json_get_str(tree, "day_kind"), "off") ? "выходной " : "рабочий ",
		        what);
	struct str rule = json_get_str(tree, "due_rule");
	enum calendar_rule r;
	if (rule.n > 0 && rule_of(rule, &r))
		return str_printf(a, STR_FMT ": " STR_FMT " %s", STR_ARG(rule_title(r)),
		        STR_ARG(rule_value_title(a, r, json_get_str(tree, "value"))), what);
	enum term_kind k;
	int64_t number = 0;
	int64_t year = 0;
	if (term_kind_of(json_get_str(tree, "term"), &k)) {
		(void)json_get_int(tree, "term_number", &number);
		(void)json_get_int(tree, "school_year", &year);
		return str_printf(a, STR_FMT " %lld/%lld: " STR_FMT " — " STR_FMT " %s",
		        STR_ARG(term_said(a, k, (int)number)), (long long)year, (long long)year + 1,
		        STR_ARG(iso_ru(a, json_get_str(tree, "start"))),
		        STR_ARG(iso_ru(a, json_get_str(tree, "end"))), what);
	}
	if (json_get_int(tree, "year", &year))
		return str_printf(a, "%lld год: переносы известны", (long long)year);
	struct str days = json_get_str(tree, "days");
	return days.n > 0 ? str_printf(a, "загружено: " STR_FMT, STR_ARG(utf8_head(days, 300)))
	                  : STR("справочник программы");
}

static enum ec calendar_read(
        struct call *c, const struct calendar **ret, int64_t *ret_territory, struct err *e)
{
	struct calendar *cal;
	int64_t territory = call_int(c, STR("territory"));
	struct territory t;
	if (territory != 0)
		TRY(territory_get(&c->ctx, territory, &t, e));
	TRY(calendar_load(&c->ctx, territory, &cal, e));
	*ret = cal;
	*ret_territory = territory;
	return EC_OK;
}

enum ec calendar_get(struct call *c, struct err *e)
{
	struct arena *a = c->r->a;
	struct calendar_page p = {
	        .head = {.call = c,
	                .section = SECTION_CALENDAR,
	                .guide = STR("calendar"),
	                .as_of = call_today(c),
	                .xlsx = call_same(c, STR("/calendar.xlsx"))},
	        .year = year_of(c),
	        .chosen = call_date(c, STR("day")),
	        .may_edit = call_may(c, CAP_CALENDAR_WRITE),
	        .statuses = status_options(c),
	};
	TRY(calendar_read(c, &p.cal, &p.territory, e));
	if (!date_none(p.chosen))
		p.year = p.chosen.y;
	p.head.title = str_printf(a, "Календарь на %d год", p.year);
	const struct known_year *y = calendar_year_known(p.cal, p.year);
	p.known = y != NULL
	                  ? *y
	                  : (struct known_year){p.year, STR(""), calendar_year_from(p.cal, p.year)};
	fill_months(&p);
	p.back = str_printf(a, "%d", p.year - 1);
	p.forward = str_printf(a, "%d", p.year + 1);
	TRY(territory_options(c, p.territory, &p.territories, e));
	TRY(history_of(
	        &c->ctx, STR("calendar"), p.cal->territory_id, HISTORY_SHOWN, &p.history, e));
	struct out o;
	out_init(&o, a);
	page_calendar(&o, &p);
	return call_page(c, &o, e);
}

enum ec calendar_xlsx(struct call *c, struct err *e)
{
	static const struct xlsx_column columns[] = {
	        {.title = STR_INIT("День"), .width = 12},
	        {.title = STR_INIT("Вид"), .width = 14},
	        {.title = STR_INIT("Название"), .width = 34, .wrap = true},
	        {.title = STR_INIT("Перенос с"), .width = 14},
	        {.title = STR_INIT("Источник"), .width = 60, .wrap = true},
	        {.title = STR_INIT("Дата источника"), .width = 14},
	        {.title = STR_INIT("Статус"), .width = 24},
	        {.title = STR_INIT("Почему"), .width = 60, .wrap = true},
	};
	enum { N = ARRAY_LEN(columns) };
	struct arena *a = c->r->a;
	const struct calendar *cal;
	int64_t territory;
	int year = year_of(c);
	size_t n = 0;
	TRY(calendar_read(c, &cal, &territory, e));
	struct xlsx_value *v = arena_new(a, struct xlsx_value, 366 * N);
	for (struct date d = date_make(year, 1, 1); d.y == year; d = date_add_days(d, 1)) {
		struct day_kind k = calendar_day(cal, d);
		if (!k.special)
			continue;
		struct str moved = date_none(k.moved_from) ? STR_NONE : date_iso(a, k.moved_from);
		struct xlsx_value row[N] = {xlsx_iso(date_iso(a, d)),
		        XLSX_T(k.off ? STR("выходной") : STR("рабочий")), XLSX_T(k.title),
		        xlsx_iso(moved), XLSX_T(k.from.source), xlsx_iso(k.from.date),
		        XLSX_T(status_title(k.from.status)), XLSX_T(calendar_day_said(a, cal, d))};
		memcpy(v + n++ * N, row, sizeof(row));
	}
	return call_xlsx(c,
	        &(struct xlsx_list){.title = str_printf(a, "Календарь %d", year),
	                .column = columns,
	                .n_columns = N,
	                .cell = v,
	                .n_rows = n},
	        e);
}

static struct source_form source_of(struct call *c)
{
	return (struct source_form){call_text(c, STR("source")),
	        or_empty(call_iso(c, STR("source_date"))), call_text(c, STR("status"))};
}

/* What follows a change: due days may have to move. */
static enum ec changed(struct call *c, struct url to, const char *what)
{
	return call_redirect(c, to,
	        str_printf(c->r->a,
	                "%s Уже поставленные сроки не изменились: посмотрите «Пересчёт сроков».",
	                what));
}

enum ec calendar_day_post(struct call *c, struct err *e)
{
	struct arena *a = c->r->a;
	int64_t territory = call_int(c, STR("territory"));
	struct day_form f = {.territory_id = territory,
	        .day = or_empty(call_iso(c, STR("day"))),
	        .kind = call_text(c, STR("kind")),
	        .title = call_text(c, STR("title")),
	        .moved_from = or_empty(call_iso(c, STR("moved_from"))),
	        .from = source_of(c)};
	if (str_eq_z(f.kind, "drop"))
		f.kind = STR("");
	TRY(calendar_day_put(&c->ctx, &f, e));
	struct url to = url_arg(a, place_link(a, "/calendar", territory, 0), STR("day"), f.day);
	return changed(c, to, f.kind.n > 0 ? "День записан." : "Своя запись о дне убрана.");
}

enum ec calendar_year_post(struct call *c, struct err *e)
{
	struct year_form f = {call_int(c, STR("year")), call_text(c, STR("note")), source_of(c)};
	TRY(calendar_year_put(&c->ctx, &f, e));
	return changed(
	        c, place_link(c->r->a, "/calendar", 0, (int)f.year), "Источник года записан.");
}

enum ec calendar_import_post(struct call *c, struct err *e)
{
	const struct uploads *files = &c->r->files;
	struct source_form from = source_of(c);
	struct calendar_loaded n = {0};
	struct str pasted = call_text(c, STR("text"));
	if (files->n > 0 && files->v[0].bytes.n > 0)
		TRY(calendar_import(&c->ctx, files->v[0].name, files->v[0].bytes, &from, &n, e));
	else if (pasted.n > 0)
		TRY(calendar_import(&c->ctx, STR("вставленная таблица.tsv"), pasted, &from, &n, e));
	else
		return err_set(e, EC_INPUT, "Файл: выберите файл или вставьте таблицу");
	return changed(c, URL("/calendar"),
	        str_z(c->r->a,
	                str_printf(c->r->a,
	                        "Дней новых: %lld, изменено: %lld, без изменений: %lld.",
	                        (long long)n.added, (long long)n.changed, (long long)n.same)));
}

/* School terms ------------------------------------------------------------------------------ */

enum ec terms_get(struct call *c, struct err *e)
{
	int year = (int)call_int(c, STR("year"));
	struct terms_page p = {
	        .head = {.call = c,
	                .title = STR("Учебные четверти и триместры"),
	                .section = SECTION_CALENDAR,
	                .guide = STR("calendar"),
	                .as_of = call_today(c),
	                .crumb = {{STR("Календарь"), URL("/calendar")}},
	                .xlsx = call_same(c, STR("/calendar/terms.xlsx"))},
	        .year = year >= 2000 && year <= 2100 ? year : school_year_of(call_today(c)),
	        .may_edit = call_may(c, CAP_CALENDAR_WRITE),
	        .statuses = status_options(c),
	};
	TRY(calendar_read(c, &p.cal, &p.territory, e));
	p.head.note = str_printf(c->r->a, "%d/%d учебный год", p.year, p.year + 1);
	TRY(territory_options(c, p.territory, &p.territories, e));
	struct out o;
	out_init(&o, c->r->a);
	page_terms(&o, &p);
	return call_page(c, &o, e);
}

enum ec terms_xlsx(struct call *c, struct err *e)
{
	static const struct xlsx_column columns[] = {
	        {.title = STR_INIT("Учебный год"), .width = 12},
	        {.title = STR_INIT("Период"), .width = 14},
	        {.title = STR_INIT("Номер"), .width = 8},
	        {.title = STR_INIT("Начало"), .width = 12},
	        {.title = STR_INIT("Конец"), .width = 12},
	        {.title = STR_INIT("Источник"), .width = 70, .wrap = true},
	        {.title = STR_INIT("Статус"), .width = 24},
	};
	enum { N = ARRAY_LEN(columns) };
	struct arena *a = c->r->a;
	const struct calendar *cal;
	int64_t territory;
	int year = (int)call_int(c, STR("year"));
	size_t n = 0;
	if (year < 2000 || year > 2100)
		year = school_year_of(call_today(c));
	TRY(calendar_read(c, &cal, &territory, e));
	struct xlsx_value *v =
	        arena_new(a, struct xlsx_value, (size_t)TERM_KIND_COUNT * TERMS_MAX * N);
	for (int k = TERM_QUARTER; k < TERM_KIND_COUNT; k++) {
		for (int i = 1; i <= TERMS_MAX; i++) {
			struct term_span t;
			if (!calendar_term(cal, (enum term_kind)k, i, year, &t))
				continue;
			struct xlsx_value row[N] = {XLSX_T(str_printf(a, "%d/%d", year, year + 1)),
			        XLSX_T(term_kind_title((enum term_kind)k)), XLSX_N(i),
			        xlsx_iso(date_iso(a, t.start)), xlsx_iso(date_iso(a, t.end)),
			        XLSX_T(t.row->from.source),
			        XLSX_T(status_title(t.row->from.status))};
			memcpy(v + n++ * N, row, sizeof(row));
		}
	}
	return call_xlsx(c,
	        &(struct xlsx_list){.title = STR("Учебные периоды"),
	                .column = columns,
	                .n_columns = N,
	                .cell = v,
	                .n_rows = n},
	        e);
}

enum ec term_post(struct call *c, struct err *e)
{
	struct str term = call_text(c, STR("term"));
	size_t colon = str_find_byte(term, ':', 0);
	struct term_form f = {.territory_id = call_int(c, STR("territory")),
	        .school_year = call_int(c, STR("year")),
	        .start = or_empty(call_iso(c, STR("start"))),
	        .end = or_empty(call_iso(c, STR("end"))),
	        .from = source_of(c)};
	if (colon != SIZE_MAX && term.n == colon + 2) {
		f.kind = str_sub(term, 0, colon);
		f.number = term.p[colon + 1] - '0';
	}
	TRY(school_term_put(&c->ctx, &f, e));
	return changed(c,
	        place_link(c->r->a, "/calendar/terms", f.territory_id, (int)f.school_year),
	        f.start.n > 0 ? "Период записан." : "Действуют прежние границы.");
}

/* Rules ------------------------------------------------------------------------------------- */

enum ec rules_get(struct call *c, struct err *e)
{
	struct rules_page p = {
	        .head = {.call = c,
	                .title = STR("Правила сроков"),
	                .section = SECTION_CALENDAR,
	                .guide = STR("calendar"),
	                .as_of = call_today(c),
	                .crumb = {{STR("Календарь"), URL("/calendar")}},
	                .xlsx = call_same(c, STR("/calendar/rules.xlsx"))},
	        .may_edit = call_may(c, CAP_CALENDAR_WRITE),
	        .statuses = status_options(c),
	};
	TRY(calendar_read(c, &p.cal, &p.territory, e));
	TRY(territory_options(c, p.territory, &p.territories, e));
	struct out o;
	out_init(&o, c->r->a);
	page_rules(&o, &p);
	return call_page(c, &o, e);
}

enum ec rules_xlsx(struct call *c, struct err *e)
{
	static const struct xlsx_column columns[] = {
	        {.title = STR_INIT("Правило"), .width = 44, .wrap = true},
	        {.title = STR_INIT("Как сейчас"), .width = 44, .wrap = true},
	        {.title = STR_INIT("Источник"), .width = 70, .wrap = true},
	        {.title = STR_INIT("Статус"), .width = 24},
	};
	enum { N = ARRAY_LEN(columns) };
	struct arena *a = c->r->a;
	const struct calendar *cal;
	int64_t territory;
	TRY(calendar_read(c, &cal, &territory, e));
	struct xlsx_value *v = arena_new(a, struct xlsx_value, (size_t)RULE_COUNT * N);
	for (int k = 0; k < RULE_COUNT; k++) {
		const struct rule_value *x = &cal->rule[k];
		struct xlsx_value row[N] = {XLSX_T(rule_title((enum calendar_rule)k)),
		        XLSX_T(rule_value_title(a, (enum calendar_rule)k, x->value)),
		        XLSX_T(x->from.source), XLSX_T(status_title(x->from.status))};
		memcpy(v + k * N, row, sizeof(row));
	}
	return call_xlsx(c,
	        &(struct xlsx_list){.title = STR("Правила сроков"),
	                .column = columns,
	                .n_columns = N,
	                .cell = v,
	                .n_rows = RULE_COUNT},
	        e);
}

enum ec rule_post(struct call *c, struct err *e)
{
	struct rule_form f = {call_int(c, STR("territory")), call_text(c, STR("rule")),
	        call_text(c, STR("value")), source_of(c)};
	TRY(calendar_rule_put(&c->ctx, &f, e));
	return changed(c, place_link(c->r->a, "/calendar/rules", f.territory_id, 0),
	        f.value.n > 0 ? "Правило записано." : "Действует правило уровнем выше.");
}

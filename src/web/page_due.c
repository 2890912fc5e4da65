#include "web/page_due.h"

#include "core/fact.h"
#include "report/xlsx_list.h"
#include "web/pages/due.h"

#include <string.h>

static struct head head_of(struct call *c, const char *title)
{
	return (struct head){.call = c,
	        .title = str_c(title),
	        .section = SECTION_CALENDAR,
	        .guide = STR("calendar"),
	        .as_of = call_today(c),
	        .crumb = {{STR("Календарь"), URL("/calendar")}}};
}

struct url event_link(struct arena *a, const struct waiting_row *r)
{
	return url_arg(a, URL("/calendar/event"), STR("anchor"), r->anchor);
}

bool recompute_same(const struct recompute_row *x, const struct recompute_row *y)
{
	return x->document_id == y->document_id && str_eq(x->clause, y->clause) &&
	       str_eq(x->activity, y->activity) &&
	       str_eq(or_empty(x->old_due), or_empty(y->old_due)) && str_eq(x->new_due, y->new_due);
}

bool event_same(const struct event_row *x, const struct event_row *y)
{
	return x->document_id == y->document_id && str_eq(x->clause, y->clause) &&
	       str_eq(x->activity, y->activity) && str_eq(x->due, y->due);
}

enum ec waiting_get(struct call *c, struct err *e)
{
	struct waiting_page p = {.head = head_of(c, "Ждут события и графика")};
	p.head.xlsx = call_same(c, STR("/calendar/waiting.xlsx"));
	TRY(due_waiting(&c->ctx, &p.m, e));
	TRY(due_named(&c->ctx, &p.named, e));
	struct out o;
	out_init(&o, c->r->a);
	page_waiting(&o, &p);
	return call_page(c, &o, e);
}

static const struct xlsx_column waiting_columns[] = {
        {.title = STR_INIT("Чего ждёт"), .width = 14},
        {.title = STR_INIT("Событие или график"), .width = 44, .wrap = true},
        {.title = STR_INIT("Срок в документе"), .width = 40, .wrap = true},
        {.title = STR_INIT("Документ"), .width = 34, .wrap = true},
        {.title = STR_INIT("Пункт"), .width = 10},
        {.title = STR_INIT("Мероприятие"), .width = 60, .wrap = true},
        {.title = STR_INIT("Поручений"), .width = 11},
};
enum { WAITING_N = ARRAY_LEN(waiting_columns) };

static void waiting_cells(
        const struct waiting_row *r, size_t n, const char *what, struct xlsx_value *v)
{
	for (size_t i = 0; i < n; i++) {
		struct xlsx_value row[WAITING_N] = {XLSX_T(str_c(what)), XLSX_T(r[i].anchor),
		        XLSX_T(r[i].text), XLSX_T(r[i].document_title), XLSX_T(r[i].clause),
		        XLSX_T(r[i].activity), XLSX_N((double)r[i].n)};
		memcpy(v + i * WAITING_N, row, sizeof(row));
	}
}

enum ec waiting_xlsx(struct call *c, struct err *e)
{
	struct waiting m;
	TRY(due_waiting(&c->ctx, &m, e));
	size_t n = m.n_events + m.n_schedules;
	struct xlsx_value *v = arena_new(c->r->a, struct xlsx_value, (n + 1) * WAITING_N);
	waiting_cells(m.event, m.n_events, "события", v);
	waiting_cells(m.schedule, m.n_schedules, "графика", v + m.n_events * WAITING_N);
	return call_xlsx(c,
	        &(struct xlsx_list){.title = STR("Ждут события и графика"),
	                .column = waiting_columns,
	                .n_columns = WAITING_N,
	                .cell = v,
	                .n_rows = n},
	        e);
}

static struct event_form event_form_of(struct call *c)
{
	return (struct event_form){.anchor = call_text(c, STR("anchor")),
	        .document_id = call_int(c, STR("document")),
	        .happened = or_empty(call_iso(c, STR("happened"))),
	        .grace = call_int(c, STR("grace")),
	        .source = call_text(c, STR("source"))};
}

static enum ec show_event(struct call *c, struct named_event_page *p, struct err *e)
{
	p->head = head_of(c, "Событие наступило");
	p->head.note = p->form.anchor;
	p->head.crumb[1] = (struct crumb){STR("Ждут события и графика"), URL("/calendar/waiting")};
	struct out o;
	out_init(&o, c->r->a);
	page_named_event(&o, p);
	return call_page(c, &o, e);
}

enum ec event_get(struct call *c, struct err *e)
{
	struct named_event_page p = {.form = event_form_of(c)};
	return show_event(c, &p, e);
}

enum ec event_post(struct call *c, struct err *e)
{
	struct named_event_page p = {.form = event_form_of(c)};
	if (!call_flag(c, STR("confirm"))) {
		TRY(event_preview(&c->ctx, &p.form, &p.m, e));
		p.previewed = true;
		return show_event(c, &p, e);
	}
	TRY(event_name(&c->ctx, &p.form, &p.m, e));
	return call_redirect(c, URL("/calendar/waiting"),
	        str_printf(c->r->a,
	                "Событие записано. Получили срок поручений: %lld; новых сроков по "
	                "повторному "
	                "событию: %lld.",
	                (long long)p.m.n_dated, (long long)p.m.n_more));
}

enum ec schedule_get(struct call *c, struct err *e)
{
	struct schedule_page p = {.head = head_of(c, "График для пункта")};
	TRY(schedule_card(&c->ctx, c->id[0], &p.m, e));
	p.head.crumb[1] = (struct crumb){STR("Ждут события и графика"), URL("/calendar/waiting")};
	p.head.note = str_printf(c->r->a, "Срок в документе: «" STR_FMT "»", STR_ARG(p.m.text));
	struct out o;
	out_init(&o, c->r->a);
	page_schedule(&o, &p);
	return call_page(c, &o, e);
}

enum ec schedule_post(struct call *c, struct err *e)
{
	const struct uploads *files = &c->r->files;
	struct schedule_form f = {.deadline_id = c->id[0],
	        .lines = call_text(c, STR("lines")),
	        .source = call_text(c, STR("source"))};
	struct schedule_done done;
	if (files->n > 0 && files->v[0].bytes.n > 0) {
		f.name = files->v[0].name;
		f.bytes = files->v[0].bytes;
	}
	TRY(schedule_put(&c->ctx, &f, &done, e));
	return call_redirect(c, URL("/calendar/waiting"),
	        str_printf(c->r->a,
	                "График записан: дней %lld, поручений получили срок %lld, добавлено "
	                "поручений "
	                "%lld.",
	                (long long)done.n_days, (long long)done.n_dated, (long long)done.n_more));
}

enum ec recompute_get(struct call *c, struct err *e)
{
	struct recompute_page p = {.head = head_of(c, "Пересчёт сроков"),
	        .may_apply = call_may(c, CAP_CALENDAR_WRITE)};
	p.head.xlsx = call_same(c, STR("/calendar/recompute.xlsx"));
	TRY(recompute_preview(&c->ctx, &p.m, e));
	struct out o;
	out_init(&o, c->r->a);
	page_recompute(&o, &p);
	return call_page(c, &o, e);
}

enum ec recompute_xlsx(struct call *c, struct err *e)
{
	static const struct xlsx_column columns[] = {
	        {.title = STR_INIT("Поручение №"), .width = 12},
	        {.title = STR_INIT("Пункт"), .width = 10},
	        {.title = STR_INIT("Мероприятие"), .width = 60, .wrap = true},
	        {.title = STR_INIT("Исполнитель"), .width = 44, .wrap = true},
	        {.title = STR_INIT("Срок сейчас"), .width = 13},
	        {.title = STR_INIT("Срок по календарю"), .width = 16},
	        {.title = STR_INIT("Почему"), .width = 80, .wrap = true},
	};
	enum { N = ARRAY_LEN(columns) };
	struct recompute m;
	TRY(recompute_preview(&c->ctx, &m, e));
	struct xlsx_value *v = arena_new(c->r->a, struct xlsx_value, (m.n + 1) * N);
	for (size_t i = 0; i < m.n; i++) {
		const struct recompute_row *r = &m.v[i];
		struct xlsx_value row[N] = {XLSX_N((double)r->assignment_id), XLSX_T(r->clause),
		        XLSX_T(r->activity), XLSX_T(r->org_name), xlsx_iso(r->old_due),
		        xlsx_iso(r->new_due), XLSX_T(r->why)};
		memcpy(v + i * N, row, sizeof(row));
	}
	return call_xlsx(c,
	        &(struct xlsx_list){.title = STR("Пересчёт сроков"),
	                .column = columns,
	                .n_columns = N,
	                .cell = v,
	                .n_rows = m.n},
	        e);
}

enum ec recompute_post(struct call *c, struct err *e)
{
	int64_t n;
	TRY(recompute_apply(
	        &c->ctx, call_text(c, STR("digest")), call_text(c, STR("reason")), &n, e));
	return call_redirect(c, URL("/calendar/recompute"),
	        str_printf(c->r->a,
	                "Сроки изменены: поручений %lld. Каждое хранит прежний срок и "
	                "причину.",
	                (long long)n));
}

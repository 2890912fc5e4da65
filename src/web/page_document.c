#include "web/page_document.h"

#include "core/order/document_check.h"
#include "core/order/resolve.h"
#include "web/page_documents.h"
#include "web/pages/document.h"

static const struct word types[] = {
        {STR_INIT("task"), STR_INIT("поручение")},
        {STR_INIT("approval"), STR_INIT("утверждение")},
        {STR_INIT("control"), STR_INIT("контроль")},
        {STR_INIT("cancellation"), STR_INIT("отмена")},
        {STR_INIT("entry_into_force"), STR_INIT("вступление в силу")},
        {STR_INIT("information"), STR_INIT("информация")},
        {STR_INIT("commitment"), STR_INIT("обязательство")},
};

static struct options rule_options(struct arena *a)
{
	size_t n;
	const struct resolve_rule *r = resolve_rules(&n);
	struct options o = {.v = arena_new(a, struct option, n), .n = n};
	for (size_t i = 0; i < n; i++)
		o.v[i] = (struct option){r[i].name, r[i].title, false};
	return o;
}

static void open_form(struct document_page *p)
{
	struct arena *a = p->head.call->r->a;
	p->editing = call_flag(p->head.call, STR("add")) ? -1 : call_int(p->head.call, STR("edit"));
	p->editing_head = call_flag(p->head.call, STR("head"));
	p->form = (struct point_form){.type = STR("task")};
	if (!p->m.may_edit)
		p->editing = 0;
	for (size_t i = 0; i < p->m.n_points; i++)
		if (p->m.point[i].id == p->editing)
			p->form = point_form_of(a, &p->m.point[i]);
	p->types = options_of(a, types, ARRAY_LEN(types), p->form.type);
	p->rules = rule_options(a);
	size_t n;
	const struct word *kinds = document_kinds(&n);
	p->kinds = options_of(a, kinds, n, p->m.row.kind);
}

static void count(struct document_page *p)
{
	for (size_t i = 0; i < p->m.n_points; i++) {
		if (!p->m.point[i].removed && str_eq(p->m.point[i].type, STR("task")))
			p->n_tasks++;
		if (p->m.point[i].doubtful && p->first_left == 0)
			p->first_left = p->m.point[i].id;
	}
	for (size_t i = 0; i < p->m.n_diagnostics; i++)
		if (!p->m.diagnostic[i].settled &&
		        str_eq(p->m.diagnostic[i].severity, STR("error")))
			p->n_open_errors++;
}

struct str card_title(struct arena *a, const struct document_row *d)
{
	return str_printf(a, STR_FMT " " STR_FMT " от " STR_FMT, STR_ARG(capital(a, d->kind_title)),
	        STR_ARG(d->number.n > 0 ? d->number : STR("без номера")),
	        STR_ARG(d->date.n > 0 ? day(a, d->date) : STR("неизвестной даты")));
}

enum ec document_get(struct call *c, struct err *e)
{
	struct document_page p = {
	        .head = {.call = c,
	                .section = SECTION_DOCUMENTS,
	                .guide = STR("document-card"),
	                .wide = true,
	                .as_of = call_today(c),
	                .crumb = {{STR("Документы"), URL("/documents")}}},
	};
	TRY(document_card(&c->ctx, c->id[0], &p.m, e));
	p.head.title = card_title(c->r->a, &p.m.row);
	p.head.note = p.m.row.title;
	TRY(document_derived(&c->ctx, c->id[0], &p.derived, e));
	TRY(frozen_sets(&c->ctx, c->id[0], &p.frozen, e));
	TRY(document_chain(&c->ctx, c->id[0], &p.chain, e));
	TRY(basis_matches(&c->ctx, &p.m, &p.basis, e));
	TRY(lower_points(&c->ctx, c->id[0], &p.lower, e));
	TRY(territory_options(c, 0, &p.territories, e));
	if (p.m.may_edit)
		TRY(document_undo_what(&c->ctx, c->id[0], &p.undo, e));
	open_form(&p);
	count(&p);
	p.piece = pieces_of(c->r->a, &p.m, &p.n_pieces);
	struct out o;
	out_init(&o, c->r->a);
	page_document(&o, &p);
	return call_page(c, &o, e);
}

enum ec document_file_get(struct call *c, struct err *e)
{
	struct stored_file f;
	TRY(document_file(&c->ctx, c->id[0], &f, e));
	/* Never shown by the browser itself: a foreign file is only saved. */
	call_download(c, STR("application/octet-stream"), f.name, f.bytes);
	return EC_OK;
}

enum ec document_parsed_get(struct call *c, struct err *e)
{
	c->w->type = STR("application/json");
	return document_parsed(&c->ctx, c->id[0], &c->w->body, e);
}

enum ec document_history_get(struct call *c, struct err *e)
{
	struct document_card d;
	TRY(document_card(&c->ctx, c->id[0], &d, e));
	struct history_page p = {
	        .head = {.call = c,
	                .title = STR("История изменений"),
	                .section = SECTION_DOCUMENTS,
	                .guide = STR("document-card"),
	                .as_of = call_today(c),
	                .crumb = {{STR("Документы"), URL("/documents")},
	                        {card_title(c->r->a, &d.row),
	                                url_int(c->r->a, URL("/documents"), c->id[0])}}},
	};
	TRY(document_history(&c->ctx, c->id[0], &p.m, e));
	struct out o;
	out_init(&o, c->r->a);
	page_history(&o, &p);
	return call_page(c, &o, e);
}

enum ec document_again(struct call *c, int64_t point_id, struct str message)
{
	struct url u = url_int(c->r->a, URL("/documents"), c->id[0]);
	if (point_id > 0)
		u = url_local(
		        str_printf(c->r->a, STR_FMT "#p%lld", STR_ARG(u.s), (long long)point_id));
	return call_redirect(c, u, message);
}

enum ec document_edit_post(struct call *c, struct err *e)
{
	struct document_form f = {
	        .kind = call_text(c, STR("kind")),
	        .number = call_text(c, STR("number")),
	        .date = call_iso(c, STR("date")),
	        .title = call_text(c, STR("title")),
	        .issuer = call_text(c, STR("issuer")),
	        .place = call_text(c, STR("place")),
	        .signatory_name = call_text(c, STR("signatory_name")),
	        .signatory_post = call_text(c, STR("signatory_post")),
	        .controller = call_text(c, STR("controller")),
	        .plan_start = call_iso(c, STR("plan_start")),
	        .plan_end = call_iso(c, STR("plan_end")),
	        .parent_id = call_int(c, STR("parent")),
	};
	TRY(document_edit(&c->ctx, c->id[0], call_int(c, STR("version")), &f, e));
	return document_again(c, 0, STR("Реквизиты сохранены."));
}

static struct point_form point_form_read(const struct call *c)
{
	return (struct point_form){
	        .type = call_text(c, STR("type")),
	        .clause = call_text(c, STR("clause")),
	        .section = call_text(c, STR("section")),
	        .activity = call_text(c, STR("activity")),
	        .items = call_text(c, STR("items")),
	        .document_types = call_text(c, STR("document_types")),
	        .expected_result = call_text(c, STR("expected_result")),
	        .responsibles = call_text(c, STR("responsibles")),
	        .deadlines = call_text(c, STR("deadlines")),
	        .indicators = call_text(c, STR("indicators")),
	};
}

enum ec point_edit_post(struct call *c, struct err *e)
{
	struct point_form f = point_form_read(c);
	TRY(point_edit(&c->ctx, c->id[1], call_int(c, STR("version")), &f, e));
	return document_again(c, c->id[1], STR("Пункт сохранён."));
}

enum ec point_add_post(struct call *c, struct err *e)
{
	struct point_form f = point_form_read(c);
	int64_t id;
	TRY(point_add(&c->ctx, c->id[0], call_int(c, STR("after")), &f, &id, e));
	return document_again(c, id, STR("Пункт добавлен."));
}

enum ec point_remove_post(struct call *c, struct err *e)
{
	TRY(point_remove(&c->ctx, c->id[1], call_int(c, STR("version")), e));
	return document_again(c, c->id[1], STR("Пункт вычеркнут: поручений по нему не будет."));
}

enum ec point_restore_post(struct call *c, struct err *e)
{
	TRY(point_restore(&c->ctx, c->id[1], call_int(c, STR("version")), e));
	return document_again(c, c->id[1], STR("Пункт возвращён."));
}

enum ec responsible_set_post(struct call *c, struct err *e)
{
	struct responsible_form f = {.responsible_id = c->id[1], .rule = call_text(c, STR("rule"))};
	if (call_int(c, STR("org_id")) > 0)
		f.org_id = call_int(c, STR("org_id"));
	else if (call_text(c, STR("org")).n > 0)
		TRY(org_by_words(c, call_text(c, STR("org")), &f.org_id, e));
	else if (f.rule.n == 0)
		return err_set(e, EC_INPUT, "укажите организацию или выберите набор");
	TRY(responsible_set(&c->ctx, &f, e));
	return document_again(c, call_int(c, STR("point")), STR("Исполнитель указан."));
}

/* Where the person goes on: the point that waits next, or this one. */
static int64_t next_left(const struct document_card *d, int64_t after)
{
	int64_t first = 0;
	bool passed = false;
	for (size_t i = 0; i < d->n_points; i++) {
		const struct card_point *p = &d->point[i];
		if (p->doubtful && (passed || p->id == after))
			return p->id;
		if (p->doubtful && first == 0)
			first = p->id;
		passed = passed || p->id == after;
	}
	return first != 0 ? first : after;
}

enum ec point_check_post(struct call *c, struct err *e)
{
	struct check_form f = {.point_id = c->id[1],
	        .version = call_int(c, STR("version")),
	        .responsible_id = call_int(c, STR("responsible")),
	        .deadline_id = call_int(c, STR("deadline"))};
	struct document_card d;
	TRY(point_check(&c->ctx, &f, e));
	TRY(document_card(&c->ctx, c->id[0], &d, e));
	return document_again(c, next_left(&d, c->id[1]),
	        d.n_left == 0
	                ? STR("Проверено всё: документ можно подтверждать.")
	                : str_printf(c->r->a, "Проверено. Осталось проверить: %zu.", d.n_left));
}

enum ec document_undo_post(struct call *c, struct err *e)
{
	int64_t point_id;
	struct str what;
	TRY(document_undo(&c->ctx, c->id[0], &point_id, &what, e));
	return document_again(
	        c, point_id, str_printf(c->r->a, "Отменено: " STR_FMT ".", STR_ARG(what)));
}

enum ec diagnostic_settle_post(struct call *c, struct err *e)
{
	struct str how = call_text(c, STR("how"));
	enum settle s = str_eq(how, STR("accept"))   ? SETTLE_ACCEPT
	                : str_eq(how, STR("stands")) ? SETTLE_STANDS
	                                             : SETTLE_REOPEN;
	TRY(diagnostic_settle(&c->ctx, c->id[1], s, e));
	return document_again(c, call_int(c, STR("point")),
	        s == SETTLE_ACCEPT ? STR("Предложение принято.")
	        : s == SETTLE_STANDS ? STR("Отмечено: верно, как в документе.")
	                             : STR("Замечание открыто снова."));
}

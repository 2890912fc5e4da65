/* One step for many assignments: the ticked ones, or all under the filter. Asked first, with how
 * many there are; each is then a step of its own, so that one refusal does not stop the others. */
#include "base/cur.h"
#include "web/page_assignments.h"
#include "web/pages/bulk.h"

#define ROWS_SHOWN 20

bool bulk_step(enum control_step s)
{
	return s == STEP_TAKE || s == STEP_ACCEPT || s == STEP_RETURN || s == STEP_WITHDRAW;
}

static enum ec picked(struct bulk_page *p, const struct fields *sent, struct err *e)
{
	p->id = arena_new(p->head.call->r->a, int64_t, sent->n);
	for (size_t i = 0; i < sent->n; i++) {
		struct cur at = CUR(sent->v[i].value);
		uint64_t id;
		if (!str_eq(sent->v[i].name, STR("pick")))
			continue;
		if (!cur_uint(&at, 18, INT64_MAX, &id) || !cur_end(&at))
			return err_set(e, EC_INPUT, "неверный номер поручения");
		p->id[p->n++] = (int64_t)id;
	}
	return EC_OK;
}

static enum ec filtered(struct bulk_page *p, struct err *e)
{
	const struct call *c = p->head.call;
	struct assignment_filter f = assignments_filter(c);
	struct assignment_list all;
	f.page = (struct paging){.limit = BULK_MAX};
	TRY(assignment_list(&c->ctx, &f, &all, e));
	if (all.total > BULK_MAX)
		return err_set(e, EC_LIMIT, "под отбором %lld поручений, за раз можно %d",
		        (long long)all.total, BULK_MAX);
	p->id = arena_new(c->r->a, int64_t, all.n);
	for (size_t i = 0; i < all.n; i++)
		p->id[p->n++] = all.v[i].id;
	return EC_OK;
}

static enum ec bulk_read(struct bulk_page *p, const struct fields *sent, struct err *e)
{
	const struct call *c = p->head.call;
	if (!control_step_of(call_text(c, STR("step")), &p->step) || !bulk_step(p->step))
		return err_set(e, EC_INPUT, "такого действия над многими поручениями нет");
	if (call_flag(c, STR("all")))
		TRY(filtered(p, e));
	else
		TRY(picked(p, sent, e));
	if (p->n == 0)
		return err_set(e, EC_INPUT, "отметьте поручения в списке");
	return EC_OK;
}

enum ec bulk_get(struct call *c, struct err *e)
{
	struct bulk_page p = {
	        .head = {.call = c,
	                .section = SECTION_ASSIGNMENTS,
	                .guide = STR("assignments"),
	                .crumb = {{STR("Поручения"), URL("/assignments")}}},
	};
	TRY(bulk_read(&p, &c->r->args, e));
	p.head.title =
	        str_printf(c->r->a, STR_FMT ": " STR_FMT, STR_ARG(control_step_title(p.step)),
	                STR_ARG(counted(c->r->a, (int64_t)p.n, STR("поручение"), STR("поручения"),
	                        STR("поручений"))));
	p.row = arena_new(c->r->a, struct assignment_row, ROWS_SHOWN);
	for (size_t i = 0; i < p.n && i < ROWS_SHOWN; i++) {
		struct assignment_card card;
		TRY(assignment_card(&c->ctx, p.id[i], &card, e));
		p.row[p.n_rows++] = card.row;
	}
	struct out o;
	out_init(&o, c->r->a);
	page_bulk(&o, &p);
	return call_page(c, &o, e);
}

enum ec bulk_post(struct call *c, struct err *e)
{
	struct bulk_page p = {.head = {.call = c}};
	struct step_form f = {.note = call_text(c, STR("note"))};
	struct err first = {0};
	int64_t done = 0;
	int64_t refused = 0;
	TRY(bulk_read(&p, &c->r->form, e));
	f.step = p.step;
	for (size_t i = 0; i < p.n; i++) {
		struct err why = {0};
		enum ec code = assignment_step(&c->ctx, p.id[i], &f, &why);
		if (code == EC_OK) {
			done++;
			continue;
		}
		if (code != EC_CONFLICT && code != EC_DENIED && code != EC_NOTFOUND) {
			*e = why;
			return code;
		}
		if (refused++ == 0)
			first = why;
	}
	struct str said = str_printf(c->r->a, STR_FMT ": сделано %lld из %zu.",
	        STR_ARG(control_step_title(f.step)), (long long)done, p.n);
	if (refused > 0)
		said = str_printf(c->r->a, STR_FMT " Пропущено %lld: %s.", STR_ARG(said),
		        (long long)refused, first.msg);
	return call_redirect(c, URL("/assignments"), said);
}

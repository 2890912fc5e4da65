/* The lint rule of derived points: not later than the point above allows. */
#include "core/fact.h"
#include "core/order/cascade.h"
#include "core/order/deadline_said.h"
#include "core/order/document_seen.h"
#include "core/order/due_days.h"
#include "db/q_cascade.h"
#include "db/q_org.h"
#include "db/q_point.h"

#define CODE "deadline_after_parent"

enum ec document_of_school(
        const struct ctx *c, const struct q_document_one *d, bool *ret, struct err *e)
{
	struct q_org_one o;
	*ret = false;
	if (d->org_id == DB_NULL_INT)
		return EC_OK;
	TRY(q_org_one(c->db, c->a, &(struct q_org_one_in){d->org_id}, &o, e));
	*ret = str_eq_z(o.kind, "school");
	return EC_OK;
}

/* The last day of a point; p == NULL: one of its deadlines has no day, or there is none. */
static struct str last_day(struct arena *a, const struct q_deadlines_of_rows *rows,
        int64_t point_id, struct due_env *env)
{
	struct str last = STR_NONE;
	for (size_t i = 0; i < rows->n; i++) {
		const struct q_deadlines_of *w = &rows->v[i];
		if (w->point_id != point_id)
			continue;
		struct card_deadline d = deadline_card(a, w);
		struct due_days days;
		deadline_due(a, &d, env, &days);
		for (size_t k = 0; k < days.n; k++) {
			if (days.day[k].p == NULL)
				return STR_NONE;
			if (last.p == NULL || str_cmp(days.day[k], last) > 0)
				last = days.day[k];
		}
	}
	return last;
}

static bool noted(const struct q_diagnostics_of_rows *diag, int64_t point_id)
{
	for (size_t i = 0; i < diag->n; i++)
		if (diag->v[i].point_id == point_id && str_eq_z(diag->v[i].code, CODE))
			return true;
	return false;
}

static enum ec note_late(const struct ctx *c, const struct q_points_of *p, struct str own,
        const struct q_cascade_limit *above, struct err *e)
{
	struct str where = str_printf(c->a, "п. " STR_FMT ", " STR_FMT " № " STR_FMT " от " STR_FMT,
	        STR_ARG(above->clause.n > 0 ? above->clause : STR("без номера")),
	        STR_ARG(document_kind_title_of(above->kind)),
	        STR_ARG(above->number.n > 0 ? above->number : STR("—")),
	        STR_ARG(above->doc_date.n > 0 ? iso_ru(c->a, above->doc_date) : STR("—")));
	struct str limit = iso_ru(c->a, above->due_date);
	struct str message =
	        own.p == NULL ? str_printf(c->a,
	                                "Срок не назван днём, а вышестоящий пункт требует "
	                                "исполнить до " STR_FMT " (" STR_FMT ").",
	                                STR_ARG(limit), STR_ARG(where))
	                      : str_printf(c->a,
	                                "Срок " STR_FMT
	                                " позже, чем разрешает вышестоящий пункт: до " STR_FMT
	                                " (" STR_FMT ").",
	                                STR_ARG(iso_ru(c->a, own)), STR_ARG(limit), STR_ARG(where));
	struct q_diagnostic_insert row;
	return q_diagnostic_insert(c->db, c->a,
	        &(struct q_diagnostic_insert_in){p->document_id, p->id, STR(CODE), STR("error"),
	                STR("deadlines"), or_empty(own), message, p->span_start, p->span_end,
	                DB_NULL_INT, DB_NULL_INT},
	        &row, e);
}

enum ec cascade_lint(
        const struct ctx *c, const struct q_document_one *d, int64_t point_id, struct err *e)
{
	struct q_points_of_rows point;
	struct q_deadlines_of_rows due;
	struct q_diagnostics_of_rows diag;
	struct due_env env;
	bool school;
	if (d->parent_id == DB_NULL_INT)
		return EC_OK;
	TRY(document_of_school(c, d, &school, e));
	TRY(q_points_of(c->db, c->a, &(struct q_points_of_in){d->id, point_id}, &point, e));
	TRY(q_deadlines_of(c->db, c->a, &(struct q_deadlines_of_in){d->id, point_id}, &due, e));
	TRY(q_diagnostics_of(
	        c->db, c->a, &(struct q_diagnostics_of_in){d->id, point_id}, &diag, e));
	TRY(due_env_load(c, d, &env, e));
	for (size_t i = 0; i < point.n; i++) {
		const struct q_points_of *p = &point.v[i];
		struct q_cascade_limit above;
		if (p->parent_point_id == DB_NULL_INT || p->removed != 0 ||
		        !str_eq_z(p->type, "task") || noted(&diag, p->id))
			continue;
		TRY(q_cascade_limit(c->db, c->a,
		        &(struct q_cascade_limit_in){p->parent_point_id, d->territory_id,
		                school ? d->org_id : DB_NULL_INT},
		        &above, e));
		if (above.due_date.p == NULL || above.n_open > 0)
			continue;
		struct str own = last_day(c->a, &due, p->id, &env);
		if (own.p == NULL || str_cmp(own, above.due_date) > 0)
			TRY(note_late(c, p, own, &above, e));
	}
	return EC_OK;
}

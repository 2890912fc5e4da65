#include "core/order/document_check.h"

#include "core/fact.h"
#include "core/order/document_edit.h"
#include "core/order/document_seen.h"
#include "core/order/point_json.h"
#include "db/q_point.h"

static enum ec check_field(const struct ctx *c, const struct check_form *f, struct err *e)
{
	int64_t n = 0;
	if (f->responsible_id != 0)
		TRY(q_responsible_sure(c->db,
		        &(struct q_responsible_sure_in){f->responsible_id, f->point_id}, &n, e));
	else
		TRY(q_deadline_sure(
		        c->db, &(struct q_deadline_sure_in){f->deadline_id, f->point_id}, &n, e));
	return n > 0 ? EC_OK : err_set(e, EC_NOTFOUND, "нет такого поля: обновите страницу");
}

static enum ec check_whole(
        const struct ctx *c, const struct check_form *f, int64_t document_id, struct err *e)
{
	struct q_diagnostics_of_rows diag;
	TRY(q_diagnostics_of(
	        c->db, c->a, &(struct q_diagnostics_of_in){document_id, f->point_id}, &diag, e));
	for (size_t i = 0; i < diag.n; i++) {
		const struct q_diagnostics_of *g = &diag.v[i];
		if (g->settled_at != DB_NULL_INT)
			continue;
		if (str_eq_z(g->severity, "error"))
			return err_set(e, EC_INPUT, "сначала решите ошибку пункта: " STR_FMT,
			        STR_ARG(g->message));
		TRY(q_diagnostic_settle(c->db,
		        &(struct q_diagnostic_settle_in){
		                g->id, clock_now(c->clock), acting_user(c)},
		        e));
	}
	return q_point_check(c->db, &(struct q_point_check_in){f->point_id}, e);
}

enum ec point_check(const struct ctx *c, const struct check_form *f, struct err *e)
{
	struct q_point_one p;
	struct q_document_one d;
	struct str before;
	struct str after;
	int64_t n;
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	enum ec ec = q_point_one(c->db, c->a, &(struct q_point_one_in){f->point_id}, &p, e);
	if (ec == EC_NOTFOUND)
		return err_set(e, EC_NOTFOUND, "нет такого пункта");
	TRY(ec);
	TRY(document_for_edit(c, p.document_id, &d, e));
	TRY(point_json(c, d.id, p.id, &before, e));
	TRY(q_point_bump(c->db, &(struct q_point_bump_in){p.id, f->version}, &n, e));
	if (n == 0)
		return err_set(e, EC_CONFLICT,
		        "пункт тем временем изменил другой человек: обновите страницу");
	TRY(f->responsible_id != 0 || f->deadline_id != 0 ? check_field(c, f, e)
	                                                  : check_whole(c, f, d.id, e));
	TRY(q_document_touch(c->db, &(struct q_document_touch_in){d.id}, e));
	TRY(point_json(c, d.id, p.id, &after, e));
	TRY(history_add(
	        c, &(struct change){STR("point"), p.id, STR("check"), before, after, STR("")}, e));
	return tx_commit(&tx, e);
}

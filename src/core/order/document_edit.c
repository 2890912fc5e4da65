#include "core/order/document_edit.h"

#include "core/fact.h"
#include "core/order/document_index.h"
#include "core/order/document_seen.h"
#include "core/order/document_store.h"
#include "core/order/point_json.h"
#include "db/q_org.h"
#include "db/q_point.h"
#include "doc/document.h"
#include "text/fold.h"

static struct str form_json(const struct ctx *c, const struct document_form *f, int64_t undoes)
{
	struct fact j;
	fact_begin(&j, c->a);
	json_kv_str(&j.j, "kind", f->kind);
	json_kv_str(&j.j, "number", f->number);
	json_kv_str(&j.j, "date", or_empty(f->date));
	json_kv_str(&j.j, "title", f->title);
	json_kv_str(&j.j, "issuer", f->issuer);
	json_kv_str(&j.j, "place", f->place);
	json_kv_str(&j.j, "signatory_name", f->signatory_name);
	json_kv_str(&j.j, "signatory_post", f->signatory_post);
	json_kv_str(&j.j, "controller", f->controller);
	json_kv_str(&j.j, "plan_start", or_empty(f->plan_start));
	json_kv_str(&j.j, "plan_end", or_empty(f->plan_end));
	if (f->parent_id != 0 && f->parent_id != DB_NULL_INT)
		json_kv_int(&j.j, "parent_id", f->parent_id);
	if (undoes != 0)
		json_kv_int(&j.j, "undoes", undoes);
	return fact_end(&j);
}

static enum ec clean_form(const struct ctx *c, const struct document_form *f,
        struct document_form *ret, struct err *e)
{
	const struct {
		struct text_field in;
		struct str *out;
	} fields[] = {
	        {{f->number, "Номер", 100, false, false}, &ret->number},
	        {{f->title, "Заголовок", 4000, true, false}, &ret->title},
	        {{f->issuer, "Издатель", 1000, false, false}, &ret->issuer},
	        {{f->place, "Место", 300, false, false}, &ret->place},
	        {{f->signatory_name, "Подписал", 300, false, false}, &ret->signatory_name},
	        {{f->signatory_post, "Должность", 600, false, false}, &ret->signatory_post},
	        {{f->controller, "Контроль", 600, false, false}, &ret->controller},
	};
	enum doc_kind kind;
	*ret = *f;
	if (!doc_kind_of(f->kind, &kind))
		return err_set(e, EC_INPUT, "Вид: неизвестный вид документа");
	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		TRY(typed_text(c->a, &fields[i].in, fields[i].out, e));
	TRY(typed_date(c->a, f->date, "Дата", &ret->date, e));
	TRY(typed_date(c->a, f->plan_start, "План с", &ret->plan_start, e));
	TRY(typed_date(c->a, f->plan_end, "План по", &ret->plan_end, e));
	if (ret->plan_start.n > 0 && ret->plan_end.n > 0 &&
	        str_cmp(ret->plan_start, ret->plan_end) > 0)
		return err_set(e, EC_INPUT, "План по: раньше, чем «с»");
	return EC_OK;
}

enum ec document_write(const struct ctx *c, const struct q_document_one *d,
        const struct document_form *f, const struct document_write_as *as, struct err *e)
{
	struct str date = f->date.n > 0 ? f->date : STR_NONE;
	struct str start = f->plan_start.n > 0 ? f->plan_start : STR_NONE;
	struct str end = f->plan_end.n > 0 ? f->plan_end : STR_NONE;
	TRY(q_document_update(c->db,
	        &(struct q_document_update_in){d->id, f->kind, f->number, date, f->title, f->issuer,
	                f->place, f->signatory_name, f->signatory_post, f->controller, start, end,
	                f->parent_id == 0 ? DB_NULL_INT : f->parent_id,
	                document_search_key(c->a, f->number, f->title, f->issuer),
	                text_sort_key(c->a, f->number)},
	        e));
	struct document_form old = {d->kind, d->number, d->doc_date, d->title, d->issuer, d->place,
	        d->signatory_name, d->signatory_post, d->controller, d->plan_start, d->plan_end,
	        d->parent_id};
	return history_add(c,
	        &(struct change){STR("document"), d->id, as->verb, form_json(c, &old, 0),
	                form_json(c, f, as->undoes), STR("")},
	        e);
}

enum ec document_edit(const struct ctx *c, int64_t id, int64_t version,
        const struct document_form *typed, struct err *e)
{
	struct document_form f;
	struct q_document_one d;
	struct q_document_one parent;
	int64_t n;
	TRY(clean_form(c, typed, &f, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(document_for_edit(c, id, &d, e));
	if (f.parent_id == id)
		return err_set(e, EC_INPUT, "Во исполнение: документ не может исполнять сам себя");
	if (f.parent_id != 0 && document_for_read(c, f.parent_id, &parent, e) != EC_OK)
		return err_set(e, EC_INPUT, "Во исполнение: нет такого документа");
	TRY(q_document_bump(c->db, &(struct q_document_bump_in){id, version}, &n, e));
	if (n == 0)
		return err_set(e, EC_CONFLICT,
		        "документ тем временем изменил другой человек (правка %lld, у вас %lld): "
		        "обновите страницу",
		        (long long)d.version, (long long)version);
	TRY(document_write(c, &d, &f, &(struct document_write_as){STR("change"), 0}, e));
	TRY(document_index(c, id, e));
	return tx_commit(&tx, e);
}

/* "deadlines[3]" → the row with seq 3 and that problem, or the first row with the problem. */
static const struct q_deadlines_of *problem_row(
        const struct q_deadlines_of_rows *rows, const struct q_diagnostic_one *g)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->v[i].proposal_kind.n > 0 && str_eq(rows->v[i].problem, g->code) &&
		        (g->fragment.n == 0 || str_eq(rows->v[i].fragment, g->fragment)))
			return &rows->v[i];
	return NULL;
}

/* Puts the proposal in force (or takes it back) for the deadline the problem is about. */
static enum ec apply_proposal(
        const struct ctx *c, const struct q_diagnostic_one *g, bool accept, struct err *e)
{
	struct q_deadlines_of_rows rows = {0};
	if (g->point_id != DB_NULL_INT)
		TRY(q_deadlines_of(c->db, c->a,
		        &(struct q_deadlines_of_in){g->document_id, g->point_id}, &rows, e));
	const struct q_deadlines_of *d = problem_row(&rows, g);
	if (d == NULL && accept)
		return err_set(e, EC_INPUT, "предложения нет: введите срок в пункте");
	if (d == NULL)
		return EC_OK;
	bool taken = !str_eq_z(d->kind, "invalid");
	if (accept == taken)
		return EC_OK;
	return q_deadline_value(c->db,
	        accept ? &(struct q_deadline_value_in){d->id, d->proposal_kind, d->proposal_start,
	                         d->proposal_end, d->proposal_recurrence}
	               : &(struct q_deadline_value_in){d->id, STR("invalid"), STR_NONE, STR_NONE,
	                         STR("")},
	        e);
}

enum ec diagnostic_settle(
        const struct ctx *c, int64_t diagnostic_id, enum settle how, struct err *e)
{
	static const char *const verbs[] = {
	        [SETTLE_ACCEPT] = "accept", [SETTLE_STANDS] = "stands", [SETTLE_REOPEN] = "reopen"};
	struct q_diagnostic_one g;
	struct q_document_one d;
	struct str before = STR_NONE;
	struct str after = STR_NONE;
	if (how < SETTLE_ACCEPT || how > SETTLE_REOPEN)
		return err_set(e, EC_INPUT, "неизвестное решение");
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	enum ec ec =
	        q_diagnostic_one(c->db, c->a, &(struct q_diagnostic_one_in){diagnostic_id}, &g, e);
	if (ec == EC_NOTFOUND)
		return err_set(e, EC_NOTFOUND, "нет такого замечания");
	TRY(ec);
	TRY(document_for_edit(c, g.document_id, &d, e));
	bool point = g.point_id != DB_NULL_INT;
	if (point)
		TRY(point_json(c, g.document_id, g.point_id, &before, e));
	if (how != SETTLE_STANDS || g.settled_at != DB_NULL_INT)
		TRY(apply_proposal(c, &g, how == SETTLE_ACCEPT, e));
	bool open = how == SETTLE_REOPEN;
	TRY(q_diagnostic_settle(c->db,
	        &(struct q_diagnostic_settle_in){diagnostic_id,
	                open ? DB_NULL_INT : clock_now(c->clock),
	                open ? DB_NULL_INT : acting_user(c)},
	        e));
	TRY(q_document_touch(c->db, &(struct q_document_touch_in){g.document_id}, e));
	if (point)
		TRY(point_json(c, g.document_id, g.point_id, &after, e));
	TRY(history_add(c,
	        &(struct change){STR("diagnostic"), diagnostic_id, str_c(verbs[how]), before, after,
	                g.message},
	        e));
	return tx_commit(&tx, e);
}

static bool rule_known(struct str rule)
{
	size_t n;
	const struct resolve_rule *v = resolve_rules(&n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].name, rule))
			return !str_eq_z(rule, "org") && !str_eq_z(rule, "unknown");
	return false;
}

/* The unknown executor is known now. */
static enum ec settle_unknown(const struct ctx *c, const struct q_responsible_one *r, struct err *e)
{
	struct q_diagnostics_of_rows diag;
	TRY(q_diagnostics_of(
	        c->db, c->a, &(struct q_diagnostics_of_in){r->document_id, r->point_id}, &diag, e));
	for (size_t i = 0; i < diag.n; i++)
		if (str_eq_z(diag.v[i].code, "responsible_unknown") &&
		        str_starts(r->name, diag.v[i].fragment) &&
		        diag.v[i].settled_at == DB_NULL_INT)
			TRY(q_diagnostic_settle(c->db,
			        &(struct q_diagnostic_settle_in){
			                diag.v[i].id, clock_now(c->clock), acting_user(c)},
			        e));
	return EC_OK;
}

enum ec responsible_set(const struct ctx *c, const struct responsible_form *f, struct err *e)
{
	struct q_responsible_one r;
	struct q_document_one d;
	struct q_org_one org;
	struct str before;
	struct str after;
	int64_t n;
	if (f->org_id == 0 && !rule_known(f->rule))
		return err_set(e, EC_INPUT, "Исполнитель: выберите организацию или набор");
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	enum ec ec = q_responsible_one(
	        c->db, c->a, &(struct q_responsible_one_in){f->responsible_id}, &r, e);
	if (ec == EC_NOTFOUND)
		return err_set(e, EC_NOTFOUND, "нет такого исполнителя");
	TRY(ec);
	TRY(document_for_edit(c, r.document_id, &d, e));
	if (f->org_id != 0 &&
	        q_org_one(c->db, c->a, &(struct q_org_one_in){f->org_id}, &org, e) != EC_OK)
		return err_set(e, EC_INPUT, "Исполнитель: нет такой организации");
	TRY(point_json(c, r.document_id, r.point_id, &before, e));
	int64_t org_id = f->org_id != 0                ? f->org_id
	                 : str_eq_z(f->rule, "author") ? d.org_id
	                                               : DB_NULL_INT;
	TRY(q_responsible_rule(c->db,
	        &(struct q_responsible_rule_in){
	                r.id, f->org_id != 0 ? STR("org") : f->rule, org_id},
	        e));
	TRY(settle_unknown(c, &r, e));
	TRY(q_point_bump(c->db, &(struct q_point_bump_in){r.point_id, r.version}, &n, e));
	TRY(q_document_touch(c->db, &(struct q_document_touch_in){r.document_id}, e));
	TRY(point_json(c, r.document_id, r.point_id, &after, e));
	TRY(history_add(c,
	        &(struct change){STR("point"), r.point_id, STR("change"), before, after, STR("")},
	        e));
	return tx_commit(&tx, e);
}

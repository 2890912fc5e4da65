/* Taking changes of a draft back, one after the other, by what the history kept of them. */
#include "core/fact.h"
#include "core/order/document_check.h"
#include "core/order/document_edit.h"
#include "core/order/document_index.h"
#include "core/order/document_seen.h"
#include "core/order/point_json.h"
#include "db/q_document.h"
#include "db/q_point.h"

#define EVENTS_MAX 400 /* looked through for the last change */

static bool one_of(struct str s, const char *const *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq_z(s, v[i]))
			return true;
	return false;
}

static bool undoable(const struct q_document_events *v)
{
	static const char *const point[] = {"create", "change", "remove", "restore", "check"};
	static const char *const diag[] = {"accept", "stands", "reopen"};
	if (str_eq_z(v->noun, "point"))
		return one_of(v->verb, point, ARRAY_LEN(point));
	if (str_eq_z(v->noun, "diagnostic"))
		return one_of(v->verb, diag, ARRAY_LEN(diag));
	return str_eq_z(v->verb, "change");
}

static int64_t undone_by(const struct ctx *c, const struct q_document_events *v)
{
	struct json_value *tree;
	struct err none;
	int64_t id = 0;
	if (json_parse(c->a, or_empty(v->after), &tree, &none) != EC_OK ||
	        !json_get_int(tree, "undoes", &id))
		return 0;
	return id;
}

/* The newest change that was not taken back; NULL: none since the draft began. */
static const struct q_document_events *last_change(
        const struct ctx *c, const struct q_document_events_rows *rows)
{
	int64_t *gone = arena_new(c->a, int64_t, rows->n);
	size_t n = 0;
	for (size_t i = 0; i < rows->n; i++) {
		const struct q_document_events *v = &rows->v[i];
		if (str_eq_z(v->verb, "undo")) {
			gone[n++] = undone_by(c, v);
			continue;
		}
		if (!undoable(v))
			return NULL; /* import, confirmation, a new version: a border */
		bool skip = false;
		for (size_t k = 0; k < n; k++)
			skip = skip || gone[k] == v->id;
		if (!skip)
			return v;
	}
	return NULL;
}

static enum ec find_change(const struct ctx *c, int64_t document_id,
        const struct q_document_events **ret, struct err *e)
{
	struct q_document_events_rows *rows = arena_new(c->a, struct q_document_events_rows, 1);
	TRY(q_document_events(
	        c->db, c->a, &(struct q_document_events_in){document_id, EVENTS_MAX}, rows, e));
	*ret = last_change(c, rows);
	return EC_OK;
}

static struct str field_of(const struct json_value *v, const char *key)
{
	return or_empty(json_get_str(v, key));
}

static enum ec undo_requisites(const struct ctx *c, const struct q_document_events *v,
        const struct q_document_one *d, struct err *e)
{
	struct json_value *j;
	TRY(json_parse(c->a, or_empty(v->before), &j, e));
	struct document_form f = {.kind = field_of(j, "kind"),
	        .number = field_of(j, "number"),
	        .date = field_of(j, "date"),
	        .title = field_of(j, "title"),
	        .issuer = field_of(j, "issuer"),
	        .place = field_of(j, "place"),
	        .signatory_name = field_of(j, "signatory_name"),
	        .signatory_post = field_of(j, "signatory_post"),
	        .controller = field_of(j, "controller"),
	        .plan_start = field_of(j, "plan_start"),
	        .plan_end = field_of(j, "plan_end")};
	(void)json_get_int(j, "parent_id", &f.parent_id);
	return document_write(c, d, &f, &(struct document_write_as){STR("undo"), v->id}, e);
}

static enum ec undo_point(const struct ctx *c, const struct q_document_events *v,
        const struct q_document_one *d, int64_t point_id, struct err *e)
{
	struct point_at at = {d->id, point_id};
	struct str before;
	struct str after;
	TRY(point_json(c, d->id, point_id, &before, e));
	if (str_eq_z(v->verb, "create")) {
		TRY(q_point_strike(c->db, &(struct q_point_strike_in){point_id, 1}, e));
	} else {
		TRY(point_put_back(c, &at, or_empty(v->before), e));
	}
	TRY(point_json_undone(c, &at, v->id, &after, e));
	return history_add(c,
	        &(struct change){STR("point"), point_id, STR("undo"), before, after,
	                document_event_said(c, v)},
	        e);
}

static enum ec point_of_event(
        const struct ctx *c, const struct q_document_events *v, int64_t *ret, struct err *e)
{
	struct q_diagnostic_one g;
	*ret = str_eq_z(v->noun, "point") ? v->noun_id : 0;
	if (!str_eq_z(v->noun, "diagnostic"))
		return EC_OK;
	TRY(q_diagnostic_one(c->db, c->a, &(struct q_diagnostic_one_in){v->noun_id}, &g, e));
	*ret = g.point_id == DB_NULL_INT ? 0 : g.point_id;
	return EC_OK;
}

/* A problem of the whole document: its decision is turned round. */
static enum ec undo_decision(const struct ctx *c, const struct q_document_events *v, struct err *e)
{
	struct fact f;
	bool reopened = str_eq_z(v->verb, "reopen");
	TRY(q_diagnostic_settle(c->db,
	        &(struct q_diagnostic_settle_in){v->noun_id,
	                reopened ? clock_now(c->clock) : DB_NULL_INT,
	                reopened ? acting_user(c) : DB_NULL_INT},
	        e));
	fact_begin(&f, c->a);
	json_kv_int(&f.j, "undoes", v->id);
	return history_add(c,
	        &(struct change){STR("diagnostic"), v->noun_id, STR("undo"), STR_NONE, fact_end(&f),
	                document_event_said(c, v)},
	        e);
}

enum ec document_undo(const struct ctx *c, int64_t document_id, int64_t *ret_point_id,
        struct str *ret_what, struct err *e)
{
	struct q_document_one d;
	const struct q_document_events *v;
	int64_t point_id;
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(document_for_edit(c, document_id, &d, e));
	TRY(find_change(c, document_id, &v, e));
	if (v == NULL)
		return err_set(e, EC_CONFLICT, "отменять нечего: правок после занесения нет");
	if (v->user_id != acting_user(c))
		return err_set(e, EC_CONFLICT,
		        "последнюю правку сделал другой человек (" STR_FMT
		        "): отменить её может он",
		        STR_ARG(v->user_name.n > 0 ? v->user_name : STR("система")));
	TRY(point_of_event(c, v, &point_id, e));
	if (point_id != 0)
		TRY(undo_point(c, v, &d, point_id, e));
	else if (str_eq_z(v->noun, "document"))
		TRY(undo_requisites(c, v, &d, e));
	else
		TRY(undo_decision(c, v, e));
	TRY(q_document_touch(c->db, &(struct q_document_touch_in){document_id}, e));
	TRY(document_index(c, document_id, e));
	*ret_what = document_event_said(c, v);
	TRY(tx_commit(&tx, e));
	*ret_point_id = point_id;
	return EC_OK;
}

enum ec document_undo_what(const struct ctx *c, int64_t document_id, struct str *ret, struct err *e)
{
	struct q_document_one d;
	const struct q_document_events *v;
	TRY(document_for_read(c, document_id, &d, e));
	TRY(find_change(c, document_id, &v, e));
	*ret = v != NULL && v->user_id == acting_user(c) ? document_event_said(c, v) : STR_NONE;
	return EC_OK;
}

#include "core/control/due_event.h"

#include "core/control/due_ahead.h"
#include "core/control/due_change.h"
#include "core/fact.h"
#include "core/order/deadline_said.h"
#include "core/order/document_seen.h"
#include "core/order/due_days.h"
#include "core/registry/territory.h"
#include "db/q_document.h"
#include "db/q_due.h"
#include "db/q_point.h"

#include <stdlib.h>

#define EFFECT_LISTED 300
#define GRACE_MAX     366

static int by_key(const void *x, const void *y)
{
	const struct waiting_row *a = x;
	const struct waiting_row *b = y;
	int cmp = str_cmp(a->key, b->key);
	return cmp != 0 ? cmp : a->deadline_id < b->deadline_id ? -1 : 1;
}

static enum ec waiting_of(const struct ctx *c, const char *kind, struct waiting_row **ret,
        size_t *ret_n, struct err *e)
{
	struct arena *a = c->a;
	struct scope s;
	struct q_due_waiting_rows rows;
	TRY(must_scope(c, CAP_ASSIGNMENT_READ, &s, e));
	TRY(q_due_waiting(c->db, a,
	        &(struct q_due_waiting_in){s.territory_id, s.org_id, str_c(kind)}, &rows, e));
	struct waiting_row *v = arena_new(a, struct waiting_row, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_due_waiting *r = &rows.v[i];
		v[i] = (struct waiting_row){.deadline_id = r->id,
		        .point_id = r->point_id,
		        .document_id = r->document_id,
		        .text = r->text,
		        .anchor = r->anchor,
		        .key = event_key(a, r->anchor),
		        .clause = r->clause,
		        .activity = r->activity,
		        .document_title = str_printf(a, STR_FMT " № " STR_FMT " от " STR_FMT,
		                STR_ARG(document_kind_title_of(r->kind)), STR_ARG(r->number),
		                STR_ARG(iso_ru(a, or_empty(r->doc_date)))),
		        .n = r->n,
		        .may = actor_may(c->actor, CAP_DOCUMENT_WRITE, r->territory_id, ACTOR_ALL)};
	}
	*ret = v;
	*ret_n = rows.n;
	return EC_OK;
}

enum ec due_waiting(const struct ctx *c, struct waiting *ret, struct err *e)
{
	struct waiting w = {0};
	TRY(waiting_of(c, "event_relative", &w.event, &w.n_events, e));
	TRY(waiting_of(c, "by_schedule", &w.schedule, &w.n_schedules, e));
	if (w.n_events > 0)
		qsort(w.event, w.n_events, sizeof(*w.event), by_key);
	*ret = w;
	return EC_OK;
}

enum ec due_named(const struct ctx *c, struct named_list *ret, struct err *e)
{
	struct scope s;
	struct q_due_named_rows rows;
	TRY(must_scope(c, CAP_ASSIGNMENT_READ, &s, e));
	TRY(q_due_named(c->db, c->a, &(struct q_due_named_in){INT64_MIN}, &rows, e));
	struct named_list l = {.v = arena_new(c->a, struct named_row, rows.n)};
	struct territory region;
	TRY(territory_region(c, &region, e));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_due_named *r = &rows.v[i];
		if (s.territory_id != ACTOR_ALL && r->territory_id != region.id &&
		        r->territory_id != s.territory_id)
			continue;
		l.v[l.n++] = (struct named_row){r->anchor, r->happened, r->source,
		        r->full_name.n > 0 ? r->full_name : STR("система"), r->grace, r->at};
	}
	*ret = l;
	return EC_OK;
}

/* Naming an event. */
struct naming {
	const struct ctx *c;
	int64_t territory_id, document_id; /* whose; DB_NULL_INT: of all documents there */
	struct str anchor, key, happened, source;
	int64_t grace;
	struct event_effect sum;
	VEC(struct event_row) row;
	VEC(struct due_move) move;
};

static enum ec form_read(struct naming *n, const struct event_form *f, struct err *e)
{
	const struct ctx *c = n->c;
	struct scope s;
	struct territory region;
	TRY(must_scope(c, CAP_DOCUMENT_WRITE, &s, e));
	TRY(territory_region(c, &region, e));
	n->territory_id = s.territory_id == ACTOR_ALL ? region.id : s.territory_id;
	n->document_id = f->document_id > 0 ? f->document_id : INT64_MIN;
	TRY(typed_text(c->a, &(struct text_field){f->anchor, "Событие", 2000, true, false},
	        &n->anchor, e));
	TRY(typed_date(c->a, f->happened, "Когда наступило", &n->happened, e));
	if (n->happened.p == NULL)
		return err_set(e, EC_INPUT, "Когда наступило: не указано");
	if (str_cmp(n->happened, today_iso(c)) > 0)
		return err_set(e, EC_INPUT,
		        "Когда наступило: дата ещё не пришла; назовите событие, когда оно "
		        "наступит");
	if (f->grace < 0 || f->grace > GRACE_MAX)
		return err_set(e, EC_INPUT, "Дней на исполнение: от 0 до %d", GRACE_MAX);
	n->grace = f->grace;
	TRY(typed_text(c->a, &(struct text_field){f->source, "Основание", 1000, true, false},
	        &n->source, e));
	n->key = event_key(c->a, n->anchor);
	if (n->key.n == 0)
		return err_set(e, EC_INPUT, "Событие: нет ни одного слова");
	return EC_OK;
}

/* One document whose deadlines wait for it. */
struct named_document {
	struct q_document_one d;
	struct due_env env;
	int64_t at, more;
};

/* The waiting assignments of one deadline, and its further occurrences. */
static enum ec name_deadline(struct naming *n, struct named_document *doc,
        const struct q_deadlines_of *due, struct err *e)
{
	const struct ctx *c = n->c;
	struct q_due_undated_rows rows;
	struct card_deadline d = deadline_card(c->a, due);
	struct due_day day = due_of_base(c->a, &d, &doc->env, iso_date(n->happened));
	TRY(q_due_undated(c->db, c->a, &(struct q_due_undated_in){due->id, INT64_MIN}, &rows, e));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_due_undated *r = &rows.v[i];
		*vec_push(c->a, &n->move) =
		        (struct due_move){r->id, STR_NONE, day.day, n->happened, day.moved};
		n->sum.n_dated++;
		if (n->row.n < EFFECT_LISTED)
			*vec_push(c->a, &n->row) = (struct event_row){r->id, doc->d.id, r->clause,
			        r->activity, r->org_name, day.day, day.moved};
	}
	if (rows.n > 0)
		return EC_OK;
	/* it had happened before: the deadline gets one more day */
	n->sum.n_more++;
	return occurrence_put(c,
	        &(struct occurrence){due->id, INT64_MIN, day.day, n->happened, day.moved, doc->at},
	        &doc->more, e);
}

static enum ec name_document(struct naming *n, int64_t id, bool write, struct err *e)
{
	const struct ctx *c = n->c;
	struct named_document doc = {.more = 0};
	struct q_deadlines_of_rows dues;
	TRY(q_document_one(c->db, c->a, &(struct q_document_one_in){id}, &doc.d, e));
	TRY(due_env_load(c, &doc.d, &doc.env, e));
	TRY(q_deadlines_of(c->db, c->a, &(struct q_deadlines_of_in){id, INT64_MIN}, &dues, e));
	TRY(due_birth(c, id, &doc.at, e));
	for (size_t i = 0; i < dues.n; i++) {
		struct card_deadline card = deadline_card(c->a, &dues.v[i]);
		if (due_waits_event(&card) && str_eq(event_key(c->a, card.anchor), n->key))
			TRY(name_deadline(n, &doc, &dues.v[i], e));
	}
	if (write && doc.more > 0)
		TRY(occurrences_note(c, id, doc.at, doc.more,
		        str_printf(
		                c->a, "событие «" STR_FMT "» наступило снова", STR_ARG(n->anchor)),
		        e));
	return EC_OK;
}

/* Everything inside one transaction; a preview rolls it back. */
static enum ec name_all(struct naming *n, bool write, struct err *e)
{
	const struct ctx *c = n->c;
	struct scope s;
	struct q_due_event_deadlines_rows rows;
	TRY(must_scope(c, CAP_DOCUMENT_WRITE, &s, e));
	TRY(q_due_event_add(c->db,
	        &(struct q_due_event_add_in){n->territory_id, n->document_id, n->key, n->anchor,
	                n->happened, n->grace, n->source, clock_now(c->clock), acting_user(c)},
	        e));
	TRY(q_due_event_deadlines(c->db, c->a,
	        &(struct q_due_event_deadlines_in){s.territory_id, n->document_id}, &rows, e));
	int64_t last = 0;
	for (size_t i = 0; i < rows.n; i++) {
		if (rows.v[i].document_id == last ||
		        !str_eq(event_key(c->a, rows.v[i].anchor), n->key))
			continue;
		last = rows.v[i].document_id;
		TRY(name_document(n, last, write, e));
	}
	if (n->sum.n_dated + n->sum.n_more == 0)
		return err_set(e, EC_NOTFOUND, "события «" STR_FMT "» не ждёт ни одно поручение",
		        STR_ARG(utf8_head(n->anchor, 100)));
	n->sum.v = n->row.v;
	n->sum.n = n->row.n;
	return EC_OK;
}

static struct str said(const struct naming *n)
{
	return str_printf(n->c->a, "событие «" STR_FMT "» наступило " STR_FMT ": " STR_FMT,
	        STR_ARG(n->anchor), STR_ARG(iso_ru(n->c->a, n->happened)), STR_ARG(n->source));
}

enum ec event_preview(
        const struct ctx *c, const struct event_form *f, struct event_effect *ret, struct err *e)
{
	struct naming n = {.c = c};
	TRY(form_read(&n, f, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(name_all(&n, false, e));
	*ret = n.sum;
	return EC_OK; /* the transaction is given up here */
}

enum ec event_name(
        const struct ctx *c, const struct event_form *f, struct event_effect *ret, struct err *e)
{
	struct naming n = {.c = c};
	int64_t id;
	TRY(form_read(&n, f, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(name_all(&n, true, e));
	TRY(due_change_apply(c,
	        &(struct due_change){
	                STR("event"), n.territory_id, n.document_id, said(&n), n.move.v, n.move.n},
	        &id, e));
	TRY(tx_commit(&tx, e));
	*ret = n.sum;
	return EC_OK;
}

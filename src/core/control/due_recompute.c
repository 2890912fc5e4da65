#include "core/control/due_recompute.h"

#include "base/secret.h"
#include "core/fact.h"
#include "core/order/deadline_said.h"
#include "core/order/document_seen.h"
#include "core/order/due_days.h"
#include "db/q_document.h"
#include "db/q_due.h"
#include "db/q_point.h"

typedef VEC(struct due_move) moves_t;

struct work {
	const struct ctx *c;
	struct recompute sum;
	VEC(struct recompute_row) row;
	moves_t move;
	struct str today;
};

static const struct q_deadlines_of *deadline_by_id(
        const struct q_deadlines_of_rows *rows, int64_t id)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->v[i].id == id)
			return &rows->v[i];
	return NULL;
}

static void judge(
        struct work *w, const struct q_due_open *r, int64_t document_id, const struct due_day *now)
{
	struct arena *a = w->c->a;
	if (r->due_date.p != NULL && str_eq(r->due_date, now->day)) {
		w->sum.n_same++;
		return;
	}
	if (str_eq_z(r->last_kind, "extension")) {
		w->sum.n_extended++;
		return;
	}
	if (r->due_date.p != NULL && str_cmp(r->due_date, w->today) < 0) {
		w->sum.n_past++;
		return;
	}
	struct str why = str_printf(a,
	        "Срок пересчитан " STR_FMT ": был " STR_FMT ", стал " STR_FMT ". " STR_FMT,
	        STR_ARG(iso_ru(a, w->today)), STR_ARG(iso_ru(a, or_empty(r->due_date))),
	        STR_ARG(iso_ru(a, now->day)),
	        STR_ARG(now->moved.n > 0 ? now->moved : STR("Остался день самого правила.")));
	w->sum.n_moved++;
	*vec_push(a, &w->move) = (struct due_move){r->id, r->due_date, now->day, r->base_date, why};
	if (w->row.n < RECOMPUTE_LISTED)
		*vec_push(a, &w->row) = (struct recompute_row){r->id, document_id, r->clause,
		        r->activity, r->org_name, r->due_date, now->day, now->moved};
}

static enum ec one_document(struct work *w, int64_t id, struct err *e)
{
	const struct ctx *c = w->c;
	struct q_document_one d;
	struct due_env env;
	struct q_deadlines_of_rows dues;
	struct q_due_open_rows rows;
	TRY(q_document_one(c->db, c->a, &(struct q_document_one_in){id}, &d, e));
	TRY(due_env_load(c, &d, &env, e));
	TRY(q_deadlines_of(c->db, c->a, &(struct q_deadlines_of_in){id, INT64_MIN}, &dues, e));
	TRY(q_due_open(c->db, c->a, &(struct q_due_open_in){id}, &rows, e));
	struct due_day now = {0};
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_due_open *r = &rows.v[i];
		const struct q_deadlines_of *due = deadline_by_id(&dues, r->deadline_id);
		struct date base = iso_date(r->base_date);
		if (due == NULL || date_none(base))
			continue;
		/* rows come by deadline and base: thousands of organisations share one answer */
		if (i == 0 || rows.v[i - 1].deadline_id != r->deadline_id ||
		        !str_eq(rows.v[i - 1].base_date, r->base_date)) {
			struct card_deadline card = deadline_card(c->a, due);
			now = due_of_base(c->a, &card, &env, base);
		}
		judge(w, r, id, &now);
	}
	return EC_OK;
}

static struct str digest_of(const struct work *w)
{
	struct arena *a = w->c->a;
	struct str *part = arena_new(a, struct str, w->move.n + 1);
	uint8_t hash[HASH_BYTES];
	for (size_t i = 0; i < w->move.n; i++)
		part[i] = str_printf(a, "%lld " STR_FMT " " STR_FMT "\n",
		        (long long)w->move.v[i].assignment_id,
		        STR_ARG(or_empty(w->move.v[i].old_due)), STR_ARG(w->move.v[i].new_due));
	secret_hash(part, w->move.n, hash);
	return hex_of(a, hash, sizeof(hash));
}

static enum ec find_all(struct work *w, struct err *e)
{
	const struct ctx *c = w->c;
	struct scope s;
	struct q_due_documents_rows rows;
	TRY(must_scope(c, CAP_DOCUMENT_WRITE, &s, e));
	w->today = today_iso(c);
	TRY(q_due_documents(c->db, c->a, &(struct q_due_documents_in){s.territory_id}, &rows, e));
	for (size_t i = 0; i < rows.n; i++)
		TRY(one_document(w, rows.v[i].id, e));
	w->sum.v = w->row.v;
	w->sum.n = w->row.n;
	w->sum.digest = digest_of(w);
	return EC_OK;
}

enum ec recompute_preview(const struct ctx *c, struct recompute *ret, struct err *e)
{
	struct work w = {.c = c};
	TRY(find_all(&w, e));
	*ret = w.sum;
	return EC_OK;
}

enum ec recompute_apply(
        const struct ctx *c, struct str digest, struct str typed, int64_t *ret_n, struct err *e)
{
	struct work w = {.c = c};
	struct str reason;
	int64_t id;
	TRY(must_may(c, CAP_CALENDAR_WRITE, ACTOR_ALL, ACTOR_ALL, e));
	TRY(typed_text(
	        c->a, &(struct text_field){typed, "Основание", 1000, true, false}, &reason, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(find_all(&w, e));
	if (w.move.n == 0)
		return err_set(e, EC_CONFLICT, "сдвигать нечего: все сроки уже по календарю");
	if (!str_eq(w.sum.digest, digest))
		return err_set(e, EC_CONFLICT,
		        "за это время изменился календарь или поручения: посмотрите список ещё "
		        "раз");
	TRY(due_change_apply(c,
	        &(struct due_change){
	                STR("calendar"), INT64_MIN, INT64_MIN, reason, w.move.v, w.move.n},
	        &id, e));
	TRY(tx_commit(&tx, e));
	*ret_n = (int64_t)w.move.n;
	return EC_OK;
}

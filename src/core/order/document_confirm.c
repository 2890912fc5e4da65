#include "core/order/document_confirm.h"

#include "base/secret.h"
#include "core/fact.h"
#include "core/order/cascade.h"
#include "core/order/deadline_said.h"
#include "core/order/document_seen.h"
#include "core/order/document_store.h"
#include "core/order/due_days.h"
#include "core/order/resolve.h"
#include "db/q_assignment.h"
#include "db/q_point.h"

#include <string.h>

#define LISTED_MAX 5 /* unsettled errors told in the refusal */

/* What a confirmation works on. */
struct signing {
	const struct ctx *c;
	struct q_document_one doc;
	int64_t set; /* territory of the sets, ACTOR_ALL: the region */
	bool school; /* the plan of one school: its points go to nobody else */
	int64_t at;
	struct str today;
	struct due_env env;
	struct q_points_of_rows point;
	struct q_responsibles_of_rows who;
	struct q_deadlines_of_rows due;
	struct confirm_result count;
};

static enum ec refuse_errors(
        const struct signing *s, const struct q_diagnostics_of_rows *diag, struct err *e)
{
	struct buf b;
	size_t n = 0;
	buf_init(&b, s->c->a, 2000);
	for (size_t i = 0; i < diag->n; i++) {
		const struct q_diagnostics_of *g = &diag->v[i];
		if (!str_eq_z(g->severity, "error") || g->settled_at != DB_NULL_INT ||
		        g->removed == 1)
			continue;
		if (++n > LISTED_MAX)
			continue;
		struct str where = or_empty(g->clause);
		buf_printf(&b, "%s%s" STR_FMT "%s" STR_FMT, n > 1 ? "; " : "",
		        where.n > 0 ? "п. " : "", STR_ARG(where), where.n > 0 ? ": " : "",
		        STR_ARG(utf8_head(g->message, 80)));
	}
	if (n == 0)
		return EC_OK;
	return err_set(e, EC_INPUT, "не решены ошибки (%zu): " STR_FMT, n, STR_ARG(buf_str(&b)));
}

/* One executor on one day: assignments of its whole set in one statement. */
struct cast_to {
	const struct q_points_of *point;
	const struct q_responsibles_of *who;
	int64_t deadline_id;
	struct str day, base, why_day;
};

static struct str why_of(const struct signing *s, const struct cast_to *t)
{
	struct str name = t->who->name.n > 0 ? t->who->name : t->who->person;
	struct str rule = resolve_rule_title(t->who->rule);
	struct str org = or_empty(t->who->org_name);
	return str_printf(s->c->a,
	        "Исполнитель «" STR_FMT "» — " STR_FMT "%s" STR_FMT "%s, состав на " STR_FMT
	        ". " STR_FMT,
	        STR_ARG(name), STR_ARG(rule), org.n > 0 ? ": «" : "", STR_ARG(org),
	        org.n > 0 ? "»" : "", STR_ARG(iso_ru(s->c->a, s->today)), STR_ARG(t->why_day));
}

static enum ec cast(struct signing *s, const struct cast_to *t, int64_t *n, struct err *e)
{
	const struct q_responsibles_of *w = t->who;
	struct str why = why_of(s, t);
	struct str kind = rule_kind(w->rule);
	int64_t doc = s->doc.id;
	int64_t point = t->point->id;
	int64_t got = 0;
	if (s->school) {
		TRY(q_assignment_put_org(s->c->db,
		        &(struct q_assignment_put_org_in){doc, point, t->deadline_id, w->lead,
		                t->day, why, s->at, s->doc.org_id, t->base},
		        &got, e));
	} else if (kind.n > 0) {
		bool regional = str_eq_z(kind, "department") || str_eq_z(kind, "operator");
		TRY(q_assignment_put_kind(s->c->db,
		        &(struct q_assignment_put_kind_in){doc, point, t->deadline_id, w->lead,
		                t->day, why, s->at, kind, regional ? DB_NULL_INT : s->set, s->today,
		                t->base},
		        &got, e));
	} else if (str_starts(w->rule, STR("tag:"))) {
		TRY(q_assignment_put_tag(s->c->db,
		        &(struct q_assignment_put_tag_in){doc, point, t->deadline_id, w->lead,
		                t->day, why, s->at, str_skip(w->rule, 4), s->set, s->today,
		                t->base},
		        &got, e));
	} else if (w->org_id != DB_NULL_INT) {
		TRY(q_assignment_put_org(s->c->db,
		        &(struct q_assignment_put_org_in){doc, point, t->deadline_id, w->lead,
		                t->day, why, s->at, w->org_id, t->base},
		        &got, e));
	}
	*n += got;
	return EC_OK;
}

/* All executors of a point on all days of one deadline (NULL: none is named). */
static enum ec cast_deadline(struct signing *s, const struct q_points_of *p,
        const struct q_deadlines_of *due, int64_t *n, struct err *e)
{
	struct card_deadline d;
	struct due_days days;
	if (due != NULL)
		d = deadline_card(s->c->a, due);
	deadline_due(s->c->a, due != NULL ? &d : NULL, &s->env, &days);
	for (size_t k = 0; k < days.n; k++) {
		for (size_t i = 0; i < s->who.n; i++) {
			if (s->who.v[i].point_id != p->id)
				continue;
			TRY(cast(s,
			        &(struct cast_to){p, &s->who.v[i],
			                due != NULL ? due->id : DB_NULL_INT, days.day[k],
			                days.base[k], due_why(s->c->a, &days, k)},
			        n, e));
		}
	}
	return EC_OK;
}

static enum ec cast_point(struct signing *s, const struct q_points_of *p, struct err *e)
{
	int64_t n = 0;
	bool dated = false;
	for (size_t i = 0; i < s->due.n; i++) {
		if (s->due.v[i].point_id != p->id)
			continue;
		dated = true;
		TRY(cast_deadline(s, p, &s->due.v[i], &n, e));
	}
	if (!dated)
		TRY(cast_deadline(s, p, NULL, &n, e));
	s->count.n_points += n > 0;
	s->count.n_without_org += n == 0;
	s->count.n_assignments += n;
	return EC_OK;
}

/* Rolling digest over the frozen sets. */
struct seal {
	uint8_t hash[HASH_BYTES];
};
static enum ec seal_row(void *user, const struct q_assignment_seal *r)
{
	struct seal *s = user;
	int64_t v[4] = {r->id, r->point_id, r->org_id, r->lead};
	struct str part[3] = {{(const char *)s->hash, sizeof(s->hash)},
	        {(const char *)v, sizeof(v)}, r->due_date};
	uint8_t next[HASH_BYTES];
	secret_hash(part, 3, next);
	memcpy(s->hash, next, sizeof(next));
	return EC_OK;
}

enum ec document_seal(
        const struct ctx *c, int64_t document_id, int64_t at, struct str *ret, struct err *e)
{
	struct seal s = {{0}};
	TRY(q_assignment_seal(
	        c->db, &(struct q_assignment_seal_in){document_id, at}, seal_row, &s, e));
	*ret = hex_of(c->a, s.hash, sizeof(s.hash));
	return EC_OK;
}

static enum ec note_confirm(struct signing *s, struct err *e)
{
	struct str digest;
	struct fact f;
	struct fact before;
	TRY(document_seal(s->c, s->doc.id, s->at, &digest, e));
	fact_begin(&before, s->c->a);
	json_kv_str(&before.j, "status", STR("draft"));
	fact_begin(&f, s->c->a);
	json_kv_str(&f.j, "status", STR("confirmed"));
	json_kv_int(&f.j, "at", s->at);
	json_kv_int(&f.j, "points", s->count.n_points);
	json_kv_int(&f.j, "orgs", s->count.n_orgs);
	json_kv_int(&f.j, "assignments", s->count.n_assignments);
	json_kv_int(&f.j, "without_org", s->count.n_without_org);
	json_kv_str(&f.j, "digest", digest);
	return history_add(s->c,
	        &(struct change){STR("document"), s->doc.id, STR("confirm"), fact_end(&before),
	                fact_end(&f), STR("")},
	        e);
}

static enum ec take(
        const struct ctx *c, const struct q_document_one *d, int64_t version, struct err *e)
{
	int64_t n;
	TRY(q_document_bump(c->db, &(struct q_document_bump_in){d->id, version}, &n, e));
	if (n > 0)
		return EC_OK;
	return err_set(e, EC_CONFLICT,
	        "документ тем временем изменил другой человек (правка %lld, у вас %lld): "
	        "обновите страницу",
	        (long long)d->version, (long long)version);
}

static enum ec read_draft(struct signing *s, int64_t id, struct err *e)
{
	const struct ctx *c = s->c;
	struct q_diagnostics_of_rows diag;
	TRY(cascade_lint(c, &s->doc, DB_NULL_INT, e));
	TRY(document_of_school(c, &s->doc, &s->school, e));
	TRY(q_diagnostics_of(
	        c->db, c->a, &(struct q_diagnostics_of_in){id, DB_NULL_INT}, &diag, e));
	TRY(refuse_errors(s, &diag, e));
	TRY(q_points_of(c->db, c->a, &(struct q_points_of_in){id, DB_NULL_INT}, &s->point, e));
	TRY(q_responsibles_of(
	        c->db, c->a, &(struct q_responsibles_of_in){id, DB_NULL_INT}, &s->who, e));
	TRY(q_deadlines_of(c->db, c->a, &(struct q_deadlines_of_in){id, DB_NULL_INT}, &s->due, e));
	TRY(set_territory(c, s->doc.territory_id, &s->set, e));
	s->at = clock_now(c->clock);
	s->today = today_iso(c);
	return due_env_load(c, &s->doc, &s->env, e);
}

enum ec document_confirm(
        const struct ctx *c, int64_t id, int64_t version, struct confirm_result *ret, struct err *e)
{
	struct signing s = {.c = c};
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(document_for_edit(c, id, &s.doc, e));
	TRY(take(c, &s.doc, version, e));
	TRY(read_draft(&s, id, e));
	for (size_t i = 0; i < s.point.n; i++)
		if (str_eq_z(s.point.v[i].type, "task") && s.point.v[i].removed == 0)
			TRY(cast_point(&s, &s.point.v[i], e));
	struct q_assignment_counts n;
	TRY(q_assignment_counts(c->db, c->a, &(struct q_assignment_counts_in){id}, &n, e));
	s.count.n_orgs = n.n_orgs;
	TRY(q_document_status_set(c->db,
	        &(struct q_document_status_set_in){id, STR("confirmed"), s.at, acting_user(c)}, e));
	TRY(note_confirm(&s, e));
	TRY(tx_commit(&tx, e));
	*ret = s.count;
	return EC_OK;
}

/* Takes everything that is open off control, one event each. */
static enum ec withdraw_open(
        const struct ctx *c, int64_t document_id, struct str note, struct err *e)
{
	struct q_assignment_open_of_rows rows;
	TRY(q_assignment_open_of(
	        c->db, c->a, &(struct q_assignment_open_of_in){document_id}, &rows, e));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_assignment_open_of *a = &rows.v[i];
		struct arena_mark mark = arena_mark(c->a);
		struct fact before;
		struct fact after;
		int64_t n;
		TRY(q_assignment_step(c->db,
		        &(struct q_assignment_step_in){a->id, a->version, STR("withdrawn"),
		                clock_now(c->clock), acting_user(c), note, DB_NULL_INT},
		        &n, e));
		fact_begin(&before, c->a);
		json_kv_str(&before.j, "state", a->state);
		fact_begin(&after, c->a);
		json_kv_str(&after.j, "state", STR("withdrawn"));
		TRY(history_add(c,
		        &(struct change){STR("assignment"), a->id, STR("withdraw"),
		                fact_end(&before), fact_end(&after), note},
		        e));
		arena_reset(c->a, mark);
	}
	return EC_OK;
}

/* A confirmed document the actor may take back, taken for this change. */
static enum ec confirmed_for(
        const struct ctx *c, int64_t id, int64_t version, struct q_document_one *ret, struct err *e)
{
	TRY(document_for_read(c, id, ret, e));
	TRY(must_may(c, CAP_DOCUMENT_WRITE, ret->territory_id, ACTOR_ALL, e));
	if (!str_eq_z(ret->status, "confirmed"))
		return err_set(e, EC_CONFLICT, "документ не на контроле (" STR_FMT ")",
		        STR_ARG(document_status_title(ret->status)));
	if (ret->version != version)
		return err_set(e, EC_CONFLICT,
		        "документ тем временем изменил другой человек: обновите страницу");
	return EC_OK;
}

static enum ec take_back(const struct ctx *c, const struct q_document_one *d, const char *status,
        struct str reason, struct err *e)
{
	bool draft = str_eq_z(str_c(status), "draft");
	struct fact before;
	struct fact after;
	TRY(withdraw_open(c, d->id,
	        str_printf(c->a, "%s: " STR_FMT,
	                draft ? "документ возвращён в черновик" : "документ отменён",
	                STR_ARG(reason)),
	        e));
	if (draft)
		TRY(q_assignment_let_go(c->db, &(struct q_assignment_let_go_in){d->id}, e));
	TRY(q_document_status_set(c->db,
	        &(struct q_document_status_set_in){d->id, str_c(status),
	                draft ? DB_NULL_INT : d->confirmed_at,
	                draft ? DB_NULL_INT : d->confirmed_by},
	        e));
	fact_begin(&before, c->a);
	json_kv_str(&before.j, "status", STR("confirmed"));
	fact_begin(&after, c->a);
	json_kv_str(&after.j, "status", str_c(status));
	return history_add(c,
	        &(struct change){STR("document"), d->id, draft ? STR("unconfirm") : STR("cancel"),
	                fact_end(&before), fact_end(&after), reason},
	        e);
}

enum ec document_unconfirm(
        const struct ctx *c, int64_t id, int64_t version, struct str typed, struct err *e)
{
	struct str reason;
	struct q_document_one d;
	struct q_assignment_counts n;
	TRY(typed_text(
	        c->a, &(struct text_field){typed, "Причина", 2000, true, false}, &reason, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(confirmed_for(c, id, version, &d, e));
	TRY(q_assignment_counts(c->db, c->a, &(struct q_assignment_counts_in){id}, &n, e));
	if (n.n_begun > 0)
		return err_set(e, EC_CONFLICT,
		        "по %lld поручениям работа уже начата: документ можно только отменить",
		        (long long)n.n_begun);
	TRY(take_back(c, &d, "draft", reason, e));
	return tx_commit(&tx, e);
}

enum ec document_cancel(
        const struct ctx *c, int64_t id, int64_t version, struct str typed, struct err *e)
{
	struct str reason;
	struct q_document_one d;
	TRY(typed_text(
	        c->a, &(struct text_field){typed, "Причина", 2000, true, false}, &reason, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(confirmed_for(c, id, version, &d, e));
	TRY(take_back(c, &d, "cancelled", reason, e));
	return tx_commit(&tx, e);
}

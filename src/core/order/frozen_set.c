#include "core/order/frozen_set.h"

#include "core/fact.h"
#include "core/order/cascade.h"
#include "core/order/deadline_said.h"
#include "core/order/document_confirm.h"
#include "core/order/document_seen.h"
#include "core/order/document_store.h"
#include "core/order/due_days.h"
#include "core/order/resolve.h"
#include "db/q_frozen.h"
#include "db/q_point.h"

/* A document on control and the rules of its points. */
struct sets {
	const struct ctx *c;
	struct q_document_one doc;
	int64_t territory; /* of the sets; ACTOR_ALL: the region */
	struct str today;
	struct q_points_of_rows point;
	struct q_responsibles_of_rows who;
	struct q_deadlines_of_rows due;
	struct due_env env;
	int64_t at; /* moment of the new assignments: after the confirmation */
	int64_t n;
};

/* A set by a rule that changes by itself: kind of organisations, or a tag. */
static bool changing(struct str rule)
{
	struct str kind = rule_kind(rule);
	return str_starts(rule, STR("tag:")) || str_eq_z(kind, "school") ||
	       str_eq_z(kind, "municipal");
}

static enum ec read_sets(struct sets *s, struct err *e)
{
	const struct ctx *c = s->c;
	int64_t id = s->doc.id;
	s->today = today_iso(c);
	TRY(due_env_load(c, &s->doc, &s->env, e));
	TRY(set_territory(c, s->doc.territory_id, &s->territory, e));
	TRY(q_points_of(c->db, c->a, &(struct q_points_of_in){id, DB_NULL_INT}, &s->point, e));
	TRY(q_responsibles_of(
	        c->db, c->a, &(struct q_responsibles_of_in){id, DB_NULL_INT}, &s->who, e));
	return q_deadlines_of(
	        c->db, c->a, &(struct q_deadlines_of_in){id, DB_NULL_INT}, &s->due, e);
}

static enum ec by_kind(const struct sets *s, const struct q_responsibles_of *w,
        struct frozen_point *ret, struct err *e)
{
	const struct ctx *c = s->c;
	struct str kind = rule_kind(w->rule);
	struct q_frozen_entered_kind_rows in;
	struct q_frozen_left_kind_rows out;
	TRY(q_frozen_entered_kind(c->db, c->a,
	        &(struct q_frozen_entered_kind_in){w->point_id, kind, s->territory, s->today,
	                s->doc.confirmed_at, FROZEN_LISTED},
	        &in, e));
	TRY(q_frozen_left_kind(c->db, c->a,
	        &(struct q_frozen_left_kind_in){w->point_id, kind, s->today, FROZEN_LISTED}, &out,
	        e));
	ret->entered = arena_new(c->a, struct frozen_org, in.n);
	ret->left = arena_new(c->a, struct frozen_org, out.n);
	for (size_t i = 0; i < in.n; i++)
		ret->entered[ret->n_entered++] = (struct frozen_org){in.v[i].id, in.v[i].name,
		        in.v[i].territory_name, in.v[i].since, STR("реестр")};
	for (size_t i = 0; i < out.n; i++)
		ret->left[ret->n_left++] = (struct frozen_org){out.v[i].id, out.v[i].name,
		        out.v[i].territory_name, out.v[i].since, STR("реестр")};
	return EC_OK;
}

static enum ec by_tag(const struct sets *s, const struct q_responsibles_of *w,
        struct frozen_point *ret, struct err *e)
{
	const struct ctx *c = s->c;
	struct str tag = str_skip(w->rule, 4);
	struct q_frozen_entered_tag_rows in;
	struct q_frozen_left_tag_rows out;
	TRY(q_frozen_entered_tag(c->db, c->a,
	        &(struct q_frozen_entered_tag_in){w->point_id, tag, s->territory, s->today,
	                s->doc.confirmed_at, FROZEN_LISTED},
	        &in, e));
	TRY(q_frozen_left_tag(c->db, c->a,
	        &(struct q_frozen_left_tag_in){w->point_id, tag, s->today, FROZEN_LISTED}, &out,
	        e));
	ret->entered = arena_new(c->a, struct frozen_org, in.n);
	ret->left = arena_new(c->a, struct frozen_org, out.n);
	for (size_t i = 0; i < in.n; i++)
		ret->entered[ret->n_entered++] = (struct frozen_org){in.v[i].id, in.v[i].name,
		        in.v[i].territory_name, in.v[i].since, in.v[i].source};
	for (size_t i = 0; i < out.n; i++)
		ret->left[ret->n_left++] = (struct frozen_org){out.v[i].id, out.v[i].name,
		        out.v[i].territory_name, out.v[i].since, STR("")};
	return EC_OK;
}

static bool on_control(const struct q_points_of *p)
{
	return str_eq_z(p->type, "task") && p->removed == 0;
}

enum ec frozen_sets(
        const struct ctx *c, int64_t document_id, struct frozen_sets *ret, struct err *e)
{
	struct sets s = {.c = c};
	bool school;
	*ret = (struct frozen_sets){0};
	TRY(document_for_read(c, document_id, &s.doc, e));
	TRY(document_of_school(c, &s.doc, &school, e));
	if (school || !str_eq_z(s.doc.status, "confirmed") ||
	        !actor_may(c->actor, CAP_DOCUMENT_WRITE, s.doc.territory_id, ACTOR_ALL))
		return EC_OK;
	TRY(read_sets(&s, e));
	struct frozen_sets l = {.v = arena_new(c->a, struct frozen_point, s.who.n)};
	for (size_t i = 0; i < s.point.n; i++) {
		const struct q_points_of *p = &s.point.v[i];
		for (size_t k = 0; on_control(p) && k < s.who.n; k++) {
			const struct q_responsibles_of *w = &s.who.v[k];
			struct frozen_point x = {.id = p->id,
			        .clause = p->clause,
			        .activity = p->activity,
			        .rule_title = resolve_rule_title(w->rule)};
			if (w->point_id != p->id || !changing(w->rule))
				continue;
			TRY(str_starts(w->rule, STR("tag:")) ? by_tag(&s, w, &x, e)
			                                     : by_kind(&s, w, &x, e));
			l.may_add = l.may_add || x.n_entered > 0;
			if (x.n_entered + x.n_left > 0)
				l.v[l.n++] = x;
		}
	}
	*ret = l;
	return EC_OK;
}

/* One executor, one day: those of its set who have nothing of the point yet. */
struct give {
	const struct q_responsibles_of *who;
	int64_t deadline_id;
	struct str day, base, why_day;
};

static enum ec give_set(struct sets *s, const struct give *g, struct err *e)
{
	const struct ctx *c = s->c;
	const struct q_responsibles_of *w = g->who;
	int64_t n = 0;
	struct str why = str_printf(c->a,
	        "Вошла в набор «" STR_FMT "» после подтверждения документа, поручено " STR_FMT
	        ". " STR_FMT,
	        STR_ARG(resolve_rule_title(w->rule)), STR_ARG(iso_ru(c->a, s->today)),
	        STR_ARG(g->why_day));
	if (str_starts(w->rule, STR("tag:")))
		TRY(q_frozen_put_tag(c->db,
		        &(struct q_frozen_put_tag_in){s->doc.id, w->point_id, g->deadline_id,
		                w->lead, g->day, why, s->at, str_skip(w->rule, 4), s->territory,
		                s->today, s->doc.confirmed_at, g->base},
		        &n, e));
	else
		TRY(q_frozen_put_kind(c->db,
		        &(struct q_frozen_put_kind_in){s->doc.id, w->point_id, g->deadline_id,
		                w->lead, g->day, why, s->at, rule_kind(w->rule), s->territory,
		                s->today, s->doc.confirmed_at, g->base},
		        &n, e));
	s->n += n;
	return EC_OK;
}

/* All days of one deadline (NULL: none is named) that lie ahead; else without a date. */
static enum ec give_deadline(struct sets *s, const struct q_responsibles_of *w,
        const struct q_deadlines_of *due, struct err *e)
{
	struct card_deadline d;
	struct due_days days;
	size_t n = 0;
	if (due != NULL)
		d = deadline_card(s->c->a, due);
	deadline_due(s->c->a, due != NULL ? &d : NULL, &s->env, &days);
	struct give g = {.who = w, .deadline_id = due != NULL ? due->id : DB_NULL_INT};
	for (size_t i = 0; i < days.n; i++) {
		if (days.day[i].p != NULL && str_cmp(days.day[i], s->today) < 0)
			continue;
		g.day = days.day[i];
		g.base = days.base[i];
		g.why_day = due_why(s->c->a, &days, i);
		TRY(give_set(s, &g, e));
		n++;
	}
	if (n > 0)
		return EC_OK;
	g.day = g.base = STR_NONE;
	g.why_day = str_printf(s->c->a,
	        STR_FMT " Срок прошёл до вхождения в набор: на контроле без даты.",
	        STR_ARG(days.why));
	return give_set(s, &g, e);
}

static enum ec give_point(struct sets *s, const struct q_points_of *p, struct err *e)
{
	for (size_t k = 0; k < s->who.n; k++) {
		const struct q_responsibles_of *w = &s->who.v[k];
		bool dated = false;
		if (w->point_id != p->id || !changing(w->rule))
			continue;
		for (size_t i = 0; i < s->due.n; i++) {
			if (s->due.v[i].point_id != p->id)
				continue;
			dated = true;
			TRY(give_deadline(s, w, &s->due.v[i], e));
		}
		if (!dated)
			TRY(give_deadline(s, w, NULL, e));
	}
	return EC_OK;
}

static enum ec note_entrants(const struct sets *s, struct err *e)
{
	struct str digest;
	struct fact f;
	TRY(document_seal(s->c, s->doc.id, s->at, &digest, e));
	fact_begin(&f, s->c->a);
	json_kv_str(&f.j, "status", STR("confirmed"));
	json_kv_int(&f.j, "at", s->at);
	json_kv_int(&f.j, "assignments", s->n);
	json_kv_str(&f.j, "digest", digest);
	return history_add(s->c,
	        &(struct change){STR("document"), s->doc.id, STR("entrants"), STR_NONE,
	                fact_end(&f), STR("вошли в набор после подтверждения")},
	        e);
}

enum ec entrants_add(
        const struct ctx *c, int64_t document_id, int64_t version, int64_t *ret_n, struct err *e)
{
	struct sets s = {.c = c};
	bool school;
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(document_for_read(c, document_id, &s.doc, e));
	TRY(must_may(c, CAP_DOCUMENT_WRITE, s.doc.territory_id, ACTOR_ALL, e));
	TRY(document_of_school(c, &s.doc, &school, e));
	if (school || !str_eq_z(s.doc.status, "confirmed"))
		return err_set(e, EC_CONFLICT, "составы меняются только у документа на контроле");
	if (s.doc.version != version)
		return err_set(e, EC_CONFLICT,
		        "документ тем временем изменил другой человек: обновите страницу");
	TRY(read_sets(&s, e));
	/* the digest of the confirmation covers its own moment only */
	s.at = clock_now(c->clock);
	if (s.at <= s.doc.confirmed_at)
		s.at = s.doc.confirmed_at + 1;
	for (size_t i = 0; i < s.point.n; i++)
		if (on_control(&s.point.v[i]))
			TRY(give_point(&s, &s.point.v[i], e));
	if (s.n == 0)
		return err_set(e, EC_CONFLICT, "вошедших без поручений нет");
	TRY(q_document_touch(c->db, &(struct q_document_touch_in){document_id}, e));
	TRY(note_entrants(&s, e));
	TRY(tx_commit(&tx, e));
	*ret_n = s.n;
	return EC_OK;
}

#include "core/order/version_assign.h"

#include "core/fact.h"
#include "core/order/cascade.h"
#include "core/order/deadline_said.h"
#include "core/order/document_store.h"
#include "core/order/resolve.h"
#include "db/q_assignment.h"
#include "db/q_point.h"
#include "db/q_version.h"

/* What one organisation shall have of the point. */
struct wanted {
	int64_t org_id, deadline_id;
	int64_t lead;
	struct str day, base, why;
	bool met;
};
struct wants {
	VEC(struct wanted) l;
};

enum ec version_follow_begin(const struct ctx *c, const struct q_document_one *d, int64_t seq,
        struct version_follow *ret, struct err *e)
{
	*ret = (struct version_follow){
	        .c = c, .doc = d, .seq = seq, .on_control = str_eq_z(d->status, "confirmed")};
	if (!ret->on_control)
		return EC_OK;
	/* the digest of the confirmation covers its own moment only */
	ret->at = clock_now(c->clock);
	if (ret->at <= d->confirmed_at)
		ret->at = d->confirmed_at + seq;
	TRY(document_of_school(c, d, &ret->school, e));
	TRY(set_territory(c, d->territory_id, &ret->set, e));
	return due_env_load(c, d, &ret->env, e);
}

static enum ec orgs_of(struct version_follow *f, const struct q_responsibles_of *w,
        struct resolved_orgs *ret, struct err *e)
{
	if (f->school) {
		ret->v = arena_new(f->c->a, struct resolved_org, 1);
		ret->v[0] = (struct resolved_org){f->doc->org_id, f->doc->territory_id, STR("")};
		ret->n = 1;
		return EC_OK;
	}
	return rule_orgs(
	        f->c, &(struct rule_at){w->rule, w->org_id, f->set, today_iso(f->c)}, ret, e);
}

static void want(struct version_follow *f, struct wants *l, const struct wanted *x)
{
	for (size_t i = 0; i < l->l.n; i++)
		if (l->l.v[i].org_id == x->org_id &&
		        str_eq(or_empty(l->l.v[i].base), or_empty(x->base)))
			return;
	*vec_push(f->c->a, &l->l) = *x;
}

/* Every organisation of one executor on every day of one deadline (NULL: none is named). */
static enum ec want_deadline(struct version_follow *f, struct wants *l,
        const struct q_responsibles_of *w, const struct q_deadlines_of *due, struct err *e)
{
	struct arena *a = f->c->a;
	struct resolved_orgs orgs = {0};
	struct card_deadline d;
	struct due_days days;
	if (due != NULL)
		d = deadline_card(a, due);
	deadline_due(a, due != NULL ? &d : NULL, &f->env, &days);
	TRY(orgs_of(f, w, &orgs, e));
	for (size_t i = 0; i < orgs.n; i++)
		for (size_t k = 0; k < days.n; k++)
			want(f, l,
			        &(struct wanted){.org_id = orgs.v[i].id,
			                .deadline_id = due != NULL ? due->id : DB_NULL_INT,
			                .lead = w->lead,
			                .day = days.day[k],
			                .base = days.base[k],
			                .why = due_why(a, &days, k)});
	return EC_OK;
}

static enum ec want_point(
        struct version_follow *f, int64_t point_id, struct wants *l, struct err *e)
{
	const struct ctx *c = f->c;
	struct q_responsibles_of_rows who;
	struct q_deadlines_of_rows due;
	TRY(q_responsibles_of(
	        c->db, c->a, &(struct q_responsibles_of_in){f->doc->id, point_id}, &who, e));
	TRY(q_deadlines_of(
	        c->db, c->a, &(struct q_deadlines_of_in){f->doc->id, point_id}, &due, e));
	for (size_t i = 0; i < who.n; i++) {
		for (size_t k = 0; k < due.n; k++)
			TRY(want_deadline(f, l, &who.v[i], &due.v[k], e));
		if (due.n == 0)
			TRY(want_deadline(f, l, &who.v[i], NULL, e));
	}
	return EC_OK;
}

static bool done(const struct q_version_given *g)
{
	return str_eq_z(g->state, "accepted") || str_eq_z(g->state, "submitted");
}

static enum ec withdraw(
        struct version_follow *f, const struct q_version_given *g, struct str why, struct err *e)
{
	const struct ctx *c = f->c;
	struct fact before;
	struct fact after;
	int64_t n;
	TRY(q_assignment_step(c->db,
	        &(struct q_assignment_step_in){g->id, g->version, STR("withdrawn"),
	                clock_now(c->clock), acting_user(c), why, DB_NULL_INT},
	        &n, e));
	fact_begin(&before, c->a);
	json_kv_str(&before.j, "state", g->state);
	fact_begin(&after, c->a);
	json_kv_str(&after.j, "state", STR("withdrawn"));
	return history_add(c,
	        &(struct change){STR("assignment"), g->id, STR("withdraw"), fact_end(&before),
	                fact_end(&after), why},
	        e);
}

static enum ec give(struct version_follow *f, int64_t point_id, const struct wanted *x,
        struct str because, struct err *e)
{
	int64_t n;
	struct str why = str_printf(f->c->a, "Редакция %lld: " STR_FMT ". " STR_FMT,
	        (long long)f->seq, STR_ARG(because), STR_ARG(x->why));
	return q_assignment_put_org(f->c->db,
	        &(struct q_assignment_put_org_in){f->doc->id, point_id, x->deadline_id, x->lead,
	                x->day, why, f->at, x->org_id, x->base},
	        &n, e);
}

static struct str day_ru(struct version_follow *f, struct str iso)
{
	return iso.n > 0 ? iso_ru(f->c->a, iso) : STR("без даты");
}

/* The wanted one this given one already is (by its day), or else, of the same organisation, the
 * first that is not met. */
static struct wanted *counterpart(struct wants *l, const struct q_version_given *g, bool same_day)
{
	for (size_t i = 0; i < l->l.n; i++) {
		struct wanted *x = &l->l.v[i];
		bool fits = !same_day || str_eq(or_empty(x->base), or_empty(g->base_date)) ||
		            str_eq(or_empty(x->day), or_empty(g->due_date));
		if (!x->met && x->org_id == g->org_id && fits)
			return x;
	}
	return NULL;
}

static enum ec change_day(struct version_follow *f, int64_t point_id,
        const struct q_version_given *g, struct wanted *x, struct err *e)
{
	struct str moved = str_printf(f->c->a, "срок перенесён с " STR_FMT " на " STR_FMT,
	        STR_ARG(day_ru(f, g->due_date)), STR_ARG(day_ru(f, x->day)));
	TRY(withdraw(f, g,
	        str_printf(f->c->a, "новая редакция документа (%lld): " STR_FMT, (long long)f->seq,
	                STR_ARG(moved)),
	        e));
	TRY(give(f, point_id, x, moved, e));
	f->n_moved++;
	return EC_OK;
}

static enum ec settle_given(struct version_follow *f, int64_t point_id, struct wants *l,
        const struct q_version_given_rows *given, struct err *e)
{
	bool *kept = arena_new(f->c->a, bool, given->n + 1);
	for (size_t i = 0; i < given->n; i++) {
		struct wanted *x = counterpart(l, &given->v[i], true);
		kept[i] = x != NULL;
		if (x != NULL)
			x->met = true;
	}
	for (size_t i = 0; i < given->n; i++) {
		const struct q_version_given *g = &given->v[i];
		struct wanted *x = kept[i] ? NULL : counterpart(l, g, false);
		if (x != NULL)
			x->met = true; /* what is done already meets the new day too */
		if (kept[i] || done(g))
			continue;
		if (x != NULL) {
			TRY(change_day(f, point_id, g, x, e));
			continue;
		}
		TRY(withdraw(f, g,
		        str_printf(f->c->a, "новая редакция документа (%lld) этого не поручает",
		                (long long)f->seq),
		        e));
		f->n_withdrawn++;
	}
	return EC_OK;
}

enum ec version_follow_point(struct version_follow *f, int64_t point_id, struct err *e)
{
	const struct ctx *c = f->c;
	struct q_point_one p;
	struct q_version_given_rows given;
	struct wants l = {0};
	if (!f->on_control)
		return EC_OK;
	TRY(q_point_one(c->db, c->a, &(struct q_point_one_in){point_id}, &p, e));
	TRY(q_version_given(c->db, c->a, &(struct q_version_given_in){point_id}, &given, e));
	if (str_eq_z(p.type, "task") && p.removed == 0)
		TRY(want_point(f, point_id, &l, e));
	TRY(settle_given(f, point_id, &l, &given, e));
	for (size_t i = 0; i < l.l.n; i++) {
		if (l.l.v[i].met)
			continue;
		TRY(give(f, point_id, &l.l.v[i], STR("поручено новой редакцией"), e));
		f->n_given++;
	}
	return EC_OK;
}

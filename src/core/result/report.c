#include "core/result/report.h"
#include "base/limits.h"
#include "core/result/protocol.h"
#include "core/result/segment.h"
#include "db/q_protocol.h"
#include "db/q_roll.h"
#include "db/q_test.h"

const struct str report_notice = STR_INIT(
        "Не предусмотрено использование результатов всероссийских проверочных работ для оценки "
        "деятельности образовательных организаций, учителей, муниципальных и региональных органов "
        "исполнительной власти, осуществляющих управление в сфере образования.");

/* Adds the protocols of a test to whatever sum each school belongs to. */
struct scan {
	struct arena *a; /* for decoding; taken back after each protocol */
	const struct test_row *test;
	/* groups; school is the one of the present protocol */
	struct report *r;
	size_t *group_of_school; /* in the order of the scan; SIZE_MAX: not shown */
	size_t n_schools, i;
	const struct q_protocol_schools *school;
	struct report_group *all, *region;
	struct report_group **place; /* [n_schools] municipality of each school, NULL: not shown */
	struct stat_sum one;         /* of the present school */
	struct err *e;
	enum ec code;
};

static void sum_zero(struct stat_sum *s, struct arena *a, const struct test_row *t)
{
	stat_sum_init(s, a, &t->stat);
}

static enum ec protocol_sum(struct arena *a, const struct test_row *t, struct str blob,
        struct stat_sum *s, struct err *e)
{
	struct protocol p;
	TRY(protocol_decode(a, blob, &p, e));
	if (p.n_items != t->n_items)
		return err_set(
		        e, EC_DB, "protocol has %zu items, the test %zu", p.n_items, t->n_items);
	struct stat_works w = protocol_works(&p);
	stat_sum_works(s, &t->stat, &w);
	return EC_OK;
}

static void group_add(struct report_group *g, const struct stat_sum *s)
{
	if (g == NULL)
		return;
	g->n_schools += s->present > 0;
	stat_sum_add(&g->sum, s);
}

/* Both lists have one order, so the next protocol belongs to the next school. */
static enum ec on_protocol(void *user, const struct q_protocol_scan *row)
{
	struct scan *s = user;
	if (s->i >= s->n_schools || s->school[s->i].id != row->org_id)
		return err_set(s->e, EC_CONFLICT, "протоколы изменились во время чтения");
	size_t i = s->i++, at = s->group_of_school[i];
	struct arena_mark mark = arena_mark(s->a);
	struct stat_sum *sum = &s->one;
	sum_zero(sum, s->a, s->test);
	TRY(protocol_sum(s->a, s->test, row->rows, sum, s->e));
	group_add(s->all, sum);
	group_add(s->region, sum);
	group_add(s->place[i], sum);
	if (at != SIZE_MAX)
		group_add(&s->r->group[at], sum);
	arena_reset(s->a, mark);
	return EC_OK;
}

/* Which groups a person sees and asked for. */
struct plan {
	const struct ctx *c;
	const struct report_opt *opt;
	struct scope scope;
	const struct test_row *test;
	struct q_protocol_schools_rows schools;
	struct q_roll_territories_rows places;
	struct report *r;
	struct report_group **place;
	size_t *group_of_school;
};

static struct report_group *group_push(struct plan *p, struct report_group g)
{
	sum_zero(&g.sum, p->c->a, p->test);
	struct report_group *at = &p->r->group[p->r->n_groups++];
	*at = g;
	return at;
}

static bool place_seen(const struct plan *p, int64_t territory)
{
	return p->scope.territory_id == ACTOR_ALL || p->scope.territory_id == territory;
}

static bool school_seen(const struct plan *p, const struct q_protocol_schools *s)
{
	return place_seen(p, s->territory_id) &&
	       (p->scope.org_id == ACTOR_ALL || p->scope.org_id == s->id);
}

static bool place_wanted(const struct plan *p, int64_t territory)
{
	return p->opt->territory_id == 0 || p->opt->territory_id == territory;
}

static bool school_wanted(const struct plan *p, const struct q_protocol_schools *s)
{
	if (p->opt->org_id != 0)
		return s->id == p->opt->org_id;
	return p->opt->all_schools ? place_wanted(p, s->territory_id)
	                           : p->opt->territory_id == s->territory_id;
}

static void school_group(struct plan *p, size_t i)
{
	const struct q_protocol_schools *s = &p->schools.v[i];
	if (!school_seen(p, s) || !school_wanted(p, s))
		return;
	p->group_of_school[i] = p->r->n_groups;
	(void)group_push(p, (struct report_group){.level = LEVEL_SCHOOL,
	                            .territory_id = s->territory_id,
	                            .org_id = s->id,
	                            .name = s->name,
	                            .code = s->code});
}

static int64_t school_place(const struct plan *p, int64_t org)
{
	for (size_t i = 0; i < p->schools.n; i++) {
		if (p->schools.v[i].id == org)
			return p->schools.v[i].territory_id;
	}
	return 0;
}

/* A municipality with its schools after it. Schools of one municipality stand together. */
static void place_groups(struct plan *p, const struct q_roll_territories *t)
{
	struct report_group *g = NULL;
	int64_t only = p->opt->org_id != 0 ? school_place(p, p->opt->org_id) : p->opt->territory_id;
	bool wanted = (only == 0 || only == t->id) && place_seen(p, t->id);
	for (size_t i = 0; i < p->schools.n; i++) {
		if (p->schools.v[i].territory_id != t->id)
			continue;
		if (wanted && g == NULL)
			g = group_push(p, (struct report_group){.level = LEVEL_MUNICIPALITY,
			                          .territory_id = t->id,
			                          .name = t->name,
			                          .code = t->code});
		p->place[i] = g;
		school_group(p, i);
	}
}

static enum ec plan_groups(struct plan *p, struct scan *s, struct err *e)
{
	struct arena *a = p->c->a;
	const struct q_roll_territories *region = NULL;
	for (size_t i = 0; i < p->places.n && region == NULL; i++) {
		if (p->places.v[i].parent_id == DB_NULL_INT)
			region = &p->places.v[i];
	}
	if (region == NULL)
		return err_set(e, EC_NOTFOUND, "в реестре нет региона");
	p->r->group = arena_new(a, struct report_group, 2 + p->places.n + p->schools.n);
	s->all = group_push(
	        p, (struct report_group){
	                   .level = LEVEL_ALL, .name = STR("Вся выборка"), .code = STR("")});
	s->region = group_push(p, (struct report_group){.level = LEVEL_REGION,
	                                  .territory_id = region->id,
	                                  .name = region->name,
	                                  .code = region->code});
	for (size_t i = 0; i < p->places.n; i++) {
		if (&p->places.v[i] != region)
			place_groups(p, &p->places.v[i]);
	}
	for (size_t i = 0; i < p->schools.n; i++) {
		if (p->schools.v[i].territory_id == region->id)
			school_group(p, i); /* schools of the region itself */
	}
	return EC_OK;
}

static size_t chosen_group(const struct report *r, const struct report_opt *opt)
{
	for (size_t i = 0; i < r->n_groups; i++) {
		const struct report_group *g = &r->group[i];
		if (opt->org_id != 0 ? g->org_id == opt->org_id
		                     : opt->territory_id != 0 && g->level == LEVEL_MUNICIPALITY &&
		                               g->territory_id == opt->territory_id)
			return i;
	}
	return 1; /* the region */
}

static enum ec scope_check(const struct plan *p, struct err *e)
{
	const struct report_opt *o = p->opt;
	int64_t place = o->org_id != 0 ? school_place(p, o->org_id) : o->territory_id;
	if (place != 0 && !place_seen(p, place))
		return err_set(e, EC_DENIED, "результаты этой территории вам не видны");
	if (o->org_id != 0 && p->scope.org_id != ACTOR_ALL && p->scope.org_id != o->org_id)
		return err_set(e, EC_DENIED, "результаты этой школы вам не видны");
	return EC_OK;
}

static enum ec report_scan(struct plan *p, struct err *e)
{
	AUTO_ARENA(scratch, LIMIT_ARENA_REQUEST);
	struct scan s = {.a = &scratch, .test = p->test, .r = p->r, .e = e};
	p->place = arena_array(p->c->a, sizeof(*p->place), p->schools.n);
	p->group_of_school = arena_new(p->c->a, size_t, p->schools.n);
	for (size_t i = 0; i < p->schools.n; i++)
		p->group_of_school[i] = SIZE_MAX;
	TRY(plan_groups(p, &s, e));
	s.place = p->place;
	s.group_of_school = p->group_of_school;
	s.school = p->schools.v;
	s.n_schools = p->schools.n;
	return q_protocol_scan(p->c->db,
	        &(struct q_protocol_scan_in){p->test->id, DB_NULL_INT, DB_NULL_INT}, on_protocol,
	        &s, e);
}

/* All reads of a report see one state. A handle that may write is used by the program alone; on it
 * a snapshot would hold up the writers. */
static enum ec snapshot(const struct ctx *c, struct db_tx *tx, struct err *e)
{
	return db_read_only(c->db) && !db_in_tx(c->db) ? tx_begin(c->db, tx, e) : EC_OK;
}

enum ec report_make(
        const struct ctx *c, const struct report_opt *opt, struct report *ret, struct err *e)
{
	AUTO_TX tx = {0};
	TRY(snapshot(c, &tx, e));
	struct report r = {0};
	struct plan p = {.c = c, .opt = opt, .r = &r, .test = &r.test};
	if (!actor_scope(c->actor, CAP_RESULT_READ, &p.scope))
		return err_set(e, EC_DENIED, "результаты вам не видны");
	TRY(test_load(c, opt->test_id, &r.test, e));
	TRY(q_protocol_schools(
	        c->db, c->a, &(struct q_protocol_schools_in){opt->test_id}, &p.schools, e));
	TRY(q_roll_territories(c->db, c->a, &p.places, e));
	TRY(scope_check(&p, e));
	TRY(report_scan(&p, e));
	r.chosen = chosen_group(&r, opt);
	*ret = r;
	return EC_OK;
}

/* The sum of all protocols of a test a person may see. */
struct total {
	struct arena *a;
	struct test_summary *t;
	struct scope scope;
	struct err *e;
};

static enum ec on_summary(void *user, const struct q_protocol_scan *row)
{
	struct total *x = user;
	struct arena_mark mark = arena_mark(x->a);
	int64_t present = x->t->sum.present;
	TRY(protocol_sum(x->a, &x->t->test, row->rows, &x->t->sum, x->e));
	x->t->n_schools += x->t->sum.present > present;
	arena_reset(x->a, mark);
	return EC_OK;
}

static enum ec on_packed(void *user, const struct segment_part *part, struct err *e)
{
	struct test_summary *t = user;
	int64_t present = t->sum.present;
	if (part->works.n_items != t->test.n_items)
		return err_set(e, EC_DB, "segment has %zu items, the test %zu", part->works.n_items,
		        t->test.n_items);
	stat_sum_works(&t->sum, &t->test.stat, &part->works);
	t->n_schools += t->sum.present > present;
	return EC_OK;
}

/* Whoever sees everything reads the packed works, where there are any. */
static enum ec summary_sum(const struct ctx *c, struct total *x, struct scope scope, struct err *e)
{
	bool found = false;
	if (scope.territory_id == ACTOR_ALL && scope.org_id == ACTOR_ALL)
		TRY(segment_scan(c, x->t->test.id, on_packed, x->t, &found, e));
	if (found)
		return EC_OK;
	return q_protocol_scan(c->db,
	        &(struct q_protocol_scan_in){x->t->test.id,
	                scope.territory_id == ACTOR_ALL ? DB_NULL_INT : scope.territory_id,
	                scope.org_id == ACTOR_ALL ? DB_NULL_INT : scope.org_id},
	        on_summary, x, e);
}

enum ec result_summary(const struct ctx *c, struct test_summary_list *ret, struct err *e)
{
	struct scope scope;
	if (!actor_scope(c->actor, CAP_RESULT_READ, &scope))
		return err_set(e, EC_DENIED, "результаты вам не видны");
	AUTO_ARENA(scratch, LIMIT_ARENA_REQUEST);
	AUTO_TX tx = {0};
	TRY(snapshot(c, &tx, e));
	struct q_test_with_protocols_rows rows;
	TRY(q_test_with_protocols(c->db, c->a, &rows, e));
	ret->v = arena_new(c->a, struct test_summary, rows.n);
	ret->n = 0;
	for (size_t i = 0; i < rows.n; i++) {
		struct test_summary *t = &ret->v[ret->n];
		*t = (struct test_summary){0};
		TRY(test_load(c, rows.v[i].id, &t->test, e));
		stat_sum_init(&t->sum, c->a, &t->test.stat);
		struct total x = {&scratch, t, scope, e};
		TRY(summary_sum(c, &x, scope, e));
		ret->n += t->sum.rows > 0;
	}
	return EC_OK;
}

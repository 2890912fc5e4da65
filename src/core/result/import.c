#include "core/result/import.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/secret.h"
#include "base/strmap.h"
#include "core/history.h"
#include "core/registry/roll.h"
#include "core/result/export_read.h"
#include "core/result/reference.h"
#include "core/result/segment.h"
#include "db/q_load.h"
#include "db/q_protocol.h"

struct active {
	int64_t id;
	struct str hash;
};

struct importer {
	const struct ctx *c;
	const struct results_opt *opt;
	struct export x;
	struct load load;
	struct roll *roll;
	struct strmap by_org; /* organisation → index into active */
	VEC(struct active) active;
};

static struct str org_key(struct arena *a, int64_t id)
{
	return str_printf(a, "%lld", (long long)id);
}

static enum ec active_read(struct importer *m, struct err *e)
{
	struct arena *a = m->c->a;
	struct q_protocol_active_of_test_rows rows;
	TRY(q_protocol_active_of_test(
	        m->c->db, a, &(struct q_protocol_active_of_test_in){m->x.test.id}, &rows, e));
	strmap_init(&m->by_org, a);
	for (size_t i = 0; i < rows.n; i++) {
		(void)strmap_put(&m->by_org, org_key(a, rows.v[i].org_id), m->active.n, NULL);
		*vec_push(a, &m->active) = (struct active){rows.v[i].id, rows.v[i].hash};
	}
	return EC_OK;
}

static void school_issues(
        struct importer *m, const struct export_school *s, const struct load_cause *cause)
{
	for (size_t i = 0; i < s->line.n; i++)
		issue_add(m->x.issue, cause, s->line.v[i], m->x.sheet, s->written);
}

static enum ec school_create(
        struct importer *m, const struct export_school *s, struct roll_org **ret, struct err *e)
{
	struct roll_place place = {s->place_code, s->place_name, s->region_code, s->region_name};
	struct roll_org o = {.kind = STR("school"),
	        .name = s->name.n > 0 ? s->name : s->written,
	        .short_name = STR(""),
	        .head = STR(""),
	        .provisional = true};
	TRY(roll_territory(m->roll, &place, &o.territory_id, e));
	issue_add(m->x.issue, &cause_school_created, s->line.v[0], m->x.sheet, s->written);
	return roll_add(m->roll, &o, s->written, ret, e);
}

/* The rows of a school that are in force now, compared with the new ones. */
static enum ec compare(struct importer *m, const struct active *was, struct str blob,
        struct protocol_diff *ret, struct err *e)
{
	struct arena_mark mark = arena_mark(m->c->a);
	struct q_protocol_rows old;
	struct protocol x, y;
	TRY(q_protocol_rows(m->c->db, m->c->a, &(struct q_protocol_rows_in){was->id}, &old, e));
	TRY(protocol_decode(m->c->a, old.rows, &x, e));
	TRY(protocol_decode(m->c->a, blob, &y, e));
	*ret = protocol_diff(&x, &y);
	arena_reset(m->c->a, mark);
	return EC_OK;
}

static enum ec protocol_store(struct importer *m, const struct export_school *s, int64_t org,
        struct str blob, struct err *e)
{
	struct str hash = secret_hash_hex(m->c->a, blob);
	struct load_balance *b = &m->load.balance;
	size_t *at = strmap_find(&m->by_org, org_key(m->c->a, org));
	int64_t replaces = DB_NULL_INT;
	if (at != NULL && str_eq(m->active.v[*at].hash, hash)) {
		b->unchanged += (int64_t)s->row.n;
		return EC_OK;
	}
	struct protocol_diff d = {.added = s->row.n};
	if (at != NULL) {
		replaces = m->active.v[*at].id;
		TRY(compare(m, &m->active.v[*at], blob, &d, e));
		TRY(q_protocol_retire(m->c->db, &(struct q_protocol_retire_in){replaces}, e));
	}
	b->stored += (int64_t)d.added;
	b->changed += (int64_t)d.changed;
	b->unchanged += (int64_t)d.same;
	b->gone += (int64_t)d.gone;
	for (size_t i = 0; i < d.gone; i++)
		issue_add(m->x.issue, &cause_row_gone, 0, m->x.sheet, s->written);
	struct q_protocol_insert id;
	return q_protocol_insert(m->c->db, m->c->a,
	        &(struct q_protocol_insert_in){
	                m->x.test.id, org, m->load.id, replaces, (int64_t)s->row.n, hash, blob},
	        &id, e);
}

static enum ec school_store(struct importer *m, const struct export_school *s, struct err *e)
{
	if (s->row.n == 0)
		return EC_OK;
	struct roll_org *org = roll_find(m->roll, s->system, s->value);
	if (org == NULL && !m->opt->auto_create) {
		school_issues(m, s, &cause_school_unknown);
		m->load.balance.rejected += (int64_t)s->row.n;
		return EC_OK;
	}
	if (org == NULL)
		TRY(school_create(m, s, &org, e));
	struct str blob =
	        protocol_encode(m->c->a, s->row.v, s->row.n, m->x.test.n_items, m->x.n_parts);
	return protocol_store(m, s, org->id, blob, e);
}

/* The balance is written last, in the same transaction as the protocols. */
static enum ec store(struct importer *m, int64_t started_us, struct err *e)
{
	AUTO_TX tx = {0};
	TRY(tx_begin(m->c->db, &tx, e));
	TRY(roll_open(m->c, &m->roll, e));
	TRY(active_read(m, e));
	TRY(load_record(m->c, &m->load, &m->load.id, e));
	for (size_t i = 0; i < m->x.school.n; i++)
		TRY(school_store(m, &m->x.school.v[i], e));
	TRY(segment_rebuild(m->c, m->x.test.id, e));
	m->load.duration_ms = (clock_monotonic_us() - started_us) / 1000;
	TRY(load_settle(m->c, m->load.id, &m->load, m->x.issue, e));
	return tx_commit(&tx, e);
}

enum ec results_import(const struct ctx *c, struct str file_name, struct str bytes,
        const struct results_opt *opt, struct load_card *ret, struct err *e)
{
	int64_t started = clock_monotonic_us();
	if (!actor_may(c->actor, CAP_RESULT_LOAD, ACTOR_ALL, ACTOR_ALL))
		return err_set(e, EC_DENIED, "загружать результаты может оператор региона");
	TRY(reference_ensure(c, e));
	struct importer m = {.c = c, .opt = opt};
	struct export_opt how = {file_name, {opt->year, opt->grade, opt->subject}};
	TRY(export_read(c, bytes, &how, &m.x, e));
	m.load = (struct load){.kind = STR("results"),
	        .file_name = path_base(file_name),
	        .profile = m.x.profile->title,
	        .encoding = STR(""),
	        .test_id = m.x.test.id,
	        .balance = {.read = m.x.n_read, .rejected = m.x.n_rejected}};
	TRY(store(&m, started, e));
	int64_t gone = m.load.balance.gone;
	TRY(load_get(c, m.load.id, ret, e));
	ret->load.balance.gone = gone;
	return EC_OK;
}

static enum ec undo_one(const struct ctx *c, const struct q_protocol_of_load *p, struct err *e)
{
	if (p->active == 0)
		return err_set(e, EC_CONFLICT,
		        "протокол заменён более поздней загрузкой: сначала отмените её");
	TRY(q_protocol_retire(c->db, &(struct q_protocol_retire_in){p->id}, e));
	if (p->replaces_id == DB_NULL_INT)
		return EC_OK;
	return q_protocol_restore(c->db, &(struct q_protocol_restore_in){p->replaces_id}, e);
}

enum ec results_undo(const struct ctx *c, int64_t load_id, struct err *e)
{
	if (!actor_may(c->actor, CAP_RESULT_LOAD, ACTOR_ALL, ACTOR_ALL))
		return err_set(e, EC_DENIED, "отменять загрузки может оператор региона");
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	struct load_card card;
	TRY(load_get(c, load_id, &card, e));
	if (!str_eq(card.load.kind, STR("results")))
		return err_set(e, EC_CONFLICT, "отменить можно только загрузку результатов");
	if (!str_eq(card.load.status, STR("done")))
		return err_set(e, EC_CONFLICT, "загрузка уже отменена");
	struct q_protocol_of_load_rows rows;
	TRY(q_protocol_of_load(c->db, c->a, &(struct q_protocol_of_load_in){load_id}, &rows, e));
	for (size_t i = 0; i < rows.n; i++)
		TRY(undo_one(c, &rows.v[i], e));
	if (card.load.test_id != DB_NULL_INT)
		TRY(segment_rebuild(c, card.load.test_id, e));
	TRY(q_load_undone(c->db,
	        &(struct q_load_undone_in){load_id, clock_now(c->clock),
	                c->actor->user_id == 0 ? DB_NULL_INT : c->actor->user_id},
	        e));
	TRY(history_add(c,
	        &(struct change){.noun = STR("load"),
	                .noun_id = load_id,
	                .verb = STR("undo"),
	                .before = STR("{\"status\":\"done\"}"),
	                .after = STR("{\"status\":\"undone\"}"),
	                .reason = card.load.file_name},
	        e));
	return tx_commit(&tx, e);
}

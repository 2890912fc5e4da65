#include "core/control/due_change.h"

#include "base/secret.h"
#include "core/fact.h"
#include "db/q_due.h"

#include <string.h>

static const struct {
	struct str name, title;
} kinds[] = {
        {STR_INIT("calendar"), STR_INIT("пересчёт по календарю")},
        {STR_INIT("event"), STR_INIT("событие наступило")},
        {STR_INIT("schedule"), STR_INIT("график")},
        {STR_INIT("extension"), STR_INIT("продление")},
};

struct str due_kind_title(struct str kind)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_eq(kinds[i].name, kind))
			return kinds[i].title;
	return kind;
}

/* Rolling digest over the moves of a change. */
struct seal {
	uint8_t hash[HASH_BYTES];
};

static void seal_add(struct seal *s, int64_t assignment_id, struct str old_due, struct str new_due)
{
	struct str part[4] = {{(const char *)s->hash, sizeof(s->hash)},
	        {(const char *)&assignment_id, sizeof(assignment_id)},
	        old_due.p != NULL ? old_due : STR("-"), new_due.p != NULL ? new_due : STR("-")};
	uint8_t next[HASH_BYTES];
	secret_hash(part, ARRAY_LEN(part), next);
	memcpy(s->hash, next, sizeof(next));
}

static enum ec move_one(
        const struct ctx *c, int64_t change_id, const struct due_move *m, struct err *e)
{
	int64_t n;
	TRY(q_due_set(c->db,
	        &(struct q_due_set_in){m->assignment_id, m->old_due, m->new_due, m->base, m->why},
	        &n, e));
	if (n == 0)
		return err_set(e, EC_CONFLICT,
		        "поручение № %lld тем временем закрыто или получило другой срок: повторите",
		        (long long)m->assignment_id);
	return q_due_move_add(c->db,
	        &(struct q_due_move_add_in){change_id, m->assignment_id, m->old_due, m->new_due,
	                m->why, clock_now(c->clock)},
	        e);
}

enum ec due_change_apply(
        const struct ctx *c, const struct due_change *ch, int64_t *ret_id, struct err *e)
{
	struct seal seal = {{0}};
	struct q_due_change_add row;
	*ret_id = 0;
	if (ch->n == 0)
		return EC_OK;
	for (size_t i = 0; i < ch->n; i++)
		seal_add(&seal, ch->v[i].assignment_id, ch->v[i].old_due, ch->v[i].new_due);
	struct str digest = hex_of(c->a, seal.hash, sizeof(seal.hash));
	TRY(q_due_change_add(c->db, c->a,
	        &(struct q_due_change_add_in){ch->kind, ch->territory_id, ch->document_id,
	                ch->reason, (int64_t)ch->n, digest, clock_now(c->clock), acting_user(c)},
	        &row, e));
	for (size_t i = 0; i < ch->n; i++)
		TRY(move_one(c, row.id, &ch->v[i], e));
	struct fact f;
	fact_begin(&f, c->a);
	json_kv_str(&f.j, "change", ch->kind);
	json_kv_int(&f.j, "assignments", (int64_t)ch->n);
	if (ch->document_id != INT64_MIN)
		json_kv_int(&f.j, "document_id", ch->document_id);
	json_kv_str(&f.j, "digest", digest);
	TRY(history_add(c,
	        &(struct change){STR("due_change"), row.id, STR("create"), STR_NONE, fact_end(&f),
	                ch->reason},
	        e));
	*ret_id = row.id;
	return EC_OK;
}

enum ec due_moves_of(
        const struct ctx *c, int64_t assignment_id, struct due_pasts *ret, struct err *e)
{
	struct q_due_moves_of_rows rows;
	TRY(q_due_moves_of(c->db, c->a, &(struct q_due_moves_of_in){assignment_id}, &rows, e));
	struct due_pasts l = {.v = arena_new(c->a, struct due_past, rows.n), .n = rows.n};
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_due_moves_of *r = &rows.v[i];
		l.v[i] = (struct due_past){r->old_due, r->new_due, r->why, due_kind_title(r->kind),
		        r->reason, r->full_name.n > 0 ? r->full_name : STR("система"), r->at};
	}
	*ret = l;
	return EC_OK;
}

static enum ec seal_row(void *user, const struct q_due_seal_rows *r)
{
	seal_add(user, r->assignment_id, r->old_due, r->new_due);
	return EC_OK;
}

enum ec due_changes_check(const struct ctx *c, int64_t *ret_n, struct str *ret_why, struct err *e)
{
	struct q_due_seals_rows rows;
	struct q_due_strays strays;
	*ret_why = STR_NONE;
	TRY(q_due_seals(c->db, c->a, &rows, e));
	for (size_t i = 0; i < rows.n; i++) {
		struct seal s = {{0}};
		struct json_value *tree;
		TRY(q_due_seal_rows(
		        c->db, &(struct q_due_seal_rows_in){rows.v[i].id}, seal_row, &s, e));
		struct str now = hex_of(c->a, s.hash, sizeof(s.hash));
		if (rows.v[i].after.p == NULL ||
		        json_parse(c->a, rows.v[i].after, &tree, e) != EC_OK ||
		        !str_eq(now, json_get_str(tree, "digest")) ||
		        !str_eq(now, rows.v[i].digest))
			*ret_why = str_printf(c->a,
			        "изменение сроков %lld не то, что записано в истории",
			        (long long)rows.v[i].id);
	}
	TRY(q_due_strays(c->db, c->a, &strays, e));
	if (strays.n > 0)
		*ret_why = str_printf(c->a,
		        "срок не тот, что дало последнее изменение: поручений %lld",
		        (long long)strays.n);
	*ret_n = (int64_t)rows.n;
	return EC_OK;
}

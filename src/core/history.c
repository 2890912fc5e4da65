#include "core/history.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/secret.h"
#include "core/listing.h"
#include "db/db.h"
#include "db/q_event.h"

#define EVENT_MAX (64 * MIB) /* before and after are facts, not files */

/* Length before content: no two different events have the same bytes. A missing value is '~'. */
static void frame(struct buf *b, struct str s)
{
	if (s.p == NULL) {
		buf_byte(b, '~');
		return;
	}
	buf_printf(b, "%zu:", s.n);
	buf_add(b, s);
}

static void frame_int(struct buf *b, int64_t v)
{
	if (v == DB_NULL_INT)
		buf_byte(b, '~');
	else
		buf_printf(b, "i%lld;", (long long)v);
}

static struct str event_hash(struct arena *a, const struct q_event_scan *v)
{
	struct buf b;
	buf_init(&b, a, EVENT_MAX * 3);
	frame(&b, v->prev_hash);
	frame_int(&b, v->id);
	frame_int(&b, v->at);
	frame_int(&b, v->user_id);
	frame(&b, v->noun);
	frame_int(&b, v->noun_id);
	frame(&b, v->verb);
	frame(&b, v->before);
	frame(&b, v->after);
	frame(&b, v->reason);
	/* events from before deputies were known have the same hash as ever */
	if (v->for_user_id != DB_NULL_INT) {
		buf_add_z(&b, "for");
		frame_int(&b, v->for_user_id);
	}
	return secret_hash_hex(a, buf_str(&b));
}

/* Writes one event after `end` and moves `end` to it; its hash is copied into hash. */
static enum ec add_one(const struct ctx *c, const struct change *ch, struct history_mark *end,
        char hash[HASH_BYTES * 2], struct err *e)
{
	if (ch->before.n > EVENT_MAX || ch->after.n > EVENT_MAX || ch->reason.n > EVENT_MAX)
		return err_set(e, EC_LIMIT, "запись истории слишком велика");
	AUTO_ARENA(a, EVENT_MAX * 8);
	/* the same struct as the check reads, so that both hash the same */
	struct q_event_scan v = {
	        .id = end->n + 1,
	        .at = clock_now(c->clock),
	        .user_id = c->actor->user_id == 0 ? DB_NULL_INT : c->actor->user_id,
	        .noun = ch->noun,
	        .noun_id = ch->noun_id,
	        .verb = ch->verb,
	        .before = ch->before,
	        .after = ch->after,
	        .reason = ch->reason.p == NULL ? STR("") : ch->reason,
	        .prev_hash = end->hash,
	        .for_user_id = c->actor->for_id == 0 ? DB_NULL_INT : c->actor->for_id,
	};
	v.hash = event_hash(&a, &v);
	struct q_event_insert_in in = {v.id, v.at, v.user_id, v.noun, v.noun_id, v.verb, v.before,
	        v.after, v.reason, v.prev_hash, v.hash, v.for_user_id};
	TRY(q_event_insert(c->db, &in, e));
	for (size_t i = 0; i < v.hash.n; i++)
		hash[i] = v.hash.p[i];
	*end = (struct history_mark){v.id, {hash, v.hash.n}};
	return EC_OK;
}

enum ec history_add_all(const struct ctx *c, const struct change *v, size_t n, struct err *e)
{
	BUG_IF(!db_in_tx(c->db));
	if (n == 0)
		return EC_OK;
	AUTO_ARENA(a, MIB);
	struct q_event_head head;
	TRY(q_event_head(c->db, &a, &head, e));
	struct history_mark end = {head.n, head.hash};
	char hash[HASH_BYTES * 2];
	for (size_t i = 0; i < n; i++)
		TRY(add_one(c, &v[i], &end, hash, e));
	/* Writers take turns, so nobody else moved the end; should they not, the number of an event
	 * is unique and the move finds no row: an error, never a broken chain. */
	int64_t moved = 0;
	struct q_event_head_move_in move = {head.n, end.n, end.hash};
	TRY(q_event_head_move(c->db, &move, &moved, e));
	if (moved != 1)
		return err_set(e, EC_CONFLICT, "историю только что дополнил другой");
	return EC_OK;
}

enum ec history_add(const struct ctx *c, const struct change *ch, struct err *e)
{
	return history_add_all(c, ch, 1, e);
}

enum ec history_of(const struct ctx *c, struct str noun, int64_t noun_id, int64_t limit,
        struct events *ret, struct err *e)
{
	struct q_event_of_rows rows;
	TRY(q_event_of(c->db, c->a, &(struct q_event_of_in){noun, noun_id, limit}, &rows, e));
	*ret = (struct events){arena_new(c->a, struct event, rows.n), rows.n};
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_event_of *r = &rows.v[i];
		ret->v[i] = (struct event){r->id, r->at, r->user_id == DB_NULL_INT ? 0 : r->user_id,
		        r->user_name, r->noun, r->noun_id, r->verb, r->before, r->after, r->reason};
	}
	return EC_OK;
}

/* q_event_recent, q_event_one and q_event_of have the same columns. */
#define EVENT_OF(r)                                                                                \
	((struct event){(r)->id, (r)->at, (r)->user_id == DB_NULL_INT ? 0 : (r)->user_id,          \
	        (r)->user_name, (r)->noun, (r)->noun_id, (r)->verb, (r)->before, (r)->after,       \
	        (r)->reason})

enum ec history_list(
        const struct ctx *c, const struct history_filter *f, struct events *ret, struct err *e)
{
	struct search_words w = search_words_of(c->a, f->person);
	struct q_event_recent_in in = {
	        .user_id = f->user_id == 0 ? DB_NULL_INT : f->user_id,
	        .noun = f->noun.n == 0 ? STR_NONE : f->noun,
	        .since = f->since == 0 ? DB_NULL_INT : f->since,
	        .until = f->until == 0 ? DB_NULL_INT : f->until,
	        .w1 = w.w[0],
	        .w2 = w.w[1],
	        .n = f->limit,
	        .skip = f->skip,
	};
	struct q_event_recent_rows rows;
	TRY(q_event_recent(c->db, c->a, &in, &rows, e));
	*ret = (struct events){arena_new(c->a, struct event, rows.n), rows.n};
	for (size_t i = 0; i < rows.n; i++)
		ret->v[i] = EVENT_OF(&rows.v[i]);
	return EC_OK;
}

enum ec history_count(
        const struct ctx *c, const struct history_filter *f, int64_t *ret, struct err *e)
{
	struct search_words w = search_words_of(c->a, f->person);
	struct q_event_recent_count_in in = {
	        .user_id = f->user_id == 0 ? DB_NULL_INT : f->user_id,
	        .noun = f->noun.n == 0 ? STR_NONE : f->noun,
	        .since = f->since == 0 ? DB_NULL_INT : f->since,
	        .until = f->until == 0 ? DB_NULL_INT : f->until,
	        .w1 = w.w[0],
	        .w2 = w.w[1],
	};
	struct q_event_recent_count row;
	TRY(q_event_recent_count(c->db, c->a, &in, &row, e));
	*ret = row.n;
	return EC_OK;
}

enum ec history_get(const struct ctx *c, int64_t id, struct event *ret, struct err *e)
{
	struct q_event_one row;
	enum ec ec = q_event_one(c->db, c->a, &(struct q_event_one_in){id}, &row, e);
	if (ec == EC_NOTFOUND)
		return err_set(e, EC_NOTFOUND, "нет такой записи журнала");
	TRY(ec);
	*ret = EVENT_OF(&row);
	return EC_OK;
}

enum ec history_as_of(const struct ctx *c, struct str noun, int64_t noun_id, int64_t at,
        struct past_facts *ret, struct err *e)
{
	struct q_event_as_of_in in = {noun, noun_id == 0 ? DB_NULL_INT : noun_id, at};
	struct q_event_as_of_rows rows;
	TRY(q_event_as_of(c->db, c->a, &in, &rows, e));
	*ret = (struct past_facts){arena_new(c->a, struct past_fact, rows.n), rows.n};
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_event_as_of *r = &rows.v[i];
		ret->v[i] = (struct past_fact){r->noun_id, r->id, r->at, r->after};
	}
	return EC_OK;
}

/* ---- the check ---- */

struct walk {
	struct arena *keep;   /* texts of the answer */
	struct arena scratch; /* one event */
	const struct history_mark *known;
	int64_t n;
	char last[HASH_BYTES * 2 + 1];
	size_t last_n;
	int64_t bad;
	struct str why;
};

static struct str last_hash(const struct walk *w)
{
	return (struct str){w->last, w->last_n};
}

static enum ec broken(struct walk *w, int64_t id, struct str why)
{
	w->bad = id;
	w->why = why;
	return EC_CONFLICT; /* ends the scan */
}

static enum ec walk_event(void *user, const struct q_event_scan *v)
{
	struct walk *w = user;
	if (v->id != w->n + 1)
		return broken(w, w->n + 1,
		        str_printf(w->keep, "события %lld нет: за %lld следует %lld",
		                (long long)w->n + 1, (long long)w->n, (long long)v->id));
	if (!str_eq(v->prev_hash, last_hash(w)))
		return broken(w, v->id,
		        STR("ссылка на предыдущее событие (prev_hash) не равна его хешу"));
	arena_clear(&w->scratch);
	struct str hash = event_hash(&w->scratch, v);
	if (!str_eq(hash, v->hash))
		return broken(w, v->id, STR("содержание события не соответствует его хешу"));
	for (size_t i = 0; i < hash.n; i++)
		w->last[i] = hash.p[i];
	w->last_n = hash.n;
	w->n = v->id;
	if (w->known != NULL && w->known->n == w->n && !str_eq(w->known->hash, hash))
		return broken(w, v->id, STR("хеш не равен сохранённому ранее: цепочка переписана"));
	return EC_OK;
}

/* Does the end of the chain agree with the row that keeps it? */
static void check_end(struct walk *w, const struct q_event_head *head)
{
	if (head->n > w->n)
		(void)broken(w, w->n + 1,
		        str_printf(w->keep, "последних событий нет: записано %lld, найдено %lld",
		                (long long)head->n, (long long)w->n));
	else if (head->n < w->n)
		(void)broken(w, head->n + 1,
		        str_printf(w->keep, "лишние события: записано %lld, найдено %lld",
		                (long long)head->n, (long long)w->n));
	else if (!str_eq(head->hash, last_hash(w)))
		(void)broken(w, w->n, STR("хеш последнего события не равен концу цепочки"));
	else if (w->known != NULL && w->known->n > w->n)
		(void)broken(w, w->n + 1,
		        str_printf(w->keep, "событий меньше, чем было: %lld вместо %lld",
		                (long long)w->n, (long long)w->known->n));
}

static enum ec walk_chain(const struct ctx *c, struct walk *w, struct err *e)
{
	enum ec ec = q_event_scan(c->db, walk_event, w, e);
	if (w->why.p != NULL)
		return EC_OK; /* found: the answer is ready */
	TRY(ec);
	struct q_event_head head;
	ec = q_event_head(c->db, c->a, &head, e);
	if (ec == EC_NOTFOUND) {
		(void)broken(w, w->n, STR("нет строки с концом цепочки"));
		return EC_OK;
	}
	TRY(ec);
	check_end(w, &head);
	return EC_OK;
}

enum ec history_verify(const struct ctx *c, const struct history_mark *known,
        struct history_check *ret, struct err *e)
{
	AUTO_TX tx = {0};
	if (!db_in_tx(c->db))
		TRY(tx_begin(c->db, &tx, e)); /* one snapshot: nobody adds meanwhile */
	struct walk w = {.keep = c->a, .known = known};
	arena_init(&w.scratch, LIMIT_ARENA_REQUEST * 4);
	enum ec ec = walk_chain(c, &w, e);
	arena_clear(&w.scratch);
	TRY(ec);
	*ret = (struct history_check){
	        .whole = w.why.p == NULL,
	        .id = w.bad,
	        .why = w.why.p == NULL ? STR("") : w.why,
	        .mark = {w.n, str_dup(c->a, last_hash(&w))},
	};
	return EC_OK;
}

enum ec history_verify_end(const struct ctx *c, struct history_check *ret, struct err *e)
{
	struct q_event_last r = {0};
	struct q_event_head head;
	struct walk w = {.keep = c->a};
	enum ec ec = q_event_last(c->db, c->a, &r, e);
	if (ec != EC_NOTFOUND) {
		TRY(ec);
		struct q_event_scan v = {r.id, r.at, r.user_id, r.noun, r.noun_id, r.verb, r.before,
		        r.after, r.reason, r.prev_hash, r.hash, r.for_user_id};
		struct str hash = event_hash(c->a, &v);
		w.n = r.id;
		w.last_n = r.hash.n < sizeof(w.last) ? r.hash.n : 0;
		for (size_t i = 0; i < w.last_n; i++)
			w.last[i] = r.hash.p[i];
		if (!str_eq(hash, r.hash))
			(void)broken(&w, r.id, STR("содержание события не соответствует его хешу"));
	}
	ec = q_event_head(c->db, c->a, &head, e);
	if (ec == EC_NOTFOUND) {
		(void)broken(&w, w.n, STR("нет строки с концом цепочки"));
	} else {
		TRY(ec);
		if (w.why.p == NULL)
			check_end(&w, &head);
	}
	*ret = (struct history_check){
	        .whole = w.why.p == NULL,
	        .id = w.bad,
	        .why = w.why.p == NULL ? STR("") : w.why,
	        .mark = {w.n, str_dup(c->a, last_hash(&w))},
	};
	return EC_OK;
}

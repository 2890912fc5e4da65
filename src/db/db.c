#include "db/engine.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

#define HANDLE_MEMORY (64 * MIB)

static bool is_pg_url(const char *url)
{
	static const char *const start[] = {"postgres://", "postgresql:", "host=", "dbname="};
	for (size_t i = 0; i < ARRAY_LEN(start); i++)
		if (strncmp(url, start[i], strlen(start[i])) == 0)
			return true;
	return false;
}

#ifndef NDEBUG
static int64_t fail_from_env(void)
{
	const char *v = getenv("SOKO_FAIL"); /* NOLINT(concurrency-mt-unsafe): nobody sets it */
	if (v == NULL || strncmp(v, "db:", 3) != 0)
		return 0;
	int64_t n = 0;
	for (const char *p = v + 3; *p >= '0' && *p <= '9' && n < 1000000; p++)
		n = n * 10 + (*p - '0');
	return n;
}
#else
static int64_t fail_from_env(void)
{
	return 0;
}
#endif

enum ec db_fault(struct db *db, struct err *e)
{
	if (db->fail_in == 0 || --db->fail_in > 0)
		return EC_OK;
	db->failed = true;
	return err_set(e, EC_DB, "сбой базы данных по просьбе SOKO_FAIL");
}

enum ec db_open(const struct db_opt *opt, struct db **ret, struct err *e)
{
	struct db *db = calloc(1, sizeof(*db));
	if (db == NULL)
		BUG("out of memory");
	arena_init(&db->mem, HANDLE_MEMORY);
	db->engine = is_pg_url(opt->url) ? &db_engine_pg : &db_engine_sqlite;
	db->read_only = opt->read_only;
	db->pool = opt->pool;
	db->busy_ms = opt->busy_ms;
	db->url = str_z(&db->mem, str_c(opt->url));
	db->n_slot = 64;
	db->slot = arena_new(&db->mem, struct db_slot, db->n_slot);
	enum ec ec = db->engine->open(db, opt, e);
	db->fail_in = fail_from_env();
	if (ec != EC_OK) {
		db_close(db);
		return ec;
	}
	*ret = db;
	return EC_OK;
}

void db_close(struct db *db)
{
	if (db == NULL)
		return;
	struct db_tx tx = {db->in_tx ? db : NULL};
	tx_rollback(&tx);
	db->engine->close(db);
	arena_clear(&db->mem);
	free(db);
}

void db_close_ptr(struct db **db)
{
	db_close(*db);
	*db = NULL;
}

bool db_is_pg(const struct db *db)
{
	return db->engine == &db_engine_pg;
}

bool db_read_only(const struct db *db)
{
	return db->read_only;
}

bool db_in_tx(const struct db *db)
{
	return db->in_tx;
}

/* ---- transactions ---- */

static void unlock(struct db *db)
{
	if (db->locked)
		db_pool_unlock(db->pool);
	db->locked = false;
}

/* After a restart of the server the first call on a handle finds its connection gone; when nothing
 * had begun, a new connection and a second try lose nothing. */
static bool reopened(struct db *db)
{
	struct err lost;
	if (!db->broken || db->in_tx || db->engine->reopen == NULL ||
	        db->engine->reopen(db, &lost) != EC_OK)
		return false;
	memset(db->slot, 0, db->n_slot * sizeof(db->slot[0]));
	db->n_used = 0;
	db->broken = false;
	return true;
}

static enum ec begin(struct db *db, struct err *e)
{
	const char *sql = db->read_only ? db->engine->begin_read : db->engine->begin;
	enum ec ec = db_script(db, sql, e);
	return ec != EC_OK && reopened(db) ? db_script(db, sql, e) : ec;
}

enum ec tx_begin(struct db *db, struct db_tx *ret, struct err *e)
{
	BUG_IF(db->in_tx || db->busy);
	if (!db->read_only && db->pool != NULL && !db_is_pg(db)) {
		db_pool_lock(db->pool);
		db->locked = true;
	}
	enum ec ec = begin(db, e);
	if (ec != EC_OK) {
		struct err lost; /* PostgreSQL: begun, but the lock was not given */
		if (db_is_pg(db))
			(void)db->engine->script(db, "ROLLBACK", &lost);
		unlock(db);
		return ec;
	}
	db->in_tx = true;
	db->failed = false;
	ret->db = db;
	return EC_OK;
}

void tx_rollback(struct db_tx *tx)
{
	struct db *db = tx->db;
	tx->db = NULL;
	if (db == NULL)
		return;
	struct err lost; /* SQLite may have rolled back by itself: nothing to report */
	if (db->engine->script(db, "ROLLBACK", &lost) != EC_OK && db_is_pg(db))
		db->broken = true;
	db->in_tx = false;
	unlock(db);
}

/* After a refused statement both engines accept nothing but a rollback (PostgreSQL's rule). */
static enum ec refused(struct db *db, const char *what, struct err *e)
{
	if (db->in_tx && db->failed)
		return err_set(e, EC_DB, "%s: изменения отменены из-за предыдущей ошибки", what);
	return EC_OK;
}

enum ec tx_commit(struct db_tx *tx, struct err *e)
{
	BUG_IF(tx->db == NULL);
	struct db *db = tx->db;
	enum ec ec = refused(db, "commit", e);
	if (ec == EC_OK)
		ec = db_script(db, "COMMIT", e);
	if (ec != EC_OK) {
		tx_rollback(tx);
		return ec;
	}
	tx->db = NULL;
	db->in_tx = false;
	unlock(db);
	return EC_OK;
}

enum ec db_script(struct db *db, const char *sql, struct err *e)
{
	BUG_IF(db->busy);
	TRY(db_fault(db, e));
	return db->engine->script(db, sql, e);
}

/* ---- prepared statements of the handle ---- */

static size_t slot_hash(const struct db_stmt *st, size_t variant, size_t n)
{
	uint64_t h = (uint64_t)(uintptr_t)st / 16 * 31 + variant;
	h *= 0x9E3779B97F4A7C15u;
	return (size_t)(h >> 32) & (n - 1);
}

static struct db_slot *slot_find(
        struct db_slot *slot, size_t n, const struct db_stmt *st, size_t variant)
{
	size_t i = slot_hash(st, variant, n);
	while (slot[i].st != NULL && (slot[i].st != st || slot[i].variant != variant))
		i = (i + 1) & (n - 1);
	return &slot[i];
}

static void slots_grow(struct db *db)
{
	size_t n = db->n_slot * 2;
	struct db_slot *bigger = arena_new(&db->mem, struct db_slot, n);
	for (size_t i = 0; i < db->n_slot; i++)
		if (db->slot[i].st != NULL)
			*slot_find(bigger, n, db->slot[i].st, db->slot[i].variant) = db->slot[i];
	db->slot = bigger;
	db->n_slot = n;
}

static enum ec slot_get(struct db *db, const struct db_stmt *st, size_t variant,
        struct db_slot **ret, struct err *e)
{
	if (db->n_used * 2 >= db->n_slot)
		slots_grow(db);
	struct db_slot *s = slot_find(db->slot, db->n_slot, st, variant);
	if (s->st == NULL) {
		struct db_slot fresh = {st, variant, NULL};
		TRY(db->engine->prepare(db, &fresh, e));
		*s = fresh;
		db->n_used++;
	}
	*ret = s;
	return EC_OK;
}

enum ec db_prepare(struct db *db, const struct db_stmt *st, struct err *e)
{
	for (size_t v = 0; v < st->variants; v++) {
		struct db_slot *s;
		TRY(slot_get(db, st, v, &s, e));
	}
	return EC_OK;
}

static enum ec run_once(struct db *db, size_t variant, struct db_call *call, struct err *e)
{
	TRY(slot_get(db, call->st, variant, &call->slot, e));
	db->busy = true;
	enum ec ec = db->engine->run(db, call, e);
	db->busy = false;
	return ec;
}

static enum ec run(struct db *db, const struct db_stmt *st, const void *in, struct db_sink *sink,
        int64_t *ret_changed, struct err *e)
{
	BUG_IF(db->busy);
	TRY(refused(db, st->name, e));
	TRY(db_fault(db, e));
	if (st->write && !db->in_tx)
		return err_set(e, EC_DB, "%s: изменение вне транзакции", st->name);
	if (st->write && db->read_only)
		return err_set(e, EC_DB, "%s: соединение только для чтения", st->name);
	size_t variant = 0;
	if (st->variants > 1) {
		unsigned sort;
		memcpy(&sort, (const char *)in + st->sort_off, sizeof(sort));
		BUG_IF(sort >= st->variants);
		variant = sort;
	}
	struct db_call call = {.st = st, .in = in, .sink = sink};
	enum ec ec = run_once(db, variant, &call, e);
	bool streamed = sink != NULL && sink->stream; /* rows were given: no second try */
	if (ec != EC_OK && !streamed && reopened(db))
		ec = run_once(db, variant, &call, e);
	if (ec == EC_OK && ret_changed != NULL)
		*ret_changed = call.changed;
	return ec;
}

enum ec db_too_large(const struct db_stmt *st, struct err *e)
{
	return err_set(e, EC_LIMIT, "%s: ответ базы данных слишком велик", st->name);
}

/* ---- the four ways to run ---- */

struct one_sink {
	struct db_sink base;
	void *row;
	bool got;
};

static void *one_place(struct db_sink *s)
{
	return ((struct one_sink *)s)->row;
}

static enum ec one_row(struct db_sink *s, bool *stop)
{
	((struct one_sink *)s)->got = true;
	*stop = true;
	return EC_OK;
}

enum ec db_run_one(struct db *db, struct arena *a, const struct db_stmt *st, const void *in,
        void *ret_row, struct err *e)
{
	AUTO_ARENA(spare, MIB);
	/* ret is written only on success */
	struct one_sink s = {{.a = a, .place = one_place, .row = one_row},
	        arena_alloc(&spare, st->row_size), false};
	TRY(run(db, st, in, &s.base, NULL, e));
	if (!s.got)
		return err_set(e, EC_NOTFOUND, "нет такой записи");
	memcpy(ret_row, s.row, st->row_size);
	return EC_OK;
}

struct many_sink {
	struct db_sink base;
	const struct db_stmt *st;
	void *v;
	size_t n, cap;
};

static void *many_place(struct db_sink *s)
{
	struct many_sink *m = (struct many_sink *)s;
	size_t grown = m->cap == 0 ? 8 : m->cap * 2;
	if (m->n == m->cap && !db_room(s->a, grown * m->st->row_size))
		return NULL;
	vec_room(m->base.a, &m->v, m->st->row_size, m->n, &m->cap);
	return (char *)m->v + m->n * m->st->row_size;
}

static enum ec many_row(struct db_sink *s, bool *stop)
{
	((struct many_sink *)s)->n++;
	*stop = false;
	return EC_OK;
}

enum ec db_run_many(struct db *db, struct arena *a, const struct db_stmt *st, const void *in,
        struct db_rows *ret, struct err *e)
{
	struct many_sink s = {.base = {.a = a, .place = many_place, .row = many_row}, .st = st};
	TRY(run(db, st, in, &s.base, NULL, e));
	*ret = (struct db_rows){s.v, s.n};
	return EC_OK;
}

enum ec db_run_exec(struct db *db, const struct db_stmt *st, const void *in, int64_t *ret_changed,
        struct err *e)
{
	return run(db, st, in, NULL, ret_changed, e);
}

struct each_sink {
	struct db_sink base;
	struct db_each each;
	void *row;
};

static void *each_place(struct db_sink *s)
{
	return ((struct each_sink *)s)->row;
}

static enum ec each_row(struct db_sink *s, bool *stop)
{
	struct each_sink *h = (struct each_sink *)s;
	*stop = false;
	return h->each.row(h->each.user, h->row);
}

enum ec db_run_each(
        struct db *db, const struct db_stmt *st, const void *in, struct db_each each, struct err *e)
{
	AUTO_ARENA(spare, MIB);
	struct each_sink s = {{.place = each_place, .row = each_row, .stream = true}, each,
	        arena_alloc(&spare, st->row_size)};
	return run(db, st, in, &s.base, NULL, e);
}

enum ec db_check(struct db *db, struct err *e)
{
	TRY(db_fault(db, e));
	return db->engine->check(db, e);
}

enum ec db_backup(struct db *db, const char *path, struct err *e)
{
	TRY(db_fault(db, e));
	return db->engine->backup(db, path, e);
}

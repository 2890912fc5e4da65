/* Inside of db/: what an engine (sqlite.c, pg.c) offers to db.c. */
#ifndef DB_ENGINE_H
#define DB_ENGINE_H

#include "db/migrate.h"
#include "db/stmt.h"

/* Where rows of a running statement go. */
struct db_sink {
	struct arena *a; /* texts are copied here; NULL: they may be borrowed until row() returns */
	/* Zeroed space for the next row; NULL when the arena is full. */
	void *(*place)(struct db_sink *s);
	/* The row is filled. `*stop` ends the statement early. */
	enum ec (*row)(struct db_sink *s, bool *stop);
	bool stream; /* rows should not be collected by the driver first */
};

/* A prepared statement of a handle. */
struct db_slot {
	const struct db_stmt *st; /* NULL: free */
	size_t variant;
	void *prepared; /* sqlite3_stmt, or for PostgreSQL its name */
};

struct db_call {
	const struct db_stmt *st;
	struct db_slot *slot;
	const void *in;
	struct db_sink *sink; /* NULL: no rows wanted */
	int64_t changed;      /* out */
};

struct db_engine {
	enum ec (*open)(struct db *db, const struct db_opt *opt, struct err *e);
	void (*close)(struct db *db);
	/* The connection was lost (db->broken): makes it anew without any prepared statement. NULL:
	 * cannot be lost. */
	enum ec (*reopen)(struct db *db, struct err *e);
	enum ec (*prepare)(struct db *db, struct db_slot *slot, struct err *e);
	enum ec (*run)(struct db *db, struct db_call *call, struct err *e);
	/* Script without parameters: DDL, BEGIN, PRAGMA. */
	enum ec (*script)(struct db *db, const char *sql, struct err *e);
	enum ec (*check)(struct db *db, struct err *e);
	enum ec (*backup)(struct db *db, const char *path, struct err *e);
	const char *begin, *begin_read;
};

struct db {
	const struct db_engine *engine;
	void *conn; /* sqlite3 or PGconn */
	const char *url;
	int busy_ms;
	struct db_pool *pool;
	struct db *next_free; /* in the pool */
	struct db_slot *slot; /* hash table, n_slot a power of two */
	size_t n_slot, n_used;
	struct arena mem; /* lives as long as the handle */
	bool read_only, in_tx, busy, locked;
	bool failed; /* a statement of the open transaction was refused: only rollback is left */
	bool broken; /* see reopen */
	int64_t fail_in; /* debug builds: SOKO_FAIL=db:n, calls left until one fails */
};

extern const struct db_engine db_engine_sqlite, db_engine_pg;

/* Counts a call of the handle; EC_DB when it is the one SOKO_FAIL asks to fail. */
MUST_USE enum ec db_fault(struct db *db, struct err *e);
/* Script of db/ itself and of test fixtures; never text from outside. */
MUST_USE enum ec db_script(struct db *db, const char *sql, struct err *e);
/* Prepares every variant; used by ./test pg to show that the engine takes the statement. */
MUST_USE enum ec db_prepare(struct db *db, const struct db_stmt *st, struct err *e);

/* Writer lock of a pool. */
void db_pool_lock(struct db_pool *p);
void db_pool_unlock(struct db_pool *p);

/* Is there room for n more bytes? An answer larger than the arena is EC_LIMIT, not an abort. */
static inline bool db_room(const struct arena *a, size_t n)
{
	return a == NULL || arena_left(a) >= n + 64;
}
MUST_USE enum ec db_too_large(const struct db_stmt *st, struct err *e);

/* Value access in the C structs. */
static inline int64_t db_in_int(const struct db_field *f, const void *in)
{
	return *(const int64_t *)(const void *)((const char *)in + f->off);
}
static inline double db_in_real(const struct db_field *f, const void *in)
{
	return *(const double *)(const void *)((const char *)in + f->off);
}
static inline struct str db_in_str(const struct db_field *f, const void *in)
{
	return *(const struct str *)(const void *)((const char *)in + f->off);
}
static inline void *db_out(const struct db_field *f, void *row)
{
	return (char *)row + f->off;
}

#endif

/* The database: one handle over SQLite and PostgreSQL, transactions, a pool.
 * Statements are written in sql/query/<noun>.sql and called by the generated db/q_<noun>.h;
 * there is no function here that takes SQL text. */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/str.h"

/* NULL of an integer column and of an `int?` parameter. A missing real is NaN, a missing text or
 * blob has p == NULL. */
#define DB_NULL_INT INT64_MIN

struct db;      /* one connection, used by one thread at a time */
struct db_pool; /* connections for many threads */

struct db_opt {
	const char *url; /* file name → SQLite; "postgres://…", "postgresql://…", "host=…" →
	                    PostgreSQL */
	bool read_only;       /* refuses every change (requests that only look) */
	bool must_exist;      /* SQLite: EC_NOTFOUND instead of making a new file */
	int busy_ms;          /* patience for another process' write, 0 = 10 s */
	struct db_pool *pool; /* set by the pool itself */
};

/* Opens a connection. EC_NOTFOUND, EC_DB. ret is closed by db_close (or AUTO_DB). */
MUST_USE enum ec db_open(const struct db_opt *opt, struct db **ret, struct err *e);
void db_close(struct db *db); /* NULL is fine; an open transaction is rolled back */
void db_close_ptr(struct db **db);
#define AUTO_DB __attribute__((cleanup(db_close_ptr))) struct db *

bool db_is_pg(const struct db *db);
bool db_read_only(const struct db *db);
bool db_in_tx(const struct db *db);

/* Transaction: rolled back when the scope ends, unless committed.
 *	AUTO_TX tx = {0};
 *	TRY(tx_begin(db, &tx, e));
 *	…
 *	return tx_commit(&tx, e);
 * On a handle that may write it takes the write lock at once (SQLite: BEGIN IMMEDIATE, one writer
 * in the pool); on a read-only handle it is a snapshot: all reads inside see one state.
 * In PostgreSQL writers take turns too, so that what was read stays true until the commit.
 * A change outside a transaction is refused; a transaction inside a transaction is a bug. After a
 * statement was refused (EC_CONFLICT, EC_INPUT, EC_DB) the transaction can only be rolled back: use
 * ON CONFLICT … DO NOTHING with `execn` where a duplicate is no error. */
struct db_tx {
	struct db *db; /* NULL when not open */
};
MUST_USE enum ec tx_begin(struct db *db, struct db_tx *ret, struct err *e);
/* EC_OK: everything is on disk. Otherwise nothing is, and the transaction is over. */
MUST_USE enum ec tx_commit(struct db_tx *tx, struct err *e);
void tx_rollback(struct db_tx *tx); /* nothing when not open */
#define AUTO_TX __attribute__((cleanup(tx_rollback))) struct db_tx

/* Pool. The url of opt is copied. */
MUST_USE enum ec db_pool_open(const struct db_opt *opt, struct db_pool **ret, struct err *e);
void db_pool_close(struct db_pool *p); /* all handles must have been given back */
/* Borrows a handle (opens one when none is free); give it back by db_pool_give. */
MUST_USE enum ec db_pool_take(struct db_pool *p, bool read_only, struct db **ret, struct err *e);
void db_pool_give(struct db_pool *p, struct db *db); /* NULL is fine; rolls back what is open */

/* Consistency of the file and of references, for `soko check`. EC_DB with the first finding. */
MUST_USE enum ec db_check(struct db *db, struct err *e);
/* A consistent copy into a new file; EC_CONFLICT when it exists, EC_INPUT on PostgreSQL (pg_dump
 * does it better). */
MUST_USE enum ec db_backup(struct db *db, const char *path, struct err *e);

#endif

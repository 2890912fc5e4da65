/* What the generated statements (db/q_*.c, made by tools/sqlc) are made of. Only they, db/ itself
 * and its tests include this header: the SQL in it was checked when the program was built. */
#ifndef DB_STMT_H
#define DB_STMT_H

#include "db/db.h"

enum db_type { DB_INT, DB_TEXT, DB_REAL, DB_BLOB };

/* A parameter or a result column: where its value stands in the C struct. */
struct db_field {
	const char *name;
	enum db_type type;
	bool null; /* parameter: the missing value is bound as NULL */
	size_t off;
};

/* One statement. Variants differ in ORDER BY only; the index is the `sort` field of the input. */
struct db_stmt {
	const char *name;
	const char *const *sqlite; /* [variants], parameters ?1… */
	const char *const *pg;     /* [variants], parameters $1… */
	size_t variants;
	size_t sort_off; /* of the sort field (an enum) when variants > 1 */
	const struct db_field *in, *out;
	size_t n_in, n_out;
	size_t row_size;
	bool write;
};

/* One migration or derived script, text for each engine. */
struct db_script {
	const char *name;     /* "0001_init" */
	const char *checksum; /* of the file as it stands in sql/, 16 hex digits */
	const char *sqlite, *pg;
};

/* Everything generated from one sql/ tree. */
struct db_set {
	const struct db_script *migrate, *derived;
	const struct db_stmt *const *stmt;
	const char *const *derived_table; /* to be dropped before a rebuild, in this order */
	size_t n_migrate, n_derived, n_stmt, n_derived_table;
};

typedef enum ec (*db_row_fn)(void *user, const void *row);

MUST_USE enum ec db_run_one(struct db *db, struct arena *a, const struct db_stmt *st,
        const void *in, void *ret_row, struct err *e);
/* *ret_v gets a pointer to *ret_n rows in the arena. */
struct db_rows {
	void *v;
	size_t n;
};
MUST_USE enum ec db_run_many(struct db *db, struct arena *a, const struct db_stmt *st,
        const void *in, struct db_rows *ret, struct err *e);
MUST_USE enum ec db_run_exec(struct db *db, const struct db_stmt *st, const void *in,
        int64_t *ret_changed, struct err *e);
/* The row and its texts live until the callback returns; the callback must not use the handle. An
 * answer other than EC_OK ends the scan and is returned with e untouched. */
struct db_each {
	db_row_fn row;
	void *user;
};
MUST_USE enum ec db_run_each(struct db *db, const struct db_stmt *st, const void *in,
        struct db_each each, struct err *e);

#endif

/* Bringing a database to the schema of this program: migrations forward only, each one
 * transaction, recorded; derived tables dropped and made anew when their text changed. */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include "db/db.h"

struct db_set; /* everything generated from one sql/ tree by tools/sqlc */
extern const struct db_set db_set_soko;

struct db_migrate_opt {
	int64_t now;        /* UTC seconds, recorded */
	struct str program; /* version of the program, recorded */
};

struct db_migrated {
	size_t applied;   /* migrations applied by this call */
	bool derived_new; /* derived tables are empty now: rebuild them */
	struct str copy;  /* SQLite: file with the state before, STR_NONE when there was nothing to
	                     save */
};

/* EC_CONFLICT: the database is newer than the program, or an applied migration was changed; the
 * message says which. Before a non-empty SQLite database is changed a copy is made beside it. Two
 * programs may call it at once. */
MUST_USE enum ec db_migrate(struct db *db, struct arena *a, const struct db_set *set,
        const struct db_migrate_opt *opt, struct db_migrated *ret, struct err *e);

/* Checks that the database has exactly the schema of the program and changes nothing; works on a
 * read-only handle. EC_CONFLICT says what to do. */
MUST_USE enum ec db_schema_ok(struct db *db, const struct db_set *set, struct err *e);

/* Name of the last migration applied ("0003_survey"); STR_NONE for an empty database. */
MUST_USE enum ec db_now_version(struct db *db, struct arena *a, struct str *ret, struct err *e);

#endif

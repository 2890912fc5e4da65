/* The store of an installation as the outer layers see it: opened once, brought to the schema of
 * this program, a handle borrowed for each request or job. */
#ifndef CORE_STORE_H
#define CORE_STORE_H

#include "core/ctx.h"

struct store;

struct store_opt {
	const char *url;    /* file name: SQLite; postgres://…: PostgreSQL */
	bool must_exist;    /* do not make a new database */
	int64_t now;        /* UTC seconds, recorded with the migrations applied */
	struct str program; /* version, recorded too */
};

/* The struct lives in the arena; closed by store_close. EC_NOTFOUND, EC_DB; EC_CONFLICT when the
 * database is newer than the program. */
MUST_USE enum ec store_open(
        struct arena *a, const struct store_opt *o, struct store **ret, struct err *e);
void store_close(struct store *s); /* NULL is fine; every handle must have been given back */
void store_close_ptr(struct store **s);
#define AUTO_STORE __attribute__((cleanup(store_close_ptr))) struct store *

/* A handle for one thread until store_give; a read-only one refuses every change. */
MUST_USE enum ec store_take(struct store *s, bool read_only, struct db **ret, struct err *e);
void store_give(struct store *s, struct db *db); /* NULL is fine */

#endif

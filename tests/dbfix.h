/* Databases for tests: a functional test is written once and runs on both engines. */
#ifndef TESTS_DBFIX_H
#define TESTS_DBFIX_H

#include "db/db.h"
#include "db/migrate.h"

/* Runs the test on a fresh, migrated SQLite database in a temporary folder and, when SOKO_PG names
 * a PostgreSQL server (`./test pg` starts one), on a fresh schema there too.
 *	static void body(struct db *db) { … CHECK_OK(…); }
 *	TEST(name_in_words) { dbfix_each(body); } */
void dbfix_each(void (*test)(struct db *db));
/* The same with another set of scripts, NULL: an empty database. */
void dbfix_each_set(const struct db_set *set, void (*test)(struct db *db));
/* The same, but the test opens the connections itself (pools, threads, read-only): url of a fresh,
 * migrated database. */
void dbfix_each_url(const struct db_set *set, void (*test)(const char *url));

#endif

/* Transactions, pools, read-only handles, faults. */
#include "db/engine.h"
#include "dbfix.h"
#include "q_book.h"
#include "sample.h"
#include "test.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static int64_t shelves(struct db *db)
{
	AUTO_ARENA(a, 1 << 20);
	struct err e;
	struct q_shelf_count r = {-1};
	CHECK_OK(q_shelf_count(db, &a, &r, &e));
	return r.n;
}

static enum ec put(struct db *db, const char *name, struct err *e)
{
	AUTO_ARENA(a, 1 << 20);
	struct q_shelf_insert made;
	return q_shelf_insert(db, &a, &(struct q_shelf_insert_in){str_c(name)}, &made, e);
}

static void leave_without_commit(struct db *db)
{
	struct err e;
	AUTO_TX tx = {0};
	CHECK_OK(tx_begin(db, &tx, &e));
	CHECK_OK(put(db, "half", &e));
}

static void rolls_back(struct db *db)
{
	int64_t before = shelves(db);
	leave_without_commit(db);
	CHECK(!db_in_tx(db));
	CHECK_INT(shelves(db), before);
}

TEST(a_transaction_left_without_commit_leaves_nothing)
{
	dbfix_each_set(&db_set_sample, rolls_back);
}

static void refused(struct db *db)
{
	struct err e;
	int64_t before = shelves(db);
	AUTO_TX tx = {0};
	CHECK_OK(tx_begin(db, &tx, &e));
	CHECK_OK(put(db, "twin", &e));
	CHECK_INT(put(db, "twin", &e), EC_CONFLICT);
	CHECK_INT(put(db, "other", &e), EC_DB); /* the same on both engines */
	CHECK_INT(tx_commit(&tx, &e), EC_DB);
	CHECK(!db_in_tx(db));
	CHECK_INT(shelves(db), before);
	CHECK_OK(tx_begin(db, &tx, &e));
	CHECK_OK(put(db, "other", &e));
	CHECK_OK(tx_commit(&tx, &e));
	CHECK_INT(shelves(db), before + 1);
}

TEST(after_a_refused_statement_the_whole_transaction_is_refused)
{
	dbfix_each_set(&db_set_sample, refused);
}

static void snapshot(const char *url)
{
	struct err e;
	AUTO_DB writer = NULL;
	AUTO_DB reader = NULL;
	REQUIRE(db_open(&(struct db_opt){.url = url}, &writer, &e) == EC_OK);
	REQUIRE(db_open(&(struct db_opt){.url = url, .read_only = true}, &reader, &e) == EC_OK);
	CHECK(db_read_only(reader));
	AUTO_TX see = {0};
	CHECK_OK(tx_begin(reader, &see, &e));
	int64_t before = shelves(reader);
	AUTO_TX tx = {0};
	CHECK_OK(tx_begin(writer, &tx, &e)); /* a reader does not hold up the writer */
	CHECK_OK(put(writer, "new", &e));
	CHECK_OK(tx_commit(&tx, &e));
	CHECK_INT(shelves(reader), before);
	CHECK_INT(put(reader, "no", &e), EC_DB);
	tx_rollback(&see);
	CHECK_INT(shelves(reader), before + 1);
}

TEST(a_reader_sees_one_state_and_can_change_nothing)
{
	dbfix_each_url(&db_set_sample, snapshot);
}

#define THREADS 4
#define EACH    25

static void *add_shelves(void *pool)
{
	static _Atomic int turn; /* a test program; names must differ */
	struct err e;
	for (int i = 0; i < EACH; i++) {
		struct db *db = NULL;
		if (!test_check(db_pool_take(pool, false, &db, &e) == EC_OK, __FILE__, __LINE__,
		            "take"))
			return NULL;
		AUTO_TX tx = {0};
		char name[32];
		(void)snprintf(name, sizeof(name), "shelf %d", turn++);
		CHECK_OK(tx_begin(db, &tx, &e));
		CHECK_OK(put(db, name, &e));
		CHECK_OK(tx_commit(&tx, &e));
		db_pool_give(pool, db);
	}
	return NULL;
}

static void crowd(const char *url)
{
	struct err e;
	struct db_pool *pool = NULL;
	REQUIRE(db_pool_open(&(struct db_opt){.url = url}, &pool, &e) == EC_OK);
	struct db *db = NULL;
	REQUIRE(db_pool_take(pool, true, &db, &e) == EC_OK);
	int64_t before = shelves(db);
	pthread_t t[THREADS];
	for (size_t i = 0; i < THREADS; i++)
		REQUIRE(pthread_create(&t[i], NULL, add_shelves, pool) == 0);
	for (size_t i = 0; i < THREADS; i++)
		(void)pthread_join(t[i], NULL);
	CHECK_INT(shelves(db), before + THREADS * EACH);
	db_pool_give(pool, db);
	/* a handle given back with an open transaction is clean when lent again */
	REQUIRE(db_pool_take(pool, false, &db, &e) == EC_OK);
	struct db_tx open = {0};
	CHECK_OK(tx_begin(db, &open, &e));
	CHECK_OK(put(db, "forgotten", &e));
	db_pool_give(pool, db);
	REQUIRE(db_pool_take(pool, false, &db, &e) == EC_OK);
	CHECK(!db_in_tx(db));
	CHECK_INT(shelves(db), before + THREADS * EACH);
	db_pool_give(pool, db);
	db_pool_close(pool);
}

TEST(threads_write_through_a_pool_and_nothing_is_lost)
{
	dbfix_each_url(&db_set_sample, crowd);
}

/* A use case of several statements. */
static enum ec fill_shelf(struct db *db, struct err *e)
{
	AUTO_ARENA(a, 1 << 20);
	AUTO_TX tx = {0};
	TRY(tx_begin(db, &tx, e));
	struct q_shelf_insert shelf;
	TRY(q_shelf_insert(db, &a, &(struct q_shelf_insert_in){STR("fault")}, &shelf, e));
	for (int i = 0; i < 3; i++) {
		struct q_book_insert_in in = {.shelf_id = shelf.id, .title = STR("x"), .year = i};
		struct q_book_insert book;
		TRY(q_book_insert(db, &a, &in, &book, e));
	}
	return tx_commit(&tx, e);
}

static void faults(const char *url)
{
	AUTO_ARENA(a, 1 << 20);
	struct err e;
	AUTO_DB calm = NULL;
	REQUIRE(db_open(&(struct db_opt){.url = url}, &calm, &e) == EC_OK);
	int64_t before = shelves(calm);
	int n = 1;
	for (enum ec ec = EC_DB; ec != EC_OK && n < 100; n++) {
		(void)setenv("SOKO_FAIL", arena_printf(&a, "db:%d", n), 1);
		AUTO_DB db = NULL;
		REQUIRE(db_open(&(struct db_opt){.url = url}, &db, &e) == EC_OK);
		(void)unsetenv("SOKO_FAIL");
		ec = fill_shelf(db, &e);
		struct q_book_stat st;
		CHECK_OK(q_book_stat(calm, &a, &st, &e));
		CHECK_INT(shelves(calm), ec == EC_OK ? before + 1 : before);
		CHECK_INT(st.n, ec == EC_OK ? 3 : 0);
		CHECK_OK(db_check(calm, &e));
	}
	CHECK_INT(n,
	        8); /* begin, shelf, three books, commit fail in turn; the seventh time it works */
}

TEST(whichever_call_fails_everything_or_nothing_is_stored)
{
#ifdef NDEBUG
	SKIP_IF(true, "faults are in debug builds only");
#endif
	dbfix_each_url(&db_set_sample, faults);
}

static void broken_reference(struct db *db)
{
	struct err e;
	CHECK_OK(db_check(db, &e));
	if (db_is_pg(db)) {
		CHECK_INT(db_backup(db, "/tmp/x", &e), EC_INPUT);
		return;
	}
	CHECK_OK(db_script(db,
	        "PRAGMA foreign_keys=OFF; INSERT INTO book (shelf_id, title) VALUES (77, 'x')",
	        &e));
	CHECK_INT(db_check(db, &e), EC_DB);
	CHECK(str_has(str_c(e.msg), STR("book")));
}

TEST(a_check_finds_a_reference_to_nothing)
{
	dbfix_each_set(&db_set_sample, broken_reference);
}

static void copy(const char *url)
{
	AUTO_ARENA(a, 1 << 20);
	struct err e;
	AUTO_DB db = NULL;
	REQUIRE(db_open(&(struct db_opt){.url = url}, &db, &e) == EC_OK);
	if (db_is_pg(db))
		return;
	const char *to = arena_printf(&a, "%s.copy", url);
	CHECK_OK(db_backup(db, to, &e));
	CHECK_INT(db_backup(db, to, &e), EC_CONFLICT);
	AUTO_DB other = NULL;
	REQUIRE(db_open(&(struct db_opt){.url = to, .read_only = true}, &other, &e) == EC_OK);
	CHECK_INT(shelves(other), shelves(db));
}

TEST(a_copy_has_what_the_original_has_and_replaces_nothing)
{
	dbfix_each_url(&db_set_sample, copy);
}

TEST(a_database_that_is_not_there_is_told_not_made)
{
	struct err e;
	struct db *db = NULL;
	CHECK_INT(
	        db_open(&(struct db_opt){.url = "/nonexistent/x.db", .must_exist = true}, &db, &e),
	        EC_NOTFOUND);
	CHECK_INT(db_open(&(struct db_opt){.url = "/nonexistent/x.db"}, &db, &e), EC_DB);
	CHECK_INT(db_open(&(struct db_opt){.url = "host=/nonexistent"}, &db, &e), EC_DB);
	CHECK(db == NULL);
}

/* Ends the other session, as a restart does. */
static void cut(struct db *admin)
{
	struct err e;
	CHECK_OK(db_script(admin,
	        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE "
	        "application_name "
	        "= 'victim'",
	        &e));
}

static void lost(const char *url)
{
	struct err e;
	AUTO_DB db = NULL;
	AUTO_DB admin = NULL;
	REQUIRE(db_open(&(struct db_opt){.url = url}, &admin, &e) == EC_OK);
	if (!db_is_pg(admin))
		return;
	AUTO_ARENA(a, 1 << 20);
	const char *named = arena_printf(&a, "%s application_name=victim", url);
	REQUIRE(db_open(&(struct db_opt){.url = named}, &db, &e) == EC_OK);
	int64_t before = shelves(db);
	cut(admin);
	CHECK_INT(shelves(db), before); /* a read is tried again */
	cut(admin);
	AUTO_TX tx = {0};
	CHECK_OK(tx_begin(db, &tx, &e)); /* and so is the begin of a transaction */
	CHECK_OK(put(db, "first", &e));
	cut(admin);
	CHECK_INT(put(db, "second", &e), EC_DB); /* but not its middle */
	CHECK_INT(tx_commit(&tx, &e), EC_DB);
	CHECK_INT(shelves(db), before);
}

TEST(a_restart_of_the_server_costs_no_request_that_had_not_begun)
{
	dbfix_each_url(&db_set_sample, lost);
}

/* Migrations of the sample set: forward, recorded, all or nothing. */
#include "db/engine.h"
#include "dbfix.h"
#include "q_book.h"
#include "sample.h"
#include "test.h"

static const struct db_migrate_opt opt = {1700000000, STR_INIT("0.1.0")};

static enum ec migrate(struct db *db, struct arena *a, const struct db_set *set,
        struct db_migrated *ret, struct err *e)
{
	*ret = (struct db_migrated){0};
	return db_migrate(db, a, set, &opt, ret, e);
}

static void twice(struct db *db)
{
	AUTO_ARENA(a, 1 << 20);
	struct err e;
	struct db_migrated m;
	struct str version;
	CHECK_OK(db_now_version(db, &a, &version, &e));
	CHECK(version.p == NULL);
	CHECK_INT(db_schema_ok(db, &db_set_sample, &e), EC_CONFLICT);
	CHECK_OK(migrate(db, &a, &db_set_sample, &m, &e));
	CHECK_INT(m.applied, 2);
	CHECK(m.derived_new);
	CHECK(m.copy.p == NULL); /* there was nothing to lose */
	CHECK_OK(migrate(db, &a, &db_set_sample, &m, &e));
	CHECK_INT(m.applied, 0);
	CHECK(!m.derived_new);
	CHECK_OK(db_now_version(db, &a, &version, &e));
	CHECK_STR(version, STR("0002_loan"));
	CHECK_OK(db_schema_ok(db, &db_set_sample, &e));
}

TEST(a_second_migration_finds_nothing_to_do)
{
	dbfix_each_set(NULL, twice);
}

static void old_to_new(const char *url)
{
	AUTO_ARENA(a, 1 << 20);
	struct err e;
	struct db_migrated m;
	struct db_set old = db_set_sample;
	old.n_migrate = 1;
	AUTO_DB db = NULL;
	REQUIRE(db_open(&(struct db_opt){.url = url}, &db, &e) == EC_OK);
	CHECK_OK(migrate(db, &a, &old, &m, &e));
	AUTO_TX tx = {0};
	struct q_shelf_insert shelf;
	CHECK_OK(tx_begin(db, &tx, &e));
	CHECK_OK(q_shelf_insert(db, &a, &(struct q_shelf_insert_in){STR("old")}, &shelf, &e));
	CHECK_OK(tx_commit(&tx, &e));
	CHECK_OK(migrate(db, &a, &db_set_sample, &m, &e));
	CHECK_INT(m.applied, 1);
	CHECK(!m.derived_new);
	struct q_shelf_count n;
	CHECK_OK(q_shelf_count(db, &a, &n, &e));
	CHECK_INT(n.n, 2); /* the old one, and the one 0002 adds */
	/* the old program meets the newer database */
	CHECK_INT(migrate(db, &a, &old, &m, &e), EC_CONFLICT);
	CHECK(str_has(str_c(e.msg), STR("0002_loan")));
	if (db_is_pg(db))
		return;
	AUTO_DB copy = NULL;
	REQUIRE(db_migrate(db, &a, &db_set_sample, &opt, &m, &e) == EC_OK);
	const char *path = arena_printf(&a, "%s.before-0002_loan-1700000000", url);
	REQUIRE(db_open(&(struct db_opt){.url = path, .read_only = true}, &copy, &e) == EC_OK);
	CHECK_OK(q_shelf_count(copy, &a, &n, &e));
	CHECK_INT(n.n, 1);
}

TEST(an_old_database_keeps_its_rows_and_leaves_a_copy)
{
	dbfix_each_url(NULL, old_to_new);
}

static void changed(struct db *db)
{
	AUTO_ARENA(a, 1 << 20);
	struct err e;
	struct db_migrated m;
	struct db_script script[2] = {db_set_sample.migrate[0], db_set_sample.migrate[1]};
	struct db_set set = db_set_sample;
	set.migrate = script;
	script[0].checksum = "0000000000000000";
	CHECK_INT(migrate(db, &a, &set, &m, &e), EC_CONFLICT);
	CHECK(str_has(str_c(e.msg), STR("0001_shelf")));
	CHECK_INT(db_schema_ok(db, &set, &e), EC_CONFLICT);
}

TEST(a_migration_changed_after_it_was_applied_is_refused)
{
	dbfix_each_set(&db_set_sample, changed);
}

static void half(struct db *db)
{
	AUTO_ARENA(a, 1 << 20);
	struct err e;
	struct db_migrated m;
	static const char bad[] = "CREATE TABLE half (id BIGINT); INSERT INTO nowhere VALUES (1)";
	struct db_script script[3] = {
	        db_set_sample.migrate[0], db_set_sample.migrate[1], {"0003_bad", "1", bad, bad}};
	struct db_set set = db_set_sample;
	set.migrate = script;
	set.n_migrate = 3;
	CHECK_INT(migrate(db, &a, &set, &m, &e), EC_DB);
	CHECK(str_has(str_c(e.msg), STR("0003_bad")));
	struct str version;
	CHECK_OK(db_now_version(db, &a, &version, &e));
	CHECK_STR(version, STR("0002_loan"));
	CHECK_OK(db_script(db, "CREATE TABLE half (id BIGINT)", &e)); /* it is not there */
}

TEST(a_migration_that_fails_leaves_the_state_before_it)
{
	dbfix_each_set(NULL, half);
}

static void derived(struct db *db)
{
	AUTO_ARENA(a, 1 << 20);
	struct err e;
	struct db_migrated m;
	AUTO_TX tx = {0};
	CHECK_OK(tx_begin(db, &tx, &e));
	CHECK_OK(q_shelf_size_put(db, &(struct q_shelf_size_put_in){1, 5}, &e));
	CHECK_OK(tx_commit(&tx, &e));
	struct db_script script = db_set_sample.derived[0];
	script.checksum = "another";
	struct db_set set = db_set_sample;
	set.derived = &script;
	CHECK_OK(migrate(db, &a, &set, &m, &e));
	CHECK_INT(m.applied, 0);
	CHECK(m.derived_new);
	struct q_shelf_size_count n;
	CHECK_OK(q_shelf_size_count(db, &a, &n, &e));
	CHECK_INT(n.n, 0); /* empty: to be rebuilt */
	CHECK_OK(migrate(db, &a, &set, &m, &e));
	CHECK(!m.derived_new);
}

TEST(derived_tables_are_made_anew_when_their_text_changed)
{
	dbfix_each_set(&db_set_sample, derived);
}

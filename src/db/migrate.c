#include "db/migrate.h"

#include "base/limits.h"
#include "base/secret.h"
#include "db/engine.h"

#include <stddef.h>
#include <string.h>

/* Statements of this file are written by hand: their tables exist before any migration. BIGINT is
 * an integer to both engines. */
static const char make_tables[] =
        "CREATE TABLE IF NOT EXISTS schema_migration (name TEXT PRIMARY KEY, checksum TEXT NOT "
        "NULL, applied_at BIGINT NOT NULL, program TEXT NOT NULL);"
        "CREATE TABLE IF NOT EXISTS schema_derived (name TEXT PRIMARY KEY, version TEXT NOT NULL)";

#define SAME_TEXT(id, text) static const char *const id[] = {text}

struct done_row {
	struct str name, checksum;
};
static const struct db_field done_out[] = {
        {"name", DB_TEXT, false, offsetof(struct done_row, name)},
        {"checksum", DB_TEXT, false, offsetof(struct done_row, checksum)},
};
SAME_TEXT(done_sql, "SELECT name, checksum FROM schema_migration ORDER BY name");
static const struct db_stmt done_stmt = {.name = "schema_migration",
        .sqlite = done_sql,
        .pg = done_sql,
        .variants = 1,
        .out = done_out,
        .n_out = 2,
        .row_size = sizeof(struct done_row)};

SAME_TEXT(derived_sql, "SELECT name, version FROM schema_derived ORDER BY name");
static const struct db_stmt derived_stmt = {.name = "schema_derived",
        .sqlite = derived_sql,
        .pg = derived_sql,
        .variants = 1,
        .out = done_out, /* same shape: a name and what it was made of */
        .n_out = 2,
        .row_size = sizeof(struct done_row)};

struct note_in {
	struct str name, checksum, program;
	int64_t at;
};
static const struct db_field note_fields[] = {
        {"name", DB_TEXT, false, offsetof(struct note_in, name)},
        {"checksum", DB_TEXT, false, offsetof(struct note_in, checksum)},
        {"at", DB_INT, false, offsetof(struct note_in, at)},
        {"program", DB_TEXT, false, offsetof(struct note_in, program)},
};
static const char *const note_sqlite[] = {"INSERT INTO schema_migration (name, checksum, "
                                          "applied_at, program) VALUES (?1, ?2, ?3, ?4)"};
static const char *const note_pg[] = {"INSERT INTO schema_migration (name, checksum, applied_at, "
                                      "program) VALUES ($1, $2, $3, $4)"};
static const struct db_stmt note_stmt = {.name = "schema_migration_insert",
        .sqlite = note_sqlite,
        .pg = note_pg,
        .variants = 1,
        .in = note_fields,
        .n_in = 4,
        .write = true};
static const char *const note_derived_sqlite[] = {
        "INSERT INTO schema_derived (name, version) VALUES (?1, ?2)"};
static const char *const note_derived_pg[] = {
        "INSERT INTO schema_derived (name, version) VALUES ($1, $2)"};
static const struct db_stmt note_derived_stmt = {.name = "schema_derived_insert",
        .sqlite = note_derived_sqlite,
        .pg = note_derived_pg,
        .variants = 1,
        .in = note_fields,
        .n_in = 2,
        .write = true};

struct table_row {
	int64_t n;
};
static const struct db_field table_out[] = {{"n", DB_INT, false, offsetof(struct table_row, n)}};
static const char *const table_sqlite[] = {
        "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'schema_migration'"};
static const char *const table_pg[] = {
        "SELECT COUNT(*) FROM pg_class WHERE oid = to_regclass('schema_migration')"};
static const struct db_stmt table_stmt = {.name = "schema_table",
        .sqlite = table_sqlite,
        .pg = table_pg,
        .variants = 1,
        .out = table_out,
        .n_out = 1,
        .row_size = sizeof(struct table_row)};

/* Rows of schema_migration; none when the table is not there yet. */
static enum ec read_done(struct db *db, struct arena *a, struct db_rows *ret, struct err *e)
{
	struct table_row has;
	TRY(db_run_one(db, a, &table_stmt, NULL, &has, e));
	*ret = (struct db_rows){NULL, 0};
	return has.n == 0 ? EC_OK : db_run_many(db, a, &done_stmt, NULL, ret, e);
}

/* Applied migrations must be the first ones of the program, unchanged. */
static enum ec compare(const struct db_set *set, struct db_rows done, struct err *e)
{
	const struct done_row *row = done.v;
	for (size_t i = 0; i < done.n; i++) {
		if (i >= set->n_migrate || !str_eq_z(row[i].name, set->migrate[i].name))
			return err_set(e, EC_CONFLICT,
			        "база данных новее программы: изменение схемы " STR_FMT
			        " ей не известно; установите новую версию soko",
			        STR_ARG(row[i].name));
		if (!str_eq_z(row[i].checksum, set->migrate[i].checksum))
			return err_set(e, EC_CONFLICT,
			        "изменение схемы %s уже применено, но его текст в программе другой",
			        set->migrate[i].name);
	}
	return EC_OK;
}

/* Applies the next migration; *ret_more is false when there was none. */
static enum ec step(struct db *db, const struct db_set *set, const struct db_migrate_opt *opt,
        bool *ret_more, struct err *e)
{
	AUTO_ARENA(a, MIB);
	AUTO_TX tx = {0};
	TRY(tx_begin(db, &tx, e)); /* two servers that start together take turns */
	TRY(db_script(db, make_tables, e));
	struct db_rows done;
	TRY(read_done(db, &a, &done, e));
	TRY(compare(set, done, e));
	bool more = done.n < set->n_migrate;
	if (more) {
		const struct db_script *m = &set->migrate[done.n];
		if (db_script(db, db_is_pg(db) ? m->pg : m->sqlite, e) != EC_OK)
			return err_wrap(e, "изменение схемы %s", m->name);
		struct note_in in = {str_c(m->name), str_c(m->checksum), opt->program, opt->now};
		TRY(db_run_exec(db, &note_stmt, &in, NULL, e));
	}
	TRY(tx_commit(&tx, e));
	*ret_more = more;
	return EC_OK;
}

static struct str derived_version(struct arena *a, const struct db_set *set)
{
	struct str all = STR("");
	for (size_t i = 0; i < set->n_derived; i++)
		all = str_cat(a, all, str_c(set->derived[i].checksum));
	return str_sub(secret_hash_hex(a, all), 0, 16);
}

static enum ec drop_derived(struct db *db, struct arena *a, struct db_rows have, struct err *e)
{
	const struct done_row *row = have.v;
	for (size_t i = 0; i < have.n; i++) /* names made by sqlc: letters and '_' */
		TRY(db_script(db,
		        arena_printf(a, "DROP TABLE IF EXISTS " STR_FMT, STR_ARG(row[i].name)), e));
	return db_script(db, "DELETE FROM schema_derived", e);
}

static enum ec make_derived(
        struct db *db, const struct db_set *set, struct str version, struct err *e)
{
	for (size_t i = 0; i < set->n_derived; i++) {
		const struct db_script *s = &set->derived[i];
		if (db_script(db, db_is_pg(db) ? s->pg : s->sqlite, e) != EC_OK)
			return err_wrap(e, "производные таблицы %s", s->name);
	}
	for (size_t i = 0; i < set->n_derived_table; i++) {
		struct note_in in = {.name = str_c(set->derived_table[i]), .checksum = version};
		TRY(db_run_exec(db, &note_derived_stmt, &in, NULL, e));
	}
	return EC_OK;
}

static enum ec derive(
        struct db *db, struct arena *a, const struct db_set *set, bool *ret_new, struct err *e)
{
	AUTO_TX tx = {0};
	TRY(tx_begin(db, &tx, e));
	struct db_rows have;
	TRY(db_run_many(db, a, &derived_stmt, NULL, &have, e));
	struct str want = derived_version(a, set);
	const struct done_row *row = have.v;
	bool same = have.n == set->n_derived_table;
	for (size_t i = 0; i < have.n; i++)
		same = same && str_eq(row[i].checksum, want);
	if (!same) {
		TRY(drop_derived(db, a, have, e));
		TRY(make_derived(db, set, want, e));
	}
	*ret_new = !same;
	return tx_commit(&tx, e);
}

enum ec db_migrate(struct db *db, struct arena *a, const struct db_set *set,
        const struct db_migrate_opt *opt, struct db_migrated *ret, struct err *e)
{
	struct db_migrated out = {0};
	struct db_rows done;
	TRY(read_done(db, a, &done, e));
	TRY(compare(set, done, e));
	if (done.n > 0 && done.n < set->n_migrate && !db_is_pg(db) && db->url[0] != ':') {
		const char *copy = arena_printf(a, "%s.before-%s-%lld", db->url,
		        set->migrate[done.n].name, (long long)opt->now);
		if (db_backup(db, copy, e) != EC_OK)
			return err_wrap(e, "копия перед изменением схемы");
		out.copy = str_c(copy);
	}
	for (bool more = true; more; out.applied += more)
		TRY(step(db, set, opt, &more, e));
	TRY(derive(db, a, set, &out.derived_new, e));
	*ret = out;
	return EC_OK;
}

enum ec db_schema_ok(struct db *db, const struct db_set *set, struct err *e)
{
	AUTO_ARENA(a, MIB);
	struct db_rows done;
	TRY(read_done(db, &a, &done, e));
	TRY(compare(set, done, e));
	if (done.n < set->n_migrate)
		return err_set(e, EC_CONFLICT,
		        "база данных старее программы: нет изменения схемы %s; запустите `soko "
		        "migrate`",
		        set->migrate[done.n].name);
	return EC_OK;
}

enum ec db_now_version(struct db *db, struct arena *a, struct str *ret, struct err *e)
{
	struct db_rows done;
	TRY(read_done(db, a, &done, e));
	const struct done_row *row = done.v;
	*ret = done.n == 0 ? STR_NONE : row[done.n - 1].name;
	return EC_OK;
}

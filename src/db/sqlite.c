#include "db/engine.h"
#include "db/sqlite_fn.h"

#include "base/limits.h"

#include <math.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

static enum ec fail(struct db *db, const char *what, struct err *e)
{
	db->failed = true;
	sqlite3 *c = db->conn;
	int rc = sqlite3_extended_errcode(c);
	const char *why = sqlite3_errmsg(c);
	switch (rc) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
		return err_set(e, EC_CONFLICT, "такая запись уже есть (%s: %s)", what, why);
	case SQLITE_CONSTRAINT_FOREIGNKEY:
		return err_set(
		        e, EC_CONFLICT, "связанной записи нет или она нужна другим (%s)", what);
	case SQLITE_CONSTRAINT_CHECK:
	case SQLITE_CONSTRAINT_NOTNULL:
		return err_set(e, EC_INPUT, "недопустимое значение (%s: %s)", what, why);
	default:
		break;
	}
	if ((rc & 0xFF) == SQLITE_BUSY)
		return err_set(e, EC_DB, "база данных занята другой программой (%s)", what);
	return err_set(e, EC_DB, "база данных: %s: %s", what, why);
}

static enum ec script(struct db *db, const char *sql, struct err *e)
{
	if (sqlite3_exec(db->conn, sql, NULL, NULL, NULL) == SQLITE_OK)
		return EC_OK;
	char head[48];
	size_t n = strcspn(sql, "\n(");
	if (n >= sizeof(head))
		n = sizeof(head) - 1;
	memcpy(head, sql, n);
	head[n] = '\0';
	return fail(db, head, e);
}

static enum ec open_file(struct db *db, const struct db_opt *opt, struct err *e)
{
	if (opt->read_only || opt->must_exist)
		if (access(opt->url, F_OK) != 0 && strcmp(opt->url, ":memory:") != 0)
			return err_set(e, EC_NOTFOUND, "нет файла базы данных %s", opt->url);
	int flags =
	        opt->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	sqlite3 *c = NULL;
	int rc = sqlite3_open_v2(
	        opt->url, &c, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
	db->conn = c;
	if (rc != SQLITE_OK)
		return err_set(e, EC_DB, "%s: %s", opt->url, sqlite3_errstr(rc));
	(void)sqlite3_busy_timeout(c, opt->busy_ms > 0 ? opt->busy_ms : 10000);
	(void)sqlite3_db_config(c, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	(void)sqlite3_db_config(c, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	(void)sqlite3_db_config(c, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	if (sqlite_fn_add(c) != SQLITE_OK)
		return fail(db, opt->url, e);
	/* FULL: what was acknowledged survives a power cut. Blobs of protocols: large pages. */
	static const char both[] = "PRAGMA foreign_keys=ON;PRAGMA trusted_schema=OFF;"
	                           "PRAGMA mmap_size=1073741824;PRAGMA cache_size=-65536;"
	                           "PRAGMA temp_store=MEMORY;";
	if (!opt->read_only)
		TRY(script(db,
		        "PRAGMA page_size=16384;PRAGMA journal_mode=WAL;"
		        "PRAGMA synchronous=FULL;",
		        e));
	return script(db, both, e);
}

static void close_file(struct db *db)
{
	for (size_t i = 0; i < db->n_slot; i++)
		if (db->slot[i].st != NULL)
			(void)sqlite3_finalize(db->slot[i].prepared);
	(void)sqlite3_close(db->conn);
}

static enum ec prepare(struct db *db, struct db_slot *slot, struct err *e)
{
	sqlite3_stmt *s = NULL;
	const char *sql = slot->st->sqlite[slot->variant];
	if (sqlite3_prepare_v3(db->conn, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL) != SQLITE_OK)
		return fail(db, slot->st->name, e);
	slot->prepared = s;
	return EC_OK;
}

static int bind_str(sqlite3_stmt *s, int i, const struct db_field *f, struct str v)
{
	if (v.p == NULL && f->null)
		return sqlite3_bind_null(s, i);
	const char *p = v.p == NULL ? "" : v.p;
	if (f->type == DB_BLOB)
		return sqlite3_bind_blob64(s, i, p, v.n, SQLITE_STATIC);
	return sqlite3_bind_text64(s, i, p, v.n, SQLITE_STATIC, SQLITE_UTF8);
}

static int bind(sqlite3_stmt *s, int i, const struct db_field *f, const void *in)
{
	switch (f->type) {
	case DB_INT: {
		int64_t v = db_in_int(f, in);
		return f->null && v == DB_NULL_INT ? sqlite3_bind_null(s, i)
		                                   : sqlite3_bind_int64(s, i, v);
	}
	case DB_REAL: /* SQLite stores NaN as NULL anyway */
		return sqlite3_bind_double(s, i, db_in_real(f, in));
	case DB_TEXT:
	case DB_BLOB:
		return bind_str(s, i, f, db_in_str(f, in));
	}
	return SQLITE_MISUSE;
}

/* A text or blob that is not NULL; false when the arena is full. */
static bool cell_str(sqlite3_stmt *s, int i, enum db_type type, struct arena *a, struct str *ret)
{
	const char *p = type == DB_BLOB ? (const char *)sqlite3_column_blob(s, i)
	                                : (const char *)sqlite3_column_text(s, i);
	struct str v = {p, (size_t)sqlite3_column_bytes(s, i)};
	if (p == NULL) /* an empty blob has no address, but it is not NULL */
		v = STR("");
	if (!db_room(a, v.n))
		return false;
	*ret = a == NULL ? v : str_dup(a, v);
	return true;
}

static bool cell(sqlite3_stmt *s, int i, const struct db_field *f, void *row, struct arena *a)
{
	bool null = sqlite3_column_type(s, i) == SQLITE_NULL;
	switch (f->type) {
	case DB_INT:
		*(int64_t *)db_out(f, row) = null ? DB_NULL_INT : sqlite3_column_int64(s, i);
		return true;
	case DB_REAL:
		*(double *)db_out(f, row) = null ? (double)NAN : sqlite3_column_double(s, i);
		return true;
	case DB_TEXT:
	case DB_BLOB:
		return null || cell_str(s, i, f->type, a, db_out(f, row));
	}
	return false;
}

static enum ec give_row(sqlite3_stmt *s, struct db_call *call, bool *stop, struct err *e)
{
	const struct db_stmt *st = call->st;
	void *row = call->sink->place(call->sink);
	if (row == NULL)
		return db_too_large(st, e);
	for (size_t i = 0; i < st->n_out; i++) {
		/* a place may be used again: a NULL text must not keep the last one */
		if (st->out[i].type == DB_TEXT || st->out[i].type == DB_BLOB)
			*(struct str *)db_out(&st->out[i], row) = STR_NONE;
		if (!cell(s, (int)i, &st->out[i], row, call->sink->a))
			return db_too_large(st, e);
	}
	return call->sink->row(call->sink, stop);
}

static enum ec rows(struct db *db, sqlite3_stmt *s, struct db_call *call, struct err *e)
{
	for (bool stop = false; !stop;) {
		int rc = sqlite3_step(s);
		if (rc == SQLITE_DONE)
			break;
		if (rc != SQLITE_ROW)
			return fail(db, call->st->name, e);
		if (call->sink != NULL)
			TRY(give_row(s, call, &stop, e));
	}
	call->changed = sqlite3_changes64(db->conn);
	return EC_OK;
}

static enum ec run(struct db *db, struct db_call *call, struct err *e)
{
	sqlite3_stmt *s = call->slot->prepared;
	enum ec ec = EC_OK;
	for (size_t i = 0; i < call->st->n_in && ec == EC_OK; i++)
		if (bind(s, (int)i + 1, &call->st->in[i], call->in) != SQLITE_OK)
			ec = fail(db, call->st->name, e);
	if (ec == EC_OK)
		ec = rows(db, s, call, e);
	(void)sqlite3_reset(s); /* its code repeats the error above */
	(void)sqlite3_clear_bindings(s);
	return ec;
}

struct finding {
	char text[200];
	bool bad;
};

static int integrity_row(void *user, int n, char **v, char **name)
{
	(void)n, (void)name;
	struct finding *f = user;
	if (v[0] != NULL && strcmp(v[0], "ok") == 0)
		return 0;
	f->bad = true;
	(void)sqlite3_snprintf((int)sizeof(f->text), f->text, "%s", v[0] == NULL ? "" : v[0]);
	return 1;
}

static int reference_row(void *user, int n, char **v, char **name)
{
	(void)n, (void)name;
	struct finding *f = user;
	f->bad = true;
	(void)sqlite3_snprintf((int)sizeof(f->text), f->text,
	        "таблица %s, строка %s: нет записи в %s", v[0], v[1] == NULL ? "?" : v[1], v[2]);
	return 1;
}

static enum ec check(struct db *db, struct err *e)
{
	struct finding f = {.bad = false};
	int rc = sqlite3_exec(db->conn, "PRAGMA integrity_check(1)", integrity_row, &f, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(db->conn, "PRAGMA foreign_key_check", reference_row, &f, NULL);
	if (f.bad)
		return err_set(e, EC_DB, "%s", f.text);
	return rc == SQLITE_OK ? EC_OK : fail(db, "проверка", e);
}

static enum ec backup(struct db *db, const char *path, struct err *e)
{
	if (access(path, F_OK) == 0)
		return err_set(e, EC_CONFLICT, "файл %s уже есть", path);
	sqlite3_stmt *s = NULL;
	int rc = sqlite3_prepare_v2(db->conn, "VACUUM INTO ?1", -1, &s, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_text(s, 1, path, -1, SQLITE_STATIC);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(s);
	enum ec ec = rc == SQLITE_DONE ? EC_OK : fail(db, path, e);
	(void)sqlite3_finalize(s);
	return ec;
}

const struct db_engine db_engine_sqlite = {
        .open = open_file,
        .close = close_file,
        .prepare = prepare,
        .run = run,
        .script = script,
        .check = check,
        .backup = backup,
        .begin = "BEGIN IMMEDIATE",
        .begin_read = "BEGIN",
};

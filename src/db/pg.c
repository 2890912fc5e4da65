#include "db/engine.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/num.h"

#include <endian.h>
#include <libpq-fe.h>
#include <math.h>
#include <string.h>

/* Types of PostgreSQL by their fixed numbers (src/include/catalog/pg_type.dat). */
enum {
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_INT8 = 20,
	OID_INT2 = 21,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_FLOAT4 = 700,
	OID_FLOAT8 = 701,
	OID_BPCHAR = 1042,
	OID_VARCHAR = 1043,
	OID_NUMERIC = 1700,
};

static enum ec fail(struct db *db, const PGresult *r, const char *what, struct err *e)
{
	static const struct {
		const char *state;
		enum ec ec;
		const char *why;
	} known[] = {
	        {"23505", EC_CONFLICT, "такая запись уже есть"},
	        {"23503", EC_CONFLICT, "связанной записи нет или она нужна другим"},
	        {"23502", EC_INPUT, "недопустимое значение"},
	        {"23514", EC_INPUT, "недопустимое значение"},
	        {"40001", EC_CONFLICT, "запись только что изменил другой"},
	        {"40P01", EC_CONFLICT, "запись только что изменил другой"},
	        {"55P03", EC_DB, "база данных занята"},
	};
	db->failed = true;
	if (PQstatus(db->conn) != CONNECTION_OK)
		db->broken = true;
	const char *state = r == NULL ? NULL : PQresultErrorField(r, PG_DIAG_SQLSTATE);
	const char *why = r == NULL ? NULL : PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
	for (size_t i = 0; state != NULL && i < ARRAY_LEN(known); i++)
		if (strcmp(state, known[i].state) == 0)
			return err_set(e, known[i].ec, "%s (%s: %s)", known[i].why, what,
			        why == NULL ? state : why);
	if (why == NULL)
		why = PQerrorMessage(db->conn);
	return err_set(e, EC_DB, "база данных: %s: %s", what, why);
}

static void result_clear(PGresult **r)
{
	PQclear(*r);
}
#define AUTO_RESULT __attribute__((cleanup(result_clear))) PGresult

static bool went_well(const PGresult *r)
{
	ExecStatusType st = PQresultStatus(r);
	return st == PGRES_COMMAND_OK || st == PGRES_TUPLES_OK || st == PGRES_SINGLE_TUPLE;
}

static enum ec script(struct db *db, const char *sql, struct err *e)
{
	AUTO_RESULT *r = PQexec(db->conn, sql);
	if (!went_well(r)) {
		char head[48] = {0};
		memcpy(head, sql, strnlen(sql, sizeof(head) - 1));
		return fail(db, r, head, e);
	}
	/* COMMIT of a failed transaction is a polite ROLLBACK */
	if (strcmp(sql, "COMMIT") == 0 && strcmp(PQcmdStatus(r), "ROLLBACK") == 0)
		return err_set(e, EC_DB, "база данных отменила изменения");
	return EC_OK;
}

static void quiet(void *user, const char *message)
{
	(void)user, (void)message;
}

/* Settings of a new session. */
static enum ec greet(struct db *db, struct err *e)
{
	PGconn *c = db->conn;
	if (PQstatus(c) != CONNECTION_OK)
		return err_set(e, EC_DB, "PostgreSQL: %s", PQerrorMessage(c));
	(void)PQsetNoticeProcessor(c, quiet, NULL);
	if (PQsetClientEncoding(c, "UTF8") != 0)
		return err_set(e, EC_DB, "PostgreSQL: %s", PQerrorMessage(c));
	AUTO_ARENA(a, 64 * KIB);
	return script(db,
	        arena_printf(&a,
	                "SET lock_timeout = %d; SET "
	                "default_transaction_read_only = %s",
	                db->busy_ms > 0 ? db->busy_ms : 60000, db->read_only ? "on" : "off"),
	        e);
}

static enum ec open_server(struct db *db, const struct db_opt *opt, struct err *e)
{
	static const char *const key[] = {"dbname", "fallback_application_name", NULL};
	const char *const value[] = {opt->url, "soko", NULL};
	db->conn = PQconnectdbParams(key, value, 1);
	return greet(db, e);
}

static enum ec reopen(struct db *db, struct err *e)
{
	PQreset(db->conn);
	return greet(db, e);
}

static void close_server(struct db *db)
{
	PQfinish(db->conn); /* NULL is fine */
}

/* ---- prepare ---- */

/* Can a column of this type be read into this C type? */
static bool fits(enum db_type type, Oid oid)
{
	switch (type) {
	case DB_INT:
		return oid == OID_INT8 || oid == OID_INT4 || oid == OID_INT2 || oid == OID_BOOL ||
		       oid == OID_NUMERIC;
	case DB_REAL:
		return oid == OID_FLOAT8 || oid == OID_FLOAT4 || oid == OID_INT8 ||
		       oid == OID_INT4 || oid == OID_NUMERIC;
	case DB_TEXT:
		return oid == OID_TEXT || oid == OID_VARCHAR || oid == OID_BPCHAR;
	case DB_BLOB:
		return oid == OID_BYTEA;
	}
	return false;
}

static enum ec check_columns(
        struct db *db, const char *name, const struct db_stmt *st, struct err *e)
{
	AUTO_RESULT *r = PQdescribePrepared(db->conn, name);
	if (!went_well(r))
		return fail(db, r, st->name, e);
	if (PQnfields(r) != (int)st->n_out)
		return err_set(e, EC_DB, "%s: %d columns, %zu expected", st->name, PQnfields(r),
		        st->n_out);
	for (size_t i = 0; i < st->n_out; i++)
		if (!fits(st->out[i].type, PQftype(r, (int)i)))
			return err_set(e, EC_DB,
			        "%s: column %s has type %u in PostgreSQL: add a CAST", st->name,
			        st->out[i].name, PQftype(r, (int)i));
	return EC_OK;
}

static enum ec prepare(struct db *db, struct db_slot *slot, struct err *e)
{
	static const Oid oid[] = {[DB_INT] = OID_INT8,
	        [DB_TEXT] = OID_TEXT,
	        [DB_REAL] = OID_FLOAT8,
	        [DB_BLOB] = OID_BYTEA};
	AUTO_ARENA(a, MIB);
	const struct db_stmt *st = slot->st;
	Oid *types = arena_new(&a, Oid, st->n_in);
	for (size_t i = 0; i < st->n_in; i++)
		types[i] = oid[st->in[i].type];
	char *name = arena_printf(&db->mem, "s%zu", db->n_used);
	AUTO_RESULT *r = PQprepare(db->conn, name, st->pg[slot->variant], (int)st->n_in, types);
	if (!went_well(r))
		return fail(db, r, st->name, e);
	slot->prepared = name;
	return check_columns(db, name, st, e);
}

/* ---- parameters: all binary ---- */

struct params {
	const char **value;
	int *length, *format;
	uint64_t *word; /* numbers in network order */
};

static void bind(struct params *p, size_t i, const struct db_field *f, const void *in)
{
	p->format[i] = 1;
	if (f->type == DB_INT || f->type == DB_REAL) {
		int64_t v = 0;
		double d = 0;
		if (f->type == DB_INT)
			v = db_in_int(f, in);
		else
			d = db_in_real(f, in);
		/* NaN is "no number" in both engines, never a stored NaN */
		if (f->type == DB_INT ? f->null && v == DB_NULL_INT : isnan(d))
			return;
		if (f->type == DB_REAL)
			memcpy(&v, &d, sizeof(v));
		p->word[i] = htobe64((uint64_t)v);
		p->value[i] = (const char *)&p->word[i];
		p->length[i] = 8;
		return;
	}
	struct str s = db_in_str(f, in);
	if (s.p == NULL && f->null)
		return;
	p->value[i] = s.p == NULL ? "" : s.p;
	p->length[i] = (int)s.n;
}

static enum ec bind_all(
        struct arena *a, const struct db_call *call, struct params *ret, struct err *e)
{
	const struct db_stmt *st = call->st;
	*ret = (struct params){arena_new(a, const char *, st->n_in), arena_new(a, int, st->n_in),
	        arena_new(a, int, st->n_in), arena_new(a, uint64_t, st->n_in)};
	for (size_t i = 0; i < st->n_in; i++) {
		bool text = st->in[i].type == DB_TEXT || st->in[i].type == DB_BLOB;
		if (text && db_in_str(&st->in[i], call->in).n > GIB - MIB)
			return err_set(e, EC_LIMIT, "%s: больше 1 ГБ в одном значении", st->name);
		bind(ret, i, &st->in[i], call->in);
	}
	return EC_OK;
}

/* ---- results: all binary ---- */

static int16_t be_i16(const char *p)
{
	uint16_t v;
	memcpy(&v, p, sizeof(v));
	return (int16_t)be16toh(v);
}

static int32_t be_i32(const char *p)
{
	uint32_t v;
	memcpy(&v, p, sizeof(v));
	return (int32_t)be32toh(v);
}

static int64_t be_i64(const char *p)
{
	uint64_t v;
	memcpy(&v, p, sizeof(v));
	return (int64_t)be64toh(v);
}

/* numeric: groups of four decimal digits, as in src/backend/utils/adt/numeric.c numeric_send. */
static bool numeric_text(const char *p, int n, struct arena *a, struct str *ret)
{
	if (n < 8)
		return false;
	int groups = be_i16(p);
	int weight = be_i16(p + 2);
	uint16_t sign = (uint16_t)be_i16(p + 4);
	if (n < 8 + 2 * groups || (sign != 0 && sign != 0x4000) || weight > 1000 || weight < -1000)
		return false;
	struct buf b;
	buf_init(&b, a, 64 * KIB);
	if (sign != 0)
		buf_byte(&b, '-');
	buf_byte(&b, '0');
	int last = weight > groups - 1 ? weight : groups - 1;
	for (int i = weight < 0 ? weight + 1 : 0; i <= last; i++) {
		if (i == weight + 1)
			buf_byte(&b, '.');
		buf_printf(&b, "%04d", i < 0 || i >= groups ? 0 : be_i16(p + 8 + 2 * (ptrdiff_t)i));
	}
	*ret = buf_str(&b);
	return true;
}

static bool cell_int(const char *p, int n, Oid oid, int64_t *ret)
{
	switch (oid) {
	case OID_BOOL:
		*ret = p[0] != 0;
		return true;
	case OID_INT2:
		*ret = be_i16(p);
		return true;
	case OID_INT4:
		*ret = be_i32(p);
		return true;
	case OID_INT8:
		*ret = be_i64(p);
		return true;
	default: {
		AUTO_ARENA(a, MIB);
		struct str text;
		return numeric_text(p, n, &a, &text) && num_parse_int(text, ret);
	}
	}
}

static bool cell_real(const char *p, int n, Oid oid, double *ret)
{
	if (oid == OID_FLOAT8) {
		int64_t v = be_i64(p);
		memcpy(ret, &v, sizeof(v));
		return true;
	}
	if (oid == OID_FLOAT4) {
		int32_t v = be_i32(p);
		float f;
		memcpy(&f, &v, sizeof(v));
		*ret = (double)f;
		return true;
	}
	if (oid != OID_NUMERIC) {
		int64_t v = 0;
		bool ok = cell_int(p, n, oid, &v);
		*ret = (double)v;
		return ok;
	}
	AUTO_ARENA(a, MIB);
	struct str text;
	return numeric_text(p, n, &a, &text) && num_parse(text, ret);
}

/* One cell into the C struct; false when the number does not fit. */
static bool cell(const PGresult *r, int row, int i, const struct db_field *f, void *to)
{
	bool null = PQgetisnull(r, row, i) != 0;
	const char *p = PQgetvalue(r, row, i);
	int n = PQgetlength(r, row, i);
	switch (f->type) {
	case DB_INT: {
		int64_t *v = db_out(f, to);
		*v = DB_NULL_INT;
		return null || cell_int(p, n, PQftype(r, i), v);
	}
	case DB_REAL: {
		double *v = db_out(f, to);
		*v = (double)NAN;
		return null || cell_real(p, n, PQftype(r, i), v);
	}
	case DB_TEXT:
	case DB_BLOB:
		*(struct str *)db_out(f, to) = null ? STR_NONE : (struct str){p, (size_t)n};
		return true;
	}
	return false;
}

static enum ec give_row(const PGresult *r, int row, struct db_call *call, bool *stop, struct err *e)
{
	const struct db_stmt *st = call->st;
	struct db_sink *sink = call->sink;
	void *to = sink->place(sink);
	if (to == NULL)
		return db_too_large(st, e);
	for (size_t i = 0; i < st->n_out; i++) {
		const struct db_field *f = &st->out[i];
		if (!cell(r, row, (int)i, f, to))
			return err_set(e, EC_DB, "%s: число в столбце %s не помещается", st->name,
			        f->name);
		if (sink->a != NULL && (f->type == DB_TEXT || f->type == DB_BLOB)) {
			struct str *s = db_out(f, to);
			if (!db_room(sink->a, s->n))
				return db_too_large(st, e);
			if (s->p != NULL)
				*s = s->n == 0 ? STR("") : str_dup(sink->a, *s);
		}
	}
	return sink->row(sink, stop);
}

static enum ec run_whole(struct db *db, struct db_call *call, const struct params *p, struct err *e)
{
	const struct db_stmt *st = call->st;
	AUTO_RESULT *r = PQexecPrepared(
	        db->conn, call->slot->prepared, (int)st->n_in, p->value, p->length, p->format, 1);
	if (!went_well(r))
		return fail(db, r, st->name, e);
	bool stop = false;
	for (int i = 0; call->sink != NULL && i < PQntuples(r) && !stop; i++)
		TRY(give_row(r, i, call, &stop, e));
	if (!num_parse_int(str_c(PQcmdTuples(r)), &call->changed))
		call->changed = 0;
	return EC_OK;
}

/* Rows as they come, for scans that do not fit into memory. The rest of a scan left early is read
 * and dropped: cancelling would end the transaction. */
static enum ec run_stream(
        struct db *db, struct db_call *call, const struct params *p, struct err *e)
{
	const struct db_stmt *st = call->st;
	if (PQsendQueryPrepared(db->conn, call->slot->prepared, (int)st->n_in, p->value, p->length,
	            p->format, 1) != 1 ||
	        PQsetSingleRowMode(db->conn) != 1)
		return fail(db, NULL, st->name, e);
	enum ec ec = EC_OK;
	bool stop = false;
	for (PGresult *r = PQgetResult(db->conn); r != NULL; r = PQgetResult(db->conn)) {
		if (ec == EC_OK && !went_well(r))
			ec = fail(db, r, st->name, e);
		for (int i = 0; ec == EC_OK && !stop && i < PQntuples(r); i++)
			ec = give_row(r, i, call, &stop, e);
		PQclear(r);
	}
	return ec;
}

static enum ec run(struct db *db, struct db_call *call, struct err *e)
{
	AUTO_ARENA(a, MIB);
	struct params p;
	TRY(bind_all(&a, call, &p, e));
	if (call->sink != NULL && call->sink->stream)
		return run_stream(db, call, &p, e);
	return run_whole(db, call, &p, e);
}

static enum ec check(struct db *db, struct err *e)
{
	return script(
	        db, "SELECT 1", e); /* references are always enforced; pages are pg_amcheck's */
}

static enum ec backup(struct db *db, const char *path, struct err *e)
{
	(void)db, (void)path;
	return err_set(e, EC_INPUT, "копию базы PostgreSQL делает программа pg_dump");
}

const struct db_engine db_engine_pg = {
        .open = open_server,
        .close = close_server,
        .reopen = reopen,
        .prepare = prepare,
        .run = run,
        .script = script,
        .check = check,
        .backup = backup,
        /* one writer at a time as in SQLite: what was read stays true until the commit, and nobody
           deadlocks; readers are never held up */
        .begin = "BEGIN; SELECT pg_advisory_xact_lock(7361646)",
        .begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
};

/* tools/sqlc: checks every statement of sql/ against the real schema and writes typed C calls.
 * sqlc.c drives, sqlc_parse.c reads query files, sqlc_check.c asks SQLite, sqlc_emit.c writes C. */
#ifndef TOOLS_SQLC_H
#define TOOLS_SQLC_H

#include "base/buf.h"

#include <sqlite3.h>

enum sqlc_type { TYPE_NONE, TYPE_INT, TYPE_TEXT, TYPE_REAL, TYPE_BLOB };
enum sqlc_kind { KIND_ONE, KIND_MANY, KIND_EXEC, KIND_EXECN, KIND_EACH };

struct sqlc_var {
	struct str name;
	enum sqlc_type type;
	bool null;
};

struct sqlc_sort {
	struct str name; /* of the enum constant */
	struct str expr; /* what ORDER BY gets */
};

struct sqlc_stmt {
	struct str file;
	int line; /* of "-- name:" */
	struct str name, doc;
	enum sqlc_kind kind;
	struct str sql; /* one line, no comments, $n parameters */
	VEC(struct sqlc_var) in;
	VEC(struct sqlc_var) hint; /* -- cols: */
	VEC(struct sqlc_sort) sort;
	VEC(struct sqlc_var) out; /* filled by sqlc_check */
	bool write;
};

struct sqlc_stmts {
	struct sqlc_stmt *v;
	size_t n, cap;
};

/* A script of sql/migrate or sql/derived. */
struct sqlc_script {
	struct str name, checksum, sqlite, pg;
};
struct sqlc_scripts {
	struct sqlc_script *v;
	size_t n, cap;
};

struct sqlc {
	struct arena *a;
	const char *set; /* name of the set: "soko" */
	const char *out_dir;
	const char *include; /* how the headers are included: "db/" */
	sqlite3 *db;
	struct sqlc_scripts migrate, derived;
	struct sqlc_stmts stmt;
	struct str *noun; /* query files without folder and ending */
	size_t n_noun;
	VEC(struct str) derived_table;
	int errors;
};

/* "file:line: statement: reason" to stderr, counted. */
void sqlc_error(struct sqlc *q, struct str file, int line, struct str stmt, const char *fmt, ...)
        PRINTF(5, 6);
/* Reads the statements of one file; errors are counted. */
void sqlc_parse(struct sqlc *q, struct str file, struct str text);
/* SQL without comments, blanks outside quotes squeezed, no ';' at the end. */
struct str sqlc_squeeze(struct arena *a, struct str sql);
/* Prepares all variants in SQLite; fills out and write. */
void sqlc_check(struct sqlc *q, struct sqlc_stmt *s);
/* Words that mean different things to the two engines. */
void sqlc_dialect(struct sqlc *q, const struct sqlc_stmt *s);
/* The statement for one engine and one sort variant. */
struct str sqlc_variant(struct arena *a, const struct sqlc_stmt *s, size_t variant, bool sqlite);
size_t sqlc_variants(const struct sqlc_stmt *s);
/* Expands the tokens of the DDL (@id@ …). */
struct str sqlc_ddl(struct arena *a, struct str text, bool sqlite);
/* All files of the set. */
MUST_USE enum ec sqlc_emit(struct sqlc *q, struct err *e);
/* Writes only when the content is new, so that nothing is compiled twice. */
MUST_USE enum ec sqlc_write(struct sqlc *q, const char *name, struct str text, struct err *e);

#endif

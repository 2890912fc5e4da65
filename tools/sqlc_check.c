#include "sqlc.h"

#include <string.h>

static void fail(struct sqlc *q, const struct sqlc_stmt *s, const char *why)
{
	sqlc_error(q, s->file, s->line, s->name, "%s", why);
}

size_t sqlc_variants(const struct sqlc_stmt *s)
{
	return s->sort.n == 0 ? 1 : s->sort.n * 2;
}

struct str sqlc_variant(struct arena *a, const struct sqlc_stmt *s, size_t variant, bool sqlite)
{
	struct str sql = s->sql;
	if (s->sort.n > 0) {
		/* both engines put missing values last, whichever the direction */
		struct str order = str_printf(a, STR_FMT " %s NULLS LAST",
		        STR_ARG(s->sort.v[variant / 2].expr), variant % 2 == 0 ? "ASC" : "DESC");
		sql = str_replace(a, sql, STR("$ORDER$"), order);
	}
	if (!sqlite)
		return sql;
	/* SQLite numbers $n by first appearance, ?n by n */
	char *p = str_z(a, sql);
	bool quoted = false;
	for (size_t i = 0; i + 1 < sql.n; i++) {
		if (p[i] == '\'')
			quoted = !quoted;
		if (!quoted && p[i] == '$' && p[i + 1] >= '0' && p[i + 1] <= '9')
			p[i] = '?';
	}
	return (struct str){p, sql.n};
}

static char lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static bool word_is(struct str w, const char *z)
{
	return str_ieq_ascii(w, str_c(z));
}

/* One word of SQL outside quotes; call: '(' follows. */
static void dialect_word(struct sqlc *q, const struct sqlc_stmt *s, struct str w, bool call)
{
	static const struct {
		const char *word, *why;
		bool call; /* only as a function */
	} bad[] = {
	        {"like", "LIKE differs in case: strpos(search_key, $1) > 0", false},
	        {"ilike", "ILIKE is PostgreSQL only", false},
	        {"glob", "GLOB is SQLite only", false},
	        {"upper", "upper() differs for Cyrillic: store a key", true},
	        {"lower", "lower() differs for Cyrillic: store a key", true},
	        {"round", "ROUND differs: round when printing", true},
	        {"date", "no date functions: dates are ISO text, times are integers", true},
	        {"datetime", "no date functions", true},
	        {"strftime", "no date functions", true},
	        {"julianday", "no date functions", true},
	        {"now", "no clock in SQL: pass the time", true},
	        {"ifnull", "write COALESCE", true},
	        {"iif", "write CASE", true},
	        {"nvl", "write COALESCE", true},
	        {"group_concat", "SQLite only", true},
	        {"string_agg", "PostgreSQL only before SQLite 3.44", true},
	        {"instr", "write strpos(text, part)", true},
	        {"total", "SQLite only: CAST(SUM(x) AS DOUBLE PRECISION)", true},
	        {"random", "no randomness in SQL", true},
	        {"rowid", "SQLite only", false},
	        {"isnull", "write IS NULL", false},
	        {"notnull", "write IS NOT NULL", false},
	};
	if (word_is(w, "replace") && !call)
		fail(q, s, "write ON CONFLICT … DO UPDATE");
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		if (word_is(w, bad[i].word) && (call || !bad[i].call))
			fail(q, s, bad[i].why);
	/* the function is fine: REPLACE(key, $1, '') <> key is the search both engines agree on */
	if (word_is(w, "replace") && !call)
		fail(q, s, "write ON CONFLICT … DO UPDATE");
}

static bool is_name(char c)
{
	c = lower(c);
	return (c >= 'a' && c <= 'z') || c == '_' || (c >= '0' && c <= '9');
}

/* Looks at the word at i, returns its end. */
static size_t dialect_at(struct sqlc *q, const struct sqlc_stmt *s, size_t i)
{
	const char *p = s->sql.p;
	size_t from = i;
	while (i < s->sql.n && is_name(p[i]))
		i++;
	size_t next = i;
	while (next < s->sql.n && p[next] == ' ')
		next++;
	bool column = from > 0 && (p[from - 1] == '.' || p[from - 1] == '$');
	if (!column)
		dialect_word(q, s, str_sub(s->sql, from, i), next < s->sql.n && p[next] == '(');
	return i;
}

void sqlc_dialect(struct sqlc *q, const struct sqlc_stmt *s)
{
	const char *p = s->sql.p;
	for (size_t i = 0; i < s->sql.n;) {
		if (p[i] == '\'') {
			size_t end = str_find_byte(s->sql, '\'', i + 1);
			i = end == SIZE_MAX ? s->sql.n : end + 1;
		} else if (is_name(p[i])) {
			i = dialect_at(q, s, i);
		} else {
			if (p[i] == '"')
				fail(q, s, "no double quotes: text stands in '…', names need none");
			if (p[i] == '?' || p[i] == '@' || p[i] == '`')
				fail(q, s, "parameters are $1, $2, …");
			i++;
		}
	}
}

static enum sqlc_type type_of_decl(const char *decl)
{
	static const struct {
		const char *part;
		enum sqlc_type type;
	} types[] = {{"INT", TYPE_INT}, {"TEXT", TYPE_TEXT}, {"CHAR", TYPE_TEXT},
	        {"REAL", TYPE_REAL}, {"DOUBLE", TYPE_REAL}, {"BLOB", TYPE_BLOB}};
	if (decl == NULL)
		return TYPE_NONE;
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (strcasestr(decl, types[i].part) != NULL)
			return types[i].type;
	return TYPE_NONE;
}

/* INSERT … RETURNING id: SQLite forgets where the column is from; the table is asked. */
static enum sqlc_type type_in_table(struct sqlc *q, const struct sqlc_stmt *s, const char *column)
{
	static const char *const head[] = {"insert into ", "update ", "delete from "};
	struct str rest = STR("");
	for (size_t i = 0; i < ARRAY_LEN(head); i++) {
		struct str h = str_c(head[i]);
		if (str_ieq_ascii(str_sub(s->sql, 0, h.n), h))
			rest = str_skip(s->sql, h.n);
	}
	struct str table;
	if (rest.n == 0 || !str_next(&rest, ' ', &table))
		return TYPE_NONE;
	size_t paren = str_find_byte(table, '(', 0);
	table = str_sub(table, 0, paren == SIZE_MAX ? table.n : paren);
	const char *decl = NULL;
	if (sqlite3_table_column_metadata(q->db, NULL, str_z(q->a, table), column, &decl, NULL,
	            NULL, NULL, NULL) != SQLITE_OK)
		return TYPE_NONE;
	return type_of_decl(decl);
}

static bool name_is_plain(struct str n)
{
	for (size_t i = 0; i < n.n; i++)
		if (!((n.p[i] >= 'a' && n.p[i] <= 'z') || n.p[i] == '_' ||
		            (i > 0 && n.p[i] >= '0' && n.p[i] <= '9')))
			return false;
	return n.n > 0;
}

static void columns(struct sqlc *q, struct sqlc_stmt *s, sqlite3_stmt *st)
{
	for (int i = 0; i < sqlite3_column_count(st); i++) {
		const char *z = sqlite3_column_name(st, i);
		struct sqlc_var v = {.name = str_dup(q->a, str_c(z))};
		if (!name_is_plain(v.name)) {
			sqlc_error(q, s->file, s->line, s->name,
			        "result column %d needs a name: `… AS name`", i + 1);
			continue;
		}
		v.type = type_of_decl(sqlite3_column_decltype(st, i));
		if (v.type == TYPE_NONE)
			v.type = type_in_table(q, s, z);
		for (size_t k = 0; k < s->hint.n; k++)
			if (str_eq(s->hint.v[k].name, v.name)) {
				v.type = s->hint.v[k].type;
				s->hint.v[k].null = true; /* seen */
			}
		if (v.type == TYPE_NONE)
			sqlc_error(q, s->file, s->line, s->name,
			        "column '%s' is an expression: add `-- cols: %s "
			        "int|text|real|blob`",
			        z, z);
		for (size_t k = 0; k < s->out.n; k++)
			if (str_eq(s->out.v[k].name, v.name))
				sqlc_error(q, s->file, s->line, s->name, "column '%s' twice", z);
		*vec_push(q->a, &s->out) = v;
	}
	for (size_t k = 0; k < s->hint.n; k++)
		if (!s->hint.v[k].null)
			sqlc_error(q, s->file, s->line, s->name,
			        "`-- cols:` names '" STR_FMT "', which is no result column",
			        STR_ARG(s->hint.v[k].name));
}

static void params(struct sqlc *q, struct sqlc_stmt *s, sqlite3_stmt *st)
{
	int n = sqlite3_bind_parameter_count(st);
	if (n > (int)s->in.n)
		sqlc_error(q, s->file, s->line, s->name, "$%d is used, %zu parameters are declared",
		        n, s->in.n);
	for (size_t i = 0; i < s->in.n; i++)
		if ((int)i >= n || sqlite3_bind_parameter_name(st, (int)i + 1) == NULL)
			sqlc_error(q, s->file, s->line, s->name,
			        "parameter '" STR_FMT "' ($%zu) is not used",
			        STR_ARG(s->in.v[i].name), i + 1);
}

static void check_variant(struct sqlc *q, struct sqlc_stmt *s, size_t variant)
{
	struct str sql = sqlc_variant(q->a, s, variant, true);
	sqlite3_stmt *st = NULL;
	const char *tail = NULL;
	if (sqlite3_prepare_v2(q->db, str_z(q->a, sql), -1, &st, &tail) != SQLITE_OK) {
		fail(q, s, sqlite3_errmsg(q->db));
		return;
	}
	if (tail != NULL && *tail != '\0')
		fail(q, s, "one statement only");
	if (variant == 0 && st != NULL) {
		bool rows = s->kind != KIND_EXEC && s->kind != KIND_EXECN;
		if (rows && sqlite3_column_count(st) == 0)
			fail(q, s, "no result columns: declare it exec");
		if (!rows && sqlite3_column_count(st) > 0)
			fail(q, s, "it returns rows: declare it one, many or each");
		s->write = !sqlite3_stmt_readonly(st);
		params(q, s, st);
		columns(q, s, st);
	}
	(void)sqlite3_finalize(st);
}

void sqlc_check(struct sqlc *q, struct sqlc_stmt *s)
{
	if (s->sql.n == 0 || s->name.n == 0)
		return; /* told already */
	sqlc_dialect(q, s);
	int before = q->errors;
	for (size_t v = 0; v < sqlc_variants(s) && q->errors == before; v++)
		check_variant(q, s, v);
}

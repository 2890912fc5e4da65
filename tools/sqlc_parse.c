#include "sqlc.h"

#include "base/cur.h"

#include <string.h>

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

/* A name that is a C name too. */
static bool good_name(struct str s)
{
	static const char *const taken[] = {"auto", "break", "case", "char", "const", "continue",
	        "default", "do", "double", "else", "enum", "extern", "float", "for", "goto", "if",
	        "inline", "int", "long", "register", "restrict", "return", "short", "signed",
	        "sizeof", "static", "struct", "switch", "typedef", "typeof", "union", "unsigned",
	        "void", "volatile", "while", "bool"};
	if (s.n == 0 || s.n > 60 || !(s.p[0] >= 'a' && s.p[0] <= 'z'))
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!is_word(s.p[i]) || (s.p[i] >= 'A' && s.p[i] <= 'Z'))
			return false;
	for (size_t i = 0; i < ARRAY_LEN(taken); i++)
		if (str_eq_z(s, taken[i]))
			return false;
	return true;
}

/* "name type[?]"; TYPE_NONE when it is not. */
static struct sqlc_var read_var(struct str part)
{
	static const struct {
		const char *word;
		enum sqlc_type type;
	} types[] = {
	        {"int", TYPE_INT}, {"text", TYPE_TEXT}, {"real", TYPE_REAL}, {"blob", TYPE_BLOB}};
	size_t gap = str_find_byte(part, ' ', 0);
	struct sqlc_var var = {.name = str_sub(part, 0, gap)};
	struct str type = gap == SIZE_MAX ? STR("") : str_trim(str_skip(part, gap));
	if (str_ends(type, STR("?"))) {
		var.null = true;
		type.n--;
	}
	for (size_t i = 0; i < ARRAY_LEN(types) && good_name(var.name); i++)
		if (str_eq_z(type, types[i].word))
			var.type = types[i].type;
	return var;
}

/* Reads "name type[?], name type[?] …". */
static void read_vars(
        struct sqlc *q, struct sqlc_stmt *s, struct str list, struct sqlc_var **v, size_t *n)
{
	size_t cap = *n;
	struct str part;
	while (str_next(&list, ',', &part)) {
		part = str_trim(part);
		struct sqlc_var var = read_var(part);
		if (var.type == TYPE_NONE)
			sqlc_error(q, s->file, s->line, s->name,
			        "'" STR_FMT "' is not `name int|text|real|blob[?]`", STR_ARG(part));
		for (size_t i = 0; i < *n; i++)
			if (str_eq((*v)[i].name, var.name))
				sqlc_error(q, s->file, s->line, s->name, "'" STR_FMT "' twice",
				        STR_ARG(var.name));
		vec_room(q->a, (void **)v, sizeof(**v), *n, &cap);
		(*v)[(*n)++] = var;
	}
}

/* "due, key = a.sort_key, state" */
static void read_sorts(struct sqlc *q, struct sqlc_stmt *s, struct str list)
{
	struct str part;
	while (str_next(&list, ',', &part)) {
		struct str name = str_trim(part);
		struct str expr = name;
		size_t eq = str_find_byte(part, '=', 0);
		if (eq != SIZE_MAX) {
			name = str_trim(str_sub(part, 0, eq));
			expr = str_trim(str_skip(part, eq + 1));
		} else if (str_find_byte(name, '.', 0) != SIZE_MAX) {
			name = str_skip(name, str_find_byte(name, '.', 0) + 1);
		}
		if (!good_name(name) || expr.n == 0)
			sqlc_error(
			        q, s->file, s->line, s->name, "sort '" STR_FMT "'?", STR_ARG(part));
		else
			*vec_push(q->a, &s->sort) = (struct sqlc_sort){name, expr};
	}
}

/* "org_by_id one (id int)" after "-- name:". */
static void read_head(struct sqlc *q, struct sqlc_stmt *s, struct str head)
{
	static const char *const kinds[] = {[KIND_ONE] = "one",
	        [KIND_MANY] = "many",
	        [KIND_EXEC] = "exec",
	        [KIND_EXECN] = "execn",
	        [KIND_EACH] = "each"};
	head = str_trim(head);
	struct str params = STR("");
	size_t open = str_find_byte(head, '(', 0);
	if (open != SIZE_MAX) {
		params = str_skip(head, open + 1);
		if (!str_ends(params, STR(")")))
			sqlc_error(q, s->file, s->line, s->name, "no ')' at the end of the line");
		else
			params.n--;
		head = str_trim(str_sub(head, 0, open));
	}
	struct str kind = head;
	if (!str_next(&kind, ' ', &s->name))
		s->name = STR("");
	kind = str_trim(kind);
	bool known = false;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (str_eq_z(kind, kinds[i])) {
			s->kind = (enum sqlc_kind)i;
			known = true;
		}
	if (!good_name(s->name) || !known)
		sqlc_error(q, s->file, s->line, s->name,
		        "want `-- name: noun_verb one|many|exec|execn|each (p type, …)`");
	if (!str_blank(params))
		read_vars(q, s, params, &s->in.v, &s->in.n);
}

static struct str add_line(struct arena *a, struct str text, struct str line, const char *sep)
{
	if (text.n == 0)
		return line;
	return str_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(text), sep, STR_ARG(line));
}

struct str sqlc_squeeze(struct arena *a, struct str sql)
{
	struct buf b;
	buf_init(&b, a, sql.n + 1);
	char quote = 0;
	for (size_t i = 0; i < sql.n; i++) {
		char c = sql.p[i];
		if (quote != 0) {
			buf_byte(&b, c);
			if (c == quote)
				quote = 0;
		} else if (c == '-' && i + 1 < sql.n && sql.p[i + 1] == '-') {
			while (i + 1 < sql.n && sql.p[i + 1] != '\n')
				i++;
		} else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
			if (b.n > 0 && b.p[b.n - 1] != ' ')
				buf_byte(&b, ' ');
		} else {
			if (c == '\'' || c == '"')
				quote = c;
			buf_byte(&b, c);
		}
	}
	struct str out = str_trim(buf_str(&b));
	while (str_ends(out, STR(";"))) {
		out.n--;
		out = str_trim(out);
	}
	return out;
}

static void finish(struct sqlc *q, struct sqlc_stmt *s)
{
	s->sql = sqlc_squeeze(q->a, s->sql);
	if (s->sql.n == 0)
		sqlc_error(q, s->file, s->line, s->name, "no SQL");
	if (s->doc.n == 0)
		sqlc_error(q, s->file, s->line, s->name,
		        "say in one `-- …` line what the statement is for");
	bool order = str_has(s->sql, STR("$ORDER$"));
	if (order != (s->sort.n > 0))
		sqlc_error(q, s->file, s->line, s->name, "`-- sort:` and $ORDER$ go together");
	for (size_t i = 0; i < s->sort.n; i++)
		for (size_t k = 0; k < s->in.n; k++)
			if (str_eq_z(s->in.v[k].name, "sort"))
				sqlc_error(
				        q, s->file, s->line, s->name, "parameter 'sort' is taken");
	for (size_t i = 0; i + 1 < q->stmt.n; i++)
		if (str_eq(q->stmt.v[i].name, s->name))
			sqlc_error(q, s->file, s->line, s->name, "name used in " STR_FMT ":%d too",
			        STR_ARG(q->stmt.v[i].file), q->stmt.v[i].line);
}

void sqlc_parse(struct sqlc *q, struct str file, struct str text)
{
	struct sqlc_stmt *s = NULL;
	struct str line;
	for (int n = 1; str_next(&text, '\n', &line); n++) {
		struct str t = str_trim(line);
		if (str_starts(t, STR("-- name:"))) {
			if (s != NULL)
				finish(q, s);
			s = vec_push(q->a, &q->stmt);
			s->file = file;
			s->line = n;
			read_head(q, s, str_skip(t, 8));
		} else if (s == NULL) {
			if (t.n > 0 && !str_starts(t, STR("--")))
				sqlc_error(q, file, n, STR("?"), "SQL before the first `-- name:`");
		} else if (str_starts(t, STR("-- cols:"))) {
			read_vars(q, s, str_skip(t, 8), &s->hint.v, &s->hint.n);
		} else if (str_starts(t, STR("-- sort:"))) {
			read_sorts(q, s, str_skip(t, 8));
		} else if (str_starts(t, STR("--")) && s->sql.n == 0) {
			s->doc = add_line(q->a, s->doc, str_trim(str_skip(t, 2)), "\n");
		} else if (t.n > 0) {
			s->sql = add_line(q->a, s->sql, line, "\n");
		}
	}
	if (s != NULL)
		finish(q, s);
}

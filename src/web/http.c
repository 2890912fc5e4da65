#include "web/http.h"

#include "base/limits.h"

struct str field_get(const struct fields *f, struct str name)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(f->v[i].name, name))
			return f->v[i].value;
	return STR_NONE;
}

struct str header_get(const struct req *r, struct str name)
{
	for (size_t i = 0; i < r->headers.n; i++)
		if (str_ieq_ascii(r->headers.v[i].name, name))
			return r->headers.v[i].value;
	return STR_NONE;
}

void field_add(struct arena *a, struct fields *f, struct str name, struct str value)
{
	*vec_push(a, f) = (struct field){.name = name, .value = value};
}

void resp_header(struct arena *a, struct resp *w, struct str name, struct str value)
{
	/* A line end in a value would start a header of its own. */
	BUG_IF(str_find_byte(value, '\n', 0) != SIZE_MAX ||
	        str_find_byte(value, '\r', 0) != SIZE_MAX);
	field_add(a, &w->headers, name, value);
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

enum ec url_decode(struct arena *a, struct str s, bool plus, struct str *ret, struct err *e)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '%') {
			bool room = s.n - i > 2;
			int hi = room ? hex_value(s.p[i + 1]) : -1;
			int lo = room ? hex_value(s.p[i + 2]) : -1;
			if (hi < 0 || lo < 0)
				return err_set(e, EC_INPUT, "неверный адрес или поле формы");
			c = (char)(hi * 16 + lo);
			i += 2;
		} else if (plus && c == '+') {
			c = ' ';
		}
		if (c == '\0')
			return err_set(e, EC_INPUT, "неверный адрес или поле формы");
		out[n++] = c;
	}
	struct str text = {out, n};
	if (!utf8_valid(text))
		return err_set(e, EC_INPUT, "текст не в кодировке UTF-8");
	*ret = text;
	return EC_OK;
}

enum ec fields_parse(struct arena *a, struct str s, struct fields *ret, struct err *e)
{
	struct fields out = {0};
	struct str rest = s, part;
	while (str_next(&rest, '&', &part)) {
		if (part.n == 0)
			continue;
		if (out.n >= LIMIT_HTTP_FIELDS)
			return err_set(e, EC_LIMIT, "в форме больше %d полей", LIMIT_HTTP_FIELDS);
		size_t eq = str_find_byte(part, '=', 0);
		struct str name = str_sub(part, 0, eq == SIZE_MAX ? part.n : eq);
		struct str value = eq == SIZE_MAX ? STR("") : str_skip(part, eq + 1);
		TRY(url_decode(a, name, true, &name, e));
		TRY(url_decode(a, value, true, &value, e));
		if (value.n > LIMIT_HTTP_FIELD)
			return err_set(e, EC_LIMIT, "поле формы слишком длинное");
		field_add(a, &out, name, value);
	}
	*ret = out;
	return EC_OK;
}

void cookies_parse(struct arena *a, struct str s, struct fields *ret)
{
	struct str rest = s, part;
	while (str_next(&rest, ';', &part) && ret->n < 64) {
		part = str_trim(part);
		size_t eq = str_find_byte(part, '=', 0);
		if (eq != SIZE_MAX && eq > 0)
			field_add(a, ret, str_sub(part, 0, eq), str_skip(part, eq + 1));
	}
}

enum ec target_parse(struct req *r, struct str target, struct err *e)
{
	size_t q = str_find_byte(target, '?', 0);
	struct str path = str_sub(target, 0, q == SIZE_MAX ? target.n : q);
	r->query = q == SIZE_MAX ? STR("") : str_skip(target, q + 1);
	if (path.n == 0 || path.p[0] != '/')
		return err_set(e, EC_INPUT, "неверный адрес страницы");
	TRY(url_decode(r->a, path, false, &r->path, e));
	return fields_parse(r->a, r->query, &r->args, e);
}

struct str path_for_log(struct str path)
{
	static const struct str secret[] = {STR_INIT("/feed/"), STR_INIT("/notices/off/")};
	for (size_t i = 0; i < ARRAY_LEN(secret); i++)
		if (str_starts(path, secret[i]))
			return secret[i];
	return path;
}

#include "pack/json.h"

#include "base/num.h"

#include <math.h>

void json_init(struct json *j, struct buf *b, bool pretty)
{
	*j = (struct json){.b = b, .pretty = pretty};
}

static void line(struct json *j)
{
	if (!j->pretty)
		return;
	buf_byte(j->b, '\n');
	for (unsigned i = 0; i < j->depth; i++)
		buf_add(j->b, STR("  "));
}

/* What stands before a value or a key: comma, line break. */
static void before(struct json *j, bool key)
{
	if (j->after_key) {
		BUG_IF(key);
		j->after_key = false;
		return;
	}
	if (j->depth == 0)
		return;
	BUG_IF(key != (j->open[j->depth - 1] == '{'));
	if (j->filled[j->depth - 1])
		buf_byte(j->b, ',');
	j->filled[j->depth - 1] = true;
	line(j);
}

static void open_with(struct json *j, char c)
{
	before(j, false);
	BUG_IF(j->depth == LIMIT_JSON_DEPTH);
	buf_byte(j->b, c);
	j->open[j->depth] = c;
	j->filled[j->depth] = false;
	j->depth++;
}

static void close_with(struct json *j, char opened, char c)
{
	BUG_IF(j->depth == 0 || j->open[j->depth - 1] != opened || j->after_key);
	j->depth--;
	if (j->filled[j->depth])
		line(j);
	buf_byte(j->b, c);
}

void json_obj(struct json *j)
{
	open_with(j, '{');
}

void json_obj_end(struct json *j)
{
	close_with(j, '{', '}');
}

void json_arr(struct json *j)
{
	open_with(j, '[');
}

void json_arr_end(struct json *j)
{
	close_with(j, '[', ']');
}

/* Bytes that may stand as they are; the rest is escaped or checked as UTF-8. */
static bool plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
}

static void escape(struct buf *b, uint32_t cp)
{
	switch (cp) {
	case '"':
		buf_add(b, STR("\\\""));
		return;
	case '\\':
		buf_add(b, STR("\\\\"));
		return;
	case '\n':
		buf_add(b, STR("\\n"));
		return;
	case '\r':
		buf_add(b, STR("\\r"));
		return;
	case '\t':
		buf_add(b, STR("\\t"));
		return;
	default:
		break;
	}
	/* U+2028 and U+2029 end a line in JavaScript */
	if (cp < 0x20 || cp == 0x7F || cp == '<' || cp == '>' || cp == '&' || cp == 0x2028 ||
	        cp == 0x2029)
		buf_printf(b, "\\u%04x", (unsigned)cp);
	else
		buf_cp(b, cp);
}

static void quoted(struct buf *b, struct str s)
{
	buf_byte(b, '"');
	size_t i = 0;
	while (i < s.n) {
		size_t from = i;
		while (i < s.n && plain((unsigned char)s.p[i]))
			i++;
		buf_add(b, str_sub(s, from, i));
		if (i < s.n)
			escape(b, utf8_next(s, &i));
	}
	buf_byte(b, '"');
}

void json_key(struct json *j, struct str key)
{
	before(j, true);
	quoted(j->b, key);
	buf_byte(j->b, ':');
	if (j->pretty)
		buf_byte(j->b, ' ');
	j->after_key = true;
}

void json_str(struct json *j, struct str s)
{
	before(j, false);
	quoted(j->b, s);
}

void json_str_or_null(struct json *j, struct str s)
{
	if (s.p == NULL)
		json_null(j);
	else
		json_str(j, s);
}

void json_int(struct json *j, int64_t v)
{
	before(j, false);
	buf_int(j->b, v);
}

void json_num(struct json *j, double v)
{
	if (!isfinite(v)) {
		json_null(j);
		return;
	}
	before(j, false);
	AUTO_ARENA(a, 4096);
	buf_add(j->b, num_exact(&a, v));
}

void json_num_digits(struct json *j, double v, int digits)
{
	if (!isfinite(v)) {
		json_null(j);
		return;
	}
	before(j, false);
	AUTO_ARENA(a, 4096);
	buf_add(j->b, num_dot(&a, v, digits));
}

void json_bool(struct json *j, bool v)
{
	json_raw(j, v ? STR("true") : STR("false"));
}

void json_null(struct json *j)
{
	json_raw(j, STR("null"));
}

void json_raw(struct json *j, struct str json)
{
	before(j, false);
	buf_add(j->b, json);
}

void json_kv_str(struct json *j, const char *key, struct str s)
{
	json_key(j, str_c(key));
	json_str(j, s);
}

void json_kv_int(struct json *j, const char *key, int64_t v)
{
	json_key(j, str_c(key));
	json_int(j, v);
}

void json_kv_num(struct json *j, const char *key, double v)
{
	json_key(j, str_c(key));
	json_num(j, v);
}

void json_kv_bool(struct json *j, const char *key, bool v)
{
	json_key(j, str_c(key));
	json_bool(j, v);
}

void json_kv_null(struct json *j, const char *key)
{
	json_key(j, str_c(key));
	json_null(j);
}

void json_kv_obj(struct json *j, const char *key)
{
	json_key(j, str_c(key));
	json_obj(j);
}

void json_kv_arr(struct json *j, const char *key)
{
	json_key(j, str_c(key));
	json_arr(j);
}

#include "pack/json.h"

#include "base/num.h"

struct reader {
	struct arena *a;
	struct str s;
	size_t i;
	unsigned depth;
	struct err *e;
};

typedef VEC(struct json_value) value_vec;

static enum ec bad(struct reader *r, const char *what)
{
	size_t row = 1, start = 0;
	for (size_t i = 0; i < r->i && i < r->s.n; i++)
		if (r->s.p[i] == '\n') {
			row++;
			start = i + 1;
		}
	size_t col = utf8_len(str_sub(r->s, start, r->i)) + 1;
	return err_set(r->e, EC_INPUT, "JSON, строка %zu, символ %zu: %s", row, col, what);
}

/* The arena must hold n bytes more, and something for what follows. */
static enum ec room(struct reader *r, size_t n)
{
	if (arena_left(r->a) / 2 < n + 4096)
		return err_set(r->e, EC_LIMIT, "JSON слишком велик");
	return EC_OK;
}

static int peek(const struct reader *r)
{
	return r->i < r->s.n ? (unsigned char)r->s.p[r->i] : -1;
}

static void blanks(struct reader *r)
{
	int c;
	while ((c = peek(r)) == ' ' || c == '\t' || c == '\n' || c == '\r')
		r->i++;
}

static bool hex4(struct reader *r, uint32_t *ret)
{
	if (r->s.n - r->i < 4)
		return false;
	uint32_t v = 0;
	for (int k = 0; k < 4; k++) {
		unsigned char c = (unsigned char)r->s.p[r->i + (size_t)k];
		uint32_t d;
		if (c >= '0' && c <= '9')
			d = c - '0';
		else if ((c | 32) >= 'a' && (c | 32) <= 'f')
			d = (c | 32u) - 'a' + 10;
		else
			return false;
		v = v * 16 + d;
	}
	r->i += 4;
	*ret = v;
	return true;
}

/* After "\u": one code point, a surrogate pair taken together. */
static enum ec unicode(struct reader *r, uint32_t *ret)
{
	uint32_t hi, lo;
	if (!hex4(r, &hi))
		return bad(r, "после \\u нужны четыре шестнадцатеричные цифры");
	if (hi >= 0xDC00 && hi <= 0xDFFF)
		return bad(r, "половина суррогатной пары");
	if (hi >= 0xD800 && hi <= 0xDBFF) {
		if (!str_starts(str_skip(r->s, r->i), STR("\\u")))
			return bad(r, "половина суррогатной пары");
		r->i += 2;
		if (!hex4(r, &lo) || lo < 0xDC00 || lo > 0xDFFF)
			return bad(r, "половина суррогатной пары");
		hi = 0x10000 + ((hi - 0xD800) << 10) + (lo - 0xDC00);
	}
	*ret = hi;
	return EC_OK;
}

static enum ec escape(struct reader *r, struct buf *b)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	int c = peek(r);
	r->i++;
	if (c == 'u') {
		uint32_t cp = 0;
		TRY(unicode(r, &cp));
		buf_cp(b, cp);
		return EC_OK;
	}
	for (size_t k = 0; k < sizeof(from) - 1; k++)
		if (c == from[k]) {
			buf_byte(b, to[k]);
			return EC_OK;
		}
	r->i--;
	return bad(r, "неизвестная последовательность после \\");
}

/* Bytes of a string up to a quote or a backslash, or a control character. */
static void run(struct reader *r)
{
	int c;
	while ((c = peek(r)) >= 0x20 && c != '"' && c != '\\')
		r->i++;
}

static enum ec string(struct reader *r, struct str *ret)
{
	if (peek(r) != '"')
		return bad(r, "ожидалась кавычка");
	size_t from = ++r->i;
	run(r);
	if (peek(r) == '"') {
		*ret = str_sub(r->s, from, r->i++);
		return EC_OK;
	}
	size_t end = r->i; /* decoded text is never longer than the written one */
	while (end < r->s.n && r->s.p[end] != '"')
		end += r->s.p[end] == '\\' ? 2 : 1;
	TRY(room(r, (end - from) * 4));
	struct buf b;
	buf_init(&b, r->a, r->s.n);
	buf_add(&b, str_sub(r->s, from, r->i));
	while (peek(r) != '"') {
		if (peek(r) < 0)
			return bad(r, "строка не закрыта кавычкой");
		if (peek(r) != '\\')
			return bad(r, "управляющий символ внутри строки");
		r->i++;
		TRY(escape(r, &b));
		from = r->i;
		run(r);
		buf_add(&b, str_sub(r->s, from, r->i));
	}
	r->i++;
	*ret = buf_str(&b);
	return EC_OK;
}

static size_t digits(struct reader *r)
{
	size_t from = r->i;
	while (peek(r) >= '0' && peek(r) <= '9')
		r->i++;
	return r->i - from;
}

static enum ec number(struct reader *r, struct json_value *v)
{
	size_t from = r->i;
	if (peek(r) == '-')
		r->i++;
	bool zero = peek(r) == '0';
	size_t n = digits(r);
	if (n == 0 || (zero && n > 1))
		return bad(r, "число записано неверно");
	if (peek(r) == '.') {
		r->i++;
		if (digits(r) == 0)
			return bad(r, "после точки нужны цифры");
	}
	if (peek(r) == 'e' || peek(r) == 'E') {
		r->i++;
		if (peek(r) == '+' || peek(r) == '-')
			r->i++;
		if (digits(r) == 0)
			return bad(r, "в показателе степени нужны цифры");
	}
	v->kind = JSON_NUM;
	v->text = str_sub(r->s, from, r->i);
	if (!num_parse(v->text, &v->num))
		return bad(r, "число вне допустимых границ");
	return EC_OK;
}

static enum ec value(struct reader *r, struct json_value *v);

static enum ec push(struct reader *r, value_vec *vec, struct json_value **ret)
{
	if (vec->n == vec->cap)
		TRY(room(r, (vec->cap == 0 ? 8 : vec->cap * 2) * sizeof(struct json_value)));
	*ret = vec_push(r->a, vec);
	return EC_OK;
}

static enum ec member(struct reader *r, struct json_value *v)
{
	struct str key;
	TRY(string(r, &key));
	blanks(r);
	if (peek(r) != ':')
		return bad(r, "ожидалось двоеточие");
	r->i++;
	blanks(r);
	TRY(value(r, v));
	v->key = key;
	return EC_OK;
}

static enum ec container(struct reader *r, struct json_value *v, char close)
{
	if (++r->depth > LIMIT_JSON_DEPTH)
		return err_set(
		        r->e, EC_LIMIT, "JSON: вложенность больше %d", (int)LIMIT_JSON_DEPTH);
	v->kind = close == '}' ? JSON_OBJ : JSON_ARR;
	value_vec vec = {0};
	r->i++;
	blanks(r);
	while (peek(r) != close || vec.n > 0) {
		struct json_value *item = NULL;
		TRY(push(r, &vec, &item));
		TRY(close == '}' ? member(r, item) : value(r, item));
		blanks(r);
		if (peek(r) == close)
			break;
		if (peek(r) != ',')
			return bad(r, close == '}' ? "ожидалась запятая или }"
			                           : "ожидалась запятая или ]");
		r->i++;
		blanks(r);
	}
	r->i++;
	r->depth--;
	v->item = vec.v;
	v->n = vec.n;
	return EC_OK;
}

static enum ec word(struct reader *r, struct str lit)
{
	if (!str_starts(str_skip(r->s, r->i), lit))
		return bad(r, "ожидалось значение");
	r->i += lit.n;
	return EC_OK;
}

static enum ec value(struct reader *r, struct json_value *v)
{
	switch (peek(r)) {
	case '{':
		return container(r, v, '}');
	case '[':
		return container(r, v, ']');
	case '"':
		v->kind = JSON_STR;
		return string(r, &v->text);
	case 't':
		v->kind = JSON_BOOL;
		v->b = true;
		return word(r, STR("true"));
	case 'f':
		v->kind = JSON_BOOL;
		return word(r, STR("false"));
	case 'n':
		return word(r, STR("null"));
	default:
		return number(r, v);
	}
}

enum ec json_parse(struct arena *a, struct str text, struct json_value **ret, struct err *e)
{
	struct reader r = {.a = a, .s = text, .e = e};
	if (!utf8_valid(text))
		return err_set(e, EC_INPUT, "JSON: текст не в кодировке UTF-8");
	TRY(room(&r, sizeof(struct json_value)));
	struct json_value *v = arena_new(a, struct json_value, 1);
	blanks(&r);
	TRY(value(&r, v));
	blanks(&r);
	if (r.i != text.n)
		return bad(&r, "лишний текст после значения");
	*ret = v;
	return EC_OK;
}

const struct json_value *json_get(const struct json_value *v, const char *key)
{
	if (v == NULL || v->kind != JSON_OBJ)
		return NULL;
	for (size_t i = 0; i < v->n; i++)
		if (str_eq_z(v->item[i].key, key))
			return &v->item[i];
	return NULL;
}

struct str json_get_str(const struct json_value *v, const char *key)
{
	const struct json_value *m = json_get(v, key);
	return m != NULL && m->kind == JSON_STR ? m->text : STR_NONE;
}

bool json_get_int(const struct json_value *v, const char *key, int64_t *ret)
{
	const struct json_value *m = json_get(v, key);
	return m != NULL && m->kind == JSON_NUM && num_parse_int(m->text, ret);
}

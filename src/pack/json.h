/* JSON (RFC 8259): a streaming writer over a buf, and a reader into a small tree. */
#ifndef PACK_JSON_H
#define PACK_JSON_H

#include "base/buf.h"
#include "base/limits.h"

/* Writer. The text is valid JSON in ASCII-safe HTML: `<`, `>` and `&` are written as \u003c …, so
 * it may stand inside <script type="application/json">. Bad UTF-8 becomes U+FFFD. Wrong nesting is
 * a BUG. Overflow is the buf's: test buf_check once at the end. */
struct json {
	struct buf *b;
	bool pretty; /* line breaks and two blanks a level, for people */
	bool after_key;
	unsigned depth;
	char open[LIMIT_JSON_DEPTH]; /* '{' or '[' */
	bool filled[LIMIT_JSON_DEPTH];
};

void json_init(struct json *j, struct buf *b, bool pretty);
void json_obj(struct json *j);
void json_obj_end(struct json *j);
void json_arr(struct json *j);
void json_arr_end(struct json *j);
void json_key(struct json *j, struct str key);
void json_str(struct json *j, struct str s);
void json_str_or_null(struct json *j, struct str s); /* null when s.p is NULL */
void json_int(struct json *j, int64_t v);
void json_num(struct json *j, double v); /* shortest exact; NaN and infinity give null */
void json_num_digits(struct json *j, double v, int digits); /* at most so many decimals */
void json_bool(struct json *j, bool v);
void json_null(struct json *j);
void json_raw(struct json *j, struct str json); /* a value already in JSON, our own */
/* Key and value at once; the key is a literal. */
void json_kv_str(struct json *j, const char *key, struct str s);
void json_kv_int(struct json *j, const char *key, int64_t v);
void json_kv_num(struct json *j, const char *key, double v);
void json_kv_bool(struct json *j, const char *key, bool v);
void json_kv_null(struct json *j, const char *key);
void json_kv_obj(struct json *j, const char *key);
void json_kv_arr(struct json *j, const char *key);

/* Reader. */
enum json_kind { JSON_NULL, JSON_BOOL, JSON_NUM, JSON_STR, JSON_ARR, JSON_OBJ };

struct json_value {
	enum json_kind kind;
	bool b;
	double num;
	struct str key;          /* member of an object: its name */
	struct str text;         /* string: decoded; number: as written */
	struct json_value *item; /* array: elements, object: members in the order of the text */
	size_t n;
};

/* Reads one JSON text (strict UTF-8, at most LIMIT_JSON_DEPTH deep, no repeated key is looked for).
 * Everything lives in the arena; strings without escapes point into the text. EC_INPUT with line
 * and column in Russian, EC_LIMIT when too deep or past the arena. */
MUST_USE enum ec json_parse(
        struct arena *a, struct str text, struct json_value **ret, struct err *e);
/* The first member of that name; NULL when there is none or v is NULL or no object. */
const struct json_value *json_get(const struct json_value *v, const char *key);
struct str json_get_str(const struct json_value *v, const char *key); /* STR_NONE when no string */
bool json_get_int(const struct json_value *v, const char *key, int64_t *ret);

#endif

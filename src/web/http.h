/* A request as the handlers see it and the response they fill; knows no library and no socket. */
#ifndef WEB_HTTP_H
#define WEB_HTTP_H

#include "base/str.h"

enum http_method { METHOD_NONE, METHOD_GET, METHOD_POST };

/* One name=value pair of the query, the form, the headers or the cookies; decoded. */
struct field {
	struct str name, value;
};

struct fields {
	struct field *v;
	size_t n, cap;
};

/* One file of a multipart form. */
struct upload {
	struct str field; /* name of the form field */
	struct str name;  /* file name as the browser gave it, without folders */
	struct str bytes;
};

struct uploads {
	struct upload *v;
	size_t n, cap;
};

/* Everything lives in the request's arena. */
struct req {
	struct arena *a;
	enum http_method method;
	bool head;          /* HEAD: as GET, the body is not sent */
	struct str path;    /* decoded, begins with '/' */
	struct str query;   /* raw text after '?', "" when none */
	struct fields args; /* decoded query */
	struct fields headers, cookies;
	struct str body, body_type; /* raw; parsed into form and files by the dispatcher */
	struct fields form;
	struct uploads files;
	struct str peer; /* address of the person; behind a trusted proxy as the proxy says */
	bool https;      /* a trusted proxy says that the person came by https */
};

/* Filled by a handler; zero means 200, text/html, empty. */
struct resp {
	int status;
	struct str type; /* Content-Type; empty: text/html; charset=utf-8 */
	struct str body; /* in the request's arena or constant */
	struct fields headers;
	bool cacheable; /* may be kept by browsers (static files); otherwise no-store is sent */
};

/* Value of the first field of that name (ASCII case for headers), STR_NONE when absent. */
struct str field_get(const struct fields *f, struct str name);
struct str header_get(const struct req *r, struct str name);
void field_add(struct arena *a, struct fields *f, struct str name, struct str value);
void resp_header(struct arena *a, struct resp *w, struct str name, struct str value);

/* The path as the log may have it: what follows /feed/ and /notices/off/ is a secret. */
struct str path_for_log(struct str path);

/* Percent-decoding; plus: '+' means a blank (forms). EC_INPUT on a broken escape, NUL or bad UTF-8.
 */
MUST_USE enum ec url_decode(
        struct arena *a, struct str s, bool plus, struct str *ret, struct err *e);
/* application/x-www-form-urlencoded (WHATWG URL §5.1); EC_INPUT, EC_LIMIT past LIMIT_HTTP_FIELDS.
 */
MUST_USE enum ec fields_parse(struct arena *a, struct str s, struct fields *ret, struct err *e);
/* Cookie header, RFC 6265 §5.4: name=value pairs by "; ". Never fails: odd parts are skipped. */
void cookies_parse(struct arena *a, struct str s, struct fields *ret);
/* multipart/form-data (RFC 7578): fields of at most LIMIT_HTTP_FIELD bytes, and files. Views of the
 * body, no copies. EC_INPUT, EC_LIMIT. */
MUST_USE enum ec multipart_parse(struct arena *a, struct str type, struct str body,
        struct fields *ret_form, struct uploads *ret_files, struct err *e);
/* Splits "/path?query" into r->path, r->query and r->args. */
MUST_USE enum ec target_parse(struct req *r, struct str target, struct err *e);

#endif

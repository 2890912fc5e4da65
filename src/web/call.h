/* One call of a handler: the request after every check, and helpers to answer it. */
#ifndef WEB_CALL_H
#define WEB_CALL_H

#include "core/ctx.h"
#include "core/registry/user.h"
#include "web/form.h"
#include "web/http.h"
#include "web/out.h"

struct site;
struct call;

/* Answers by filling c->w, or returns the code and reason of the error page. */
typedef enum ec handler_fn(struct call *c, struct err *e);

/* One page, action or API call. The dispatcher has checked session, right, CSRF token, size and
 * fields before fn runs. */
struct route {
	enum http_method method;
	struct str pattern; /* "/school/:id": :id is a positive integer, "*" the rest of the path */
	enum cap cap;       /* CAP_NONE is refused by a test */
	handler_fn *fn;
	struct str title;        /* shown by the list of rights; "" for actions */
	const struct form *form; /* fields of the query (GET) or of the form (POST); NULL: none */
	bool upload;             /* takes multipart/form-data */
	bool no_token;           /* login: there is no session yet, its own token is checked */
};

#define CALL_IDS 3

struct call {
	struct site *site;
	struct req *r;
	struct resp *w;
	const struct route *route;
	struct ctx ctx;
	const struct session *session; /* NULL: nobody is logged in */
	int64_t id[CALL_IDS];          /* values of :id in order */
	struct str rest;               /* what "*" matched */
	struct values values;          /* of the declared fields */
};

/* Redirect after a successful action (303), with a message shown once on the next page. */
enum ec call_redirect(struct call *c, struct url to, struct str message);
/* The page that o holds becomes the answer; EC_LIMIT when it did not fit. */
MUST_USE enum ec call_page(struct call *c, struct out *o, struct err *e);
/* Sets a cookie of this site: HttpOnly, SameSite=Lax, Secure behind https. max_age 0: until the
 * browser is closed; negative: removed. */
void call_cookie(struct call *c, struct str name, struct str value, int max_age);
/* Bytes to be saved as a file. */
void call_download(struct call *c, struct str type, struct str file_name, struct str bytes);
bool call_may(const struct call *c, enum cap cap);
/* Values of the declared fields. */
struct str call_text(const struct call *c, struct str name);
int64_t call_int(const struct call *c, struct str name); /* 0 when not sent */
struct date call_date(const struct call *c, struct str name);
struct str call_iso(
        const struct call *c, struct str name); /* the date as ISO, STR_NONE when not sent */
bool call_flag(const struct call *c, struct str name);
/* The address of this page with one argument changed and the page number dropped; "" takes the
 * argument away. */
struct url call_here(const struct call *c, struct str name, struct str value);
/* The same arguments under another path (export of a list). */
struct url call_same(const struct call *c, struct str path);
struct date call_today(const struct call *c);

#endif

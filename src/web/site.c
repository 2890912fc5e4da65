#include "web/site.h"

#include "base/cur.h"
#include "base/limits.h"
#include "base/log.h"
#include "base/secret.h"
#include "core/store.h"
#include "web/assets.h"
#include "web/layout.h"

int status_of(enum ec code)
{
	switch (code) {
	case EC_OK:
		return 200;
	case EC_INPUT:
		return 400;
	case EC_NOTFOUND:
		return 404;
	case EC_DENIED:
		return 403;
	case EC_CONFLICT:
		return 409;
	case EC_LIMIT:
		return 413;
	case EC_IO:
	case EC_DB:
		return 500;
	}
	BUG("enum ec");
}

bool route_match(const struct route *t, struct str path, int64_t id[CALL_IDS], struct str *ret_rest)
{
	struct str pattern = t->pattern;
	size_t n = 0;
	for (;;) {
		if (str_eq(pattern, STR("*"))) {
			*ret_rest = path;
			return path.n > 0;
		}
		size_t star = str_find_byte(pattern, ':', 0);
		if (star == SIZE_MAX || star > path.n) {
			size_t rest = str_find_byte(pattern, '*', 0);
			if (rest == SIZE_MAX)
				return str_eq(pattern, path);
			if (!str_starts(path, str_sub(pattern, 0, rest)))
				return false;
			pattern = str_skip(pattern, rest);
			path = str_skip(path, rest);
			continue;
		}
		if (!str_starts(path, str_sub(pattern, 0, star)))
			return false;
		struct cur at = CUR(str_skip(path, star));
		uint64_t v;
		if (n == CALL_IDS || !cur_uint(&at, 18, INT64_MAX, &v) || v == 0)
			return false;
		id[n++] = (int64_t)v;
		path = cur_rest(&at);
		pattern = str_skip(pattern, star + 3); /* ":id" */
	}
}

/* Privacy and framing of every answer. Style attributes are not allowed either: neither Tabler nor
 * ECharts (which styles through CSSOM) needs them. */
static void security_headers(struct call *c)
{
	struct arena *a = c->r->a;
	resp_header(a, c->w, STR("Content-Security-Policy"),
	        STR("default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
	            "form-action 'self'; frame-ancestors 'none'"));
	resp_header(a, c->w, STR("X-Content-Type-Options"), STR("nosniff"));
	resp_header(a, c->w, STR("X-Frame-Options"), STR("DENY"));
	resp_header(a, c->w, STR("Referrer-Policy"), STR("same-origin"));
	resp_header(a, c->w, STR("Permissions-Policy"),
	        STR("camera=(), microphone=(), geolocation=()"));
	resp_header(a, c->w, STR("Cross-Origin-Opener-Policy"), STR("same-origin"));
	if (c->site->https || c->r->https)
		resp_header(a, c->w, STR("Strict-Transport-Security"), STR("max-age=31536000"));
	if (!c->w->cacheable)
		resp_header(a, c->w, STR("Cache-Control"), STR("no-store"));
}

/* Browsers say where a form comes from; a foreign site is refused before anything is read. */
static bool same_origin(const struct req *r)
{
	struct str site = header_get(r, STR("Sec-Fetch-Site"));
	if (site.n > 0 && !str_eq(site, STR("same-origin")) && !str_eq(site, STR("none")))
		return false;
	struct str origin = header_get(r, STR("Origin"));
	if (origin.n == 0)
		return true;
	size_t at = str_find(origin, STR("://"), 0);
	return at != SIZE_MAX && str_eq(str_skip(origin, at + 3), header_get(r, STR("Host")));
}

static enum ec body_read(struct call *c, struct err *e)
{
	struct req *r = c->r;
	struct str type = r->body_type;
	size_t semi = str_find_byte(type, ';', 0);
	struct str bare = str_trim(str_sub(type, 0, semi == SIZE_MAX ? type.n : semi));
	if (r->body.n == 0)
		return EC_OK;
	if (str_ieq_ascii(bare, STR("application/x-www-form-urlencoded")))
		return fields_parse(r->a, r->body, &r->form, e);
	if (str_ieq_ascii(bare, STR("multipart/form-data")) && c->route->upload)
		return multipart_parse(r->a, type, r->body, &r->form, &r->files, e);
	return err_set(e, EC_INPUT, "такой вид запроса здесь не принимается");
}

static enum ec token_check(struct call *c, struct err *e)
{
	if (!same_origin(c->r))
		return err_set(e, EC_DENIED, "запрос пришёл с чужого сайта");
	if (c->route->no_token)
		return EC_OK;
	struct str sent = header_get(c->r, STR("X-CSRF-Token"));
	if (sent.n == 0)
		sent = field_get(&c->r->form, STR("csrf"));
	if (c->session == NULL || sent.n == 0 || !secret_equal(sent, c->session->csrf))
		return err_set(e, EC_DENIED,
		        "страница устарела: вернитесь назад, обновите её и повторите действие");
	return EC_OK;
}

static enum ec session_read(struct call *c, struct err *e)
{
	struct str token = field_get(&c->r->cookies, STR("soko_session"));
	if (token.n == 0)
		return EC_OK;
	struct session *s = arena_new(c->r->a, struct session, 1);
	enum ec code = session_find(&c->ctx, token, s, e);
	if (code == EC_NOTFOUND)
		return EC_OK;
	TRY(code);
	c->session = s;
	c->ctx.actor = &s->actor;
	return EC_OK;
}

/* Work moves the end of a session on; looking does not (GET never writes). */
static enum ec session_prolong(struct call *c, struct err *e)
{
	int64_t left = c->session != NULL ? c->session->expires_at - clock_now(&c->site->clock) : 0;
	if (c->session == NULL || c->r->method == METHOD_GET || left > LIMIT_SESSION_SECONDS / 2)
		return EC_OK;
	TRY(session_touch(&c->ctx, c->session->token, e));
	call_cookie(c, STR("soko_session"), c->session->token, LIMIT_SESSION_SECONDS);
	return EC_OK;
}

/* Nobody is known: people are led to the login page, programs get 401. */
static enum ec ask_login(struct call *c)
{
	struct arena *a = c->r->a;
	if (str_starts(c->r->path, STR("/api/"))) {
		c->w->status = 401;
		c->w->type = STR("application/json");
		c->w->body = STR("{\"error\":\"denied\",\"message\":\"нужно войти\"}\n");
		return EC_OK;
	}
	struct url to = URL("/login");
	if (c->r->method == METHOD_GET && !str_eq(c->r->path, STR("/"))) {
		struct str back = c->r->path;
		if (c->r->query.n > 0)
			back = str_printf(
			        a, STR_FMT "?" STR_FMT, STR_ARG(back), STR_ARG(c->r->query));
		to = url_arg(a, to, STR("next"), back);
	}
	return call_redirect(c, to, STR_NONE);
}

static enum ec allowed(struct call *c, struct err *e)
{
	struct scope s;
	if (c->route->cap == CAP_PUBLIC || (c->route->cap == CAP_SELF && c->session != NULL) ||
	        actor_scope(c->ctx.actor, c->route->cap, &s))
		return EC_OK;
	return err_set(e, EC_DENIED, "у вас нет права на это действие");
}

/* Everything that stands between a request and its handler, in this order. */
static enum ec checked(struct call *c, struct err *e)
{
	TRY(session_read(c, e));
	if (c->route->cap != CAP_PUBLIC && c->session == NULL)
		return ask_login(c);
	TRY(session_prolong(c, e));
	TRY(allowed(c, e));
	if (c->r->method == METHOD_POST) {
		TRY(body_read(c, e));
		TRY(token_check(c, e));
	}
	if (c->session != NULL && c->session->must_change && c->route->cap != CAP_PUBLIC &&
	        !str_eq(c->route->pattern, STR("/password")) &&
	        !str_eq(c->route->pattern, STR("/logout")))
		return call_redirect(
		        c, URL("/password"), STR("Смените пароль: этот выдан администратором."));
	if (c->route->form != NULL)
		TRY(form_check(c->r->a, c->route->form,
		        c->r->method == METHOD_POST ? &c->r->form : &c->r->args, &c->values, e));
	return c->route->fn(c, e);
}

/* The error page is written while the handle is still there: it shows who is logged in. */
static void failed(struct call *c, enum ec code, const struct err *e)
{
	*c->w = (struct resp){0};
	c->w->status = status_of(code);
	if (code == EC_IO || code == EC_DB)
		log_line(LOG_LEVEL_ERROR, "http " STR_FMT ": %s", STR_ARG(path_for_log(c->r->path)),
		        e->msg);
	error_page(c, code, e->msg);
}

static enum ec unknown_page(struct call *c, struct err *e)
{
	TRY(session_read(c, e));
	return err_set(e, EC_NOTFOUND, "такой страницы нет");
}

static void answer(struct call *c)
{
	struct err e = {0};
	struct db *db = NULL;
	enum ec code = store_take(c->site->store, c->r->method == METHOD_GET, &db, &e);
	c->ctx.db = db;
	if (code == EC_OK)
		code = c->route != NULL ? checked(c, &e) : unknown_page(c, &e);
	if (code != EC_OK)
		failed(c, code, &e);
	c->ctx.db = NULL;
	store_give(c->site->store, db);
}

static const struct route *find(struct call *c)
{
	for (size_t i = 0; i < site_routes_n; i++) {
		const struct route *t = &site_routes[i];
		if (!route_match(t, c->r->path, c->id, &c->rest))
			continue;
		if (t->method == c->r->method)
			return t;
	}
	return NULL;
}

static const struct actor nobody = {0};

void site_handle(void *site, struct req *r, struct resp *w)
{
	struct call c = {.site = site, .r = r, .w = w};
	c.ctx = (struct ctx){
	        .a = r->a, .clock = &c.site->clock, .actor = &nobody, .jail = c.site->jail};
	if (asset_serve(r, w)) {
		security_headers(&c);
		return;
	}
	c.route = find(&c);
	answer(&c);
	security_headers(&c);
}

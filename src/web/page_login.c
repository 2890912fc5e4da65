#include "web/page_login.h"

#include "base/secret.h"
#include "web/pages/login.h"
#include "web/site.h"

/* A login form is accepted only with the ticket that the same browser got with the page: nobody can
 * be logged in as somebody else by a foreign page. */
static struct str ticket(struct call *c)
{
	struct str t = field_get(&c->r->cookies, STR("soko_ticket"));
	if (t.n == 32)
		return t;
	t = secret_token(c->r->a, 16);
	call_cookie(c, STR("soko_ticket"), t, 0);
	return t;
}

static enum ec login_show(
        struct call *c, struct str next, struct str login, struct str problem, struct err *e)
{
	struct login_page p = {
	        .head = {.call = c, .title = STR("Вход")},
	        .problem = problem,
	        .login = login,
	        .next = next,
	        .ticket = ticket(c),
	};
	struct out o;
	out_init(&o, c->r->a);
	page_login(&o, &p);
	return call_page(c, &o, e);
}

/* Where a form said to go on; an address of another site leads home. */
static struct url back_to(struct str path)
{
	struct url u = url_local(path);
	return str_starts(u.s, STR("/")) ? u : URL("/");
}

enum ec login_get(struct call *c, struct err *e)
{
	struct str next = call_text(c, STR("next"));
	if (c->session != NULL)
		return call_redirect(c, URL("/"), STR_NONE);
	return login_show(c, next, STR_NONE, STR_NONE, e);
}

enum ec login_post(struct call *c, struct err *e)
{
	struct str next = call_text(c, STR("next"));
	struct str sent = call_text(c, STR("ticket"));
	struct str kept = field_get(&c->r->cookies, STR("soko_ticket"));
	struct login_form f = {
	        .login = call_text(c, STR("login")),
	        .password = call_text(c, STR("password")),
	        .address = c->r->peer,
	};
	if (kept.n != 32 || !secret_equal(sent, kept)) {
		c->w->status = 403;
		return login_show(c, next, f.login,
		        STR("Страница входа устарела или браузер не принимает cookie. Войдите ещё "
		            "раз."),
		        e);
	}
	struct session s;
	enum ec code = user_login(&c->ctx, &f, &s, e);
	if (code == EC_DENIED || code == EC_LIMIT || code == EC_INPUT) {
		c->w->status = code == EC_LIMIT ? 429 : 403;
		return login_show(c, next, f.login, str_dup(c->r->a, str_c(e->msg)), e);
	}
	TRY(code);
	call_cookie(c, STR("soko_session"), s.token, LIMIT_SESSION_SECONDS);
	call_cookie(c, STR("soko_ticket"), STR(""), -1);
	return call_redirect(c, back_to(next), STR_NONE);
}

enum ec logout_post(struct call *c, struct err *e)
{
	TRY(session_drop(&c->ctx, field_get(&c->r->cookies, STR("soko_session")), e));
	call_cookie(c, STR("soko_session"), STR(""), -1);
	return call_redirect(c, URL("/login"), STR_NONE);
}

static enum ec me_show(struct call *c, struct str problem, struct err *e)
{
	struct me_page p = {
	        .head = {.call = c, .title = c->session->actor.name, .guide = STR("account")},
	        .problem = problem,
	};
	struct out o;
	out_init(&o, c->r->a);
	page_me(&o, &p);
	return call_page(c, &o, e);
}

enum ec me_get(struct call *c, struct err *e)
{
	return me_show(c, STR_NONE, e);
}

enum ec password_get(struct call *c, struct err *e)
{
	return me_show(c, STR_NONE, e);
}

enum ec password_post(struct call *c, struct err *e)
{
	struct str fresh = call_text(c, STR("new"));
	enum ec code = EC_INPUT;
	if (str_eq(fresh, call_text(c, STR("again"))))
		code = user_change_own_password(&c->ctx, call_text(c, STR("old")), fresh, e);
	else
		(void)err_set(e, EC_INPUT, "Новый пароль введён по-разному.");
	if (code == EC_DENIED || code == EC_INPUT) {
		c->w->status = status_of(code);
		return me_show(c, str_dup(c->r->a, str_c(e->msg)), e);
	}
	TRY(code);
	return call_redirect(c, URL("/me"), STR("Пароль изменён."));
}

enum ec theme_post(struct call *c, struct err *e)
{
	(void)e;
	call_cookie(c, STR("soko_theme"), call_text(c, STR("theme")), 365 * 86400);
	return call_redirect(c, back_to(call_text(c, STR("back"))), STR_NONE);
}

enum ec health_get(struct call *c, struct err *e)
{
	(void)e;
	c->w->type = STR("text/plain; charset=utf-8");
	c->w->body = STR("ok\n");
	return EC_OK;
}

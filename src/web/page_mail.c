#include "web/page_mail.h"

#include "core/remind/unsubscribe.h"
#include "web/pages/mail.h"

#define LETTERS_SHOWN 100

enum ec mail_get(struct call *c, struct err *e)
{
	struct mail_page p = {
	        .head = {.call = c,
	                .title = STR("Письма"),
	                .note = STR("Почтовый сервер и что стало с письмами"),
	                .section = SECTION_NOTICES,
	                .guide = STR("notices"),
	                .crumb = {{STR("Уведомления"), URL("/notices")}}},
	};
	TRY(mail_setting_load(&c->ctx, &p.m, e));
	TRY(digest_list(&c->ctx, LETTERS_SHOWN, &p.letters, e));
	p.securities.v = arena_new(c->r->a, struct option, SMTP_SECURITY_COUNT);
	for (int i = 0; i < SMTP_SECURITY_COUNT; i++) {
		enum smtp_security s = (enum smtp_security)i;
		p.securities.v[p.securities.n++] = (struct option){
		        smtp_security_name(s), smtp_security_title(s), s == p.m.server.security};
	}
	struct out o;
	out_init(&o, c->r->a);
	page_mail(&o, &p);
	return call_page(c, &o, e);
}

enum ec mail_post(struct call *c, struct err *e)
{
	struct mail_setting s = {
	        .on = call_flag(c, STR("on")),
	        .server = {.host = call_text(c, STR("host")),
	                .port = (int)call_int(c, STR("port")),
	                .verify = call_flag(c, STR("verify")),
	                .ca_file = call_text(c, STR("ca_file")),
	                .login = call_text(c, STR("smtp_login"))},
	        .from = call_text(c, STR("from")),
	        .from_name = call_text(c, STR("from_name")),
	        .site = call_text(c, STR("site")),
	};
	struct str password = call_text(c, STR("password"));
	if (!smtp_security_of(call_text(c, STR("security")), &s.server.security))
		return err_set(e, EC_INPUT, "Шифрование: выберите из списка");
	/* an empty field leaves the password as it is */
	if (call_flag(c, STR("no_password")))
		password = STR("");
	else if (password.n == 0)
		password = STR_NONE;
	TRY(mail_setting_put(&c->ctx, &s, password, e));
	return call_redirect(c, URL("/notices/mail"), STR("Настройки почты сохранены."));
}

enum ec mail_test_post(struct call *c, struct err *e)
{
	struct err why = {0};
	enum ec ec = mail_test(&c->ctx, call_text(c, STR("to")), &why);
	if (ec == EC_IO) /* the server's words are what the administrator needs to see */
		return call_redirect(c, URL("/notices/mail"),
		        str_printf(c->r->a, "Письмо не ушло. %s", why.msg));
	if (ec != EC_OK)
		return err_set(e, ec, "%s", why.msg);
	return call_redirect(c, URL("/notices/mail"), STR("Пробное письмо принято сервером."));
}

enum ec digest_again_post(struct call *c, struct err *e)
{
	TRY(digest_again(&c->ctx, c->id[0], e));
	return call_redirect(c, URL("/notices/mail"), STR("Письмо снова в очереди."));
}

static enum ec off_page(struct call *c, bool done, struct err *e)
{
	struct off_page p = {
	        .head = {.call = c, .title = STR("Письма с напоминаниями")},
	        .token = c->rest,
	        .done = done,
	};
	struct out o;
	out_init(&o, c->r->a);
	page_off(&o, &p);
	return call_page(c, &o, e);
}

enum ec letters_off_get(struct call *c, struct err *e)
{
	int64_t user;
	TRY(unsubscribe_check(&c->ctx, c->rest, &user, e));
	return off_page(c, false, e);
}

enum ec letters_off_post(struct call *c, struct err *e)
{
	TRY(unsubscribe(&c->ctx, c->rest, e));
	return off_page(c, true, e);
}

#include "core/remind/mail_setting.h"

#include "base/limits.h"
#include "base/num.h"
#include "base/secret.h"
#include "core/fact.h"
#include "db/q_remind.h"
#include "pack/mime_write.h"

#define SITE_MAX 300

static struct str value_of(const struct q_remind_settings_rows *rows, const char *name)
{
	for (size_t i = 0; i < rows->n; i++)
		if (str_eq_z(rows->v[i].name, name))
			return rows->v[i].value;
	return STR("");
}

enum ec mail_setting_load(const struct ctx *c, struct mail_setting *ret, struct err *e)
{
	struct q_remind_settings_rows rows;
	int64_t port = 587;
	TRY(q_remind_settings(c->db, c->a, &(struct q_remind_settings_in){STR("mail_")}, &rows, e));
	*ret = (struct mail_setting){
	        .on = str_eq_z(value_of(&rows, "mail_on"), "1"),
	        .server = {.host = value_of(&rows, "mail_host"),
	                .security = SMTP_STARTTLS,
	                .verify = !str_eq_z(value_of(&rows, "mail_verify"), "0"),
	                .ca_file = value_of(&rows, "mail_ca_file"),
	                .login = value_of(&rows, "mail_login"),
	                .password = value_of(&rows, "mail_password")},
	        .from = value_of(&rows, "mail_from"),
	        .from_name = value_of(&rows, "mail_from_name"),
	        .site = value_of(&rows, "mail_site"),
	};
	(void)num_parse_int(value_of(&rows, "mail_port"), &port);
	(void)smtp_security_of(value_of(&rows, "mail_security"), &ret->server.security);
	ret->server.port = (int)port;
	ret->has_password = ret->server.password.n > 0;
	if (ret->from_name.n == 0)
		ret->from_name = STR("СОКО");
	return EC_OK;
}

static struct str setting_json(struct arena *a, const struct mail_setting *s)
{
	struct fact f;
	fact_begin(&f, a);
	json_kv_int(&f.j, "on", s->on);
	json_kv_str(&f.j, "host", s->server.host);
	json_kv_int(&f.j, "port", s->server.port);
	json_kv_str(&f.j, "security", smtp_security_name(s->server.security));
	json_kv_int(&f.j, "verify", s->server.verify);
	json_kv_str(&f.j, "ca_file", s->server.ca_file);
	json_kv_str(&f.j, "smtp_login", s->server.login);
	json_kv_str(&f.j, "mail_from", s->from);
	json_kv_str(&f.j, "from_name", s->from_name);
	json_kv_str(&f.j, "site", s->site);
	return fact_end(&f);
}

/* Bytes that may stand in an address as they are. */
static bool visible(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] > '~' || s.p[i] == '<' || s.p[i] == '>' ||
		        s.p[i] == '"')
			return false;
	return true;
}

static bool host_ok(struct str host)
{
	for (size_t i = 0; i < host.n; i++) {
		char b = host.p[i];
		if (!((b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') ||
		            b == '.' || b == '-' || b == ':'))
			return false;
	}
	return host.n > 0 && host.n <= 255;
}

static enum ec setting_read(
        const struct ctx *c, const struct mail_setting *s, struct mail_setting *ret, struct err *e)
{
	*ret = *s;
	ret->server.host = str_trim(s->server.host);
	ret->from = str_trim(s->from);
	ret->site = str_trim(s->site);
	while (str_ends(ret->site, STR("/")))
		ret->site.n--;
	TRY(typed_text(c->a,
	        &(struct text_field){s->from_name, "Имя отправителя", 200, false, false},
	        &ret->from_name, e));
	TRY(typed_text(c->a, &(struct text_field){s->server.login, "Логин", 200, false, false},
	        &ret->server.login, e));
	TRY(typed_text(c->a,
	        &(struct text_field){s->server.ca_file, "Файл сертификатов", 500, false, false},
	        &ret->server.ca_file, e));
	if (ret->site.n > 0 && (!(str_starts(ret->site, STR("https://")) ||
	                                str_starts(ret->site, STR("http://"))) ||
	                               !visible(ret->site) || ret->site.n > SITE_MAX))
		return err_set(e, EC_INPUT, "Адрес сайта: нужен вида https://soko.example.ru");
	if (ret->server.port < 1 || ret->server.port > 65535)
		return err_set(e, EC_INPUT, "Порт: от 1 до 65535");
	if (ret->server.host.n > 0 && !host_ok(ret->server.host))
		return err_set(e, EC_INPUT, "Сервер: имя или адрес, латиницей");
	if (ret->from.n > 0 && !mime_email_ok(ret->from))
		return err_set(e, EC_INPUT, "Адрес отправителя: нужен вида soko@example.ru");
	if (ret->on && (ret->server.host.n == 0 || ret->from.n == 0 || ret->site.n == 0))
		return err_set(e, EC_INPUT,
		        "Чтобы включить письма, нужны сервер, адрес отправителя и адрес сайта");
	return EC_OK;
}

static enum ec put(const struct ctx *c, const char *name, struct str value, struct err *e)
{
	return q_remind_setting_put(c->db,
	        &(struct q_remind_setting_put_in){
	                str_c(name), or_empty(value), STR("администратор"), clock_now(c->clock)},
	        e);
}

enum ec mail_setting_put(
        const struct ctx *c, const struct mail_setting *given, struct str password, struct err *e)
{
	struct mail_setting s, was;
	AUTO_TX tx = {0};
	TRY(must_may(c, CAP_USER_ADMIN, ACTOR_ALL, ACTOR_ALL, e));
	TRY(setting_read(c, given, &s, e));
	if (password.n > 1000)
		return err_set(e, EC_INPUT, "Пароль: длиннее 1000 знаков");
	TRY(tx_begin(c->db, &tx, e));
	TRY(mail_setting_load(c, &was, e));
	const struct {
		const char *name;
		struct str value;
	} v[] = {
	        {"mail_on", s.on ? STR("1") : STR("0")},
	        {"mail_host", s.server.host},
	        {"mail_port", str_printf(c->a, "%d", s.server.port)},
	        {"mail_security", smtp_security_name(s.server.security)},
	        {"mail_verify", s.server.verify ? STR("1") : STR("0")},
	        {"mail_ca_file", s.server.ca_file},
	        {"mail_login", s.server.login},
	        {"mail_from", s.from},
	        {"mail_from_name", s.from_name},
	        {"mail_site", s.site},
	};
	for (size_t i = 0; i < ARRAY_LEN(v); i++)
		TRY(put(c, v[i].name, v[i].value, e));
	if (password.p != NULL)
		TRY(put(c, "mail_password", password, e));
	TRY(history_add(c,
	        &(struct change){STR("mail_setting"), 0, STR("change"), setting_json(c->a, &was),
	                setting_json(c->a, &s),
	                password.p != NULL ? STR("и пароль почтового сервера") : STR("")},
	        e));
	return tx_commit(&tx, e);
}

enum ec mail_test(const struct ctx *c, struct str to, struct err *e)
{
	struct mail_setting s;
	struct buf b;
	bool final;
	TRY(must_may(c, CAP_USER_ADMIN, ACTOR_ALL, ACTOR_ALL, e));
	TRY(mail_setting_load(c, &s, e));
	if (!mime_email_ok(to))
		return err_set(e, EC_INPUT, "Кому: нужен адрес вида name@example.ru");
	if (s.server.host.n == 0 || s.from.n == 0)
		return err_set(e, EC_INPUT, "Сначала задайте сервер и адрес отправителя");
	s.server.timeout_s = 20;
	buf_init(&b, c->a, 64 * KIB);
	mime_write(&b, &(struct mime_message){.from = {s.from_name, s.from},
	                       .to = {STR(""), to},
	                       .subject = STR("СОКО: проверка почты"),
	                       .message_id = str_printf(c->a, "test-" STR_FMT "@soko",
	                               STR_ARG(secret_token(c->a, 8))),
	                       .at = clock_now(c->clock),
	                       .offset_min = c->clock->offset_min,
	                       .text = STR("Почта СОКО работает.\n"),
	                       .html = STR("<p>Почта СОКО работает.</p>\n")});
	AUTO_SMTP smtp = NULL;
	TRY(smtp_open(c->a, &s.server, &smtp, e));
	return smtp_send(smtp, &(struct smtp_letter){s.from, to, buf_str(&b)}, &final, e);
}

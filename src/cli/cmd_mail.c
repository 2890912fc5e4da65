/* soko mail: the mail server of the installation from the command line. The password comes from a
 * file or the standard input, never from an argument: arguments are seen by everybody. */
#include "base/cur.h"
#include "base/file.h"
#include "base/limits.h"
#include "cli/cmd.h"
#include "cli/with_store.h"
#include "core/remind/mail_setting.h"

#include <stdio.h>

struct ask {
	const char *host, *port, *security, *login, *password_file, *from, *name, *site, *ca, *test;
	bool on, off, no_verify, verify;
};

static void print_setting(const struct mail_setting *s)
{
	(void)printf("письма\t%s\nсервер\t" STR_FMT ":%d, " STR_FMT "%s\nлогин\t" STR_FMT
	             "\nпароль\t%s\nотправитель\t" STR_FMT " <" STR_FMT ">\nсайт\t" STR_FMT "\n",
	        s->on ? "включены" : "выключены", STR_ARG(s->server.host), s->server.port,
	        STR_ARG(smtp_security_title(s->server.security)),
	        s->server.verify ? "" : ", сертификат не проверяется", STR_ARG(s->server.login),
	        s->has_password ? "задан" : "не задан", STR_ARG(s->from_name), STR_ARG(s->from),
	        STR_ARG(s->site));
}

static void set(struct str *to, const char *given, bool *any)
{
	if (given == NULL)
		return;
	*to = str_c(given);
	*any = true;
}

static enum ec mail(const struct ctx *c, void *arg, struct err *e)
{
	const struct ask *q = arg;
	struct mail_setting s;
	struct str password = STR_NONE;
	bool any = q->on || q->off || q->verify || q->no_verify;
	TRY(mail_setting_load(c, &s, e));
	set(&s.server.host, q->host, &any);
	set(&s.server.login, q->login, &any);
	set(&s.server.ca_file, q->ca, &any);
	set(&s.from, q->from, &any);
	set(&s.from_name, q->name, &any);
	set(&s.site, q->site, &any);
	if (q->port != NULL) {
		struct cur at = CUR(str_c(q->port));
		int64_t port;
		if (!cur_int(&at, 1, 65535, &port) || !cur_end(&at))
			return err_set(e, EC_INPUT, "--port %s: нужно число", q->port);
		s.server.port = (int)port;
		any = true;
	}
	if (q->security != NULL) {
		if (!smtp_security_of(str_c(q->security), &s.server.security))
			return err_set(e, EC_INPUT, "--security: plain, starttls или tls");
		any = true;
	}
	if (q->password_file != NULL) {
		TRY(file_read(c->a, q->password_file, 1000, &password, e));
		while (password.n > 0 &&
		        (str_ends(password, STR("\n")) || str_ends(password, STR("\r"))))
			password.n--;
		any = true;
	}
	s.on = q->on || (s.on && !q->off);
	s.server.verify = q->verify || (s.server.verify && !q->no_verify);
	if (any)
		TRY(mail_setting_put(c, &s, password, e));
	TRY(mail_setting_load(c, &s, e));
	print_setting(&s);
	if (q->test != NULL) {
		TRY(mail_test(c, str_c(q->test), e));
		(void)printf("пробное письмо принято сервером\n");
	}
	return EC_OK;
}

enum ec cmd_mail(struct cmd_args *args, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	struct ask q = {0};
	const char *db;
	const struct {
		const char *name;
		const char **to;
	} v[] = {{"--host", &q.host}, {"--port", &q.port}, {"--security", &q.security},
	        {"--login", &q.login}, {"--password-file", &q.password_file}, {"--from", &q.from},
	        {"--name", &q.name}, {"--site", &q.site}, {"--ca", &q.ca}, {"--test", &q.test}};
	TRY(opt_value(args, "--db", "data/soko.db", &db, e));
	for (size_t i = 0; i < ARRAY_LEN(v); i++)
		TRY(opt_value(args, v[i].name, NULL, v[i].to, e));
	q.on = opt_flag(args, "--on");
	q.off = opt_flag(args, "--off");
	q.no_verify = opt_flag(args, "--no-verify");
	q.verify = opt_flag(args, "--verify");
	TRY(opt_end(args, 0, 0, e));
	return with_store(
	        &a, &(struct store_call){.db = db, .must_exist = true, .fn = mail, .arg = &q}, e);
}

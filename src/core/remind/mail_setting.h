/* How letters leave: the mail server of the installation, set by the administrator on the page or
 * by `soko mail`. The password is kept in the database only, is never shown again and never enters
 * the history. */
#ifndef CORE_REMIND_MAIL_SETTING_H
#define CORE_REMIND_MAIL_SETTING_H

#include "core/ctx.h"
#include "core/remind/smtp.h"

struct mail_setting {
	bool on; /* letters are made and sent */
	struct smtp_server server;
	struct str from, from_name;
	struct str site; /* "https://soko.example.ru": where links of letters and calendars lead */
	bool has_password;
};
/* What is stored, or defaults: off, port 587, STARTTLS, certificate verified. Not checked for
 * rights: the sender reads it too; only pages of CAP_USER_ADMIN show it. EC_DB. */
MUST_USE enum ec mail_setting_load(const struct ctx *c, struct mail_setting *ret, struct err *e);

/* Needs CAP_USER_ADMIN. password p == NULL: as it was, "": none. One transaction, one event without
 * the password. EC_INPUT names the field. */
MUST_USE enum ec mail_setting_put(
        const struct ctx *c, const struct mail_setting *s, struct str password, struct err *e);

/* A letter of two lines to see whether it works. Needs CAP_USER_ADMIN. EC_INPUT, EC_IO. */
MUST_USE enum ec mail_test(const struct ctx *c, struct str to, struct err *e);

#endif

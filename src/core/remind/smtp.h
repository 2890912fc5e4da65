/* Handing letters to a mail server by SMTP (RFC 5321), through libcurl; the only place that knows
 * it. One connection serves several letters. */
#ifndef CORE_REMIND_SMTP_H
#define CORE_REMIND_SMTP_H

#include "base/str.h"

enum smtp_security {
	SMTP_PLAIN = 0, /* no encryption: a server on the same machine */
	SMTP_STARTTLS,  /* begins in the clear, TLS is required (port 587) */
	SMTP_TLS,       /* TLS from the first byte (port 465) */
	SMTP_SECURITY_COUNT
};
struct str smtp_security_name(enum smtp_security s);  /* "starttls" */
struct str smtp_security_title(enum smtp_security s); /* Russian */
bool smtp_security_of(struct str name, enum smtp_security *ret);

struct smtp_server {
	struct str host; /* name or address */
	int port;
	enum smtp_security security;
	bool verify;                /* certificate and its name; off only for a server one knows */
	struct str ca_file;         /* PEM of own authorities; empty: those of the system */
	struct str login, password; /* empty login: none */
	int timeout_s;              /* of one letter, 0: 60 */
};

struct smtp; /* lives in the arena, holds a connection */

/* Prepares; nothing is sent yet. EC_IO when the library does not start. */
MUST_USE enum ec smtp_open(
        struct arena *a, const struct smtp_server *s, struct smtp **ret, struct err *e);
void smtp_close(struct smtp *s); /* NULL is fine */
void smtp_close_ptr(struct smtp **s);
#define AUTO_SMTP __attribute__((cleanup(smtp_close_ptr))) struct smtp *

struct smtp_letter {
	struct str from, to; /* plain addresses */
	struct str bytes;    /* mime_write() */
};
/* EC_OK: the server has taken it. EC_IO: not (message in Russian with the server's words);
 * *ret_final: the server refused for good (5xx), trying again is useless. */
MUST_USE enum ec smtp_send(
        struct smtp *s, const struct smtp_letter *l, bool *ret_final, struct err *e);

#endif

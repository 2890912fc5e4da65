#include "base/err.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Cuts a message at a whole UTF-8 character, so that a page never shows half of one. */
static void cut_utf8(char *s)
{
	size_t n = strlen(s);
	size_t i = n;
	while (i > 0 && ((unsigned char)s[i - 1] & 0xC0) == 0x80)
		i--;
	if (i == 0)
		return;
	unsigned char lead = (unsigned char)s[i - 1];
	size_t need = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
	if (n - (i - 1) < need)
		s[i - 1] = '\0';
}

enum ec err_set(struct err *e, enum ec code, const char *fmt, ...)
{
	if (e != NULL) {
		va_list ap;
		va_start(ap, fmt);
		e->code = code;
		if (vsnprintf(e->msg, sizeof(e->msg), fmt, ap) >= (int)sizeof(e->msg))
			cut_utf8(e->msg);
		va_end(ap);
	}
	return code;
}

enum ec err_wrap(struct err *e, const char *fmt, ...)
{
	if (e == NULL)
		return EC_IO;
	char head[sizeof(e->msg)];
	char tail[sizeof(e->msg)];
	va_list ap;
	va_start(ap, fmt);
	(void)vsnprintf(head, sizeof(head), fmt, ap);
	va_end(ap);
	memcpy(tail, e->msg, sizeof(tail));
	size_t n = strlen(head);
	size_t room = sizeof(e->msg) - 1;
	if (n > room)
		n = room;
	memcpy(e->msg, head, n);
	e->msg[n] = '\0';
	if (n + 2 < room) {
		(void)snprintf(e->msg + n, sizeof(e->msg) - n, ": %.*s", (int)(room - n - 2), tail);
		cut_utf8(e->msg);
	}
	return e->code;
}

const char *ec_name(enum ec code)
{
	switch (code) {
	case EC_OK:
		return "ok";
	case EC_INPUT:
		return "input";
	case EC_NOTFOUND:
		return "notfound";
	case EC_DENIED:
		return "denied";
	case EC_CONFLICT:
		return "conflict";
	case EC_LIMIT:
		return "limit";
	case EC_IO:
		return "io";
	case EC_DB:
		return "db";
	}
	return "unknown";
}

void soko_bug(const char *file, int line, const char *what)
{
	(void)fprintf(stderr, "soko: bug at %s:%d: %s\n", file, line, what);
	abort();
}

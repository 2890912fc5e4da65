#include "pack/mime_write.h"

#define LINE_MAX_BYTES 76
#define WORD_BYTES     45 /* in one encoded word: 60 base64 letters and 12 bytes around */

bool mime_email_ok(struct str email)
{
	size_t at = str_find_byte(email, '@', 0);
	if (email.n > 254 || at == SIZE_MAX || at == 0 || at + 1 >= email.n ||
	        str_find_byte(email, '@', at + 1) != SIZE_MAX)
		return false;
	for (size_t i = 0; i < email.n; i++) {
		char b = email.p[i];
		if (b <= ' ' || b > '~' || b == '<' || b == '>' || b == '(' || b == ')' ||
		        b == '[' || b == ']' || b == ',' || b == ';' || b == ':' || b == '"' ||
		        b == '\\')
			return false;
	}
	return true;
}

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static void base64(struct buf *out, const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i += 3) {
		uint32_t v = (uint32_t)p[i] << 16;
		v |= i + 1 < n ? (uint32_t)p[i + 1] << 8 : 0;
		v |= i + 2 < n ? p[i + 2] : 0;
		buf_byte(out, letters[v >> 18 & 63]);
		buf_byte(out, letters[v >> 12 & 63]);
		buf_byte(out, i + 1 < n ? letters[v >> 6 & 63] : '=');
		buf_byte(out, i + 2 < n ? letters[v & 63] : '=');
	}
}

static bool plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < ' ' || s.p[i] > '~')
			return false;
	/* what looks like an encoded word would be decoded */
	return !str_has(s, STR("=?")) && s.n < LINE_MAX_BYTES - 20;
}

/* Without line breaks and control characters, valid UTF-8. */
static struct str one_line(struct arena *a, struct str s)
{
	struct buf b;
	buf_init(&b, a, 4 * s.n + 16);
	for (size_t i = 0; i < s.n;) {
		uint32_t cp = utf8_next(s, &i);
		buf_cp(&b, cp < ' ' || cp == 0x7f || cp == 0x2028 || cp == 0x2029 ? ' ' : cp);
	}
	return buf_str(&b);
}

void mime_words(struct buf *out, struct str text, size_t used)
{
	struct str s = one_line(out->a, text);
	if (plain(s)) {
		buf_add(out, s);
		return;
	}
	/* the first word must fit what is left of its line: used + 12 + 4/3 bytes <= 76 */
	size_t room = used < 60 ? (LINE_MAX_BYTES - used - 12) / 4 * 3 : 0;
	for (size_t i = 0; i < s.n;) {
		size_t end = i;
		size_t most = room < WORD_BYTES ? room : WORD_BYTES;
		while (end < s.n) {
			size_t next = end;
			(void)utf8_next(s, &next);
			if (next - i > most)
				break;
			end = next;
		}
		if (end > i) {
			buf_add_z(out, "=?UTF-8?B?");
			base64(out, (const uint8_t *)s.p + i, end - i);
			buf_add_z(out, "?=");
		}
		i = end;
		room = WORD_BYTES;
		if (i < s.n)
			buf_add_z(out, "\r\n ");
	}
}

static void header(struct buf *out, const char *name, struct str value)
{
	size_t before = out->n;
	buf_add_z(out, name);
	buf_add_z(out, ": ");
	mime_words(out, value, out->n - before);
	buf_add_z(out, "\r\n");
}

/* A phrase: encoded words, or a quoted string where the plain text has special characters. */
static void address(struct buf *out, const char *name, const struct mime_address *who)
{
	size_t before = out->n;
	buf_add_z(out, name);
	buf_add_z(out, ": ");
	struct str s = one_line(out->a, who->name);
	if (s.n > 0 && plain(s)) {
		buf_byte(out, '"');
		for (size_t i = 0; i < s.n; i++) {
			if (s.p[i] == '"' || s.p[i] == '\\')
				buf_byte(out, '\\');
			buf_byte(out, s.p[i]);
		}
		buf_byte(out, '"');
	} else if (s.n > 0) {
		mime_words(out, s, out->n - before);
	}
	buf_add_z(out, s.n > 0 ? "\r\n <" : "<");
	buf_add(out, who->email);
	buf_add_z(out, ">\r\n");
}

static void date(struct buf *out, int64_t at, int offset_min)
{
	static const char *const days[] = {"", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	static const char *const months[] = {"", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul",
	        "Aug", "Sep", "Oct", "Nov", "Dec"};
	struct date d = date_of_time(at, offset_min);
	int64_t local = at + (int64_t)offset_min * 60;
	int sec = (int)(((local % 86400) + 86400) % 86400);
	int east = offset_min < 0 ? -offset_min : offset_min;
	buf_printf(out, "Date: %s, %d %s %d %02d:%02d:%02d %c%02d%02d\r\n", days[date_weekday(d)],
	        d.d, months[d.m], d.y, sec / 3600, sec / 60 % 60, sec % 60,
	        offset_min < 0 ? '-' : '+', east / 60, east % 60);
}

static void part(struct buf *out, const char *type, struct str body)
{
	buf_printf(out,
	        "--=_soko\r\nContent-Type: %s; charset=UTF-8\r\n"
	        "Content-Transfer-Encoding: base64\r\n\r\n",
	        type);
	for (size_t i = 0; i < body.n; i += 57) {
		struct str line = str_sub(body, i, i + 57);
		base64(out, (const uint8_t *)line.p, line.n);
		buf_add_z(out, "\r\n");
	}
	buf_add_z(out, "\r\n");
}

void mime_write(struct buf *out, const struct mime_message *m)
{
	address(out, "From", &m->from);
	address(out, "To", &m->to);
	header(out, "Subject", m->subject);
	date(out, m->at, m->offset_min);
	buf_printf(out, "Message-ID: <" STR_FMT ">\r\n", STR_ARG(m->message_id));
	if (m->unsubscribe.n > 0) {
		buf_printf(out, "List-Unsubscribe:\r\n <" STR_FMT ">\r\n", STR_ARG(m->unsubscribe));
		buf_add_z(out, "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
	}
	/* answers «I am on leave» must not come back (RFC 3834) */
	buf_add_z(out, "Auto-Submitted: auto-generated\r\n"
	               "Content-Language: ru\r\n"
	               "MIME-Version: 1.0\r\n"
	               "Content-Type: multipart/alternative; boundary=\"=_soko\"\r\n\r\n");
	/* "=_" cannot stand in base64, so the boundary cannot stand in a part */
	part(out, "text/plain", m->text);
	part(out, "text/html", m->html);
	buf_add_z(out, "--=_soko--\r\n");
}

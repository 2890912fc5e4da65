/* One letter as it goes over the wire: headers of RFC 5322 with Russian words by RFC 2047, a plain
 * and an HTML body in multipart/alternative, both UTF-8 in base64. Lines end with CRLF and are
 * never longer than 78 bytes. Line breaks and control characters in header values become blanks, so
 * that no value can add a header. */
#ifndef PACK_MIME_WRITE_H
#define PACK_MIME_WRITE_H

#include "base/buf.h"
#include "base/date.h"

struct mime_address {
	struct str name;  /* UTF-8, may be empty */
	struct str email; /* mime_email_ok() */
};
struct mime_message {
	struct mime_address from, to;
	struct str subject;
	struct str message_id;  /* "local@host", without brackets */
	int64_t at;             /* UTC seconds */
	int offset_min;         /* minutes east of UTC, for Date */
	struct str unsubscribe; /* address of a one-click page (RFC 8058), may be empty */
	struct str text, html;  /* UTF-8 */
};

/* One plain address: ASCII, one @ with something on both sides, none of the blanks, brackets,
 * quotes and commas that would need quoting; at most 254 bytes. */
bool mime_email_ok(struct str email);
/* A header value: as it is when it is printable ASCII, else encoded words of at most 75 bytes that
 * never cut a character; folded for a line that has `used` bytes already. */
void mime_words(struct buf *out, struct str text, size_t used);
/* The whole letter. Addresses must be ok. */
void mime_write(struct buf *out, const struct mime_message *m);

#endif

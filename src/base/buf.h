/* Growing text or bytes with a maximum; the overflow flag is sticky and tested once at the end. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/str.h"

/* Lives in its arena. Fields are readable; p is always NUL-terminated after the first write. */
struct buf {
	struct arena *a;
	char *p;
	size_t n, cap, max;
	bool over; /* something did not fit: the content is cut */
};

void buf_init(struct buf *b, struct arena *a, size_t max);
void buf_add(struct buf *b, struct str s);
void buf_add_z(struct buf *b, const char *z);
void buf_add_n(struct buf *b, const void *p, size_t n);
void buf_byte(struct buf *b, char c);
void buf_cp(struct buf *b, uint32_t cp); /* a code point as UTF-8 */
void buf_printf(struct buf *b, const char *fmt, ...) PRINTF(2, 3);
void buf_int(struct buf *b, int64_t v);
struct str buf_str(const struct buf *b); /* view of the content, valid until the next write */
void buf_reset(struct buf *b);           /* empty again, memory kept */
/* EC_LIMIT with `what` in the message when something did not fit. */
MUST_USE enum ec buf_check(const struct buf *b, const char *what, struct err *e);

#endif

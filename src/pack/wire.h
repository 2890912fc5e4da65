/* Values as bytes between the jail and the program: unsigned numbers in LEB128, texts with their
 * length. Reading trusts nothing: each number has a maximum, each text must be UTF-8 and inside the
 * piece. */
#ifndef PACK_WIRE_H
#define PACK_WIRE_H

#include "base/buf.h"

void wire_put(struct buf *b, uint64_t v);
void wire_put_str(struct buf *b, struct str s);

struct wire {
	struct str s;
	size_t i;
};

/* False when the number is missing, malformed or above max. */
bool wire_take(struct wire *w, uint64_t max, uint64_t *ret);
/* A view into the piece; at most max bytes. */
bool wire_take_str(struct wire *w, size_t max, struct str *ret);
bool wire_end(const struct wire *w);
/* EC_INPUT with the one message there is for an answer that cannot be. */
enum ec wire_bad(struct err *e);

#endif

/* struct rich across the jail: to bytes in the child, back in the parent. */
#ifndef PACK_RICH_WIRE_H
#define PACK_RICH_WIRE_H

#include "base/buf.h"
#include "pack/rich.h"

/* Overflow is the buf's. */
void rich_wire_put(struct buf *b, const struct rich *rich);
/* Texts are views into bytes, arrays live in a. EC_INPUT when the bytes are not what rich_wire_put
 * writes, EC_LIMIT past the arena. */
MUST_USE enum ec rich_wire_take(struct arena *a, struct str bytes, struct rich *ret, struct err *e);

#endif

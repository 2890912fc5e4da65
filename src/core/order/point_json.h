/* A point as the history keeps it. */
#ifndef CORE_ORDER_POINT_JSON_H
#define CORE_ORDER_POINT_JSON_H

#include "core/ctx.h"

/* JSON of the point with executors, deadlines and measures as they stand now. */
MUST_USE enum ec point_json(
        const struct ctx *c, int64_t document_id, int64_t point_id, struct str *ret, struct err *e);

#endif

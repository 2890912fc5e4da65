/* A point as the history keeps it. */
#ifndef CORE_ORDER_POINT_JSON_H
#define CORE_ORDER_POINT_JSON_H

#include "core/ctx.h"

struct point_at {
	int64_t document_id, point_id;
};
/* JSON of the point with executors, deadlines, measures and problems as they stand now: whole, so
 * that it can be put back. */
MUST_USE enum ec point_json(
        const struct ctx *c, int64_t document_id, int64_t point_id, struct str *ret, struct err *e);
/* The same with "undoes": the event that was taken back. */
MUST_USE enum ec point_json_undone(const struct ctx *c, const struct point_at *at, int64_t undoes,
        struct str *ret, struct err *e);
/* Makes the point what the JSON says, inside the caller's transaction; its version grows. A problem
 * keeps its id when it is still there. EC_INPUT when the JSON is of a form that cannot be put back.
 */
MUST_USE enum ec point_put_back(
        const struct ctx *c, const struct point_at *at, struct str json, struct err *e);

#endif

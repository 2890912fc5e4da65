/* Checking what was read: the clerk says of a point or of one field that it is right, and takes the
 * last change back. */
#ifndef CORE_ORDER_DOCUMENT_CHECK_H
#define CORE_ORDER_DOCUMENT_CHECK_H

#include "core/ctx.h"

/* What is right: a field of the point, or the whole point when both are 0. */
struct check_form {
	int64_t point_id, version;
	int64_t responsible_id, deadline_id;
};
/* A whole point: its warnings are settled as they stand and it leaves the queue of what is to be
 * checked. EC_INPUT while the point has an error (a person decides errors one by one); EC_CONFLICT
 * as in document_edit.h; EC_NOTFOUND, EC_DENIED. */
MUST_USE enum ec point_check(const struct ctx *c, const struct check_form *f, struct err *e);

/* Takes back the last change of the draft that was not taken back yet; called again, the one before
 * it, down to the import. Only one's own: EC_CONFLICT names who made the last one, or says that
 * nothing is left. *ret_point_id is 0 for requisites. *ret_what: «изменён пункт 1.2». */
MUST_USE enum ec document_undo(const struct ctx *c, int64_t document_id, int64_t *ret_point_id,
        struct str *ret_what, struct err *e);

/* What document_undo would take back for this actor; p == NULL: nothing. */
MUST_USE enum ec document_undo_what(
        const struct ctx *c, int64_t document_id, struct str *ret, struct err *e);

#endif

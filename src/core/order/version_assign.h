/* Assignments of a document on control follow its new version, point by point. For
 * version_apply.c. */
#ifndef CORE_ORDER_VERSION_ASSIGN_H
#define CORE_ORDER_VERSION_ASSIGN_H

#include "core/order/due_days.h"
#include "db/q_document.h"

struct version_follow {
	const struct ctx *c;
	const struct q_document_one *doc;
	bool on_control, school;
	int64_t seq; /* of the version, for the reasons */
	int64_t set; /* territory of the sets */
	int64_t at;  /* moment of the new assignments: no other has it */
	struct due_env env;
	int64_t n_given, n_moved, n_withdrawn;
};
/* A draft has nothing that follows. */
MUST_USE enum ec version_follow_begin(const struct ctx *c, const struct q_document_one *d,
        int64_t seq, struct version_follow *ret, struct err *e);
/* After the point was changed, added or struck out. */
MUST_USE enum ec version_follow_point(struct version_follow *f, int64_t point_id, struct err *e);

#endif

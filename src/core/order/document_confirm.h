/* Signing off what was understood: responsibles become frozen sets of organisations, points become
 * assignments on control. */
#ifndef CORE_ORDER_DOCUMENT_CONFIRM_H
#define CORE_ORDER_DOCUMENT_CONFIRM_H

#include "core/ctx.h"

struct confirm_result {
	int64_t n_points;      /* tasks that were put on control */
	int64_t n_orgs;        /* different organisations */
	int64_t n_assignments; /* one a point, organisation and occurrence of the deadline */
	int64_t n_without_org; /* tasks whose executor is outside the registry (kept uncontrolled)
	                        */
};

/* One transaction. EC_INPUT while errors are unsettled (the message lists the first of them);
 * EC_CONFLICT when the version is old or it is no draft; EC_DENIED, EC_NOTFOUND. */
MUST_USE enum ec document_confirm(const struct ctx *c, int64_t id, int64_t version,
        struct confirm_result *ret, struct err *e);

/* Back to a draft while nobody has begun to work on it: assignments are withdrawn. EC_CONFLICT when
 * work has begun (cancel then). reason: not blank. */
MUST_USE enum ec document_unconfirm(
        const struct ctx *c, int64_t id, int64_t version, struct str reason, struct err *e);
/* The document has lost its force: open assignments are withdrawn with the reason. */
MUST_USE enum ec document_cancel(
        const struct ctx *c, int64_t id, int64_t version, struct str reason, struct err *e);

/* Digest of the sets frozen at a moment, as the event «confirm» keeps it: `soko check` compares. */
MUST_USE enum ec document_seal(
        const struct ctx *c, int64_t document_id, int64_t at, struct str *ret, struct err *e);

#endif

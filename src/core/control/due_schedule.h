/* «По графику»: somebody gives the days, for all organisations of a point or for each. */
#ifndef CORE_CONTROL_DUE_SCHEDULE_H
#define CORE_CONTROL_DUE_SCHEDULE_H

#include "core/ctx.h"

struct schedule_card {
	int64_t deadline_id, document_id, point_id;
	struct str text, clause, activity;
	size_t n_orgs;
	struct schedule_org {
		int64_t id;
		struct str name;
	} * org; /* those who have the point, by name */
};
/* EC_NOTFOUND: no such deadline by schedule on control that the actor may write. */
MUST_USE enum ec schedule_card(
        const struct ctx *c, int64_t deadline_id, struct schedule_card *ret, struct err *e);

struct schedule_form {
	int64_t deadline_id;
	struct str lines; /* «15.03.2022» or «Школа № 1 <tab> 15.03.2022», one a line */
	struct str name, bytes; /* or a table (XLSX, CSV, TSV) with the same cells */
	struct str source;      /* the act of the schedule */
};
struct schedule_done {
	int64_t n_days;  /* days of the schedule, new ones */
	int64_t n_dated; /* assignments that waited and got their first day */
	int64_t n_more;  /* further occurrences */
};
/* All lines or none: EC_INPUT lists the first wrong ones with their numbers. One transaction: one
 * change of due days, one event for the further occurrences. */
MUST_USE enum ec schedule_put(const struct ctx *c, const struct schedule_form *f,
        struct schedule_done *ret, struct err *e);

#endif

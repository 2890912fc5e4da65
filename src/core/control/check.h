/* Does the database hold what the program promises? For `soko check`, after faults and restores. */
#ifndef CORE_CONTROL_CHECK_H
#define CORE_CONTROL_CHECK_H

#include "core/history.h"

struct check_finding {
	struct str what; /* Russian: what was checked */
	bool ok;
	struct str why; /* Russian: the first thing that is wrong, or a count */
};
struct check_report {
	struct check_finding *v;
	size_t n;
	bool whole;
	struct history_mark mark;
};
/* Everything in one snapshot; a wrong fact is a finding, not a failure. EC_DB when the database
 * cannot be read. For the program itself. */
MUST_USE enum ec check_all(const struct ctx *c, struct check_report *ret, struct err *e);

#endif

/* Reference data: item specifications and mark scales with their sources, from tables of text
 * (folder data-ref, built into the program; a new year is a new table, not code). */
#ifndef CORE_RESULT_REFERENCE_H
#define CORE_RESULT_REFERENCE_H

#include "core/ctx.h"

struct reference_count {
	int64_t added, present; /* tests */
};

/* Adds the tests that are not there; a test that is there is never changed, so that what a user
 * loaded stays. One transaction. Columns: data-ref/README.md. EC_INPUT with the line. */
MUST_USE enum ec reference_load(const struct ctx *c, struct str tests_tsv, struct str items_tsv,
        struct reference_count *ret, struct err *e);

/* The built-in tables, once for each edition of them. Called by imports and by the server. */
MUST_USE enum ec reference_ensure(const struct ctx *c, struct err *e);

#endif

/* Reading an export of results: rows of a file → works of schools, with every oddity recorded.
 * Nothing is written to the database here. */
#ifndef CORE_RESULT_EXPORT_READ_H
#define CORE_RESULT_EXPORT_READ_H

#include "core/registry/load.h"
#include "core/result/profile.h"
#include "core/result/protocol.h"
#include "core/result/test.h"

/* The works of one school as the file has them. */
struct export_school {
	struct str written;       /* login as it stands: «edu990001» */
	struct str system, value; /* normal identifier */
	struct str name;          /* when the file has it */
	struct str place_code, place_name, region_code, region_name;
	VEC(struct protocol_row) row;
	VEC(uint32_t) line; /* Excel row of each */
};

struct export_opt {
	struct str file_name;  /* with folders, as given */
	struct test_name name; /* what the user said; the rest is read from the names */
};

struct export
{
	const struct profile *profile; /* NULL: no sheet was recognised */
	struct str sheet;
	struct test_name name;
	struct test_row test;
	size_t n_parts;
	int64_t n_read, n_rejected;
	VEC(struct export_school) school;
	struct issue_book *issue;
};

/* EC_INPUT (Russian): not a table, no known layout, not known what test it is, items of the file
 * are not those of the test. */
MUST_USE enum ec export_read(const struct ctx *c, struct str bytes, const struct export_opt *opt,
        struct export *ret, struct err *e);

/* Causes shared with the import. */
extern const struct load_cause cause_school_unknown, cause_school_created, cause_row_gone;

#endif

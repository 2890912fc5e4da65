/* The works of the sample region: which tests, which schools, and their import as exports. */
#ifndef CORE_SAMPLE_TESTS_H
#define CORE_SAMPLE_TESTS_H

#include "core/ctx.h"

/* Loads two years of made-up results for the schools of a registry text (sample/registry.tsv).
 * *ret_works: rows stored. */
MUST_USE enum ec sample_tests(
        const struct ctx *c, struct str registry, int64_t *ret_works, struct err *e);

#endif

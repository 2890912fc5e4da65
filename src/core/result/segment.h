/* Segments: the works of many protocols of one test packed into large blobs, so that a scan of a
 * whole test reads memory in order. They are derived from protocols: dropped and made anew, never a
 * source. A test has segments that equal its protocols, or none that anybody reads.
 *
 * Layout, version 1, little-endian:
 *	0  "SS", version u8, n_items u8
 *	4  n_protocols u32
 *	8  n_works u32
 *	12 zero u32
 *	   org     [n_protocols] u64
 *	   works   [n_protocols] u32, works of each
 *	   status, journal [n_works] u8
 *	   total   [n_works] u16
 *	   item    [n_works][n_items] u8
 */
#ifndef CORE_RESULT_SEGMENT_H
#define CORE_RESULT_SEGMENT_H

#include "core/ctx.h"
#include "stat/works.h"

/* Segments are closed when they reach so many bytes: they fit the cache of a core. */
enum { SEGMENT_BYTES = 256 * 1024 };

/* The works of one protocol. */
struct segment_part {
	int64_t org_id;
	struct stat_works works;
};

/* All parts have n_items items. */
struct str segment_encode(
        struct arena *a, const struct segment_part *part, size_t n, size_t n_items);

/* A segment being read, views into the blob. */
struct segment {
	size_t n_protocols, n_items, i;
	const uint8_t *org, *n_works;
	struct stat_works rest; /* works of the protocols from i on */
};
/* The blob must outlive ret. EC_DB when it is not a segment of a known version. */
MUST_USE enum ec segment_open(struct str blob, struct segment *ret, struct err *e);
/* The next protocol; false at the end. */
bool segment_next(struct segment *s, struct segment_part *ret);

/* Makes the segments of a test anew out of its protocols in force, inside the caller's
 * transaction. */
MUST_USE enum ec segment_rebuild(const struct ctx *c, int64_t test_id, struct err *e);
/* All tests, each in its own transaction. */
MUST_USE enum ec segment_rebuild_all(const struct ctx *c, size_t *ret_tests, struct err *e);
/* Forgets the segments of a test, inside the caller's transaction: whoever changes protocols either
 * calls this or rebuilds. */
MUST_USE enum ec segment_drop(const struct ctx *c, int64_t test_id, struct err *e);

typedef enum ec segment_fn(void *user, const struct segment_part *part, struct err *e);
/* Calls fn for each protocol in force of a test; *ret_found = false, and no call, when the test has
 * no segments: read the protocols then. A part's memory lives until fn returns. */
MUST_USE enum ec segment_scan(const struct ctx *c, int64_t test_id, segment_fn *fn, void *user,
        bool *ret_found, struct err *e);

/* Compares segments and protocols byte by byte: EC_CONFLICT when they differ; a test without
 * segments is fine. */
MUST_USE enum ec segment_verify(const struct ctx *c, int64_t test_id, struct err *e);
MUST_USE enum ec segment_verify_all(const struct ctx *c, size_t *ret_tests, struct err *e);

#endif

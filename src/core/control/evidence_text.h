/* The words of evidence: read in the jail by a job, kept beside it, found by the search of those
 * who may see the assignment. */
#ifndef CORE_CONTROL_EVIDENCE_TEXT_H
#define CORE_CONTROL_EVIDENCE_TEXT_H

#include "core/ctx.h"

/* Reads a file of evidence and indexes it; a file nobody can read is noted on the proof, not an
 * error. Its own transaction; again is harmless. *ret_message: Russian, for the page of the job. */
MUST_USE enum ec evidence_read(
        const struct ctx *c, int64_t id, struct str *ret_message, struct err *e);

/* Indexes a proof with the text it has. Inside the caller's transaction. */
MUST_USE enum ec evidence_index(const struct ctx *c, int64_t id, struct err *e);
/* For `soko rebuild`. */
MUST_USE enum ec evidence_index_rebuild(const struct ctx *c, size_t *ret_n, struct err *e);

#endif

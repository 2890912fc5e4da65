/* The kinds of long work the program knows: for the pages that ask for it and for `soko work`. */
#ifndef CORE_QUEUE_KINDS_H
#define CORE_QUEUE_KINDS_H

#include "core/job.h"

/* document  {"territory_id": 3}                              a draft from the file
 * results   {"year": 2021, "grade": 5, "subject": "…", "create_schools": 1}   all optional
 * evidence  {"evidence_id": 7}                               the words of a proof
 * audit     {}                                               the whole chain of the history
 * registry  {}                                               organisations from the file */
extern const struct job_kinds work_kinds;

#endif

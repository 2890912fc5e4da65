/* The duties that come by themselves with the day, in their order: next occurrences first, then
 * reminders of all that is on control, last letters that wait. Called again and again by `soko
 * work` and the server when no job waits, once by `soko tick`; each duty knows by itself whether it
 * is due. */
#ifndef CORE_QUEUE_DAILY_H
#define CORE_QUEUE_DAILY_H

#include "core/ctx.h"

struct daily {
	bool day_done;            /* the day's occurrences were made by this call */
	int64_t n_occurrences;    /* assignments made */
	int64_t n_notices;        /* notices made */
	int64_t n_sent, n_unsent; /* letters that went, and that did not at this try */
};
/* As the program itself. EC_DB. */
MUST_USE enum ec daily_work(const struct ctx *c, struct daily *ret, struct err *e);

#endif

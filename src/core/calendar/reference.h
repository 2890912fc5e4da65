/* The calendar the program ships with (folder data-ref), put into the database once for each
 * edition. What people entered is never changed by it. */
#ifndef CORE_CALENDAR_REFERENCE_H
#define CORE_CALENDAR_REFERENCE_H

#include "core/ctx.h"

/* Called at the start of the server and of commands that write. A year, a day, a term or a rule
 * that is there already stays; one event when something is new. Runs as the program itself. */
MUST_USE enum ec calendar_ensure(const struct ctx *c, struct err *e);

#endif

/* Shared by the edits of the calendar and its import. */
#ifndef CORE_CALENDAR_EDIT_ROWS_H
#define CORE_CALENDAR_EDIT_ROWS_H

#include "core/calendar/edit.h"
#include "core/fact.h"

struct territory;
/* Whose rows are written (0: the region's); checks the right. */
MUST_USE enum ec calendar_writer(
        const struct ctx *c, int64_t territory_id, struct territory *ret, struct err *e);
MUST_USE enum ec source_read(
        const struct ctx *c, const struct source_form *f, struct provenance *ret, struct err *e);
void source_tell(struct json *j, const struct provenance *p);
/* One event of the calendar of a territory. */
MUST_USE enum ec calendar_note(const struct ctx *c, int64_t territory_id, struct str before,
        struct str after, struct str reason, struct err *e);

/* A day as it is stored. */
struct day_row {
	struct str day, kind, title, moved_from;
	struct provenance from;
};
MUST_USE enum ec day_row_read(
        const struct ctx *c, const struct day_form *f, struct day_row *ret, struct err *e);
/* Writes it inside the caller's transaction; before p == NULL: it is new; equal: nothing changed.
 */
MUST_USE enum ec day_row_put(const struct ctx *c, int64_t territory_id, const struct day_row *d,
        struct str *ret_before, struct str *ret_after, struct err *e);

#endif

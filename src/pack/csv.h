/* Text tables (CSV, TSV; RFC 4180 as people break it) → rows of pack/sheet.h.
 *
 * Separator: the line "sep=;" of Excel, else the one of ; , tab | that cuts the first records most
 * evenly. Double quotes protect separators and line breaks when they are balanced in the whole
 * text, else they are ordinary characters. Decimal commas are left to the consumer: all cells are
 * CELL_TEXT. */
#ifndef PACK_CSV_H
#define PACK_CSV_H

#include "pack/sheet.h"

struct csv_form {
	char separator;
	bool quoted;
	size_t start; /* where the records begin: behind "sep=;" */
};

/* Text is UTF-8 without byte order mark. */
struct csv_form csv_detect(struct str text);
/* Sends one sheet called `name`. EC_LIMIT: too many rows, columns or too long a cell. */
MUST_USE enum ec csv_read(struct arena *a, struct str text, struct str name,
        const struct sheet_sink *sink, struct err *e);

#endif

/* What sort of file a proof is: decided by its bytes, never by its name. Pure. */
#ifndef CORE_CONTROL_EVIDENCE_TYPE_H
#define CORE_CONTROL_EVIDENCE_TYPE_H

#include "base/err.h"
#include "base/str.h"

struct evidence_type {
	struct str media_type; /* "application/pdf" */
	struct str ending;     /* "pdf" */
	struct str title;      /* «PDF» */
	bool table;            /* read as a workbook, not as a document */
};

/* The title of a stored media type; the type itself when it is unknown. */
struct str evidence_type_title(struct str media_type);

/* EC_INPUT with the advice what to do: empty, an old or locked office file, an archive, macros, or
 * something else that is not taken. EC_LIMIT: more than LIMIT_EVIDENCE bytes. */
MUST_USE enum ec evidence_type_of(struct str bytes, struct evidence_type *ret, struct err *e);

/* The name for saving: without folders and control letters, at most 200 letters, with the ending of
 * its sort when it has another one. */
struct str evidence_file_name(struct arena *a, struct str name, const struct evidence_type *t);

#endif

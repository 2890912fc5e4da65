/* Parts of an Open Packaging container (ECMA-376 part 2): which part has which role. */
#ifndef PACK_OPC_H
#define PACK_OPC_H

#include "pack/zipfile.h"

/* Name of the first part that `source` ("" is the package itself) relates to by a type ending with
 * type_end, e.g. "/officeDocument"; STR_NONE when there is none. Lives in a. */
MUST_USE enum ec opc_target(struct arena *a, struct zipfile *zip, struct str source,
        const char *type_end, struct str *ret, struct err *e);
/* A target relative to a folder ("xl/") as a name in the archive: "../x" and "/x" are resolved. */
struct str opc_resolve(struct arena *a, struct str folder, struct str target);
/* "xl/workbook.xml" → "xl/". */
struct str opc_folder(struct str part);

#endif

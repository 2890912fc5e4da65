/* Registry files: organisations with identifiers, territory and dates, from XLSX, CSV or TSV in any
 * encoding text/decode.h knows. Columns are recognised by the meaning of their headers (login,
 * логин, municipality, муниципалитет, наименование, ИНН, вид, руководитель, с даты …). */
#ifndef CORE_REGISTRY_REGISTRY_IMPORT_H
#define CORE_REGISTRY_REGISTRY_IMPORT_H

#include "core/registry/load.h"

/* All or nothing: one transaction. Rows that cannot be understood are rejected and listed; the rest
 * is stored. An organisation is found by any of its identifiers, a new one is created; a changed
 * field is a change with an event. A file without a region makes one named after the code of the
 * logins. EC_INPUT: no header row was recognised, or the file is not a table; EC_DENIED without
 * CAP_REGISTRY_WRITE over the region. */
MUST_USE enum ec registry_import(const struct ctx *c, struct str file_name, struct str bytes,
        struct load_card *ret, struct err *e);

/* No organisation yet: then an import of results may make the schools it meets. */
MUST_USE enum ec registry_empty(const struct ctx *c, bool *ret, struct err *e);

#endif

/* ODT (ISO/IEC 26300, text documents) → struct rich: paragraphs and tables in reading order, list
 * numbers written out, deletions dropped (the text as if all changes were accepted), notes,
 * annotations, headers and footers left out, text boxes before what follows them, nested tables
 * flattened into their cell. */
#ifndef PACK_ODT_READ_H
#define PACK_ODT_READ_H

#include "pack/rich.h"

/* A zip archive whose mimetype is that of an OpenDocument file of any sort. */
bool odt_is(struct str bytes);
/* The result lives in a. EC_INPUT: no such file, damaged or with a password; EC_LIMIT: larger than
 * base/limits.h; messages in Russian. */
MUST_USE enum ec odt_read(struct arena *a, struct str bytes, struct rich *ret, struct err *e);

#endif

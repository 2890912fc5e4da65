/* DOCX (ECMA-376 part 1, WordprocessingML) → struct rich: paragraphs and tables in reading order,
 * list numbers written out, insertions taken and deletions dropped, headers, footers and footnotes
 * left out, text boxes before the paragraph that holds them, nested tables flattened into their
 * cell. */
#ifndef PACK_DOCX_READ_H
#define PACK_DOCX_READ_H

#include "pack/rich.h"

/* The result lives in a. EC_INPUT: no such file or damaged, EC_LIMIT: larger than base/limits.h;
 * messages in Russian. */
MUST_USE enum ec docx_read(struct arena *a, struct str bytes, struct rich *ret, struct err *e);

#endif

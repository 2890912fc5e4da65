/* PDF with text → plain text with columns (pack/pdf_layout.h), by poppler. */
#ifndef PACK_PDF_READ_H
#define PACK_PDF_READ_H

#include "base/str.h"

/* What poppler wants from the file system, taken before the jail is locked. Only for a child that
 * ends after its work: what it holds is never given back. */
void pdf_prepare(void);
/* The text lives in a. EC_INPUT: damaged, with a password, or a scan without text; EC_LIMIT: larger
 * than base/limits.h; messages in Russian. */
MUST_USE enum ec pdf_read(struct arena *a, struct str bytes, struct str *ret, struct err *e);

#endif

/* PDF with text → plain text with columns (pack/pdf_layout.h), by poppler. */
#ifndef PACK_PDF_READ_H
#define PACK_PDF_READ_H

#include "base/str.h"

/* What poppler wants from the file system, taken before the jail is locked. Only for a child that
 * ends after its work: what it holds is never given back. Answers NULL: nothing to carry. */
void *pdf_prepare(void);
struct pdf_text {
	struct str text;
	bool scan; /* the pages are pictures without text: pack/ocr.h reads them */
};

/* The text lives in a. EC_INPUT: damaged or with a password; EC_LIMIT: larger than base/limits.h;
 * EC_IO: no poppler; messages in Russian. */
MUST_USE enum ec pdf_read(struct arena *a, struct str bytes, struct pdf_text *ret, struct err *e);

#endif

/* Scans → plain text with columns and boxed tables (pack/pdf_layout.h), recognised by tesseract in
 * Russian. One page takes seconds. */
#ifndef PACK_OCR_H
#define PACK_OCR_H

#include "base/str.h"

struct ocr;

/* Loads the libraries and the trained data; before the jail is locked. NULL: they are not on this
 * computer. Only for a child that ends after its work, or give it back. */
struct ocr *ocr_prepare(void);
void ocr_free(struct ocr *o);

/* Hears of each page that is done. */
struct ocr_listener {
	void (*page)(void *user, size_t done, size_t pages);
	void *user;
};

/* Bytes [from, to) of the text that were recognised without confidence, in order. */
struct ocr_doubt {
	uint32_t from, to;
};

struct ocr_text {
	struct str text;
	struct ocr_doubt *doubt;
	size_t n_doubts;
};

/* o: NULL answers EC_IO with what to install. The text lives in a. EC_INPUT: damaged, or no letters
 * on any page; EC_LIMIT: larger than base/limits.h. */
MUST_USE enum ec ocr_read(struct arena *a, struct ocr *o, struct str bytes,
        const struct ocr_listener *listener, struct ocr_text *ret, struct err *e);

#endif

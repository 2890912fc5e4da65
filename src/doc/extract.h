/* The bytes of a file → its text or its paragraphs and tables, whatever the format: the half of
 * reading that runs in the jail. The format is found by content; the name is only for messages. */
#ifndef DOC_EXTRACT_H
#define DOC_EXTRACT_H

#include "doc/source.h"
#include "pack/ocr.h"

struct extract {
	enum source_format format;
	bool plain;      /* text is filled, else rich */
	bool scan;       /* pages without text: nothing is filled yet, doc_recognize reads them */
	bool recognized; /* text comes from doc_recognize */
	struct str text;
	struct ocr_doubt *doubt; /* of recognized text */
	size_t n_doubts;
	struct rich rich;
};

/* Which reader the bytes belong to; SOURCE_TEXT is what nobody else claims. */
enum source_format extract_format(struct str bytes, struct str name);
/* Does the format give plain text? */
bool extract_plain(enum source_format format);
/* EC_INPUT: not a document we read (message in Russian); EC_LIMIT: larger than base/limits.h. All
 * memory is in the arena, nothing points into bytes. */
MUST_USE enum ec doc_extract(
        struct arena *a, struct str bytes, struct str name, struct extract *ret, struct err *e);
/* The second step for scans: PNG, JPEG, TIFF and PDF without text. See pack/ocr.h; takes seconds a
 * page. */
MUST_USE enum ec doc_recognize(struct arena *a, struct ocr *o, struct str bytes,
        const struct ocr_listener *listener, struct extract *ret, struct err *e);
MUST_USE enum ec source_from_extract(struct arena *a, const struct extract *x, struct str name,
        struct source *ret, struct err *e);
/* All in one, scans included. */
MUST_USE enum ec doc_read(
        struct arena *a, struct str bytes, struct str name, struct source *ret, struct err *e);

#endif

/* Building and slicing text with provenance, and the cleaning every line and cell goes through. */
#ifndef DOC_TRACED_H
#define DOC_TRACED_H

#include "doc/source.h"

/* Reading a document takes at most so many bytes for each byte of its text, hostile ones included.
 */
#define DOC_MEMORY_FACTOR 120

/* EC_LIMIT when the arena has not that much left: an arena that runs out ends the program. */
MUST_USE enum ec source_room(const struct arena *a, struct str text, struct err *e);

/* Growing traced text. */
struct tbuf {
	struct arena *a;
	char *p;
	uint32_t *at;
	size_t n, cap;
};

void tbuf_init(struct tbuf *b, struct arena *a, size_t expect);
void tbuf_byte(struct tbuf *b, char c, uint32_t at);
/* Adds s, all its bytes made from the source byte `at` (a repaired word, a sign). */
void tbuf_str(struct tbuf *b, struct str s, uint32_t at);
/* Adds s as it stands in the source from byte `at` on. */
void tbuf_copy(struct tbuf *b, struct str s, uint32_t at);
void tbuf_add(struct tbuf *b, struct traced t);
struct traced tbuf_done(struct tbuf *b);

struct traced traced_sub(struct traced t, size_t from, size_t to);
/* The slice of t that the view v (into t.s) covers. */
struct traced traced_of(struct traced t, struct str v);
/* At most the first n bytes, whole letters. */
struct traced traced_head(struct traced t, size_t n);
struct traced traced_trim(struct traced t);
/* Place in the full text; nowhere for an empty text. */
struct span traced_span(const struct source *src, struct traced t);
/* Copy with tabs and line breaks as blanks, runs of blanks as one. */
struct traced traced_flat(struct arena *a, struct traced t);
/* x, one blank (or nothing when a word was hyphenated at the end of x), y. */
struct traced traced_join(struct arena *a, struct traced x, struct traced y);
/* The same for text that grows by many pieces. The buffer may be zeroed. */
void tbuf_join(struct tbuf *b, struct arena *a, struct traced y);

enum clean_style {
	CLEAN_LINE, /* gaps of four blanks and more, and tabs, stay as one tab: columns of a
	               letterhead */
	CLEAN_CELL, /* all white space is one blank; <br> and line breaks stay as \n */
};

/* Repairs text.s[from, to): white space, mark-up remains (** # <b> <br> &nbsp;), soft hyphens,
 * look- alike letters inside words; with ocr also numbers, №, quotes. */
struct traced traced_clean(
        struct arena *a, struct str text, size_t from, size_t to, bool ocr, enum clean_style style);

#endif

/* HTML as a row of tags and texts, read the forgiving way browsers do: nothing is an error. Knows
 * no structure; elements whose content is not text (script, style) come without it. */
#ifndef PACK_HTML_SCAN_H
#define PACK_HTML_SCAN_H

#include "base/str.h"

enum html_kind { HTML_TEXT, HTML_OPEN, HTML_CLOSE };

struct html_token {
	enum html_kind kind;
	struct str name;  /* tag, lower case as asked by html_tag; a view into the input */
	struct str attrs; /* the rest of the tag, for html_attr */
	struct str text;  /* raw text, entities not yet replaced */
};

struct html_scan {
	struct str s;
	size_t i;
};

/* The next token; false at the end. */
bool html_next(struct html_scan *h, struct html_token *ret);
/* Is it the tag of that name (lower case)? */
bool html_tag(const struct html_token *t, const char *name);
/* Raw value of an attribute; STR_NONE without it. */
struct str html_attr(const struct html_token *t, const char *name);
/* An entity at s[*i] == '&' as a code point, moving *i behind it; 0 when it is none (*i stays). */
uint32_t html_entity(struct str s, size_t *i);

#endif

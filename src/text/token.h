/* Cutting text into words, numbers and punctuation, each with its bytes. */
#ifndef TEXT_TOKEN_H
#define TEXT_TOKEN_H

#include "base/str.h"

enum token_kind {
	TOKEN_WORD,   /* letters only */
	TOKEN_NUMBER, /* digits only */
	TOKEN_MIXED,  /* letters and digits together: «ноя6рь», «1O», «2022г» */
	TOKEN_PUNCT,  /* one code point that is neither */
};

struct token {
	enum token_kind kind;
	struct str text;   /* view into the source */
	size_t from, to;   /* bytes of the source, [from, to) */
	bool space_before; /* white space, also a line break, stands before it */
	bool line_before;  /* a line break stands before it */
};

/* *ret: array in the arena, in order, not overlapping; white space is not a token. Soft hyphens
 * and combining marks belong to the word they stand in. Linear. */
size_t text_tokens(struct arena *a, struct str s, struct token **ret);

#endif

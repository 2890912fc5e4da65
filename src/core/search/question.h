/* What a person typed, taken apart. */
#ifndef CORE_SEARCH_QUESTION_H
#define CORE_SEARCH_QUESTION_H

#include "base/limits.h"
#include "base/str.h"
#include "core/search/search.h"

struct question_word {
	struct str typed; /* for messages */
	struct str key;   /* text/fold.h */
	struct str stem;
	bool begin; /* the word may go on */
};

struct question {
	struct question_word word[LIMIT_SEARCH_WORDS];
	size_t n;
	struct str phrase[LIMIT_SEARCH_WORDS];    /* keys, a blank at each end */
	uint32_t phrase_mask[LIMIT_SEARCH_WORDS]; /* words of it */
	size_t n_phrases;
};

/* EC_INPUT: more words than LIMIT_SEARCH_WORDS. */
MUST_USE enum ec question_of(
        struct arena *a, struct str typed, struct question *ret, struct err *e);

/* Does the text hold the phrase, word by word? */
bool question_phrase_in(struct arena *a, const struct question *q, size_t phrase, struct str text);

/* About 300 letters of the text around the first found word, found words marked. */
void question_snippet(
        struct arena *a, const struct question *q, struct str text, struct search_piece *ret);

#endif

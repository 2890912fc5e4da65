#include "core/listing.h"

#include "text/fold.h"
#include "text/stem.h"

struct paging paging_clean(struct paging p)
{
	if (p.offset < 0)
		p.offset = 0;
	if (p.limit <= 0)
		p.limit = LISTING_PAGE;
	if (p.limit > LISTING_MAX)
		p.limit = LISTING_MAX;
	return p;
}

struct search_words search_words_of(struct arena *a, struct str typed)
{
	struct search_words r;
	for (size_t i = 0; i < SEARCH_WORDS; i++)
		r.w[i] = STR("");
	AUTO_STEMMER(st);
	struct str rest = text_key(a, str_sub(typed, 0, 1000));
	struct str word;
	size_t n = 0;
	while (n < SEARCH_WORDS && str_next(&rest, ' ', &word)) {
		if (word.n == 0)
			continue;
		struct str stem = text_stem(&st, a, word);
		/* a stem that is no beginning of the word would not be found in keys */
		r.w[n++] = stem.n > 0 && str_starts(word, stem) ? stem : word;
	}
	return r;
}

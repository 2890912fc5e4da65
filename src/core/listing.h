/* What every list of the program has in common: paging and search by words. */
#ifndef CORE_LISTING_H
#define CORE_LISTING_H

#include "base/str.h"

#define LISTING_PAGE 50
#define LISTING_MAX  200000 /* rows of one export */

/* limit 0 means LISTING_PAGE; more than LISTING_MAX is cut to it. */
struct paging {
	int64_t offset, limit;
};
struct paging paging_clean(struct paging p);

/* Words a person typed, ready for a search in *_key columns: keys of their stems, so that «школы»
 * finds «школа». Fewer words leave the rest empty (an empty word matches everything); more than
 * four are ignored. */
#define SEARCH_WORDS 4
struct search_words {
	struct str w[SEARCH_WORDS];
};
struct search_words search_words_of(struct arena *a, struct str typed);

#endif

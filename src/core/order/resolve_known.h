/* Inside of the reader of responsibles: the names it knows. For resolve*.c. */
#ifndef CORE_ORDER_RESOLVE_KNOWN_H
#define CORE_ORDER_RESOLVE_KNOWN_H

#include "core/order/resolve.h"
#include "text/stem.h"

#define LIKE_NEAR 0.25 /* shown as a nearest match from here */
#define NEAR_MAX  3    /* shown beside an unknown name */

/* One name of an organisation. */
struct known {
	int64_t id;
	struct str name; /* of the organisation, for messages */
	struct str key;
	struct str numbers; /* digits of the key: «10», blanks between */
	struct stem_set stems;
};

/* A stem and the number of names that have it. */
struct stem_use {
	struct str stem;
	uint32_t n;
};

struct resolver {
	struct arena *a;
	struct known *v;
	size_t n;
	bool stemmed;         /* stems are made when the first name needs them */
	struct stem_use *use; /* in byte order; made with the first search for nearest names */
	size_t n_use;
};

/* «маоу сош 5» → «средняя общеобразовательная школа 5»: legal forms say nothing, short forms are
 * written out. */
struct str resolve_plain_key(struct arena *a, struct str name);
struct str resolve_numbers(struct arena *a, struct str key);
void resolve_stem_all(struct resolver *r, struct stemmer *st);

#endif

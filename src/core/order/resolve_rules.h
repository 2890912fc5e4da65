/* The table of rules by which words become sets of organisations. For resolve.c and its test. */
#ifndef CORE_ORDER_RESOLVE_RULES_H
#define CORE_ORDER_RESOLVE_RULES_H

#include "base/str.h"

/* Words of a key: each entry is the beginning of a word («общеобразоват»), or a whole word when it
 * ends with '$' («оо$»); '!' before it: must not stand there. All entries must hold. */
#define PATTERN_MAX 5
struct resolve_pattern {
	struct str rule;
	const char *word[PATTERN_MAX]; /* NULL ends */
	bool no_digits;                /* a number makes it the name of one organisation */
	double confidence;
	const char *why; /* Russian: what the words say */
};
const struct resolve_pattern *resolve_patterns(size_t *ret_n);
/* key: text_key() of the name. */
bool resolve_pattern_fits(const struct resolve_pattern *p, struct str key);

#endif

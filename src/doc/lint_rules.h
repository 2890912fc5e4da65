/* The rules of the linter in one table: what each code means, how bad it is, and why it is a rule.
 */
#ifndef DOC_LINT_RULES_H
#define DOC_LINT_RULES_H

#include "doc/document.h"

struct lint_rule {
	struct str code;
	enum severity severity;
	struct str title;  /* Russian, for lists of rules */
	struct str source; /* Russian: the norm or custom it comes from */
};

extern const struct lint_rule lint_rules[];
extern const size_t lint_rules_n;
/* NULL for a code that is not in the table. */
const struct lint_rule *lint_rule_find(struct str code);

#endif

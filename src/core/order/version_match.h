/* Points of two versions side by side: which is which, and what differs. Pure. */
#ifndef CORE_ORDER_VERSION_MATCH_H
#define CORE_ORDER_VERSION_MATCH_H

#include "core/order/document_edit.h"
#include "core/order/document_version.h"

struct version_point {
	struct point_form form; /* words, lists one a line */
	int64_t point_id;       /* 0: not stored */
	size_t index;           /* of the assignment in the reading */
};
struct version_points {
	struct version_point *v;
	size_t n;
};
/* From the stored JSON of a reading. */
MUST_USE enum ec version_points_of_json(
        struct arena *a, struct str json, struct version_points *ret, struct err *e);
/* Points as they stand now; struck out ones are left out. */
struct version_points version_points_of_card(struct arena *a, const struct document_card *d);

#define NO_PAIR SIZE_MAX
/* ret[i]: the old point the i-th new one is, or NO_PAIR. First equal words, then the same clause
 * with a third of the words in common, then the likest (at least 0.55 by stems). */
void version_match(struct arena *a, const struct version_points *old,
        const struct version_points *now, size_t *ret);
bool version_differs(struct arena *a, const struct version_point *x, const struct version_point *y);
/* Every pair and every single one as changes. */
struct version_pair {
	size_t old, now; /* NO_PAIR: not there */
};
size_t version_pairs(struct arena *a, const struct version_points *old,
        const struct version_points *now, struct version_pair *ret);
void version_say(struct arena *a, const struct version_point *x, const struct version_point *y,
        struct version_change *ret);

#endif

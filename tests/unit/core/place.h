/* A small region for tests of documents: two territories, five organisations, three people, and one
 * order with an impossible date and an executor nobody knows. All of it is invented. */
#ifndef TESTS_PLACE_H
#define TESTS_PLACE_H

#include "core/order/document_card.h"

extern const struct clock place_winter; /* 15.02.2022, noon in Yekaterinburg */
extern const char place_order[];

/* A small region and its people. */
struct place {
	struct ctx c; /* the program */
	int64_t region, north, south, department, muni_north, muni_south;
	int64_t school[3]; /* two in the north, one in the south */
	struct actor_role clerk_role, school_role, north_role;
	struct actor clerk, head, north_clerk;
	struct ctx as_clerk, as_school, as_north;
};
void settle_in(struct place *p, struct db *db, struct arena *a);
/* The order as the clerk drops it. */
int64_t drop(struct place *p);
struct document_card card_of(const struct ctx *c, int64_t id);
const struct card_point *point(const struct document_card *k, const char *clause);

#endif

/* Deadline phrases: ranges are ordered, dates exist, phrases found in a text lie inside it. */
#include "base/limits.h"
#include "doc/deadline.h"
#include "fuzz.h"

static bool real(struct date d)
{
	return date_none(d) || date_valid(d.y, d.m, d.d);
}

void fuzz_one(struct arena *a, struct str bytes)
{
	if (!utf8_valid(bytes) || bytes.n > LIMIT_DEADLINE_TEXT)
		return; /* callers decode and cut first */
	struct deadline_env env = {.doc = date_make(2021, 10, 5),
	        .plan_start = date_make(2021, 9, 1),
	        .plan_end = date_make(2022, 8, 31)};
	struct deadline *d = NULL;
	size_t n = deadline_parse(a, bytes, &env, &d);
	CHECK_THAT(n <= LIMIT_DEADLINE_ITEMS);
	for (size_t i = 0; i < n; i++) {
		CHECK_THAT(d[i].kind != DEADLINE_NONE);
		CHECK_THAT(real(d[i].start) && real(d[i].end));
		CHECK_THAT(real(d[i].proposal_start) && real(d[i].proposal_end));
		CHECK_THAT(d[i].kind != DEADLINE_INVALID || d[i].problem.n > 0);
		CHECK_THAT(utf8_valid(d[i].anchor) && utf8_valid(d[i].fragment));
	}
	struct str *found = NULL;
	n = deadline_find(a, bytes, &found);
	for (size_t i = 0; i < n; i++)
		CHECK_THAT(found[i].p >= bytes.p && found[i].p + found[i].n <= bytes.p + bytes.n);
}

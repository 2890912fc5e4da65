/* Any text gives at most so many items; dates exist; invalid items say why and never carry a date;
 * found phrases lie inside the text, in order. */
#include "base/limits.h"
#include "doc/deadline.h"
#include "fuzz.h"

static bool exists(struct date d)
{
	return date_none(d) || date_valid(d.y, d.m, d.d);
}

static bool inside(struct str part, struct str whole)
{
	return part.n == 0 || (part.p >= whole.p && part.p + part.n <= whole.p + whole.n);
}

static void check_items(struct arena *a, struct str s, const struct deadline_env *env)
{
	struct deadline *v;
	size_t n = deadline_parse(a, s, env, &v);
	CHECK_THAT(n <= LIMIT_DEADLINE_ITEMS);
	for (size_t i = 0; i < n; i++) {
		const struct deadline *d = &v[i];
		CHECK_THAT(d->kind != DEADLINE_NONE);
		CHECK_THAT(exists(d->start) && exists(d->end));
		CHECK_THAT(exists(d->proposal_start) && exists(d->proposal_end));
		CHECK_THAT(inside(d->fragment, s));
		if (d->kind == DEADLINE_INVALID)
			CHECK_THAT(d->problem.n > 0 && date_none(d->start) && date_none(d->end));
		else
			CHECK_THAT(d->proposal_kind == DEADLINE_NONE);
		if (!date_none(d->start) && !date_none(d->end) && d->kind <= DEADLINE_QUARTER)
			CHECK_THAT(date_cmp(d->start, d->end) <= 0);
	}
}

void fuzz_one(struct arena *a, struct str bytes)
{
	static const struct deadline_env envs[] = {
	        {{2023, 3, 14}, {0}, {0}},
	        {{2023, 8, 28}, {2023, 9, 1}, {2024, 5, 31}},
	        {{2024, 12, 31}, {2024, 1, 1}, {2026, 12, 31}},
	        {{0}, {0}, {0}},
	};
	struct str *found;
	for (size_t i = 0; i < ARRAY_LEN(envs); i++)
		check_items(a, bytes, &envs[i]);
	size_t n = deadline_find(a, bytes, &found);
	CHECK_THAT(n <= LIMIT_DEADLINE_ITEMS);
	for (size_t i = 0; i < n; i++) {
		CHECK_THAT(inside(found[i], bytes) && found[i].n > 0);
		CHECK_THAT(i == 0 || found[i].p >= found[i - 1].p + found[i - 1].n);
	}
}

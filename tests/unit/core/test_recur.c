/* Recurrences: libical against an oracle that asks each day whether the rule means it. */
#include "base/limits.h"
#include "core/order/recur.h"
#include "stat/random.h"
#include "test.h"

/* Does the period of the day count, when only each interval-th one does? */
static bool in_step(const struct recur *r, struct date anchor, struct date d)
{
	int n = 0;
	switch (r->freq) {
	case RECUR_YEARLY:
		n = d.y - anchor.y;
		break;
	case RECUR_MONTHLY:
		n = (d.y - anchor.y) * 12 + d.m - anchor.m;
		break;
	case RECUR_WEEKLY:
		n = (date_days(d) - (date_days(anchor) - date_weekday(anchor) + 1)) / 7;
		break;
	case RECUR_DAILY:
	case RECUR_NONE:
		n = date_days(d) - date_days(anchor);
		break;
	}
	return n >= 0 && n % r->interval == 0;
}

/* In the set of its month, BYSETPOS aside? */
static bool in_set(const struct recur *r, struct date d)
{
	int last = date_month_days(d.y, d.m);
	bool ok = r->n_month_days == 0;
	if (r->months != 0 && (r->months & (1u << d.m)) == 0)
		return false;
	for (size_t i = 0; i < r->n_month_days; i++) {
		int want = r->month_day[i] > 0 ? r->month_day[i] : last + 1 + r->month_day[i];
		ok = ok || (want > last ? last : want) == d.d;
	}
	if (!ok || r->n_days == 0)
		return ok;
	for (size_t i = 0; i < r->n_days; i++) {
		int nth = r->day[i].nth;
		if (r->day[i].day == date_weekday(d) &&
		        (nth == 0 || nth == (d.d - 1) / 7 + 1 || nth == -((last - d.d) / 7 + 1)))
			return true;
	}
	return false;
}

static bool at_pos(const struct recur *r, struct date d)
{
	int before = 0;
	int after = 0;
	for (int i = 1; i <= date_month_days(d.y, d.m); i++) {
		if (!in_set(r, date_make(d.y, d.m, i)))
			continue;
		before += i <= d.d;
		after += i >= d.d;
	}
	return r->set_pos == 0 || (r->set_pos > 0 ? before == r->set_pos : after == -r->set_pos);
}

static size_t oracle(
        const struct recur *r, const struct rrule_span *s, struct date *ret, size_t max)
{
	size_t n = 0;
	for (int32_t day = date_days(s->from); day <= date_days(s->to) && n < max; day++) {
		struct date d = date_from_days(day);
		if (in_step(r, s->anchor, d) && in_set(r, d) && at_pos(r, d))
			ret[n++] = d;
	}
	return n;
}

static int pick(struct random_stream *g, int n)
{
	return (int)random_below(g, (uint32_t)n);
}

/* A rule of the kinds the deadline grammar writes, with random numbers. */
static struct str random_rule(struct arena *a, struct random_stream *g)
{
	static const char *const code[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
	int step = 1 + pick(g, 3);
	int day = pick(g, 3) == 0 ? -1 - pick(g, 28) : 1 + pick(g, 31);
	switch (pick(g, 9)) {
	case 0:
		return str_printf(a, "FREQ=DAILY;INTERVAL=%d", step);
	case 1:
		return str_printf(a, "FREQ=WEEKLY;INTERVAL=%d;BYDAY=%s", step, code[pick(g, 7)]);
	case 2:
		return str_printf(a, "FREQ=WEEKLY;INTERVAL=%d;BYDAY=MO,TU,WE,TH,FR", step);
	case 3:
		return str_printf(a, "FREQ=MONTHLY;INTERVAL=%d;BYMONTHDAY=%d", step, day);
	case 4:
		return str_printf(a, "FREQ=MONTHLY;BYMONTHDAY=%d,-1", 1 + pick(g, 20));
	case 5:
		return str_printf(a, "FREQ=MONTHLY;BYDAY=%d%s", pick(g, 2) ? 1 + pick(g, 4) : -1,
		        code[pick(g, 7)]);
	case 6:
		return str_printf(a, "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=%d",
		        pick(g, 2) ? 1 + pick(g, 15) : -1 - pick(g, 3));
	case 7:
		return str_printf(a, "FREQ=YEARLY;INTERVAL=%d;BYMONTH=%d;BYMONTHDAY=%d", step,
		        1 + pick(g, 12), day);
	default:
		return str_printf(a, "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=%d", day);
	}
}

TEST(libical_and_the_oracle_give_the_same_days)
{
	AUTO_ARENA(a, 16 * MIB);
	enum { N = 60, RULES = 3000 };
	struct random_stream g = random_seed(20220401);
	for (int k = 0; k < RULES; k++) {
		struct arena_mark mark = arena_mark(&a);
		struct date got[N], want[N];
		struct recur r;
		struct str rule = random_rule(&a, &g);
		REQUIRE(recur_parse(rule, &r));
		struct rrule_span s = {.anchor = date_from_days(18000 + pick(&g, 3000))};
		s.from = date_add_days(s.anchor, pick(&g, 400));
		s.to = date_add_days(s.from, pick(&g, 1500));
		size_t n = recur_days(&a, &r, &s, got, N);
		size_t m = oracle(&r, &s, want, N);
		bool same = n == m;
		for (size_t i = 0; same && i < n; i++)
			same = date_cmp(got[i], want[i]) == 0;
		if (!CHECK(same)) {
			CHECK_STR(str_printf(&a, STR_FMT " from " STR_FMT ": %zu days",
			                  STR_ARG(rule), STR_ARG(date_iso(&a, s.anchor)), n),
			        str_printf(&a, "%zu days", m));
			return;
		}
		arena_reset(&a, mark);
	}
}

TEST(a_rule_that_libical_refuses_gives_no_days)
{
	struct date v[4];
	size_t n = 9;
	struct err e = {0};
	struct rrule_span s = {date_make(2022, 1, 1), date_make(2022, 1, 1), date_make(2022, 2, 1)};
	CHECK(rrule_days(STR("FREQ=SOMETIMES"), &s, v, 4, &n, &e) == EC_INPUT);
	CHECK(rrule_days(STR("FREQ=YEARLY;BYMONTH=13"), &s, v, 4, &n, &e) == EC_INPUT);
	CHECK_INT(n, 0);
	/* a century of seconds before the first wanted day is refused, not counted through */
	s = (struct rrule_span){
	        date_make(2022, 1, 1), date_make(9000, 1, 1), date_make(9001, 1, 1)};
	CHECK(rrule_days(STR("FREQ=DAILY"), &s, v, 4, &n, &e) == EC_LIMIT);
}

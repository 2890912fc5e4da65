#include "base/date.h"
#include "test.h"

TEST(dates_count_days_both_ways_over_four_centuries)
{
	for (int32_t n = date_days(date_make(1800, 1, 1)); n < date_days(date_make(2200, 1, 1));
	        n += 13)
		REQUIRE(date_days(date_from_days(n)) == n);
	CHECK_INT(date_days(date_make(1970, 1, 1)), 0);
	CHECK_INT(date_weekday(date_make(2022, 2, 8)), 2);
	CHECK_INT(date_weekday(date_make(1969, 12, 28)), 7);
}

TEST(the_31_of_november_does_not_exist)
{
	CHECK(!date_valid(2022, 11, 31));
	CHECK(!date_valid(2022, 2, 29));
	CHECK(date_valid(2024, 2, 29));
	struct date d;
	CHECK(!date_parse_iso(STR("2022-11-31"), &d));
	CHECK(!date_parse_iso(STR("2022-1-31"), &d));
	CHECK(date_parse_iso(STR("2022-11-30"), &d));
	AUTO_ARENA(a, 1 << 16);
	CHECK_STR(date_ru(&a, d), STR("30.11.2022"));
	CHECK_STR(date_iso(&a, date_add_months(date_make(2022, 1, 31), 1)), STR("2022-02-28"));
}

#include "base/num.h"
#include "test.h"

#include <math.h>

TEST(numbers_are_read_with_point_comma_and_group_blanks)
{
	double v;
	CHECK(num_parse(STR("1 234,5"), &v));
	CHECK_NEAR(v, 1234.5, 0);
	CHECK(num_parse(STR(" -0.25 "), &v));
	CHECK_NEAR(v, -0.25, 0);
	CHECK(num_parse(STR("1e3"), &v));
	CHECK_NEAR(v, 1000, 0);
	CHECK(!num_parse(STR("12a"), &v));
	CHECK(!num_parse(STR(""), &v));
	CHECK(!num_parse(STR("1.2.3"), &v));
	CHECK(!num_parse(STR("-"), &v));
}

TEST(numbers_are_printed_as_people_read_them)
{
	AUTO_ARENA(a, 1 << 20);
	CHECK_STR(num_ru(&a, 24876.0, 0), STR("24\xC2\xA0"
	                                      "876"));
	CHECK_STR(num_ru(&a, 2.675, 2), STR("2,68"));
	CHECK_STR(num_ru(&a, -1234567.891, 1), STR("−1\xC2\xA0"
	                                           "234\xC2\xA0"
	                                           "567,9"));
	CHECK_STR(num_ru(&a, (double)NAN, 1), STR("—"));
	CHECK_STR(num_dot(&a, 12.003, 6), STR("12.003"));
	CHECK_STR(num_dot(&a, 12.0, 6), STR("12"));
	CHECK_STR(num_exact(&a, 0.1), STR("0.1"));
}

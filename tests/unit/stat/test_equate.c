#include "stat/equate.h"
#include "test.h"

#include <math.h>

TEST(a_form_equated_to_itself_keeps_its_scores)
{
	const double count[] = {2, 5, 9, 12, 7, 3};
	struct equate_form f = {count, 6, 0};
	double yx[6];
	equate_mean(&f, &f, yx);
	for (int i = 0; i < 6; i++)
		CHECK_NEAR(yx[i], i, 1e-12);
	equate_linear(&f, &f, yx);
	for (int i = 0; i < 6; i++)
		CHECK_NEAR(yx[i], i, 1e-12);
	equate_equipercentile(&f, &f, yx);
	for (int i = 0; i < 6; i++)
		CHECK_NEAR(yx[i], i, 1e-12);
}

TEST(a_shifted_form_is_shifted_back)
{
	const double x[] = {1, 4, 6, 4, 1, 0, 0}, y[] = {0, 0, 1, 4, 6, 4, 1};
	struct equate_form fx = {x, 7, 0}, fy = {y, 7, 0};
	double yx[7];
	equate_equipercentile(&fx, &fy, yx);
	for (int i = 0; i < 5; i++)
		CHECK_NEAR(yx[i], i + 2, 1e-12);
	CHECK_NEAR(yx[6], 6.5, 1e-12); /* above everybody */
	equate_mean(&fx, &fy, yx);
	CHECK_NEAR(yx[0], 2, 1e-12);
}

TEST(log_linear_smoothing_keeps_moments)
{
	const double count[] = {0, 3, 8, 21, 19, 25, 14, 6, 1};
	struct equate_form f = {count, 9, 0};
	AUTO_ARENA(a, 1 << 20);
	for (size_t degree = 0; degree <= 5; degree++) {
		double fitted[9];
		REQUIRE(equate_loglinear(&a, &f, degree, fitted));
		for (size_t m = 0; m <= degree; m++) {
			double raw = 0, smooth = 0;
			for (int i = 0; i < 9; i++) {
				raw += count[i] * pow(i, (double)m);
				smooth += fitted[i] * pow(i, (double)m);
			}
			CHECK_NEAR(smooth / raw, 1, 1e-8);
		}
	}
}

TEST(empty_forms_give_no_number)
{
	const double none[] = {0, 0, 0}, one[] = {0, 4, 0};
	struct equate_form empty = {none, 3, 0}, single = {one, 3, 0}, nothing = {NULL, 0, 0};
	double yx[3], fitted[3];
	AUTO_ARENA(a, 1 << 20);
	equate_mean(&empty, &single, yx);
	CHECK(isnan(yx[0]));
	equate_linear(&single, &empty, yx);
	CHECK(isnan(yx[0]));
	equate_equipercentile(&empty, &single, yx);
	CHECK(isnan(yx[2]));
	equate_equipercentile(&single, &empty, yx);
	CHECK(isnan(yx[2]));
	equate_equipercentile(&nothing, &single, yx);
	CHECK(!equate_loglinear(&a, &empty, 2, fitted));
	CHECK(!equate_loglinear(&a, &single, 5, fitted));
}

/* A fictional assessment year of a country: 40,000 schools / scale, 36 tests (6 grades × 6
 * subjects, each school takes 4 of a grade), partial-credit answers with effects of region,
 * municipality, school and pupil. Everything follows from the numbers of school and test: the same
 * protocol whatever the order or the output. */
#ifndef BENCH_YEAR_H
#define BENCH_YEAR_H

#include <stdbool.h>
#include <stdint.h>

enum {
	YEAR_REGIONS = 89,
	YEAR_PLACES = 26, /* municipalities of a region */
	YEAR_GRADES = 6,
	YEAR_SUBJECTS = 6,
	YEAR_TESTS = YEAR_GRADES * YEAR_SUBJECTS,
	YEAR_ITEMS = 25,
	YEAR_WORKS = 240,
	YEAR_SCHOOLS = 40000,
	YEAR_MISS = 0xFE, /* not attempted */
	YEAR_BINS = 256,
	YEAR_STEPS = 6,
};

struct year_test {
	int grade, subject, n_items, max_total, min3, min4, min5;
	uint8_t max[YEAR_ITEMS];
	/* chances of at most so many points, in 2⁻³², by ability */
	uint32_t below[YEAR_ITEMS][YEAR_BINS][YEAR_STEPS];
};

struct year_school {
	int region, place; /* 0…88, 0…25 */
	double effect;
	int n[YEAR_GRADES];
	bool takes[YEAR_TESTS];
};

struct year_protocol {
	int n;
	uint8_t item[YEAR_WORKS][YEAR_ITEMS], variant[YEAR_WORKS], journal[YEAR_WORKS];
	uint16_t total[YEAR_WORKS];
};

void year_test(int test, struct year_test *ret);
void year_school(int school, struct year_school *ret);
/* n = 0 when the school does not take the test. */
void year_protocol(int school, const struct year_school *s, int test, const struct year_test *t,
        struct year_protocol *ret);

#endif

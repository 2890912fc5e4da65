/* The model of sample.html, the template that test_out.c prints. */
#ifndef TESTS_SAMPLE_H
#define TESTS_SAMPLE_H

#include "web/out.h"

struct sample_row {
	struct str name;
	double mean;
	int64_t works;
};

struct sample {
	struct str title;
	struct url link;
	int64_t id;
	struct date day;
	struct sample_row *rows;
	size_t n;
};

#endif

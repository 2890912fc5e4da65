/* Made-up results of assessment works for the sample region: pupils of honest and distorted
 * schools, in the layout of a ФИС ОКО export of 2021. Deterministic: the same input gives the same
 * bytes. */
#ifndef CORE_SAMPLE_RESULTS_H
#define CORE_SAMPLE_RESULTS_H

#include "base/buf.h"

/* What was done to the scores of a school before they were sent in. */
enum sample_distortion {
	SAMPLE_HONEST = 0,
	SAMPLE_BORDER,  /* works one or two points short of the next mark were lifted to it */
	SAMPLE_INFLATE, /* points were added to weak works, mostly on hard items */
	SAMPLE_COPY,    /* a class wrote the same answers */
};

struct sample_school {
	int64_t id; /* seeds the school's own stream */
	struct str login;
	struct str municipality; /* as in the column «регион» */
	int pupils;              /* in a parallel */
	int classes;
	double level; /* mean ability, standard deviations of pupils */
	enum sample_distortion distortion;
};

struct sample_test {
	int year, grade;
	struct str subject;
	const uint8_t *item_max; /* points of each item */
	size_t n_items;
	int min3, min4, min5;
};

/* Appends the export (UTF-8 text, columns by «;») of all schools for one test. */
void sample_results(
        struct buf *out, const struct sample_school *school, size_t n, const struct sample_test *t);

#endif

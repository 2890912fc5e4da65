/* What the detector of bias signs reads: works of pupils (codes), enrolment with journal marks,
 * context of schools. Arrays belong to the caller. Method: docs/methods/objectivity.md. */
#ifndef STAT_OBJECTIVITY_REGION_H
#define STAT_OBJECTIVITY_REGION_H

#include "base/arena.h"

#define OB_NOT_TRIED   0xFF /* item left blank («X»): counts as 0 points */
#define OB_MAX_CLASSES 16   /* classes of one parallel */

/* Enrolled pupils of one class by journal mark, absent ones included. */
struct ob_enrol {
	int32_t school;
	uint8_t class_no;
	uint16_t by_mark[4]; /* marks 2, 3, 4, 5 */
};

/* All works of one year, grade and subject. */
struct ob_protocol {
	int year, grade, subject;
	int max, cut[3]; /* least totals of marks 3, 4, 5 */
	size_t n_items;
	const uint8_t *item_max;
	const bool *open; /* marked by the school's own teachers */
	size_t n;
	const int32_t *school;   /* 0 … n_schools − 1 */
	const int32_t *pupil;    /* code, common to the subjects of one year, school and grade */
	const uint8_t *class_no; /* 0 … OB_MAX_CLASSES − 1 */
	const uint8_t *variant;  /* 0 … 9 */
	const uint8_t *journal;  /* 2 … 5, 0 unknown */
	const uint8_t *score;    /* n × n_items, OB_NOT_TRIED */
	const struct ob_enrol *enrol;
	size_t n_enrol;
};

/* An outside examination of the school's pupils (ОГЭ), any scale. */
struct ob_outside {
	int32_t school;
	int series; /* results of one series are compared with each other */
	double score;
};

struct ob_region {
	size_t n_schools;
	const struct ob_protocol *protocol;
	size_t n_protocols;
	const double *context; /* n_schools × n_context: kind, place, social index … */
	size_t n_context;      /* at most 8 */
	const struct ob_outside *outside;
	size_t n_outside;
	const bool *controlled; /* n_schools: outside observers and marking in the judged year;
	                           NULL: none known */
};

#endif

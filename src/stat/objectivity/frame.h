/* One year of a region made ready: totals, standardised totals, links between the subjects of a
 * pupil, what the rest of the data predicts of each total. */
#ifndef STAT_OBJECTIVITY_FRAME_H
#define STAT_OBJECTIVITY_FRAME_H

#include "stat/objectivity/crew.h"
#include "stat/objectivity/region.h"

#define OB_BINS 48 /* groups of pupils of like prediction */

struct ob_item_model {
	/* P(item = k | total), smoothed over neighbouring totals: p[total × (max + 1) + k] */
	double *p;
	const uint32_t *count; /* works, same places */
	int max;
};

struct ob_sheet {
	const struct ob_protocol *p;
	int32_t *total;
	double *z; /* standardised total */
	uint8_t *mark;
	int32_t *cell;   /* school × OB_MAX_CLASSES + class */
	int64_t *key;    /* school and pupil, sorted … */
	int32_t *of_key; /* … with the work it belongs to */
	double *other;   /* mean standardised total of the pupil's other subjects, 0 when none */
	uint8_t *n_other;
	double *school_mean; /* n_schools, NaN when empty */
	double *school_n;    /* n_schools */
	uint8_t *bin;        /* group by prediction */
	double *bin_p; /* OB_BINS × (max + 1): P(total | bin), smooth over bins, not over totals */
	double *region_p;           /* max + 1: P(total) */
	struct ob_item_model *item; /* n_items */
};

struct ob_frame {
	const struct ob_region *region;
	int year;
	struct ob_sheet *sheet; /* protocols of the year by subject, then grade */
	size_t n;
	double *outside; /* n_schools: shrunk mean of the outside examination */
	double *prev; /* n × n_schools: the cohort's level a year before in the subject, shrunk */
};

/* Makes the frame of a year; memory of the crew. */
void ob_frame_make(struct ob_crew *c, const struct ob_region *r, int year, struct ob_frame *ret);

/* Mean and variance of v given the total, smoothed over totals by a normal kernel of width 1; max +
 * 1 places each. */
void ob_moments(const struct ob_sheet *s, const double *v, double *mean, double *var);

/* out[t] = Σ_d exp(−d²/2) in[t + d], |d| ≤ 3 */
void ob_smooth(const double *in, double *out, size_t n);

#endif

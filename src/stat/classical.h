/* Classical test theory of a score table: items and reliability. Persons with a missing answer are
 * left out. Covariances have n − 1 below; NaN where something does not vary. Formulas and papers:
 * docs/methods/psychometrics.md, "Classical theory". */
#ifndef STAT_CLASSICAL_H
#define STAT_CLASSICAL_H

#include "stat/scores.h"

struct classical {
	size_t n, k;
	bool binary; /* no score above 1: kr20 and kr21 are defined */
	double mean, sd, sem;
	double alpha, alpha_std;  /* Cronbach 1951; of standardised items */
	double alpha_ci[2];       /* Feldt, Psychometrika 30 (1965) 357: 95 % */
	double lambda2, lambda6;  /* Guttman, Psychometrika 10 (1945) 255 */
	double kr20, kr21;        /* Kuder and Richardson 1937, total variance with n below */
	double split_half;        /* odd against even items, Spearman–Brown */
	double *difficulty;       /* [k] mean / greatest observed score */
	double *item_sd;          /* [k] */
	double *r_total, *r_rest; /* [k] correlation with the total, with the total of the others */
	double *alpha_deleted;    /* [k] alpha of the other items */
	double *d27; /* [k] difference of means of the upper and lower 27 % by total, / maximum */
};

/* Arrays of the result live in a. */
void classical_fit(struct arena *a, const struct scores *s, struct classical *ret);

#endif

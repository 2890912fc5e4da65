/* Conditional maximum likelihood of the Rasch model (Rasch 1960; Andersen, JRSS B 34 (1972) 42) and
 * of the partial credit model (Masters, Psychometrika 47 (1982) 149): the total score is sufficient
 * for the person, so persons are conditioned out by elementary symmetric functions. Newton steps
 * with the exact information; products of all items but one or two are made by halving, which adds
 * positive numbers only and loses no digits. docs/methods/psychometrics.md, "Conditional
 * likelihood". */
#ifndef STAT_CML_H
#define STAT_CML_H

#include "stat/steps.h"

struct cml {
	bool converged;
	int iterations;
	double loglik;
	double *beta; /* [steps.n] easiness of the category, sum zero; NaN for one nobody reached */
	double *se;   /* [steps.n] */
};

/* Missing answers are allowed: persons are grouped by the items they answered. Scores start at 0.
 * Not converged (and NaN) when an item does not vary or persons fall apart. Arrays in a. */
void cml_fit(struct arena *a, const struct scores *s, const struct steps *st, struct cml *ret);

/* Andersen's likelihood-ratio test (Psychometrika 38 (1973) 123) of persons with a total up to the
 * median against those above it; items that do not vary in a group are left out. */
struct andersen {
	double lr;
	size_t df; /* 0: no test is possible, lr is NaN */
};
struct andersen cml_andersen(struct arena *a, const struct scores *s);

#endif

/* Persons and fit under a Rasch or partial-credit model with known items: maximum-likelihood
 * ability of each total score, mean-square residuals (Wright and Masters, Rating Scale Analysis,
 * 1982, ch. 5), separation reliability. As the package eRm defines them: extreme totals take no
 * part in fit. */
#ifndef STAT_RASCH_PERSON_H
#define STAT_RASCH_PERSON_H

#include "stat/steps.h"

struct rasch_person {
	double *theta, *se; /* [n] NaN for extreme totals */
	double *by_score;   /* [steps.top + 1] of those who answered all items; extreme totals by a
	                       natural spline through the observed ones */
	bool *observed;     /* [steps.top + 1] somebody who answered all items has this total */
	double *infit, *outfit;           /* [n] mean squares, NaN for extreme totals */
	double *item_infit, *item_outfit; /* [k] */
	double separation; /* (variance of θ − mean squared error) / variance of θ */
};

/* beta as in stat/steps.h, −∞ or NaN for a category that cannot happen. Arrays in a. */
void rasch_person_fit(struct arena *a, const struct scores *s, const struct steps *st,
        const double *beta, struct rasch_person *ret);

/* θ whose expected total over the items is r (0 < r < top of the pattern); *ret_info is the
 * information there. */
double rasch_theta_ml(const struct steps *st, const struct pattern *p, const double *beta, double r,
        double *ret_info);

/* Warm's weighted likelihood estimate (Psychometrika 54 (1989) 427), 0 ≤ r ≤ top. */
double rasch_theta_wle(const struct steps *st, const struct pattern *p, const double *beta,
        double r, double *ret_info);

#endif

/* Nonparametric person fit: how far an answer vector is from Guttman's order of the items. Review:
 * Meijer and Sijtsma, Applied Psychological Measurement 25 (2001) 107; names as in the package
 * PerFit. docs/methods/psychometrics.md, "Person fit". */
#ifndef STAT_GUTTMAN_H
#define STAT_GUTTMAN_H

#include "stat/scores.h"

/* One person. Extreme totals have no errors (0, 0, 1); the other figures are NaN there. */
struct guttman {
	double errors, normed, nci; /* G, G / (r(k − r)), 1 − 2 · normed (Tatsuoka 1983) */
	double u3, zu3;             /* van der Flier, JCCP 13 (1982) 267 */
	double c_star;              /* Harnisch and Linn, JEM 18 (1981) 133 */
	double caution;             /* C of Sato 1975 */
	double r_pbis;              /* Donlon and Fischer 1968 */
	double ht;                  /* Sijtsma, Kwantitatieve Methoden 22 (1986) 131 */
};
/* Complete 0/1 scores (persons with a missing answer get NaN and do not count). ret has n places.
 */
void guttman_fit(struct arena *scratch, const struct scores *s, struct guttman *ret);

/* Items with several points: item steps X ≥ m in order of popularity (Emons, Applied Psychological
 * Measurement 32 (2008) 224). */
struct guttman_steps {
	double errors, normed, u3;
};
void guttman_steps_fit(struct arena *scratch, const struct scores *s, struct guttman_steps *ret);

#endif

/* Parametric person fit and likeness of two persons under a two-parameter logistic model with known
 * items: P = 1 / (1 + exp(−a(θ − b))). docs/methods/psychometrics.md, "Person fit", "Likeness". */
#ifndef STAT_PERSON_FIT_H
#define STAT_PERSON_FIT_H

#include <stddef.h>
#include <stdint.h>

struct logistic_items {
	size_t k;
	const double *a, *b;
};

/* Warm's estimate (Psychometrika 54 (1989) 427) of one person; missing answers are passed over. NaN
 * when nothing is known. */
double logistic_wle(const struct logistic_items *m, const uint8_t *x);

struct person_fit {
	double lz;      /* Drasgow, Levine and Williams, BJMSP 38 (1985) 67 */
	double lz_star; /* Snijders, Psychometrika 66 (2001) 331, for Warm's estimate */
};
struct person_fit person_fit_at(const struct logistic_items *m, const uint8_t *x, double theta);

/* Equal answers of two persons who work alone. */
struct likeness {
	double omega; /* (matches − ΣP) / √ΣP(1 − P): Wollack, APM 21 (1997) 307, symmetric */
	double gbt_p; /* P(at least as many matches): van der Linden and Sotaridona, JEBS 31 (2006)
	                 283 */
};
/* p: room for 2 (k + 1) numbers. */
struct likeness likeness_of(const struct logistic_items *m, const uint8_t *x, const uint8_t *y,
        const double theta[2], double *p);

#endif

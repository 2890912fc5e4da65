/* Distribution functions and quantiles. NaN in or a parameter out of its range → NaN out.
 * Formulas and accuracy: docs/methods/psychometrics.md, "Distributions". */
#ifndef STAT_DIST_H
#define STAT_DIST_H

#include <stddef.h>
#include <stdint.h>

/* P(Z ≥ z), by the complementary error function. */
double dist_normal_upper(double z);
/* z with P(Z ≤ z) = p; ±∞ at 1 and 0. Halley steps on the upper tail. */
double dist_normal_quantile(double p);
/* P(X ≥ x): series below the mean, Lentz's continued fraction above it (Abramowitz and Stegun,
 * Handbook of Mathematical Functions, 1964, 6.5.29, 6.5.31). */
double dist_chi2_upper(double x, double df);
/* P(T ≥ t) through the incomplete beta function (ibid., 26.7.1). */
double dist_t_upper(double t, double df);
/* t with P(T ≤ t) = p; bisection. */
double dist_t_quantile(double p, double df);
/* P(F ≥ f) (ibid., 26.6.2). */
double dist_f_upper(double f, double df1, double df2);
/* f with P(F ≤ f) = p; bisection. */
double dist_f_quantile(double p, double df1, double df2);
/* I_x(a, b), the regularised incomplete beta function (ibid., 26.5.8); y = 1 − x is given apart so
 * that neither end loses digits. */
double dist_beta_lower(double a, double b, double x, double y);
/* P(X ≥ k) of Binomial(n, p). */
double dist_binomial_upper(int64_t k, int64_t n, double p);
/* P(X ≥ x) when `drawn` are taken without return from `marked` and `plain` ones. */
double dist_hypergeometric_upper(int64_t x, int64_t marked, int64_t plain, int64_t drawn);
/* upper[x] = P(at least x of n events), x = 0 … n (n + 1 places), when event i has probability
 * p[i]: exact convolution (Wang, Statistica Sinica 3 (1993) 295). */
void dist_poisson_binomial_upper(const double *p, size_t n, double *upper);

#endif

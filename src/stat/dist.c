#include "stat/dist.h"

#include <math.h>

#define NONE ((double)NAN)

enum { STEPS_MAX = 100000, BISECTIONS = 400 };

static double log_gamma(double x)
{
	int sign; /* lgamma would write the global signgam */
	return lgamma_r(x, &sign);
}

double dist_normal_upper(double z)
{
	return 0.5 * erfc(z * M_SQRT1_2);
}

/* z > 0 with P(Z ≥ z) = p, 0 < p < 0.5: Abramowitz and Stegun 26.2.23, then Halley. */
static double normal_upper_quantile(double p)
{
	double t = sqrt(-2 * log(p));
	double z = t - (2.515517 + t * (0.802853 + t * 0.010328)) /
	                       (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
	for (int i = 0; i < 6; i++) {
		double density = exp(-0.5 * z * z) * 0.3989422804014326779;
		if (density == 0)
			break;
		double u = (dist_normal_upper(z) - p) / density;
		z += u / (1 - 0.5 * z * u);
	}
	return z;
}

double dist_normal_quantile(double p)
{
	if (isnan(p) || p < 0 || p > 1)
		return NONE;
	if (p == 0)
		return -(double)INFINITY;
	if (p == 1)
		return (double)INFINITY;
	if (p == 0.5)
		return 0;
	return p < 0.5 ? -normal_upper_quantile(p) : normal_upper_quantile(1 - p);
}

/* P(a, x) by its series, for x < a + 1. */
static double gamma_series(double a, double x)
{
	double term = 1 / a, sum = term;
	for (int i = 1; i < STEPS_MAX && term > sum * 1e-17; i++) {
		term *= x / (a + i);
		sum += term;
	}
	return sum * exp(-x + a * log(x) - log_gamma(a));
}

/* Q(a, x) by its continued fraction, for x ≥ a + 1. */
static double gamma_fraction(double a, double x)
{
	double b = x + 1 - a, c = 1e300, d = 1 / b, h = d;
	for (int i = 1; i < STEPS_MAX; i++) {
		double an = -i * (i - a);
		b += 2;
		d = an * d + b;
		c = b + an / c;
		d = 1 / (fabs(d) < 1e-300 ? 1e-300 : d);
		c = fabs(c) < 1e-300 ? 1e-300 : c;
		h *= d * c;
		if (fabs(d * c - 1) < 1e-16)
			break;
	}
	return h * exp(-x + a * log(x) - log_gamma(a));
}

double dist_chi2_upper(double x, double df)
{
	if (isnan(x) || !(df > 0))
		return NONE;
	if (x <= 0)
		return 1;
	double a = df / 2;
	double h = x / 2;
	return h < a + 1 ? 1 - gamma_series(a, h) : gamma_fraction(a, h);
}

static double beta_fraction(double a, double b, double x)
{
	const double tiny = 1e-300;
	double c = 1;
	double d = 1 - (a + b) * x / (a + 1);
	d = 1 / (fabs(d) < tiny ? tiny : d);
	double h = d;
	for (int m = 1; m < STEPS_MAX; m++) {
		double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		d = 1 + even * d;
		c = 1 + even / c;
		d = 1 / (fabs(d) < tiny ? tiny : d);
		c = fabs(c) < tiny ? tiny : c;
		h *= d * c;
		double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
		d = 1 + odd * d;
		c = 1 + odd / c;
		d = 1 / (fabs(d) < tiny ? tiny : d);
		c = fabs(c) < tiny ? tiny : c;
		h *= d * c;
		if (fabs(d * c - 1) < 1e-16)
			break;
	}
	return h;
}

double dist_beta_lower(double a, double b, double x, double y)
{
	if (isnan(x) || isnan(y) || !(a > 0) || !(b > 0))
		return NONE;
	if (x <= 0)
		return 0;
	if (y <= 0)
		return 1;
	double front =
	        exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * log(x) + b * log(y));
	if (x < (a + 1) / (a + b + 2))
		return front * beta_fraction(a, b, x) / a;
	return 1 - front * beta_fraction(b, a, y) / b;
}

double dist_t_upper(double t, double df)
{
	if (isnan(t) || !(df > 0))
		return NONE;
	double square = t * t;
	double tail =
	        0.5 * dist_beta_lower(df / 2, 0.5, df / (df + square), square / (df + square));
	return t < 0 ? 1 - tail : tail;
}

double dist_f_upper(double f, double df1, double df2)
{
	if (isnan(f) || !(df1 > 0) || !(df2 > 0))
		return NONE;
	if (f <= 0)
		return 1;
	double whole = df2 + df1 * f;
	return dist_beta_lower(df2 / 2, df1 / 2, df2 / whole, df1 * f / whole);
}

/* f ≥ 0 with upper(f) = q; upper falls. */
static double upper_quantile(
        double (*upper)(double x, const double *df), const double *df, double q)
{
	double low = 0, high = 1;
	while (upper(high, df) > q && high < 1e300)
		high *= 2;
	for (int i = 0; i < BISECTIONS; i++) {
		double mid = 0.5 * (low + high);
		if (mid <= low || mid >= high)
			break;
		if (upper(mid, df) > q)
			low = mid;
		else
			high = mid;
	}
	return 0.5 * (low + high);
}

static double t_of(double x, const double *df)
{
	return dist_t_upper(x, df[0]);
}

static double f_of(double x, const double *df)
{
	return dist_f_upper(x, df[0], df[1]);
}

double dist_t_quantile(double p, double df)
{
	if (isnan(p) || p <= 0 || p >= 1 || !(df > 0))
		return NONE;
	if (p == 0.5)
		return 0;
	double t = upper_quantile(t_of, &df, p > 0.5 ? 1 - p : p);
	return p > 0.5 ? t : -t;
}

double dist_f_quantile(double p, double df1, double df2)
{
	if (isnan(p) || p < 0 || p >= 1 || !(df1 > 0) || !(df2 > 0))
		return NONE;
	return p == 0 ? 0 : upper_quantile(f_of, (const double[]){df1, df2}, 1 - p);
}

double dist_binomial_upper(int64_t k, int64_t n, double p)
{
	if (n < 0 || !(p >= 0 && p <= 1))
		return NONE;
	if (k <= 0)
		return 1;
	return k > n ? 0 : dist_beta_lower((double)k, (double)(n - k + 1), p, 1 - p);
}

static double log_choose(int64_t n, int64_t k)
{
	return log_gamma((double)n + 1) - log_gamma((double)k + 1) - log_gamma((double)(n - k) + 1);
}

double dist_hypergeometric_upper(int64_t x, int64_t marked, int64_t plain, int64_t drawn)
{
	if (marked < 0 || plain < 0 || drawn < 0 || drawn > marked + plain)
		return NONE;
	int64_t low = drawn > plain ? drawn - plain : 0;
	int64_t high = drawn < marked ? drawn : marked;
	if (x <= low)
		return 1;
	double sum = 0; /* smallest terms first */
	for (int64_t i = high; i >= x; i--)
		sum += exp(log_choose(marked, i) + log_choose(plain, drawn - i) -
		           log_choose(marked + plain, drawn));
	return sum > 1 ? 1 : sum;
}

void dist_poisson_binomial_upper(const double *p, size_t n, double *upper)
{
	upper[0] = 1;
	for (size_t i = 0; i < n; i++) {
		upper[i + 1] = 0;
		for (size_t x = i + 1; x > 0; x--)
			upper[x] = p[i] * upper[x - 1] + (1 - p[i]) * upper[x];
	}
}

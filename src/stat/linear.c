#include "stat/linear.h"

#include <math.h>
#include <string.h>

bool linear_solve_spd(double *a, double *y, size_t k)
{
	for (size_t j = 0; j < k; j++) {
		for (size_t i = j; i < k; i++) {
			double s = a[i * k + j];
			for (size_t m = 0; m < j; m++)
				s -= a[i * k + m] * a[j * k + m];
			if (i == j) {
				if (!(s > 0))
					return false;
				a[j * k + j] = sqrt(s);
			} else {
				a[i * k + j] = s / a[j * k + j];
			}
		}
	}
	for (size_t i = 0; i < k; i++) {
		for (size_t m = 0; m < i; m++)
			y[i] -= a[i * k + m] * y[m];
		y[i] /= a[i * k + i];
	}
	for (size_t i = k; i-- > 0;) {
		for (size_t m = i + 1; m < k; m++)
			y[i] -= a[m * k + i] * y[m];
		y[i] /= a[i * k + i];
	}
	return true;
}

/* A += w x xᵀ, r += w x y; with k known to the compiler the loops become vectors. */
static inline __attribute__((always_inline)) void add_row_of(double *restrict a, double *restrict r,
        const double *restrict x, size_t k, double w, double y)
{
	for (size_t i = 0; i < k; i++) {
		double wx = w * x[i];
		for (size_t j = 0; j < k; j++)
			a[i * k + j] += wx * x[j];
		r[i] += wx * y;
	}
}

static void add_row(double *a, double *r, const double *x, size_t k, double w, double y)
{
	switch (k) {
	case 6:
		add_row_of(a, r, x, 6, w, y);
		return;
	case 8:
		add_row_of(a, r, x, 8, w, y);
		return;
	case 10:
		add_row_of(a, r, x, 10, w, y);
		return;
	default:
		add_row_of(a, r, x, k, w, y);
	}
}

bool linear_fit(const struct design *d, const double *y, const double *w, double ridge, double *b)
{
	double a[LINEAR_MAX_COLS * LINEAR_MAX_COLS] = {0};
	BUG_IF(d->k > LINEAR_MAX_COLS);
	memset(b, 0, d->k * sizeof(*b));
	for (size_t i = 0; i < d->n; i++)
		add_row(a, b, d->x + i * d->k, d->k, w == NULL ? 1 : w[i], y[i]);
	for (size_t j = 0; j < d->k; j++)
		a[j * d->k + j] += ridge;
	return linear_solve_spd(a, b, d->k);
}

double linear_at(const double *row, const double *b, size_t k)
{
	double s = 0;
	for (size_t j = 0; j < k; j++)
		s += row[j] * b[j];
	return s;
}

/* One Newton step from b over every stride-th row; *ret_move the largest change. */
static bool logistic_step(const struct logistic *m, size_t stride, double *b, double *ret_move)
{
	const struct design *d = &m->design;
	double a[LINEAR_MAX_COLS * LINEAR_MAX_COLS] = {0};
	double g[LINEAR_MAX_COLS] = {0};
	for (size_t i = 0; i < d->n; i += stride) {
		const double *x = d->x + i * d->k;
		double n = m->n == NULL ? 1 : m->n[i];
		double eta = linear_at(x, b, d->k);
		double mu = 1 / (1 + exp(-fmax(-30, fmin(30, eta))));
		double w = n * mu * (1 - mu) + 1e-6;
		add_row(a, g, x, d->k, w, (m->y[i] - n * mu) / w);
	}
	for (size_t j = 0; j < d->k; j++) {
		a[j * d->k + j] += m->ridge;
		g[j] -= m->ridge * b[j];
	}
	*ret_move = 0;
	if (!linear_solve_spd(a, g, d->k))
		return false;
	for (size_t j = 0; j < d->k; j++) {
		b[j] += g[j];
		*ret_move = fmax(*ret_move, fabs(g[j]));
	}
	return true;
}

bool linear_logistic(const struct logistic *m, int steps, double *b)
{
	const struct design *d = &m->design;
	double move = 1;
	BUG_IF(d->k > LINEAR_MAX_COLS);
	memset(b, 0, d->k * sizeof(*b));
	/* a start from an eighth of many rows: most of the way at an eighth of the price */
	if (d->n > 400 * d->k)
		for (int step = 0; step < steps && move > 1e-2; step++)
			if (!logistic_step(m, 8, b, &move)) {
				memset(b, 0, d->k * sizeof(*b));
				break;
			}
	move = 1;
	for (int step = 0; step < steps && move > 1e-5; step++) /* error after it: its square */
		if (!logistic_step(m, 1, b, &move))
			return false;
	return true;
}

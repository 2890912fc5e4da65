#include "stat/matrix.h"

#include <math.h>

bool matrix_cholesky(double *a, size_t k)
{
	for (size_t j = 0; j < k; j++) {
		double whole = a[j * k + j];
		double d = whole;
		for (size_t s = 0; s < j; s++)
			d -= a[j * k + s] * a[j * k + s];
		if (!(d > 1e-13 * fabs(whole)))
			return false;
		double root = sqrt(d);
		a[j * k + j] = root;
		for (size_t i = j + 1; i < k; i++) {
			double v = a[i * k + j];
			for (size_t s = 0; s < j; s++)
				v -= a[i * k + s] * a[j * k + s];
			a[i * k + j] = v / root;
		}
	}
	return true;
}

void matrix_cholesky_solve(const double *l, double *b, size_t k)
{
	for (size_t i = 0; i < k; i++) {
		for (size_t s = 0; s < i; s++)
			b[i] -= l[i * k + s] * b[s];
		b[i] /= l[i * k + i];
	}
	for (size_t i = k; i-- > 0;) {
		for (size_t s = i + 1; s < k; s++)
			b[i] -= l[s * k + i] * b[s];
		b[i] /= l[i * k + i];
	}
}

bool matrix_inverse(struct arena *scratch, double *a, size_t k)
{
	struct arena_mark mark = arena_mark(scratch);
	double *l = arena_new(scratch, double, k *k);
	double *column = arena_new(scratch, double, k);
	for (size_t i = 0; i < k * k; i++)
		l[i] = a[i];
	bool ok = matrix_cholesky(l, k);
	for (size_t j = 0; ok && j < k; j++) {
		for (size_t i = 0; i < k; i++)
			column[i] = i == j;
		matrix_cholesky_solve(l, column, k);
		for (size_t i = 0; i < k; i++)
			a[i * k + j] = column[i];
	}
	arena_reset(scratch, mark);
	return ok;
}

double matrix_norm(const double *a, const double *r, size_t k)
{
	double sum = 0;
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < k; j++)
			sum += r[i] * a[i * k + j] * r[j];
	return sqrt(sum);
}

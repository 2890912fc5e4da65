#include "stat/quadrature.h"

#include <math.h>

enum { BISECTIONS = 120 };

void quadrature_weights(struct quadrature *q, double variance)
{
	double sum = 0;
	for (size_t i = 0; i < q->n; i++) {
		q->weight[i] = exp(-0.5 * q->node[i] * q->node[i] / variance);
		sum += q->weight[i];
	}
	for (size_t i = 0; i < q->n; i++)
		q->weight[i] /= sum;
}

struct quadrature quadrature_grid(
        struct arena *a, double low, double high, size_t n, double variance)
{
	struct quadrature q = {n, arena_new(a, double, n), arena_new(a, double, n)};
	for (size_t i = 0; i < n; i++)
		q.node[i] = low + (high - low) * (double)i / (double)(n - 1);
	quadrature_weights(&q, variance);
	return q;
}

/* Roots of the orthonormal Hermite polynomial of degree n below x: sign changes of its Sturm
 * sequence. */
static size_t roots_below(size_t n, double x)
{
	size_t count = 0;
	double d = 1;
	for (size_t i = 0; i < n; i++) {
		d = -x - (i == 0 ? 0 : (double)i / d);
		if (d == 0)
			d = 1e-300;
		count += d < 0;
	}
	return count;
}

struct quadrature quadrature_hermite(struct arena *a, size_t n)
{
	struct quadrature q = {n, arena_new(a, double, n), arena_new(a, double, n)};
	double reach = 2 * sqrt((double)n) + 1, sum = 0;
	for (size_t i = 0; i < n; i++) {
		double low = -reach, high = reach;
		for (int s = 0; s < BISECTIONS; s++) {
			double mid = 0.5 * (low + high);
			if (mid <= low || mid >= high)
				break;
			if (roots_below(n, mid) <= i)
				low = mid;
			else
				high = mid;
		}
		double x = 0.5 * (low + high), before = 0, now = 1, norm = 1;
		for (size_t m = 1; m < n; m++) {
			double next = (x * now - sqrt((double)m - 1) * before) / sqrt((double)m);
			before = now;
			now = next;
			norm += now * now;
		}
		q.node[i] = x;
		q.weight[i] = 1 / norm;
		sum += q.weight[i];
	}
	for (size_t i = 0; i < n; i++)
		q.weight[i] /= sum;
	return q;
}

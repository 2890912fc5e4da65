#include "stat/objectivity/calibrate.h"
#include "stat/linear.h"

#include <math.h>
#include <string.h>

enum { FUNNEL_BINS = 8 };

/* Puts the k-th smallest of v at place k, smaller ones before, larger ones behind (Hoare's FIND,
 * Wirth 1976). */
static void select_kth(double *v, ptrdiff_t n, ptrdiff_t k)
{
	ptrdiff_t lo = 0;
	ptrdiff_t hi = n - 1;
	while (lo < hi) {
		double pivot = v[k];
		ptrdiff_t i = lo;
		ptrdiff_t j = hi;
		do {
			while (v[i] < pivot)
				i++;
			while (pivot < v[j])
				j--;
			if (i <= j) {
				double t = v[i];
				v[i++] = v[j];
				v[j--] = t;
			}
		} while (i <= j);
		if (j < k)
			lo = i;
		if (k < i)
			hi = j;
	}
}

double ob_quantile(double *v, size_t n, double p)
{
	if (n == 0)
		return (double)NAN;
	double at = p * (double)(n - 1);
	size_t i = (size_t)at;
	select_kth(v, (ptrdiff_t)n, (ptrdiff_t)i);
	if (i + 1 >= n)
		return v[n - 1];
	double next = v[i + 1];
	for (size_t k = i + 2; k < n; k++)
		next = fmin(next, v[k]);
	return v[i] + (at - (double)i) * (next - v[i]);
}

/* Schools with something to say, packed. */
struct funnel_data {
	size_t n;
	size_t *school;
	double *v, *ratio, *resid, *scratch;
	double *x; /* design: 1 [level level²] */
	size_t k;
};

static double median(struct funnel_data *d, const double *v, size_t n)
{
	memmove(d->scratch, v, n * sizeof(*v));
	return ob_quantile(d->scratch, n, 0.5);
}

static void pack(struct arena *a, const struct ob_funnel *f, struct funnel_data *d)
{
	*d = (struct funnel_data){.k = f->level == NULL ? 1 : 3};
	d->school = arena_new(a, size_t, f->n);
	d->v = arena_new(a, double, f->n);
	d->ratio = arena_new(a, double, f->n);
	d->resid = arena_new(a, double, f->n);
	d->scratch = arena_new(a, double, f->n);
	d->x = arena_new(a, double, f->n * d->k);
	for (size_t i = 0; i < f->n; i++) {
		if (!(f->v[i] > 1e-9))
			continue;
		size_t m = d->n++;
		d->school[m] = i;
		d->v[m] = f->v[i];
		d->ratio[m] = f->u[i] / f->v[i];
		d->x[m * d->k] = 1;
		if (d->k > 1) {
			double l = fmax(-2, fmin(2, f->level[i]));
			d->x[m * 3 + 1] = l;
			d->x[m * 3 + 2] = l * l;
		}
	}
}

/* Centre: weighted regression of u/v; large positive residuals count little, large negative ones a
 * third. */
static void centre(struct arena *a, struct funnel_data *d)
{
	double *w0 = arena_new(a, double, d->n);
	double *w = arena_new(a, double, d->n);
	double *low = arena_new(a, double, d->n);
	double b[3] = {0};
	double vm = median(d, d->v, d->n);
	double total = 0;
	for (size_t i = 0; i < d->n; i++) {
		w[i] = w0[i] = d->v[i] / (1 + d->v[i] / vm);
		total += w0[i];
	}
	struct design x = {d->x, d->n, d->k};
	/* from the median: a few schools of rare level must not pull the curve to themselves */
	b[0] = median(d, d->ratio, d->n);
	for (int step = 0; step < 7; step++) {
		size_t m = 0;
		if (step > 0 && !linear_fit(&x, d->ratio, w, 1e-6 * total, b))
			return;
		for (size_t i = 0; i < d->n; i++) {
			d->resid[i] = d->ratio[i] - linear_at(d->x + i * d->k, b, d->k);
			if (d->resid[i] < 0)
				low[m++] = d->resid[i] * d->resid[i] * w0[i];
		}
		double sd = m > 0 ? sqrt(ob_quantile(low, m, 0.5) / 0.455) : 1;
		for (size_t i = 0; i < d->n; i++) {
			double t = d->resid[i] * sqrt(w0[i]) / fmax(sd, 1e-9);
			w[i] = w0[i] * (t > 1.5 ? 0.05 : t < -2.5 ? 0.3 : 1.0);
		}
	}
	/* half of the larger schools on each side */
	double wm = median(d, w0, d->n);
	size_t m = 0;
	for (size_t i = 0; i < d->n; i++) {
		d->resid[i] = d->ratio[i] - linear_at(d->x + i * d->k, b, d->k);
		if (w0[i] >= wm)
			low[m++] = d->resid[i];
	}
	double middle = ob_quantile(low, m, 0.5);
	for (size_t i = 0; i < d->n; i++)
		d->resid[i] = (d->resid[i] - middle) * d->v[i];
}

/* Width: robust squares of the lower half in eight groups by v, fitted by a + κv with relative
 * error. */
static bool width(
        struct arena *a, struct funnel_data *d, double least, double *ret_a, double *ret_kappa)
{
	double *sorted = arena_new(a, double, d->n);
	double *part = arena_new(a, double, d->n);
	double *part_v = arena_new(a, double, d->n);
	double vm[FUNNEL_BINS];
	double y[FUNNEL_BINS];
	size_t n = 0;
	memcpy(sorted, d->v, d->n * sizeof(*sorted));
	double to = ob_quantile(sorted, d->n, 0);
	for (int bin = 0; bin < FUNNEL_BINS; bin++) {
		double from = to;
		to = ob_quantile(sorted, d->n, (bin + 1) / (double)FUNNEL_BINS);
		size_t m = 0;
		for (size_t i = 0; i < d->n; i++) {
			bool inside = d->v[i] >= from && (d->v[i] < to || bin + 1 == FUNNEL_BINS);
			if (inside && d->resid[i] < 0) {
				part[m] = fabs(d->resid[i]);
				part_v[m++] = d->v[i];
			}
		}
		if (m < 6)
			continue;
		double s = 1.4826 * ob_quantile(part, m, 0.5);
		vm[n] = ob_quantile(part_v, m, 0.5);
		y[n] = s * s / vm[n];
		n++;
	}
	if (n == 0)
		return false;
	double sw = 0;
	double sx = 0;
	double sy = 0;
	double sxx = 0;
	double sxy = 0;
	for (size_t i = 0; i < n; i++) {
		double w = 1 / (fmax(y[i], 1e-9) * fmax(y[i], 1e-9));
		sw += w;
		sx += w * vm[i];
		sy += w * y[i];
		sxx += w * vm[i] * vm[i];
		sxy += w * vm[i] * y[i];
	}
	double det = sw * sxx - sx * sx;
	double kappa = det > 1e-12 * sw * sxx ? (sw * sxy - sx * sy) / det : 0;
	double base = (sy - kappa * sx) / sw;
	double lowest = 0.6 * fmin(y[0], sy / sw);
	if (kappa < 0) {
		base = sy / sw;
		kappa = 0;
	} else if (base < lowest) {
		base = lowest;
		kappa = fmax((sxy - base * sx) / sxx, 0);
	}
	*ret_a = fmax(base, least);
	*ret_kappa = kappa;
	return true;
}

void ob_calibrate(struct arena *a, const struct ob_funnel *f, double *z, double *info)
{
	struct arena_mark mark = arena_mark(a);
	struct funnel_data d;
	double least = f->exact ? 1 : 0;
	double base;
	double kappa;
	memset(z, 0, f->n * sizeof(*z));
	memset(info, 0, f->n * sizeof(*info));
	pack(a, f, &d);
	if (d.n >= 20) {
		centre(a, &d);
		if (width(a, &d, least, &base, &kappa)) {
			for (size_t i = 0; i < d.n; i++) {
				double sd =
				        sqrt(base * d.v[i] + kappa * d.v[i] * d.v[i] + 0.5 * least);
				z[d.school[i]] = d.resid[i] / sd;
				info[d.school[i]] = d.v[i] / sd;
			}
		}
	}
	arena_reset(a, mark);
}

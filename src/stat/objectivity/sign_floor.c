#include "stat/linear.h"
#include "stat/objectivity/signs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct placed {
	int32_t school;
	double z;
};

static int by_school_z(const void *x, const void *y)
{
	const struct placed *a = x;
	const struct placed *b = y;
	if (a->school != b->school)
		return a->school < b->school ? -1 : 1;
	return a->z < b->z ? -1 : a->z > b->z;
}

/* Level of the upper half of each school, which a corrected floor does not touch; shrunk to the
 * usual 0.75. */
static double *upper_half(struct arena *a, const struct ob_sheet *sh, size_t n_schools)
{
	const struct ob_protocol *p = sh->p;
	struct placed *v = arena_new(a, struct placed, p->n);
	for (size_t i = 0; i < p->n; i++)
		v[i] = (struct placed){p->school[i], sh->z[i]};
	qsort(v, p->n, sizeof(*v), by_school_z);
	double *hi = arena_new(a, double, n_schools);
	for (size_t from = 0, to; from < p->n; from = to) {
		for (to = from + 1; to < p->n && v[to].school == v[from].school; to++)
			;
		size_t n = to - from;
		double sum = 0;
		for (size_t i = from + n / 2; i < to; i++)
			sum += v[i].z;
		double dn = (double)n;
		hi[v[from].school] =
		        sum / (double)(n - n / 2) * dn / (dn + 4) + 0.75 * 4 / (dn + 4);
	}
	return hi;
}

enum { FLOOR_COLS = 8 };

void ob_sign_floor(struct arena *a, const struct ob_frame *f, size_t q, struct ob_sums *s)
{
	const struct ob_sheet *sh = &f->sheet[q];
	const struct ob_protocol *p = sh->p;
	struct arena_mark mark = arena_mark(a);
	const double *hi = upper_half(a, sh, s->n_schools);
	double *y = arena_new(a, double, p->n);
	double *x = arena_new(a, double, p->n *FLOOR_COLS);
	for (size_t i = 0; i < p->n; i++)
		y[i] = sh->total[i] < p->cut[0];
	for (int journal_only = 0; journal_only < 2; journal_only++) {
		size_t k = journal_only ? 6 : FLOOR_COLS;
		for (size_t i = 0; i < p->n; i++) {
			double h = hi[p->school[i]];
			uint8_t j = p->journal[i];
			double full[FLOOR_COLS] = {1, sh->other[i], sh->n_other[i] > 0, j == 2,
			        j == 4, j == 5, h, sh->other[i] * h};
			double brief[6] = {1, j == 2, j == 4, j == 5, h, h * h};
			memcpy(x + i * k, journal_only ? brief : full, k * sizeof(*x));
		}
		struct design d = {x, p->n, k};
		double b[FLOOR_COLS];
		if (!linear_logistic(&d, y, 1e-3, 12, b))
			continue;
		enum ob_sign sign = journal_only ? OB_FLOORJ : OB_FLOOR;
		for (size_t i = 0; i < p->n; i++) {
			double m = 1 / (1 + exp(-linear_at(x + i * k, b, k)));
			s->u[sign][q * s->n_schools + (size_t)p->school[i]] += m - y[i];
			s->v[sign][q * s->n_schools + (size_t)p->school[i]] += m * (1 - m);
		}
	}
	arena_reset(a, mark);
}

#include "stat/linear.h"
#include "stat/objectivity/order.h"
#include "stat/objectivity/signs.h"

#include <math.h>
#include <string.h>

/* Level of the upper half of each school, which a corrected floor does not touch; shrunk to the
 * usual 0.75. */
static double *upper_half(struct arena *a, const struct ob_sheet *sh, size_t n_schools)
{
	const struct ob_protocol *p = sh->p;
	uint64_t *key = arena_new(a, uint64_t, p->n);
	int32_t *v = arena_new(a, int32_t, p->n);
	for (size_t i = 0; i < p->n; i++)
		key[i] = (uint64_t)p->school[i] << 32 | (uint32_t)sh->total[i];
	ob_order(a, key, p->n, v);
	double *hi = arena_new(a, double, n_schools);
	for (size_t from = 0, to; from < p->n; from = to) {
		int32_t school = p->school[v[from]];
		for (to = from + 1; to < p->n && p->school[v[to]] == school; to++)
			;
		size_t n = to - from;
		double sum = 0;
		for (size_t i = from + n / 2; i < to; i++)
			sum += sh->z[v[i]];
		double dn = (double)n;
		hi[school] = sum / (double)(n - n / 2) * dn / (dn + 4) + 0.75 * 4 / (dn + 4);
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

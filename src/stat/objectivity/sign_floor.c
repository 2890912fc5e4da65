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

enum { FLOOR_COLS = 8, BRIEF_COLS = 6 };

static void add(struct ob_sums *s, enum ob_sign sign, size_t at, double failed, double n, double p2)
{
	s->u[sign][at] += n * p2 - failed;
	s->v[sign][at] += n * p2 * (1 - p2);
}

/* By other subjects, journal mark and the upper half of the school. */
static void floor_by_all(
        struct arena *a, const struct ob_sheet *sh, const double *hi, size_t at, struct ob_sums *s)
{
	const struct ob_protocol *p = sh->p;
	double *y = arena_new(a, double, p->n);
	double *x = arena_new(a, double, p->n *FLOOR_COLS);
	double b[FLOOR_COLS];
	for (size_t i = 0; i < p->n; i++) {
		double h = hi[p->school[i]];
		uint8_t j = p->journal[i];
		double row[FLOOR_COLS] = {1, sh->other[i], sh->n_other[i] > 0, j == 2, j == 4,
		        j == 5, h, sh->other[i] * h};
		memcpy(x + i * FLOOR_COLS, row, sizeof(row));
		y[i] = sh->total[i] < p->cut[0];
	}
	struct logistic m = {{x, p->n, FLOOR_COLS}, y, NULL, 1e-3};
	if (!linear_logistic(&m, 12, b))
		return;
	for (size_t i = 0; i < p->n; i++)
		add(s, OB_FLOOR, at + (size_t)p->school[i], y[i], 1,
		        1 / (1 + exp(-linear_at(x + i * FLOOR_COLS, b, FLOOR_COLS))));
}

/* By journal mark and the upper half of the school: works alike in both are one row. */
static void floor_by_journal(
        struct arena *a, const struct ob_sheet *sh, const double *hi, size_t at, struct ob_sums *s)
{
	const struct ob_protocol *p = sh->p;
	size_t rows = s->n_schools * 6;
	double *y = arena_new(a, double, rows);
	double *n = arena_new(a, double, rows);
	double *x = arena_new(a, double, rows *BRIEF_COLS);
	double b[BRIEF_COLS];
	for (size_t i = 0; i < p->n; i++) {
		size_t row = (size_t)p->school[i] * 6 + p->journal[i];
		n[row] += 1;
		y[row] += sh->total[i] < p->cut[0];
	}
	for (size_t k = 0; k < rows; k++) {
		double h = hi[k / 6];
		size_t j = k % 6;
		double row[BRIEF_COLS] = {1, j == 2, j == 4, j == 5, h, h * h};
		memcpy(x + k * BRIEF_COLS, row, sizeof(row));
	}
	struct logistic m = {{x, rows, BRIEF_COLS}, y, n, 1e-3};
	if (!linear_logistic(&m, 12, b))
		return;
	for (size_t k = 0; k < rows; k++)
		if (n[k] > 0)
			add(s, OB_FLOORJ, at + k / 6, y[k], n[k],
			        1 / (1 + exp(-linear_at(x + k * BRIEF_COLS, b, BRIEF_COLS))));
}

void ob_sign_floor(struct arena *a, const struct ob_frame *f, size_t q, struct ob_sums *s)
{
	struct arena_mark mark = arena_mark(a);
	const double *hi = upper_half(a, &f->sheet[q], s->n_schools);
	floor_by_all(a, &f->sheet[q], hi, q * s->n_schools, s);
	floor_by_journal(a, &f->sheet[q], hi, q * s->n_schools, s);
	arena_reset(a, mark);
}

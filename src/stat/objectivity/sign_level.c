#include "stat/linear.h"
#include "stat/objectivity/calibrate.h"
#include "stat/objectivity/signs.h"

#include <math.h>
#include <string.h>

enum { CONTEXT_COLS = 11, FULL_COLS = CONTEXT_COLS + 4 };

/* Mean journal mark of each school less the mean of schools. */
static void journal_level(const struct ob_sheet *sh, size_t ns, double *sum, double *out)
{
	memset(sum, 0, ns * sizeof(*sum));
	for (size_t i = 0; i < sh->p->n; i++)
		sum[sh->p->school[i]] += sh->p->journal[i];
	double mean = 0;
	double n = 0;
	for (size_t k = 0; k < ns; k++) {
		if (sh->school_n[k] > 0) {
			mean += sum[k] / sh->school_n[k];
			n += 1;
		}
	}
	mean /= fmax(n, 1);
	for (size_t k = 0; k < ns; k++)
		out[k] = sh->school_n[k] > 0 ? sum[k] / sh->school_n[k] - mean : 0;
}

/* Which other protocols a mean is taken over. */
enum others { SAME_SUBJECT, SAME_GRADE, REST };

static bool belongs(const struct ob_sheet *x, const struct ob_sheet *y, enum others which)
{
	bool subject = x->p->subject == y->p->subject;
	bool grade = x->p->grade == y->p->grade;
	switch (which) {
	case SAME_SUBJECT:
		return subject;
	case SAME_GRADE:
		return grade;
	case REST:
		return !subject && !grade;
	}
	return false;
}

/* Shrunk mean of the school in the other protocols of a group. */
static double others_mean(const struct ob_frame *f, size_t q, size_t k, enum others which)
{
	double sum = 0;
	double n = 0;
	for (size_t o = 0; o < f->n; o++) {
		const struct ob_sheet *x = &f->sheet[o];
		if (o == q || !belongs(x, &f->sheet[q], which) || x->school_n[k] <= 0)
			continue;
		sum += x->school_mean[k] * x->school_n[k];
		n += x->school_n[k];
	}
	return sum / (n + 8);
}

/* Residual of school means from a robust weighted regression, times the number of works. */
static void residuals(
        struct arena *a, const struct ob_sheet *sh, const struct design *d, double *u, double *v)
{
	double *y = arena_new(a, double, d->n);
	double *w = arena_new(a, double, d->n);
	double *r = arena_new(a, double, d->n);
	double *size = arena_new(a, double, d->n);
	double b[FULL_COLS] = {0};
	for (size_t k = 0; k < d->n; k++) {
		double n = sh->school_n[k];
		y[k] = n > 0 ? sh->school_mean[k] : 0;
		w[k] = n > 0 ? n / (n + 8) : 0;
	}
	for (int step = 0; step < 3; step++) { /* large positive residuals count little next time */
		size_t m = 0;
		if (!linear_fit(d, y, w, 0.5, b))
			return;
		for (size_t k = 0; k < d->n; k++) {
			r[k] = y[k] - linear_at(d->x + k * d->k, b, d->k);
			if (sh->school_n[k] > 0)
				size[m++] = fabs(r[k]);
		}
		double sd = m > 0 ? 1.4826 * ob_quantile(size, m, 0.5) : 1;
		for (size_t k = 0; k < d->n; k++) {
			double n = sh->school_n[k];
			w[k] = n > 0 ? n / (n + 8) * (r[k] > 2 * sd ? 0.2 : 1.0) : 0;
		}
	}
	for (size_t k = 0; k < d->n; k++) {
		u[k] += sh->school_n[k] > 0 ? r[k] * sh->school_n[k] : 0;
		v[k] += sh->school_n[k] * 0.7;
	}
}

void ob_sign_level(struct arena *a, const struct ob_frame *f, size_t q, struct ob_sums *s)
{
	size_t ns = s->n_schools;
	size_t nc = f->region->n_context;
	BUG_IF(nc + 3 > CONTEXT_COLS);
	struct arena_mark mark = arena_mark(a);
	const struct ob_sheet *sh = &f->sheet[q];
	size_t brief = nc + 3;
	size_t full = nc + 7;
	double *journal = arena_new(a, double, ns * 2);
	double *x = arena_new(a, double, ns *brief);
	double *z = arena_new(a, double, ns *full);
	journal_level(sh, ns, journal + ns, journal);
	for (size_t k = 0; k < ns; k++) {
		double *row = x + k * brief;
		double n = sh->school_n[k];
		row[0] = 1;
		for (size_t c = 0; c < nc; c++)
			row[1 + c] = f->region->context[k * nc + c];
		row[1 + nc] = f->outside[k];
		row[2 + nc] = journal[k] * n / (n + 5);
		double *more = z + k * full;
		memcpy(more, row, brief * sizeof(*row));
		more[brief] = others_mean(f, q, k, SAME_SUBJECT);
		more[brief + 1] = others_mean(f, q, k, SAME_GRADE);
		more[brief + 2] = others_mean(f, q, k, REST);
		more[brief + 3] = f->prev[q * ns + k];
	}
	struct design of_context = {x, ns, brief};
	struct design of_all = {z, ns, full};
	residuals(a, sh, &of_context, s->u[OB_LEVELABS] + q * ns, s->v[OB_LEVELABS] + q * ns);
	residuals(a, sh, &of_all, s->u[OB_LEVEL] + q * ns, s->v[OB_LEVEL] + q * ns);
	arena_reset(a, mark);
}

struct signs_work {
	const struct ob_frame *f;
	struct ob_sums *s;
};

static void signs_of_sheet(void *work, size_t q, struct arena *a)
{
	const struct ob_frame *f = ((struct signs_work *)work)->f;
	struct ob_sums *s = ((struct signs_work *)work)->s;
	ob_sign_border(a, f, q, s);
	ob_sign_flow(a, f, q, s);
	ob_sign_items(a, f, q, s);
	ob_sign_pairs(a, f, q, s);
	ob_sign_order(a, f, q, s);
	ob_sign_absence(a, f, q, s);
	ob_sign_floor(a, f, q, s);
	ob_sign_level(a, f, q, s);
	for (size_t k = 0; k < s->n_schools; k++) {
		double c = f->sheet[q].school_n[k];
		s->level[q * s->n_schools + k] =
		        c > 0 ? f->sheet[q].school_mean[k] * c / (c + 4) : 0;
	}
}

void ob_signs(struct arena *a, struct ob_crew *c, const struct ob_frame *f, struct ob_sums *ret)
{
	*ret = (struct ob_sums){.n_protocols = f->n, .n_schools = f->region->n_schools};
	size_t n = f->n * ret->n_schools;
	for (int k = 0; k < OB_SIGNS; k++) {
		ret->u[k] = arena_new(a, double, n);
		ret->v[k] = arena_new(a, double, n);
	}
	ret->level = arena_new(a, double, n);
	ob_crew_run(c, f->n, signs_of_sheet, &(struct signs_work){f, ret});
}

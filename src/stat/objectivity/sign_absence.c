#include "stat/objectivity/order.h"
#include "stat/objectivity/signs.h"

#include <math.h>

/* By journal: in a class of N with a absent, the sum of their marks against a random sample without
 * replacement. */
static void by_journal(struct arena *a, const struct ob_sheet *sh, size_t at, struct ob_sums *s)
{
	const struct ob_protocol *p = sh->p;
	size_t cells = s->n_schools * OB_MAX_CLASSES;
	double *present = arena_new(a, double, cells * 4);
	for (size_t i = 0; i < p->n; i++)
		if (p->journal[i] >= 2)
			present[(size_t)sh->cell[i] * 4 + p->journal[i] - 2] += 1;
	double all = 0;
	double away_all = 0;
	for (int pass = 0; pass < 2; pass++) {
		for (size_t e = 0; e < p->n_enrol; e++) {
			const struct ob_enrol *en = &p->enrol[e];
			const double *pr =
			        present + ((size_t)en->school * OB_MAX_CLASSES + en->class_no) * 4;
			double n = 0;
			double away = 0;
			double sum = 0;
			double away_sum = 0;
			for (int m = 0; m < 4; m++) {
				double gone = fmax(en->by_mark[m] - pr[m], 0);
				n += en->by_mark[m];
				away += gone;
				sum += en->by_mark[m] * (m + 2.0);
				away_sum += gone * (m + 2.0);
			}
			if (pass == 0) {
				all += n;
				away_all += away;
				continue;
			}
			if (n <= 0)
				continue;
			double mean = sum / n;
			double s2 = 0;
			for (int m = 0; m < 4; m++)
				s2 += en->by_mark[m] * (m + 2.0 - mean) * (m + 2.0 - mean);
			s2 /= fmax(n - 1, 1);
			double rate = away_all / all;
			size_t k = at + (size_t)en->school;
			s->u[OB_ABSENT][k] += away * mean - away_sum;
			s->v[OB_ABSENT][k] += away * (1 - away / n) * s2;
			s->u[OB_ABSENTN][k] += away - n * rate;
			s->v[OB_ABSENTN][k] += n * rate * (1 - rate);
		}
	}
}

struct known {
	int64_t key;
	int32_t cell;
	double z;
};

/* Pupils of the class who wrote other subjects, one row each with their mean. */
static size_t known_pupils(
        struct arena *a, const struct ob_frame *f, const struct ob_sheet *sh, struct known **ret)
{
	size_t most = 0;
	for (size_t o = 0; o < f->n; o++)
		most += &f->sheet[o] != sh && f->sheet[o].p->grade == sh->p->grade
		                ? f->sheet[o].p->n
		                : 0;
	struct known *v = arena_new(a, struct known, most + 1);
	size_t n = 0;
	for (size_t o = 0; o < f->n; o++) {
		const struct ob_sheet *x = &f->sheet[o];
		if (x == sh || x->p->grade != sh->p->grade)
			continue;
		for (size_t i = 0; i < x->p->n; i++)
			v[n++] = (struct known){
			        x->key[i], x->cell[x->of_key[i]], x->z[x->of_key[i]]};
	}
	uint64_t *key = arena_new(a, uint64_t, n);
	int32_t *order = arena_new(a, int32_t, n);
	for (size_t i = 0; i < n; i++)
		key[i] = (uint64_t)v[i].key;
	ob_order(a, key, n, order);
	struct known *one = arena_new(a, struct known, n);
	size_t out = 0;
	for (size_t i = 0, j; i < n; i = j) {
		const struct known *first = &v[order[i]];
		double sum = 0;
		for (j = i; j < n && v[order[j]].key == first->key; j++)
			sum += v[order[j]].z;
		one[out++] = (struct known){first->key, first->cell, sum / (double)(j - i)};
	}
	*ret = one;
	return out;
}

/* By results: those who wrote other subjects but not this one, against the class, finite
 * population. */
static void by_results(struct arena *a, const struct ob_frame *f, const struct ob_sheet *sh,
        size_t at, struct ob_sums *s)
{
	struct known *v;
	size_t n = known_pupils(a, f, sh, &v);
	size_t cells = s->n_schools * OB_MAX_CLASSES;
	double *sum = arena_new(a, double, cells * 5); /* n, Σz, Σz², away, Σz of away */
	size_t wrote = 0;
	for (size_t i = 0; i < n; i++) { /* both by key */
		double *c = sum + (size_t)v[i].cell * 5;
		while (wrote < sh->p->n && sh->key[wrote] < v[i].key)
			wrote++;
		bool gone = wrote == sh->p->n || sh->key[wrote] != v[i].key;
		c[0] += 1;
		c[1] += v[i].z;
		c[2] += v[i].z * v[i].z;
		c[3] += gone;
		c[4] += gone ? v[i].z : 0;
	}
	for (size_t k = 0; k < cells; k++) {
		const double *c = sum + k * 5;
		if (c[0] <= 0)
			continue;
		double mean = c[1] / c[0];
		double var = fmax(c[2] - c[0] * mean * mean, 0) / fmax(c[0] - 1, 1);
		s->u[OB_ABSENTZ][at + k / OB_MAX_CLASSES] += c[3] * mean - c[4];
		s->v[OB_ABSENTZ][at + k / OB_MAX_CLASSES] += c[3] * (1 - c[3] / c[0]) * var;
	}
}

void ob_sign_absence(struct arena *a, const struct ob_frame *f, size_t q, struct ob_sums *s)
{
	const struct ob_sheet *sh = &f->sheet[q];
	struct arena_mark m = arena_mark(a);
	if (sh->p->n_enrol > 0)
		by_journal(a, sh, q * s->n_schools, s);
	by_results(a, f, sh, q * s->n_schools, s);
	arena_reset(a, m);
}

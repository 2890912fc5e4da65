#include "stat/objectivity/frame.h"
#include "stat/linear.h"
#include "stat/objectivity/order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void ob_smooth(const double *in, double *out, size_t n)
{
	static const double kernel[] = {
	        1, 0.60653065971263342, 0.1353352832366127, 0.011108996538242306}; /* exp(−d²/2) */
	for (size_t t = 0; t < n; t++) {
		double s = 0;
		for (int d = -3; d <= 3; d++) {
			ptrdiff_t k = (ptrdiff_t)t + d;
			if (k >= 0 && k < (ptrdiff_t)n)
				s += kernel[d < 0 ? -d : d] * in[k];
		}
		out[t] = s;
	}
}

void ob_moments(const struct ob_sheet *s, const double *v, double *mean, double *var)
{
	size_t n = (size_t)s->p->max + 1;
	double raw[3][1024] = {{0}};
	double flat[3][1024];
	BUG_IF(n > ARRAY_LEN(flat[0]));
	for (size_t i = 0; i < s->p->n; i++) {
		raw[0][s->total[i]] += 1;
		raw[1][s->total[i]] += v[i];
		raw[2][s->total[i]] += v[i] * v[i];
	}
	for (int k = 0; k < 3; k++)
		ob_smooth(raw[k], flat[k], n);
	for (size_t t = 0; t < n; t++) {
		double c = fmax(flat[0][t], 1e-9);
		mean[t] = flat[1][t] / c;
		var[t] = fmax(flat[2][t] / c - mean[t] * mean[t], 1e-6);
	}
}

static int64_t key_of(const struct ob_protocol *p, size_t i)
{
	return (int64_t)p->school[i] << 32 | (uint32_t)p->pupil[i];
}

static void make_keys(struct arena *a, struct ob_sheet *s)
{
	const struct ob_protocol *p = s->p;
	s->key = arena_new(a, int64_t, p->n);
	s->of_key = arena_new(a, int32_t, p->n);
	struct arena_mark m = arena_mark(a);
	uint64_t *key = arena_new(a, uint64_t, p->n);
	for (size_t i = 0; i < p->n; i++)
		key[i] = (uint64_t)key_of(p, i);
	ob_order(a, key, p->n, s->of_key);
	for (size_t i = 0; i < p->n; i++)
		s->key[i] = (int64_t)key[s->of_key[i]];
	arena_reset(a, m);
}

static void make_totals(struct arena *a, const struct ob_region *r, struct ob_sheet *s)
{
	const struct ob_protocol *p = s->p;
	s->total = arena_new(a, int32_t, p->n);
	s->z = arena_new(a, double, p->n);
	s->mark = arena_new(a, uint8_t, p->n);
	s->cell = arena_new(a, int32_t, p->n);
	int64_t sum = 0;
	int64_t squares = 0;
	for (size_t i = 0; i < p->n; i++) {
		int32_t t = 0;
		for (size_t j = 0; j < p->n_items; j++) {
			uint8_t x = p->score[i * p->n_items + j];
			t += x == OB_NOT_TRIED ? 0 : x;
		}
		s->total[i] = t;
		s->mark[i] = (uint8_t)(2 + (t >= p->cut[0]) + (t >= p->cut[1]) + (t >= p->cut[2]));
		s->cell[i] = p->school[i] * OB_MAX_CLASSES + p->class_no[i];
		sum += t;
		squares += (int64_t)t * t;
	}
	double n = (double)p->n;
	double mean = (double)sum / n;
	double sd = sqrt(fmax((double)squares / n - mean * mean, 1e-12));
	s->school_mean = arena_new(a, double, r->n_schools);
	s->school_n = arena_new(a, double, r->n_schools);
	for (size_t i = 0; i < p->n; i++) {
		s->z[i] = (s->total[i] - mean) / sd;
		s->school_mean[p->school[i]] += s->z[i];
		s->school_n[p->school[i]] += 1;
	}
	for (size_t k = 0; k < r->n_schools; k++)
		s->school_mean[k] =
		        s->school_n[k] > 0 ? s->school_mean[k] / s->school_n[k] : (double)NAN;
}

/* Mean result of the same pupil in the other subjects of the grade. */
static void link_subjects(struct arena *a, struct ob_frame *f, struct ob_sheet *s)
{
	size_t n = s->p->n;
	s->other = arena_new(a, double, n);
	s->n_other = arena_new(a, uint8_t, n);
	for (size_t o = 0; o < f->n; o++) {
		const struct ob_sheet *x = &f->sheet[o];
		if (x == s || x->p->grade != s->p->grade)
			continue;
		size_t k = 0;
		for (size_t i = 0; i < n; i++) { /* both by key */
			while (k < x->p->n && x->key[k] < s->key[i])
				k++;
			if (k == x->p->n)
				break;
			if (x->key[k] == s->key[i]) {
				s->other[s->of_key[i]] += x->z[x->of_key[k]];
				s->n_other[s->of_key[i]]++;
			}
		}
	}
	for (size_t i = 0; i < n; i++)
		if (s->n_other[i] > 1)
			s->other[i] /= s->n_other[i];
}

enum { PREDICTORS = 10 };

/* Predicts the total from other subjects, journal mark and the school's level; cuts the prediction
 * into bins. */
static void make_bins(struct arena *a, struct ob_sheet *s)
{
	const struct ob_protocol *p = s->p;
	s->bin = arena_new(a, uint8_t, p->n);
	struct arena_mark m = arena_mark(a);
	double *x = arena_new(a, double, p->n *PREDICTORS);
	for (size_t i = 0; i < p->n; i++) {
		double n = s->school_n[p->school[i]];
		double school = n > 0 ? s->school_mean[p->school[i]] * n / (n + 4) : 0;
		double row[PREDICTORS] = {1, s->other[i], s->n_other[i] > 0, s->n_other[i] > 1,
		        p->journal[i] == 2, p->journal[i] == 4, p->journal[i] == 5, school,
		        school * school, s->other[i] * school};
		memcpy(x + i * PREDICTORS, row, sizeof(row));
	}
	struct design d = {x, p->n, PREDICTORS};
	double b[PREDICTORS];
	if (!linear_fit(&d, s->z, NULL, 1e-3, b))
		memset(b, 0, sizeof(b));
	uint64_t *key = arena_new(a, uint64_t, p->n);
	int32_t *rank = arena_new(a, int32_t, p->n);
	for (size_t i = 0; i < p->n; i++)
		key[i] = ob_order_key(linear_at(x + i * PREDICTORS, b, PREDICTORS));
	ob_order(a, key, p->n, rank);
	for (size_t k = 0; k < p->n; k++)
		s->bin[rank[k]] = (uint8_t)(k * OB_BINS / p->n);
	arena_reset(a, m);
}

/* P(total | bin): smooth over bins (sd 1.2 bins), never over totals, where the spikes stand. */
static void make_bin_p(struct arena *a, struct ob_sheet *s)
{
	size_t w = (size_t)s->p->max + 1;
	double *h = arena_new(a, double, OB_BINS *w);
	s->region_p = arena_new(a, double, w);
	for (size_t i = 0; i < s->p->n; i++) {
		h[s->bin[i] * w + (size_t)s->total[i]] += 1;
		s->region_p[s->total[i]] += 1;
	}
	for (size_t t = 0; t < w; t++)
		s->region_p[t] = (s->region_p[t] + 0.1) / ((double)s->p->n + 0.1 * (double)w);
	s->bin_p = arena_new(a, double, OB_BINS *w);
	for (size_t b = 0; b < OB_BINS; b++) {
		double sum = 0;
		double *out = s->bin_p + b * w;
		for (size_t t = 0; t < w; t++)
			out[t] = 0.5 * s->region_p[t];
		for (size_t c = 0; c < OB_BINS; c++) {
			double gap = ((double)b - (double)c) / 1.2;
			double k = exp(-0.5 * gap * gap);
			if (k < 1e-12)
				continue;
			for (size_t t = 0; t < w; t++)
				out[t] += k * h[c * w + t];
		}
		for (size_t t = 0; t < w; t++)
			sum += out[t];
		for (size_t t = 0; t < w; t++)
			out[t] /= sum;
	}
}

/* Works by total, item and points: count[start[item] + total × (max + 1) + points]. */
static void count_items(
        const struct ob_protocol *p, const int32_t *total, const size_t *start, uint32_t *count)
{
	for (size_t i = 0; i < p->n; i++) {
		const uint8_t *x = p->score + i * p->n_items;
		for (size_t j = 0; j < p->n_items; j++)
			count[start[j] + (size_t)total[i] * (p->item_max[j] + 1u) +
			        (x[j] == OB_NOT_TRIED ? 0 : x[j])]++;
	}
}

static void make_items(struct arena *a, struct ob_sheet *s)
{
	const struct ob_protocol *p = s->p;
	size_t w = (size_t)p->max + 1;
	s->item = arena_new(a, struct ob_item_model, p->n_items);
	size_t *start = arena_new(a, size_t, p->n_items);
	size_t places = 0;
	for (size_t j = 0; j < p->n_items; j++) {
		start[j] = places;
		places += w * (p->item_max[j] + 1u);
	}
	uint32_t *count = arena_new(a, uint32_t, places);
	count_items(p, s->total, start, count);
	double *raw = arena_new(a, double, w);
	double *flat = arena_new(a, double, w);
	for (size_t j = 0; j < p->n_items; j++) {
		size_t c = (size_t)p->item_max[j] + 1;
		struct ob_item_model *m = &s->item[j];
		m->max = p->item_max[j];
		m->p = arena_new(a, double, w *c);
		m->count = count + start[j];
		for (size_t k = 0; k < c; k++) {
			for (size_t t = 0; t < w; t++)
				raw[t] = m->count[t * c + k];
			ob_smooth(raw, flat, w);
			for (size_t t = 0; t < w; t++)
				m->p[t * c + k] = flat[t] + 0.05 / (double)c;
		}
		for (size_t t = 0; t < w; t++) {
			double sum = 0;
			for (size_t k = 0; k < c; k++)
				sum += m->p[t * c + k];
			for (size_t k = 0; k < c; k++)
				m->p[t * c + k] /= sum;
		}
	}
}

/* Shrunk mean over all series of the standardised outside results. */
static void make_outside(struct arena *a, struct ob_frame *f)
{
	const struct ob_region *r = f->region;
	f->outside = arena_new(a, double, r->n_schools);
	double *count = arena_new(a, double, r->n_schools);
	int most = -1;
	for (size_t i = 0; i < r->n_outside; i++)
		most = r->outside[i].series > most ? r->outside[i].series : most;
	for (int series = 0; series <= most; series++) {
		double n = 0;
		double sum = 0;
		double squares = 0;
		for (size_t i = 0; i < r->n_outside; i++) {
			if (r->outside[i].series != series)
				continue;
			n += 1;
			sum += r->outside[i].score;
			squares += r->outside[i].score * r->outside[i].score;
		}
		double sd = n > 0 ? sqrt(fmax(squares / n - sum / n * sum / n, 0)) : 0;
		if (sd <= 0)
			continue;
		for (size_t i = 0; i < r->n_outside; i++) {
			if (r->outside[i].series != series)
				continue;
			f->outside[r->outside[i].school] += (r->outside[i].score - sum / n) / sd;
			count[r->outside[i].school] += 1;
		}
	}
	for (size_t k = 0; k < r->n_schools; k++)
		f->outside[k] = count[k] > 0 ? f->outside[k] / (count[k] + 10) : 0;
}

/* The cohort a year before: grade − 1, same subject. */
static void make_prev(struct arena *a, struct ob_frame *f, size_t q)
{
	const struct ob_region *r = f->region;
	for (size_t i = 0; i < r->n_protocols; i++) {
		const struct ob_protocol *p = &r->protocol[i];
		if (p->year != f->year - 1 || p->grade != f->sheet[q].p->grade - 1 ||
		        p->subject != f->sheet[q].p->subject || p->n == 0)
			continue;
		struct arena_mark m = arena_mark(a);
		struct ob_sheet last = {.p = p};
		make_totals(a, r, &last);
		for (size_t k = 0; k < r->n_schools; k++)
			if (last.school_n[k] > 0)
				f->prev[q * r->n_schools + k] = last.school_mean[k] *
				                                last.school_n[k] /
				                                (last.school_n[k] + 4);
		arena_reset(a, m);
	}
}

static int by_subject_grade(const void *x, const void *y)
{
	const struct ob_sheet *a = x;
	const struct ob_sheet *b = y;
	if (a->p->subject != b->p->subject)
		return a->p->subject - b->p->subject;
	return a->p->grade - b->p->grade;
}

static void count_sheet(void *work, size_t q, struct arena *a)
{
	struct ob_frame *f = work;
	make_totals(a, f->region, &f->sheet[q]);
	make_keys(a, &f->sheet[q]);
}

static void predict_sheet(void *work, size_t q, struct arena *a)
{
	struct ob_frame *f = work;
	struct ob_sheet *s = &f->sheet[q];
	link_subjects(a, f, s);
	make_bins(a, s);
	make_bin_p(a, s);
	make_items(a, s);
	make_prev(a, f, q);
}

void ob_frame_make(struct ob_crew *c, const struct ob_region *r, int year, struct ob_frame *ret)
{
	struct arena *a = &c->arena[0];
	*ret = (struct ob_frame){.region = r, .year = year};
	ret->sheet = arena_new(a, struct ob_sheet, r->n_protocols);
	for (size_t i = 0; i < r->n_protocols; i++)
		if (r->protocol[i].year == year && r->protocol[i].n > 0)
			ret->sheet[ret->n++].p = &r->protocol[i];
	if (ret->n > 1)
		qsort(ret->sheet, ret->n, sizeof(*ret->sheet), by_subject_grade);
	make_outside(a, ret);
	ret->prev = arena_new(a, double, ret->n * r->n_schools);
	ob_crew_run(c, ret->n, count_sheet, ret);
	ob_crew_run(c, ret->n, predict_sheet, ret);
}

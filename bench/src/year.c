#include "year.h"

#include <math.h>
#include <string.h>

/* SplitMix64: Steele, Lea and Flood, OOPSLA 2014. */
static uint64_t next(uint64_t *s)
{
	uint64_t z = *s += 0x9E3779B97F4A7C15ULL;
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
	return z ^ (z >> 31);
}

static uint64_t seed(uint64_t what, uint64_t x, uint64_t y)
{
	uint64_t s = what * 0x100000001B3ULL ^ x;
	s = next(&s) ^ y;
	return next(&s);
}

static double uniform(uint64_t *s)
{
	return (double)(next(s) >> 11) * 0x1p-53;
}

static double normal(uint64_t *s)
{
	double u = uniform(s) + 1e-18, v = uniform(s);
	return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

static uint8_t item_max(double u)
{
	static const double upto[] = {.45, .78, .92, .96, .98};
	uint8_t m = 1;
	for (int i = 0; i < 5; i++)
		m = (uint8_t)(m + (u >= upto[i]));
	return m;
}

static void item_chances(
        uint32_t below[YEAR_BINS][YEAR_STEPS], int max, double difficulty, uint64_t *s)
{
	double step[YEAR_STEPS];
	for (int c = 0; c < max; c++)
		step[c] = difficulty + (c - (max - 1) / 2.0) * 0.45 + 0.25 * normal(s);
	for (int q = 0; q < YEAR_BINS; q++) {
		double ability = -5 + 10.0 * (q + .5) / YEAR_BINS, p[YEAR_STEPS + 1] = {1}, sum = 1,
		       e = 0, upto = 0;
		for (int c = 0; c < max; c++) {
			e += ability - step[c];
			p[c + 1] = exp(e);
			sum += p[c + 1];
		}
		for (int c = 0; c < max; c++) {
			upto += p[c] / sum;
			below[q][c] = (uint32_t)(upto * 4294967295.0);
		}
	}
}

void year_test(int test, struct year_test *ret)
{
	static const int grade[YEAR_GRADES] = {4, 5, 6, 7, 8, 10};
	uint64_t s = seed(1001, (uint64_t)test, 0);
	memset(ret, 0, sizeof(*ret));
	ret->grade = grade[test / YEAR_SUBJECTS];
	ret->subject = test % YEAR_SUBJECTS;
	ret->n_items = 10 + (int)(next(&s) % 16);
	for (int i = 0; i < ret->n_items; i++) {
		ret->max[i] = item_max(uniform(&s));
		ret->max_total += ret->max[i];
		item_chances(ret->below[i], ret->max[i], normal(&s) - 0.4 + 0.04 * i, &s);
	}
	ret->min3 = (int)ceil(.35 * ret->max_total);
	ret->min4 = (int)ceil(.60 * ret->max_total);
	ret->min5 = (int)ceil(.82 * ret->max_total);
}

/* Schools of a region and of a municipality have neighbouring numbers, as registries have them. */
void year_school(int school, struct year_school *ret)
{
	uint64_t s = seed(2002, (uint64_t)school, 0);
	memset(ret, 0, sizeof(*ret));
	int64_t at = (int64_t)school * YEAR_REGIONS * YEAR_PLACES / YEAR_SCHOOLS;
	ret->region = (int)(at / YEAR_PLACES);
	ret->place = (int)(at % YEAR_PLACES);
	uint64_t r = seed(3003, (uint64_t)ret->region, 0), p = seed(3004, (uint64_t)at, 0);
	ret->effect = 0.30 * normal(&r) + 0.20 * normal(&p) + 0.40 * normal(&s);
	double size = exp(log(23.5) + 0.75 * normal(&s));
	for (int g = 0; g < YEAR_GRADES; g++) {
		int n = (int)(size * exp(0.12 * normal(&s)) + .5);
		ret->n[g] = n < 2 ? 2 : n > YEAR_WORKS ? YEAR_WORKS : n;
		int a = (int)(next(&s) % 4), b = (a + 1 + (int)(next(&s) % 3)) % 4;
		bool *takes = ret->takes + g * YEAR_SUBJECTS;
		/* Russian and mathematics always, two of the four others */
		takes[0] = takes[1] = takes[2 + a] = takes[2 + b] = true;
	}
}

static int answer(const struct year_test *t, uint8_t *item, int bin, uint64_t *s)
{
	int total = 0;
	for (int i = 0; i < t->n_items; i++) {
		uint64_t z = next(s);
		if ((z >> 48) < (uint64_t)(900 + 60 * i)) {
			item[i] = YEAR_MISS;
			continue;
		}
		uint8_t c = 0;
		while (c < t->max[i] && (uint32_t)z > t->below[i][bin][c])
			c++;
		item[i] = c;
		total += c;
	}
	return total;
}

void year_protocol(int school, const struct year_school *s, int test, const struct year_test *t,
        struct year_protocol *ret)
{
	int g = test / YEAR_SUBJECTS;
	ret->n = 0;
	if (!s->takes[test])
		return;
	uint64_t r = seed(4004 + (uint64_t)test, (uint64_t)school, 1);
	for (int p = 0; p < s->n[g]; p++) {
		uint64_t person = seed(5005, (uint64_t)school * 1000 + (uint64_t)p, (uint64_t)g);
		double ability = s->effect + 0.95 * (0.8 * normal(&person) + 0.6 * normal(&r));
		if (uniform(&r) < .06 && s->n[g] > 2)
			continue; /* absent */
		int bin = (int)((ability + 5) / 10 * YEAR_BINS), n = ret->n;
		bin = bin < 0 ? 0 : bin >= YEAR_BINS ? YEAR_BINS - 1 : bin;
		int total = answer(t, ret->item[n], bin, &r);
		double j = (double)total / t->max_total + 0.12 * normal(&r) + 0.06;
		ret->total[n] = (uint16_t)total;
		ret->variant[n] = (uint8_t)(1 + next(&r) % 4);
		ret->journal[n] = uniform(&r) < .02 ? 0
		                  : j < .33         ? 2
		                  : j < .58         ? 3
		                  : j < .80         ? 4
		                                    : 5;
		ret->n++;
	}
}

/* One work = one vector of 32 bytes. Products are made of pairs of works (vpmaddubsw), sums are
 * kept in 8 and 16 bits and widened after so many works that none can overflow: integers only,
 * hence equal to the plain kernel. */
#include "stat/works_wide.h"

#ifdef __x86_64__
#include <immintrin.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2")))

enum { LANES = 32, BLOCK = 128 };

/* Sums of all maxima and the greatest one. */
struct bound {
	uint32_t total, item;
};

static struct bound bound_of(const struct stat_test *t)
{
	struct bound b = {0, 1};
	for (size_t i = 0; i < t->n_items; i++) {
		b.total += t->max[i];
		b.item = t->max[i] > b.item ? t->max[i] : b.item;
	}
	return b;
}

bool stat_wide_suits(const struct stat_test *t)
{
	struct bound b = bound_of(t);
	/* signed bytes hold the totals of items, signed 16 bits two products */
	return t->n_items > 0 && t->n_items <= LANES && b.total <= INT8_MAX &&
	       2 * b.item * b.total <= INT16_MAX && __builtin_cpu_supports("avx2") != 0;
}

/* Works of a block that are counted, and what is summed over them. */
struct block {
	_Alignas(LANES) uint8_t x[BLOCK + 1][LANES];
	_Alignas(LANES) uint8_t points[4][LANES];
	uint8_t t[BLOCK + 1];
	size_t n;
};

struct lanes {
	__m256i used, max;
};

AVX2 static inline uint32_t lanes_sum(__m256i x)
{
	__m256i s = _mm256_sad_epu8(x, _mm256_setzero_si256());
	__m128i h = _mm_add_epi64(_mm256_castsi256_si128(s), _mm256_extracti128_si256(s, 1));
	return (uint32_t)_mm_cvtsi128_si32(_mm_add_epi64(h, _mm_unpackhi_epi64(h, h)));
}

AVX2 static inline void widen8(int64_t *to, __m256i from, size_t n)
{
	_Alignas(LANES) uint8_t v[LANES];
	_mm256_store_si256((__m256i *)v, from);
	for (size_t i = 0; i < n; i += 4) {
		int32_t four;
		memcpy(&four, v + i, sizeof(four));
		__m256i sum = _mm256_add_epi64(_mm256_loadu_si256((const __m256i *)(to + i)),
		        _mm256_cvtepu8_epi64(_mm_cvtsi32_si128(four)));
		_mm256_storeu_si256((__m256i *)(to + i), sum);
	}
}

/* low has items 0–7 and 16–23, high 8–15 and 24–31: the order of unpacking. */
AVX2 static inline void widen16(int64_t *to, __m256i low, __m256i high, size_t n)
{
	_Alignas(LANES) uint16_t v[LANES];
	_mm256_store_si256((__m256i *)v, _mm256_permute2x128_si256(low, high, 0x20));
	_mm256_store_si256((__m256i *)(v + 16), _mm256_permute2x128_si256(low, high, 0x31));
	for (size_t i = 0; i < n; i += 4) {
		__m256i sum = _mm256_add_epi64(_mm256_loadu_si256((const __m256i *)(to + i)),
		        _mm256_cvtepu16_epi64(_mm_loadl_epi64((const __m128i *)(v + i))));
		_mm256_storeu_si256((__m256i *)(to + i), sum);
	}
}

/* Squares and products with the total, two works at a time. */
AVX2 static void products_add(struct stat_sum *s, struct block *b)
{
	__m256i x2_low = _mm256_setzero_si256(), x2_high = x2_low, xt_low = x2_low,
	        xt_high = x2_low;
	memset(b->x[b->n], 0, LANES);
	b->t[b->n] = 0;
	for (size_t j = 0; j < b->n; j += 2) {
		__m256i p = _mm256_load_si256((const __m256i *)b->x[j]);
		__m256i q = _mm256_load_si256((const __m256i *)b->x[j + 1]);
		__m256i low = _mm256_unpacklo_epi8(p, q), high = _mm256_unpackhi_epi8(p, q);
		__m256i t = _mm256_set1_epi16((int16_t)(b->t[j] | b->t[j + 1] << 8));
		xt_low = _mm256_add_epi16(xt_low, _mm256_maddubs_epi16(low, t));
		xt_high = _mm256_add_epi16(xt_high, _mm256_maddubs_epi16(high, t));
		x2_low = _mm256_add_epi16(x2_low, _mm256_maddubs_epi16(low, low));
		x2_high = _mm256_add_epi16(x2_high, _mm256_maddubs_epi16(high, high));
	}
	widen16(s->x2, x2_low, x2_high, s->n_items);
	widen16(s->xt, xt_low, xt_high, s->n_items);
}

/* Where the items of a work stand; the last works are copied to where 32 bytes may be read. */
struct rows {
	const uint8_t *item;
	size_t stride, safe; /* works before this one are read in place */
	uint8_t tail[3 * LANES];
};

static void rows_init(struct rows *v, const struct stat_works *w)
{
	size_t all = w->n * w->n_items;
	v->item = w->item;
	v->stride = w->n_items;
	v->safe = all < LANES ? 0 : (all - LANES) / w->n_items + 1;
	if (v->safe < w->n)
		memcpy(v->tail, w->item + v->safe * w->n_items, all - v->safe * w->n_items);
}

static inline const uint8_t *rows_at(const struct rows *v, size_t r)
{
	return r < v->safe ? v->item + r * v->stride : v->tail + (r - v->safe) * v->stride;
}

/* A work that is not counted in full, or has rare codes. */
static void odd_add(
        struct stat_sum *s, const struct stat_test *t, const struct stat_works *w, size_t r)
{
	struct stat_works one = {1, w->n_items, w->status + r, w->journal + r, w->total + 2 * r,
	        w->item + r * w->n_items};
	stat_sum_plain(s, t, &one);
}

/* What is counted of the totals of a block: 128 squares of at most 1,000 fit 32 bits. */
struct tally {
	uint32_t sum, sum2, t, t2, unequal, mark[4];
};

/* One counted work; the place of its mark. */
static inline size_t total_add(
        struct tally *k, const struct stat_test *t, bool has_scale, uint32_t total, uint32_t points)
{
	k->sum += total;
	k->sum2 += total * total;
	k->t += points;
	k->t2 += points * points;
	k->unequal += total != points;
	if (!has_scale)
		return 0;
	size_t mark = (size_t)(total >= t->min3) + (total >= t->min4) + (total >= t->min5);
	k->mark[mark]++;
	return mark;
}

static void tally_flush(struct stat_sum *s, const struct tally *k, size_t n)
{
	s->rows += (int64_t)n;
	s->present += (int64_t)n;
	s->n += (int64_t)n;
	s->cells += (int64_t)(n * s->n_items);
	s->sum += k->sum;
	s->sum2 += k->sum2;
	s->t += k->t;
	s->t2 += k->t2;
	s->total_ne_items += k->unequal;
	for (size_t m = 0; m < 4; m++)
		s->mark[m] += k->mark[m];
}

/* Works from…to − 1; at most as many as the narrow sums hold. */
AVX2 static void block_add(struct stat_sum *s, const struct stat_test *test,
        const struct stat_works *works, const struct rows *in, const struct lanes *lanes,
        const size_t span[2])
{
	/* copies: the compiler need not think that the sums change them */
	const struct stat_test t = *test;
	const struct stat_works w = *works;
	const struct lanes lane = *lanes;
	const bool has_scale = s->has_scale;
	int64_t *const hist = s->hist;
	const __m256i first_code = _mm256_set1_epi8((char)ITEM_CODE_FIRST);
	const __m256i x_code = _mm256_set1_epi8((char)ITEM_NOT_ATTEMPTED);
	__m256i full = _mm256_setzero_si256(), skipped = full;
	struct tally k = {0};
	struct block b;
	size_t n = 0;
	memset(b.points, 0, sizeof(b.points));
	for (size_t r = span[0]; r < span[1]; r++) {
		uint32_t total = (uint32_t)(w.total[2 * r] | w.total[2 * r + 1] << 8);
		__m256i raw = _mm256_and_si256(
		        lane.used, _mm256_loadu_si256((const __m256i *)rows_at(in, r)));
		__m256i code = _mm256_cmpeq_epi8(_mm256_max_epu8(raw, first_code), raw);
		__m256i skip = _mm256_cmpeq_epi8(raw, x_code);
		__m256i x = _mm256_andnot_si256(code, raw);
		__m256i odd = _mm256_or_si256(
		        _mm256_subs_epu8(x, lane.max), _mm256_xor_si256(code, skip));
		if (w.status[r] != WORK_PRESENT || total > t.max_total ||
		        _mm256_testz_si256(odd, odd) == 0) {
			odd_add(s, test, works, r);
			continue;
		}
		uint32_t points = lanes_sum(x);
		size_t mark = total_add(&k, &t, has_scale, total, points);
		uint8_t journal = w.journal[r];
		if (has_scale && journal >= 2 && journal <= 5)
			s->journal[mark][journal - 2]++;
		hist[total]++;
		__m256i *by_mark = (__m256i *)b.points[mark];
		_mm256_store_si256(by_mark, _mm256_add_epi8(_mm256_load_si256(by_mark), x));
		skipped = _mm256_sub_epi8(skipped, skip);
		full = _mm256_sub_epi8(full, _mm256_cmpeq_epi8(x, lane.max));
		_mm256_store_si256((__m256i *)b.x[n], x);
		b.t[n++] = (uint8_t)points;
	}
	b.n = n;
	tally_flush(s, &k, n);
	s->cells_not_attempted += lanes_sum(skipped);
	products_add(s, &b);
	for (size_t m = 0; m < 4; m++)
		widen8(s->points[m], _mm256_load_si256((const __m256i *)b.points[m]), s->n_items);
	widen8(s->full, _mm256_and_si256(full, lane.used), s->n_items);
	widen8(s->not_attempted, skipped, s->n_items);
}

AVX2 void stat_wide_sum(struct stat_sum *s, const struct stat_test *t, const struct stat_works *w)
{
	struct bound b = bound_of(t);
	size_t most = 2 * (UINT16_MAX / (2 * b.item * b.total));
	most = UINT8_MAX / b.item < most ? UINT8_MAX / b.item : most;
	most = BLOCK < most ? BLOCK : most;
	_Alignas(LANES) uint8_t used[LANES] = {0}, max[LANES] = {0};
	memset(used, 0xFF, t->n_items);
	memcpy(max, t->max, t->n_items);
	struct lanes lanes = {
	        _mm256_load_si256((const __m256i *)used), _mm256_load_si256((const __m256i *)max)};
	struct rows rows;
	rows_init(&rows, w);
	for (size_t r = 0; r < w->n; r += most) {
		size_t to = r + most < w->n ? r + most : w->n;
		block_add(s, t, w, &rows, &lanes, (const size_t[2]){r, to});
	}
}

AVX2 void stat_wide_add(int64_t *to, const int64_t *from, size_t n)
{
	for (size_t i = 0; i < n; i += 4) {
		__m256i sum = _mm256_add_epi64(_mm256_loadu_si256((const __m256i *)(to + i)),
		        _mm256_loadu_si256((const __m256i *)(from + i)));
		_mm256_storeu_si256((__m256i *)(to + i), sum);
	}
}

#endif

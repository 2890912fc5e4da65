#include "base/limits.h"
#include "stat/linear.h"
#include "stat/objectivity/calibrate.h"
#include "stat/objectivity/detect.h"
#include "stat/objectivity/order.h"
#include "stat/random.h"
#include "test.h"

#include <math.h>

enum { SCHOOLS = 120, PUPILS = 200, CLASS = 25, ITEMS = 12 };

/* What the first schools of a made region do. */
enum deed { HONEST, LIFT, RESTORE, DICTATE, COPY, KEEP_AWAY };

struct making {
	struct random_stream r;
	struct ob_protocol p;
	int32_t *school, *pupil;
	uint8_t *class_no, *journal, *score;
	struct ob_enrol *enrol;
	double level;
	size_t first; /* work of the class that others copy */
	size_t n;
};

static int sum_of(const uint8_t *x)
{
	int t = 0;
	for (size_t j = 0; j < ITEMS; j++)
		t += x[j];
	return t;
}

/* Adds points here and there up to the pass mark. */
static void lift(struct random_stream *r, uint8_t *x)
{
	int total = sum_of(x);
	while (total >= 5 && total < 9) {
		size_t j = (size_t)(random_unit(r) * ITEMS);
		total += x[j] < 2;
		x[j] = (uint8_t)(x[j] + (x[j] < 2));
	}
}

static void do_deed(struct making *m, enum deed deed, uint8_t *x, uint8_t class_no)
{
	const uint8_t *source = m->score + m->first * ITEMS;
	if (deed == LIFT)
		lift(&m->r, x);
	for (size_t j = 0; j < ITEMS; j++) {
		if (deed == RESTORE && m->p.open[j])
			for (uint8_t k = x[j]; k < 2; k++)
				x[j] = (uint8_t)(x[j] + (random_unit(&m->r) < 0.5));
		if (deed == DICTATE && j > ITEMS / 2 && (j + class_no) % 2 == 0)
			x[j] = 2;
		if (deed == COPY && random_unit(&m->r) < 0.7)
			x[j] = source[j];
	}
}

static void make_work(struct making *m, int32_t school, int32_t pupil, enum deed deed)
{
	uint8_t *x = m->score + m->n * ITEMS;
	double ability = m->level + random_normal(&m->r);
	for (size_t j = 0; j < ITEMS; j++) {
		double chance = 1 / (1 + exp(-(ability - (double)j / 6 + 1)));
		x[j] = (uint8_t)((random_unit(&m->r) < chance) + (random_unit(&m->r) < chance));
	}
	int total = sum_of(x);
	m->journal[m->n] = (uint8_t)(total < 8 ? 3 : total < 14 ? 4 : 5);
	uint8_t class_no = (uint8_t)(pupil / CLASS);
	struct ob_enrol *e = &m->enrol[school * (PUPILS / CLASS) + class_no];
	e->school = school;
	e->class_no = class_no;
	e->by_mark[m->journal[m->n] - 2]++;
	if (random_unit(&m->r) < (deed == KEEP_AWAY && total < 8 ? 0.7 : 0.08))
		return;
	if (m->n == 0 || m->class_no[m->n - 1] != class_no || m->school[m->n - 1] != school)
		m->first = m->n;
	do_deed(m, deed, x, class_no);
	m->school[m->n] = school;
	m->class_no[m->n] = class_no;
	m->pupil[m->n++] = pupil;
}

/* A region of one test; the first `bad` schools do the deed. */
static void region_with(struct arena *a, size_t bad, enum deed deed, struct ob_region *ret)
{
	size_t most = SCHOOLS * PUPILS;
	uint8_t *max = arena_new(a, uint8_t, ITEMS);
	bool *open = arena_new(a, bool, ITEMS);
	uint8_t *zero = arena_new(a, uint8_t, most);
	struct making m = {.r = random_seed(7),
	        .school = arena_new(a, int32_t, most),
	        .pupil = arena_new(a, int32_t, most),
	        .class_no = arena_new(a, uint8_t, most),
	        .journal = arena_new(a, uint8_t, most),
	        .score = arena_new(a, uint8_t, most * ITEMS),
	        .enrol = arena_new(a, struct ob_enrol, most / CLASS)};
	for (size_t j = 0; j < ITEMS; j++) {
		max[j] = 2;
		open[j] = j % 3 == 0;
	}
	m.p = (struct ob_protocol){.year = 2025,
	        .grade = 4,
	        .max = 24,
	        .cut = {9, 14, 19},
	        .n_items = ITEMS,
	        .item_max = max,
	        .open = open,
	        .school = m.school,
	        .pupil = m.pupil,
	        .class_no = m.class_no,
	        .variant = zero,
	        .journal = m.journal,
	        .score = m.score,
	        .enrol = m.enrol,
	        .n_enrol = most / CLASS};
	for (int32_t k = 0; k < SCHOOLS; k++) {
		m.level = 0.5 * random_normal(&m.r);
		for (int32_t i = 0; i < PUPILS; i++)
			make_work(&m, k, i, k < (int32_t)bad ? deed : HONEST);
	}
	struct ob_protocol *p = arena_new(a, struct ob_protocol, 1);
	*p = m.p;
	p->n = m.n;
	*ret = (struct ob_region){.n_schools = SCHOOLS, .protocol = p, .n_protocols = 1};
}

static void region_make(struct arena *a, size_t bad, struct ob_region *ret)
{
	region_with(a, bad, LIFT, ret);
}

static void finds(enum deed deed, enum ob_kind kind, enum ob_kind or)
{
	AUTO_ARENA(a, GIB);
	struct ob_region region;
	struct ob_result result;
	region_with(&a, 4, deed, &region);
	ob_detect(&a, &region, &(struct ob_opt){.year = 2025, .fdr = 0.1}, &result);
	for (size_t k = 0; k < 4; k++) {
		CHECK(result.school[k].flagged);
		CHECK(result.school[k].kind == kind || result.school[k].kind == or);
	}
}

TEST(leniency_in_open_items_is_found_and_named)
{
	finds(RESTORE, OB_LENIENT, OB_LENIENT);
}

TEST(dictated_items_are_found_and_named)
{
	finds(DICTATE, OB_DICTATED, OB_DICTATED);
}

TEST(copied_works_are_found_and_named)
{
	finds(COPY, OB_COPIED, OB_DICTATED); /* one source for a whole class is close to both */
}

TEST(weak_pupils_kept_away_are_found_and_named)
{
	finds(KEEP_AWAY, OB_KEPT, OB_KEPT);
}

TEST(verdicts_are_the_same_every_time)
{
	AUTO_ARENA(a, GIB);
	struct ob_region region;
	struct ob_result x, y;
	region_make(&a, 4, &region);
	ob_detect(&a, &region, &(struct ob_opt){.year = 2025, .fdr = 0.1}, &x);
	ob_detect(&a, &region, &(struct ob_opt){.year = 2025, .fdr = 0.1}, &y);
	for (size_t k = 0; k < SCHOOLS; k++)
		CHECK(x.school[k].log_odds == y.school[k].log_odds);
}

/* Every verdict is a number, and nobody is flagged. */
static void says_nothing(struct arena *a, const struct ob_region *region)
{
	struct ob_result result;
	ob_detect(a, region, &(struct ob_opt){.year = 2025, .fdr = 0.1}, &result);
	for (size_t k = 0; k < region->n_schools; k++) {
		CHECK(isfinite(result.school[k].log_odds));
		CHECK(!result.school[k].flagged);
	}
}

TEST(regions_with_little_in_them_get_no_flags_and_no_nan)
{
	AUTO_ARENA(a, GIB);
	struct ob_region region;
	region_make(&a, 0, &region);
	struct ob_protocol *p = arena_new(&a, struct ob_protocol, 2);
	struct ob_region small = {.n_schools = SCHOOLS, .protocol = p, .n_protocols = 2};
	p[0] = p[1] = region.protocol[0];
	p[1].subject = 1;
	p[1].n = 0; /* an empty protocol beside a full one */
	says_nothing(&a, &small);
	p[0].n_enrol = 0;
	says_nothing(&a, &small);
	p[0].journal = arena_new(&a, uint8_t, p[0].n); /* no journal */
	says_nothing(&a, &small);
	p[0].score = arena_new(&a, uint8_t, p[0].n * ITEMS); /* all equal */
	says_nothing(&a, &small);
	p[0] = region.protocol[0];
	p[0].n = 1; /* one work */
	says_nothing(&a, &small);
	p[0].n = PUPILS / 2; /* one school */
	small.n_schools = 1;
	p[0].n_enrol = 1;
	says_nothing(&a, &small);
	p[0].n = 0; /* nothing at all */
	says_nothing(&a, &small);
	small.n_schools = 0;
	small.n_protocols = 0;
	says_nothing(&a, &small);
}

/* A subject that few schools teach must not make these stand out. */
TEST(a_protocol_of_few_schools_flags_none_of_them)
{
	AUTO_ARENA(a, GIB);
	struct ob_region region;
	struct ob_result result;
	size_t flags = 0;
	region_make(&a, 0, &region);
	struct ob_protocol *p = arena_new(&a, struct ob_protocol, 2);
	p[0] = p[1] = region.protocol[0];
	p[1].subject = 1;
	p[1].n = region.protocol[0].n / 4;
	p[1].n_enrol = 0;
	region.protocol = p;
	region.n_protocols = 2;
	ob_detect(&a, &region, &(struct ob_opt){.year = 2025, .fdr = 0.1}, &result);
	for (size_t k = 0; k < SCHOOLS; k++)
		flags += result.school[k].flagged;
	CHECK(flags <= 1);
}

TEST(order_is_ascending_and_keeps_equal_keys_in_place)
{
	AUTO_ARENA(a, MIB);
	enum { N = 1000 };
	struct random_stream r = random_seed(5);
	uint64_t key[N];
	int32_t order[N];
	for (size_t i = 0; i < N; i++)
		key[i] = ob_order_key(floor(40 * random_normal(&r)) / 8);
	ob_order(&a, key, N, order);
	for (size_t i = 1; i < N; i++)
		CHECK(key[order[i - 1]] < key[order[i]] ||
		        (key[order[i - 1]] == key[order[i]] && order[i - 1] < order[i]));
	CHECK(ob_order_key(-2.5) < ob_order_key(-1));
	CHECK(ob_order_key(-1) < ob_order_key(0));
	CHECK(ob_order_key(-0.0) == ob_order_key(0.0));
	CHECK(ob_order_key(0) < ob_order_key(1e-300));
}

TEST(quantile_is_type_7_whatever_the_order)
{
	double v[] = {5, 1, 4, 1, 3};
	CHECK_NEAR(ob_quantile(v, 5, 0.5), 3, 0);
	CHECK_NEAR(ob_quantile(v, 5, 0.25), 1, 0);
	CHECK_NEAR(ob_quantile(v, 5, 0.9), 4.6, 1e-12);
	CHECK_NEAR(ob_quantile(v, 5, 1), 5, 0);
	CHECK(isnan(ob_quantile(v, 0, 0.5)));
}

TEST(logistic_of_rows_and_of_their_counts_agree_and_find_the_law)
{
	AUTO_ARENA(a, 64 * MIB);
	enum { N = 20000 };
	struct random_stream r = random_seed(11);
	double *x = arena_new(&a, double, N * 2);
	double *y = arena_new(&a, double, N);
	double few_x[] = {1, -1, 1, 0, 1, 1};
	double few_y[3] = {0}, few_n[3] = {0};
	double b[2], few_b[2];
	for (size_t i = 0; i < N; i++) {
		size_t k = i % 3;
		x[i * 2] = 1;
		x[i * 2 + 1] = (double)k - 1;
		y[i] = random_unit(&r) < 1 / (1 + exp(-(-1 + 1.5 * x[i * 2 + 1])));
		few_n[k] += 1;
		few_y[k] += y[i];
	}
	CHECK(linear_logistic(&(struct logistic){{x, N, 2}, y, NULL, 1e-6}, 20, b));
	CHECK(linear_logistic(&(struct logistic){{few_x, 3, 2}, few_y, few_n, 1e-6}, 20, few_b));
	CHECK_NEAR(b[0], -1, 0.1);
	CHECK_NEAR(b[1], 1.5, 0.1);
	CHECK_NEAR(b[0], few_b[0], 1e-6);
	CHECK_NEAR(b[1], few_b[1], 1e-6);
}

TEST(schools_that_lift_works_over_the_pass_mark_stand_first)
{
	AUTO_ARENA(a, GIB);
	struct ob_region region;
	struct ob_result result;
	region_make(&a, 4, &region);
	ob_detect(&a, &region, &(struct ob_opt){.year = 2025, .fdr = 0.1}, &result);
	for (size_t bad = 0; bad < 4; bad++) {
		size_t above = 0;
		for (size_t k = 4; k < SCHOOLS; k++)
			above += result.school[k].log_odds > result.school[bad].log_odds;
		CHECK_INT(above, 0);
		CHECK(result.school[bad].flagged);
		CHECK(result.school[bad].kind == OB_LIFTED ||
		        result.school[bad].kind == OB_FLOORED);
	}
}

TEST(a_region_of_honest_schools_gets_hardly_any_flag)
{
	AUTO_ARENA(a, GIB);
	struct ob_region region;
	struct ob_result result;
	size_t flags = 0;
	region_make(&a, 0, &region);
	ob_detect(&a, &region, &(struct ob_opt){.year = 2025, .fdr = 0.1}, &result);
	for (size_t k = 0; k < SCHOOLS; k++)
		flags += result.school[k].flagged;
	CHECK(flags <= 1);
}

TEST(outside_control_clears_a_school)
{
	AUTO_ARENA(a, GIB);
	struct ob_region region;
	struct ob_result free, watched;
	bool controlled[SCHOOLS] = {true};
	region_make(&a, 4, &region);
	ob_detect(&a, &region, &(struct ob_opt){.year = 2025, .fdr = 0.1}, &free);
	region.controlled = controlled;
	ob_detect(&a, &region, &(struct ob_opt){.year = 2025, .fdr = 0.1}, &watched);
	CHECK(watched.school[0].log_odds < free.school[0].log_odds - 5);
	CHECK_NEAR(watched.school[1].log_odds, free.school[1].log_odds, 1e-9);
}

TEST(the_funnel_is_a_standard_normal_for_honest_schools_of_every_size)
{
	AUTO_ARENA(a, 64 * MIB);
	enum { N = 2000 };
	struct random_stream r = random_seed(3);
	double u[N], v[N], z[N], info[N];
	for (size_t i = 0; i < N; i++) {
		v[i] = 1 + 80 * random_unit(&r);
		u[i] = sqrt(v[i]) * random_normal(&r) + 0.05 * v[i] * random_normal(&r);
	}
	ob_calibrate(&a, &(struct ob_funnel){.n = N, .u = u, .v = v, .exact = true}, z, info);
	double small = 0, large = 0, n_small = 0, n_large = 0;
	for (size_t i = 0; i < N; i++) {
		*(v[i] < 40 ? &small : &large) += z[i] * z[i];
		*(v[i] < 40 ? &n_small : &n_large) += 1;
	}
	CHECK_NEAR(sqrt(small / n_small), 1, 0.12);
	CHECK_NEAR(sqrt(large / n_large), 1, 0.12);
}

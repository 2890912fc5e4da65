#include "core/sample/tests.h"
#include "base/limits.h"
#include "core/result/import.h"
#include "core/result/reference.h"
#include "core/result/test.h"
#include "core/sample/results.h"
#include "stat/random.h"

extern const struct str data_ref_vpr_items;

/* Composition and cut scores of real works, taken over for invented years: marked as assumed
 * everywhere. */
static const struct {
	int grade;
	struct str subject;
	int max, min3, min4, min5;
} works[] = {
        {4, STR_INIT("Математика"), 20, 6, 10, 15},
        {4, STR_INIT("Русский язык"), 38, 14, 24, 33},
        {5, STR_INIT("Математика"), 20, 7, 11, 15},
        {5, STR_INIT("Русский язык"), 45, 18, 29, 39},
        {6, STR_INIT("Математика"), 16, 6, 10, 14},
};

/* Schools that are not like the others. */
static const struct {
	struct str login;
	double level;
	enum sample_distortion distortion;
} special[] = {
        {STR_INIT("edu990003"), 0.9, SAMPLE_HONEST},  /* gymnasium */
        {STR_INIT("edu990007"), 0.8, SAMPLE_HONEST},  /* lyceum */
        {STR_INIT("edu990019"), 0.8, SAMPLE_HONEST},  /* gymnasium */
        {STR_INIT("edu990023"), 0.7, SAMPLE_HONEST},  /* lyceum */
        {STR_INIT("edu990012"), -0.1, SAMPLE_BORDER}, /* the rest: made to be found */
        {STR_INIT("edu990024"), -0.4, SAMPLE_INFLATE},
        {STR_INIT("edu990031"), 0.0, SAMPLE_COPY},
        {STR_INIT("edu990040"), -0.2, SAMPLE_BORDER},
        {STR_INIT("edu990052"), -0.3, SAMPLE_INFLATE},
};

static struct sample_school school_of(int64_t id, struct str login, struct str place)
{
	struct random_stream r = random_seed((uint64_t)id * 7919);
	bool town = str_starts(place, STR("г."));
	struct sample_school s = {.id = id, .login = login, .municipality = place};
	s.pupils = town ? 52 + (int)random_below(&r, 44) : 7 + (int)random_below(&r, 22);
	s.level = 0.35 * random_normal(&r) - (town ? 0 : 0.15);
	for (size_t i = 0; i < ARRAY_LEN(special); i++) {
		if (str_eq(special[i].login, login)) {
			s.level = special[i].level;
			s.distortion = special[i].distortion;
		}
	}
	s.classes = (s.pupils + 27) / 28;
	return s;
}

static size_t schools_of(struct arena *a, struct str registry, struct sample_school **ret)
{
	VEC(struct sample_school) v = {0};
	struct str line;
	while (str_next(&registry, '\n', &line)) {
		struct str col[5] = {{0}};
		for (size_t i = 0; i < ARRAY_LEN(col) && str_next(&line, '\t', &col[i]); i++)
			;
		if (str_eq(col[1], STR("school"))) {
			struct sample_school s = school_of((int64_t)v.n + 1, col[0], col[4]);
			*vec_push(a, &v) = s;
		}
	}
	*ret = v.v;
	return v.n;
}

/* The works of two years as reference data. */
static enum ec add_reference(const struct ctx *c, int last_year, struct err *e)
{
	struct buf b;
	struct reference_count n;
	buf_init(&b, c->a, MIB);
	buf_add_z(&b, "procedure\tyear\tgrade\tsubject\tmax_total\tminutes\titems_year\titems_"
	              "source\titems_status\t"
	              "min3\tmin4\tmin5\tscale_source\tscale_status\tnote\n");
	for (int year = last_year - 1; year <= last_year; year++)
		for (size_t i = 0; i < ARRAY_LEN(works); i++)
			buf_printf(&b,
			        "vpr\t%d\t%d\t" STR_FMT "\t%d\t45\t2021\tОбразец: состав заданий "
			        "работы 2021 года\tassumed\t%d\t%d\t%d\t"
			        "Образец: границы работы 2021 года\tassumed\tвымышленные "
			        "результаты\n",
			        year, works[i].grade, STR_ARG(works[i].subject), works[i].max,
			        works[i].min3, works[i].min4, works[i].min5);
	return reference_load(c, buf_str(&b), data_ref_vpr_items, &n, e);
}

static enum ec one_test(const struct ctx *c, int year, size_t work, struct str registry,
        int64_t *works_n, struct err *e)
{
	struct test_row row;
	struct load_card card;
	struct sample_school *school;
	struct buf out;
	int64_t id;
	struct test_name name = {year, works[work].grade, works[work].subject};
	TRY(test_find(c, STR("vpr"), &name, &id, e));
	TRY(test_load(c, id, &row, e));
	uint8_t *max = arena_new(c->a, uint8_t, row.n_items);
	for (size_t i = 0; i < row.n_items; i++)
		max[i] = (uint8_t)row.item[i].max;
	struct sample_test t = {.year = year,
	        .grade = row.grade,
	        .subject = row.subject,
	        .item_max = max,
	        .n_items = row.n_items,
	        .min3 = row.min3,
	        .min4 = row.min4,
	        .min5 = row.min5};
	buf_init(&out, c->a, 64 * MIB);
	size_t n = schools_of(c->a, registry, &school);
	sample_results(&out, school, n, &t);
	struct results_opt opt = {year, t.grade, t.subject, false};
	struct str file =
	        str_printf(c->a, "%d/%d/" STR_FMT ".csv", year, t.grade, STR_ARG(t.subject));
	TRY(results_import(c, file, buf_str(&out), &opt, &card, e));
	*works_n += card.load.balance.stored;
	return EC_OK;
}

enum ec sample_tests(const struct ctx *c, struct str registry, int64_t *ret_works, struct err *e)
{
	struct date today = clock_today(c->clock);
	int last = today.m >= 6 ? today.y : today.y - 1;
	*ret_works = 0;
	TRY(reference_ensure(c, e));
	TRY(add_reference(c, last, e));
	for (int year = last - 1; year <= last; year++) {
		for (size_t i = 0; i < ARRAY_LEN(works); i++) {
			struct arena_mark m = arena_mark(c->a);
			TRY(one_test(c, year, i, registry, ret_works, e));
			arena_reset(c->a, m);
		}
	}
	return EC_OK;
}

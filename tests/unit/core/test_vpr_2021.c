/* The real exports of one region give the published figures to the printed digit, on both engines.
 * Skipped where the files are absent; no row of them is in the repository. */
#include "base/cur.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/num.h"
#include "core/result/import.h"
#include "core/result/report.h"
#include "core/tsv.h"
#include "dbfix.h"
#include "test.h"

#include <dirent.h>
#include <math.h>
#include <string.h>

static const struct clock noon = {.fixed = 1640000000};

/* `got` rounded to as many decimals as `printed` has is `printed`. */
static void digits_equal(const struct tsv *t, const char *name, double got)
{
	struct str want = tsv_get(t, name);
	double w = 0;
	CHECK(num_parse(want, &w));
	size_t dot = str_find_byte(want, '.', 0);
	int digits = dot == SIZE_MAX ? 0 : (int)(want.n - dot - 1);
	/* a trailing zero may have been dropped: two decimals are printed at least */
	digits = digits < 2 ? 2 : digits;
	if (fabs(got - w) > 0.5000001 * pow(10, -digits))
		test_check(false, __FILE__, __LINE__, name);
	CHECK_NEAR(got, w, 0.5000001 * pow(10, -digits));
}

static void count_equal(const struct tsv *t, const char *name, int64_t got)
{
	int64_t want = -1;
	struct err e;
	CHECK_OK(tsv_int(t, name, 10000000, &want, &e));
	if (want != got)
		test_check(false, __FILE__, __LINE__, name);
	CHECK_INT(got, want);
}

static void row_equal(const struct tsv *t, const struct test_summary *x)
{
	const struct stat_sum *s = &x->sum;
	struct stat_journal j = stat_journal(s);
	double mean = stat_mean(s->n, s->sum);
	count_equal(t, "n_items", (int64_t)x->test.n_items);
	count_equal(t, "max_total", x->test.max_total);
	count_equal(t, "min3", x->test.min3);
	count_equal(t, "min4", x->test.min4);
	count_equal(t, "min5", x->test.min5);
	count_equal(t, "rows_total", s->rows);
	count_equal(t, "rows_absent", s->absent);
	count_equal(t, "rows_blank", s->blank);
	count_equal(t, "rows_present", s->present);
	count_equal(t, "schools", x->n_schools);
	count_equal(t, "rows_total_ne_sum_items", s->total_ne_items);
	count_equal(t, "rows_total_gt_max", s->total_gt_max);
	count_equal(t, "rows_item_gt_max", s->item_gt_max);
	digits_equal(t, "pct_cells_X", stat_percent(s->cells_not_attempted, s->cells));
	count_equal(t, "n_valid", s->n);
	digits_equal(t, "mean_primary", mean);
	digits_equal(t, "sd_primary", stat_sd(s->n, s->sum, s->sum2));
	digits_equal(t, "mean_pct", 100 * mean / x->test.max_total);
	digits_equal(t, "pct2", stat_percent(s->mark[0], s->n));
	digits_equal(t, "pct3", stat_percent(s->mark[1], s->n));
	digits_equal(t, "pct4", stat_percent(s->mark[2], s->n));
	digits_equal(t, "pct5", stat_percent(s->mark[3], s->n));
	count_equal(t, "n_with_journal", j.n);
	digits_equal(t, "pct_lowered", stat_percent(j.lowered, j.n));
	digits_equal(t, "pct_confirmed", stat_percent(j.confirmed, j.n));
	digits_equal(t, "pct_raised", stat_percent(j.raised, j.n));
}

static void import_folder(const struct ctx *c, const char *folder)
{
	DIR *d = opendir(folder);
	REQUIRE(d != NULL);
	for (struct dirent *x; (x = readdir(d)) != NULL;) {
		if (!str_ends(str_c(x->d_name), STR(".xlsx")))
			continue;
		struct arena_mark mark = arena_mark(c->a);
		struct load_card k;
		struct str bytes;
		struct err e = {0};
		char *path = arena_printf(c->a, "%s/%s", folder, x->d_name);
		struct results_opt opt = {.auto_create = true};
		CHECK_OK(file_read(c->a, path, LIMIT_FILE, &bytes, &e));
		CHECK_OK(results_import(c, str_c(path), bytes, &opt, &k, &e));
		arena_reset(c->a, mark);
	}
	(void)closedir(d);
}

static size_t rows_compare(const struct ctx *c, const struct test_summary_list *list)
{
	struct str text;
	struct tsv t;
	struct err e;
	bool row;
	size_t found = 0;
	const char *path = test_shared("domain/vpr_2021_scales_and_baseline.tsv");
	if (path == NULL || file_read(c->a, path, MIB, &text, &e) != EC_OK ||
	        tsv_open(&t, text, &e) != EC_OK)
		return 0;
	while (tsv_next(&t, &row, &e) == EC_OK && row) {
		int64_t grade;
		CHECK_OK(tsv_int(&t, "grade", 11, &grade, &e));
		for (size_t i = 0; i < list->n; i++) {
			const struct test_row *w = &list->v[i].test;
			if (w->year != 2021 || w->grade != grade ||
			        !str_eq(w->subject, tsv_get(&t, "subject")))
				continue;
			row_equal(&t, &list->v[i]);
			found++;
		}
	}
	return found;
}

static void figures(struct db *db)
{
	AUTO_ARENA(a, 2 * GIB);
	struct ctx c = {.a = &a, .db = db, .clock = &noon, .actor = &actor_program};
	struct test_summary_list list;
	struct err e;
	import_folder(&c, test_shared("data/vpr/2021/4"));
	import_folder(&c, test_shared("data/vpr/2021/5"));
	CHECK_OK(result_summary(&c, &list, &e));
	CHECK_INT(list.n, 5);
	CHECK_INT(rows_compare(&c, &list), 5);
}

TEST(the_exports_of_2021_give_the_published_figures)
{
	SKIP_IF(test_shared("data/vpr/2021/4") == NULL || test_shared("data/vpr/2021/5") == NULL,
	        "real exports are not on this machine");
	dbfix_each(figures);
}

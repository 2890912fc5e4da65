#include "base/buf.h"
#include "base/cur.h"
#include "base/limits.h"
#include "base/num.h"
#include "cli/cmd.h"
#include "cli/with_store.h"
#include "core/result/report.h"

#include <stdio.h>

enum { DIGITS = 9 };

static void cell_int(struct buf *b, int64_t v)
{
	buf_byte(b, '\t');
	buf_int(b, v);
}

static void cell_num(struct buf *b, double v)
{
	buf_byte(b, '\t');
	buf_add(b, num_dot(b->a, v, DIGITS));
}

/* Columns in the order and under the names other tools rely on. */
static const char head[] =
        "year\tgrade\tsubject\tn_items\tmax_total\tmin3\tmin4\tmin5\trows_total\trows_absent\t"
        "rows_blank\trows_present\tschools\trows_total_ne_sum_items\trows_total_gt_max\t"
        "rows_item_gt_max\tpct_cells_X\tn_valid\tmean_primary\tsd_primary\tmean_pct\tpct2\tpct3\t"
        "pct4\tpct5\tn_with_journal\tpct_lowered\tpct_confirmed\tpct_raised\n";

static void line(struct buf *b, const struct test_summary *t)
{
	const struct test_row *w = &t->test;
	const struct stat_sum *s = &t->sum;
	struct stat_journal j = stat_journal(s);
	double mean = stat_mean(s->n, s->sum);
	int64_t marked = s->has_scale ? s->n : 0;
	buf_printf(b, "%d\t%d\t" STR_FMT, w->year, w->grade, STR_ARG(w->subject));
	cell_int(b, (int64_t)w->n_items);
	cell_int(b, w->max_total);
	cell_int(b, w->min3);
	cell_int(b, w->min4);
	cell_int(b, w->min5);
	cell_int(b, s->rows);
	cell_int(b, s->absent);
	cell_int(b, s->blank);
	cell_int(b, s->present);
	cell_int(b, t->n_schools);
	cell_int(b, s->total_ne_items);
	cell_int(b, s->total_gt_max);
	cell_int(b, s->item_gt_max);
	cell_num(b, stat_percent(s->cells_not_attempted, s->cells));
	cell_int(b, s->n);
	cell_num(b, mean);
	cell_num(b, stat_sd(s->n, s->sum, s->sum2));
	cell_num(b, 100.0 * mean / w->max_total);
	for (size_t m = 0; m < 4; m++)
		cell_num(b, stat_percent(s->mark[m], marked));
	cell_int(b, j.n);
	cell_num(b, stat_percent(j.lowered, j.n));
	cell_num(b, stat_percent(j.confirmed, j.n));
	cell_num(b, stat_percent(j.raised, j.n));
	buf_byte(b, '\n');
}

static enum ec summary(const struct ctx *c, void *arg, struct err *e)
{
	struct test_summary_list list;
	struct buf b;
	(void)arg;
	TRY(result_summary(c, &list, e));
	buf_init(&b, c->a, 64 * MIB);
	buf_add_z(&b, head);
	for (size_t i = 0; i < list.n; i++)
		line(&b, &list.v[i]);
	TRY(buf_check(&b, "таблица", e));
	(void)fwrite(b.p, 1, b.n, stdout);
	return EC_OK;
}

enum ec cmd_report_summary(struct cmd_args *args, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	const char *db;
	TRY(opt_value(args, "--db", "data/soko.db", &db, e));
	(void)opt_flag(args, "--tsv"); /* the only form so far, and the default */
	TRY(opt_end(args, 0, 0, e));
	return with_store(&a, &(struct store_call){db, true, summary, NULL, false}, e);
}

/* One standard report of one test, for all groups down to schools. */
struct table_job {
	struct test_name name;
	enum report_kind kind;
};

static void table_cell(struct buf *b, const struct report_col *col, const struct report_cell *cell)
{
	if (col->type == COL_TEXT)
		buf_add(b, cell->text);
	else
		buf_add(b, num_dot(b->a, cell->number, col->type == COL_COUNT ? 0 : DIGITS));
}

static void table_print(struct buf *b, const struct report *r, const struct report_table *t)
{
	for (size_t i = 0; i < t->n_cols; i++) {
		buf_add_z(b, i > 0 ? "\t" : "");
		if (t->col[i].group.n > 0)
			buf_printf(b, STR_FMT ": ", STR_ARG(t->col[i].group));
		buf_add(b, t->col[i].title);
	}
	for (size_t row = 0; row < t->n_rows; row++) {
		for (size_t i = 0; i < t->n_cols; i++) {
			buf_byte(b, i > 0 ? '\t' : '\n');
			table_cell(b, &t->col[i], &t->cell[row * t->n_cols + i]);
		}
	}
	buf_printf(b,
	        "\n# " STR_FMT ". " STR_FMT ". Шкала: " STR_FMT " (" STR_FMT ")\n# " STR_FMT "\n",
	        STR_ARG(r->test.title), STR_ARG(t->title), STR_ARG(r->test.scale_source),
	        STR_ARG(r->test.scale_status_title), STR_ARG(report_notice));
}

static enum ec table(const struct ctx *c, void *arg, struct err *e)
{
	const struct table_job *j = arg;
	struct report_opt opt = {.all_schools = true};
	struct report r;
	struct report_table t;
	struct buf b;
	TRY(test_find(c, STR("vpr"), &j->name, &opt.test_id, e));
	TRY(report_make(c, &opt, &r, e));
	report_table(c->a, &r, j->kind, &t);
	buf_init(&b, c->a, 64 * MIB);
	table_print(&b, &r, &t);
	TRY(buf_check(&b, "таблица", e));
	(void)fwrite(b.p, 1, b.n, stdout);
	return EC_OK;
}

static enum ec number(const char *text, const char *name, int *ret, struct err *e)
{
	struct cur c = CUR(str_c(text));
	uint64_t v;
	if (!cur_uint(&c, 4, 2099, &v) || !cur_end(&c))
		return err_set(e, EC_INPUT, "%s: нужно число", name);
	*ret = (int)v;
	return EC_OK;
}

enum ec cmd_report_table(struct cmd_args *args, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	const char *db, *year, *grade, *subject;
	struct table_job j = {0};
	TRY(opt_value(args, "--db", "data/soko.db", &db, e));
	TRY(opt_value(args, "--year", "", &year, e));
	TRY(opt_value(args, "--grade", "", &grade, e));
	TRY(opt_value(args, "--subject", "", &subject, e));
	(void)opt_flag(args, "--tsv");
	TRY(opt_end(args, 1, 1, e));
	TRY(number(year, "--year", &j.name.year, e));
	TRY(number(grade, "--grade", &j.name.grade, e));
	j.name.subject = str_c(subject);
	if (!report_kind_of(str_c(args->v[0]), &j.kind))
		return err_set(e, EC_INPUT,
		        "«%s»: есть marks, journal, scores, items, items-by-mark", args->v[0]);
	return with_store(&a,
	        &(struct store_call){
	                .db = db, .read_only = true, .must_exist = true, .fn = table, .arg = &j},
	        e);
}

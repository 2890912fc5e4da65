#include "cli/stat_table.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/num.h"
#include "pack/csv.h"

#include <math.h>
#include <stdio.h>

struct reading {
	struct arena *a;
	struct stat_table *t;
	VEC(struct str) text;
	bool head;
};

static enum ec take_row(void *user, const struct sheet_row *row, struct err *e)
{
	struct reading *r = user;
	if (row->n == 0)
		return EC_OK;
	size_t width = row->cell[row->n - 1].col + 1;
	if (!r->head) {
		r->head = true;
		r->t->k = width;
		r->t->name = arena_new(r->a, struct str, width);
		for (size_t i = 0; i < row->n; i++)
			r->t->name[row->cell[i].col] = str_dup(r->a, str_trim(row->cell[i].text));
		return EC_OK;
	}
	if (width > r->t->k)
		return err_set(e, EC_INPUT, "строка %u длиннее заголовка", (unsigned)row->row);
	size_t from = r->text.n;
	for (size_t c = 0; c < r->t->k; c++)
		*vec_push(r->a, &r->text) = STR_NONE;
	for (size_t i = 0; i < row->n; i++)
		r->text.v[from + row->cell[i].col] = str_dup(r->a, str_trim(row->cell[i].text));
	r->t->n++;
	return EC_OK;
}

enum ec stat_table_read(struct arena *a, const char *path, struct stat_table *ret, struct err *e)
{
	struct str bytes;
	*ret = (struct stat_table){0};
	TRY(file_read(a, path, LIMIT_FILE, &bytes, e));
	if (str_starts(bytes, STR("\xEF\xBB\xBF")))
		bytes = str_skip(bytes, 3);
	struct reading r = {.a = a, .t = ret};
	struct sheet_sink sink = {.user = &r, .row = take_row};
	TRY(csv_read(a, bytes, path_base(str_c(path)), &sink, e));
	if (ret->n == 0)
		return err_set(e, EC_INPUT, "%s: нет строк с данными под заголовком", path);
	ret->text = r.text.v;
	ret->v = arena_new(a, double, ret->n * ret->k);
	for (size_t i = 0; i < ret->n * ret->k; i++)
		if (!num_parse(ret->text[i], &ret->v[i]))
			ret->v[i] = (double)NAN;
	return EC_OK;
}

double stat_at(const struct stat_table *t, size_t row, size_t col)
{
	return t->v[row * t->k + col];
}

size_t stat_col(const struct stat_table *t, const char *name)
{
	for (size_t c = 0; c < t->k; c++)
		if (str_ieq_ascii(t->name[c], str_c(name)))
			return c;
	return SIZE_MAX;
}

double *stat_column(struct arena *a, const struct stat_table *t, size_t col)
{
	double *v = arena_new(a, double, t->n);
	for (size_t r = 0; r < t->n; r++)
		v[r] = stat_at(t, r, col);
	return v;
}

bool stat_dummy(const struct stat_table *t, size_t col)
{
	size_t zeros = 0, ones = 0, known = 0;
	for (size_t r = 0; r < t->n; r++) {
		double v = stat_at(t, r, col);
		known += !isnan(v);
		zeros += v == 0;
		ones += v == 1;
	}
	return zeros > 0 && ones > 0 && zeros + ones == known;
}

const uint8_t *stat_group_of(struct arena *a, const struct stat_table *t, size_t col)
{
	uint8_t *g = arena_new(a, uint8_t, t->n);
	struct str first = STR_NONE, second = STR_NONE;
	for (size_t r = 0; r < t->n; r++) {
		struct str s = t->text[r * t->k + col];
		if (s.n == 0 || str_eq_z(s, "NA") || str_eq(s, first) || str_eq(s, second))
			continue;
		if (first.n == 0)
			first = s;
		else if (second.n == 0)
			second = s;
		else
			return NULL; /* more than two groups */
	}
	if (second.n == 0)
		return NULL;
	if (str_cmp(first, second) > 0)
		first = second;
	for (size_t r = 0; r < t->n; r++) {
		struct str s = t->text[r * t->k + col];
		g[r] = s.n == 0 || str_eq_z(s, "NA") ? SCORE_NONE : !str_eq(s, first);
	}
	return g;
}

/* Rows of one stat, placed by their index; gaps stay NaN. */
static void given_take(
        struct arena *a, const struct stat_table *t, const char *stat, double **v, size_t *n)
{
	size_t by = stat_col(t, "stat"), at = stat_col(t, "index"), value = stat_col(t, "value");
	*n = 0;
	for (int pass = 0; pass < 2; pass++) {
		for (size_t r = 0; r < t->n; r++) {
			double i = stat_at(t, r, at);
			if (!str_eq_z(t->text[r * t->k + by], stat) || !(i >= 1 && i <= 1e6))
				continue;
			if (pass == 0)
				*n = i > (double)*n ? (size_t)i : *n;
			else
				(*v)[(size_t)i - 1] = stat_at(t, r, value);
		}
		if (pass == 0)
			*v = arena_new(a, double, *n);
		for (size_t i = 0; pass == 0 && i < *n; i++)
			(*v)[i] = (double)NAN;
	}
}

enum ec stat_given_read(struct arena *a, const char *path, struct stat_given *ret, struct err *e)
{
	struct stat_table t;
	*ret = (struct stat_given){0};
	TRY(stat_table_read(a, path, &t, e));
	if (stat_col(&t, "stat") == SIZE_MAX || stat_col(&t, "index") == SIZE_MAX ||
	        stat_col(&t, "value") == SIZE_MAX)
		return err_set(e, EC_INPUT, "%s: нужны столбцы stat, index, value", path);
	given_take(a, &t, "given_a", &ret->a, &ret->n_a);
	given_take(a, &t, "given_b", &ret->b, &ret->n_b);
	given_take(a, &t, "given_theta", &ret->theta, &ret->n_theta);
	return EC_OK;
}

static void line(struct stat_out *o, const char *stat, struct str index, struct str value)
{
	if (o->tsv)
		buf_printf(&o->b, "%s\t%s\t" STR_FMT "\t" STR_FMT "\n", o->analysis, stat,
		        STR_ARG(index), STR_ARG(value));
	else
		buf_printf(&o->b, "%-20s %-26s %-14.*s " STR_FMT "\n", o->analysis, stat,
		        STR_ARG(index), STR_ARG(value));
}

void stat_out_head(struct stat_out *o)
{
	o->analysis = "analysis";
	line(o, "stat", STR("index"), STR("value"));
}

void stat_row(struct stat_out *o, const char *stat, struct str index, double value)
{
	struct str shown = isnan(value)   ? STR("NA")
	                   : isinf(value) ? (value > 0 ? STR("Inf") : STR("-Inf"))
	                   : o->tsv       ? num_exact(o->a, value)
	                                  : str_printf(o->a, "%.6g", value);
	line(o, stat, index, shown);
}

void stat_row_one(struct stat_out *o, const char *stat, double value)
{
	stat_row(o, stat, STR(""), value);
}

void stat_row_at(struct stat_out *o, const char *stat, size_t index, double value)
{
	char text[24];
	int n = snprintf(text, sizeof(text), "%zu", index);
	stat_row(o, stat, (struct str){text, (size_t)n}, value);
}

void stat_rows(struct stat_out *o, const char *stat, const double *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		stat_row_at(o, stat, i + 1, v[i]);
}

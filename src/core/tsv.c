#include "core/tsv.h"
#include "base/cur.h"

static struct str line_take(struct tsv *t)
{
	struct str line = STR("");
	(void)str_next(&t->rest, '\n', &line);
	if (line.n > 0 && line.p[line.n - 1] == '\r')
		line.n--;
	t->line++;
	return line;
}

static enum ec cells(struct tsv *t, struct str line, struct str v[], size_t *ret_n, struct err *e)
{
	size_t n = 0;
	struct str part;
	while (str_next(&line, '\t', &part)) {
		if (n == TSV_COLS)
			return err_set(e, EC_INPUT, "строка %zu: слишком много столбцов", t->line);
		v[n++] = str_trim(part);
	}
	*ret_n = n;
	return EC_OK;
}

enum ec tsv_open(struct tsv *t, struct str text, struct err *e)
{
	*t = (struct tsv){.rest = text};
	struct str line = line_take(t);
	return cells(t, line, t->name, &t->n_cols, e);
}

enum ec tsv_next(struct tsv *t, bool *ret_row, struct err *e)
{
	*ret_row = false;
	while (t->rest.n > 0) {
		struct str line = line_take(t);
		if (str_blank(line) || line.p[0] == '#')
			continue;
		size_t n;
		TRY(cells(t, line, t->cell, &n, e));
		for (size_t i = n; i < TSV_COLS; i++)
			t->cell[i] = STR("");
		*ret_row = true;
		return EC_OK;
	}
	return EC_OK;
}

struct str tsv_get(const struct tsv *t, const char *name)
{
	for (size_t i = 0; i < t->n_cols; i++) {
		if (str_eq_z(t->name[i], name))
			return t->cell[i];
	}
	return STR("");
}

enum ec tsv_int(const struct tsv *t, const char *name, int64_t max, int64_t *ret, struct err *e)
{
	struct cur c = CUR(tsv_get(t, name));
	if (!cur_int(&c, 0, max, ret) || !cur_end(&c))
		return err_set(e, EC_INPUT, "строка %zu: %s — не целое число до %lld", t->line,
		        name, (long long)max);
	return EC_OK;
}

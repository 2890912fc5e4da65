/* The calendar of a year (or of several) from a table. */
#include "base/limits.h"
#include "core/calendar/edit_rows.h"
#include "core/intake.h"
#include "core/registry/territory.h"
#include "db/db.h"
#include "text/fold.h"

enum column {
	COL_DAY,
	COL_KIND,
	COL_TITLE,
	COL_MOVED,
	COL_SOURCE,
	COL_DATE,
	COL_STATUS,
	COL_COUNT
};
enum { COLS_MAX = 60, NONE = 0xFF, WRONG_LISTED = 5 };

static const char *const header[COL_COUNT] = {
        [COL_DAY] = "день|дата|day|date",
        [COL_KIND] = "вид|тип|kind|вид дня|тип дня",
        [COL_TITLE] = "название|наименование|title|праздник",
        [COL_MOVED] = "перенос с|перенесен с|перенос|moved from|перенос с даты",
        [COL_SOURCE] = "источник|акт|основание|source",
        [COL_DATE] = "дата источника|дата акта|source date",
        [COL_STATUS] = "статус|status",
};

struct reader {
	const struct ctx *c;
	const struct source_form *from;
	struct sheet_info info;
	uint8_t role[COLS_MAX];
	bool found;
	VEC(struct day_row) row;
	struct buf wrong;
	size_t n_wrong;
};

static bool one_of(struct str key, const char *alternatives)
{
	struct str rest = str_c(alternatives);
	struct str alt;
	while (str_next(&rest, '|', &alt))
		if (str_eq(alt, key))
			return true;
	return false;
}

static bool header_take(struct reader *r, const struct sheet_row *row)
{
	bool day = false;
	bool kind = false;
	for (size_t i = 0; i < COLS_MAX; i++)
		r->role[i] = NONE;
	for (size_t i = 0; i < row->n; i++) {
		struct str key = text_key(r->c->a, utf8_head(row->cell[i].text, 60));
		for (uint8_t k = 0; k < COL_COUNT && row->cell[i].col < COLS_MAX; k++)
			if (one_of(key, header[k]))
				r->role[row->cell[i].col] = k;
		day = day || one_of(key, header[COL_DAY]);
		kind = kind || one_of(key, header[COL_KIND]);
	}
	return day && kind;
}

static struct str kind_word(struct arena *a, struct str written)
{
	struct str key = text_key(a, written);
	if (one_of(key, "off|выходной|нерабочий|праздник|нерабочий праздничный день|выходной день"))
		return STR("off");
	if (one_of(key, "work|рабочий|рабочий день|сокращенный|сокращенный день"))
		return STR("work");
	return STR("?");
}

static struct str status_word(struct arena *a, struct str written)
{
	static const char *const names[] = {
	        "official", "secondhand", "regional", "derived", "assumed"};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eq(text_key(a, status_title(str_c(names[i]))), text_key(a, written)))
			return str_c(names[i]);
	return written;
}

static void row_take(struct reader *r, const struct sheet_row *row)
{
	struct arena *a = r->c->a;
	struct str cell[COL_COUNT] = {{0}};
	struct err e = {0};
	struct day_row d;
	bool filled = false;
	for (size_t i = 0; i < row->n; i++) {
		const struct sheet_cell *x = &row->cell[i];
		uint8_t k = x->col < COLS_MAX ? r->role[x->col] : NONE;
		struct date day;
		if (k == NONE)
			continue;
		cell[k] = x->date && sheet_cell_date(&r->info, x, &day)
		                  ? date_iso(a, day)
		                  : str_dup(a, str_trim(x->text));
		filled = filled || cell[k].n > 0;
	}
	if (!filled)
		return;
	struct day_form f = {.day = cell[COL_DAY],
	        .kind = kind_word(a, or_empty(cell[COL_KIND])),
	        .title = or_empty(cell[COL_TITLE]),
	        .moved_from = or_empty(cell[COL_MOVED]),
	        .from = *r->from};
	if (cell[COL_SOURCE].n > 0)
		f.from = (struct source_form){cell[COL_SOURCE], or_empty(cell[COL_DATE]),
		        status_word(a, or_empty(cell[COL_STATUS]))};
	if (day_row_read(r->c, &f, &d, &e) == EC_OK) {
		*vec_push(a, &r->row) = d;
		return;
	}
	if (r->n_wrong++ < WRONG_LISTED)
		buf_printf(
		        &r->wrong, "%sстрока %u: %s", r->wrong.n > 0 ? "; " : "", row->row, e.msg);
}

static enum ec on_sheet(void *user, const struct sheet_info *info, bool *skip, struct err *e)
{
	struct reader *r = user;
	(void)e;
	*skip = r->found;
	if (!r->found)
		r->info = *info;
	return EC_OK;
}

static enum ec on_row(void *user, const struct sheet_row *row, struct err *e)
{
	struct reader *r = user;
	if (row->n == 0)
		return EC_OK;
	if (r->row.n + r->n_wrong >= LIMIT_CALENDAR_ROWS || !intake_room(r->c->a))
		return err_set(e, EC_LIMIT, "в таблице больше %d строк", LIMIT_CALENDAR_ROWS);
	if (r->found)
		row_take(r, row);
	else
		r->found = header_take(r, row);
	return EC_OK;
}

static enum ec store(const struct ctx *c, int64_t territory_id, const struct reader *r,
        struct calendar_loaded *ret, struct err *e)
{
	*ret = (struct calendar_loaded){0};
	for (size_t i = 0; i < r->row.n; i++) {
		struct str before, after;
		TRY(day_row_put(c, territory_id, &r->row.v[i], &before, &after, e));
		if (before.p == NULL)
			ret->added++;
		else if (str_eq(before, after))
			ret->same++;
		else
			ret->changed++;
	}
	return EC_OK;
}

/* The whole import as one fact: the history must be able to say which days it brought. */
static struct str import_json(
        const struct reader *r, struct str name, const struct calendar_loaded *n)
{
	struct fact f;
	struct buf b;
	buf_init(&b, r->c->a, LIMIT_DOC_TEXT);
	for (size_t i = 0; i < r->row.n; i++)
		buf_printf(&b, "%s" STR_FMT " %s", i > 0 ? ", " : "", STR_ARG(r->row.v[i].day),
		        str_eq_z(r->row.v[i].kind, "off") ? "выходной" : "рабочий");
	fact_begin(&f, r->c->a);
	json_kv_str(&f.j, "file_name", name);
	json_kv_int(&f.j, "stored", n->added);
	json_kv_int(&f.j, "changed", n->changed);
	json_kv_int(&f.j, "unchanged", n->same);
	json_kv_str(&f.j, "days", buf_str(&b));
	return fact_end(&f);
}

enum ec calendar_import(const struct ctx *c, struct str name, struct str bytes,
        const struct source_form *from, struct calendar_loaded *ret, struct err *e)
{
	struct territory t;
	struct reader r = {.c = c, .from = from};
	buf_init(&r.wrong, c->a, 4 * KIB);
	TRY(calendar_writer(c, 0, &t, e));
	const struct sheet_sink sink = {.user = &r, .sheet = on_sheet, .row = on_row};
	TRY(intake_sheet(c, bytes, name, &sink, e));
	if (!r.found)
		return err_set(e, EC_INPUT, "в таблице нет строки с заголовками «день» и «вид»");
	if (r.n_wrong > 0)
		return err_set(e, EC_INPUT, "ничего не загружено, ошибок %zu: " STR_FMT, r.n_wrong,
		        STR_ARG(buf_str(&r.wrong)));
	if (r.row.n == 0)
		return err_set(e, EC_INPUT, "в таблице нет ни одного дня");
	AUTO_TX tx = {0};
	struct calendar_loaded n;
	TRY(tx_begin(c->db, &tx, e));
	TRY(store(c, t.id, &r, &n, e));
	if (n.added + n.changed > 0)
		TRY(history_add(c,
		        &(struct change){STR("calendar"), t.id, STR("import"), STR_NONE,
		                import_json(&r, name, &n), from->source},
		        e));
	TRY(tx_commit(&tx, e));
	*ret = n;
	return EC_OK;
}

#include "pack/xlsx_write.h"

#include "base/buf.h"
#include "base/limits.h"

#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { DECIMALS_MAX = 6, NAME_MAX_CHARS = 31, COLUMNS_MAX = 512 };

struct xlsx_writer_state {
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *header, *wrap, *date, *number[DECIMALS_MAX + 1];
	struct xlsx_column col[COLUMNS_MAX];
	size_t n_cols;
	lxw_row_t row; /* next */
	struct arena text;
	int fd; /* anonymous memory into which the library writes */
};

static lxw_format *number_format(lxw_workbook *book, int decimals)
{
	static const char *const code[DECIMALS_MAX + 1] = {
	        "0", "0.0", "0.00", "0.000", "0.0000", "0.00000", "0.000000"};
	lxw_format *f = workbook_add_format(book);
	format_set_num_format(f, code[decimals]);
	format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
	return f;
}

static void make_formats(struct xlsx_writer_state *s)
{
	s->header = workbook_add_format(s->book);
	format_set_bold(s->header);
	format_set_text_wrap(s->header);
	format_set_bg_color(s->header, 0xE9EEF5);
	format_set_bottom(s->header, LXW_BORDER_THIN);
	format_set_align(s->header, LXW_ALIGN_VERTICAL_CENTER);
	s->wrap = workbook_add_format(s->book);
	format_set_text_wrap(s->wrap);
	format_set_align(s->wrap, LXW_ALIGN_VERTICAL_TOP);
	s->date = workbook_add_format(s->book);
	format_set_num_format(s->date, "dd.mm.yyyy");
	format_set_align(s->date, LXW_ALIGN_VERTICAL_TOP);
	for (int d = 0; d <= DECIMALS_MAX; d++)
		s->number[d] = number_format(s->book, d);
}

/* NUL-terminated, valid UTF-8, at most what a cell holds. */
static const char *cell_text(struct xlsx_writer_state *s, struct str text, size_t chars)
{
	text = utf8_head(text, chars);
	if (utf8_valid(text))
		return str_z(&s->text, text);
	struct buf b;
	buf_init(&b, &s->text, text.n * 3);
	for (size_t i = 0; i < text.n;)
		buf_cp(&b, utf8_next(text, &i));
	return b.p;
}

static enum ec checked(lxw_error code, struct err *e)
{
	if (code == LXW_NO_ERROR)
		return EC_OK;
	enum ec ec = code == LXW_ERROR_SHEETNAME_ALREADY_USED ? EC_CONFLICT
	             : code == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE ||
	                             code == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED
	                     ? EC_LIMIT
	                     : EC_IO;
	return err_set(e, ec, "файл Excel не записан: %s", lxw_strerror(code));
}

void xlsx_write_drop(struct xlsx_writer *w)
{
	struct xlsx_writer_state *s = w->state;
	if (s == NULL)
		return;
	if (s->book != NULL)
		lxw_workbook_free(s->book);
	if (s->fd >= 0)
		close(s->fd);
	arena_clear(&s->text);
	arena_clear(&w->arena);
	w->state = NULL;
}

enum ec xlsx_write_open(struct xlsx_writer *w, const struct xlsx_write_opt *opt, struct err *e)
{
	arena_init(&w->arena, MIB);
	struct xlsx_writer_state *s = arena_new(&w->arena, struct xlsx_writer_state, 1);
	w->state = s;
	s->fd = -1;
	arena_init(&s->text, 64 * MIB);
	/* The library of Debian 12 writes only to a named file; this name is memory without a place
	 * on any disk. */
	s->fd = memfd_create("soko-xlsx", MFD_CLOEXEC);
	if (s->fd < 0)
		return err_set(e, EC_IO, "файл Excel не создан");
	lxw_workbook_options options = {.constant_memory = LXW_TRUE};
	s->book = workbook_new_opt(arena_printf(&s->text, "/proc/self/fd/%d", s->fd), &options);
	if (s->book == NULL)
		return err_set(e, EC_IO, "файл Excel не создан");
	char *title = str_z(&s->text, utf8_head(opt->title, 200)), company[] = "СОКО";
	lxw_doc_properties properties = {
	        .title = title, .company = company, .created = (time_t)opt->created};
	TRY(checked(workbook_set_properties(s->book, &properties), e));
	make_formats(s);
	return EC_OK;
}

/* Excel's rules for a tab: 31 characters, none of []:*?/\, no apostrophe at the ends. */
static const char *tab_name(struct xlsx_writer_state *s, struct str name)
{
	char *z = str_z(&s->text, utf8_head(str_trim(name), NAME_MAX_CHARS));
	for (char *p = z; *p != '\0'; p++)
		if (strchr("[]:*?/\\", *p) != NULL)
			*p = ' ';
	size_t n = strlen(z);
	if (n > 0 && z[0] == '\'')
		z[0] = ' ';
	if (n > 0 && z[n - 1] == '\'')
		z[n - 1] = ' ';
	return n > 0 ? z : "Лист";
}

static double width_of(const struct xlsx_column *c)
{
	if (c->width > 0)
		return c->width > 100 ? 100 : c->width;
	double w = (double)utf8_len(c->title) + 3;
	return w < 8 ? 8 : w > 30 ? 30 : w;
}

/* The filter and the end of a sheet that is complete. */
static enum ec finish_sheet(struct xlsx_writer_state *s, struct err *e)
{
	if (s->sheet == NULL || s->n_cols == 0)
		return EC_OK;
	lxw_row_t last = s->row > 1 ? s->row - 1 : 1;
	return checked(worksheet_autofilter(s->sheet, 0, 0, last, (lxw_col_t)(s->n_cols - 1)), e);
}

enum ec xlsx_write_sheet(struct xlsx_writer *w, struct str name, const struct xlsx_column *col,
        size_t n, struct err *e)
{
	struct xlsx_writer_state *s = w->state;
	if (n > COLUMNS_MAX)
		return err_set(e, EC_LIMIT, "в таблице больше %d столбцов", COLUMNS_MAX);
	TRY(finish_sheet(s, e));
	arena_clear(&s->text);
	const char *tab = tab_name(s, name);
	TRY(checked(workbook_validate_sheet_name(s->book, tab), e));
	s->sheet = workbook_add_worksheet(s->book, tab);
	if (s->sheet == NULL)
		return err_set(e, EC_IO, "лист Excel не создан");
	s->n_cols = n;
	for (size_t i = 0; i < n; i++) {
		s->col[i] = col[i];
		s->col[i].title = STR_NONE; /* borrowed: not kept */
		lxw_col_t c = (lxw_col_t)i;
		TRY(checked(worksheet_set_column(s->sheet, c, c, width_of(&col[i]), NULL), e));
		TRY(checked(worksheet_write_string(s->sheet, 0, c,
		                    cell_text(s, col[i].title, LIMIT_CELL), s->header),
		        e));
	}
	worksheet_freeze_panes(s->sheet, 1, 0);
	worksheet_repeat_rows(s->sheet, 0, 0);
	worksheet_set_landscape(s->sheet);
	worksheet_set_paper(s->sheet, 9); /* A4 */
	worksheet_fit_to_pages(s->sheet, 1, 0);
	s->row = 1;
	return EC_OK;
}

static lxw_error put(struct xlsx_writer_state *s, lxw_col_t c, const struct xlsx_value *v)
{
	const struct xlsx_column *col = &s->col[c];
	int decimals = col->decimals < 0              ? 0
	               : col->decimals > DECIMALS_MAX ? DECIMALS_MAX
	                                              : col->decimals;
	switch (v->kind) {
	case XLSX_TEXT:
		if (v->text.n == 0)
			return LXW_NO_ERROR;
		return worksheet_write_string(s->sheet, s->row, c,
		        cell_text(s, v->text, LIMIT_CELL), col->wrap ? s->wrap : NULL);
	case XLSX_NUMBER:
		if (!isfinite(v->number))
			return LXW_NO_ERROR;
		return worksheet_write_number(s->sheet, s->row, c, v->number, s->number[decimals]);
	case XLSX_DATE:
		if (date_none(v->date))
			return LXW_NO_ERROR;
		if (v->date.y < 1900)
			return worksheet_write_string(s->sheet, s->row, c,
			        str_z(&s->text, date_ru(&s->text, v->date)), NULL);
		return worksheet_write_datetime(s->sheet, s->row, c,
		        &(lxw_datetime){.year = v->date.y, .month = v->date.m, .day = v->date.d},
		        s->date);
	case XLSX_EMPTY:
	default:
		return LXW_NO_ERROR;
	}
}

enum ec xlsx_write_row(struct xlsx_writer *w, const struct xlsx_value *v, size_t n, struct err *e)
{
	struct xlsx_writer_state *s = w->state;
	BUG_IF(s->sheet == NULL || n > s->n_cols);
	if (s->row >= LIMIT_SHEET_ROWS)
		return err_set(e, EC_LIMIT, "на листе Excel помещается %d строк: сузьте отбор",
		        LIMIT_SHEET_ROWS);
	struct arena_mark mark = arena_mark(&s->text);
	for (size_t i = 0; i < n; i++)
		TRY(checked(put(s, (lxw_col_t)i, &v[i]), e));
	arena_reset(&s->text, mark);
	s->row++;
	return EC_OK;
}

enum ec xlsx_write_notes(
        struct xlsx_writer *w, const struct xlsx_note *note, size_t n, struct err *e)
{
	static const struct xlsx_column columns[] = {
	        {.title = STR_INIT("Что"), .width = 28},
	        {.title = STR_INIT("Пояснение"), .width = 90, .wrap = true},
	};
	TRY(xlsx_write_sheet(w, STR("Пояснения"), columns, ARRAY_LEN(columns), e));
	for (size_t i = 0; i < n; i++)
		TRY(xlsx_write_row(w,
		        (struct xlsx_value[]){XLSX_T(note[i].what), XLSX_T(note[i].text)}, 2, e));
	return EC_OK;
}

static enum ec copy_out(int fd, struct arena *a, struct str *ret, struct err *e)
{
	struct stat st;
	if (fstat(fd, &st) != 0)
		return err_set(e, EC_IO, "файл Excel не прочитан");
	size_t n = (size_t)st.st_size, got = 0;
	if (arena_left(a) < n + 1)
		return err_set(e, EC_LIMIT, "файл Excel слишком велик");
	char *p = arena_alloc(a, n + 1);
	while (got < n) {
		ssize_t k = pread(fd, p + got, n - got, (off_t)got);
		if (k <= 0)
			return err_set(e, EC_IO, "файл Excel не прочитан");
		got += (size_t)k;
	}
	*ret = (struct str){p, n};
	return EC_OK;
}

enum ec xlsx_write_close(struct xlsx_writer *w, struct arena *a, struct str *ret, struct err *e)
{
	struct xlsx_writer_state *s = w->state;
	TRY(finish_sheet(s, e));
	lxw_error code = workbook_close(s->book);
	s->book = NULL; /* freed by the close whatever it returns */
	TRY(checked(code, e));
	TRY(copy_out(s->fd, a, ret, e));
	xlsx_write_drop(w);
	return EC_OK;
}

#include "pack/xlsx_rows.h"

#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

bool xlsx_ref_parse(struct str ref, uint32_t *ret_col, uint32_t *ret_row)
{
	uint32_t col = 0, row = 0;
	size_t i = 0;
	while (i < ref.n && i < 4 && ref.p[i] >= 'A' && ref.p[i] <= 'Z')
		col = col * 26 + (uint32_t)(ref.p[i++] - 'A' + 1);
	size_t letters = i;
	while (i < ref.n && i - letters < 7 && ref.p[i] >= '0' && ref.p[i] <= '9')
		row = row * 10 + (uint32_t)(ref.p[i++] - '0');
	if (i != ref.n || col == 0 || col > LIMIT_SHEET_COLS || row == 0 || row > LIMIT_SHEET_ROWS)
		return false;
	*ret_col = col - 1;
	*ret_row = row;
	return true;
}

void xlsx_rows_init(struct xlsx_rows *rows, const struct xlsx_book *book, struct str sheet,
        const struct sheet_sink *sink)
{
	rows->book = book;
	rows->sink = sink;
	rows->sheet = sheet;
	(void)arena_alloc(rows->text, 1); /* the first block stays, so that a reset frees nothing */
	rows->mark = arena_mark(rows->text);
}

void xlsx_rows_again(struct xlsx_rows *rows)
{
	arena_reset(rows->text, rows->mark);
	rows->cell.n = 0;
	rows->row = 0;
	rows->seen = 0;
}

static enum ec bad_row(const struct xlsx_rows *rows, const char *what, struct err *e)
{
	return err_set(e, EC_INPUT, "лист «" STR_FMT "», строка %u: %s",
	        STR_ARG(utf8_head(rows->sheet, 40)), rows->row, what);
}

static enum ec bad_cell(const struct xlsx_rows *rows, uint32_t col, const char *what, struct err *e)
{
	return err_set(e, EC_INPUT, "лист «" STR_FMT "», ячейка %s%u: %s",
	        STR_ARG(utf8_head(rows->sheet, 40)), sheet_col_name(col).z, rows->row, what);
}

enum ec xlsx_row_begin(struct xlsx_rows *rows, struct str ref, bool hidden, struct err *e)
{
	uint32_t row = rows->row + 1;
	if (ref.p != NULL) {
		row = 0;
		for (size_t i = 0; i < ref.n; i++) {
			if (ref.p[i] < '0' || ref.p[i] > '9' || i > 6)
				return bad_row(rows, "после неё неверный номер строки", e);
			row = row * 10 + (uint32_t)(ref.p[i] - '0');
		}
		if (row <= rows->row)
			return bad_row(rows, "после неё строки идут не по порядку", e);
	}
	if (row > LIMIT_SHEET_ROWS)
		return err_set(e, EC_LIMIT, "лист «" STR_FMT "»: больше %d строк",
		        STR_ARG(utf8_head(rows->sheet, 40)), LIMIT_SHEET_ROWS);
	rows->row = row;
	rows->col = 0;
	rows->hidden = hidden;
	rows->unordered = false;
	rows->cell.n = 0;
	return EC_OK;
}

static bool looks_like_number(struct str s)
{
	bool digit = false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c >= '0' && c <= '9')
			digit = true;
		else if (c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E')
			return false;
	}
	return digit;
}

/* A small decimal number; false when it is none. */
static bool index_parse(struct str s, size_t *ret)
{
	size_t v = 0;
	if (s.n == 0 || s.n > 9)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		v = v * 10 + (size_t)(s.p[i] - '0');
	}
	*ret = v;
	return true;
}

static void set_number(
        const struct xlsx_rows *rows, const struct xlsx_cell *in, struct sheet_cell *out)
{
	out->text = str_trim(in->value);
	out->kind = looks_like_number(out->text) ? CELL_NUMBER : CELL_TEXT;
	size_t style = 0; /* the first one when not named */
	if ((in->style.p == NULL || index_parse(in->style, &style)) &&
	        style < rows->book->date_style.n)
		out->date = out->kind == CELL_NUMBER && rows->book->date_style.v[style];
}

/* ECMA-376 part 1, 18.18.11 ST_CellType. False: no such type or no such shared string. */
static bool set_value(
        const struct xlsx_rows *rows, const struct xlsx_cell *in, struct sheet_cell *out)
{
	struct str t = in->type;
	out->kind = CELL_TEXT;
	out->text = in->value;
	if (t.p == NULL || str_eq(t, STR("n"))) {
		set_number(rows, in, out);
	} else if (str_eq(t, STR("s"))) {
		size_t i;
		if (in->value.n == 0)
			return true;
		if (!index_parse(in->value, &i) || i >= rows->book->shared.n)
			return false;
		out->text = rows->book->shared.v[i];
	} else if (str_eq(t, STR("inlineStr"))) {
		out->text = xlsx_unescape(rows->text, in->inlined.p ? in->inlined : in->value);
	} else if (str_eq(t, STR("str"))) {
		out->text = xlsx_unescape(rows->text, in->value);
	} else if (str_eq(t, STR("b"))) {
		out->kind = CELL_BOOL;
		if (str_eq(in->value, STR("true")))
			out->text = STR("1");
		else if (str_eq(in->value, STR("false")))
			out->text = STR("0");
	} else if (str_eq(t, STR("e"))) {
		out->kind = CELL_ERROR;
	} else if (str_eq(t, STR("d"))) {
		out->date = true;
	} else {
		return false;
	}
	return true;
}

enum ec xlsx_row_cell(struct xlsx_rows *rows, const struct xlsx_cell *cell, struct err *e)
{
	uint32_t col = rows->col;
	if (cell->ref.p != NULL) {
		uint32_t row = 0;
		if (!xlsx_ref_parse(cell->ref, &col, &row) || row != rows->row)
			return bad_row(rows, "неверный адрес ячейки", e);
	}
	if (col >= LIMIT_SHEET_COLS)
		return err_set(e, EC_LIMIT, "лист «" STR_FMT "», строка %u: больше %d столбцов",
		        STR_ARG(utf8_head(rows->sheet, 40)), rows->row, LIMIT_SHEET_COLS);
	rows->col = col + 1;
	struct sheet_cell out = {.col = col};
	if (!set_value(rows, cell, &out))
		return bad_cell(rows, col, "тип или номер строки неверен", e);
	if (out.text.n == 0)
		return EC_OK;
	if (out.text.n > LIMIT_CELL * 4ul)
		return err_set(e, EC_LIMIT,
		        "лист «" STR_FMT "», ячейка %s%u: слишком длинный текст",
		        STR_ARG(utf8_head(rows->sheet, 40)), sheet_col_name(col).z, rows->row);
	rows->unordered |= rows->cell.n > 0 && rows->cell.v[rows->cell.n - 1].col >= col;
	if (rows->cell.n == LIMIT_SHEET_COLS)
		return bad_row(rows, "одна и та же ячейка записана несколько раз", e);
	*vec_push(rows->keep, &rows->cell) = out;
	return EC_OK;
}

static int cell_cmp(const void *x, const void *y)
{
	const struct sheet_cell *p = x, *q = y;
	return (p->col > q->col) - (p->col < q->col);
}

static enum ec put_in_order(struct xlsx_rows *rows, struct err *e)
{
	qsort(rows->cell.v, rows->cell.n, sizeof(rows->cell.v[0]), cell_cmp);
	for (size_t i = 1; i < rows->cell.n; i++)
		if (rows->cell.v[i].col == rows->cell.v[i - 1].col)
			return bad_cell(rows, rows->cell.v[i].col, "записана дважды", e);
	return EC_OK;
}

enum ec xlsx_row_end(struct xlsx_rows *rows, struct err *e)
{
	if (rows->unordered)
		TRY(put_in_order(rows, e));
	enum ec code = EC_OK;
	if (rows->cell.n > 0 && ++rows->seen > rows->sent) {
		rows->sent = rows->seen;
		const struct sheet_row row = {
		        .row = rows->row,
		        .hidden = rows->hidden,
		        .cell = rows->cell.v,
		        .n = rows->cell.n,
		};
		code = rows->sink->row(rows->sink->user, &row, e);
		rows->stopped = code;
	}
	arena_reset(rows->text, rows->mark);
	rows->cell.n = 0;
	return code;
}

#include "pack/sheet.h"

#include "base/cur.h"
#include "base/limits.h"
#include "pack/csv.h"
#include "pack/xlsx_read.h"
#include "pack/zipfile.h"
#include "text/decode.h"

#include <math.h>

struct col_name sheet_col_name(uint32_t col)
{
	struct col_name name = {""};
	char back[3];
	size_t n = 0;
	for (uint32_t c = col + 1; c > 0 && n < sizeof(back); c = (c - 1) / 26)
		back[n++] = (char)('A' + (c - 1) % 26);
	for (size_t i = 0; i < n; i++)
		name.z[i] = back[n - 1 - i];
	return name;
}

struct sheet_cell sheet_cell_at(const struct sheet_row *row, uint32_t col)
{
	/* rows are mostly dense: the cell stands near its column */
	size_t low = 0, high = row->n;
	if (col < row->n && row->cell[col].col == col)
		return row->cell[col];
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (row->cell[mid].col == col)
			return row->cell[mid];
		if (row->cell[mid].col < col)
			low = mid + 1;
		else
			high = mid;
	}
	return (struct sheet_cell){.col = col, .kind = CELL_EMPTY, .text = STR("")};
}

struct str sheet_text_at(const struct sheet_row *row, uint32_t col)
{
	return sheet_cell_at(row, col).text;
}

bool sheet_cell_date(const struct sheet_info *info, const struct sheet_cell *cell, struct date *ret)
{
	if (!cell->date)
		return false;
	if (cell->kind == CELL_TEXT) /* ISO 8601, perhaps with a time */
		return date_parse_iso(str_sub(cell->text, 0, 10), ret);
	struct cur c = CUR(cell->text);
	double serial;
	if (!cur_double(&c, &serial) || !cur_end(&c) || !(serial >= 1 && serial < 2958466))
		return false;
	int32_t day = (int32_t)floor(serial);
	/* Serial 60 is 29 February 1900, which never was; before it the count is one day late
	 * (ECMA-376 part 1, 18.17.4.1). */
	int32_t zero = date_days(date_make(1899, 12, 30));
	if (info->epoch_1904)
		zero = date_days(date_make(1904, 1, 1));
	else if (day < 60)
		zero++;
	if (date_days(date_make(9999, 12, 31)) - zero < day)
		return false;
	*ret = date_from_days(zero + day);
	return true;
}

/* Bytes that no text has: a picture, a program, an old Word file. */
static bool binary(struct str text)
{
	size_t odd = 0;
	struct str head = str_sub(text, 0, 4096);
	for (size_t i = 0; i < head.n; i++) {
		unsigned char c = (unsigned char)head.p[i];
		odd += c < 0x20 && c != '\t' && c != '\n' && c != '\r';
	}
	return odd > 0;
}

static enum ec text_read(struct arena *a, struct str bytes, struct str name,
        const struct sheet_sink *sink, struct err *e)
{
	if (bytes.n > LIMIT_FILE || arena_left(a) / 8 < bytes.n)
		return err_set(e, EC_LIMIT, "файл слишком велик");
	struct decoded d;
	text_decode(a, bytes, &d);
	if (binary(d.text) || str_starts(bytes, STR("%PDF-")))
		return err_set(e, EC_INPUT, "файл не похож на таблицу: нужны .xlsx, .csv или .tsv");
	return csv_read(a, d.text, name, sink, e);
}

enum ec sheet_read(struct arena *a, struct str bytes, struct str name,
        const struct sheet_sink *sink, struct err *e)
{
	if (bytes.n == 0)
		return err_set(e, EC_INPUT, "файл пуст");
	if (zipfile_is(bytes))
		return xlsx_read(a, bytes, XLSX_ENGINE_BEST, sink, e);
	if (str_starts(bytes, STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")))
		return err_set(e, EC_INPUT,
		        "это файл старого формата Excel (.xls) или книга с паролем: сохраните её "
		        "как .xlsx без пароля");
	return text_read(a, bytes, name, sink, e);
}

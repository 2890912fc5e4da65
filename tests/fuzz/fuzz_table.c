/* Tables (XLSX, CSV, TSV): rows ascend, columns ascend, texts are valid UTF-8, damage has a reason.
 */
#include "base/limits.h"
#include "fuzz.h"
#include "pack/sheet.h"

struct seen {
	uint32_t row;
};

static enum ec on_sheet(void *user, const struct sheet_info *info, bool *skip, struct err *e)
{
	struct seen *s = user;
	(void)e;
	*skip = false;
	s->row = 0;
	CHECK_THAT(utf8_valid(info->name));
	return EC_OK;
}

static enum ec on_row(void *user, const struct sheet_row *row, struct err *e)
{
	struct seen *s = user;
	(void)e;
	CHECK_THAT(row->row > 0 && row->row <= LIMIT_SHEET_ROWS);
	s->row = row->row;
	for (size_t i = 0; i < row->n; i++) {
		CHECK_THAT(i == 0 || row->cell[i].col > row->cell[i - 1].col);
		CHECK_THAT(row->cell[i].col < LIMIT_SHEET_COLS);
		CHECK_THAT(utf8_valid(row->cell[i].text));
	}
	return EC_OK;
}

void fuzz_one(struct arena *a, struct str bytes)
{
	struct seen s = {0};
	struct err e = {0};
	struct sheet_sink sink = {.user = &s, .sheet = on_sheet, .row = on_row};
	if (sheet_read(a, bytes, STR("file.xlsx"), &sink, &e) != EC_OK)
		CHECK_THAT(e.msg[0] != '\0');
}

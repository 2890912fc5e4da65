/* Answers of a hostile child. The first byte says which: a sheet or a document. */
#include "base/limits.h"
#include "fuzz.h"
#include "pack/rich_wire.h"
#include "pack/sheet_wire.h"

static enum ec on_row(void *user, const struct sheet_row *row, struct err *e)
{
	(void)user, (void)e;
	for (size_t i = 0; i < row->n; i++) {
		CHECK_THAT(i == 0 || row->cell[i].col > row->cell[i - 1].col);
		CHECK_THAT(row->cell[i].col < LIMIT_SHEET_COLS && utf8_valid(row->cell[i].text));
	}
	return EC_OK;
}

static void sheet(struct arena *a, struct str bytes)
{
	const struct sheet_sink sink = {.row = on_row};
	struct sheet_wire_in in;
	struct err e = {0};
	sheet_wire_in_init(&in, a, &sink);
	if (sheet_wire_take(&in, bytes, &e) != EC_OK || sheet_wire_done(&in, &e) != EC_OK)
		CHECK_THAT(e.msg[0] != '\0');
}

static void document(struct arena *a, struct str bytes)
{
	struct rich rich, again;
	struct err e = {0};
	if (rich_wire_take(a, bytes, &rich, &e) != EC_OK) {
		CHECK_THAT(e.msg[0] != '\0');
		return;
	}
	struct buf first, second;
	buf_init(&first, a, 64 * MIB);
	buf_init(&second, a, 64 * MIB);
	rich_wire_put(&first, &rich);
	CHECK_THAT(rich_wire_take(a, buf_str(&first), &again, &e) == EC_OK);
	rich_wire_put(&second, &again);
	CHECK_THAT(str_eq(buf_str(&first), buf_str(&second)));
}

void fuzz_one(struct arena *a, struct str bytes)
{
	if (bytes.n == 0)
		return;
	if (bytes.p[0] & 1)
		document(a, str_skip(bytes, 1));
	else
		sheet(a, str_skip(bytes, 1));
}

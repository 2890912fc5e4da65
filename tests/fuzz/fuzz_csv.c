/* Text tables: records in order, columns in order, no more text out than in. */
#include "base/limits.h"
#include "fuzz.h"
#include "pack/csv.h"

struct seen {
	uint32_t row;
	size_t text;
};

static enum ec on_row(void *user, const struct sheet_row *row, struct err *e)
{
	struct seen *s = user;
	(void)e;
	CHECK_THAT(row->row > s->row && row->n > 0);
	s->row = row->row;
	for (size_t i = 0; i < row->n; i++) {
		CHECK_THAT(i == 0 || row->cell[i].col > row->cell[i - 1].col);
		CHECK_THAT(utf8_valid(row->cell[i].text) && row->cell[i].text.n > 0);
		s->text += row->cell[i].text.n;
	}
	return EC_OK;
}

void fuzz_one(struct arena *a, struct str bytes)
{
	if (!utf8_valid(bytes))
		return;
	struct seen s = {0};
	struct err e = {0};
	const struct sheet_sink sink = {.user = &s, .row = on_row};
	if (csv_read(a, bytes, STR("t.csv"), &sink, &e) != EC_OK)
		CHECK_THAT(e.msg[0] != '\0');
	CHECK_THAT(s.text <= bytes.n);
}

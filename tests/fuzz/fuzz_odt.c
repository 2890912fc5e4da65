/* OpenDocument texts: texts are valid UTF-8, spans are sane, and the way across the jail changes
 * nothing. The input is the inside of the text; after zero bytes the insides of automatic and of
 * common styles. */
#include "base/limits.h"
#include "fuzz.h"
#include "pack/odt_read.h"
#include "pack/rich_wire.h"
#include "unit/pack/make.h"

static struct str piece(struct arena *a, struct str *rest)
{
	struct str s = {"", 0};
	return str_next(rest, '\0', &s) ? (struct str){str_z(a, s), s.n} : STR("");
}

static void check(const struct rich *rich)
{
	for (size_t i = 0; i < rich->n; i++) {
		const struct rich_block *b = &rich->block[i];
		CHECK_THAT(utf8_valid(b->text) && utf8_valid(b->style) && b->level <= 9);
		for (size_t r = 0; r < b->n_rows; r++)
			for (size_t c = 0; c < b->row[r].n; c++)
				CHECK_THAT(b->row[r].cell[c].colspan > 0 &&
				           utf8_valid(b->row[r].cell[c].text));
	}
}

void fuzz_one(struct arena *a, struct str bytes)
{
	struct str body = piece(a, &bytes), automatic = piece(a, &bytes), common = piece(a, &bytes);
	struct rich rich, again;
	struct err e = {0};
	if (odt_read(a, make_odt(a, body.p, automatic.p, common.p), &rich, &e) != EC_OK) {
		CHECK_THAT(e.msg[0] != '\0');
		return;
	}
	check(&rich);
	struct buf first, second;
	buf_init(&first, a, 64 * MIB);
	buf_init(&second, a, 64 * MIB);
	rich_wire_put(&first, &rich);
	CHECK_THAT(!first.over && rich_wire_take(a, buf_str(&first), &again, &e) == EC_OK);
	rich_wire_put(&second, &again);
	CHECK_THAT(str_eq(buf_str(&first), buf_str(&second)));
}

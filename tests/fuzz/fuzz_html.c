/* HTML: texts are valid UTF-8, spans are sane, and the way across the jail changes nothing. */
#include "base/limits.h"
#include "fuzz.h"
#include "pack/html_read.h"
#include "pack/rich_wire.h"

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
	struct rich rich, again;
	struct err e = {0};
	if (html_read(a, bytes, &rich, &e) != EC_OK) {
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

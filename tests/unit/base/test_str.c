#include "base/cur.h"
#include "test.h"

TEST(str_finds_replaces_and_trims)
{
	AUTO_ARENA(a, 1 << 20);
	CHECK_INT(str_find(STR("abcabc"), STR("ca"), 0), 2);
	CHECK(str_find(STR("abc"), STR("x"), 0) == SIZE_MAX);
	CHECK_STR(str_replace(&a, STR("a--b--"), STR("--"), STR("+")), STR("a+b+"));
	CHECK_STR(str_trim(STR(" \xC2\xA0 год \n")), STR("год"));
	struct str rest = STR("a,,b");
	struct str part;
	CHECK(str_next(&rest, ',', &part) && str_eq(part, STR("a")));
	CHECK(str_next(&rest, ',', &part) && part.n == 0);
	CHECK(str_next(&rest, ',', &part) && str_eq(part, STR("b")));
	CHECK(!str_next(&rest, ',', &part));
}

TEST(utf8_reads_good_text_and_marks_bad_bytes)
{
	size_t i = 0;
	CHECK_INT(utf8_next(STR("ж"), &i), 0x436);
	CHECK_INT(i, 2);
	CHECK(!utf8_valid(STR("\xD0")));
	CHECK(!utf8_valid(STR("\xC0\x80")));
	CHECK(!utf8_valid(STR("\xED\xA0\x80")));
	CHECK(utf8_valid(STR("приказ № 1\xEF\xBF\xBD")));
	CHECK_INT(utf8_len(STR("приказ")), 6);
	CHECK_STR(utf8_head(STR("приказ"), 3), STR("при"));
}

TEST(cursor_moves_only_over_what_it_read)
{
	struct cur c = CUR(STR("12.05;x"));
	uint64_t v;
	CHECK(cur_uint(&c, 2, 31, &v) && v == 12);
	CHECK(!cur_byte(&c, ','));
	CHECK(cur_byte(&c, '.'));
	CHECK(!cur_uint(&c, 2, 4, &v));
	CHECK(cur_uint(&c, 2, 12, &v) && v == 5);
	struct str s;
	CHECK(cur_until(&c, 'x', 10, &s));
	CHECK_STR(s, STR(";"));
}

#include "base/buf.h"
#include "test.h"

#include <string.h>

TEST(arena_gives_zeroed_memory_and_takes_it_back_to_a_mark)
{
	AUTO_ARENA(a, 1 << 20);
	char *p = arena_alloc(&a, 100);
	memset(p, 'x', 100);
	struct arena_mark m = arena_mark(&a);
	char *q = arena_alloc(&a, 50000);
	memset(q, 'y', 50000);
	arena_reset(&a, m);
	CHECK_INT(a.used, 100);
	char *r = arena_alloc(&a, 100);
	for (int i = 0; i < 100; i++)
		REQUIRE(r[i] == 0);
	CHECK(p[99] == 'x');
}

TEST(buf_keeps_its_maximum_and_says_so)
{
	AUTO_ARENA(a, 1 << 20);
	struct buf b;
	buf_init(&b, &a, 10);
	buf_add_z(&b, "12345");
	buf_printf(&b, "%d", 678);
	CHECK_STR(buf_str(&b), STR("12345678"));
	struct err e;
	CHECK_OK(buf_check(&b, "x", &e));
	buf_add_z(&b, "9abc");
	CHECK_INT(buf_check(&b, "x", &e), EC_LIMIT);
}

TEST(err_wrap_puts_context_first_and_cuts_whole_characters)
{
	struct err e;
	CHECK_INT(err_set(&e, EC_INPUT, "нет даты"), EC_INPUT);
	CHECK_INT(err_wrap(&e, "приказ «%s»", "912"), EC_INPUT);
	CHECK_STR(str_c(e.msg), STR("приказ «912»: нет даты"));
	char big[1000];
	for (size_t i = 0; i + 1 < sizeof(big); i += 2)
		memcpy(big + i, "я", 2);
	big[sizeof(big) - 2] = '\0';
	(void)err_set(&e, EC_INPUT, "x%s", big);
	CHECK(utf8_valid(str_c(e.msg)));
}

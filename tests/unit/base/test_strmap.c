#include "base/strmap.h"
#include "test.h"

TEST(a_map_finds_what_was_put)
{
	AUTO_ARENA(a, 16 << 20);
	struct strmap m;
	strmap_init(&m, &a);
	CHECK(strmap_find(&m, STR("x")) == NULL);
	bool fresh;
	for (size_t i = 0; i < 5000; i++) {
		size_t *v = strmap_put(&m, str_printf(&a, "key %zu", i), i, &fresh);
		CHECK(fresh && *v == i);
	}
	for (size_t i = 0; i < 5000; i++) {
		size_t *v = strmap_find(&m, str_printf(&a, "key %zu", i));
		REQUIRE(v != NULL);
		CHECK_INT(*v, i);
	}
	CHECK(strmap_find(&m, STR("key 5000")) == NULL);
	size_t *v = strmap_put(&m, STR("key 7"), 99, &fresh);
	CHECK(!fresh);
	CHECK_INT(*v, 7);
}

TEST(the_empty_text_is_a_key_too)
{
	AUTO_ARENA(a, 1 << 20);
	struct strmap m;
	strmap_init(&m, &a);
	*strmap_put(&m, STR_NONE, 1, NULL) = 5;
	REQUIRE(strmap_find(&m, STR("")) != NULL);
	CHECK_INT(*strmap_find(&m, STR("")), 5);
}

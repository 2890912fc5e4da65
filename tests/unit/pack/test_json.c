#include "pack/json.h"
#include "test.h"

#include <math.h>
#include <string.h>

TEST(json_is_written_with_escapes_that_may_stand_in_html)
{
	AUTO_ARENA(a, 1 << 20);
	struct buf b;
	buf_init(&b, &a, 10000);
	struct json j;
	json_init(&j, &b, false);
	json_obj(&j);
	json_kv_str(&j, "имя", STR("</script>&\"\\\n\x01 школа"));
	json_kv_int(&j, "n", -5);
	json_kv_num(&j, "x", 0.1);
	json_kv_num(&j, "none", (double)NAN);
	json_kv_arr(&j, "list");
	json_bool(&j, true);
	json_null(&j);
	json_str(&j, STR("плохо\xFF"));
	json_arr(&j);
	json_arr_end(&j);
	json_arr_end(&j);
	json_obj_end(&j);
	CHECK_STR(buf_str(&b), STR("{\"имя\":\"\\u003c/script\\u003e\\u0026\\\"\\\\\\n\\u0001 "
	                           "школа\",\"n\":-5,\"x\":0.1,\"none\":null,\"list\":[true,null,"
	                           "\"плохо\uFFFD\",[]]}"));
}

TEST(pretty_json_reads_back_to_the_same_values)
{
	AUTO_ARENA(a, 1 << 20);
	struct buf b;
	buf_init(&b, &a, 10000);
	struct json j;
	json_init(&j, &b, true);
	json_obj(&j);
	json_kv_arr(&j, "a");
	json_int(&j, 1);
	json_num_digits(&j, 2.5, 3);
	json_arr_end(&j);
	json_kv_str(&j, "б", STR("текст\t\"1\""));
	json_obj_end(&j);
	CHECK(str_has(buf_str(&b), STR("\n  \"a\": [\n    1,\n    2.5\n  ],\n")));
	struct json_value *v;
	struct err e;
	REQUIRE(json_parse(&a, buf_str(&b), &v, &e) == EC_OK);
	CHECK_INT(v->n, 2);
	const struct json_value *list = json_get(v, "a");
	REQUIRE(list != NULL && list->n == 2);
	CHECK_NEAR(list->item[1].num, 2.5, 0);
	CHECK_STR(json_get_str(v, "б"), STR("текст\t\"1\""));
	CHECK(json_get(v, "нет") == NULL);
}

TEST(json_strings_are_decoded)
{
	AUTO_ARENA(a, 1 << 20);
	struct json_value *v;
	struct err e;
	REQUIRE(json_parse(&a, STR(" [\"\\u0416\\ud83d\\ude00\\/\\b\", \"\", -0.5e2 ]"), &v, &e) ==
	        EC_OK);
	CHECK_STR(v->item[0].text, STR("Ж😀/\b"));
	CHECK_STR(v->item[1].text, STR(""));
	CHECK_NEAR(v->item[2].num, -50, 0);
	CHECK_STR(v->item[2].text, STR("-0.5e2"));
}

TEST(wrong_json_is_refused_with_its_place)
{
	static const char *const wrong[] = {"", "[", "[1,]", "{\"a\"}", "{\"a\":1,}", "{a:1}", "01",
	        "1.", "-", "\"a", "\"\n\"", "\"\\x\"", "\"\\ud800\"", "\"\\udc00x\"", "\"\\", "tru",
	        "1 2", "[1}", "\xFF", "nul", "\"\\u12\"", "1e999", "+1", "{\"a\":}",
	        "[\"\xC0\x80\"]"};
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		AUTO_ARENA(a, 1 << 20);
		struct json_value *v;
		struct err e = {0};
		if (!CHECK_INT(json_parse(&a, str_c(wrong[i]), &v, &e), EC_INPUT))
			test_check(false, __FILE__, __LINE__, wrong[i]);
		CHECK(e.msg[0] != '\0');
	}
	AUTO_ARENA(a, 1 << 20);
	struct json_value *v;
	struct err e = {0};
	CHECK_INT(json_parse(&a, STR("{\n \"школа\": x}"), &v, &e), EC_INPUT);
	CHECK(str_has(str_c(e.msg), STR("строка 2, символ 11")));
}

TEST(deep_json_meets_its_limit)
{
	AUTO_ARENA(a, 1 << 20);
	char deep[10000];
	memset(deep, '[', sizeof(deep));
	struct json_value *v;
	struct err e;
	CHECK_INT(json_parse(&a, (struct str){deep, sizeof(deep)}, &v, &e), EC_LIMIT);
}

TEST(json_larger_than_the_arena_is_a_limit_not_a_crash)
{
	AUTO_ARENA(a, 100000);
	char wide[20001];
	for (size_t i = 0; i < sizeof(wide); i++)
		wide[i] = i % 2 == 0 ? '1' : ',';
	wide[0] = '[';
	struct json_value *v;
	struct err e;
	wide[1] = '1';
	CHECK_INT(json_parse(&a, (struct str){wide, sizeof(wide)}, &v, &e), EC_LIMIT);
}

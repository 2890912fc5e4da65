/* What a browser sends: addresses, forms, multipart bodies; checked fields; the guide's markup. */
#include "base/limits.h"
#include "test.h"
#include "web/form.h"
#include "web/guide.h"
#include "web/http.h"

TEST(an_address_is_decoded_once)
{
	AUTO_ARENA(a, MIB);
	struct err e;
	struct req r = {.a = &a};
	CHECK_OK(target_parse(&r, STR("/help/%D0%B0?q=%D1%91+%2B%25&empty="), &e));
	CHECK_STR(r.path, STR("/help/а"));
	CHECK_STR(field_get(&r.args, STR("q")), STR("ё +%"));
	CHECK(field_get(&r.args, STR("empty")).p != NULL);
	CHECK(field_get(&r.args, STR("none")).p == NULL);
}

TEST(broken_addresses_are_refused)
{
	static const char *const bad[] = {
	        "", "help", "/%", "/%4", "/%zz", "/%00", "/%ff", "/?q=%C3"};
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		AUTO_ARENA(a, MIB);
		struct err e;
		struct req r = {.a = &a};
		CHECK_INT(target_parse(&r, str_c(bad[i]), &e), EC_INPUT);
	}
}

TEST(too_many_fields_are_a_limit)
{
	AUTO_ARENA(a, 16 * MIB);
	struct err e;
	struct fields f;
	char *text = arena_alloc(&a, 3 * (LIMIT_HTTP_FIELDS + 1));
	for (size_t i = 0; i <= LIMIT_HTTP_FIELDS; i++) {
		text[3 * i] = 'a';
		text[3 * i + 1] = '=';
		text[3 * i + 2] = '&';
	}
	struct str s = {text, 3 * (LIMIT_HTTP_FIELDS + 1)};
	CHECK_INT(fields_parse(&a, s, &f, &e), EC_LIMIT);
}

#define PART "--xYz\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n"
#define FILE_PART                                                                                  \
	"--xYz\r\nContent-Disposition: form-data; name=\"file\"; "                                 \
	"filename=\"C:\\\\dir\\приказ.txt\"\r\n"                                             \
	"Content-Type: text/plain\r\n\r\nстрока\r\n--xY\r\n\r\n"

TEST(multipart_gives_fields_and_files)
{
	AUTO_ARENA(a, MIB);
	struct err e;
	struct fields f = {0};
	struct uploads u = {0};
	struct str type = STR("multipart/form-data; boundary=xYz");
	CHECK_OK(multipart_parse(&a, type, STR(PART FILE_PART "--xYz--\r\n"), &f, &u, &e));
	CHECK_STR(field_get(&f, STR("csrf")), STR("abc"));
	REQUIRE(u.n == 1);
	CHECK_STR(u.v[0].name, STR("приказ.txt"));
	CHECK_STR(u.v[0].field, STR("file"));
	CHECK_STR(u.v[0].bytes, STR("строка\r\n--xY\r\n"));
}

TEST(an_empty_file_field_is_no_file)
{
	AUTO_ARENA(a, MIB);
	struct err e;
	struct fields f = {0};
	struct uploads u = {0};
	CHECK_OK(multipart_parse(&a, STR("multipart/form-data; boundary=\"x\""),
	        STR("--x\r\nContent-Disposition: form-data; name=\"f\"; "
	            "filename=\"\"\r\n\r\n\r\n--x--"),
	        &f, &u, &e));
	CHECK_INT(u.n, 0);
}

TEST(a_cut_multipart_body_is_refused)
{
	const struct str whole = STR(PART FILE_PART "--xYz--");
	for (size_t n = 0; n < whole.n; n++) {
		AUTO_ARENA(a, MIB);
		struct err e;
		struct fields f = {0};
		struct uploads u = {0};
		CHECK_INT(multipart_parse(&a, STR("multipart/form-data; boundary=xYz"),
		                  str_sub(whole, 0, n), &f, &u, &e),
		        EC_INPUT);
	}
}

TEST(fields_are_checked_by_their_declaration)
{
	static const struct str words[] = {STR_INIT("one"), STR_INIT("two"), STR_INIT("")};
	static const struct field_spec spec[] = {
	        {.name = STR_INIT("name"), .title = STR_INIT("Имя"), .max = 10, .required = true},
	        {.name = STR_INIT("n"), .title = STR_INIT("Число"), .type = FIELD_INT, .max = 100},
	        {.name = STR_INIT("d"), .title = STR_INIT("Дата"), .type = FIELD_DATE},
	        {.name = STR_INIT("w"),
	                .title = STR_INIT("Слово"),
	                .type = FIELD_CHOICE,
	                .choice = words},
	};
	static const struct form form = {spec, ARRAY_LEN(spec)};
	static const struct {
		const char *sent;
		enum ec code;
	} cases[] = {
	        {"name=ab&n=100&d=2021-10-05&w=two", EC_OK},
	        {"name=ab&d=05.10.2021&other=1", EC_OK},
	        {"name=ab&n=&d=&w=", EC_OK},
	        {"name=+", EC_INPUT},
	        {"name=abcdefghijk", EC_INPUT},
	        {"name=a%0Ab", EC_INPUT},
	        {"name=a&n=101", EC_INPUT},
	        {"name=a&n=-1", EC_INPUT},
	        {"name=a&n=1.5", EC_INPUT},
	        {"name=a&d=2021-11-31", EC_INPUT},
	        {"name=a&d=31.11.2021", EC_INPUT},
	        {"name=a&w=three", EC_INPUT},
	};
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_ARENA(a, MIB);
		struct err e = {0};
		struct fields f;
		struct values v;
		CHECK_OK(fields_parse(&a, str_c(cases[i].sent), &f, &e));
		if (!CHECK_INT(form_check(&a, &form, &f, &v, &e), cases[i].code))
			test_check(false, __FILE__, __LINE__, cases[i].sent);
	}
}

TEST(the_guide_prints_lists_and_escapes_everything_else)
{
	AUTO_ARENA(a, MIB);
	struct html h = markdown_html(&a, STR("# Title\n\nText **bold** `a<b` [link](/orgs) "
	                                      "[bad](javascript:x)\n- one\n- two\n\n1. "
	                                      "step\n<script>"));
	CHECK(str_has(
	        h.s, STR("<p>Text <b>bold</b> <code>a&lt;b</code> <a href=\"/orgs\">link</a>")));
	CHECK(str_has(h.s, STR("<ul>\n<li>one</li>\n<li>two</li>\n</ul>")));
	CHECK(str_has(h.s, STR("<ol>\n<li>step</li>\n</ol>")));
	CHECK(!str_has(h.s, STR("<script>")) && !str_has(h.s, STR("javascript")));
}

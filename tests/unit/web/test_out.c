#include "sample_page.h"
#include "test.h"
#include "unit/web/sample.h"

#include <string.h>

static struct str print_sample(struct arena *a, const char *title)
{
	struct sample_row rows[] = {{STR("Школа <1>"), 12.345, 1000}, {STR("B"), 0.0 / 0.0, -1}};
	struct sample m = {.title = str_c(title),
	        .link = url_arg(a, URL("/find"), STR("q"), STR("a&b «х»")),
	        .id = 7,
	        .day = date_make(2021, 9, 1),
	        .rows = rows,
	        .n = 2};
	struct out o;
	out_init(&o, a);
	sample_page(&o, &m);
	struct err e;
	CHECK_OK(out_check(&o, &e));
	return out_text(&o);
}

TEST(template_escapes_by_place_and_type)
{
	AUTO_ARENA(a, 1 << 20);
	struct str s = print_sample(&a, "</script>\"'&<b>");
	CHECK(str_has(s, STR("<h1 title=\"&lt;/script&gt;&quot;&#39;&amp;&lt;b&gt;\">"
	                     "&lt;/script&gt;&quot;&#39;&amp;&lt;b&gt;</h1>")));
	CHECK(str_has(s, STR("href=\"/find?q=a%26b%20%C2%AB%D1%85%C2%BB\"")));
	CHECK(str_has(s, STR("href=\"/school/7?q=%3C%2Fscript%3E%22%27%26%3Cb%3E#top\"")));
	CHECK(str_has(s, STR("json\">\\u003c/script\\u003e\"'\\u0026\\u003cb\\u003e</script>")));
}

TEST(template_loops_numbers_dates_and_attributes)
{
	AUTO_ARENA(a, 1 << 20);
	struct str s = print_sample(&a, "t");
	CHECK(str_has(s, STR("<tr><td>Школа &lt;1&gt;<td>12,35<td>1000\n")));
	CHECK(str_has(s, STR("<tr><td>B<td>—<td>-1\n")));
	CHECK(str_has(s, STR("<option value=\"7\"  selected>01.09.2021</option><br/>")));
	CHECK(str_has(s, STR("<b>ours</b> 1 < 2 ?? \\ \"\n")));
	CHECK(str_has(s, STR("<footer>a&amp;b</footer>\n")));
	CHECK(str_starts(
	        s, STR("<!doctype html>\n<!-- a comment with \"quotes\" and <tags> -->\n")));
}

TEST(links_stay_on_this_site)
{
	AUTO_ARENA(a, 1 << 20);
	CHECK_STR(url_local(STR("/x?y#z")).s, STR("/x?y#z"));
	CHECK_STR(url_local(STR("//host/")).s, STR("#"));
	CHECK_STR(url_local(STR("/\\host/")).s, STR("#"));
	CHECK_STR(url_local(STR("javascript:alert(1)")).s, STR("#"));
	CHECK_STR(url_local(STR_NONE).s, STR("#"));
	CHECK_STR(url_int(&a, url_seg(&a, URL("/"), STR("a/b")), 5).s, STR("/a%2Fb/5"));
	struct url u = url_arg(&a, URL("/x"), STR("a"), STR("1"));
	CHECK_STR(url_arg(&a, u, STR("b"), STR("&")).s, STR("/x?a=1&b=%26"));
	struct out o;
	out_init(&o, &a);
	out_url(&o, (struct url){STR("/x?a=1&b=\"<\n\0")});
	CHECK_STR(out_text(&o), STR("/x?a=1&amp;b=%22%3C%0A%00"));
}

TEST(json_in_a_page_cannot_close_its_script)
{
	AUTO_ARENA(a, 1 << 20);
	CHECK_STR(json_html_of(&a, STR("\"</script>\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\x94\"")).s,
	        STR("\"\\u003c/script\\u003e\\u2028\\u2029—\""));
}

TEST(page_larger_than_the_limit_is_reported)
{
	AUTO_ARENA(a, 256ul << 20);
	struct out o;
	out_init(&o, &a);
	char *big = arena_alloc(&a, 5ul << 20);
	memset(big, '<', 5ul << 20);
	out_str(&o, (struct str){big, 5ul << 20});
	struct err e;
	CHECK(out_check(&o, &e) == EC_LIMIT);
}

#include "base/limits.h"
#include "make.h"
#include "pack/html_read.h"
#include "test.h"

static struct str text_of(struct arena *a, const char *html)
{
	struct rich rich = {0};
	struct err e = {0};
	if (html_read(a, str_c(html), &rich, &e) != EC_OK)
		test_check(false, __FILE__, __LINE__, e.msg);
	return made_rich(a, &rich);
}

TEST(html_is_told_by_its_beginning)
{
	CHECK(html_is(STR("\xEF\xBB\xBF \n<!DOCTYPE HTML><p>")));
	CHECK(html_is(STR("<html>")));
	CHECK(html_is(STR("<?xml version=\"1.0\"?><html>")));
	CHECK(html_is(STR("\xFF\xFE<\0h\0t\0m\0l\0")));
	CHECK(!html_is(STR("Приказ <html>")));
	CHECK(!html_is(STR("1 < 2")));
	CHECK(!html_is(STR("")));
}

TEST(html_paragraphs_white_space_and_entities)
{
	AUTO_ARENA(a, GIB);
	CHECK_STR(text_of(&a, "<title>нет</title><script>if (a<b) '</p>';</script><!-- > нет -->"
	                      "<p>О\n  <b>мерах</b> по<br> 2022&nbsp;г. &laquo;Рост&raquo; "
	                      "&#1087;&#x43F; a&b &lt;i&gt;<p>два<div> три </div>1 < 2<style>p{}"),
	        STR("О мерах по\n2022\xC2\xA0г. «Рост» пп a&b <i>\nдва\nтри\n1 < 2\n"));
}

TEST(html_deleted_text_is_dropped)
{
	AUTO_ARENA(a, GIB);
	CHECK_STR(text_of(&a, "<p>до <del>1</del><ins>15</ins> мая <s>2021</s></p>"),
	        STR("до 15 мая\n"));
}

TEST(html_list_numbers_are_written_out)
{
	AUTO_ARENA(a, GIB);
	CHECK_STR(text_of(&a, "<ol start=3><li><p>три</p><p>ещё</p><ol type=a><li>раз<li>два</ol>"
	                      "<li value='9'>девять<li></ol><ul><li>точка</ul>нет"),
	        STR("3. три\nещё\na. раз\nb. два\n9. девять\n– точка\nнет\n"));
}

TEST(html_tables_keep_spans_even_without_closing_tags)
{
	AUTO_ARENA(a, GIB);
	CHECK_STR(text_of(&a,
	                  "<table><caption>План</caption><thead><tr><td>№<td colspan=2>Срок</thead>"
	                  "<tr><td rowspan=\"2\">1<td>май<td><p>а<p>б<tr><td>июль<td></tr>"
	                  "<tr><th>2<td><table><tr><td>внутри</table></tr></table>после"),
	        STR("План\n[h:№/1|Срок/2]\n[1/1|май/1|а\nб/1]\n[/1^|июль/1|/1]\n[2/1|внутри/1]\n"
	            "после\n"));
}

TEST(html_a_table_that_lays_out_the_page_is_taken_apart)
{
	AUTO_ARENA(a, GIB);
	CHECK_STR(text_of(&a, "<table><tr><td>шапка</td></tr><tr><td>Приказ<table><tr><td>1<td>май"
	                      "</table>хвост</td></tr></table>"),
	        STR("шапка\nПриказ\n[1/1|май/1]\nхвост\n"));
}

TEST(html_pages_headings_and_alignment)
{
	AUTO_ARENA(a, GIB);
	struct rich rich;
	struct err e = {0};
	const char *html = "<h2>Глава</h2><p align=right style='page-break-before: always'>"
	                   "<strong>Приложение</strong></p><center>К</center><hr>под чертой";
	REQUIRE(html_read(&a, str_c(html), &rich, &e) == EC_OK && rich.n == 5);
	CHECK_INT(rich.block[4].level, 0);
	CHECK_INT(rich.block[0].level, 2);
	CHECK_INT(rich.block[1].kind, RICH_PAGE);
	CHECK(rich.block[2].right && rich.block[2].bold);
	CHECK(rich.block[3].center && rich.block[3].level == 0);
}

TEST(html_old_encodings_are_read)
{
	AUTO_ARENA(a, GIB);
	/* «приказываю провести» in Windows-1251 */
	CHECK_STR(
	        text_of(&a, "<html><meta charset=utf-8><p>\xEF\xF0\xE8\xEA\xE0\xE7\xFB\xE2\xE0\xFE "
	                    "\xEF\xF0\xEE\xE2\xE5\xF1\xF2\xE8"),
	        STR("приказываю провести\n"));
}

TEST(html_of_any_sort_does_no_harm)
{
	AUTO_ARENA(a, GIB);
	CHECK_STR(text_of(&a, "<"), STR("<\n"));
	CHECK_STR(text_of(&a, "</td></tr></table></ol><td rowspan=9>а"), STR("а\n"));
	CHECK_STR(text_of(&a, "<table><tr><td colspan=99999 rowspan=99999>а<tr><td>б"),
	        STR("[а/1000]\n[/1000^|б/1]\n"));
	CHECK_STR(text_of(&a, "<table><td>"), STR("[/1]\n"));
}

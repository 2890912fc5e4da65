#include "base/limits.h"
#include "make.h"
#include "pack/odt_read.h"
#include "test.h"

#define P(inside) "<text:p>" inside "</text:p>"

static struct rich read(
        struct arena *a, const char *body, const char *automatic, const char *styles)
{
	struct rich rich = {0};
	struct err e = {0};
	if (odt_read(a, make_odt(a, body, automatic, styles), &rich, &e) != EC_OK)
		test_check(false, __FILE__, __LINE__, e.msg);
	return rich;
}

static struct str text_of(struct arena *a, const char *body, const char *automatic)
{
	struct rich rich = read(a, body, automatic, NULL);
	return made_rich(a, &rich);
}

TEST(odt_paragraphs_keep_blanks_tabs_and_breaks)
{
	AUTO_ARENA(a, GIB);
	CHECK_STR(text_of(&a,
	                  P("О\n  <text:span>мерах</text:span> <text:s text:c=\"2\"/>по"
	                    "<text:tab/>2022<text:line-break/>г&amp;о<text:note><text:note-body>"
	                    "<text:p>сноска</text:p></text:note-body></text:note>") P("")
	                          P("<text:a>ссылка</text:a><office:annotation><text:p>чужое"
	                            "</text:p></office:annotation>"),
	                  NULL),
	        STR("О мерах   по\t2022\nг&о\n\nссылка\n"));
}

TEST(odt_deleted_text_is_dropped_and_inserted_text_stays)
{
	AUTO_ARENA(a, GIB);
	CHECK_STR(text_of(&a,
	                  "<text:tracked-changes><text:changed-region><text:deletion>" P(
	                          "1 мая") "</text:deletion></text:changed-region></"
	                                   "text:tracked-changes>" P("до <text:change/>"
	                                                             "<text:change-start/>15 "
	                                                             "мая<text:change-end/>"),
	                  NULL),
	        STR("до 15 мая\n"));
}

#define LEVEL(n, format, after, show)                                                              \
	"<text:list-level-style-number text:level=\"" n "\" style:num-format=\"" format            \
	"\" style:num-suffix=\"" after "\" text:display-levels=\"" show "\"/>"
#define LIST(attrs, items) "<text:list " attrs ">" items "</text:list>"
#define ITEM(inside)       "<text:list-item>" inside "</text:list-item>"

TEST(odt_list_numbers_are_written_out)
{
	AUTO_ARENA(a, GIB);
	CHECK_STR(
	        text_of(&a,
	                LIST("text:style-name=\"L1\"",
	                        ITEM(P("раз") LIST("", ITEM(P("а") P("ещё")) ITEM(P("б")))) ITEM(P(
	                                "два") LIST("",
	                                ITEM(P("в"))))) P("между") LIST("text:style-name=\"L1\" "
	                                                                "text:continue-numbering="
	                                                                "\"true\"",
	                        ITEM(P("три")) "<text:list-item text:start-value=\"7\">" P(
	                                "семь") "</text:list-item><text:list-header>" P("без") "</"
	                                                                                       "tex"
	                                                                                       "t:"
	                                                                                       "lis"
	                                                                                       "t-"
	                                                                                       "hea"
	                                                                                       "der"
	                                                                                       ">")
	                        LIST("text:style-name=\"L1\"", ITEM(P("снова")))
	                                LIST("text:style-name=\"L2\"", ITEM(P("точка"))),
	                "<text:list-style style:name=\"L1\">" LEVEL("1", "1", ".", "1")
	                        LEVEL("2", "1", ".", "2") "</text:list-style><text:list-style "
	                                                  "style:name=\"L2\"><text:list-level-"
	                                                  "style-bullet text:level=\"1\"/>"
	                                                  "</text:list-style>"),
	        STR("1. раз\n1.1. а\nещё\n1.2. б\n2. два\n2.1. в\nмежду\n3. три\n7. семь\nбез\n"
	            "1. снова\n– точка\n"));
}

#define CELL(attrs, text) "<table:table-cell " attrs ">" P(text) "</table:table-cell>"
#define HIDDEN            "<table:covered-table-cell/>"
#define ROW(cells)        "<table:table-row>" cells "</table:table-row>"

TEST(odt_tables_keep_spans_merges_and_header_rows)
{
	AUTO_ARENA(a, GIB);
	CHECK_STR(
	        text_of(&a,
	                "<table:table><table:table-column/><table:table-header-rows>" ROW(
	                        CELL("", "№") CELL("table:number-columns-spanned=\"2\"", "Срок")
	                                HIDDEN) "</table:table-header-rows>" ROW(CELL("table:"
	                                                                              "number-rows-"
	                                                                              "spanned="
	                                                                              "\"2\"",
	                        "1") CELL("", "май") CELL("", "<text:line-break/>июнь"))
	                        ROW(HIDDEN CELL("", "июль") CELL("", "")) ROW(
	                                CELL("table:number-columns-repeated=\"3\"",
	                                        "")) ROW(CELL("", "2") CELL("",
	                                "a</text:p><table:table>" ROW(CELL("",
	                                        "внутри")) "</table:table>"
	                                                   "<text:p>")) "</table:table>" P("после"),
	                NULL),
	        STR("[h:№/1|Срок/2]\n[1/1|май/1|июнь/1]\n[/1^|июль/1|/1]\n[/1|/1|/1]\n"
	            "[2/1|a\nвнутри/1]\nпосле\n"));
}

TEST(odt_styles_give_pages_headings_alignment_and_boldness)
{
	AUTO_ARENA(a, GIB);
	struct rich rich = read(&a,
	        "<text:h text:style-name=\"P1\" text:outline-level=\"2\">Глава</text:h>"
	        "<text:p text:style-name=\"P2\"><text:span text:style-name=\"T1\">Приложение"
	        "</text:span></text:p><text:p text:style-name=\"P1\">x<text:span "
	        "text:style-name=\"T2\">тайно</text:span></text:p>",
	        "<style:style style:name=\"P1\" style:parent-style-name=\"Head\"/>"
	        "<style:style style:name=\"P2\"><style:paragraph-properties fo:text-align=\"end\" "
	        "fo:break-before=\"page\"/></style:style><style:style style:name=\"T1\">"
	        "<style:text-properties fo:font-weight=\"bold\"/></style:style><style:style "
	        "style:name=\"T2\"><style:text-properties text:display=\"none\"/></style:style>",
	        "<style:style style:name=\"Head\" style:display-name=\"Заголовок 2\" "
	        "style:parent-style-name=\"Head\"><style:paragraph-properties "
	        "fo:text-align=\"center\"/></style:style>");
	REQUIRE(rich.n == 4);
	CHECK_INT(rich.block[0].level, 2);
	CHECK_STR(rich.block[0].style, STR("Заголовок 2"));
	CHECK(rich.block[0].center && !rich.block[0].bold);
	CHECK_INT(rich.block[1].kind, RICH_PAGE);
	CHECK(rich.block[2].right && rich.block[2].bold && rich.block[2].level == 0);
	CHECK_STR(rich.block[3].text, STR("x"));
}

TEST(odt_text_boxes_are_read_once)
{
	AUTO_ARENA(a, GIB);
	CHECK_STR(
	        text_of(&a,
	                P("<draw:frame><draw:text-box>" P("УТВЕРЖДЕНО") "</draw:text-box><svg:desc>"
	                                                                "рисунок</svg:desc>"
	                                                                "</draw:frame>ПРИКАЗ"),
	                NULL),
	        STR("УТВЕРЖДЕНО\nПРИКАЗ\n"));
}

TEST(odt_other_files_are_refused_with_a_reason)
{
	AUTO_ARENA(a, GIB);
	struct rich rich;
	struct err e = {0};
	const struct make_part sheet = {
	        "mimetype", STR("application/vnd.oasis.opendocument.spreadsheet"), true};
	const struct make_part locked[] = {
	        {"mimetype", STR("application/vnd.oasis.opendocument.text"), true},
	        {"META-INF/manifest.xml", STR("<manifest:encryption-data/>"), false}};
	CHECK(odt_is(make_zip(&a, &sheet, 1)));
	CHECK(!odt_is(make_docx(&a, "", NULL, NULL)));
	CHECK_INT(odt_read(&a, make_zip(&a, &sheet, 1), &rich, &e), EC_INPUT);
	CHECK_INT(odt_read(&a, make_zip(&a, locked, 2), &rich, &e), EC_INPUT);
	CHECK(str_has(str_c(e.msg), STR("паролем")));
	CHECK_INT(odt_read(&a, make_zip(&a, locked, 1), &rich, &e), EC_INPUT);
	CHECK(str_has(str_c(e.msg), STR("content.xml")));
}

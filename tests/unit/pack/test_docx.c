#include "base/limits.h"
#include "make.h"
#include "pack/docx_read.h"
#include "test.h"

#define P(inside) "<w:p>" inside "</w:p>"
#define R(text)   "<w:r><w:t xml:space=\"preserve\">" text "</w:t></w:r>"
#define LIST(l, n)                                                                                 \
	"<w:pPr><w:numPr><w:ilvl w:val=\"" l "\"/><w:numId w:val=\"" n "\"/></w:numPr></w:pPr>"

static struct rich read(
        struct arena *a, const char *body, const char *styles, const char *numbering)
{
	struct rich rich = {0};
	struct err e = {0};
	if (docx_read(a, make_docx(a, body, styles, numbering), &rich, &e) != EC_OK)
		test_check(false, __FILE__, __LINE__, e.msg);
	return rich;
}

static struct str text_of(struct arena *a, const char *body, const char *numbering)
{
	struct rich rich = read(a, body, NULL, numbering);
	return made_rich(a, &rich);
}

TEST(paragraphs_keep_runs_tabs_and_breaks)
{
	AUTO_ARENA(a, GIB);
	CHECK_STR(text_of(&a,
	                  P("<w:pPr><w:tabs><w:tab w:val=\"left\" w:pos=\"1\"/></w:tabs></w:pPr>" R(
	                          "О ") R("мерах") "<w:r><w:tab/><w:t>2022</w:t><w:br/"
	                                           "><w:t>г&amp;о</w:t></w:r>") P("")
	                          P("<w:hyperlink>" R("ссылка") "</w:hyperlink>"),
	                  NULL),
	        STR("О мерах\t2022\nг&о\n\nссылка\n"));
}

TEST(tracked_changes_are_read_as_accepted)
{
	AUTO_ARENA(a, GIB);
	CHECK_STR(
	        text_of(&a,
	                P(R("до ") "<w:del><w:r><w:delText>1</w:delText><w:t>1</w:t></w:r></w:del>"
	                           "<w:ins>" R("15") "</w:ins>" R(" мая"))
	                        P("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" R("начало "))
	                                P(R("конца")) P(
	                                        "<w:moveFrom>" R("нет") "</w:moveFrom><w:moveTo>" R(
	                                                "да") "</w:moveTo>"),
	                NULL),
	        STR("до 15 мая\nначало конца\nда\n"));
}

TEST(list_numbers_are_written_out)
{
	static const char numbering[] =
	        "<w:abstractNum w:abstractNumId=\"7\"><w:lvl w:ilvl=\"0\"><w:start "
	        "w:val=\"1\"/><w:numFmt "
	        "w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:start "
	        "w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText "
	        "w:val=\"%1.%2.\"/></w:lvl><w:lvl "
	        "w:ilvl=\"2\"><w:numFmt w:val=\"russianLower\"/><w:lvlText "
	        "w:val=\"%3)\"/></w:lvl></"
	        "w:abstractNum><w:abstractNum w:abstractNumId=\"8\"><w:lvl w:ilvl=\"0\"><w:numFmt "
	        "w:val=\"bullet\"/><w:lvlText "
	        "w:val=\"\xEF\x82\xB7\"/></w:lvl></w:abstractNum><w:num "
	        "w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num><w:num "
	        "w:numId=\"2\"><w:abstractNumId "
	        "w:val=\"8\"/></w:num><w:num w:numId=\"3\"><w:abstractNumId "
	        "w:val=\"7\"/><w:lvlOverride "
	        "w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>";
	AUTO_ARENA(a, GIB);
	CHECK_STR(
	        text_of(&a,
	                P(LIST("0", "1") R("раз")) P(LIST("1", "1") R("а")) P(LIST("1", "1") R("б"))
	                        P(LIST("2", "1") R("в")) P(R("без")) P(LIST("0", "1") R("два"))
	                                P(LIST("1", "1") R("г")) P(LIST("0", "2") R("точка")) P(
	                                        LIST("0", "3") R("пять")) P(LIST("0", "0") R("нет"))
	                                        P(LIST("0", "99") R("чужой")) P(LIST("0", "3")),
	                numbering),
	        STR("1. раз\n1.1. а\n1.2. б\nа) в\nбез\n2. два\n2.1. г\n– точка\n5. "
	            "пять\nнет\nчужой\n6.\n"));
}

TEST(tables_keep_spans_merges_and_header_rows)
{
	AUTO_ARENA(a, GIB);
	CHECK_STR(text_of(&a,
	                  "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:p>" R(
	                          "№") "</w:p></w:tc><w:tc><w:tcPr>"
	                               "<w:gridSpan w:val=\"2\"/></w:tcPr>" P(R("Срок")) P(R(
	                                       "и вид")) "</w:tc></w:tr>"
	                                                 "<w:tr><w:tc><w:tcPr><w:vMerge "
	                                                 "w:val=\"restart\"/></w:tcPr>" P(R("1")) "</w:tc><w:tc>" P("") "</w:tc><w:tc><w:p>" R("до") "</w:p><w:tbl><w:tr><w:tc>" P(
	                                                         R("внутри")) "</w:tc></w:tr></"
	                                                                      "w:tbl>" P(
	                                                                              "") "</"
	                                                                                  "w:tc>"
	                                                                                  "</"
	                                                                                  "w:tr>"
	                                                                                  "<w:"
	                                                                                  "tr><"
	                                                                                  "w:tc>"
	                                                                                  "<w:"
	                                                                                  "tcPr>"
	                                                                                  "<w:"
	                                                                                  "vMerg"
	                                                                                  "e/></"
	                                                                                  "w:"
	                                                                                  "tcPr"
	                                                                                  ">" P("") "</w:tc></w:tr><w:tr><w:trPr>"
	                                                                                            "<w:del/></w:trPr><w:tc>" P(R("удалена")) "</w:tc></w:tr></w:tbl>" P(
	                                                                                                    R("после")),
	                  NULL),
	        STR("[h:№/1|Срок\nи вид/2]\n[1/1|/1|до\nвнутри/1]\n[/1^]\nпосле\n"));
}

TEST(page_breaks_stand_between_paragraphs)
{
	AUTO_ARENA(a, GIB);
	CHECK_STR(text_of(&a,
	                  P(R("а") "<w:r><w:br w:type=\"page\"/></w:r>" R("б"))
	                          P("<w:pPr><w:pageBreakBefore/></w:pPr>" R("в"))
	                                  P("<w:pPr><w:sectPr/></w:pPr>" R("г")),
	                  NULL),
	        STR("а\n---\nб\n---\nв\nг\n---\n"));
}

TEST(styles_give_headings_alignment_boldness_and_lists)
{
	AUTO_ARENA(a, GIB);
	struct rich rich = read(&a,
	        P("<w:pPr><w:pStyle w:val=\"1\"/></w:pPr>" R("Глава")) P(
	                "<w:pPr><w:jc "
	                "w:val=\"right\"/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>Приложение</w:t></"
	                "w:r>") P("<w:pPr><w:pStyle w:val=\"1\"/></w:pPr><w:r><w:rPr><w:b "
	                          "w:val=\"0\"/></w:rPr><w:t>x</w:t></w:r>")
	                P(R("просто") "<w:r><w:rPr><w:vanish/></w:rPr><w:t>тайно</w:t></w:r>"),
	        "<w:style w:type=\"paragraph\" w:styleId=\"0\" w:default=\"1\"><w:name "
	        "w:val=\"Normal\"/></w:style><w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name "
	        "w:val=\"heading 2\"/><w:basedOn w:val=\"2\"/><w:pPr><w:jc "
	        "w:val=\"center\"/></w:pPr></w:style><w:style w:type=\"paragraph\" "
	        "w:styleId=\"2\"><w:name w:val=\"База\"/><w:basedOn "
	        "w:val=\"1\"/><w:rPr><w:b/></w:rPr></w:style>",
	        NULL);
	REQUIRE(rich.n == 4);
	CHECK_INT(rich.block[0].level, 2);
	CHECK_STR(rich.block[0].style, STR("heading 2"));
	CHECK(rich.block[0].bold && rich.block[0].center && !rich.block[0].right);
	CHECK(rich.block[1].bold && rich.block[1].right && rich.block[1].level == 0);
	CHECK(!rich.block[2].bold);
	CHECK_STR(rich.block[3].text, STR("просто"));
	CHECK_STR(rich.block[3].style, STR("Normal"));
}

TEST(a_text_box_is_read_once)
{
	AUTO_ARENA(a, GIB);
	CHECK_STR(text_of(&a,
	                  P(R("снаружи") "<w:r><mc:AlternateContent><mc:Choice><v:x><w:"
	                                 "txbxContent>" P(R(
	                                         "в рамке")) "</w:txbxContent></v:x></"
	                                                     "mc:Choice><mc:Fallback><v:x>"
	                                                     "<w:txbxContent>" P(R(
	                                                             "в рамке")) "</"
	                                                                         "w:"
	                                                                         "txbxCont"
	                                                                         "ent></"
	                                                                         "v:x></"
	                                                                         "mc:"
	                                                                         "Fallback"
	                                                                         "></"
	                                                                         "mc:"
	                                                                         "Alternat"
	                                                                         "eContent"
	                                                                         "></"
	                                                                         "w:r>" R(" тоже")),
	                  NULL),
	        STR("в рамке\nснаружи тоже\n"));
}

TEST(other_documents_are_told_apart)
{
	AUTO_ARENA(a, GIB);
	struct rich rich;
	struct err e = {0};
	CHECK_INT(docx_read(&a, STR("просто текст"), &rich, &e), EC_INPUT);
	CHECK_INT(docx_read(&a, make_xlsx(&a, make_sheet(&a, ""), NULL), &rich, &e), EC_INPUT);
	CHECK(str_has(str_c(e.msg), STR("книга Excel")));
	CHECK_INT(docx_read(&a, STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), &rich, &e), EC_INPUT);
	CHECK(str_has(str_c(e.msg), STR(".doc")));
}

TEST(elements_in_wrong_places_do_no_harm)
{
	AUTO_ARENA(a, GIB);
	CHECK_STR(text_of(&a,
	                  P("<w:pPr><w:tbl><w:tr><w:tc/></w:tr></w:tbl><w:p><w:r/></w:p></w:pPr>" R(
	                          "а")) "<w:tc>" P(R("б")) "</w:tc><w:tr/><w:r><w:t>в</w:t></w:r>",
	                  NULL),
	        STR("\nа\nб\n"));
}

#include "base/file.h"
#include "base/limits.h"
#include "make.h"
#include "pack/xlsx_book.h"
#include "pack/xlsx_read.h"
#include "test.h"

#include <ftw.h>
#include <string.h>

/* Reads with both engines, demands one result, returns the text of the rows. */
static struct str both(struct arena *a, struct str file, enum ec *ret_code, struct err *e)
{
	struct made_text fast = {.a = a}, slow = {.a = a};
	struct sheet_sink fast_sink = made_sink(&fast), slow_sink = made_sink(&slow);
	struct err slow_e = {0};
	*e = (struct err){0};
	*ret_code = xlsx_read(a, file, XLSX_ENGINE_BEST, &fast_sink, e);
	CHECK_INT(xlsx_read(a, file, XLSX_ENGINE_EXPAT, &slow_sink, &slow_e), *ret_code);
	CHECK_STR(fast.text, slow.text);
	CHECK_STR(fast.merged, slow.merged);
	CHECK_STR(str_c(e->msg), str_c(slow_e.msg));
	return fast.text;
}

static struct str rows_of(struct arena *a, const char *rows)
{
	enum ec code;
	struct err e;
	struct str text = both(a, make_xlsx(a, make_sheet(a, rows), NULL), &code, &e);
	if (!CHECK_INT(code, EC_OK))
		test_check(false, __FILE__, __LINE__, e.msg);
	return text;
}

TEST(cells_of_every_type_are_read)
{
	AUTO_ARENA(a, GIB);
	enum ec code;
	struct err e;
	const char *strings =
	        "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"
	        "<si><t>Код</t></si><si><t xml:space=\"preserve\"> a&amp;b&#1046; "
	        "</t></si></sst>";
	const char *rows =
	        "<row r=\"2\" spans=\"1:9\" ht=\"15\" hidden=\"1\"><c r=\"A2\" t=\"s\"><v>0</v></c>"
	        "<c r=\"B2\" t=\"s\"><v>1</v></c><c r=\"D2\" s=\"0\"><v>3.50</v></c>"
	        "<c r=\"E2\" s=\"1\"><v>44600</v></c><c r=\"F2\" t=\"b\"><v>1</v></c>"
	        "<c r=\"G2\" t=\"e\"><v>#N/A</v></c><c r=\"H2\" "
	        "t=\"str\"><f>A1&amp;\"x\"</f><v>ф</v></c>"
	        "<c r=\"I2\" t=\"inlineStr\"><is><t>строка_x000A_два</t></is></c><c r=\"J2\" "
	        "s=\"2\"/></row>\n<row><c s=\"2\"><v>1</v></c><c><v></v></c><c><v>7</v></c></row>";
	struct str text = both(&a, make_xlsx(&a, make_sheet(&a, rows), strings), &code, &e);
	CHECK_INT(code, EC_OK);
	CHECK_STR(text, STR("2h: A=t:Код B=t: a&bЖ  D=n:3.50 E=nd:44600 F=b:1 G=e:#N/A H=t:ф "
	                    "I=t:строка\nдва\n3: A=nd:1 C=n:7\n"));
}

TEST(merged_cells_are_told_at_the_end)
{
	AUTO_ARENA(a, GIB);
	struct made_text m = {.a = &a};
	struct sheet_sink sink = made_sink(&m);
	struct err e;
	struct str file =
	        make_xlsx(&a, make_sheet(&a, "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"), NULL);
	REQUIRE(sheet_read(&a, file, STR("ф.xlsx"), &sink, &e) == EC_OK);
	CHECK_STR(m.merged, STR("A1:B2 "));
	CHECK_INT(m.sheets, 1);
}

TEST(unusual_xml_is_read_as_expat_reads_it)
{
	AUTO_ARENA(a, GIB);
	CHECK_STR(rows_of(&a, "<!-- x --><row r=\"1\"><c r=\"A1\"><v><![CDATA[5]]></v></c></row>"),
	        STR("1: A=n:5\n"));
	CHECK_STR(rows_of(&a, "<row r='1'><c r='A1'><v>5</v></c></row>"), STR("1: A=n:5\n"));
	CHECK_STR(rows_of(&a, "<row r=\"1\"><c r=\"A1\" "
	                      "t=\"inlineStr\"><is><r><rPr><b/></rPr><t>жир</t></r>"
	                      "<r><t>ный</t></r><rPh><t>нет</t></rPh></is></c></row>"),
	        STR("1: A=t:жирный\n"));
	CHECK_STR(rows_of(&a,
	                  "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>\r\n<row r=\"2\"><c r=\"A2\" "
	                  "t=\"str\"><v>a\r\nb</v></c></row>"),
	        STR("1: A=n:1\n2: A=t:a\nb\n"));
	/* the first row is sent by the scanner, expat passes over it */
	CHECK_STR(rows_of(&a, "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><x/><c "
	                      "r=\"A2\"><v>2</v></c></row>"),
	        STR("1: A=n:1\n2: A=n:2\n"));
	CHECK_STR(
	        rows_of(&a, "<row r=\"1\"><c r=\"C1\"><v>3</v></c><c r=\"A1\"><v>1</v></c></row>"),
	        STR("1: A=n:1 C=n:3\n"));
}

TEST(a_sheet_with_prefixed_names_is_read)
{
	AUTO_ARENA(a, GIB);
	enum ec code;
	struct err e;
	struct str text = both(&a,
	        make_xlsx(&a,
	                "<x:worksheet xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\">"
	                "<x:sheetData><x:row r=\"1\"><x:c r=\"A1\"><x:v>1</x:v></x:c><y:c "
	                "xmlns:y=\"urn:other\" r=\"B1\"><y:v>2</y:v></y:c></x:row></x:sheetData></"
	                "x:worksheet>",
	                NULL),
	        &code, &e);
	CHECK_INT(code, EC_OK);
	CHECK_STR(text, STR("1: A=n:1\n"));
}

TEST(wrong_sheets_are_refused_with_their_place)
{
	static const struct {
		const char *rows, *said;
	} wrong[] = {
	        {"<row r=\"1\"><c r=\"B1\" t=\"s\"><v>7</v></c></row>", "лист «Лист», ячейка B1"},
	        {"<row r=\"1\"><c r=\"B2\"><v>7</v></c></row>", "лист «Лист», строка 1"},
	        {"<row r=\"1\"><c r=\"XFE1\"><v>7</v></c></row>", "неверный адрес"},
	        {"<row r=\"2\"/><row r=\"2\"/>", "не по порядку"},
	        {"<row r=\"x\"/>", "номер строки"},
	        {"<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>",
	                "записана дважды"},
	        {"<row r=\"1\"><c r=\"A1\"><v>1</v></row>", "повреждён XML"},
	        {"<row r=\"1\"><c r=\"A1\"><v>1&nbsp;</v></c></row>", "повреждён XML"},
	        {"<row r=\"1\"><c r=\"A1\" r=\"A1\"><v>1</v></c></row>", "повреждён XML"},
	        {"<row r=\"1\"><c r=\"A1\" t=\"str\"><v>\xEF\xBF\xBE</v></c></row>",
	                "повреждён XML"},
	        {"<row r=\"1\"><c r=\"A1\" t=\"str\"><v>]]></v></c></row>", "повреждён XML"},
	        {"<row r=\"1\"><c r=\"A1\" t=\"str\"><v>\x01</v></c></row>", "повреждён XML"},
	};
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		AUTO_ARENA(a, GIB);
		enum ec code;
		struct err e;
		both(&a, make_xlsx(&a, make_sheet(&a, wrong[i].rows), NULL), &code, &e);
		CHECK_INT(code, EC_INPUT);
		if (!CHECK(str_has(str_c(e.msg), str_c(wrong[i].said))))
			test_check(false, e.msg, (int)i, wrong[i].said);
	}
}

TEST(more_columns_than_excel_has_are_a_limit)
{
	AUTO_ARENA(a, GIB);
	char *rows = arena_alloc(&a, 16385 * 4 + 100);
	memcpy(rows, "<row>", 5);
	for (size_t i = 0; i < 16385; i++)
		memcpy(rows + 5 + i * 4, "<c/>", 4);
	memcpy(rows + 5 + 16385 * 4, "</row>", 7);
	enum ec code;
	struct err e;
	both(&a, make_xlsx(&a, make_sheet(&a, rows), NULL), &code, &e);
	CHECK_INT(code, EC_LIMIT);
}

TEST(the_consumer_may_stop_the_reading)
{
	AUTO_ARENA(a, GIB);
	struct str file = make_xlsx(&a,
	        make_sheet(&a, "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><c "
	                       "r=\"A2\"><v>1</v></c></row>"),
	        NULL);
	struct made_text m = {.a = &a, .stop_at = 2};
	struct sheet_sink sink = made_sink(&m);
	struct err e = {0};
	CHECK_INT(sheet_read(&a, file, STR("ф.xlsx"), &sink, &e), EC_CONFLICT);
	CHECK_STR(str_c(e.msg), STR("строка 2 не нужна"));
	CHECK_INT(m.rows, 2);
}

TEST(other_files_are_told_apart)
{
	AUTO_ARENA(a, GIB);
	struct made_text m = {.a = &a};
	struct sheet_sink sink = made_sink(&m);
	struct err e = {0};
	const struct make_part word = {"word/document.xml", STR("<x/>"), true};
	CHECK_INT(sheet_read(&a, make_zip(&a, &word, 1), STR("д.docx"), &sink, &e), EC_INPUT);
	CHECK(str_has(str_c(e.msg), STR("документ Word")));
	CHECK_INT(
	        sheet_read(&a, STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1..."), STR("д.xls"), &sink, &e),
	        EC_INPUT);
	CHECK(str_has(str_c(e.msg), STR(".xls")));
	CHECK_INT(sheet_read(&a, STR(""), STR("x"), &sink, &e), EC_INPUT);
}

TEST(serial_numbers_become_dates)
{
	const struct sheet_info info = {0}, mac = {.epoch_1904 = true};
	struct sheet_cell c = {.kind = CELL_NUMBER, .date = true};
	struct date d;
	static const struct {
		const char *serial;
		int y, m, d;
	} known[] = {{"1", 1900, 1, 1}, {"59", 1900, 2, 28}, {"61", 1900, 3, 1},
	        {"44600", 2022, 2, 8}, {"44600.75", 2022, 2, 8}, {"2958465", 9999, 12, 31}};
	for (size_t i = 0; i < ARRAY_LEN(known); i++) {
		c.text = str_c(known[i].serial);
		REQUIRE(sheet_cell_date(&info, &c, &d));
		CHECK_INT(date_cmp(d, date_make(known[i].y, known[i].m, known[i].d)), 0);
	}
	c.text = STR("43138");
	REQUIRE(sheet_cell_date(&mac, &c, &d));
	CHECK_INT(date_cmp(d, date_make(2022, 2, 8)), 0);
	c.text = STR("2958466");
	CHECK(!sheet_cell_date(&info, &c, &d));
	c.date = false;
	c.text = STR("44600");
	CHECK(!sheet_cell_date(&info, &c, &d));
}

TEST(number_formats_of_dates_are_recognised)
{
	CHECK(xlsx_format_is_date(STR("dd/mm/yyyy")));
	CHECK(xlsx_format_is_date(STR("[$-F800]dddd\\,\\ mmmm")));
	CHECK(xlsx_format_is_date(STR("[h]:mm")));
	CHECK(!xlsx_format_is_date(STR("General")));
	CHECK(!xlsx_format_is_date(STR("0.00\"дней\\d\"")));
	CHECK(!xlsx_format_is_date(STR("[Red]0")));
	CHECK(!xlsx_format_is_date(STR("# ##0\\ \"d\"")));
}

/* The callback of nftw has no user pointer; a test program is one thread. */
static unsigned files_seen;

static int compare_file(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st, (void)ftw;
	struct str name = str_c(path);
	if (kind != FTW_F || !str_ends(name, STR(".xlsx")))
		return 0;
	AUTO_ARENA(a, 4 * GIB);
	struct str bytes;
	struct err e = {0};
	if (!CHECK(file_read(&a, path, LIMIT_FILE, &bytes, &e) == EC_OK))
		return 0;
	uint64_t sum[2];
	for (int engine = 0; engine < 2; engine++) {
		struct made_sum m = {0};
		struct sheet_sink sink = made_sum_sink(&m);
		CHECK_INT(xlsx_read(&a, bytes, (enum xlsx_engine)engine, &sink, &e), EC_OK);
		CHECK(m.rows > 0);
		sum[engine] = m.sum;
	}
	CHECK(sum[0] == sum[1]);
	files_seen++;
	return 0;
}

TEST(both_engines_agree_on_every_real_export)
{
	const char *folder = test_shared("data/vpr");
	SKIP_IF(folder == NULL, "no ../shared/data/vpr");
	files_seen = 0;
	CHECK(nftw(folder, compare_file, 8, FTW_PHYS) == 0);
	CHECK(files_seen > 0);
}

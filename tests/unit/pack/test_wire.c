#include "base/limits.h"
#include "make.h"
#include "pack/docx_read.h"
#include "pack/rich_wire.h"
#include "pack/sheet_wire.h"
#include "pack/xlsx_read.h"
#include "test.h"

struct collected {
	struct buf b;
};

static enum ec collect(void *user, struct str piece, struct err *e)
{
	(void)e;
	buf_add(&((struct collected *)user)->b, piece);
	return EC_OK;
}

static struct str sheet_bytes(struct arena *a)
{
	struct collected all;
	buf_init(&all.b, a, MIB);
	struct sheet_wire_out out;
	sheet_wire_out_init(&out, a, &all, collect);
	struct sheet_sink sink = sheet_wire_sink(&out);
	struct err e = {0};
	struct str file = make_xlsx(a,
	        make_sheet(a, "<row r=\"2\" hidden=\"1\"><c r=\"B2\" s=\"1\"><v>44600</v></c><c "
	                      "r=\"XFD2\" "
	                      "t=\"str\"><v>край</v></c></row><row r=\"1048576\"><c "
	                      "t=\"e\"><v>#N/A</v></c></row>"),
	        NULL);
	CHECK_OK(sheet_read(a, file, STR("x"), &sink, &e));
	return buf_str(&all.b);
}

TEST(a_sheet_across_the_wire_is_the_same_sheet)
{
	AUTO_ARENA(a, GIB);
	struct made_text m = {.a = &a};
	struct sheet_sink sink = made_sink(&m);
	struct sheet_wire_in in;
	sheet_wire_in_init(&in, &a, &sink);
	struct err e = {0};
	CHECK_OK(sheet_wire_take(&in, sheet_bytes(&a), &e));
	CHECK_OK(sheet_wire_done(&in, &e));
	CHECK_STR(m.text, STR("2h: B=nd:44600 XFD=t:край\n1048576: A=e:#N/A\n"));
	CHECK_STR(m.merged, STR("A1:B2 "));
}

TEST(a_cut_or_changed_answer_is_refused_or_read_but_never_trusted)
{
	AUTO_ARENA(a, GIB);
	struct str whole = sheet_bytes(&a);
	for (size_t n = 0; n <= whole.n; n++)
		for (int change = 0; change < 256; change += n < whole.n ? 5 : 256) {
			struct made_text m = {.a = &a};
			struct sheet_sink sink = made_sink(&m);
			struct sheet_wire_in in;
			sheet_wire_in_init(&in, &a, &sink);
			struct err e = {0};
			char *p = str_z(&a, whole);
			if (n < whole.n)
				p[n] = (char)change;
			enum ec code = sheet_wire_take(&in, (struct str){p, whole.n}, &e);
			CHECK(code == EC_OK || code == EC_INPUT);
			if (n > 0 && n < whole.n && change == 0) {
				sheet_wire_in_init(&in, &a, &sink);
				code = sheet_wire_take(&in, str_sub(whole, 0, n), &e);
				CHECK(code == EC_INPUT || sheet_wire_done(&in, &e) == EC_INPUT);
			}
		}
}

TEST(a_document_across_the_wire_is_the_same_document)
{
	AUTO_ARENA(a, GIB);
	struct rich before = {0}, after = {0};
	struct err e = {0};
	REQUIRE(docx_read(&a,
	                make_docx(&a,
	                        "<w:p><w:pPr><w:jc w:val=\"center\"/><w:outlineLvl "
	                        "w:val=\"0\"/></w:pPr><w:r><w:rPr><w:b/>"
	                        "</w:rPr><w:t>ПРИКАЗ</w:t></w:r></"
	                        "w:p><w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>"
	                        "<w:tcPr><w:gridSpan "
	                        "w:val=\"3\"/></w:tcPr><w:p><w:r><w:t>а</w:t></w:r></w:p></"
	                        "w:tc><w:tc>"
	                        "<w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></"
	                        "w:tbl><w:p><w:r><w:br "
	                        "w:type=\"page\"/></w:r></w:p>",
	                        NULL, NULL),
	                &before, &e) == EC_OK);
	struct buf b;
	buf_init(&b, &a, MIB);
	rich_wire_put(&b, &before);
	REQUIRE(rich_wire_take(&a, buf_str(&b), &after, &e) == EC_OK);
	REQUIRE(after.n == before.n && after.n == 4);
	CHECK_STR(after.block[0].text, STR("ПРИКАЗ"));
	CHECK(after.block[0].bold && after.block[0].center && after.block[0].level == 1);
	CHECK(after.block[1].row[0].header && after.block[1].row[0].n == 2);
	CHECK_INT(after.block[1].row[0].cell[0].colspan, 3);
	CHECK(after.block[1].row[0].cell[1].continues);
	CHECK_INT(after.block[2].kind, RICH_PAGE);
	for (size_t n = 0; n < b.n; n++)
		CHECK_INT(rich_wire_take(&a, str_sub(buf_str(&b), 0, n), &after, &e), EC_INPUT);
}

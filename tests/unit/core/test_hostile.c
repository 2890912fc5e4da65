/* Files made to do harm, and files broken by accident: each ends in a message that says what to do,
 * within the limits of the jail, and the program goes on. */
#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "core/intake.h"
#include "pack/ocr.h"
#include "test.h"
#include "unit/pack/make.h"

#include <string.h>
#include <unistd.h>

/* The real program beside the tests in the build folder. */
static struct jail real_jail(struct arena *a)
{
	char own[4096];
	ssize_t n = readlink("/proc/self/exe", own, sizeof(own));
	BUG_IF(n <= 0);
	while (n > 0 && own[n - 1] != '/')
		n--;
	return (struct jail){.exe = arena_printf(a, "%.*s../../../src/cli/soko", (int)n, own)};
}

/* Reads a document in the jail; the answer's code, its message in e. */
static enum ec intake(
        struct arena *a, struct str bytes, const char *name, struct source *ret, struct err *e)
{
	struct jail jail = real_jail(a);
	struct ctx ctx = {.a = a, .jail = &jail};
	*e = (struct err){0};
	*ret = (struct source){0};
	return intake_document(&ctx, bytes, str_c(name), ret, e);
}

/* Is refused with a code and words. The words «аварийно» and «недопустимого» would mean that the
 * reader was ended by force. */
static void refused(struct str bytes, const char *name, enum ec code, const char *words, int line)
{
	AUTO_ARENA(a, 4 * GIB);
	struct source s;
	struct err e;
	struct str msg;
	test_int(intake(&a, bytes, name, &s, &e), code, name, line, "code");
	msg = str_c(e.msg);
	if (!str_has(msg, str_c(words)))
		test_str(msg, str_c(words), name, line, "message");
	test_check(!str_has(msg, STR("аварийно")) && !str_has(msg, STR("недопустимого")), name,
	        line, "not by force");
}
#define REFUSED(bytes, name, code, words) refused(bytes, name, code, words, __LINE__)

#define NO_PROGRAM(a) SKIP_IF(!file_exists(real_jail(a).exe), "the program is not built")

static struct str filled(struct arena *a, char c, size_t n)
{
	char *p = arena_alloc(a, n + 1);
	memset(p, c, n);
	return (struct str){p, n};
}

TEST(an_empty_file_and_files_of_other_sorts_are_named)
{
	AUTO_ARENA(a, 64 * MIB);
	NO_PROGRAM(&a);
	REFUSED(STR("{\\rtf1\\ansi текст}"), "a.docx", EC_INPUT, "это RTF");
	REFUSED(((struct str){"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 doc", 12}), "a.docx", EC_INPUT,
	        "старого формата Word");
	REFUSED(((struct str){"\x7F\x45LF\2\1\1\0\0\0", 10}), "a.pdf", EC_INPUT,
	        "это не текстовый документ");
	REFUSED(STR("PK\3\4"), "a.docx", EC_INPUT, "архив повреждён");
	struct source s;
	struct err e;
	CHECK_INT(intake(&a, STR(""), "a.docx", &s, &e), EC_OK);
	CHECK_INT(s.n, 0);
}

TEST(the_content_decides_what_a_file_is_and_not_its_name)
{
	AUTO_ARENA(a, GIB);
	NO_PROGRAM(&a);
	static const struct make_pdf_text t[] = {{0, 50, 100, STR_INIT("Приказ о проверке школ")}};
	struct source s;
	struct err e;
	CHECK_INT(intake(&a, make_pdf(&a, t, 1), "приказ.docx", &s, &e), EC_OK);
	CHECK_INT(s.format, SOURCE_PDF);
	CHECK_INT(intake(&a, make_docx(&a, "<w:p><w:r><w:t>Приказ</w:t></w:r></w:p>", NULL, NULL),
	                  "приказ.pdf", &s, &e),
	        EC_OK);
	CHECK_INT(s.format, SOURCE_DOCX);
	CHECK_INT(intake(&a, STR("Приказ\n"), "приказ.odt", &s, &e), EC_OK);
	CHECK_INT(s.format, SOURCE_TEXT);
}

TEST(bombs_of_zip_and_xml_are_not_unpacked)
{
	AUTO_ARENA(a, 2 * GIB);
	NO_PROGRAM(&a);
	struct str zeros = filled(&a, ' ', 300 * MIB);
	struct make_part bomb[] = {{.name = "word/document.xml", .bytes = zeros}};
	REFUSED(make_zip(&a, bomb, 1), "bomb.docx", EC_LIMIT, "сжат");
	struct make_part entity[] = {{.name = "[Content_Types].xml", .bytes = STR_INIT("<Types/>")},
	        {.name = "word/document.xml",
	                .bytes = STR_INIT(
	                        "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\">"
	                        "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
	                        "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]><d>&c;</d>")}};
	REFUSED(make_zip(&a, entity, ARRAY_LEN(entity)), "entity.docx", EC_INPUT, "DOCTYPE");
}

static struct str nested(struct arena *a, const char *open, const char *inside, const char *close)
{
	enum { DEPTH = 300 };
	struct buf b;
	buf_init(&b, a, 16 * MIB);
	for (size_t i = 0; i < DEPTH; i++)
		buf_add_z(&b, open);
	buf_add_z(&b, inside);
	for (size_t i = 0; i < DEPTH; i++)
		buf_add_z(&b, close);
	return buf_str(&b);
}

TEST(tables_nested_without_end_meet_a_limit)
{
	AUTO_ARENA(a, GIB);
	NO_PROGRAM(&a);
	struct str docx = nested(&a, "<w:tbl><w:tr><w:tc>", "<w:p/>", "</w:tc></w:tr></w:tbl>");
	REFUSED(make_docx(&a, docx.p, NULL, NULL), "deep.docx", EC_LIMIT, "вложен");
	struct str odt = nested(&a, "<table:table><table:table-row><table:table-cell>", "<text:p/>",
	        "</table:table-cell></table:table-row></table:table>");
	REFUSED(make_odt(&a, odt.p, NULL, NULL), "deep.odt", EC_LIMIT, "вложен");
	struct source s;
	struct err e;
	struct str html = nested(&a, "<table><tr><td>", "слово", "</td></tr></table>");
	CHECK_INT(intake(&a, str_cat(&a, STR("<html><body>"), html), "deep.html", &s, &e), EC_OK);
	CHECK(str_has(s.text, STR("слово")));
}

TEST(two_hundred_megabytes_of_blanks_are_refused_at_once)
{
	AUTO_ARENA(a, GIB);
	NO_PROGRAM(&a);
	REFUSED(filled(&a, ' ', 200 * MIB), "blank.txt", EC_LIMIT, "документ больше 8 МБ");
	REFUSED(filled(&a, ' ', 200 * MIB + 1), "blank.txt", EC_LIMIT, "больше");
}

TEST(a_truncated_pdf_and_one_of_ten_thousand_pages_are_refused)
{
	AUTO_ARENA(a, GIB);
	NO_PROGRAM(&a);
	static const struct make_pdf_text t[] = {
	        {0, 50, 100, STR_INIT("Приказ")}, {9999, 50, 100, STR_INIT("конец")}};
	struct str whole = make_pdf(&a, t, 1);
	REFUSED(str_sub(whole, 0, 60), "cut.pdf", EC_INPUT, "PDF повреждён");
	REFUSED(make_pdf(&a, t, 2), "long.pdf", EC_LIMIT, "в PDF больше 2000 страниц");
}

static void be32(struct buf *b, uint32_t v)
{
	for (int i = 24; i >= 0; i -= 8)
		buf_byte(b, (char)(v >> i));
}

/* The head of a PNG of the given size; nothing of it is there. */
static struct str png_head(struct arena *a, uint32_t w, uint32_t h)
{
	struct buf b;
	buf_init(&b, a, KIB);
	buf_add(&b, (struct str){"\x89PNG\r\n\x1A\n", 8});
	be32(&b, 13);
	buf_add_z(&b, "IHDR");
	be32(&b, w);
	be32(&b, h);
	buf_add(&b, (struct str){"\x08\0\0\0\0", 5});
	be32(&b, 0);
	for (int i = 0; i < 4; i++)
		be32(&b, 0);
	return buf_str(&b);
}

/* A TIFF of one page without compression that has only its directory. */
static struct str tiff_head(struct arena *a, uint32_t w, uint32_t h, uint32_t next)
{
	const uint32_t tag[][3] = {{0x100, 4, w}, {0x101, 4, h}, {0x102, 3, 8}, {0x103, 3, 1},
	        {0x106, 3, 1}, {0x111, 4, 8}, {0x116, 4, h}, {0x117, 4, 100}};
	struct buf b;
	buf_init(&b, a, KIB);
	buf_add(&b, (struct str){"II*\0\x08\0\0\0", 8});
	buf_add(&b, (struct str){(char[]){ARRAY_LEN(tag), 0}, 2});
	for (size_t i = 0; i < ARRAY_LEN(tag); i++) {
		const uint32_t v[] = {tag[i][0] | tag[i][1] << 16, 1, tag[i][2]};
		buf_add_n(&b, v, sizeof(v));
	}
	buf_add_n(&b, &next, sizeof(next));
	return buf_str(&b);
}

TEST(pictures_that_would_unpack_to_gigabytes_are_refused_by_their_heads)
{
	AUTO_ARENA(a, GIB);
	NO_PROGRAM(&a);
	struct ocr *o = ocr_prepare();
	bool there = o != NULL;
	ocr_free(o);
	SKIP_IF(!there, "tesseract-ocr-rus IS NOT INSTALLED");
	REFUSED(png_head(&a, 100000, 100000), "bomb.png", EC_LIMIT, "слишком велико");
	REFUSED(png_head(&a, 1000, 1000), "cut.png", EC_INPUT, "изображение повреждено");
	REFUSED(tiff_head(&a, 100000, 100000, 0), "bomb.tif", EC_LIMIT, "слишком велико");
	/* the first page is a good one */
	struct str first = tiff_head(&a, 1000, 1000, 200), second = tiff_head(&a, 100000, 9, 0);
	struct str both = str_cat(&a, first, filled(&a, 0, 200 - first.n));
	REFUSED(str_cat(&a, both, str_skip(second, 8)), "second.tif", EC_INPUT,
	        "изображение повреждено");
	second = tiff_head(&a, 100000, 100000, 0);
	REFUSED(str_cat(&a, both, str_skip(second, 8)), "second.tif", EC_LIMIT, "слишком велико");
	REFUSED(tiff_head(&a, 1000, 1000, 8), "loop.tif", EC_LIMIT, "больше 200 страниц");
	REFUSED(((struct str){"\xFF\xD8\xFF\xE0 not a picture", 18}), "a.jpg", EC_INPUT,
	        "изображение повреждено");
}

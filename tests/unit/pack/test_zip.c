#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "make.h"
#include "pack/xml.h"
#include "pack/zipfile.h"
#include "test.h"

#include <string.h>

static enum ec read_first(struct arena *a, struct str bytes, struct str *ret, struct err *e)
{
	struct zipfile z;
	*e = (struct err){0};
	TRY(zipfile_open(a, bytes, &z, e));
	if (z.n == 0)
		return EC_NOTFOUND;
	return zipfile_read(&z, &z.entry[0], a, ret, e);
}

/* A copy that may be damaged. */
static char *copy(struct arena *a, struct str s)
{
	return memcpy(arena_alloc(a, s.n), s.p, s.n);
}

static void put32(char *p, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		p[i] = (char)(v >> (8 * i) & 0xFF);
}

TEST(stored_and_deflated_entries_are_unpacked)
{
	AUTO_ARENA(a, GIB);
	const struct make_part part[] = {{"a.txt", STR("школа школа школа"), false},
	        {"dir/B.txt", STR("\0\1\2"), true}, {"empty", STR(""), false}};
	struct zipfile z;
	struct err e = {0};
	struct str s;
	REQUIRE(zipfile_open(&a, make_zip(&a, part, 3), &z, &e) == EC_OK);
	CHECK(!z.general);
	for (size_t i = 0; i < 3; i++) {
		REQUIRE(zipfile_read(&z, zipfile_find(&z, str_c(part[i].name)), &a, &s, &e) ==
		        EC_OK);
		CHECK_STR(s, part[i].bytes);
	}
	CHECK(zipfile_find(&z, STR("DIR/b.TXT")) == &z.entry[1]);
	CHECK(zipfile_find(&z, STR("../a.txt")) == NULL);
}

TEST(other_methods_are_unpacked_by_libzip)
{
	AUTO_ARENA(a, GIB);
	struct str bytes, s;
	struct err e;
	REQUIRE(file_read(&a, test_source("tests/fuzz/corpus/zip/bzip2.zip"), MIB, &bytes, &e) ==
	        EC_OK);
	struct zipfile z;
	REQUIRE(zipfile_open(&a, bytes, &z, &e) == EC_OK);
	CHECK(z.general);
	REQUIRE(zipfile_read(&z, &z.entry[0], &a, &s, &e) == EC_OK);
	CHECK_STR(s, STR("abcabcabcabcabcabcabcabcabcabc"));
}

TEST(bytes_before_the_archive_do_no_harm)
{
	AUTO_ARENA(a, GIB);
	const struct make_part part = {"a.txt", STR("школа школа школа"), false};
	struct str s, zip = make_zip(&a, &part, 1);
	struct err e;
	if (!CHECK_INT(read_first(&a, str_cat(&a, STR("MZ something"), zip), &s, &e), EC_OK))
		test_check(false, e.msg, 0, "");
	CHECK_STR(s, part.bytes);
}

TEST(a_bomb_is_refused_before_it_is_unpacked)
{
	AUTO_ARENA(a, GIB);
	char *zeros = arena_alloc(&a, 20 * MIB);
	const struct make_part part = {"bomb", {zeros, 20 * MIB}, false};
	struct str s, zip = make_zip(&a, &part, 1);
	CHECK(zip.n < 100000);
	struct err e;
	size_t before = a.used;
	CHECK_INT(read_first(&a, zip, &s, &e), EC_LIMIT);
	CHECK(a.used - before < MIB);
	/* a size that is promised but never comes */
	char *p = copy(&a, zip);
	char *dir = memmem(p, zip.n, "PK\1\2", 4);
	REQUIRE(dir != NULL);
	put32(dir + 24, 0x7FFFFFFF);
	CHECK_INT(read_first(&a, (struct str){p, zip.n}, &s, &e), EC_LIMIT);
}

TEST(all_entries_together_have_a_limit)
{
	AUTO_ARENA(a, GIB);
	const struct make_part part = {"a.txt", STR("школа"), false};
	struct zipfile z;
	struct err e = {0};
	struct str s;
	REQUIRE(zipfile_open(&a, make_zip(&a, &part, 1), &z, &e) == EC_OK);
	z.left = 15;
	CHECK_INT(zipfile_read(&z, &z.entry[0], &a, &s, &e), EC_OK);
	CHECK_INT(zipfile_read(&z, &z.entry[0], &a, &s, &e), EC_LIMIT);
}

TEST(damaged_archives_are_refused)
{
	AUTO_ARENA(a, GIB);
	const struct make_part part[] = {
	        {"a", STR("школа школа школа"), false}, {"b", STR("xyz"), true}};
	struct str s, zip = make_zip(&a, part, 2);
	struct err e;
	for (size_t n = 0; n < zip.n; n++)
		CHECK_INT(read_first(&a, str_sub(zip, 0, n), &s, &e), EC_INPUT);
	char *p = copy(&a, zip), *dir = memmem(p, zip.n, "PK\1\2", 4);
	REQUIRE(dir != NULL);
	dir[16] ^= 1; /* CRC */
	CHECK_INT(read_first(&a, (struct str){p, zip.n}, &s, &e), EC_INPUT);
	CHECK(str_has(str_c(e.msg), STR("контрольная сумма")));
	dir[16] ^= 1;
	dir[8] |= 1; /* encrypted */
	CHECK_INT(read_first(&a, (struct str){p, zip.n}, &s, &e), EC_INPUT);
	CHECK(str_has(str_c(e.msg), STR("паролем")));
	dir[8] ^= 1;
	put32(dir + 46 + 1 + 42, 0); /* the second entry lies where the first one does */
	CHECK_INT(read_first(&a, (struct str){p, zip.n}, &s, &e), EC_INPUT);
	CHECK(str_has(str_c(e.msg), STR("накладываются")));
}

struct count {
	unsigned starts;
	size_t text;
};

static enum ec on_start(void *user, enum xml_ns ns, struct str name, xml_attrs attrs, struct err *e)
{
	(void)ns, (void)name, (void)attrs, (void)e;
	((struct count *)user)->starts++;
	return EC_OK;
}

static enum ec on_text(void *user, struct str piece, struct err *e)
{
	(void)e;
	((struct count *)user)->text += piece.n;
	return EC_OK;
}

static enum ec parse(struct str xml, struct count *c, struct err *e)
{
	*c = (struct count){0};
	*e = (struct err){0};
	const struct xml_sink sink = {.user = c, .start = on_start, .text = on_text};
	return xml_read(xml, "часть.xml", &sink, e);
}

TEST(entities_are_never_declared_or_expanded)
{
	struct count c;
	struct err e;
	CHECK_INT(parse(STR("<!DOCTYPE l [<!ENTITY a \"ха\"><!ENTITY b "
	                    "\"&a;&a;&a;&a;\">]><l>&b;</l>"),
	                  &c, &e),
	        EC_INPUT);
	CHECK(str_has(str_c(e.msg), STR("DOCTYPE")));
	CHECK_INT(c.text, 0);
	CHECK_INT(parse(STR("<!DOCTYPE l SYSTEM \"file:///etc/passwd\"><l/>"), &c, &e), EC_INPUT);
	CHECK_INT(parse(STR("<l>&lt;&#1078;&nbsp;</l>"), &c, &e), EC_INPUT);
	CHECK_INT(parse(STR("<l>&lt;&#1078;</l>"), &c, &e), EC_OK);
	CHECK_INT(c.text, 3);
}

TEST(deep_xml_and_long_attributes_meet_their_limits)
{
	AUTO_ARENA(a, GIB);
	struct buf b;
	struct count c;
	struct err e;
	buf_init(&b, &a, 100 * MIB);
	for (int i = 0; i < 100000; i++)
		buf_add_z(&b, "<a>");
	CHECK_INT(parse(buf_str(&b), &c, &e), EC_LIMIT);
	CHECK_INT(c.starts, LIMIT_XML_DEPTH);
	buf_reset(&b);
	buf_add_z(&b, "<a b=\"");
	for (size_t i = 0; i < LIMIT_XML_ATTR; i++)
		buf_byte(&b, 'x');
	buf_add_z(&b, "\"/>");
	CHECK_INT(parse(buf_str(&b), &c, &e), EC_LIMIT);
	CHECK_INT(c.starts, 0);
}

TEST(namespaces_are_resolved_by_address_not_by_prefix)
{
	static const char word[] = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
	AUTO_ARENA(a, MIB);
	struct count c;
	struct err e;
	CHECK_INT(parse(str_printf(&a, "<z:a xmlns:z=\"%s\" xmlns:r=\"u\" r:id=\"5\"><z:b/></z:a>",
	                        word),
	                  &c, &e),
	        EC_OK);
	const char *attrs[] = {"xmlns:r", "u", "r:id", "5", "w:val", "off", "val", "1", NULL};
	CHECK_STR(xml_attr(attrs, "id"), STR("5"));
	CHECK(xml_attr(attrs, "r").p == NULL);
	CHECK(xml_attr_bool(attrs, "val", false));
	CHECK(!xml_attr_bool(attrs, "none", false));
}

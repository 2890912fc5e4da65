#include "test.h"
#include "text/decode.h"

#define PRIKAZ "Приказ № 5 «О сроках»: школы сдают отчёт до 15 мая"

static struct decoded decode(struct arena *a, struct str bytes)
{
	struct decoded d;
	text_decode(a, bytes, &d);
	return d;
}

TEST(utf8_is_kept_and_line_ends_become_one_byte)
{
	AUTO_ARENA(a, 1 << 20);
	struct decoded d = decode(&a, STR("\xef\xbb\xbf" PRIKAZ "\r\nдва\rтри\n"));
	CHECK_STR(d.text, STR(PRIKAZ "\nдва\nтри\n"));
	CHECK_INT(d.encoding, ENC_UTF8);
	CHECK(d.bom);
	CHECK_INT(d.bad, 0);
}

TEST(single_byte_pages_are_told_apart)
{
	AUTO_ARENA(a, 1 << 20);
	/* «Школа сдаёт отчёт.» in each page */
	struct decoded d =
	        decode(&a, STR("\xd8\xea\xee\xeb\xe0 \xf1\xe4\xe0\xb8\xf2 \xee\xf2\xf7\xb8\xf2."));
	CHECK_STR(d.text, STR("Школа сдаёт отчёт."));
	CHECK_STR(encoding_name(d.encoding), STR("Windows-1251"));
	d = decode(&a, STR("\x98\xaa\xae\xab\xa0 \xe1\xa4\xa0\xf1\xe2 \xae\xe2\xe7\xf1\xe2."));
	CHECK_STR(d.text, STR("Школа сдаёт отчёт."));
	CHECK_STR(encoding_name(d.encoding), STR("CP866"));
	d = decode(&a, STR("\xfb\xcb\xcf\xcc\xc1 \xd3\xc4\xc1\xa3\xd4 \xcf\xd4\xde\xa3\xd4."));
	CHECK_STR(d.text, STR("Школа сдаёт отчёт."));
	CHECK_STR(encoding_name(d.encoding), STR("KOI8-R"));
}

TEST(utf16_is_read_with_and_without_a_mark)
{
	AUTO_ARENA(a, 1 << 20);
	struct decoded d = decode(&a, STR("\xff\xfe\x34\x04\x30\x04"));
	CHECK_STR(d.text, STR("да"));
	CHECK_INT(d.encoding, ENC_UTF16LE);
	d = decode(&a, STR("\xfe\xff\x04\x34\x04\x30\xd8\x3d\xde\x00"));
	CHECK_STR(d.text, STR("да😀"));
	d = decode(&a, STR("\x34\x04\x30\x04\x20\x00\x31\x00\x33\x04"));
	CHECK_STR(d.text, STR("да 1г"));
	CHECK_INT(d.encoding, ENC_UTF16LE);
}

TEST(bad_bytes_are_counted_and_marked)
{
	AUTO_ARENA(a, 1 << 20);
	struct decoded d = decode(&a, STR(PRIKAZ "\xff" PRIKAZ));
	CHECK_INT(d.encoding, ENC_UTF8);
	CHECK_INT(d.bad, 1);
	CHECK(str_has(d.text, STR("мая\xEF\xBF\xBDПриказ")));
	CHECK_INT(decode(&a, STR("\xff\xfe\x34")).bad, 1);
	CHECK_INT(decode(&a, STR_NONE).text.n, 0);
}

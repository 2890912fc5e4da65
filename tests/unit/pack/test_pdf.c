#include "base/limits.h"
#include "make.h"
#include "pack/leptonica_library.h"
#include "pack/pdf_layout.h"
#include "pack/pdf_read.h"
#include "test.h"

#define T(page, x, y, text)                                                                        \
	{                                                                                          \
		page, x, y, STR_INIT(text)                                                         \
	}

static struct str text_of(struct arena *a, const struct make_pdf_text *t, size_t n)
{
	struct pdf_text pdf = {.text = STR("")};
	struct err e = {0};
	if (pdf_read(a, make_pdf(a, t, n), &pdf, &e) != EC_OK)
		test_check(false, __FILE__, __LINE__, e.msg);
	return pdf.text;
}

TEST(pdf_lines_come_from_top_to_bottom_and_paragraphs_are_set_apart)
{
	AUTO_ARENA(a, GIB);
	static const struct make_pdf_text t[] = {T(0, 50, 200, "второй абзац"),
	        T(0, 50, 100, "Приказ № 5"), T(0, 50, 112, "«О мерах» – ё")};
	CHECK_STR(text_of(&a, t, ARRAY_LEN(t)), STR("Приказ № 5\n«О мерах» – ё\n\nвторой абзац\n"));
}

TEST(pdf_columns_are_aligned_and_narrow_gaps_follow_wide_ones)
{
	AUTO_ARENA(a, GIB);
	/* letters are six points wide: «10» ends at 62, and 68 is one blank away */
	static const struct make_pdf_text t[] = {T(0, 50, 100, "1"), T(0, 68, 100, "Провести"),
	        T(0, 200, 100, "май"), T(0, 68, 112, "сверку"), T(0, 200, 112, "2023"),
	        T(0, 50, 124, "10"), T(0, 68, 124, "Издать сборник"), T(0, 200, 124, "июнь")};
	CHECK_STR(text_of(&a, t, ARRAY_LEN(t)),
	        STR("1    Провести                            май\n"
	            "     сверку                              2023\n"
	            "10   Издать сборник                      июнь\n"));
}

TEST(pdf_tables_are_read_by_their_ruling_lines)
{
	AUTO_ARENA(a, GIB);
	struct leptonica l;
	SKIP_IF(!leptonica_load(&l), "leptonica IS NOT INSTALLED");
	static const struct make_pdf_text t[] = {T(0, 55, 112, "Срок"), T(0, 55, 136, "май"),
	        T(0, 155, 112, "Совет"), T(0, 155, 124, "школы")};
	static const struct make_pdf_rules rules = {
	        {{0, 50, 100, 250, 100}, {0, 50, 120, 150, 120}, {0, 50, 140, 250, 140},
	                {0, 50, 100, 50, 140}, {0, 150, 100, 150, 140}, {0, 250, 100, 250, 140}},
	        6};
	struct pdf_text pdf = {.text = STR("")};
	struct err e = {0};
	CHECK_INT(pdf_read(&a, make_pdf_ruled(&a, t, ARRAY_LEN(t), &rules), &pdf, &e), EC_OK);
	CHECK_STR(pdf.text, STR("┌──────┬───────┐\n"
	                        "│ Срок │ Совет │\n"
	                        "│      │ школы │\n"
	                        "├──────┤       │\n"
	                        "│ май  │       │\n"
	                        "└──────┴───────┘\n"));
}

TEST(pdf_running_heads_are_dropped)
{
	AUTO_ARENA(a, GIB);
	static const struct make_pdf_text t[] = {T(0, 50, 30, "Выпуск 1"), T(0, 50, 100, "первая"),
	        T(0, 300, 800, "1 из 2"), T(1, 50, 30, "Выпуск 2"),
	        T(1, 50, 100, "вторая страница"), T(1, 300, 800, "2 из 2")};
	CHECK_STR(text_of(&a, t, ARRAY_LEN(t)), STR("первая\n\fвторая страница\n"));
}

TEST(pdf_without_text_is_called_a_scan)
{
	AUTO_ARENA(a, GIB);
	struct pdf_text text;
	struct err e = {0};
	CHECK_INT(pdf_read(&a, make_pdf(&a, NULL, 0), &text, &e), EC_OK);
	CHECK(text.scan && text.text.n == 0);
}

TEST(pdf_damaged_is_refused_with_a_reason)
{
	AUTO_ARENA(a, GIB);
	struct pdf_text text;
	struct err e = {0};
	CHECK_INT(pdf_read(&a, STR("%PDF-1.7\nобрыв"), &text, &e), EC_INPUT);
	CHECK(str_has(str_c(e.msg), STR("PDF повреждён")));
}

TEST(pdf_with_a_password_is_refused_with_a_reason)
{
	AUTO_ARENA(a, GIB);
	struct pdf_text text;
	struct err e = {0};
	static const char pdf[] =
	        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count "
	        "1/"
	        "Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
	        "4 0 obj<</Filter/Standard/V 1/R 2/P -4/"
	        "O<0000000000000000000000000000000000000000000000000000000000000001>/"
	        "U<0000000000000000000000000000000000000000000000000000000000000001>>>endobj\n"
	        "trailer<</Root 1 0 R/Size 5/Encrypt 4 0 R/ID[<01><01>]>>\n%%EOF\n";
	CHECK_INT(pdf_read(&a, (struct str){pdf, sizeof(pdf) - 1}, &text, &e), EC_INPUT);
	CHECK(str_has(str_c(e.msg), STR("паролем")));
}

TEST(letters_in_impossible_places_do_no_harm)
{
	AUTO_ARENA(a, GIB);
	struct pdf_glyph g[] = {{'a', 0, 0, 1, 1}, {'b', -1e30f, 0, 1e30f, 1},
	        {'c', 99999, 99999, 99999.5f, 99999.5f}, {'d', 5, 0, 4, 1}};
	struct pdf_page page = {.glyph = g, .n = ARRAY_LEN(g)};
	struct buf out;
	buf_init(&out, &a, MIB);
	pdf_layout(&a, &page, 1, &out);
	CHECK(!out.over && out.n < 10000 && utf8_valid(buf_str(&out)));
	pdf_layout(&a, &page, 0, &out);
}

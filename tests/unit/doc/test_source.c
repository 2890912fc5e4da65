#include "base/limits.h"
#include "doc/extract.h"
#include "test.h"

static struct source read_text(struct arena *a, const char *z)
{
	struct source s = {0};
	struct err e = {0};
	CHECK_OK(source_from_text(a, str_c(z), &s, &e));
	return s;
}

TEST(a_line_keeps_the_bytes_it_was_made_from)
{
	AUTO_ARENA(a, 1 * MIB);
	struct source s = read_text(&a, "\n   **Приказ**  от   5 мая\n");
	REQUIRE(s.n == 1);
	CHECK_STR(s.block[0].text.s, STR("Приказ от 5 мая"));
	CHECK_INT(s.block[0].text.at[0], 6);
	CHECK_INT(s.block[0].line, 2);
	CHECK(s.block[0].blank_above);
}

TEST(tabs_pipes_and_boxes_give_the_same_table)
{
	AUTO_ARENA(a, 1 * MIB);
	static const char *const forms[] = {
	        "№\tМероприятие\tСрок\n1\tПровести\tмай\n",
	        "| № | Мероприятие | Срок |\n|---|---|---|\n| 1 | Провести | май |\n",
	        "№ | Мероприятие | Срок |\n---|---|---|\n1 | Провести | май |\n",
	        "┌──┬───────────┬────┐\n│№ │Мероприятие│Срок│\n├──┼───────────┼────┤\n"
	        "│1 │Провести   │май │\n└──┴───────────┴────┘\n",
	        "+--+-----------+----+\n|№ |Мероприятие|Срок|\n+--+-----------+----+\n"
	        "|1 |Провести   |май |\n+--+-----------+----+\n",
	        "№    Мероприятие      Срок\n1    Провести         май\n",
	};
	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		struct source s = read_text(&a, forms[i]);
		REQUIRE(s.n == 1 && s.block[0].kind == BLOCK_TABLE);
		REQUIRE(s.block[0].n_rows == 2 && s.block[0].row[1].n == 3);
		CHECK_STR(s.block[0].row[0].cell[1].text.s, STR("Мероприятие"));
		CHECK_STR(s.block[0].row[1].cell[0].text.s, STR("1"));
		CHECK_STR(s.block[0].row[1].cell[2].text.s, STR("май"));
	}
}

TEST(a_cell_over_several_lines_is_one_text_and_its_hyphens_are_mended)
{
	AUTO_ARENA(a, 1 * MIB);
	struct source s = read_text(&a, "№    Мероприятие         Ответственный\n"
	                                "1    Создание рабо-      директора школ-\n"
	                                "     чей группы          лидеров\n");
	REQUIRE(s.n == 1 && s.block[0].n_rows == 2);
	CHECK_STR(s.block[0].row[1].cell[1].text.s, STR("Создание рабочей группы"));
	CHECK_STR(s.block[0].row[1].cell[2].text.s, STR("директора школ-лидеров"));
}

TEST(a_head_in_two_lines_is_one_row)
{
	AUTO_ARENA(a, 1 * MIB);
	struct source s = read_text(&a, " №   Мероприятие     Ожидаемый\n"
	                                "п/п                  результат\n"
	                                "1    Провести        Справка\n");
	REQUIRE(s.n == 1 && s.block[0].n_rows == 2);
	CHECK_STR(s.block[0].row[0].cell[0].text.s, STR("№ п/п"));
	CHECK_STR(s.block[0].row[0].cell[2].text.s, STR("Ожидаемый результат"));
}

TEST(page_numbers_are_no_text)
{
	AUTO_ARENA(a, 1 * MIB);
	struct source s = read_text(&a, "Первая\n\n                  2\n\fВторая\n");
	REQUIRE(s.n == 2);
	CHECK_STR(s.block[1].text.s, STR("Вторая"));
	CHECK_INT(s.block[1].page, 2);
	CHECK_INT(s.pages, 2);
}

TEST(letters_of_the_wrong_alphabet_are_repaired_and_the_place_stays)
{
	AUTO_ARENA(a, 1 * MIB);
	struct source s = read_text(&a, "cобой рaботa срoк О8 мая 2О22\n");
	REQUIRE(s.n == 1);
	CHECK(s.ocr);
	CHECK_STR(s.block[0].text.s, STR("собой работа срок 08 мая 2022"));
}

TEST(a_file_that_is_no_document_is_refused_with_words)
{
	AUTO_ARENA(a, 1 * MIB);
	struct source s;
	struct err e = {0};
	CHECK_INT(doc_read(&a, (struct str){"%PDF-1.4", 8}, STR("x.pdf"), &s, &e), EC_INPUT);
	CHECK(e.msg[0] != '\0');
	CHECK_INT(doc_read(&a, (struct str){"a\0b\0c\0", 6}, STR("x.txt"), &s, &e), EC_INPUT);
}

TEST(eight_megabytes_of_blanks_are_read_at_once)
{
	AUTO_ARENA(a, 2 * GIB);
	size_t n = LIMIT_DOC_TEXT;
	char *p = arena_alloc(&a, n + 1);
	for (size_t i = 0; i < n; i++)
		p[i] = ' ';
	struct source s;
	struct err e = {0};
	CHECK_OK(source_from_text(&a, (struct str){p, n}, &s, &e));
	CHECK_INT(s.n, 0);
	CHECK(a.used < 64 * MIB);
	CHECK_INT(source_from_text(&a, (struct str){p, n + 1}, &s, &e), EC_LIMIT);
}

TEST(merged_cells_of_a_word_processor_keep_their_columns)
{
	AUTO_ARENA(a, 1 * MIB);
	struct rich_cell head[] = {
	        {.text = STR("Мероприятие"), .colspan = 1}, {.text = STR("Сроки"), .colspan = 2}};
	struct rich_cell row[] = {{.text = STR("Провести\nвстречу"), .colspan = 1},
	        {.text = STR("май"), .colspan = 1}, {.continues = true, .colspan = 1}};
	struct rich_row rows[] = {{.cell = head, .n = 2, .header = true}, {.cell = row, .n = 3}};
	struct rich_block blocks[] = {{.kind = RICH_PARA, .text = STR("Приказ"), .bold = true},
	        {.kind = RICH_PAGE}, {.kind = RICH_TABLE, .row = rows, .n_rows = 2}};
	struct rich rich = {blocks, 3};
	struct source s;
	struct err e = {0};
	REQUIRE(source_from_rich(&a, &rich, &s, &e) == EC_OK);
	REQUIRE(s.n == 2 && s.block[1].kind == BLOCK_TABLE);
	CHECK(s.block[0].heading);
	CHECK_INT(s.block[1].page, 2);
	CHECK_INT(s.block[1].row[0].cell[1].colspan, 2);
	CHECK_STR(s.block[1].row[1].cell[0].text.s, STR("Провести\nвстречу"));
	CHECK(s.block[1].row[1].cell[2].continues);
	uint32_t at = s.block[1].row[1].cell[1].text.at[0];
	CHECK_STR(str_sub(s.text, at, at + 6), STR("май"));
}

#include "base/limits.h"
#include "make.h"
#include "pack/xlsx_read.h"
#include "pack/xlsx_write.h"
#include "test.h"

#include <math.h>

TEST(a_written_workbook_reads_back)
{
	AUTO_ARENA(a, GIB);
	AUTO_XLSX(w);
	struct err e = {0};
	const struct xlsx_column col[] = {{.title = STR("Название")},
	        {.title = STR("Доля"), .decimals = 2}, {.title = STR("Срок")}};
	REQUIRE(xlsx_write_open(&w,
	                &(struct xlsx_write_opt){.title = STR("Отчёт"), .created = 1640995200},
	                &e) == EC_OK);
	REQUIRE(xlsx_write_sheet(&w, STR("Поручения [1]: срок"), col, 3, &e) == EC_OK);
	const struct xlsx_value rows[][3] = {
	        {XLSX_T(STR("=1+1")), XLSX_N(12.5), XLSX_D(date_make(2022, 2, 8))},
	        {XLSX_T(STR("МБОУ \"СОШ\" <№ 1>\n@строка")), XLSX_N((double)NAN),
	                XLSX_D((struct date){0})},
	        {XLSX_T(STR("плохо\xFF")), XLSX_N(-3)},
	};
	for (size_t i = 0; i < 3; i++)
		REQUIRE(xlsx_write_row(&w, rows[i], 3, &e) == EC_OK);
	CHECK_INT(xlsx_write_sheet(&w, STR("Поручения [1]: срок"), col, 3, &e), EC_CONFLICT);
	const struct xlsx_note note = {STR("Источник"), STR("вымышленный")};
	REQUIRE(xlsx_write_notes(&w, &note, 1, &e) == EC_OK);
	struct str bytes;
	REQUIRE(xlsx_write_close(&w, &a, &bytes, &e) == EC_OK);
	struct made_text m = {.a = &a};
	struct sheet_sink sink = made_sink(&m);
	if (!CHECK_INT(xlsx_read(&a, bytes, XLSX_ENGINE_BEST, &sink, &e), EC_OK))
		test_check(false, e.msg, 0, "");
	CHECK_INT(m.sheets, 2);
	CHECK_STR(m.text, STR("1: A=t:Название B=t:Доля C=t:Срок\n2: A=t:=1+1 B=n:12.5 C=nd:44600\n"
	                      "3: A=t:МБОУ \"СОШ\" <№ 1>\n@строка\n4: A=t:плохо\uFFFD B=n:-3\n"
	                      "1: A=t:Что B=t:Пояснение\n2: A=t:Источник B=t:вымышленный\n"));
}

TEST(a_workbook_left_half_written_is_dropped)
{
	AUTO_XLSX(w);
	struct err e = {0};
	REQUIRE(xlsx_write_open(&w, &(struct xlsx_write_opt){.title = STR("x")}, &e) == EC_OK);
	const struct xlsx_column col = {.title = STR("а")};
	CHECK_OK(xlsx_write_sheet(&w, STR("л"), &col, 1, &e));
}

#include "base/limits.h"
#include "make.h"
#include "pack/csv.h"
#include "test.h"

static struct str rows_of(struct arena *a, struct str bytes)
{
	struct made_text m = {.a = a};
	struct sheet_sink sink = made_sink(&m);
	struct err e = {0};
	if (sheet_read(a, bytes, STR("т.csv"), &sink, &e) != EC_OK)
		test_check(false, __FILE__, __LINE__, e.msg);
	return m.text;
}

TEST(separators_are_recognised)
{
	CHECK_INT(csv_detect(STR("a;b;c\n1,5;2;3\n")).separator, ';');
	CHECK_INT(csv_detect(STR("a,b\n1,2\n")).separator, ',');
	CHECK_INT(csv_detect(STR("школа, класс\tбалл\n1\t2\n")).separator, '\t');
	CHECK_INT(csv_detect(STR("a|b\n1|2\n")).separator, '|');
	CHECK_INT(csv_detect(STR("\"a,b\";c\n\"d,e\";f\n")).separator, ';');
	CHECK_INT(csv_detect(STR("sep=|\na;b\n")).separator, '|');
	CHECK_INT(csv_detect(STR("одно слово")).separator, ';');
}

TEST(quotes_protect_separators_and_line_breaks)
{
	AUTO_ARENA(a, GIB);
	CHECK_STR(
	        rows_of(&a,
	                STR("имя;балл\r\n\"МБОУ \"\"Школа; 1\"\"\";3,5\r\n\r\n\"две\nстроки\";;x")),
	        STR("1: A=t:имя B=t:балл\n2: A=t:МБОУ \"Школа; 1\" B=t:3,5\n4: A=t:две\nстроки "
	            "C=t:x\n"));
	CHECK_STR(rows_of(&a, STR("\"a\"b;c\n")), STR("1: A=t:ab B=t:c\n"));
}

TEST(unbalanced_quotes_are_ordinary_characters)
{
	AUTO_ARENA(a, GIB);
	CHECK_STR(rows_of(&a, STR("\"Школа\tx\nдва\ty\n")),
	        STR("1: A=t:\"Школа B=t:x\n2: A=t:два B=t:y\n"));
}

TEST(text_in_windows_1251_is_decoded)
{
	AUTO_ARENA(a, GIB);
	CHECK_STR(rows_of(&a, STR("\xEB\xEE\xE3\xE8\xED;\xE8\xEC\xFF\nx;\xD8\xEA\xEE\xEB\xE0\n")),
	        STR("1: A=t:логин B=t:имя\n2: A=t:x B=t:Школа\n"));
}

TEST(a_file_that_is_no_table_is_refused)
{
	AUTO_ARENA(a, GIB);
	struct made_text m = {.a = &a};
	struct sheet_sink sink = made_sink(&m);
	struct err e = {0};
	CHECK_INT(sheet_read(&a, STR("%PDF-1.4\n"), STR("x"), &sink, &e), EC_INPUT);
	CHECK_INT(sheet_read(&a,
	                  STR("\x7F"
	                      "ELF\1\1\1"),
	                  STR("x"), &sink, &e),
	        EC_INPUT);
}

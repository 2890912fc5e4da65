#include "test.h"
#include "text/fold.h"

TEST(case_of_cyrillic_and_latin_letters)
{
	AUTO_ARENA(a, 1 << 20);
	CHECK_STR(text_lower(&a, STR("ЁЛКА Ә І PISA-2025 № 5")), STR("ёлка ә і pisa-2025 № 5"));
	CHECK_STR(text_upper(&a, STR("ёлка ӝ ӏ ÿ é")), STR("ЁЛКА Ӝ ӏ ÿ É"));
	CHECK_STR(text_capital(&a, STR("ёжик МОУ")), STR("Ёжик МОУ"));
	CHECK_STR(text_capital(&a, STR_NONE), STR_NONE);
	for (uint32_t cp = 0; cp < 0x600; cp++)
		CHECK(cp_lower(cp_upper(cp_lower(cp))) == cp_lower(cp));
}

TEST(search_key_forgets_case_yo_and_punctuation)
{
	AUTO_ARENA(a, 1 << 20);
	CHECK_STR(text_key(&a, STR(" «Отчёт»  о ВПР–2022!")), STR("отчет о впр 2022"));
	CHECK_STR(text_key(&a, STR("план-\u00adгра\u00adфик")), STR("план график"));
	CHECK_STR(text_key(&a, STR("\u0438\u0306\u0415\u0308")), STR("йе"));
	CHECK_STR(text_key(&a, STR("...")), STR(""));
	CHECK_STR(text_squeeze(&a, STR(" \u00a0а\n\n б\u200b ")), STR("а б"));
}

TEST(sort_key_orders_as_a_russian_list)
{
	AUTO_ARENA(a, 1 << 20);
	static const struct str list[] = {STR_INIT("2 школа"), STR_INIT("Lyceum"),
	        STR_INIT("Гимназия"), STR_INIT("Ежово"), STR_INIT("Ёжово"), STR_INIT("ежовские"),
	        STR_INIT("Лицей"), STR_INIT("Школа"), STR_INIT("школа №2"), STR_INIT("Школа № 010"),
	        STR_INIT("Школа № 11"), STR_INIT("Школа № 1234567890"),
	        STR_INIT("Школа № 12345678901"), STR_INIT("Школа им. Я"), STR_INIT("Яр")};
	for (size_t i = 1; i < ARRAY_LEN(list); i++) {
		if (!CHECK(str_cmp(text_sort_key(&a, list[i - 1]), text_sort_key(&a, list[i])) < 0))
			CHECK_STR(list[i - 1], list[i]);
	}
}

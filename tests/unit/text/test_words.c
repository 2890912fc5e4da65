#include "test.h"
#include "text/lookalike.h"
#include "text/number_ru.h"
#include "text/stem.h"
#include "text/token.h"

TEST(tokens_keep_their_bytes)
{
	AUTO_ARENA(a, 1 << 20);
	struct str s = STR("до 1O.05 (но\u00adябрь)\nг.");
	struct token *t;
	size_t n = text_tokens(&a, s, &t);
	REQUIRE(n == 9);
	CHECK_STR(t[0].text, STR("до"));
	CHECK_INT(t[1].kind, TOKEN_MIXED);
	CHECK_INT(t[3].kind, TOKEN_NUMBER);
	CHECK(!t[3].space_before && t[4].space_before);
	CHECK_STR(t[5].text, STR("но\u00adябрь"));
	CHECK(t[7].line_before);
	for (size_t i = 0; i < n; i++)
		CHECK_STR(str_sub(s, t[i].from, t[i].to), t[i].text);
	CHECK_INT(text_tokens(&a, STR_NONE, &t), 0);
}

TEST(stems_compare_texts_in_other_cases)
{
	AUTO_ARENA(a, 1 << 20);
	AUTO_STEMMER(st);
	CHECK_STR(text_stem(&st, &a, STR("Учреждениями")), STR("учрежден"));
	struct stem_set x = text_stems(&st, &a, STR("Провести анализ результатов ВПР в школах"));
	struct stem_set y = text_stems(&st, &a, STR("анализа результата проведения впр школы"));
	CHECK_INT(x.n, 5);
	CHECK_INT(stem_common(x, y), 4);
	CHECK_NEAR(stem_likeness(x, x), 1, 1e-12);
	CHECK_NEAR(stem_likeness(x, (struct stem_set){NULL, 0}), 0, 0);
}

TEST(lookalikes_inside_russian_words_are_repaired)
{
	AUTO_ARENA(a, 1 << 20);
	bool changed;
	CHECK_STR(word_repair(&a, STR("пpикaз"), &changed), STR("приказ"));
	CHECK(changed);
	CHECK_STR(word_repair(&a, STR("ноя6рь"), NULL), STR("ноябрь"));
	CHECK_STR(word_repair(&a, STR("СР0К"), NULL), STR("СРОК"));
	CHECK_STR(word_repair(&a, STR("PISA"), &changed), STR("PISA"));
	CHECK(!changed);
	CHECK_STR(word_repair(&a, STR("2022г"), NULL), STR("2022г"));
	CHECK_STR(word_repair(&a, STR("приказ7"), NULL), STR("приказ7"));
	struct str s;
	CHECK(word_force_cyrillic(&a, STR("no"), &s) && str_eq(s, STR("по")));
	CHECK(!word_force_cyrillic(&a, STR("ZIP"), &s));
	CHECK(lookalike_share(STR("PEKTOPAT BCEM CPOK план")) > 0.7);
	CHECK(lookalike_share(STR("обычный текст про PISA")) < 0.1);
}

TEST(letters_inside_numbers_are_repaired)
{
	AUTO_ARENA(a, 1 << 20);
	struct str s;
	CHECK(number_repair(&a, STR("3О"), &s) && str_eq(s, STR("30")));
	CHECK(number_repair(&a, STR("l5"), &s) && str_eq(s, STR("15")));
	CHECK(number_repair(&a, STR("2бS"), &s) && str_eq(s, STR("265")));
	CHECK(!number_repair(&a, STR("2г"), &s));
	CHECK_INT(number_sign(STR("№ 5"), 0), STR("№").n);
	CHECK_INT(number_sign(STR("от N 5"), STR("от ").n), 1);
	CHECK_INT(number_sign(STR("ЛЪ 7"), 0), STR("ЛЪ").n);
	CHECK_INT(number_sign(STR("Ns"), 0), 0);
	CHECK_INT(number_sign(STR("Nina 5"), 0), 0);
}

static int value(struct str s, bool ordinal)
{
	struct number_word w;
	return number_word(s, &w) && w.ordinal == ordinal ? w.value : -1;
}

TEST(number_words_in_cases_and_compounds)
{
	CHECK_INT(value(STR("трех"), false), 3);
	CHECK_INT(value(STR("одиннадцати"), false), 11);
	CHECK_INT(value(STR("третьем"), true), 3);
	CHECK_INT(value(STR("пятой"), true), 5);
	CHECK_INT(value(STR("стол"), false), -1);
	int n;
	struct str rest;
	CHECK(number_prefix(STR("десятидневный"), &n, &rest) && n == 10);
	CHECK_STR(rest, STR("дневный"));
	CHECK(number_prefix(STR("двадцатипятидневного"), &n, &rest) && n == 25);
	CHECK(!number_prefix(STR("двухсот"), &n, &rest));
	struct str words[] = {STR("двадцати"), STR("пяти"), STR("дней")};
	struct number_word w;
	CHECK_INT(number_phrase(words, 3, &w), 2);
	CHECK_INT(w.value, 25);
	struct str twice[] = {STR("десяти"), STR("пяти")};
	CHECK_INT(number_phrase(twice, 2, &w), 1);
}

static int roman(struct str s)
{
	int v;
	return roman_number(s, &v, NULL) ? v : -1;
}

TEST(roman_numerals_as_scans_write_them)
{
	CHECK_INT(roman(STR("IV")), 4);
	CHECK_INT(roman(STR("П")), 2);
	CHECK_INT(roman(STR("Ш")), 3);
	CHECK_INT(roman(STR("1У")), 4);
	CHECK_INT(roman(STR("I1")), 2);
	CHECK_INT(roman(STR("ІІ")), 2);
	CHECK_INT(roman(STR("Х")), 10);
	CHECK_INT(roman(STR("XXIX")), 29);
	CHECK_INT(roman(STR("11")), -1);
	CHECK_INT(roman(STR("IIII")), -1);
	CHECK_INT(roman(STR("VX")), -1);
	CHECK_INT(roman(STR("да")), -1);
}

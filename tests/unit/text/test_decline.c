#include "base/arena.h"
#include "base/limits.h"
#include "test.h"
#include "text/decline.h"

TEST(posts_and_organisations_take_their_endings)
{
	static const struct {
		struct str in, dative, genitive, accusative;
	} rows[] = {
	        {STR_INIT("Управление образования г. Ясногорье"),
	                STR_INIT("Управлению образования г. Ясногорье"),
	                STR_INIT("Управления образования г. Ясногорье"),
	                STR_INIT("Управление образования г. Ясногорье")},
	        {STR_INIT("Средняя общеобразовательная школа № 5"),
	                STR_INIT("Средней общеобразовательной школе № 5"),
	                STR_INIT("Средней общеобразовательной школы № 5"),
	                STR_INIT("Среднюю общеобразовательную школу № 5")},
	        {STR_INIT("МБОУ «Гимназия № 3»"), STR_INIT("МБОУ «Гимназия № 3»"),
	                STR_INIT("МБОУ «Гимназия № 3»"), STR_INIT("МБОУ «Гимназия № 3»")},
	        {STR_INIT("Верхнеозёрский институт развития образования"),
	                STR_INIT("Верхнеозёрскому институту развития образования"),
	                STR_INIT("Верхнеозёрского института развития образования"),
	                STR_INIT("Верхнеозёрский институт развития образования")},
	        {STR_INIT("начальник отдела общего образования"),
	                STR_INIT("начальнику отдела общего образования"),
	                STR_INIT("начальника отдела общего образования"),
	                STR_INIT("начальника отдела общего образования")},
	        {STR_INIT("заместитель директора"), STR_INIT("заместителю директора"),
	                STR_INIT("заместителя директора"), STR_INIT("заместителя директора")},
	        {STR_INIT("заведующий сектором оценки"), STR_INIT("заведующему сектором оценки"),
	                STR_INIT("заведующего сектором оценки"),
	                STR_INIT("заведующего сектором оценки")},
	        {STR_INIT("комиссия"), STR_INIT("комиссии"), STR_INIT("комиссии"),
	                STR_INIT("комиссию")},
	        {STR_INIT(""), STR_INIT(""), STR_INIT(""), STR_INIT("")},
	};
	AUTO_ARENA(a, MIB);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		CHECK_STR(text_decline(&a, rows[i].in, CASE_NOMINATIVE), rows[i].in);
		CHECK_STR(text_decline(&a, rows[i].in, CASE_DATIVE), rows[i].dative);
		CHECK_STR(text_decline(&a, rows[i].in, CASE_GENITIVE), rows[i].genitive);
		CHECK_STR(text_decline(&a, rows[i].in, CASE_ACCUSATIVE), rows[i].accusative);
	}
}

TEST(surnames_are_declined_only_where_the_ending_is_certain)
{
	AUTO_ARENA(a, MIB);
	CHECK_STR(text_decline_name(&a, STR("Иванова А.А."), CASE_DATIVE), STR("Ивановой А.А."));
	CHECK_STR(text_decline_name(&a, STR("А.А. Лаптев"), CASE_ACCUSATIVE), STR("А.А. Лаптева"));
	CHECK_STR(text_decline_name(&a, STR("Загорская Л.Б."), CASE_ACCUSATIVE),
	        STR("Загорскую Л.Б."));
	CHECK_STR(text_decline_name(&a, STR("Коваленко О.П."), CASE_DATIVE), STR("Коваленко О.П."));
	CHECK_STR(text_decline_name(&a, STR("Гром Е.Е."), CASE_GENITIVE), STR("Гром Е.Е."));
}

#include "doc/deadline_words.h"

#include "text/fold.h"

/* Endings of the common declensions, separated by blanks; "-" is the bare stem. */
#define ADJ                                                                                        \
	STR_INIT("ый ий ой ого его ому ему ым им ом ем ая яя ую юю ое ее ые ие ых их ыми ими ей")
#define NOUN_M   STR_INIT("- а у ом е ы и ов ам ами ах")
#define NOUN_F   STR_INIT("а ы у ой е ам ами ах -")
#define NOUN_NIE STR_INIT("е я ю ем и ям ями ях й")
#define ONLY     STR_INIT("-")

/* Sorted by the first letter (word_find() searches it); a unit test checks the order. */
static const struct entry {
	struct str stem, endings;
	enum word_id id;
	int value;
} entries[] = {
        {STR_INIT("авг"), ONLY, W_MONTH, 8},
        {STR_INIT("август"), STR_INIT("- а у ом е"), W_MONTH, 8},
        {STR_INIT("акт"), STR_INIT("а ом -"), W_ACT, 0},
        {STR_INIT("апр"), ONLY, W_MONTH, 4},
        {STR_INIT("апрел"), STR_INIT("ь я ю ем е"), W_MONTH, 4},
        {STR_INIT("ая"), ONLY, W_ITH, 0},
        {STR_INIT("аттестаци"), STR_INIT("я и ю ей"), W_NOUN, 0},
        {STR_INIT("безотлагательно"), ONLY, W_NOW, 0},
        {STR_INIT("ближайш"), ADJ, W_SHORTEST, 0},
        {STR_INIT("бессрочно"), ONLY, W_OPEN, 0},
        {STR_INIT("более"), ONLY, W_MORE, 0},
        {STR_INIT("будущ"), ADJ, W_NEXT, 0},
        {STR_INIT("в"), ONLY, W_V, 0},
        {STR_INIT("введени"), STR_INIT("я и е"), W_SIGNING, 0},
        {STR_INIT("весенн"), ADJ, W_SEASON, 3},
        {STR_INIT("весн"), STR_INIT("а ы у ой е"), W_SEASON, 3},
        {STR_INIT("весь"), ONLY, W_WHOLE, 0},
        {STR_INIT("вкл"), ONLY, W_INCLUSIVE, 0},
        {STR_INIT("включ"), ONLY, W_INCLUSIVE, 0},
        {STR_INIT("включительно"), ONLY, W_INCLUSIVE, 0},
        {STR_INIT("внепланов"), STR_INIT("ый ая ые"), W_UNPLANNED, 0},
        {STR_INIT("внепланово"), ONLY, W_UNPLANNED, 0},
        {STR_INIT("во"), ONLY, W_V, 0},
        {STR_INIT("воскресен"), STR_INIT("ье ья ью ьям"), W_WEEKDAY, 7},
        {STR_INIT("впоследствии"), ONLY, W_THEN, 0},
        {STR_INIT("время"), ONLY, W_DURING, 0},
        {STR_INIT("всего"), ONLY, W_WHOLE, 0},
        {STR_INIT("всей"), ONLY, W_WHOLE, 0},
        {STR_INIT("вступлени"), STR_INIT("я и е ю"), W_SIGNING, 0},
        {STR_INIT("всю"), ONLY, W_WHOLE, 0},
        {STR_INIT("вся"), ONLY, W_WHOLE, 0},
        {STR_INIT("вт"), ONLY, W_WEEKDAY, 2},
        {STR_INIT("вторник"), STR_INIT("- а у ом е и ам"), W_WEEKDAY, 2},
        {STR_INIT("вызов"), NOUN_M, W_REQUEST, 0},
        {STR_INIT("выполнени"), STR_INIT("я е и ю"), W_IMPLEMENT, 0},
        {STR_INIT("возникновени"), NOUN_NIE, W_NOUN, 0},
        {STR_INIT("выявлени"), NOUN_NIE, W_NOUN, 0},
        {STR_INIT("г"), ONLY, W_YEAR, 0},
        {STR_INIT("гг"), ONLY, W_YEAR, 0},
        {STR_INIT("го"), ONLY, W_ITH, 0},
        {STR_INIT("год"), STR_INIT("- а у ом е ы ов ам ами ах"), W_YEAR, 0},
        {STR_INIT("годичн"), ADJ, W_ADJ_YEAR, 0},
        {STR_INIT("годовой"), ADJ, W_ADJ_YEAR, 0},
        {STR_INIT("график"), NOUN_M, W_SCHEDULE, 0},
        {STR_INIT("далее"), ONLY, W_THEN, 0},
        {STR_INIT("дальнейш"), STR_INIT("ем"), W_THEN, 0},
        {STR_INIT("данн"), ADJ, W_THIS, 0},
        {STR_INIT("дат"), STR_INIT("а ы у е ой -"), W_DATE_WORD, 0},
        {STR_INIT("дважды"), ONLY, W_ONCE, 2},
        {STR_INIT("действие"), ONLY, W_FORCE, 0},
        {STR_INIT("дек"), ONLY, W_MONTH, 12},
        {STR_INIT("декабр"), STR_INIT("ь я ю ем е"), W_MONTH, 12},
        {STR_INIT("декад"), STR_INIT("а ы у ой е ам ах -"), W_DECADE, 0},
        {STR_INIT("день"), ONLY, W_DAY, 0},
        {STR_INIT("дн"), ONLY, W_DAY, 0},
        {STR_INIT("дневн"), ADJ, W_ADJ_DAY, 0},
        {STR_INIT("дней"), ONLY, W_DAY, 0},
        {STR_INIT("днем"), ONLY, W_DAY, 0},
        {STR_INIT("дни"), ONLY, W_DAY, 0},
        {STR_INIT("дню"), ONLY, W_DAY, 0},
        {STR_INIT("дня"), ONLY, W_DAY, 0},
        {STR_INIT("дням"), ONLY, W_DAY, 0},
        {STR_INIT("днями"), ONLY, W_DAY, 0},
        {STR_INIT("днях"), ONLY, W_DAY, 0},
        {STR_INIT("до"), ONLY, W_DO, 0},
        {STR_INIT("договоренност"), STR_INIT("и ям ей"), W_SCHEDULE, 0},
        {STR_INIT("документ"), STR_INIT("а ом -"), W_ACT, 0},
        {STR_INIT("дополнительно"), ONLY, W_SPECIFIED, 0},
        {STR_INIT("договор"), NOUN_M, W_NOUN, 0},
        {STR_INIT("диагностик"), STR_INIT("а и е у ой"), W_NOUN, 0},
        {STR_INIT("е"), ONLY, W_ITH, 0},
        {STR_INIT("единожды"), ONLY, W_ONCE, 0},
        {STR_INIT("ежегод"), ONLY, W_YEARLY, 0},
        {STR_INIT("ежегодн"), ADJ, W_YEARLY, 0},
        {STR_INIT("ежегодно"), ONLY, W_YEARLY, 0},
        {STR_INIT("ежедневн"), ADJ, W_DAILY, 0},
        {STR_INIT("ежедневно"), ONLY, W_DAILY, 0},
        {STR_INIT("ежекв"), ONLY, W_QUARTERLY, 0},
        {STR_INIT("ежекварт"), ONLY, W_QUARTERLY, 0},
        {STR_INIT("ежеквартальн"), ADJ, W_QUARTERLY, 0},
        {STR_INIT("ежеквартально"), ONLY, W_QUARTERLY, 0},
        {STR_INIT("ежем"), ONLY, W_MONTHLY, 0},
        {STR_INIT("ежемес"), ONLY, W_MONTHLY, 0},
        {STR_INIT("ежемесяч"), ONLY, W_MONTHLY, 0},
        {STR_INIT("ежемесячн"), ADJ, W_MONTHLY, 0},
        {STR_INIT("ежемесячно"), ONLY, W_MONTHLY, 0},
        {STR_INIT("еженед"), ONLY, W_WEEKLY, 0},
        {STR_INIT("еженедельн"), ADJ, W_WEEKLY, 0},
        {STR_INIT("еженедельно"), ONLY, W_WEEKLY, 0},
        {STR_INIT("ежеполугодно"), ONLY, W_HALFYEARLY, 0},
        {STR_INIT("же"), ONLY, W_SAME, 0},
        {STR_INIT("за"), ONLY, W_ZA, 0},
        {STR_INIT("завершени"), STR_INIT("и ю я е"), W_OUTCOME, 0},
        {STR_INIT("закрыти"), STR_INIT("я ю"), W_FINISH, 0},
        {STR_INIT("запрос"), NOUN_M, W_REQUEST, 0},
        {STR_INIT("затем"), ONLY, W_THEN, 0},
        {STR_INIT("заявк"), STR_INIT("а и е у ой ам ами ах"), W_REQUEST, 0},
        {STR_INIT("заявлени"), NOUN_NIE, W_REQUEST, 0},
        {STR_INIT("заявок"), ONLY, W_REQUEST, 0},
        {STR_INIT("зим"), STR_INIT("а ы у ой е"), W_SEASON, 12},
        {STR_INIT("зимн"), ADJ, W_SEASON, 12},
        {STR_INIT("заключени"), NOUN_NIE, W_NOUN, 0},
        {STR_INIT("и"), ONLY, W_AND, 0},
        {STR_INIT("издани"), STR_INIT("я и е ю"), W_SIGNING, 0},
        {STR_INIT("или"), ONLY, W_OR, 0},
        {STR_INIT("инициатив"), STR_INIT("е ам"), W_REQUEST, 0},
        {STR_INIT("исполнени"), STR_INIT("я е и ю"), W_IMPLEMENT, 0},
        {STR_INIT("истечени"), STR_INIT("и ю я е"), W_OUTCOME, 0},
        {STR_INIT("итог"), STR_INIT("ам у и ов"), W_OUTCOME, 0},
        {STR_INIT("июл"), ONLY, W_MONTH, 7},
        {STR_INIT("июл"), STR_INIT("ь я ю ем е"), W_MONTH, 7},
        {STR_INIT("июн"), ONLY, W_MONTH, 6},
        {STR_INIT("июн"), STR_INIT("ь я ю ем е"), W_MONTH, 6},
        {STR_INIT("изменени"), NOUN_NIE, W_NOUN, 0},
        {STR_INIT("информаци"), STR_INIT("я и ю ей"), W_NOUN, 0},
        {STR_INIT("й"), ONLY, W_ITH, 0},
        {STR_INIT("к"), ONLY, W_K, 0},
        {STR_INIT("кажд"), ADJ, W_EVERY, 0},
        {STR_INIT("кал"), ONLY, W_CALENDAR, 0},
        {STR_INIT("календ"), ONLY, W_CALENDAR, 0},
        {STR_INIT("календар"), STR_INIT("ь я ю ем е"), W_SCHEDULE, 0},
        {STR_INIT("календарн"), ADJ, W_CALENDAR, 0},
        {STR_INIT("каникул"), STR_INIT("- ы ам ах ами"), W_HOLIDAYS, 0},
        {STR_INIT("каникулярн"), ADJ, W_HOLIDAYS, 0},
        {STR_INIT("карт"), NOUN_F, W_SCHEDULE, 0},
        {STR_INIT("кв"), ONLY, W_QUARTER, 0},
        {STR_INIT("кварт"), ONLY, W_QUARTER, 0},
        {STR_INIT("квартал"), NOUN_M, W_QUARTER, 0},
        {STR_INIT("ко"), ONLY, W_K, 0},
        {STR_INIT("конец"), ONLY, W_END, 0},
        {STR_INIT("конца"), ONLY, W_END, 0},
        {STR_INIT("конце"), ONLY, W_END, 0},
        {STR_INIT("концом"), ONLY, W_END, 0},
        {STR_INIT("концу"), ONLY, W_END, 0},
        {STR_INIT("коротк"), ADJ, W_SHORTEST, 0},
        {STR_INIT("кратчайш"), ADJ, W_SHORTEST, 0},
        {STR_INIT("комплектовани"), NOUN_NIE, W_NOUN, 0},
        {STR_INIT("контракт"), NOUN_M, W_NOUN, 0},
        {STR_INIT("контрольн"), ADJ, W_NOUN, 0},
        {STR_INIT("лет"), ONLY, W_YEAR, 0},
        {STR_INIT("лета"), ONLY, W_SEASON, 6},
        {STR_INIT("лете"), ONLY, W_SEASON, 6},
        {STR_INIT("летн"), ADJ, W_SEASON, 6},
        {STR_INIT("лето"), ONLY, W_SEASON, 6},
        {STR_INIT("летом"), ONLY, W_SEASON, 6},
        {STR_INIT("лету"), ONLY, W_SEASON, 6},
        {STR_INIT("либо"), ONLY, W_OR, 0},
        {STR_INIT("м"), ONLY, W_ITH, 0},
        {STR_INIT("ма"), STR_INIT("й я ю ем е"), W_MONTH, 5},
        {STR_INIT("мар"), ONLY, W_MONTH, 3},
        {STR_INIT("март"), STR_INIT("- а у ом е"), W_MONTH, 3},
        {STR_INIT("менее"), ONLY, W_LESS, 0},
        {STR_INIT("мера"), ONLY, W_EXTENT, 0},
        {STR_INIT("мере"), ONLY, W_EXTENT, 0},
        {STR_INIT("мес"), ONLY, W_MONTHS, 0},
        {STR_INIT("месяц"), STR_INIT("- а у ем е ы ев ам ами ах"), W_MONTHS, 0},
        {STR_INIT("месячн"), ADJ, W_ADJ_MONTH, 0},
        {STR_INIT("ми"), ONLY, W_ITH, 0},
        {STR_INIT("мин"), ONLY, W_MINUTE, 0},
        {STR_INIT("минут"), STR_INIT("- а ы у"), W_MINUTE, 0},
        {STR_INIT("момент"), STR_INIT("а - у"), W_MOMENT, 0},
        {STR_INIT("му"), ONLY, W_ITH, 0},
        {STR_INIT("мониторинг"), NOUN_M, W_NOUN, 0},
        {STR_INIT("на"), ONLY, W_NA, 0},
        {STR_INIT("надобност"), STR_INIT("и ь"), W_NEED, 0},
        {STR_INIT("назначенн"), ADJ, W_LED, 0},
        {STR_INIT("накануне"), ONLY, W_EVE, 0},
        {STR_INIT("наличи"), STR_INIT("и е я"), W_PRESENCE, 0},
        {STR_INIT("настоящ"), ADJ, W_THIS, 0},
        {STR_INIT("начал"), STR_INIT("о а у е ом"), W_BEGIN, 0},
        {STR_INIT("начиная"), ONLY, W_FROM_HERE, 0},
        {STR_INIT("не"), ONLY, W_NOT, 0},
        {STR_INIT("нед"), ONLY, W_WEEK, 0},
        {STR_INIT("недел"), STR_INIT("я и е ю ей ь ям ями ях"), W_WEEK, 0},
        {STR_INIT("недельн"), ADJ, W_ADJ_WEEK, 0},
        {STR_INIT("незамедлительно"), ONLY, W_NOW, 0},
        {STR_INIT("немедленно"), ONLY, W_NOW, 0},
        {STR_INIT("необходимост"), STR_INIT("и ь ью"), W_NEED, 0},
        {STR_INIT("непрерывн"), STR_INIT("ой ом"), W_CONSTANT, 0},
        {STR_INIT("непрерывн"), STR_INIT("ой ом"), W_CONSTANT, 0},
        {STR_INIT("непрерывно"), ONLY, W_OPEN, 0},
        {STR_INIT("но"), ONLY, W_BUT, 0},
        {STR_INIT("нов"), ADJ, W_NEW, 0},
        {STR_INIT("ноя"), ONLY, W_MONTH, 11},
        {STR_INIT("нояб"), ONLY, W_MONTH, 11},
        {STR_INIT("ноябр"), STR_INIT("ь я ю ем е"), W_MONTH, 11},
        {STR_INIT("нынешнего"), ONLY, W_CURRENT, 0},
        {STR_INIT("направлени"), NOUN_NIE, W_NOUN, 0},
        {STR_INIT("обращени"), NOUN_NIE, W_REQUEST, 0},
        {STR_INIT("ого"), ONLY, W_ITH, 0},
        {STR_INIT("однократно"), ONLY, W_ONCE, 0},
        {STR_INIT("ой"), ONLY, W_ITH, 0},
        {STR_INIT("окончани"), STR_INIT("и ю я е"), W_OUTCOME, 0},
        {STR_INIT("окт"), ONLY, W_MONTH, 10},
        {STR_INIT("октябр"), STR_INIT("ь я ю ем е"), W_MONTH, 10},
        {STR_INIT("оперативн"), ADJ, W_OPERATIVE, 0},
        {STR_INIT("определенн"), ADJ, W_LED, 0},
        {STR_INIT("определя"), STR_INIT("ется ются"), W_SPECIFIED, 0},
        {STR_INIT("осен"), STR_INIT("ь и ью"), W_SEASON, 9},
        {STR_INIT("осенн"), ADJ, W_SEASON, 9},
        {STR_INIT("основ"), STR_INIT("е а у"), W_BASIS, 0},
        {STR_INIT("от"), ONLY, W_OT, 0},
        {STR_INIT("отдельн"), ADJ, W_SEPARATE, 0},
        {STR_INIT("отчетн"), ADJ, W_REPORTING, 0},
        {STR_INIT("очередн"), ADJ, W_NEXT, 0},
        {STR_INIT("опубликовани"), NOUN_NIE, W_NOUN, 0},
        {STR_INIT("объявлени"), NOUN_NIE, W_NOUN, 0},
        {STR_INIT("обновлени"), NOUN_NIE, W_NOUN, 0},
        {STR_INIT("олимпиад"), NOUN_F, W_NOUN, 0},
        {STR_INIT("оценк"), STR_INIT("а и е у ой"), W_NOUN, 0},
        {STR_INIT("основани"), NOUN_NIE, W_NOUN, 0},
        {STR_INIT("оснований"), ONLY, W_NOUN, 0},
        {STR_INIT("перед"), ONLY, W_BEFORE, 0},
        {STR_INIT("период"), NOUN_M, W_PERIOD, 0},
        {STR_INIT("план"), NOUN_M, W_SCHEDULE, 0},
        {STR_INIT("пн"), ONLY, W_WEEKDAY, 1},
        {STR_INIT("по"), ONLY, W_PO, 0},
        {STR_INIT("подписани"), STR_INIT("я и е ю"), W_SIGNING, 0},
        {STR_INIT("поздн"), STR_INIT("ее ей"), W_LATER, 0},
        {STR_INIT("позже"), ONLY, W_LATER, 0},
        {STR_INIT("поквартально"), ONLY, W_QUARTERLY, 0},
        {STR_INIT("полгода"), ONLY, W_HALFYEAR, 0},
        {STR_INIT("половин"), STR_INIT("а ы у ой е"), W_HALF, 0},
        {STR_INIT("положени"), NOUN_NIE, W_SCHEDULE, 0},
        {STR_INIT("полуг"), ONLY, W_HALFYEAR, 0},
        {STR_INIT("полугод"), ONLY, W_HALFYEAR, 0},
        {STR_INIT("полугоди"), NOUN_NIE, W_HALFYEAR, 0},
        {STR_INIT("помесячно"), ONLY, W_MONTHLY, 0},
        {STR_INIT("понедельник"), STR_INIT("- а у ом е и ам"), W_WEEKDAY, 1},
        {STR_INIT("понедельно"), ONLY, W_WEEKLY, 0},
        {STR_INIT("поручени"), NOUN_NIE, W_REQUEST, 0},
        {STR_INIT("порядк"), STR_INIT("е ом"), W_ORDERLY, 0},
        {STR_INIT("после"), ONLY, W_AFTER, 0},
        {STR_INIT("последн"), ADJ, W_LAST, 0},
        {STR_INIT("пост"), ONLY, W_OPEN, 0},
        {STR_INIT("постановлени"), STR_INIT("я е ем"), W_ACT, 0},
        {STR_INIT("постоянн"), STR_INIT("ой ом ый ая ую"), W_CONSTANT, 0},
        {STR_INIT("постоянно"), ONLY, W_OPEN, 0},
        {STR_INIT("поступлени"), NOUN_NIE, W_REQUEST, 0},
        {STR_INIT("потом"), ONLY, W_THEN, 0},
        {STR_INIT("потребност"), STR_INIT("и ям ь ей"), W_NEED, 0},
        {STR_INIT("предложени"), NOUN_NIE, W_REQUEST, 0},
        {STR_INIT("предоставлени"), STR_INIT("я е и ю"), W_IMPLEMENT, 0},
        {STR_INIT("представлени"), STR_INIT("я е и ю"), W_IMPLEMENT, 0},
        {STR_INIT("предусмотренн"), ADJ, W_LED, 0},
        {STR_INIT("при"), ONLY, W_AT, 0},
        {STR_INIT("приглашени"), NOUN_NIE, W_REQUEST, 0},
        {STR_INIT("приказ"), NOUN_M, W_ORDER, 0},
        {STR_INIT("приняти"), STR_INIT("я и е"), W_SIGNING, 0},
        {STR_INIT("программ"), NOUN_F, W_SCHEDULE, 0},
        {STR_INIT("протяжени"), STR_INIT("и е"), W_FLOW, 0},
        {STR_INIT("пт"), ONLY, W_WEEKDAY, 5},
        {STR_INIT("пятниц"), STR_INIT("а у ы е ей ам"), W_WEEKDAY, 5},
        {STR_INIT("проведени"), NOUN_NIE, W_NOUN, 0},
        {STR_INIT("получени"), NOUN_NIE, W_NOUN, 0},
        {STR_INIT("публикаци"), STR_INIT("я и ю ей й"), W_NOUN, 0},
        {STR_INIT("процедур"), NOUN_F, W_NOUN, 0},
        {STR_INIT("проверк"), STR_INIT("а и е у ой"), W_NOUN, 0},
        {STR_INIT("письм"), STR_INIT("о а у ом е"), W_NOUN, 0},
        {STR_INIT("протокол"), NOUN_M, W_NOUN, 0},
        {STR_INIT("р"), ONLY, W_TIMES, 0},
        {STR_INIT("раб"), ONLY, W_WORKING, 0},
        {STR_INIT("рабоч"), ADJ, W_WORKING, 0},
        {STR_INIT("раз"), STR_INIT("- а"), W_TIMES, 0},
        {STR_INIT("разы"), ONLY, W_TIMES, 0},
        {STR_INIT("рамках"), ONLY, W_DURING, 0},
        {STR_INIT("ранее"), ONLY, W_EARLIER, 0},
        {STR_INIT("раньше"), ONLY, W_EARLIER, 0},
        {STR_INIT("расписани"), NOUN_NIE, W_SCHEDULE, 0},
        {STR_INIT("распоряжени"), NOUN_NIE, W_ORDER, 0},
        {STR_INIT("реализаци"), STR_INIT("и я ю ей"), W_IMPLEMENT, 0},
        {STR_INIT("регистраци"), STR_INIT("и я ю ей"), W_SIGNING, 0},
        {STR_INIT("регламент"), NOUN_M, W_SCHEDULE, 0},
        {STR_INIT("регулярн"), STR_INIT("ой"), W_CONSTANT, 0},
        {STR_INIT("регулярно"), ONLY, W_OPEN, 0},
        {STR_INIT("реже"), ONLY, W_RARELY, 0},
        {STR_INIT("режим"), STR_INIT("е -"), W_MODE, 0},
        {STR_INIT("результат"), STR_INIT("ам у ы ов"), W_OUTCOME, 0},
        {STR_INIT("решени"), NOUN_NIE, W_SCHEDULE, 0},
        {STR_INIT("размещени"), NOUN_NIE, W_NOUN, 0},
        {STR_INIT("с"), ONLY, W_S, 0},
        {STR_INIT("сего"), ONLY, W_CURRENT, 0},
        {STR_INIT("сен"), ONLY, W_MONTH, 9},
        {STR_INIT("сент"), ONLY, W_MONTH, 9},
        {STR_INIT("сентябр"), STR_INIT("ь я ю ем е"), W_MONTH, 9},
        {STR_INIT("середин"), STR_INIT("а ы у е ой"), W_MIDDLE, 0},
        {STR_INIT("силу"), ONLY, W_FORCE, 0},
        {STR_INIT("систематическ"), STR_INIT("ой"), W_CONSTANT, 0},
        {STR_INIT("систематически"), ONLY, W_OPEN, 0},
        {STR_INIT("системн"), STR_INIT("ой"), W_CONSTANT, 0},
        {STR_INIT("след"), ONLY, W_NEXT, 0},
        {STR_INIT("следующ"), ADJ, W_NEXT, 0},
        {STR_INIT("случа"), STR_INIT("е ях ю й"), W_CASE, 0},
        {STR_INIT("со"), ONLY, W_S, 0},
        {STR_INIT("согласно"), ONLY, W_ACCORDING, 0},
        {STR_INIT("согласовани"), NOUN_NIE, W_SCHEDULE, 0},
        {STR_INIT("согласованн"), ADJ, W_SCHEDULE, 0},
        {STR_INIT("сообщ"), STR_INIT("ена им"), W_SPECIFIED, 0},
        {STR_INIT("сообща"), STR_INIT("ется ются"), W_SPECIFIED, 0},
        {STR_INIT("соотв"), ONLY, W_ACCORDING, 0},
        {STR_INIT("соответств"), ONLY, W_ACCORDING, 0},
        {STR_INIT("соответстви"), STR_INIT("и е я"), W_ACCORDING, 0},
        {STR_INIT("специальн"), ADJ, W_SEPARATE, 0},
        {STR_INIT("спустя"), ONLY, W_THROUGH, 0},
        {STR_INIT("ср"), ONLY, W_WEEKDAY, 3},
        {STR_INIT("сразу"), ONLY, W_NOW, 0},
        {STR_INIT("сред"), STR_INIT("а у ы е ой ам"), W_WEEKDAY, 3},
        {STR_INIT("срок"), STR_INIT("- а у ом е и ов ам ами ах"), W_DEADLINE, 0},
        {STR_INIT("срочно"), ONLY, W_NOW, 0},
        {STR_INIT("суббот"), STR_INIT("а у ы е ой ам"), W_WEEKDAY, 6},
        {STR_INIT("суткам"), ONLY, W_DAYNIGHT, 0},
        {STR_INIT("сутками"), ONLY, W_DAYNIGHT, 0},
        {STR_INIT("сутки"), ONLY, W_DAYNIGHT, 0},
        {STR_INIT("суток"), ONLY, W_DAYNIGHT, 0},
        {STR_INIT("суточн"), ADJ, W_ADJ_DAYNIGHT, 0},
        {STR_INIT("сочинени"), NOUN_NIE, W_NOUN, 0},
        {STR_INIT("т"), ONLY, W_CURRENT, 0},
        {STR_INIT("тек"), ONLY, W_CURRENT, 0},
        {STR_INIT("текущ"), ADJ, W_CURRENT, 0},
        {STR_INIT("теч"), ONLY, W_FLOW, 0},
        {STR_INIT("течени"), STR_INIT("е и я ю"), W_FLOW, 0},
        {STR_INIT("ти"), ONLY, W_ITH, 0},
        {STR_INIT("требовани"), NOUN_NIE, W_REQUEST, 0},
        {STR_INIT("трижды"), ONLY, W_ONCE, 3},
        {STR_INIT("триместр"), NOUN_M, W_TRIMESTER, 0},
        {STR_INIT("указани"), NOUN_NIE, W_REQUEST, 0},
        {STR_INIT("указанн"), ADJ, W_LED, 0},
        {STR_INIT("устанавлива"), STR_INIT("ется ются"), W_SPECIFIED, 0},
        {STR_INIT("установленн"), ADJ, W_LED, 0},
        {STR_INIT("утверждени"), STR_INIT("я и е ю"), W_SIGNING, 0},
        {STR_INIT("утвержденн"), ADJ, W_LED, 0},
        {STR_INIT("уточня"), STR_INIT("ется ются"), W_SPECIFIED, 0},
        {STR_INIT("уч"), ONLY, W_SCHOOL, 0},
        {STR_INIT("учеб"), ONLY, W_SCHOOL, 0},
        {STR_INIT("учебн"), ADJ, W_SCHOOL, 0},
        {STR_INIT("факт"), STR_INIT("у е ам"), W_FACT, 0},
        {STR_INIT("фев"), ONLY, W_MONTH, 2},
        {STR_INIT("февр"), ONLY, W_MONTH, 2},
        {STR_INIT("феврал"), STR_INIT("ь я ю ем е"), W_MONTH, 2},
        {STR_INIT("х"), ONLY, W_ITH, 0},
        {STR_INIT("ходе"), ONLY, W_DURING, 0},
        {STR_INIT("циклограмм"), NOUN_F, W_SCHEDULE, 0},
        {STR_INIT("ч"), ONLY, W_HOUR, 0},
        {STR_INIT("час"), STR_INIT("- а у ом е ы ов ам"), W_HOUR, 0},
        {STR_INIT("часов"), ADJ, W_ADJ_HOUR, 0},
        {STR_INIT("чем"), ONLY, W_THAN, 0},
        {STR_INIT("через"), ONLY, W_THROUGH, 0},
        {STR_INIT("четв"), ONLY, W_TERM, 0},
        {STR_INIT("четверг"), STR_INIT("- а у ом е и ам"), W_WEEKDAY, 4},
        {STR_INIT("четверт"), STR_INIT("ь и ью ей ям ями ях"), W_TERM, 0},
        {STR_INIT("чис"), ONLY, W_DAYNUM, 0},
        {STR_INIT("числ"), STR_INIT("о а у е ах ам"), W_DAYNUM, 0},
        {STR_INIT("чт"), ONLY, W_WEEKDAY, 4},
        {STR_INIT("ый"), ONLY, W_ITH, 0},
        {STR_INIT("этап"), NOUN_M, W_STAGE, 0},
        {STR_INIT("экзамен"), NOUN_M, W_NOUN, 0},
        {STR_INIT("ю"), ONLY, W_ITH, 0},
        {STR_INIT("я"), ONLY, W_ITH, 0},
        {STR_INIT("янв"), ONLY, W_MONTH, 1},
        {STR_INIT("январ"), STR_INIT("ь я ю ем е"), W_MONTH, 1},
};

static bool has_ending(struct str rest, struct str endings)
{
	struct str one;
	while (str_next(&endings, ' ', &one)) {
		if (rest.n == 0 ? str_eq(one, STR("-")) : str_eq(one, rest))
			return true;
	}
	return false;
}

/* Entries whose stem begins with the letter at the head of key: [*from, *to). Cyrillic small
 * letters take two bytes, and their byte order is the order of the alphabet. */
static void bucket(struct str key, size_t *from, size_t *to)
{
	size_t lo = 0, hi = ARRAY_LEN(entries);
	*from = *to = 0;
	if (key.n < 2)
		return;
	struct str letter = str_sub(key, 0, 2);
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (str_cmp(str_sub(entries[mid].stem, 0, 2), letter) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	*from = *to = lo;
	while (*to < ARRAY_LEN(entries) && str_starts(entries[*to].stem, letter))
		++*to;
}

bool word_find(struct str key, struct word *ret)
{
	size_t from, to;
	bucket(key, &from, &to);
	for (size_t i = from; i < to; i++) {
		if (str_starts(key, entries[i].stem) &&
		        has_ending(str_skip(key, entries[i].stem.n), entries[i].endings)) {
			*ret = (struct word){entries[i].id, entries[i].value};
			return true;
		}
	}
	return false;
}

#define NEAR_MAX 24 /* letters; longer words are not compared */

struct letters {
	uint16_t v[NEAR_MAX + 2];
	int n;
};

static bool letters_add(struct letters *w, struct str s)
{
	for (size_t i = 0; i < s.n;) {
		if (w->n >= NEAR_MAX)
			return false;
		w->v[w->n++] = (uint16_t)utf8_next(s, &i);
	}
	return true;
}

/* Optimal string alignment distance (Damerau 1964), given up above `most`. */
static int distance(const struct letters *x, const struct letters *y, int most)
{
	int row[3][NEAR_MAX + 2];
	if (x->n - y->n > most || y->n - x->n > most)
		return most + 1;
	for (int j = 0; j <= y->n; j++)
		row[0][j] = j;
	for (int i = 1; i <= x->n; i++) {
		int *now = row[i % 3], *up = row[(i + 2) % 3], *up2 = row[(i + 1) % 3];
		int best = now[0] = i;
		for (int j = 1; j <= y->n; j++) {
			int d = up[j - 1] + (x->v[i - 1] != y->v[j - 1]);
			d = d < up[j] + 1 ? d : up[j] + 1;
			d = d < now[j - 1] + 1 ? d : now[j - 1] + 1;
			if (i > 1 && j > 1 && x->v[i - 1] == y->v[j - 2] &&
			        x->v[i - 2] == y->v[j - 1] && up2[j - 2] + 1 < d)
				d = up2[j - 2] + 1;
			now[j] = d;
			best = d < best ? d : best;
		}
		if (best > most)
			return most + 1;
	}
	return row[x->n % 3][y->n];
}

/* The nearest form of one entry. */
static int entry_distance(const struct entry *e, const struct letters *w, int most)
{
	struct str endings = e->endings, one;
	int best = most + 1;
	while (str_next(&endings, ' ', &one)) {
		struct letters form = {.n = 0};
		int n = (int)(e->stem.n / 2 + (str_eq(one, STR("-")) ? 0 : one.n / 2));
		if (n - w->n > most || w->n - n > most)
			continue;
		if (!letters_add(&form, e->stem) ||
		        (!str_eq(one, STR("-")) && !letters_add(&form, one)))
			continue;
		if (form.n < 4)
			continue;
		int d = distance(w, &form, best - 1);
		best = d < best ? d : best;
	}
	return best;
}

/* Whether one slip of the hand could lie between the heads of the two words. */
static bool may_be_near(const struct letters *w, struct str stem)
{
	uint32_t v[3] = {0};
	for (size_t k = 0; k < 3 && 2 * k + 1 < stem.n; k++) /* all letters take two bytes */
		v[k] = (uint32_t)(stem.p[2 * k] & 0x1f) << 6 | (uint32_t)(stem.p[2 * k + 1] & 0x3f);
	if (w->v[0] == v[0])
		return w->v[1] == v[1] || w->v[2] == v[1] || w->v[1] == v[2] || w->v[2] == v[2];
	return w->v[1] == v[1] || w->v[0] == v[1] || w->v[1] == v[0];
}

static bool find_slip(const struct letters *w, struct word *ret)
{
	int most = w->n >= 9 ? 2 : 1, best = most + 1;
	bool two = false;
	struct word found = {0};
	for (size_t i = 0; i < ARRAY_LEN(entries); i++) {
		const struct entry *e = &entries[i];
		/* short words have too many neighbours («потом», «поток») */
		if (w->n < 6 && e->id != W_MONTH)
			continue;
		if (e->stem.n / 2 > (size_t)(w->n + most) || !may_be_near(w, e->stem))
			continue;
		int d = entry_distance(e, w, most);
		if (d > best || d > most)
			continue;
		bool same = found.id == e->id && found.value == e->value;
		two = d < best ? false : two || !same;
		best = d;
		found = (struct word){e->id, e->value};
	}
	if (best > most || two)
		return false;
	*ret = found;
	return true;
}

bool word_find_soft(struct str key, struct word *ret)
{
	char swapped[NEAR_MAX * 2];
	size_t n = 0;
	if (word_find(key, ret))
		return true;
	if (key.n > NEAR_MAX * 2)
		return false;
	for (size_t i = 0; i < key.n;) {
		uint32_t cp = utf8_next(key, &i);
		cp = cp == 0x44d ? 0x437 : cp == 0x44a ? 0x44c : cp; /* э ъ → з ь */
		if (!cp_cyrillic(cp))
			return false;
		n += utf8_put(swapped + n, cp);
	}
	return word_find((struct str){swapped, n}, ret);
}

bool word_find_near(struct str key, struct word *ret)
{
	struct letters w = {.n = 0};
	if (word_find_soft(key, ret))
		return true;
	return letters_add(&w, key) && w.n >= 4 && find_slip(&w, ret);
}

/* Short words that do run into their neighbours; other short ones are found in any long word. */
static bool runs_together(struct str s, enum word_id id)
{
	static const enum word_id ids[] = {W_DO, W_S, W_PO, W_K, W_V, W_NA, W_ZA, W_NOT, W_AT,
	        W_YEAR, W_MONTH, W_TIMES, W_DAY};
	if (s.n > 6)
		return id != W_ITH;
	if (str_eq(s, STR("во")) || str_eq(s, STR("ко")) || str_eq(s, STR("со")))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(ids); i++) {
		if (ids[i] == id)
			return true;
	}
	return false;
}

size_t word_longest(struct str key, size_t at_most, struct word *ret)
{
	for (size_t n = (at_most < key.n ? at_most : key.n) & ~(size_t)1; n >= 2; n -= 2) {
		struct str head = str_sub(key, 0, n);
		if (word_find(head, ret) && runs_together(head, ret->id))
			return n;
	}
	return 0;
}

int month_nearest(struct str key)
{
	struct letters w = {.n = 0};
	int month = 0;
	if (key.n == 0 || !letters_add(&w, key))
		return 0;
	int most = w.n < 5 ? 1 : 2, best = most + 1;
	for (size_t i = 0; i < ARRAY_LEN(entries); i++) {
		if (entries[i].id != W_MONTH)
			continue;
		struct str endings = entries[i].endings, one;
		while (str_next(&endings, ' ', &one)) {
			struct letters form = {.n = 0};
			letters_add(&form, entries[i].stem);
			if (!str_eq(one, STR("-")))
				letters_add(&form, one);
			int d = distance(&w, &form, most);
			if (d < best)
				month = entries[i].value;
			else if (d == best && d <= most && month != entries[i].value)
				month = -1;
			best = d < best ? d : best;
		}
	}
	return best <= most ? month : 0;
}

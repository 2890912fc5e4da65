/* The choices a territory has about due days (CONVENTIONS §11), as a table. */
#include "base/cur.h"
#include "core/calendar/calendar.h"

#define WORDS(name, ...) static const struct str name[] = {__VA_ARGS__, STR_INIT("")}
WORDS(day_off_values, STR_INIT("keep"), STR_INIT("next"));
WORDS(work_days_values, STR_INIT("production"), STR_INIT("plain"));
WORDS(open_ended_values, STR_INIT("none"), STR_INIT("month"), STR_INIT("quarter"), STR_INIT("half"),
        STR_INIT("year"));
static const struct str no_values[] = {STR_INIT("")};

static const struct {
	struct str name, title;
	const struct str *value;
} rules[RULE_COUNT] = {
        [RULE_DAY_OFF] = {STR_INIT("day_off"), STR_INIT("Срок выпал на выходной"), day_off_values},
        [RULE_WORK_DAYS] = {STR_INIT("work_days"), STR_INIT("Счёт рабочих дней"), work_days_values},
        [RULE_HORIZON_DAYS] = {STR_INIT("horizon_days"),
                STR_INIT("На сколько дней вперёд ставить сроки без конца"), no_values},
        [RULE_OPEN_ENDED] = {STR_INIT("open_ended"),
                STR_INIT("Контрольные даты постоянных поручений"), open_ended_values},
};

static const struct {
	struct str value, title;
} titles[] = {
        {STR_INIT("keep"), STR_INIT("остаётся как написан")},
        {STR_INIT("next"), STR_INIT("переносится на следующий рабочий день")},
        {STR_INIT("production"), STR_INIT("по производственному календарю с переносами")},
        {STR_INIT("plain"),
                STR_INIT("суббота, воскресенье и праздники ст. 112 ТК РФ, без переносов")},
        {STR_INIT("none"), STR_INIT("не ставить")},
        {STR_INIT("month"), STR_INIT("раз в месяц, в последний день")},
        {STR_INIT("quarter"), STR_INIT("раз в квартал, в последний день")},
        {STR_INIT("half"), STR_INIT("раз в полугодие, 30 июня и 31 декабря")},
        {STR_INIT("year"), STR_INIT("раз в год, 31 декабря")},
};

struct str rule_name(enum calendar_rule r)
{
	return r < RULE_COUNT ? rules[r].name : STR("");
}

struct str rule_title(enum calendar_rule r)
{
	return r < RULE_COUNT ? rules[r].title : STR("");
}

const struct str *rule_values(enum calendar_rule r)
{
	return r < RULE_COUNT ? rules[r].value : no_values;
}

bool rule_of(struct str name, enum calendar_rule *ret)
{
	for (int i = 0; i < RULE_COUNT; i++)
		if (str_eq(rules[i].name, name)) {
			*ret = (enum calendar_rule)i;
			return true;
		}
	return false;
}

struct str rule_value_title(struct arena *a, enum calendar_rule r, struct str value)
{
	if (r == RULE_HORIZON_DAYS)
		return str_printf(a, STR_FMT " дн.", STR_ARG(value));
	for (size_t i = 0; i < ARRAY_LEN(titles); i++)
		if (str_eq(titles[i].value, value))
			return titles[i].title;
	return value;
}

bool rule_takes(enum calendar_rule r, struct str value)
{
	struct cur c = CUR(value);
	int64_t days;
	if (r == RULE_HORIZON_DAYS)
		return cur_int(&c, 1, 400, &days) && cur_end(&c);
	for (const struct str *v = rule_values(r); v->n > 0; v++)
		if (str_eq(*v, value))
			return true;
	return false;
}

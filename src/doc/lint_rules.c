#include "doc/lint_rules.h"

#define GOST     "ГОСТ Р 7.0.97-2016"
#define CARE     "правила делопроизводства: срок и исполнитель каждого поручения называются прямо"
#define READER   "чтение документа: место, где прочитанное надо сверить"
#define CALENDAR "календарь"

#define ERROR(code, title, source)                                                                 \
	{                                                                                          \
		STR_INIT(code), SEVERITY_ERROR, STR_INIT(title), STR_INIT(source)                  \
	}
#define WARN(code, title, source)                                                                  \
	{                                                                                          \
		STR_INIT(code), SEVERITY_WARNING, STR_INIT(title), STR_INIT(source)                \
	}
#define NOTE(code, title, source)                                                                  \
	{                                                                                          \
		STR_INIT(code), SEVERITY_NOTE, STR_INIT(title), STR_INIT(source)                   \
	}

const struct lint_rule lint_rules[] = {
        ERROR("impossible_date", "такой даты нет", CALENDAR),
        ERROR("impossible_month", "такого месяца нет", CALENDAR),
        ERROR("impossible_quarter", "такого квартала или полугодия нет", CALENDAR),
        ERROR("impossible_day", "такого дня в месяце нет", CALENDAR),
        ERROR("impossible_time", "такого времени нет", CALENDAR),
        ERROR("implausible_year", "год неправдоподобен", CALENDAR),
        ERROR("reversed_range", "начало позже конца", CALENDAR),
        ERROR("blank", "дата не заполнена", GOST),
        ERROR("incomplete_date", "дата неполна", GOST),
        ERROR("unreadable", "дату не удалось прочитать", GOST),
        WARN("before_document", "срок прошёл раньше даты документа", CARE),
        WARN("year_slip", "год срока не тот, что у документа или плана", CARE),
        WARN("two_deadlines", "у поручения два разных срока в разных местах", CARE),
        WARN("weekday_mismatch", "день недели не совпадает с датой", CALENDAR),
        WARN("year_ambiguous", "год выбран предположительно: в плане несколько лет", CARE),
        WARN("ambiguous_bound", "граница срока понимается двояко", CARE),
        WARN("short_month", "в коротких месяцах берётся последний день", CALENDAR),
        WARN("vague", "срок не определён", CARE),
        WARN("deadline_missing", "срок не назван", CARE),
        WARN("responsible_missing", "ответственный не назван", CARE),
        NOTE("indicator_without_target", "у показателя нет целевого значения",
                "показатель без цели нельзя признать достигнутым"),
        WARN("duplicate_activity", "мероприятие повторено", "одно дело поручается один раз"),
        NOTE("near_duplicate_activity", "мероприятие похоже на другое",
                "одно дело поручается один раз"),
        WARN("name_slip", "описка в названии исследования или процедуры",
                "названия международных исследований: IEA (TIMSS, PIRLS), ОЭСР (PISA)"),
        NOTE("numbering_gap", "в нумерации пропуск", GOST ", 5.19"),
        WARN("date_missing", "дата документа не прочитана", GOST ", 5.10"),
        NOTE("ocr_repair", "в сроке исправлены знаки", READER),
        ERROR("ocr_unreadable", "страница распознана не тем языком", READER),
        WARN("column_guess", "столбцы таблицы угаданы", READER),
};
const size_t lint_rules_n = ARRAY_LEN(lint_rules);

const struct lint_rule *lint_rule_find(struct str code)
{
	for (size_t i = 0; i < lint_rules_n; i++)
		if (str_eq(lint_rules[i].code, code))
			return &lint_rules[i];
	return NULL;
}

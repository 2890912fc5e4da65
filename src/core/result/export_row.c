#include "core/result/export_row.h"
#include "base/cur.h"

#include <string.h>

uint8_t item_cell(struct str s)
{
	if (s.n == 1 && s.p[0] >= '0' && s.p[0] <= '9')
		return (uint8_t)(s.p[0] - '0');
	s = str_trim(s);
	if (s.n == 0)
		return ITEM_EMPTY;
	if (str_eq(s, STR("X")) || str_eq(s, STR("x")) || str_eq(s, STR("Х")) ||
	        str_eq(s, STR("х")))
		return ITEM_NOT_ATTEMPTED;
	if (str_starts(s, STR("не пройд")) || str_starts(s, STR("Не пройд")))
		return ITEM_NOT_TAUGHT;
	struct cur c = CUR(s);
	uint64_t v;
	return cur_uint(&c, 3, ITEM_POINTS_MAX, &v) && cur_end(&c) ? (uint8_t)v : ITEM_UNREADABLE;
}

uint16_t total_cell(struct str s, bool *ret_bad)
{
	*ret_bad = false;
	s = str_trim(s);
	if (s.n == 0)
		return TOTAL_NONE;
	struct cur c = CUR(s);
	uint64_t v;
	if (cur_uint(&c, 5, TOTAL_NONE - 1, &v) && cur_end(&c))
		return (uint16_t)v;
	*ret_bad = true;
	return TOTAL_NONE;
}

uint8_t variant_cell(struct str s)
{
	s = str_trim(s);
	if (s.n == 0 || str_eq(s, STR("0")))
		return VARIANT_NONE;
	if (str_starts(s, STR("отсутств")) || str_starts(s, STR("Отсутств")))
		return VARIANT_ABSENT;
	struct cur c = CUR(s);
	uint64_t v;
	return cur_uint(&c, 3, VARIANT_MAX, &v) && cur_end(&c) ? (uint8_t)v : VARIANT_OTHER;
}

uint8_t journal_cell(struct str s)
{
	s = str_trim(s);
	if (s.n == 0)
		return JOURNAL_NONE;
	if (s.n == 1 && s.p[0] >= '2' && s.p[0] <= '5')
		return (uint8_t)(s.p[0] - '0');
	return str_starts(s, STR("нет")) ? JOURNAL_NO_MARK : JOURNAL_UNREADABLE;
}

uint8_t gender_cell(struct str s)
{
	s = str_trim(s);
	if (s.n == 0)
		return GENDER_NONE;
	if (str_eq(s, STR("м")) || str_eq(s, STR("М")))
		return GENDER_MALE;
	return str_eq(s, STR("ж")) || str_eq(s, STR("Ж")) ? GENDER_FEMALE : GENDER_OTHER;
}

bool class_is_none(struct str s)
{
	static const char *const no[] = {"нет", "НЕТ", "Нет"};
	for (size_t i = 0; i < ARRAY_LEN(no); i++) {
		if (str_has(s, str_c(no[i])) && s.n <= 12)
			return true;
	}
	return false;
}

enum work_status work_status_of(
        const uint8_t variant[PROTOCOL_PARTS], size_t n_parts, const uint8_t *item, size_t n_items)
{
	size_t absent = 0, written = 0;
	for (size_t i = 0; i < n_parts; i++) {
		absent += variant[i] == VARIANT_ABSENT;
		written += variant[i] != VARIANT_ABSENT && variant[i] != VARIANT_NONE;
	}
	if (written == 0)
		return absent > 0 ? WORK_ABSENT : WORK_BLANK;
	if (absent > 0 || (n_items > 0 && memchr(item, ITEM_EMPTY, n_items) != NULL))
		return WORK_PARTIAL;
	return WORK_PRESENT;
}

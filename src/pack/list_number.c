#include "pack/list_number.h"

static void roman(struct buf *out, int v, bool upper)
{
	static const struct {
		int value;
		const char *lower, *upper;
	} sign[] = {{1000, "m", "M"}, {900, "cm", "CM"}, {500, "d", "D"}, {400, "cd", "CD"},
	        {100, "c", "C"}, {90, "xc", "XC"}, {50, "l", "L"}, {40, "xl", "XL"}, {10, "x", "X"},
	        {9, "ix", "IX"}, {5, "v", "V"}, {4, "iv", "IV"}, {1, "i", "I"}};
	if (v > 3999) {
		buf_int(out, v);
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(sign); i++)
		for (; v >= sign[i].value; v -= sign[i].value)
			buf_add_z(out, upper ? sign[i].upper : sign[i].lower);
}

/* а, б … я without ё, й, ъ, ы, ь, as Word counts; after the last one letters double: аа. */
static void russian(struct buf *out, int v, bool upper)
{
	static const char *const letters[] = {"а", "б", "в", "г", "д", "е", "ж", "з", "и", "к", "л",
	        "м", "н", "о", "п", "р", "с", "т", "у", "ф", "х", "ц", "ч", "ш", "щ", "э", "ю",
	        "я"};
	int n = (int)ARRAY_LEN(letters);
	for (int k = 0; k <= (v - 1) / n && k < 8; k++) {
		size_t i = 0;
		uint32_t cp = utf8_next(str_c(letters[(v - 1) % n]), &i);
		buf_cp(out, upper ? cp - 0x20 : cp);
	}
}

static void latin(struct buf *out, int v, bool upper)
{
	for (int k = 0; k <= (v - 1) / 26 && k < 8; k++)
		buf_byte(out, (char)((upper ? 'A' : 'a') + (v - 1) % 26));
}

void list_number_put(struct buf *out, enum list_number kind, int v)
{
	if (kind == LIST_NUMBER_NONE)
		return;
	if (v < 1 || v > 30000) {
		buf_int(out, v);
		return;
	}
	switch (kind) {
	case LIST_NUMBER_ROMAN_LOWER:
	case LIST_NUMBER_ROMAN_UPPER:
		roman(out, v, kind == LIST_NUMBER_ROMAN_UPPER);
		break;
	case LIST_NUMBER_LATIN_LOWER:
	case LIST_NUMBER_LATIN_UPPER:
		latin(out, v, kind == LIST_NUMBER_LATIN_UPPER);
		break;
	case LIST_NUMBER_RUSSIAN_LOWER:
	case LIST_NUMBER_RUSSIAN_UPPER:
		russian(out, v, kind == LIST_NUMBER_RUSSIAN_UPPER);
		break;
	case LIST_NUMBER_ZERO:
		buf_add_z(out, v < 10 ? "0" : "");
		buf_int(out, v);
		break;
	case LIST_NUMBER_NONE:
	case LIST_NUMBER_DECIMAL:
		buf_int(out, v);
		break;
	}
}

#include "text/number_ru.h"

#include "text/fold.h"

/* Forms are separated by blanks. */
static const struct {
	int value;
	struct str forms;   /* cardinal in all cases */
	struct str ordinal; /* stem of the ordinal */
	struct str head;    /* first part of a compound word */
} numbers[] = {
        {1, STR_INIT("один одна одно одного одной одному одним одном одну"), STR_INIT("перв"),
                STR_INIT("одно")},
        {2, STR_INIT("два две двух двум двумя двое двоих"), STR_INIT("втор"), STR_INIT("двух")},
        {3, STR_INIT("три трех трем тремя трое троих"), STR_INIT("трет"), STR_INIT("трех")},
        {4, STR_INIT("четыре четырех четырем четырьмя"), STR_INIT("четверт"), STR_INIT("четырех")},
        {5, STR_INIT("пять пяти пятью"), STR_INIT("пят"), STR_INIT("пяти")},
        {6, STR_INIT("шесть шести шестью"), STR_INIT("шест"), STR_INIT("шести")},
        {7, STR_INIT("семь семи семью"), STR_INIT("седьм"), STR_INIT("семи")},
        {8, STR_INIT("восемь восьми восемью восьмью"), STR_INIT("восьм"), STR_INIT("восьми")},
        {9, STR_INIT("девять девяти девятью"), STR_INIT("девят"), STR_INIT("девяти")},
        {10, STR_INIT("десять десяти десятью"), STR_INIT("десят"), STR_INIT("десяти")},
        {11, STR_INIT("одиннадцать одиннадцати"), STR_INIT("одиннадцат"), STR_INIT("одиннадцати")},
        {12, STR_INIT("двенадцать двенадцати"), STR_INIT("двенадцат"), STR_INIT("двенадцати")},
        {13, STR_INIT("тринадцать тринадцати"), STR_INIT("тринадцат"), STR_INIT("тринадцати")},
        {14, STR_INIT("четырнадцать четырнадцати"), STR_INIT("четырнадцат"),
                STR_INIT("четырнадцати")},
        {15, STR_INIT("пятнадцать пятнадцати"), STR_INIT("пятнадцат"), STR_INIT("пятнадцати")},
        {16, STR_INIT("шестнадцать шестнадцати"), STR_INIT("шестнадцат"), STR_INIT("шестнадцати")},
        {17, STR_INIT("семнадцать семнадцати"), STR_INIT("семнадцат"), STR_INIT("семнадцати")},
        {18, STR_INIT("восемнадцать восемнадцати"), STR_INIT("восемнадцат"),
                STR_INIT("восемнадцати")},
        {19, STR_INIT("девятнадцать девятнадцати"), STR_INIT("девятнадцат"),
                STR_INIT("девятнадцати")},
        {20, STR_INIT("двадцать двадцати двадцатью"), STR_INIT("двадцат"), STR_INIT("двадцати")},
        {30, STR_INIT("тридцать тридцати тридцатью"), STR_INIT("тридцат"), STR_INIT("тридцати")},
        {40, STR_INIT("сорок сорока"), STR_INIT("сороков"), STR_INIT("сорока")},
        {50, STR_INIT("пятьдесят пятидесяти"), STR_INIT("пятидесят"), STR_INIT("пятидесяти")},
        {60, STR_INIT("шестьдесят шестидесяти"), STR_INIT("шестидесят"), STR_INIT("шестидесяти")},
        {70, STR_INIT("семьдесят семидесяти"), STR_INIT("семидесят"), STR_INIT("семидесяти")},
        {80, STR_INIT("восемьдесят восьмидесяти"), STR_INIT("восьмидесят"),
                STR_INIT("восьмидесяти")},
        {90, STR_INIT("девяносто девяноста"), STR_INIT("девяност"), STR_INIT("девяносто")},
        {100, STR_INIT("сто ста"), STR_INIT("сот"), STR_INIT("сто")},
        {200, STR_INIT("двести двухсот"), STR_INIT("двухсот"), STR_INIT("двухсот")},
        {300, STR_INIT("триста трехсот"), STR_INIT("трехсот"), STR_INIT("трехсот")},
};

static bool among(struct str word, struct str list)
{
	struct str one;
	while (str_next(&list, ' ', &one)) {
		if (str_eq(one, word))
			return true;
	}
	return false;
}

static bool ordinal_of(struct str key, struct str stem)
{
	static const struct str endings = STR_INIT("ый ий ой ого его ому ему ым им ом ем ая яя ую "
	                                           "юю ые ие ых их ыми ими ое ее ей ья ье "
	                                           "ью ьей ьего ьем ьему ьим ьих ьи ьими");
	return str_starts(key, stem) && among(str_skip(key, stem.n), endings);
}

/* All forms of a number begin with one letter (two bytes); saves the search for other words. */
static bool same_letter(struct str key, struct str forms)
{
	return key.n >= 2 && key.p[0] == forms.p[0] && key.p[1] == forms.p[1];
}

bool number_word(struct str key, struct number_word *ret)
{
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		if (!same_letter(key, numbers[i].forms) && !same_letter(key, numbers[i].ordinal))
			continue;
		if (among(key, numbers[i].forms)) {
			*ret = (struct number_word){numbers[i].value, false};
			return true;
		}
		if (ordinal_of(key, numbers[i].ordinal)) {
			*ret = (struct number_word){numbers[i].value, true};
			return true;
		}
	}
	return false;
}

/* Index of the longest head the word starts with, or -1. */
static int longest_head(struct str key)
{
	int best = -1;
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++) {
		if (str_starts(key, numbers[i].head) &&
		        (best < 0 || numbers[i].head.n > numbers[best].head.n))
			best = (int)i;
	}
	return best;
}

bool number_prefix(struct str key, int *ret_value, struct str *ret_rest)
{
	int head = longest_head(key), value = 0;
	if (head < 0)
		return false;
	value = numbers[head].value;
	key = str_skip(key, numbers[head].head.n);
	int tail = value >= 20 ? longest_head(key) : -1;
	if (tail >= 0 && numbers[tail].value < 10) {
		value += numbers[tail].value;
		key = str_skip(key, numbers[tail].head.n);
	}
	if (key.n == 0)
		return false;
	*ret_value = value;
	*ret_rest = key;
	return true;
}

size_t number_phrase(const struct str *keys, size_t n, struct number_word *ret)
{
	struct number_word sum = {0}, w;
	int below = 1000; /* the next part must be smaller than the last one's step */
	size_t used = 0;
	while (used < n && number_word(keys[used], &w) && w.value < below) {
		sum.value += w.value;
		sum.ordinal = w.ordinal;
		used++;
		below = w.value >= 100 ? 100 : w.value >= 20 ? 10 : 0;
		if (w.ordinal)
			break;
	}
	if (used > 0)
		*ret = sum;
	return used;
}

/* The numeral as Latin capitals I V X; false when a sign has no such reading. */
static bool roman_letters(struct str word, char letters[40], size_t *n, bool *repaired)
{
	static const struct {
		uint16_t cp;
		const char *as;
	} shapes[] = {
	        {'I', "I"},
	        {'i', "I"},
	        {'l', "I"},
	        {'1', "I"},
	        {'|', "I"},
	        {0x406, "I"},
	        {0x456, "I"},
	        {'V', "V"},
	        {'v', "V"},
	        {0x423, "V"},
	        {0x443, "V"},
	        {'X', "X"},
	        {'x', "X"},
	        {0x425, "X"},
	        {0x445, "X"},
	        {0x41f, "II"},
	        {0x43f, "II"},
	        {0x428, "III"},
	        {0x448, "III"},
	};
	for (size_t i = 0; i < word.n;) {
		uint32_t cp = utf8_next(word, &i);
		size_t k = 0;
		while (k < ARRAY_LEN(shapes) && shapes[k].cp != cp)
			k++;
		if (k == ARRAY_LEN(shapes))
			return false;
		for (const char *p = shapes[k].as; *p != 0; p++)
			letters[(*n)++] = *p; /* 12 bytes of word give at most 36 letters */
		*repaired = *repaired || (cp != 'I' && cp != 'V' && cp != 'X');
	}
	return true;
}

static bool only_digits(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!cp_digit((unsigned char)s.p[i]))
			return false;
	}
	return true;
}

bool roman_number(struct str word, int *ret_value, bool *ret_repaired)
{
	static const char *const ones[] = {
	        "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};
	bool repaired = false;
	size_t n = 0;
	char letters[40];
	if (word.n == 0 || word.n > 12 || only_digits(word) ||
	        !roman_letters(word, letters, &n, &repaired))
		return false;
	struct str rest = {letters, n};
	int tens = 0;
	while (tens < 3 && rest.n > 0 && rest.p[0] == 'X') {
		tens++;
		rest = str_skip(rest, 1);
	}
	for (int one = 0; one < 10; one++) {
		if (str_eq_z(rest, ones[one]) && tens * 10 + one > 0) {
			*ret_value = tens * 10 + one;
			if (ret_repaired != NULL)
				*ret_repaired = repaired;
			return true;
		}
	}
	return false;
}

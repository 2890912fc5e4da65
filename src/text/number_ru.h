/* Numbers written in Russian words, and Roman numerals as they come out of scans. */
#ifndef TEXT_NUMBER_RU_H
#define TEXT_NUMBER_RU_H

#include "base/str.h"

struct number_word {
	int value;
	bool ordinal; /* «третий», «десятого» */
};

/* One word as text_key() writes it (lower case, ё → е), in any case and gender. False when it is no
 * number. */
bool number_word(struct str key, struct number_word *ret);
/* Number at the head of a compound word: «десятидневный» → 10 and «дневный», «двухнедельный». False
 * when there is none or nothing follows it. */
bool number_prefix(struct str key, int *ret_value, struct str *ret_rest);
/* «двадцать пять», «ста двадцати», «двадцать первого»: reads as many of the words as belong to one
 * number below 1,000; returns how many, 0 for none. */
size_t number_phrase(const struct str *keys, size_t n, struct number_word *ret);

/* Roman numeral 1–39 in canonical form. Scans are understood: l І і 1 for I, У for V, Х for X, П
 * for II, Ш for III. *ret_repaired (may be NULL): some sign was not the Latin letter. False for
 * anything else, also for plain digits. */
bool roman_number(struct str word, int *ret_value, bool *ret_repaired);

#endif

/* Repairing what recognition of scans confuses: Latin letters in Cyrillic words, letters in
 * numbers, the number sign. Only shapes are decided here; whether the result is a sensible word is
 * for the caller. */
#ifndef TEXT_LOOKALIKE_H
#define TEXT_LOOKALIKE_H

#include "base/str.h"

/* The Cyrillic letter of the same shape (Latin letters; digits 0 3 4 6 for о з ч б); 0 when there
 * is none. Cyrillic letters are returned as they are. */
uint32_t lookalike_cyrillic(uint32_t cp);
/* The digit that a letter stands for inside a number (О о O → 0, З → 3, l I → 1, б → 6, S → 5);
 * -1 when there is none. Digits give themselves. */
int lookalike_digit(uint32_t cp);

/* A word that mixes Cyrillic with Latin letters or digits inside becomes Cyrillic when every
 * foreign sign has a look-alike; otherwise the word itself. Pure Latin words stay: «PISA».
 * *ret_changed may be NULL. */
struct str word_repair(struct arena *a, struct str word, bool *ret_changed);
/* The same without asking for a Cyrillic letter: «no» → «по», for places where only a Russian word
 * can stand. False when some sign has no look-alike. */
bool word_force_cyrillic(struct arena *a, struct str word, struct str *ret);
/* Digits of a word made of digits and letters that look like digits («3О», «l5», «2О22»); false
 * when another sign is in it. */
bool number_repair(struct arena *a, struct str word, struct str *ret);

/* Bytes of the number sign that stands at byte `at` (№ N Ns Nq NЬ N° ЛЪ J\Ъ), 0 when there is none.
 * All but № count only before a digit. */
size_t number_sign(struct str s, size_t at);

/* Share of letters of words that are written with Latin look-alikes only, 0…1: near 1 for a Russian
 * page recognised with the wrong language. */
double lookalike_share(struct str s);

#endif

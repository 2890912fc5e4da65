/* Russian words as far as reading administrative documents needs them: folding, word walking,
 * forms that tell an addressee from an action, personal names. */
#ifndef DOC_WORDS_H
#define DOC_WORDS_H

#include "base/str.h"

/* Lower case, ё → е, tabs and no-break spaces → blank. Byte offsets are those of s (same length):
 * match in the folded text, cut in the original. */
struct str words_fold(struct arena *a, struct str s);

/* One word: a run of letters and digits, inner hyphens included («учителей-предметников»). */
struct word {
	size_t from, to;
};

/* Finds the next word at or after *i and moves *i behind it. */
bool word_next(struct str s, size_t *i, struct word *ret);

/* The word with this number (0 first), or empty. */
struct str word_nth(struct str s, size_t n);

/* Some item of the NULL-terminated list occurs in folded text / the folded word begins with it. */
bool has_any(struct str folded, const char *const *list);
bool starts_any(struct str folded, const char *const *list);

/* Offset of the first list item in the text, or SIZE_MAX; *ret_len is its length. */
size_t find_any(struct str folded, size_t from, const char *const *list, size_t *ret_len);

/* Folded word is an infinitive («провести», «обеспечить»). */
bool word_infinitive(struct str w);

/* Folded word has a form of the dative («управлению», «директорам», «классным»). */
bool word_dative(struct str w);

/* First letter of the text is upper / lower case; false for other characters. */
bool starts_upper(struct str s);
bool starts_lower(struct str s);
/* All letters are capital and there are at least two of them. */
bool all_upper(struct str s);
/* Number of letters. */
size_t letters(struct str s);

/* Finds a personal name at or after from: «Уфимцева С.А.», «А. В. Райдер», «Седова Марина
 * Игоревна». */
bool person_find(struct str text, size_t from, struct word *ret);

/* Without the final dot, semicolon, comma and white space. */
struct str trim_end_marks(struct str s);

/* Letter of the folded text at byte i is preceded by no letter. */
bool word_start_at(struct str s, size_t i);

#endif

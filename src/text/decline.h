/* Case endings of posts, organisations and surnames, enough for the head of an order («Управление
 * образования» → «Управлению образования», «Иванова А.А.» → «Ивановой А.А.»). Regular endings and
 * lists of exceptions; a word it does not know stays as it is: the person reads the text before it
 * is signed. */
#ifndef TEXT_DECLINE_H
#define TEXT_DECLINE_H

#include "base/str.h"

enum ru_case { CASE_NOMINATIVE = 0, CASE_GENITIVE, CASE_DATIVE, CASE_ACCUSATIVE };

/* A phrase in the nominative singular: adjectives and the noun they belong to are declined, what
 * follows the noun («образования города») is not; text in quotes and abbreviations stay. */
struct str text_decline(struct arena *a, struct str phrase, enum ru_case to);
/* «Иванова А.А.», «А.А. Иванова»: only what the ending says for certain; other surnames stay as
 * they are. */
struct str text_decline_name(struct arena *a, struct str name, enum ru_case to);

#endif

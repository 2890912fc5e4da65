/* The vocabulary of deadline phrases: a word in any form → what it is for the grammar. */
#ifndef DOC_DEADLINE_WORDS_H
#define DOC_DEADLINE_WORDS_H

#include "base/str.h"

/* Meaning of a word; words that share a meaning share a value. The comment-free names follow the
 * English word of docs/glossary.md. */
enum word_id {
	W_OTHER = 0,
	W_DO,
	W_S,
	W_PO,
	W_K,
	W_V,
	W_NA,
	W_ZA,
	W_OT,
	W_AND,
	W_OR,
	W_NOT,
	W_BUT,
	W_THAN,
	W_AT,
	W_AFTER,
	W_BEFORE,
	W_THROUGH,
	W_SAME,
	W_FROM_HERE,
	W_LATER,
	W_EARLIER,
	W_RARELY,
	W_LESS,
	W_MORE,
	W_THEN,
	W_INCLUSIVE,
	W_EVE,
	W_DAY,
	W_DAYNIGHT,
	W_WEEK,
	W_MONTHS,
	W_QUARTER,
	W_HALFYEAR,
	W_TERM,
	W_TRIMESTER,
	W_YEAR,
	W_HOUR,
	W_MINUTE,
	W_DECADE,
	W_HALF,
	W_PERIOD,
	W_STAGE,
	W_WORKING,
	W_CALENDAR,
	W_SCHOOL,
	W_CURRENT,
	W_NEXT,
	W_REPORTING,
	W_LAST,
	W_EVERY,
	W_WHOLE,
	W_THIS,
	W_NEW,
	W_ADJ_DAY,
	W_ADJ_DAYNIGHT,
	W_ADJ_WEEK,
	W_ADJ_MONTH,
	W_ADJ_YEAR,
	W_ADJ_HOUR,
	W_DEADLINE,
	W_FLOW,
	W_BEGIN,
	W_MIDDLE,
	W_END,
	W_OPEN,
	W_CONSTANT,
	W_BASIS,
	W_MODE,
	W_SHORTEST,
	W_OPERATIVE,
	W_ORDERLY,
	W_NOW,
	W_DAILY,
	W_WEEKLY,
	W_MONTHLY,
	W_QUARTERLY,
	W_YEARLY,
	W_HALFYEARLY,
	W_TIMES,
	W_ONCE,
	W_DAYNUM,
	W_ITH,
	W_MONTH,
	W_WEEKDAY,
	W_SEASON,
	W_HOLIDAYS,
	W_SCHEDULE,
	W_ORDER,
	W_NOUN, /* what deadlines are counted from; known so that its pieces can be joined */
	W_ACCORDING,
	W_SPECIFIED,
	W_DATE_WORD,
	W_LED,
	W_SEPARATE,
	W_DURING,
	W_NEED,
	W_REQUEST,
	W_EXTENT,
	W_CASE,
	W_FACT,
	W_PRESENCE,
	W_UNPLANNED,
	W_OUTCOME,
	W_MOMENT,
	W_SIGNING,
	W_ACT,
	W_FORCE,
	W_IMPLEMENT,
	W_FINISH,
};

struct word {
	enum word_id id;
	int value; /* month 1–12, weekday 1–7, first month of a season; else 0 */
};

/* key: lower case with ё as е. Exact forms only. */
bool word_find(struct str key, struct word *ret);
/* Also with э for з and ъ for ь, as scans have them (deadlines.md §6). */
bool word_find_soft(struct str key, struct word *ret);
/* Also, in words of four letters and more, with one slip (two from nine letters on): a wrong,
 * missing, doubled or swapped letter. False when two different words are equally near. */
bool word_find_near(struct str key, struct word *ret);
/* Length in bytes of the longest known word that key begins with, of at most at_most bytes; 0 when
 * there is none. Short words count only when they do run into others (в, до, не, год …). */
size_t word_longest(struct str key, size_t at_most, struct word *ret);
/* The month a short or broken name is nearest to; -1 when there are several, 0 when there is none.
 */
int month_nearest(struct str key);

#endif

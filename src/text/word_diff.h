/* What changed between two texts, word by word: the longest common subsequence of their words
 * (Hunt and McIlroy, 1976; here by dynamic programming). */
#ifndef TEXT_WORD_DIFF_H
#define TEXT_WORD_DIFF_H

#include "base/str.h"

enum diff_mark { DIFF_SAME = 0, DIFF_REMOVED, DIFF_ADDED };
struct diff_piece {
	struct str text; /* words with the blanks behind them; a view into before or after */
	enum diff_mark mark;
};
struct word_diff {
	struct diff_piece *v; /* in reading order: removed before added */
	size_t n;
	size_t n_same, n_words; /* words in both; the larger number of words of the two */
};
/* Texts of more than DIFF_WORDS words each are compared as a whole. */
#define DIFF_WORDS 1500
struct word_diff word_diff(struct arena *a, struct str before, struct str after);

#endif

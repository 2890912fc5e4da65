/* A deadline phrase as words of the vocabulary, numbers and signs, repaired on the way
 * (docs/methods/deadlines.md §6). */
#ifndef DOC_DEADLINE_LEX_H
#define DOC_DEADLINE_LEX_H

#include "doc/deadline_words.h"

enum lex_kind {
	LEX_WORD,
	LEX_NUMBER,
	LEX_SIGN,
};

/* The sign of a LEX_SIGN that stands for several characters. */
#define SIGN_BLANK   '_' /* a gap to fill in by hand: «____», «…» */
#define SIGN_GARBAGE '%' /* a character no deadline is written with */

struct lex {
	enum lex_kind kind;
	struct word word; /* LEX_WORD: its meaning, W_OTHER when unknown */
	int value;        /* number; also of a word that looks like one («З», «О»), else -1 */
	int roman;        /* value as a Roman numeral, 0 when it is none */
	int digits;       /* LEX_NUMBER: digits as written, 0 for number words */
	bool ordinal;     /* «третий», «10-го» */
	char sign;        /* LEX_SIGN: . , ; : ( ) / - or SIGN_… */
	bool space;       /* white space stands before it */
	bool line;        /* … with a line break */
	bool repaired;    /* characters were changed */
	struct str key;   /* lower case, repaired, ё as е */
	struct str text;  /* as written, repaired and joined */
	size_t from, to;  /* bytes of the phrase */
};

struct lexes {
	struct lex *v;
	size_t n;
};

/* Cuts the phrase. Quotes, № and points after words are dropped; words broken by a blank, a hyphen
 * at the line end or run together are mended when the result is in the vocabulary. Linear. */
struct lexes deadline_lex(struct arena *a, struct str phrase);

#endif

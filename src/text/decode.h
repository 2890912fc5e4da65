/* Bytes from outside → UTF-8, once, at the edge. Later code never guesses an encoding.
 * Order: byte order mark; UTF-16 by its pattern; valid UTF-8; otherwise the single-byte Cyrillic
 * code page whose reading has the most likely Russian letters and letter cases. */
#ifndef TEXT_DECODE_H
#define TEXT_DECODE_H

#include "base/str.h"

enum encoding {
	ENC_UTF8 = 0,
	ENC_UTF16LE,
	ENC_UTF16BE,
	ENC_CP1251,
	ENC_CP866,
	ENC_KOI8R,
};

struct decoded {
	struct str text; /* UTF-8, line ends are \n, no byte order mark; in the arena */
	enum encoding encoding;
	bool bom;
	size_t bad; /* bytes that mean nothing in the encoding; each became U+FFFD */
};

/* Never fails; an empty input gives empty text. Memory: at most 3 bytes for each input byte. */
void text_decode(struct arena *a, struct str bytes, struct decoded *ret);
/* "UTF-8", "Windows-1251", … for the user. */
struct str encoding_name(enum encoding e);

#endif

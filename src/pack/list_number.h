/* Numbers of list items as word processors write them: 4, iv, D, г. */
#ifndef PACK_LIST_NUMBER_H
#define PACK_LIST_NUMBER_H

#include "base/buf.h"

enum list_number {
	LIST_NUMBER_NONE, /* nothing is written */
	LIST_NUMBER_DECIMAL,
	LIST_NUMBER_ZERO, /* 01 … 09, 10 */
	LIST_NUMBER_ROMAN_LOWER,
	LIST_NUMBER_ROMAN_UPPER,
	LIST_NUMBER_LATIN_LOWER,
	LIST_NUMBER_LATIN_UPPER,
	LIST_NUMBER_RUSSIAN_LOWER,
	LIST_NUMBER_RUSSIAN_UPPER,
};

/* A number that its kind cannot write (0, 40000) is written in digits. */
void list_number_put(struct buf *out, enum list_number kind, int v);

#endif

/* Letter case, search keys and sort keys of Russian and Latin text. */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include "base/str.h"

/* Case of one code point: Latin (with Latin-1), Cyrillic with its extensions. Others are returned
 * as they are. */
uint32_t cp_lower(uint32_t cp);
uint32_t cp_upper(uint32_t cp);
bool cp_letter(uint32_t cp); /* Latin or Cyrillic letter, combining marks of й and ё excluded */
bool cp_cyrillic(uint32_t cp);
bool cp_latin(uint32_t cp);
bool cp_digit(uint32_t cp); /* 0–9 */
bool cp_space(uint32_t cp); /* white space, also no-break, thin and zero-width */
bool cp_dash(uint32_t cp);  /* hyphen, dashes, minus, but not the soft hyphen */
bool cp_quote(uint32_t cp); /* quotation marks and apostrophes of all kinds */

struct str text_lower(struct arena *a, struct str s);
struct str text_upper(struct arena *a, struct str s);
/* First letter upper, the rest as it is («приказ МОН» → «Приказ МОН»). */
struct str text_capital(struct arena *a, struct str s);

/* Composes й and ё, drops soft hyphens and zero-width characters, white space → one blank, trims.
 */
struct str text_squeeze(struct arena *a, struct str s);

/* Search key: lower case, ё → е, й kept, everything that is not a letter or digit → one blank. Two
 * texts a person calls the same have equal keys; a search is str_has() of keys. */
struct str text_key(struct arena *a, struct str s);

/* Sort key, printable ASCII: its byte order is the order of a Russian list: digits by their value
 * («школа 2» < «школа 10»), then Latin, then Cyrillic; ё with е (after it when all else is equal).
 */
struct str text_sort_key(struct arena *a, struct str s);

#endif

/* HTML (as office programs save it and as sites show it) → struct rich: paragraphs and tables in
 * reading order, list numbers written out, deleted text (del, s) dropped, scripts and styles passed
 * over. A table that only lays out the page is taken apart. Nothing in it is an error but size. */
#ifndef PACK_HTML_READ_H
#define PACK_HTML_READ_H

#include "pack/rich.h"

/* True when the bytes begin like HTML in any encoding. */
bool html_is(struct str bytes);
/* The encoding is found by text/decode.h (mark, UTF-8, likeliest Cyrillic page); a declared one is
 * not believed, because servers and editors change bytes and leave the declaration. The result
 * lives in a. EC_LIMIT: larger than base/limits.h. */
MUST_USE enum ec html_read(struct arena *a, struct str bytes, struct rich *ret, struct err *e);

#endif

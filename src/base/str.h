/* Text: borrowed UTF-8, pointer and length, not NUL-terminated. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/arena.h"

/* A view; whoever made the bytes owns them (usually an arena). p may be NULL when n is 0: "no
 * value" in database rows. */
struct str {
	const char *p;
	size_t n;
};

#define STR(lit) ((struct str){"" lit, sizeof(lit) - 1}) /* of a string literal */
#define STR_INIT(lit)                                                                              \
	{                                                                                          \
		"" lit, sizeof(lit) - 1                                                            \
	} /* same, for static initialisers */
#define STR_NONE   ((struct str){NULL, 0})
#define STR_FMT    "%.*s" /* printf("…" STR_FMT "…", STR_ARG(s)) */
#define STR_ARG(s) (int)(s).n, (s).p ? (s).p : ""

struct str str_c(const char *z); /* of a NUL-terminated string; NULL gives STR_NONE */
struct str str_dup(struct arena *a, struct str s); /* copy into the arena */
char *str_z(struct arena *a, struct str s);        /* NUL-terminated copy */
struct str str_printf(struct arena *a, const char *fmt, ...) PRINTF(2, 3);
struct str str_join(struct arena *a, struct str sep, const struct str *v, size_t n);
struct str str_cat(struct arena *a, struct str x, struct str y);

bool str_eq(struct str x, struct str y);
bool str_eq_z(struct str x, const char *z);
bool str_ieq_ascii(
        struct str x, struct str y);     /* ASCII letters without case (headers, extensions) */
int str_cmp(struct str x, struct str y); /* byte order */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* Byte offset of needle at or after from, or SIZE_MAX. */
size_t str_find(struct str s, struct str needle, size_t from);
size_t str_find_byte(struct str s, char c, size_t from);
bool str_has(struct str s, struct str needle);
/* s[from, to) clipped to the text. */
struct str str_sub(struct str s, size_t from, size_t to);
struct str str_skip(struct str s, size_t n); /* without the first n bytes */
/* Without white space at both ends (ASCII white space and U+00A0). */
struct str str_trim(struct str s);
/* Cuts the text before the first sep off *rest and returns it; false when *rest is exhausted. */
bool str_next(struct str *rest, char sep, struct str *ret_part);
bool str_blank(struct str s); /* empty or only white space */
struct str str_replace(struct arena *a, struct str s, struct str from, struct str to);
/* FNV-1a, for hash tables inside one run only. */
uint64_t str_hash(struct str s);

/* UTF-8: reads the code point at *i and moves *i on; bad bytes give U+FFFD and move by one. s.n
 * must be > *i. */
uint32_t utf8_next(struct str s, size_t *i);
/* Writes the code point, returns the number of bytes (1–4). */
size_t utf8_put(char out[4], uint32_t cp);
bool utf8_valid(struct str s);
size_t utf8_len(struct str s); /* code points */
/* The first n code points. */
struct str utf8_head(struct str s, size_t n);

#endif

/* One protocol (a school × a test) = one compact blob: the unit that arrives, is replaced, is
 *undone and is scanned. Rows stand in the order of participant codes, each field in an array of its
 *own, item scores row by row, so that kernels of stat/ read the blob where it lies.
 *
 * Layout, version 1, little-endian:
 *	0  "SP", version u8, n_items u8
 *	4  n_rows u32
 *	8  code_width u8, n_parts u8 (parts of the work: 1 or 2), n_classes u16
 *	12 class_bytes u32, then the names of classes: length u8 and UTF-8
 *	   code    [n][code_width]  padded with zeros
 *	   class   [n] u16          index of the name
 *	   variant [n_parts][n] u8
 *	   gender, journal, status [n] u8
 *	   total   [n] u16
 *	   item    [n][n_items] u8
 */
#ifndef CORE_RESULT_PROTOCOL_H
#define CORE_RESULT_PROTOCOL_H

#include "base/str.h"
#include "stat/works.h"

enum { PROTOCOL_PARTS = 2, PROTOCOL_CODE_MAX = 16, PROTOCOL_CLASS_MAX = 60 };

/* variant: 0 none, otherwise its number, or … */
enum { VARIANT_NONE = 0, VARIANT_MAX = 250, VARIANT_OTHER = 254, VARIANT_ABSENT = 255 };
enum gender { GENDER_NONE, GENDER_MALE, GENDER_FEMALE, GENDER_OTHER };
/* journal: JOURNAL_NONE, 2…5, or … */
enum { JOURNAL_UNREADABLE = 1, JOURNAL_NO_MARK = 9 }; /* «нет отметки» */

/* One work. */
struct protocol_row {
	struct str code;  /* of the participant, text: «40001» */
	struct str klass; /* as delivered: «А», «4б», «нет» */
	uint8_t variant[PROTOCOL_PARTS];
	uint8_t gender; /* enum gender */
	uint8_t journal;
	uint8_t status;      /* enum work_status */
	uint16_t total;      /* delivered «всего баллов», TOTAL_NONE */
	const uint8_t *item; /* [n_items] points or ITEM_… codes */
};

/* A decoded protocol: views into the blob. */
struct protocol {
	size_t n, n_items, n_parts, code_width;
	const struct str *klass; /* names of classes, in the arena */
	size_t n_classes;
	const uint8_t *code, *klass_of, *variant[PROTOCOL_PARTS], *gender, *journal, *status;
	const uint8_t *total, *item;
};

/* Codes longer than PROTOCOL_CODE_MAX and classes longer than PROTOCOL_CLASS_MAX bytes are cut:
 * callers reject them before. Rows are sorted here (by length and bytes of the code, stable). Asks
 * for n_items ≤ LIMIT_TEST_ITEMS. */
struct str protocol_encode(
        struct arena *a, const struct protocol_row *row, size_t n, size_t n_items, size_t n_parts);
/* The blob must outlive ret. EC_DB when it is not a protocol of a known version. */
MUST_USE enum ec protocol_decode(
        struct arena *a, struct str blob, struct protocol *ret, struct err *e);
struct protocol_row protocol_row_at(const struct protocol *p, size_t i);
/* The same rows for the kernels; nothing is copied. */
struct stat_works protocol_works(const struct protocol *p);

/* How a new protocol differs from the one it replaces, by participant codes. */
struct protocol_diff {
	size_t added, changed, same; /* rows of the new one */
	size_t gone;                 /* rows of the old one that are not in the new one */
};
struct protocol_diff protocol_diff(const struct protocol *was, const struct protocol *now);

#endif

/* Layouts of result files: which column is what, by patterns of headers. A layout is a row of
 * data-ref/profiles.tsv; the columns of that table are explained in data-ref/README.md. */
#ifndef CORE_RESULT_PROFILE_H
#define CORE_RESULT_PROFILE_H

#include "base/limits.h"
#include "pack/sheet.h"

enum column {
	COLUMN_LOGIN,
	COLUMN_REGION, /* «код | название» */
	COLUMN_PLACE, /* municipality: name, «код | название» or a list with regRR_vpr_mNNN */
	COLUMN_SCHOOL, /* «логин | название» */
	COLUMN_CODE,
	COLUMN_CLASS,
	COLUMN_GENDER,
	COLUMN_JOURNAL,
	COLUMN_VARIANT,
	COLUMN_VARIANT2,
	COLUMN_TOTAL,
	COLUMN_KINDS
};
enum { COLUMN_NONE = 0xFF, COLUMN_ITEM = 0x80 /* + number of the item, from 0 */ };

struct profile {
	struct str name, title, sheet;
	struct str pattern[COLUMN_KINDS];
	struct str item, item_end;
	bool label;         /* items are called by their labels, with maxima; else by number */
	bool login_in_file; /* the school's login stands in the name of the file */
};
struct profile_list {
	struct profile *v;
	size_t n;
};
MUST_USE enum ec profiles_read(
        struct arena *a, struct str tsv, struct profile_list *ret, struct err *e);
/* The table of the program. */
MUST_USE enum ec profiles_builtin(struct arena *a, struct profile_list *ret, struct err *e);

struct header_item {
	struct str label; /* normalised, or "" */
	int max;          /* 0: the header does not say */
};
/* A recognised header row. */
struct header {
	const struct profile *profile;
	uint8_t *role; /* [n_cols] enum column, COLUMN_ITEM + i, COLUMN_NONE */
	uint32_t n_cols;
	struct header_item item[LIMIT_TEST_ITEMS];
	size_t n_items;
};
/* True when the row is the header of one of the layouts (all needed columns are there). */
bool header_match(struct arena *a, const struct profile_list *p, struct str sheet,
        const struct sheet_row *row, struct header *ret);

#endif

#include "core/result/profile.h"
#include "base/cur.h"
#include "core/result/test.h"
#include "core/tsv.h"
#include "text/fold.h"

/* A header row has names, not texts: longer rows and cells are data. */
enum { HEADER_COLS = 1000, HEADER_CELL = 400 };

extern const struct str data_ref_profiles;

static const char *const column_name[COLUMN_KINDS] = {
        [COLUMN_LOGIN] = "login",
        [COLUMN_REGION] = "region",
        [COLUMN_PLACE] = "place",
        [COLUMN_SCHOOL] = "school",
        [COLUMN_CODE] = "code",
        [COLUMN_CLASS] = "class",
        [COLUMN_GENDER] = "gender",
        [COLUMN_JOURNAL] = "journal",
        [COLUMN_VARIANT] = "variant",
        [COLUMN_VARIANT2] = "variant2",
        [COLUMN_TOTAL] = "total",
};

static enum ec profile_line(const struct tsv *t, struct profile *p, struct err *e)
{
	*p = (struct profile){.name = tsv_get(t, "name"),
	        .title = tsv_get(t, "title"),
	        .sheet = tsv_get(t, "sheet"),
	        .item = tsv_get(t, "item"),
	        .item_end = tsv_get(t, "item_end"),
	        .label = str_eq(tsv_get(t, "label"), STR("label"))};
	for (size_t i = 0; i < COLUMN_KINDS; i++)
		p->pattern[i] = tsv_get(t, column_name[i]);
	p->login_in_file = str_eq(p->pattern[COLUMN_LOGIN], STR("@file"));
	if (p->login_in_file)
		p->pattern[COLUMN_LOGIN] = STR("");
	if (p->name.n == 0 || p->item.n == 0 || p->pattern[COLUMN_CODE].n == 0 ||
	        p->pattern[COLUMN_VARIANT].n == 0 || p->pattern[COLUMN_TOTAL].n == 0)
		return err_set(e, EC_INPUT,
		        "виды выгрузок, строка %zu: нужны name, code, variant, total, item",
		        t->line);
	return EC_OK;
}

enum ec profiles_read(struct arena *a, struct str tsv, struct profile_list *ret, struct err *e)
{
	struct tsv t;
	bool row;
	VEC(struct profile) v = {0};
	TRY(tsv_open(&t, tsv, e));
	for (;;) {
		TRY(tsv_next(&t, &row, e));
		if (!row)
			break;
		TRY(profile_line(&t, vec_push(a, &v), e));
	}
	*ret = (struct profile_list){v.v, v.n};
	return EC_OK;
}

enum ec profiles_builtin(struct arena *a, struct profile_list *ret, struct err *e)
{
	return profiles_read(a, data_ref_profiles, ret, e);
}

/* «a|b*»: one of the alternatives; a star at the end means "begins with". */
static bool pattern_fits(struct str pattern, struct str key)
{
	struct str alt;
	while (str_next(&pattern, '|', &alt)) {
		if (alt.n == 0)
			continue;
		if (alt.p[alt.n - 1] == '*' ? str_starts(key, str_sub(alt, 0, alt.n - 1))
		                            : str_eq(key, alt))
			return true;
	}
	return false;
}

/* «балл за #»: the number in the place of #; 0 when the header is another. */
static size_t item_number(struct str pattern, struct str key)
{
	size_t at = str_find_byte(pattern, '#', 0);
	if (at == SIZE_MAX || !str_starts(key, str_sub(pattern, 0, at)))
		return 0;
	struct cur c = CUR(str_skip(key, at));
	uint64_t v;
	if (!cur_uint(&c, 3, LIMIT_TEST_ITEMS, &v) ||
	        !str_eq(cur_rest(&c), str_skip(pattern, at + 1)))
		return 0;
	return (size_t)v;
}

/* «5(1) (1б)» → label «5.1», maximum 1. */
static bool item_label(struct arena *a, struct str text, struct header_item *ret)
{
	text = str_trim(text);
	size_t open = SIZE_MAX;
	for (size_t i = text.n; i > 0 && open == SIZE_MAX; i--) {
		if (text.p[i - 1] == '(')
			open = i - 1;
	}
	if (open == SIZE_MAX || open == 0)
		return false;
	struct cur c = CUR(str_skip(text, open + 1));
	uint64_t max;
	(void)cur_space(&c);
	if (!cur_uint(&c, 3, LIMIT_ITEM_MAX, &max) || max == 0)
		return false;
	(void)cur_space(&c);
	if (!cur_lit(&c, STR("б")))
		return false;
	ret->label = item_label_normal(a, str_sub(text, 0, open));
	ret->max = (int)max;
	return ret->label.n > 0;
}

static void column_set(
        struct arena *a, struct header *h, const struct sheet_cell *cell, bool *ended)
{
	const struct profile *p = h->profile;
	struct str key = text_key(a, cell->text);
	if (p->item_end.n > 0 && pattern_fits(p->item_end, key))
		*ended = true;
	for (size_t i = 0; i < COLUMN_KINDS; i++) {
		if (pattern_fits(p->pattern[i], key)) {
			h->role[cell->col] = (uint8_t)i;
			return;
		}
	}
	if (*ended || h->n_items >= LIMIT_TEST_ITEMS)
		return;
	struct header_item item = {.label = STR("")};
	bool is = p->label ? item_label(a, cell->text, &item)
	                   : item_number(p->item, key) == h->n_items + 1;
	if (!is)
		return;
	h->role[cell->col] = (uint8_t)(COLUMN_ITEM + h->n_items);
	h->item[h->n_items++] = item;
}

static bool profile_match(struct arena *a, const struct profile *p, struct str sheet,
        const struct sheet_row *row, struct header *h)
{
	if (p->sheet.n > 0 && !str_eq(text_key(a, sheet), p->sheet))
		return false;
	h->profile = p;
	h->n_items = 0;
	h->n_cols = row->cell[row->n - 1].col + 1;
	h->role = arena_alloc(a, h->n_cols);
	for (uint32_t i = 0; i < h->n_cols; i++)
		h->role[i] = COLUMN_NONE;
	bool ended = false, has[COLUMN_KINDS] = {false};
	for (size_t i = 0; i < row->n; i++) {
		if (row->cell[i].text.n <= HEADER_CELL)
			column_set(a, h, &row->cell[i], &ended);
	}
	for (uint32_t i = 0; i < h->n_cols; i++) {
		if (h->role[i] < COLUMN_KINDS)
			has[h->role[i]] = true;
	}
	return h->n_items > 0 && has[COLUMN_CODE] && has[COLUMN_VARIANT] && has[COLUMN_TOTAL] &&
	       (has[COLUMN_LOGIN] || p->login_in_file);
}

bool header_match(struct arena *a, const struct profile_list *p, struct str sheet,
        const struct sheet_row *row, struct header *ret)
{
	if (row->n < 4 || row->cell[row->n - 1].col >= HEADER_COLS)
		return false;
	for (size_t i = 0; i < p->n; i++) {
		struct arena_mark mark = arena_mark(a);
		if (profile_match(a, &p->v[i], sheet, row, ret))
			return true;
		arena_reset(a, mark);
	}
	return false;
}

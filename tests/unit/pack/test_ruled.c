/* Ruling lines → grids, and letters between them → boxed text. */
#include "base/limits.h"
#include "pack/pdf_layout.h"
#include "test.h"

#define ACROSS(x0, x1, y)                                                                          \
	{                                                                                          \
		x0, y, x1, (y) + 1                                                                 \
	}
#define UPRIGHT(x, y0, y1)                                                                         \
	{                                                                                          \
		x, y0, (x) + 1, y1                                                                 \
	}

/* Two columns, two rows; the right column is one cell. */
static const struct page_rule merged[] = {ACROSS(50, 250, 100), ACROSS(50, 150, 140),
        ACROSS(50, 250, 180), UPRIGHT(50, 100, 180), UPRIGHT(150, 100, 180),
        UPRIGHT(250, 100, 180)};

TEST(a_missing_line_makes_one_cell_of_two)
{
	AUTO_ARENA(a, GIB);
	struct ruled_tables t = ruled_tables_find(&a, merged, ARRAY_LEN(merged));
	REQUIRE(t.n == 1);
	REQUIRE(t.v[0].nx == 3 && t.v[0].ny == 3);
	CHECK(t.v[0].cell[0] == 0 && t.v[0].cell[1] == 1 && t.v[0].cell[2] == 2);
	CHECK_INT(t.v[0].cell[3], 1);
	CHECK_INT(ruled_table_place(&t.v[0], 200, 170), 3);
	CHECK(ruled_table_place(&t.v[0], 300, 170) == SIZE_MAX);
}

TEST(underlines_frames_and_crosses_are_no_tables)
{
	AUTO_ARENA(a, GIB);
	static const struct page_rule frame[] = {ACROSS(50, 250, 100), ACROSS(50, 250, 180),
	        UPRIGHT(50, 100, 180), UPRIGHT(250, 100, 180)};
	static const struct page_rule underline[] = {ACROSS(50, 250, 100), ACROSS(50, 250, 130)};
	CHECK_INT(ruled_tables_find(&a, frame, ARRAY_LEN(frame)).n, 0);
	CHECK_INT(ruled_tables_find(&a, underline, ARRAY_LEN(underline)).n, 0);
	CHECK_INT(ruled_tables_find(&a, NULL, 0).n, 0);
}

/* What a page break leaves of a table, and what authors draw who dislike borders. */
TEST(open_sides_are_closed_where_the_other_lines_end)
{
	AUTO_ARENA(a, GIB);
	static const struct page_rule torn[] = {ACROSS(50, 250, 140), ACROSS(50, 250, 180),
	        UPRIGHT(50, 40, 180), UPRIGHT(150, 40, 180), UPRIGHT(250, 40, 180)};
	struct ruled_tables t = ruled_tables_find(&a, torn, ARRAY_LEN(torn));
	REQUIRE(t.n == 1);
	REQUIRE(t.v[0].nx == 3 && t.v[0].ny == 3);
	CHECK_NEAR((double)t.v[0].y[0], 40, 1);
	CHECK_INT(ruled_table_place(&t.v[0], 60, 60), 0);
	static const struct page_rule bare[] = {ACROSS(50, 250, 100), ACROSS(50, 250, 140),
	        ACROSS(50, 250, 180), UPRIGHT(150, 100, 180)};
	t = ruled_tables_find(&a, bare, ARRAY_LEN(bare));
	REQUIRE(t.n == 1);
	CHECK(t.v[0].nx == 3 && t.v[0].ny == 3);
	CHECK_NEAR((double)t.v[0].x[0], 50, 1);
	CHECK_NEAR((double)t.v[0].x[2], 250, 1);
}

static size_t put(struct pdf_glyph *g, float x, float y, const char *z)
{
	size_t n = 0;
	struct str s = str_c(z);
	for (size_t i = 0; i < s.n; x += 6) {
		uint32_t cp = utf8_next(s, &i);
		if (cp != ' ')
			g[n++] = (struct pdf_glyph){cp, x, y, x + 6, y + 10};
	}
	return n;
}

TEST(letters_between_ruling_lines_become_a_boxed_table)
{
	AUTO_ARENA(a, GIB);
	struct pdf_glyph g[100];
	size_t n = put(g, 50, 60, "План");
	n += put(g + n, 55, 105, "Совет");
	n += put(g + n, 55, 118, "школы");
	n += put(g + n, 55, 145, "Отчёт");
	n += put(g + n, 155, 105, "до 1 мая");
	struct pdf_page page = {.glyph = g, .n = n, .rule = merged, .n_rules = ARRAY_LEN(merged)};
	struct buf out;
	buf_init(&out, &a, MIB);
	pdf_layout(&a, &page, 1, &out);
	CHECK_STR(buf_str(&out), STR("План\n"
	                             "┌───────┬──────────┐\n"
	                             "│ Совет │ до 1 мая │\n"
	                             "│ школы │          │\n"
	                             "├───────┤          │\n"
	                             "│ Отчёт │          │\n"
	                             "└───────┴──────────┘\n"));
}

TEST(the_same_columns_stand_under_each_other_on_every_page)
{
	AUTO_ARENA(a, GIB);
	struct pdf_glyph g[2][50];
	struct page_rule other[ARRAY_LEN(merged)];
	for (size_t i = 0; i < ARRAY_LEN(merged);
	        i++) /* the scanner took the sheet two points off */
		other[i] = (struct page_rule){
		        merged[i].x0 + 2, merged[i].y0, merged[i].x1 + 2, merged[i].y1};
	size_t n = put(g[0], 55, 105, "А"), m = put(g[1], 55, 105, "Длинные слова");
	struct pdf_page page[2] = {
	        {.glyph = g[0], .n = n, .rule = merged, .n_rules = ARRAY_LEN(merged)},
	        {.glyph = g[1], .n = m, .rule = other, .n_rules = ARRAY_LEN(other)}};
	struct buf out;
	buf_init(&out, &a, MIB);
	pdf_layout(&a, page, 2, &out);
	struct str text = buf_str(&out), first = STR_NONE, second = STR_NONE;
	CHECK(str_next(&text, '\f', &first) && str_next(&text, '\f', &second));
	struct str rule1 = STR_NONE, rule2 = STR_NONE;
	CHECK(str_next(&first, '\n', &rule1) && str_next(&second, '\n', &rule2));
	CHECK_STR(rule1, rule2);
}

/* Generated calls on the example queries of sample/query/book.sql. */
#include "dbfix.h"
#include "q_book.h"
#include "sample.h"
#include "test.h"

#include <math.h>

static int64_t shelf(struct db *db, struct arena *a, const char *name)
{
	struct err e;
	struct q_shelf_insert row = {0};
	CHECK_OK(q_shelf_insert(db, a, &(struct q_shelf_insert_in){str_c(name)}, &row, &e));
	return row.id;
}

static int64_t book(
        struct db *db, struct arena *a, int64_t shelf_id, const char *title, int64_t year)
{
	struct err e;
	struct q_book_insert row = {0};
	struct q_book_insert_in in = {
	        .shelf_id = shelf_id, .title = str_c(title), .year = year, .price = (double)NAN};
	CHECK_OK(q_book_insert(db, a, &in, &row, &e));
	return row.id;
}

static void values(struct db *db)
{
	AUTO_ARENA(a, 1 << 20);
	struct err e;
	AUTO_TX tx = {0};
	CHECK_OK(tx_begin(db, &tx, &e));
	int64_t at = shelf(db, &a, "сказки");
	struct q_book_insert_in full = {
	        at, STR("Ёж и «туман»"), -9007199254740993, 0.1, STR(""), STR("\0\xff\x01")};
	struct q_book_insert made;
	CHECK_OK(q_book_insert(db, &a, &full, &made, &e));
	int64_t bare = book(db, &a, at, "без всего", DB_NULL_INT);
	CHECK_OK(tx_commit(&tx, &e));

	struct q_book_by_id b;
	CHECK_OK(q_book_by_id(db, &a, &(struct q_book_by_id_in){made.id}, &b, &e));
	CHECK_STR(b.title, STR("Ёж и «туман»"));
	CHECK_INT(b.year, -9007199254740993);
	CHECK(b.price == 0.1);
	CHECK(b.note.p != NULL && b.note.n == 0);
	CHECK_STR(b.cover, STR("\0\xff\x01"));
	CHECK_OK(q_book_by_id(db, &a, &(struct q_book_by_id_in){bare}, &b, &e));
	CHECK_INT(b.year, DB_NULL_INT);
	CHECK(isnan(b.price));
	CHECK(b.note.p == NULL && b.cover.p == NULL);
	CHECK_INT(q_book_by_id(db, &a, &(struct q_book_by_id_in){999}, &b, &e), EC_NOTFOUND);
	CHECK_INT(b.id, bare); /* untouched */
}

TEST(values_come_back_as_they_went_in_and_missing_ones_stay_missing)
{
	dbfix_each_set(&db_set_sample, values);
}

static void lists(struct db *db)
{
	AUTO_ARENA(a, 1 << 20);
	struct err e;
	AUTO_TX tx = {0};
	CHECK_OK(tx_begin(db, &tx, &e));
	int64_t one = shelf(db, &a, "a");
	int64_t two = shelf(db, &a, "b");
	(void)book(db, &a, one, "x", 2001);
	(void)book(db, &a, two, "y", DB_NULL_INT);
	(void)book(db, &a, two, "z", 1999);
	struct q_book_list_in in = {.shelf_id = DB_NULL_INT,
	        .from_year = DB_NULL_INT,
	        .n = 10,
	        .sort = Q_BOOK_LIST_BY_YEAR};
	struct q_book_list_rows rows;
	CHECK_OK(q_book_list(db, &a, &in, &rows, &e));
	REQUIRE(rows.n == 3);
	CHECK_STR(rows.v[0].title, STR("z"));
	CHECK_STR(rows.v[2].title, STR("y")); /* no year: last in both directions */
	in.sort = Q_BOOK_LIST_BY_YEAR_DESC;
	CHECK_OK(q_book_list(db, &a, &in, &rows, &e));
	REQUIRE(rows.n == 3);
	CHECK_STR(rows.v[0].title, STR("x"));
	CHECK_STR(rows.v[2].title, STR("y"));
	in.shelf_id = two;
	in.text_part = STR("z");
	CHECK_OK(q_book_list(db, &a, &in, &rows, &e));
	REQUIRE(rows.n == 1);
	CHECK_STR(rows.v[0].shelf_name, STR("b"));
	in = (struct q_book_list_in){
	        DB_NULL_INT, STR_NONE, DB_NULL_INT, 1, 1, Q_BOOK_LIST_BY_TITLE};
	CHECK_OK(q_book_list(db, &a, &in, &rows, &e));
	REQUIRE(rows.n == 1);
	CHECK_STR(rows.v[0].title, STR("y"));
	in.from_year = 3000;
	in.skip = 0;
	CHECK_OK(q_book_list(db, &a, &in, &rows, &e));
	CHECK_INT(rows.n, 0);

	struct q_book_stat st;
	CHECK_OK(q_book_stat(db, &a, &st, &e));
	CHECK_INT(st.n, 3);
	CHECK_NEAR(st.mean, 2000, 1e-9);
	CHECK_INT(st.seen, 4000);
	int64_t gone = 0;
	CHECK_OK(q_book_drop_before(db, &(struct q_book_drop_before_in){2000}, &gone, &e));
	CHECK_INT(gone, 1);
	CHECK_OK(q_shelf_size_put(db, &(struct q_shelf_size_put_in){one, 1}, &e));
	CHECK_OK(q_shelf_size_put(db, &(struct q_shelf_size_put_in){one, 2}, &e));
}

TEST(lists_filter_sort_and_page_by_statements_known_in_advance)
{
	dbfix_each_set(&db_set_sample, lists);
}

struct seen {
	int n;
	int stop_at;
};

static enum ec see(void *user, const struct q_book_scan *r)
{
	struct seen *s = user;
	CHECK(r->title.n > 0);
	return ++s->n == s->stop_at ? EC_LIMIT : EC_OK;
}

static void scan(struct db *db)
{
	AUTO_ARENA(a, 1 << 20);
	struct err e;
	AUTO_TX tx = {0};
	CHECK_OK(tx_begin(db, &tx, &e));
	int64_t at = shelf(db, &a, "a");
	for (int i = 0; i < 10; i++)
		(void)book(db, &a, at, "x", i);
	CHECK_OK(tx_commit(&tx, &e));
	struct seen s = {0, 0};
	CHECK_OK(q_book_scan(db, see, &s, &e));
	CHECK_INT(s.n, 10);
	s = (struct seen){0, 3};
	CHECK_INT(q_book_scan(db, see, &s, &e), EC_LIMIT);
	CHECK_INT(s.n, 3);
	struct q_book_stat st; /* the handle is usable after a scan that was left early */
	CHECK_OK(q_book_stat(db, &a, &st, &e));
	CHECK_INT(st.n, 10);
}

TEST(a_scan_gives_every_row_and_can_be_left_early)
{
	dbfix_each_set(&db_set_sample, scan);
}

static void codes(struct db *db)
{
	AUTO_ARENA(a, 1 << 20);
	struct err e;
	struct q_shelf_insert made;
	struct q_shelf_insert_in in = {STR("дважды")};
	CHECK_INT(q_shelf_insert(db, &a, &in, &made, &e), EC_DB); /* outside a transaction */
	AUTO_TX tx = {0};
	CHECK_OK(tx_begin(db, &tx, &e));
	CHECK_OK(q_shelf_insert(db, &a, &in, &made, &e));
	CHECK_OK(tx_commit(&tx, &e));
	CHECK_OK(tx_begin(db, &tx, &e));
	CHECK_INT(q_shelf_insert(db, &a, &in, &made, &e), EC_CONFLICT);
	tx_rollback(&tx);
	struct q_book_insert_in b = {.shelf_id = 999, .title = STR("x"), .year = 1};
	struct q_book_insert id;
	CHECK_OK(tx_begin(db, &tx, &e));
	CHECK_INT(q_book_insert(db, &a, &b, &id, &e), EC_CONFLICT); /* no such shelf */
	tx_rollback(&tx);
	b = (struct q_book_insert_in){.shelf_id = made.id, .title = STR_NONE};
	CHECK_OK(tx_begin(db, &tx, &e));
	CHECK_INT(q_book_insert(db, &a, &b, &id, &e), EC_INPUT); /* empty title */
}

TEST(refusals_of_the_engine_have_codes_a_caller_can_branch_on)
{
	dbfix_each_set(&db_set_sample, codes);
}

static enum ec count_cover(void *user, const struct q_book_scan *r)
{
	*(int *)user += r->cover.p != NULL;
	return EC_OK;
}

static void too_much(struct db *db)
{
	AUTO_ARENA(a, 1 << 20);
	AUTO_ARENA(tiny, 4000);
	struct err e;
	AUTO_TX tx = {0};
	CHECK_OK(tx_begin(db, &tx, &e));
	int64_t at = shelf(db, &a, "a");
	for (int i = 0; i < 100; i++)
		(void)book(db, &a, at, "a title of some length", i);
	struct q_book_list_in in = {.shelf_id = DB_NULL_INT, .from_year = DB_NULL_INT, .n = 100};
	struct q_book_list_rows rows;
	CHECK_INT(q_book_list(db, &tiny, &in, &rows, &e), EC_LIMIT);
	CHECK_OK(q_book_list(db, &a, &in, &rows, &e));
	CHECK_INT(rows.n, 100);
}

TEST(an_answer_larger_than_the_arena_is_a_limit_not_a_crash)
{
	dbfix_each_set(&db_set_sample, too_much);
}

static void nulls_in_scan(struct db *db)
{
	AUTO_ARENA(a, 1 << 20);
	struct err e;
	AUTO_TX tx = {0};
	CHECK_OK(tx_begin(db, &tx, &e));
	int64_t at = shelf(db, &a, "a");
	struct q_book_insert made;
	struct q_book_insert_in in = {.shelf_id = at, .title = STR("x"), .cover = STR("cover")};
	CHECK_OK(q_book_insert(db, &a, &in, &made, &e));
	in.cover = STR_NONE;
	CHECK_OK(q_book_insert(db, &a, &in, &made, &e));
	int covers = 0;
	CHECK_OK(q_book_scan(db, count_cover, &covers, &e));
	CHECK_INT(covers, 1);
}

TEST(a_missing_text_in_a_scan_is_not_the_text_of_the_row_before)
{
	dbfix_each_set(&db_set_sample, nulls_in_scan);
}

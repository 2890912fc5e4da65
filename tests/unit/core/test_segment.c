/* Packed works against the protocols they are made of. All schools and pupils are made up. */
#include "core/result/import.h"
#include "core/result/report.h"
#include "core/result/segment.h"
#include "dbfix.h"
#include "test.h"

#include <string.h>

static const struct clock noon = {.fixed = 1640000000, .offset_min = 300};

static const char head[] =
        "логин школы;регион;номер обучающегося;код обучающегося;отметка за предыдущую "
        "четверть/триместр;пол;класс;вариант;всего баллов;балл за 1;балл за 2;балл за 3;балл за 4;"
        "балл за 5;балл за 6;балл за 7;балл за 8;балл за 9;балл за 10;балл за 11;балл за 12;балл "
        "за 13;балл за 14;балл за 15;Учебник;Др.уч. автор;Др.уч. название\n";
static const char name[] = "Проведение работы по математике, 4 класс. ВПР 2021.csv";
static const char first[] =
        "sch990001;Озёрный район;1;40001;5;ж;А;1;20;1;1;2;1;1;1;1;1;1;2;1;1;2;2;2;Учебник\n"
        "sch990001;Озёрный район;2;40002;4;м;А;2;9;1;1;0;1;X;1;1;0;1;0;1;0;2;Х;x;Учебник\n"
        "sch990001;Озёрный район;3;40003;;;;отсутствовал;;;;;;;;;;;;;;;;\n"
        "sch990002;г. Приморск;1;40001;3;ж;нет;1;5;1;1;0;1;0;1;1;0;0;0;0;0;0;0;0;Учебник\n";
static const char second[] =
        "sch990002;г. Приморск;1;40001;3;ж;нет;1;6;1;1;0;1;0;1;1;0;0;0;0;0;0;0;1;Учебник\n"
        "sch990003;г. Приморск;1;40001;4;ж;Б;1;5;1;1;0;1;0;1;1;0;0;0;0;0;0;0;0;Учебник\n";

static struct load_card import(struct ctx *c, const char *rows)
{
	struct load_card card = {0};
	struct err e = {0};
	struct results_opt opt = {.auto_create = true};
	CHECK_OK(results_import(
	        c, str_c(name), str_cat(c->a, str_c(head), str_c(rows)), &opt, &card, &e));
	return card;
}

static struct test_summary summary(struct ctx *c)
{
	struct test_summary_list l = {0};
	struct err e = {0};
	CHECK_OK(result_summary(c, &l, &e));
	CHECK_INT(l.n, 1);
	return l.v[0];
}

/* The summary of packed works and, without them, of protocols. */
static void same_without_segments(struct ctx *c, int64_t n_schools, int64_t rows)
{
	struct err e = {0};
	struct test_summary x = summary(c);
	CHECK_OK(segment_verify(c, x.test.id, &e));
	AUTO_TX tx = {0};
	CHECK_OK(tx_begin(c->db, &tx, &e));
	CHECK_OK(segment_drop(c, x.test.id, &e));
	struct test_summary y = summary(c);
	tx_rollback(&tx);
	CHECK_INT(x.n_schools, n_schools);
	CHECK_INT(x.sum.rows, rows);
	CHECK_INT(y.n_schools, x.n_schools);
	CHECK_INT(y.sum.rows, x.sum.rows);
	CHECK_INT(y.sum.n, x.sum.n);
	CHECK_INT(x.sum.n_block, y.sum.n_block);
	CHECK(memcmp(x.sum.block, y.sum.block, x.sum.n_block * sizeof(int64_t)) == 0);
}

static void loads_and_undoing(struct db *db)
{
	AUTO_ARENA(a, 64 << 20);
	struct ctx c = {.a = &a, .db = db, .clock = &noon, .actor = &actor_program};
	struct err e = {0};
	(void)import(&c, first);
	same_without_segments(&c, 2, 4);
	struct load_card later = import(&c, second);
	same_without_segments(&c, 3, 5);
	CHECK_OK(results_undo(&c, later.load.id, &e));
	same_without_segments(&c, 2, 4);
	size_t n;
	CHECK_OK(segment_rebuild_all(&c, &n, &e));
	CHECK_INT(n, 1);
	same_without_segments(&c, 2, 4);
}
TEST(packed_works_follow_loads_and_undoing)
{
	dbfix_each(loads_and_undoing);
}

static enum ec count(void *user, const struct segment_part *part, struct err *e)
{
	(void)part;
	(void)e;
	++*(int *)user;
	return EC_OK;
}

static void none(struct db *db)
{
	AUTO_ARENA(a, 1 << 20);
	struct ctx c = {.a = &a, .db = db, .clock = &noon, .actor = &actor_program};
	struct err e = {0};
	bool found = true;
	int n = 0;
	CHECK_OK(segment_scan(&c, 7, count, &n, &found, &e));
	CHECK(!found);
	CHECK_INT(n, 0);
}
TEST(a_test_without_segments_says_so)
{
	dbfix_each(none);
}

TEST(parts_come_back_as_they_were_packed)
{
	AUTO_ARENA(a, 1 << 20);
	const uint8_t status[] = {0, 1, 0}, journal[] = {3, 0, 5}, total[] = {1, 0, 2, 1, 3, 0};
	const uint8_t item[] = {1, 2, 3, 4, 5, 6};
	struct segment_part in[3] = {{INT64_C(1) << 40, {2, 2, status, journal, total, item}},
	        {5, {0, 2, NULL, NULL, NULL, NULL}},
	        {6, {1, 2, status + 2, journal + 2, total + 4, item + 4}}};
	struct err e = {0};
	struct segment s;
	struct segment_part out;
	CHECK_OK(segment_open(segment_encode(&a, in, 3, 2), &s, &e));
	for (size_t i = 0; i < 3; i++) {
		CHECK(segment_next(&s, &out));
		CHECK_INT(out.org_id, in[i].org_id);
		CHECK_INT(out.works.n, in[i].works.n);
		size_t n = out.works.n;
		CHECK(n == 0 || memcmp(out.works.status, in[i].works.status, n) == 0);
		CHECK(n == 0 || memcmp(out.works.journal, in[i].works.journal, n) == 0);
		CHECK(n == 0 || memcmp(out.works.total, in[i].works.total, 2 * n) == 0);
		CHECK(n == 0 || memcmp(out.works.item, in[i].works.item, 2 * n) == 0);
	}
	CHECK(!segment_next(&s, &out));
	CHECK_OK(segment_open(segment_encode(&a, NULL, 0, 0), &s, &e));
	CHECK(!segment_next(&s, &out));
}

TEST(damaged_segments_are_refused)
{
	AUTO_ARENA(a, 1 << 20);
	const uint8_t zero[4] = {0};
	struct segment_part in = {5, {1, 2, zero, zero, zero, zero}};
	struct err e = {0};
	struct segment s;
	struct str good = segment_encode(&a, &in, 1, 2);
	for (size_t n = 0; n < good.n; n++)
		CHECK(segment_open(str_sub(good, 0, n), &s, &e) == EC_DB);
	for (size_t i = 0; i < 12; i++) {
		char *bad = arena_alloc(&a, good.n);
		memcpy(bad, good.p, good.n);
		bad[i] = (char)(bad[i] + 1);
		CHECK(segment_open((struct str){bad, good.n}, &s, &e) == EC_DB);
	}
}

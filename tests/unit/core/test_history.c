/* Events of facts, their chain and "as of a date". */
#include "core/history.h"
#include "db/engine.h"
#include "dbfix.h"
#include "test.h"

#include <pthread.h>
#include <stdio.h>

static const struct clock at_noon = {.fixed = 1700000000};

static void add(struct db *db, struct arena *a, int64_t at, const struct change *ch)
{
	struct err e = {0};
	struct clock clock = {.fixed = at};
	struct ctx c = {.a = a, .db = db, .clock = &clock, .actor = &actor_program};
	AUTO_TX tx = {0};
	CHECK_OK(tx_begin(db, &tx, &e));
	CHECK_OK(history_add(&c, ch, &e));
	CHECK_OK(tx_commit(&tx, &e));
}

static void three_events(struct db *db, struct arena *a)
{
	add(db, a, 100,
	        &(struct change){.noun = STR("org"),
	                .noun_id = 7,
	                .verb = STR("create"),
	                .after = STR("{\"v\":1}")});
	add(db, a, 200,
	        &(struct change){.noun = STR("org"),
	                .noun_id = 7,
	                .verb = STR("change"),
	                .before = STR("{\"v\":1}"),
	                .after = STR("{\"v\":2}"),
	                .reason = STR("приказ")});
	add(db, a, 300,
	        &(struct change){.noun = STR("org"),
	                .noun_id = 7,
	                .verb = STR("delete"),
	                .before = STR("{\"v\":2}")});
	add(db, a, 300,
	        &(struct change){.noun = STR("org"),
	                .noun_id = 8,
	                .verb = STR("create"),
	                .after = STR("{\"v\":9}")});
}

static struct history_check verify(struct db *db, struct arena *a, const struct history_mark *known)
{
	struct err e = {0};
	struct ctx c = {.a = a, .db = db, .clock = &at_noon, .actor = &actor_program};
	struct history_check r = {0};
	CHECK_OK(history_verify(&c, known, &r, &e));
	return r;
}

static struct history_check verify_end(struct db *db, struct arena *a)
{
	struct err e = {0};
	struct ctx c = {.a = a, .db = db, .clock = &at_noon, .actor = &actor_program};
	struct history_check r = {0};
	CHECK_OK(history_verify_end(&c, &r, &e));
	return r;
}

/* The quick check finds what happens to the last event, and only that. */
static void quick_check(struct db *db)
{
	AUTO_ARENA(a, 1 << 20);
	struct err e = {0};
	CHECK(verify_end(db, &a).whole);
	three_events(db, &a);
	CHECK(verify_end(db, &a).whole);
	CHECK_INT(verify_end(db, &a).mark.n, 4);
	struct ctx c = {.a = &a, .db = db, .clock = &at_noon, .actor = &actor_program};
	int64_t n = 0;
	struct history_filter f = {.noun = STR("org"), .since = 200, .until = 300};
	CHECK_OK(history_count(&c, &f, &n, &e));
	CHECK_INT(n, 1);
	f.until = 301;
	CHECK_OK(history_count(&c, &f, &n, &e));
	CHECK_INT(n, 3);
	f.person = STR("никто");
	CHECK_OK(history_count(&c, &f, &n, &e));
	CHECK_INT(n, 0);
	CHECK_OK(db_script(db, "UPDATE event SET reason = 'x' WHERE id = 4", &e));
	CHECK(!verify_end(db, &a).whole);
	CHECK_INT(verify_end(db, &a).id, 4);
}

static void past(struct db *db)
{
	AUTO_ARENA(a, 1 << 20);
	struct err e = {0};
	struct ctx c = {.a = &a, .db = db, .clock = &at_noon, .actor = &actor_program};
	three_events(db, &a);
	struct past_facts f;
	CHECK_OK(history_as_of(&c, STR("org"), 0, 99, &f, &e));
	CHECK_INT(f.n, 0);
	CHECK_OK(history_as_of(&c, STR("org"), 0, 199, &f, &e));
	REQUIRE(f.n == 1);
	CHECK_STR(f.v[0].json, STR("{\"v\":1}"));
	CHECK_OK(history_as_of(&c, STR("org"), 0, 200, &f, &e));
	REQUIRE(f.n == 1);
	CHECK_STR(f.v[0].json, STR("{\"v\":2}"));
	CHECK_INT(f.v[0].at, 200);
	CHECK_OK(history_as_of(&c, STR("org"), 0, 300, &f, &e)); /* 7 is gone, 8 has come */
	REQUIRE(f.n == 1);
	CHECK_INT(f.v[0].noun_id, 8);
	CHECK_OK(history_as_of(&c, STR("org"), 7, 300, &f, &e));
	CHECK_INT(f.n, 0);

	struct events v;
	CHECK_OK(history_of(&c, STR("org"), 7, 10, &v, &e));
	REQUIRE(v.n == 3);
	CHECK_STR(v.v[0].verb, STR("delete"));
	CHECK(v.v[0].after.p == NULL);
	CHECK_INT(v.v[0].user_id, 0);
	CHECK_OK(history_list(&c, &(struct history_filter){.since = 300, .limit = 10}, &v, &e));
	REQUIRE(v.n == 2);
	CHECK_INT(v.v[0].noun_id, 8);
	CHECK_OK(history_list(
	        &c, &(struct history_filter){.noun = STR("org"), .limit = 1, .skip = 1}, &v, &e));
	REQUIRE(v.n == 1);
	CHECK_INT(v.v[0].id, 3);
}

TEST(the_end_of_the_chain_is_checked_quickly_and_events_are_counted_by_a_filter)
{
	dbfix_each(quick_check);
}

TEST(the_state_of_facts_at_a_date_is_answered_from_history)
{
	dbfix_each(past);
}

static void tamper(struct db *db)
{
	static const struct {
		const char *sql;
		int64_t id;
	} cases[] = {
	        {"UPDATE event SET at = at + 1 WHERE id = 2", 2},
	        {"UPDATE event SET user_id = 5 WHERE id = 2", 2},
	        {"UPDATE event SET noun = 'test' WHERE id = 2", 2},
	        {"UPDATE event SET noun_id = 8 WHERE id = 2", 2},
	        {"UPDATE event SET verb = 'create' WHERE id = 2", 2},
	        {"UPDATE event SET before = NULL WHERE id = 2", 2},
	        {"UPDATE event SET before = '' WHERE id = 1", 1}, /* NULL is not empty */
	        {"UPDATE event SET after = '{}' WHERE id = 2", 2},
	        {"UPDATE event SET reason = '' WHERE id = 2", 2},
	        {"UPDATE event SET prev_hash = 'x' WHERE id = 2", 2},
	        {"UPDATE event SET for_user_id = 1 WHERE id = 2", 2},
	        {"UPDATE event SET hash = 'x' WHERE id = 2", 2},
	        {"UPDATE event SET id = 12 WHERE id = 2", 2},
	        {"UPDATE event SET reason = 'x' WHERE id = 4", 4}, /* the last */
	        {"UPDATE event SET reason = 'x' WHERE id = 1", 1}, /* the first */
	        {"DELETE FROM event WHERE id = 1", 1},
	        {"DELETE FROM event WHERE id = 2", 2},
	        {"DELETE FROM event WHERE id = 4", 4},
	        {"DELETE FROM event WHERE id = 4; UPDATE event_head SET n = 3", 3},
	        {"DELETE FROM event", 1},
	        {"UPDATE event_head SET hash = 'x'", 4},
	        {"UPDATE event_head SET n = 3", 4},
	        {"DELETE FROM event_head", 4},
	        {"INSERT INTO event SELECT 5, at, user_id, noun, noun_id, verb, before, after, "
	         "reason, "
	         "hash, hash, NULL FROM event WHERE id = 4",
	                5},
	};
	AUTO_ARENA(a, 1 << 20);
	three_events(db, &a);
	struct history_check r = verify(db, &a, NULL);
	CHECK(r.whole);
	CHECK_INT(r.mark.n, 4);
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err e = {0};
		AUTO_TX tx = {0};
		REQUIRE(tx_begin(db, &tx, &e) == EC_OK);
		REQUIRE(db_script(db, cases[i].sql, &e) == EC_OK);
		r = verify(db, &a, NULL);
		if (r.whole || r.id != cases[i].id)
			printf("# %s\n", cases[i].sql);
		CHECK(!r.whole);
		CHECK_INT(r.id, cases[i].id);
		CHECK(r.why.n > 0);
	}
	CHECK(verify(db, &a, NULL).whole);
}

TEST(any_change_of_an_event_and_any_missing_event_is_found)
{
	dbfix_each(tamper);
}

static void rewritten(struct db *db)
{
	AUTO_ARENA(a, 1 << 20);
	struct err e = {0};
	three_events(db, &a);
	struct history_mark mark = verify(db, &a, NULL).mark;
	CHECK(verify(db, &a, &mark).whole);
	AUTO_TX tx = {0};
	CHECK_OK(tx_begin(db, &tx, &e));
	CHECK_OK(db_script(db, "DELETE FROM event; UPDATE event_head SET n = 0, hash = ''", &e));
	CHECK_OK(tx_commit(&tx, &e));
	CHECK(verify(db, &a, NULL).whole); /* an empty chain is whole … */
	CHECK(!verify(db, &a, &mark).whole);
	struct clock clock = {.fixed = 1};
	struct ctx c = {.a = &a, .db = db, .clock = &clock, .actor = &actor_program};
	struct change two[2] = {{.noun = STR("x"), .verb = STR("create")},
	        {.noun = STR("y"), .verb = STR("create")}};
	CHECK_OK(tx_begin(db, &tx, &e));
	CHECK_OK(history_add_all(&c, two, 2, &e));
	CHECK_OK(tx_commit(&tx, &e));
	for (int i = 0; i < 3; i++)
		add(db, &a, 1, &(struct change){.noun = STR("x"), .verb = STR("create")});
	CHECK(verify(db, &a, NULL).whole); /* … and so is another one */
	struct history_check r = verify(db, &a, &mark);
	CHECK(!r.whole); /* but not the one that was */
	CHECK_INT(r.id, 4);
}

TEST(a_chain_written_anew_is_found_by_a_mark_kept_outside)
{
	dbfix_each(rewritten);
}

static void without_head(struct db *db)
{
	AUTO_ARENA(a, 1 << 20);
	struct err e = {0};
	struct ctx c = {.a = &a, .db = db, .clock = &at_noon, .actor = &actor_program};
	struct change ch = {.noun = STR("x"), .verb = STR("create")};
	AUTO_TX tx = {0};
	CHECK_OK(tx_begin(db, &tx, &e));
	CHECK_OK(history_add(&c, &ch, &e));
	CHECK_OK(db_script(
	        db, "UPDATE event_head SET n = 0, hash = ''", &e)); /* an end moved back */
	CHECK_INT(history_add(&c, &ch, &e), EC_CONFLICT);
}

TEST(no_second_event_gets_a_number_that_is_taken)
{
	dbfix_each(without_head);
}

#define WRITERS 4
#define EACH    15

static void *writer(void *pool)
{
	AUTO_ARENA(a, 1 << 20);
	struct err e = {0};
	struct db *db = NULL;
	if (!test_check(db_pool_take(pool, false, &db, &e) == EC_OK, __FILE__, __LINE__, "take"))
		return NULL;
	for (int i = 0; i < EACH; i++)
		add(db, &a, 1000 + i, &(struct change){.noun = STR("x"), .verb = STR("create")});
	db_pool_give(pool, db);
	return NULL;
}

static void crowd(const char *url)
{
	AUTO_ARENA(a, 1 << 20);
	struct err e = {0};
	struct db_pool *pool = NULL;
	REQUIRE(db_pool_open(&(struct db_opt){.url = url}, &pool, &e) == EC_OK);
	pthread_t t[WRITERS];
	for (size_t i = 0; i < WRITERS; i++)
		REQUIRE(pthread_create(&t[i], NULL, writer, pool) == 0);
	for (size_t i = 0; i < WRITERS; i++)
		(void)pthread_join(t[i], NULL);
	struct db *db = NULL;
	REQUIRE(db_pool_take(pool, true, &db, &e) == EC_OK);
	struct history_check r = verify(db, &a, NULL);
	CHECK_STR(r.why, STR(""));
	CHECK_INT(r.mark.n, WRITERS * EACH);
	db_pool_give(pool, db);
	db_pool_close(pool);
}

TEST(writers_at_the_same_time_make_one_chain)
{
	dbfix_each_url(&db_set_soko, crowd);
}

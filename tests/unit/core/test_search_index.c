/* The index by itself: what is put is found, by stem, by beginning, once. */
#include "base/limits.h"
#include "core/search_index.h"
#include "dbfix.h"
#include "test.h"

static const struct clock noon = {.fixed = 1640000000, .offset_min = 300};

static void put(struct ctx *c, int64_t id, const char *head, const char *point)
{
	struct err e = {0};
	struct search_text part[] = {{SEARCH_HEAD, STR("document"), id, str_c(head)},
	        {SEARCH_POINT, STR("point"), 10 * id, str_c(point)}};
	AUTO_TX tx = {0};
	CHECK_OK(tx_begin(c->db, &tx, &e));
	CHECK_OK(search_index_put(c,
	        &(struct search_entry){STR("document"), id, id, DB_NULL_INT, DB_NULL_INT, part, 2},
	        &e));
	CHECK_OK(tx_commit(&tx, &e));
}

static size_t found(struct ctx *c, const char *word, bool begin)
{
	struct err e = {0};
	struct search_places p = {0};
	if (begin)
		CHECK_OK(search_scan_begin(c, str_c(word), &p, &e));
	else
		CHECK_OK(search_scan(c, str_c(word), &p, &e));
	return p.n;
}

static void words(struct db *db)
{
	AUTO_ARENA(a, 64 * MIB);
	struct ctx c = {.a = &a, .db = db, .clock = &noon, .actor = &actor_program};
	struct err e = {0};
	put(&c, 1, "Приказ об анкетировании",
	        "Провести анкетирование учащихся и ОТЧЁТ об анкетировании");
	put(&c, 2, "План TIMSS", "Учителям сдать отчеты за 2022 год");
	CHECK_INT(found(&c, "Анкетирований", false), 2);
	CHECK_INT(found(&c, "отчёта", false), 2);
	CHECK_INT(found(&c, "timss", false), 1);
	CHECK_INT(found(&c, "2022", false), 1);
	CHECK_INT(found(&c, "анкет", false), 0);
	CHECK_INT(found(&c, "анкет", true), 2);
	CHECK_INT(found(&c, "ан", true), 0); /* too short for a beginning */
	CHECK_INT(found(&c, "учи", true), 1);
	struct search_places p;
	CHECK_OK(search_scan(&c, STR("анкетирование"), &p, &e));
	CHECK_INT(p.v[0].part, 0);
	CHECK_INT(p.v[1].part, 1);
	CHECK_INT(p.v[1].n, 2);
	/* anew: what is not in the new text is not found any more */
	put(&c, 1, "Приказ о сверке", "Сверить журналы");
	CHECK_INT(found(&c, "анкетирование", false), 0);
	CHECK_INT(found(&c, "журналами", false), 1);
	AUTO_TX tx = {0};
	CHECK_OK(tx_begin(db, &tx, &e));
	CHECK_OK(search_index_drop(&c, STR("document"), 2, &e));
	CHECK_OK(search_index_drop(&c, STR("document"), 2, &e)); /* gone already */
	CHECK_OK(tx_commit(&tx, &e));
	CHECK_INT(found(&c, "отчет", false), 0);
}

TEST(words_are_found_by_stem_and_by_beginning_and_not_after_a_change)
{
	dbfix_each(words);
}

TEST(a_beginning_covers_the_keys_of_its_words_and_no_others)
{
	struct str w[] = {STR("школ"), STR("школьник"), STR("образовательн"), STR("zoo"), STR("7")};
	for (size_t i = 0; i < ARRAY_LEN(w); i++)
		for (size_t k = 0; k < ARRAY_LEN(w); k++) {
			bool in = search_word_key(w[k]) >= search_word_key(w[i]) &&
			          search_word_key(w[k]) <= search_word_key_end(w[i]);
			CHECK_INT(in, str_starts(w[k], w[i]));
		}
	CHECK(search_word_key(STR("шко")) <= search_word_key(STR("школ")));
	CHECK(search_word_key_end(STR("шко")) >= search_word_key_end(STR("школ")));
}

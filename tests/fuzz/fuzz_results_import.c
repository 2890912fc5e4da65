/* Results and registry files: whatever stands in the table, the balance holds, protocols decode,
 * and a load that was accepted can be taken back. The first byte chooses the name of the file. */
#include "base/limits.h"
#include "core/registry/registry_import.h"
#include "core/result/import.h"
#include "core/result/report.h"
#include "db/migrate.h"
#include "fuzz.h"

static const char *const names[] = {"2021/4/Математика.csv", "2020/4/Русский язык.csv",
        "2022/7/Математика.csv", "edu990001 математика 4 класс 2022.csv", "реестр.tsv"};

static void check(enum ec code)
{
	CHECK_THAT(code == EC_OK);
}

/* One database for some hundred inputs: making the schema each time would be most of the work. */
static struct db *database(void)
{
	static struct db *db;
	static int used;
	struct err e;
	if (db != NULL && used++ % 300 != 0)
		return db;
	db_close(db);
	AUTO_ARENA(a, 64 * MIB);
	struct db_migrated done;
	check(db_open(&(struct db_opt){.url = ":memory:"}, &db, &e));
	check(db_migrate(db, &a, &db_set_soko,
	        &(struct db_migrate_opt){.now = 1, .program = STR("fuzz")}, &done, &e));
	return db;
}

static void balance(const struct load_card *k)
{
	const struct load_balance *b = &k->load.balance;
	CHECK_THAT(b->read == b->stored + b->changed + b->unchanged + b->rejected);
	int64_t refused = 0;
	for (size_t i = 0; i < k->n_issues; i++) {
		CHECK_THAT(utf8_valid(k->issue[i].sample) && utf8_valid(k->issue[i].rows));
		if (str_eq(k->issue[i].severity, STR("error")))
			refused += k->issue[i].n;
	}
	CHECK_THAT(refused == b->rejected);
}

void fuzz_one(struct arena *a, struct str bytes)
{
	static const struct clock noon = {.fixed = 1640000000};
	struct ctx c = {.a = a, .db = database(), .clock = &noon, .actor = &actor_program};
	struct load_card k = {0};
	struct err e = {0};
	if (bytes.n == 0)
		return;
	size_t which = (unsigned char)bytes.p[0] % ARRAY_LEN(names);
	struct str name = str_c(names[which]), body = str_skip(bytes, 1);
	if (which == ARRAY_LEN(names) - 1) {
		if (registry_import(&c, name, body, &k, &e) == EC_OK)
			balance(&k);
		else
			CHECK_THAT(e.msg[0] != '\0');
		return;
	}
	struct results_opt opt = {.auto_create = true};
	if (results_import(&c, name, body, &opt, &k, &e) != EC_OK) {
		CHECK_THAT(e.msg[0] != '\0');
		return;
	}
	balance(&k);
	struct test_summary_list list;
	check(result_summary(&c, &list, &e)); /* every blob decodes */
	check(results_undo(&c, k.load.id, &e));
}

/* The statements of soko itself: the engine takes each of them. */
#include "db/engine.h"
#include "dbfix.h"
#include "test.h"

#include <stdio.h>

static void prepare_all(struct db *db)
{
	for (size_t i = 0; i < db_set_soko.n_stmt; i++) {
		struct err e;
		if (db_prepare(db, db_set_soko.stmt[i], &e) != EC_OK) {
			printf("# %s\n", e.msg);
			test_check(false, __FILE__, __LINE__, "the statement is taken");
		}
	}
}

TEST(every_statement_of_soko_is_taken_by_the_engine)
{
	CHECK(db_set_soko.n_stmt > 0);
	dbfix_each(prepare_all);
}

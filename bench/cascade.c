/* An order to 40,000 schools of 80 municipalities: seconds from the right to confirm to the last
 * assignment, then of the coverage matrix and of the comparison of frozen sets. */
#include "base/limits.h"
#include "base/secret.h"
#include "core/fact.h"
#include "core/order/coverage.h"
#include "core/order/document_card.h"
#include "core/order/document_confirm.h"
#include "core/order/document_edit.h"
#include "core/order/document_import.h"
#include "core/order/frozen_set.h"
#include "core/registry/territory.h"
#include "db/q_org.h"
#include "dbfix.h"
#include "test.h"

#include <stdio.h>
#include <time.h>

enum { PLACES = 80, SCHOOLS = 500 };

static const struct clock winter = {.fixed = 1644908400, .offset_min = 300};

static const char order_text[] =
        "ДЕПАРТАМЕНТ ОБРАЗОВАНИЯ ЗАРЕЧНОЙ ОБЛАСТИ\n\nПРИКАЗ\n\n10 февраля 2022 г.\n\n№ 18/01\n\n"
        "О мерах по повышению качества образования\n\nп р и к а з ы в а ю:\n\n"
        "1. Руководителям общеобразовательных организаций:\n\n"
        "1.1. Провести анализ результатов оценочных процедур.\n\nСрок: до 01.03.2022\n\n"
        "2. Контроль за исполнением приказа оставляю за собой.\n\n"
        "Директор департамента А. Б. Заречный\n";

static double now(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void row(const char *work, double seconds, double limit)
{
	(void)printf("# %s\t%.3f\t(limit %.0f)\n", work, seconds, limit);
	CHECK(seconds < limit);
}

static void school(struct db *db, struct arena *a, int64_t place, int n)
{
	struct err e = {0};
	struct q_org_insert got;
	struct str name = str_printf(a, "Школа № %d", n);
	struct str key = str_printf(a, "школа %d", n);
	CHECK_OK(q_org_insert(db, a,
	        &(struct q_org_insert_in){place, DB_NULL_INT, STR("school"), name, STR(""), key,
	                key, STR(""), STR_NONE, STR_NONE, 0},
	        &got, &e));
}

static void region(const struct ctx *c, int64_t *ret_first)
{
	struct err e = {0};
	int64_t top = 0;
	int64_t place = 0;
	CHECK_OK(territory_create(c,
	        &(struct territory_form){STR("Заречная область"), STR(""), ACTOR_ALL}, &top, &e));
	for (int i = 0; i < PLACES; i++) {
		CHECK_OK(territory_create(c,
		        &(struct territory_form){
		                str_printf(c->a, "Округ № %d", i + 1), STR(""), top},
		        &place, &e));
		if (i == 0)
			*ret_first = place;
		AUTO_TX tx = {0};
		CHECK_OK(tx_begin(c->db, &tx, &e));
		for (int k = 0; k < SCHOOLS; k++)
			school(c->db, c->a, place, i * SCHOOLS + k + 1);
		CHECK_OK(tx_commit(&tx, &e));
	}
}

static void measure(struct db *db)
{
	AUTO_ARENA(a, 2048 * MIB);
	struct err e = {0};
	struct ctx c = {.a = &a, .db = db, .clock = &winter, .actor = &actor_program};
	int64_t first = 0;
	int64_t id = 0;
	struct confirm_result r = {0};
	struct coverage m;
	struct frozen_sets f;
	struct document_card k;
	CHECK_OK(secret_init(&e));
	region(&c, &first);
	struct document_source src = {str_c(order_text), STR("приказ.txt"), 0};
	CHECK_OK(document_import(&c, &src, &id, &e));
	CHECK_OK(document_card(&c, id, &k, &e));
	double t = now();
	CHECK_OK(document_confirm(&c, id, k.version, &r, &e));
	row("confirm", now() - t, 3);
	CHECK_INT(r.n_assignments, PLACES * SCHOOLS);
	t = now();
	CHECK_OK(coverage(&c, id, 0, &m, &e));
	row("coverage of the region", now() - t, 1);
	CHECK_INT(m.n_units, PLACES);
	t = now();
	CHECK_OK(coverage(&c, id, first, &m, &e));
	row("coverage of a municipality", now() - t, 1);
	CHECK_INT(m.n_units, SCHOOLS);
	AUTO_TX tx = {0};
	CHECK_OK(tx_begin(db, &tx, &e));
	school(db, &a, first, PLACES * SCHOOLS + 1);
	CHECK_OK(tx_commit(&tx, &e));
	t = now();
	CHECK_OK(frozen_sets(&c, id, &f, &e));
	row("frozen sets", now() - t, 1);
	CHECK_INT(f.n, 1);
}

TEST(an_order_to_forty_thousand_schools)
{
	dbfix_each(measure);
}

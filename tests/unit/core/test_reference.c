/* Reference data: a new year is a table; what is there is never changed; mistakes are named by
 * line. */
#include "core/result/reference.h"
#include "core/result/test.h"
#include "dbfix.h"
#include "test.h"

#include <string.h>

static const struct clock noon = {.fixed = 1640000000};

#define TESTS_HEAD                                                                                 \
	"procedure\tyear\tgrade\tsubject\tmax_total\tminutes\titems_year\titems_source\titems_"    \
	"status\tmin3\t"                                                                           \
	"min4\tmin5\tscale_source\tscale_status\tnote\n"
#define ITEMS_HEAD "year\tgrade\tsubject\tseq\tlabel\tmax_score\tlevel\n"

static const char tests_2030[] =
        TESTS_HEAD "vpr\t2030\t4\tМатематика\t3\t45\t2030\tОписание "
                   "2030\tofficial\t1\t2\t3\tОписание 2030\tofficial\t\n"
                   "vpr\t2030\t9\tЧерчение\t3\t45\t2030\tОписание 2030\tofficial\t\t\t\t\t\t\n";
static const char items_2030[] = ITEMS_HEAD "2030\t4\tМатематика\t1\t1\t1\tБ\n"
                                            "2030\t4\tМатематика\t2\t2К1\t2\tП\n"
                                            "2030\t9\tЧерчение\t1\t1\t3\tБ\n";

static void new_year(struct db *db)
{
	AUTO_ARENA(a, 64 << 20);
	struct ctx c = {.a = &a, .db = db, .clock = &noon, .actor = &actor_program};
	struct reference_count n;
	struct test_row t;
	struct err e;
	int64_t id;
	CHECK_OK(reference_ensure(&c, &e));
	CHECK_OK(reference_ensure(&c, &e));
	CHECK_OK(reference_load(&c, str_c(tests_2030), str_c(items_2030), &n, &e));
	CHECK_INT(n.added, 2);
	CHECK_OK(reference_load(&c, str_c(tests_2030), str_c(items_2030), &n, &e));
	CHECK_INT(n.added, 0);
	CHECK_INT(n.present, 2);
	CHECK_OK(test_find(
	        &c, STR("vpr"), &(struct test_name){2030, 4, STR("математика")}, &id, &e));
	CHECK_OK(test_load(&c, id, &t, &e));
	CHECK_INT(t.n_items, 2);
	CHECK_STR(t.item[1].label, STR("2K1"));
	CHECK_INT(t.min5, 3);
	CHECK_STR(t.scale_status_title, STR("официальный источник"));
	CHECK_OK(test_find(&c, STR("vpr"), &(struct test_name){2030, 9, STR("Черчение")}, &id, &e));
	CHECK_OK(test_load(&c, id, &t, &e));
	CHECK_INT(t.min3, 0); /* no scale is known: marks are not made up */
	/* the built-in tables: an official work of 2021, and the same cuts applied by a region in
	 * 2022 */
	CHECK_OK(test_find(
	        &c, STR("vpr"), &(struct test_name){2021, 4, STR("Математика")}, &id, &e));
	CHECK_OK(test_load(&c, id, &t, &e));
	CHECK_INT(t.max_total, 20);
	CHECK_STR(t.scale_status, STR("official"));
	CHECK_OK(test_find(
	        &c, STR("vpr"), &(struct test_name){2022, 4, STR("Математика")}, &id, &e));
	CHECK_OK(test_load(&c, id, &t, &e));
	CHECK_STR(t.scale_status, STR("regional"));
	CHECK_INT(
	        test_find(&c, STR("vpr"), &(struct test_name){2031, 4, STR("Математика")}, &id, &e),
	        EC_NOTFOUND);
}

TEST(a_new_year_is_a_table_and_nothing_is_changed_by_it)
{
	dbfix_each(new_year);
}

static void refuse(const struct ctx *c, const char *tests, const char *items, const char *why)
{
	struct reference_count n;
	struct err e = {0};
	CHECK_INT(reference_load(c, str_c(tests), str_c(items), &n, &e), EC_INPUT);
	if (!CHECK(strstr(e.msg, why) != NULL))
		test_check(false, __FILE__, __LINE__, e.msg);
}

static void mistakes(struct db *db)
{
	AUTO_ARENA(a, 64 << 20);
	struct ctx c = {.a = &a, .db = db, .clock = &noon, .actor = &actor_program};
	refuse(&c, tests_2030, ITEMS_HEAD "2030\t4\tМатематика\t1\t1\t1\tБ\n", "сумма максимумов");
	refuse(&c, tests_2030, ITEMS_HEAD "2030\t4\tМатематика\t2\t1\t1\tБ\n", "номер по порядку");
	refuse(&c, tests_2030, ITEMS_HEAD "2030\t4\tМатематика\t1\t1\tx\tБ\n",
	        "строка 2: max_score");
	refuse(&c, tests_2030, ITEMS_HEAD, "нет состава заданий");
	refuse(&c,
	        TESTS_HEAD
	        "vpr\t2030\t9\tЧерчение\t3\t45\t2030\tо\tofficial\t2\t1\t3\tо\tofficial\t\n",
	        items_2030, "не возрастают");
	struct reference_count n;
	struct err e;
	CHECK_OK(reference_load(&c, str_c(tests_2030), str_c(items_2030), &n, &e));
	CHECK_INT(n.added, 2); /* the refused tables left nothing */
}

TEST(mistakes_of_reference_tables_are_named_and_leave_nothing)
{
	dbfix_each(mistakes);
}

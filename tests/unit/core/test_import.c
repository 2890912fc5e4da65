/* Registry and results: from bytes of a file to figures, on both engines. All schools, names and
 * pupils are made up (region 99). */
#include "base/buf.h"
#include "core/control/check.h"
#include "core/registry/registry_import.h"
#include "core/result/import.h"
#include "core/result/report.h"
#include "db/q_protocol.h"
#include "dbfix.h"
#include "test.h"

#include <string.h>

static const struct clock noon = {.fixed = 1640000000, .offset_min = 300};

static struct ctx ctx_of(struct arena *a, struct db *db)
{
	return (struct ctx){.a = a, .db = db, .clock = &noon, .actor = &actor_program};
}

/* Mathematics of grade 4, 2021: 15 items, 20 points, cuts 6, 10, 15. */
static const char head_2021[] =
        "логин школы;регион;номер обучающегося;код обучающегося;отметка за предыдущую "
        "четверть/триместр;пол;класс;вариант;всего баллов;балл за 1;балл за 2;балл за 3;балл за 4;"
        "балл за 5;балл за 6;балл за 7;балл за 8;балл за 9;балл за 10;балл за 11;балл за 12;балл "
        "за "
        "13;балл за 14;балл за 15;Учебник;Др.уч. автор;Др.уч. название\n";
static const char name_2021[] = "Проведение работы по математике, 4 класс. ВПР 2021.csv";

static const char clean_2021[] =
        "sch990001;Озёрный район;1;40001;5;ж;А;1;20;1;1;2;1;1;1;1;1;1;2;1;1;2;2;2;Учебник\n"
        "sch990001;Озёрный район;2;40002;4;м;А;2;9;1;1;0;1;X;1;1;0;1;0;1;0;2;Х;x;Учебник\n"
        "sch990001;Озёрный район;3;40003;;;;отсутствовал;;;;;;;;;;;;;;;;\n"
        "sch990002;г. Приморск;1;40001;3;ж;нет;1;5;1;1;0;1;0;1;1;0;0;0;0;0;0;0;0;Учебник\n";

static struct str file_of(struct arena *a, const char *head, const char *rows)
{
	return str_cat(a, str_c(head), str_c(rows));
}

static struct load_card import(struct ctx *c, const char *name, struct str bytes, bool create)
{
	struct load_card card = {0};
	struct err e = {0};
	struct results_opt opt = {.auto_create = create};
	if (results_import(c, str_c(name), bytes, &opt, &card, &e) != EC_OK)
		test_check(false, __FILE__, __LINE__, e.msg);
	return card;
}

static int64_t issue_n(const struct load_card *k, const char *code)
{
	for (size_t i = 0; i < k->n_issues; i++) {
		if (str_eq_z(k->issue[i].code, code))
			return k->issue[i].n;
	}
	return 0;
}

static struct test_summary summary(struct ctx *c, int year, int grade, const char *subject)
{
	struct test_summary_list list = {0};
	struct err e;
	CHECK_OK(result_summary(c, &list, &e));
	for (size_t i = 0; i < list.n; i++) {
		const struct test_row *t = &list.v[i].test;
		if (t->year == year && t->grade == grade && str_eq_z(t->subject, subject))
			return list.v[i];
	}
	return (struct test_summary){0};
}

static void layout_2021(struct db *db)
{
	AUTO_ARENA(a, 64 << 20);
	struct ctx c = ctx_of(&a, db);
	struct load_card k = import(&c, name_2021, file_of(&a, head_2021, clean_2021), true);
	CHECK_INT(k.load.balance.read, 4);
	CHECK_INT(k.load.balance.stored, 4);
	CHECK_INT(issue_n(&k, "school_created"), 2);
	CHECK_INT(issue_n(&k, "class_none"), 1);
	CHECK_INT(issue_n(&k, "absent"), 1);
	struct test_summary t = summary(&c, 2021, 4, "Математика");
	CHECK_INT(t.sum.rows, 4);
	CHECK_INT(t.sum.absent, 1);
	CHECK_INT(t.sum.n, 3);
	CHECK_INT(t.sum.sum, 34);
	CHECK_INT(t.sum.total_ne_items, 0);
	CHECK_INT(t.sum.cells_not_attempted, 3);
	CHECK_INT(t.n_schools, 2);
	CHECK_INT(t.sum.mark[0], 1); /* 5 */
	CHECK_INT(t.sum.mark[1], 1); /* 9 */
	CHECK_INT(t.sum.mark[3], 1); /* 20 */
	struct stat_journal j = stat_journal(&t.sum);
	CHECK_INT(j.n, 3);
	CHECK_INT(j.confirmed, 1);
	CHECK_INT(j.lowered, 2);
}

TEST(an_export_of_2021_becomes_figures)
{
	dbfix_each(layout_2021);
}

static void again_and_undo(struct db *db)
{
	AUTO_ARENA(a, 64 << 20);
	struct ctx c = ctx_of(&a, db);
	struct err e;
	struct str first = file_of(&a, head_2021, clean_2021);
	(void)import(&c, name_2021, first, true);
	struct load_card same = import(&c, name_2021, first, true);
	CHECK_INT(same.load.balance.unchanged, 4);
	CHECK_INT(same.load.balance.stored + same.load.balance.changed, 0);
	/* one pupil changed, one left, one came, in one school; the other school is not in the file
	 */
	struct load_card next = import(&c, name_2021,
	        file_of(&a, head_2021,
	                "sch990001;Озёрный "
	                "район;1;40001;5;ж;А;1;19;1;1;2;1;1;1;1;1;1;2;1;1;2;2;1;У\n"
	                "sch990001;Озёрный "
	                "район;2;40002;4;м;А;2;9;1;1;0;1;X;1;1;0;1;0;1;0;2;Х;x;У\n"
	                "sch990001;Озёрный "
	                "район;4;40004;4;м;А;2;1;1;0;0;0;0;0;0;0;0;0;0;0;0;0;0;У\n"),
	        true);
	CHECK_INT(next.load.balance.read, 3);
	CHECK_INT(next.load.balance.changed, 1);
	CHECK_INT(next.load.balance.unchanged, 1);
	CHECK_INT(next.load.balance.stored, 1);
	CHECK_INT(next.load.balance.gone, 1);
	CHECK_INT(summary(&c, 2021, 4, "Математика").sum.sum, 34);
	CHECK_INT(summary(&c, 2021, 4, "Математика").sum.absent, 0);
	CHECK_INT(results_undo(&c, 1, &e),
	        EC_CONFLICT); /* the third load replaced a protocol of it */
	CHECK_OK(results_undo(&c, next.load.id, &e));
	CHECK_INT(summary(&c, 2021, 4, "Математика").sum.absent, 1);
	CHECK_INT(results_undo(&c, next.load.id, &e), EC_CONFLICT);
	CHECK_OK(results_undo(&c, 1, &e));
	CHECK_INT(summary(&c, 2021, 4, "Математика").sum.rows, 0);
	struct load_list list;
	CHECK_OK(load_list(&c, (struct paging){0}, &list, &e));
	CHECK_INT(list.total, 3);
	CHECK_STR(list.v[0].status, STR("undone"));
	CHECK_STR(list.v[1].status, STR("done"));
}

TEST(a_load_repeats_without_change_and_is_undone_whole)
{
	dbfix_each(again_and_undo);
}

static void dirt(struct db *db)
{
	AUTO_ARENA(a, 64 << 20);
	struct ctx c = ctx_of(&a, db);
	struct load_card k = import(&c, name_2021,
	        file_of(&a, head_2021,
	                "sch990001;р;1;40001;5;ж;А;1;92;1;1;2;1;1;1;1;1;1;2;1;1;2;2;2;У\n" /* total
	                                                                                      92 */
	                "sch990001;р;2;40002;4;м;А;1;10;3;1;0;1;0;1;1;0;1;0;1;0;1;0;0;У\n" /* item 3
	                                                                                      of 1
	                                                                                    */
	                "sch990001;р;3;40003;ж;м;А;1;3;1;H;0;1;-2;0;0;0;0;0;0;0;0;не пройд.;0;У\n"
	                "sch990001;р;3;40003;4;м;А;1;3;1;1;0;1;0;0;0;0;0;0;0;0;0;0;0;У\n" /* twice
	                                                                                   */
	                ";р;4;40004;4;м;А;1;3;1;1;0;1;0;0;0;0;0;0;0;0;0;0;0;У\n"     /* no school */
	                "sch990001;р;5;;4;м;А;1;3;1;1;0;1;0;0;0;0;0;0;0;0;0;0;0;У\n" /* no code */
	                "sch990001;р;6;40006;4\xC2\xA0;м;А;0;3;1;1;0;1;0;0;0;0;0;0;0;0;0;0;0;У\n"
	                "sch990001;р;7;40007;4\xC2\xA0;м;А;1;;1;1;0;1;0;0;0;0;0;0;0;0;0;0;0;У\n"
	                "\n"),
	        true);
	CHECK_INT(k.load.balance.read, 8);
	CHECK_INT(k.load.balance.stored, 5);
	CHECK_INT(k.load.balance.rejected, 3);
	CHECK_INT(issue_n(&k, "total_over_max"), 1);
	CHECK_INT(issue_n(&k, "total_differs"), 2);
	CHECK_INT(issue_n(&k, "item_over_max"), 1);
	CHECK_INT(issue_n(&k, "item_unreadable"), 1);
	CHECK_INT(issue_n(&k, "not_taught"), 1);
	CHECK_INT(issue_n(&k, "journal_unreadable"), 1);
	CHECK_INT(issue_n(&k, "code_twice"), 1);
	CHECK_INT(issue_n(&k, "no_login"), 1);
	CHECK_INT(issue_n(&k, "no_code"), 1);
	CHECK_INT(issue_n(&k, "no_variant"), 1);
	CHECK_INT(issue_n(&k, "total_missing"), 1);
	struct test_summary t = summary(&c, 2021, 4, "Математика");
	CHECK_INT(t.sum.present, 4);
	CHECK_INT(t.sum.blank, 1);
	CHECK_INT(t.sum.n, 1);
	CHECK_INT(t.sum.cells_unreadable, 2);
	for (size_t i = 0; i < k.n_issues; i++) {
		if (str_eq_z(k.issue[i].code, "code_twice")) {
			CHECK_STR(k.issue[i].rows, STR("5"));
			CHECK_STR(k.issue[i].sample, STR("40003"));
		}
	}
}

TEST(dirt_is_flagged_or_refused_with_its_rows)
{
	dbfix_each(dirt);
}

static void layout_2020(struct db *db)
{
	AUTO_ARENA(a, 64 << 20);
	struct ctx c = ctx_of(&a, db);
	struct buf b;
	buf_init(&b, &a, 1 << 20);
	buf_add_z(&b, "groups,user,id,code,otc,gender,klass,var-1,var-2,sum");
	for (int i = 1; i <= 20; i++)
		buf_printf(&b, ",a-%d-grade", i);
	buf_add_z(&b, ",Учебник,a-22-grade\n");
	static const char *const row[] = {
	        "sch990001,1,50001,4,м,а,1,2,20,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1",
	        "sch990001,2,50002,4,м,а,отсутствовал,1,2,,,,,,1,1,0,0,0,0,0,0,0,0,0,0,0,0,0",
	        "sch990001,3,50003,,,,отсутствовал,отсутствовал,,,,,,,,,,,,,,,,,,,,,",
	        "sch990002,1,50001,нет отметки,ж,б,1,,3,1,1,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,X,x,0"};
	for (size_t i = 0; i < ARRAY_LEN(row); i++)
		buf_printf(&b, "\"99-RU-X,EAST,reg99_vpr_m00%d,vpr.2017.r99\",%s,,\n",
		        i == 3 ? 7 : 4, row[i]);
	struct load_card k = import(&c, "/data/2020/4/Русский язык.csv", buf_str(&b), true);
	CHECK_INT(k.load.balance.stored, 4);
	CHECK_INT(issue_n(&k, "partial"), 1);
	CHECK_STR(k.load.profile, STR("ФИС ОКО 2020"));
	struct test_summary t = summary(&c, 2020, 4, "Русский язык");
	CHECK_INT(t.sum.absent, 1);
	CHECK_INT(t.sum.partial, 1);
	CHECK_INT(t.sum.n, 2);
	CHECK_INT(t.sum.sum, 23);
	CHECK_INT(stat_journal(&t.sum).n, 1);
	struct report r;
	struct err e;
	CHECK_OK(report_make(&c, &(struct report_opt){.test_id = t.test.id}, &r, &e));
	CHECK_INT(r.n_groups, 4);
	CHECK_STR(r.group[1].name, STR("Регион 99"));
	CHECK_STR(r.group[2].code, STR("reg99_m004"));
}

TEST(an_export_of_2020_with_two_parts_is_read)
{
	dbfix_each(layout_2020);
}

static void layout_2022(struct db *db)
{
	AUTO_ARENA(a, 64 << 20);
	struct ctx c = ctx_of(&a, db);
	struct load_card k = import(&c, "2022\\7\\Математика.csv",
	        STR("Пользователь;Код региона;Регион;Муниципалитет;Школа;Дата загрузки;Код;Вариант;"
	            "1 (1б);2 (1б);3 (1б);4 (1б);5 (1б);6 (1б);7 (1б);8 (1б);9 (1б);10 (1б);11 "
	            "(1б) ;12 "
	            "(2б);13 (1б);14 (2б);15 (1б);16 (2б);Наименование класса;Пол;Отметка за "
	            "предыдущий "
	            "триместр/ четверть/полугодие;Итого баллов\n"
	            "edu990001;99;reg990000 | Верхняя область;reg99_m003 | Озёрный район;edu990001 "
	            "| "
	            "Средняя школа № "
	            "1;16.03.2022;70001;1;1;1;1;1;1;1;1;1;1;1;1;2;1;2;1;2;7А;м;5;19\n"
	            "edu990001;99;reg990000 | Верхняя область;reg99_m003 | Озёрный район;edu990001 "
	            "| "
	            "Средняя школа № "
	            "1;16.03.2022;70002;1;1;1;1;1;1;1;1;1;1;1;1;2;1;2;1;2;7А;м;5;17\n"
	            "edu990001;99;reg990000 | Верхняя область;reg99_m003 | Озёрный район;edu990001 "
	            "| "
	            "Средняя школа № 1;16.03.2022;70003;отсутствовал;;;;;;;;;;;;;;;;;;;;0\n"),
	        true);
	CHECK_INT(k.load.balance.stored, 3);
	CHECK_INT(issue_n(&k, "total_formula"), 1);
	struct test_summary t = summary(&c, 2022, 7, "Математика");
	CHECK_INT(t.sum.n, 2);
	struct report r;
	struct err e;
	CHECK_OK(report_make(
	        &c, &(struct report_opt){.test_id = t.test.id, .all_schools = true}, &r, &e));
	REQUIRE(r.n_groups == 4);
	CHECK_STR(r.group[1].name, STR("Верхняя область"));
	CHECK_STR(r.group[2].name, STR("Озёрный район"));
	CHECK_STR(r.group[3].name, STR("Средняя школа № 1"));
	CHECK_STR(r.group[3].code, STR("edu990001"));
	for (size_t i = 0; i < r.n_groups; i++)
		CHECK_INT(r.group[i].sum.n, 2);
	struct report_table table;
	for (int kind = 0; kind < REPORT_KIND_COUNT; kind++) {
		report_table(&a, &r, (enum report_kind)kind, &table);
		CHECK(table.n_cols > 3 && table.n_rows > 0);
	}
	/* the same digits under the login of 2021 are the same school */
	k = import(&c, name_2021, file_of(&a, head_2021, clean_2021), true);
	CHECK_INT(issue_n(&k, "school_created"), 1);
}

TEST(an_export_of_2022_names_schools_and_items)
{
	dbfix_each(layout_2022);
}

static void form(struct db *db)
{
	AUTO_ARENA(a, 64 << 20);
	struct ctx c = ctx_of(&a, db);
	struct load_card k = import(&c, "edu990001 математика 4 класс 2022.csv",
	        STR("Код участника;Вариант;1 (1б);2 (1б);3 (2б);4 (1б);5.1 (1б);5.2 (1б);6.1 "
	            "(1б);6.2 "
	            "(1б);7 (1б);8 (2б);9.1 (1б);9.2 (1б);10 (2б);11 (2б);12 (2б);Порядковый номер "
	            "класса;Отметка за предыдущий триместр/ четверть/полугодие;Итого баллов\n"
	            "40001;1;1;1;1;1;1;1;1;1;1;1;1;1;1;1;X;1;4;14\n"
	            "40002;;;;;;;;;;;;;;;;;;;0\n"), /* a line of the form nobody filled in */
	        true);
	CHECK_INT(k.load.balance.read, 1);
	CHECK_INT(k.load.balance.stored, 1);
	CHECK_STR(k.load.profile, STR("Форма сбора ВПР 2026"));
	CHECK_INT(summary(&c, 2022, 4, "Математика").sum.sum, 14);
}

TEST(a_form_filled_by_one_school_is_read)
{
	dbfix_each(form);
}

static void refusals(struct db *db)
{
	AUTO_ARENA(a, 64 << 20);
	struct ctx c = ctx_of(&a, db);
	struct load_card k;
	struct err e = {0};
	struct results_opt none = {0}, told = {2021, 4, STR("Математика"), true};
	struct str f = file_of(&a, head_2021, clean_2021);
	CHECK_INT(results_import(&c, STR("выгрузка.csv"), f, &none, &k, &e), EC_INPUT);
	CHECK(strstr(e.msg, "год") != NULL && strstr(e.msg, "предмет") != NULL);
	CHECK_OK(results_import(&c, STR("выгрузка.csv"), f, &told, &k, &e));
	CHECK_INT(results_import(&c, STR("2021/4/Математика.csv"), STR("а;б;в;г;д\n1;2;3;4;5\n"),
	                  &none, &k, &e),
	        EC_INPUT);
	/* twenty items of Russian cannot be in fifteen columns */
	CHECK_INT(results_import(&c, STR("2021/4/Русский язык.csv"), f, &none, &k, &e), EC_INPUT);
	CHECK(strstr(e.msg, "15 столбцов") != NULL);
	/* a school that is not in the registry, and nobody said to make it */
	struct str other = file_of(
	        &a, head_2021, "sch990077;р;1;40001;5;ж;А;1;20;1;1;2;1;1;1;1;1;1;2;1;1;2;2;2;У\n");
	CHECK_OK(results_import(&c, str_c(name_2021), other, &none, &k, &e));
	CHECK_INT(k.load.balance.rejected, 1);
	CHECK_INT(issue_n(&k, "school_unknown"), 1);
}

TEST(what_cannot_be_understood_is_said_in_words)
{
	dbfix_each(refusals);
}

static void too_large(struct db *db)
{
	AUTO_ARENA(text, 64 << 20);
	AUTO_ARENA(a, 16 << 20);
	struct ctx c = ctx_of(&a, db);
	struct load_card k;
	struct err e = {0};
	struct results_opt opt = {.auto_create = true};
	struct buf b;
	buf_init(&b, &text, 32 << 20);
	buf_add_z(&b, head_2021);
	for (int i = 0; i < 60000; i++)
		buf_printf(&b, "sch990001;р;1;%d;5;ж;А;1;20;1;1;2;1;1;1;1;1;1;2;1;1;2;2;2;У\n",
		        100000 + i);
	CHECK_INT(results_import(&c, str_c(name_2021), buf_str(&b), &opt, &k, &e), EC_LIMIT);
	buf_reset(&b);
	buf_add_z(&b, "login\tmunicipality\n");
	for (int i = 0; i < 60000; i++)
		buf_printf(&b, "sch99%04d\tр\n", i % 10000);
	CHECK_INT(registry_import(&c, STR("р.tsv"), buf_str(&b), &k, &e), EC_LIMIT);
}

TEST(a_file_larger_than_the_memory_of_a_request_is_refused)
{
	dbfix_each(too_large);
}

static void registry(struct db *db)
{
	AUTO_ARENA(a, 64 << 20);
	struct ctx c = ctx_of(&a, db);
	struct load_card k;
	struct err e = {0};
	/* Windows-1251: «логин;муниципалитет» and «Озёрный» */
	struct str cp1251 =
	        STR("\xEB\xEE\xE3\xE8\xED;\xEC\xF3\xED\xE8\xF6\xE8\xEF\xE0\xEB\xE8\xF2\xE5\xF2\n"
	            "sch990001;\xCE\xE7\xB8\xF0\xED\xFB\xE9\n"
	            "sch990002;\xCE\xE7\xB8\xF0\xED\xFB\xE9\n");
	CHECK_OK(registry_import(&c, STR("школы.csv"), cp1251, &k, &e));
	CHECK_INT(k.load.balance.stored, 2);
	CHECK_OK(registry_import(&c, STR("школы.csv"), cp1251, &k, &e));
	CHECK_INT(k.load.balance.unchanged, 2);
	struct str full = STR("Логин\tИНН\tНаименование\tТип\tТерритория\tРуководитель\tС даты\n"
	                      "edu990001\t9900000011\tСредняя школа № 1\tшкола\tОзёрный\tИванова "
	                      "И.И.\t01.09.2012\n"
	                      "edu990003\t\tЛицей\tзавод\tОзёрный\t\t\n"
	                      "\t\tБез номера\tшкола\tОзёрный\t\t\n"
	                      "edu990002\t9900000011\tЧужой ИНН\tшкола\tОзёрный\t\t\n"
	                      "edu990004\t\tГимназия\tшкола\tОзёрный\t\t31.02.2012\n");
	CHECK_OK(registry_import(&c, STR("реестр.tsv"), full, &k, &e));
	CHECK_INT(k.load.balance.read, 5);
	CHECK_INT(k.load.balance.changed, 1);
	CHECK_INT(k.load.balance.rejected, 4);
	CHECK_INT(issue_n(&k, "kind_unknown"), 1);
	CHECK_INT(issue_n(&k, "no_identifier"), 1);
	CHECK_INT(issue_n(&k, "two_owners"), 1);
	CHECK_INT(issue_n(&k, "date_bad"), 1);
	CHECK_INT(registry_import(&c, STR("x.csv"), STR("а;б\n1;2\n"), &k, &e), EC_INPUT);
	/* pupils of an export do not become organisations */
	CHECK_INT(registry_import(&c, str_c(name_2021), file_of(&a, head_2021, clean_2021), &k, &e),
	        EC_INPUT);
	CHECK(str_has(str_c(e.msg), STR("выгрузка результатов")));
	CHECK_INT(registry_import(&c, STR("форма.csv"),
	                  STR("Пользователь;Муниципалитет;Школа;Код;Вариант;Итого баллов\n"
	                      "edu990009;Озёрный;Лицей;40001;1;12\n"),
	                  &k, &e),
	        EC_INPUT);
	/* schools of the registry are found by either login */
	struct results_opt none = {0};
	CHECK_OK(results_import(
	        &c, str_c(name_2021), file_of(&a, head_2021, clean_2021), &none, &k, &e));
	CHECK_INT(k.load.balance.stored, 4);
}

TEST(a_registry_file_is_read_by_the_meaning_of_its_headers)
{
	dbfix_each(registry);
}

/* Scopes: a municipality sees its schools, a school sees itself. */
static void scopes(struct db *db)
{
	AUTO_ARENA(a, 64 << 20);
	struct ctx c = ctx_of(&a, db);
	struct err e;
	(void)import(&c, name_2021, file_of(&a, head_2021, clean_2021), true);
	struct test_summary t = summary(&c, 2021, 4, "Математика");
	struct report r;
	struct report_opt all = {.test_id = t.test.id, .all_schools = true};
	CHECK_OK(report_make(&c, &all, &r, &e));
	CHECK_INT(r.n_groups, 6);
	int64_t place = 0, school = 0, other = 0;
	for (size_t i = 0; i < r.n_groups; i++) {
		const struct report_group *g = &r.group[i];
		if (str_eq(g->code, STR("sch990001"))) {
			place = g->territory_id;
			school = g->org_id;
		} else if (g->level == LEVEL_SCHOOL)
			other = g->org_id;
	}
	struct actor_role role = {ROLE_MUNICIPALITY, place, ACTOR_ALL};
	struct actor who = {.user_id = 5, .role = &role, .n_roles = 1};
	c.actor = &who;
	CHECK_OK(report_make(&c, &all, &r, &e));
	CHECK_INT(r.n_groups, 4); /* all, region, own municipality, own school */
	CHECK_INT(r.group[1].sum.n, 3);
	CHECK_INT(report_make(
	                  &c, &(struct report_opt){.test_id = t.test.id, .org_id = other}, &r, &e),
	        EC_DENIED);
	role = (struct actor_role){ROLE_SCHOOL, place, school};
	CHECK_OK(report_make(
	        &c, &(struct report_opt){.test_id = t.test.id, .org_id = school}, &r, &e));
	CHECK_INT(r.n_groups, 4);
	CHECK_INT(r.group[r.chosen].org_id, school);
	CHECK_INT(summary(&c, 2021, 4, "Математика").sum.n, 2);
	CHECK_INT(results_undo(&c, 1, &e), EC_DENIED);
}

TEST(everybody_sees_results_of_the_own_level)
{
	dbfix_each(scopes);
}

static void replaced(struct db *db)
{
	AUTO_ARENA(a, 64 << 20);
	struct ctx c = ctx_of(&a, db);
	struct err e = {0};
	struct check_report r;
	struct q_protocol_rows was;
	struct q_protocol_insert id;
	struct load_card k = import(&c, name_2021, file_of(&a, head_2021, clean_2021), true);
	CHECK_OK(check_all(&c, &r, &e));
	CHECK(r.whole);
	CHECK_OK(q_protocol_rows(db, &a, &(struct q_protocol_rows_in){1}, &was, &e));
	AUTO_TX tx = {0};
	CHECK_OK(tx_begin(db, &tx, &e));
	CHECK_OK(q_protocol_retire(db, &(struct q_protocol_retire_in){1}, &e));
	CHECK_OK(q_protocol_insert(db, &a,
	        &(struct q_protocol_insert_in){
	                k.load.test_id, 1, k.load.id, 1, 1, STR("of other rows"), was.rows},
	        &id, &e));
	CHECK_OK(check_all(&c, &r, &e));
	CHECK(!r.whole);
}

TEST(a_protocol_changed_past_the_program_is_found_by_the_check)
{
	dbfix_each(replaced);
}

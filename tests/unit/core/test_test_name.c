#include "core/result/export_row.h"
#include "core/result/test.h"
#include "test.h"

static const struct str subject[] = {STR_INIT("Английский язык"), STR_INIT("География"),
        STR_INIT("История"), STR_INIT("Математика"), STR_INIT("Обществознание"),
        STR_INIT("Окружающий мир"), STR_INIT("Русский язык"), STR_INIT("Физика"), STR_INIT("Химия"),
        STR_INIT("Биология")};

static void reads(const char *path, int year, int grade, const char *name)
{
	AUTO_ARENA(a, 1 << 20);
	struct test_name n = {0};
	test_name_read(&a, str_c(path),
	        &(struct subject_list){(struct str *)(uintptr_t)subject, ARRAY_LEN(subject)}, &n);
	CHECK_INT(n.year, year);
	CHECK_INT(n.grade, grade);
	CHECK_STR(n.subject, str_c(name));
}

TEST(names_of_files_say_year_grade_and_subject)
{
	reads("2021/4/Проведение работы по математике, 4 класс. ВПР 2021.xlsx", 2021, 4,
	        "Математика");
	reads("Проведение работы по окружающему миру, 4 класс. ВПР 2021.xlsx", 2021, 4,
	        "Окружающий мир");
	reads("Проведение работы по русскому языку, 5 класс. ВПР 2021.xlsx", 2021, 5,
	        "Русский язык");
	reads("C:\\vpr\\2020\\5\\Русский язык.xlsx", 2020, 5, "Русский язык");
	reads("/home/u/2022/11/Физика.xlsx", 2022, 11, "Физика");
	reads("ВПР по английскому языку 7 класс 2023.csv", 2023, 7, "Английский язык");
	reads("класс 8, химии 2022.xlsx", 2022, 8, "Химия");
	reads("обществознанию 6 кл.xlsx", 0, 6, "Обществознание");
	reads("файл.xlsx", 0, 0, "");
}

TEST(labels_of_items_become_one)
{
	AUTO_ARENA(a, 1 << 20);
	CHECK_STR(item_label_normal(&a, STR("1К1")), STR("1K1"));
	CHECK_STR(item_label_normal(&a, STR("10.2к1")), STR("10.2K1"));
	CHECK_STR(item_label_normal(&a, STR("5(1)")), STR("5.1"));
	CHECK_STR(item_label_normal(&a, STR(" 10,2K1 ")), STR("10.2K1"));
}

TEST(cells_of_items_are_points_or_reasons)
{
	CHECK_INT(item_cell(STR("0")), 0);
	CHECK_INT(item_cell(STR("12")), 12);
	CHECK_INT(item_cell(STR("X")), ITEM_NOT_ATTEMPTED);
	CHECK_INT(item_cell(STR("х")), ITEM_NOT_ATTEMPTED);
	CHECK_INT(item_cell(STR("x ")), ITEM_NOT_ATTEMPTED);
	CHECK_INT(item_cell(STR("не пройд.")), ITEM_NOT_TAUGHT);
	CHECK_INT(item_cell(STR("H")), ITEM_UNREADABLE);
	CHECK_INT(item_cell(STR("-2")), ITEM_UNREADABLE);
	CHECK_INT(item_cell(STR("9999")), ITEM_UNREADABLE);
	CHECK_INT(item_cell(STR(" ")), ITEM_EMPTY);
}

TEST(a_work_is_absent_blank_partial_or_present)
{
	const uint8_t full[] = {0, 1}, gap[] = {0, ITEM_EMPTY};
	const uint8_t v1[] = {1, 0}, abs[] = {VARIANT_ABSENT, 0}, none[] = {0, 0},
	              half[] = {VARIANT_ABSENT, 2}, away[] = {VARIANT_ABSENT, VARIANT_ABSENT};
	CHECK_INT(work_status_of(v1, 1, full, 2), WORK_PRESENT);
	CHECK_INT(work_status_of(v1, 2, full, 2), WORK_PRESENT);
	CHECK_INT(work_status_of(v1, 1, gap, 2), WORK_PARTIAL);
	CHECK_INT(work_status_of(abs, 1, gap, 2), WORK_ABSENT);
	CHECK_INT(work_status_of(abs, 2, gap, 2), WORK_ABSENT);
	CHECK_INT(work_status_of(none, 1, full, 2), WORK_BLANK);
	CHECK_INT(work_status_of(half, 2, full, 2), WORK_PARTIAL);
	CHECK_INT(work_status_of(away, 2, gap, 2), WORK_ABSENT);
}

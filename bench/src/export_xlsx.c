/* A made-up export of the shape ФИС ОКО writes: one sheet, a head of 27 columns, one row a pupil;
 * texts as shared strings, scores as numbers.
 *	export_xlsx FILE ROWS */
#include "year.h"

#include <stdio.h>
#include <stdlib.h>
#include <xlsxwriter.h>

enum { ITEMS = 15, BEFORE = 9 };

static const char *const head[BEFORE] = {"логин школы", "регион", "номер обучающегося",
        "код обучающегося", "отметка за предыдущую четверть/триместр", "пол", "класс", "вариант",
        "всего баллов"};
static const char *const tail[] = {"Учебник", "Др.уч. автор", "Др.уч. название"};
static const char *const book[] = {"Учебник первый", "Учебник второй", "Учебник третий"};

static void head_write(lxw_worksheet *w)
{
	char name[32];
	for (lxw_col_t c = 0; c < BEFORE; c++)
		worksheet_write_string(w, 0, c, head[c], NULL);
	for (lxw_col_t i = 0; i < ITEMS; i++) {
		(void)snprintf(name, sizeof(name), "балл за %d", i + 1);
		worksheet_write_string(w, 0, (lxw_col_t)(BEFORE + i), name, NULL);
	}
	for (lxw_col_t i = 0; i < 3; i++)
		worksheet_write_string(w, 0, (lxw_col_t)(BEFORE + ITEMS + i), tail[i], NULL);
}

static void row_write(
        lxw_worksheet *w, lxw_row_t row, int school, const struct year_protocol *p, int i)
{
	static const char *const class_name[] = {"А", "Б", "В"};
	char text[32];
	int total = 0;
	(void)snprintf(text, sizeof(text), "sch99%04d", school % 10000);
	worksheet_write_string(w, row, 0, text, NULL);
	worksheet_write_string(w, row, 1, school % 2 ? "Озёрный район" : "г. Приморск", NULL);
	worksheet_write_number(w, row, 2, i + 1, NULL);
	(void)snprintf(text, sizeof(text), "%d", 40001 + i);
	worksheet_write_string(w, row, 3, text, NULL);
	if (p->journal[i] > 0)
		worksheet_write_number(w, row, 4, p->journal[i], NULL);
	worksheet_write_string(w, row, 5, i % 2 ? "ж" : "м", NULL);
	worksheet_write_string(w, row, 6, class_name[i / 25 % 3], NULL);
	worksheet_write_number(w, row, 7, p->variant[i], NULL);
	for (lxw_col_t k = 0; k < ITEMS; k++) {
		lxw_col_t c = (lxw_col_t)(BEFORE + k);
		uint8_t x = p->item[i][k % 10];
		if (x == YEAR_MISS) {
			worksheet_write_string(w, row, c, "X", NULL);
			continue;
		}
		x = x > 1 ? 1 : x;
		total += x;
		worksheet_write_number(w, row, c, x, NULL);
	}
	worksheet_write_number(w, row, 8, total, NULL);
	worksheet_write_string(w, row, BEFORE + ITEMS, book[school % 3], NULL);
}

int main(int argc, char **argv)
{
	static struct year_test test;
	static struct year_protocol p;
	struct year_school school;
	if (argc != 3)
		return 2;
	lxw_row_t rows = (lxw_row_t)strtoul(argv[2], NULL, 10), row = 1;
	lxw_workbook *b = workbook_new(argv[1]);
	lxw_worksheet *w = workbook_add_worksheet(b, "Лист1");
	head_write(w);
	year_test(1, &test);
	for (int s = 0; row <= rows && s < YEAR_SCHOOLS; s++) {
		year_school(s, &school);
		year_protocol(s, &school, 1, &test, &p);
		for (int i = 0; i < p.n && row <= rows; i++)
			row_write(w, row++, s, &p, i);
	}
	return workbook_close(b) == LXW_NO_ERROR ? 0 : 1;
}

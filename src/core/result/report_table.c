#include "core/result/report.h"

#include <math.h>

static const struct {
	const char *name, *title;
} kinds[REPORT_KIND_COUNT] = {
        [REPORT_MARKS] = {"marks", "Статистика по отметкам"},
        [REPORT_JOURNAL] = {"journal", "Сравнение отметок с отметками по журналу"},
        [REPORT_SCORES] = {"scores", "Распределение первичных баллов"},
        [REPORT_ITEMS] = {"items", "Выполнение заданий"},
        [REPORT_ITEMS_BY_MARK] = {"items-by-mark", "Выполнение заданий группами участников"},
};

struct str report_kind_name(enum report_kind k)
{
	return str_c(kinds[k].name);
}

struct str report_kind_title(enum report_kind k)
{
	return str_c(kinds[k].title);
}

bool report_kind_of(struct str name, enum report_kind *ret)
{
	for (size_t i = 0; i < REPORT_KIND_COUNT; i++) {
		if (str_eq_z(name, kinds[i].name)) {
			*ret = (enum report_kind)i;
			return true;
		}
	}
	return false;
}

/* A table being filled: columns first, then cells row by row. */
struct maker {
	struct arena *a;
	const struct report *r;
	struct report_table *t;
	size_t filled;
};

static void col(
        struct maker *m, enum cell_type type, int digits, struct str title, struct str group)
{
	m->t->col[m->t->n_cols++] = (struct report_col){title, group, type, digits};
}

static void col_z(struct maker *m, enum cell_type type, const char *title, const char *group)
{
	col(m, type, type == COL_PERCENT ? 2 : 0, str_c(title), str_c(group));
}

static void put(struct maker *m, double v)
{
	m->t->cell[m->filled++].number = v;
}

static void put_text(struct maker *m, struct str s)
{
	m->t->cell[m->filled++].text = s;
}

static void begin(struct maker *m, size_t max_cols, size_t rows)
{
	m->t->col = arena_new(m->a, struct report_col, max_cols);
	m->t->cell = arena_new(m->a, struct report_cell, max_cols * rows);
	m->t->group_of = arena_new(m->a, size_t, rows);
	m->t->n_rows = rows;
}

static void group_cols(struct maker *m)
{
	col_z(m, COL_TEXT, "Группы участников", "");
	col_z(m, COL_COUNT, "Кол-во ОО", "");
	col_z(m, COL_COUNT, "Кол-во участников", "");
}

static void group_cells(struct maker *m, const struct report_group *g, int64_t n)
{
	put_text(m, g->name);
	put(m, g->level == LEVEL_SCHOOL ? (double)NAN : (double)g->n_schools);
	put(m, (double)n);
}

static void marks(struct maker *m)
{
	static const char *const title[] = {"2", "3", "4", "5"};
	begin(m, 12, m->r->n_groups);
	group_cols(m);
	for (size_t i = 0; i < 4; i++)
		col_z(m, COL_PERCENT, title[i], "Отметка, % участников");
	col_z(m, COL_PERCENT, "Успеваемость, %", "");
	col_z(m, COL_PERCENT, "Качество, %", "");
	col_z(m, COL_PERCENT, "СОУ", "");
	col_z(m, COL_PERCENT, "Средний балл", "Первичный балл");
	col_z(m, COL_PERCENT, "Станд. отклонение", "Первичный балл");
	for (size_t i = 0; i < m->r->n_groups; i++) {
		const struct stat_sum *s = &m->r->group[i].sum;
		int64_t marked = s->has_scale ? s->n : 0;
		m->t->group_of[i] = i;
		group_cells(m, &m->r->group[i], s->n);
		for (size_t k = 0; k < 4; k++)
			put(m, stat_percent(s->mark[k], marked));
		put(m, stat_percent(s->mark[1] + s->mark[2] + s->mark[3], marked));
		put(m, stat_percent(s->mark[2] + s->mark[3], marked));
		put(m, stat_sou(s));
		put(m, stat_mean(s->n, s->sum));
		put(m, stat_sd(s->n, s->sum, s->sum2));
	}
}

static void journal(struct maker *m)
{
	static const char *const group[] = {"Понизили (отметка < отметки по журналу)",
	        "Подтвердили (отметка = отметке по журналу)",
	        "Повысили (отметка > отметки по журналу)"};
	begin(m, 10, m->r->n_groups);
	group_cols(m);
	for (size_t i = 0; i < 3; i++) {
		col_z(m, COL_PERCENT, "%", group[i]);
		col_z(m, COL_COUNT, "Кол-во", group[i]);
	}
	col_z(m, COL_PERCENT, "Разница в 2 отметки и больше, %", "");
	for (size_t i = 0; i < m->r->n_groups; i++) {
		struct stat_journal j = stat_journal(&m->r->group[i].sum);
		const int64_t part[] = {j.lowered, j.confirmed, j.raised};
		m->t->group_of[i] = i;
		group_cells(m, &m->r->group[i], j.n);
		for (size_t k = 0; k < 3; k++) {
			put(m, stat_percent(part[k], j.n));
			put(m, (double)part[k]);
		}
		put(m, stat_percent(j.far, j.n));
	}
}

static void scores(struct maker *m)
{
	size_t n = (size_t)m->r->test.max_total + 1;
	begin(m, 3 + n, m->r->n_groups);
	group_cols(m);
	for (size_t v = 0; v < n; v++) {
		int mark = stat_mark(&m->r->test.stat, (uint32_t)v);
		col(m, COL_PERCENT, 2, str_printf(m->a, "%zu", v),
		        mark == 0 ? STR("Первичный балл, % участников")
		                  : str_printf(m->a, "Отметка «%d», %% участников", mark));
	}
	for (size_t i = 0; i < m->r->n_groups; i++) {
		const struct stat_sum *s = &m->r->group[i].sum;
		m->t->group_of[i] = i;
		group_cells(m, &m->r->group[i], s->n);
		for (size_t v = 0; v < n; v++)
			put(m, stat_percent(s->hist[v], s->n));
	}
}

static struct str item_title(struct arena *a, const struct test_item_row *x)
{
	return str_printf(a, STR_FMT " (%dб)", STR_ARG(x->label), x->max);
}

static void items(struct maker *m)
{
	const struct test_row *t = &m->r->test;
	begin(m, 3 + t->n_items, m->r->n_groups);
	group_cols(m);
	for (size_t k = 0; k < t->n_items; k++)
		col(m, COL_PERCENT, 2, item_title(m->a, &t->item[k]), t->item[k].level);
	for (size_t i = 0; i < m->r->n_groups; i++) {
		const struct stat_sum *s = &m->r->group[i].sum;
		m->t->group_of[i] = i;
		group_cells(m, &m->r->group[i], s->n);
		for (size_t k = 0; k < t->n_items; k++)
			put(m, stat_item(s, &t->stat, k).completion);
	}
}

/* One row an item, of the chosen group. */
static void items_by_mark(struct maker *m)
{
	static const char *const mark[] = {"«2»", "«3»", "«4»", "«5»"};
	const struct test_row *t = &m->r->test;
	const struct stat_sum *s = &m->r->group[m->r->chosen].sum;
	begin(m, 12, t->n_items);
	col_z(m, COL_TEXT, "Задание", "");
	col_z(m, COL_TEXT, "Уровень", "");
	col_z(m, COL_COUNT, "Макс. балл", "");
	col_z(m, COL_PERCENT, "Все участники", "Выполнение, %");
	for (size_t k = 0; k < 4; k++)
		col_z(m, COL_PERCENT, mark[k], "Выполнение, %");
	col_z(m, COL_PERCENT, "Не приступали, %", "");
	col_z(m, COL_PERCENT, "Тема не пройдена, %", "");
	col_z(m, COL_NUMBER, "Различающая сила", "");
	m->t->col[m->t->n_cols - 1].digits = 2;
	col_z(m, COL_TEXT, "Умение", "");
	for (size_t i = 0; i < t->n_items; i++) {
		struct stat_item x = stat_item(s, &t->stat, i);
		m->t->group_of[i] = m->r->chosen;
		put_text(m, t->item[i].label);
		put_text(m, t->item[i].level);
		put(m, t->item[i].max);
		put(m, x.completion);
		for (size_t k = 0; k < 4; k++)
			put(m, x.completion_mark[k]);
		put(m, x.not_attempted);
		put(m, x.not_taught);
		put(m, x.discrimination);
		put_text(m, t->item[i].skill);
	}
}

void report_table(
        struct arena *a, const struct report *r, enum report_kind k, struct report_table *ret)
{
	static void (*const make[REPORT_KIND_COUNT])(struct maker *) = {
	        [REPORT_MARKS] = marks,
	        [REPORT_JOURNAL] = journal,
	        [REPORT_SCORES] = scores,
	        [REPORT_ITEMS] = items,
	        [REPORT_ITEMS_BY_MARK] = items_by_mark,
	};
	*ret = (struct report_table){.title = report_kind_title(k)};
	struct maker m = {a, r, ret, 0};
	make[k](&m);
	BUG_IF(m.filled != ret->n_rows * ret->n_cols);
}

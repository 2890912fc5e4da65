/* Reports on a test: one scan of its protocols gives exact sums for every group («вся выборка» →
 * region → municipality → school); the standard reports of ФИС ОКО are tables made of them.
 * Who may see what: a school sees itself, its municipality and the region; a municipality sees its
 * schools and the region; CAP_RESULT_READ. */
#ifndef CORE_RESULT_REPORT_H
#define CORE_RESULT_REPORT_H

#include "core/result/test.h"
#include "stat/describe.h"

/* «Не предусмотрено использование результатов ВПР для оценки деятельности …»: printed with every
 * report (official descriptions of ВПР, Рособрнадзор, 2021). */
extern const struct str report_notice;

/* Tests that have protocols in the actor's scope, with their sums. */
struct test_summary {
	struct test_row test;
	int64_t n_schools; /* with at least one work that was written */
	struct stat_sum sum;
};
struct test_summary_list {
	struct test_summary *v; /* by year (latest first), grade, subject */
	size_t n;
};
MUST_USE enum ec result_summary(const struct ctx *c, struct test_summary_list *ret, struct err *e);

enum report_level { LEVEL_ALL, LEVEL_REGION, LEVEL_MUNICIPALITY, LEVEL_SCHOOL };

struct report_group {
	enum report_level level;
	int64_t territory_id; /* of the region or municipality; of a school its municipality */
	int64_t org_id;       /* schools only, otherwise 0 */
	struct str name; /* «Вся выборка», «Красноозёрский район», «СОШ № 3» */
	struct str code;   /* «reg99_m004», «edu990001» */
	int64_t n_schools; /* with at least one written work; 1 for a school */
	struct stat_sum sum;
};

struct report_opt {
	int64_t test_id;
	int64_t territory_id; /* a municipality: with its schools; 0: the region with municipalities
	                       */
	int64_t org_id;       /* a school: it and the groups above it; 0: none */
	bool all_schools;     /* region → municipalities → schools in one list (for XLSX) */
};

/* The groups of one test: everything a page or a file needs. Rows of the chosen group come last. */
struct report {
	struct test_row test;
	struct report_group *group;
	size_t n_groups;
	size_t chosen; /* index of the group the page is about: histogram and items are drawn of it
	                */
};
/* EC_NOTFOUND: no such test; EC_DENIED: outside the actor's scope. */
MUST_USE enum ec report_make(
        const struct ctx *c, const struct report_opt *opt, struct report *ret, struct err *e);

/* The standard tables. */
enum report_kind {
	REPORT_MARKS, /* «Статистика по отметкам» */
	REPORT_JOURNAL, /* «Сравнение отметок с отметками по журналу» */
	REPORT_SCORES,        /* «Распределение первичных баллов» */
	REPORT_ITEMS,         /* «Выполнение заданий» */
	REPORT_ITEMS_BY_MARK, /* «Выполнение заданий группами участников»: of the chosen group */
	REPORT_KIND_COUNT
};
struct str report_kind_name(enum report_kind k);  /* "marks": for addresses and file names */
struct str report_kind_title(enum report_kind k); /* Russian */
bool report_kind_of(struct str name, enum report_kind *ret);

enum cell_type { COL_TEXT, COL_COUNT, COL_PERCENT, COL_NUMBER };
struct report_col {
	struct str title; /* «Понизили, %» */
	struct str group; /* title over several columns or "" */
	enum cell_type type;
	int digits;
};
/* A table ready to be printed by anybody: cell[row * n_cols + col]. */
struct report_cell {
	struct str text; /* COL_TEXT */
	double number;   /* the rest; NaN is printed as «—» */
};
struct report_table {
	struct str title;
	struct report_col *col;
	size_t n_cols;
	struct report_cell *cell;
	size_t n_rows;
	/* per row: the group it belongs to (index into report.group), for links and indents */
	size_t *group_of;
};
void report_table(
        struct arena *a, const struct report *r, enum report_kind k, struct report_table *ret);

#endif

/* Results: the list of tests, one test with its histogram and standard tables. */
#ifndef WEB_PAGE_RESULTS_H
#define WEB_PAGE_RESULTS_H

#include "core/result/report.h"
#include "web/list.h"

struct results_page {
	struct head head;
	struct test_summary_list m;
	struct options years, grades; /* those that have results */
	struct str subject;
};

struct test_page {
	struct head head;
	struct report m;
	struct report_table table; /* of the chosen kind */
	enum report_kind kind;
	struct json_html chart;
	bool is_vpr;
};

/* Address of this test seen from a group of its report. */
struct url group_url(const struct test_page *p, size_t group);
struct url kind_url(const struct test_page *p, enum report_kind k);
/* One cell as it stands on the screen. */
struct str cell_text(struct arena *a, const struct report_table *t, size_t row, size_t col);
/* Class of the cell: numbers stand right. */
struct str cell_class(const struct report_table *t, size_t col);
/* Share of a mark 0…1 and the mean, for the list of tests. */
double mark_share(const struct stat_sum *s, int mark);
double sum_mean(const struct stat_sum *s);

/* Keeps the tests that the filters leave; collects the years and grades that exist. */
void results_filter(struct results_page *p);

handler_fn results_get, results_xlsx, test_get, test_xlsx;

#endif

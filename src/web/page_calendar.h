/* The calendar: days off of a year, school terms, rules of due days. */
#ifndef WEB_PAGE_CALENDAR_H
#define WEB_PAGE_CALENDAR_H

#include "core/calendar/edit.h"
#include "core/fact.h"
#include "core/history.h"
#include "web/list.h"

/* A month as a grid of weeks, Monday first. */
struct month_page {
	int month;
	struct str title;
	int first; /* weekday of the first day, 1 = Monday */
	int days;
	int n_work, n_off;
};
struct calendar_page {
	struct head head;
	const struct calendar *cal;
	int year;
	struct known_year known; /* the source of the year, «assumed» when nobody entered it */
	struct month_page month[12];
	int n_work, n_off;
	struct date chosen; /* a day asked about; zero: none */
	struct options territories, statuses;
	int64_t territory;
	bool may_edit;
	struct events history;
	struct str back, forward; /* years beside */
};
/* Class and words of a day of the grid. */
struct str calendar_cell_class(const struct calendar_page *p, struct date d);
struct url calendar_day_link(struct arena *a, const struct calendar_page *p, struct date d);
bool calendar_own_row(const struct calendar_page *p, struct date d); /* of this territory itself */
/* One line of the history: «01.03.2022: выходной …». */
struct str calendar_event_said(struct arena *a, const struct event *e);

struct terms_page {
	struct head head;
	const struct calendar *cal;
	int year; /* first year of the school year */
	struct options territories, statuses;
	int64_t territory;
	bool may_edit;
};

struct rules_page {
	struct head head;
	const struct calendar *cal;
	struct options territories, statuses;
	int64_t territory;
	bool may_edit;
};

handler_fn calendar_get, calendar_xlsx, calendar_day_post, calendar_year_post, calendar_import_post;
handler_fn terms_get, terms_xlsx, term_post, rules_get, rules_xlsx, rule_post;

#endif

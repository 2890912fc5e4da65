/* Changing the calendar: days, school terms, rules of due days, known years; the import of a whole
 * year from a table. Only the regional role may; every change is an event of the noun «calendar»,
 * so that its history is one list. Rows of the country are never changed: a region's row stands
 * before them, and taking it away brings them back. */
#ifndef CORE_CALENDAR_EDIT_H
#define CORE_CALENDAR_EDIT_H

#include "core/calendar/calendar.h"

/* As typed; dates ISO or Russian. */
struct source_form {
	struct str source, date, status;
};
struct day_form {
	int64_t territory_id; /* 0: the region */
	struct str day;
	struct str kind; /* "off", "work"; "" takes the own row away */
	struct str title, moved_from;
	struct source_form from; /* of the row; when it is taken away: the reason in source */
};
/* One transaction. EC_INPUT names the field; EC_NOTFOUND: nothing to take away; EC_DENIED. */
MUST_USE enum ec calendar_day_put(const struct ctx *c, const struct day_form *f, struct err *e);

struct term_form {
	int64_t territory_id;
	int64_t school_year; /* its first year */
	struct str kind;
	int64_t number;
	struct str start, end; /* both empty: the nominal bounds again */
	struct source_form from;
};
/* EC_INPUT also when the term does not lie in its school year. */
MUST_USE enum ec school_term_put(const struct ctx *c, const struct term_form *f, struct err *e);

struct rule_form {
	int64_t territory_id;
	struct str name, value; /* value empty: as the level above */
	struct source_form from;
};
MUST_USE enum ec calendar_rule_put(const struct ctx *c, const struct rule_form *f, struct err *e);

struct year_form {
	int64_t year;
	struct str note;
	struct source_form from;
};
MUST_USE enum ec calendar_year_put(const struct ctx *c, const struct year_form *f, struct err *e);

struct calendar_loaded {
	int64_t added, changed, same;
};
/* A table (XLSX, CSV, TSV) with the columns день, вид (выходной | рабочий), название, перенос с,
 * источник, дата источника, статус, in any order; source: for rows that name none. All rows or
 * none: EC_INPUT lists the first wrong ones. One transaction, one event. */
MUST_USE enum ec calendar_import(const struct ctx *c, struct str name, struct str bytes,
        const struct source_form *from, struct calendar_loaded *ret, struct err *e);

#endif

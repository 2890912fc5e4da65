/* What every table page has in common: sort keys, paging, dates and shares on the screen. */
#ifndef WEB_LIST_H
#define WEB_LIST_H

#include "core/listing.h"
#include "core/registry/org.h"
#include "core/registry/territory.h"
#include "web/layout.h"

/* A column that sorts: its word in the address («sort=due», «sort=-due») and the two orders. */
struct sort_key {
	struct str name;
	int up, down;
};
/* The order asked for; fallback when there is none or it is unknown. */
int sort_of(const struct sort_key *k, size_t n, struct str given, int fallback);
/* "up", "down" or "": how the page is sorted by this column now (arguments of the address). */
struct str sort_state(const struct call *c, struct str key);
struct url sort_link(const struct call *c, struct str key); /* the other way round */

/* Rows offset … offset+limit of the declared field "offset". */
struct paging call_paging(const struct call *c);

struct pager {
	int64_t total, first, last; /* 1-based, of this page */
	struct url back, forward;   /* empty: none */
};
struct pager pager_of(const struct call *c, struct paging p, size_t n, int64_t total);

struct str day(struct arena *a, struct str iso);               /* «30.11.2022», «—» */
struct date day_of(const struct call *c, int64_t utc);         /* local day of a moment */
struct str moment(const struct call *c, int64_t utc);          /* «30.11.2022 14:05» */
struct str percent(struct arena *a, double share, int digits); /* 0…1 → «12,5 %», «—» */
struct str or_dash(struct str s);
struct str capital(struct arena *a, struct str s); /* «приказ» → «Приказ» */
/* «1 поручение», «2 поручения», «5 поручений». */
struct str plural(int64_t n, struct str one, struct str two, struct str five);
struct str counted(struct arena *a, int64_t n, struct str one, struct str two, struct str five);
/* Class of a traffic light: "light light-overdue". */
struct str light_class(struct arena *a, struct str name);

/* Choices of a select made from a table of words; the municipalities as choices of a filter. */
struct option {
	struct str value, title;
	bool selected;
};
struct options {
	struct option *v;
	size_t n;
};
struct options options_of(struct arena *a, const struct word *w, size_t n, struct str selected);
MUST_USE enum ec territory_options(
        const struct call *c, int64_t selected, struct options *ret, struct err *e);

/* The one organisation that the typed words (a name, an identifier) mean; EC_INPUT names the others
 * when several fit. */
MUST_USE enum ec org_by_words(
        const struct call *c, struct str words, int64_t *ret_id, struct err *e);

struct xlsx_list;
/* Answers with the list as a file «title дата.xlsx»; date, place and time are filled in here. */
MUST_USE enum ec call_xlsx(struct call *c, struct xlsx_list *l, struct err *e);

#endif

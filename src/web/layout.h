/* What stands around every page: head, menu, path, who is here, messages; and the error page. */
#ifndef WEB_LAYOUT_H
#define WEB_LAYOUT_H

#include "web/call.h"

enum section {
	SECTION_NONE,
	SECTION_OVERVIEW,
	SECTION_SCHOOL,
	SECTION_DOCUMENTS,
	SECTION_ASSIGNMENTS,
	SECTION_CALENDAR,
	SECTION_NOTICES,
	SECTION_RESULTS,
	SECTION_LOADS,
	SECTION_ORGS,
	SECTION_USERS,
	SECTION_JOURNAL,
	SECTION_HELP,
	SECTION_COUNT
};

/* One entry of the left menu; shown to those who hold the right. */
struct menu_item {
	enum section section;
	enum cap cap;
	struct str title, path, key; /* key: second letter after "g" */
	struct str icon;             /* symbol of /assets/icons.svg */
};
extern const struct menu_item menu_items[];
extern const size_t menu_items_n;

#define CRUMBS 4

struct crumb {
	struct str title;
	struct url to;
};

struct head {
	const struct call *call;
	struct str title;
	struct str note; /* one line under the title */
	enum section section;
	struct crumb crumb[CRUMBS]; /* ended by an empty title; the page itself is not named */
	struct str guide;           /* page of the user guide: /help/<guide> */
	struct date as_of;          /* the day the figures stand on; none: not printed */
	struct url xlsx; /* where the table of the page is saved to Excel; empty: no button */
	bool chart;      /* the page draws pictures */
	bool wide;       /* uses the whole width (two panes) */
};

/* State of the request that the layout prints. */
struct str head_theme(const struct head *h); /* "light", "dark" or "" (as the system) */
struct str head_flash(const struct head *h); /* message of the last action, "" when none */
struct str head_back(const struct head *h);  /* this page, to come back to */
struct str head_place(
        const struct head *h); /* where the person works: school, municipality, region */
struct str head_query(const struct head *h); /* what was looked for on /search, else "" */
int64_t head_bell(const struct head *h);     /* notices not read; 0 in quiet hours */
bool head_known(const struct head *h);       /* somebody is logged in */
bool head_shows(const struct head *h, const struct menu_item *m);

/* Fills c->w with the page of a failed call (JSON under /api/). */
void error_page(struct call *c, enum ec code, const char *message);

#endif

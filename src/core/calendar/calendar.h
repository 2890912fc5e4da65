/* Which days are worked on, and when school terms end: the production calendar of the country with
 * the days of a region, as data with sources.
 *
 * A day is, in this order: what the nearest row of calendar_day says (municipality, region,
 * country); a holiday of ст. 112 ТК РФ; Saturday or Sunday; a working day. In a year whose
 * transfers nobody has entered the rule of ч. 2 ст. 112 moves a day off that falls on a holiday
 * (not in January) to the next working day, and the year says «assumed». */
#ifndef CORE_CALENDAR_CALENDAR_H
#define CORE_CALENDAR_CALENDAR_H

#include "core/ctx.h"

/* Where a row comes from. */
struct provenance {
	struct str source; /* act, «постановление … № 1564» */
	struct str date;   /* ISO, p == NULL: unknown */
	struct str status; /* official, secondhand, regional, derived, assumed */
};
struct str status_title(struct str status); /* «официально» */
bool status_known(struct str status);
/* «постановление … № 1564 (официально)» */
struct str provenance_said(struct arena *a, const struct provenance *p);

struct holiday {
	int month, day, since_year;
	struct str title;
	struct provenance from;
};

struct special_day {
	int64_t id;
	int64_t territory_id; /* DB_NULL_INT: the whole country */
	struct date day;
	bool off; /* false: a working day */
	struct str title;
	struct date moved_from; /* zero: none; of a working day: where its day off went */
	struct provenance from;
};

struct known_year {
	int year;
	struct str note;
	struct provenance from;
};

enum term_kind { TERM_NONE = 0, TERM_QUARTER, TERM_TRIMESTER, TERM_HALF, TERM_KIND_COUNT };
struct str term_kind_name(enum term_kind k);  /* stored */
struct str term_kind_title(enum term_kind k); /* «четверть» */
/* «IV четверть» */
struct str term_said(struct arena *a, enum term_kind k, int number);
bool term_kind_of(struct str name, enum term_kind *ret);
#define TERMS_MAX 4 /* of one kind in a year */

struct school_term {
	int64_t id;
	int64_t territory_id; /* DB_NULL_INT: everybody */
	int school_year;      /* first year; 0: nominal, every year */
	enum term_kind kind;
	int number;
	struct str start, end; /* ISO, nominal ones MM-DD */
	struct provenance from;
};

/* A rule of due days a territory may choose. */
enum calendar_rule {
	RULE_DAY_OFF = 0,  /* keep | next: a due day on a day off */
	RULE_WORK_DAYS,    /* production | plain: how working days are counted */
	RULE_HORIZON_DAYS, /* how far ahead occurrences without an end are made */
	RULE_OPEN_ENDED, /* none | month | quarter | half | year: check days of «постоянно» */
	RULE_COUNT
};
struct rule_value {
	int64_t territory_id; /* who decided; DB_NULL_INT: the program's own */
	struct str value;
	struct provenance from;
};
struct str rule_name(enum calendar_rule r);  /* stored: "day_off" */
struct str rule_title(enum calendar_rule r); /* «Срок выпал на выходной» */
bool rule_of(struct str name, enum calendar_rule *ret);
/* Russian for a value; «92» → «92 дн.». */
struct str rule_value_title(struct arena *a, enum calendar_rule r, struct str value);
/* Does the rule take that value? */
bool rule_takes(enum calendar_rule r, struct str value);
/* Values offered, ended by an empty one; horizon: none, it is a number. */
const struct str *rule_values(enum calendar_rule r);

struct calendar {
	int64_t territory_id; /* for whom it holds */
	const struct holiday *holiday;
	size_t n_holidays;
	const struct special_day *day; /* by day; one a day: the nearest */
	size_t n_days;
	const struct known_year *year;
	size_t n_years;
	const struct school_term *term; /* all levels, the nearest last */
	size_t n_terms;
	struct rule_value rule[RULE_COUNT];
};

/* The calendar of a territory (0 or ACTOR_ALL: of the region). Everybody may read it. EC_DB. */
MUST_USE enum ec calendar_load(
        const struct ctx *c, int64_t territory_id, struct calendar **ret, struct err *e);

/* One day and why it is what it is. */
struct day_kind {
	bool off, holiday;
	bool early;   /* a working day before a holiday: an hour shorter (ст. 95 ТК РФ) */
	bool special; /* not what the weekday alone says */
	struct date moved_from; /* see special_day */
	struct str title;       /* holiday or transfer, may be empty */
	struct provenance from; /* source p == NULL: the plain week */
};
struct day_kind calendar_day(const struct calendar *cal, struct date d);
bool calendar_off(const struct calendar *cal, struct date d);
/* «выходной, суббота», «выходной: перенесён с вс 01.05.2022, ч. 2 ст. 112 ТК РФ (…)» */
struct str calendar_day_said(struct arena *a, const struct calendar *cal, struct date d);
/* «сб 30.04.2022» */
struct str day_said(struct arena *a, struct date d);

/* d itself or the next working day. */
struct date calendar_next_work(const struct calendar *cal, struct date d);
/* The n-th working day after (n > 0) or before (n < 0) d; counting starts the day after. */
struct date calendar_add_work(const struct calendar *cal, struct date d, int n);
/* Are the transfers of the year known? NULL: no. */
const struct known_year *calendar_year_known(const struct calendar *cal, int year);
/* The source of the year: its row, or «assumed» by ст. 112. */
struct provenance calendar_year_from(const struct calendar *cal, int year);

/* First calendar year of the school year a day belongs to (from September on: its own). */
int school_year_of(struct date d);
/* The bounds of a term: of the territory, of the region, else the nominal ones. False: there is no
 * such term. */
struct term_span {
	struct date start, end;
	const struct school_term *row;
};
bool calendar_term(const struct calendar *cal, enum term_kind kind, int number, int school_year,
        struct term_span *ret);
/* The same of the nominal bounds alone. */
bool calendar_term_nominal(const struct calendar *cal, enum term_kind kind, int number,
        int school_year, struct term_span *ret);

#endif

/* Inside the deadline grammar: what stands in a phrase (terms), before it is decided what the
 * phrase means (items). Only src/doc/deadline*.c include this. */
#ifndef DOC_DEADLINE_TERM_H
#define DOC_DEADLINE_TERM_H

#include "doc/deadline.h"
#include "doc/deadline_lex.h"

/* How much of the calendar one point covers. */
enum grain {
	GRAIN_NONE = 0,
	GRAIN_NUMBER, /* a bare number waiting for what follows: «5 и 12 октября» */
	GRAIN_DAY,
	GRAIN_DECADE,
	GRAIN_WEEK,
	GRAIN_HALF_MONTH,
	GRAIN_MONTH_PART, /* 1 beginning, 2 middle, 3 end */
	GRAIN_MONTH,
	GRAIN_SEASON,
	GRAIN_TERM,
	GRAIN_TRIMESTER,
	GRAIN_QUARTER,
	GRAIN_HALF_YEAR,
	GRAIN_MONTHS, /* «9 месяцев» */
	GRAIN_SCHOOL_YEAR,
	GRAIN_YEAR,
	GRAIN_PLAN, /* «весь период» */
};

enum year_ref {
	REF_NONE = 0,
	REF_WRITTEN,
	REF_TWO_DIGIT,
	REF_CURRENT,
	REF_NEXT,
};

struct point {
	enum grain grain;
	int n; /* day, decade, quarter …; -1 the last one */
	int m; /* month 1–12; 0 the month of the document, shifted by month_shift */
	int month_shift;
	enum year_ref ref;
	int y, y2;       /* y2: second year of «2022/2023», else 0 */
	bool school;     /* «… учебного года» */
	bool roman;      /* GRAIN_NUMBER written in Roman */
	bool summer;     /* GRAIN_SEASON named «период» */
	size_t from, to; /* tokens */
	size_t year_at;  /* token of the year */
};

enum bound {
	BOUND_NONE = 0,
	BOUND_IN,
	BOUND_UNTIL,
	BOUND_THROUGH, /* «по май» */
	BOUND_UNTIL_END,
	BOUND_UNTIL_START,
	BOUND_UNTIL_MIDDLE,
	BOUND_FROM,
	BOUND_AFTER,
};

enum unit {
	UNIT_NONE = 0,
	UNIT_HOUR,
	UNIT_DAY,
	UNIT_WORKDAY,
	UNIT_WEEK,
	UNIT_MONTH,
	UNIT_QUARTER,
	UNIT_HALF_YEAR,
	UNIT_TERM,
	UNIT_YEAR,
	UNIT_SCHOOL_YEAR,
};

/* «2 раза в год», «каждую пятницу», «последняя среда месяца». */
struct period {
	enum unit unit;
	int times, every;  /* at least 1 each */
	unsigned weekdays; /* bit 0 = Monday */
	int nth;           /* of the month; -1 last, 0 every week */
	int nth2;          /* «вторая и четвёртая среда»; 0 none */
	bool workdays;     /* due days are working days */
	bool floor;        /* «но не реже …» */
};

/* «до 25 числа месяца, следующего за отчётным». */
enum day_of {
	DAY_OF_ANY = 0, /* no month named */
	DAY_OF_EVERY_MONTH,
	DAY_OF_THIS_MONTH,
	DAY_OF_NEXT_MONTH,
	DAY_OF_MONTH_AFTER,   /* … the reported period */
	DAY_OF_QUARTER_AFTER, /* … the reported quarter */
	DAY_OF_QUARTER_LAST,  /* of the last month of the quarter */
};

enum term_kind {
	TERM_SPAN,
	TERM_PERIOD,
	TERM_DAYS, /* numbers of days of some month */
	TERM_WEEKDAY,
	TERM_EVENT,
	TERM_SCHEDULE,
	TERM_NEED,
	TERM_OPEN,
	TERM_THEN,
	TERM_TIME,
	TERM_BAD, /* blank, incomplete or unreadable date */
};

#define TERM_DAYS_MAX 6

struct term {
	enum term_kind kind;
	size_t from, to; /* tokens */
	char sep; /* what stood before: , ; and 'i' for «и», '(' opening bracket, 0 nothing */
	bool in_brackets;
	/* TERM_SPAN */
	enum bound bound;
	struct point a, b;
	bool two;
	bool from_document; /* «с момента издания приказа до …» */
	struct str time;    /* also TERM_TIME */
	/* TERM_PERIOD, TERM_WEEKDAY */
	struct period period;
	/* TERM_DAYS */
	int days[TERM_DAYS_MAX];
	size_t n_days;
	bool working;
	enum day_of day_of;
	/* TERM_EVENT, TERM_SCHEDULE, TERM_NEED */
	struct str anchor;
	bool at_document; /* the anchor is this document */
	bool measured;    /* a distance in numbers is given */
	char direction;   /* '+' or '-' */
	int amount;
	enum unit unit;
	int school_edge; /* 1 the beginning, 2 the end of a school year */
	/* TERM_OPEN */
	bool vague;
	bool since_document;
	/* TERM_BAD and problems found while reading */
	struct str problem;
	size_t bad_from, bad_to; /* tokens */
	int bad_month, bad_day, bad_year;
};

struct parse {
	struct arena *a;
	struct str phrase;
	const struct deadline_env *env;
	const struct lex *v;
	size_t n;
	VEC(struct term) terms;
};

/* tokens */
bool lex_is(const struct parse *p, size_t i, enum word_id id);
bool lex_sign_is(const struct parse *p, size_t i, char sign);
bool lex_number_at(const struct parse *p, size_t i); /* a number, or a word that looks like one */
struct str lex_text(const struct parse *p, size_t from, size_t to);   /* as written, mended */
struct str lex_source(const struct parse *p, size_t from, size_t to); /* bytes of the phrase */
/* A plain term of the tokens [from, to), appended to the list. */
struct term *term_add(struct parse *p, enum term_kind kind, size_t from, size_t to);

/* Readers: true when their thing stands at *i; then they append terms and move *i on. */
bool deadline_read_span(struct parse *p, size_t *i);
bool deadline_read_bad_date(struct parse *p, size_t *i);
bool deadline_read_time(struct parse *p, size_t *i);
bool deadline_read_period(struct parse *p, size_t *i);
bool deadline_read_days(struct parse *p, size_t *i);
bool deadline_read_event(struct parse *p, size_t *i);
bool deadline_read_condition(struct parse *p, size_t *i); /* schedules and needs */
bool deadline_read_open(struct parse *p, size_t *i);
/* «проведения …» at token i: what is held, not the plan itself */
bool deadline_conduct_at(const struct parse *p, size_t i);

/* All terms of the phrase, one after another; words that belong to none are passed over. */
void deadline_read_terms(struct parse *p);

/* «до», «не позднее», «с», «в течение» … at *i. */
enum bound deadline_read_bound(const struct parse *p, size_t *i);
/* Clock time «16:00», «16 часов 30 минут»; false when none. *ret is STR_NONE for an impossible one.
 */
bool deadline_clock(struct parse *p, size_t *i, struct str *ret);

/* What a span means in its document. */
struct meaning {
	struct date start, end;
	enum deadline_kind kind;
	enum year_rule rule;
	bool approximate;
	struct str problem; /* a warning, or with bad set the reason */
	struct str fragment;
	bool bad; /* start and end are the proposal (kind NONE: there is none) */
};
void deadline_resolve(const struct parse *p, const struct term *t, struct meaning *ret);
bool deadline_school_plan(const struct deadline_env *env);
/* First and last day of the school year that is meant without a number. */
void deadline_school_year(
        const struct deadline_env *env, struct date *start, struct date *end, enum year_rule *rule);
/* The date `amount` units after (or before) a day; deadlines.md §4. */
struct date deadline_shift(struct date from, char direction, int amount, enum unit unit);

/* RRULE of a period, and whether it is a guess. */
struct str deadline_rrule(const struct parse *p, const struct period *q, bool *ret_approximate);
/* RRULE without days, for schedules and events: FREQ=YEARLY … */
struct str deadline_rrule_bare(const struct period *q);

/* The terms → items. */
size_t deadline_items(struct parse *p, struct deadline **ret);

#endif

/* Deadlines of Russian administrative documents: a phrase → interpretations.
 * The meaning of every field is fixed by docs/methods/deadlines.md (schema assignments/1.0,
 * sections 2–6). */
#ifndef DOC_DEADLINE_H
#define DOC_DEADLINE_H

#include "base/date.h"

enum deadline_kind {
	DEADLINE_NONE = 0,
	DEADLINE_DATE,
	DEADLINE_RANGE,
	DEADLINE_MONTH_RANGE,
	DEADLINE_QUARTER,
	DEADLINE_PERIODIC,
	DEADLINE_OPEN_ENDED,
	DEADLINE_EVENT_RELATIVE,
	DEADLINE_BY_SCHEDULE,
	DEADLINE_AS_NEEDED,
	DEADLINE_INVALID,
};

/* How the year was found. */
enum year_rule {
	YEAR_NONE = 0,
	YEAR_EXPLICIT,
	YEAR_TWO_DIGIT,
	YEAR_PLAN,
	YEAR_SCHOOL,
	YEAR_DOC_DATE
};

/* What the reader must know about the document. Zero dates: unknown. */
struct deadline_env {
	struct date doc;                  /* date of the document */
	struct date plan_start, plan_end; /* period of the plan, inclusive */
};

/* One interpretation. Text fields are views into the phrase or into the arena; STR_NONE when empty.
 */
struct deadline {
	enum deadline_kind kind;
	struct date start, end; /* inclusive; zero date when empty */
	struct str time;        /* "HH:MM" */
	struct str recurrence;  /* RRULE value of RFC 5545 without "RRULE:" */
	struct str anchor;      /* event, schedule or condition as written; "@document" */
	struct str offset;      /* "+10wd", "-1mo", "+0d" … */
	bool then_continuous;   /* «…, далее постоянно» */
	enum year_rule year_rule;
	bool approximate;
	struct str problem;  /* code of section 5, e.g. "impossible_date"; always set for
	                        DEADLINE_INVALID */
	struct str fragment; /* the piece of the phrase the problem is about */
	bool repaired;       /* a character was changed before reading (ocr_repair note) */
	enum deadline_kind
	        proposal_kind; /* DEADLINE_NONE: no proposal; only for DEADLINE_INVALID */
	struct date proposal_start, proposal_end;
	struct str proposal_recurrence;
};

/* Reads a phrase (a table cell or a «Срок: …» line; line breaks as \n) into 0…LIMIT_DEADLINE_ITEMS
 * interpretations. *ret is an array in the arena. Returns the number; 0 when the phrase names no
 * deadline («-», empty). Never fails: what cannot be read is DEADLINE_INVALID or left out. Pure. */
size_t deadline_parse(
        struct arena *a, struct str phrase, const struct deadline_env *env, struct deadline **ret);

/* Finds the deadline phrases inside running text («…до 20 января 2022 года представить…»).
 * *ret: views into text, in order. Returns their number. */
size_t deadline_find(struct arena *a, struct str text, struct str **ret);

/* Names as in the schema: "date", "month_range", …; "explicit", "doc_date", … */
struct str deadline_kind_name(enum deadline_kind k);
struct str year_rule_name(enum year_rule r);
bool deadline_kind_of(struct str name, enum deadline_kind *ret);
bool year_rule_of(struct str name, enum year_rule *ret);

#endif

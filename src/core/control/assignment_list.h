/* Assignments on control: one a point, organisation and due date. The actor's scope always applies:
 * a school sees its own, a municipality those of its territory. What is overdue is computed from
 * the date, never stored. */
#ifndef CORE_CONTROL_ASSIGNMENT_LIST_H
#define CORE_CONTROL_ASSIGNMENT_LIST_H

#include "core/ctx.h"
#include "core/listing.h"

/* Stored states: assigned → working → submitted → accepted | returned; withdrawn. */
enum control_state {
	CONTROL_NONE = 0,
	CONTROL_ASSIGNED,
	CONTROL_WORKING,
	CONTROL_SUBMITTED,
	CONTROL_ACCEPTED,
	CONTROL_RETURNED,
	CONTROL_WITHDRAWN,
	CONTROL_STATE_COUNT
};
struct str control_state_name(enum control_state s);  /* "assigned" */
struct str control_state_title(enum control_state s); /* «назначено» */
bool control_state_of(struct str name, enum control_state *ret);

/* Computed on a date. */
enum control_status {
	STATUS_ANY = 0,
	STATUS_OVERDUE,   /* not submitted and the due day has passed */
	STATUS_DUE_WEEK,  /* not submitted, due today or in the next 7 days */
	STATUS_LATER,     /* not submitted, due later */
	STATUS_NO_DATE,   /* not submitted, no date (open-ended, by schedule, on an event) */
	STATUS_REVIEW,    /* submitted, waits for the controller */
	STATUS_DONE,      /* accepted */
	STATUS_WITHDRAWN, /* off control */
	STATUS_OPTIONAL,  /* a co-executor without a report: the lead's report decides */
	STATUS_COUNT
};
struct str control_status_name(enum control_status s);  /* "overdue" */
struct str control_status_title(enum control_status s); /* «просрочено» */
bool control_status_of(struct str name, enum control_status *ret);

struct control_verdict {
	enum control_status status;
	int days_over; /* days past the due day, > 0 only when overdue */
	int days_left; /* days to the due day, when it lies ahead */
	int days_late; /* days the report came after the due day: submitted or accepted only */
	struct str why; /* Russian: rule, data and date, e.g. «срок 30.11.2022 прошёл 3 дня назад,
	                   отчёта нет» */
};
/* Of a lead executor whose report has no day. due: ISO or p == NULL. Pure. */
struct control_verdict control_judge(
        struct arena *a, enum control_state state, struct str due, struct date today);

/* All that decides. due: ISO or p == NULL; reported: the local day the last report came, or none.
 */
struct control_facts {
	enum control_state state;
	struct str due;
	bool lead;
	struct date reported;
};
struct control_verdict control_judge_of(
        struct arena *a, const struct control_facts *f, struct date today);

struct assignment_row {
	int64_t id;
	int64_t parent_id; /* of a derived assignment; DB_NULL_INT: given by the document */
	int64_t document_id, point_id, org_id, territory_id;
	struct str document_kind_title, document_number, document_date, document_title;
	struct str clause, activity;
	struct str org_name, territory_name;
	struct str deadline_text; /* words of the document */
	struct str deadline_kind; /* stored name */
	struct str due;           /* ISO, p == NULL: no date */
	enum control_state state;
	struct control_verdict verdict;
	struct date reported; /* local day of the last report */
	int64_t state_at;
	bool lead;
	int64_t version;
};

enum assignment_sort {
	ASSIGNMENT_BY_DUE = 0, /* no date last */
	ASSIGNMENT_BY_DUE_DESC,
	ASSIGNMENT_BY_ORG,
	ASSIGNMENT_BY_ORG_DESC,
	ASSIGNMENT_BY_TERRITORY,
	ASSIGNMENT_BY_TERRITORY_DESC,
	ASSIGNMENT_BY_STATE,
	ASSIGNMENT_BY_STATE_DESC,
	ASSIGNMENT_BY_DOCUMENT,
	ASSIGNMENT_BY_DOCUMENT_DESC,
	ASSIGNMENT_BY_CLAUSE,
	ASSIGNMENT_BY_CLAUSE_DESC,
	ASSIGNMENT_BY_ACTIVITY,
	ASSIGNMENT_BY_ACTIVITY_DESC,
	ASSIGNMENT_BY_NUMBER,
	ASSIGNMENT_BY_NUMBER_DESC,
	ASSIGNMENT_SORT_COUNT
};

/* Zero means no filter. */
struct assignment_filter {
	enum control_state state;
	enum control_status status;
	int64_t org_id, territory_id, document_id, point_id;
	struct str from, to; /* due dates, ISO, inclusive */
	struct str search;   /* words of activity, document and organisation */
	enum assignment_sort sort;
	struct paging page;
};

struct assignment_list {
	struct assignment_row *v;
	size_t n;
	int64_t total;
	int64_t by_status[STATUS_COUNT]; /* under the other filters; [STATUS_ANY] is the sum */
	struct date on;                  /* the day it stands on */
};
MUST_USE enum ec assignment_list(const struct ctx *c, const struct assignment_filter *f,
        struct assignment_list *ret, struct err *e);

/* The same as it was at the end of that day, answered from the history. */
MUST_USE enum ec assignment_list_as_of(const struct ctx *c, struct date on,
        const struct assignment_filter *f, struct assignment_list *ret, struct err *e);

#endif

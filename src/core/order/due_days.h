/* From a stored deadline to the days it makes due, and why these days: recurrences, the production
 * calendar, school terms, named events and schedules, days off.
 *
 * Each due day has a base: the day the rule itself gives (of an event: the day it happened), before
 * calendar and rules of the territory move it. The base is kept with the assignment, so that the
 * same occurrence is known again when the calendar changes. */
#ifndef CORE_ORDER_DUE_DAYS_H
#define CORE_ORDER_DUE_DAYS_H

#include "base/limits.h"
#include "core/calendar/calendar.h"
#include "core/order/document_card.h"

/* «Событие наступило»: named by a person. */
struct named_event {
	int64_t id;
	struct str key, anchor; /* key: event_key() */
	struct date happened;
	int grace; /* days given when the document names none */
	struct str source;
};
/* How an event is known again: without case, endings of words and signs. */
struct str event_key(struct arena *a, struct str anchor);

/* A day of a schedule; org_id DB_NULL_INT: for all. Days of one organisation are given to its
 * assignments by the schedule itself (core/control/due_schedule.h), not by deadline_due(). */
struct schedule_row {
	int64_t deadline_id, org_id;
	struct date day;
	struct str source;
};

/* What the days of a document's deadlines depend on. */
struct due_env {
	struct date doc, plan_start, plan_end; /* zero: unknown */
	struct date today;
	struct date from, until; /* occurrences without an end: zero — a year from the document */
	const struct calendar *cal; /* NULL: nothing moves, plain week */
	const struct named_event *event;
	size_t n_events;
	const struct schedule_row *schedule;
	size_t n_schedule;
};
/* Calendar of the document's territory, events and schedules that concern it. */
struct q_document_one;
MUST_USE enum ec due_env_load(
        const struct ctx *c, const struct q_document_one *d, struct due_env *ret, struct err *e);

/* At most so many occurrences are put on control at once. */
#define DUE_MAX LIMIT_DUE_AHEAD

struct due_days {
	struct str day[DUE_MAX];   /* ISO; p == NULL: on control without a date */
	struct str base[DUE_MAX];  /* ISO; p == NULL as above */
	struct str moved[DUE_MAX]; /* Russian: why day is not base, or why it stays on a day off;
	                              "" when there is nothing to say */
	size_t n;                  /* at least 1 */
	struct str why;            /* Russian: how the days were found */
};
/* d NULL: the point names no deadline. */
void deadline_due(struct arena *a, const struct card_deadline *d, const struct due_env *env,
        struct due_days *ret);
/* The whole reason of the k-th day. */
struct str due_why(struct arena *a, const struct due_days *days, size_t k);

/* One occurrence again: the due day of a base under the calendar of today. */
struct due_day {
	struct str day;
	struct str moved;
};
struct due_day due_of_base(struct arena *a, const struct card_deadline *d,
        const struct due_env *env, struct date base);

/* Does the deadline wait for an event (no date of its own)? */
bool due_waits_event(const struct card_deadline *d);

#endif

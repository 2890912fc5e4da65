/* Assignments without a day of their own: those that wait for an event («в течение 10 дней после
 * получения результатов») and those that go by somebody's schedule. */
#ifndef CORE_CONTROL_DUE_EVENT_H
#define CORE_CONTROL_DUE_EVENT_H

#include "core/ctx.h"

struct waiting_row {
	int64_t deadline_id, point_id, document_id;
	struct str text, anchor, key; /* words of the deadline; of the event and how it is known */
	struct str clause, activity;
	struct str document_title; /* «Приказ № 17/01 от 10.02.2022» */
	int64_t n;                 /* open assignments in the actor's scope */
	bool may;                  /* the actor may name the event or give the schedule */
};
struct waiting {
	struct waiting_row *event; /* by key, then document */
	size_t n_events;
	struct waiting_row *schedule;
	size_t n_schedules;
};
/* EC_DENIED without CAP_ASSIGNMENT_READ. */
MUST_USE enum ec due_waiting(const struct ctx *c, struct waiting *ret, struct err *e);

struct named_row {
	struct str anchor, happened, source, who;
	int64_t grace, at;
};
struct named_list {
	struct named_row *v;
	size_t n;
};
/* Events named for the documents the actor sees. */
MUST_USE enum ec due_named(const struct ctx *c, struct named_list *ret, struct err *e);

struct event_form {
	struct str anchor;   /* words of the event as a document has them */
	int64_t document_id; /* 0: in all documents the actor may write */
	struct str happened; /* date as typed */
	int64_t grace;       /* days for «после X» without a distance, 0…366 */
	struct str source;   /* how it is known */
};
struct event_row {
	int64_t assignment_id, document_id;
	struct str clause, activity, org_name, due, why;
};
struct event_effect {
	struct event_row *v; /* at most 300 */
	size_t n;
	int64_t n_dated; /* waiting assignments that get their day */
	int64_t n_more;  /* deadlines that had a day already and get one more occurrence */
};
/* What naming it would do. EC_INPUT names the field; EC_NOTFOUND: nobody waits for it and nobody
 * did. */
MUST_USE enum ec event_preview(
        const struct ctx *c, const struct event_form *f, struct event_effect *ret, struct err *e);
/* Does it: one transaction; one change of due days, one event for each document that gets more. */
MUST_USE enum ec event_name(
        const struct ctx *c, const struct event_form *f, struct event_effect *ret, struct err *e);

#endif

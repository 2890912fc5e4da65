/* History: every change of a fact is an event that is never changed again. Events form a chain:
 * each holds the hash of the one before it, and one row holds the end, so that a change, an
 * insertion, a deletion in the middle or at the end is found. Who can rewrite the whole database
 * can rewrite the chain too: keep the mark printed by `soko audit verify` elsewhere and compare it
 * later. */
#ifndef CORE_HISTORY_H
#define CORE_HISTORY_H

#include "core/ctx.h"

/* before: JSON of the fact, STR_NONE when it did not exist; after: STR_NONE when it is gone. Never
 * a password or its hash. */
struct change {
	struct str noun; /* table of the fact: "assignment" */
	int64_t noun_id;
	struct str verb; /* "create", "change", "confirm", "undo", "login" … */
	struct str before, after;
	struct str reason;
};

/* Adds the event inside the transaction of the caller, with the actor and the clock of c. */
MUST_USE enum ec history_add(const struct ctx *c, const struct change *ch, struct err *e);
/* n events at once: much faster on PostgreSQL than one by one when there are thousands. */
MUST_USE enum ec history_add_all(
        const struct ctx *c, const struct change *v, size_t n, struct err *e);

struct event {
	int64_t id, at;
	int64_t user_id;      /* 0: the program */
	struct str user_name; /* empty: the program, or a person who is not known any more */
	struct str noun;
	int64_t noun_id;
	struct str verb, before, after, reason;
};
struct events {
	struct event *v;
	size_t n;
};

/* The events of one fact, newest first, at most limit. */
MUST_USE enum ec history_of(const struct ctx *c, struct str noun, int64_t noun_id, int64_t limit,
        struct events *ret, struct err *e);

/* The journal, newest first. Zero fields mean "all". */
struct history_filter {
	int64_t user_id;
	struct str noun;
	int64_t since, until; /* UTC seconds, until is not included */
	struct str person;    /* words of the name or login */
	int64_t limit, skip;
};
MUST_USE enum ec history_list(
        const struct ctx *c, const struct history_filter *f, struct events *ret, struct err *e);
/* Without limit and skip. */
MUST_USE enum ec history_count(
        const struct ctx *c, const struct history_filter *f, int64_t *ret, struct err *e);
/* EC_NOTFOUND. */
MUST_USE enum ec history_get(const struct ctx *c, int64_t id, struct event *ret, struct err *e);

/* A fact as it stood at a moment. */
struct past_fact {
	int64_t noun_id;
	int64_t event_id, at; /* the change that made it so */
	struct str json;
};
struct past_facts {
	struct past_fact *v;
	size_t n;
};
/* All facts of a noun that existed at the moment (events not later than it), by noun_id; noun_id 0
 * means all of them, else that one. */
MUST_USE enum ec history_as_of(const struct ctx *c, struct str noun, int64_t noun_id, int64_t at,
        struct past_facts *ret, struct err *e);

/* A point of the chain worth keeping outside of the database. */
struct history_mark {
	int64_t n;       /* events up to it */
	struct str hash; /* of the last of them, "" when none */
};

struct history_check {
	bool whole;
	int64_t id;               /* first event that is not right; 0 when whole */
	struct str why;           /* Russian, one line */
	struct history_mark mark; /* the end of the chain as it was read */
};
/* Walks the chain in one snapshot. known: a mark kept earlier that the chain must still contain, or
 * NULL. A broken chain is a result, not a failure. */
MUST_USE enum ec history_verify(const struct ctx *c, const struct history_mark *known,
        struct history_check *ret, struct err *e);
/* The same of the last event only: is it as its hash says, and is it the end that was recorded?
 * Cheap enough for a page; it says nothing of what stands before. */
MUST_USE enum ec history_verify_end(const struct ctx *c, struct history_check *ret, struct err *e);

#endif

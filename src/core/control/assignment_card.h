/* One assignment: where it comes from, why this organisation and this date, what happened to it;
 * and the steps of its life. */
#ifndef CORE_CONTROL_ASSIGNMENT_CARD_H
#define CORE_CONTROL_ASSIGNMENT_CARD_H

#include "core/control/assignment_list.h"

/* Steps; each has a row in one table: from which states, with which right, needs a note. */
enum control_step {
	STEP_NONE = 0,
	STEP_TAKE,   /* executor: в работу */
	STEP_SUBMIT, /* executor: исполнение представлено (note) */
	STEP_ACCEPT, /* controller: принято, снято с контроля */
	STEP_RETURN, /* controller: вернуть на доработку (reason) */
	STEP_WITHDRAW, /* controller: снять с контроля без исполнения (reason) */
	STEP_RESUME, /* controller: вернуть на контроль, в прежнее состояние (reason) */
	STEP_RECALL, /* executor: отозвать отчёт, пока он не проверен (reason) */
	STEP_UNACCEPT, /* controller: принято по ошибке, снова на проверке (reason) */
	STEP_UNRETURN, /* controller: возвращено по ошибке, снова на проверке (reason) */
	STEP_COUNT
};
struct str control_step_name(enum control_step s);  /* "take" */
struct str control_step_title(enum control_step s); /* «Взять в работу» */
bool control_step_of(struct str name, enum control_step *ret);
bool control_step_needs_note(enum control_step s);
/* Takes back what somebody has done: shown apart. */
bool control_step_undoes(enum control_step s);

struct assignment_event {
	int64_t at;
	struct str who, what, note; /* Russian */
};

struct assignment_card {
	struct assignment_row row;
	struct str why; /* rule by which the organisation and the date were chosen */
	struct str section, items, document_types,
	        expected_result; /* of the point; lists one a line */
	struct str indicators;   /* one a line */
	struct str responsible;  /* as written in the document */
	struct str state_note, state_by;
	int64_t place_from, place_to;   /* bytes of the document's text */
	struct assignment_event *event; /* newest first */
	size_t n_events;
	bool may[STEP_COUNT]; /* steps the actor may take now */
};
/* EC_NOTFOUND also outside the actor's scope. */
MUST_USE enum ec assignment_card(
        const struct ctx *c, int64_t id, struct assignment_card *ret, struct err *e);

struct step_form {
	enum control_step step;
	int64_t version; /* of the assignment; 0: whatever it is now (bulk) */
	struct str note; /* what was done, or the reason */
};
/* One transaction of its own. EC_CONFLICT: another version, or the state does not allow the step;
 * EC_DENIED; EC_INPUT: a reason is needed; EC_NOTFOUND. */
MUST_USE enum ec assignment_step(
        const struct ctx *c, int64_t id, const struct step_form *f, struct err *e);
/* The same inside the caller's transaction. */
MUST_USE enum ec assignment_step_within(
        const struct ctx *c, int64_t id, const struct step_form *f, struct err *e);

#endif

/* The clerk's corrections of a draft. Every call checks CAP_DOCUMENT_WRITE over the territory of
 * the document, runs in one transaction of its own, records the state before and after in the
 * history, and returns EC_CONFLICT  the version given is not the present one: somebody changed it
 * meanwhile, or the document is no draft any more (message in Russian: who and what to do),
 *   EC_INPUT     a field cannot be right (message in Russian), EC_NOTFOUND, EC_DENIED. */
#ifndef CORE_ORDER_DOCUMENT_EDIT_H
#define CORE_ORDER_DOCUMENT_EDIT_H

#include "core/order/document_card.h"

/* Requisites; every field is written as it stands. Dates are ISO or Russian (31.12.2022) or empty.
 */
struct document_form {
	struct str kind, number, date, title, issuer, place;
	struct str signatory_name, signatory_post, controller;
	struct str plan_start, plan_end;
	int64_t parent_id; /* «во исполнение»; 0: none */
};
MUST_USE enum ec document_edit(const struct ctx *c, int64_t id, int64_t version,
        const struct document_form *f, struct err *e);

/* Writes cleaned requisites and their event inside the caller's transaction: shared with the undo.
 */
struct q_document_one;
struct document_write_as {
	struct str verb;
	int64_t undoes; /* event that is taken back; 0: none */
};
MUST_USE enum ec document_write(const struct ctx *c, const struct q_document_one *d,
        const struct document_form *f, const struct document_write_as *as, struct err *e);

/* A point as typed. Deadlines are words («до 1 марта 2022 года», one phrase a line) and are read
 * again by the grammar; a phrase that did not change keeps its label and place. A responsible is
 * one line: «должность или организация», with «/ Фамилия И. О.» after it when a person is named;
 * the first line leads. Indicators: one a line («Доля педагогов не менее 60 %»). */
struct point_form {
	struct str type, clause, section, activity;
	struct str items, document_types, expected_result;
	struct str responsibles, deadlines, indicators;
};
MUST_USE enum ec point_edit(const struct ctx *c, int64_t point_id, int64_t version,
        const struct point_form *f, struct err *e);
/* after_id: the point it stands behind, 0: at the end. */
MUST_USE enum ec point_add(const struct ctx *c, int64_t document_id, int64_t after_id,
        const struct point_form *f, int64_t *ret_id, struct err *e);
/* Struck out and back: it stays visible, gives no assignments. */
MUST_USE enum ec point_remove(
        const struct ctx *c, int64_t point_id, int64_t version, struct err *e);
MUST_USE enum ec point_restore(
        const struct ctx *c, int64_t point_id, int64_t version, struct err *e);

/* The present state of a point as a form, to fill the fields of the page. */
struct point_form point_form_of(struct arena *a, const struct card_point *p);

enum settle {
	SETTLE_ACCEPT = 1, /* take the proposal of an impossible date as the deadline */
	SETTLE_STANDS,     /* it is right as it stands; a point whose date stays impossible gets an
	                      assignment without a due date */
	SETTLE_REOPEN,
};
MUST_USE enum ec diagnostic_settle(
        const struct ctx *c, int64_t diagnostic_id, enum settle how, struct err *e);

/* Points a responsible at an organisation, or at a rule of resolve.h when org_id is 0. */
struct responsible_form {
	int64_t responsible_id;
	int64_t org_id;
	struct str rule;
};
MUST_USE enum ec responsible_set(
        const struct ctx *c, const struct responsible_form *f, struct err *e);

/* How a phrase would be read in this document, without storing anything. */
struct deadline_preview {
	struct card_deadline *v;
	size_t n;
};
MUST_USE enum ec deadline_preview(const struct ctx *c, int64_t document_id, struct str phrase,
        struct deadline_preview *ret, struct err *e);

#endif

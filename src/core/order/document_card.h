/* One document for the screen: its text on one side, what was understood on the other. Every piece
 * carries its place in the text (bytes of `text`) and how sure the reading is. */
#ifndef CORE_ORDER_DOCUMENT_CARD_H
#define CORE_ORDER_DOCUMENT_CARD_H

#include "core/ctx.h"
#include "core/order/document_list.h"

/* Readings below this are marked for a person to look at. */
#define CONFIDENCE_SURE 0.75

struct card_place {
	int64_t from, to; /* bytes of the text; equal: nowhere */
};

/* A set of organisations a name stands for. */
struct card_responsible {
	int64_t id;
	struct str name, person;
	bool lead;
	struct str rule; /* all_schools, all_municipal, tag:bias, org, outside, none, unknown */
	struct str rule_title; /* «все школы территории» */
	struct str why;        /* Russian: by which words the rule was chosen */
	int64_t org_id;        /* rule = org; else INT64_MIN */
	struct str org_name;
	int64_t n_orgs; /* organisations in the set today (frozen ones after confirmation) */
	struct card_place place;
	double confidence;
	struct str doubt; /* Russian: why a person should look at it; empty: no doubt */
	/* of a draft, rule unknown: the nearest organisations of the registry, best first */
	struct card_near {
		int64_t org_id;
		struct str name;
		double likeness; /* 0…1 */
	} * near;
	size_t n_near;
};

struct card_deadline {
	int64_t id;       /* 0 in a preview */
	struct str text;  /* words of the document */
	struct str label; /* «федеральный проект» */
	struct str kind, kind_title;
	struct str said; /* the reading in Russian: «до 30.11.2022», «ежегодно, до 30 ноября» */
	struct str start, end, time; /* ISO, p == NULL: none */
	struct str recurrence, anchor, offset;
	bool then_continuous, approximate;
	struct str year_rule, year_rule_title; /* «год взят из периода плана» */
	struct str problem, problem_title; /* impossible_date, «такой даты не существует» */
	struct str fragment;
	bool has_proposal;
	struct str proposal_said; /* «30.11.2022» */
	struct str inherited_from;
	struct card_place place;
	double confidence;
	struct str doubt; /* Russian: why a person should look at it; empty: no doubt */
};

struct card_indicator {
	int64_t id;
	struct str text, name, comparison, unit;
	double target; /* NaN: none */
};

struct card_diagnostic {
	int64_t id;
	int64_t point_id; /* INT64_MIN: about the whole document */
	struct str point_clause;
	struct str code, severity, severity_title, field, fragment, message;
	struct card_place place;
	bool settled;
	int64_t settled_at;
	struct str settled_by; /* name of the person */
	/* What the person may do: accept the proposal, or say that it is right as it stands. */
	bool can_accept;
	struct str accept_title; /* «Принять 30.11.2022» */
};

struct card_point {
	int64_t id;
	struct str part;
	int64_t seq;
	struct str type, type_title; /* task, «поручение» */
	struct str clause, section, activity;
	struct str items;          /* one a line */
	struct str document_types; /* one a line */
	struct str expected_result;
	struct str responsible_source;
	struct card_responsible *responsible;
	size_t n_responsible;
	struct card_deadline *deadline;
	size_t n_deadlines;
	struct card_indicator *indicator;
	size_t n_indicators;
	size_t n_problems; /* unsettled diagnostics of the point */
	struct card_place place;
	double confidence;
	bool doubtful;    /* something in it is to be looked at */
	struct str doubt; /* Russian: why the words themselves are doubtful; empty: they are not */
	bool edited, removed;
	bool checked; /* a person said that it was read right */
	int64_t version;
	int64_t n_assignments, n_done, n_overdue; /* after confirmation, actor's scope */
	/* the point of a higher document that this one carries out; INT64_MIN: none */
	int64_t parent_point_id, parent_document_id;
	struct str parent_clause;
};

struct card_part {
	struct str code, kind, kind_title, title, number, date;
};
struct card_basis {
	struct str text, kind, number, date;
};

struct document_card {
	struct document_row row; /* requisites shown in lists too */
	struct str place, signatory_name, signatory_post, controller;
	struct str plan_start, plan_end;
	/* read below the text, not edited: who prepared it, where copies go, what is enclosed */
	struct str executor, executor_phone;
	struct str copies, enclosures; /* parted by «; » */
	struct str text;               /* the whole text */
	struct card_part *part;
	size_t n_parts;
	struct card_basis *basis;
	size_t n_basis;
	struct card_point *point; /* in order; struck out ones too */
	size_t n_points;
	struct card_diagnostic *diagnostic;
	size_t n_diagnostics;
	int64_t parent_id; /* «во исполнение»; INT64_MIN: none */
	struct str parent_title;
	int64_t file_id; /* INT64_MIN: none */
	int64_t version;
	size_t n_left; /* doubtful points and open problems of the whole: what is to be checked */
	int64_t confirmed_at; /* INT64_MIN: not yet */
	struct str confirmed_by, created_by;
	bool may_edit;    /* a draft and the right */
	bool may_confirm; /* may_edit and nothing unsettled of severity error */
	bool may_cancel;  /* confirmed and the right */
};

/* EC_NOTFOUND also when the actor may not see it. */
MUST_USE enum ec document_card(
        const struct ctx *c, int64_t id, struct document_card *ret, struct err *e);
/* One point of it, for the fragment that is redrawn after an edit. */
MUST_USE enum ec point_card(
        const struct ctx *c, int64_t point_id, struct card_point *ret, struct err *e);

/* The file as it arrived. EC_NOTFOUND. */
struct stored_file {
	struct str name, media_type, bytes;
};
MUST_USE enum ec document_file(
        const struct ctx *c, int64_t document_id, struct stored_file *ret, struct err *e);
/* The stored JSON assignments/1.0: what the reader saw. */
MUST_USE enum ec document_parsed(
        const struct ctx *c, int64_t document_id, struct str *ret, struct err *e);

/* Events of the document, its points and diagnostics, newest first. */
struct card_event {
	int64_t id, at;
	struct str who;  /* name, «система» for the program */
	struct str what; /* Russian: «изменён пункт 1.2: срок» */
	struct str before, after, reason;
};
struct card_history {
	struct card_event *v;
	size_t n;
};
MUST_USE enum ec document_history(
        const struct ctx *c, int64_t document_id, struct card_history *ret, struct err *e);

#endif

/* Organisations: schools, municipal bodies, departments and their units; with identifiers of other
 * systems, other names, and membership of conditional sets («признаки необъективности»).
 * Rights: CAP_REGISTRY_READ to see (a school sees itself, a municipality its own),
 * CAP_REGISTRY_WRITE over the territory to change. Each change is an event of the history. */
#ifndef CORE_REGISTRY_ORG_H
#define CORE_REGISTRY_ORG_H

#include "core/ctx.h"
#include "core/listing.h"

struct org {
	int64_t id, territory_id;
	int64_t parent_id; /* INT64_MIN: none */
	struct str kind;   /* "department", "operator", "municipal", "unit", "school", "other" */
	struct str kind_title; /* «школа» */
	struct str name, short_name, head;
	struct str territory_name;
	struct str valid_from, valid_to; /* ISO dates, p == NULL: no limit */
	bool provisional;                /* made by an import, waits for the clerk */
	struct str ident; /* one identifier to show in lists: «990001» of ФИС ОКО */
};

enum org_sort {
	ORG_BY_NAME = 0,
	ORG_BY_NAME_DESC,
	ORG_BY_TERRITORY,
	ORG_BY_TERRITORY_DESC,
	ORG_BY_KIND,
	ORG_BY_KIND_DESC,
	ORG_SORT_COUNT
};

/* Zero means no filter (territory_id 0 too). */
struct org_filter {
	int64_t territory_id;
	struct str kind, tag;
	struct str search; /* words of a name, short name, alias or an identifier */
	bool provisional;  /* only those that wait for the clerk */
	enum org_sort sort;
	struct paging page;
};

struct org_list {
	struct org *v;
	size_t n;
	int64_t total; /* rows without paging */
};
MUST_USE enum ec org_list(
        const struct ctx *c, const struct org_filter *f, struct org_list *ret, struct err *e);

struct org_ident {
	int64_t id;
	struct str system, system_title; /* "fis_oko", «ФИС ОКО» */
	struct str value, written;
	struct str valid_from, valid_to;
};
struct org_alias {
	int64_t id;
	struct str name;
};
struct org_tag {
	int64_t id;
	struct str tag, tag_title; /* "bias", «признаки необъективности» */
	struct str valid_from, valid_to, source;
	bool active; /* today */
};

struct org_card {
	struct org org;
	struct org_ident *ident;
	struct org_alias *alias;
	struct org_tag *tag;
	size_t n_idents, n_aliases, n_tags;
	int64_t n_assignments, n_overdue; /* on control now */
	bool may_edit;
};
/* EC_NOTFOUND, EC_DENIED outside the actor's scope. */
MUST_USE enum ec org_get(const struct ctx *c, int64_t id, struct org_card *ret, struct err *e);

/* What a person types. EC_INPUT (Russian message) for a blank name, an unknown kind, a bad date. */
struct org_form {
	int64_t territory_id;
	struct str kind, name, short_name, head;
	struct str valid_from, valid_to; /* ISO or empty */
};
MUST_USE enum ec org_create(
        const struct ctx *c, const struct org_form *f, int64_t *ret_id, struct err *e);
/* Also takes the «provisional» mark off. */
MUST_USE enum ec org_edit(const struct ctx *c, int64_t id, const struct org_form *f, struct err *e);

/* system: "fis_oko" (login schRRNNNN or eduRRNNNN or the six digits), "inn", "ogrn", "oktmo",
 * "own". EC_CONFLICT when another organisation has it. */
MUST_USE enum ec org_ident_add(
        const struct ctx *c, int64_t org_id, struct str system, struct str value, struct err *e);
MUST_USE enum ec org_ident_drop(
        const struct ctx *c, int64_t org_id, int64_t ident_id, struct err *e);
MUST_USE enum ec org_alias_add(const struct ctx *c, int64_t org_id, struct str name, struct err *e);
MUST_USE enum ec org_alias_drop(
        const struct ctx *c, int64_t org_id, int64_t alias_id, struct err *e);

struct org_tag_form {
	struct str tag;                  /* one of org_tags() */
	struct str valid_from, valid_to; /* ISO; empty from: today */
	struct str source;               /* act or list that says so; not blank */
};
MUST_USE enum ec org_tag_add(
        const struct ctx *c, int64_t org_id, const struct org_tag_form *f, struct err *e);
/* Membership ends on the date (ISO). */
MUST_USE enum ec org_tag_end(
        const struct ctx *c, int64_t org_id, int64_t tag_id, struct str valid_to, struct err *e);

/* Tables for forms: stored word and Russian title. */
struct word {
	struct str name, title;
};
const struct word *org_kinds(size_t *ret_n);
const struct word *org_tags(size_t *ret_n);
const struct word *org_systems(size_t *ret_n);
struct str word_title(const struct word *v, size_t n, struct str name); /* name when unknown */

/* "sch990001", "edu990001", "990001" → "990001"; others as they are, trimmed. */
struct str ident_normal(struct arena *a, struct str system, struct str written);

#endif

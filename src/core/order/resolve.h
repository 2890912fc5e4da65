/* Responsibles are sets: «Руководителям общеобразовательных организаций» → all schools of the
 * territory, by a rule that can be shown. */
#ifndef CORE_ORDER_RESOLVE_H
#define CORE_ORDER_RESOLVE_H

#include "core/ctx.h"

/* A rule a responsible may have, for the select field of the form. */
struct resolve_rule {
	struct str name;  /* stored: "all_schools", "all_municipal", "tag:bias" … */
	struct str title; /* «все школы территории» */
};
const struct resolve_rule *resolve_rules(size_t *ret_n);
struct str resolve_rule_title(struct str rule);

/* An organisation whose name is like the words. */
struct resolve_near {
	int64_t org_id;
	struct str name;
	double likeness; /* 0…1; 1: every word of one is in the other */
};
#define RESOLVE_NEAR_MAX 8

/* What a name stands for. */
struct resolved {
	struct str rule; /* one of the rules; "org": org_id; "author": who issued the document;
	                    "outside": a body outside the region's registry; "unknown" */
	int64_t org_id;  /* INT64_MIN unless rule is org */
	struct str org_name;
	struct str why; /* Russian, one sentence */
	double confidence;
	/* unknown: the nearest organisations, best first */
	struct resolve_near *near;
	size_t n_near;
};

/* One reader for a document: holds the registry's names of the territory in the arena. territory_id
 * ACTOR_ALL: of the whole region. */
struct resolver;
MUST_USE enum ec resolver_open(
        const struct ctx *c, int64_t territory_id, struct resolver **ret, struct err *e);
/* person may be empty. Never fails: "unknown" is an answer. */
void resolve_name(struct resolver *r, struct str name, struct str person, struct resolved *ret);

/* The organisations of the registry nearest to a name, best first: words are compared by their
 * stems and, where these differ, by their letters (a slip of the pen); a word that many names share
 * («школа») weighs little, a number that differs much. Whatever resolve_name says of the name.
 * ret holds max ≤ RESOLVE_NEAR_MAX; returns how many were found. Names below a likeness of 0.25 are
 * left out. Weight of a word: the logarithm of the share of names without it (Spärck Jones, 1972).
 */
size_t resolve_nearest(struct resolver *r, struct str name, struct resolve_near *ret, size_t max);

/* Organisations of a rule today, by name. */
struct resolved_orgs {
	struct resolved_org {
		int64_t id, territory_id;
		struct str name;
	} * v;
	size_t n;
};
struct rule_at {
	struct str rule;
	int64_t org_id;       /* rule = org, author */
	int64_t territory_id; /* ACTOR_ALL: the region */
	struct str date;      /* ISO: membership on that day */
};
/* Kind of the organisations of an all_… rule, else empty. */
struct str rule_kind(struct str rule);
MUST_USE enum ec rule_orgs(
        const struct ctx *c, const struct rule_at *r, struct resolved_orgs *ret, struct err *e);

#endif

/* The roll: organisations and territories in memory for bulk work (a registry file, an export with
 * hundreds of schools), found by identifiers and names without asking the database each time.
 * Lives inside one transaction of its caller. */
#ifndef CORE_REGISTRY_ROLL_H
#define CORE_REGISTRY_ROLL_H

#include "core/ctx.h"

struct roll_org {
	int64_t id, territory_id;
	struct str kind, name, short_name, head;
	struct str valid_from, valid_to; /* ISO, p == NULL: no limit */
	bool provisional;
};
struct roll;

MUST_USE enum ec roll_open(const struct ctx *c, struct roll **ret, struct err *e);
size_t roll_size(const struct roll *r);
/* value must be normal (ident_value). NULL: nobody has it. The pointer is good until the next
 * organisation is added. */
struct roll_org *roll_find(const struct roll *r, struct str system, struct str value);

/* Identifier system and value of a written identifier: "sch990001" and "edu990001" and "990001"
 * are fis_oko 990001; ten or twelve digits are an INN; the rest is an own code. False when blank.
 */
bool ident_value(struct str written, struct str *ret_system, struct str *ret_value);

/* A territory by code (when not empty), then by name; made when there is none. An empty name with a
 * code gives «Муниципалитет m004»; both empty give the region. */
struct roll_place {
	struct str code, name;
	struct str region_code, region_name; /* for the first territory of an empty database */
};
MUST_USE enum ec roll_territory(
        struct roll *r, const struct roll_place *p, int64_t *ret_id, struct err *e);

/* Adds an organisation with one identifier and an event; returns it in *ret. */
MUST_USE enum ec roll_add(struct roll *r, const struct roll_org *o, struct str written,
        struct roll_org **ret, struct err *e);
/* Writes new values of an organisation with an event. */
MUST_USE enum ec roll_set(
        struct roll *r, struct roll_org *o, const struct roll_org *now, struct err *e);
/* One more identifier; EC_CONFLICT when somebody else has it. */
MUST_USE enum ec roll_ident(struct roll *r, struct roll_org *o, struct str written, struct err *e);

#endif

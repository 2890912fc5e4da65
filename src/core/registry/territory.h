/* Territories: the region and its municipalities. Everybody who is logged in may see their names.
 */
#ifndef CORE_REGISTRY_TERRITORY_H
#define CORE_REGISTRY_TERRITORY_H

#include "core/ctx.h"

struct territory {
	int64_t id;
	int64_t parent_id; /* DB_NULL_INT (INT64_MIN) for the region */
	struct str kind;   /* "region", "municipality" */
	struct str code, name;
	int64_t n_schools;
};

struct territory_list {
	struct territory *v;
	size_t n;
};

/* All, the region first, then municipalities by name. EC_DB. */
MUST_USE enum ec territory_list(const struct ctx *c, struct territory_list *ret, struct err *e);
/* EC_NOTFOUND. */
MUST_USE enum ec territory_get(
        const struct ctx *c, int64_t id, struct territory *ret, struct err *e);
/* The region itself; EC_NOTFOUND in an empty database. */
MUST_USE enum ec territory_region(const struct ctx *c, struct territory *ret, struct err *e);

/* name: not blank. code may be empty. parent_id ACTOR_ALL: makes the region (only one may exist:
 * EC_CONFLICT). EC_DENIED without CAP_REGISTRY_WRITE over the region; EC_CONFLICT when the name is
 * taken (ret_id is written then too, with the id of the present one). */
struct territory_form {
	struct str name, code;
	int64_t parent_id;
};
MUST_USE enum ec territory_create(
        const struct ctx *c, const struct territory_form *f, int64_t *ret_id, struct err *e);
MUST_USE enum ec territory_rename(
        const struct ctx *c, int64_t id, const struct territory_form *f, struct err *e);

#endif

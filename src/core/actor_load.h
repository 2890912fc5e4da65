/* Roles of a person in force today, as an actor. */
#ifndef CORE_ACTOR_LOAD_H
#define CORE_ACTOR_LOAD_H

#include "core/ctx.h"

struct actor_person {
	int64_t id;
	struct str login, name;
};
MUST_USE enum ec actor_load(
        const struct ctx *c, const struct actor_person *who, struct actor *ret, struct err *e);

#endif

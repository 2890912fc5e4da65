/* What a use case needs of the world. Nothing below core may see it; at most eight fields, so that
 * it never becomes a global. */
#ifndef CORE_CTX_H
#define CORE_CTX_H

#include "base/arena.h"
#include "base/clock.h"
#include "core/actor.h"

struct db;
struct jail;

struct ctx {
	struct arena *a; /* request or job arena: results live in it */
	struct db *db;   /* this thread's connection */
	const struct clock *clock;
	const struct actor *actor; /* who acts; never NULL (actor_program for the program itself) */
	struct jail *jail;         /* parser process; NULL: read inside (tests only) */
};

#endif

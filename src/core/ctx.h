/* What a use case needs of the world. Nothing below core may see it; at most eight fields, so that
 * it never becomes a global. */
#ifndef CORE_CTX_H
#define CORE_CTX_H

#include "base/arena.h"
#include "base/clock.h"
#include "core/actor.h"

/* Hears how far long work is: for the page of a job and for the terminal. A code other than EC_OK
 * stops the work. */
struct ctx_progress {
	enum ec (*tell)(void *user, uint32_t done, uint32_t all, struct err *e);
	void *user;
};

struct db;
struct jail;

struct ctx {
	struct arena *a; /* request or job arena: results live in it */
	struct db *db;   /* this thread's connection */
	const struct clock *clock;
	const struct actor *actor; /* who acts; never NULL (actor_program for the program itself) */
	struct jail *jail;         /* parser process; NULL: read inside (tests only) */
	const struct ctx_progress *progress; /* NULL: nobody waits for it */
};

#endif

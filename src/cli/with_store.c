#include "cli/with_store.h"

#include "cli/cmd.h"
#include "core/calendar/reference.h"
#include "core/store.h"
#include "jail/jail.h"

enum ec with_store(struct arena *a, const struct store_call *call, struct err *e)
{
	struct clock clock = {.offset_min = 300};
	struct jail jail = {0}; /* this program again */
	AUTO_STORE store = NULL;
	TRY(store_open(a,
	        &(struct store_opt){.url = call->db,
	                .must_exist = call->must_exist,
	                .now = clock_now(&clock),
	                .program = STR(SOKO_VERSION)},
	        &store, e));
	const struct ctx_progress progress = {cmd_progress, NULL};
	struct ctx c = {.a = a,
	        .clock = &clock,
	        .actor = &actor_program,
	        .jail = &jail,
	        .progress = &progress};
	TRY(store_take(store, call->read_only, &c.db, e));
	enum ec code = call->read_only ? EC_OK : calendar_ensure(&c, e);
	if (code == EC_OK)
		code = call->fn(&c, call->arg, e);
	store_give(store, c.db);
	return code;
}

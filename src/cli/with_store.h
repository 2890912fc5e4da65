/* One call of a use case by the program itself, from the command line. */
#ifndef CLI_WITH_STORE_H
#define CLI_WITH_STORE_H

#include "core/ctx.h"

/* Opens the store (made when absent), calls fn with a handle, closes. */
struct store_call {
	const char *db;
	bool read_only;
	enum ec (*fn)(const struct ctx *c, void *arg, struct err *e);
	void *arg;
};
MUST_USE enum ec with_store(struct arena *a, const struct store_call *call, struct err *e);

#endif

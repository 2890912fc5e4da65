/* One call of a use case by the program itself, from the command line. */
#ifndef CLI_WITH_STORE_H
#define CLI_WITH_STORE_H

#include "core/ctx.h"

/* Opens the store (made when absent, unless must_exist), calls fn with a handle, closes. */
struct store_call {
	const char *db;
	bool read_only;
	enum ec (*fn)(const struct ctx *c, void *arg, struct err *e);
	void *arg;
	bool must_exist; /* EC_NOTFOUND instead of an empty new database */
};
MUST_USE enum ec with_store(struct arena *a, const struct store_call *call, struct err *e);

#endif

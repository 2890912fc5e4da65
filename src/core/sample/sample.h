/* The sample region: a fictional registry, accounts, documents, assignments on their way and two
 * years of results. Everything goes in through the same use cases that people use; nothing is
 * written past them. */
#ifndef CORE_SAMPLE_SAMPLE_H
#define CORE_SAMPLE_SAMPLE_H

#include "core/ctx.h"

#define SAMPLE_PASSWORD "soko-demo"

struct sample_report {
	int64_t n_orgs, n_accounts, n_documents, n_assignments, n_steps, n_works;
};

/* Fills an empty database; dates lie around the clock's today. EC_CONFLICT when there is a region
 * already. Not one transaction: a broken load is thrown away with its database file. */
MUST_USE enum ec sample_load(const struct ctx *c, struct sample_report *ret, struct err *e);

/* Accounts of the sample, for the text printed at the start: login and who it is. */
struct sample_account {
	struct str login, name, role, territory, org;
};
size_t sample_accounts(struct arena *a, struct sample_account **ret);

#endif

#include "base/limits.h"
#include "cli/cmd.h"
#include "cli/with_store.h"
#include "core/sample/sample.h"

#include <stdio.h>

static void accounts_print(struct arena *a)
{
	struct sample_account *v;
	size_t n = sample_accounts(a, &v);
	(void)printf("Учётные записи образца (пароль у всех: %s)\n", SAMPLE_PASSWORD);
	for (size_t i = 0; i < n; i++)
		(void)printf("  %-12.*s " STR_FMT "\n", STR_ARG(v[i].login), STR_ARG(v[i].name));
}

static enum ec load(const struct ctx *c, void *arg UNUSED, struct err *e)
{
	struct sample_report r;
	TRY(sample_load(c, &r, e));
	(void)printf("образец региона загружен: организаций %lld, людей %lld, документов %lld, "
	             "поручений %lld, "
	             "шагов исполнения %lld, работ учеников %lld\n",
	        (long long)r.n_orgs, (long long)r.n_accounts, (long long)r.n_documents,
	        (long long)r.n_assignments, (long long)r.n_steps, (long long)r.n_works);
	accounts_print(c->a);
	return EC_OK;
}

enum ec cmd_sample_load(struct cmd_args *args, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	const char *db;
	TRY(opt_value(args, "--db", "data/soko.db", &db, e));
	TRY(opt_end(args, 0, 0, e));
	return with_store(&a, &(struct store_call){.db = db, .fn = load}, e);
}

enum ec cmd_sample_accounts(struct cmd_args *args, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_REQUEST);
	TRY(opt_end(args, 0, 0, e));
	accounts_print(&a);
	return EC_OK;
}

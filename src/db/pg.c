#include "db/engine.h"

static enum ec open_server(struct db *db, const struct db_opt *opt, struct err *e)
{
	(void)db, (void)opt;
	return err_set(e, EC_DB, "PostgreSQL: этой сборкой ещё не поддерживается");
}

static void close_server(struct db *db)
{
	(void)db;
}

const struct db_engine db_engine_pg = {.open = open_server, .close = close_server};

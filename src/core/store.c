#include "core/store.h"

#include "base/limits.h"
#include "db/migrate.h"

struct store {
	struct db_pool *pool;
};

static enum ec migrate(struct db_pool *pool, const struct store_opt *o, struct err *e)
{
	AUTO_ARENA(a, 64 * MIB);
	struct db *db = NULL;
	TRY(db_pool_take(pool, false, &db, e));
	struct db_migrated done;
	enum ec code = db_migrate(db, &a, &db_set_soko,
	        &(struct db_migrate_opt){.now = o->now, .program = o->program}, &done, e);
	db_pool_give(pool, db);
	return code;
}

enum ec store_open(struct arena *a, const struct store_opt *o, struct store **ret, struct err *e)
{
	struct db_pool *pool = NULL;
	TRY(db_pool_open(&(struct db_opt){.url = o->url, .must_exist = o->must_exist}, &pool, e));
	enum ec code = migrate(pool, o, e);
	if (code != EC_OK) {
		db_pool_close(pool);
		return code;
	}
	struct store *s = arena_new(a, struct store, 1);
	s->pool = pool;
	*ret = s;
	return EC_OK;
}

void store_close(struct store *s)
{
	if (s == NULL)
		return;
	db_pool_close(s->pool);
	s->pool = NULL;
}

void store_close_ptr(struct store **s)
{
	store_close(*s);
	*s = NULL;
}

enum ec store_take(struct store *s, bool read_only, struct db **ret, struct err *e)
{
	return db_pool_take(s->pool, read_only, ret, e);
}

void store_give(struct store *s, struct db *db)
{
	db_pool_give(s->pool, db);
}

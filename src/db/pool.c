#include "db/engine.h"

#include "base/limits.h"

#include <pthread.h>
#include <stdlib.h>

struct db_pool {
	struct db_opt opt;
	struct arena mem;
	pthread_mutex_t list;  /* guards the free lists */
	pthread_mutex_t write; /* SQLite: one write transaction in the process */
	struct db *free_read, *free_write;
	size_t out; /* handles lent */
};

enum ec db_pool_open(const struct db_opt *opt, struct db_pool **ret, struct err *e)
{
	struct db_pool *p = calloc(1, sizeof(*p));
	if (p == NULL)
		BUG("out of memory");
	arena_init(&p->mem, MIB);
	p->opt = *opt;
	p->opt.url = str_z(&p->mem, str_c(opt->url));
	p->opt.pool = p;
	(void)pthread_mutex_init(&p->list, NULL);
	(void)pthread_mutex_init(&p->write, NULL);
	struct db *first = NULL; /* a wrong address is told at start, not at the first request */
	enum ec ec = db_pool_take(p, opt->read_only, &first, e);
	if (ec != EC_OK) {
		db_pool_close(p);
		return ec;
	}
	db_pool_give(p, first);
	*ret = p;
	return EC_OK;
}

static void close_all(struct db *db)
{
	while (db != NULL) {
		struct db *next = db->next_free;
		db_close(db);
		db = next;
	}
}

void db_pool_close(struct db_pool *p)
{
	if (p == NULL)
		return;
	BUG_IF(p->out != 0);
	close_all(p->free_read);
	close_all(p->free_write);
	(void)pthread_mutex_destroy(&p->list);
	(void)pthread_mutex_destroy(&p->write);
	arena_clear(&p->mem);
	free(p);
}

enum ec db_pool_take(struct db_pool *p, bool read_only, struct db **ret, struct err *e)
{
	(void)pthread_mutex_lock(&p->list);
	struct db **list = read_only ? &p->free_read : &p->free_write;
	struct db *db = *list;
	if (db != NULL)
		*list = db->next_free;
	p->out++;
	(void)pthread_mutex_unlock(&p->list);
	if (db == NULL) {
		struct db_opt opt = p->opt;
		opt.read_only = read_only;
		enum ec ec = db_open(&opt, &db, e);
		if (ec != EC_OK) {
			(void)pthread_mutex_lock(&p->list);
			p->out--;
			(void)pthread_mutex_unlock(&p->list);
			return ec;
		}
	}
	*ret = db;
	return EC_OK;
}

void db_pool_give(struct db_pool *p, struct db *db)
{
	if (db == NULL)
		return;
	struct db_tx tx = {db->in_tx ? db : NULL};
	tx_rollback(&tx);
	bool broken = db->broken;
	(void)pthread_mutex_lock(&p->list);
	p->out--;
	if (!broken) {
		struct db **list = db->read_only ? &p->free_read : &p->free_write;
		db->next_free = *list;
		*list = db;
	}
	(void)pthread_mutex_unlock(&p->list);
	if (broken)
		db_close(db);
}

void db_pool_lock(struct db_pool *p)
{
	(void)pthread_mutex_lock(&p->write);
}

void db_pool_unlock(struct db_pool *p)
{
	(void)pthread_mutex_unlock(&p->write);
}

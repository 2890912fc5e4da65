#include "dbfix.h"

#include "base/limits.h"
#include "db/engine.h"
#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool made(bool ok, const struct err *e, int line)
{
	if (!ok)
		printf("# %s\n", e->msg);
	return test_check(ok, __FILE__, line, "database for the test");
}

static bool fill(const char *url, const struct db_set *set)
{
	if (set == NULL)
		return true;
	AUTO_ARENA(a, MIB);
	struct err e;
	AUTO_DB db = NULL;
	struct db_migrated done;
	struct db_migrate_opt opt = {1700000000, STR("test")};
	return made(db_open(&(struct db_opt){.url = url}, &db, &e) == EC_OK &&
	                    db_migrate(db, &a, set, &opt, &done, &e) == EC_OK,
	        &e, __LINE__);
}

static void remove_folder(const char *path)
{
	AUTO_ARENA(a, MIB);
	DIR *d = opendir(path);
	if (d == NULL)
		return;
	for (struct dirent *f = readdir(d); f != NULL; f = readdir(d))
		if (f->d_name[0] != '.')
			(void)unlink(arena_printf(&a, "%s/%s", path, f->d_name));
	(void)closedir(d);
	(void)rmdir(path);
}

static void on_sqlite(const struct db_set *set, void (*test)(const char *url))
{
	AUTO_ARENA(a, MIB);
	const char *tmp = getenv("TMPDIR");
	char *folder = arena_printf(&a, "%s/soko-test-XXXXXX", tmp == NULL ? "/tmp" : tmp);
	if (!test_check(mkdtemp(folder) != NULL, __FILE__, __LINE__, "mkdtemp"))
		return;
	const char *url = arena_printf(&a, "%s/test.db", folder);
	if (fill(url, set))
		test(url);
	remove_folder(folder);
}

static void on_pg(const char *server, const struct db_set *set, void (*test)(const char *url))
{
	static int turn;
	AUTO_ARENA(a, MIB);
	struct err e;
	AUTO_DB admin = NULL;
	const char *schema = arena_printf(&a, "t_%ld_%d", (long)getpid(), turn++);
	if (!made(db_open(&(struct db_opt){.url = server}, &admin, &e) == EC_OK &&
	                    db_script(admin, arena_printf(&a, "CREATE SCHEMA %s", schema), &e) ==
	                            EC_OK,
	            &e, __LINE__))
		return;
	const char *url = arena_printf(&a, "%s options='-c search_path=%s'", server, schema);
	printf("# on PostgreSQL\n");
	if (fill(url, set))
		test(url);
	const char *drop =
	        arena_printf(&a, "SET client_min_messages=warning; DROP SCHEMA %s CASCADE", schema);
	(void)made(db_script(admin, drop, &e) == EC_OK, &e, __LINE__);
}

void dbfix_each_url(const struct db_set *set, void (*test)(const char *url))
{
	on_sqlite(set, test);
	const char *server = getenv("SOKO_PG");
	if (server != NULL && server[0] != '\0')
		on_pg(server, set, test);
}

static void (*one)(struct db *db); /* programs of tests have one thread here */

static void with_handle(const char *url)
{
	struct err e;
	AUTO_DB db = NULL;
	if (made(db_open(&(struct db_opt){.url = url}, &db, &e) == EC_OK, &e, __LINE__))
		one(db);
}

void dbfix_each_set(const struct db_set *set, void (*test)(struct db *db))
{
	one = test;
	dbfix_each_url(set, with_handle);
}

void dbfix_each(void (*test)(struct db *db))
{
	dbfix_each_set(&db_set_soko, test);
}

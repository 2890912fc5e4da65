#include "base/cur.h"
#include "base/file.h"
#include "base/limits.h"
#include "cli/cmd.h"
#include "cli/with_store.h"
#include "core/registry/registry_import.h"
#include "core/result/import.h"
#include "core/result/reference.h"

#include <stdio.h>
#include <stdlib.h>

/* What the commands of this file share. */
struct job {
	struct cmd_args *files;
	struct results_opt opt;
	bool registry;
	int64_t load;
	int n_read; /* files that could be read */
};

static void balance_print(const struct load_card *k)
{
	const struct load *l = &k->load;
	const struct load_balance *b = &l->balance;
	(void)printf("загрузка %lld: " STR_FMT "\n", (long long)l->id, STR_ARG(l->file_name));
	if (l->profile.n > 0 || l->test_title.n > 0)
		(void)printf("  вид: " STR_FMT "; работа: " STR_FMT "\n", STR_ARG(l->profile),
		        STR_ARG(l->test_title));
	(void)printf("  прочитано %lld = записано %lld + изменено %lld + без изменений %lld + "
	             "отклонено %lld (%lld мс)\n",
	        (long long)b->read, (long long)b->stored, (long long)b->changed,
	        (long long)b->unchanged, (long long)b->rejected, (long long)l->duration_ms);
	for (size_t i = 0; i < k->n_issues; i++) {
		const struct load_issue *x = &k->issue[i];
		(void)printf("  %s %lld × " STR_FMT, str_eq(x->severity, STR("error")) ? "!" : "·",
		        (long long)x->n, STR_ARG(x->message));
		if (x->rows.n > 0)
			(void)printf("; строки " STR_FMT "%s", STR_ARG(utf8_head(x->rows, 80)),
			        utf8_len(x->rows) > 80 ? "…" : "");
		if (x->sample.n > 0)
			(void)printf("; например «" STR_FMT "»", STR_ARG(x->sample));
		(void)fputs("\n", stdout);
	}
}

static enum ec file_import(
        const struct ctx *c, const struct job *j, const char *path, struct err *e)
{
	struct str bytes;
	struct load_card card;
	struct arena_mark mark = arena_mark(c->a);
	TRY(file_read(c->a, path, LIMIT_FILE, &bytes, e));
	/* the folders of a relative name may say the year and the grade */
	char *full = realpath(path, NULL);
	struct str name = str_dup(c->a, str_c(full != NULL ? full : path));
	free(full);
	enum ec code = j->registry ? registry_import(c, path_base(name), bytes, &card, e)
	                           : results_import(c, name, bytes, &j->opt, &card, e);
	if (code == EC_OK)
		balance_print(&card);
	arena_reset(c->a, mark);
	return code;
}

static enum ec import_all(const struct ctx *c, void *arg, struct err *e)
{
	struct job *j = arg;
	bool empty;
	TRY(registry_empty(c, &empty, e));
	j->opt.auto_create = j->opt.auto_create || empty;
	enum ec code = EC_OK;
	for (int i = 0; i < j->files->n; i++) {
		struct err one = {0};
		enum ec got = file_import(c, j, j->files->v[i], &one);
		if (got == EC_OK) {
			j->n_read++;
			continue;
		}
		(void)fprintf(stderr, "%s: %s\n", j->files->v[i], one.msg);
		*e = one;
		code = got;
		if (got == EC_DB || got == EC_IO)
			return code;
	}
	return j->n_read > 0 ? EC_OK : code;
}

static enum ec number(const char *text, const char *name, int max, int *ret, struct err *e)
{
	struct cur c = CUR(str_c(text));
	uint64_t v = 0;
	if (*text != '\0' && (!cur_uint(&c, 4, (uint64_t)max, &v) || !cur_end(&c)))
		return err_set(e, EC_INPUT, "%s %s: нужно число до %d", name, text, max);
	*ret = (int)v;
	return EC_OK;
}

enum ec cmd_import_results(struct cmd_args *args, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	const char *db, *year, *grade, *subject;
	struct job j = {.files = args};
	TRY(opt_value(args, "--db", "data/soko.db", &db, e));
	TRY(opt_value(args, "--year", "", &year, e));
	TRY(opt_value(args, "--grade", "", &grade, e));
	TRY(opt_value(args, "--subject", "", &subject, e));
	j.opt.auto_create = opt_flag(args, "--create-schools");
	TRY(opt_end(args, 1, 100000, e));
	TRY(number(year, "--year", 2099, &j.opt.year, e));
	TRY(number(grade, "--grade", 11, &j.opt.grade, e));
	j.opt.subject = str_c(subject);
	return with_store(&a, &(struct store_call){db, false, import_all, &j, false}, e);
}

enum ec cmd_import_registry(struct cmd_args *args, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	const char *db;
	struct job j = {.files = args, .registry = true};
	TRY(opt_value(args, "--db", "data/soko.db", &db, e));
	TRY(opt_end(args, 1, 1000, e));
	return with_store(&a, &(struct store_call){db, false, import_all, &j, false}, e);
}

static enum ec reference(const struct ctx *c, void *arg, struct err *e)
{
	const struct cmd_args *args = arg;
	struct str tests, items;
	struct reference_count n;
	TRY(file_read(c->a, args->v[0], 16 * MIB, &tests, e));
	TRY(file_read(c->a, args->v[1], 16 * MIB, &items, e));
	TRY(reference_ensure(c, e));
	TRY(reference_load(c, tests, items, &n, e));
	(void)printf(
	        "работ добавлено %lld, уже были %lld\n", (long long)n.added, (long long)n.present);
	return EC_OK;
}

enum ec cmd_import_reference(struct cmd_args *args, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	const char *db;
	TRY(opt_value(args, "--db", "data/soko.db", &db, e));
	TRY(opt_end(args, 2, 2, e));
	return with_store(&a, &(struct store_call){db, false, reference, args, false}, e);
}

static enum ec undo(const struct ctx *c, void *arg, struct err *e)
{
	const struct job *j = arg;
	TRY(results_undo(c, j->load, e));
	(void)printf("загрузка %lld отменена, прежние протоколы возвращены\n", (long long)j->load);
	return EC_OK;
}

enum ec cmd_import_undo(struct cmd_args *args, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	const char *db;
	struct job j = {0};
	TRY(opt_value(args, "--db", "data/soko.db", &db, e));
	TRY(opt_end(args, 1, 1, e));
	struct cur c = CUR(str_c(args->v[0]));
	if (!cur_int(&c, 1, INT64_MAX, &j.load) || !cur_end(&c))
		return err_set(e, EC_INPUT, "«%s»: нужен номер загрузки", args->v[0]);
	return with_store(&a, &(struct store_call){db, false, undo, &j, false}, e);
}

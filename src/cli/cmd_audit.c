/* soko audit verify, soko check: is everything as the program left it? */
#include "base/cur.h"
#include "base/limits.h"
#include "cli/cmd.h"
#include "cli/with_store.h"
#include "core/control/check.h"

#include <stdio.h>

/* "1234:ab12…" */
static enum ec mark_read(const char *text, struct history_mark *ret, struct err *e)
{
	struct cur c = CUR(str_c(text));
	if (!cur_int(&c, 0, INT64_MAX, &ret->n) || !cur_byte(&c, ':'))
		return err_set(e, EC_INPUT, "«%s»: нужна отметка вида НОМЕР:ХЕШ", text);
	ret->hash = cur_rest(&c);
	return EC_OK;
}

static enum ec verify(const struct ctx *c, void *arg, struct err *e)
{
	const struct history_mark *known = arg;
	struct history_check h;
	TRY(history_verify(c, known, &h, e));
	if (!h.whole)
		return err_set(e, EC_CONFLICT, "история нарушена, событие %lld: " STR_FMT,
		        (long long)h.id, STR_ARG(h.why));
	(void)printf("история цела: событий %lld\nотметка %lld:" STR_FMT "\n", (long long)h.mark.n,
	        (long long)h.mark.n, STR_ARG(h.mark.hash));
	return EC_OK;
}

enum ec cmd_audit_verify(struct cmd_args *args, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	const char *db;
	const char *mark;
	struct history_mark known;
	TRY(opt_value(args, "--db", "data/soko.db", &db, e));
	TRY(opt_value(args, "--mark", "", &mark, e));
	TRY(opt_end(args, 0, 0, e));
	if (*mark != '\0')
		TRY(mark_read(mark, &known, e));
	return with_store(&a,
	        &(struct store_call){.db = db,
	                .read_only = true,
	                .must_exist = true,
	                .fn = verify,
	                .arg = *mark != '\0' ? &known : NULL},
	        e);
}

static enum ec check(const struct ctx *c, void *arg, struct err *e)
{
	struct check_report r;
	(void)arg;
	TRY(check_all(c, &r, e));
	for (size_t i = 0; i < r.n; i++)
		(void)printf("%s " STR_FMT "%s" STR_FMT "\n", r.v[i].ok ? "✓" : "✗",
		        STR_ARG(r.v[i].what), r.v[i].why.n > 0 ? ": " : "", STR_ARG(r.v[i].why));
	if (!r.whole)
		return err_set(e, EC_CONFLICT, "база не прошла проверку");
	return EC_OK;
}

enum ec cmd_check(struct cmd_args *args, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	const char *db;
	TRY(opt_value(args, "--db", "data/soko.db", &db, e));
	TRY(opt_end(args, 0, 0, e));
	return with_store(&a,
	        &(struct store_call){.db = db, .read_only = true, .must_exist = true, .fn = check},
	        e);
}

/* soko import document: bytes of an order → a draft, and with --confirm straight on control. */
#include "base/cur.h"
#include "base/file.h"
#include "base/limits.h"
#include "cli/cmd.h"
#include "cli/with_store.h"
#include "core/order/document_card.h"
#include "core/order/document_confirm.h"
#include "core/order/document_import.h"

#include <stdio.h>

struct job {
	struct cmd_args *files;
	int64_t territory_id;
	bool confirm;
};

static void card_print(const struct document_card *k)
{
	(void)printf("документ %lld: " STR_FMT " № " STR_FMT " от " STR_FMT " «" STR_FMT "»\n",
	        (long long)k->row.id, STR_ARG(k->row.kind_title), STR_ARG(k->row.number),
	        STR_ARG(k->row.date), STR_ARG(k->row.title));
	(void)printf("  поручений %lld, ошибок %lld, замечаний %lld\n", (long long)k->row.n_points,
	        (long long)k->row.n_errors, (long long)k->row.n_warnings);
	for (size_t i = 0; i < k->n_diagnostics; i++) {
		const struct card_diagnostic *g = &k->diagnostic[i];
		if (!g->settled)
			(void)printf("  %s %s" STR_FMT "%s" STR_FMT "\n",
			        str_eq(g->severity, STR("error")) ? "!" : "·",
			        g->point_clause.n > 0 ? "п. " : "", STR_ARG(g->point_clause),
			        g->point_clause.n > 0 ? ": " : "", STR_ARG(g->message));
	}
}

static enum ec file_import(
        const struct ctx *c, const struct job *j, const char *path, struct err *e)
{
	struct str bytes;
	struct document_card card;
	struct confirm_result r;
	int64_t id = 0;
	TRY(file_read(c->a, path, LIMIT_FILE, &bytes, e));
	enum ec ec = document_import(c,
	        &(struct document_source){bytes, path_base(str_c(path)), j->territory_id}, &id, e);
	if (ec == EC_CONFLICT && id != 0)
		(void)printf("%s: %s\n", path, e->msg); /* it is there: nothing is wrong */
	else
		TRY(ec);
	TRY(document_card(c, id, &card, e));
	card_print(&card);
	if (!j->confirm || str_eq(card.row.status, STR("confirmed")))
		return EC_OK;
	TRY(document_confirm(c, id, card.version, &r, e));
	(void)printf("  на контроле: пунктов %lld, организаций %lld, поручений %lld, пунктов без "
	             "исполнителя в реестре %lld\n",
	        (long long)r.n_points, (long long)r.n_orgs, (long long)r.n_assignments,
	        (long long)r.n_without_org);
	return EC_OK;
}

static enum ec import_all(const struct ctx *c, void *arg, struct err *e)
{
	struct job *j = arg;
	enum ec code = EC_OK;
	for (int i = 0; i < j->files->n; i++) {
		struct err one = {0};
		struct arena_mark mark = arena_mark(c->a);
		enum ec got = file_import(c, j, j->files->v[i], &one);
		arena_reset(c->a, mark);
		if (got == EC_OK)
			continue;
		(void)fprintf(stderr, "%s: %s\n", j->files->v[i], one.msg);
		*e = one;
		code = got;
		if (got == EC_DB || got == EC_IO)
			return code;
	}
	return code;
}

enum ec cmd_import_document(struct cmd_args *args, struct err *e)
{
	AUTO_ARENA(a, LIMIT_ARENA_JOB);
	const char *db;
	const char *territory;
	struct job j = {.files = args};
	TRY(opt_value(args, "--db", "data/soko.db", &db, e));
	TRY(opt_value(args, "--territory", "", &territory, e));
	j.confirm = opt_flag(args, "--confirm");
	TRY(opt_end(args, 1, 100000, e));
	struct cur c = CUR(str_c(territory));
	if (*territory != '\0' && !(cur_int(&c, 1, INT64_MAX, &j.territory_id) && cur_end(&c)))
		return err_set(e, EC_INPUT, "«%s»: нужен номер территории", territory);
	return with_store(&a, &(struct store_call){.db = db, .fn = import_all, .arg = &j}, e);
}

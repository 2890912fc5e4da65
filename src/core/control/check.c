#include "core/control/check.h"
#include "base/secret.h"
#include "core/control/due_change.h"
#include "core/fact.h"
#include "core/order/document_confirm.h"
#include "db/q_check.h"

#define FINDINGS_MAX 12

static void found(struct check_report *r, struct str what, bool ok, struct str why)
{
	BUG_IF(r->n >= FINDINGS_MAX);
	r->v[r->n++] = (struct check_finding){what, ok, why};
	r->whole = r->whole && ok;
}

/* The frozen sets are those the confirmations sealed. */
static enum ec check_seals(const struct ctx *c, struct check_report *r, struct err *e)
{
	struct q_check_confirms_rows rows;
	struct q_check_unsealed none;
	struct str why = STR_NONE;
	TRY(q_check_confirms(c->db, c->a, &rows, e));
	TRY(q_check_unsealed(c->db, c->a, &none, e));
	if (none.n > 0)
		why = str_printf(
		        c->a, "документов без события подтверждения: %lld", (long long)none.n);
	for (size_t i = 0; i < rows.n; i++) {
		struct json_value *tree;
		struct str digest;
		int64_t at = 0;
		if (rows.v[i].after.p == NULL ||
		        json_parse(c->a, rows.v[i].after, &tree, e) != EC_OK ||
		        !json_get_int(tree, "at", &at)) {
			why = STR("событие подтверждения не читается");
			continue;
		}
		TRY(document_seal(c, rows.v[i].id, at, &digest, e));
		if (!str_eq(digest, json_get_str(tree, "digest")))
			why = str_printf(c->a,
			        "документ %lld: состав поручений не тот, что был подтверждён",
			        (long long)rows.v[i].id);
	}
	found(r, STR("составы исполнителей, подтверждённые документами"), why.p == NULL,
	        why.p != NULL ? why : str_printf(c->a, "документов: %zu", rows.n));
	return EC_OK;
}

static enum ec check_assignments(const struct ctx *c, struct check_report *r, struct err *e)
{
	struct q_check_states states;
	struct q_check_strays strays;
	TRY(q_check_states(c->db, c->a, &states, e));
	TRY(q_check_strays(c->db, c->a, &strays, e));
	found(r, STR("состояния поручений и история"), states.n == 0,
	        states.n == 0 ? STR("")
	                      : str_printf(c->a, "расходятся у %lld поручений, первое — %lld",
	                                (long long)states.n, (long long)states.first_id));
	found(r, STR("поручения только у документов на контроле"), strays.n == 0,
	        strays.n == 0 ? STR("")
	                      : str_printf(c->a, "лишних поручений: %lld", (long long)strays.n));
	return EC_OK;
}

/* Due days that changed after the confirmation are those the history tells. */
static enum ec check_dues(const struct ctx *c, struct check_report *r, struct err *e)
{
	int64_t n;
	struct str why;
	TRY(due_changes_check(c, &n, &why, e));
	found(r, STR("изменения сроков"), why.p == NULL,
	        why.p != NULL ? why : str_printf(c->a, "изменений: %lld", (long long)n));
	return EC_OK;
}

struct protocols {
	struct arena *a; /* of one hash */
	int64_t n, bad, first_bad;
};

static enum ec check_protocol(void *user, const struct q_check_protocols *row)
{
	struct protocols *p = user;
	struct arena_mark mark = arena_mark(p->a);
	p->n++;
	if (!str_eq(secret_hash_hex(p->a, row->rows), row->hash) && p->bad++ == 0)
		p->first_bad = row->id;
	arena_reset(p->a, mark);
	return EC_OK;
}

/* The works of pupils are the ones a load stored. */
static enum ec check_results(const struct ctx *c, struct check_report *r, struct err *e)
{
	struct protocols p = {.a = c->a};
	TRY(q_check_protocols(c->db, check_protocol, &p, e));
	found(r, STR("протоколы результатов"), p.bad == 0,
	        p.bad == 0 ? str_printf(c->a, "протоколов: %lld", (long long)p.n)
	                   : str_printf(c->a, "не те, что были загружены: %lld, первый — %lld",
	                             (long long)p.bad, (long long)p.first_bad));
	return EC_OK;
}

enum ec check_all(const struct ctx *c, struct check_report *ret, struct err *e)
{
	struct check_report r = {
	        .v = arena_new(c->a, struct check_finding, FINDINGS_MAX), .whole = true};
	struct err bad = {0};
	struct history_check h;
	enum ec ec = db_check(c->db, &bad);
	found(&r, STR("файл базы и ссылки"), ec == EC_OK, str_dup(c->a, str_c(bad.msg)));
	TRY(history_verify(c, NULL, &h, e));
	r.mark = h.mark;
	found(&r, STR("цепочка истории"), h.whole,
	        h.whole ? str_printf(c->a, "событий: %lld", (long long)h.mark.n) : h.why);
	TRY(check_seals(c, &r, e));
	TRY(check_assignments(c, &r, e));
	TRY(check_dues(c, &r, e));
	TRY(check_results(c, &r, e));
	*ret = r;
	return EC_OK;
}

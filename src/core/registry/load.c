#include "core/registry/load.h"
#include "base/buf.h"
#include "base/limits.h"
#include "core/history.h"
#include "db/q_load.h"
#include "pack/json.h"

#include <string.h>

enum { SAMPLE_MAX = 120, RANGES_MAX = 200 };

struct range {
	uint32_t from, to;
};

struct entry {
	const struct load_cause *cause;
	struct str sheet, sample;
	int64_t n;
	VEC(struct range) range; /* at most RANGES_MAX + 1, the rest is only counted */
};

struct issue_book {
	struct arena *a;
	VEC(struct entry) entry;
};

struct issue_book *issue_book_new(struct arena *a)
{
	struct issue_book *b = arena_new(a, struct issue_book, 1);
	b->a = a;
	return b;
}

static struct entry *entry_of(
        struct issue_book *b, const struct load_cause *cause, struct str sheet)
{
	for (size_t i = 0; i < b->entry.n; i++) {
		struct entry *x = &b->entry.v[i];
		if (x->cause == cause && str_eq(x->sheet, sheet))
			return x;
	}
	struct entry *x = vec_push(b->a, &b->entry);
	x->cause = cause;
	x->sheet = str_dup(b->a, sheet);
	return x;
}

void issue_add(struct issue_book *b, const struct load_cause *cause, uint32_t row, struct str sheet,
        struct str sample)
{
	struct entry *x = entry_of(b, cause, sheet);
	x->n++;
	if (x->sample.n == 0 && sample.n > 0)
		x->sample = str_dup(b->a, utf8_head(sample, SAMPLE_MAX));
	if (row == 0)
		return;
	if (x->range.n > 0 && x->range.v[x->range.n - 1].to == row)
		return;
	if (x->range.n > 0 && x->range.v[x->range.n - 1].to + 1 == row)
		x->range.v[x->range.n - 1].to = row;
	else if (x->range.n <= RANGES_MAX)
		*vec_push(b->a, &x->range) = (struct range){row, row};
}

static struct str rows_text(struct arena *a, const struct entry *x)
{
	struct buf b;
	buf_init(&b, a, 16 * KIB);
	for (size_t i = 0; i < x->range.n && i < RANGES_MAX; i++) {
		const struct range *r = &x->range.v[i];
		buf_printf(&b, "%s%u", i > 0 ? ", " : "", r->from);
		if (r->to > r->from)
			buf_printf(&b, "–%u", r->to);
	}
	if (x->range.n > RANGES_MAX)
		buf_add_z(&b, ", …");
	return b.n > 0 ? buf_str(&b) : STR("");
}

static int rank(const char *severity)
{
	return strcmp(severity, "error") == 0 ? 0 : strcmp(severity, "warning") == 0 ? 1 : 2;
}

struct load_issue *issue_book_list(const struct issue_book *b, struct arena *a, size_t *ret_n)
{
	struct load_issue *v = arena_new(a, struct load_issue, b->entry.n);
	size_t n = 0;
	for (int r = 0; r < 3; r++) {
		for (size_t i = 0; i < b->entry.n; i++) {
			const struct entry *x = &b->entry.v[i];
			if (rank(x->cause->severity) != r)
				continue;
			v[n++] = (struct load_issue){str_c(x->cause->code),
			        str_c(x->cause->severity), str_c(x->cause->message), x->n, x->sheet,
			        rows_text(a, x), x->sample};
		}
	}
	*ret_n = n;
	return v;
}

static int64_t user_of(const struct ctx *c)
{
	return c->actor->user_id == 0 ? DB_NULL_INT : c->actor->user_id;
}

enum ec load_record(const struct ctx *c, const struct load *l, int64_t *ret_id, struct err *e)
{
	struct q_load_insert id;
	TRY(q_load_insert(c->db, c->a,
	        &(struct q_load_insert_in){.kind = l->kind,
	                .file_id = DB_NULL_INT,
	                .file_name = l->file_name,
	                .profile = l->profile,
	                .encoding = l->encoding,
	                .test_id = l->test_id,
	                .at = clock_now(c->clock),
	                .user_id = user_of(c)},
	        &id, e));
	*ret_id = id.id;
	return EC_OK;
}

static struct str balance_json(struct arena *a, const struct load *l)
{
	const struct load_balance *n = &l->balance;
	struct buf b;
	struct json j;
	buf_init(&b, a, 16 * KIB);
	json_init(&j, &b, false);
	json_obj(&j);
	json_kv_str(&j, "kind", l->kind);
	json_kv_str(&j, "file_name", l->file_name);
	json_kv_int(&j, "read", n->read);
	json_kv_int(&j, "stored", n->stored);
	json_kv_int(&j, "changed", n->changed);
	json_kv_int(&j, "unchanged", n->unchanged);
	json_kv_int(&j, "rejected", n->rejected);
	json_obj_end(&j);
	return buf_str(&b);
}

enum ec load_settle(const struct ctx *c, int64_t id, const struct load *l,
        const struct issue_book *b, struct err *e)
{
	BUG_IF(l->balance.read != l->balance.stored + l->balance.changed + l->balance.unchanged +
	                                  l->balance.rejected);
	TRY(q_load_settle(c->db,
	        &(struct q_load_settle_in){id, l->balance.read, l->balance.stored,
	                l->balance.changed, l->balance.unchanged, l->balance.rejected,
	                l->duration_ms},
	        e));
	size_t n;
	struct load_issue *v = issue_book_list(b, c->a, &n);
	for (size_t i = 0; i < n; i++)
		TRY(q_load_issue_insert(c->db,
		        &(struct q_load_issue_insert_in){id, v[i].code, v[i].severity, v[i].message,
		                v[i].n, v[i].sheet, v[i].rows, v[i].sample},
		        e));
	return history_add(c,
	        &(struct change){.noun = STR("load"),
	                .noun_id = id,
	                .verb = STR("create"),
	                .after = balance_json(c->a, l),
	                .reason = l->file_name},
	        e);
}

static struct str kind_title(struct str kind)
{
	return str_eq(kind, STR("registry")) ? STR("реестр") : STR("результаты");
}

/* Both statements give rows of the same columns, so one reader serves them. */
static struct load load_of(const struct ctx *c, const struct q_load_page *r)
{
	struct load l = {.id = r->id,
	        .kind = r->kind,
	        .kind_title = kind_title(r->kind),
	        .file_name = r->file_name,
	        .profile = r->profile,
	        .encoding = r->encoding,
	        .test_id = r->test_id,
	        .test_title = STR(""),
	        .status = r->status,
	        .balance = {r->n_read, r->n_stored, r->n_changed, r->n_unchanged, r->n_rejected, 0},
	        .duration_ms = r->duration_ms,
	        .at = r->at,
	        .user_name = r->user_name.p != NULL ? r->user_name : STR(""),
	        .undone_at = r->undone_at};
	if (r->test_id != DB_NULL_INT)
		l.test_title = str_printf(c->a, "ВПР %lld, %lld класс, " STR_FMT,
		        (long long)r->year, (long long)r->grade, STR_ARG(r->subject));
	l.may_undo = str_eq(l.kind, STR("results")) && str_eq(l.status, STR("done")) &&
	             actor_may(c->actor, CAP_RESULT_LOAD, ACTOR_ALL, ACTOR_ALL);
	return l;
}

static enum ec may_read(const struct ctx *c, struct err *e)
{
	struct scope s;
	if (!actor_scope(c->actor, CAP_RESULT_LOAD, &s))
		return err_set(e, EC_DENIED, "загрузки видит тот, кто загружает результаты");
	return EC_OK;
}

enum ec load_list(const struct ctx *c, struct paging page, struct load_list *ret, struct err *e)
{
	TRY(may_read(c, e));
	page.limit = page.limit <= 0            ? LISTING_PAGE
	             : page.limit > LISTING_MAX ? LISTING_MAX
	                                        : page.limit;
	struct q_load_page_rows rows;
	struct q_load_count count;
	TRY(q_load_page(c->db, c->a, &(struct q_load_page_in){page.limit, page.offset}, &rows, e));
	TRY(q_load_count(c->db, c->a, &count, e));
	ret->v = arena_new(c->a, struct load, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		ret->v[i] = load_of(c, &rows.v[i]);
	ret->n = rows.n;
	ret->total = count.n;
	return EC_OK;
}

enum ec load_get(const struct ctx *c, int64_t id, struct load_card *ret, struct err *e)
{
	TRY(may_read(c, e));
	struct q_load_one r;
	if (q_load_one(c->db, c->a, &(struct q_load_one_in){id}, &r, e) != EC_OK)
		return e->code == EC_NOTFOUND
		               ? err_set(e, EC_NOTFOUND, "нет загрузки № %lld", (long long)id)
		               : e->code;
	struct q_load_page same = {r.id, r.kind, r.file_name, r.profile, r.encoding, r.test_id,
	        r.status, r.n_read, r.n_stored, r.n_changed, r.n_unchanged, r.n_rejected,
	        r.duration_ms, r.at, r.user_id, r.undone_at, r.user_name, r.procedure, r.year,
	        r.grade, r.subject};
	struct q_load_issues_rows rows;
	TRY(q_load_issues(c->db, c->a, &(struct q_load_issues_in){id}, &rows, e));
	ret->load = load_of(c, &same);
	ret->issue = arena_new(c->a, struct load_issue, rows.n);
	ret->n_issues = rows.n;
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_load_issues *x = &rows.v[i];
		ret->issue[i] = (struct load_issue){
		        x->code, x->severity, x->message, x->n, x->sheet, x->row_list, x->sample};
	}
	return EC_OK;
}

#include "core/order/document_list.h"

#include "core/fact.h"
#include "core/order/document_seen.h"
#include "db/q_document.h"
#include "doc/document.h"

struct str document_status_title(struct str status)
{
	if (str_eq_z(status, "draft"))
		return STR("черновик");
	if (str_eq_z(status, "confirmed"))
		return STR("на контроле");
	if (str_eq_z(status, "cancelled"))
		return STR("отменён");
	return status;
}

struct str document_kind_title_of(struct str kind)
{
	enum doc_kind k;
	return doc_kind_of(kind, &k) ? doc_kind_title(k) : kind;
}

enum ec document_rights(const struct ctx *c, struct document_rights *ret, struct err *e)
{
	struct document_rights r = {.read = {0, 0}, .write_territory = DB_NULL_INT};
	TRY(must_scope(c, CAP_DOCUMENT_READ, &r.read, e));
	struct scope w;
	r.writes = actor_scope(c->actor, CAP_DOCUMENT_WRITE, &w);
	if (r.writes)
		r.write_territory = w.territory_id;
	*ret = r;
	return EC_OK;
}

static struct document_row row_of(const struct q_document_page *r)
{
	return (struct document_row){.id = r->id,
	        .kind = r->kind,
	        .kind_title = document_kind_title_of(r->kind),
	        .number = r->number,
	        .date = r->doc_date,
	        .title = r->title,
	        .issuer = r->issuer,
	        .status = r->status,
	        .status_title = document_status_title(r->status),
	        .territory_id = r->territory_id,
	        .territory_name = r->territory_name,
	        .file_name = r->file_name,
	        .created_at = r->created_at,
	        .n_points = r->n_points,
	        .n_errors = r->n_errors,
	        .n_warnings = r->n_warnings,
	        .n_assignments = r->n_assignments,
	        .n_done = r->n_done,
	        .n_overdue = r->n_overdue};
}

static enum ec count(const struct ctx *c, const struct q_document_page_in *in,
        struct document_list *l, struct err *e)
{
	struct q_document_page_count n;
	TRY(q_document_page_count(c->db, c->a,
	        &(struct q_document_page_count_in){.drafts_all = in->drafts_all,
	                .drafts_territory = in->drafts_territory,
	                .scope_territory = in->scope_territory,
	                .scope_org = in->scope_org,
	                .status = in->status,
	                .kind = in->kind,
	                .from_date = in->from_date,
	                .to_date = in->to_date,
	                .territory_id = in->territory_id,
	                .w1 = in->w1,
	                .w2 = in->w2,
	                .w3 = in->w3,
	                .w4 = in->w4},
	        &n, e));
	l->total = n.n;
	l->n_draft = n.n_draft;
	l->n_confirmed = n.n_confirmed;
	l->n_cancelled = n.n_cancelled;
	return EC_OK;
}

enum ec document_list(const struct ctx *c, const struct document_filter *f,
        struct document_list *ret, struct err *e)
{
	static const enum q_document_page_sort sorts[DOCUMENT_SORT_COUNT] = {
	        [DOCUMENT_BY_DATE_DESC] = Q_DOCUMENT_PAGE_BY_DOC_DATE_DESC,
	        [DOCUMENT_BY_DATE] = Q_DOCUMENT_PAGE_BY_DOC_DATE,
	        [DOCUMENT_BY_NUMBER] = Q_DOCUMENT_PAGE_BY_NUMBER,
	        [DOCUMENT_BY_NUMBER_DESC] = Q_DOCUMENT_PAGE_BY_NUMBER_DESC,
	        [DOCUMENT_BY_TITLE] = Q_DOCUMENT_PAGE_BY_TITLE,
	        [DOCUMENT_BY_TITLE_DESC] = Q_DOCUMENT_PAGE_BY_TITLE_DESC,
	        [DOCUMENT_BY_CREATED_DESC] = Q_DOCUMENT_PAGE_BY_CREATED_DESC,
	        [DOCUMENT_BY_CREATED] = Q_DOCUMENT_PAGE_BY_CREATED,
	        [DOCUMENT_BY_STATUS] = Q_DOCUMENT_PAGE_BY_STATUS,
	        [DOCUMENT_BY_STATUS_DESC] = Q_DOCUMENT_PAGE_BY_STATUS_DESC,
	};
	struct document_rights r;
	struct str from;
	struct str to;
	TRY(document_rights(c, &r, e));
	TRY(typed_date(c->a, f->from, "С даты", &from, e));
	TRY(typed_date(c->a, f->to, "По дату", &to, e));
	struct search_words w = search_words_of(c->a, f->search);
	struct paging p = paging_clean(f->page);
	struct q_document_page_in in = {.drafts_all = r.writes,
	        .drafts_territory = r.write_territory,
	        .scope_territory = r.read.territory_id,
	        .scope_org = r.read.org_id,
	        .today = today_iso(c),
	        .status = or_empty(f->status),
	        .kind = or_empty(f->kind),
	        .from_date = or_empty(from),
	        .to_date = or_empty(to),
	        .territory_id = f->territory_id == 0 ? DB_NULL_INT : f->territory_id,
	        .w1 = w.w[0],
	        .w2 = w.w[1],
	        .w3 = w.w[2],
	        .w4 = w.w[3],
	        .n = p.limit,
	        .skip = p.offset,
	        .sort = sorts[f->sort < DOCUMENT_SORT_COUNT ? f->sort : DOCUMENT_BY_DATE_DESC]};
	struct q_document_page_rows rows;
	struct document_list l = {0};
	TRY(q_document_page(c->db, c->a, &in, &rows, e));
	TRY(count(c, &in, &l, e));
	l.v = arena_new(c->a, struct document_row, rows.n);
	l.n = rows.n;
	for (size_t i = 0; i < rows.n; i++)
		l.v[i] = row_of(&rows.v[i]);
	*ret = l;
	return EC_OK;
}

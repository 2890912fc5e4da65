#include "core/order/document_links.h"

#include "core/fact.h"
#include "core/order/document_edit.h"
#include "core/order/document_index.h"
#include "core/order/document_list.h"
#include "core/order/document_seen.h"
#include "db/q_link.h"
#include "text/fold.h"

struct walk {
	const struct ctx *c;
	struct scope scope;
	int64_t self;
	struct document_chain chain;
};

/* May the actor open it? What may not be seen is no failure here. */
static enum ec sees(struct walk *w, int64_t id, bool *ret, struct err *e)
{
	struct q_document_one d;
	enum ec ec = document_for_read(w->c, id, &d, e);
	*ret = ec == EC_OK;
	return ec == EC_NOTFOUND ? EC_OK : ec;
}

static enum ec put(struct walk *w, int64_t id, size_t depth, int64_t *ret_parent, struct err *e)
{
	const struct ctx *c = w->c;
	struct q_link_node d;
	TRY(q_link_node(c->db, c->a,
	        &(struct q_link_node_in){id, w->scope.territory_id, w->scope.org_id, today_iso(c)},
	        &d, e));
	*ret_parent = d.parent_id;
	if (w->chain.n >= CHAIN_MAX)
		return EC_OK;
	w->chain.v[w->chain.n++] = (struct linked_document){.id = d.id,
	        .kind_title = document_kind_title_of(d.kind),
	        .number = d.number,
	        .date = d.doc_date,
	        .title = d.title,
	        .whose = str_eq_z(or_empty(d.org_kind), "school") ? or_empty(d.org_name)
	                                                          : d.territory_name,
	        .status = d.status,
	        .status_title = document_status_title(d.status),
	        .n = d.n,
	        .n_done = d.n_done,
	        .n_overdue = d.n_overdue,
	        .depth = depth,
	        .self = d.id == w->self};
	return EC_OK;
}

/* Ancestors the actor sees, the nearest first; a ring ends the walk. */
static enum ec ancestors(struct walk *w, int64_t *ret, size_t *ret_n, struct err *e)
{
	struct q_document_one d;
	int64_t at = w->self;
	size_t n = 0;
	while (n < CHAIN_DEPTH) {
		bool seen = false;
		TRY(document_for_read(w->c, at, &d, e));
		if (d.parent_id == DB_NULL_INT || d.parent_id == w->self)
			break;
		TRY(sees(w, d.parent_id, &seen, e));
		if (!seen)
			break;
		at = ret[n++] = d.parent_id;
	}
	*ret_n = n;
	return EC_OK;
}

static enum ec descend(struct walk *w, int64_t id, size_t depth, size_t left, struct err *e)
{
	struct q_link_children_rows rows;
	int64_t parent;
	if (left == 0)
		return EC_OK;
	TRY(q_link_children(
	        w->c->db, w->c->a, &(struct q_link_children_in){id, CHAIN_MAX}, &rows, e));
	for (size_t i = 0; i < rows.n && w->chain.n < CHAIN_MAX; i++) {
		bool seen = false;
		if (rows.v[i].id == w->self)
			continue;
		TRY(sees(w, rows.v[i].id, &seen, e));
		if (!seen)
			continue;
		TRY(put(w, rows.v[i].id, depth, &parent, e));
		TRY(descend(w, rows.v[i].id, depth + 1, left - 1, e));
	}
	return EC_OK;
}

enum ec document_chain(
        const struct ctx *c, int64_t document_id, struct document_chain *ret, struct err *e)
{
	struct walk w = {.c = c, .self = document_id};
	struct q_document_one d;
	int64_t above[CHAIN_DEPTH];
	int64_t parent;
	size_t n = 0;
	TRY(document_for_read(c, document_id, &d, e));
	TRY(must_scope(c, CAP_DOCUMENT_READ, &w.scope, e));
	w.chain.v = arena_new(c->a, struct linked_document, CHAIN_MAX);
	TRY(ancestors(&w, above, &n, e));
	for (size_t i = n; i-- > 0;)
		TRY(put(&w, above[i], n - 1 - i, &parent, e));
	TRY(put(&w, document_id, n, &parent, e));
	TRY(descend(&w, document_id, n + 1, CHAIN_DEPTH, e));
	*ret = w.chain;
	return EC_OK;
}

enum ec basis_matches(const struct ctx *c, const struct document_card *d, struct basis_matches *ret,
        struct err *e)
{
	struct walk w = {.c = c, .self = d->row.id};
	struct basis_matches l = {arena_new(c->a, struct basis_match, d->n_basis), 0};
	for (size_t i = 0; i < d->n_basis; i++) {
		struct q_link_by_requisites_rows rows;
		const struct card_basis *b = &d->basis[i];
		bool seen = false;
		if (b->number.n == 0 || b->date.n == 0)
			continue;
		TRY(q_link_by_requisites(c->db, c->a,
		        &(struct q_link_by_requisites_in){
		                text_sort_key(c->a, b->number), b->date, d->row.id},
		        &rows, e));
		for (size_t k = 0; k < rows.n && !seen; k++) {
			const struct q_link_by_requisites *r = &rows.v[k];
			TRY(sees(&w, r->id, &seen, e));
			if (!seen)
				continue;
			l.v[l.n++] = (struct basis_match){.basis = i,
			        .document_id = r->id,
			        .title = str_printf(c->a, STR_FMT " № " STR_FMT " от " STR_FMT,
			                STR_ARG(document_kind_title_of(r->kind)),
			                STR_ARG(r->number), STR_ARG(iso_ru(c->a, r->doc_date))),
			        .parent = r->id == d->parent_id,
			        .may_parent = d->may_edit && d->parent_id == DB_NULL_INT};
		}
	}
	*ret = l;
	return EC_OK;
}

/* Would the parent stand below the document? */
static enum ec check_ring(const struct ctx *c, int64_t id, int64_t parent_id, struct err *e)
{
	struct q_document_one d;
	int64_t at = parent_id;
	for (size_t i = 0; i < CHAIN_DEPTH && at != DB_NULL_INT; i++) {
		if (at == id)
			return err_set(e, EC_INPUT,
			        "Во исполнение: получилось бы кольцо — этот документ сам исполняет "
			        "ваш");
		if (document_for_read(c, at, &d, e) != EC_OK)
			return EC_OK;
		at = d.parent_id;
	}
	return EC_OK;
}

enum ec document_parent_set(
        const struct ctx *c, int64_t id, int64_t version, int64_t parent_id, struct err *e)
{
	struct q_document_one d;
	struct q_document_one parent;
	int64_t n;
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(document_for_edit(c, id, &d, e));
	if (document_for_read(c, parent_id, &parent, e) != EC_OK)
		return err_set(e, EC_INPUT, "Во исполнение: нет такого документа");
	TRY(check_ring(c, id, parent_id, e));
	TRY(q_document_bump(c->db, &(struct q_document_bump_in){id, version}, &n, e));
	if (n == 0)
		return err_set(e, EC_CONFLICT,
		        "документ тем временем изменил другой человек: обновите страницу");
	struct document_form f = {d.kind, d.number, d.doc_date, d.title, d.issuer, d.place,
	        d.signatory_name, d.signatory_post, d.controller, d.plan_start, d.plan_end,
	        parent_id};
	TRY(document_write(c, &d, &f, &(struct document_write_as){STR("change"), 0}, e));
	TRY(document_index(c, id, e));
	return tx_commit(&tx, e);
}

enum ec lower_points(
        const struct ctx *c, int64_t document_id, struct lower_points *ret, struct err *e)
{
	struct q_document_one d;
	struct q_link_points_rows rows;
	struct scope s;
	*ret = (struct lower_points){0};
	TRY(document_for_read(c, document_id, &d, e));
	/* drafts of others are not told: only to those who write documents there */
	if (!actor_scope(c->actor, CAP_DOCUMENT_WRITE, &s))
		return EC_OK;
	TRY(q_link_points(
	        c->db, c->a, &(struct q_link_points_in){document_id, s.territory_id}, &rows, e));
	ret->v = arena_new(c->a, struct lower_point, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_link_points *r = &rows.v[i];
		ret->v[ret->n++] =
		        (struct lower_point){r->id, r->document_id, r->parent_point_id, r->clause,
		                str_eq_z(or_empty(r->org_kind), "school") ? or_empty(r->org_name)
		                                                          : r->territory_name};
	}
	return EC_OK;
}

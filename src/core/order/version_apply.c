/* A version becomes the document: accepted changes go to the points, assignments follow. */
#include "base/limits.h"
#include "base/secret.h"
#include "core/fact.h"
#include "core/intake.h"
#include "core/order/document_card.h"
#include "core/order/document_confirm.h"
#include "core/order/document_index.h"
#include "core/order/document_seen.h"
#include "core/order/document_store.h"
#include "core/order/version_assign.h"
#include "core/order/version_match.h"
#include "db/q_version.h"
#include "doc/document.h"

struct applying {
	const struct ctx *c;
	const struct version_form *f;
	struct q_document_one doc;
	struct document_card card;
	struct q_version_one version;
	struct document read; /* the version's file, read again */
	struct source source;
	struct version_points old, now;
	struct resolver *resolver;
	struct version_follow follow;
	struct version_result sum;
	int64_t *point_id; /* by assignment of the reading */
	bool *fresh;       /* the point took this reading: its problems too */
};

static bool accepted(const struct version_form *f, size_t key)
{
	if (f->all)
		return true;
	for (size_t i = 0; i < f->n_accept; i++)
		if (f->accept[i] == key)
			return true;
	return false;
}

static enum ec no_places(struct applying *p, int64_t point_id, struct err *e)
{
	struct db *db = p->c->db;
	TRY(q_version_no_places(db, &(struct q_version_no_places_in){point_id}, e));
	return q_version_no_due_places(db, &(struct q_version_no_due_places_in){point_id}, e);
}

/* The lists of the point as the new text reads them. */
static enum ec take_reading(struct applying *p, int64_t point_id, size_t index, struct err *e)
{
	struct db *db = p->c->db;
	const struct assignment *x = &p->read.assignment[index];
	TRY(q_version_let_go(db, &(struct q_version_let_go_in){point_id}, e));
	TRY(q_responsibles_drop(db, &(struct q_responsibles_drop_in){point_id}, e));
	TRY(q_deadlines_drop(db, &(struct q_deadlines_drop_in){point_id}, e));
	TRY(q_indicators_drop(db, &(struct q_indicators_drop_in){point_id}, e));
	TRY(q_version_drop_problems(
	        db, &(struct q_version_drop_problems_in){p->doc.id, point_id}, e));
	p->fresh[index] = true;
	return reading_lists(p->c, p->resolver,
	        &(struct point_ref){p->doc.id, point_id, x->type == ASSIGNMENT_TASK, p->doc.org_id},
	        x, e);
}

static enum ec edit_point(struct applying *p, int64_t point_id, size_t index, struct err *e)
{
	struct q_point_insert_in in = reading_point(p->c->a, &p->read, index, p->doc.id);
	TRY(q_point_put_back(p->c->db,
	        &(struct q_point_put_back_in){.id = point_id,
	                .type = in.type,
	                .clause = in.clause,
	                .section = in.section,
	                .activity = in.activity,
	                .items = in.items,
	                .responsible_source = in.responsible_source,
	                .document_types = in.document_types,
	                .expected_result = in.expected_result,
	                .search_key = in.search_key,
	                .confidence = in.confidence,
	                .edited = 0,
	                .checked = 0,
	                .removed = 0},
	        e));
	TRY(take_reading(p, point_id, index, e));
	p->sum.n_edited++;
	return version_follow_point(&p->follow, point_id, e);
}

static enum ec pair_point(
        struct applying *p, const struct version_pair *pair, size_t key, struct err *e)
{
	const struct version_point *x = &p->old.v[pair->old];
	const struct version_point *y = &p->now.v[pair->now];
	const struct assignment *a = &p->read.assignment[y->index];
	p->point_id[y->index] = x->point_id;
	if (version_differs(p->c->a, x, y) && accepted(p->f, key))
		TRY(edit_point(p, x->point_id, y->index, e));
	else if (!version_differs(p->c->a, x, y) && !str_eq_z(p->doc.status, "confirmed") &&
	         !p->card.point[x->index].edited && !p->card.point[x->index].checked)
		TRY(take_reading(p, x->point_id, y->index, e)); /* the places of the new text */
	else
		TRY(no_places(p, x->point_id, e));
	return q_version_place(p->c->db,
	        &(struct q_version_place_in){x->point_id, a->span.from, a->span.to, (int64_t)key},
	        e);
}

/* Not accepted: it stands struck out, so that it can be taken later. */
static enum ec new_point(struct applying *p, size_t index, size_t key, struct err *e)
{
	struct q_point_insert_in in = reading_point(p->c->a, &p->read, index, p->doc.id);
	struct q_point_insert row;
	in.seq = (int64_t)key;
	TRY(q_point_insert(p->c->db, p->c->a, &in, &row, e));
	p->point_id[index] = row.id;
	TRY(take_reading(p, row.id, index, e));
	if (!accepted(p->f, key))
		return q_point_strike(p->c->db, &(struct q_point_strike_in){row.id, 1}, e);
	p->sum.n_added++;
	return version_follow_point(&p->follow, row.id, e);
}

static enum ec old_point(
        struct applying *p, const struct version_point *x, size_t key, struct err *e)
{
	TRY(no_places(p, x->point_id, e));
	TRY(q_version_place(
	        p->c->db, &(struct q_version_place_in){x->point_id, 0, 0, (int64_t)key}, e));
	if (!accepted(p->f, key))
		return EC_OK;
	TRY(q_point_strike(p->c->db, &(struct q_point_strike_in){x->point_id, 1}, e));
	p->sum.n_removed++;
	return version_follow_point(&p->follow, x->point_id, e);
}

static enum ec problems(struct applying *p, struct err *e)
{
	for (size_t i = 0; i < p->read.n_warnings; i++) {
		const struct diag *w = &p->read.warning[i];
		if (w->assignment >= p->read.n_assignments || !p->fresh[w->assignment])
			continue;
		TRY(reading_problem(p->c, p->doc.id, p->point_id[w->assignment], w, e));
	}
	return EC_OK;
}

/* The file is read again: places are not kept in the JSON. */
static enum ec read_again(struct applying *p, struct err *e)
{
	struct stored_file file;
	const struct ctx *c = p->c;
	TRY(document_version_file(c, p->f->document_id, p->f->seq, &file, e));
	TRY(intake_document(c, file.bytes, file.name, &p->source, e));
	document_parse(c->a, &p->source, &p->read);
	TRY(version_points_of_json(c->a, p->version.parsed, &p->now, e));
	if (p->now.n != p->read.n_assignments)
		return err_set(e, EC_CONFLICT,
		        "программа тем временем стала читать иначе: отклоните редакцию и занесите "
		        "файл снова");
	return EC_OK;
}

static enum ec open_version(struct applying *p, struct err *e)
{
	const struct ctx *c = p->c;
	enum ec ec = q_version_one(c->db, c->a,
	        &(struct q_version_one_in){p->f->document_id, p->f->seq}, &p->version, e);
	if (ec == EC_NOTFOUND)
		return err_set(e, EC_NOTFOUND, "нет такой редакции");
	TRY(ec);
	if (!str_eq_z(p->version.status, "proposed"))
		return err_set(e, EC_CONFLICT, "эта редакция уже не ждёт решения");
	return EC_OK;
}

static enum ec note_apply(struct applying *p, struct err *e)
{
	struct fact f;
	fact_begin(&f, p->c->a);
	json_kv_int(&f.j, "version", p->f->seq);
	json_kv_str(&f.j, "file", p->version.file_name);
	json_kv_str(&f.j, "text_hash", secret_hash_hex(p->c->a, p->source.text));
	json_kv_int(&f.j, "changed", p->sum.n_edited);
	json_kv_int(&f.j, "added", p->sum.n_added);
	json_kv_int(&f.j, "removed", p->sum.n_removed);
	if (str_eq_z(p->doc.status, "confirmed")) {
		struct str digest;
		TRY(document_seal(p->c, p->doc.id, p->follow.at, &digest, e));
		json_kv_int(&f.j, "at", p->follow.at);
		json_kv_int(&f.j, "assignments", p->sum.n_given + p->sum.n_moved);
		json_kv_int(&f.j, "withdrawn", p->sum.n_withdrawn);
		json_kv_str(&f.j, "digest", digest);
	}
	return history_add(p->c,
	        &(struct change){STR("document"), p->doc.id, STR("version"), STR_NONE, fact_end(&f),
	                STR("")},
	        e);
}

static enum ec apply_pairs(struct applying *p, struct err *e)
{
	struct arena *a = p->c->a;
	struct version_pair *pair = arena_new(a, struct version_pair, p->old.n + p->now.n + 1);
	size_t n = version_pairs(a, &p->old, &p->now, pair);
	for (size_t i = 0; i < n; i++) {
		if (pair[i].old == NO_PAIR)
			TRY(new_point(p, pair[i].now, i + 1, e));
		else if (pair[i].now == NO_PAIR)
			TRY(old_point(p, &p->old.v[pair[i].old], i + 1, e));
		else
			TRY(pair_point(p, &pair[i], i + 1, e));
	}
	return problems(p, e);
}

enum ec document_version_apply(const struct ctx *c, const struct version_form *f,
        struct version_result *ret, struct err *e)
{
	struct applying p = {.c = c, .f = f};
	int64_t set;
	TRY(document_for_read(c, f->document_id, &p.doc, e));
	TRY(must_may(c, CAP_DOCUMENT_WRITE, p.doc.territory_id, ACTOR_ALL, e));
	TRY(open_version(&p, e));
	TRY(read_again(&p, e));
	p.point_id = arena_new(c->a, int64_t, p.read.n_assignments + 1);
	p.fresh = arena_new(c->a, bool, p.read.n_assignments + 1);
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(open_version(&p, e));
	TRY(document_card(c, f->document_id, &p.card, e));
	if (p.card.version != f->version)
		return err_set(e, EC_CONFLICT,
		        "документ тем временем изменил другой человек: обновите страницу");
	TRY(set_territory(c, p.doc.territory_id, &set, e));
	TRY(resolver_open(c, set, &p.resolver, e));
	p.old = version_points_of_card(c->a, &p.card);
	TRY(version_follow_begin(c, &p.doc, f->seq, &p.follow, e));
	TRY(apply_pairs(&p, e));
	TRY(q_version_take(c->db,
	        &(struct q_version_take_in){
	                p.doc.id, p.source.text, p.version.parsed, p.version.file_id},
	        e));
	TRY(q_version_decide(c->db,
	        &(struct q_version_decide_in){
	                p.doc.id, f->seq, STR("applied"), clock_now(c->clock), acting_user(c)},
	        e));
	p.sum.n_given = p.follow.n_given;
	p.sum.n_moved = p.follow.n_moved;
	p.sum.n_withdrawn = p.follow.n_withdrawn;
	TRY(note_apply(&p, e));
	TRY(document_index(c, p.doc.id, e));
	TRY(tx_commit(&tx, e));
	*ret = p.sum;
	return EC_OK;
}

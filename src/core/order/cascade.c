#include "core/order/cascade.h"

#include "base/limits.h"
#include "core/fact.h"
#include "core/order/document_index.h"
#include "core/order/document_list.h"
#include "core/order/document_seen.h"
#include "core/order/document_store.h"
#include "core/registry/territory.h"
#include "db/q_cascade.h"
#include "db/q_org.h"
#include "db/q_point.h"
#include "doc/deadline.h"
#include "text/fold.h"

/* What one derivation works on. */
struct derivation {
	const struct ctx *c;
	struct q_document_one parent;
	struct territory territory;
	int64_t org_id; /* the school, or DB_NULL_INT */
	int64_t author; /* the school or the municipal body; DB_NULL_INT: not in the registry */
	struct str who; /* its name */
	struct q_cascade_points_rows point;
	struct q_responsibles_of_rows executor;
	struct q_deadlines_of_rows due;
	struct span *span; /* of the points in the new text */
	struct str text;
	int64_t id;
};

/* Where the new document belongs; checks the right. */
static enum ec find_place(struct derivation *v, const struct derive_form *f, struct err *e)
{
	const struct ctx *c = v->c;
	struct scope s;
	struct q_org_one o;
	int64_t territory = f->territory_id;
	TRY(must_scope(c, CAP_DOCUMENT_WRITE, &s, e));
	v->org_id = DB_NULL_INT;
	if (f->org_id != 0) {
		if (q_org_one(c->db, c->a, &(struct q_org_one_in){f->org_id}, &o, e) != EC_OK ||
		        !str_eq_z(o.kind, "school"))
			return err_set(e, EC_INPUT, "Школа: нет такой школы в реестре");
		v->org_id = v->author = o.id;
		v->who = o.name;
		territory = o.territory_id;
	} else if (territory == 0 && s.territory_id != ACTOR_ALL) {
		territory = s.territory_id;
	}
	if (territory == 0)
		return err_set(e, EC_INPUT, "Территория: выберите муниципалитет");
	TRY(territory_get(c, territory, &v->territory, e));
	if (str_eq_z(v->territory.kind, "region"))
		return err_set(e, EC_INPUT, "Территория: нужен муниципалитет, а не весь регион");
	TRY(must_may(c, CAP_DOCUMENT_WRITE, territory, ACTOR_ALL, e));
	if (f->org_id != 0)
		return EC_OK;
	v->who = v->territory.name;
	TRY(author_of_territory(c, territory, &v->author, e));
	if (v->author == DB_NULL_INT)
		return EC_OK;
	TRY(q_org_one(c->db, c->a, &(struct q_org_one_in){v->author}, &o, e));
	v->who = o.name;
	return EC_OK;
}

/* A document of the region, or for a school one of its municipality. */
static enum ec check_level(struct derivation *v, struct err *e)
{
	int64_t set;
	bool school;
	if (!str_eq_z(v->parent.status, "confirmed"))
		return err_set(e, EC_CONFLICT,
		        "вышестоящий документ не на контроле (" STR_FMT
		        "): сначала подтвердите его",
		        STR_ARG(document_status_title(v->parent.status)));
	TRY(set_territory(v->c, v->parent.territory_id, &set, e));
	TRY(document_of_school(v->c, &v->parent, &school, e));
	if (school || (set != ACTOR_ALL && (v->org_id == DB_NULL_INT || set != v->territory.id)))
		return err_set(e, EC_INPUT,
		        "из этого документа нельзя создать документ для «" STR_FMT
		        "»: уровень не ниже",
		        STR_ARG(v->who));
	return EC_OK;
}

static enum ec check_new(struct derivation *v, int64_t *ret_id, struct err *e)
{
	struct q_cascade_same same;
	enum ec ec = q_cascade_same(v->c->db, v->c->a,
	        &(struct q_cascade_same_in){v->parent.id, v->territory.id, v->author}, &same, e);
	if (ec == EC_NOTFOUND)
		return EC_OK;
	TRY(ec);
	*ret_id = same.id;
	return err_set(e, EC_CONFLICT, "документ во исполнение уже создан (%s): № %lld",
	        str_eq_z(same.status, "draft") ? "черновик" : "на контроле", (long long)same.id);
}

static enum ec read_parent(struct derivation *v, struct err *e)
{
	const struct ctx *c = v->c;
	int64_t id = v->parent.id;
	TRY(q_cascade_points(c->db, c->a,
	        &(struct q_cascade_points_in){id, v->territory.id, v->org_id}, &v->point, e));
	if (v->point.n == 0)
		return err_set(e, EC_INPUT, "в документе нет поручений для «" STR_FMT "»",
		        STR_ARG(v->who));
	TRY(q_responsibles_of(
	        c->db, c->a, &(struct q_responsibles_of_in){id, DB_NULL_INT}, &v->executor, e));
	return q_deadlines_of(
	        c->db, c->a, &(struct q_deadlines_of_in){id, DB_NULL_INT}, &v->due, e);
}

/* A deadline that is one day: it is written out with its year, so that it means the same in a
 * document of another date. Empty for the others. */
static struct str day_words(struct arena *a, const struct q_deadlines_of *w)
{
	static const char *const dated[] = {"date", "range", "month_range", "quarter"};
	for (size_t i = 0; i < ARRAY_LEN(dated); i++)
		if (str_eq_z(w->kind, dated[i]) && w->end_date.n > 0)
			return str_printf(a, "до " STR_FMT, STR_ARG(iso_ru(a, w->end_date)));
	return STR("");
}

/* The clerk reads the derived points in a text of their own. */
static enum ec write_text(struct derivation *v, struct str title, struct err *e)
{
	struct arena *a = v->c->a;
	struct buf b;
	buf_init(&b, a, LIMIT_DOC_TEXT);
	buf_printf(&b, STR_FMT "\n\n" STR_FMT "\n\n", STR_ARG(v->who), STR_ARG(title));
	v->span = arena_new(a, struct span, v->point.n);
	for (size_t i = 0; i < v->point.n; i++) {
		const struct q_cascade_points *p = &v->point.v[i];
		v->span[i].from = (uint32_t)b.n;
		if (p->clause.n > 0)
			buf_printf(&b, STR_FMT " ", STR_ARG(p->clause));
		buf_add(&b, p->activity);
		if (p->items.n > 0)
			buf_printf(&b, "\n" STR_FMT, STR_ARG(p->items));
		for (size_t k = 0; k < v->due.n; k++) {
			const struct q_deadlines_of *w = &v->due.v[k];
			if (w->point_id != p->id)
				continue;
			struct str day = day_words(a, w);
			buf_printf(&b, "\nСрок: " STR_FMT, STR_ARG(day.n > 0 ? day : w->text));
		}
		v->span[i].to = (uint32_t)b.n;
		buf_add_z(&b, "\n\n");
	}
	TRY(buf_check(&b, "текст документа", e));
	v->text = buf_str(&b);
	return EC_OK;
}

static struct str parent_words(const struct derivation *v)
{
	const struct q_document_one *p = &v->parent;
	return str_printf(v->c->a, STR_FMT " № " STR_FMT " от " STR_FMT " «" STR_FMT "»",
	        STR_ARG(document_kind_title_of(p->kind)),
	        STR_ARG(p->number.n > 0 ? p->number : STR("—")),
	        STR_ARG(p->doc_date.n > 0 ? iso_ru(v->c->a, p->doc_date) : STR("—")),
	        STR_ARG(utf8_head(p->title, 1000)));
}

static enum ec put_document(struct derivation *v, struct err *e)
{
	const struct ctx *c = v->c;
	bool roadmap = str_eq_z(v->parent.kind, "roadmap") && v->org_id == DB_NULL_INT;
	struct str title = str_printf(c->a, "%s (" STR_FMT ") во исполнение: " STR_FMT,
	        roadmap ? "Дорожная карта" : "План мероприятий", STR_ARG(v->who),
	        STR_ARG(parent_words(v)));
	struct q_document_insert row;
	TRY(write_text(v, title, e));
	TRY(q_document_insert(c->db, c->a,
	        &(struct q_document_insert_in){.kind = roadmap ? STR("roadmap") : STR("plan"),
	                .number = STR(""),
	                .doc_date = today_iso(c),
	                .title = title,
	                .issuer = v->who,
	                .place = STR(""),
	                .signatory_name = STR(""),
	                .signatory_post = STR(""),
	                .controller = STR(""),
	                .plan_start = v->parent.plan_start,
	                .plan_end = v->parent.plan_end,
	                .territory_id = v->territory.id,
	                .org_id = v->author,
	                .file_id = DB_NULL_INT,
	                .body = v->text,
	                .parsed = str_printf(
	                        c->a, "{\"derived_from\": %lld}", (long long)v->parent.id),
	                .search_key = document_search_key(c->a, STR(""), title, v->who),
	                .sort_key = text_sort_key(c->a, STR("")),
	                .created_at = clock_now(c->clock),
	                .created_by = acting_user(c)},
	        &row, e));
	v->id = row.id;
	TRY(q_cascade_document_link(
	        c->db, &(struct q_cascade_document_link_in){v->id, v->parent.id}, e));
	TRY(q_document_part_insert(c->db,
	        &(struct q_document_part_insert_in){v->id, 0, STR("main"),
	                roadmap ? STR("roadmap") : STR("plan"), title, STR(""), STR_NONE},
	        e));
	return q_document_basis_insert(c->db,
	        &(struct q_document_basis_insert_in){v->id, 0, parent_words(v), v->parent.kind,
	                v->parent.number, v->parent.doc_date},
	        e);
}

/* Whom an executor of the point above means one level lower; false: nobody there. */
static enum ec lower(const struct derivation *v, const struct q_responsibles_of *w,
        struct q_point_responsible_insert_in *ret, bool *ret_ok, struct err *e)
{
	struct q_org_one o;
	*ret_ok = true;
	if (str_eq_z(w->rule, "all_schools") || str_starts(w->rule, STR("tag:"))) {
		ret->rule = w->rule; /* the set is that of the new document's territory */
		return EC_OK;
	}
	if (str_eq_z(w->rule, "all_municipal") && v->author != DB_NULL_INT) {
		ret->rule = STR("org");
		ret->org_id = v->author;
		return EC_OK;
	}
	*ret_ok = false;
	if (w->org_id == DB_NULL_INT)
		return EC_OK;
	TRY(q_org_one(v->c->db, v->c->a, &(struct q_org_one_in){w->org_id}, &o, e));
	*ret_ok = o.territory_id == v->territory.id;
	ret->rule = STR("org");
	ret->org_id = w->org_id;
	return EC_OK;
}

static enum ec put_executors(
        const struct derivation *v, int64_t parent_point, int64_t point_id, struct err *e)
{
	const struct ctx *c = v->c;
	struct q_point_responsible_insert row;
	struct q_point_responsible_insert_in in = {
	        .point_id = point_id, .lead = 1, .org_id = DB_NULL_INT, .confidence = 1};
	if (v->org_id != DB_NULL_INT) {
		in.name = v->who;
		in.person = STR("");
		in.rule = STR("org");
		in.org_id = v->org_id;
		return q_point_responsible_insert(c->db, c->a, &in, &row, e);
	}
	for (size_t i = 0; i < v->executor.n; i++) {
		const struct q_responsibles_of *w = &v->executor.v[i];
		bool ok;
		if (w->point_id != parent_point)
			continue;
		in.name = w->name;
		in.person = w->person;
		in.org_id = DB_NULL_INT;
		TRY(lower(v, w, &in, &ok, e));
		if (!ok)
			continue;
		TRY(q_point_responsible_insert(c->db, c->a, &in, &row, e));
		in.seq++;
		in.lead = 0;
	}
	return EC_OK;
}

static enum ec put_deadlines(
        const struct derivation *v, int64_t parent_point, int64_t point_id, struct err *e)
{
	const struct ctx *c = v->c;
	struct deadline_env env = {.doc = clock_today(c->clock)};
	for (size_t i = 0; i < v->due.n; i++) {
		const struct q_deadlines_of *w = &v->due.v[i];
		if (w->point_id != parent_point)
			continue;
		struct str words = day_words(c->a, w);
		struct deadline *got;
		if (words.n == 0 || deadline_parse(c->a, words, &env, &got) != 1) {
			TRY(q_cascade_deadline_copy(
			        c->db, &(struct q_cascade_deadline_copy_in){w->id, point_id}, e));
			continue;
		}
		struct deadline_in in = {
		        .value = got[0], .text = words, .label = w->label, .confidence = 1};
		TRY(store_deadlines(c, point_id, &(struct deadlines_in){&in, 1}, e));
	}
	return EC_OK;
}

static enum ec put_point(const struct derivation *v, size_t i, struct err *e)
{
	const struct ctx *c = v->c;
	const struct q_cascade_points *p = &v->point.v[i];
	struct q_point_insert row;
	TRY(q_point_insert(c->db, c->a,
	        &(struct q_point_insert_in){.document_id = v->id,
	                .part = STR("main"),
	                .seq = (int64_t)i + 1,
	                .type = STR("task"),
	                .clause = p->clause,
	                .section = p->section,
	                .activity = p->activity,
	                .items = p->items,
	                .responsible_source = STR("own"),
	                .document_types = p->document_types,
	                .expected_result = p->expected_result,
	                .search_key = p->search_key,
	                .span_start = v->span[i].from,
	                .span_end = v->span[i].to,
	                .confidence = 1,
	                .edited = 0},
	        &row, e));
	TRY(q_cascade_point_link(c->db, &(struct q_cascade_point_link_in){row.id, p->id}, e));
	TRY(put_executors(v, p->id, row.id, e));
	TRY(put_deadlines(v, p->id, row.id, e));
	return q_cascade_indicators_copy(
	        c->db, &(struct q_cascade_indicators_copy_in){p->id, row.id}, e);
}

static enum ec note_derive(const struct derivation *v, struct err *e)
{
	struct fact f;
	fact_begin(&f, v->c->a);
	json_kv_int(&f.j, "parent_id", v->parent.id);
	json_kv_int(&f.j, "territory_id", v->territory.id);
	if (v->org_id != DB_NULL_INT)
		json_kv_int(&f.j, "org_id", v->org_id);
	json_kv_int(&f.j, "points", (int64_t)v->point.n);
	return history_add(v->c,
	        &(struct change){
	                STR("document"), v->id, STR("derive"), STR_NONE, fact_end(&f), STR("")},
	        e);
}

enum ec document_derive(
        const struct ctx *c, const struct derive_form *f, int64_t *ret_id, struct err *e)
{
	struct derivation v = {.c = c};
	struct q_document_one d;
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(document_for_read(c, f->parent_id, &v.parent, e));
	TRY(find_place(&v, f, e));
	TRY(check_level(&v, e));
	TRY(check_new(&v, ret_id, e));
	TRY(read_parent(&v, e));
	TRY(put_document(&v, e));
	for (size_t i = 0; i < v.point.n; i++)
		TRY(put_point(&v, i, e));
	TRY(q_document_one(c->db, c->a, &(struct q_document_one_in){v.id}, &d, e));
	TRY(cascade_lint(c, &d, DB_NULL_INT, e));
	TRY(note_derive(&v, e));
	TRY(document_index(c, v.id, e));
	TRY(tx_commit(&tx, e));
	*ret_id = v.id;
	return EC_OK;
}

enum ec document_derived(
        const struct ctx *c, int64_t document_id, struct derived_documents *ret, struct err *e)
{
	struct q_document_one d;
	struct document_rights r;
	struct q_cascade_children_rows rows;
	int64_t set;
	bool school;
	TRY(document_for_read(c, document_id, &d, e));
	TRY(document_rights(c, &r, e));
	TRY(set_territory(c, d.territory_id, &set, e));
	TRY(document_of_school(c, &d, &school, e));
	TRY(q_cascade_children(c->db, c->a,
	        &(struct q_cascade_children_in){document_id, r.read.territory_id}, &rows, e));
	struct derived_documents l = {.v = arena_new(c->a, struct derived_document, rows.n),
	        .regional = set == ACTOR_ALL};
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_cascade_children *x = &rows.v[i];
		bool own = r.read.org_id == ACTOR_ALL || (x->org_id == r.read.org_id);
		bool writes = r.writes &&
		              actor_may(c->actor, CAP_DOCUMENT_WRITE, x->territory_id, ACTOR_ALL);
		if (!own || (str_eq_z(x->status, "draft") && !writes))
			continue;
		l.v[l.n++] = (struct derived_document){x->id, document_kind_title_of(x->kind),
		        x->number, x->doc_date, x->title, x->status,
		        document_status_title(x->status), x->territory_id, x->territory_name,
		        or_empty(x->org_name), x->school != 0, x->n_points};
	}
	bool below = r.writes && (set == ACTOR_ALL || r.write_territory == ACTOR_ALL ||
	                                 r.write_territory == set);
	l.may_derive = below && !school && str_eq_z(d.status, "confirmed");
	l.own_territory = r.writes && r.write_territory != ACTOR_ALL ? r.write_territory : 0;
	*ret = l;
	return EC_OK;
}

#include "core/order/coverage.h"

#include "core/fact.h"
#include "core/order/cascade.h"
#include "core/order/document_list.h"
#include "core/order/document_seen.h"
#include "core/order/document_store.h"
#include "core/order/resolve.h"
#include "core/registry/territory.h"
#include "db/q_coverage.h"
#include "db/q_point.h"

#include <stdlib.h>

static const struct {
	struct str name, title;
} states[COVER_COUNT] = {
        [COVER_NONE] = {STR_INIT("none"), STR_INIT("не касается")},
        [COVER_COVERED] = {STR_INIT("covered"), STR_INIT("покрыто")},
        [COVER_CHANGED] = {STR_INIT("changed"), STR_INIT("изменено")},
        [COVER_LATE] = {STR_INIT("late"), STR_INIT("позже срока")},
        [COVER_MISSING] = {STR_INIT("missing"), STR_INIT("пропущено")},
};

struct str cover_state_name(enum cover_state s)
{
	return s < COVER_COUNT ? states[s].name : STR("");
}

struct str cover_state_title(enum cover_state s)
{
	return s < COVER_COUNT ? states[s].title : STR("");
}

/* What a matrix is filled from. Columns stand by id while it is filled. */
struct filling {
	const struct ctx *c;
	struct q_document_one doc;
	struct coverage m;
	int64_t territory_id, org_id; /* ACTOR_ALL: no limit */
	struct str today;
};

static size_t point_at(const struct coverage *m, int64_t id)
{
	for (size_t i = 0; i < m->n_points; i++)
		if (m->point[i].id == id)
			return i;
	return SIZE_MAX;
}

static size_t unit_at(const struct coverage *m, int64_t id)
{
	size_t from = 0;
	size_t to = m->n_units;
	while (from < to) {
		size_t mid = from + (to - from) / 2;
		if (m->unit[mid].id < id)
			from = mid + 1;
		else
			to = mid;
	}
	return from < m->n_units && m->unit[from].id == id ? from : SIZE_MAX;
}

/* NULL: a struck out point, or a column the actor does not see. */
static struct cover_cell *cell_at(const struct coverage *m, int64_t point_id, int64_t unit_id)
{
	size_t p = point_at(m, point_id);
	size_t u = unit_at(m, unit_id);
	return p == SIZE_MAX || u == SIZE_MAX ? NULL : &m->cell[p * m->n_units + u];
}

static enum ec read_points(struct filling *f, struct err *e)
{
	struct q_points_of_rows rows;
	const struct ctx *c = f->c;
	TRY(q_points_of(c->db, c->a, &(struct q_points_of_in){f->doc.id, DB_NULL_INT}, &rows, e));
	f->m.point = arena_new(c->a, struct cover_point, rows.n);
	for (size_t i = 0; i < rows.n; i++)
		if (str_eq_z(rows.v[i].type, "task") && rows.v[i].removed == 0)
			f->m.point[f->m.n_points++] = (struct cover_point){
			        rows.v[i].id, rows.v[i].clause, rows.v[i].activity};
	return EC_OK;
}

static enum ec read_units(struct filling *f, struct err *e)
{
	const struct ctx *c = f->c;
	struct coverage *m = &f->m;
	struct q_cover_orgs_rows orgs = {0};
	struct q_cover_territories_rows places = {0};
	if (m->by_org)
		TRY(q_cover_orgs(c->db, c->a, &(struct q_cover_orgs_in){f->territory_id, f->org_id},
		        &orgs, e));
	else
		TRY(q_cover_territories(c->db, c->a,
		        &(struct q_cover_territories_in){f->territory_id}, &places, e));
	m->n_units = m->by_org ? orgs.n : places.n;
	if (m->n_units * m->n_points > COVER_CELLS_MAX)
		return err_set(e, EC_LIMIT, "в матрице больше %d ячеек: выберите одну территорию",
		        COVER_CELLS_MAX);
	m->unit = arena_new(c->a, struct cover_unit, m->n_units);
	for (size_t i = 0; i < orgs.n; i++)
		m->unit[i] =
		        (struct cover_unit){orgs.v[i].id, orgs.v[i].name, orgs.v[i].sort_key, {0}};
	for (size_t i = 0; i < places.n; i++)
		m->unit[i] = (struct cover_unit){
		        places.v[i].id, places.v[i].name, places.v[i].sort_key, {0}};
	m->cell = arena_new(c->a, struct cover_cell, m->n_points * m->n_units);
	return EC_OK;
}

static enum ec read_given(struct filling *f, struct err *e)
{
	struct q_cover_given_rows rows;
	TRY(q_cover_given(f->c->db, f->c->a,
	        &(struct q_cover_given_in){
	                f->doc.id, f->territory_id, f->org_id, f->today, f->m.by_org},
	        &rows, e));
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_cover_given *r = &rows.v[i];
		struct cover_cell *x = cell_at(&f->m, r->point_id, r->unit_id);
		if (x == NULL)
			continue;
		x->n = r->n;
		x->n_orgs = r->n_orgs;
		x->n_done = r->n_done;
		x->n_overdue = r->n_overdue;
		x->due = r->due_date;
	}
	return EC_OK;
}

/* Who of today's set of one executor has no assignment. set: territory of the sets. */
static enum ec read_absent(
        struct filling *f, const struct q_responsibles_of *w, int64_t set, struct err *e)
{
	const struct ctx *c = f->c;
	struct str kind = rule_kind(w->rule);
	int64_t where = f->territory_id != ACTOR_ALL ? f->territory_id : set;
	if (str_starts(w->rule, STR("tag:"))) {
		struct q_cover_absent_tag_rows rows;
		TRY(q_cover_absent_tag(c->db, c->a,
		        &(struct q_cover_absent_tag_in){w->point_id, str_skip(w->rule, 4), where,
		                f->org_id, f->today, f->doc.confirmed_at, f->m.by_org},
		        &rows, e));
		for (size_t i = 0; i < rows.n; i++) {
			struct cover_cell *x = cell_at(&f->m, w->point_id, rows.v[i].unit_id);
			if (x != NULL)
				x->n_absent += rows.v[i].n;
		}
	} else if (str_eq_z(kind, "school") || str_eq_z(kind, "municipal")) {
		struct q_cover_absent_kind_rows rows;
		TRY(q_cover_absent_kind(c->db, c->a,
		        &(struct q_cover_absent_kind_in){w->point_id, kind, where, f->org_id,
		                f->today, f->doc.confirmed_at, f->m.by_org},
		        &rows, e));
		for (size_t i = 0; i < rows.n; i++) {
			struct cover_cell *x = cell_at(&f->m, w->point_id, rows.v[i].unit_id);
			if (x != NULL)
				x->n_absent += rows.v[i].n;
		}
	}
	return EC_OK;
}

static enum ec read_sets(struct filling *f, struct err *e)
{
	struct q_responsibles_of_rows who;
	bool school;
	int64_t set;
	const struct ctx *c = f->c;
	TRY(document_of_school(c, &f->doc, &school, e));
	if (school) /* its points go to the school whatever the words say */
		return EC_OK;
	TRY(set_territory(c, f->doc.territory_id, &set, e));
	TRY(q_responsibles_of(
	        c->db, c->a, &(struct q_responsibles_of_in){f->doc.id, DB_NULL_INT}, &who, e));
	for (size_t i = 0; i < who.n; i++)
		if (point_at(&f->m, who.v[i].point_id) != SIZE_MAX)
			TRY(read_absent(f, &who.v[i], set, e));
	return EC_OK;
}

static struct cover_derived derived_of(const struct q_cover_derived *r)
{
	return (struct cover_derived){.document_id = r->document_id,
	        .point_id = r->point_id,
	        .kind_title = document_kind_title_of(r->kind),
	        .number = r->number,
	        .date = r->doc_date,
	        .clause = r->clause,
	        .lost = r->removed != 0 || r->n == 0,
	        .differs = r->differs != 0,
	        .n = r->n,
	        .n_orgs = r->n_orgs,
	        .n_overdue = r->n_overdue,
	        .due = r->due_date};
}

/* Every point that was given in the column of a derived document is looked for in it. */
static void mark_lost(struct filling *f, const struct q_cover_derived *r)
{
	struct coverage *m = &f->m;
	size_t u = unit_at(m, r->unit_id);
	for (size_t p = 0; u != SIZE_MAX && p < m->n_points; p++) {
		struct cover_derived *d = &m->cell[p * m->n_units + u].derived;
		if (d->document_id != 0)
			continue;
		*d = derived_of(r);
		d->lost = true;
		d->point_id = 0;
	}
}

static enum ec read_derived(struct filling *f, struct err *e)
{
	struct q_cover_derived_rows rows;
	struct q_cover_lost_rows lost;
	const struct ctx *c = f->c;
	TRY(q_cover_derived(c->db, c->a,
	        &(struct q_cover_derived_in){f->doc.id, f->territory_id, f->today, f->m.by_org},
	        &rows, e));
	if (rows.n == 0)
		return EC_OK;
	TRY(q_cover_lost(c->db, c->a,
	        &(struct q_cover_lost_in){f->doc.id, f->territory_id, f->m.by_org}, &lost, e));
	size_t k = 0;
	for (size_t i = 0; i < rows.n; i++) {
		struct cover_cell *x = cell_at(&f->m, rows.v[i].parent_point_id, rows.v[i].unit_id);
		if (x == NULL)
			continue;
		x->derived = derived_of(&rows.v[i]);
		for (k = 0; k < lost.n && lost.v[k].point_id != rows.v[i].point_id;)
			k++;
		x->derived.n_lost = k < lost.n ? lost.v[k].n : 0;
	}
	for (size_t i = 0; i < rows.n; i++)
		if (i == 0 || rows.v[i].document_id != rows.v[i - 1].document_id)
			mark_lost(f, &rows.v[i]);
	return EC_OK;
}

static bool later(const struct cover_cell *x)
{
	const struct cover_derived *d = &x->derived;
	if (d->document_id == 0 || x->due.p == NULL)
		return false;
	return d->due.p == NULL || str_cmp(d->due, x->due) > 0;
}

static enum cover_state judge(const struct cover_cell *x)
{
	const struct cover_derived *d = &x->derived;
	bool derived = d->document_id != 0 && (x->n > 0 || !d->lost);
	if (x->n == 0 && x->n_absent == 0)
		return COVER_NONE;
	if (derived && d->lost)
		return COVER_MISSING;
	/* who entered the set later may stand in the derived document alone */
	if (x->n_absent > 0 && !(derived && d->n_orgs >= x->n_orgs + x->n_absent))
		return COVER_MISSING;
	if (x->n_overdue > 0 || (derived && (d->n_overdue > 0 || later(x))))
		return COVER_LATE;
	if (derived && (d->differs || d->n_lost > 0))
		return COVER_CHANGED;
	return COVER_COVERED;
}

static int by_name(const void *a, const void *b)
{
	const struct cover_unit *const *x = a;
	const struct cover_unit *const *y = b;
	int d = str_cmp((*x)->sort_key, (*y)->sort_key);
	return d != 0 ? d : ((*x)->id > (*y)->id) - ((*x)->id < (*y)->id);
}

/* Judges every cell; keeps the columns that are concerned, in the order of names. */
static void finish(struct filling *f)
{
	struct coverage *m = &f->m;
	struct arena *a = f->c->a;
	const struct cover_unit **kept = arena_new(a, const struct cover_unit *, m->n_units);
	size_t n = 0;
	for (size_t u = 0; u < m->n_units; u++) {
		struct cover_unit *x = &m->unit[u];
		for (size_t p = 0; p < m->n_points; p++) {
			struct cover_cell *cell = &m->cell[p * m->n_units + u];
			cell->state = judge(cell);
			x->count[cell->state]++;
		}
		if (x->count[COVER_NONE] < (int64_t)m->n_points)
			kept[n++] = x;
	}
	qsort(kept, n, sizeof(kept[0]), by_name);
	struct cover_unit *unit = arena_new(a, struct cover_unit, n);
	struct cover_cell *cell = arena_new(a, struct cover_cell, n * m->n_points);
	for (size_t u = 0; u < n; u++) {
		size_t from = (size_t)(kept[u] - m->unit);
		unit[u] = *kept[u];
		for (size_t p = 0; p < m->n_points; p++)
			cell[p * n + u] = m->cell[p * m->n_units + from];
		for (int s = 0; s < COVER_COUNT; s++)
			m->count[s] += unit[u].count[s];
	}
	m->unit = unit;
	m->cell = cell;
	m->n_units = n;
}

/* Columns and limits: by the document, the territory asked for and the actor's scope. */
static enum ec choose_view(struct filling *f, int64_t territory_id, struct err *e)
{
	struct scope s;
	int64_t set;
	struct territory t;
	TRY(must_scope(f->c, CAP_DOCUMENT_READ, &s, e));
	TRY(set_territory(f->c, f->doc.territory_id, &set, e));
	f->territory_id = s.territory_id != ACTOR_ALL ? s.territory_id
	                  : set != ACTOR_ALL          ? set
	                  : territory_id != 0         ? territory_id
	                                              : ACTOR_ALL;
	f->org_id = s.org_id;
	f->m.by_org = f->territory_id != ACTOR_ALL || f->org_id != ACTOR_ALL;
	if (f->territory_id == ACTOR_ALL)
		return EC_OK;
	TRY(territory_get(f->c, f->territory_id, &t, e));
	f->m.territory_id = t.id;
	f->m.territory_name = t.name;
	return EC_OK;
}

enum ec coverage(const struct ctx *c, int64_t document_id, int64_t territory_id,
        struct coverage *ret, struct err *e)
{
	struct filling f = {.c = c, .today = today_iso(c)};
	TRY(document_for_read(c, document_id, &f.doc, e));
	if (!str_eq_z(f.doc.status, "confirmed"))
		return err_set(e, EC_CONFLICT,
		        "покрытие считается у документа на контроле, а этот — " STR_FMT,
		        STR_ARG(document_status_title(f.doc.status)));
	f.m.document_id = document_id;
	f.m.on = clock_today(c->clock);
	f.m.document_title = str_printf(c->a, STR_FMT " № " STR_FMT " от " STR_FMT,
	        STR_ARG(document_kind_title_of(f.doc.kind)),
	        STR_ARG(f.doc.number.n > 0 ? f.doc.number : STR("—")),
	        STR_ARG(f.doc.doc_date.n > 0 ? iso_ru(c->a, f.doc.doc_date) : STR("—")));
	TRY(choose_view(&f, territory_id, e));
	TRY(read_points(&f, e));
	TRY(read_units(&f, e));
	TRY(read_given(&f, e));
	TRY(read_sets(&f, e));
	TRY(read_derived(&f, e));
	finish(&f);
	*ret = f.m;
	return EC_OK;
}

static void say_derived(struct buf *b, struct arena *a, const struct cover_cell *x)
{
	const struct cover_derived *d = &x->derived;
	buf_printf(b, " Документ во исполнение: " STR_FMT " № " STR_FMT, STR_ARG(d->kind_title),
	        STR_ARG(d->number.n > 0 ? d->number : STR("—")));
	if (d->lost) {
		buf_add_z(b, ", пункта в нём нет или он никому не дан.");
		return;
	}
	buf_printf(b, ", п. " STR_FMT ": поручений %lld.",
	        STR_ARG(d->clause.n > 0 ? d->clause : STR("—")), (long long)d->n);
	if (later(x))
		buf_printf(b, " Срок в нём " STR_FMT ", а разрешено до " STR_FMT ".",
		        STR_ARG(d->due.p != NULL ? iso_ru(a, d->due) : STR("не назван")),
		        STR_ARG(iso_ru(a, x->due)));
	if (d->n_overdue > 0)
		buf_printf(b, " Просрочено в нём: %lld.", (long long)d->n_overdue);
	if (d->differs)
		buf_add_z(b, " Текст пункта отличается от вышестоящего.");
	if (d->n_lost > 0)
		buf_printf(b, " Организаций вышестоящего пункта без него: %lld.",
		        (long long)d->n_lost);
}

struct str cover_why(struct arena *a, const struct cover_cell *x)
{
	struct buf b;
	if (x->state == COVER_NONE)
		return STR("Пункт не касается: поручений нет и по правилу набора никого нет.");
	buf_init(&b, a, 4000);
	if (x->n > 0)
		buf_printf(&b, "Поручений дано прямо: %lld, исполнено %lld, просрочено %lld.",
		        (long long)x->n, (long long)x->n_done, (long long)x->n_overdue);
	else
		buf_add_z(&b, "Прямых поручений нет.");
	if (x->n_absent > 0)
		buf_printf(&b, " По правилу набора сегодня входят без поручения: %lld.",
		        (long long)x->n_absent);
	if (x->due.p != NULL)
		buf_printf(&b, " Последний срок " STR_FMT ".", STR_ARG(iso_ru(a, x->due)));
	if (x->derived.document_id != 0)
		say_derived(&b, a, x);
	return buf_str(&b);
}

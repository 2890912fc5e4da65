#include "core/order/document_card.h"

#include "core/fact.h"
#include "core/order/deadline_said.h"
#include "core/order/document_seen.h"
#include "core/order/document_store.h"
#include "core/order/resolve.h"
#include "db/q_point.h"
#include "doc/document.h"
#include "pack/json.h"

#define NEAR_SHOWN 3 /* choices for an unknown executor */

enum ec document_for_read(
        const struct ctx *c, int64_t id, struct q_document_one *ret, struct err *e)
{
	struct document_rights r;
	struct q_document_one d;
	TRY(document_rights(c, &r, e));
	enum ec ec = q_document_one(c->db, c->a, &(struct q_document_one_in){id}, &d, e);
	if (ec == EC_NOTFOUND)
		return err_set(e, EC_NOTFOUND, "нет такого документа");
	TRY(ec);
	bool sees = actor_may(c->actor, CAP_DOCUMENT_WRITE, d.territory_id, ACTOR_ALL);
	if (!sees && !str_eq_z(d.status, "draft")) {
		struct q_document_seen seen = {0};
		if (r.read.territory_id != ACTOR_ALL || r.read.org_id != ACTOR_ALL)
			TRY(q_document_seen(c->db, c->a,
			        &(struct q_document_seen_in){
			                id, r.read.territory_id, r.read.org_id},
			        &seen, e));
		else
			seen.n = 1;
		sees = seen.n > 0;
	}
	if (!sees)
		return err_set(e, EC_NOTFOUND, "нет такого документа");
	*ret = d;
	return EC_OK;
}

enum ec document_for_edit(
        const struct ctx *c, int64_t id, struct q_document_one *ret, struct err *e)
{
	TRY(document_for_read(c, id, ret, e));
	TRY(must_may(c, CAP_DOCUMENT_WRITE, ret->territory_id, ACTOR_ALL, e));
	if (!str_eq_z(ret->status, "draft"))
		return err_set(e, EC_CONFLICT,
		        "документ уже не черновик (" STR_FMT "): правка невозможна",
		        STR_ARG(document_status_title(ret->status)));
	return EC_OK;
}

/* All rows of a document, or of one point of it. */
struct rows {
	struct q_points_of_rows point;
	struct q_responsibles_of_rows who;
	struct q_deadlines_of_rows due;
	struct q_indicators_of_rows indicator;
	struct q_diagnostics_of_rows diag;
	struct q_points_counts_rows count;
};

static enum ec read_rows(
        const struct ctx *c, int64_t document_id, int64_t point_id, struct rows *r, struct err *e)
{
	struct scope s;
	TRY(must_scope(c, CAP_DOCUMENT_READ, &s, e));
	TRY(q_points_of(
	        c->db, c->a, &(struct q_points_of_in){document_id, point_id}, &r->point, e));
	TRY(q_responsibles_of(
	        c->db, c->a, &(struct q_responsibles_of_in){document_id, point_id}, &r->who, e));
	TRY(q_deadlines_of(
	        c->db, c->a, &(struct q_deadlines_of_in){document_id, point_id}, &r->due, e));
	TRY(q_indicators_of(c->db, c->a, &(struct q_indicators_of_in){document_id, point_id},
	        &r->indicator, e));
	TRY(q_diagnostics_of(
	        c->db, c->a, &(struct q_diagnostics_of_in){document_id, point_id}, &r->diag, e));
	return q_points_counts(c->db, c->a,
	        &(struct q_points_counts_in){document_id, s.territory_id, s.org_id, today_iso(c)},
	        &r->count, e);
}

/* «по словам …»: the rule of a responsible, told again from its name. */
static struct str why_rule(struct arena *a, const struct q_responsibles_of *r)
{
	if (str_eq_z(r->rule, "org") || str_eq_z(r->rule, "author"))
		return str_printf(a, "«" STR_FMT "» — " STR_FMT "%s" STR_FMT "%s",
		        STR_ARG(r->name.n > 0 ? r->name : r->person),
		        STR_ARG(resolve_rule_title(r->rule)), r->org_name.n > 0 ? ": «" : "",
		        STR_ARG(r->org_name), r->org_name.n > 0 ? "»" : "");
	return str_printf(a, "«" STR_FMT "» → " STR_FMT,
	        STR_ARG(r->name.n > 0 ? r->name : r->person), STR_ARG(resolve_rule_title(r->rule)));
}

static void add_responsibles(struct arena *a, struct card_point *p, const struct rows *r)
{
	size_t n = 0;
	for (size_t i = 0; i < r->who.n; i++)
		n += r->who.v[i].point_id == p->id;
	p->responsible = arena_new(a, struct card_responsible, n);
	for (size_t i = 0; i < r->who.n; i++) {
		const struct q_responsibles_of *w = &r->who.v[i];
		if (w->point_id != p->id)
			continue;
		p->responsible[p->n_responsible++] = (struct card_responsible){.id = w->id,
		        .name = w->name,
		        .person = w->person,
		        .lead = w->lead != 0,
		        .rule = w->rule,
		        .rule_title = resolve_rule_title(w->rule),
		        .why = why_rule(a, w),
		        .org_id = w->org_id,
		        .org_name = w->org_name,
		        .place = {w->span_start, w->span_end},
		        .confidence = w->confidence};
	}
}

static void add_deadlines(struct arena *a, struct card_point *p, const struct rows *r)
{
	size_t n = 0;
	for (size_t i = 0; i < r->due.n; i++)
		n += r->due.v[i].point_id == p->id;
	p->deadline = arena_new(a, struct card_deadline, n);
	for (size_t i = 0; i < r->due.n; i++) {
		const struct q_deadlines_of *w = &r->due.v[i];
		if (w->point_id != p->id)
			continue;
		struct card_deadline *d = &p->deadline[p->n_deadlines++];
		*d = (struct card_deadline){.id = w->id,
		        .text = w->text,
		        .label = w->label,
		        .kind = w->kind,
		        .start = w->start_date,
		        .end = w->end_date,
		        .time = w->due_time,
		        .recurrence = w->recurrence,
		        .anchor = w->anchor,
		        .offset = w->distance,
		        .then_continuous = w->then_continuous != 0,
		        .approximate = w->approximate != 0,
		        .year_rule = w->year_rule,
		        .problem = w->problem,
		        .fragment = w->fragment,
		        .inherited_from = w->inherited_from,
		        .place = {w->span_start, w->span_end},
		        .confidence = w->confidence};
		deadline_say(a, d,
		        &(struct deadline_proposal){w->proposal_kind, w->proposal_start,
		                w->proposal_end, w->proposal_recurrence});
	}
}

static void add_indicators(struct arena *a, struct card_point *p, const struct rows *r)
{
	size_t n = 0;
	for (size_t i = 0; i < r->indicator.n; i++)
		n += r->indicator.v[i].point_id == p->id;
	p->indicator = arena_new(a, struct card_indicator, n);
	for (size_t i = 0; i < r->indicator.n; i++) {
		const struct q_indicators_of *w = &r->indicator.v[i];
		if (w->point_id == p->id)
			p->indicator[p->n_indicators++] = (struct card_indicator){
			        w->id, w->text, w->name, w->comparison, w->unit, w->target};
	}
}

/* Why a person should look, field by field; nothing once the point was checked. */
static void say_doubts(struct card_point *p)
{
	if (p->checked || p->removed)
		return;
	if (!p->edited && p->confidence < CONFIDENCE_SURE)
		p->doubt = STR("границы или слова пункта прочитаны неуверенно");
	if (!str_eq_z(p->type, "task"))
		return;
	for (size_t i = 0; i < p->n_responsible; i++) {
		struct card_responsible *r = &p->responsible[i];
		if (r->confidence >= CONFIDENCE_SURE)
			continue;
		r->doubt = str_eq_z(r->rule, "unknown") ? STR("в реестре не найден, набор не узнан")
		           : str_eq_z(r->rule, "author")
		                   ? STR("организация не названа: считается автор документа")
		           : str_eq_z(r->rule, "org") ? STR("название узнано приблизительно")
		                                      : STR("набор узнан по словам приблизительно");
	}
	for (size_t i = 0; i < p->n_deadlines; i++) {
		struct card_deadline *d = &p->deadline[i];
		if (d->problem.n > 0)
			continue; /* its diagnostic asks, and is settled by itself */
		if (d->confidence < CONFIDENCE_SURE)
			d->doubt = STR("срок прочитан неуверенно");
		else if (d->approximate && d->confidence < 1)
			d->doubt = STR("срок назван приблизительно");
	}
}

static void judge_point(struct card_point *p, const struct rows *r)
{
	for (size_t i = 0; i < r->diag.n; i++)
		if (r->diag.v[i].point_id == p->id && r->diag.v[i].settled_at == DB_NULL_INT &&
		        !str_eq_z(r->diag.v[i].severity, "note"))
			p->n_problems++;
	for (size_t i = 0; i < r->count.n; i++)
		if (r->count.v[i].point_id == p->id) {
			p->n_assignments = r->count.v[i].n;
			p->n_done = r->count.v[i].n_done;
			p->n_overdue = r->count.v[i].n_overdue;
		}
	say_doubts(p);
	bool doubt = p->doubt.n > 0;
	for (size_t i = 0; i < p->n_responsible; i++)
		doubt = doubt || p->responsible[i].doubt.n > 0;
	for (size_t i = 0; i < p->n_deadlines; i++)
		doubt = doubt || p->deadline[i].doubt.n > 0;
	p->doubtful = !p->removed && (p->n_problems > 0 || doubt);
}

static struct card_point point_of(
        const struct ctx *c, const struct q_points_of *w, const struct rows *r)
{
	enum assignment_type type;
	bool known = assignment_type_of(w->type, &type);
	struct card_point p = {.id = w->id,
	        .part = w->part,
	        .seq = w->seq,
	        .type = w->type,
	        .type_title = known ? assignment_type_title(type) : w->type,
	        .clause = w->clause,
	        .section = w->section,
	        .activity = w->activity,
	        .items = w->items,
	        .document_types = w->document_types,
	        .expected_result = w->expected_result,
	        .responsible_source = w->responsible_source,
	        .place = {w->span_start, w->span_end},
	        .confidence = w->confidence,
	        .edited = w->edited != 0,
	        .removed = w->removed != 0,
	        .checked = w->checked != 0,
	        .version = w->version,
	        .parent_point_id = w->parent_point_id,
	        .parent_document_id = w->parent_document_id,
	        .parent_clause = or_empty(w->parent_clause)};
	add_responsibles(c->a, &p, r);
	add_deadlines(c->a, &p, r);
	add_indicators(c->a, &p, r);
	judge_point(&p, r);
	return p;
}

/* Sizes of the sets named in the card, each rule counted once. */
static enum ec count_orgs(const struct ctx *c, const struct q_document_one *d,
        struct document_card *card, struct err *e)
{
	struct seen {
		struct str rule;
		int64_t n;
	} seen[16];
	size_t n_seen = 0;
	int64_t set;
	TRY(set_territory(c, d->territory_id, &set, e));
	struct str date = today_iso(c);
	for (size_t i = 0; i < card->n_points; i++) {
		for (size_t k = 0; k < card->point[i].n_responsible; k++) {
			struct card_responsible *r = &card->point[i].responsible[k];
			if (r->org_id != DB_NULL_INT) {
				r->n_orgs = 1;
				continue;
			}
			size_t at = 0;
			while (at < n_seen && !str_eq(seen[at].rule, r->rule))
				at++;
			if (at == n_seen && n_seen < ARRAY_LEN(seen)) {
				struct resolved_orgs orgs;
				TRY(rule_orgs(c, &(struct rule_at){r->rule, r->org_id, set, date},
				        &orgs, e));
				seen[n_seen++] = (struct seen){r->rule, (int64_t)orgs.n};
			}
			if (at < n_seen)
				r->n_orgs = seen[at].n;
		}
	}
	return EC_OK;
}

/* One-key choices for executors that nobody knows. */
static enum ec find_near(const struct ctx *c, const struct q_document_one *d,
        struct document_card *card, struct err *e)
{
	struct resolver *r = NULL;
	for (size_t i = 0; i < card->n_points; i++) {
		struct card_point *p = &card->point[i];
		for (size_t k = 0; k < p->n_responsible && !p->removed; k++) {
			struct card_responsible *w = &p->responsible[k];
			struct resolve_near near[NEAR_SHOWN];
			if (!str_eq_z(w->rule, "unknown") || w->name.n == 0)
				continue;
			if (r == NULL) {
				int64_t set;
				TRY(set_territory(c, d->territory_id, &set, e));
				TRY(resolver_open(c, set, &r, e));
			}
			w->n_near = resolve_nearest(r, w->name, near, NEAR_SHOWN);
			w->near = arena_new(c->a, struct card_near, w->n_near);
			for (size_t m = 0; m < w->n_near; m++)
				w->near[m] = (struct card_near){
				        near[m].org_id, near[m].name, near[m].likeness};
		}
	}
	return EC_OK;
}

static void count_left(struct document_card *card)
{
	for (size_t i = 0; i < card->n_points; i++)
		card->n_left += card->point[i].doubtful;
	for (size_t i = 0; i < card->n_diagnostics; i++) {
		const struct card_diagnostic *g = &card->diagnostic[i];
		card->n_left +=
		        g->point_id == DB_NULL_INT && !g->settled && !str_eq_z(g->severity, "note");
	}
}

/* The deadline a diagnostic speaks about: "deadlines[1]" of its point. */
static const struct card_deadline *deadline_of(
        const struct document_card *card, const struct card_diagnostic *g)
{
	for (size_t i = 0; i < card->n_points; i++) {
		const struct card_point *p = &card->point[i];
		if (p->id != g->point_id || !str_starts(g->field, STR("deadlines[")))
			continue;
		for (size_t k = 0; k < p->n_deadlines; k++) {
			const struct card_deadline *d = &p->deadline[k];
			if (d->has_proposal && str_eq(d->problem, g->code) &&
			        (g->fragment.n == 0 || str_eq(d->fragment, g->fragment)))
				return d;
		}
	}
	return NULL;
}

static void add_diagnostics(
        const struct ctx *c, struct document_card *card, const struct rows *r, bool may_edit)
{
	card->diagnostic = arena_new(c->a, struct card_diagnostic, r->diag.n);
	card->n_diagnostics = r->diag.n;
	for (size_t i = 0; i < r->diag.n; i++) {
		const struct q_diagnostics_of *w = &r->diag.v[i];
		struct card_diagnostic *g = &card->diagnostic[i];
		*g = (struct card_diagnostic){.id = w->id,
		        .point_id = w->point_id,
		        .point_clause = or_empty(w->clause),
		        .code = w->code,
		        .severity = w->severity,
		        .severity_title = str_eq_z(w->severity, "error")     ? STR("ошибка")
		                          : str_eq_z(w->severity, "warning") ? STR("внимание")
		                                                             : STR("заметка"),
		        .field = w->field,
		        .fragment = w->fragment,
		        .message = w->message,
		        .place = {w->span_start, w->span_end},
		        .settled = w->settled_at != DB_NULL_INT,
		        .settled_at = w->settled_at,
		        .settled_by = w->settled_at == DB_NULL_INT ? STR("")
		                      : w->settled_name.n > 0      ? w->settled_name
		                                                   : STR("система")};
		const struct card_deadline *d = deadline_of(card, g);
		g->can_accept = may_edit && !g->settled && d != NULL;
		if (g->can_accept)
			g->accept_title =
			        str_printf(c->a, "Принять: " STR_FMT, STR_ARG(d->proposal_said));
		if (g->settled || w->removed == 1)
			continue; /* a point that was struck out asks for nothing */
		card->row.n_errors += str_eq_z(g->severity, "error");
		card->row.n_warnings += str_eq_z(g->severity, "warning");
	}
}

static void add_requisites(
        const struct ctx *c, struct document_card *card, const struct q_document_one *d)
{
	bool may = actor_may(c->actor, CAP_DOCUMENT_WRITE, d->territory_id, ACTOR_ALL);
	*card = (struct document_card){.row = {.id = d->id,
	                                       .kind = d->kind,
	                                       .kind_title = document_kind_title_of(d->kind),
	                                       .number = d->number,
	                                       .date = d->doc_date,
	                                       .title = d->title,
	                                       .issuer = d->issuer,
	                                       .status = d->status,
	                                       .status_title = document_status_title(d->status),
	                                       .territory_id = d->territory_id,
	                                       .territory_name = d->territory_name,
	                                       .file_name = d->file_name,
	                                       .created_at = d->created_at},
	        .place = d->place,
	        .signatory_name = d->signatory_name,
	        .signatory_post = d->signatory_post,
	        .controller =
	                str_eq_z(d->controller, "self") ? STR("автор документа") : d->controller,
	        .plan_start = d->plan_start,
	        .plan_end = d->plan_end,
	        .text = d->text,
	        .parent_id = d->parent_id,
	        .parent_title =
	                d->parent_id == DB_NULL_INT
	                        ? STR("")
	                        : str_printf(c->a, "№ " STR_FMT " «" STR_FMT "»",
	                                  STR_ARG(d->parent_number), STR_ARG(d->parent_title)),
	        .file_id = d->file_id,
	        .version = d->version,
	        .confirmed_at = d->confirmed_at,
	        .confirmed_by = d->confirmed_name.n > 0 ? d->confirmed_name : STR("система"),
	        .created_by = d->created_name.n > 0 ? d->created_name : STR("система"),
	        .may_edit = may && str_eq_z(d->status, "draft"),
	        .may_cancel = may && str_eq_z(d->status, "confirmed")};
}

static enum ec add_parts(const struct ctx *c, struct document_card *card, struct err *e)
{
	struct q_document_parts_rows parts;
	struct q_document_bases_rows bases;
	int64_t id = card->row.id;
	TRY(q_document_parts(c->db, c->a, &(struct q_document_parts_in){id}, &parts, e));
	TRY(q_document_bases(c->db, c->a, &(struct q_document_bases_in){id}, &bases, e));
	card->part = arena_new(c->a, struct card_part, parts.n);
	card->n_parts = parts.n;
	for (size_t i = 0; i < parts.n; i++) {
		const struct q_document_parts *p = &parts.v[i];
		card->part[i] = (struct card_part){p->code, p->kind,
		        document_kind_title_of(p->kind), p->title, p->number, p->part_date};
	}
	card->basis = arena_new(c->a, struct card_basis, bases.n);
	card->n_basis = bases.n;
	for (size_t i = 0; i < bases.n; i++) {
		const struct q_document_bases *b = &bases.v[i];
		card->basis[i] = (struct card_basis){b->text, b->kind, b->number, b->act_date};
	}
	return EC_OK;
}

static struct str listed(struct arena *a, const struct json_value *v)
{
	struct buf b;
	buf_init(&b, a, 8000);
	for (size_t i = 0; v != NULL && i < v->n; i++) {
		if (b.n > 0)
			buf_add_z(&b, "; ");
		buf_add(&b, utf8_head(v->item[i].text, 300));
	}
	return buf_str(&b);
}

/* What the reader saw below the text: the part of its JSON before the parts and points. */
static enum ec add_tail(const struct ctx *c, struct document_card *card, struct err *e)
{
	struct q_document_parsed_of p;
	TRY(q_document_parsed_of(
	        c->db, c->a, &(struct q_document_parsed_of_in){card->row.id}, &p, e));
	size_t end = str_find(p.parsed, STR(",\n  \"parts\":"), 0);
	if (end == SIZE_MAX)
		return EC_OK; /* made by hand or from a template: nothing was read */
	struct json_value *top;
	struct err ignored = {0};
	struct str head = str_printf(c->a, STR_FMT "}", STR_ARG(str_sub(p.parsed, 0, end)));
	if (json_parse(c->a, head, &top, &ignored) != EC_OK)
		return EC_OK;
	const struct json_value *meta = json_get(top, "meta");
	card->executor = json_get_str(json_get(meta, "executor"), "name");
	card->executor_phone = json_get_str(json_get(meta, "executor"), "phone");
	card->copies = listed(c->a, json_get(meta, "copies"));
	card->enclosures = listed(c->a, json_get(meta, "enclosures"));
	return EC_OK;
}

enum ec document_card(const struct ctx *c, int64_t id, struct document_card *ret, struct err *e)
{
	struct q_document_one d;
	struct document_card card;
	struct rows r;
	TRY(document_for_read(c, id, &d, e));
	TRY(read_rows(c, id, DB_NULL_INT, &r, e));
	add_requisites(c, &card, &d);
	TRY(add_parts(c, &card, e));
	TRY(add_tail(c, &card, e));
	card.point = arena_new(c->a, struct card_point, r.point.n);
	card.n_points = r.point.n;
	for (size_t i = 0; i < r.point.n; i++) {
		card.point[i] = point_of(c, &r.point.v[i], &r);
		const struct card_point *p = &card.point[i];
		card.row.n_points += str_eq_z(p->type, "task") && !p->removed;
		card.row.n_assignments += p->n_assignments;
		card.row.n_done += p->n_done;
		card.row.n_overdue += p->n_overdue;
	}
	add_diagnostics(c, &card, &r, card.may_edit);
	card.may_confirm = card.may_edit && card.row.n_errors == 0;
	count_left(&card);
	TRY(count_orgs(c, &d, &card, e));
	if (card.may_edit)
		TRY(find_near(c, &d, &card, e));
	*ret = card;
	return EC_OK;
}

enum ec point_card(const struct ctx *c, int64_t point_id, struct card_point *ret, struct err *e)
{
	struct q_point_one p;
	struct q_document_one d;
	struct rows r;
	enum ec ec = q_point_one(c->db, c->a, &(struct q_point_one_in){point_id}, &p, e);
	if (ec == EC_NOTFOUND)
		return err_set(e, EC_NOTFOUND, "нет такого пункта");
	TRY(ec);
	TRY(document_for_read(c, p.document_id, &d, e));
	TRY(read_rows(c, p.document_id, point_id, &r, e));
	struct document_card card = {.n_points = 1};
	card.point = arena_new(c->a, struct card_point, 1);
	card.point[0] = point_of(c, &r.point.v[0], &r);
	TRY(count_orgs(c, &d, &card, e));
	*ret = card.point[0];
	return EC_OK;
}

enum ec document_file(
        const struct ctx *c, int64_t document_id, struct stored_file *ret, struct err *e)
{
	struct q_document_one d;
	struct q_file_of_document f;
	TRY(document_for_read(c, document_id, &d, e));
	enum ec ec = q_file_of_document(
	        c->db, c->a, &(struct q_file_of_document_in){document_id}, &f, e);
	if (ec == EC_NOTFOUND)
		return err_set(e, EC_NOTFOUND, "файла у документа нет");
	TRY(ec);
	*ret = (struct stored_file){f.name, f.media_type, f.bytes};
	return EC_OK;
}

enum ec document_parsed(const struct ctx *c, int64_t document_id, struct str *ret, struct err *e)
{
	struct q_document_one d;
	struct q_document_parsed_of p;
	TRY(document_for_read(c, document_id, &d, e));
	TRY(q_document_parsed_of(
	        c->db, c->a, &(struct q_document_parsed_of_in){document_id}, &p, e));
	*ret = p.parsed;
	return EC_OK;
}

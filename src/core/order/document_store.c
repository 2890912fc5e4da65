#include "core/order/document_store.h"

#include "core/fact.h"
#include "core/registry/territory.h"
#include "db/q_org.h"
#include "db/q_point.h"
#include "text/fold.h"

#include <math.h>

double trust_share(enum trust t)
{
	return t == TRUST_SURE ? 0.95 : t == TRUST_DOUBTFUL ? 0.5 : 0;
}

struct str document_search_key(
        struct arena *a, struct str number, struct str title, struct str issuer)
{
	return text_key(a, str_printf(a, STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(number),
	                           STR_ARG(title), STR_ARG(issuer)));
}

enum ec set_territory(const struct ctx *c, int64_t territory_id, int64_t *ret, struct err *e)
{
	struct territory t;
	TRY(territory_get(c, territory_id, &t, e));
	*ret = str_eq_z(t.kind, "region") ? ACTOR_ALL : territory_id;
	return EC_OK;
}

enum ec author_of_territory(const struct ctx *c, int64_t territory_id, int64_t *ret, struct err *e)
{
	int64_t set;
	TRY(set_territory(c, territory_id, &set, e));
	struct q_org_author o;
	enum ec ec = q_org_author(c->db, c->a,
	        &(struct q_org_author_in){
	                territory_id, set == ACTOR_ALL ? STR("department") : STR("municipal")},
	        &o, e);
	if (ec != EC_OK && ec != EC_NOTFOUND)
		return ec;
	*ret = ec == EC_OK ? o.id : DB_NULL_INT;
	return EC_OK;
}

/* «Исполнитель «…» не найден в реестре. Похоже на: …» */
static enum ec note_unknown(const struct ctx *c, const struct point_ref *p,
        const struct executor_in *x, const struct resolved *r, struct err *e)
{
	struct buf b;
	buf_init(&b, c->a, 4000);
	buf_printf(&b, "Исполнитель «" STR_FMT "» не найден в реестре",
	        STR_ARG(utf8_head(x->name, 200)));
	for (size_t i = 0; i < r->n_near; i++)
		buf_printf(&b, "%s«" STR_FMT "»", i == 0 ? "; похоже на " : ", ",
		        STR_ARG(utf8_head(r->near[i].name, 120)));
	buf_add_z(&b, ". Укажите организацию или набор.");
	struct q_diagnostic_insert row;
	return q_diagnostic_insert(c->db, c->a,
	        &(struct q_diagnostic_insert_in){p->document_id, p->point_id,
	                STR("responsible_unknown"), STR("warning"), STR("responsible"),
	                utf8_head(x->name, 300), buf_str(&b), x->span.from, x->span.to, DB_NULL_INT,
	                DB_NULL_INT},
	        &row, e);
}

enum ec store_executors(const struct ctx *c, struct resolver *r, const struct point_ref *p,
        const struct executors_in *in, struct err *e)
{
	for (size_t i = 0; i < in->n; i++) {
		const struct executor_in *x = &in->v[i];
		struct resolved got;
		struct q_point_responsible_insert row;
		resolve_name(r, x->name, x->person, &got);
		if (str_eq_z(got.rule, "author")) {
			got.org_id = p->author;
			if (p->author == DB_NULL_INT)
				got.rule = STR("unknown");
		}
		double sure = got.confidence < x->confidence ? got.confidence : x->confidence;
		TRY(q_point_responsible_insert(c->db, c->a,
		        &(struct q_point_responsible_insert_in){p->point_id, (int64_t)i,
		                or_empty(x->name), or_empty(x->person), i == 0, got.rule,
		                got.org_id, x->span.from, x->span.to, sure},
		        &row, e));
		if (p->task && str_eq_z(got.rule, "unknown"))
			TRY(note_unknown(c, p, x, &got, e));
	}
	return EC_OK;
}

static struct str iso_or_null(struct arena *a, struct date d)
{
	return date_none(d) ? STR_NONE : date_iso(a, d);
}

enum ec store_deadlines(
        const struct ctx *c, int64_t point_id, const struct deadlines_in *in, struct err *e)
{
	for (size_t i = 0; i < in->n; i++) {
		const struct deadline_in *x = &in->v[i];
		const struct deadline *d = &x->value;
		bool proposal = d->proposal_kind != DEADLINE_NONE;
		struct q_point_deadline_insert_in row = {.point_id = point_id,
		        .seq = (int64_t)i,
		        .words = or_empty(x->text),
		        .label = or_empty(x->label),
		        .kind = deadline_kind_name(d->kind),
		        .start_date = iso_or_null(c->a, d->start),
		        .end_date = iso_or_null(c->a, d->end),
		        .due_time = or_empty(d->time),
		        .recurrence = or_empty(d->recurrence),
		        .anchor = or_empty(d->anchor),
		        .distance = or_empty(d->offset),
		        .then_continuous = d->then_continuous,
		        .year_rule = year_rule_name(d->year_rule),
		        .approximate = d->approximate,
		        .problem = or_empty(d->problem),
		        .fragment = or_empty(d->fragment),
		        .proposal_kind = proposal ? deadline_kind_name(d->proposal_kind) : STR(""),
		        .proposal_start = iso_or_null(c->a, d->proposal_start),
		        .proposal_end = iso_or_null(c->a, d->proposal_end),
		        .proposal_recurrence = or_empty(d->proposal_recurrence),
		        .inherited_from = or_empty(x->inherited),
		        .span_start = x->span.from,
		        .span_end = x->span.to,
		        .confidence = x->confidence};
		struct q_point_deadline_insert got;
		TRY(q_point_deadline_insert(c->db, c->a, &row, &got, e));
	}
	return EC_OK;
}

enum ec store_indicators(
        const struct ctx *c, int64_t point_id, const struct indicators_in *in, struct err *e)
{
	for (size_t i = 0; i < in->n; i++) {
		const struct indicator *x = &in->v[i];
		TRY(q_point_indicator_insert(c->db,
		        &(struct q_point_indicator_insert_in){point_id, (int64_t)i,
		                or_empty(x->text.text), or_empty(x->name.text),
		                or_empty(x->comparison), x->target, or_empty(x->unit)},
		        e));
	}
	return EC_OK;
}

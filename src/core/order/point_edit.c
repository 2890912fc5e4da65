#include "core/order/document_edit.h"

#include "base/cur.h"
#include "core/fact.h"
#include "core/order/cascade.h"
#include "core/order/deadline_said.h"
#include "core/order/document_index.h"
#include "core/order/document_seen.h"
#include "core/order/document_store.h"
#include "core/order/point_json.h"
#include "db/q_point.h"
#include "text/fold.h"

#include <math.h>

#define LINES_MAX 200 /* executors, deadlines or measures of one point */

/* A point under change. */
struct change_of {
	const struct ctx *c;
	struct q_document_one doc;
	int64_t point_id; /* 0: new */
	struct q_responsibles_of_rows who;
	struct q_deadlines_of_rows due;
	struct q_indicators_of_rows indicator;
	struct q_diagnostics_of_rows diag;
};

static enum ec clean_form(
        const struct ctx *c, const struct point_form *f, struct point_form *ret, struct err *e)
{
	const struct {
		struct text_field in;
		struct str *out;
	} fields[] = {
	        {{f->clause, "Пункт", 60, false, false}, &ret->clause},
	        {{f->section, "Раздел", 2000, false, false}, &ret->section},
	        {{f->activity, "Содержание", 60000, true, true}, &ret->activity},
	        {{f->items, "Подпункты", 60000, false, true}, &ret->items},
	        {{f->document_types, "Вид документа", 4000, false, true}, &ret->document_types},
	        {{f->expected_result, "Результат", 20000, false, true}, &ret->expected_result},
	        {{f->responsibles, "Исполнители", 20000, false, true}, &ret->responsibles},
	        {{f->deadlines, "Сроки", 20000, false, true}, &ret->deadlines},
	        {{f->indicators, "Показатели", 20000, false, true}, &ret->indicators},
	};
	enum assignment_type type;
	*ret = *f;
	if (!assignment_type_of(f->type, &type))
		return err_set(e, EC_INPUT, "Вид пункта: неизвестный вид");
	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		TRY(typed_text(c->a, &fields[i].in, fields[i].out, e));
	return EC_OK;
}

/* Lines that are not blank, trimmed. */
static size_t lines(struct arena *a, struct str text, struct str **ret)
{
	struct str line;
	struct str *v = arena_new(a, struct str, LINES_MAX);
	size_t n = 0;
	while (n < LINES_MAX && str_next(&text, '\n', &line))
		if (!str_blank(line))
			v[n++] = str_trim(line);
	*ret = v;
	return n;
}

/* «Начальник отдела / Иванова А. А.» */
static void cut_person(struct str line, struct str *name, struct str *person)
{
	size_t at = str_find(line, STR(" / "), 0);
	*name = at == SIZE_MAX ? line : str_trim(str_sub(line, 0, at));
	*person = at == SIZE_MAX ? STR("") : str_trim(str_skip(line, at + 3));
	if (str_starts(line, STR("/ "))) {
		*name = STR("");
		*person = str_trim(str_skip(line, 2));
	}
}

static struct executors_in read_executors(const struct change_of *ch, struct str text)
{
	struct str *line;
	size_t n = lines(ch->c->a, text, &line);
	struct executors_in in = {arena_new(ch->c->a, struct executor_in, n), n};
	for (size_t i = 0; i < n; i++) {
		struct executor_in *x = &in.v[i];
		cut_person(line[i], &x->name, &x->person);
		x->confidence = 1;
		for (size_t k = 0; k < ch->who.n; k++) {
			const struct q_responsibles_of *w = &ch->who.v[k];
			if (str_eq(w->name, x->name) && str_eq(w->person, x->person))
				x->span = (struct span){
				        (uint32_t)w->span_start, (uint32_t)w->span_end};
		}
	}
	return in;
}

static struct deadline_env env_of(const struct q_document_one *d)
{
	return (struct deadline_env){
	        iso_date(d->doc_date), iso_date(d->plan_start), iso_date(d->plan_end)};
}

/* Reads every line by the grammar; a line that did not change keeps its label and place. */
static struct deadlines_in read_deadlines(const struct change_of *ch, struct str text)
{
	struct arena *a = ch->c->a;
	struct deadline_env env = env_of(&ch->doc);
	struct str *line;
	size_t n = lines(a, text, &line);
	VEC(struct deadline_in) v = {0};
	for (size_t i = 0; i < n; i++) {
		const struct q_deadlines_of *old = NULL;
		for (size_t k = 0; k < ch->due.n && old == NULL; k++)
			if (str_eq(str_trim(ch->due.v[k].text), line[i]))
				old = &ch->due.v[k];
		struct deadline *got;
		size_t m = deadline_parse(a, line[i], &env, &got);
		struct deadline unread = {.kind = DEADLINE_INVALID,
		        .problem = STR("unreadable"),
		        .fragment = line[i]};
		if (m == 0) {
			got = &unread;
			m = 1;
		}
		for (size_t k = 0; k < m && v.n < LINES_MAX; k++) {
			struct deadline_in *d = vec_push(a, &v);
			*d = (struct deadline_in){
			        .value = got[k], .text = line[i], .confidence = 1};
			if (old != NULL) {
				d->label = old->label;
				d->inherited = old->inherited_from;
				d->span = (struct span){
				        (uint32_t)old->span_start, (uint32_t)old->span_end};
			}
		}
	}
	return (struct deadlines_in){v.v, v.n};
}

/* «Доля педагогов не менее 60 %» → comparison, number, unit. */
static void read_measure(struct arena *a, struct str line, struct indicator *x)
{
	static const struct {
		struct str words, sign;
	} signs[] = {
	        {STR_INIT("не менее"), STR_INIT(">=")},
	        {STR_INIT("не ниже"), STR_INIT(">=")},
	        {STR_INIT("не более"), STR_INIT("<=")},
	        {STR_INIT("не выше"), STR_INIT("<=")},
	        {STR_INIT("более"), STR_INIT(">")},
	        {STR_INIT("менее"), STR_INIT("<")},
	};
	*x = (struct indicator){.text = {.text = line}, .target = (double)NAN};
	struct str low = text_lower(a, line);
	struct str rest = low;
	size_t from = 0;
	for (size_t i = 0; i < ARRAY_LEN(signs) && from == 0; i++) {
		size_t at = str_find(low, signs[i].words, 0);
		if (at == SIZE_MAX)
			continue;
		x->comparison = signs[i].sign;
		x->name.text = str_trim(str_sub(line, 0, at));
		from = at + signs[i].words.n;
	}
	rest = str_skip(low, from);
	size_t i = 0;
	while (i < rest.n && (rest.p[i] < '0' || rest.p[i] > '9'))
		i++;
	struct cur c = CUR(str_skip(rest, i));
	if (cur_end(&c) || !cur_double(&c, &x->target))
		return;
	if (x->comparison.n == 0)
		x->comparison = STR("=");
	(void)cur_space(&c);
	x->unit = cur_lit(&c, STR("%")) ? STR("%") : STR("");
}

static struct indicators_in read_indicators(const struct change_of *ch, struct str text)
{
	struct str *line;
	size_t n = lines(ch->c->a, text, &line);
	struct indicators_in in = {arena_new(ch->c->a, struct indicator, n), n};
	for (size_t i = 0; i < n; i++) {
		read_measure(ch->c->a, line[i], &in.v[i]);
		for (size_t k = 0; k < ch->indicator.n; k++) {
			const struct q_indicators_of *w = &ch->indicator.v[k];
			if (str_eq(w->text, line[i]))
				in.v[i] = (struct indicator){.text = {.text = w->text},
				        .name = {.text = w->name},
				        .comparison = w->comparison,
				        .target = w->target,
				        .unit = w->unit};
		}
	}
	return in;
}

/* A problem settled before stays settled when it is found again. */
static enum ec put_diagnostic(
        const struct change_of *ch, const struct q_diagnostic_insert_in *in, struct err *e)
{
	struct q_diagnostic_insert_in row = *in;
	struct q_diagnostic_insert got;
	for (size_t i = 0; i < ch->diag.n; i++) {
		const struct q_diagnostics_of *old = &ch->diag.v[i];
		if (str_eq(old->code, row.code) && str_eq(old->fragment, row.fragment)) {
			row.settled_at = old->settled_at;
			row.settled_by = old->settled_by;
		}
	}
	return q_diagnostic_insert(ch->c->db, ch->c->a, &row, &got, e);
}

/* What the deadlines as typed say about themselves. */
static enum ec judge_deadlines(
        const struct change_of *ch, int64_t point_id, const struct deadlines_in *in, struct err *e)
{
	struct arena *a = ch->c->a;
	for (size_t i = 0; i < in->n; i++) {
		const struct deadline *d = &in->v[i].value;
		if (d->problem.n == 0)
			continue;
		bool bad = d->kind == DEADLINE_INVALID;
		struct card_deadline as = {.kind = deadline_kind_name(d->proposal_kind),
		        .start = date_none(d->proposal_start) ? STR_NONE
		                                              : date_iso(a, d->proposal_start),
		        .end = date_none(d->proposal_end) ? STR_NONE : date_iso(a, d->proposal_end),
		        .recurrence = d->proposal_recurrence};
		bool offer = d->proposal_kind != DEADLINE_NONE;
		if (offer)
			deadline_say(a, &as, &(struct deadline_proposal){0});
		struct str message = str_printf(a, "«" STR_FMT "»: " STR_FMT "%s" STR_FMT,
		        STR_ARG(d->fragment.n > 0 ? d->fragment : in->v[i].text),
		        STR_ARG(deadline_problem_title(d->problem)), offer ? "; предлагается " : "",
		        STR_ARG(offer ? as.said : STR("")));
		TRY(put_diagnostic(ch,
		        &(struct q_diagnostic_insert_in){ch->doc.id, point_id, d->problem,
		                bad ? STR("error") : STR("warning"),
		                str_printf(a, "deadlines[%zu]", i), or_empty(d->fragment), message,
		                in->v[i].span.from, in->v[i].span.to, DB_NULL_INT, DB_NULL_INT},
		        e));
	}
	return EC_OK;
}

static enum ec note_missing(const struct change_of *ch, int64_t point_id, const char *code,
        const char *message, struct err *e)
{
	return put_diagnostic(ch,
	        &(struct q_diagnostic_insert_in){ch->doc.id, point_id, str_c(code), STR("warning"),
	                STR(""), STR(""), str_c(message), 0, 0, DB_NULL_INT, DB_NULL_INT},
	        e);
}

/* Executors, deadlines, measures and their problems, written anew. */
static enum ec put_lists(
        const struct change_of *ch, int64_t point_id, const struct point_form *f, struct err *e)
{
	const struct ctx *c = ch->c;
	bool task = str_eq_z(f->type, "task");
	struct executors_in who = read_executors(ch, f->responsibles);
	struct deadlines_in due = read_deadlines(ch, f->deadlines);
	struct indicators_in ind = read_indicators(ch, f->indicators);
	int64_t set;
	struct resolver *r;
	TRY(set_territory(c, ch->doc.territory_id, &set, e));
	TRY(resolver_open(c, set, &r, e));
	TRY(q_responsibles_drop(c->db, &(struct q_responsibles_drop_in){point_id}, e));
	TRY(q_deadlines_drop(c->db, &(struct q_deadlines_drop_in){point_id}, e));
	TRY(q_indicators_drop(c->db, &(struct q_indicators_drop_in){point_id}, e));
	TRY(q_diagnostics_drop(
	        c->db, &(struct q_diagnostics_drop_in){point_id, STR("responsible")}, e));
	TRY(q_diagnostics_drop(
	        c->db, &(struct q_diagnostics_drop_in){point_id, STR("deadline")}, e));
	TRY(store_executors(
	        c, r, &(struct point_ref){ch->doc.id, point_id, task, ch->doc.org_id}, &who, e));
	TRY(store_deadlines(c, point_id, &due, e));
	TRY(store_indicators(c, point_id, &ind, e));
	TRY(judge_deadlines(ch, point_id, &due, e));
	if (task && who.n == 0)
		TRY(note_missing(ch, point_id, "responsible_missing",
		        "Исполнитель не назван: поручение никому не попадёт.", e));
	if (task && due.n == 0)
		TRY(note_missing(ch, point_id, "deadline_missing",
		        "Срок не назван: поручение будет на контроле без даты.", e));
	return cascade_lint(c, &ch->doc, point_id, e);
}

static enum ec read_old(struct change_of *ch, struct err *e)
{
	const struct ctx *c = ch->c;
	int64_t d = ch->doc.id;
	int64_t p = ch->point_id;
	TRY(q_responsibles_of(c->db, c->a, &(struct q_responsibles_of_in){d, p}, &ch->who, e));
	TRY(q_deadlines_of(c->db, c->a, &(struct q_deadlines_of_in){d, p}, &ch->due, e));
	TRY(q_indicators_of(c->db, c->a, &(struct q_indicators_of_in){d, p}, &ch->indicator, e));
	return q_diagnostics_of(c->db, c->a, &(struct q_diagnostics_of_in){d, p}, &ch->diag, e);
}

/* The point of a draft, taken for a change of this version. */
static enum ec take_point(struct change_of *ch, int64_t point_id, int64_t version, struct err *e)
{
	const struct ctx *c = ch->c;
	struct q_point_one p;
	int64_t n;
	enum ec ec = q_point_one(c->db, c->a, &(struct q_point_one_in){point_id}, &p, e);
	if (ec == EC_NOTFOUND)
		return err_set(e, EC_NOTFOUND, "нет такого пункта");
	TRY(ec);
	TRY(document_for_edit(c, p.document_id, &ch->doc, e));
	TRY(q_point_bump(c->db, &(struct q_point_bump_in){point_id, version}, &n, e));
	if (n == 0)
		return err_set(e, EC_CONFLICT,
		        "пункт тем временем изменил другой человек (правка %lld, у вас %lld): "
		        "обновите страницу",
		        (long long)p.version, (long long)version);
	TRY(q_document_touch(c->db, &(struct q_document_touch_in){p.document_id}, e));
	ch->point_id = point_id;
	return read_old(ch, e);
}

static struct str point_key(struct arena *a, const struct point_form *f)
{
	return text_key(a, str_printf(a, STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(f->clause),
	                           STR_ARG(f->activity), STR_ARG(f->items)));
}

enum ec point_edit(const struct ctx *c, int64_t point_id, int64_t version,
        const struct point_form *typed, struct err *e)
{
	struct point_form f;
	struct str before;
	struct str after;
	TRY(clean_form(c, typed, &f, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	struct change_of ch = {.c = c};
	TRY(take_point(&ch, point_id, version, e));
	TRY(point_json(c, ch.doc.id, point_id, &before, e));
	TRY(q_point_update(c->db,
	        &(struct q_point_update_in){point_id, f.type, f.clause, f.section, f.activity,
	                f.items, STR("own"), f.document_types, f.expected_result,
	                point_key(c->a, &f)},
	        e));
	TRY(put_lists(&ch, point_id, &f, e));
	TRY(point_json(c, ch.doc.id, point_id, &after, e));
	TRY(history_add(c,
	        &(struct change){STR("point"), point_id, STR("change"), before, after, STR("")},
	        e));
	TRY(document_index(c, ch.doc.id, e));
	return tx_commit(&tx, e);
}

enum ec point_add(const struct ctx *c, int64_t document_id, int64_t after_id,
        const struct point_form *typed, int64_t *ret_id, struct err *e)
{
	struct point_form f;
	struct str after;
	struct str part = STR("main");
	TRY(clean_form(c, typed, &f, e));
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	struct change_of ch = {.c = c};
	TRY(document_for_edit(c, document_id, &ch.doc, e));
	struct q_point_last last;
	TRY(q_point_last(c->db, c->a, &(struct q_point_last_in){document_id}, &last, e));
	int64_t seq = last.seq;
	struct q_point_one behind;
	if (after_id != 0 &&
	        q_point_one(c->db, c->a, &(struct q_point_one_in){after_id}, &behind, e) == EC_OK &&
	        behind.document_id == document_id) {
		seq = behind.seq;
		part = behind.part;
		TRY(q_point_shift(c->db, &(struct q_point_shift_in){document_id, seq}, e));
	}
	struct q_point_insert row;
	TRY(q_point_insert(c->db, c->a,
	        &(struct q_point_insert_in){.document_id = document_id,
	                .part = part,
	                .seq = seq + 1,
	                .type = f.type,
	                .clause = f.clause,
	                .section = f.section,
	                .activity = f.activity,
	                .items = f.items,
	                .responsible_source = STR("own"),
	                .document_types = f.document_types,
	                .expected_result = f.expected_result,
	                .search_key = point_key(c->a, &f),
	                .span_start = 0,
	                .span_end = 0,
	                .confidence = 1,
	                .edited = 1},
	        &row, e));
	TRY(q_document_touch(c->db, &(struct q_document_touch_in){document_id}, e));
	TRY(put_lists(&ch, row.id, &f, e));
	TRY(point_json(c, document_id, row.id, &after, e));
	TRY(history_add(c,
	        &(struct change){STR("point"), row.id, STR("create"), STR_NONE, after, STR("")},
	        e));
	TRY(document_index(c, document_id, e));
	TRY(tx_commit(&tx, e));
	*ret_id = row.id;
	return EC_OK;
}

static enum ec strike(
        const struct ctx *c, int64_t point_id, int64_t version, bool removed, struct err *e)
{
	struct str before;
	struct str after;
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	struct change_of ch = {.c = c};
	TRY(take_point(&ch, point_id, version, e));
	TRY(point_json(c, ch.doc.id, point_id, &before, e));
	TRY(q_point_strike(c->db, &(struct q_point_strike_in){point_id, removed}, e));
	TRY(point_json(c, ch.doc.id, point_id, &after, e));
	TRY(history_add(c,
	        &(struct change){STR("point"), point_id, removed ? STR("remove") : STR("restore"),
	                before, after, STR("")},
	        e));
	TRY(document_index(c, ch.doc.id, e));
	return tx_commit(&tx, e);
}

enum ec point_remove(const struct ctx *c, int64_t point_id, int64_t version, struct err *e)
{
	return strike(c, point_id, version, true, e);
}

enum ec point_restore(const struct ctx *c, int64_t point_id, int64_t version, struct err *e)
{
	return strike(c, point_id, version, false, e);
}

struct point_form point_form_of(struct arena *a, const struct card_point *p)
{
	struct buf who;
	struct buf due;
	struct buf ind;
	buf_init(&who, a, MIB);
	buf_init(&due, a, MIB);
	buf_init(&ind, a, MIB);
	for (size_t i = 0; i < p->n_responsible; i++) {
		const struct card_responsible *r = &p->responsible[i];
		buf_add(&who, str_replace(a, r->name, STR("\n"), STR(" ")));
		if (r->person.n > 0)
			buf_printf(
			        &who, "%s/ " STR_FMT, r->name.n > 0 ? " " : "", STR_ARG(r->person));
		buf_byte(&who, '\n');
	}
	for (size_t i = 0; i < p->n_deadlines; i++) {
		/* one phrase may have several readings: it stands once */
		bool again = i > 0 && str_eq(p->deadline[i].text, p->deadline[i - 1].text);
		if (again)
			continue;
		buf_add(&due, str_replace(a, p->deadline[i].text, STR("\n"), STR(" ")));
		buf_byte(&due, '\n');
	}
	for (size_t i = 0; i < p->n_indicators; i++) {
		buf_add(&ind, str_replace(a, p->indicator[i].text, STR("\n"), STR(" ")));
		buf_byte(&ind, '\n');
	}
	return (struct point_form){p->type, p->clause, p->section, p->activity, p->items,
	        p->document_types, p->expected_result, str_trim(buf_str(&who)),
	        str_trim(buf_str(&due)), str_trim(buf_str(&ind))};
}

enum ec deadline_preview(const struct ctx *c, int64_t document_id, struct str phrase,
        struct deadline_preview *ret, struct err *e)
{
	struct change_of ch = {.c = c};
	struct str text;
	TRY(document_for_read(c, document_id, &ch.doc, e));
	TRY(typed_text(c->a, &(struct text_field){phrase, "Сроки", 20000, false, true}, &text, e));
	struct deadlines_in in = read_deadlines(&ch, text);
	struct card_deadline *v = arena_new(c->a, struct card_deadline, in.n);
	for (size_t i = 0; i < in.n; i++) {
		const struct deadline *d = &in.v[i].value;
		v[i] = (struct card_deadline){.text = in.v[i].text,
		        .kind = deadline_kind_name(d->kind),
		        .start = date_none(d->start) ? STR_NONE : date_iso(c->a, d->start),
		        .end = date_none(d->end) ? STR_NONE : date_iso(c->a, d->end),
		        .time = d->time,
		        .recurrence = d->recurrence,
		        .anchor = d->anchor,
		        .offset = d->offset,
		        .then_continuous = d->then_continuous,
		        .approximate = d->approximate,
		        .year_rule = year_rule_name(d->year_rule),
		        .problem = d->problem,
		        .fragment = d->fragment,
		        .confidence = 1};
		bool offer = d->proposal_kind != DEADLINE_NONE;
		deadline_say(c->a, &v[i],
		        &(struct deadline_proposal){
		                offer ? deadline_kind_name(d->proposal_kind) : STR(""),
		                date_none(d->proposal_start) ? STR_NONE
		                                             : date_iso(c->a, d->proposal_start),
		                date_none(d->proposal_end) ? STR_NONE
		                                           : date_iso(c->a, d->proposal_end),
		                d->proposal_recurrence});
	}
	*ret = (struct deadline_preview){v, in.n};
	return EC_OK;
}

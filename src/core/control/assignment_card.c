#include "core/control/assignment_card.h"

#include "core/control/assignment_find.h"
#include "core/control/assignment_row.h"
#include "core/fact.h"
#include "db/q_point.h"
#include "doc/document.h"

#define IN(s) (1u << CONTROL_##s)

/* The life of an assignment, whole. */
static const struct {
	struct str name, title;
	unsigned from; /* states it may be taken in */
	enum control_state to;
	enum cap cap;
	bool note; /* a text is needed */
} steps[STEP_COUNT] = {
        [STEP_NONE] = {STR_INIT(""), STR_INIT(""), 0, CONTROL_NONE, CAP_NONE, false},
        [STEP_TAKE] = {STR_INIT("take"), STR_INIT("Взять в работу"), IN(ASSIGNED) | IN(RETURNED),
                CONTROL_WORKING, CAP_ASSIGNMENT_WORK, false},
        [STEP_SUBMIT] = {STR_INIT("submit"), STR_INIT("Представить исполнение"),
                IN(ASSIGNED) | IN(WORKING) | IN(RETURNED), CONTROL_SUBMITTED, CAP_ASSIGNMENT_WORK,
                true},
        [STEP_ACCEPT] = {STR_INIT("accept"), STR_INIT("Принять и снять с контроля"), IN(SUBMITTED),
                CONTROL_ACCEPTED, CAP_ASSIGNMENT_CONTROL, false},
        [STEP_RETURN] = {STR_INIT("return"), STR_INIT("Вернуть на доработку"), IN(SUBMITTED),
                CONTROL_RETURNED, CAP_ASSIGNMENT_CONTROL, true},
        [STEP_WITHDRAW] = {STR_INIT("withdraw"), STR_INIT("Снять с контроля без исполнения"),
                IN(ASSIGNED) | IN(WORKING) | IN(SUBMITTED) | IN(RETURNED), CONTROL_WITHDRAWN,
                CAP_ASSIGNMENT_CONTROL, true},
        [STEP_RESUME] = {STR_INIT("resume"), STR_INIT("Вернуть на контроль"), IN(WITHDRAWN),
                CONTROL_ASSIGNED, CAP_ASSIGNMENT_CONTROL, true},
        [STEP_RECALL] = {STR_INIT("recall"), STR_INIT("Отозвать отчёт"), IN(SUBMITTED),
                CONTROL_WORKING, CAP_ASSIGNMENT_WORK, true},
        [STEP_UNACCEPT] = {STR_INIT("unaccept"), STR_INIT("Отменить принятие"), IN(ACCEPTED),
                CONTROL_SUBMITTED, CAP_ASSIGNMENT_CONTROL, true},
        [STEP_UNRETURN] = {STR_INIT("unreturn"), STR_INIT("Отменить возврат"), IN(RETURNED),
                CONTROL_SUBMITTED, CAP_ASSIGNMENT_CONTROL, true},
};

/* Back on control in the state it was taken off in: the verb of the history names it, so that the
 * past stays a query. */
static const struct {
	enum control_state to;
	struct str verb;
} resumed[] = {
        {CONTROL_WORKING, STR_INIT("resume_working")},
        {CONTROL_SUBMITTED, STR_INIT("resume_submitted")},
        {CONTROL_RETURNED, STR_INIT("resume_returned")},
};

struct str control_step_name(enum control_step s)
{
	return s < STEP_COUNT ? steps[s].name : STR("");
}

struct str control_step_title(enum control_step s)
{
	return s < STEP_COUNT ? steps[s].title : STR("");
}

bool control_step_needs_note(enum control_step s)
{
	return s < STEP_COUNT && steps[s].note;
}

bool control_step_undoes(enum control_step s)
{
	return s >= STEP_RESUME && s < STEP_COUNT;
}

bool control_step_of(struct str name, enum control_step *ret)
{
	for (int s = STEP_TAKE; s < STEP_COUNT; s++)
		if (str_eq(steps[s].name, name)) {
			*ret = (enum control_step)s;
			return true;
		}
	return false;
}

/* The executor works on its own; the controller is who may control both there and in the document:
 * a municipality does not accept its own report to the region. */
static bool may_step(const struct ctx *c, const struct q_assignment_one *a, enum control_step step)
{
	enum control_state state;
	if (!control_state_of(a->state, &state) || (steps[step].from & (1u << state)) == 0)
		return false;
	if (!str_eq_z(a->document_status, "confirmed"))
		return false;
	if (!actor_may(c->actor, steps[step].cap, a->territory_id, a->org_id))
		return false;
	return steps[step].cap != CAP_ASSIGNMENT_CONTROL ||
	       actor_may(c->actor, steps[step].cap, a->document_territory_id, ACTOR_ALL) ||
	       a->org_kind_school != 0;
}

enum ec assignment_for_read(
        const struct ctx *c, int64_t id, struct q_assignment_one *ret, struct err *e)
{
	enum ec ec = q_assignment_one(c->db, c->a, &(struct q_assignment_one_in){id}, ret, e);
	if (ec == EC_NOTFOUND || (ec == EC_OK && !actor_may(c->actor, CAP_ASSIGNMENT_READ,
	                                                 ret->territory_id, ret->org_id)))
		return err_set(e, EC_NOTFOUND, "нет такого поручения");
	return ec;
}

/* Why the step is refused, in the order a person would ask. */
static enum ec refuse(const struct ctx *c, const struct q_assignment_one *a, enum control_step step,
        struct err *e)
{
	enum control_state state = CONTROL_NONE;
	(void)control_state_of(a->state, &state);
	if (!actor_may(c->actor, steps[step].cap, a->territory_id, a->org_id))
		return err_set(e, EC_DENIED, "нет права на это действие");
	if (!str_eq_z(a->document_status, "confirmed"))
		return err_set(e, EC_CONFLICT, "документ уже не на контроле");
	if ((steps[step].from & (1u << state)) == 0)
		return err_set(e, EC_CONFLICT,
		        "поручение сейчас «" STR_FMT "»: действие невозможно",
		        STR_ARG(control_state_title(state)));
	return err_set(e, EC_DENIED, "принимает тот, чей документ");
}

bool assignment_may_work(const struct ctx *c, const struct q_assignment_one *a)
{
	return may_step(c, a, STEP_SUBMIT);
}

enum ec assignment_for_work(
        const struct ctx *c, int64_t id, struct q_assignment_one *ret, struct err *e)
{
	TRY(assignment_for_read(c, id, ret, e));
	return may_step(c, ret, STEP_SUBMIT) ? EC_OK : refuse(c, ret, STEP_SUBMIT, e);
}

static enum ec add_point(const struct ctx *c, struct assignment_card *card, struct err *e)
{
	struct q_responsibles_of_rows who;
	struct q_indicators_of_rows ind;
	int64_t d = card->row.document_id;
	int64_t p = card->row.point_id;
	TRY(q_responsibles_of(c->db, c->a, &(struct q_responsibles_of_in){d, p}, &who, e));
	TRY(q_indicators_of(c->db, c->a, &(struct q_indicators_of_in){d, p}, &ind, e));
	struct str *v = arena_new(c->a, struct str, who.n + ind.n);
	for (size_t i = 0; i < who.n; i++)
		v[i] = who.v[i].person.n == 0
		               ? who.v[i].name
		               : str_printf(c->a, STR_FMT "%s" STR_FMT, STR_ARG(who.v[i].name),
		                         who.v[i].name.n > 0 ? " / " : "",
		                         STR_ARG(who.v[i].person));
	card->responsible = who.n > 0 ? str_join(c->a, STR("\n"), v, who.n) : STR("");
	for (size_t i = 0; i < ind.n; i++)
		v[i] = ind.v[i].text;
	card->indicators = ind.n > 0 ? str_join(c->a, STR("\n"), v, ind.n) : STR("");
	return EC_OK;
}

enum ec assignment_card(const struct ctx *c, int64_t id, struct assignment_card *ret, struct err *e)
{
	struct q_assignment_one a;
	enum control_state state = CONTROL_ASSIGNED;
	enum doc_kind kind;
	TRY(assignment_for_read(c, id, &a, e));
	(void)control_state_of(a.state, &state);
	struct date reported = report_day(c, a.submitted_at);
	const struct control_facts facts = {state, a.due_date, a.lead != 0, reported};
	struct assignment_card card = {
	        .row = {.id = a.id,
	                .parent_id = a.parent_id,
	                .document_id = a.document_id,
	                .point_id = a.point_id,
	                .org_id = a.org_id,
	                .territory_id = a.territory_id,
	                .document_kind_title =
	                        doc_kind_of(a.kind, &kind) ? doc_kind_title(kind) : a.kind,
	                .document_number = a.number,
	                .document_date = a.doc_date,
	                .document_title = a.title,
	                .clause = a.clause,
	                .activity = a.activity,
	                .org_name = a.org_name,
	                .territory_name = a.territory_name,
	                .deadline_text = or_empty(a.deadline_text),
	                .deadline_kind = or_empty(a.deadline_kind),
	                .due = a.due_date,
	                .state = state,
	                .verdict = control_judge_of(c->a, &facts, clock_today(c->clock)),
	                .reported = reported,
	                .state_at = a.state_at,
	                .lead = a.lead != 0,
	                .version = a.version},
	        .why = a.why,
	        .section = a.section,
	        .items = a.items,
	        .document_types = a.document_types,
	        .expected_result = a.expected_result,
	        .state_note = a.state_note,
	        .state_by = or_empty(a.state_name),
	        .place_from = a.span_start,
	        .place_to = a.span_end};
	TRY(add_point(c, &card, e));
	TRY(assignment_history(c, &a, &card, e));
	for (int s = STEP_TAKE; s < STEP_COUNT; s++)
		card.may[s] = may_step(c, &a, (enum control_step)s);
	*ret = card;
	return EC_OK;
}

/* The state its last withdrawal found it in. */
static enum ec before_withdrawal(const struct ctx *c, int64_t id, enum control_state *ret_to,
        struct str *ret_verb, struct err *e)
{
	struct events got;
	struct json_value *was;
	TRY(history_of(c, STR("assignment"), id, 50, &got, e));
	for (size_t i = 0; i < got.n; i++) {
		if (!str_eq_z(got.v[i].verb, "withdraw"))
			continue;
		TRY(json_parse(c->a, got.v[i].before, &was, e));
		for (size_t k = 0; k < ARRAY_LEN(resumed); k++)
			if (str_eq(control_state_name(resumed[k].to), json_get_str(was, "state"))) {
				*ret_to = resumed[k].to;
				*ret_verb = resumed[k].verb;
			}
		return EC_OK;
	}
	return EC_OK;
}

enum ec assignment_step_within(
        const struct ctx *c, int64_t id, const struct step_form *f, struct err *e)
{
	struct q_assignment_one a;
	struct str note;
	int64_t n;
	if (f->step <= STEP_NONE || f->step >= STEP_COUNT)
		return err_set(e, EC_INPUT, "неизвестное действие");
	TRY(typed_text(c->a,
	        &(struct text_field){f->note, f->step == STEP_SUBMIT ? "Что сделано" : "Причина",
	                20000, steps[f->step].note, true},
	        &note, e));
	TRY(assignment_for_read(c, id, &a, e));
	if (!may_step(c, &a, f->step))
		return refuse(c, &a, f->step, e);
	enum control_state to = steps[f->step].to;
	struct str verb = steps[f->step].name;
	int64_t now = clock_now(c->clock);
	if (f->step == STEP_RESUME)
		TRY(before_withdrawal(c, id, &to, &verb, e));
	TRY(q_assignment_step(c->db,
	        &(struct q_assignment_step_in){id, f->version == 0 ? a.version : f->version,
	                control_state_name(to), now, acting_user(c), note,
	                f->step == STEP_SUBMIT ? now : DB_NULL_INT},
	        &n, e));
	if (n == 0)
		return err_set(e, EC_CONFLICT,
		        "поручение тем временем изменил другой человек: обновите страницу");
	struct fact before;
	struct fact after;
	fact_begin(&before, c->a);
	json_kv_str(&before.j, "state", a.state);
	json_kv_str(&before.j, "note", a.state_note);
	fact_begin(&after, c->a);
	json_kv_str(&after.j, "state", control_state_name(to));
	json_kv_str(&after.j, "note", note);
	return history_add(c,
	        &(struct change){
	                STR("assignment"), id, verb, fact_end(&before), fact_end(&after), note},
	        e);
}

enum ec assignment_step(const struct ctx *c, int64_t id, const struct step_form *f, struct err *e)
{
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(assignment_step_within(c, id, f, e));
	return tx_commit(&tx, e);
}

/* What happened to one assignment, its evidence and its extensions, in Russian, newest first. */
#include "core/control/assignment_find.h"
#include "core/fact.h"
#include "core/registry/org.h"

#define EVENTS_MAX 500

/* "noun.verb" → words */
static const struct word words[] = {
        {STR_INIT("assignment.take"), STR_INIT("взято в работу")},
        {STR_INIT("assignment.submit"), STR_INIT("исполнение представлено")},
        {STR_INIT("assignment.accept"), STR_INIT("принято, снято с контроля")},
        {STR_INIT("assignment.return"), STR_INIT("возвращено на доработку")},
        {STR_INIT("assignment.withdraw"), STR_INIT("снято с контроля без исполнения")},
        {STR_INIT("assignment.resume"), STR_INIT("возвращено на контроль")},
        {STR_INIT("assignment.resume_working"), STR_INIT("возвращено на контроль: в работе")},
        {STR_INIT("assignment.resume_submitted"),
                STR_INIT("возвращено на контроль: исполнение представлено")},
        {STR_INIT("assignment.resume_returned"), STR_INIT("возвращено на контроль: на доработке")},
        {STR_INIT("assignment.recall"), STR_INIT("отчёт отозван исполнителем")},
        {STR_INIT("assignment.unaccept"), STR_INIT("принятие отменено, снова на проверке")},
        {STR_INIT("assignment.unreturn"), STR_INIT("возврат отменён, снова на проверке")},
        {STR_INIT("evidence.create"), STR_INIT("приложено подтверждение")},
        {STR_INIT("evidence.remove"), STR_INIT("убрано подтверждение")},
        {STR_INIT("extension.ask"), STR_INIT("запрошено продление")},
        {STR_INIT("extension.grant"), STR_INIT("срок продлён")},
        {STR_INIT("extension.refuse"), STR_INIT("в продлении отказано")},
        {STR_INIT("extension.recall"), STR_INIT("запрос продления отозван")},
};

/* Later moves of the day are lines of their own below the reason it was born with. */
static struct str born_why(struct str why)
{
	size_t end = str_find_byte(why, '\n', 0);
	return end == SIZE_MAX ? why : str_sub(why, 0, end);
}

/* What the fact of evidence or of an extension was about. */
static struct str detail(const struct ctx *c, const struct q_assignment_events *v)
{
	struct json_value *fact;
	struct err ignored;
	struct str json = v->after.p != NULL ? v->after : v->before;
	if (str_eq_z(v->noun, "assignment") || json.p == NULL ||
	        json_parse(c->a, json, &fact, &ignored) != EC_OK)
		return v->reason;
	struct str about = or_empty(json_get_str(fact, "file_name"));
	if (about.n == 0)
		about = or_empty(json_get_str(fact, "title"));
	if (about.n == 0 && str_eq_z(v->noun, "evidence"))
		about = utf8_head(or_empty(json_get_str(fact, "text")), 120);
	struct str due = json_get_str(fact, "due");
	if (due.n > 0)
		about = str_printf(c->a, "до " STR_FMT, STR_ARG(iso_ru(c->a, due)));
	return str_printf(c->a, STR_FMT "%s" STR_FMT, STR_ARG(about),
	        about.n > 0 && v->reason.n > 0 ? ": " : "", STR_ARG(v->reason));
}

enum ec assignment_history(const struct ctx *c, const struct q_assignment_one *a,
        struct assignment_card *card, struct err *e)
{
	struct q_assignment_events_rows got;
	TRY(q_assignment_events(
	        c->db, c->a, &(struct q_assignment_events_in){a->id, EVENTS_MAX}, &got, e));
	card->event = arena_new(c->a, struct assignment_event, got.n + 1);
	for (size_t i = 0; i < got.n; i++) {
		const struct q_assignment_events *v = &got.v[i];
		struct str key =
		        str_printf(c->a, STR_FMT "." STR_FMT, STR_ARG(v->noun), STR_ARG(v->verb));
		card->event[card->n_events++] = (struct assignment_event){v->at,
		        v->user_name.n > 0 ? v->user_name : STR("система"),
		        word_title(words, ARRAY_LEN(words), key), detail(c, v)};
	}
	/* the confirmation of the document made it: one event for all of them */
	card->event[card->n_events++] = (struct assignment_event){
	        a->created_at, STR("система"), STR("поставлено на контроль"), born_why(a->why)};
	return EC_OK;
}

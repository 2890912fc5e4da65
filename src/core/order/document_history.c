#include "core/fact.h"
#include "core/order/document_card.h"
#include "core/order/document_seen.h"
#include "db/q_document.h"

#define EVENTS_MAX 1000

static const struct {
	const char *noun, *verb, *said;
} said[] = {
        {"document", "import", "загружен"},
        {"document", "create", "создан"},
        {"document", "derive", "создан во исполнение вышестоящего документа"},
        {"document", "entrants", "поставлены на контроль вошедшие в состав позже"},
        {"document", "change", "изменены реквизиты"},
        {"document", "confirm", "поставлен на контроль"},
        {"document", "unconfirm", "возвращён в черновик"},
        {"document", "cancel", "отменён"},
        {"point", "create", "добавлен пункт"},
        {"point", "change", "изменён пункт"},
        {"point", "remove", "вычеркнут пункт"},
        {"point", "restore", "возвращён пункт"},
        {"point", "check", "проверен пункт"},
        {"point", "undo", "отменена правка пункта"},
        {"document", "version_add", "занесена новая редакция"},
        {"document", "version", "принята новая редакция"},
        {"document", "version_drop", "отклонена новая редакция"},
        {"document", "undo", "отменена правка реквизитов"},
        {"diagnostic", "undo", "отменено решение по замечанию"},
        {"diagnostic", "accept", "принято предложение"},
        {"diagnostic", "stands", "оставлено как есть"},
        {"diagnostic", "reopen", "замечание снова открыто"},
};

struct str document_event_said(const struct ctx *c, const struct q_document_events *v)
{
	struct str what = v->verb;
	for (size_t i = 0; i < ARRAY_LEN(said); i++)
		if (str_eq_z(v->noun, said[i].noun) && str_eq_z(v->verb, said[i].verb))
			what = str_c(said[i].said);
	if (!str_eq_z(v->noun, "point"))
		return what;
	struct json_value *tree;
	struct err none;
	struct str json = v->after.p != NULL ? v->after : v->before;
	if (json.p == NULL || json_parse(c->a, json, &tree, &none) != EC_OK)
		return what;
	struct str clause = json_get_str(tree, "clause");
	return clause.n == 0
	               ? what
	               : str_printf(c->a, STR_FMT " " STR_FMT, STR_ARG(what), STR_ARG(clause));
}

enum ec document_history(
        const struct ctx *c, int64_t document_id, struct card_history *ret, struct err *e)
{
	struct q_document_one d;
	struct q_document_events_rows rows;
	TRY(document_for_read(c, document_id, &d, e));
	TRY(q_document_events(
	        c->db, c->a, &(struct q_document_events_in){document_id, EVENTS_MAX}, &rows, e));
	struct card_event *v = arena_new(c->a, struct card_event, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_document_events *r = &rows.v[i];
		v[i] = (struct card_event){r->id, r->at,
		        r->user_name.n > 0 ? r->user_name : STR("система"),
		        document_event_said(c, r), r->before, r->after, r->reason};
	}
	*ret = (struct card_history){v, rows.n};
	return EC_OK;
}

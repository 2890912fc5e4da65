#include "core/queue/kinds.h"

#include "core/control/evidence_text.h"
#include "core/history.h"
#include "core/order/document_import.h"
#include "core/registry/registry_import.h"
#include "core/result/import.h"
#include "pack/json.h"

static enum ec run_document(
        const struct ctx *c, const struct job_input *in, struct str *ret_message, struct err *e)
{
	struct json_value *params;
	int64_t territory = 0;
	int64_t id = 0;
	TRY(json_parse(c->a, in->params, &params, e));
	(void)json_get_int(params, "territory_id", &territory);
	enum ec ec = document_import(
	        c, &(struct document_source){in->bytes, in->name, territory}, &id, e);
	/* the worker before this one may have died after its last step */
	if (ec != EC_OK && !(ec == EC_CONFLICT && id != 0))
		return ec;
	*ret_message = str_printf(c->a, "%s: документ %lld",
	        ec == EC_OK ? "загружен" : "уже загружен", (long long)id);
	return EC_OK;
}

static struct str balance(const struct ctx *c, const struct load_card *k)
{
	const struct load_balance *b = &k->load.balance;
	return str_printf(c->a,
	        "загрузка %lld: прочитано %lld = записано %lld + изменено %lld + без изменений "
	        "%lld + отклонено %lld",
	        (long long)k->load.id, (long long)b->read, (long long)b->stored,
	        (long long)b->changed, (long long)b->unchanged, (long long)b->rejected);
}

static enum ec run_results(
        const struct ctx *c, const struct job_input *in, struct str *ret_message, struct err *e)
{
	struct json_value *params;
	struct load_card card;
	int64_t year = 0;
	int64_t grade = 0;
	int64_t create = 0;
	TRY(json_parse(c->a, in->params, &params, e));
	(void)json_get_int(params, "year", &year);
	(void)json_get_int(params, "grade", &grade);
	(void)json_get_int(params, "create_schools", &create);
	if (year < 0 || year > 9999 || grade < 0 || grade > 11)
		return err_set(e, EC_INPUT, "год или класс вне пределов");
	struct results_opt opt = {.year = (int)year,
	        .grade = (int)grade,
	        .subject = json_get_str(params, "subject"),
	        .auto_create = create != 0};
	TRY(results_import(c, in->name, in->bytes, &opt, &card, e));
	*ret_message = balance(c, &card);
	return EC_OK;
}

static enum ec run_registry(
        const struct ctx *c, const struct job_input *in, struct str *ret_message, struct err *e)
{
	struct load_card card;
	TRY(registry_import(c, in->name, in->bytes, &card, e));
	*ret_message = balance(c, &card);
	return EC_OK;
}

static enum ec run_audit(
        const struct ctx *c, const struct job_input *in, struct str *ret_message, struct err *e)
{
	struct history_check h;
	(void)in;
	TRY(history_verify(c, NULL, &h, e));
	if (!h.whole)
		return err_set(e, EC_CONFLICT, "цепочка нарушена на событии %lld: " STR_FMT,
		        (long long)h.id, STR_ARG(h.why));
	*ret_message = str_printf(c->a, "цепочка цела, событий %lld; отметка %lld:" STR_FMT,
	        (long long)h.mark.n, (long long)h.mark.n, STR_ARG(h.mark.hash));
	return EC_OK;
}

static enum ec run_evidence(
        const struct ctx *c, const struct job_input *in, struct str *ret_message, struct err *e)
{
	struct json_value *params;
	int64_t id = 0;
	TRY(json_parse(c->a, in->params, &params, e));
	(void)json_get_int(params, "evidence_id", &id);
	return evidence_read(c, id, ret_message, e);
}

static const struct job_kind kinds[] = {
        {STR_INIT("document"), STR_INIT("разбор документа"), CAP_DOCUMENT_WRITE, run_document},
        {STR_INIT("results"), STR_INIT("загрузка результатов"), CAP_RESULT_LOAD, run_results},
        {STR_INIT("registry"), STR_INIT("загрузка реестра"), CAP_REGISTRY_WRITE, run_registry},
        {STR_INIT("evidence"), STR_INIT("чтение подтверждения"), CAP_ASSIGNMENT_WORK, run_evidence},
        {STR_INIT("audit"), STR_INIT("проверка журнала"), CAP_AUDIT_READ, run_audit},
};

const struct job_kinds work_kinds = {kinds, ARRAY_LEN(kinds)};

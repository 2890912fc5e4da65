/* Documents of a lower level: making one and showing what there is. */
#include "web/page_document.h"

enum ec document_derive_post(struct call *c, struct err *e)
{
	struct derive_form f = {
	        .parent_id = c->id[0], .territory_id = call_int(c, STR("territory"))};
	int64_t id = 0;
	if (call_text(c, STR("org")).n > 0)
		TRY(org_by_words(c, call_text(c, STR("org")), &f.org_id, e));
	enum ec code = document_derive(&c->ctx, &f, &id, e);
	if (code != EC_OK && !(code == EC_CONFLICT && id > 0))
		return code;
	return call_redirect(c, url_int(c->r->a, URL("/documents"), id),
	        code == EC_OK ? STR("Черновик создан: уточните текст, исполнителей и сроки, затем "
	                            "подтвердите.")
	                      : STR("Такой документ уже создан: вот его карточка."));
}

enum ec entrants_add_post(struct call *c, struct err *e)
{
	int64_t n;
	TRY(entrants_add(&c->ctx, c->id[0], call_int(c, STR("version")), &n, e));
	return call_redirect(c, url_int(c->r->a, URL("/documents"), c->id[0]),
	        str_printf(
	                c->r->a, "Вошедшим поставлено на контроль поручений: %lld.", (long long)n));
}

enum ec document_parent_post(struct call *c, struct err *e)
{
	TRY(document_parent_set(
	        &c->ctx, c->id[0], call_int(c, STR("version")), call_int(c, STR("parent")), e));
	return document_again(c, 0, STR("Записано: во исполнение этого документа."));
}

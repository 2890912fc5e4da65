#include "core/order/document_confirm.h"
#include "web/page_document.h"

enum ec document_confirm_post(struct call *c, struct err *e)
{
	struct confirm_result r;
	TRY(document_confirm(&c->ctx, c->id[0], call_int(c, STR("version")), &r, e));
	return document_again(c, 0,
	        str_printf(c->r->a,
	                "Подтверждено: пунктов %lld, организаций %lld, поручений поставлено на "
	                "контроль %lld; вне реестра исполнителей: %lld.",
	                (long long)r.n_points, (long long)r.n_orgs, (long long)r.n_assignments,
	                (long long)r.n_without_org));
}

enum ec document_unconfirm_post(struct call *c, struct err *e)
{
	TRY(document_unconfirm(
	        &c->ctx, c->id[0], call_int(c, STR("version")), call_text(c, STR("reason")), e));
	return document_again(c, 0, STR("Документ снова черновик, поручения сняты."));
}

enum ec document_cancel_post(struct call *c, struct err *e)
{
	TRY(document_cancel(
	        &c->ctx, c->id[0], call_int(c, STR("version")), call_text(c, STR("reason")), e));
	return document_again(c, 0, STR("Документ отменён, открытые поручения сняты с контроля."));
}

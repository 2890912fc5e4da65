#include "web/page_versions.h"

#include "web/page_document.h"
#include "web/pages/versions.h"

static enum ec head_of(struct call *c, struct str title, struct head *ret, struct err *e)
{
	struct document_card d;
	TRY(document_card(&c->ctx, c->id[0], &d, e));
	*ret = (struct head){.call = c,
	        .title = title,
	        .note = d.row.title,
	        .section = SECTION_DOCUMENTS,
	        .guide = STR("versions"),
	        .as_of = call_today(c),
	        .crumb = {{STR("Документы"), URL("/documents")},
	                {card_title(c->r->a, &d.row),
	                        url_int(c->r->a, URL("/documents"), c->id[0])}}};
	return EC_OK;
}

static struct url versions_url(struct call *c)
{
	return url_seg(c->r->a, url_int(c->r->a, URL("/documents"), c->id[0]), STR("versions"));
}

enum ec versions_get(struct call *c, struct err *e)
{
	struct versions_page p = {.document_id = c->id[0]};
	TRY(head_of(c, STR("Редакции документа"), &p.head, e));
	TRY(document_versions(&c->ctx, c->id[0], &p.m, e));
	struct out o;
	out_init(&o, c->r->a);
	page_versions(&o, &p);
	return call_page(c, &o, e);
}

static struct url compare_url(struct call *c, int64_t from, int64_t to)
{
	struct arena *a = c->r->a;
	struct url u = url_seg(a, url_int(a, URL("/documents"), c->id[0]), STR("compare"));
	u = url_arg(a, u, STR("from"), str_printf(a, "%lld", (long long)from));
	return url_arg(a, u, STR("to"), str_printf(a, "%lld", (long long)to));
}

enum ec version_add_post(struct call *c, struct err *e)
{
	int64_t seq = 0;
	struct document_source src = {0};
	if (c->r->files.n > 1)
		return err_set(e, EC_INPUT, "выберите один файл новой редакции");
	if (c->r->files.n == 1) {
		src.bytes = c->r->files.v[0].bytes;
		src.name = c->r->files.v[0].name;
	}
	enum ec code = document_version_add(&c->ctx, c->id[0], &src, &seq, e);
	if (code == EC_CONFLICT && seq > 0)
		return call_redirect(c, versions_url(c), str_dup(c->r->a, str_c(e->msg)));
	if (code != EC_OK)
		return code;
	return call_redirect(
	        c, compare_url(c, 0, seq), STR("Новая редакция прочитана. Отметьте, что принять."));
}

enum ec version_compare_get(struct call *c, struct err *e)
{
	struct compare_page p = {.document_id = c->id[0], .all = call_flag(c, STR("all"))};
	int64_t from = call_int(c, STR("from"));
	int64_t to = call_int(c, STR("to"));
	if (to == 0) /* nothing chosen yet */
		return versions_get(c, e);
	TRY(document_compare(&c->ctx, c->id[0], from, to, &p.m, e));
	struct str title = from == 0 ? str_printf(c->r->a, "Сейчас и редакция %lld", (long long)to)
	                             : str_printf(c->r->a, "Редакции %lld и %lld", (long long)from,
	                                       (long long)to);
	TRY(head_of(c, title, &p.head, e));
	p.head.crumb[2] = (struct crumb){STR("Редакции"), versions_url(c)};
	struct out o;
	out_init(&o, c->r->a);
	page_compare(&o, &p);
	return call_page(c, &o, e);
}

/* "1 4 7": what JavaScript-less checkboxes of one name cannot say is read from the raw fields. */
static size_t accepted_keys(struct call *c, size_t **ret)
{
	size_t n = 0;
	*ret = arena_new(c->r->a, size_t, c->r->form.n + 1);
	for (size_t i = 0; i < c->r->form.n; i++) {
		const struct field *p = &c->r->form.v[i];
		size_t v = 0;
		if (!str_eq(p->name, STR("take")) || p->value.n > 7)
			continue;
		for (size_t k = 0; k < p->value.n; k++)
			v = p->value.p[k] >= '0' && p->value.p[k] <= '9'
			            ? 10 * v + (size_t)(p->value.p[k] - '0')
			            : 0;
		(*ret)[n++] = v;
	}
	return n;
}

enum ec version_apply_post(struct call *c, struct err *e)
{
	size_t *keys;
	size_t n = accepted_keys(c, &keys);
	struct version_form f = {.document_id = c->id[0],
	        .version = call_int(c, STR("version")),
	        .seq = c->id[1],
	        .all = call_flag(c, STR("all")),
	        .accept = keys,
	        .n_accept = n};
	struct version_result r;
	TRY(document_version_apply(&c->ctx, &f, &r, e));
	return document_again(c, 0,
	        str_printf(c->r->a,
	                "Редакция принята: изменено пунктов %lld, добавлено %lld, исключено %lld; "
	                "поручено заново %lld, перенесён срок у %lld, снято с контроля %lld.",
	                (long long)r.n_edited, (long long)r.n_added, (long long)r.n_removed,
	                (long long)r.n_given, (long long)r.n_moved, (long long)r.n_withdrawn));
}

enum ec version_drop_post(struct call *c, struct err *e)
{
	TRY(document_version_drop(&c->ctx, c->id[0], c->id[1], e));
	return call_redirect(c, versions_url(c), STR("Редакция отклонена, документ прежний."));
}

enum ec version_file_get(struct call *c, struct err *e)
{
	struct stored_file f;
	TRY(document_version_file(&c->ctx, c->id[0], c->id[1], &f, e));
	call_download(c, STR("application/octet-stream"), f.name, f.bytes);
	return EC_OK;
}

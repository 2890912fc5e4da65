#include "web/page_templates.h"

#include "core/registry/org.h"
#include "web/page_document.h"
#include "web/pages/templates.h"

#define CHOICES_MAX 300 /* organisations offered as executors */

static const struct word audiences[] = {
        {STR_INIT("region"), STR_INIT("департамент")},
        {STR_INIT("municipality"), STR_INIT("муниципалитет")},
        {STR_INIT("school"), STR_INIT("школа")},
};

enum ec templates_get(struct call *c, struct err *e)
{
	struct templates_page p = {.head = {.call = c,
	                                   .title = STR("Шаблоны документов"),
	                                   .section = SECTION_DOCUMENTS,
	                                   .guide = STR("templates"),
	                                   .crumb = {{STR("Документы"), URL("/documents")}}}};
	struct str whom = call_text(c, STR("for"));
	TRY(template_list(&c->ctx, whom, &p.m, e));
	p.audiences = options_of(c->r->a, audiences, ARRAY_LEN(audiences), whom);
	struct out o;
	out_init(&o, c->r->a);
	page_templates(&o, &p);
	return call_page(c, &o, e);
}

/* Sets in the dative and organisations of the registry, for the list that a field offers. */
static enum ec add_executors(struct call *c, struct template_page *p, struct err *e)
{
	static const char *const sets[] = {"Муниципальным органам управления образованием",
	        "Руководителям муниципальных органов управления образованием",
	        "Руководителям общеобразовательных организаций",
	        ("Руководителям общеобразовательных организаций, имеющих признаки необъективности "
	         "результатов")};
	struct org_list l;
	TRY(org_list(&c->ctx, &(struct org_filter){.page = {.limit = CHOICES_MAX}}, &l, e));
	p->executor = arena_new(c->r->a, struct str, ARRAY_LEN(sets) + l.n);
	for (size_t i = 0; i < ARRAY_LEN(sets); i++)
		p->executor[p->n_executors++] = str_c(sets[i]);
	for (size_t i = 0; i < l.n; i++)
		p->executor[p->n_executors++] = l.v[i].name;
	return EC_OK;
}

static enum ec begin(struct call *c, struct str name, struct template_page *p, struct err *e)
{
	*p = (struct template_page){.head = {.call = c,
	                                    .section = SECTION_DOCUMENTS,
	                                    .guide = STR("templates"),
	                                    .crumb = {{STR("Документы"), URL("/documents")},
	                                            {STR("Шаблоны"), URL("/templates")}}}};
	TRY(template_get(&c->ctx, name, &p->t, e));
	p->head.title = p->t.title;
	p->head.note = p->t.about;
	for (size_t i = 0; i < p->t.n_fields; i++)
		p->value[i] = p->t.field[i].value;
	return add_executors(c, p, e);
}

static enum ec show(struct call *c, struct template_page *p, struct err *e)
{
	p->doc = template_blocks(c->r->a, p->t.title, p->text);
	struct out o;
	out_init(&o, c->r->a);
	page_template(&o, p);
	return call_page(c, &o, e);
}

enum ec template_get_page(struct call *c, struct err *e)
{
	struct template_page p;
	TRY(begin(c, c->rest, &p, e));
	p.text = template_fill(c->r->a, &p.t, p.value);
	return show(c, &p, e);
}

/* The fields as typed, or the text as it was edited, and what the reader makes of it. */
enum ec template_preview_post(struct call *c, struct err *e)
{
	struct template_page p;
	TRY(begin(c, call_text(c, STR("name")), &p, e));
	for (size_t i = 0; i < p.t.n_fields; i++)
		p.value[i] = call_text(c, str_printf(c->r->a, "f%zu", i));
	p.text = call_text(c, STR("text"));
	if (p.text.n == 0)
		p.text = template_fill(c->r->a, &p.t, p.value);
	TRY(template_read(&c->ctx, p.t.title, p.text, &p.read, e));
	p.head.title = str_cat(c->r->a, p.t.title, STR(": текст"));
	p.doc = template_blocks(c->r->a, p.t.title, p.text);
	struct out o;
	out_init(&o, c->r->a);
	page_template_text(&o, &p);
	return call_page(c, &o, e);
}

enum ec template_draft_post(struct call *c, struct err *e)
{
	int64_t id = 0;
	struct template_doc t;
	TRY(template_get(&c->ctx, call_text(c, STR("name")), &t, e));
	enum ec code = template_draft(&c->ctx, t.title, call_text(c, STR("text")), &id, e);
	if (code != EC_OK && !(code == EC_CONFLICT && id > 0))
		return code;
	return call_redirect(c, url_int(c->r->a, URL("/documents"), id),
	        code == EC_OK
	                ? STR("Черновик создан из шаблона. Проверьте отмеченное и подтвердите.")
	                : STR("Такой документ уже есть: вот его карточка."));
}

enum ec template_docx_post(struct call *c, struct err *e)
{
	struct template_doc t;
	struct str bytes;
	TRY(template_get(&c->ctx, call_text(c, STR("name")), &t, e));
	TRY(template_docx(c->r->a, t.title, call_text(c, STR("text")), &bytes, e));
	call_download(c,
	        STR("application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
	        str_cat(c->r->a, t.title, STR(".docx")), bytes);
	return EC_OK;
}

enum ec template_save_post(struct call *c, struct err *e)
{
	struct str name;
	TRY(template_save(&c->ctx, c->id[0], call_text(c, STR("title")), &name, e));
	return call_redirect(c, url_seg(c->r->a, URL("/templates"), name),
	        STR("Шаблон сохранён: номер и дата стали полями."));
}

enum ec template_remove_post(struct call *c, struct err *e)
{
	TRY(template_remove(&c->ctx, call_text(c, STR("name")), e));
	return call_redirect(c, URL("/templates"), STR("Шаблон убран из библиотеки."));
}

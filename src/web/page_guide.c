#include "base/bundle.h"
#include "web/guide.h"
#include "web/pages/guide.h"

extern const struct bundle_file guide_files[];
extern const size_t guide_files_n;

static const struct guide_topic topics[] = {
        {STR_INIT("overview"), STR_INIT("Обзор и клавиши")},
        {STR_INIT("documents"), STR_INIT("Документы")},
        {STR_INIT("document-card"), STR_INIT("Карточка документа")},
        {STR_INIT("templates"), STR_INIT("Шаблоны документов")},
        {STR_INIT("versions"), STR_INIT("Новая редакция документа")},
        {STR_INIT("coverage"), STR_INIT("Каскад и покрытие")},
        {STR_INIT("assignments"), STR_INIT("Поручения")},
        {STR_INIT("results"), STR_INIT("Результаты")},
        {STR_INIT("school"), STR_INIT("Страница школы")},
        {STR_INIT("loads"), STR_INIT("Загрузки")},
        {STR_INIT("admin"), STR_INIT("Управление")},
        {STR_INIT("account"), STR_INIT("Вход, роли и пароль")},
};

static enum ec show(struct call *c, struct guide_page *p, struct err *e)
{
	p->topic = topics;
	p->n = ARRAY_LEN(topics);
	struct out o;
	out_init(&o, c->r->a);
	page_guide(&o, p);
	return call_page(c, &o, e);
}

enum ec guide_list_get(struct call *c, struct err *e)
{
	struct guide_page p = {
	        .head = {.call = c, .title = STR("Справка"), .section = SECTION_HELP}};
	return show(c, &p, e);
}

enum ec guide_get(struct call *c, struct err *e)
{
	for (size_t i = 0; i < ARRAY_LEN(topics); i++) {
		if (!str_eq(topics[i].name, c->rest))
			continue;
		struct guide_page p = {.head = {.call = c,
		                               .title = topics[i].title,
		                               .section = SECTION_HELP,
		                               .crumb = {{STR("Справка"), URL("/help")}}}};
		struct str file = str_cat(c->r->a, topics[i].name, STR(".md"));
		p.text = markdown_html(c->r->a, bundle_find(guide_files, guide_files_n, file));
		return show(c, &p, e);
	}
	return err_set(e, EC_NOTFOUND, "такой страницы справки нет");
}

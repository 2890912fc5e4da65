#include "web/layout.h"

#include "core/registry/org.h"
#include "core/registry/territory.h"
#include "core/remind/notice.h"
#include "pack/json.h"
#include "web/pages/error.h"
#include "web/site.h"

const struct menu_item menu_items[] = {
        {SECTION_OVERVIEW, CAP_SELF, STR_INIT("Обзор"), STR_INIT("/"), STR_INIT("o"),
                STR_INIT("home")},
        {SECTION_SCHOOL, CAP_REGISTRY_READ, STR_INIT("Моя школа"), STR_INIT("/school"),
                STR_INIT("m"), STR_INIT("school")},
        {SECTION_DOCUMENTS, CAP_DOCUMENT_READ, STR_INIT("Документы"), STR_INIT("/documents"),
                STR_INIT("d"), STR_INIT("file-text")},
        {SECTION_ASSIGNMENTS, CAP_ASSIGNMENT_READ, STR_INIT("Поручения"), STR_INIT("/assignments"),
                STR_INIT("a"), STR_INIT("list-check")},
        {SECTION_CALENDAR, CAP_SELF, STR_INIT("Календарь"), STR_INIT("/calendar"), STR_INIT("k"),
                STR_INIT("calendar-event")},
        {SECTION_NOTICES, CAP_SELF, STR_INIT("Уведомления"), STR_INIT("/notices"), STR_INIT("n"),
                STR_INIT("bell")},
        {SECTION_RESULTS, CAP_RESULT_READ, STR_INIT("Результаты"), STR_INIT("/results"),
                STR_INIT("r"), STR_INIT("chart-histogram")},
        {SECTION_LOADS, CAP_RESULT_LOAD, STR_INIT("Загрузки"), STR_INIT("/loads"), STR_INIT("l"),
                STR_INIT("database-import")},
        {SECTION_ORGS, CAP_REGISTRY_READ, STR_INIT("Организации"), STR_INIT("/orgs"), STR_INIT("s"),
                STR_INIT("building-community")},
        {SECTION_USERS, CAP_USER_ADMIN, STR_INIT("Пользователи"), STR_INIT("/users"), STR_INIT("u"),
                STR_INIT("users")},
        {SECTION_JOURNAL, CAP_AUDIT_READ, STR_INIT("Журнал"), STR_INIT("/journal"), STR_INIT("j"),
                STR_INIT("history")},
        {SECTION_HELP, CAP_SELF, STR_INIT("Справка"), STR_INIT("/help"), STR_INIT("h"),
                STR_INIT("help")},
};
const size_t menu_items_n = ARRAY_LEN(menu_items);

struct str head_theme(const struct head *h)
{
	struct str t = field_get(&h->call->r->cookies, STR("soko_theme"));
	return str_eq(t, STR("dark")) || str_eq(t, STR("light")) ? t : STR("");
}

struct str head_flash(const struct head *h)
{
	const struct call *c = h->call;
	struct str sent = field_get(&c->r->cookies, STR("soko_flash"));
	struct str text;
	if (sent.n == 0 || url_decode(c->r->a, sent, false, &text, NULL) != EC_OK)
		return STR("");
	return text;
}

struct str head_back(const struct head *h)
{
	const struct req *r = h->call->r;
	if (r->method != METHOD_GET)
		return STR("/");
	if (r->query.n == 0)
		return r->path;
	return str_printf(r->a, STR_FMT "?" STR_FMT, STR_ARG(r->path), STR_ARG(r->query));
}

struct str head_place(const struct head *h)
{
	const struct call *c = h->call;
	if (c->session == NULL || c->session->actor.n_roles == 0 || c->ctx.db == NULL)
		return STR("");
	const struct actor_role *r = &c->session->actor.role[0];
	struct org_card org;
	if (r->org_id != ACTOR_ALL && org_get(&c->ctx, r->org_id, &org, NULL) == EC_OK)
		return org.org.short_name.n > 0 ? org.org.short_name : org.org.name;
	struct territory t;
	enum ec code = r->territory_id != ACTOR_ALL
	                       ? territory_get(&c->ctx, r->territory_id, &t, NULL)
	                       : territory_region(&c->ctx, &t, NULL);
	return code == EC_OK ? t.name : STR("");
}

struct str head_query(const struct head *h)
{
	const struct req *r = h->call->r;
	return str_eq(r->path, STR("/search")) ? field_get(&r->args, STR("q")) : STR("");
}

int64_t head_bell(const struct head *h)
{
	const struct call *c = h->call;
	int64_t n = 0;
	if (c->session == NULL || c->ctx.db == NULL || notice_bell(&c->ctx, &n, NULL) != EC_OK)
		return 0;
	return n;
}

bool head_known(const struct head *h)
{
	return h->call->session != NULL;
}

bool head_shows(const struct head *h, const struct menu_item *m)
{
	struct scope own;
	if (!call_may(h->call, m->cap))
		return false;
	if (m->section == SECTION_SCHOOL &&
	        (!actor_scope(h->call->ctx.actor, m->cap, &own) || own.org_id == ACTOR_ALL))
		return false;
	for (size_t i = 0; i < site_routes_n; i++)
		if (str_eq(site_routes[i].pattern, m->path))
			return true;
	return false;
}

static const struct {
	struct str title, advice;
} texts[] = {
        [EC_OK] = {STR_INIT(""), STR_INIT("")},
        [EC_INPUT] = {STR_INIT("Не получилось"),
                STR_INIT("Вернитесь назад, исправьте и отправьте ещё раз.")},
        [EC_NOTFOUND] = {STR_INIT("Не найдено"),
                STR_INIT("Возможно, адрес набран с ошибкой или страница не для вашей территории.")},
        [EC_DENIED] = {STR_INIT("Нет доступа"),
                STR_INIT("Право даёт администратор вашей организации.")},
        [EC_CONFLICT] = {STR_INIT("Данные изменились"),
                STR_INIT("Кто-то изменил это раньше вас. Обновите страницу и повторите.")},
        [EC_LIMIT] = {STR_INIT("Слишком много"),
                STR_INIT("Разделите данные на части или сузьте отбор.")},
        [EC_IO] = {STR_INIT("Сбой"), STR_INIT("Причина записана в журнал сервера. Повторите "
                                              "позже или сообщите администратору.")},
        [EC_DB] = {STR_INIT("Сбой базы данных"),
                STR_INIT("Ничего не изменено. Причина записана в журнал сервера. Повторите позже "
                         "или сообщите администратору.")},
};

static struct str shown_message(struct call *c, enum ec code, const char *message)
{
	/* Reasons of the machine are for the log; they may name files. */
	if (code == EC_IO || code == EC_DB)
		return STR("Сервер не смог выполнить запрос.");
	return str_dup(c->r->a, str_c(message));
}

void error_page(struct call *c, enum ec code, const char *message)
{
	struct str text = shown_message(c, code, message);
	if (str_starts(c->r->path, STR("/api/"))) {
		struct buf b;
		struct json j;
		buf_init(&b, c->r->a, 16 * KIB);
		json_init(&j, &b, false);
		json_obj(&j);
		json_kv_str(&j, "error", str_c(ec_name(code)));
		json_kv_str(&j, "message", text);
		json_obj_end(&j);
		c->w->type = STR("application/json");
		c->w->body = buf_str(&b);
		return;
	}
	struct head h = {.call = c, .title = texts[code].title};
	struct out o;
	out_init(&o, c->r->a);
	page_error(&o, &h, text, texts[code].advice);
	c->w->body = out_text(&o);
}

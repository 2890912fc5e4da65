#include "base/limits.h"
#include "web/api.h"
#include "web/guide.h"
#include "web/page_assignments.h"
#include "web/page_calendar.h"
#include "web/page_coverage.h"
#include "web/page_document.h"
#include "web/page_documents.h"
#include "web/page_due.h"
#include "web/page_evidence.h"
#include "web/page_feeds.h"
#include "web/page_jobs.h"
#include "web/page_journal.h"
#include "web/page_loads.h"
#include "web/page_login.h"
#include "web/page_mail.h"
#include "web/page_notice_settings.h"
#include "web/page_notices.h"
#include "web/page_orgs.h"
#include "web/page_overview.h"
#include "web/page_results.h"
#include "web/page_search.h"
#include "web/page_templates.h"
#include "web/page_users.h"
#include "web/page_versions.h"
#include "web/site.h"

/* clang-format off */
#define FORM_OF(name, ...)                                                                         \
	static const struct field_spec name##_fields[] = {__VA_ARGS__};                            \
	static const struct form name = {name##_fields, ARRAY_LEN(name##_fields)}

#define TEXT(n, t, ...)     {.name = STR_INIT(n), .title = STR_INIT(t), .type = FIELD_TEXT, __VA_ARGS__}
#define LINES(n, t, ...)    {.name = STR_INIT(n), .title = STR_INIT(t), .type = FIELD_LINES, __VA_ARGS__}
#define NUMBER(n, t, ...)   {.name = STR_INIT(n), .title = STR_INIT(t), .type = FIELD_INT, .max = INT64_MAX, __VA_ARGS__}
#define DAY(n, t, ...)      {.name = STR_INIT(n), .title = STR_INIT(t), .type = FIELD_DATE, __VA_ARGS__}
#define FLAG(n, t)          {.name = STR_INIT(n), .title = STR_INIT(t), .type = FIELD_FLAG}
#define SECRET(n, t)        {.name = STR_INIT(n), .title = STR_INIT(t), .type = FIELD_PASSWORD, .max = 1000}
#define ONE_OF(n, t, words, ...) {.name = STR_INIT(n), .title = STR_INIT(t), .type = FIELD_CHOICE, .choice = (words), __VA_ARGS__}
#define REQUIRED .required = true
#define LONG_TEXT .max = 20000

#define WORDS(name, ...) static const struct str name[] = {__VA_ARGS__, STR_INIT("")}
WORDS(themes, STR_INIT("light"), STR_INIT("dark"));
WORDS(yes_no, STR_INIT("yes"), STR_INIT("no"));
WORDS(document_statuses, STR_INIT("draft"), STR_INIT("confirmed"), STR_INIT("cancelled"));
WORDS(settle_words, STR_INIT("accept"), STR_INIT("stands"), STR_INIT("reopen"));

#define LIST_FIELDS                                                                                \
	TEXT("q", "Искать", .max = 400), TEXT("sort", "Порядок", .max = 40), NUMBER("offset", "Страница")

/* Fields of queries and forms. */
FORM_OF(login_query, TEXT("next", "страница", .max = 2000));
FORM_OF(login_form, TEXT("next", "страница", .max = 2000), TEXT("ticket", "страница входа", .max = 64),
	TEXT("login", "Логин"), SECRET("password", "Пароль"));
FORM_OF(password_form, SECRET("old", "Нынешний пароль"), SECRET("new", "Новый пароль"),
	SECRET("again", "Новый пароль ещё раз"));
FORM_OF(theme_form, ONE_OF("theme", "Тема", themes), TEXT("back", "страница", .max = 4000));

FORM_OF(users_query, LIST_FIELDS, FLAG("all", "И отключённые"));
FORM_OF(user_create_form, TEXT("login", "Логин", REQUIRED), TEXT("full_name", "Имя", REQUIRED),
	TEXT("email", "Почта"), SECRET("password", "Первый пароль"));
FORM_OF(user_edit_form, TEXT("full_name", "Имя", REQUIRED), TEXT("email", "Почта"));
FORM_OF(user_active_form, ONE_OF("active", "Доступ", yes_no));
FORM_OF(user_password_form, SECRET("password", "Новый пароль"));
FORM_OF(user_role_form, TEXT("role", "Роль", REQUIRED), NUMBER("territory", "Территория"),
	TEXT("org", "Организация", .max = 400), DAY("valid_from", "С"), DAY("valid_to", "По"));

FORM_OF(orgs_query, LIST_FIELDS, TEXT("kind", "Вид"), NUMBER("territory", "Территория"), TEXT("tag", "Признак"),
	FLAG("provisional", "Не в реестре"));
FORM_OF(org_query, FLAG("edit", "изменить"));
FORM_OF(org_form, TEXT("name", "Название", REQUIRED, .max = 1000), TEXT("short_name", "Краткое название", .max = 400),
	TEXT("kind", "Вид", REQUIRED), NUMBER("territory", "Территория", REQUIRED), TEXT("head", "Руководитель"),
	DAY("valid_from", "Действует с"), DAY("valid_to", "по"));
FORM_OF(org_ident_form, TEXT("system", "Система", REQUIRED), TEXT("value", "Идентификатор", REQUIRED));
FORM_OF(org_alias_form, TEXT("name", "Другое название", REQUIRED, .max = 1000));
FORM_OF(org_tag_form, TEXT("tag", "Признак", REQUIRED), DAY("valid_from", "С"), DAY("valid_to", "По"),
	TEXT("source", "Чем установлен", REQUIRED, .max = 1000));
FORM_OF(org_tag_end_form, DAY("valid_to", "Снять с", REQUIRED));

FORM_OF(documents_query, LIST_FIELDS, ONE_OF("status", "Состояние", document_statuses), TEXT("kind", "Вид"),
	NUMBER("territory", "Территория"), DAY("from", "Дата с"), DAY("to", "по"));
FORM_OF(search_query, TEXT("q", "Искать", .max = 400), NUMBER("offset", "Страница"), ONE_OF("status", "Состояние", document_statuses),
	TEXT("kind", "Вид"), NUMBER("territory", "Территория"), DAY("from", "Дата с"), DAY("to", "по"));
FORM_OF(document_import_form, LINES("text", "Текст документа", .max = LIMIT_HTTP_FIELD));
FORM_OF(document_query, NUMBER("edit", "Пункт"), FLAG("add", "Новый пункт"), FLAG("head", "Реквизиты"));
FORM_OF(document_edit_form, NUMBER("version", "Версия", REQUIRED), TEXT("kind", "Вид", REQUIRED), TEXT("number", "Номер"),
	DAY("date", "Дата"), LINES("title", "Заголовок", LONG_TEXT), TEXT("issuer", "Кто издал", .max = 1000),
	TEXT("place", "Место"), TEXT("signatory_name", "Подписал"), TEXT("signatory_post", "Должность", .max = 1000),
	TEXT("controller", "Контроль", .max = 1000), DAY("plan_start", "Период с"), DAY("plan_end", "по"),
	NUMBER("parent", "Во исполнение"));
#define POINT_FIELDS                                                                               \
	TEXT("type", "Тип", REQUIRED), TEXT("clause", "Номер пункта"), TEXT("section", "Раздел", .max = 2000), \
	LINES("activity", "Мероприятие", REQUIRED, LONG_TEXT), LINES("items", "В том числе", LONG_TEXT),        \
	LINES("document_types", "Вид документа", LONG_TEXT), LINES("expected_result", "Ожидаемый результат", LONG_TEXT), \
	LINES("responsibles", "Ответственные", LONG_TEXT), LINES("deadlines", "Сроки", LONG_TEXT),              \
	LINES("indicators", "Показатели", LONG_TEXT)
FORM_OF(point_edit_form, NUMBER("version", "Версия", REQUIRED), POINT_FIELDS);
FORM_OF(point_add_form, NUMBER("after", "После пункта"), POINT_FIELDS);
FORM_OF(version_form, NUMBER("version", "Версия", REQUIRED));
FORM_OF(reason_form, NUMBER("version", "Версия", REQUIRED), TEXT("reason", "Причина", REQUIRED, .max = 2000));
FORM_OF(check_form_fields, NUMBER("version", "Версия", REQUIRED), NUMBER("responsible", "Исполнитель"),
	NUMBER("deadline", "Срок"));
FORM_OF(responsible_form_fields, NUMBER("org_id", "Организация"), TEXT("rule", "Набор"), TEXT("org", "Организация", .max = 400), NUMBER("point", "Пункт"));
FORM_OF(parent_form, NUMBER("version", "Версия", REQUIRED), NUMBER("parent", "Во исполнение", REQUIRED));
FORM_OF(compare_query, NUMBER("from", "Редакция"), NUMBER("to", "с редакцией"), FLAG("all", "Все пункты"));
FORM_OF(version_apply_form, NUMBER("version", "Версия", REQUIRED), FLAG("all", "Принять всё"));
FORM_OF(templates_query, TEXT("for", "Для кого"));
#define PLACE(name) LINES(name, "Поле", .max = 4000)
FORM_OF(template_form, TEXT("name", "Шаблон", REQUIRED), LINES("text", "Текст документа", .max = LIMIT_HTTP_FIELD),
	PLACE("f0"), PLACE("f1"), PLACE("f2"), PLACE("f3"), PLACE("f4"), PLACE("f5"), PLACE("f6"), PLACE("f7"), PLACE("f8"),
	PLACE("f9"), PLACE("f10"), PLACE("f11"));
FORM_OF(template_name_form, TEXT("name", "Шаблон", REQUIRED));
FORM_OF(template_save_form, TEXT("title", "Название", .max = 600));
FORM_OF(coverage_query, NUMBER("territory", "Территория"), NUMBER("offset", "Страница"));
FORM_OF(derive_form_fields, NUMBER("territory", "Территория"), TEXT("org", "Школа", .max = 400));
FORM_OF(settle_form, ONE_OF("how", "Решение", settle_words, REQUIRED), NUMBER("point", "Пункт"));

FORM_OF(assignments_query, LIST_FIELDS, TEXT("status", "Состояние"), TEXT("state", "Стадия"), NUMBER("territory", "Территория"),
	NUMBER("org", "Исполнитель"), NUMBER("document", "Документ"), NUMBER("point", "Пункт"), DAY("from", "Срок с"),
	DAY("to", "по"), DAY("on", "На дату"));
FORM_OF(bulk_form, TEXT("step", "Действие", REQUIRED), FLAG("all", "Все под отбором"), LINES("note", "Пояснение", LONG_TEXT),
	TEXT("q", "Искать", .max = 400), TEXT("sort", "Порядок", .max = 40), NUMBER("offset", "Страница"),
	TEXT("status", "Состояние"), TEXT("state", "Стадия"), NUMBER("territory", "Территория"), NUMBER("org", "Исполнитель"),
	NUMBER("document", "Документ"), NUMBER("point", "Пункт"), DAY("from", "Срок с"), DAY("to", "по"));
FORM_OF(step_form, NUMBER("version", "Версия", REQUIRED), TEXT("step", "Действие", REQUIRED), LINES("note", "Пояснение", LONG_TEXT));

#define SOURCE_FIELDS                                                                              \
	TEXT("source", "Источник", REQUIRED, .max = 2000), DAY("source_date", "Дата источника"), TEXT("status", "Статус")
FORM_OF(calendar_query, NUMBER("year", "Год"), NUMBER("territory", "Территория"), DAY("day", "День"));
FORM_OF(calendar_day_form, DAY("day", "День", REQUIRED), TEXT("kind", "Вид", REQUIRED), TEXT("title", "Название", .max = 600),
	DAY("moved_from", "Перенос"), NUMBER("territory", "Территория"), SOURCE_FIELDS);
FORM_OF(calendar_year_form, NUMBER("year", "Год", REQUIRED), TEXT("note", "Примечание", .max = 2000), SOURCE_FIELDS);
FORM_OF(calendar_import_form, LINES("text", "Таблица", .max = LIMIT_HTTP_FIELD), SOURCE_FIELDS);
FORM_OF(school_term_form, NUMBER("year", "Учебный год", REQUIRED), NUMBER("territory", "Территория"), TEXT("term", "Период", REQUIRED),
	DAY("start", "Начало"), DAY("end", "Конец"), SOURCE_FIELDS);
FORM_OF(calendar_rule_form, NUMBER("territory", "Территория"), TEXT("rule", "Правило", REQUIRED), TEXT("value", "Значение"), SOURCE_FIELDS);

FORM_OF(named_event_form, TEXT("anchor", "Событие", .max = 4000), NUMBER("document", "Документ"), DAY("happened", "Когда наступило"),
	NUMBER("grace", "Дней на исполнение"), TEXT("source", "Основание", .max = 2000), FLAG("confirm", "Записать"));
FORM_OF(schedule_form_fields, LINES("lines", "График", .max = LIMIT_HTTP_FIELD), TEXT("source", "Чем утверждён график", REQUIRED, .max = 2000));
FORM_OF(recompute_form, TEXT("digest", "Список", REQUIRED), TEXT("reason", "Основание", REQUIRED, .max = 2000));

FORM_OF(notices_query, FLAG("unread", "Только новые"), TEXT("audience", "Кому"), TEXT("sort", "Порядок", .max = 40),
	NUMBER("offset", "Страница"));
FORM_OF(notice_settings_form, FLAG("page", "Колокольчик"), FLAG("mail", "Письмо"), NUMBER("digest_hour", "Час письма"),
	NUMBER("quiet_from", "Тихие часы с"), NUMBER("quiet_to", "до"), FLAG("days_off", "Выходные"));
FORM_OF(remind_steps_query, NUMBER("territory", "Территория"));
WORDS(step_sides, STR_INIT("before"), STR_INIT("after"));
FORM_OF(remind_step_form, NUMBER("territory", "Территория"), TEXT("code", "Код", REQUIRED), NUMBER("days", "Дней"),
	ONE_OF("side", "До или после", step_sides), TEXT("counting", "Счёт"), TEXT("audience", "Кому"), FLAG("active", "Включена"),
	FLAG("drop", "Как уровнем выше"), TEXT("source", "Источник", .max = 2000), DAY("source_date", "Дата источника"), TEXT("status", "Статус"));
FORM_OF(mail_form, FLAG("on", "Отправлять"), TEXT("host", "Сервер", .max = 255), NUMBER("port", "Порт"), TEXT("security", "Шифрование"),
	FLAG("verify", "Проверять сертификат"), TEXT("ca_file", "Файл сертификатов", .max = 500), TEXT("smtp_login", "Логин"), SECRET("password", "Пароль"),
	FLAG("no_password", "Стереть пароль"), TEXT("from", "Адрес отправителя", .max = 254), TEXT("from_name", "Имя отправителя", .max = 400),
	TEXT("site", "Адрес сайта", .max = 300));
FORM_OF(mail_test_form, TEXT("to", "Кому", REQUIRED, .max = 254));
FORM_OF(feed_form, TEXT("org", "Организация", .max = 400));
FORM_OF(notice_read_form, FLAG("again", "Снова новое"));

FORM_OF(results_query, TEXT("q", "Предмет"), NUMBER("year", "Год"), NUMBER("grade", "Класс"));
FORM_OF(test_query, NUMBER("territory", "Территория"), NUMBER("org", "Школа"), TEXT("view", "Отчёт"));

FORM_OF(loads_query, NUMBER("offset", "Страница"));
FORM_OF(load_query, FLAG("undo", "Отменить"));
FORM_OF(load_results_form, NUMBER("year", "Год"), NUMBER("grade", "Класс"), TEXT("subject", "Предмет"));

FORM_OF(journal_query, LIST_FIELDS, TEXT("noun", "Что"), DAY("from", "С"), DAY("to", "по"));

FORM_OF(evidence_form_fields, TEXT("kind", "Вид", REQUIRED), TEXT("demanded", "Какой документ", .max = 1000), TEXT("title", "Пояснение", .max = 1000),
	TEXT("link", "Ссылка", .max = 2000), TEXT("number", "Число"), TEXT("unit", "Единица"));
FORM_OF(evidence_remove_form, LINES("reason", "Причина", .max = 2000));

#define GET(p)  .method = METHOD_GET, .pattern = STR_INIT(p)
#define POST(p) .method = METHOD_POST, .pattern = STR_INIT(p)
#define TITLE(t) .title = STR_INIT(t)

const struct route site_routes[] = {
	{GET("/healthz"), .cap = CAP_PUBLIC, .fn = health_get, TITLE("Жив ли сервер")},
	{GET("/login"), .cap = CAP_PUBLIC, .fn = login_get, TITLE("Вход"), .form = &login_query},
	{POST("/login"), .cap = CAP_PUBLIC, .fn = login_post, .form = &login_form, .no_token = true},
	{POST("/logout"), .cap = CAP_SELF, .fn = logout_post},
	{GET("/me"), .cap = CAP_SELF, .fn = me_get, TITLE("Мои роли и пароль")},
	{GET("/password"), .cap = CAP_SELF, .fn = password_get, TITLE("Смена пароля")},
	{POST("/password"), .cap = CAP_SELF, .fn = password_post, .form = &password_form},
	{POST("/theme"), .cap = CAP_SELF, .fn = theme_post, .form = &theme_form},
	{GET("/help"), .cap = CAP_SELF, .fn = guide_list_get, TITLE("Справка")},
	{GET("/help/*"), .cap = CAP_SELF, .fn = guide_get, TITLE("Страница справки")},

	{GET("/"), .cap = CAP_SELF, .fn = overview_get, TITLE("Обзор")},
	{GET("/overview.xlsx"), .cap = CAP_ASSIGNMENT_READ, .fn = overview_xlsx, TITLE("Обзор: Excel")},

	{GET("/documents"), .cap = CAP_DOCUMENT_READ, .fn = documents_get, TITLE("Документы"), .form = &documents_query},
	{GET("/documents.xlsx"), .cap = CAP_DOCUMENT_READ, .fn = documents_xlsx, TITLE("Документы: Excel"), .form = &documents_query},
	{POST("/documents/import"), .cap = CAP_DOCUMENT_WRITE, .fn = document_import_post, .form = &document_import_form, .upload = true},
	{GET("/documents/:id"), .cap = CAP_DOCUMENT_READ, .fn = document_get, TITLE("Карточка документа"), .form = &document_query},
	{GET("/documents/:id/file"), .cap = CAP_DOCUMENT_READ, .fn = document_file_get, TITLE("Файл документа")},
	{GET("/documents/:id/parsed.json"), .cap = CAP_DOCUMENT_READ, .fn = document_parsed_get, TITLE("Что прочитано")},
	{GET("/documents/:id/history"), .cap = CAP_DOCUMENT_READ, .fn = document_history_get, TITLE("История документа")},
	{POST("/documents/:id/edit"), .cap = CAP_DOCUMENT_WRITE, .fn = document_edit_post, .form = &document_edit_form},
	{POST("/documents/:id/confirm"), .cap = CAP_DOCUMENT_WRITE, .fn = document_confirm_post, .form = &version_form},
	{POST("/documents/:id/unconfirm"), .cap = CAP_DOCUMENT_WRITE, .fn = document_unconfirm_post, .form = &reason_form},
	{POST("/documents/:id/cancel"), .cap = CAP_DOCUMENT_WRITE, .fn = document_cancel_post, .form = &reason_form},
	{GET("/documents/:id/coverage"), .cap = CAP_DOCUMENT_READ, .fn = coverage_get, TITLE("Покрытие документа"), .form = &coverage_query},
	{GET("/documents/:id/coverage.xlsx"), .cap = CAP_DOCUMENT_READ, .fn = coverage_xlsx, TITLE("Покрытие документа: Excel"), .form = &coverage_query},
	{POST("/documents/:id/entrants"), .cap = CAP_DOCUMENT_WRITE, .fn = entrants_add_post, .form = &version_form},
	{POST("/documents/:id/derive"), .cap = CAP_DOCUMENT_WRITE, .fn = document_derive_post, .form = &derive_form_fields},
	{POST("/documents/:id/parent"), .cap = CAP_DOCUMENT_WRITE, .fn = document_parent_post, .form = &parent_form},
	{GET("/documents/:id/versions"), .cap = CAP_DOCUMENT_READ, .fn = versions_get, TITLE("Редакции документа")},
	{POST("/documents/:id/versions"), .cap = CAP_DOCUMENT_WRITE, .fn = version_add_post, .upload = true},
	{GET("/documents/:id/compare"), .cap = CAP_DOCUMENT_READ, .fn = version_compare_get, TITLE("Разница редакций"), .form = &compare_query},
	{GET("/documents/:id/versions/:id/file"), .cap = CAP_DOCUMENT_READ, .fn = version_file_get, TITLE("Файл редакции")},
	{POST("/documents/:id/versions/:id/apply"), .cap = CAP_DOCUMENT_WRITE, .fn = version_apply_post, .form = &version_apply_form},
	{POST("/documents/:id/versions/:id/drop"), .cap = CAP_DOCUMENT_WRITE, .fn = version_drop_post},
	{POST("/documents/:id/template"), .cap = CAP_DOCUMENT_WRITE, .fn = template_save_post, .form = &template_save_form},
	{GET("/templates"), .cap = CAP_DOCUMENT_WRITE, .fn = templates_get, TITLE("Шаблоны документов"), .form = &templates_query},
	{GET("/templates/*"), .cap = CAP_DOCUMENT_WRITE, .fn = template_get_page, TITLE("Шаблон документа")},
	{POST("/templates/preview"), .cap = CAP_DOCUMENT_WRITE, .fn = template_preview_post, .form = &template_form},
	{POST("/templates/draft"), .cap = CAP_DOCUMENT_WRITE, .fn = template_draft_post, .form = &template_form},
	{POST("/templates/docx"), .cap = CAP_DOCUMENT_WRITE, .fn = template_docx_post, .form = &template_form},
	{POST("/templates/remove"), .cap = CAP_DOCUMENT_WRITE, .fn = template_remove_post, .form = &template_name_form},
	{POST("/documents/:id/points"), .cap = CAP_DOCUMENT_WRITE, .fn = point_add_post, .form = &point_add_form},
	{POST("/documents/:id/points/:id/edit"), .cap = CAP_DOCUMENT_WRITE, .fn = point_edit_post, .form = &point_edit_form},
	{POST("/documents/:id/points/:id/remove"), .cap = CAP_DOCUMENT_WRITE, .fn = point_remove_post, .form = &version_form},
	{POST("/documents/:id/points/:id/restore"), .cap = CAP_DOCUMENT_WRITE, .fn = point_restore_post, .form = &version_form},
	{POST("/documents/:id/points/:id/check"), .cap = CAP_DOCUMENT_WRITE, .fn = point_check_post, .form = &check_form_fields},
	{POST("/documents/:id/undo"), .cap = CAP_DOCUMENT_WRITE, .fn = document_undo_post},
	{POST("/documents/:id/responsibles/:id/set"), .cap = CAP_DOCUMENT_WRITE, .fn = responsible_set_post, .form = &responsible_form_fields},
	{POST("/documents/:id/diagnostics/:id/settle"), .cap = CAP_DOCUMENT_WRITE, .fn = diagnostic_settle_post, .form = &settle_form},

	{GET("/search"), .cap = CAP_DOCUMENT_READ, .fn = search_get, TITLE("Поиск"), .form = &search_query},
	{GET("/search.xlsx"), .cap = CAP_DOCUMENT_READ, .fn = search_xlsx, TITLE("Поиск: Excel"), .form = &search_query},

	{GET("/assignments"), .cap = CAP_ASSIGNMENT_READ, .fn = assignments_get, TITLE("Поручения"), .form = &assignments_query},
	{GET("/assignments.xlsx"), .cap = CAP_ASSIGNMENT_READ, .fn = assignments_xlsx, TITLE("Поручения: Excel"), .form = &assignments_query},
	{GET("/assignments/bulk"), .cap = CAP_ASSIGNMENT_READ, .fn = bulk_get, TITLE("Действие над многими поручениями"), .form = &bulk_form},
	{POST("/assignments/bulk"), .cap = CAP_ASSIGNMENT_READ, .fn = bulk_post, .form = &bulk_form},
	{GET("/assignments/:id"), .cap = CAP_ASSIGNMENT_READ, .fn = assignment_get, TITLE("Карточка поручения")},
	{POST("/assignments/:id/evidence"), .cap = CAP_ASSIGNMENT_WORK, .fn = evidence_post, .form = &evidence_form_fields, .upload = true},
	{GET("/assignments/:id/evidence/:id/file"), .cap = CAP_ASSIGNMENT_READ, .fn = evidence_file_get, TITLE("Файл подтверждения")},
	{POST("/assignments/:id/evidence/:id/remove"), .cap = CAP_ASSIGNMENT_WORK, .fn = evidence_remove_post, .form = &evidence_remove_form},
	{POST("/assignments/:id/step"), .cap = CAP_ASSIGNMENT_READ, .fn = assignment_step_post, .form = &step_form},

	{GET("/calendar"), .cap = CAP_SELF, .fn = calendar_get, TITLE("Календарь"), .form = &calendar_query},
	{GET("/calendar.xlsx"), .cap = CAP_SELF, .fn = calendar_xlsx, TITLE("Календарь: Excel"), .form = &calendar_query},
	{POST("/calendar/day"), .cap = CAP_CALENDAR_WRITE, .fn = calendar_day_post, .form = &calendar_day_form},
	{POST("/calendar/year"), .cap = CAP_CALENDAR_WRITE, .fn = calendar_year_post, .form = &calendar_year_form},
	{POST("/calendar/import"), .cap = CAP_CALENDAR_WRITE, .fn = calendar_import_post, .form = &calendar_import_form, .upload = true},
	{GET("/calendar/terms"), .cap = CAP_SELF, .fn = terms_get, TITLE("Учебные четверти и триместры"), .form = &calendar_query},
	{GET("/calendar/terms.xlsx"), .cap = CAP_SELF, .fn = terms_xlsx, TITLE("Учебные периоды: Excel"), .form = &calendar_query},
	{POST("/calendar/terms"), .cap = CAP_CALENDAR_WRITE, .fn = term_post, .form = &school_term_form},
	{GET("/calendar/rules"), .cap = CAP_SELF, .fn = rules_get, TITLE("Правила сроков"), .form = &calendar_query},
	{GET("/calendar/rules.xlsx"), .cap = CAP_SELF, .fn = rules_xlsx, TITLE("Правила сроков: Excel"), .form = &calendar_query},
	{POST("/calendar/rules"), .cap = CAP_CALENDAR_WRITE, .fn = rule_post, .form = &calendar_rule_form},

	{GET("/calendar/waiting"), .cap = CAP_ASSIGNMENT_READ, .fn = waiting_get, TITLE("Ждут события и графика")},
	{GET("/calendar/waiting.xlsx"), .cap = CAP_ASSIGNMENT_READ, .fn = waiting_xlsx, TITLE("Ждут события и графика: Excel")},
	{GET("/calendar/event"), .cap = CAP_DOCUMENT_WRITE, .fn = event_get, TITLE("Событие наступило"), .form = &named_event_form},
	{POST("/calendar/event"), .cap = CAP_DOCUMENT_WRITE, .fn = event_post, .form = &named_event_form},
	{GET("/calendar/schedule/:id"), .cap = CAP_DOCUMENT_WRITE, .fn = schedule_get, TITLE("График для пункта")},
	{POST("/calendar/schedule/:id"), .cap = CAP_DOCUMENT_WRITE, .fn = schedule_post, .form = &schedule_form_fields, .upload = true},
	{GET("/calendar/recompute"), .cap = CAP_DOCUMENT_WRITE, .fn = recompute_get, TITLE("Пересчёт сроков")},
	{GET("/calendar/recompute.xlsx"), .cap = CAP_DOCUMENT_WRITE, .fn = recompute_xlsx, TITLE("Пересчёт сроков: Excel")},
	{POST("/calendar/recompute"), .cap = CAP_CALENDAR_WRITE, .fn = recompute_post, .form = &recompute_form},

	{GET("/notices"), .cap = CAP_SELF, .fn = notices_get, TITLE("Уведомления"), .form = &notices_query},
	{GET("/notices.xlsx"), .cap = CAP_SELF, .fn = notices_xlsx, TITLE("Уведомления: Excel"), .form = &notices_query},
	{GET("/notices/:id"), .cap = CAP_SELF, .fn = notice_get_page, TITLE("Уведомление")},
	{POST("/notices/:id/read"), .cap = CAP_SELF, .fn = notice_read_post, .form = &notice_read_form},
	{GET("/notices/settings"), .cap = CAP_SELF, .fn = notice_settings_get, TITLE("Настройки уведомлений")},
	{POST("/notices/settings"), .cap = CAP_SELF, .fn = notice_settings_post, .form = &notice_settings_form},
	{GET("/notices/steps"), .cap = CAP_SELF, .fn = remind_steps_get, TITLE("Ступени напоминаний"), .form = &remind_steps_query},
	{GET("/notices/steps.xlsx"), .cap = CAP_SELF, .fn = remind_steps_xlsx, TITLE("Ступени напоминаний: Excel"), .form = &remind_steps_query},
	{POST("/notices/steps"), .cap = CAP_CALENDAR_WRITE, .fn = remind_step_post, .form = &remind_step_form},
	{GET("/notices/mail"), .cap = CAP_USER_ADMIN, .fn = mail_get, TITLE("Почтовый сервер и письма")},
	{POST("/notices/mail"), .cap = CAP_USER_ADMIN, .fn = mail_post, .form = &mail_form},
	{POST("/notices/mail/test"), .cap = CAP_USER_ADMIN, .fn = mail_test_post, .form = &mail_test_form},
	{POST("/notices/mail/:id/again"), .cap = CAP_USER_ADMIN, .fn = digest_again_post},
	{GET("/notices/off/*"), .cap = CAP_PUBLIC, .fn = letters_off_get, TITLE("Больше не присылать писем")},
	{POST("/notices/off/*"), .cap = CAP_PUBLIC, .fn = letters_off_post, .no_token = true, .upload = true},
	{GET("/notices/feeds"), .cap = CAP_SELF, .fn = feeds_get, TITLE("Календари по ссылке")},
	{POST("/notices/feeds"), .cap = CAP_SELF, .fn = feed_create_post, .form = &feed_form},
	{POST("/notices/feeds/:id/revoke"), .cap = CAP_SELF, .fn = feed_revoke_post},
	{GET("/feed/*"), .cap = CAP_PUBLIC, .fn = feed_get, TITLE("Календарь по секретной ссылке")},
	{POST("/notices/read"), .cap = CAP_SELF, .fn = notices_read_post},

	{GET("/results"), .cap = CAP_RESULT_READ, .fn = results_get, TITLE("Результаты"), .form = &results_query},
	{GET("/results.xlsx"), .cap = CAP_RESULT_READ, .fn = results_xlsx, TITLE("Результаты: Excel"), .form = &results_query},
	{GET("/results/:id"), .cap = CAP_RESULT_READ, .fn = test_get, TITLE("Результаты работы"), .form = &test_query},
	{GET("/results/:id.xlsx"), .cap = CAP_RESULT_READ, .fn = test_xlsx, TITLE("Результаты работы: Excel"), .form = &test_query},

	{GET("/loads"), .cap = CAP_RESULT_LOAD, .fn = loads_get, TITLE("Загрузки"), .form = &loads_query},
	{GET("/loads.xlsx"), .cap = CAP_RESULT_LOAD, .fn = loads_xlsx, TITLE("Загрузки: Excel")},
	{GET("/loads/:id"), .cap = CAP_RESULT_LOAD, .fn = load_get_page, TITLE("Загрузка"), .form = &load_query},
	{GET("/loads/:id.xlsx"), .cap = CAP_RESULT_LOAD, .fn = load_xlsx, TITLE("Загрузка: Excel")},
	{POST("/loads/results"), .cap = CAP_RESULT_LOAD, .fn = load_results_post, .form = &load_results_form, .upload = true},
	{POST("/loads/registry"), .cap = CAP_REGISTRY_WRITE, .fn = load_registry_post, .upload = true},
	{POST("/loads/:id/undo"), .cap = CAP_RESULT_LOAD, .fn = load_undo_post},

	{GET("/jobs"), .cap = CAP_SELF, .fn = jobs_get, TITLE("Задания")},
	{GET("/jobs/:id"), .cap = CAP_SELF, .fn = job_get_page, TITLE("Задание")},

	{GET("/journal"), .cap = CAP_AUDIT_READ, .fn = journal_get_page, TITLE("Журнал изменений"), .form = &journal_query},
	{GET("/journal.xlsx"), .cap = CAP_AUDIT_READ, .fn = journal_xlsx, TITLE("Журнал изменений: Excel"), .form = &journal_query},
	{GET("/journal/:id"), .cap = CAP_AUDIT_READ, .fn = journal_event_get, TITLE("Запись журнала")},
	{POST("/journal/verify"), .cap = CAP_AUDIT_READ, .fn = journal_verify_post},

	{GET("/api/v1/documents"), .cap = CAP_DOCUMENT_READ, .fn = api_documents, TITLE("API: документы"), .form = &documents_query},
	{GET("/api/v1/documents/:id"), .cap = CAP_DOCUMENT_READ, .fn = api_document, TITLE("API: документ")},
	{GET("/api/v1/search"), .cap = CAP_DOCUMENT_READ, .fn = api_search, TITLE("API: поиск"), .form = &search_query},
	{GET("/api/v1/assignments"), .cap = CAP_ASSIGNMENT_READ, .fn = api_assignments, TITLE("API: поручения"), .form = &assignments_query},
	{GET("/api/v1/assignments/:id"), .cap = CAP_ASSIGNMENT_READ, .fn = api_assignment, TITLE("API: поручение")},
	{GET("/api/v1/results"), .cap = CAP_RESULT_READ, .fn = api_results, TITLE("API: результаты"), .form = &results_query},
	{GET("/api/v1/results/:id"), .cap = CAP_RESULT_READ, .fn = api_result, TITLE("API: результаты работы"), .form = &test_query},

	{GET("/school"), .cap = CAP_REGISTRY_READ, .fn = school_get, TITLE("Моя школа")},
	{GET("/orgs"), .cap = CAP_REGISTRY_READ, .fn = orgs_get, TITLE("Организации"), .form = &orgs_query},
	{GET("/orgs.xlsx"), .cap = CAP_REGISTRY_READ, .fn = orgs_xlsx, TITLE("Организации: Excel"), .form = &orgs_query},
	{GET("/orgs/new"), .cap = CAP_REGISTRY_WRITE, .fn = org_new_get, TITLE("Новая организация")},
	{POST("/orgs"), .cap = CAP_REGISTRY_WRITE, .fn = org_create_post, .form = &org_form},
	{GET("/orgs/:id"), .cap = CAP_REGISTRY_READ, .fn = org_get_page, TITLE("Организация"), .form = &org_query},
	{POST("/orgs/:id/edit"), .cap = CAP_REGISTRY_WRITE, .fn = org_edit_post, .form = &org_form},
	{POST("/orgs/:id/idents"), .cap = CAP_REGISTRY_WRITE, .fn = org_ident_add_post, .form = &org_ident_form},
	{POST("/orgs/:id/idents/:id/drop"), .cap = CAP_REGISTRY_WRITE, .fn = org_ident_drop_post},
	{POST("/orgs/:id/aliases"), .cap = CAP_REGISTRY_WRITE, .fn = org_alias_add_post, .form = &org_alias_form},
	{POST("/orgs/:id/aliases/:id/drop"), .cap = CAP_REGISTRY_WRITE, .fn = org_alias_drop_post},
	{POST("/orgs/:id/tags"), .cap = CAP_REGISTRY_WRITE, .fn = org_tag_add_post, .form = &org_tag_form},
	{POST("/orgs/:id/tags/:id/end"), .cap = CAP_REGISTRY_WRITE, .fn = org_tag_end_post, .form = &org_tag_end_form},

	{GET("/users"), .cap = CAP_USER_ADMIN, .fn = users_get, TITLE("Пользователи"), .form = &users_query},
	{GET("/users.xlsx"), .cap = CAP_USER_ADMIN, .fn = users_xlsx, TITLE("Пользователи: Excel"), .form = &users_query},
	{GET("/users/:id"), .cap = CAP_USER_ADMIN, .fn = user_get_page, TITLE("Пользователь")},
	{POST("/users"), .cap = CAP_USER_ADMIN, .fn = user_create_post, .form = &user_create_form},
	{POST("/users/:id/edit"), .cap = CAP_USER_ADMIN, .fn = user_edit_post, .form = &user_edit_form},
	{POST("/users/:id/active"), .cap = CAP_USER_ADMIN, .fn = user_active_post, .form = &user_active_form},
	{POST("/users/:id/password"), .cap = CAP_USER_ADMIN, .fn = user_password_post, .form = &user_password_form},
	{POST("/users/:id/roles"), .cap = CAP_USER_ADMIN, .fn = user_role_add_post, .form = &user_role_form},
	{POST("/users/:id/roles/:id/drop"), .cap = CAP_USER_ADMIN, .fn = user_role_drop_post},
};
const size_t site_routes_n = ARRAY_LEN(site_routes);
/* clang-format on */

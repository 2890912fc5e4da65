/* Stored words of the history in Russian. An unknown word is shown as it is stored: better an
 * English word than a lost fact. */
#include "core/actor.h"
#include "core/control/assignment_list.h"
#include "core/journal/journal.h"
#include "core/order/document_seen.h"

#include "base/err.h"

static const struct word nouns[] = {
        {STR_INIT("assignment"), STR_INIT("поручение")},
        {STR_INIT("document"), STR_INIT("документ")},
        {STR_INIT("document_template"), STR_INIT("шаблон документа")},
        {STR_INIT("point"), STR_INIT("пункт документа")},
        {STR_INIT("responsible"), STR_INIT("ответственный пункта")},
        {STR_INIT("diagnostic"), STR_INIT("замечание к документу")},
        {STR_INIT("load"), STR_INIT("загрузка")},
        {STR_INIT("org"), STR_INIT("организация")},
        {STR_INIT("territory"), STR_INIT("территория")},
        {STR_INIT("evidence"), STR_INIT("подтверждение")},
        {STR_INIT("calendar"), STR_INIT("календарь")},
        {STR_INIT("due_change"), STR_INIT("изменение сроков")},
        {STR_INIT("notice"), STR_INIT("уведомления")},
        {STR_INIT("feed"), STR_INIT("календарь по ссылке")},
        {STR_INIT("mail_setting"), STR_INIT("почтовый сервер")},
        {STR_INIT("notice_setting"), STR_INIT("настройки уведомлений")},
        {STR_INIT("remind_step"), STR_INIT("ступень напоминаний")},
        {STR_INIT("test"), STR_INIT("справочник работ")},
        {STR_INIT("user_account"), STR_INIT("пользователь")},
};

const struct word *journal_nouns(size_t *ret_n)
{
	*ret_n = ARRAY_LEN(nouns);
	return nouns;
}

/* "noun.verb" before "verb" alone. */
static const struct word verbs[] = {
        {STR_INIT("assignment.take"), STR_INIT("взято в работу")},
        {STR_INIT("assignment.submit"), STR_INIT("исполнение представлено")},
        {STR_INIT("assignment.accept"), STR_INIT("принято, снято с контроля")},
        {STR_INIT("assignment.return"), STR_INIT("возвращено на доработку")},
        {STR_INIT("assignment.withdraw"), STR_INIT("снято с контроля")},
        {STR_INIT("assignment.resume"), STR_INIT("возвращено на контроль")},
        {STR_INIT("assignment.resume_working"), STR_INIT("возвращено на контроль: в работе")},
        {STR_INIT("assignment.resume_submitted"), STR_INIT("возвращено на контроль: представлено")},
        {STR_INIT("assignment.resume_returned"), STR_INIT("возвращено на контроль: на доработке")},
        {STR_INIT("assignment.recall"), STR_INIT("отчёт отозван исполнителем")},
        {STR_INIT("assignment.unaccept"), STR_INIT("принятие отменено")},
        {STR_INIT("assignment.unreturn"), STR_INIT("возврат отменён")},
        {STR_INIT("evidence.create"), STR_INIT("приложено")},
        {STR_INIT("evidence.remove"), STR_INIT("убрано")},
        {STR_INIT("document.confirm"), STR_INIT("поставлен на контроль")},
        {STR_INIT("document.unconfirm"), STR_INIT("возвращён в черновик")},
        {STR_INIT("document.cancel"), STR_INIT("отменён")},
        {STR_INIT("document.occurrences"), STR_INIT("поставлены очередные сроки")},
        {STR_INIT("document.entrants"), STR_INIT("поручено вошедшим в набор")},
        {STR_INIT("due_change.create"), STR_INIT("сроки изменены")},
        {STR_INIT("notice.remind"), STR_INIT("напоминания вычислены")},
        {STR_INIT("diagnostic.accept"), STR_INIT("принято предложение")},
        {STR_INIT("stands"), STR_INIT("оставлено как есть")},
        {STR_INIT("reopen"), STR_INIT("замечание снова открыто")},
        {STR_INIT("import"), STR_INIT("загрузка файла")},
        {STR_INIT("create"), STR_INIT("создание")},
        {STR_INIT("change"), STR_INIT("изменение")},
        {STR_INIT("remove"), STR_INIT("удаление")},
        {STR_INIT("restore"), STR_INIT("восстановление")},
        {STR_INIT("undo"), STR_INIT("отмена")},
        {STR_INIT("check"), STR_INIT("проверено")},
        {STR_INIT("version_add"), STR_INIT("занесена новая редакция")},
        {STR_INIT("version"), STR_INIT("принята новая редакция")},
        {STR_INIT("version_drop"), STR_INIT("отклонена новая редакция")},
        {STR_INIT("login"), STR_INIT("вход")},
        {STR_INIT("logout"), STR_INIT("выход")},
        {STR_INIT("activate"), STR_INIT("включение")},
        {STR_INIT("deactivate"), STR_INIT("отключение")},
        {STR_INIT("set_password"), STR_INIT("задан пароль")},
        {STR_INIT("change_password"), STR_INIT("смена своего пароля")},
        {STR_INIT("add_role"), STR_INIT("дана роль")},
        {STR_INIT("drop_role"), STR_INIT("снята роль")},
        {STR_INIT("add_ident"), STR_INIT("добавлен идентификатор")},
        {STR_INIT("drop_ident"), STR_INIT("убран идентификатор")},
        {STR_INIT("add_alias"), STR_INIT("добавлено название")},
        {STR_INIT("drop_alias"), STR_INIT("убрано название")},
        {STR_INIT("add_tag"), STR_INIT("записан признак")},
        {STR_INIT("end_tag"), STR_INIT("снят признак")},
};

struct str journal_verb_title(struct str noun, struct str verb)
{
	for (size_t i = 0; i < ARRAY_LEN(verbs); i++) {
		struct str w = verbs[i].name;
		size_t dot = str_find_byte(w, '.', 0);
		if (dot == SIZE_MAX ? str_eq(w, verb)
		                    : str_eq(str_sub(w, 0, dot), noun) &&
		                              str_eq(str_skip(w, dot + 1), verb))
			return verbs[i].title;
	}
	return verb;
}

static const struct word fields[] = {
        {STR_INIT("assignment_id"), STR_INIT("№ поручения")},
        {STR_INIT("evidence_kind"), STR_INIT("Вид подтверждения")},
        {STR_INIT("demanded"), STR_INIT("Требуемый документ")},
        {STR_INIT("state"), STR_INIT("Стадия")},
        {STR_INIT("note"), STR_INIT("Пояснение")},
        {STR_INIT("status"), STR_INIT("Состояние")},
        {STR_INIT("at"), STR_INIT("Когда")},
        {STR_INIT("points"), STR_INIT("Пунктов")},
        {STR_INIT("orgs"), STR_INIT("Организаций")},
        {STR_INIT("assignments"), STR_INIT("Поручений")},
        {STR_INIT("notices"), STR_INIT("Уведомлений")},
        {STR_INIT("on"), STR_INIT("Письма включены")},
        {STR_INIT("host"), STR_INIT("Сервер")},
        {STR_INIT("port"), STR_INIT("Порт")},
        {STR_INIT("security"), STR_INIT("Шифрование")},
        {STR_INIT("verify"), STR_INIT("Проверять сертификат")},
        {STR_INIT("ca_file"), STR_INIT("Файл сертификатов")},
        {STR_INIT("smtp_login"), STR_INIT("Логин почты")},
        {STR_INIT("mail_from"), STR_INIT("Отправитель")},
        {STR_INIT("from_name"), STR_INIT("Имя отправителя")},
        {STR_INIT("site"), STR_INIT("Адрес сайта")},
        {STR_INIT("counting"), STR_INIT("Счёт дней")},
        {STR_INIT("audience"), STR_INIT("Кому")},
        {STR_INIT("page"), STR_INIT("Колокольчик")},
        {STR_INIT("mail"), STR_INIT("Письмо раз в день")},
        {STR_INIT("digest_hour"), STR_INIT("Час письма")},
        {STR_INIT("quiet_from"), STR_INIT("Тихие часы с")},
        {STR_INIT("quiet_to"), STR_INIT("Тихие часы до")},
        {STR_INIT("days_off"), STR_INIT("Письма в выходные")},
        {STR_INIT("muted"), STR_INIT("Не присылать ступени")},
        {STR_INIT("without_org"), STR_INIT("Без исполнителя")},
        {STR_INIT("digest"), STR_INIT("Хеш поручений")},
        {STR_INIT("kind"), STR_INIT("Вид")},
        {STR_INIT("type"), STR_INIT("Тип")},
        {STR_INIT("number"), STR_INIT("Номер")},
        {STR_INIT("date"), STR_INIT("Дата")},
        {STR_INIT("title"), STR_INIT("Заголовок")},
        {STR_INIT("issuer"), STR_INIT("Кто издал")},
        {STR_INIT("place"), STR_INIT("Место")},
        {STR_INIT("signatory_name"), STR_INIT("Подписал")},
        {STR_INIT("signatory_post"), STR_INIT("Должность")},
        {STR_INIT("controller"), STR_INIT("Контроль")},
        {STR_INIT("plan_start"), STR_INIT("Период с")},
        {STR_INIT("plan_end"), STR_INIT("Период по")},
        {STR_INIT("parent_id"), STR_INIT("Во исполнение, № карточки")},
        {STR_INIT("file"), STR_INIT("Файл")},
        {STR_INIT("file_name"), STR_INIT("Файл")},
        {STR_INIT("file_hash"), STR_INIT("Хеш файла")},
        {STR_INIT("text_hash"), STR_INIT("Хеш текста")},
        {STR_INIT("warnings"), STR_INIT("Замечаний")},
        {STR_INIT("document_id"), STR_INIT("№ карточки документа")},
        {STR_INIT("clause"), STR_INIT("Номер пункта")},
        {STR_INIT("section"), STR_INIT("Раздел")},
        {STR_INIT("activity"), STR_INIT("Мероприятие")},
        {STR_INIT("items"), STR_INIT("В том числе")},
        {STR_INIT("document_types"), STR_INIT("Вид документа")},
        {STR_INIT("expected_result"), STR_INIT("Ожидаемый результат")},
        {STR_INIT("responsible"), STR_INIT("Ответственные")},
        {STR_INIT("deadlines"), STR_INIT("Сроки")},
        {STR_INIT("indicators"), STR_INIT("Показатели")},
        {STR_INIT("removed"), STR_INIT("Вычеркнут")},
        {STR_INIT("checked"), STR_INIT("Проверен")},
        {STR_INIT("version"), STR_INIT("Редакция")},
        {STR_INIT("added"), STR_INIT("Добавлено")},
        {STR_INIT("withdrawn"), STR_INIT("Снято с контроля")},
        {STR_INIT("edited"), STR_INIT("Исправлен")},
        {STR_INIT("problems"), STR_INIT("Замечания")},
        {STR_INIT("lead"), STR_INIT("Главный")},
        {STR_INIT("label"), STR_INIT("Пометка")},
        {STR_INIT("confidence"), STR_INIT("Уверенность чтения")},
        {STR_INIT("from"), STR_INIT("Место с")},
        {STR_INIT("to"), STR_INIT("Место по")},
        {STR_INIT("severity"), STR_INIT("Важность")},
        {STR_INIT("message"), STR_INIT("Сообщение")},
        {STR_INIT("settled_at"), STR_INIT("Решено")},
        {STR_INIT("undoes"), STR_INIT("Отменяет событие")},
        {STR_INIT("read"), STR_INIT("Прочитано строк")},
        {STR_INIT("stored"), STR_INIT("Новых")},
        {STR_INIT("changed"), STR_INIT("Изменено")},
        {STR_INIT("unchanged"), STR_INIT("Без изменений")},
        {STR_INIT("rejected"), STR_INIT("Отвергнуто")},
        {STR_INIT("name"), STR_INIT("Название")},
        {STR_INIT("short_name"), STR_INIT("Краткое название")},
        {STR_INIT("head"), STR_INIT("Руководитель")},
        {STR_INIT("territory_id"), STR_INIT("№ территории")},
        {STR_INIT("org_id"), STR_INIT("№ организации")},
        {STR_INIT("valid_from"), STR_INIT("Действует с")},
        {STR_INIT("valid_to"), STR_INIT("Действует по")},
        {STR_INIT("provisional"), STR_INIT("Не в реестре")},
        {STR_INIT("tag"), STR_INIT("Признак")},
        {STR_INIT("ident"), STR_INIT("Идентификатор")},
        {STR_INIT("alias"), STR_INIT("Другое название")},
        {STR_INIT("code"), STR_INIT("Код")},
        {STR_INIT("tests"), STR_INIT("Работ в справочнике")},
        {STR_INIT("login"), STR_INIT("Логин")},
        {STR_INIT("full_name"), STR_INIT("Имя")},
        {STR_INIT("email"), STR_INIT("Почта")},
        {STR_INIT("active"), STR_INIT("Включён")},
        {STR_INIT("id"), STR_INIT("№")},
        {STR_INIT("role"), STR_INIT("Роль")},
        {STR_INIT("problem"), STR_INIT("Замечание")},
        {STR_INIT("rule"), STR_INIT("Набор исполнителей")},
        {STR_INIT("person"), STR_INIT("Кто")},
        {STR_INIT("value"), STR_INIT("Значение")},
        {STR_INIT("text"), STR_INIT("Текст")},
        {STR_INIT("change"), STR_INIT("Что изменило сроки")},
        {STR_INIT("day"), STR_INIT("День")},
        {STR_INIT("day_kind"), STR_INIT("Вид дня")},
        {STR_INIT("days"), STR_INIT("Дни")},
        {STR_INIT("moved_from"), STR_INIT("Перенос с")},
        {STR_INIT("source"), STR_INIT("Источник")},
        {STR_INIT("source_date"), STR_INIT("Дата источника")},
        {STR_INIT("source_status"), STR_INIT("Статус источника")},
        {STR_INIT("term"), STR_INIT("Учебный период")},
        {STR_INIT("term_number"), STR_INIT("Номер периода")},
        {STR_INIT("school_year"), STR_INIT("Учебный год с")},
        {STR_INIT("due_rule"), STR_INIT("Правило сроков")},
        {STR_INIT("rows"), STR_INIT("Строк справочника")},
        {STR_INIT("year"), STR_INIT("Год")},
        {STR_INIT("start"), STR_INIT("Начало")},
        {STR_INIT("end"), STR_INIT("Конец")},
        {STR_INIT("recurrence"), STR_INIT("Повторение")},
};

struct str journal_field_title(struct str key)
{
	return word_title(fields, ARRAY_LEN(fields), key);
}

static const struct word statuses[] = {
        {STR_INIT("draft"), STR_INIT("черновик")},
        {STR_INIT("confirmed"), STR_INIT("на контроле")},
        {STR_INIT("cancelled"), STR_INIT("отменён")},
        {STR_INIT("done"), STR_INIT("загружена")},
        {STR_INIT("undone"), STR_INIT("отменена")},
        {STR_INIT("open"), STR_INIT("открыто")},
};
static const struct word loads[] = {
        {STR_INIT("results"), STR_INIT("результаты")},
        {STR_INIT("registry"), STR_INIT("реестр организаций")},
};

struct str journal_value_title(struct str key, struct str value)
{
	enum control_state state;
	enum role role;
	if (str_eq(key, STR("state")) && control_state_of(value, &state))
		return control_state_title(state);
	if (str_eq(key, STR("role")) && role_of(value, &role))
		return role_title(role);
	if (str_eq(key, STR("status")))
		return word_title(statuses, ARRAY_LEN(statuses), value);
	if (!str_eq(key, STR("kind")))
		return value;
	size_t n;
	const struct word *kinds = org_kinds(&n);
	struct str title = word_title(kinds, n, value);
	if (str_eq(title, value))
		title = word_title(loads, ARRAY_LEN(loads), value);
	return str_eq(title, value) ? document_kind_title_of(value) : title;
}

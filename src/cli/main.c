#include "base/secret.h"
#include "cli/cmd.h"
#include "core/intake.h"

#include <stdio.h>
#include <string.h>

static enum ec cmd_version(struct cmd_args *args, struct err *e)
{
	TRY(opt_end(args, 0, 0, e));
	(void)puts("soko " SOKO_VERSION);
	return EC_OK;
}

/* One row a command. */
static const struct cmd cmds[] = {
        {"audit verify", "[--db БАЗА] [--mark НОМЕР:ХЕШ]",
                "проверить цепочку истории; печатает отметку для хранения вне базы",
                cmd_audit_verify},
        {"check", "[--db БАЗА]",
                "проверить базу: файл и ссылки, историю, наборы и состояния поручений", cmd_check},
        {"deadline", "[--doc ДАТА] [--plan-start ДАТА --plan-end ДАТА] (ФРАЗА | --tsv [ФАЙЛ])",
                "как читается срок: виды, даты, повторения, предупреждения", cmd_deadline},
        {"import document", "ФАЙЛ… [--db БАЗА] [--territory НОМЕР] [--confirm]",
                "разобрать приказ, дорожную карту, письмо или протокол в черновик",
                cmd_import_document},
        {"import registry", "ФАЙЛ… [--db БАЗА]", "загрузить реестр организаций",
                cmd_import_registry},
        {"import results",
                "ФАЙЛ… [--db БАЗА] [--year ГОД] [--grade КЛАСС] [--subject ПРЕДМЕТ] "
                "[--create-schools]",
                "загрузить выгрузки ФИС ОКО; печатает баланс", cmd_import_results},
        {"import undo", "НОМЕР [--db БАЗА]", "отменить загрузку результатов целиком",
                cmd_import_undo},
        {"import reference", "РАБОТЫ ЗАДАНИЯ [--db БАЗА]",
                "добавить составы заданий и шкалы (см. data-ref/README.md)", cmd_import_reference},
        {"mail",
                "[--host СЕРВЕР] [--port ПОРТ] [--security plain|starttls|tls] [--login ЛОГИН] "
                "[--password-file ФАЙЛ] [--from АДРЕС] [--name ИМЯ] [--site АДРЕС] [--ca ФАЙЛ] "
                "[--no-verify|--verify] [--on|--off] [--test АДРЕС] [--db БАЗА]",
                "почтовый сервер для писем с напоминаниями; без ключей показывает настройки",
                cmd_mail},
        {"rebuild", "[--check] [--db БАЗА]",
                "построить заново производные таблицы; --check: только сверить их с протоколами",
                cmd_rebuild},
        {"remind", "[--date ДАТА] [--dry] [--simulate ГОД] [--db БАЗА]",
                "вычислить напоминания и разослать письма; --dry: ничего не менять; --simulate: "
                "прожить год по дням в копии базы",
                cmd_remind},
        {"report summary", "[--tsv] [--db БАЗА]",
                "по строке на год, класс и предмет: число работ, средние, отметки, журнал",
                cmd_report_summary},
        {"report table",
                "marks|journal|scores|items|items-by-mark --year ГОД --grade КЛАСС --subject "
                "ПРЕДМЕТ [--db БАЗА]",
                "стандартный отчёт по всем группам до школы, TSV", cmd_report_table},
        {"lint", "ФАЙЛ [--tsv | --json] | --rules",
                "ошибки проекта документа до подписания: код выхода 2, если есть ошибки", cmd_lint},
        {"parse", "ФАЙЛ [--json|--dump|--text]",
                "прочитать приказ, письмо, протокол или дорожную карту", cmd_parse},
        {"sample accounts", "", "учётные записи образца", cmd_sample_accounts},
        {"sample load", "[--db БАЗА]", "заполнить пустую базу вымышленным регионом",
                cmd_sample_load},
        {"serve", "[--db БАЗА] [--listen АДРЕС:ПОРТ] [--https] [--proxy АДРЕС] [--offset МИНУТ]",
                "страницы и API; создаёт и обновляет базу", cmd_serve},
        {"stat", "FILE.csv [--model МОДЕЛЬ] [--given FILE.tsv] [--tsv]",
                "психометрика таблицы баллов и другие оценки: строки analysis stat index value",
                cmd_stat},
        {"user add", "ЛОГИН --name ИМЯ --role РОЛЬ [--territory ID] [--org ID] [--db БАЗА]",
                "завести человека; пароль спрашивается", cmd_user_add},
        {"user passwd", "ЛОГИН [--db БАЗА]", "сменить пароль; пароль спрашивается",
                cmd_user_passwd},
        {"objectivity score", "DATADIR [--fdr 0.10] [--no-history]",
                "признаки необъективности по файлам одного региона", cmd_objectivity_score},
        {"tick", "[--db БАЗА]", "ежедневная работа: поставить очередные сроки", cmd_tick},
        {"work", "[--db БАЗА] [--once]",
                "выполнять долгие задания из очереди; --once: до конца очереди", cmd_work},
        {"version", "", "версия программы", cmd_version},
};

/* One mapping of outcomes to exit codes. */
static int exit_of(enum ec code)
{
	switch (code) {
	case EC_OK:
		return 0;
	case EC_INPUT:
		return 2;
	case EC_NOTFOUND:
		return 3;
	case EC_DENIED:
		return 4;
	case EC_CONFLICT:
		return 5;
	case EC_LIMIT:
		return 6;
	case EC_IO:
		return 7;
	case EC_DB:
		return 8;
	}
	BUG("enum ec");
}

static void usage(FILE *f)
{
	(void)fputs("soko — управление качеством образования\n\n", f);
	for (size_t i = 0; i < ARRAY_LEN(cmds); i++)
		(void)fprintf(
		        f, "  soko %s %s\n      %s\n", cmds[i].name, cmds[i].usage, cmds[i].help);
}

/* Words of the name that the arguments begin with; 0 when it is another command. */
static int name_words(const char *name, int argc, char **argv)
{
	struct str rest = str_c(name);
	struct str word;
	int n = 0;
	while (str_next(&rest, ' ', &word)) {
		if (n >= argc || !str_eq_z(word, argv[n]))
			return 0;
		n++;
	}
	return n;
}

int main(int argc, char **argv)
{
	struct err e = {0};
	/* first: the confined parser needs nothing of what follows */
	if (argc > 1 && strcmp(argv[1], "jail") == 0)
		return jail_main(argc, argv, intake_tasks, intake_n_tasks);
	if (secret_init(&e) != EC_OK) {
		(void)fprintf(stderr, "soko: %s\n", e.msg);
		return exit_of(e.code);
	}
	if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
		usage(stdout);
		return argc < 2 ? 2 : 0;
	}
	for (size_t i = 0; i < ARRAY_LEN(cmds); i++) {
		int words = name_words(cmds[i].name, argc - 1, argv + 1);
		if (words == 0)
			continue;
		struct cmd_args args = {.v = argv + 1 + words, .n = argc - 1 - words};
		enum ec code = cmds[i].run(&args, &e);
		if (code != EC_OK)
			(void)fprintf(stderr, "soko %s: %s\n", cmds[i].name, e.msg);
		if (code == EC_INPUT)
			(void)fprintf(stderr, "soko %s %s\n", cmds[i].name, cmds[i].usage);
		return code == EC_OK ? args.status : exit_of(code);
	}
	(void)fprintf(stderr, "soko: нет команды %s\n\n", argv[1]);
	usage(stderr);
	return 2;
}

#include "base/limits.h"
#include "doc/lint_rules.h"
#include "test.h"

static struct document read_doc(struct arena *a, const char *z)
{
	struct source *s = arena_new(a, struct source, 1);
	struct document d = {0};
	struct err e = {0};
	CHECK_OK(source_from_text(a, str_c(z), s, &e));
	document_parse(a, s, &d);
	return d;
}

static size_t count(const struct document *d, const char *code)
{
	size_t n = 0;
	for (size_t i = 0; i < d->n_warnings; i++)
		n += str_eq_z(d->warning[i].code, code);
	return n;
}

#define ORDER "ПРИКАЗ\n01.02.2023 № 5-п\nО проверке\nПРИКАЗЫВАЮ:\n"
#define TABLE "ДОРОЖНАЯ КАРТА\nна 2023 год\n№\tМероприятие\tСрок\tОтветственный\tПоказатель\n"

/* A text that breaks the rule, and one like it that keeps it. */
static const struct rule_case {
	const char *code, *broken, *kept;
} cases[] = {
        {"impossible_date", ORDER "1. Отделу оценки провести сверку.\nСрок: до 31 ноября 2023\n",
                ORDER "1. Отделу оценки провести сверку.\nСрок: до 30 ноября 2023\n"},
        {"impossible_quarter", ORDER "1. Отделу оценки провести сверку.\nСрок: V квартал 2023\n",
                ORDER "1. Отделу оценки провести сверку.\nСрок: IV квартал 2023\n"},
        {"before_document", ORDER "1. Отделу оценки провести сверку.\nСрок: до 15.01.2023\n",
                ORDER "1. Отделу оценки провести сверку.\nСрок: до 15.02.2023\n"},
        {"year_slip", ORDER "1. Отделу оценки провести сверку.\nСрок: до 15.03.2022\n",
                ORDER "1. Отделу оценки провести сверку.\nСрок: до 15.03.2024\n"},
        {"year_slip", ORDER "1. Отделу оценки провести сверку.\nСрок: до 15.03.2032\n",
                ORDER "1. Отделу оценки провести сверку.\nСрок: до 15.03.2025\n"},
        {"deadline_missing", ORDER "1. Отделу оценки провести сверку.\n",
                ORDER "1. Отделу оценки провести сверку.\nСрок: постоянно\n"},
        {"responsible_missing", TABLE "1\tПровести сверку\tдо 01.03.2023\t\t\n",
                TABLE "1\tПровести сверку\tдо 01.03.2023\tОтдел оценки\t\n"},
        {"duplicate_activity",
                TABLE "1\tПровести сверку журналов\tмай 2023\tОтдел оценки\t\n"
                      "2\tПровести сверку журналов\tиюнь 2023\tОтдел оценки\t\n",
                TABLE "1\tПровести сверку журналов\tмай 2023\tОтдел оценки\t\n"
                      "2\tИздать сборник задач\tиюнь 2023\tОтдел оценки\t\n"},
        {"name_slip", TABLE "1\tОбсудить итоги TIMMS\tмай 2023\tОтдел оценки\t\n",
                TABLE "1\tОбсудить итоги TIMSS\tмай 2023\tОтдел оценки\t\n"},
        {"numbering_gap",
                TABLE "1.1\tПровести сверку\tмай 2023\tОтдел оценки\t\n"
                      "1.3\tИздать сборник\tиюнь 2023\tОтдел оценки\t\n",
                TABLE "1.1\tПровести сверку\tмай 2023\tОтдел оценки\t\n"
                      "1.2\tИздать сборник\tиюнь 2023\tОтдел оценки\t\n"},
        {"numbering_gap",
                TABLE "1\tПровести сверку\tмай 2023\tОтдел оценки\t\n"
                      "3\tИздать сборник\tиюнь 2023\tОтдел оценки\t\n",
                TABLE "2\tПровести сверку\tмай 2023\tОтдел оценки\t\n"
                      "1\tИздать сборник\tиюнь 2023\tОтдел оценки\t\n"},
        {"indicator_without_target",
                TABLE "1\tПровести сверку\tмай 2023\tОтдел оценки\tДоля сверенных журналов, %\n",
                TABLE "1\tПровести сверку\tмай 2023\tОтдел оценки\tДоля сверенных журналов не "
                      "менее 60 %\n"},
        {"two_deadlines",
                ORDER "1. Отделу оценки провести сверку.\nСрок: до 01.03.2023\nСрок: до "
                      "01.04.2023\n",
                ORDER "1. Отделу оценки провести сверку.\nСрок: до 01.03.2023, до 01.04.2023\n"},
        {"date_missing", "ПРИКАЗ\nО проверке\nПРИКАЗЫВАЮ:\n1. Отделу провести сверку.\n", ORDER},
};

TEST(each_rule_finds_what_it_is_for_and_nothing_else)
{
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_ARENA(a, 16 * MIB);
		struct document broken = read_doc(&a, cases[i].broken);
		struct document kept = read_doc(&a, cases[i].kept);
		if (!CHECK_INT(count(&broken, cases[i].code), 1) ||
		        !CHECK_INT(count(&kept, cases[i].code), 0))
			test_check(false, cases[i].broken, (int)i, cases[i].code);
	}
}

TEST(every_remark_has_a_rule_of_its_severity_and_a_place_in_the_text)
{
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_ARENA(a, 16 * MIB);
		struct document d = read_doc(&a, cases[i].broken);
		for (size_t k = 0; k < d.n_warnings; k++) {
			const struct diag *w = &d.warning[k];
			const struct lint_rule *rule = lint_rule_find(w->code);
			REQUIRE(rule != NULL);
			CHECK_INT(rule->severity, w->severity);
			CHECK(w->span.to <= d.source->text.n && w->span.from <= w->span.to);
			CHECK(w->message.n > 0);
		}
	}
}

TEST(rules_are_complete_and_named_once)
{
	for (size_t i = 0; i < lint_rules_n; i++) {
		CHECK(lint_rules[i].title.n > 0 && lint_rules[i].source.n > 0);
		CHECK(lint_rule_find(lint_rules[i].code) == &lint_rules[i]);
	}
	CHECK(lint_rule_find(STR("нет")) == NULL);
}

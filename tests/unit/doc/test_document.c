#include "base/limits.h"
#include "doc/document.h"
#include "doc/extract.h"
#include "doc/parse.h"
#include "doc/words.h"
#include "test.h"

#include <math.h>
#include <string.h>

static struct document read_doc(struct arena *a, const char *z)
{
	struct source *s = arena_new(a, struct source, 1);
	struct document d = {0};
	struct err e = {0};
	CHECK_OK(source_from_text(a, str_c(z), s, &e));
	document_parse(a, s, &d);
	return d;
}

static const struct diag *find_diag(const struct document *d, const char *code)
{
	for (size_t i = 0; i < d->n_warnings; i++)
		if (str_eq_z(d->warning[i].code, code))
			return &d->warning[i];
	return NULL;
}

#define ORDER "ПРИКАЗ\n01.02.2023 № 5-п\nО проверке\nПРИКАЗЫВАЮ:\n"

TEST(the_heading_clause_names_the_responsible_of_those_under_it)
{
	AUTO_ARENA(a, 8 * MIB);
	struct document d = read_doc(&a, ORDER "1. Отделу оценки (Синица А.А.):\n"
	                                       "1.1. провести сверку.\nСрок: до 01.03.2023\n"
	                                       "2. Директорам школ подготовить отчет до 5 мая.\n"
	                                       "Директор          И.И. Сорока\n");
	REQUIRE(d.n_assignments == 2);
	const struct assignment *t = d.assignment;
	CHECK_STR(t[0].clause.text, STR("1.1"));
	REQUIRE(t[0].n_responsible == 1);
	CHECK_STR(t[0].responsible[0].name.text, STR("Отделу оценки"));
	CHECK_STR(t[0].responsible[0].person.text, STR("Синица А.А."));
	CHECK_INT(t[0].responsible_source, RESPONSIBLE_PARENT);
	REQUIRE(t[1].n_responsible == 1 && t[1].n_due == 1);
	CHECK_STR(t[1].responsible[0].name.text, STR("Директорам школ"));
	CHECK_INT(t[1].responsible_source, RESPONSIBLE_OWN);
	CHECK_INT(date_cmp(t[1].due[0].value.end, date_make(2023, 5, 5)), 0);
	CHECK_STR(d.meta.signatory_name.text, STR("И.И. Сорока"));
	CHECK_STR(d.meta.number.text, STR("5-п"));
}

TEST(an_impossible_date_is_reported_with_a_proposal_and_never_changed)
{
	AUTO_ARENA(a, 8 * MIB);
	struct document d = read_doc(&a, ORDER "1. Отделу оценки провести сверку.\n"
	                                       "Срок: до 31 ноября 2023 года\n");
	REQUIRE(d.n_assignments == 1 && d.assignment[0].n_due == 1);
	const struct deadline *v = &d.assignment[0].due[0].value;
	CHECK_INT(v->kind, DEADLINE_INVALID);
	CHECK(date_none(v->end));
	CHECK_INT(date_cmp(v->proposal_end, date_make(2023, 11, 30)), 0);
	const struct diag *w = find_diag(&d, "impossible_date");
	REQUIRE(w != NULL);
	CHECK_INT(w->severity, SEVERITY_ERROR);
	CHECK_INT(w->assignment, 0);
	CHECK(str_has(w->message, STR("30.11.2023")));
	CHECK_STR(w->field, STR("assignments[0].deadlines[0]"));
}

TEST(the_kind_of_an_act_is_not_read_inside_its_quoted_name)
{
	AUTO_ARENA(a, 8 * MIB);
	struct document d =
	        read_doc(&a, "ПРИКАЗ\n01.02.2023 № 5-п\nО проверке\n"
	                     "На основании протокола совещания «От данных к решениям» (№ 3 от "
	                     "25.01.2023) приказываю:\n"
	                     "1. Отделу оценки провести сверку.\nСрок: до 01.03.2023\n");
	REQUIRE(d.meta.n_basis == 1);
	CHECK_STR(d.meta.basis[0].kind.text, STR("протокол"));
	CHECK_STR(d.meta.basis[0].number.text, STR("3"));
	CHECK(str_starts(d.meta.basis[0].text.text, STR("протокола совещания")));
}

TEST(approval_control_and_cancellation_are_no_tasks)
{
	AUTO_ARENA(a, 8 * MIB);
	struct document d = read_doc(&a, ORDER
	        "1. Утвердить график.\n2. Признать утратившим силу приказ от 01.01.2020 № 1.\n"
	        "3. Контроль за исполнением возложить на начальника отдела Чижа А.Б.\n");
	REQUIRE(d.n_assignments == 3);
	CHECK_INT(d.assignment[0].type, ASSIGNMENT_APPROVAL);
	CHECK_INT(d.assignment[1].type, ASSIGNMENT_CANCELLATION);
	CHECK_INT(d.assignment[2].type, ASSIGNMENT_CONTROL);
	CHECK_STR(d.meta.controller.text, STR("начальник отдела Чижа А.Б."));
	CHECK(find_diag(&d, "deadline_missing") == NULL);
}

TEST(columns_are_known_by_the_meaning_of_their_heads_in_any_order)
{
	AUTO_ARENA(a, 8 * MIB);
	struct document d = read_doc(&a,
	        "ПЛАН\nмероприятий на 2023 год\n\n"
	        "Ответственный исполнитель\tВид документа\tСрок\tНаименование "
	        "мероприятия\tПоказатель\n"
	        "ИМЦ, школы\tСправка\tдо 01.03.2023\tПровести семинар\tохват не менее 75,5%\n");
	REQUIRE(d.n_assignments == 1);
	const struct assignment *t = d.assignment;
	CHECK_STR(t->activity.text, STR("Провести семинар"));
	CHECK_INT(t->n_responsible, 2);
	CHECK_INT(t->n_due, 1);
	REQUIRE(t->n_document_types == 1 && t->n_indicators == 1);
	CHECK_STR(t->document_type[0].text, STR("Справка"));
	CHECK_NEAR(t->indicator[0].target, 75.5, 1e-9);
	CHECK_STR(t->indicator[0].comparison, STR(">="));
	CHECK_STR(t->indicator[0].unit, STR("%"));
}

TEST(a_row_torn_by_the_end_of_a_page_is_one_assignment)
{
	AUTO_ARENA(a, 8 * MIB);
	struct document d = read_doc(&a, "ПЛАН на 2023 год\n\n№\tМероприятие\tСрок\tОтветственный\n"
	                                 "1\tПровести сверку отметок по\tмай\tИМЦ,\n\n"
	                                 "№\tМероприятие\tСрок\tОтветственный\n\tвсем "
	                                 "предметам\t\tшколы\n2\tОбобщить\tиюнь\tИМЦ\n");
	REQUIRE(d.n_assignments == 2);
	CHECK_STR(d.assignment[0].activity.text, STR("Провести сверку отметок по всем предметам"));
	CHECK_INT(d.assignment[0].n_responsible, 2);
	CHECK_STR(d.assignment[1].clause.text, STR("2"));
}

TEST(two_date_columns_keep_their_labels_and_one_merged_date_has_none)
{
	AUTO_ARENA(a, 8 * MIB);
	struct document d =
	        read_doc(&a, "ПЛАН на 2023 год\n\nМероприятие\tДата\t\tОтветственный\n\tобластной "
	                     "этап\tшкольный этап\t\n"
	                     "Подать заявки\tдо 01.03.2023\tдо 01.02.2023\tшколы\nПодвести "
	                     "итоги\tдо 01.04.2023\t\tИМЦ\n");
	REQUIRE(d.n_assignments == 2);
	REQUIRE(d.assignment[0].n_due == 2 && d.assignment[1].n_due == 1);
	CHECK_STR(d.assignment[0].due[0].label.text, STR("областной этап"));
	CHECK_STR(d.assignment[0].due[1].label.text, STR("школьный этап"));
	CHECK_INT(d.assignment[1].due[0].label.text.n, 0);
}

TEST(decisions_of_minutes_are_tasks_and_the_agenda_is_not)
{
	AUTO_ARENA(a, 8 * MIB);
	struct document d = read_doc(&a,
	        "ПРОТОКОЛ № 2\nсовещания\n05.02.2024\n\nПОВЕСТКА:\n1. Об итогах.\n"
	        "2. Разное.\n\n1. СЛУШАЛИ: Грача В.В., доклад до 1 марта.\nРЕШИЛИ:\n1.1. Принять к "
	        "сведению.\n"
	        "1.2. Центру оценки подготовить отчет.\nСрок – до 12.02.2024. Отв. – Грач В.В.\n");
	REQUIRE(d.n_assignments == 2);
	CHECK_INT(d.assignment[0].type, ASSIGNMENT_INFORMATION);
	CHECK_STR(d.assignment[1].section.text, STR("Об итогах"));
	REQUIRE(d.assignment[1].n_responsible == 1);
	CHECK_STR(d.assignment[1].responsible[0].person.text, STR("Грач В.В."));
	CHECK_INT(d.meta.kind, DOC_PROTOCOL);
}

TEST(an_informing_letter_has_no_tasks)
{
	AUTO_ARENA(a, 8 * MIB);
	struct document d = read_doc(&a,
	        "05.02.2024 № 7\nНа № 3 от 01.02.2024\n\nРуководителю службы\n\nО направлении "
	        "информации\n\n"
	        "Уважаемая Вера Петровна!\n\nСообщаем, что сверка проведена до 1 февраля.\n\n"
	        "Директор          И.И. Сорока\n");
	CHECK_INT(d.meta.kind, DOC_LETTER);
	CHECK_INT(d.n_assignments, 0);
	CHECK_STR(d.meta.reply_number.text, STR("3"));
	CHECK_INT(d.meta.n_addressees, 1);
}

TEST(doubled_activities_and_slips_in_names_are_noticed)
{
	AUTO_ARENA(a, 8 * MIB);
	struct document d =
	        read_doc(&a, "ПЛАН на 2023 год\n\n№\tМероприятие\tСрок\tОтветственный\n"
	                     "1.1\tУчастие в исследовании TIMMS\tмай\tшколы\n1.2\tУчастие в "
	                     "исследовании чтения PIRLS\tмай\tшколы\n"
	                     "1.4\tУчастие в исследовании учащихся PIRLS\t\t\n");
	REQUIRE(d.n_assignments == 3);
	CHECK(find_diag(&d, "name_slip") != NULL);
	CHECK(find_diag(&d, "near_duplicate_activity") != NULL);
	CHECK(find_diag(&d, "numbering_gap") != NULL);
	CHECK(find_diag(&d, "deadline_missing") != NULL);
	CHECK(find_diag(&d, "responsible_missing") != NULL);
}

TEST(names_of_schema_values_go_both_ways)
{
	for (int k = DOC_OTHER; k <= DOC_PLAN; k++) {
		enum doc_kind back;
		CHECK(doc_kind_of(doc_kind_name((enum doc_kind)k), &back) && (int)back == k);
		CHECK(doc_kind_title((enum doc_kind)k).n > 0);
	}
	for (int t = ASSIGNMENT_TASK; t <= ASSIGNMENT_COMMITMENT; t++) {
		enum assignment_type back;
		CHECK(assignment_type_of(assignment_type_name((enum assignment_type)t), &back));
		CHECK_INT(back, t);
		CHECK(assignment_type_title((enum assignment_type)t).n > 0);
	}
	CHECK(!doc_kind_of(STR("novel"), &(enum doc_kind){0}));
}

TEST(every_kind_has_a_score_and_a_parser)
{
	bool seen[DOC_PLAN + 1] = {false};
	for (size_t i = 0; i < doc_kinds_n; i++) {
		CHECK(doc_kinds[i].score != NULL && doc_kinds[i].parse != NULL);
		CHECK(!seen[doc_kinds[i].kind]);
		seen[doc_kinds[i].kind] = true;
	}
	for (size_t k = 0; k <= DOC_PLAN; k++)
		CHECK(seen[k]);
}

/* ---- phrases inside sentences ---- */

static void one_phrase(const char *text, const char *want)
{
	AUTO_ARENA(a, 1 * MIB);
	struct str *v;
	size_t n = deadline_find(&a, str_c(text), &v);
	CHECK_INT(n, want == NULL ? 0 : 1);
	if (n == 1 && want != NULL)
		CHECK_STR(v[0], str_c(want));
}

TEST(deadlines_are_found_inside_sentences)
{
	one_phrase("в срок до 10.02.2023 направить заявку", "в срок до 10.02.2023");
	one_phrase("довести план в недельный срок.", "в недельный срок");
	one_phrase("не позднее чем за 2 рабочих дня до начала работ проверить кабинеты",
	        "не позднее чем за 2 рабочих дня до начала работ");
	one_phrase("рассмотреть на советах в августе 2023 года", "в августе 2023 года");
	one_phrase("Еженедельно по четвергам сообщать", "Еженедельно по четвергам");
	one_phrase("ежегодно, до 1 ноября, сдавать", "ежегодно, до 1 ноября");
	one_phrase("провести с 15 марта по 20 мая 2023 года", "с 15 марта по 20 мая 2023 года");
	one_phrase("до 01.03.2022, далее постоянно", "до 01.03.2022, далее постоянно");
}

TEST(what_is_no_deadline_is_not_found)
{
	one_phrase("увеличить долю до 92,5 процента", NULL);
	one_phrase("посетить до 5 школ", NULL);
	one_phrase("приказом от 06.05.2019 № 392-р", NULL);
	one_phrase("утвердить план на 2023 год", NULL);
	one_phrase("обеспечить еженедельный мониторинг", NULL);
	one_phrase("не менее 40 экспертов", NULL);
}

/* ---- words ---- */

TEST(personal_names_are_found_in_all_orders)
{
	static const char *const names[] = {
	        "Уфимова С.А.", "А. В. Райский", "М.В.Кашина", "Седова Марина Игоревна"};
	AUTO_ARENA(a, 1 * MIB);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct word w;
		struct str s = str_printf(&a, "начальник отдела %s, учителя", names[i]);
		REQUIRE(person_find(s, 0, &w));
		CHECK_STR(str_sub(s, w.from, w.to), str_c(names[i]));
	}
	struct word w;
	CHECK(!person_find(STR("МКУ «Центр», г. Лесной"), 0, &w));
	REQUIRE(person_find(STR("Директор И.И. Сорока"), 0, &w));
	CHECK_INT(w.from, STR("Директор ").n);
}

TEST(actions_are_told_from_nouns)
{
	CHECK(word_infinitive(STR("провести")) && word_infinitive(STR("обеспечить")));
	CHECK(!word_infinitive(STR("деятельность")) && !word_infinitive(STR("области")));
	CHECK(!word_infinitive(STR("печать")) && !word_infinitive(STR("ответственности")));
}

TEST(words_recognised_without_confidence_make_their_fields_doubtful)
{
	AUTO_ARENA(a, GIB);
	struct str text = STR("ПРИКАЗ\n15.09.2022 № 118-о\nПРИКАЗЫВАЮ:\n"
	                      "1. Методическому центру провести сверку до 30.09.2022.\n"
	                      "2. Отделу оценки подготовить справку до 15.10.2022.\n");
	size_t at = str_find(text, STR("30.09"), 0);
	struct ocr_doubt doubt = {(uint32_t)at, (uint32_t)at + 5};
	struct extract x = {.format = SOURCE_IMAGE,
	        .plain = true,
	        .recognized = true,
	        .text = text,
	        .doubt = &doubt,
	        .n_doubts = 1};
	struct source s;
	struct document d;
	struct err e = {0};
	REQUIRE(source_from_extract(&a, &x, STR("скан.png"), &s, &e) == EC_OK);
	document_parse(&a, &s, &d);
	REQUIRE(d.n_assignments == 2 && d.assignment[0].n_due == 1 && d.assignment[1].n_due == 1);
	CHECK_INT(d.assignment[0].due[0].text.trust, TRUST_DOUBTFUL);
	CHECK_INT(d.assignment[1].due[0].text.trust, TRUST_SURE);
	CHECK_INT(d.meta.number.trust, TRUST_SURE);
	CHECK(s.ocr);
}

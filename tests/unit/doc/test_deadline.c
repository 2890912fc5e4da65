/* Phrases of our own, by the section of docs/methods/deadlines.md they belong to. Each is read in
 * an order of 14 March 2023 without a plan, unless the test says otherwise. */
#include "base/limits.h"
#include "doc/deadline.h"
#include "test.h"

static const struct deadline_env order = {.doc = {2023, 3, 14}};
static const struct deadline_env year_plan = {{2023, 1, 20}, {2023, 1, 1}, {2023, 12, 31}};
static const struct deadline_env school_plan = {{2023, 8, 28}, {2023, 9, 1}, {2024, 5, 31}};
static const struct deadline_env three_years = {{2023, 2, 1}, {2023, 1, 1}, {2025, 12, 31}};

static struct str date_or_empty(struct arena *a, struct date d)
{
	return date_none(d) ? STR("") : date_iso(a, d);
}

/* Items as one line: kind start..end and what else is set; items are separated by « + ». */
static struct str reading(struct arena *a, struct str phrase, const struct deadline_env *env)
{
	struct deadline *v;
	struct str out[LIMIT_DEADLINE_ITEMS];
	size_t n = deadline_parse(a, phrase, env, &v);
	for (size_t i = 0; i < n; i++) {
		const struct deadline *d = &v[i];
		out[i] = str_printf(a, STR_FMT " " STR_FMT ".." STR_FMT,
		        STR_ARG(deadline_kind_name(d->kind)), STR_ARG(date_or_empty(a, d->start)),
		        STR_ARG(date_or_empty(a, d->end)));
		struct str more[] = {d->time, d->recurrence, d->anchor, d->offset, d->problem};
		for (size_t k = 0; k < ARRAY_LEN(more); k++) {
			if (more[k].n > 0)
				out[i] = str_printf(
				        a, STR_FMT " " STR_FMT, STR_ARG(out[i]), STR_ARG(more[k]));
		}
		if (d->proposal_kind != DEADLINE_NONE)
			out[i] = str_printf(a,
			        STR_FMT " → " STR_FMT " " STR_FMT ".." STR_FMT STR_FMT,
			        STR_ARG(out[i]), STR_ARG(deadline_kind_name(d->proposal_kind)),
			        STR_ARG(date_or_empty(a, d->proposal_start)),
			        STR_ARG(date_or_empty(a, d->proposal_end)),
			        STR_ARG(d->proposal_recurrence));
		if (d->then_continuous)
			out[i] = str_cat(a, out[i], STR(" …"));
		if (d->approximate)
			out[i] = str_cat(a, out[i], STR(" ~"));
	}
	return str_join(a, STR(" + "), out, n);
}

struct sample {
	struct str phrase, want;
};

static void check(const struct sample *v, size_t n, const struct deadline_env *env)
{
	AUTO_ARENA(a, 1 << 24);
	for (size_t i = 0; i < n; i++) {
		struct str got = reading(&a, v[i].phrase, env);
		if (!CHECK_STR(got, v[i].want))
			CHECK_STR(v[i].phrase, STR(""));
	}
}

#define READ(env, ...)                                                                             \
	do {                                                                                       \
		static const struct sample v[] = {__VA_ARGS__};                                    \
		check(v, ARRAY_LEN(v), &(env));                                                    \
	} while (0)
#define S(phrase, want)                                                                            \
	{                                                                                          \
		STR_INIT(phrase), STR_INIT(want)                                                   \
	}

TEST(days_with_and_without_prepositions)
{
	READ(order, S("до 20.04.2023", "date ..2023-04-20"),
	        S("20.04.2023", "date 2023-04-20..2023-04-20"),
	        S("не позднее 5 мая 2023 г.", "date ..2023-05-05"),
	        S("к 1-му июня", "date ..2023-06-01"),
	        S("в срок до 7 апреля с.г.", "date ..2023-04-07"),
	        S("до 20-04-2023", "date ..2023-04-20"),
	        S("2023-04-20", "date 2023-04-20..2023-04-20"),
	        S("до 20.IV.2023", "date ..2023-04-20"), S("до 20.04.23", "date ..2023-04-20"),
	        S("до 17.30 20.04.2023", "date ..2023-04-20 17:30"),
	        S("до 16 часов 20 апреля 2023 года", "date ..2023-04-20 16:00"),
	        S("Срок исполнения – до 20.04.2023.", "date ..2023-04-20"));
}

TEST(lists_make_several_items_and_dashes_one)
{
	READ(order,
	        S("4 и 18 мая 2023 года",
	                "date 2023-05-04..2023-05-04 + date 2023-05-18..2023-05-18"),
	        S("апрель-июнь 2023", "month_range 2023-04-01..2023-06-30"),
	        S("апрель, июнь 2023",
	                "month_range 2023-04-01..2023-04-30 + month_range 2023-06-01..2023-06-30"),
	        S("с 3 по 28 апреля", "range 2023-04-03..2023-04-28"),
	        S("11-12.05.2023", "range 2023-05-11..2023-05-12"),
	        S("IX–XI 2023", "month_range 2023-09-01..2023-11-30"),
	        S("с 20 декабря по 15 января", "range 2023-12-20..2024-01-15"),
	        S("до 1 апреля и 1 июля", "date ..2023-04-01 + date ..2023-07-01"),
	        S("май 2023 (до 19.05.2023)", "date ..2023-05-19"));
}

TEST(the_year_is_taken_from_plan_or_document)
{
	READ(order, S("до 1 марта", "date ..2024-03-01"), S("до 1 апреля", "date ..2023-04-01"));
	READ(year_plan, S("II квартал", "quarter 2023-04-01..2023-06-30"),
	        S("до 15 января", "date ..2023-01-15 before_document"),
	        S("в течение года", "range 2023-01-01..2023-12-31"));
	READ(school_plan, S("февраль", "month_range 2024-02-01..2024-02-29"),
	        S("II полугодие", "quarter 2024-01-01..2024-05-31"),
	        S("в течение года", "range 2023-09-01..2024-05-31"),
	        S("до 10 июня", "date ..2024-06-10"),
	        S("2 раза в год", "periodic .. FREQ=YEARLY;BYMONTH=5,12;BYMONTHDAY=-1"));
	READ(three_years, S("до 1 октября", "date ..2023-10-01 year_ambiguous ~"),
	        S("весь период", "range 2023-01-01..2025-12-31"),
	        S("2023-2025, до 1 октября",
	                "periodic 2023-01-01..2025-12-31 FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=1"));
}

TEST(nominal_bounds_are_flagged)
{
	READ(order, S("до мая 2023 года", "date ..2023-04-30 ambiguous_bound ~"),
	        S("до 2026 года", "date ..2026-12-31 ambiguous_bound ~"),
	        S("начало июня", "range 2023-06-01..2023-06-10 ~"),
	        S("вторая декада июня", "range 2023-06-11..2023-06-20"),
	        S("последняя неделя апреля", "range 2023-04-24..2023-04-30 ~"),
	        S("до конца учебного года", "date ..2023-05-31"),
	        S("к началу учебного года", "date ..2023-08-31"),
	        S("зимой 2023-2024 года", "month_range 2023-12-01..2024-02-29 ~"));
}

TEST(periods_become_recurrences)
{
	READ(order, S("ежеквартально", "periodic .. FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
	        S("раз в три месяца", "periodic .. FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
	        S("еженедельно, по средам", "periodic .. FREQ=WEEKLY;BYDAY=WE"),
	        S("последняя среда месяца", "periodic .. FREQ=MONTHLY;BYDAY=-1WE"),
	        S("до 7 числа каждого месяца", "periodic .. FREQ=MONTHLY;BYMONTHDAY=7"),
	        S("до 30 числа каждого месяца",
	                "periodic .. FREQ=MONTHLY;BYMONTHDAY=30 short_month"),
	        S("ежеквартально до 7 числа месяца, следующего за отчетным",
	                "periodic .. FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=7"),
	        S("ежегодно, до 10 апреля", "periodic .. FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=10"),
	        S("по итогам каждого квартала",
	                "periodic .. FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"),
	        S("по мере поступления, но не реже 1 раза в полугодие",
	                "periodic .. FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1"),
	        S("ежемесячно, по графику", "by_schedule .. FREQ=MONTHLY графику"),
	        S("ежедневно с 3 по 14 апреля 2023 г.",
	                "periodic 2023-04-03..2023-04-14 FREQ=DAILY"));
}

TEST(continuation_after_a_deadline)
{
	READ(order, S("до 20.04.2023, далее постоянно", "date ..2023-04-20 …"),
	        S("до 20.04.2023, в дальнейшем на постоянной основе", "date ..2023-04-20 …"),
	        S("до 20.04.2023, затем ежемесячно",
	                "date ..2023-04-20 + periodic 2023-04-21.. FREQ=MONTHLY;BYMONTHDAY=-1"),
	        S("июнь 2023, далее ежегодно", "month_range 2023-06-01..2023-06-30 + periodic "
	                                       "2023-07-01.. FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1"));
}

TEST(distances_are_counted_from_events)
{
	READ(order, S("в течение 5 рабочих дней", "event_relative ..2023-03-21 @document +5wd"),
	        S("в десятидневный срок", "event_relative ..2023-03-24 @document +10d"),
	        S("в 3-х дневный срок со дня получения запроса",
	                "event_relative .. получения запроса +3d"),
	        S("в течение месяца со дня подписания настоящего приказа",
	                "event_relative ..2023-04-14 @document +1mo"),
	        S("не позднее чем за 2 недели до начала учебного года",
	                "event_relative ..2023-08-18 начала учебного года -2w"),
	        S("после завершения сессии", "event_relative .. завершения сессии +0d"),
	        S("накануне экзамена", "event_relative .. экзамена -1d"),
	        S("не позднее 5 дней после сессии, но не позднее 30.06.2023",
	                "event_relative ..2023-06-30 сессии +5d"),
	        S("по завершении сессии, но не позднее 30.06.2023", "date ..2023-06-30"),
	        S("с момента подписания", "open_ended 2023-03-14.."));
}

TEST(schedules_needs_and_no_end)
{
	READ(order, S("по графику отдела", "by_schedule .. графику отдела"),
	        S("согласно дорожной карте", "by_schedule .. дорожной карте"),
	        S("в сроки, установленные центром", "by_schedule .. установленные центром"),
	        S("дата уточняется", "by_schedule .. дата уточняется vague"),
	        S("при необходимости", "as_needed .. необходимости"),
	        S("в течение 2023 года (по мере необходимости)",
	                "as_needed 2023-01-01..2023-12-31 необходимости"),
	        S("по графику отдела, май 2023", "month_range 2023-05-01..2023-05-31"),
	        S("постоянно", "open_ended .."), S("с 01.09.2023", "open_ended 2023-09-01.."),
	        S("в кратчайшие сроки", "open_ended .. vague ~"));
}

TEST(impossible_dates_are_reported_and_never_changed)
{
	READ(order, S("до 31 ноября", "invalid .. impossible_date → date ..2023-11-30"),
	        S("31.04.2023", "invalid .. impossible_date → date 2023-04-30..2023-04-30"),
	        S("до 00.06.2023", "invalid .. impossible_date → date ..2023-06-01"),
	        S("ежегодно до 31 июня", "invalid .. impossible_date → periodic "
	                                 "..FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30"),
	        S("2023-2025 до 31 ноября",
	                "invalid .. impossible_date → periodic "
	                "2023-01-01..2025-12-31FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=30"),
	        S("04.25.2023", "invalid .. impossible_month → date 2023-04-25..2023-04-25"),
	        S("до 20.13.2023", "invalid .. impossible_month"),
	        S("V квартал", "invalid .. impossible_quarter"),
	        S("ежемесячно до 35 числа",
	                "invalid .. impossible_day → periodic ..FREQ=MONTHLY;BYMONTHDAY=-1"),
	        S("до 26:10 20.04.2023", "invalid .. impossible_time → date ..2023-04-20"),
	        S("до 20.04.0223", "invalid .. implausible_year → date ..2023-04-20"),
	        S("с 20.04.2023 по 10.04.2023",
	                "invalid .. reversed_range → range 2023-04-10..2023-04-20"),
	        S("до __.__.2023", "invalid .. blank"),
	        S("до «__» _____ 2023 г.", "invalid .. blank"),
	        S("до 12..2023", "invalid .. incomplete_date"),
	        S("до .06.2023", "invalid .. incomplete_date → month_range 2023-06-01..2023-06-30"),
	        S("до 2%.0&.2023", "invalid .. unreadable"),
	        S("до 12.мйа.2023", "invalid .. unreadable → date ..2023-05-12"),
	        S("до 31.04.2023, далее ежеквартально",
	                "invalid .. impossible_date → date ..2023-04-30 + periodic 2023-05-01.. "
	                "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"));
}

TEST(noise_of_scans_and_typing_is_read_through)
{
	READ(order, S("до l2.О5.2О23", "date ..2023-05-12"),
	        S("до 12 мaя 2023r.", "date ..2023-05-12"),
	        S("сентя6рь 2023", "month_range 2023-09-01..2023-09-30"),
	        S("П квартал 2023", "quarter 2023-04-01..2023-06-30"),
	        S("1У квартал 2023", "quarter 2023-10-01..2023-12-31"),
	        S("еже-\nмесячно", "periodic .. FREQ=MONTHLY;BYMONTHDAY=-1"),
	        S("не позд нее 12 ав густа", "date ..2023-08-12"),
	        S("с3по28апреля2023года", "range 2023-04-03..2023-04-28"),
	        S("втечениеучебногогода", "range 2022-09-01..2023-05-31"),
	        S("сенятбрь 2023", "month_range 2023-09-01..2023-09-30"),
	        S("до 12.05 .20 23", "date ..2023-05-12"),
	        S("соrласно rрафику", "by_schedule .. графику"),
	        S("31.О4.2023", "invalid .. impossible_date → date 2023-04-30..2023-04-30"));
}

TEST(a_span_from_the_order_never_ends_before_it_begins)
{
	READ(order, S("с момента издания приказа до 31.12.2023", "range 2023-03-14..2023-12-31"),
	        S("с момента издания приказа до 31.12.2022", "date ..2022-12-31 before_document"));
}

TEST(a_word_between_two_months_is_not_guessed)
{
	READ(order, S("июиь 2023", "invalid .. unreadable"),
	        S("до 15 июиь 2023", "invalid .. unreadable"),
	        S("2022-2023 уч. г., 2 полугодие", "quarter 2023-01-01..2023-05-31"));
}

TEST(due_days_of_a_period_are_named_in_a_list)
{
	READ(order,
	        S("2 раза в год (декабрь, май)",
	                "periodic .. FREQ=YEARLY;BYMONTH=5,12;BYMONTHDAY=-1"),
	        S("ежегодно до 1 февраля и 1 августа",
	                "periodic .. FREQ=YEARLY;BYMONTH=2,8;BYMONTHDAY=1"),
	        S("не ранее 3 и не позднее 14 апреля 2023 г.", "range 2023-04-03..2023-04-14"),
	        S("не ранее 03.04.2023, но не позднее 14.04.2023", "range 2023-04-03..2023-04-14"));
}

/* Wordings of other hands: several ordinals, «не превышающий», distances before an event, units in
 * the plural, years listed after one month, a bracket that only says what the day is for. */
TEST(wordings_of_other_hands)
{
	static const struct sample v[] = {
	        {STR_INIT("вторая и четвертая пятница месяца"),
	                STR_INIT("periodic .. FREQ=MONTHLY;BYDAY=2FR,4FR")},
	        {STR_INIT("каждую первую и третью среду"),
	                STR_INIT("periodic .. FREQ=MONTHLY;BYDAY=1WE,3WE")},
	        {STR_INIT("в срок, не превышающий 5 рабочих дней"),
	                STR_INIT("event_relative ..2023-03-21 @document +5wd")},
	        {STR_INIT("не позднее трёх дней до начала олимпиады"),
	                STR_INIT("event_relative .. начала олимпиады -3d")},
	        {STR_INIT("на системной основе"), STR_INIT("open_ended ..")},
	        {STR_INIT("по полугодиям"),
	                STR_INIT("periodic .. FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1")},
	        {STR_INIT("дважды в год"),
	                STR_INIT("periodic .. FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1")},
	        {STR_INIT("апрель 2023 г., 2024 г."),
	                STR_INIT("month_range 2023-04-01..2023-04-30 + month_range "
	                         "2024-04-01..2024-04-30")},
	        {STR_INIT("до 1 апреля 2023 года (первое полугодие)"),
	                STR_INIT("date ..2023-04-01")},
	};
	check(v, ARRAY_LEN(v), &order);
}

TEST(no_deadline_gives_nothing)
{
	READ(order, S("-", ""), S("", ""), S("нет", ""), S("директора школ", ""),
	        S("приказ от 12.05.2021 № 14", ""));
}

TEST(repairs_are_told)
{
	AUTO_ARENA(a, 1 << 24);
	struct deadline *d;
	REQUIRE(deadline_parse(&a, STR("до 1O.05.2023"), &order, &d) == 1);
	CHECK(d[0].repaired);
	REQUIRE(deadline_parse(&a, STR("до 10.05 .2023"), &order, &d) == 1);
	CHECK(!d[0].repaired);
}

TEST(without_a_document_date_nothing_is_invented)
{
	static const struct deadline_env none = {0};
	READ(none, S("до 20.04.2023", "date ..2023-04-20"), S("до 1 июня", "date .."),
	        S("в течение 3 дней", "event_relative .. @document +3d"),
	        S("ежегодно", "periodic .. FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"));
}

TEST(names_go_there_and_back)
{
	enum deadline_kind k;
	enum year_rule r;
	for (int i = DEADLINE_NONE; i <= DEADLINE_INVALID; i++)
		CHECK(deadline_kind_of(deadline_kind_name((enum deadline_kind)i), &k) &&
		        (int)k == i);
	for (int i = YEAR_NONE; i <= YEAR_DOC_DATE; i++)
		CHECK(year_rule_of(year_rule_name((enum year_rule)i), &r) && (int)r == i);
	CHECK(!deadline_kind_of(STR("soon"), &k));
}

#include "core/order/deadline_said.h"

#include "core/fact.h"
#include "core/order/recur.h"
#include "db/q_point.h"

struct title {
	struct str name, title;
};

static struct str title_of(const struct title *v, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].name, name))
			return v[i].title;
	return name;
}

struct str deadline_kind_title(struct str kind)
{
	static const struct title v[] = {
	        {STR_INIT("date"), STR_INIT("дата")},
	        {STR_INIT("range"), STR_INIT("период")},
	        {STR_INIT("month_range"), STR_INIT("месяцы")},
	        {STR_INIT("quarter"), STR_INIT("квартал или полугодие")},
	        {STR_INIT("periodic"), STR_INIT("повторяется")},
	        {STR_INIT("open_ended"), STR_INIT("постоянно")},
	        {STR_INIT("event_relative"), STR_INIT("от события")},
	        {STR_INIT("by_schedule"), STR_INIT("по графику")},
	        {STR_INIT("as_needed"), STR_INIT("по мере необходимости")},
	        {STR_INIT("invalid"), STR_INIT("невозможный срок")},
	};
	return title_of(v, ARRAY_LEN(v), kind);
}

struct str deadline_problem_title(struct str problem)
{
	static const struct title v[] = {
	        {STR_INIT("impossible_date"), STR_INIT("такой даты не существует")},
	        {STR_INIT("impossible_month"), STR_INIT("такого месяца не существует")},
	        {STR_INIT("impossible_quarter"), STR_INIT("такого квартала не существует")},
	        {STR_INIT("impossible_day"), STR_INIT("такого числа не бывает")},
	        {STR_INIT("impossible_time"), STR_INIT("такого времени не бывает")},
	        {STR_INIT("implausible_year"), STR_INIT("неправдоподобный год")},
	        {STR_INIT("reversed_range"), STR_INIT("конец раньше начала")},
	        {STR_INIT("blank"), STR_INIT("дата не вписана")},
	        {STR_INIT("incomplete_date"), STR_INIT("дата неполная")},
	        {STR_INIT("unreadable"), STR_INIT("дата не читается")},
	        {STR_INIT("before_document"), STR_INIT("срок раньше даты документа")},
	        {STR_INIT("weekday_mismatch"), STR_INIT("день недели не совпадает с датой")},
	        {STR_INIT("year_ambiguous"), STR_INIT("год можно понять по-разному")},
	        {STR_INIT("ambiguous_bound"), STR_INIT("границу срока можно понять по-разному")},
	        {STR_INIT("short_month"), STR_INIT("такого числа нет в коротких месяцах")},
	        {STR_INIT("vague"), STR_INIT("срок неопределённый")},
	};
	return title_of(v, ARRAY_LEN(v), problem);
}

struct str deadline_year_title(struct str rule)
{
	static const struct title v[] = {
	        {STR_INIT("explicit"), STR_INIT("год написан в документе")},
	        {STR_INIT("two_digit"), STR_INIT("год написан двумя цифрами")},
	        {STR_INIT("plan"), STR_INIT("год взят из периода плана")},
	        {STR_INIT("school_year"), STR_INIT("год взят из учебного года")},
	        {STR_INIT("doc_date"), STR_INIT("год взят от даты документа")},
	        {STR_INIT("none"), STR_INIT("")},
	};
	return title_of(v, ARRAY_LEN(v), rule);
}

static struct str span_said(struct arena *a, struct str start, struct str end)
{
	struct str s = iso_ru(a, start);
	struct str n = iso_ru(a, end);
	if (start.p != NULL && end.p != NULL && str_eq(start, end))
		return n;
	if (start.p != NULL && end.p != NULL)
		return str_printf(a, "с " STR_FMT " по " STR_FMT, STR_ARG(s), STR_ARG(n));
	if (end.p != NULL)
		return str_printf(a, "до " STR_FMT, STR_ARG(n));
	if (start.p != NULL)
		return str_printf(a, "с " STR_FMT, STR_ARG(s));
	return STR("");
}

static struct str join(struct arena *a, struct str x, const char *sep, struct str y)
{
	if (y.n == 0)
		return x;
	return x.n == 0 ? y : str_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(x), sep, STR_ARG(y));
}

/* "+10wd" → «10 рабочих дней после» */
static struct str offset_said(struct arena *a, struct str offset)
{
	static const struct title units[] = {
	        {STR_INIT("d"), STR_INIT("дн.")},
	        {STR_INIT("wd"), STR_INIT("раб. дн.")},
	        {STR_INIT("w"), STR_INIT("нед.")},
	        {STR_INIT("mo"), STR_INIT("мес.")},
	        {STR_INIT("y"), STR_INIT("г.")},
	        {STR_INIT("h"), STR_INIT("ч")},
	};
	if (offset.n < 3)
		return STR("");
	bool before = offset.p[0] == '-';
	size_t i = 1;
	while (i < offset.n && offset.p[i] >= '0' && offset.p[i] <= '9')
		i++;
	struct str number = str_sub(offset, 1, i);
	if (str_eq_z(number, "0"))
		return before ? STR("до события") : STR("сразу после события");
	return str_printf(a, STR_FMT " " STR_FMT " %s события", STR_ARG(number),
	        STR_ARG(title_of(units, ARRAY_LEN(units), str_skip(offset, i))),
	        before ? "до" : "после");
}

static struct str anchor_said(struct arena *a, struct str anchor)
{
	if (anchor.n == 0)
		return STR("");
	if (str_eq_z(anchor, "@document"))
		return STR("«дата документа»");
	return str_printf(a, "«" STR_FMT "»", STR_ARG(anchor));
}

static struct str said_of(struct arena *a, const struct card_deadline *d)
{
	struct str span = span_said(a, d->start, d->end);
	if (str_eq_z(d->kind, "periodic"))
		return join(a, recur_said(a, d->recurrence), ", ", span);
	if (str_eq_z(d->kind, "open_ended"))
		return join(a, STR("постоянно"), " ", span);
	if (str_eq_z(d->kind, "invalid"))
		return str_printf(a, "«" STR_FMT "»: " STR_FMT,
		        STR_ARG(d->fragment.n > 0 ? d->fragment : d->text),
		        STR_ARG(deadline_problem_title(d->problem)));
	if (str_eq_z(d->kind, "event_relative"))
		return join(a, join(a, offset_said(a, d->offset), ": ", anchor_said(a, d->anchor)),
		        ", ", span);
	if (str_eq_z(d->kind, "by_schedule") || str_eq_z(d->kind, "as_needed")) {
		struct str s =
		        join(a, deadline_kind_title(d->kind), ": ", anchor_said(a, d->anchor));
		if (d->recurrence.n > 0)
			s = join(a, s, ", ", recur_said(a, d->recurrence));
		return join(a, s, ", ", span);
	}
	return d->time.n > 0 ? str_printf(a, STR_FMT " " STR_FMT, STR_ARG(span), STR_ARG(d->time))
	                     : span;
}

void deadline_say(struct arena *a, struct card_deadline *d, const struct deadline_proposal *p)
{
	d->kind_title = deadline_kind_title(d->kind);
	d->problem_title = d->problem.n > 0 ? deadline_problem_title(d->problem) : STR("");
	d->year_rule_title = deadline_year_title(d->year_rule);
	d->said = said_of(a, d);
	if (d->then_continuous)
		d->said = join(a, d->said, ", ", STR("далее постоянно"));
	d->has_proposal = p->kind.n > 0;
	if (d->has_proposal) {
		struct card_deadline as = {.kind = p->kind,
		        .start = p->start,
		        .end = p->end,
		        .recurrence = p->recurrence};
		d->proposal_said = said_of(a, &as);
	}
}

struct card_deadline deadline_card(struct arena *a, const struct q_deadlines_of *w)
{
	struct card_deadline d = {.id = w->id,
	        .text = w->text,
	        .kind = w->kind,
	        .start = w->start_date,
	        .end = w->end_date,
	        .time = w->due_time,
	        .recurrence = w->recurrence,
	        .anchor = w->anchor,
	        .offset = w->distance,
	        .then_continuous = w->then_continuous != 0,
	        .approximate = w->approximate != 0,
	        .year_rule = w->year_rule,
	        .problem = w->problem,
	        .fragment = w->fragment};
	deadline_say(a, &d, &(struct deadline_proposal){0});
	return d;
}

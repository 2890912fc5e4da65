#include "core/control/assignment_list.h"
#include "core/control/assignment_row.h"
#include "core/fact.h"

static const struct {
	struct str name, title;
} states[CONTROL_STATE_COUNT] = {
        [CONTROL_NONE] = {STR_INIT(""), STR_INIT("")},
        [CONTROL_ASSIGNED] = {STR_INIT("assigned"), STR_INIT("назначено")},
        [CONTROL_WORKING] = {STR_INIT("working"), STR_INIT("в работе")},
        [CONTROL_SUBMITTED] = {STR_INIT("submitted"), STR_INIT("исполнение представлено")},
        [CONTROL_ACCEPTED] = {STR_INIT("accepted"), STR_INIT("принято")},
        [CONTROL_RETURNED] = {STR_INIT("returned"), STR_INIT("возвращено на доработку")},
        [CONTROL_WITHDRAWN] = {STR_INIT("withdrawn"), STR_INIT("снято с контроля")},
};

static const struct {
	struct str name, title;
} statuses[STATUS_COUNT] = {
        [STATUS_ANY] = {STR_INIT("any"), STR_INIT("на контроле")},
        [STATUS_OVERDUE] = {STR_INIT("overdue"), STR_INIT("просрочено")},
        [STATUS_DUE_WEEK] = {STR_INIT("due_week"), STR_INIT("срок на этой неделе")},
        [STATUS_LATER] = {STR_INIT("later"), STR_INIT("срок впереди")},
        [STATUS_NO_DATE] = {STR_INIT("no_date"), STR_INIT("без даты")},
        [STATUS_REVIEW] = {STR_INIT("review"), STR_INIT("на проверке")},
        [STATUS_DONE] = {STR_INIT("done"), STR_INIT("исполнено")},
        [STATUS_WITHDRAWN] = {STR_INIT("withdrawn"), STR_INIT("снято с контроля")},
        [STATUS_OPTIONAL] = {STR_INIT("optional"), STR_INIT("по желанию")},
};

struct str control_state_name(enum control_state s)
{
	return s < CONTROL_STATE_COUNT ? states[s].name : STR("");
}

struct str control_state_title(enum control_state s)
{
	return s < CONTROL_STATE_COUNT ? states[s].title : STR("");
}

bool control_state_of(struct str name, enum control_state *ret)
{
	for (int s = CONTROL_ASSIGNED; s < CONTROL_STATE_COUNT; s++)
		if (str_eq(states[s].name, name)) {
			*ret = (enum control_state)s;
			return true;
		}
	return false;
}

struct str control_status_name(enum control_status s)
{
	return s < STATUS_COUNT ? statuses[s].name : STR("");
}

struct str control_status_title(enum control_status s)
{
	return s < STATUS_COUNT ? statuses[s].title : STR("");
}

bool control_status_of(struct str name, enum control_status *ret)
{
	for (int s = STATUS_ANY; s < STATUS_COUNT; s++)
		if (str_eq(statuses[s].name, name)) {
			*ret = (enum control_status)s;
			return true;
		}
	return false;
}

struct date control_week_end(struct date today)
{
	return date_add_days(today, 7);
}

/* 1 день, 2 дня, 5 дней */
static const char *days_word(int n)
{
	int tens = n % 100;
	int ones = n % 10;
	if (tens >= 11 && tens <= 14)
		return "дней";
	return ones == 1 ? "день" : ones >= 2 && ones <= 4 ? "дня" : "дней";
}

/* Not finished and not submitted: only the date decides. */
static struct control_verdict judge_date(
        struct arena *a, enum control_state state, struct str due, struct date today)
{
	struct control_verdict v = {.status = STATUS_NO_DATE};
	struct str on = date_ru(a, today);
	const char *report =
	        state == CONTROL_RETURNED ? "отчёт возвращён на доработку" : "отчёта нет";
	struct date d = iso_date(due);
	if (date_none(d)) {
		v.why = str_printf(
		        a, "%s; даты у поручения нет, поэтому оно не просрочено", report);
		return v;
	}
	int left = date_days(d) - date_days(today);
	if (left < 0) {
		v.status = STATUS_OVERDUE;
		v.days_over = -left;
		v.why = str_printf(a,
		        "последний день срока — " STR_FMT ", на " STR_FMT " прошло %d %s, %s",
		        STR_ARG(date_ru(a, d)), STR_ARG(on), -left, days_word(-left), report);
		return v;
	}
	v.status = left <= 7 ? STATUS_DUE_WEEK : STATUS_LATER;
	v.days_left = left;
	if (left == 0)
		v.why = str_printf(
		        a, "сегодня, " STR_FMT ", последний день срока; %s", STR_ARG(on), report);
	else
		v.why = str_printf(a, "срок " STR_FMT ", на " STR_FMT " остаётся %d %s; %s",
		        STR_ARG(date_ru(a, d)), STR_ARG(on), left, days_word(left), report);
	return v;
}

/* «; отчёт представлен 10.03.2022, в срок» */
static struct str report_words(
        struct arena *a, const struct control_facts *f, struct control_verdict *v)
{
	struct date due = iso_date(f->due);
	if (date_none(f->reported))
		return STR("");
	struct str on = date_ru(a, f->reported);
	if (date_none(due))
		return str_printf(a, "; отчёт представлен " STR_FMT, STR_ARG(on));
	int late = date_days(f->reported) - date_days(due);
	if (late <= 0)
		return str_printf(a, "; отчёт представлен " STR_FMT ", в срок (до " STR_FMT ")",
		        STR_ARG(on), STR_ARG(date_ru(a, due)));
	v->days_late = late;
	return str_printf(a, "; отчёт представлен " STR_FMT ", на %d %s позже срока " STR_FMT,
	        STR_ARG(on), late, days_word(late), STR_ARG(date_ru(a, due)));
}

static struct control_verdict told(struct arena *a, const struct control_facts *f,
        enum control_status status, const char *words)
{
	struct control_verdict v = {.status = status};
	v.why = str_printf(a, "%s" STR_FMT, words, STR_ARG(report_words(a, f, &v)));
	return v;
}

struct control_verdict control_judge_of(
        struct arena *a, const struct control_facts *f, struct date today)
{
	switch (f->state) {
	case CONTROL_ACCEPTED:
		return told(a, f, STATUS_DONE, "исполнение принято контролёром");
	case CONTROL_WITHDRAWN:
		return (struct control_verdict){
		        .status = STATUS_WITHDRAWN, .why = STR("снято с контроля")};
	case CONTROL_SUBMITTED:
		return told(a, f, STATUS_REVIEW,
		        "исполнение представлено и ждёт проверки: просрочка не считается");
	case CONTROL_NONE:
	case CONTROL_ASSIGNED:
	case CONTROL_WORKING:
	case CONTROL_RETURNED:
	case CONTROL_STATE_COUNT:
		break;
	}
	if (!f->lead)
		return (struct control_verdict){.status = STATUS_OPTIONAL,
		        .why = STR("соисполнитель: отчёт по желанию, решает отчёт ведущего "
		                   "исполнителя, поэтому просрочка не считается")};
	return judge_date(a, f->state, f->due, today);
}

struct control_verdict control_judge(
        struct arena *a, enum control_state state, struct str due, struct date today)
{
	return control_judge_of(
	        a, &(struct control_facts){.state = state, .due = due, .lead = true}, today);
}

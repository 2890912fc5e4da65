#include "core/order/due_days.h"

#include "base/cur.h"
#include "core/fact.h"
#include "core/order/deadline_said.h"
#include "core/order/recur.h"
#include "text/fold.h"

struct str event_key(struct arena *a, struct str anchor)
{
	struct str rest = text_key(a, anchor);
	struct str word;
	struct buf b;
	buf_init(&b, a, 4000);
	/* «получения результатов», «получением результата»: five letters of each word */
	while (str_next(&rest, ' ', &word)) {
		if (word.n == 0)
			continue;
		if (b.n > 0)
			buf_byte(&b, ' ');
		buf_add(&b, utf8_head(word, 5));
	}
	return buf_str(&b);
}

bool due_waits_event(const struct card_deadline *d)
{
	return str_eq_z(d->kind, "event_relative") && d->end.n == 0 && d->anchor.n > 0 &&
	       !str_eq_z(d->anchor, "@document");
}

/* "+10wd" → 10, "wd"; sign of "-0d" in before. */
struct distance {
	bool before;
	int n;
	struct str unit;
};

static bool distance_of(struct str offset, struct distance *ret)
{
	struct cur c = CUR(offset);
	uint64_t n;
	bool before = cur_byte(&c, '-');
	if (!before && !cur_byte(&c, '+'))
		return false;
	if (!cur_uint(&c, 4, LIMIT_WORK_DAYS, &n))
		return false;
	*ret = (struct distance){before, (int)n, cur_rest(&c)};
	return ret->unit.n > 0;
}

static bool plain_off(struct date d)
{
	return date_weekday(d) >= 6 || (d.m == 1 && d.d <= 8) || (d.m == 2 && d.d == 23) ||
	       (d.m == 3 && d.d == 8) || (d.m == 5 && (d.d == 1 || d.d == 9)) ||
	       (d.m == 6 && d.d == 12) || (d.m == 11 && d.d == 4);
}

static struct date add_plain(struct date d, int n)
{
	int step = n < 0 ? -1 : 1;
	for (int left = n < 0 ? -n : n; left > 0 && d.y > 1 && d.y < 9999;) {
		d = date_add_days(d, step);
		left -= !plain_off(d);
	}
	return d;
}

static bool counts_production(const struct due_env *env)
{
	return env->cal != NULL && str_eq_z(env->cal->rule[RULE_WORK_DAYS].value, "production");
}

/* The day at a distance from another; months clamp to the month's end. */
static struct date at_distance(
        const struct due_env *env, struct date from, const struct distance *w)
{
	int n = w->before ? -w->n : w->n;
	if (str_eq_z(w->unit, "wd"))
		return counts_production(env) ? calendar_add_work(env->cal, from, n)
		                              : add_plain(from, n);
	if (str_eq_z(w->unit, "w"))
		return date_add_days(from, 7 * n);
	if (str_eq_z(w->unit, "mo"))
		return date_add_months(from, n);
	if (str_eq_z(w->unit, "y"))
		return date_add_months(from, 12 * n);
	if (str_eq_z(w->unit, "h"))
		return date_add_days(from, n / 24 + (n % 24 != 0 ? (n < 0 ? -1 : 1) : 0));
	/* «до начала X», «перед X»: the last day before it */
	if (n == 0 && w->before)
		return date_add_days(from, -1);
	return date_add_days(from, n);
}

/* What one base day becomes. */
struct settling {
	struct arena *a;
	const struct card_deadline *d;
	const struct due_env *env;
	struct buf why;
};

static void say(struct settling *s, struct str sentence)
{
	if (s->why.n > 0)
		buf_byte(&s->why, ' ');
	buf_add(&s->why, sentence);
}

/* «I четверть», «каждую четверть»: the real end of the term instead of the nominal one. */
static struct date by_term(struct settling *s, struct date base)
{
	struct str key = text_key(s->a, s->d->text);
	enum term_kind kind = str_has(key, STR("четверт"))    ? TERM_QUARTER
	                      : str_has(key, STR("триместр")) ? TERM_TRIMESTER
	                                                      : TERM_NONE;
	bool term = str_eq_z(s->d->kind, "quarter") || str_eq_z(s->d->kind, "periodic");
	if (kind == TERM_NONE || !term || s->env->cal == NULL)
		return base;
	for (int n = 1; n <= TERMS_MAX; n++) {
		int year = school_year_of(base);
		struct term_span was;
		struct term_span now;
		if (!calendar_term_nominal(s->env->cal, kind, n, year, &was) ||
		        date_cmp(was.end, base) != 0 ||
		        !calendar_term(s->env->cal, kind, n, year, &now) ||
		        date_cmp(now.end, base) == 0)
			continue;
		say(s, str_printf(s->a,
		               STR_FMT " %d/%d учебного года кончается " STR_FMT ", а не " STR_FMT
		                       ": " STR_FMT ".",
		               STR_ARG(term_said(s->a, kind, n)), year, year + 1,
		               STR_ARG(date_ru(s->a, now.end)), STR_ARG(date_ru(s->a, base)),
		               STR_ARG(provenance_said(s->a, &now.row->from))));
		return now.end;
	}
	return base;
}

/* «последний рабочий день месяца», «до 6-го рабочего дня»: by the production calendar. */
static struct date by_work_day(struct settling *s, struct date base)
{
	struct recur r;
	if (!str_eq_z(s->d->kind, "periodic") || !counts_production(s->env) ||
	        !recur_parse(s->d->recurrence, &r) || r.set_pos == 0 || r.n_days != 5)
		return base;
	struct date first = date_make(base.y, base.m, 1);
	struct date d =
	        r.set_pos > 0
	                ? calendar_add_work(s->env->cal, date_add_days(first, -1), r.set_pos)
	                : calendar_add_work(s->env->cal, date_add_months(first, 1), r.set_pos);
	if (date_cmp(d, base) == 0)
		return base;
	struct provenance from = calendar_year_from(s->env->cal, d.y);
	say(s, str_printf(s->a,
	               "Рабочие дни месяца сосчитаны по производственному календарю: " STR_FMT
	               ", без него был бы " STR_FMT "; " STR_FMT ".",
	               STR_ARG(day_said(s->a, d)), STR_ARG(day_said(s->a, base)),
	               STR_ARG(provenance_said(s->a, &from))));
	return d;
}

/* «в течение 5 рабочих дней» from this document: with the transfers. */
static struct date by_distance(struct settling *s, struct date base)
{
	struct distance w;
	if (!str_eq_z(s->d->kind, "event_relative") || !str_eq_z(s->d->anchor, "@document") ||
	        !distance_of(s->d->offset, &w) || !str_eq_z(w.unit, "wd") ||
	        date_none(s->env->doc) || !counts_production(s->env))
		return base;
	struct date d = at_distance(s->env, s->env->doc, &w);
	if (date_cmp(d, base) == 0)
		return base;
	struct provenance from = calendar_year_from(s->env->cal, d.y);
	say(s, str_printf(s->a,
	               "Рабочие дни от " STR_FMT
	               " сосчитаны по производственному календарю: " STR_FMT
	               ", без переносов был бы " STR_FMT "; " STR_FMT ".",
	               STR_ARG(date_ru(s->a, s->env->doc)), STR_ARG(day_said(s->a, d)),
	               STR_ARG(day_said(s->a, base)), STR_ARG(provenance_said(s->a, &from))));
	return d;
}

/* From the day an event happened to the due day. */
static struct date by_event(struct settling *s, struct date happened)
{
	struct distance w = {.unit = STR("d")};
	(void)distance_of(s->d->offset, &w);
	struct date d = at_distance(s->env, happened, &w);
	struct str key = event_key(s->a, s->d->anchor);
	const struct named_event *ev = NULL;
	for (size_t i = 0; i < s->env->n_events; i++)
		if (str_eq(s->env->event[i].key, key) &&
		        date_cmp(s->env->event[i].happened, happened) == 0)
			ev = &s->env->event[i];
	bool immediate = w.n == 0 && !w.before;
	if (immediate && ev != NULL && ev->grace > 0)
		d = date_add_days(d, ev->grace);
	say(s, str_printf(s->a,
	               "Событие «" STR_FMT "» наступило " STR_FMT "%s" STR_FMT ", срок: " STR_FMT
	               "%s.",
	               STR_ARG(s->d->anchor), STR_ARG(date_ru(s->a, happened)),
	               ev != NULL ? ", основание: " : "",
	               STR_ARG(ev != NULL ? ev->source : STR("")), STR_ARG(day_said(s->a, d)),
	               immediate && ev != NULL && ev->grace > 0
	                       ? " (дни на исполнение дал тот, кто назвал событие)"
	                       : ""));
	return d;
}

/* ст. 193 ГК РФ when the territory has chosen it. */
static struct date off_day(struct settling *s, struct date d)
{
	if (s->env->cal == NULL || !calendar_off(s->env->cal, d))
		return d;
	const struct rule_value *rule = &s->env->cal->rule[RULE_DAY_OFF];
	struct str reason = calendar_day_said(s->a, s->env->cal, d);
	struct str from = provenance_said(s->a, &rule->from);
	if (!str_eq_z(rule->value, "next")) {
		say(s, str_printf(s->a,
		               "Срок " STR_FMT " приходится на нерабочий день (" STR_FMT
		               ") и не переносится: " STR_FMT ".",
		               STR_ARG(day_said(s->a, d)), STR_ARG(reason), STR_ARG(from)));
		return d;
	}
	struct date next = calendar_next_work(s->env->cal, d);
	say(s, str_printf(s->a,
	               "Срок перенесён с " STR_FMT " на " STR_FMT ", потому что " STR_FMT
	               "; правило: срок с нерабочего дня переносится на следующий рабочий, " STR_FMT
	               ".",
	               STR_ARG(day_said(s->a, d)), STR_ARG(day_said(s->a, next)), STR_ARG(reason),
	               STR_ARG(from)));
	return next;
}

struct due_day due_of_base(
        struct arena *a, const struct card_deadline *d, const struct due_env *env, struct date base)
{
	struct settling s = {.a = a, .d = d, .env = env};
	buf_init(&s.why, a, 8 * KIB);
	struct date day = base;
	if (due_waits_event(d)) {
		day = by_event(&s, base);
	} else {
		day = by_term(&s, day);
		day = by_work_day(&s, day);
		day = by_distance(&s, day);
	}
	day = off_day(&s, day);
	return (struct due_day){date_iso(a, day), buf_str(&s.why)};
}

/* Occurrences ------------------------------------------------------------------------------- */

struct finding {
	struct arena *a;
	const struct card_deadline *d;
	const struct due_env *env;
	struct due_days *ret;
};

static void add_day(const struct finding *f, struct date base)
{
	struct due_days *r = f->ret;
	if (r->n >= DUE_MAX)
		return;
	struct due_day one = due_of_base(f->a, f->d, f->env, base);
	r->day[r->n] = one.day;
	r->base[r->n] = date_iso(f->a, base);
	r->moved[r->n++] = one.moved;
}

static void no_date(const struct finding *f)
{
	f->ret->day[0] = f->ret->base[0] = STR_NONE;
	f->ret->moved[0] = STR("");
	f->ret->n = 1;
}

static struct date later(struct date x, struct date y)
{
	return date_none(x) || (!date_none(y) && date_cmp(y, x) > 0) ? y : x;
}

/* «каждый рабочий день»: a day off makes nothing due. */
static bool each_work_day(const struct recur *r)
{
	return r->freq == RECUR_WEEKLY && r->n_days == 5 && r->interval == 1;
}

/* Days of a rule inside its bounds, the plan, or a year. Returns their number. */
static size_t recurring(
        const struct finding *f, struct str rule, struct recur *r, struct rrule_span *span)
{
	const struct due_env *env = f->env;
	struct date start = iso_date(f->d->start);
	struct date end = iso_date(f->d->end);
	struct date anchor = date_none(env->doc) ? env->today : env->doc;
	struct date day[5 * DUE_MAX];
	if (!recur_parse(rule, r))
		return 0;
	anchor = later(later(anchor, env->plan_start), start);
	*span = (struct rrule_span){.anchor = anchor, .from = later(anchor, env->from)};
	struct date last = !date_none(end) ? end : env->plan_end;
	span->to = !date_none(env->until) ? env->until : date_add_months(span->from, 12);
	if (!date_none(last) && (date_none(env->until) || date_cmp(last, span->to) < 0))
		span->to = last;
	size_t n = recur_days(f->a, r, span, day, ARRAY_LEN(day));
	size_t found = 0;
	for (size_t i = 0; i < n && f->ret->n < DUE_MAX; i++) {
		if (each_work_day(r) && env->cal != NULL && calendar_off(env->cal, day[i]))
			continue;
		add_day(f, day[i]);
		found++;
	}
	return found;
}

static struct str span_ru(struct arena *a, const struct rrule_span *s)
{
	return str_printf(a, "с " STR_FMT " по " STR_FMT, STR_ARG(date_ru(a, s->from)),
	        STR_ARG(date_ru(a, s->to)));
}

static void due_periodic(const struct finding *f)
{
	struct recur r;
	struct rrule_span span = {0};
	struct arena *a = f->a;
	if (!recur_parse(f->d->recurrence, &r)) {
		f->ret->why =
		        str_printf(a, "Правило повторения «" STR_FMT "» не разобрано: без даты.",
		                STR_ARG(f->d->recurrence));
		no_date(f);
		return;
	}
	size_t n = recurring(f, f->d->recurrence, &r, &span);
	f->ret->why = str_printf(a, "Срок «" STR_FMT "»: " STR_FMT "; " STR_FMT ": %zu %s.",
	        STR_ARG(f->d->text), STR_ARG(recur_said(a, f->d->recurrence)),
	        STR_ARG(span_ru(a, &span)), n, n == DUE_MAX ? "ближайших сроков" : "срок(ов)");
	if (n == 0)
		no_date(f);
}

/* «постоянно»: check days, when the territory has chosen some. */
static bool due_open_ended(const struct finding *f)
{
	static const struct {
		const char *value, *rule;
	} rules[] = {{"month", "FREQ=MONTHLY;BYMONTHDAY=-1"},
	        {"quarter", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"},
	        {"half", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1"},
	        {"year", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"}};
	struct recur r;
	struct rrule_span span = {0};
	if (f->env->cal == NULL || !str_eq_z(f->d->kind, "open_ended"))
		return false;
	const struct rule_value *v = &f->env->cal->rule[RULE_OPEN_ENDED];
	for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
		if (!str_eq_z(v->value, rules[i].value) ||
		        recurring(f, str_c(rules[i].rule), &r, &span) == 0)
			continue;
		f->ret->why = str_printf(f->a,
		        "Срок «" STR_FMT "» — постоянно; контрольные даты " STR_FMT ": " STR_FMT
		        ".",
		        STR_ARG(f->d->text),
		        STR_ARG(rule_value_title(f->a, RULE_OPEN_ENDED, v->value)),
		        STR_ARG(provenance_said(f->a, &v->from)));
		return true;
	}
	return false;
}

static bool due_event(const struct finding *f)
{
	if (!due_waits_event(f->d))
		return false;
	struct str key = event_key(f->a, f->d->anchor);
	for (size_t i = 0; i < f->env->n_events; i++)
		if (str_eq(f->env->event[i].key, key))
			add_day(f, f->env->event[i].happened);
	if (f->ret->n == 0) {
		f->ret->why = str_printf(f->a,
		        "Срок «" STR_FMT "» — от события «" STR_FMT
		        "»: ждёт, пока назовут день события.",
		        STR_ARG(f->d->text), STR_ARG(f->d->anchor));
		no_date(f);
		return true;
	}
	f->ret->why = str_printf(f->a, "Срок «" STR_FMT "» — от события.", STR_ARG(f->d->text));
	return true;
}

static bool due_schedule(const struct finding *f)
{
	if (!str_eq_z(f->d->kind, "by_schedule"))
		return false;
	struct str source = STR("");
	for (size_t i = 0; i < f->env->n_schedule; i++) {
		const struct schedule_row *r = &f->env->schedule[i];
		if (r->deadline_id != f->d->id || r->org_id != INT64_MIN)
			continue;
		add_day(f, r->day);
		source = r->source;
	}
	if (f->ret->n == 0)
		return false;
	f->ret->why = str_printf(f->a, "Срок «" STR_FMT "» — по графику: " STR_FMT ".",
	        STR_ARG(f->d->text), STR_ARG(source));
	return true;
}

void deadline_due(struct arena *a, const struct card_deadline *d, const struct due_env *env,
        struct due_days *ret)
{
	const struct finding f = {a, d, env, ret};
	*ret = (struct due_days){.n = 0};
	if (d == NULL) {
		no_date(&f);
		ret->why = STR("Срок в документе не назван: на контроле без даты.");
		return;
	}
	if (str_eq_z(d->kind, "periodic")) {
		due_periodic(&f);
		return;
	}
	if (str_eq_z(d->kind, "invalid")) {
		no_date(&f);
		ret->why = str_printf(a,
		        "Срок «" STR_FMT "» невозможен (" STR_FMT
		        ") и оставлен как есть: на контроле без даты.",
		        STR_ARG(d->text), STR_ARG(d->problem_title));
		return;
	}
	if (due_event(&f) || due_schedule(&f) || due_open_ended(&f))
		return;
	bool dated = !str_eq_z(d->kind, "open_ended") && !str_eq_z(d->kind, "as_needed");
	if (dated && d->end.n > 0) {
		struct str year = d->year_rule_title;
		add_day(&f, iso_date(d->end));
		ret->why = str_printf(a, "Срок «" STR_FMT "» понят как " STR_FMT "%s" STR_FMT "%s.",
		        STR_ARG(d->text), STR_ARG(d->said), year.n > 0 ? " (" : "", STR_ARG(year),
		        year.n > 0 ? ")" : "");
		return;
	}
	no_date(&f);
	ret->why = str_printf(a, "Срок «" STR_FMT "» — " STR_FMT ": на контроле без даты.",
	        STR_ARG(d->text), STR_ARG(d->kind_title));
}

struct str due_why(struct arena *a, const struct due_days *days, size_t k)
{
	if (days->moved[k].n == 0)
		return days->why;
	return str_printf(a, STR_FMT " " STR_FMT, STR_ARG(days->why), STR_ARG(days->moved[k]));
}

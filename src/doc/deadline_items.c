/* From the terms of a phrase to its items: which word decides (deadlines.md §2). */
#include "base/buf.h"
#include "base/limits.h"
#include "doc/deadline_term.h"

typedef VEC(struct deadline) deadline_list;

struct group {
	struct parse *p;
	struct term *v; /* the terms of one reading */
	size_t n;
	deadline_list *out;
};

static struct deadline *add_item(struct group *g)
{
	return g->out->n < LIMIT_DEADLINE_ITEMS ? vec_push(g->p->a, g->out)
	                                        : &g->out->v[g->out->n - 1];
}

static bool is_window(const struct term *t)
{
	return t->kind == TERM_SPAN && t->bound <= BOUND_IN &&
	       (t->a.grain == GRAIN_YEAR || t->a.grain == GRAIN_SCHOOL_YEAR ||
	               t->a.grain == GRAIN_PLAN);
}

/* «до 2025 года» bounds what hangs on a schedule or an event. */
static bool is_year_bound(const struct term *t)
{
	return t->kind == TERM_SPAN && t->bound == BOUND_UNTIL && t->a.grain == GRAIN_YEAR &&
	       !t->two;
}

static struct term *first_of(const struct group *g, enum term_kind kind)
{
	for (size_t i = 0; i < g->n; i++) {
		if (g->v[i].kind == kind)
			return &g->v[i];
	}
	return NULL;
}

static bool wants_year(const struct term *t)
{
	const struct point *last = t->two ? &t->b : &t->a;
	return t->kind == TERM_SPAN && t->a.ref == REF_NONE && last->ref == REF_NONE &&
	       t->a.grain <= GRAIN_MONTHS && !t->a.school && t->a.m + t->a.n > 0 &&
	       !(t->a.m == 0 && t->a.grain <= GRAIN_MONTH);
}

static const struct point *year_giver(const struct term *t)
{
	const struct point *last = t->two ? &t->b : &t->a;
	bool window = t->a.grain == GRAIN_YEAR || t->a.grain == GRAIN_SCHOOL_YEAR;
	if (t->kind != TERM_SPAN || (window && (t->two || t->bound > BOUND_IN)))
		return NULL;
	return last->ref == REF_WRITTEN || last->ref == REF_TWO_DIGIT ? last : NULL;
}

/* «до 1 сентября 2023 г., 2024 г.», «май 2023, 2024»: the day or month of each year. */
static void repeat_years(struct group *g)
{
	for (size_t i = 1; i < g->n; i++) {
		const struct term *t = &g->v[i], *before = &g->v[i - 1];
		bool year = t->kind == TERM_SPAN && t->a.grain == GRAIN_YEAR && !t->two &&
		            t->bound == BOUND_NONE && t->a.ref == REF_WRITTEN && !t->in_brackets &&
		            (t->sep == ',' || t->sep == 'i' || t->sep == ';');
		if (!year || before->kind != TERM_SPAN || before->two ||
		        before->a.grain >= GRAIN_SCHOOL_YEAR || before->a.ref != REF_WRITTEN ||
		        before->a.school || t->a.y <= before->a.y)
			continue;
		struct term one = *before;
		one.a.y = t->a.y;
		one.a.y2 = 0;
		one.a.year_at = t->a.year_at;
		one.sep = t->sep;
		g->v[i] = one;
	}
}

/* A year written once belongs to all (§2); single years that only served it are dropped. */
static void share_years(struct group *g)
{
	bool given = false;
	for (size_t i = 0; i < g->n; i++) {
		const struct point *from = NULL;
		if (!wants_year(&g->v[i]))
			continue;
		for (size_t j = i + 1; j < g->n && from == NULL; j++)
			from = year_giver(&g->v[j]);
		for (size_t j = i; j-- > 0 && from == NULL;)
			from = year_giver(&g->v[j]);
		if (from == NULL)
			continue;
		struct point *to = g->v[i].two ? &g->v[i].b : &g->v[i].a;
		to->ref = from->ref;
		to->y = from->y;
		to->y2 = from->y2;
		to->school = from->school || from->grain == GRAIN_SCHOOL_YEAR;
		to->year_at = from->year_at;
		given = true;
	}
	size_t n = 0;
	for (size_t i = 0; i < g->n; i++) {
		bool spent = given && is_window(&g->v[i]) && !g->v[i].two &&
		             g->v[i].a.grain != GRAIN_PLAN && g->v[i].a.ref == REF_WRITTEN;
		if (!spent)
			g->v[n++] = g->v[i];
	}
	g->n = n;
}

/* «до 15 января и 15 июня»: the preposition belongs to both. */
static void share_bounds(struct group *g)
{
	for (size_t i = 1; i < g->n; i++) {
		struct term *t = &g->v[i], *before = &g->v[i - 1];
		if (t->kind == TERM_SPAN && before->kind == TERM_SPAN && t->bound == BOUND_NONE &&
		        before->bound == BOUND_UNTIL && !t->two && !before->two &&
		        t->a.grain == GRAIN_DAY && before->a.grain == GRAIN_DAY &&
		        (t->sep == 'i' || t->sep == ','))
			t->bound = BOUND_UNTIL;
	}
	/* «не ранее 1 и не позднее 15 июня» is one span */
	for (size_t i = 1; i < g->n; i++) {
		struct term *t = &g->v[i], *before = &g->v[i - 1];
		if (t->kind != TERM_SPAN || before->kind != TERM_SPAN || t->two || before->two ||
		        t->bound != BOUND_UNTIL || before->bound != BOUND_FROM ||
		        t->a.grain != GRAIN_DAY || before->a.grain != GRAIN_DAY || t->sep == ';')
			continue;
		before->b = t->a;
		before->two = true;
		for (size_t k = i; k + 1 < g->n; k++)
			g->v[k] = g->v[k + 1];
		g->n--;
	}
}

static enum year_rule best_rule(enum year_rule x, enum year_rule y)
{
	return x != YEAR_NONE ? x : y;
}

static void set_invalid(struct deadline *d, const struct meaning *m)
{
	*d = (struct deadline){
	        .kind = DEADLINE_INVALID, .problem = m->problem, .fragment = m->fragment};
	if (m->kind != DEADLINE_NONE) {
		d->proposal_kind = m->kind;
		d->proposal_start = m->start;
		d->proposal_end = m->end;
	}
}

static void emit_span(struct group *g, const struct term *t)
{
	struct meaning m;
	struct deadline *d = add_item(g);
	deadline_resolve(g->p, t, &m);
	if (m.bad) {
		set_invalid(d, &m);
		return;
	}
	*d = (struct deadline){.kind = m.kind,
	        .start = m.start,
	        .end = m.end,
	        .time = t->time,
	        .year_rule = m.rule,
	        .approximate = m.approximate,
	        .problem = m.problem};
}

static void emit_bad(struct group *g, const struct term *t)
{
	struct deadline *d = add_item(g);
	*d = (struct deadline){.kind = DEADLINE_INVALID,
	        .problem = t->problem,
	        .fragment = lex_source(g->p, t->bad_from, t->bad_to)};
	int y = t->bad_year, m = t->bad_month;
	if (y < 1990 || y > 2100 || m < 1 || m > 12)
		return;
	if (t->bad_day > 0 && date_valid(y, m, t->bad_day)) {
		d->proposal_kind = DEADLINE_DATE;
		d->proposal_end = date_make(y, m, t->bad_day);
		if (t->bound == BOUND_NONE && !lex_is(g->p, t->from, W_DO))
			d->proposal_start = d->proposal_end;
	} else if (t->bad_day == 0) {
		d->proposal_kind = DEADLINE_MONTH_RANGE;
		d->proposal_start = date_make(y, m, 1);
		d->proposal_end = date_make(y, m, date_month_days(y, m));
	}
}

/* ---- periodic ---- */

static const char *unit_suffix(enum unit u)
{
	switch (u) {
	case UNIT_HOUR:
		return "h";
	case UNIT_WORKDAY:
		return "wd";
	case UNIT_WEEK:
		return "w";
	case UNIT_MONTH:
		return "mo";
	case UNIT_YEAR:
		return "y";
	case UNIT_NONE:
	case UNIT_DAY:
	case UNIT_QUARTER:
	case UNIT_HALF_YEAR:
	case UNIT_TERM:
	case UNIT_SCHOOL_YEAR:
		break;
	}
	return "d";
}

/* BYMONTH/BYMONTHDAY of the due days a yearly period names by a span. */
static bool due_span(const struct term *t)
{
	return t->kind == TERM_SPAN && t->bound != BOUND_AFTER &&
	       (t->bound != BOUND_FROM || (t->two && t->b.ref == REF_NONE)) &&
	       t->a.grain != GRAIN_NONE &&
	       (t->a.grain < GRAIN_SCHOOL_YEAR ||
	               (t->a.grain == GRAIN_SCHOOL_YEAR && t->bound >= BOUND_UNTIL));
}

/* The rule of «ежегодно до 1 ноября, 1 мая»; *bad is filled when a day does not exist. */
static struct str yearly_rule(struct group *g, struct meaning *bad, bool *approximate)
{
	struct buf days, b;
	int month[16], day[16];
	size_t n = 0;
	for (size_t i = 0; i < g->n && n < ARRAY_LEN(month); i++) {
		struct meaning m;
		struct term t = g->v[i];
		if (!due_span(&t))
			continue;
		struct point *last = t.two ? &t.b : &t.a;
		bool whole = last->grain != GRAIN_DAY;
		deadline_resolve(g->p, &t, &m);
		if (m.bad)
			*bad = m;
		if (date_none(m.end))
			continue;
		bool month_end = whole && m.end.d == date_month_days(m.end.y, m.end.m);
		*approximate = *approximate || (m.approximate && t.bound > BOUND_IN &&
		                                       !str_eq_z(m.problem, "year_ambiguous"));
		size_t at = n++;
		for (; at > 0 && month[at - 1] > m.end.m; at--) {
			month[at] = month[at - 1];
			day[at] = day[at - 1];
		}
		month[at] = m.end.m;
		day[at] = month_end ? -1 : m.end.d;
	}
	if (n == 0)
		return STR_NONE;
	buf_init(&b, g->p->a, 300);
	buf_init(&days, g->p->a, 300);
	bool one_day = true;
	for (size_t i = 0; i < n; i++) {
		buf_printf(&b, "%s%d", i == 0 ? "FREQ=YEARLY;BYMONTH=" : ",", month[i]);
		one_day = one_day && day[i] == day[0];
	}
	buf_printf(&b, ";BYMONTHDAY=%d", day[0]);
	*approximate = *approximate || !one_day; /* one rule holds every day of every month */
	if (!one_day)
		for (size_t i = 1; i < n; i++)
			buf_printf(&b, ",%d", day[i]);
	return buf_str(&b);
}

/* Bounds that spans give to a recurrence. */
static void bound_by_spans(struct group *g, struct deadline *d, bool yearly)
{
	for (size_t i = 0; i < g->n; i++) {
		const struct term *t = &g->v[i];
		struct meaning m;
		if (t->kind != TERM_SPAN || (yearly && due_span(t)))
			continue;
		deadline_resolve(g->p, t, &m);
		if (m.bad) {
			set_invalid(d, &m);
			return;
		}
		if (m.kind == DEADLINE_OPEN_ENDED && date_none(m.start))
			continue;
		d->start = date_none(m.start) ? d->start : m.start;
		d->end = date_none(m.end) ? d->end : m.end;
		d->year_rule = best_rule(m.rule, d->year_rule);
	}
}

/* The rule of «до 25 числа …»; NONE when the days are dates of one month. */
static struct str days_rule(
        struct group *g, const struct term *t, const struct period *q, struct deadline *d)
{
	struct buf b;
	bool quarter = (q != NULL && q->unit == UNIT_QUARTER) || t->day_of >= DAY_OF_QUARTER_AFTER;
	buf_init(&b, g->p->a, 300);
	if (quarter)
		buf_printf(&b, "FREQ=YEARLY;BYMONTH=%s;",
		        t->day_of == DAY_OF_QUARTER_LAST ? "3,6,9,12" : "1,4,7,10");
	else
		buf_add_z(&b, "FREQ=MONTHLY;");
	if (quarter && (t->day_of == DAY_OF_ANY || t->day_of == DAY_OF_EVERY_MONTH)) {
		d->approximate = true;
		d->problem = STR("ambiguous_bound");
	}
	buf_add_z(&b, t->working ? "BYDAY=MO,TU,WE,TH,FR;BYSETPOS=" : "BYMONTHDAY=");
	for (size_t i = 0; i < t->n_days; i++) {
		int day = t->days[i];
		if (!t->working && (day == 29 || day == 30))
			d->problem = STR("short_month");
		if (!t->working && day >= 31)
			day = -1;
		buf_printf(&b, "%s%d", i == 0 ? "" : ",", day == 0 ? 1 : day);
	}
	return buf_str(&b);
}

static bool impossible_day(const struct term *t)
{
	for (size_t i = 0; i < t->n_days; i++) {
		if (t->days[i] > (t->working ? 23 : 31) || t->days[i] == 0)
			return true;
	}
	return false;
}

static void make_invalid_rule(struct deadline *d, struct str problem, struct str fragment)
{
	d->kind = DEADLINE_INVALID;
	d->problem = problem;
	d->fragment = fragment;
	d->proposal_kind = DEADLINE_PERIODIC;
	d->proposal_recurrence = d->recurrence;
	d->proposal_start = d->start;
	d->proposal_end = d->end;
	d->recurrence = STR_NONE;
	d->start = d->end = (struct date){0};
	d->year_rule = YEAR_NONE;
	d->approximate = false;
}

static struct str group_time(const struct group *g)
{
	for (size_t i = 0; i < g->n; i++) {
		if (g->v[i].time.n > 0)
			return g->v[i].time;
	}
	return STR_NONE;
}

/* Whether the spans name the due days of the year: «ежегодно до 1 ноября», «2 раза в год (май,
 * декабрь)». */
static bool names_due_days(const struct group *g, const struct period *q)
{
	size_t due = 0;
	if (q->every > 1 || q->nth != 0)
		return false;
	if (q->unit == UNIT_YEAR && q->times == 1)
		return true;
	for (size_t i = 0; i < g->n; i++)
		due += due_span(&g->v[i]) && g->v[i].a.ref == REF_NONE && !g->v[i].two;
	return due >= 2 && (q->unit == UNIT_YEAR || q->unit == UNIT_SCHOOL_YEAR ||
	                           q->unit == UNIT_HALF_YEAR || q->unit == UNIT_QUARTER);
}

static void emit_periodic(struct group *g, const struct term *period)
{
	struct period q = period->period;
	struct deadline d = {.kind = DEADLINE_PERIODIC, .time = group_time(g)};
	const struct term *days = first_of(g, TERM_DAYS), *weekday = first_of(g, TERM_WEEKDAY);
	struct meaning bad = {0};
	bool yearly = names_due_days(g, &q);
	if (weekday != NULL && q.unit == UNIT_WEEK && q.weekdays == 0)
		q.weekdays = weekday->period.weekdays;
	/* «каждую пятницу» beside «еженедельно» names the day */
	for (size_t i = 0; i < g->n; i++) {
		if (g->v[i].kind == TERM_PERIOD && g->v[i].period.weekdays != 0 &&
		        q.weekdays == 0 && (q.unit == UNIT_WEEK || q.unit == UNIT_MONTH)) {
			q.weekdays = g->v[i].period.weekdays;
			q.nth = g->v[i].period.nth;
		} else if (g->v[i].kind == TERM_PERIOD && g->v[i].period.nth != 0 && q.nth == 0) {
			enum unit unit = q.unit;
			q = g->v[i].period;
			q.unit = unit;
		}
	}
	d.recurrence = deadline_rrule(g->p, &q, &d.approximate);
	if (yearly) {
		bool approximate = false;
		struct str rule = yearly_rule(g, &bad, &approximate);
		if (rule.n > 0) {
			d.recurrence = rule;
			d.approximate = approximate;
		}
	}
	if (days != NULL && !yearly) {
		d.approximate = false;
		d.recurrence = days_rule(g, days, &q, &d);
	}
	bound_by_spans(g, &d, yearly);
	if (d.kind == DEADLINE_INVALID) {
		struct str rule = deadline_rrule(g->p, &q, &d.approximate);
		d.approximate = false;
		d.proposal_kind = DEADLINE_PERIODIC;
		d.proposal_recurrence = rule;
	} else if (bad.bad) {
		make_invalid_rule(&d, bad.problem, bad.fragment);
		if (bad.kind == DEADLINE_NONE)
			d.proposal_kind = DEADLINE_NONE;
	} else if (days != NULL && impossible_day(days)) {
		make_invalid_rule(&d, STR("impossible_day"),
		        lex_source(g->p, days->bad_from, days->bad_from + 1));
	}
	*add_item(g) = d;
}

/* «до 20 числа», «до 10 числа следующего месяца»; or a rule without «ежемесячно». */
static void emit_days(struct group *g, const struct term *t)
{
	struct deadline d = {
	        .kind = DEADLINE_DATE, .year_rule = YEAR_DOC_DATE, .time = group_time(g)};
	struct date doc = g->p->env->doc;
	if (t->day_of != DAY_OF_ANY && t->day_of != DAY_OF_THIS_MONTH &&
	        t->day_of != DAY_OF_NEXT_MONTH) {
		d.kind = DEADLINE_PERIODIC;
		d.year_rule = YEAR_NONE;
		d.recurrence = days_rule(g, t, NULL, &d);
		bound_by_spans(g, &d, false);
		if (impossible_day(t))
			make_invalid_rule(&d, STR("impossible_day"),
			        lex_source(g->p, t->bad_from, t->bad_from + 1));
		*add_item(g) = d;
		return;
	}
	for (size_t i = 0; i < t->n_days; i++) {
		struct deadline one = d;
		int n = t->days[i];
		if (date_none(doc)) {
			one.year_rule = YEAR_NONE;
			*add_item(g) = one;
			continue;
		}
		struct date first = date_make(doc.y, doc.m, 1);
		if (t->day_of == DAY_OF_NEXT_MONTH || (t->day_of == DAY_OF_ANY && n < doc.d))
			first = date_add_months(first, 1);
		int last = date_month_days(first.y, first.m);
		if (n > last || n < 1) {
			one.kind = DEADLINE_INVALID;
			one.year_rule = YEAR_NONE;
			one.problem = STR("impossible_date");
			one.fragment = lex_source(g->p, t->bad_from, t->to);
			one.proposal_kind = DEADLINE_DATE;
			one.proposal_end = date_make(first.y, first.m, n < 1 ? 1 : last);
		} else {
			one.end = date_make(first.y, first.m, n);
			one.start = t->bound == BOUND_NONE ? one.end : (struct date){0};
		}
		*add_item(g) = one;
	}
}

/* ---- events, schedules, needs ---- */

/* start and end of the window the phrase names beside a qualifier (§2 rule 4). */
static void add_window(struct group *g, struct deadline *d)
{
	for (size_t i = 0; i < g->n; i++) {
		struct meaning m;
		if (!is_window(&g->v[i]) && !is_year_bound(&g->v[i]))
			continue;
		deadline_resolve(g->p, &g->v[i], &m);
		if (m.bad || m.kind == DEADLINE_OPEN_ENDED)
			continue;
		d->start = m.start;
		d->end = m.end;
		d->year_rule = m.rule;
	}
}

static void resolve_event(const struct group *g, const struct term *t, struct deadline *d)
{
	const struct deadline_env *env = g->p->env;
	struct date from = {0};
	enum year_rule rule = YEAR_DOC_DATE;
	if (t->at_document) {
		from = env->doc;
	} else if (t->school_edge != 0 && (t->measured || t->direction == '-')) {
		struct date s, e;
		deadline_school_year(env, &s, &e, &rule);
		/* the next beginning is meant, also in a plan that has begun */
		if (t->school_edge == 1 && !date_none(env->doc) && date_cmp(s, env->doc) < 0)
			s = date_add_months(s, 12);
		from = t->school_edge == 1 ? s : e;
	}
	if (date_none(from))
		return;
	int amount = t->amount == 0 && t->direction == '-' ? 1 : t->amount;
	d->end = deadline_shift(from, t->direction, amount, t->unit);
	d->year_rule = rule;
}

static void emit_qualifier(struct group *g, const struct term *t, const struct term *period)
{
	struct deadline d = {.anchor = t->anchor, .time = group_time(g)};
	d.kind = t->kind == TERM_EVENT  ? DEADLINE_EVENT_RELATIVE
	         : t->kind == TERM_NEED ? DEADLINE_AS_NEEDED
	                                : DEADLINE_BY_SCHEDULE;
	if (t->vague) {
		d.problem = STR("vague");
	}
	if (period != NULL)
		d.recurrence = deadline_rrule_bare(&period->period);
	if (t->kind == TERM_EVENT) {
		d.offset = str_printf(
		        g->p->a, "%c%d%s", t->direction, t->amount, unit_suffix(t->unit));
		resolve_event(g, t, &d);
	}
	add_window(g, &d);
	for (size_t i = 0; i < g->n && t->kind == TERM_EVENT && t->measured; i++) {
		const struct term *s = &g->v[i];
		struct meaning m;
		if (s->kind != TERM_SPAN || s->bound != BOUND_UNTIL || s->a.grain != GRAIN_DAY)
			continue;
		deadline_resolve(g->p, s, &m);
		if (!m.bad) {
			d.end = m.end;
			d.year_rule = m.rule;
		}
	}
	*add_item(g) = d;
}

static void emit_open(struct group *g, const struct term *t)
{
	struct deadline *d = add_item(g);
	*d = (struct deadline){.kind = DEADLINE_OPEN_ENDED};
	if (t->vague) {
		d->approximate = true;
		d->problem = STR("vague");
	}
	if (t->since_document && !date_none(g->p->env->doc)) {
		d->start = g->p->env->doc;
		d->year_rule = YEAR_DOC_DATE;
	}
}

/* ---- which word decides ---- */

static struct term *qualifier_of(const struct group *g)
{
	struct term *first = NULL;
	for (size_t i = 0; i < g->n; i++) {
		struct term *t = &g->v[i];
		if (t->kind == TERM_EVENT && t->measured)
			return t;
		if (first == NULL &&
		        (t->kind == TERM_EVENT || t->kind == TERM_SCHEDULE || t->kind == TERM_NEED))
			first = t;
	}
	return first;
}

/* A day in brackets narrows the month before it: «декабрь 2022 (до 25.12.2022)». */
static bool narrowed(const struct group *g, size_t i)
{
	return i + 1 < g->n && g->v[i + 1].in_brackets && !g->v[i].in_brackets &&
	       g->v[i + 1].kind == TERM_SPAN && g->v[i + 1].a.grain == GRAIN_DAY &&
	       g->v[i].a.grain != GRAIN_DAY;
}

/* «до 1 апреля (первое полугодие)»: what the day is for, no second deadline. */
static bool widened(const struct group *g, size_t i)
{
	return i > 0 && g->v[i].in_brackets && !g->v[i - 1].in_brackets &&
	       g->v[i - 1].kind == TERM_SPAN && g->v[i - 1].a.grain == GRAIN_DAY &&
	       g->v[i].a.grain >= GRAIN_TERM && g->v[i].bound <= BOUND_IN;
}

static size_t count_specific(const struct group *g)
{
	size_t n = 0;
	for (size_t i = 0; i < g->n; i++)
		n += g->v[i].kind == TERM_BAD ||
		     (g->v[i].kind == TERM_SPAN && !is_window(&g->v[i]));
	return n;
}

/* «2022-2024 до 30 ноября»: every year of the window. */
static bool yearly_in_window(struct group *g)
{
	bool window = false, yearless = false;
	for (size_t i = 0; i < g->n; i++) {
		const struct term *t = &g->v[i];
		window = window || (is_window(t) && t->two && t->a.grain == GRAIN_YEAR);
		yearless = yearless || (t->kind == TERM_SPAN && !is_window(t) && wants_year(t) &&
		                               t->a.grain == GRAIN_DAY);
	}
	if (!window || !yearless)
		return false;
	struct term yearly = {
	        .kind = TERM_PERIOD, .period = {.unit = UNIT_YEAR, .times = 1, .every = 1}};
	emit_periodic(g, &yearly);
	return true;
}

static void emit_specific(struct group *g)
{
	struct str time = group_time(g);
	if (yearly_in_window(g))
		return;
	for (size_t i = 0; i < g->n; i++) {
		struct term t = g->v[i];
		if (t.kind == TERM_BAD) {
			emit_bad(g, &t);
		} else if (t.kind == TERM_SPAN && !is_window(&t) && !narrowed(g, i) &&
		           !widened(g, i)) {
			bool bad_time = false;
			for (size_t k = 0; k < g->n; k++)
				bad_time = bad_time ||
				           (g->v[k].kind == TERM_TIME && g->v[k].time.n == 0);
			t.time = t.time.n > 0 || count_specific(g) > 1 ? t.time : time;
			if (bad_time)
				t.problem = STR("impossible_time");
			emit_span(g, &t);
			const struct term *w =
			        i > 0 && g->v[i - 1].kind == TERM_WEEKDAY ? &g->v[i - 1] : NULL;
			struct deadline *d = &g->out->v[g->out->n - 1];
			if (w != NULL && d->kind == DEADLINE_DATE && !date_none(d->end) &&
			        (w->period.weekdays >> (date_weekday(d->end) - 1) & 1) == 0)
				d->problem = STR("weekday_mismatch");
		}
	}
}

static void emit_windows(struct group *g)
{
	for (size_t i = 0; i < g->n; i++) {
		if (is_window(&g->v[i]) &&
		        !(i > 0 && g->v[i].in_brackets && is_window(&g->v[i - 1])))
			emit_span(g, &g->v[i]);
	}
}

static bool hard_date(const struct group *g)
{
	for (size_t i = 0; i < g->n; i++) {
		if (g->v[i].kind == TERM_SPAN && g->v[i].bound == BOUND_UNTIL &&
		        g->v[i].a.grain == GRAIN_DAY)
			return true;
	}
	return false;
}

static bool semicolon_between(const struct parse *p, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (lex_sign_is(p, i, ';'))
			return true;
	return false;
}

/* «за 3 дня до выезда; повторно – в день выезда»: each part has its own event. */
static void emit_events(struct group *g, const struct term *main)
{
	for (const struct term *t = g->v; t < g->v + g->n; t++) {
		bool before = t < main && semicolon_between(g->p, t->to, main->from);
		bool after = t > main && semicolon_between(g->p, main->to, t->from);
		if (t == main ||
		        (t->kind == TERM_EVENT && main->kind == TERM_EVENT && (before || after)))
			emit_qualifier(g, t, NULL);
	}
}

/* The order of these questions is the rule list of §2. */
static void decide(struct group *g)
{
	share_bounds(g);
	const struct term *period = first_of(g, TERM_PERIOD);
	if (period == NULL) {
		repeat_years(g);
		share_years(g);
	}
	const struct term *qualifier = qualifier_of(g), *days = first_of(g, TERM_DAYS);
	const struct term *open = first_of(g, TERM_OPEN);
	for (size_t i = 0; i < g->n; i++) {
		if (g->v[i].kind == TERM_PERIOD && g->v[i].period.floor)
			period = &g->v[i];
	}
	bool floor = period != NULL && period->period.floor;
	size_t specific = count_specific(g);
	for (size_t i = 0; i < g->n && qualifier != NULL; i++)
		specific -= is_year_bound(&g->v[i]);
	if (period != NULL && qualifier != NULL && !floor && qualifier->kind != TERM_NEED)
		emit_qualifier(g, qualifier, period);
	else if (period != NULL)
		emit_periodic(g, period);
	else if (days != NULL)
		emit_days(g, days);
	else if (qualifier != NULL && qualifier->kind == TERM_EVENT && qualifier->measured &&
	         hard_date(g))
		emit_qualifier(g, qualifier, NULL);
	else if (specific > 0)
		emit_specific(g);
	else if (qualifier != NULL)
		emit_events(g, qualifier);
	else if (open != NULL && (g->n == 1 || open->vague || open->since_document))
		emit_open(g, open);
	else if (g->n > 0 && (first_of(g, TERM_SPAN) != NULL))
		emit_windows(g);
	else if (open != NULL)
		emit_open(g, open);
}

/* Terms after a second «ежегодно» are another deadline of the same cell. */
static size_t split_at(const struct term *v, size_t n)
{
	size_t first = n;
	for (size_t i = 0; i < n; i++) {
		if (v[i].kind != TERM_PERIOD || v[i].period.nth != 0 || v[i].period.weekdays != 0)
			continue;
		if (first < n && v[i].period.unit == v[first].period.unit && !v[i].period.floor &&
		        v[i].period.times == v[first].period.times)
			return i;
		if (first == n)
			first = i;
	}
	return n;
}

static void decide_all(struct parse *p, struct term *v, size_t n, deadline_list *out)
{
	while (n > 0) {
		size_t cut = split_at(v, n);
		struct group g = {p, v, cut, out};
		decide(&g);
		v += cut;
		n -= cut;
	}
}

#define YEARLY "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31"

/* «X, далее постоянно» flags X; «X, далее ежеквартально» adds an item that starts when X ends, and
 * «X, далее ежегодно» is due on the day of X. */
static void continue_after(struct parse *p, struct term *v, size_t n, deadline_list *out)
{
	bool only_open = true;
	for (size_t i = 0; i < n; i++)
		only_open = only_open && v[i].kind == TERM_OPEN;
	if (only_open && out->n > 0) {
		out->v[out->n - 1].then_continuous = true;
		return;
	}
	if (only_open) {
		struct term open = {.kind = TERM_OPEN};
		struct group g = {p, n > 0 ? v : &open, 1, out};
		emit_open(&g, g.v);
		return;
	}
	size_t before = out->n;
	decide_all(p, v, n, out);
	if (before == 0 || out->n <= before)
		return;
	const struct deadline *x = &out->v[before - 1];
	struct deadline *y = &out->v[before];
	struct date end = x->kind == DEADLINE_INVALID ? x->proposal_end : x->end;
	if (y->kind == DEADLINE_PERIODIC && str_eq(y->recurrence, STR(YEARLY)) && !date_none(end)) {
		bool whole = x->kind == DEADLINE_MONTH_RANGE || x->kind == DEADLINE_QUARTER;
		y->recurrence = str_printf(
		        p->a, "FREQ=YEARLY;BYMONTH=%d;BYMONTHDAY=%d", end.m, whole ? -1 : end.d);
	}
	if (y->kind == DEADLINE_PERIODIC && date_none(y->start) && !date_none(end)) {
		y->start = date_add_days(end, 1);
		y->year_rule = x->kind == DEADLINE_INVALID ? YEAR_EXPLICIT : x->year_rule;
	}
}

size_t deadline_items(struct parse *p, struct deadline **ret)
{
	deadline_list out = {0};
	struct term *v = p->terms.v;
	size_t from = 0, i = 0;
	bool then = false;
	*ret = NULL;
	if (p->terms.n == 0)
		return 0;
	for (; i <= p->terms.n; i++) {
		if (i < p->terms.n && v[i].kind != TERM_THEN)
			continue;
		if (then)
			continue_after(p, v == NULL ? v : v + from, i - from, &out);
		else
			decide_all(p, v == NULL ? v : v + from, i - from, &out);
		then = true;
		from = i + 1;
	}
	*ret = out.v;
	return out.n;
}

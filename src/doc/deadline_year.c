/* What a span means in its document: the year, the first and the last day, and what is wrong with
 * it (deadlines.md §3–5). */
#include "doc/deadline_term.h"

/* A span put into a year. */
struct placed {
	struct date s, e; /* the days named */
	struct date from; /* after «до», «с» …: the item's start and end */
	struct date until;
	bool approximate, ambiguous_bound;
	bool impossible; /* a day was moved to one that exists */
	const struct point *broken;
};

bool deadline_school_plan(const struct deadline_env *env)
{
	struct date a = env->plan_start, b = env->plan_end;
	return !date_none(a) && !date_none(b) && a.m >= 7 && a.m <= 9 && b.y > a.y && b.m <= 8;
}

static bool has_plan(const struct deadline_env *env)
{
	return !date_none(env->plan_start) && !date_none(env->plan_end);
}

void deadline_school_year(
        const struct deadline_env *env, struct date *start, struct date *end, enum year_rule *rule)
{
	int y = env->doc.m >= 6 ? env->doc.y : env->doc.y - 1;
	int y2 = y + 1;
	*rule = YEAR_SCHOOL;
	if (deadline_school_plan(env)) {
		y = env->plan_start.y;
		y2 = env->plan_end.y;
	} else if (date_none(env->doc)) {
		*start = *end = (struct date){0};
		return;
	}
	*start = date_make(y, 9, 1);
	*end = date_make(y2, 5, 31);
}

static struct date month_day(int y, int m, int d)
{
	y += (m - 1) / 12;
	m = (m - 1) % 12 + 1;
	int last = date_month_days(y, m);
	return date_make(y, m, d > last ? last : d < 1 ? 1 : d);
}

/* Months m1…m2 of a year (m2 may be above 12), whole. */
static void months(int y, int m1, int m2, struct date *s, struct date *e)
{
	*s = month_day(y, m1, 1);
	*e = month_day(y, m2, 31);
}

static void place_school_part(const struct point *t, int y, struct date *s, struct date *e)
{
	static const int terms[4][2] = {{9, 10}, {11, 12}, {1, 3}, {4, 5}};
	int n = t->n < 0 ? (t->grain == GRAIN_TERM ? 4 : 3) : t->n;
	if (t->grain == GRAIN_TERM)
		months(y, terms[n - 1][0], terms[n - 1][1], s, e);
	else if (n == 1)
		months(y, 9, 11, s, e);
	else if (n == 2)
		months(y - 1, 12, 14, s, e);
	else
		months(y, 3, 5, s, e);
}

static void place_month_part(const struct point *t, int y, int m, struct date *s, struct date *e)
{
	int last = date_month_days(y, m);
	int n = t->n;
	switch ((int)t->grain) {
	case GRAIN_WEEK:
		*s = month_day(y, m, n < 0 ? last - 6 : 7 * n - 6);
		*e = month_day(y, m, n < 0 ? last : 7 * n);
		break;
	case GRAIN_HALF_MONTH:
		*s = month_day(y, m, n == 1 ? 1 : 16);
		*e = month_day(y, m, n == 1 ? 15 : 31);
		break;
	default: /* decades, and the beginning, middle, end that count as decades */
		n = n < 0 ? 3 : n;
		*s = month_day(y, m, 10 * n - 9);
		*e = month_day(y, m, n == 3 ? 31 : 10 * n);
	}
}

/* First and last day of a point in the year y; false when it needs none of that (years, plans). */
static bool place_point(const struct parse *p, const struct point *t, int y, struct placed *r)
{
	int m = t->m;
	if (m == 0) { /* «текущего месяца» */
		m = p->env->doc.m + t->month_shift;
		y += m > 12;
		m = m > 12 ? m - 12 : m < 1 ? 1 : m;
	}
	m = m > 12 ? 12 : m;
	switch (t->grain) {
	case GRAIN_DAY:
		r->s = r->e = month_day(y, m, t->n);
		if (t->n < 1 || t->n > date_month_days(y, m) || t->m > 12) {
			r->impossible = true;
			r->broken = t;
		}
		return true;
	case GRAIN_DECADE:
	case GRAIN_HALF_MONTH:
		place_month_part(t, y, m, &r->s, &r->e);
		return true;
	case GRAIN_WEEK:
	case GRAIN_MONTH_PART:
		place_month_part(t, y, m, &r->s, &r->e);
		r->approximate = true;
		return true;
	case GRAIN_MONTH:
		months(y, m, m, &r->s, &r->e);
		return true;
	case GRAIN_SEASON:
		months(m == 12 ? y - 1 : y, m, m + 2, &r->s, &r->e);
		r->approximate = true;
		return true;
	case GRAIN_TERM:
	case GRAIN_TRIMESTER:
		place_school_part(t, y, &r->s, &r->e);
		r->approximate = true;
		return true;
	case GRAIN_QUARTER:
		months(y, t->n < 0 ? 10 : 3 * t->n - 2, t->n < 0 ? 12 : 3 * t->n, &r->s, &r->e);
		return true;
	case GRAIN_HALF_YEAR:
		if (t->school || deadline_school_plan(p->env))
			months(y, t->n == 1 ? 9 : 1, t->n == 1 ? 12 : 5, &r->s, &r->e);
		else
			months(y, t->n == 1 ? 1 : 7, t->n == 1 ? 6 : 12, &r->s, &r->e);
		return true;
	case GRAIN_MONTHS:
		months(y, 1, t->n, &r->s, &r->e);
		return true;
	case GRAIN_YEAR:
		months(y, 1, 12, &r->s, &r->e);
		return true;
	case GRAIN_SCHOOL_YEAR:
		r->s = date_make(y, 9, 1);
		r->e = date_make(t->y2 > y && t->y2 < y + 30 ? t->y2 : y + 1, 5, 31);
		return true;
	case GRAIN_NONE:
	case GRAIN_NUMBER:
	case GRAIN_PLAN:
		return false;
	}
	return false;
}

/* «до», «с», «после» turn the days named into the item's start and end. */
static void apply_bound(const struct term *t, struct placed *r)
{
	enum grain g = t->a.grain;
	struct date none = {0};
	bool whole_year = g == GRAIN_YEAR;
	r->from = r->s;
	r->until = r->e;
	switch (t->bound) {
	case BOUND_NONE:
	case BOUND_IN:
		return;
	case BOUND_UNTIL:
		r->from = none;
		if (g == GRAIN_DAY || t->two)
			return;
		if (!whole_year)
			r->until = date_add_days(r->s, -1);
		r->approximate = r->ambiguous_bound = g != GRAIN_SCHOOL_YEAR;
		return;
	case BOUND_UNTIL_START:
		r->from = none;
		r->until = date_add_days(r->s, -1);
		r->approximate = r->ambiguous_bound = g != GRAIN_SCHOOL_YEAR;
		return;
	case BOUND_UNTIL_MIDDLE:
		r->from = none;
		r->until = g == GRAIN_MONTH
		                   ? date_add_days(r->s, 14)
		                   : date_add_days(r->s, (date_days(r->e) - date_days(r->s)) / 2);
		r->approximate = true;
		return;
	case BOUND_THROUGH:
	case BOUND_UNTIL_END:
		r->from = none;
		return;
	case BOUND_FROM:
		if (!t->two)
			r->until = none;
		return;
	case BOUND_AFTER:
		r->from = date_add_days(r->s, 1);
		r->until = none;
		return;
	}
}

/* Puts the span into the year in which it ends. a_year 0: the first end has no year of its own. */
static void place(const struct parse *p, const struct term *t, int a_year, int y, struct placed *r)
{
	struct placed b = {0};
	*r = (struct placed){0};
	if (!t->two) {
		place_point(p, &t->a, y, r);
		apply_bound(t, r);
		return;
	}
	place_point(p, &t->b, y, &b);
	place_point(p, &t->a, a_year != 0 ? a_year : y, r);
	if (a_year == 0 && date_cmp(r->s, b.e) > 0) {
		struct placed before = {0};
		place_point(p, &t->a, y - 1, &before);
		bool days = t->a.grain == GRAIN_DAY;
		/* almost a whole year is a slip of the pen, not a span over New Year */
		if (!days || date_days(b.e) - date_days(before.s) <= 300)
			*r = before;
	}
	r->e = b.e;
	r->approximate = r->approximate || b.approximate;
	if (b.impossible) {
		r->impossible = true;
		r->broken = b.broken;
	}
	apply_bound(t, r);
}

/* The day the search for a year looks at. */
static struct date last_day(const struct placed *r)
{
	return date_none(r->until) ? r->from : r->until;
}

static bool in_plan(const struct deadline_env *env, const struct term *t, const struct placed *r)
{
	bool span = (t->two || t->a.grain != GRAIN_DAY) && !date_none(r->from);
	struct date end = last_day(r);
	return date_cmp(end, env->plan_start) >= 0 && date_cmp(end, env->plan_end) <= 0 &&
	       (!span || date_cmp(r->from, env->plan_start) >= 0);
}

/* §3 steps 1–2. False when the plan holds no occurrence. */
static bool choose_in_plan(const struct parse *p, const struct term *t, int *ret_y, bool *ret_many)
{
	const struct deadline_env *env = p->env;
	int found = 0, first = 0, later = 0;
	for (int y = env->plan_start.y - 1; y <= env->plan_end.y + 1; y++) {
		struct placed r;
		place(p, t, 0, y, &r);
		if (!in_plan(env, t, &r))
			continue;
		found++;
		if (found == 1)
			first = y;
		if (later == 0 && !date_none(env->doc) && date_cmp(last_day(&r), env->doc) >= 0)
			later = y;
	}
	*ret_y = found > 1 && later != 0 ? later : first;
	*ret_many = found > 1;
	return found > 0;
}

/* §3 steps 3–4: the first occurrence not yet past. */
static int choose_by_doc(const struct parse *p, const struct term *t, bool plan)
{
	struct date doc = p->env->doc;
	bool span = (t->two || t->a.grain != GRAIN_DAY) && t->bound < BOUND_UNTIL;
	for (int y = doc.y - 1; y < doc.y + 3; y++) {
		struct placed r;
		place(p, t, 0, y, &r);
		if (plan && span) {
			if (date_cmp(r.from, date_make(doc.y, doc.m, 1)) >= 0)
				return y;
		} else if (date_cmp(last_day(&r), doc) >= 0) {
			return y;
		}
	}
	return doc.y;
}

static int year_of(const struct parse *p, const struct point *t)
{
	switch (t->ref) {
	case REF_WRITTEN:
	case REF_TWO_DIGIT:
		return t->y;
	case REF_CURRENT:
		return p->env->doc.y;
	case REF_NEXT:
		return date_none(p->env->doc) ? 0 : p->env->doc.y + 1;
	case REF_NONE:
		break;
	}
	return 0;
}

static enum deadline_kind kind_of(const struct term *t, const struct placed *r)
{
	enum grain g = t->two && t->b.grain < t->a.grain ? t->b.grain : t->a.grain;
	if (date_none(r->until))
		return DEADLINE_OPEN_ENDED;
	if (date_none(r->from))
		return DEADLINE_DATE;
	switch (g) {
	case GRAIN_DAY:
		return t->two ? DEADLINE_RANGE : DEADLINE_DATE;
	case GRAIN_MONTH:
		return DEADLINE_MONTH_RANGE;
	case GRAIN_SEASON:
		return t->a.summer ? DEADLINE_RANGE : DEADLINE_MONTH_RANGE;
	case GRAIN_QUARTER:
	case GRAIN_HALF_YEAR:
	case GRAIN_TERM:
	case GRAIN_TRIMESTER:
	case GRAIN_MONTHS:
		return DEADLINE_QUARTER;
	case GRAIN_NONE:
	case GRAIN_NUMBER:
	case GRAIN_DECADE:
	case GRAIN_WEEK:
	case GRAIN_HALF_MONTH:
	case GRAIN_MONTH_PART:
	case GRAIN_SCHOOL_YEAR:
	case GRAIN_YEAR:
	case GRAIN_PLAN:
		return DEADLINE_RANGE;
	}
	return DEADLINE_RANGE;
}

static void set_bad(struct meaning *m, struct str problem, struct str fragment)
{
	m->bad = true;
	m->problem = problem;
	m->fragment = fragment;
}

static struct str point_source(const struct parse *p, const struct point *t)
{
	size_t to =
	        t->year_at > t->from && p->v[t->year_at - 1].kind == LEX_WORD ? t->year_at : t->to;
	return lex_source(p, t->from, to);
}

static void fill(const struct term *t, const struct placed *r, struct meaning *m)
{
	m->start = r->from;
	m->end = r->until;
	m->kind = kind_of(t, r);
	m->approximate = m->approximate || r->approximate;
	if (r->ambiguous_bound)
		m->problem = STR("ambiguous_bound");
}

/* Quarters and halves that do not exist. */
static bool impossible_part(const struct point *t)
{
	int most = t->grain == GRAIN_QUARTER || t->grain == GRAIN_TERM           ? 4
	           : t->grain == GRAIN_TRIMESTER || t->grain == GRAIN_DECADE     ? 3
	           : t->grain == GRAIN_HALF_YEAR || t->grain == GRAIN_HALF_MONTH ? 2
	           : t->grain == GRAIN_WEEK                                      ? 5
	                                                                         : 99;
	return t->n > most || (most < 99 && t->n < -1);
}

/* A month above 12: day and month swapped when that is a date. */
static bool impossible_month(const struct parse *p, const struct term *t, struct meaning *m)
{
	const struct point *bad = t->two && t->b.m > 12 ? &t->b : &t->a;
	if (bad->m <= 12 && !(bad->grain == GRAIN_DAY && bad->m == 0 && bad->y > 0))
		return false;
	set_bad(m, STR("impossible_month"), point_source(p, bad));
	struct term swapped = *t;
	struct point *s = bad == &t->b ? &swapped.b : &swapped.a;
	s->m = bad->n;
	s->n = bad->m;
	m->kind = DEADLINE_NONE;
	int y = year_of(p, s);
	if (y == 0 || !date_valid(y, s->m, s->n))
		return true;
	struct placed r;
	place(p, &swapped, 0, y, &r);
	fill(&swapped, &r, m);
	m->approximate = false;
	return true;
}

static bool plausible(const struct parse *p, const struct point *t)
{
	int y = p->env->doc.y;
	if (t->ref != REF_WRITTEN && t->ref != REF_TWO_DIGIT)
		return true;
	if (y == 0)
		return t->y >= 1990 && t->y <= 2100;
	if (t->grain == GRAIN_YEAR || t->grain == GRAIN_SCHOOL_YEAR)
		return t->y >= 1990 && t->y <= y + 15;
	return t->y >= y - 1 && t->y <= y + 15;
}

/* Windows without a number: «в течение года», «учебный год», «весь период». */
static bool resolve_window(const struct parse *p, const struct term *t, struct meaning *m)
{
	const struct deadline_env *env = p->env;
	struct placed r = {0};
	bool until = t->bound >= BOUND_UNTIL && t->bound <= BOUND_UNTIL_MIDDLE;
	if (t->two || t->a.ref == REF_WRITTEN || t->a.ref == REF_CURRENT)
		return false;
	if (t->a.grain == GRAIN_PLAN) {
		m->kind = DEADLINE_OPEN_ENDED;
		if (has_plan(env)) {
			r.s = env->plan_start;
			r.e = env->plan_end;
			m->rule = YEAR_PLAN;
			apply_bound(t, &r);
			fill(t, &r, m);
		}
		return true;
	}
	if (t->a.grain == GRAIN_SCHOOL_YEAR) {
		deadline_school_year(env, &r.s, &r.e, &m->rule);
		bool before = t->bound == BOUND_UNTIL || t->bound == BOUND_UNTIL_START;
		if (!date_none(env->doc) && t->a.ref == REF_NEXT && !date_none(r.s)) {
			r.s = date_add_months(r.s, 12);
			r.e = month_day(r.e.y + 1, 5, 31);
		} else if (before && !date_none(env->doc)) {
			r.s = date_make(env->doc.y + (env->doc.m > 8), 9, 1);
		}
	} else if (t->a.grain != GRAIN_YEAR || t->a.ref != REF_NONE) {
		return false;
	} else if (has_plan(env) && !until) {
		bool school = deadline_school_plan(env);
		r.s = school ? date_make(env->plan_start.y, 9, 1)
		             : date_make(env->plan_start.y, 1, 1);
		r.e = school ? date_make(env->plan_end.y, 5, 31)
		             : date_make(env->plan_end.y, 12, 31);
		m->rule = school ? YEAR_SCHOOL : YEAR_PLAN;
	} else if (!date_none(env->doc)) {
		months(env->doc.y + (env->doc.m == 12 && !until), 1, 12, &r.s, &r.e);
		m->rule = has_plan(env) && !deadline_school_plan(env) ? YEAR_PLAN : YEAR_DOC_DATE;
	}
	if (date_none(r.s)) {
		m->kind = DEADLINE_RANGE;
		m->rule = YEAR_NONE;
		return true;
	}
	apply_bound(t, &r);
	fill(t, &r, m);
	return true;
}

/* The year in which the span ends, by what is written. 0: nothing is. */
static int written_year(const struct parse *p, const struct term *t, int *ret_a, struct meaning *m)
{
	const struct point *last = t->two ? &t->b : &t->a;
	int a = year_of(p, &t->a), b = t->two ? year_of(p, &t->b) : a;
	*ret_a = 0;
	if (a == 0 && b == 0)
		return 0;
	enum year_ref ref = last->ref != REF_NONE ? last->ref : t->a.ref;
	m->rule = ref == REF_WRITTEN     ? YEAR_EXPLICIT
	          : ref == REF_TWO_DIGIT ? YEAR_TWO_DIGIT
	                                 : YEAR_DOC_DATE;
	if (t->two && a != 0 && b != 0) {
		*ret_a = a;
	} else if (t->two && b == 0) {
		struct placed r;
		place(p, t, 0, a, &r);
		b = date_cmp(r.s, r.e) > 0 || r.s.y < a ? a + 1 : a;
		*ret_a = a;
	}
	return b;
}

/* «II полугодие 2023-2024 учебного года»: the occurrence inside the school year. */
static int school_year_of(const struct parse *p, const struct term *t, struct meaning *m)
{
	const struct point *last = t->two ? &t->b : &t->a;
	struct date s, e;
	if (!last->school || last->grain == GRAIN_SCHOOL_YEAR)
		return 0;
	if (last->ref == REF_WRITTEN) {
		int y2 = last->y2 > last->y ? last->y2 : last->y + 1;
		if (last->y < 1900 || y2 > 2200)
			return 0;
		s = date_make(last->y, 9, 1);
		e = date_make(y2, 8, 31);
		m->rule = YEAR_EXPLICIT;
	} else {
		deadline_school_year(p->env, &s, &e, &m->rule);
		if (date_none(s))
			return 0;
	}
	for (int y = s.y; y <= e.y; y++) {
		struct placed r;
		place(p, t, 0, y, &r);
		if (date_cmp(r.s, s) >= 0 && date_cmp(r.e, e) <= 0)
			return y;
	}
	return 0;
}

static int chosen_year(const struct parse *p, const struct term *t, struct meaning *m)
{
	const struct deadline_env *env = p->env;
	int y = 0;
	bool many = false;
	if ((t->a.grain == GRAIN_MONTH || t->a.grain == GRAIN_MONTH_PART) && t->a.m == 0) {
		m->rule = YEAR_DOC_DATE;
		return env->doc.y;
	}
	if (has_plan(env) && choose_in_plan(p, t, &y, &many)) {
		m->rule = deadline_school_plan(env) ? YEAR_SCHOOL : YEAR_PLAN;
		if (many) {
			m->approximate = true;
			m->problem = STR("year_ambiguous");
		}
		return y;
	}
	if (date_none(env->doc))
		return 0;
	m->rule = YEAR_DOC_DATE;
	return choose_by_doc(p, t, has_plan(env));
}

static bool implausible(const struct parse *p, const struct term *t, struct meaning *m)
{
	const struct point *bad = !plausible(p, &t->a) ? &t->a : &t->b;
	if (plausible(p, &t->a) && (!t->two || plausible(p, &t->b)))
		return false;
	struct term yearless = *t;
	struct str year = lex_source(p, bad->year_at, bad->year_at + 1);
	yearless.a.ref = yearless.b.ref = REF_NONE;
	set_bad(m, STR("implausible_year"), year);
	if (bad->grain != GRAIN_YEAR && bad->grain != GRAIN_SCHOOL_YEAR &&
	        !date_none(p->env->doc)) {
		struct placed r;
		int y = choose_by_doc(p, &yearless, false);
		place(p, &yearless, 0, y, &r);
		fill(&yearless, &r, m);
		m->problem = STR("implausible_year");
	}
	return true;
}

static void check(const struct parse *p, const struct term *t, struct placed *r, struct meaning *m)
{
	if (r->impossible) {
		set_bad(m, STR("impossible_date"), point_source(p, r->broken));
	} else if (t->two && date_cmp(r->s, r->e) > 0) {
		set_bad(m, STR("reversed_range"), lex_source(p, t->a.from, t->b.to));
		bool month = t->a.grain != GRAIN_DAY;
		struct date s = r->s, e = r->e;
		m->start = month ? date_make(e.y, t->a.grain == GRAIN_YEAR ? 1 : e.m, 1) : e;
		m->end = month ? month_day(s.y, t->a.grain == GRAIN_YEAR ? 12 : s.m, 31) : s;
	} else if (t->problem.n > 0 && str_eq_z(t->problem, "impossible_time")) {
		set_bad(m, t->problem, lex_source(p, t->bad_from, t->bad_to));
	} else if (m->problem.n == 0 && !date_none(m->end) && !date_none(p->env->doc) &&
	           date_cmp(m->end, p->env->doc) < 0) {
		m->problem = STR("before_document");
	}
	if (t->from_document && !m->bad && !date_none(p->env->doc) &&
	        date_cmp(p->env->doc, m->end) <= 0) {
		m->start = p->env->doc;
		m->kind = DEADLINE_RANGE;
	}
}

void deadline_resolve(const struct parse *p, const struct term *t, struct meaning *m)
{
	struct placed r;
	int a = 0;
	*m = (struct meaning){0};
	if (impossible_part(&t->a) || (t->two && impossible_part(&t->b))) {
		set_bad(m, STR("impossible_quarter"), lex_source(p, t->a.from, t->a.to));
		return;
	}
	if (impossible_month(p, t, m) || implausible(p, t, m) || resolve_window(p, t, m))
		return;
	int y = school_year_of(p, t, m);
	if (y == 0)
		y = written_year(p, t, &a, m);
	if (y == 0)
		y = chosen_year(p, t, m);
	if (y == 0) { /* neither plan nor date of the document */
		m->kind = t->bound >= BOUND_UNTIL ? DEADLINE_DATE
		                                  : kind_of(t, &(struct placed){.from = {1, 1, 1},
		                                                       .until = {1, 1, 1}});
		return;
	}
	place(p, t, a, y, &r);
	fill(t, &r, m);
	check(p, t, &r, m);
}

struct date deadline_shift(struct date from, char direction, int amount, enum unit unit)
{
	static const struct {
		int8_t m, d1, d2;
	} holidays[] = {
	        {1, 1, 8}, {2, 23, 23}, {3, 8, 8}, {5, 1, 1}, {5, 9, 9}, {6, 12, 12}, {11, 4, 4}};
	int sign = direction == '-' ? -1 : 1;
	amount = amount > 3000 ? 3000 : amount;
	switch (unit) {
	case UNIT_WEEK:
		return date_add_days(from, sign * 7 * amount);
	case UNIT_MONTH:
		return date_add_months(from, sign * amount);
	case UNIT_QUARTER:
		return date_add_months(from, sign * 3 * amount);
	case UNIT_HALF_YEAR:
		return date_add_months(from, sign * 6 * amount);
	case UNIT_YEAR:
		return date_add_months(from, sign * 12 * amount);
	case UNIT_HOUR:
		return date_add_days(from, sign * ((amount + 23) / 24));
	case UNIT_WORKDAY:
		/* ст. 112 ТК РФ without the government's transfers */
		for (int left = amount; left > 0;) {
			from = date_add_days(from, sign);
			bool off = date_weekday(from) > 5;
			for (size_t i = 0; i < ARRAY_LEN(holidays); i++)
				off = off || (from.m == holidays[i].m && from.d >= holidays[i].d1 &&
				                     from.d <= holidays[i].d2);
			left -= !off;
		}
		return from;
	case UNIT_NONE:
	case UNIT_DAY:
	case UNIT_TERM:
	case UNIT_SCHOOL_YEAR:
		break;
	}
	return date_add_days(from, sign * amount);
}

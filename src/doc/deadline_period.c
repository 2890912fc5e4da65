/* Recurring deadlines: reading them and writing RRULE values (deadlines.md §4, «periodic»). */
#include "base/buf.h"
#include "doc/deadline_term.h"

static enum unit unit_at(const struct parse *p, size_t *i)
{
	static const struct {
		enum word_id id;
		enum unit unit;
	} units[] = {
	        {W_DAY, UNIT_DAY},
	        {W_DAYNIGHT, UNIT_DAY},
	        {W_WEEK, UNIT_WEEK},
	        {W_MONTHS, UNIT_MONTH},
	        {W_QUARTER, UNIT_QUARTER},
	        {W_HALFYEAR, UNIT_HALF_YEAR},
	        {W_TERM, UNIT_TERM},
	        {W_TRIMESTER, UNIT_TERM},
	        {W_YEAR, UNIT_YEAR},
	};
	if (lex_is(p, *i, W_SCHOOL) && lex_is(p, *i + 1, W_YEAR)) {
		*i += 2;
		return UNIT_SCHOOL_YEAR;
	}
	if (lex_is(p, *i, W_WORKING) && lex_is(p, *i + 1, W_DAY)) {
		*i += 2;
		return UNIT_WORKDAY;
	}
	bool calendar = lex_is(p, *i, W_CALENDAR);
	for (size_t k = 0; k < ARRAY_LEN(units); k++) {
		if (lex_is(p, *i + calendar, units[k].id)) {
			*i += 1 + calendar;
			return units[k].unit;
		}
	}
	return UNIT_NONE;
}

/* Three months are a quarter, six are half a year. */
static void normalise(struct period *q)
{
	if (q->unit != UNIT_MONTH || q->times != 1 || (q->every != 3 && q->every != 6))
		return;
	q->unit = q->every == 3 ? UNIT_QUARTER : UNIT_HALF_YEAR;
	q->every = 1;
}

/* «2 раза в год», «раз в 3 года», «1 раз/четверть», «1 р. в мес.» */
static bool read_times(const struct parse *p, size_t *i, struct period *q)
{
	size_t j = *i;
	bool least =
	        lex_is(p, j, W_NOT) && (lex_is(p, j + 1, W_RARELY) || lex_is(p, j + 1, W_LESS));
	if (lex_is(p, j, W_BUT))
		least = lex_is(p, j + 1, W_NOT);
	q->floor = lex_is(p, j, W_BUT);
	j += q->floor;
	j += least ? 2 : 0;
	j += lex_sign_is(p, j, ',');
	j += lex_is(p, j, W_THAN);
	q->times = 1;
	q->every = 1;
	bool counted = lex_number_at(p, j) || (j < p->n && p->v[j].roman == 1);
	if (counted) {
		q->times = p->v[j].roman == 1 && p->v[j].kind == LEX_WORD ? 1 : p->v[j].value;
		j++;
	}
	if (!lex_is(p, j, W_TIMES) && !lex_is(p, j, W_ONCE))
		return false;
	if (!counted && p->v[j].word.value > 1) /* «дважды» */
		q->times = p->v[j].word.value;
	j++;
	if (!lex_is(p, j, W_V) && !lex_sign_is(p, j, '/') && !lex_is(p, j, W_ZA))
		return false;
	j++;
	if (lex_is(p, j, W_EVERY))
		j++;
	if (lex_number_at(p, j) && p->v[j].value > 0 && p->v[j].digits < 3)
		q->every = p->v[j++].value;
	q->unit = unit_at(p, &j);
	if (q->unit == UNIT_NONE || q->times < 1 || q->times > 12 || q->every > 12)
		return false;
	normalise(q);
	*i = j;
	return true;
}

/* «вторая и четвертая (пятница)»: the ordinals, *i moves to the weekday; 0 when there are none. */
static int read_ordinals(const struct parse *p, size_t *i, int *ret_second)
{
	size_t j = *i;
	bool ordinal = lex_number_at(p, j) && (p->v[j].ordinal || p->v[j].digits == 1);
	int n = lex_is(p, j, W_LAST) ? -1 : ordinal ? p->v[j].value : 0;
	if (n == 0 || n > 5)
		return 0;
	j++;
	size_t k = j + (lex_is(p, j, W_AND) || lex_sign_is(p, j, ','));
	bool second = lex_number_at(p, k) && (p->v[k].ordinal || p->v[k].digits == 1) &&
	              p->v[k].value > n && p->v[k].value <= 5;
	bool last = lex_is(p, k, W_LAST);
	*ret_second = 0;
	if (k > j && n > 0 && (second || last) && lex_is(p, k + 1, W_WEEKDAY)) {
		*ret_second = last ? -1 : p->v[k].value;
		j = k + 1;
	}
	*i = j;
	return n;
}

/* «по кварталам», «по полугодиям», «по четвертям» */
static bool read_by_unit(const struct parse *p, size_t *i, struct period *q)
{
	size_t j = *i + 1;
	if (j >= p->n || (!str_ends(p->v[j].key, STR("ам")) && !str_ends(p->v[j].key, STR("ям"))))
		return false;
	*q = (struct period){.unit = unit_at(p, &j), .times = 1, .every = 1};
	if (q->unit == UNIT_NONE || q->unit == UNIT_DAY)
		return false;
	*i = j;
	return true;
}

/* «каждую пятницу», «по вторникам и четвергам», «каждый рабочий день», «каждый квартал» */
static bool read_every(const struct parse *p, size_t *i, struct period *q)
{
	size_t j = *i;
	bool every = lex_is(p, j, W_EVERY), by = lex_is(p, j, W_PO);
	if (!every && !by)
		return false;
	if (by && read_by_unit(p, i, q))
		return true;
	j++;
	*q = (struct period){.unit = UNIT_WEEK, .times = 1, .every = 1};
	int second = 0;
	size_t ordinal = j;
	int n = every ? read_ordinals(p, &ordinal, &second) : 0;
	if (n != 0 && lex_is(p, ordinal, W_WEEKDAY))
		j = ordinal;
	else
		n = 0;
	while (lex_is(p, j, W_WEEKDAY)) {
		q->weekdays |= 1u << (p->v[j].word.value - 1);
		j++;
		size_t k = j + (lex_sign_is(p, j, ',') || lex_is(p, j, W_AND));
		k += lex_is(p, k, W_PO);
		if (!lex_is(p, k, W_WEEKDAY))
			break;
		j = k;
	}
	if (q->weekdays != 0) {
		j += lex_is(p, j, W_EVERY) && lex_is(p, j + 1, W_MONTHS);
		j += lex_is(p, j, W_MONTHS) || lex_is(p, j, W_WEEK);
		q->nth = n;
		q->nth2 = second;
		q->unit = n != 0 ? UNIT_MONTH : UNIT_WEEK;
	} else if (every) {
		if (lex_number_at(p, j) && p->v[j].value > 1 && p->v[j].value <= 12 &&
		        !p->v[j].ordinal)
			q->every = p->v[j++].value;
		q->unit = unit_at(p, &j);
		normalise(q);
		if (q->unit == UNIT_WORKDAY) {
			q->unit = UNIT_DAY;
			q->workdays = true;
		}
		if (q->unit == UNIT_NONE)
			return false;
	} else if (lex_is(p, j, W_WORKING) && lex_is(p, j + 1, W_DAY)) {
		q->unit = UNIT_DAY;
		q->workdays = true;
		j += 2;
	} else {
		return false;
	}
	*i = j;
	return true;
}

/* «первый вторник месяца», «последняя пятница», «последний рабочий день месяца» */
static bool read_nth(const struct parse *p, size_t *i, struct period *q)
{
	size_t j = *i;
	int second = 0, n = read_ordinals(p, &j, &second);
	if (n == 0)
		return false;
	*q = (struct period){.unit = UNIT_MONTH, .times = 1, .every = 1, .nth = n, .nth2 = second};
	if (lex_is(p, j, W_WEEKDAY)) {
		q->weekdays = 1u << (p->v[j++].word.value - 1);
	} else if (lex_is(p, j, W_WORKING) && lex_is(p, j + 1, W_DAY) && n == -1) {
		q->workdays = true;
		j += 2;
	} else {
		return false;
	}
	if (lex_is(p, j, W_EVERY) && lex_is(p, j + 1, W_QUARTER)) {
		q->unit = UNIT_QUARTER;
		j += 2;
	} else if (lex_is(p, j, W_QUARTER)) {
		q->unit = UNIT_QUARTER;
		j++;
	}
	j += lex_is(p, j, W_EVERY) && lex_is(p, j + 1, W_MONTHS);
	j += lex_is(p, j, W_MONTHS);
	*i = j;
	return true;
}

static bool read_adverb(const struct parse *p, size_t *i, struct period *q)
{
	static const struct {
		enum word_id id;
		enum unit unit;
	} adverbs[] = {{W_DAILY, UNIT_DAY}, {W_WEEKLY, UNIT_WEEK}, {W_MONTHLY, UNIT_MONTH},
	        {W_QUARTERLY, UNIT_QUARTER}, {W_YEARLY, UNIT_YEAR}, {W_HALFYEARLY, UNIT_HALF_YEAR}};
	size_t j = *i;
	bool least = lex_is(p, j, W_BUT) && lex_is(p, j + 1, W_NOT) && lex_is(p, j + 2, W_RARELY);
	j += least ? 3 : 0;
	j += least && lex_is(p, j, W_THAN);
	for (size_t k = 0; k < ARRAY_LEN(adverbs); k++) {
		if (!lex_is(p, j, adverbs[k].id))
			continue;
		*q = (struct period){
		        .unit = adverbs[k].unit, .times = 1, .every = 1, .floor = least};
		j++;
		/* «ежедневно в рабочие дни», «ежедневно (кроме выходных)» */
		if (q->unit == UNIT_DAY && (lex_is(p, j, W_V) || lex_is(p, j, W_PO)) &&
		        lex_is(p, j + 1, W_WORKING) && lex_is(p, j + 2, W_DAY)) {
			q->workdays = true;
			j += 3;
		}
		size_t except = j + (lex_sign_is(p, j, ',') || lex_sign_is(p, j, '('));
		if (q->unit == UNIT_DAY && except + 1 < p->n &&
		        str_eq_z(p->v[except].key, "кроме") &&
		        str_starts(p->v[except + 1].key, STR("выходн"))) {
			q->workdays = true;
			j = except + 2;
		}
		if (lex_is(p, j, W_BASIS))
			j++;
		*i = j;
		return true;
	}
	return false;
}

bool deadline_read_period(struct parse *p, size_t *i)
{
	size_t j = *i, before = *i;
	struct period q = {0};
	/* «до последней пятницы месяца», «в последнюю среду» */
	(void)deadline_read_bound(p, &before);
	if (!read_adverb(p, &j, &q) && !read_times(p, &j, &q) && !read_every(p, &j, &q)) {
		j = *i;
		if (!read_nth(p, &j, &q)) {
			j = before;
			if (j == *i || (!read_nth(p, &j, &q) && !read_every(p, &j, &q)))
				return false;
			if (q.weekdays == 0 && !q.workdays)
				return false;
		}
	}
	struct term *t = term_add(p, TERM_PERIOD, *i, j);
	t->period = q;
	*i = j;
	return true;
}

/* Whose days: «каждого месяца», «месяца, следующего за отчётным кварталом» … */
static enum day_of read_day_of(const struct parse *p, size_t *i)
{
	size_t j = *i;
	if (lex_is(p, j, W_EVERY) && lex_is(p, j + 1, W_MONTHS)) {
		*i = j + 2;
		return DAY_OF_EVERY_MONTH;
	}
	if (lex_is(p, j, W_CURRENT) && lex_is(p, j + 1, W_MONTHS)) {
		*i = j + 2;
		return DAY_OF_THIS_MONTH;
	}
	if (lex_is(p, j, W_LAST) && lex_is(p, j + 1, W_MONTHS)) {
		j += 2;
		j += lex_is(p, j, W_EVERY) || lex_is(p, j, W_REPORTING);
		*i = j + lex_is(p, j, W_QUARTER);
		return DAY_OF_QUARTER_LAST;
	}
	if (lex_number_at(p, j) && p->v[j].value == 1 && p->v[j].ordinal &&
	        lex_is(p, j + 1, W_MONTHS) && lex_is(p, j + 2, W_QUARTER)) {
		*i = j + 3;
		return DAY_OF_QUARTER_AFTER;
	}
	/* «(месяца,) следующего за отчётным (кварталом)» */
	bool month = lex_is(p, j, W_MONTHS);
	j += month;
	j += lex_sign_is(p, j, ',');
	if (lex_is(p, j, W_NEXT) && (lex_is(p, j + 1, W_ZA) || lex_is(p, j + 1, W_AFTER)) &&
	        (month || lex_is(p, j + 2, W_REPORTING) || lex_is(p, j + 2, W_LAST))) {
		enum day_of r = DAY_OF_MONTH_AFTER;
		j += 2;
		j += lex_is(p, j, W_REPORTING) || lex_is(p, j, W_LAST);
		if (lex_is(p, j, W_QUARTER))
			r = DAY_OF_QUARTER_AFTER;
		j += lex_is(p, j, W_QUARTER) || lex_is(p, j, W_PERIOD) || lex_is(p, j, W_MONTHS);
		j += lex_is(p, j, W_MONTHS);
		*i = j;
		return r;
	}
	if (month) {
		j = *i + 1;
		j += lex_is(p, j, W_REPORTING) || lex_is(p, j, W_EVERY);
		*i = j;
		return DAY_OF_EVERY_MONTH;
	}
	if (lex_is(p, j, W_NEXT) && lex_is(p, j + 1, W_MONTHS)) {
		*i = j + 2;
		return DAY_OF_NEXT_MONTH;
	}
	return DAY_OF_ANY;
}

bool deadline_read_days(struct parse *p, size_t *i)
{
	size_t j = *i;
	struct term t = {0};
	t.bound = deadline_read_bound(p, &j);
	bool every = lex_is(p, j, W_EVERY);
	j += every;
	bool last = lex_is(p, j, W_LAST) && (lex_is(p, j + 1, W_DAYNUM) || lex_is(p, j + 1, W_DAY));
	while (!last && t.n_days < TERM_DAYS_MAX && lex_number_at(p, j) && p->v[j].digits < 3) {
		t.days[t.n_days++] = p->v[j++].value;
		t.bad_from = j - 1;
		size_t k = j + (lex_sign_is(p, j, ',') || lex_is(p, j, W_AND));
		k += lex_is(p, k, W_DO);
		if (k == j || !lex_number_at(p, k))
			break;
		j = k;
	}
	if (last) {
		t.days[t.n_days++] = -1;
		j++;
	}
	t.working = lex_is(p, j, W_WORKING) && lex_is(p, j + 1, W_DAY);
	if (t.n_days == 0 || (!t.working && !lex_is(p, j, W_DAYNUM) && !last))
		return false;
	j += 1 + t.working;
	size_t days_end = j;
	t.day_of = read_day_of(p, &j);
	if (t.day_of == DAY_OF_ANY && every)
		t.day_of = DAY_OF_EVERY_MONTH;
	/* a day of a named month is a date; «3 рабочих дня» is a distance */
	if (t.day_of == DAY_OF_ANY &&
	        (lex_is(p, j, W_MONTH) || (t.working && !p->v[t.bad_from].ordinal)))
		return false;
	if (last && t.day_of == DAY_OF_ANY)
		return false;
	(void)days_end;
	struct term *out = term_add(p, TERM_DAYS, *i, j);
	t.kind = TERM_DAYS;
	t.from = *i;
	t.to = j;
	*out = t;
	*i = j;
	return true;
}

static void weekdays(struct buf *b, unsigned mask)
{
	static const char *const names[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
	bool first = true;
	for (int d = 0; d < 7; d++) {
		if ((mask >> d & 1) == 0)
			continue;
		buf_printf(b, "%s%s", first ? "" : ",", names[d]);
		first = false;
	}
}

#define WORKDAYS 31u

/* Even split of a year: the last months of `times` equal parts. */
static void year_split(struct buf *b, int times, bool school)
{
	buf_add_z(b, "FREQ=YEARLY;BYMONTH=");
	if (times == 2 && school) {
		buf_add_z(b, "5,12");
	} else {
		for (int k = 1; k <= times; k++)
			buf_printf(b, "%s%d", k == 1 ? "" : ",", 12 * k / times);
	}
	buf_add_z(b, times == 1 ? ";BYMONTHDAY=31" : ";BYMONTHDAY=-1");
}

static void month_rule(struct buf *b, const struct period *q, bool *approximate)
{
	if (q->every > 1) {
		buf_printf(b, "FREQ=MONTHLY;INTERVAL=%d;BYMONTHDAY=-1", q->every);
		*approximate = true;
	} else if (q->times == 1) {
		buf_add_z(b, "FREQ=MONTHLY;BYMONTHDAY=-1");
	} else {
		buf_add_z(b, "FREQ=MONTHLY;BYMONTHDAY=");
		for (int k = 1; k < q->times; k++)
			buf_printf(b, "%d,", 30 * k / q->times);
		buf_add_z(b, "-1");
		*approximate = true;
	}
}

static void week_rule(struct buf *b, const struct period *q, bool *approximate)
{
	static const char *const split[] = {"FR", "FR", "TU,FR", "MO,WE,FR", "MO,TU,TH,FR"};
	buf_add_z(b, "FREQ=WEEKLY;");
	if (q->every > 1)
		buf_printf(b, "INTERVAL=%d;", q->every);
	buf_add_z(b, "BYDAY=");
	if (q->weekdays != 0) {
		weekdays(b, q->weekdays);
		return;
	}
	buf_add_z(b, q->times <= 4 ? split[q->times] : "MO,TU,WE,TH,FR");
	*approximate = true;
}

static void year_rule_of_period(
        struct buf *b, const struct period *q, bool school, bool *approximate)
{
	if (q->every > 1) {
		buf_printf(b, "FREQ=YEARLY;INTERVAL=%d;BYMONTH=12;BYMONTHDAY=31", q->every);
		*approximate = true;
		return;
	}
	if (q->times == 12) {
		buf_add_z(b, "FREQ=MONTHLY;BYMONTHDAY=-1");
		return;
	}
	year_split(b, q->times, school || q->unit == UNIT_SCHOOL_YEAR);
	*approximate = q->times != 1 && q->times != 2 && q->times != 4;
}

struct str deadline_rrule(const struct parse *p, const struct period *q, bool *ret_approximate)
{
	struct buf b;
	bool school = deadline_school_plan(p->env);
	buf_init(&b, p->a, 200);
	*ret_approximate = false;
	if (q->nth != 0) {
		buf_add_z(&b, q->unit == UNIT_QUARTER ? "FREQ=YEARLY;BYMONTH=3,6,9,12;BYDAY="
		                                      : "FREQ=MONTHLY;BYDAY=");
		if (q->workdays)
			weekdays(&b, WORKDAYS);
		else
			buf_printf(&b, "%d", q->nth);
		if (q->workdays)
			buf_printf(&b, ";BYSETPOS=%d", q->nth);
		else
			weekdays(&b, q->weekdays);
		if (q->nth2 != 0 && !q->workdays) {
			buf_printf(&b, ",%d", q->nth2);
			weekdays(&b, q->weekdays);
		}
		return buf_str(&b);
	}
	switch (q->unit) {
	case UNIT_DAY:
	case UNIT_HOUR:
	case UNIT_WORKDAY:
		if (q->workdays || q->unit == UNIT_WORKDAY) {
			buf_add_z(&b, "FREQ=WEEKLY;BYDAY=");
			weekdays(&b, WORKDAYS);
		} else {
			buf_add_z(&b, "FREQ=DAILY");
			if (q->every > 1)
				buf_printf(&b, ";INTERVAL=%d", q->every);
		}
		break;
	case UNIT_WEEK:
		week_rule(&b, q, ret_approximate);
		break;
	case UNIT_MONTH:
		month_rule(&b, q, ret_approximate);
		break;
	case UNIT_QUARTER:
		year_split(&b, 4, false);
		*ret_approximate = q->times > 1 || q->every > 1;
		break;
	case UNIT_HALF_YEAR:
		year_split(&b, 2, school);
		break;
	case UNIT_TERM:
		buf_add_z(&b, "FREQ=YEARLY;BYMONTH=3,5,10,12;BYMONTHDAY=-1");
		*ret_approximate = true;
		break;
	case UNIT_NONE:
	case UNIT_YEAR:
	case UNIT_SCHOOL_YEAR:
		year_rule_of_period(&b, q, school, ret_approximate);
		break;
	}
	return buf_str(&b);
}

struct str deadline_rrule_bare(const struct period *q)
{
	switch (q->unit) {
	case UNIT_DAY:
	case UNIT_WORKDAY:
	case UNIT_HOUR:
		return STR("FREQ=DAILY");
	case UNIT_WEEK:
		return STR("FREQ=WEEKLY");
	case UNIT_MONTH:
		return STR("FREQ=MONTHLY");
	case UNIT_QUARTER:
	case UNIT_TERM:
		return STR("FREQ=MONTHLY;INTERVAL=3");
	case UNIT_HALF_YEAR:
		return STR("FREQ=MONTHLY;INTERVAL=6");
	case UNIT_NONE:
	case UNIT_YEAR:
	case UNIT_SCHOOL_YEAR:
		break;
	}
	return STR("FREQ=YEARLY");
}

#include "core/order/recur.h"

#include "base/buf.h"
#include "base/cur.h"
#include "base/limits.h"

static const char *const day_code[] = {"", "MO", "TU", "WE", "TH", "FR", "SA", "SU"};

static bool int_list(struct str list, int64_t min, int64_t max, int8_t *v, size_t *n, size_t room)
{
	struct cur c = CUR(list);
	do {
		int64_t x;
		if (*n >= room || !cur_int(&c, min, max, &x) || x == 0)
			return false;
		v[(*n)++] = (int8_t)x;
	} while (cur_byte(&c, ','));
	return cur_end(&c);
}

static bool day_list(struct str list, struct recur *r)
{
	struct str part;
	while (str_next(&list, ',', &part)) {
		struct recur_day d = {0};
		struct cur c = CUR(part);
		int64_t nth;
		if (cur_int(&c, -5, 5, &nth))
			d.nth = (int8_t)nth;
		for (int8_t i = 1; i <= 7; i++)
			if (str_eq_z(cur_rest(&c), day_code[i]))
				d.day = i;
		if (d.day == 0 || r->n_days >= ARRAY_LEN(r->day))
			return false;
		r->day[r->n_days++] = d;
	}
	return r->n_days > 0;
}

static bool read_part(struct str name, struct str value, struct recur *r)
{
	static const char *const freq[] = {
	        [RECUR_DAILY] = "DAILY",
	        [RECUR_WEEKLY] = "WEEKLY",
	        [RECUR_MONTHLY] = "MONTHLY",
	        [RECUR_YEARLY] = "YEARLY",
	};
	struct cur c = CUR(value);
	int64_t x;
	if (str_eq_z(name, "FREQ")) {
		for (int f = RECUR_DAILY; f <= RECUR_YEARLY; f++)
			if (str_eq_z(value, freq[f]))
				r->freq = (enum recur_freq)f;
		return r->freq != RECUR_NONE;
	}
	if (str_eq_z(name, "INTERVAL")) {
		if (!cur_int(&c, 1, 100, &x) || !cur_end(&c))
			return false;
		r->interval = (int)x;
		return true;
	}
	if (str_eq_z(name, "BYMONTH")) {
		int8_t m[12];
		size_t n = 0;
		if (!int_list(value, 1, 12, m, &n, ARRAY_LEN(m)))
			return false;
		for (size_t i = 0; i < n; i++)
			r->months |= (uint16_t)(1u << m[i]);
		return true;
	}
	if (str_eq_z(name, "BYMONTHDAY"))
		return int_list(
		        value, -31, 31, r->month_day, &r->n_month_days, ARRAY_LEN(r->month_day));
	if (str_eq_z(name, "BYDAY"))
		return day_list(value, r);
	if (str_eq_z(name, "BYSETPOS")) {
		if (!cur_int(&c, -31, 31, &x) || !cur_end(&c) || x == 0)
			return false;
		r->set_pos = (int)x;
		return true;
	}
	return false;
}

bool recur_parse(struct str rule, struct recur *ret)
{
	struct recur r = {.interval = 1};
	struct str part;
	while (str_next(&rule, ';', &part)) {
		size_t eq = str_find_byte(part, '=', 0);
		if (eq == SIZE_MAX || !read_part(str_sub(part, 0, eq), str_skip(part, eq + 1), &r))
			return false;
	}
	if (r.freq == RECUR_NONE)
		return false;
	/* a bare frequency is due at the end of its period */
	bool bare = r.n_month_days == 0 && r.n_days == 0;
	if (bare && r.freq == RECUR_WEEKLY)
		r.day[r.n_days++] = (struct recur_day){0, 5};
	if (bare && (r.freq == RECUR_MONTHLY || r.freq == RECUR_YEARLY))
		r.month_day[r.n_month_days++] = -1;
	if (bare && r.freq == RECUR_YEARLY && r.months == 0)
		r.months = 1u << 12;
	*ret = r;
	return true;
}

/* The rule whole, as libical wants it: nothing is left to the anchor's day, and a day past the end
 * of a short month is its last one (SKIP of RFC 7529). */
static struct str rule_text(struct arena *a, const struct recur *r)
{
	static const char *const freq[] = {
	        [RECUR_NONE] = "",
	        [RECUR_DAILY] = "DAILY",
	        [RECUR_WEEKLY] = "WEEKLY",
	        [RECUR_MONTHLY] = "MONTHLY",
	        [RECUR_YEARLY] = "YEARLY",
	};
	struct buf b;
	bool skip = false;
	buf_init(&b, a, LIMIT_RRULE);
	for (size_t i = 0; i < r->n_month_days; i++)
		skip = skip || r->month_day[i] > 28;
	buf_printf(&b, "%sFREQ=%s;INTERVAL=%d", skip ? "RSCALE=GREGORIAN;" : "", freq[r->freq],
	        r->interval);
	/* a yearly rule without months means each of them, whatever month the anchor stands in */
	bool months = r->months != 0 || (r->freq == RECUR_YEARLY && r->n_month_days > 0);
	const char *sep = ";BYMONTH=";
	for (int m = 1; months && m <= 12; m++) {
		if (r->months != 0 && (r->months & (1u << m)) == 0)
			continue;
		buf_printf(&b, "%s%d", sep, m);
		sep = ",";
	}
	for (size_t i = 0; i < r->n_month_days; i++)
		buf_printf(&b, "%s%d", i == 0 ? ";BYMONTHDAY=" : ",", r->month_day[i]);
	for (size_t i = 0; i < r->n_days; i++) {
		buf_add_z(&b, i == 0 ? ";BYDAY=" : ",");
		if (r->day[i].nth != 0)
			buf_int(&b, r->day[i].nth);
		buf_add_z(&b, day_code[r->day[i].day]);
	}
	if (r->set_pos != 0)
		buf_printf(&b, ";BYSETPOS=%d", r->set_pos);
	if (skip)
		buf_add_z(&b, ";SKIP=BACKWARD");
	return b.over ? STR("") : buf_str(&b);
}

/* libical 3.0.16 gives a Sunday to the week that begins with it, whatever WKST says, once INTERVAL
 * is more than 1 («раз в две недели»): weeks are asked for one by one and counted here, from
 * Monday. */
static size_t weekly_days(struct arena *a, const struct recur *r, const struct rrule_span *s,
        struct date *ret, size_t max)
{
	struct err e = {0};
	struct recur each = *r;
	size_t found = 0;
	size_t n = 0;
	struct date *day = arena_new(a, struct date, max * (size_t)r->interval);
	int32_t monday = date_days(s->anchor) - date_weekday(s->anchor) + 1;
	each.interval = 1;
	if (rrule_days(rule_text(a, &each), s, day, max * (size_t)r->interval, &found, &e) != EC_OK)
		return 0;
	for (size_t i = 0; i < found && n < max; i++)
		if ((date_days(day[i]) - monday) / 7 % r->interval == 0)
			ret[n++] = day[i];
	return n;
}

size_t recur_days(struct arena *a, const struct recur *r, const struct rrule_span *s,
        struct date *ret, size_t max)
{
	struct err e = {0};
	size_t n = 0;
	if (r->freq == RECUR_WEEKLY && r->interval > 1)
		return weekly_days(a, r, s, ret, max);
	return rrule_days(rule_text(a, r), s, ret, max, &n, &e) == EC_OK ? n : 0;
}

static const char *const month_of[] = {"", "января", "февраля", "марта", "апреля", "мая", "июня",
        "июля", "августа", "сентября", "октября", "ноября", "декабря"};
static const char *const weekday_of[] = {
        "", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"};

static void say_months(struct buf *b, const struct recur *r)
{
	const char *sep = "";
	for (int m = 1; m <= 12; m++) {
		if (r->months != 0 && (r->months & (1u << m)) == 0)
			continue;
		for (size_t i = 0; i < r->n_month_days; i++) {
			int last = m == 2 ? 28 : date_month_days(2001, m);
			int d = r->month_day[i] > 0 ? r->month_day[i] : last + 1 + r->month_day[i];
			if (r->month_day[i] == -1 && m == 2)
				buf_printf(b, "%sдо конца февраля", sep);
			else
				buf_printf(b, "%sдо %d %s", sep, d, month_of[m]);
			sep = ", ";
		}
	}
}

static void say_month_days(struct buf *b, const struct recur *r)
{
	for (size_t i = 0; i < r->n_month_days; i++) {
		buf_add_z(b, i == 0 ? ", " : " и ");
		if (r->month_day[i] == -1)
			buf_add_z(b, "до последнего дня месяца");
		else
			buf_printf(b, "до %d числа", r->month_day[i]);
	}
}

static void say_days(struct buf *b, const struct recur *r)
{
	if (r->set_pos != 0) {
		if (r->set_pos == -1)
			buf_add_z(b, ", последний рабочий день месяца");
		else
			buf_printf(b, ", %d-й рабочий день месяца", r->set_pos);
		return;
	}
	for (size_t i = 0; i < r->n_days; i++) {
		buf_add_z(b, i == 0 ? ", " : ", ");
		if (r->day[i].nth == -1)
			buf_add_z(b, "последний: ");
		else if (r->day[i].nth != 0)
			buf_printf(b, "%d-й: ", r->day[i].nth);
		buf_add_z(b, weekday_of[r->day[i].day]);
	}
}

struct str recur_said(struct arena *a, struct str rule)
{
	static const char *const each[] = {
	        [RECUR_NONE] = "",
	        [RECUR_DAILY] = "ежедневно",
	        [RECUR_WEEKLY] = "еженедельно",
	        [RECUR_MONTHLY] = "ежемесячно",
	        [RECUR_YEARLY] = "ежегодно",
	};
	struct recur r;
	if (!recur_parse(rule, &r))
		return str_printf(a, "повторяется (" STR_FMT ")", STR_ARG(rule));
	struct buf b;
	buf_init(&b, a, 4096);
	buf_add_z(&b, each[r.freq]);
	if (r.interval > 1)
		buf_printf(&b, " (каждый %d-й раз)", r.interval);
	if (r.freq == RECUR_YEARLY && r.n_month_days > 0) {
		buf_add_z(&b, ": ");
		say_months(&b, &r);
	} else {
		say_month_days(&b, &r);
	}
	say_days(&b, &r);
	return buf_str(&b);
}

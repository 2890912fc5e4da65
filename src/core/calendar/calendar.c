#include "core/calendar/calendar.h"

#include "base/cur.h"
#include "base/limits.h"
#include "core/fact.h"
#include "db/q_calendar.h"

static const struct calendar_word {
	struct str name, title;
} statuses[] = {
        {STR_INIT("official"), STR_INIT("официально")},
        {STR_INIT("secondhand"), STR_INIT("по сообщениям, сам акт не сверен")},
        {STR_INIT("regional"), STR_INIT("решение региона")},
        {STR_INIT("derived"), STR_INIT("следует из закона")},
        {STR_INIT("assumed"), STR_INIT("предположение")},
};

struct str status_title(struct str status)
{
	for (size_t i = 0; i < ARRAY_LEN(statuses); i++)
		if (str_eq(statuses[i].name, status))
			return statuses[i].title;
	return status;
}

bool status_known(struct str status)
{
	for (size_t i = 0; i < ARRAY_LEN(statuses); i++)
		if (str_eq(statuses[i].name, status))
			return true;
	return false;
}

struct str provenance_said(struct arena *a, const struct provenance *p)
{
	return str_printf(
	        a, STR_FMT " (" STR_FMT ")", STR_ARG(p->source), STR_ARG(status_title(p->status)));
}

static const struct calendar_word terms[TERM_KIND_COUNT] = {
        [TERM_NONE] = {STR_INIT(""), STR_INIT("")},
        [TERM_QUARTER] = {STR_INIT("quarter"), STR_INIT("четверть")},
        [TERM_TRIMESTER] = {STR_INIT("trimester"), STR_INIT("триместр")},
        [TERM_HALF] = {STR_INIT("half"), STR_INIT("полугодие")},
};

struct str term_kind_name(enum term_kind k)
{
	return k < TERM_KIND_COUNT ? terms[k].name : STR("");
}

struct str term_kind_title(enum term_kind k)
{
	return k < TERM_KIND_COUNT ? terms[k].title : STR("");
}

struct str term_said(struct arena *a, enum term_kind k, int number)
{
	static const char *const roman[] = {"", "I", "II", "III", "IV"};
	const char *n = number >= 1 && number <= TERMS_MAX ? roman[number] : "";
	return str_printf(a, "%s " STR_FMT, n, STR_ARG(term_kind_title(k)));
}

bool term_kind_of(struct str name, enum term_kind *ret)
{
	for (int k = TERM_QUARTER; k < TERM_KIND_COUNT; k++)
		if (str_eq(terms[k].name, name)) {
			*ret = (enum term_kind)k;
			return true;
		}
	return false;
}

/* Reading ----------------------------------------------------------------------------------- */

static enum ec read_holidays(const struct ctx *c, struct calendar *cal, struct err *e)
{
	struct q_calendar_holidays_rows rows;
	TRY(q_calendar_holidays(c->db, c->a, &rows, e));
	struct holiday *v = arena_new(c->a, struct holiday, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_calendar_holidays *r = &rows.v[i];
		v[i] = (struct holiday){(int)r->month, (int)r->day, (int)r->since_year, r->title,
		        {r->source, r->source_date, r->status}};
	}
	cal->holiday = v;
	cal->n_holidays = rows.n;
	return EC_OK;
}

static enum ec read_days(const struct ctx *c, int64_t region, struct calendar *cal, struct err *e)
{
	struct q_calendar_days_rows rows;
	struct q_calendar_years_rows years;
	TRY(q_calendar_days(
	        c->db, c->a, &(struct q_calendar_days_in){cal->territory_id, region}, &rows, e));
	TRY(q_calendar_years(c->db, c->a, &years, e));
	struct special_day *v = arena_new(c->a, struct special_day, rows.n);
	size_t n = 0;
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_calendar_days *r = &rows.v[i];
		struct special_day d = {r->id, r->territory_id, iso_date(r->day),
		        str_eq_z(r->kind, "off"), r->title, iso_date(r->moved_from),
		        {r->source, r->source_date, r->status}};
		if (n > 0 && date_cmp(v[n - 1].day, d.day) == 0)
			n--;
		v[n++] = d;
	}
	struct known_year *y = arena_new(c->a, struct known_year, years.n);
	for (size_t i = 0; i < years.n; i++)
		y[i] = (struct known_year){(int)years.v[i].year, years.v[i].note,
		        {years.v[i].source, years.v[i].source_date, years.v[i].status}};
	cal->day = v;
	cal->n_days = n;
	cal->year = y;
	cal->n_years = years.n;
	return EC_OK;
}

static enum ec read_terms(const struct ctx *c, int64_t region, struct calendar *cal, struct err *e)
{
	struct q_calendar_terms_rows rows;
	TRY(q_calendar_terms(
	        c->db, c->a, &(struct q_calendar_terms_in){cal->territory_id, region}, &rows, e));
	struct school_term *v = arena_new(c->a, struct school_term, rows.n);
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_calendar_terms *r = &rows.v[i];
		enum term_kind kind = TERM_NONE;
		(void)term_kind_of(r->kind, &kind);
		v[i] = (struct school_term){r->id, r->territory_id, (int)r->school_year, kind,
		        (int)r->number, r->start_day, r->end_day,
		        {r->source, r->source_date, r->status}};
	}
	cal->term = v;
	cal->n_terms = rows.n;
	return EC_OK;
}

static enum ec read_rules(const struct ctx *c, int64_t region, struct calendar *cal, struct err *e)
{
	static const struct str fallback[RULE_COUNT] = {[RULE_DAY_OFF] = STR_INIT("keep"),
	        [RULE_WORK_DAYS] = STR_INIT("production"),
	        [RULE_HORIZON_DAYS] = STR_INIT("92"),
	        [RULE_OPEN_ENDED] = STR_INIT("none")};
	struct q_calendar_rules_rows rows;
	TRY(q_calendar_rules(
	        c->db, c->a, &(struct q_calendar_rules_in){cal->territory_id, region}, &rows, e));
	for (int k = 0; k < RULE_COUNT; k++)
		cal->rule[k] = (struct rule_value){INT64_MIN, fallback[k],
		        {STR("умолчание программы"), STR_NONE, STR("assumed")}};
	for (size_t i = 0; i < rows.n; i++) {
		const struct q_calendar_rules *r = &rows.v[i];
		enum calendar_rule k;
		if (rule_of(r->name, &k) && rule_takes(k, r->value))
			cal->rule[k] = (struct rule_value){
			        r->territory_id, r->value, {r->source, r->source_date, r->status}};
	}
	return EC_OK;
}

enum ec calendar_load(
        const struct ctx *c, int64_t territory_id, struct calendar **ret, struct err *e)
{
	struct q_calendar_region_rows rows;
	TRY(q_calendar_region(c->db, c->a, &rows, e));
	int64_t region = rows.n > 0 ? rows.v[0].id : INT64_MIN;
	struct calendar *cal = arena_new(c->a, struct calendar, 1);
	cal->territory_id = territory_id == 0 || territory_id == ACTOR_ALL ? region : territory_id;
	TRY(read_holidays(c, cal, e));
	TRY(read_days(c, region, cal, e));
	TRY(read_terms(c, region, cal, e));
	TRY(read_rules(c, region, cal, e));
	*ret = cal;
	return EC_OK;
}

/* Days -------------------------------------------------------------------------------------- */

static const struct special_day *special_of(const struct calendar *cal, struct date d)
{
	size_t low = 0;
	size_t high = cal->n_days;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int cmp = date_cmp(cal->day[mid].day, d);
		if (cmp == 0)
			return &cal->day[mid];
		if (cmp < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

static const struct holiday *holiday_of(const struct calendar *cal, struct date d)
{
	for (size_t i = 0; i < cal->n_holidays; i++) {
		const struct holiday *h = &cal->holiday[i];
		if (h->month == d.m && h->day == d.d && h->since_year <= d.y)
			return h;
	}
	return NULL;
}

const struct known_year *calendar_year_known(const struct calendar *cal, int year)
{
	for (size_t i = 0; i < cal->n_years; i++)
		if (cal->year[i].year == year)
			return &cal->year[i];
	return NULL;
}

struct provenance calendar_year_from(const struct calendar *cal, int year)
{
	const struct known_year *y = calendar_year_known(cal, year);
	if (y != NULL)
		return y->from;
	return (struct provenance){STR("праздники и ч. 2 ст. 112 ТК РФ, переносы года не внесены"),
	        STR_NONE, STR("assumed")};
}

static bool weekend(struct date d)
{
	return date_weekday(d) >= 6;
}

/* ч. 2 ст. 112: where the day off went that fell on this holiday; only for years nobody entered. */
static struct date lawful_move(const struct calendar *cal, struct date holiday)
{
	struct date d = date_add_days(holiday, 1);
	while (weekend(d) || holiday_of(cal, d) != NULL)
		d = date_add_days(d, 1);
	return d;
}

static struct date moved_by_law(const struct calendar *cal, struct date d)
{
	if (calendar_year_known(cal, d.y) != NULL || weekend(d) || holiday_of(cal, d) != NULL)
		return (struct date){0};
	for (int back = 1; back <= 4; back++) {
		struct date h = date_add_days(d, -back);
		if (h.m != 1 && weekend(h) && holiday_of(cal, h) != NULL &&
		        date_cmp(lawful_move(cal, h), d) == 0)
			return h;
	}
	return (struct date){0};
}

/* Without the shortened hours, which look at the day after. */
static struct day_kind kind_of(const struct calendar *cal, struct date d)
{
	const struct special_day *s = special_of(cal, d);
	const struct holiday *h = holiday_of(cal, d);
	if (s != NULL)
		return (struct day_kind){.off = s->off,
		        .holiday = h != NULL && s->off,
		        .special = true,
		        .moved_from = s->moved_from,
		        .title = s->title.n > 0 ? s->title
		                 : h != NULL    ? h->title
		                                : STR(""),
		        .from = s->from};
	if (h != NULL)
		return (struct day_kind){.off = true,
		        .holiday = true,
		        .special = true,
		        .title = h->title,
		        .from = h->from};
	struct date law = moved_by_law(cal, d);
	if (!date_none(law))
		return (struct day_kind){.off = true,
		        .special = true,
		        .moved_from = law,
		        .title = STR(""),
		        .from = {STR("ч. 2 ст. 112 ТК РФ, переносы года не внесены"), STR_NONE,
		                STR("assumed")}};
	return (struct day_kind){.off = weekend(d), .title = STR("")};
}

struct day_kind calendar_day(const struct calendar *cal, struct date d)
{
	struct day_kind k = kind_of(cal, d);
	k.early = !k.off && holiday_of(cal, date_add_days(d, 1)) != NULL &&
	          kind_of(cal, date_add_days(d, 1)).off;
	return k;
}

bool calendar_off(const struct calendar *cal, struct date d)
{
	return kind_of(cal, d).off;
}

static const char *const weekday_short[] = {"", "пн", "вт", "ср", "чт", "пт", "сб", "вс"};
static const char *const weekday_whole[] = {
        "", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"};

struct str day_said(struct arena *a, struct date d)
{
	return str_printf(a, "%s " STR_FMT, weekday_short[date_weekday(d)], STR_ARG(date_ru(a, d)));
}

struct str calendar_day_said(struct arena *a, const struct calendar *cal, struct date d)
{
	struct day_kind k = calendar_day(cal, d);
	const char *what = k.holiday ? "нерабочий праздничный день"
	                   : k.off   ? "выходной"
	                             : "рабочий день";
	if (k.from.source.p == NULL)
		return str_printf(a, "%s, %s%s", what, weekday_whole[date_weekday(d)],
		        k.early ? ", на час короче" : "");
	struct str moved = date_none(k.moved_from) ? STR("")
	                   : k.off ? str_printf(a, ", перенесён с " STR_FMT,
	                                     STR_ARG(day_said(a, k.moved_from)))
	                           : str_printf(a, ", выходной перенесён на " STR_FMT,
	                                     STR_ARG(day_said(a, k.moved_from)));
	struct str title =
	        k.title.n > 0 ? str_printf(a, " «" STR_FMT "»", STR_ARG(k.title)) : STR("");
	return str_printf(a, "%s" STR_FMT STR_FMT ": " STR_FMT, what, STR_ARG(title),
	        STR_ARG(moved), STR_ARG(provenance_said(a, &k.from)));
}

struct date calendar_next_work(const struct calendar *cal, struct date d)
{
	for (int i = 0; i < LIMIT_WORK_DAYS && calendar_off(cal, d) && d.y < 9999; i++)
		d = date_add_days(d, 1);
	return d;
}

struct date calendar_add_work(const struct calendar *cal, struct date d, int n)
{
	int step = n < 0 ? -1 : 1;
	int left = n < 0 ? -n : n;
	if (left > LIMIT_WORK_DAYS)
		left = LIMIT_WORK_DAYS;
	while (left > 0 && d.y > 1 && d.y < 9999) {
		d = date_add_days(d, step);
		left -= !calendar_off(cal, d);
	}
	return d;
}

/* School terms ------------------------------------------------------------------------------ */

int school_year_of(struct date d)
{
	return d.m >= 9 ? d.y : d.y - 1;
}

/* "MM-DD" in a school year; 29 February becomes the last day of the month. */
static struct date nominal_day(struct str md, int school_year)
{
	struct cur c = CUR(md);
	uint64_t m = 0;
	uint64_t d = 0;
	if (!cur_uint(&c, 2, 12, &m) || !cur_byte(&c, '-') || !cur_uint(&c, 2, 31, &d) || m == 0 ||
	        d == 0)
		return (struct date){0};
	int year = m >= 9 ? school_year : school_year + 1;
	int last = date_month_days(year, (int)m);
	return date_make(year, (int)m, (int)d > last ? last : (int)d);
}

static bool term_of(
        const struct calendar *cal, const struct school_term *want, bool own, struct term_span *ret)
{
	const struct school_term *found = NULL;
	for (size_t i = 0; i < cal->n_terms; i++) {
		const struct school_term *t = &cal->term[i];
		/* rows come with nominal years first and the nearest level last */
		if (t->kind == want->kind && t->number == want->number &&
		        (t->school_year == 0 || (own && t->school_year == want->school_year)) &&
		        (own || t->territory_id == INT64_MIN))
			found = t;
	}
	if (found == NULL)
		return false;
	bool nominal = found->school_year == 0;
	*ret = (struct term_span){
	        nominal ? nominal_day(found->start, want->school_year) : iso_date(found->start),
	        nominal ? nominal_day(found->end, want->school_year) : iso_date(found->end), found};
	return !date_none(ret->start) && !date_none(ret->end);
}

bool calendar_term(const struct calendar *cal, enum term_kind kind, int number, int school_year,
        struct term_span *ret)
{
	return term_of(cal,
	        &(struct school_term){.kind = kind, .number = number, .school_year = school_year},
	        true, ret);
}

bool calendar_term_nominal(const struct calendar *cal, enum term_kind kind, int number,
        int school_year, struct term_span *ret)
{
	return term_of(cal,
	        &(struct school_term){.kind = kind, .number = number, .school_year = school_year},
	        false, ret);
}

/* A deadline phrase → terms → items. The rules are docs/methods/deadlines.md. */
#include "doc/deadline.h"

#include "base/limits.h"
#include "doc/deadline_term.h"

static const struct str kind_names[] = {
        [DEADLINE_NONE] = STR_INIT(""),
        [DEADLINE_DATE] = STR_INIT("date"),
        [DEADLINE_RANGE] = STR_INIT("range"),
        [DEADLINE_MONTH_RANGE] = STR_INIT("month_range"),
        [DEADLINE_QUARTER] = STR_INIT("quarter"),
        [DEADLINE_PERIODIC] = STR_INIT("periodic"),
        [DEADLINE_OPEN_ENDED] = STR_INIT("open_ended"),
        [DEADLINE_EVENT_RELATIVE] = STR_INIT("event_relative"),
        [DEADLINE_BY_SCHEDULE] = STR_INIT("by_schedule"),
        [DEADLINE_AS_NEEDED] = STR_INIT("as_needed"),
        [DEADLINE_INVALID] = STR_INIT("invalid"),
};

static const struct str rule_names[] = {
        [YEAR_NONE] = STR_INIT("none"),
        [YEAR_EXPLICIT] = STR_INIT("explicit"),
        [YEAR_TWO_DIGIT] = STR_INIT("two_digit"),
        [YEAR_PLAN] = STR_INIT("plan"),
        [YEAR_SCHOOL] = STR_INIT("school_year"),
        [YEAR_DOC_DATE] = STR_INIT("doc_date"),
};

struct str deadline_kind_name(enum deadline_kind k)
{
	return (size_t)k < ARRAY_LEN(kind_names) ? kind_names[k] : STR_NONE;
}

struct str year_rule_name(enum year_rule r)
{
	return (size_t)r < ARRAY_LEN(rule_names) ? rule_names[r] : STR_NONE;
}

bool deadline_kind_of(struct str name, enum deadline_kind *ret)
{
	for (size_t i = 0; i < ARRAY_LEN(kind_names); i++) {
		if (str_eq(kind_names[i], name)) {
			*ret = (enum deadline_kind)i;
			return true;
		}
	}
	return false;
}

bool year_rule_of(struct str name, enum year_rule *ret)
{
	for (size_t i = 0; i < ARRAY_LEN(rule_names); i++) {
		if (str_eq(rule_names[i], name)) {
			*ret = (enum year_rule)i;
			return true;
		}
	}
	return false;
}

/* «Срок исполнения:», «Срок –» before the phrase itself. */
static size_t skip_label(const struct parse *p)
{
	size_t i = 0;
	while (lex_sign_is(p, i, '(') || lex_sign_is(p, i, '-'))
		i++;
	if (!lex_is(p, i, W_DEADLINE) || i >= p->n || str_eq_z(p->v[i].key, "сроках"))
		return 0;
	for (size_t j = i + 1; j < p->n && j <= i + 4; j++) {
		if (lex_sign_is(p, j, ':') ||
		        (lex_sign_is(p, j, '-') && p->v[j - 1].kind == LEX_WORD))
			return j + 1;
		if (p->v[j].kind != LEX_WORD || lex_is(p, j, W_DO) || lex_is(p, j, W_NOT))
			return lex_is(p, i + 1, W_IMPLEMENT) || j == i + 1 ? j : 0;
	}
	return 0;
}

static bool read_then(struct parse *p, size_t *i)
{
	size_t j = *i;
	if (lex_is(p, j, W_V) && lex_is(p, j + 1, W_THEN))
		j++;
	if (lex_is(p, j, W_AND) && lex_is(p, j + 1, W_THEN))
		j++;
	if (!lex_is(p, j, W_THEN))
		return false;
	term_add(p, TERM_THEN, *i, j + 1);
	*i = j + 1;
	return true;
}

static bool read_weekday(struct parse *p, size_t *i)
{
	size_t j = *i;
	j += lex_is(p, j, W_V) || lex_is(p, j, W_DO);
	if (!lex_is(p, j, W_WEEKDAY))
		return false;
	struct term *t = term_add(p, TERM_WEEKDAY, *i, j + 1);
	t->period.weekdays = 1u << (p->v[j].word.value - 1);
	*i = j + 1;
	return true;
}

static char separator(const struct parse *p, size_t i)
{
	if (i >= p->n)
		return 0;
	if (lex_is(p, i, W_AND) || lex_is(p, i, W_OR))
		return 'i';
	return p->v[i].kind == LEX_SIGN ? p->v[i].sign : 0;
}

/* «приказ от 12.05.2021»: the date of another paper is no deadline. */
static bool pass_foreign_date(struct parse *p, size_t *i)
{
	size_t n = p->terms.n, j = *i + 1;
	if (!lex_is(p, *i, W_OT) || !deadline_read_span(p, &j))
		return false;
	p->terms.n = n;
	*i = j;
	return true;
}

void deadline_read_terms(struct parse *p)
{
	static bool (*const readers[])(struct parse *, size_t *) = {read_then,
	        deadline_read_bad_date, deadline_read_days, deadline_read_period,
	        deadline_read_event, deadline_read_span, deadline_read_time, read_weekday,
	        deadline_read_open, deadline_read_condition};
	char sep = 0;
	size_t depth = 0;
	for (size_t i = skip_label(p); i < p->n;) {
		size_t n = p->terms.n, at = i, k = 0;
		char sign = p->v[i].kind == LEX_SIGN ? p->v[i].sign : 0;
		/* no term but a broken date begins with a sign */
		if (sign != 0 && sign != '.' && sign != SIGN_BLANK && sign != SIGN_GARBAGE)
			k = ARRAY_LEN(readers);
		while (k < ARRAY_LEN(readers) && !readers[k](p, &i)) {
			i = at;
			p->terms.n = n;
			k++;
		}
		if (k < ARRAY_LEN(readers)) {
			for (size_t t = n; t < p->terms.n; t++) {
				p->terms.v[t].sep = t == n ? sep : ',';
				p->terms.v[t].in_brackets = depth > 0;
			}
			sep = 0;
			if (p->terms.n >= LIMIT_DEADLINE_ITEMS)
				return;
			continue;
		}
		if (pass_foreign_date(p, &i))
			continue;
		char s = separator(p, i);
		sep = s != 0 && s != '.' ? s : sep;
		depth += s == '(';
		depth -= s == ')' && depth > 0;
		i++;
	}
}

static struct date sane(struct date d)
{
	return d.y >= 1950 && d.y <= 2150 && date_valid(d.y, d.m, d.d) ? d : (struct date){0};
}

static struct str head(struct str s, size_t most)
{
	if (s.n <= most)
		return s;
	while (most > 0 && ((unsigned char)s.p[most] & 0xc0) == 0x80)
		most--;
	return str_sub(s, 0, most);
}

size_t deadline_parse(
        struct arena *a, struct str phrase, const struct deadline_env *env, struct deadline **ret)
{
	struct deadline_env clean = {sane(env->doc), sane(env->plan_start), sane(env->plan_end)};
	struct parse p = {.a = a, .phrase = head(phrase, LIMIT_DEADLINE_TEXT), .env = &clean};
	bool repaired = false;
	if (date_none(clean.plan_start) || date_cmp(clean.plan_start, clean.plan_end) > 0 ||
	        clean.plan_end.y - clean.plan_start.y > 50)
		clean.plan_start = clean.plan_end = (struct date){0};
	struct lexes lexes = deadline_lex(a, p.phrase);
	p.v = lexes.v;
	p.n = lexes.n;
	deadline_read_terms(&p);
	size_t n = deadline_items(&p, ret);
	for (size_t i = 0; i < p.n; i++)
		repaired = repaired || p.v[i].repaired;
	for (size_t i = 0; i < n; i++)
		(*ret)[i].repaired = repaired;
	return n;
}

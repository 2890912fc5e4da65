/* Calendar terms: days, months, quarters, years and spans of them (deadlines.md §2, §4). */
#include "doc/deadline_term.h"

bool lex_is(const struct parse *p, size_t i, enum word_id id)
{
	return i < p->n && p->v[i].kind == LEX_WORD && p->v[i].word.id == id;
}

bool lex_sign_is(const struct parse *p, size_t i, char sign)
{
	return i < p->n && p->v[i].kind == LEX_SIGN && p->v[i].sign == sign;
}

bool lex_number_at(const struct parse *p, size_t i)
{
	return i < p->n &&
	       (p->v[i].kind == LEX_NUMBER || (p->v[i].kind == LEX_WORD && p->v[i].value >= 0));
}

static bool roman_at(const struct parse *p, size_t i)
{
	return i < p->n && p->v[i].roman > 0;
}

static bool dash_at(const struct parse *p, size_t i)
{
	return lex_sign_is(p, i, '-');
}

struct term *term_add(struct parse *p, enum term_kind kind, size_t from, size_t to)
{
	struct term *t = vec_push(p->a, &p->terms);
	t->kind = kind;
	t->from = from;
	t->to = to;
	return t;
}

enum bound deadline_read_bound(const struct parse *p, size_t *i)
{
	static const struct {
		enum word_id words[4];
		enum bound bound;
	} bounds[] = {
	        {{W_V, W_DEADLINE, W_S}, BOUND_FROM},
	        {{W_V, W_DEADLINE, W_DO}, BOUND_UNTIL},
	        {{W_NA, W_PERIOD, W_S}, BOUND_FROM},
	        {{W_NA, W_PERIOD, W_DO}, BOUND_UNTIL},
	        {{W_V, W_PERIOD, W_DO}, BOUND_UNTIL},
	        {{W_V, W_PERIOD, W_S}, BOUND_FROM},
	        {{W_V, W_PERIOD}, BOUND_IN},
	        {{W_V, W_FLOW}, BOUND_IN},
	        {{W_NA, W_FLOW}, BOUND_IN},
	        {{W_FROM_HERE, W_S}, BOUND_FROM},
	        {{W_NOT, W_LATER, W_THAN, W_DO}, BOUND_UNTIL},
	        {{W_NOT, W_LATER, W_THAN}, BOUND_UNTIL},
	        {{W_NOT, W_LATER, W_DO}, BOUND_UNTIL},
	        {{W_NOT, W_LATER}, BOUND_UNTIL},
	        {{W_NOT, W_EARLIER, W_THAN, W_S}, BOUND_FROM},
	        {{W_NOT, W_EARLIER, W_THAN}, BOUND_FROM},
	        {{W_NOT, W_EARLIER}, BOUND_FROM},
	        {{W_DO}, BOUND_UNTIL},
	        {{W_K}, BOUND_UNTIL},
	        {{W_PO}, BOUND_THROUGH},
	        {{W_S}, BOUND_FROM},
	        {{W_AFTER}, BOUND_AFTER},
	        {{W_FLOW}, BOUND_IN},
	        {{W_V}, BOUND_IN},
	        {{W_NA}, BOUND_IN},
	        {{W_ZA}, BOUND_IN},
	};
	size_t at = *i;
	/* «в срок не позднее», «в срок по» */
	if (lex_is(p, at, W_V) && lex_is(p, at + 1, W_DEADLINE) &&
	        (lex_is(p, at + 2, W_NOT) || lex_is(p, at + 2, W_PO)))
		at += 2;
	for (size_t k = 0; k < ARRAY_LEN(bounds); k++) {
		size_t j = at;
		size_t w = 0;
		for (; w < 4 && bounds[k].words[w] != W_OTHER; w++) {
			if (bounds[k].words[w] == W_THAN && lex_sign_is(p, j, ','))
				j++;
			if (!lex_is(p, j, bounds[k].words[w]))
				break;
			j++;
		}
		if (w == 4 || bounds[k].words[w] == W_OTHER) {
			*i = j;
			return bounds[k].bound;
		}
	}
	return BOUND_NONE;
}

bool deadline_clock(struct parse *p, size_t *i, struct str *ret)
{
	size_t j = *i;
	if (j >= p->n || p->v[j].kind != LEX_NUMBER || p->v[j].digits > 2)
		return false;
	int hour = p->v[j].value, minute = 0;
	if (lex_is(p, j + 1, W_HOUR)) {
		j += 2;
		if (lex_number_at(p, j) && lex_is(p, j + 1, W_MINUTE)) {
			minute = p->v[j].value;
			j += 2;
		}
	} else {
		char sep = j + 2 < p->n && p->v[j + 1].kind == LEX_SIGN ? p->v[j + 1].sign : 0;
		if (sep == 0 || p->v[j + 2].kind != LEX_NUMBER || p->v[j + 2].digits != 2)
			return false;
		minute = p->v[j + 2].value;
		bool more =
		        lex_sign_is(p, j + 3, '.') && lex_number_at(p, j + 4) && !p->v[j + 4].space;
		bool clock = sep == ':' ||
		             (sep == '.' && !more && (minute == 0 || minute > 12) && minute < 60) ||
		             (sep == '-' && minute == 0 && !lex_is(p, j + 3, W_MONTH));
		if (!clock || (sep != ':' && hour > 24))
			return false;
		j += 3;
		if (lex_is(p, j, W_HOUR))
			j++;
	}
	*ret = hour > 24 || minute > 59 || (hour == 24 && minute > 0)
	               ? STR_NONE
	               : str_printf(p->a, "%02d:%02d", hour, minute);
	*i = j;
	return true;
}

bool deadline_read_time(struct parse *p, size_t *i)
{
	size_t j = *i;
	struct str time;
	(void)deadline_read_bound(p, &j);
	if (!deadline_clock(p, &j, &time))
		return false;
	struct term *t = term_add(p, TERM_TIME, *i, j);
	t->time = time;
	if (time.n == 0)
		t->problem = STR("impossible_time");
	t->bad_from = *i;
	t->bad_to = j;
	*i = j;
	return true;
}

/* ---- years ---- */

static bool year_word(const struct parse *p, size_t i)
{
	return lex_is(p, i, W_YEAR);
}

static bool school_year_words(const struct parse *p, size_t i)
{
	return lex_is(p, i, W_SCHOOL) && lex_is(p, i + 1, W_YEAR);
}

/* Digits of a year that a blank has torn: «20 22», «202 2». */
static int year_digits(const struct parse *p, size_t *i, int *ret_digits)
{
	const struct lex *l = &p->v[*i];
	int value = l->value, digits = l->digits;
	++*i;
	if (*i < p->n && digits < 4 && l[1].kind == LEX_NUMBER && l[1].space &&
	        l[1].digits + digits == 4 && (value == 20 || value == 19 || digits != 2)) {
		for (int k = 0; k < l[1].digits; k++)
			value *= 10;
		value += l[1].value;
		digits = 4;
		++*i;
	}
	*ret_digits = digits;
	return value;
}

/* Whether the number at i is the second year of «2022/2023», «2022-23». */
static bool next_year(const struct parse *p, size_t i, int y, bool school)
{
	return lex_number_at(p, i) && (school || school_year_words(p, i + 1)) &&
	       (p->v[i].digits == 4 || p->v[i].digits == 2) && p->v[i].value % 100 > y % 100;
}

/* A year after a date: number, «с.г.», «текущего года», «2022/2023 учебного года», «учебного года».
 * After a point of a numeric date two digits are a year as well. */
static void read_year(const struct parse *p, size_t *i, struct point *t, bool after_point)
{
	size_t j = *i;
	if (lex_is(p, j, W_V) && j + 1 < p->n && p->v[j + 1].digits == 4 &&
	        (year_word(p, j + 2) || lex_sign_is(p, j + 2, '/') || dash_at(p, j + 2)))
		j++;
	if (lex_sign_is(p, j, ',') && j + 1 < p->n && p->v[j + 1].digits == 4 &&
	        !lex_sign_is(p, j + 2, '.') && t->grain != GRAIN_DAY && t->grain != GRAIN_MONTH)
		j++;
	if (j < p->n && p->v[j].kind == LEX_NUMBER && p->v[j].digits >= 2) {
		size_t at = j;
		int digits, y = year_digits(p, &j, &digits);
		bool two = digits == 2 && (after_point || (year_word(p, j) && y > 9));
		bool odd = digits > 4 || (digits == 3 && (after_point || year_word(p, j)));
		if (digits == 4 || two || odd) {
			t->y = two ? 2000 + y : y;
			t->ref = two ? REF_TWO_DIGIT : REF_WRITTEN;
			t->year_at = at;
			if ((dash_at(p, j) || lex_sign_is(p, j, '/')) &&
			        next_year(p, j + 1, t->y, t->grain >= GRAIN_TERM)) {
				t->y2 = p->v[j + 1].value;
				t->y2 += t->y2 < 100 ? 2000 : 0;
				t->school = true;
				j += 2;
			}
			j += year_word(p, j);
			*i = j;
		}
	} else if (lex_is(p, j, W_CURRENT) && year_word(p, j + 1)) {
		t->ref = REF_CURRENT;
		*i = j + 2;
	} else if (lex_is(p, j, W_NEXT) && year_word(p, j + 1)) {
		t->ref = REF_NEXT;
		*i = j + 2;
	} else if (lex_is(p, j, W_CALENDAR) && year_word(p, j + 1)) {
		t->ref = REF_CURRENT;
		*i = j + 2;
	}
	j = *i;
	if (lex_is(p, j, W_CURRENT) && school_year_words(p, j + 1))
		j++;
	if (school_year_words(p, j)) {
		t->school = true;
		j += 2;
		*i = j;
		if (t->ref == REF_NONE)
			read_year(p, i, t, false);
	}
}

/* ---- points ---- */

static int month_at(const struct parse *p, size_t i)
{
	return lex_is(p, i, W_MONTH) ? p->v[i].word.value : 0;
}

static bool date_sep(const struct parse *p, size_t i)
{
	return lex_sign_is(p, i, '.') || lex_sign_is(p, i, '/') ||
	       (lex_sign_is(p, i, ',') && !p->v[i].space && i + 1 < p->n && !p->v[i + 1].space);
}

/* 15.04.2022, 15-04-2022, 2022-04-15, 15.IV.2022, 15.04, 04.2022 */
static bool read_numeric(const struct parse *p, size_t *i, struct point *t)
{
	size_t j = *i;
	const struct lex *v = p->v + j;
	bool dashes = dash_at(p, j + 1) && dash_at(p, j + 3) && j + 4 < p->n &&
	              v[2].kind == LEX_NUMBER && v[4].kind == LEX_NUMBER && !v[1].space &&
	              !v[2].space;
	if (!lex_number_at(p, j) || j + 2 >= p->n || (!date_sep(p, j + 1) && !dashes))
		return false;
	if (dashes && v[0].digits == 4 && v[2].digits == 2 && v[4].digits == 2) {
		*t = (struct point){.grain = GRAIN_DAY,
		        .y = v[0].value,
		        .m = v[2].value,
		        .n = v[4].value,
		        .ref = REF_WRITTEN,
		        .year_at = j};
		*i = j + 5;
		return true;
	}
	if (v[0].digits > 2 || (dashes && v[4].digits != 4))
		return false;
	bool roman = v[2].kind == LEX_WORD && v[2].roman > 0 && v[2].roman <= 12;
	if (!roman && !lex_number_at(p, j + 2))
		return false;
	t->grain = GRAIN_DAY;
	t->n = v[0].value;
	t->m = roman ? v[2].roman : v[2].value;
	if (!roman && v[2].digits >= 4 && lex_sign_is(p, j + 1, '.')) {
		*t = (struct point){.grain = GRAIN_MONTH, .m = v[0].value};
		*i = j + 2;
		read_year(p, i, t, true);
		return t->ref != REF_NONE;
	}
	if (v[2].digits > 2)
		return false;
	*i = j + 3;
	size_t year = j + 3 + (date_sep(p, j + 3) || dashes);
	/* «07.02.-14.02»: the point belongs to the abbreviation */
	if (year < p->n && p->v[year].kind == LEX_NUMBER &&
	        (year > j + 3 || roman || p->v[year].digits == 4)) {
		size_t k = year;
		read_year(p, &k, t, true);
		if (t->ref != REF_NONE) {
			*i = k;
			return true;
		}
	}
	if (!roman && lex_sign_is(p, j + 1, ','))
		return false;
	*i += lex_sign_is(p, j + 3, '.');
	read_year(p, i, t, false);
	return t->ref != REF_NONE || (t->m >= 1 && t->m <= 12);
}

/* 15 апреля 2022, 15 04 2022 */
static bool read_day(const struct parse *p, size_t *i, struct point *t)
{
	size_t j = *i;
	if (!lex_number_at(p, j) || p->v[j].digits > 2)
		return false;
	t->n = p->v[j].value;
	size_t m = j + 1 + date_sep(p, j + 1);
	if (lex_is(p, m, W_DAYNUM))
		m++;
	if (month_at(p, m) > 0) {
		t->grain = GRAIN_DAY;
		t->m = month_at(p, m);
		*i = m + 1;
		read_year(p, i, t, lex_sign_is(p, j + 1, '.'));
		return true;
	}
	if (m + 1 < p->n && p->v[j].digits > 0 && p->v[j + 1].kind == LEX_NUMBER &&
	        p->v[j + 1].digits == 2 && p->v[j + 2].kind == LEX_NUMBER &&
	        p->v[j + 2].digits == 4 && p->v[j + 1].value <= 12) {
		*t = (struct point){.grain = GRAIN_DAY, .n = t->n, .m = p->v[j + 1].value};
		*i = j + 2;
		read_year(p, i, t, false);
		return true;
	}
	return false;
}

/* A month by name or by «текущего месяца», «месяца», after the part of it was read. */
static bool read_month(const struct parse *p, size_t *i, struct point *t)
{
	size_t j = *i;
	if (month_at(p, j) > 0) {
		t->m = month_at(p, j);
		j++;
		if (lex_is(p, j, W_MONTHS))
			j++;
	} else {
		bool current = lex_is(p, j, W_CURRENT), next = lex_is(p, j, W_NEXT);
		if (!lex_is(p, j + (current || next), W_MONTHS))
			return false;
		t->m = 0;
		t->month_shift = next;
		j += 1 + (current || next);
	}
	*i = j;
	read_year(p, i, t, false);
	return true;
}

static int ordinal_at(const struct parse *p, size_t i)
{
	if (i >= p->n)
		return 0;
	if (lex_is(p, i, W_LAST))
		return -1;
	if (p->v[i].kind == LEX_NUMBER && p->v[i].roman == 0)
		return p->v[i].digits <= 2 ? p->v[i].value : 0;
	if (p->v[i].roman > 0)
		return p->v[i].roman;
	return p->v[i].value > 0 ? p->v[i].value : 0;
}

/* The noun that gives a number its grain; *part: a month follows. */
static enum grain grain_of(const struct parse *p, size_t i, bool *part)
{
	*part = false;
	if (i >= p->n || p->v[i].kind != LEX_WORD)
		return GRAIN_NONE;
	switch ((int)p->v[i].word.id) {
	case W_QUARTER:
		return GRAIN_QUARTER;
	case W_HALFYEAR:
		return GRAIN_HALF_YEAR;
	case W_TERM:
		return GRAIN_TERM;
	case W_TRIMESTER:
		return GRAIN_TRIMESTER;
	case W_DECADE:
		*part = true;
		return GRAIN_DECADE;
	case W_HALF:
		*part = true;
		return GRAIN_HALF_MONTH;
	case W_WEEK:
		*part = true;
		return GRAIN_WEEK;
	default:
		return GRAIN_NONE;
	}
}

/* «II квартал 2022», «2 неделя сентября», «последняя декада месяца», «квартал 1, 2023» */
static bool read_numbered(const struct parse *p, size_t *i, struct point *t)
{
	size_t j = *i;
	bool part;
	int n = ordinal_at(p, j);
	enum grain g = grain_of(p, j + 1, &part);
	if (n == 0 || g == GRAIN_NONE) {
		g = grain_of(p, j, &part);
		n = ordinal_at(p, j + 1);
		if (g == GRAIN_NONE || part || n == 0 || j + 1 >= p->n || p->v[j + 1].digits > 1)
			return false;
	}
	t->grain = g;
	t->n = n;
	j += 2;
	if (part) {
		if (!read_month(p, &j, t))
			return false;
	} else {
		read_year(p, &j, t, false);
	}
	*i = j;
	return true;
}

/* «начало сентября», «конец мая 2023 г.», «середина месяца» */
static bool read_month_part(const struct parse *p, size_t *i, struct point *t)
{
	size_t j = *i + 1;
	int n = lex_is(p, *i, W_BEGIN) ? 1 : lex_is(p, *i, W_MIDDLE) ? 2 : 3;
	if (!lex_is(p, *i, W_BEGIN) && !lex_is(p, *i, W_MIDDLE) && !lex_is(p, *i, W_END))
		return false;
	if (school_year_words(p, j)) { /* its first or last month stands for it */
		t->m = n == 1 ? 9 : 5;
		j += 2;
		if (n == 2)
			return false;
	} else if (!read_month(p, &j, t)) {
		return false;
	}
	t->grain = GRAIN_MONTH_PART;
	t->n = n;
	*i = j;
	return true;
}

/* «2022/2023 учебный год», «учебный год 2022-2023», «текущего учебного года» */
static bool read_school_year(const struct parse *p, size_t *i, struct point *t)
{
	size_t j = *i;
	bool shift = false;
	j += (lex_is(p, j, W_NEW) || lex_is(p, j, W_NEXT)) && j + 1 < p->n &&
	     p->v[j + 1].digits == 4;
	if (j < p->n && p->v[j].kind == LEX_NUMBER && p->v[j].digits == 4) {
		size_t k = j + 1;
		int y = p->v[j].value, y2 = y + 1;
		if ((dash_at(p, k) || lex_sign_is(p, k, '/')) && lex_number_at(p, k + 1)) {
			y2 = p->v[k + 1].value;
			y2 += y2 < 100 ? 2000 : 0;
			k += 2;
		}
		k += year_word(p, k) && school_year_words(p, k + 1);
		if (!school_year_words(p, k))
			return false;
		*t = (struct point){.grain = GRAIN_SCHOOL_YEAR,
		        .y = y,
		        .y2 = y2,
		        .ref = REF_WRITTEN,
		        .year_at = j};
		*i = k + 2;
		return true;
	}
	if (lex_is(p, j, W_CURRENT) || lex_is(p, j, W_NEXT) || lex_is(p, j, W_NEW) ||
	        lex_is(p, j, W_WHOLE)) {
		shift = lex_is(p, j, W_NEXT);
		j++;
	}
	if (!school_year_words(p, j))
		return false;
	*t = (struct point){.grain = GRAIN_SCHOOL_YEAR, .ref = shift ? REF_NEXT : REF_NONE};
	j += 2;
	if (j + 2 < p->n && p->v[j].digits == 4 &&
	        (dash_at(p, j + 1) || lex_sign_is(p, j + 1, '/')) && lex_number_at(p, j + 2)) {
		t->ref = REF_WRITTEN;
		t->y = p->v[j].value;
		t->y2 = p->v[j + 2].value + (p->v[j + 2].value < 100 ? 2000 : 0);
		j += 3;
	}
	*i = j;
	return true;
}

/* «2022», «2022 год», «текущего года», «года» (after «в течение»), «календарного года» */
static bool read_whole_year(const struct parse *p, size_t *i, struct point *t)
{
	size_t j = *i;
	if (j < p->n && p->v[j].kind == LEX_NUMBER && p->v[j].digits >= 3 && p->v[j].digits <= 5) {
		int digits, y = year_digits(p, &j, &digits);
		if (digits != 4 && !year_word(p, j))
			return false;
		if (y < 1900 || y > 2199)
			return false;
		*t = (struct point){.grain = GRAIN_YEAR, .y = y, .ref = REF_WRITTEN, .year_at = *i};
		j += year_word(p, j);
		*i = j;
		return true;
	}
	t->grain = GRAIN_YEAR;
	if ((lex_is(p, j, W_CURRENT) || lex_is(p, j, W_NEXT) || lex_is(p, j, W_CALENDAR)) &&
	        year_word(p, j + 1)) {
		t->ref = lex_is(p, j, W_NEXT) ? REF_NEXT : REF_CURRENT;
		*i = j + 2;
		return true;
	}
	if (lex_is(p, j, W_WHOLE) && year_word(p, j + 1))
		j++;
	if (!year_word(p, j) || p->v[j].key.n < 6) /* not «г.» alone */
		return false;
	*i = j + 1;
	return true;
}

bool deadline_conduct_at(const struct parse *p, size_t i)
{
	return i < p->n && p->v[i].kind == LEX_WORD && str_starts(p->v[i].key, STR("проведени"));
}

/* «весь период», «срока реализации программы»; *i stands after «в течение», «на» */
static bool read_plan(const struct parse *p, size_t *i, struct point *t)
{
	size_t j = *i;
	bool whole = lex_is(p, j, W_WHOLE);
	j += whole;
	if (!lex_is(p, j, W_PERIOD) && !lex_is(p, j, W_DEADLINE))
		return false;
	j++;
	bool named = lex_is(p, j, W_IMPLEMENT) || lex_is(p, j, W_ACT);
	/* «весь период проведения работ» is the period of the works, not of the plan */
	if ((!whole && !named) || deadline_conduct_at(p, j))
		return false;
	while (lex_is(p, j, W_IMPLEMENT) || lex_is(p, j, W_SCHEDULE) || lex_is(p, j, W_ACT) ||
	        (named && j < p->n && p->v[j].kind == LEX_WORD && p->v[j].word.id == W_OTHER &&
	                p->v[j].key.n > 6))
		j++;
	t->grain = GRAIN_PLAN;
	*i = j;
	return true;
}

static bool read_season(const struct parse *p, size_t *i, struct point *t)
{
	size_t j = *i;
	if (!lex_is(p, j, W_SEASON) || lex_is(p, j + 1, W_HOLIDAYS))
		return false;
	*t = (struct point){.grain = GRAIN_SEASON, .m = p->v[j].word.value};
	j++;
	t->summer = lex_is(p, j, W_PERIOD);
	j += t->summer || lex_is(p, j, W_MONTHS);
	struct str key = p->v[*i].key;
	bool adjective =
	        str_has(key, STR("нн")) || str_has(key, STR("летн")) || str_has(key, STR("зимн"));
	if (adjective && j == *i + 1) /* «летняя кампания» */
		return false;
	read_year(p, &j, t, false);
	/* «зима 2022-2023» ends in the second year */
	if (t->ref == REF_WRITTEN && dash_at(p, j) && next_year(p, j + 1, t->y, true)) {
		t->y += t->m == 12;
		j += 2;
		j += year_word(p, j);
	}
	*i = j;
	return true;
}

/* «9 месяцев 2022 года» */
static bool read_months(const struct parse *p, size_t *i, struct point *t)
{
	size_t j = *i + 2;
	if (!lex_number_at(p, *i) || !lex_is(p, *i + 1, W_MONTHS) || p->v[*i].value > 11)
		return false;
	*t = (struct point){.grain = GRAIN_MONTHS, .n = p->v[*i].value};
	read_year(p, &j, t, false);
	if (t->n < 1 || (t->n != 9 && t->ref == REF_NONE))
		return false;
	*i = j;
	return true;
}

static bool read_point(const struct parse *p, size_t *i, struct point *t)
{
	static bool (*const readers[])(const struct parse *, size_t *, struct point *) = {
	        read_numeric, read_day, read_numbered, read_month_part, read_school_year, read_plan,
	        read_whole_year, read_season, read_months};
	size_t from = *i;
	for (size_t k = 0; k < ARRAY_LEN(readers); k++) {
		size_t j = from;
		*t = (struct point){0};
		if (readers[k](p, &j, t)) {
			t->from = from;
			t->to = j;
			*i = j;
			return true;
		}
	}
	*t = (struct point){.grain = GRAIN_MONTH};
	size_t j = from + lex_is(p, from, W_WHOLE);
	if (read_month(p, &j, t)) {
		t->from = from;
		t->to = *i = j;
		return true;
	}
	int n = ordinal_at(p, from);
	bool roman = roman_at(p, from) && p->v[from].kind == LEX_WORD;
	if (n <= 0 || (!roman && !lex_number_at(p, from)) || n > 31)
		return false;
	*t = (struct point){
	        .grain = GRAIN_NUMBER, .n = n, .roman = roman, .from = from, .to = from + 1};
	*i = from + 1;
	if (lex_sign_is(p, *i, '.') && !roman && !lex_number_at(p, *i + 1))
		++*i;
	return true;
}

/* The bare number takes its grain, month and year from the point that follows it. */
static void complete(struct point *bare, const struct point *full)
{
	int n = bare->n;
	size_t from = bare->from, to = bare->to;
	*bare = *full;
	bare->from = from;
	bare->to = to;
	if (full->grain == GRAIN_MONTH)
		bare->m = n;
	else
		bare->n = n;
}

static bool can_complete(const struct point *bare, const struct point *full)
{
	switch (full->grain) {
	case GRAIN_DAY:
	case GRAIN_DECADE:
	case GRAIN_WEEK:
	case GRAIN_HALF_MONTH:
	case GRAIN_TERM:
	case GRAIN_TRIMESTER:
	case GRAIN_QUARTER:
	case GRAIN_HALF_YEAR:
		return true;
	case GRAIN_MONTH:
		return full->m > 0 && bare->n <= 12;
	case GRAIN_NONE:
	case GRAIN_NUMBER:
	case GRAIN_MONTH_PART:
	case GRAIN_SEASON:
	case GRAIN_MONTHS:
	case GRAIN_SCHOOL_YEAR:
	case GRAIN_YEAR:
	case GRAIN_PLAN:
		return false;
	}
	return false;
}

/* «IX-X 2022»: Roman numbers before a year are months. */
static bool roman_months(const struct parse *p, size_t *i, struct term *t)
{
	size_t j = *i;
	struct point *last = t->two ? &t->b : &t->a;
	if (last->grain != GRAIN_NUMBER || !last->roman || last->n > 12)
		return false;
	struct point y = {.grain = GRAIN_MONTH, .m = last->n, .from = last->from, .to = last->to};
	read_year(p, &j, &y, false);
	if (y.ref == REF_NONE)
		return false;
	*last = y;
	*i = j;
	return true;
}

/* Second end of a span after «-», or after «по»/«до» when the first stands after «с». */
static bool read_second(const struct parse *p, size_t *i, struct term *t)
{
	size_t j = *i;
	bool word = t->bound == BOUND_FROM && (lex_is(p, j, W_PO) || lex_is(p, j, W_DO));
	/* «не ранее 3 и не позднее 14 апреля» */
	size_t k = j + lex_sign_is(p, j, ',');
	k += lex_is(p, k, W_AND) || lex_is(p, k, W_BUT);
	if (!word && t->bound == BOUND_FROM && lex_is(p, k, W_NOT) && lex_is(p, k + 1, W_LATER)) {
		word = true;
		j = k + 1;
	}
	if (!word && !dash_at(p, j))
		return false;
	j++;
	bool end = word && lex_is(p, j, W_END);
	j += end;
	if (!read_point(p, &j, &t->b))
		return false;
	t->two = true;
	*i = j;
	return true;
}

static void push_span(struct parse *p, struct term t, size_t from, size_t to)
{
	struct term *out = term_add(p, TERM_SPAN, from, to);
	t.kind = TERM_SPAN;
	t.from = from;
	t.to = to;
	*out = t;
}

/* «до конца», «до начала», «к середине» */
static void refine_bound(const struct parse *p, size_t *i, struct term *t)
{
	if (t->bound != BOUND_UNTIL && t->bound != BOUND_THROUGH)
		return;
	bool calendar =
	        *i + 1 < p->n && (school_year_words(p, *i + 1) || lex_number_at(p, *i + 1) ||
	                                 p->v[*i + 1].roman > 0 || lex_is(p, *i + 1, W_CURRENT));
	if (lex_is(p, *i, W_END) ||
	        (t->bound == BOUND_UNTIL && lex_is(p, *i, W_OUTCOME) && calendar))
		t->bound = BOUND_UNTIL_END;
	else if (lex_is(p, *i, W_BEGIN))
		t->bound = BOUND_UNTIL_START;
	else if (lex_is(p, *i, W_MIDDLE))
		t->bound = BOUND_UNTIL_MIDDLE;
	else
		return;
	++*i;
}

/* Whether a term that begins with a bare «по»/«за»/«на»/«к» may be this point. */
static bool bound_fits(const struct parse *p, const struct term *t)
{
	enum grain g = t->a.grain;
	/* «года» alone is no window without «в течение», «до конца» … */
	if (g == GRAIN_YEAR && t->a.ref == REF_NONE && t->bound == BOUND_NONE)
		return lex_is(p, t->a.from, W_WHOLE);
	if (t->bound == BOUND_AFTER)
		return g == GRAIN_DAY;
	if (t->bound == BOUND_THROUGH)
		return g != GRAIN_NUMBER;
	return true;
}

static bool is_list_sep(const struct parse *p, size_t i)
{
	return lex_sign_is(p, i, ',') || lex_is(p, i, W_AND) || lex_is(p, i, W_OR);
}

/* A list of bare numbers before the first full point: «5, 6 и 12 октября». */
static size_t read_bare_list(const struct parse *p, size_t *i, struct term *t, struct point *bare)
{
	size_t n = 0, j = *i;
	struct point next = t->a;
	while (next.grain == GRAIN_NUMBER && n < TERM_DAYS_MAX && is_list_sep(p, j)) {
		bare[n++] = next;
		j++;
		if (!read_point(p, &j, &next))
			return 0;
	}
	if (n == 0 || !can_complete(&bare[0], &next))
		return 0;
	t->a = next;
	*i = j;
	return n;
}

bool deadline_read_span(struct parse *p, size_t *i)
{
	size_t j = *i;
	struct term t = {.kind = TERM_SPAN};
	struct point bare[TERM_DAYS_MAX];
	t.bound = deadline_read_bound(p, &j);
	if (t.bound != BOUND_NONE && lex_is(p, j, W_WEEKDAY)) {
		j++;
		j += lex_sign_is(p, j, ',');
	}
	refine_bound(p, &j, &t);
	size_t before = j;
	if (t.bound != BOUND_FROM && deadline_clock(p, &j, &t.time)) {
		t.problem = t.time.n == 0 ? STR("impossible_time") : STR_NONE;
		t.bad_from = before;
		t.bad_to = j;
		j += lex_sign_is(p, j, ',');
		if (t.bound == BOUND_NONE)
			return false;
	}
	if (!read_point(p, &j, &t.a) || !bound_fits(p, &t))
		return false;
	size_t n_bare = read_bare_list(p, &j, &t, bare);
	if (read_second(p, &j, &t) && t.a.grain == GRAIN_NUMBER && can_complete(&t.a, &t.b))
		complete(&t.a, &t.b);
	if (roman_months(p, &j, &t) && t.two)
		complete(&t.a, &t.b);
	if (t.two && t.b.grain == GRAIN_NUMBER && can_complete(&t.b, &t.a))
		complete(&t.b, &t.a);
	if (t.a.grain == GRAIN_NUMBER || (t.two && t.b.grain == GRAIN_NUMBER))
		return false;
	for (size_t k = 0; k < n_bare; k++) {
		struct term one = t;
		one.a = bare[k];
		one.two = false;
		complete(&one.a, &t.a);
		push_span(p, one, *i, j);
	}
	push_span(p, t, *i, j);
	*i = j;
	return true;
}

/* ---- dates that cannot be read (deadlines.md §5) ---- */

#define BAD_DATE_TOKENS 12 /* a date has no more pieces */

static bool date_piece(const struct parse *p, size_t i)
{
	return lex_number_at(p, i) || lex_sign_is(p, i, '.') || lex_sign_is(p, i, SIGN_BLANK) ||
	       lex_sign_is(p, i, SIGN_GARBAGE) || lex_is(p, i, W_MONTH);
}

/* «15.мрт.2022»: an unknown word where the month should stand. */
static bool unreadable_month(struct parse *p, size_t *i, size_t from)
{
	size_t j = from;
	if (j + 3 >= p->n + 1 || !lex_number_at(p, j) || p->v[j].digits > 2 || p->v[j].digits == 0)
		return false;
	size_t m = j + 1 + lex_sign_is(p, j + 1, '.');
	if (m + 1 >= p->n || p->v[m].kind != LEX_WORD || p->v[m].word.id != W_OTHER ||
	        p->v[m].roman > 0 || p->v[m + 1].kind != LEX_NUMBER || p->v[m + 1].digits != 4)
		return false;
	struct term *t = term_add(p, TERM_BAD, *i, m + 2);
	t->problem = STR("unreadable");
	t->bad_from = m;
	t->bad_to = m + 1;
	t->bad_day = p->v[j].value;
	t->bad_month = month_nearest(p->v[m].key);
	t->bad_year = p->v[m + 1].value;
	*i = m + 2 + lex_is(p, m + 2, W_YEAR);
	return true;
}

/* «июиь 2022»: a word that is nearly a month, but which one? */
static bool unreadable_month_year(struct parse *p, size_t *i, size_t from)
{
	if (from + 1 >= p->n || p->v[from].kind != LEX_WORD || p->v[from].word.id != W_OTHER ||
	        p->v[from].roman > 0 || p->v[from + 1].digits != 4)
		return false;
	int month = month_nearest(p->v[from].key);
	if (month == 0)
		return false;
	struct term *t = term_add(p, TERM_BAD, *i, from + 2);
	t->problem = STR("unreadable");
	t->bad_from = from;
	t->bad_to = from + 1;
	t->bad_month = month;
	t->bad_year = p->v[from + 1].value;
	*i = from + 2 + lex_is(p, from + 2, W_YEAR);
	return true;
}

bool deadline_read_bad_date(struct parse *p, size_t *i)
{
	size_t from = *i, numbers = 0, blanks = 0, garbage = 0, doubled = 0, year = 0;
	enum bound bound = deadline_read_bound(p, &from);
	if (lex_is(p, from, W_OT))
		from++;
	if (unreadable_month(p, i, from) || unreadable_month_year(p, i, from))
		return true;
	size_t j = from;
	for (; date_piece(p, j) && j < from + BAD_DATE_TOKENS; j++) {
		numbers += p->v[j].kind == LEX_NUMBER;
		year += p->v[j].kind == LEX_NUMBER && p->v[j].digits == 4;
		blanks += lex_sign_is(p, j, SIGN_BLANK);
		garbage += lex_sign_is(p, j, SIGN_GARBAGE);
		doubled += lex_sign_is(p, j, '.') && (j == from || lex_sign_is(p, j - 1, '.'));
	}
	bool bad_garbage = garbage > 0 && year > 0 && numbers > 1;
	bool bad_blank = blanks > 0 && (bound != BOUND_NONE || j - from > 1);
	bool bad_point = doubled > 0 && year > 0 && numbers > 1;
	if (!bad_garbage && !bad_blank && !bad_point)
		return false;
	struct term *t = term_add(p, TERM_BAD, *i, j);
	t->bound = bound;
	t->problem = bad_blank     ? STR("blank")
	             : bad_garbage ? STR("unreadable")
	                           : STR("incomplete_date");
	t->bad_from = from;
	t->bad_to = j;
	if (!bad_blank && !bad_garbage && lex_sign_is(p, from, '.') && lex_number_at(p, from + 1) &&
	        lex_sign_is(p, from + 2, '.') && lex_number_at(p, from + 3)) {
		t->bad_month = p->v[from + 1].value;
		t->bad_year = p->v[from + 3].value;
	}
	*i = j + lex_is(p, j, W_YEAR);
	return true;
}

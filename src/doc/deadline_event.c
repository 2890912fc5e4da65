/* Deadlines that hang on something else: events, schedules, needs, and those without an end
 * (deadlines.md §4). */
#include "base/buf.h"
#include "doc/deadline_term.h"

struct str lex_source(const struct parse *p, size_t from, size_t to)
{
	if (from >= to || to > p->n)
		return STR_NONE;
	return str_sub(p->phrase, p->v[from].from, p->v[to - 1].to);
}

struct str lex_text(const struct parse *p, size_t from, size_t to)
{
	struct buf b;
	struct str source = lex_source(p, from, to);
	bool mended = str_find_byte(source, '\n', 0) != SIZE_MAX;
	for (size_t i = from; i < to && i < p->n; i++)
		mended = mended || (p->v[i].kind == LEX_WORD &&
		                           !str_eq(p->v[i].text, lex_source(p, i, i + 1)));
	if (!mended)
		return source;
	buf_init(&b, p->a, source.n * 2 + to - from + 1);
	for (size_t i = from; i < to && i < p->n; i++) {
		if (b.n > 0 && p->v[i].space)
			buf_byte(&b, ' ');
		buf_add(&b, p->v[i].text);
	}
	return buf_str(&b);
}

/* Tries a reader without keeping its terms; the first term is copied out. */
static bool peek(
        struct parse *p, bool (*reader)(struct parse *, size_t *), size_t i, struct term *ret)
{
	size_t n = p->terms.n, j = i;
	if (!reader(p, &j))
		return false;
	*ret = p->terms.v[n];
	ret->to = j;
	p->terms.n = n;
	return true;
}

static bool not_later(const struct parse *p, size_t i)
{
	return lex_is(p, i, W_NOT) && lex_is(p, i + 1, W_LATER);
}

/* A term that is strong enough to stand on its own begins at i. */
static bool term_begins(struct parse *p, size_t i)
{
	struct term t;
	if (lex_is(p, i, W_THEN) || lex_is(p, i, W_BUT) || lex_is(p, i, W_OPEN) || not_later(p, i))
		return true;
	if (peek(p, deadline_read_period, i, &t))
		return true;
	return peek(p, deadline_read_span, i, &t);
}

static bool adverb_of_period(const struct parse *p, size_t i)
{
	return i < p->n && p->v[i].kind == LEX_WORD && p->v[i].word.id >= W_DAILY &&
	       p->v[i].word.id <= W_HALFYEARLY && str_ends(p->v[i].key, STR("о"));
}

/* A date or a window that ends an anchor without a comma. */
static bool anchor_breaks(struct parse *p, size_t i)
{
	struct term t;
	if (adverb_of_period(p, i) || lex_is(p, i, W_THEN))
		return true;
	if ((lex_is(p, i, W_V) || lex_is(p, i, W_NA)) && lex_is(p, i + 1, W_FLOW))
		return peek(p, deadline_read_span, i, &t);
	if (lex_is(p, i, W_DO) || not_later(p, i) ||
	        (lex_is(p, i, W_V) && lex_is(p, i + 1, W_DEADLINE)))
		return peek(p, deadline_read_span, i, &t) &&
		       (t.a.grain == GRAIN_DAY || t.a.grain == GRAIN_YEAR);
	/* «с даты подписания по 31.12.2022» */
	if (lex_is(p, i, W_PO) && lex_number_at(p, i + 1))
		return peek(p, deadline_read_span, i, &t) && t.a.grain == GRAIN_DAY;
	bool named = lex_is(p, i, W_MONTH) || (i < p->n && p->v[i].kind == LEX_NUMBER);
	if (!named || lex_sign_is(p, i - 1, '.') || lex_is(p, i - 1, W_OT) ||
	        lex_is(p, i - 1, W_NA) || !peek(p, deadline_read_span, i, &t))
		return false;
	const struct point *last = t.two ? &t.b : &t.a;
	return last->grain == GRAIN_DAY || (last->grain == GRAIN_MONTH && (t.two || last->y > 0));
}

/* After a line break the words may simply go on: «до начала» «учебного года». */
static bool line_begins_term(struct parse *p, size_t i)
{
	struct term t;
	if (!term_begins(p, i))
		return false;
	return !peek(p, deadline_read_span, i, &t) || t.a.grain < GRAIN_SCHOOL_YEAR ||
	       t.a.ref == REF_WRITTEN;
}

/* The anchor runs from i to the first place where another term begins; *i moves there. */
static struct str read_anchor(struct parse *p, size_t *i)
{
	size_t from = *i, j = *i, depth = 0;
	for (; j < p->n; j++) {
		bool open = lex_sign_is(p, j, '('), comma = lex_sign_is(p, j, ',');
		if (lex_sign_is(p, j, ';') || (lex_sign_is(p, j, ')') && depth == 0))
			break;
		if (j > from && p->v[j].line && line_begins_term(p, j))
			break;
		if ((comma || open) && term_begins(p, j + 1))
			break;
		if (lex_is(p, j, W_BUT) && not_later(p, j + 1))
			break;
		if (j > from && anchor_breaks(p, j))
			break;
		depth += open;
		depth -= lex_sign_is(p, j, ')') && depth > 0;
	}
	*i = j;
	while (j > from && (p->v[j - 1].kind == LEX_SIGN && p->v[j - 1].sign != ')'))
		j--;
	return lex_text(p, from, j);
}

/* «подписания приказа», «вступления в силу настоящего постановления»: this document itself. */
static bool is_document(const struct parse *p, size_t from, size_t to)
{
	bool verb = false, this = false, other = false;
	for (size_t i = from; i < to; i++) {
		if (p->v[i].kind == LEX_SIGN)
			continue;
		int id = p->v[i].kind == LEX_WORD ? (int)p->v[i].word.id : W_OTHER;
		bool order = id == W_ACT || id == W_FORCE || id == W_V || id == W_ORDER;
		verb = verb || id == W_SIGNING;
		this = this || id == W_THIS;
		other = other || (id != W_SIGNING && id != W_THIS && !order);
	}
	return verb && (!other || (this && to - from <= 4));
}

/* «начала учебного года» = 1, «окончания учебного года» = 2 */
static int school_edge(const struct parse *p, size_t from, size_t to)
{
	size_t i = from + 1;
	bool begin = lex_is(p, from, W_BEGIN);
	if (!begin && !lex_is(p, from, W_END) && !lex_is(p, from, W_OUTCOME))
		return 0;
	i += lex_is(p, i, W_NEW) || lex_is(p, i, W_NEXT) || lex_is(p, i, W_CURRENT);
	if (!lex_is(p, i, W_SCHOOL) || !lex_is(p, i + 1, W_YEAR) || i + 2 < to)
		return 0;
	return begin ? 1 : 2;
}

static void set_anchor(struct parse *p, size_t *i, struct term *t)
{
	size_t from = *i;
	t->anchor = read_anchor(p, i);
	size_t to = *i;
	while (to > from && p->v[to - 1].kind == LEX_SIGN)
		to--;
	t->school_edge = school_edge(p, from, to);
	if (t->anchor.n == 0 || is_document(p, from, to)) {
		t->at_document = true;
		t->anchor = STR("@document");
	}
}

/* «10 рабочих дней», «трёх месяцев», «месяца», «суток» */
static bool read_distance(const struct parse *p, size_t *i, struct term *t)
{
	size_t j = *i;
	bool counted = lex_number_at(p, j) && !(p->v[j].kind == LEX_NUMBER && p->v[j].digits > 3);
	t->amount = 1;
	if (counted)
		t->amount = p->v[j++].value;
	if (counted && lex_sign_is(p, j, '-') && lex_number_at(p, j + 1)) { /* «3-5 дней» */
		t->amount = p->v[j + 1].value;
		j += 2;
	}
	if (counted && p->v[*i].ordinal && p->v[*i].digits == 0)
		return false;
	bool working = lex_is(p, j, W_WORKING);
	j += working || lex_is(p, j, W_CALENDAR) || lex_is(p, j, W_SCHOOL);
	if (j >= p->n || p->v[j].kind != LEX_WORD)
		return false;
	switch ((int)p->v[j].word.id) {
	case W_HOUR:
		t->unit = UNIT_HOUR;
		break;
	case W_DAY:
	case W_DAYNIGHT:
		t->unit = working ? UNIT_WORKDAY : UNIT_DAY;
		break;
	case W_WEEK:
		t->unit = UNIT_WEEK;
		break;
	case W_MONTHS:
		t->unit = UNIT_MONTH;
		break;
	case W_YEAR:
		if (!counted)
			return false;
		t->unit = UNIT_YEAR;
		break;
	case W_HALFYEAR:
		if (counted)
			return false;
		t->unit = UNIT_MONTH;
		t->amount = 6;
		break;
	default:
		return false;
	}
	t->measured = true;
	*i = j + 1;
	return true;
}

/* «с момента», «со дня», «с даты», «после», «по окончании»: *i moves behind it. */
static bool anchor_preposition(const struct parse *p, size_t *i)
{
	size_t j = *i;
	j += lex_sign_is(p, j, ',');
	if (lex_is(p, j, W_S) || lex_is(p, j, W_OT)) {
		j++;
		j += lex_is(p, j, W_THIS);
		j += lex_is(p, j, W_MOMENT) || lex_is(p, j, W_DAY) || lex_is(p, j, W_DATE_WORD);
	} else if (lex_is(p, j, W_AFTER)) {
		j++;
		j += lex_is(p, j, W_DAY) && j + 1 < p->n && str_eq_z(p->v[j].key, "дня");
	} else if (lex_is(p, j, W_PO)) {
		j++;
		j += lex_is(p, j, W_OUTCOME);
	} else if (lex_is(p, j, W_NEXT) && lex_is(p, j + 1, W_ZA)) {
		j += 2;
		j += lex_is(p, j, W_DAY);
	} else {
		return false;
	}
	if (j >= p->n)
		return false;
	*i = j;
	return true;
}

static bool exceeds(const struct parse *p, size_t i)
{
	return i < p->n && p->v[i].kind == LEX_WORD && str_starts(p->v[i].key, STR("превыша"));
}

/* «в течение …», «не позднее чем через …»: what leads to a distance. */
static bool distance_lead(const struct parse *p, size_t *i)
{
	size_t j = *i;
	if (lex_is(p, j, W_V) && lex_is(p, j + 1, W_DEADLINE)) {
		j += 2;
		j += lex_is(p, j, W_DO);
		size_t k = j + lex_sign_is(p, j, ',');
		if (lex_is(p, k, W_NOT) && (exceeds(p, k + 1) || lex_is(p, k + 1, W_MORE)))
			j = k; /* «в срок, не превышающий 5 дней» */
	}
	if (lex_is(p, j, W_NOT) && exceeds(p, j + 1))
		j += 2;
	if (lex_is(p, j, W_NOT) && (lex_is(p, j + 1, W_LATER) || lex_is(p, j + 1, W_MORE))) {
		j += 2;
		j += lex_sign_is(p, j, ',');
		j += lex_is(p, j, W_THAN);
	}
	if ((lex_is(p, j, W_V) || lex_is(p, j, W_NA)) && lex_is(p, j + 1, W_FLOW))
		j += 2;
	else if (lex_is(p, j, W_FLOW) || lex_is(p, j, W_THROUGH))
		j++;
	else if (lex_is(p, j, W_PO) && lex_is(p, j + 1, W_OUTCOME) &&
	         str_starts(p->v[j + 1].key, STR("истеч")))
		j += 2;
	bool any = j > *i;
	*i = j;
	return any;
}

/* «в течение 3 рабочих дней со дня …», «не позднее чем за неделю до …», «10 дней после …» */
static bool read_measured(struct parse *p, size_t *i, struct term *t)
{
	size_t j = *i;
	bool lead = distance_lead(p, &j);
	t->direction = '+';
	if (lex_is(p, j, W_ZA) || (lex_is(p, j, W_NOT) && lex_is(p, j + 1, W_LESS))) {
		j += lex_is(p, j, W_NOT) ? 2 : 0;
		j += lex_is(p, j, W_THAN);
		j += lex_is(p, j, W_ZA);
		if (!read_distance(p, &j, t) || !lex_is(p, j, W_DO))
			return false;
		j++;
		t->direction = '-';
		set_anchor(p, &j, t);
		*i = j;
		return true;
	}
	if (!read_distance(p, &j, t))
		return false;
	/* «не позднее трёх дней до начала …» */
	bool before = lead && not_later(p, *i) && j + 1 < p->n && p->v[j + 1].kind == LEX_WORD &&
	              !lex_is(p, j + 1, W_MONTH);
	if (lex_is(p, j, W_DO) && (!lead || before)) {
		j++;
		t->direction = '-';
		set_anchor(p, &j, t);
		*i = j;
		return true;
	}
	if (anchor_preposition(p, &j))
		set_anchor(p, &j, t);
	else if (!lead && (*i > 0 || j < p->n)) /* «10 дней» and nothing else */
		return false;
	if (t->anchor.n == 0) {
		t->anchor = STR("@document");
		t->at_document = true;
	}
	*i = j;
	return true;
}

/* «в 10-дневный срок», «в трёхмесячный срок», «в недельный срок» */
static bool read_adjective(struct parse *p, size_t *i, struct term *t)
{
	static const struct {
		enum word_id id;
		enum unit unit;
	} units[] = {{W_ADJ_DAY, UNIT_DAY}, {W_ADJ_DAYNIGHT, UNIT_DAY}, {W_ADJ_WEEK, UNIT_WEEK},
	        {W_ADJ_MONTH, UNIT_MONTH}, {W_ADJ_YEAR, UNIT_YEAR}, {W_ADJ_HOUR, UNIT_HOUR},
	        {W_DAY, UNIT_DAY}, {W_MONTHS, UNIT_MONTH}, {W_WORKING, UNIT_WORKDAY}};
	size_t j = *i;
	if (!lex_is(p, j, W_V))
		return false;
	j++;
	t->amount = 1;
	bool counted = lex_number_at(p, j);
	if (counted)
		t->amount = p->v[j++].value;
	j += lex_sign_is(p, j, '-');
	bool working = lex_is(p, j, W_WORKING);
	j += working && !lex_is(p, j + 1, W_DEADLINE);
	for (size_t k = 0; k < ARRAY_LEN(units); k++) {
		if (lex_is(p, j, units[k].id) &&
		        (counted || units[k].id < W_DAY || units[k].id > W_WORKING))
			t->unit = working ? UNIT_WORKDAY : units[k].unit;
	}
	if (t->unit == UNIT_NONE || !lex_is(p, j + 1, W_DEADLINE))
		return false;
	j += 2;
	t->measured = true;
	t->direction = '+';
	if (anchor_preposition(p, &j))
		set_anchor(p, &j, t);
	if (t->anchor.n == 0) {
		t->anchor = STR("@document");
		t->at_document = true;
	}
	*i = j;
	return true;
}

/* «на следующий день после …», «накануне …», «в день …», «незамедлительно (после …)» */
static bool read_nearby(struct parse *p, size_t *i, struct term *t)
{
	size_t j = *i;
	t->direction = '+';
	t->unit = UNIT_DAY;
	t->amount = 0;
	size_t next = j + (not_later(p, j) ? 2 : 1);
	if ((lex_is(p, j, W_NA) || lex_is(p, j, W_V) || not_later(p, j)) &&
	        lex_is(p, next, W_NEXT)) {
		bool working = lex_is(p, next + 1, W_WORKING);
		j = next + 1 + working;
		if (!lex_is(p, j, W_DAY))
			return false;
		j++;
		t->amount = 1;
		t->unit = working ? UNIT_WORKDAY : UNIT_DAY;
		(void)(anchor_preposition(p, &j) || (lex_is(p, j, W_ZA) && j++));
		set_anchor(p, &j, t);
	} else if (lex_is(p, j, W_EVE)) {
		j++;
		t->amount = 1;
		t->direction = '-';
		set_anchor(p, &j, t);
	} else if (lex_is(p, j, W_V) && lex_is(p, j + 1, W_DAY) && j + 2 < p->n &&
	           str_eq_z(p->v[j + 1].key, "день") && p->v[j + 2].kind == LEX_WORD) {
		j += 2;
		set_anchor(p, &j, t);
	} else if (lex_is(p, j, W_NOW)) {
		j++;
		j += lex_is(p, j, W_SAME);
		j += lex_sign_is(p, j, ',');
		if (anchor_preposition(p, &j)) {
			set_anchor(p, &j, t);
		} else {
			t->anchor = STR("@document");
			t->at_document = true;
		}
	} else {
		return false;
	}
	*i = j;
	return true;
}

/* «(не позднее 1 месяца)», «, не позднее 5 дней» behind an event without a distance. */
static void read_later_distance(const struct parse *p, size_t *i, struct term *t)
{
	size_t j = *i;
	struct term d = {0};
	bool bracket = lex_sign_is(p, j, '(');
	j += bracket || lex_sign_is(p, j, ',');
	j += lex_is(p, j, W_BUT);
	size_t lead = j;
	if (!distance_lead(p, &j) || j == lead || !read_distance(p, &j, &d))
		return;
	t->amount = d.amount;
	t->unit = d.unit;
	t->measured = true;
	*i = j + (bracket && lex_sign_is(p, j, ')'));
}

static bool noun_of_action(const struct parse *p, size_t i)
{
	return i < p->n && p->v[i].kind == LEX_WORD && str_ends(p->v[i].key, STR("нии")) &&
	       !lex_is(p, i, W_REQUEST);
}

/* «после X», «по итогам X», «по получении», «с момента X», «до начала X», «перед X» */
static bool read_plain_event(struct parse *p, size_t *i, struct term *t)
{
	size_t j = *i;
	t->direction = '+';
	t->unit = UNIT_DAY;
	if (lex_is(p, j, W_AFTER) || (lex_is(p, j, W_PO) && lex_is(p, j + 1, W_OUTCOME))) {
		j += lex_is(p, j, W_PO) ? 2 : 1;
		if (j >= p->n)
			return false;
		set_anchor(p, &j, t);
	} else if (lex_is(p, j, W_PO) && noun_of_action(p, j + 1)) {
		j++;
		set_anchor(p, &j, t);
	} else if (lex_is(p, j, W_DO) || lex_is(p, j, W_BEFORE)) {
		j++;
		if (j >= p->n || p->v[j].kind != LEX_WORD || lex_is(p, j, W_WEEKDAY))
			return false;
		t->direction = '-';
		set_anchor(p, &j, t);
	} else {
		return false;
	}
	if (t->direction == '+')
		read_later_distance(p, &j, t);
	*i = j;
	return true;
}

/* «с момента издания приказа (до D)»: open from the document's date, or a span. */
static bool read_since(struct parse *p, size_t *i)
{
	size_t j = *i;
	struct term t = {.kind = TERM_EVENT, .direction = '+', .unit = UNIT_DAY};
	j += lex_is(p, j, W_FROM_HERE);
	if (!lex_is(p, j, W_S) || (!lex_is(p, j + 1, W_MOMENT) && !lex_is(p, j + 1, W_DAY) &&
	                                  !lex_is(p, j + 1, W_DATE_WORD)))
		return false;
	(void)anchor_preposition(p, &j);
	set_anchor(p, &j, &t);
	if (t.at_document) {
		struct term until;
		if ((lex_is(p, j, W_DO) || lex_is(p, j, W_PO) || not_later(p, j)) &&
		        peek(p, deadline_read_span, j, &until)) {
			(void)deadline_read_span(p, &j);
			p->terms.v[p->terms.n - 1].from_document = true;
			*i = j;
			return true;
		}
		t.kind = TERM_OPEN;
		t.since_document = true;
	}
	t.from = *i;
	t.to = j;
	*term_add(p, t.kind, *i, j) = t;
	*i = j;
	return true;
}

/* «по итогам каждой четверти»: the end of each period, so a recurrence. */
static bool read_each(struct parse *p, size_t *i)
{
	size_t j = *i + 2;
	if (!lex_is(p, *i, W_PO) || !lex_is(p, *i + 1, W_OUTCOME) || !lex_is(p, j, W_EVERY) ||
	        !deadline_read_period(p, &j))
		return false;
	struct term *t = &p->terms.v[p->terms.n - 1];
	if (t->period.weekdays != 0 || (j < p->n && p->v[j].kind == LEX_WORD && !p->v[j].line)) {
		p->terms.n--;
		return false;
	}
	t->from = *i;
	*i = j;
	return true;
}

bool deadline_read_event(struct parse *p, size_t *i)
{
	static bool (*const readers[])(struct parse *, size_t *, struct term *) = {
	        read_measured, read_adjective, read_nearby};
	struct term t, span;
	if (read_since(p, i) || read_each(p, i))
		return true;
	for (size_t k = 0; k < ARRAY_LEN(readers) + 1; k++) {
		size_t j = *i;
		t = (struct term){.kind = TERM_EVENT};
		bool last = k == ARRAY_LEN(readers);
		if (last && peek(p, deadline_read_span, *i, &span))
			return false; /* «до 15 мая», «после 1 июня» are dates */
		if (!(last ? read_plain_event : readers[k])(p, &j, &t))
			continue;
		t.from = *i;
		t.to = j;
		*term_add(p, TERM_EVENT, *i, j) = t;
		*i = j;
		return true;
	}
	return false;
}

/* ---- schedules and needs ---- */

/* What «по …» leads to: looks at the next words for a telling one. */
static enum term_kind kind_after_po(const struct parse *p, size_t i)
{
	for (size_t j = i; j < i + 3 && j < p->n && p->v[j].kind == LEX_WORD; j++) {
		enum word_id id = p->v[j].word.id;
		if (id == W_REQUEST || id == W_NEED || id == W_EXTENT || id == W_FACT ||
		        id == W_PRESENCE)
			return TERM_NEED;
		if (id == W_SCHEDULE || id == W_ORDER || id == W_DEADLINE || id == W_ACT)
			return TERM_SCHEDULE;
	}
	return i < p->n && p->v[i].kind == LEX_WORD ? TERM_SCHEDULE : TERM_THEN;
}

/* Where the words of the condition begin, and its kind; TERM_THEN when there is none. */
static enum term_kind condition_head(const struct parse *p, size_t *i)
{
	size_t j = *i;
	enum term_kind kind = TERM_SCHEDULE;
	if (lex_is(p, j, W_PO)) {
		kind = kind_after_po(p, j + 1);
		j++;
		j += (lex_is(p, j, W_EXTENT) || lex_is(p, j, W_FACT)) && j + 1 < p->n;
	} else if (lex_is(p, j, W_AT)) {
		kind = TERM_NEED;
		j++;
	} else if (lex_is(p, j, W_V) && lex_is(p, j + 1, W_CASE)) {
		kind = TERM_NEED;
		j += 2;
	} else if (lex_is(p, j, W_ACCORDING) ||
	           (lex_is(p, j, W_V) && lex_is(p, j + 1, W_ACCORDING))) {
		j += lex_is(p, j, W_V) ? 2 : 1;
		j += lex_is(p, j, W_S);
	} else if (lex_is(p, j, W_V) && lex_is(p, j + 1, W_LED)) {
		j++;
	} else if (lex_is(p, j, W_V) &&
	           (lex_is(p, j + 1, W_DEADLINE) || lex_is(p, j + 1, W_PERIOD) ||
	                   lex_is(p, j + 1, W_DURING) || lex_is(p, j + 1, W_DAY))) {
		j += 2;
		j += lex_sign_is(p, j, ',');
	} else if ((lex_is(p, j, W_V) || lex_is(p, j, W_NA)) &&
	           (lex_is(p, j + 1, W_HOLIDAYS) || lex_is(p, j + 2, W_HOLIDAYS))) {
		j++;
	} else if (lex_is(p, j, W_HOLIDAYS) ||
	           (lex_is(p, j, W_SEASON) && lex_is(p, j + 1, W_HOLIDAYS))) {
		kind = TERM_SCHEDULE;
	} else if ((lex_is(p, j, W_NA) ||
	                   (lex_is(p, j, W_WHOLE) && deadline_conduct_at(p, j + 2))) &&
	           lex_is(p, j + 1, W_PERIOD)) {
		j += 2;
	} else if (lex_is(p, j, W_SCHEDULE) && j == 0) {
		kind = TERM_SCHEDULE; /* «согласно» lost: «план-график …» */
	} else {
		return TERM_THEN;
	}
	*i = j;
	return kind;
}

bool deadline_read_condition(struct parse *p, size_t *i)
{
	size_t j = *i;
	if (lex_is(p, j, W_UNPLANNED)) {
		term_add(p, TERM_NEED, j, j + 1);
		*i = j + 1;
		return true;
	}
	/* «дата уточняется», «срок будет определён дополнительно» */
	if (lex_is(p, j, W_SPECIFIED) ||
	        ((lex_is(p, j, W_DATE_WORD) || lex_is(p, j, W_DEADLINE)) &&
	                (lex_is(p, j + 1, W_SPECIFIED) || lex_is(p, j + 2, W_SPECIFIED)))) {
		while (j < p->n && p->v[j].kind == LEX_WORD)
			j++;
		struct term *t = term_add(p, TERM_SCHEDULE, *i, j);
		t->vague = true;
		t->anchor = lex_text(p, *i, j);
		*i = j;
		return true;
	}
	enum term_kind kind = condition_head(p, &j);
	if (kind == TERM_THEN || j >= p->n)
		return false;
	struct str anchor = read_anchor(p, &j);
	struct term *t = term_add(p, kind, *i, j);
	t->anchor = anchor;
	*i = j;
	return anchor.n > 0;
}

bool deadline_read_open(struct parse *p, size_t *i)
{
	size_t j = *i;
	bool vague = false;
	j += lex_is(p, j, W_V) || lex_is(p, j, W_NA);
	if (lex_is(p, j, W_OPEN) && j == *i) {
		j++;
	} else if (lex_is(p, j, W_CONSTANT)) {
		j++;
		j += lex_is(p, j, W_BASIS) || lex_is(p, j, W_MODE);
	} else if (lex_is(p, j, W_SHORTEST) || lex_is(p, j, W_OPERATIVE)) {
		vague = true;
		j++;
		j += lex_is(p, j, W_DEADLINE) || lex_is(p, j, W_ORDERLY) || lex_is(p, j, W_MODE) ||
		     lex_is(p, j, W_DURING);
	} else {
		return false;
	}
	term_add(p, TERM_OPEN, *i, j)->vague = vague;
	*i = j;
	return true;
}

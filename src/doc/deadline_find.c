/* Deadline phrases inside the sentences of orders: precise rather than greedy. A date counts only
 * with a word that makes it a deadline; dates of letters, periods reported on and horizons of
 * programmes («стратегия до 2030 года») are left alone (deadlines.md §8). */
#include "base/limits.h"
#include "doc/deadline_term.h"
#include "text/fold.h"

#define ANCHOR_WORDS 10 /* of an event in running text; the sentence goes on behind it */

static bool infinitive(const struct lex *l)
{
	static const struct str endings[] = {
	        STR_INIT("ть"), STR_INIT("ться"), STR_INIT("ти"), STR_INIT("тись")};
	if (l->kind != LEX_WORD || l->word.id != W_OTHER || l->key.n < 8)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		if (str_ends(l->key, endings[i]) && !str_ends(l->key, STR("ости")))
			return true;
	}
	return false;
}

/* Where an event's anchor ends in a sentence. */
static size_t anchor_stop(const struct parse *p, size_t from, size_t to)
{
	for (size_t i = from + 1; i < to; i++) {
		if (p->v[i].kind == LEX_SIGN || infinitive(&p->v[i]) || i - from > ANCHOR_WORDS)
			return i;
	}
	return to;
}

static bool accept_span(const struct parse *p, const struct term *t)
{
	const struct point *last = t->two ? &t->b : &t->a;
	if (t->from > 0 && (lex_is(p, t->from - 1, W_OT) || lex_is(p, t->from - 1, W_ZA)))
		return false;
	if (t->from > 1 && lex_is(p, t->from - 1, W_PERIOD) && lex_is(p, t->from - 2, W_ZA))
		return false;
	if (t->two)
		return t->bound == BOUND_FROM && t->a.grain == GRAIN_DAY && last->m > 0;
	if (t->bound < BOUND_UNTIL || t->bound > BOUND_UNTIL_MIDDLE || t->bound == BOUND_THROUGH)
		return false;
	if (t->bound == BOUND_UNTIL)
		return last->grain == GRAIN_DAY ||
		       (last->grain == GRAIN_MONTH && last->ref != REF_NONE);
	return last->grain != GRAIN_PLAN;
}

/* Whether the term at hand is a deadline in a sentence; its end may be drawn in. */
static bool accept(const struct parse *p, struct term *t)
{
	switch (t->kind) {
	case TERM_SPAN:
		return accept_span(p, t);
	case TERM_DAYS:
		return t->bound == BOUND_UNTIL || t->day_of != DAY_OF_ANY;
	case TERM_PERIOD:
		/* «ежегодный отчёт» is a name */
		return p->v[t->from].kind != LEX_WORD || p->v[t->from].word.id < W_DAILY ||
		       p->v[t->from].word.id > W_HALFYEARLY ||
		       str_ends(p->v[t->from].key, STR("о"));
	case TERM_EVENT:
		t->to = anchor_stop(p, t->from, t->to);
		return t->measured;
	case TERM_BAD:
		return t->bound == BOUND_UNTIL;
	case TERM_WEEKDAY:
	case TERM_SCHEDULE:
	case TERM_NEED:
	case TERM_OPEN:
	case TERM_THEN:
	case TERM_TIME:
		break;
	}
	return false;
}

static bool read_any(struct parse *p, size_t i, struct term *ret)
{
	static bool (*const readers[])(struct parse *, size_t *) = {deadline_read_bad_date,
	        deadline_read_days, deadline_read_period, deadline_read_event, deadline_read_span};
	for (size_t k = 0; k < ARRAY_LEN(readers); k++) {
		size_t j = i;
		p->terms.n = 0;
		if (!readers[k](p, &j))
			continue;
		*ret = p->terms.v[p->terms.n - 1];
		ret->from = i;
		ret->to = j;
		if (accept(p, ret))
			return true;
	}
	return false;
}

/* «до 15 января и 15 июня»: a further day of the same preposition. */
static bool further_day(struct parse *p, size_t i, struct term *t)
{
	size_t j = i;
	p->terms.n = 0;
	if (!deadline_read_span(p, &j))
		return false;
	*t = p->terms.v[0];
	t->to = j;
	return t->bound == BOUND_NONE && t->a.grain == GRAIN_DAY;
}

/* The end of the phrase that begins at i: terms in a row, with commas, «и», «далее» between. */
static size_t phrase_end(struct parse *p, const struct term *first)
{
	size_t end = first->to;
	bool until = first->kind == TERM_SPAN && first->bound == BOUND_UNTIL;
	for (;;) {
		size_t i = end;
		struct term next;
		i += lex_sign_is(p, i, ',') || lex_sign_is(p, i, '(');
		i += lex_is(p, i, W_AND) || lex_is(p, i, W_BUT) || lex_is(p, i, W_THEN);
		i += lex_sign_is(p, i, '-');
		if (i > end && lex_is(p, i - 1, W_THEN) && lex_is(p, i, W_OPEN)) {
			end = i + 1;
			continue;
		}
		if (lex_is(p, i, W_THEN) && lex_is(p, i + 1, W_OPEN)) {
			end = i + 2;
			continue;
		}
		if (read_any(p, i, &next) || (until && i > end && further_day(p, i, &next))) {
			end = next.to;
			continue;
		}
		return end;
	}
}

/* «в срок» before «до» that the reader did not take. */
static size_t phrase_start(const struct parse *p, size_t from)
{
	if (from >= 2 && lex_is(p, from - 1, W_DEADLINE) && lex_is(p, from - 2, W_V))
		return from - 2;
	return from;
}

typedef VEC(struct str) found_list;

/* «1.2» numbers a clause; «01.02» may be a date. */
static bool clause_number(const struct parse *p, const struct term *t)
{
	return t->kind == TERM_SPAN && p->v[t->from].kind == LEX_NUMBER &&
	       t->a.grain == GRAIN_DAY && t->a.ref == REF_NONE && t->from + 2 < p->n &&
	       p->v[t->from + 2].digits == 1;
}

/* A table cell or a line that is nothing but a deadline («сентябрь», «по мере поступления»). */
static bool whole_cell(struct parse *p)
{
	size_t covered = 0, words = 0;
	p->terms.n = 0;
	if (p->n == 0 || p->n > 24 || lex_is(p, 0, W_SCHEDULE))
		return false;
	deadline_read_terms(p);
	for (size_t i = 0; i < p->terms.n; i++) {
		const struct term *t = &p->terms.v[i];
		bool loose = t->kind == TERM_SCHEDULE || t->kind == TERM_NEED ||
		             (t->kind == TERM_EVENT && !t->measured);
		if (clause_number(p, t) || (loose && p->n > 8))
			return false;
		for (size_t k = t->from; k < t->to; k++) {
			if (infinitive(&p->v[k]))
				return false;
			covered += p->v[k].kind != LEX_SIGN;
		}
		/* terms of one list share their tokens */
		while (i + 1 < p->terms.n && p->terms.v[i + 1].from == t->from)
			i++;
	}
	for (size_t k = 0; k < p->n; k++)
		words += p->v[k].kind != LEX_SIGN && !lex_is(p, k, W_AND);
	return covered > 0 && covered >= words;
}

static void find_in(struct arena *a, struct str text, found_list *out)
{
	struct deadline_env env = {0};
	struct parse p = {.a = a, .phrase = text, .env = &env};
	struct lexes lexes = deadline_lex(a, text);
	p.v = lexes.v;
	p.n = lexes.n;
	if (whole_cell(&p)) {
		*vec_push(a, out) = lex_source(&p, 0, p.n);
		return;
	}
	for (size_t i = 0; i < p.n && out->n < LIMIT_DEADLINE_ITEMS;) {
		struct term t;
		if (p.v[i].kind == LEX_SIGN || !read_any(&p, i, &t)) {
			i++;
			continue;
		}
		size_t end = phrase_end(&p, &t);
		*vec_push(a, out) = lex_source(&p, phrase_start(&p, i), end);
		i = end > i ? end : i + 1;
	}
}

/* Length of the first sentence: up to a point before a capital letter, a line break, or the most
 * a phrase may have. */
static size_t sentence(struct str s)
{
	size_t blank = 0;
	bool stop = false;
	for (size_t i = 0; i < s.n;) {
		size_t at = i;
		uint32_t cp = utf8_next(s, &i);
		if (at >= LIMIT_DEADLINE_TEXT)
			return blank > 0 ? blank : at;
		if (stop && cp_letter(cp) && cp != cp_lower(cp))
			return at;
		if (cp == '.' || cp == ';' || cp == '!' || cp == '?')
			stop = true;
		else if (!cp_space(cp))
			stop = false;
		if (cp_space(cp))
			blank = i;
	}
	return s.n;
}

size_t deadline_find(struct arena *a, struct str text, struct str **ret)
{
	found_list out = {0};
	while (text.n > 0 && out.n < LIMIT_DEADLINE_ITEMS) {
		size_t n = sentence(text);
		find_in(a, str_sub(text, 0, n), &out);
		text = str_skip(text, n);
	}
	*ret = out.v;
	return out.n;
}

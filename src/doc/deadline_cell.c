/* A table cell or a line that is nothing but a deadline: then all of it is the phrase. */
#include "doc/deadline_cell.h"

#include "doc/deadline_term.h"

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

/* «1.2» numbers a clause; «01.02» may be a date. */
static bool clause_number(const struct parse *p, const struct term *t)
{
	return t->kind == TERM_SPAN && p->v[t->from].kind == LEX_NUMBER &&
	       t->a.grain == GRAIN_DAY && t->a.ref == REF_NONE && t->from + 2 < p->n &&
	       p->v[t->from + 2].digits == 1;
}

/* What is said loosely («по графику», «после …») is a deadline only when the cell opens with it. */
static bool opens_loosely(const struct parse *p)
{
	static const char *const words[] = {"по", "согласно", "в", "во", "после", "при", "до", "за",
	        "перед", "к", "на", "с", "дата", "период", NULL};
	for (const char *const *w = words; *w != NULL; w++)
		if (str_eq_z(p->v[0].key, *w))
			return true;
	return false;
}

/* A table cell or a line that is nothing but a deadline («сентябрь», «по мере поступления»). */
static bool whole(struct parse *p)
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
		if (clause_number(p, t) || (loose && (p->n > 8 || !opens_loosely(p))))
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

bool deadline_whole_cell(struct arena *a, struct str text, struct str *ret)
{
	struct deadline_env env = {0};
	struct parse p = {.a = a, .phrase = text, .env = &env};
	struct lexes lexes = deadline_lex(a, text);
	p.v = lexes.v;
	p.n = lexes.n;
	if (!whole(&p))
		return false;
	*ret = lex_source(&p, 0, p.n);
	return true;
}

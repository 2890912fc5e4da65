#include "core/search/question.h"

#include "text/fold.h"
#include "text/stem.h"
#include "text/token.h"

/* A quoted stretch begins at i: its end (the closing mark or the end of the text). */
static size_t quote_end(struct str s, size_t i)
{
	while (i < s.n) {
		size_t next = i;
		uint32_t cp = utf8_next(s, &next);
		if (cp_quote(cp) && cp != '\'' && cp != 0x2019)
			return i;
		i = next;
	}
	return s.n;
}

static bool quote_at(struct str s, size_t i, size_t *ret_next)
{
	*ret_next = i;
	uint32_t cp = utf8_next(s, ret_next);
	return cp_quote(cp) && cp != '\'' && cp != 0x2019;
}

static size_t known(const struct question *q, struct str key)
{
	for (size_t i = 0; i < q->n; i++)
		if (str_eq(q->word[i].key, key))
			return i;
	return q->n;
}

/* The words of a stretch; *ret_mask: which they are. */
static enum ec add_words(struct arena *a, struct stemmer *st, struct question *q, struct str text,
        uint32_t *ret_mask, struct err *e)
{
	struct str rest = text_key(a, text), key;
	*ret_mask = 0;
	while (str_next(&rest, ' ', &key)) {
		if (key.n == 0)
			continue;
		size_t at = known(q, key);
		if (at == LIMIT_SEARCH_WORDS)
			return err_set(e, EC_INPUT, "в запросе больше %d слов: сократите его",
			        LIMIT_SEARCH_WORDS);
		if (at == q->n)
			q->word[q->n++] =
			        (struct question_word){key, key, text_stem(st, a, key), false};
		*ret_mask |= 1u << at;
	}
	return EC_OK;
}

static enum ec read(
        struct arena *a, struct stemmer *st, struct str s, struct question *q, struct err *e)
{
	size_t from = 0, next = 0;
	uint32_t mask;
	for (size_t i = 0; i < s.n; i = next) {
		if (!quote_at(s, i, &next))
			continue;
		size_t end = quote_end(s, next);
		TRY(add_words(a, st, q, str_sub(s, from, i), &mask, e));
		struct str phrase = text_key(a, str_sub(s, next, end));
		TRY(add_words(a, st, q, phrase, &mask, e));
		if (str_find_byte(phrase, ' ', 0) != SIZE_MAX || phrase.n > 0) {
			if (q->n_phrases == LIMIT_SEARCH_WORDS)
				return err_set(e, EC_INPUT, "слишком много выражений в кавычках");
			q->phrase_mask[q->n_phrases] = mask;
			q->phrase[q->n_phrases++] = str_printf(a, " " STR_FMT " ", STR_ARG(phrase));
		}
		next = end;
		if (next < s.n)
			(void)utf8_next(s, &next);
		from = next;
	}
	size_t before = q->n;
	TRY(add_words(a, st, q, str_skip(s, from), &mask, e));
	/* a word at the very end may be half typed */
	if (q->n > before && s.n > 0 && str_eq(str_trim(s), s)) {
		size_t last = s.n;
		while (last > 0 && ((unsigned char)s.p[last - 1] & 0xC0) == 0x80)
			last--;
		size_t i = last > 0 ? last - 1 : 0;
		uint32_t cp = utf8_next(s, &i);
		q->word[q->n - 1].begin = cp_letter(cp) || cp_digit(cp);
	}
	return EC_OK;
}

enum ec question_of(struct arena *a, struct str typed, struct question *ret, struct err *e)
{
	AUTO_STEMMER(st);
	*ret = (struct question){.n = 0};
	return read(a, &st, typed, ret, e);
}

bool question_phrase_in(struct arena *a, const struct question *q, size_t phrase, struct str text)
{
	struct str key = str_printf(a, " " STR_FMT " ", STR_ARG(text_key(a, text)));
	return str_has(key, q->phrase[phrase]);
}

static bool hit(struct arena *a, struct stemmer *st, const struct question *q, struct str word)
{
	struct str key = text_key(a, word);
	struct str stem = text_stem(st, a, key);
	for (size_t i = 0; i < q->n; i++)
		if (str_eq(q->word[i].stem, stem) ||
		        (q->word[i].begin && utf8_len(q->word[i].key) >= 3 &&
		                str_starts(stem, q->word[i].key)))
			return true;
	return false;
}

#define TOKENS_BEFORE 14
#define TOKENS_SHOWN  60

/* Words of a text and which of them are found. */
struct marked {
	struct str text;
	struct token *t;
	bool *found;
};

/* Tokens [from, to) as runs. */
static void write_runs(
        struct arena *a, const struct marked *m, struct search_piece *ret, size_t from, size_t to)
{
	VEC(struct search_run) v = {0};
	for (size_t i = from; i < to; i++) {
		size_t begin = i > from ? m->t[i - 1].to : m->t[i].from;
		size_t end = m->found[i] ? m->t[i].from : m->t[i].to;
		bool goes_on = v.n > 0 && !v.v[v.n - 1].hit;
		if (goes_on)
			v.v[v.n - 1].text.n += end - begin;
		else if (end > begin)
			*vec_push(a, &v) = (struct search_run){str_sub(m->text, begin, end), false};
		if (m->found[i])
			*vec_push(a, &v) = (struct search_run){m->t[i].text, true};
	}
	ret->run = v.v;
	ret->n = v.n;
}

void question_snippet(
        struct arena *a, const struct question *q, struct str text, struct search_piece *ret)
{
	struct token *t;
	size_t n = text_tokens(a, text, &t);
	bool *found = arena_new(a, bool, n + 1);
	size_t first = n;
	AUTO_STEMMER(st);
	for (size_t i = 0; i < n && i < first + TOKENS_SHOWN; i++) {
		found[i] = t[i].kind != TOKEN_PUNCT && hit(a, &st, q, t[i].text);
		if (found[i] && first == n)
			first = i;
	}
	if (first == n)
		first = 0;
	size_t from = first > TOKENS_BEFORE ? first - TOKENS_BEFORE : 0;
	if (from < 4)
		from = 0;
	size_t to = from + TOKENS_SHOWN < n ? from + TOKENS_SHOWN : n;
	struct search_piece p = {0};
	write_runs(a, &(struct marked){text, t, found}, &p, from, to);
	ret->run = arena_new(a, struct search_run, p.n + 2);
	ret->n = 0;
	if (from > 0)
		ret->run[ret->n++] = (struct search_run){STR("… "), false};
	for (size_t i = 0; i < p.n; i++)
		ret->run[ret->n++] = p.run[i];
	if (to < n)
		ret->run[ret->n++] = (struct search_run){STR(" …"), false};
}

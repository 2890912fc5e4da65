#include "doc/deadline_lex.h"

#include "text/fold.h"
#include "text/lookalike.h"
#include "text/number_ru.h"
#include "text/token.h"

struct lexer {
	struct arena *a;
	struct str phrase;
	VEC(struct lex) out;
};

static struct lex *add(struct lexer *x, enum lex_kind kind, size_t from, size_t to)
{
	struct lex *l = vec_push(x->a, &x->out);
	l->kind = kind;
	l->from = from;
	l->to = to;
	l->value = -1;
	l->text = l->key = str_sub(x->phrase, from, to);
	return l;
}

static struct lex *add_number(struct lexer *x, struct str digits, size_t from, size_t to)
{
	struct lex *l = add(x, LEX_NUMBER, from, to);
	l->digits = (int)digits.n;
	l->value = 0;
	for (size_t i = 0; i < digits.n && l->value < 100000; i++)
		l->value = l->value * 10 + (digits.p[i] - '0');
	l->repaired = !str_eq(digits, l->text);
	return l;
}

static struct str soften(struct arena *a, struct str s)
{
	s = str_replace(a, str_replace(a, s, STR("э"), STR("з")), STR("ъ"), STR("ь"));
	return str_replace(a, str_replace(a, s, STR("Э"), STR("З")), STR("Ъ"), STR("Ь"));
}

/* Lower case; э and ъ of scans become з and ь when that makes a known word or number (§6). */
static struct str lex_key(struct arena *a, struct str text)
{
	struct str key = text_key(a, text);
	struct number_word n;
	struct word w;
	if (word_find(key, &w) || (!str_has(key, STR("э")) && !str_has(key, STR("ъ"))))
		return key;
	struct str soft = soften(a, key);
	return word_find(soft, &w) || number_word(soft, &n) ? soft : key;
}

static void add_word(struct lexer *x, struct str text, struct word w, size_t from, size_t to)
{
	struct lex *l = add(x, LEX_WORD, from, to);
	struct str digits;
	l->repaired = !str_eq(text, l->text);
	l->text = text;
	l->key = lex_key(x->a, text);
	if (l->key.n == text.n && !str_eq(l->key, text_key(x->a, text))) {
		l->text = soften(x->a, text);
		l->repaired = true;
	}
	l->word = w;
	if (!roman_number(text, &l->roman, NULL))
		l->roman = 0;
	if (w.id == W_OTHER && text.n <= 4 && number_repair(x->a, text, &digits))
		l->value = digits.n == 1 ? digits.p[0] - '0'
		                         : (digits.p[0] - '0') * 10 + digits.p[1] - '0';
}

/* Words of the vocabulary and of numbers, exactly or with letters of one shape exchanged. */
static bool known(struct lexer *x, struct str text, struct word *w)
{
	struct str cyrillic;
	return word_find(text_key(x->a, text), w) ||
	       (word_force_cyrillic(x->a, text, &cyrillic) &&
	               word_find(text_key(x->a, cyrillic), w));
}

/* «третьем», «десяти»; «десятидневный» becomes a number and the rest. */
static bool add_number_word(struct lexer *x, struct str text, size_t from, size_t to)
{
	struct str key = lex_key(x->a, text), rest;
	struct number_word n;
	struct word w;
	int value;
	if (number_word(key, &n)) {
		struct lex *l = add(x, LEX_NUMBER, from, to);
		l->value = n.value;
		l->ordinal = n.ordinal;
		l->key = key;
		return true;
	}
	if (number_prefix(key, &value, &rest) && word_find_near(rest, &w) && w.id >= W_ADJ_DAY &&
	        w.id <= W_ADJ_HOUR) {
		add(x, LEX_NUMBER, from, to)->value = value;
		add_word(x, rest, w, from, to);
		return true;
	}
	return false;
}

static bool all_latin(struct str s)
{
	for (size_t i = 0; i < s.n;) {
		if (!cp_latin(utf8_next(s, &i)))
			return false;
	}
	return true;
}

static void lex_letters(struct lexer *x, size_t from, size_t to)
{
	struct str text = str_sub(x->phrase, from, to), fixed, digits;
	struct word w = {0};
	bool mixed = false;
	if (word_find(lex_key(x->a, text), &w)) {
		add_word(x, text, w, from, to);
		return;
	}
	if (add_number_word(x, text, from, to))
		return;
	/* «lО», «ЗО»: nothing but letters shaped like digits, and no numeral */
	if (utf8_len(text) == 2 && !roman_number(text, &w.value, NULL) &&
	        number_repair(x->a, text, &digits)) {
		add_number(x, digits, from, to);
		return;
	}
	w = (struct word){0};
	bool numeral = roman_number(text, &w.value, NULL);
	w.value = 0;
	fixed = word_repair(x->a, text, &mixed);
	if (!numeral && (mixed || all_latin(text)) && word_force_cyrillic(x->a, text, &fixed)) {
		if (mixed && add_number_word(x, fixed, from, to))
			return;
		if (!word_find_near(text_key(x->a, fixed), &w) && !mixed)
			fixed = text;
		add_word(x, fixed, w, from, to);
		return;
	}
	add_word(x, text, w, from, to);
}

/* End of the run of digits (or of anything else) that starts at from. */
static size_t run_end(struct str s, size_t from, size_t to, bool digits)
{
	while (from < to && (s.p[from] >= '0' && s.p[from] <= '9') == digits)
		from++;
	return from;
}

/* Longest head of [from, to) that reads as a number and leaves a known word or nothing behind. */
static size_t number_head(struct lexer *x, size_t from, size_t to, struct str *ret_digits)
{
	size_t best = 0, i = from;
	struct str digits;
	struct word w;
	bool any = false;
	while (i < to) {
		any = any || (x->phrase.p[i] >= '0' && x->phrase.p[i] <= '9');
		if (lookalike_digit(utf8_next(x->phrase, &i)) < 0)
			break;
		struct str rest = str_sub(x->phrase, i, to);
		size_t word_end = run_end(x->phrase, i, to, false);
		bool fits = rest.n == 0 || known(x, str_sub(x->phrase, i, word_end), &w);
		if (any && fits && number_repair(x->a, str_sub(x->phrase, from, i), &digits)) {
			best = i;
			*ret_digits = digits;
		}
	}
	return best;
}

/* Letters and digits without a blank: «2О22г», «ноя6рь», «с1по15октября». */
static void lex_mixed(struct lexer *x, size_t from, size_t to)
{
	struct str text = str_sub(x->phrase, from, to), digits, fixed;
	struct word w = {0};
	bool changed;
	int numeral;
	if (number_repair(x->a, text, &digits)) {
		struct lex *l = add_number(x, digits, from, to);
		if (!roman_number(text, &l->roman, NULL))
			l->roman = 0;
		return;
	}
	if (roman_number(text, &numeral, NULL)) {
		add_word(x, text, w, from, to);
		return;
	}
	size_t letters = run_end(x->phrase, from, to, false);
	fixed = word_repair(x->a, text, &changed);
	/* «течение30» is two words, «ежемесячн0» is one */
	changed = changed && !(letters > from && run_end(x->phrase, letters, to, true) == to &&
	                             known(x, str_sub(x->phrase, from, letters), &w));
	w = (struct word){0};
	if (changed && word_find_near(text_key(x->a, fixed), &w)) {
		add_word(x, fixed, w, from, to);
		return;
	}
	while (from < to) {
		size_t end = number_head(x, from, to, &digits);
		if (end > from) {
			add_number(x, digits, from, end);
		} else {
			bool is_digit = x->phrase.p[from] >= '0' && x->phrase.p[from] <= '9';
			end = run_end(x->phrase, from, to, is_digit);
			if (is_digit)
				add_number(x, str_sub(x->phrase, from, end), from, end);
			else
				lex_letters(x, from, end);
		}
		from = end;
	}
}

static char sign_of(uint32_t cp)
{
	if (cp_dash(cp))
		return '-';
	switch (cp) {
	case '.':
	case ',':
	case ';':
	case ':':
	case '(':
	case ')':
	case '/':
		return (char)cp;
	case '[':
		return '(';
	case ']':
		return ')';
	case '\\':
		return '/';
	case '_':
	case 0x2026:
		return SIGN_BLANK;
	case '<':
	case '>':
	case 0x2116:
	case '*':
		return 0;
	default:
		return cp_quote(cp) ? 0 : SIGN_GARBAGE;
	}
}

/* «с.г.» and «т.г.» */
static bool this_year_letter(const struct token *t, size_t n, size_t i)
{
	return i + 2 < n && (str_eq(t[i].text, STR("с")) || str_eq(t[i].text, STR("т"))) &&
	       str_eq(t[i + 1].text, STR(".")) && str_eq(t[i + 2].text, STR("г")) &&
	       !t[i + 1].space_before;
}

static void lex_sign(struct lexer *x, const struct token *t)
{
	size_t i = 0;
	char sign = sign_of(utf8_next(t->text, &i));
	struct lex *before = x->out.n > 0 ? &x->out.v[x->out.n - 1] : NULL;
	if (sign == 0 || (sign == '.' && !t->space_before && before != NULL &&
	                         before->kind == LEX_WORD && before->value < 0))
		return;
	if (before != NULL && before->kind == LEX_SIGN && before->sign == sign && sign != '.' &&
	        sign != '(' && sign != ')') {
		before->to = t->to;
		return;
	}
	add(x, LEX_SIGN, t->from, t->to)->sign = sign;
}

static void lex_tokens(struct lexer *x)
{
	struct token *t;
	size_t n = text_tokens(x->a, x->phrase, &t);
	bool space = false, line = false;
	for (size_t i = 0; i < n; i++) {
		size_t first = x->out.n;
		space = space || t[i].space_before;
		line = line || t[i].line_before;
		if (t[i].kind == TOKEN_NUMBER)
			add_number(x, t[i].text, t[i].from, t[i].to);
		else if (t[i].kind == TOKEN_MIXED)
			lex_mixed(x, t[i].from, t[i].to);
		else if (t[i].kind == TOKEN_PUNCT)
			lex_sign(x, &t[i]);
		else if (this_year_letter(t, n, i))
			add_word(x, t[i].text, (struct word){W_CURRENT, 0}, t[i].from, t[i].to);
		else
			lex_letters(x, t[i].from, t[i].to);
		if (x->out.n > first) {
			x->out.v[first].space = space;
			x->out.v[first].line = line;
			space = line = false;
		}
	}
}

static bool is_unknown(const struct lex *l)
{
	return l->kind == LEX_WORD && l->word.id == W_OTHER && l->roman == 0 && l->value < 0;
}

/* v[i] swallows the next `more` words: their text becomes one. */
static void merge(struct lexer *x, size_t i, size_t more, struct str text, struct word w)
{
	struct lex *v = x->out.v;
	v[i].text = text;
	v[i].key = text_key(x->a, text);
	v[i].word = w;
	v[i].kind = LEX_WORD;
	v[i].value = -1;
	v[i].roman = 0;
	v[i].to = v[i + more].to;
	for (size_t j = i + 1; j + more < x->out.n; j++)
		v[j] = v[j + more];
	x->out.n -= more;
}

/* A word, also one that is a number: «три местр», «тре тья». */
static bool plain_word(const struct lexer *x, size_t i)
{
	return i < x->out.n && (x->out.v[i].kind == LEX_WORD ||
	                               (x->out.v[i].kind == LEX_NUMBER && x->out.v[i].digits == 0));
}

/* Joins v[i] with the next `more` words when the whole is a known word. */
static bool join(struct lexer *x, size_t i, size_t more, bool near)
{
	const struct lex *v = x->out.v;
	struct str text = v[i].text;
	struct word w;
	for (size_t j = i + 1; j <= i + more; j++) {
		if (!plain_word(x, j) || v[j].text.n > 40)
			return false;
		text = str_cat(x->a, text, v[j].text);
	}
	struct str key = lex_key(x->a, text);
	struct number_word n;
	if (key.n < 8)
		return false;
	if (near ? word_find_near(key, &w) : word_find_soft(key, &w)) {
		merge(x, i, more, text, w);
		return true;
	}
	if (!number_word(key, &n))
		return false;
	merge(x, i, more, text, (struct word){W_OTHER, 0});
	x->out.v[i].kind = LEX_NUMBER;
	x->out.v[i].value = n.value;
	x->out.v[i].ordinal = n.ordinal;
	x->out.v[i].digits = 0;
	return true;
}

/* A word broken at the line end: «каж-» «дого». The hyphen goes; unknown halves are joined too. */
static void join_line_ends(struct lexer *x)
{
	for (size_t i = 0; i + 2 < x->out.n; i++) {
		struct lex *v = &x->out.v[i];
		if (!plain_word(x, i) || v[1].kind != LEX_SIGN || v[1].sign != '-' || v[1].space ||
		        !plain_word(x, i + 2) || !v[2].line)
			continue;
		struct str text = str_cat(x->a, v[0].text, v[2].text);
		struct str key = lex_key(x->a, text);
		struct number_word n;
		struct word w = {0};
		bool both_unknown = is_unknown(&v[0]) && is_unknown(&v[2]);
		if (number_word(key, &n)) {
			merge(x, i, 2, text, w);
			x->out.v[i].kind = LEX_NUMBER;
			x->out.v[i].value = n.value;
			x->out.v[i].ordinal = n.ordinal;
		} else if (word_find_soft(key, &w) || both_unknown) {
			merge(x, i, 2, text, w);
		}
	}
}

/* «позд нее», «гра фику», «за просу»: the unknown piece with its neighbours. */
static void join_pieces(struct lexer *x)
{
	for (size_t i = 0; i < x->out.n; i++) {
		if (!is_unknown(&x->out.v[i]))
			continue;
		if (join(x, i, 1, false) || join(x, i, 2, false))
			continue;
		if (i > 0 && plain_word(x, i - 1) && join(x, i - 1, 1, false))
			i--;
	}
}

#define GLUED_PARTS 8

/* Cuts key[at…] into known words, the longest first; dead marks letters from which nothing can be
 * cut, so that each place is tried once. Lengths go to len. */
static size_t cut(struct str key, size_t at, size_t depth, size_t len[GLUED_PARTS], uint64_t *dead)
{
	struct word w;
	if (at == key.n)
		return depth;
	if (depth == GLUED_PARTS || (*dead >> (at / 2) & 1) != 0)
		return 0;
	size_t most = 28;
	for (;;) {
		len[depth] = word_longest(str_skip(key, at), most, &w);
		if (len[depth] == 0)
			break;
		size_t n = cut(key, at + len[depth], depth + 1, len, dead);
		if (n > 0)
			return n;
		most = len[depth] - 2;
		if (most == 0)
			break;
	}
	*dead |= (uint64_t)1 << (at / 2);
	return 0;
}

/* «втечениеучебногогода» → words, when nothing is left over. Returns how many were written. */
static size_t cut_glued(const struct lex *l, struct lex parts[GLUED_PARTS])
{
	struct str key = l->key;
	size_t len[GLUED_PARTS], at = 0;
	uint64_t dead = 0;
	/* lower case keeps the length of Cyrillic letters, so key and text run in step */
	if (key.n != l->text.n || key.n < 8 || key.n > 80 || l->to - l->from != key.n)
		return 0;
	size_t n = cut(key, 0, 0, len, &dead);
	for (size_t i = 0; i < n; i++) {
		parts[i] = *l;
		parts[i].key = str_sub(key, at, at + len[i]);
		parts[i].text = str_sub(l->text, at, at + len[i]);
		parts[i].from = l->from + at;
		parts[i].to = parts[i].from + len[i];
		parts[i].space = i == 0 && l->space;
		parts[i].line = i == 0 && l->line;
		at += len[i];
		(void)word_find(parts[i].key, &parts[i].word);
	}
	return n;
}

static void mend_unknown(struct lexer *x)
{
	struct lexer y = {.a = x->a, .phrase = x->phrase};
	for (size_t i = 0; i < x->out.n; i++) {
		struct lex l = x->out.v[i], parts[GLUED_PARTS];
		size_t n = is_unknown(&l) ? cut_glued(&l, parts) : 0;
		for (size_t j = 0; j < n; j++)
			*vec_push(x->a, &y.out) = parts[j];
		if (n > 0)
			continue;
		struct word w;
		if (is_unknown(&l) && word_find_near(l.key, &w)) {
			l.word = w;
			l.repaired = true;
		} else if (is_unknown(&l) && join(x, i, 1, true)) {
			l = x->out.v[i];
		}
		*vec_push(x->a, &y.out) = l;
	}
	x->out.v = y.out.v;
	x->out.n = y.out.n;
}

/* «го», «ти» … or the Latin «x» of «3-x», which by itself is a Roman ten. */
static bool number_ending(const struct lex *l, bool dash)
{
	return !l->space && ((l->kind == LEX_WORD && l->word.id == W_ITH) ||
	                            (dash && l->roman == 10 && l->to - l->from == 1));
}

/* «10-го», «5-ти», «двадцати пяти», «2 (двух)» become one number each. */
static void join_numbers(struct lexer *x)
{
	struct lex *v = x->out.v;
	size_t n = 0;
	for (size_t i = 0; i < x->out.n; i++) {
		struct lex l = v[i];
		struct lex *last = n > 0 ? &v[n - 1] : NULL;
		size_t left = x->out.n - i;
		bool dash = l.kind == LEX_SIGN && l.sign == '-' && left > 1;
		const struct lex *ending = dash ? &v[i + 1] : &l;
		/* «З-х», «S-ти» */
		if (last != NULL && dash && last->kind == LEX_WORD && last->value >= 0 &&
		        ending->kind == LEX_WORD && ending->word.id == W_ITH && !ending->space) {
			last->kind = LEX_NUMBER;
			last->digits = 1;
		}
		bool after_number = last != NULL && last->kind == LEX_NUMBER;
		if (after_number && number_ending(ending, dash)) {
			last->ordinal = ending->kind == LEX_WORD && ending->word.id == W_ITH &&
			                !str_eq_z(ending->key, "ти") && !str_eq_z(ending->key, "х");
			last->to = ending->to;
			i += dash;
			continue;
		}
		if (after_number && last->digits == 0 && !last->ordinal && last->value >= 20 &&
		        l.kind == LEX_NUMBER && l.digits == 0 && l.value < 10) {
			last->value += l.value;
			last->ordinal = l.ordinal;
			last->to = l.to;
			continue;
		}
		if (after_number && l.kind == LEX_SIGN && l.sign == '(' && left > 2 &&
		        v[i + 1].kind == LEX_NUMBER && v[i + 1].value == last->value &&
		        v[i + 2].kind == LEX_SIGN && v[i + 2].sign == ')') {
			i += 2;
			continue;
		}
		v[n++] = l;
	}
	x->out.n = n;
}

struct lexes deadline_lex(struct arena *a, struct str phrase)
{
	struct lexer x = {.a = a, .phrase = phrase};
	lex_tokens(&x);
	join_line_ends(&x);
	join_pieces(&x);
	mend_unknown(&x);
	join_numbers(&x);
	return (struct lexes){x.out.v, x.out.n};
}

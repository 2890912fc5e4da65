#include "doc/traced.h"

#include "doc/words.h"
#include "text/fold.h"
#include "text/lookalike.h"

#include <string.h>

void tbuf_init(struct tbuf *b, struct arena *a, size_t expect)
{
	*b = (struct tbuf){.a = a, .cap = expect + 16};
	b->p = arena_alloc(a, b->cap);
	b->at = arena_new(a, uint32_t, b->cap);
}

static void room(struct tbuf *b, size_t more)
{
	if (b->n + more <= b->cap)
		return;
	size_t cap = b->cap * 2 + more;
	char *p = arena_alloc(b->a, cap);
	uint32_t *at = arena_new(b->a, uint32_t, cap);
	memcpy(p, b->p, b->n);
	memcpy(at, b->at, b->n * sizeof(at[0]));
	b->p = p;
	b->at = at;
	b->cap = cap;
}

void tbuf_byte(struct tbuf *b, char c, uint32_t at)
{
	room(b, 1);
	b->p[b->n] = c;
	b->at[b->n++] = at;
}

void tbuf_str(struct tbuf *b, struct str s, uint32_t at)
{
	room(b, s.n);
	for (size_t i = 0; i < s.n; i++) {
		b->p[b->n] = s.p[i];
		b->at[b->n++] = at;
	}
}

void tbuf_copy(struct tbuf *b, struct str s, uint32_t at)
{
	room(b, s.n);
	for (size_t i = 0; i < s.n; i++) {
		b->p[b->n] = s.p[i];
		b->at[b->n++] = at + (uint32_t)i;
	}
}

void tbuf_add(struct tbuf *b, struct traced t)
{
	if (t.s.n == 0)
		return;
	room(b, t.s.n);
	memcpy(b->p + b->n, t.s.p, t.s.n);
	memcpy(b->at + b->n, t.at, t.s.n * sizeof(t.at[0]));
	b->n += t.s.n;
}

struct traced tbuf_done(struct tbuf *b)
{
	return (struct traced){{b->p, b->n}, b->at};
}

struct traced traced_sub(struct traced t, size_t from, size_t to)
{
	struct str s = str_sub(t.s, from, to);
	return (struct traced){s, s.n == 0 ? t.at : t.at + (s.p - t.s.p)};
}

struct traced traced_of(struct traced t, struct str v)
{
	if (v.p == NULL || v.p < t.s.p || v.p > t.s.p + t.s.n)
		return traced_sub(t, 0, 0);
	size_t from = (size_t)(v.p - t.s.p);
	return traced_sub(t, from, from + v.n);
}

struct traced traced_head(struct traced t, size_t n)
{
	while (n < t.s.n && n > 0 && ((unsigned char)t.s.p[n] & 0xC0) == 0x80)
		n--;
	return traced_sub(t, 0, n);
}

struct traced traced_trim(struct traced t)
{
	return traced_of(t, str_trim(t.s));
}

struct span traced_span(const struct source *src, struct traced t)
{
	if (t.s.n == 0)
		return (struct span){0, 0};
	uint32_t from = t.at[0], to = t.at[t.s.n - 1] + 1;
	while (to < src->text.n && ((unsigned char)src->text.p[to] & 0xC0) == 0x80)
		to++;
	while (from > 0 && ((unsigned char)src->text.p[from] & 0xC0) == 0x80)
		from--;
	return (struct span){from, to < from ? from : to};
}

struct traced traced_flat(struct arena *a, struct traced t)
{
	struct tbuf b;
	tbuf_init(&b, a, t.s.n);
	for (size_t i = 0; i < t.s.n; i++) {
		char c = t.s.p[i];
		if (c == '\t' || c == '\n')
			c = ' ';
		if (c == ' ' && (b.n == 0 || b.p[b.n - 1] == ' '))
			continue;
		tbuf_byte(&b, c, t.at[i]);
	}
	return traced_trim(tbuf_done(&b));
}

/* The hyphen at the end of a line belongs to the word («школ-» + «лидеров»), it does not break it.
 */
static bool hyphen_stays(struct arena *a, struct str left, struct str right)
{
	static const char *const firsts[] = {"школ", "учител", "педагог", "член", "директор",
	        "план", "график", "мастер", "пресс", "медиа", "онлайн", "интернет", "веб", "северо",
	        "юго", "тест", "семинар", "вебинар", "класс", "бизнес", "эксперт", "кейс", "аудит",
	        NULL};
	size_t k = left.n - 1;
	while (k > 0 && left.p[k - 1] != ' ' && left.p[k - 1] != '\n')
		k--;
	struct str word = words_fold(a, str_sub(left, k, left.n - 1));
	if (!starts_lower(right) || all_upper(word))
		return true;
	return starts_any(word, firsts) || (str_ends(word, STR("о")) && word.n > 8);
}

void tbuf_join(struct tbuf *b, struct arena *a, struct traced y)
{
	if (b->p == NULL)
		tbuf_init(b, a, y.s.n);
	y = traced_trim(y);
	while (b->n > 0 &&
	        (b->p[b->n - 1] == ' ' || b->p[b->n - 1] == '\t' || b->p[b->n - 1] == '\n'))
		b->n--;
	if (b->n == 0 || y.s.n == 0) {
		tbuf_add(b, y);
		return;
	}
	struct str x = {b->p, b->n};
	bool hyphen = x.n > 3 && x.p[x.n - 1] == '-' && x.p[x.n - 2] != ' ' &&
	              (starts_lower(y.s) || starts_upper(y.s)) &&
	              letters(str_sub(x, x.n - 3, x.n)) == 1;
	if (hyphen && !hyphen_stays(a, x, y.s))
		b->n--;
	if (!hyphen)
		tbuf_byte(b, ' ', b->at[b->n - 1]);
	tbuf_add(b, y);
}

struct traced traced_join(struct arena *a, struct traced x, struct traced y)
{
	x = traced_trim(x);
	y = traced_trim(y);
	if (x.s.n == 0)
		return y;
	if (y.s.n == 0)
		return x;
	struct tbuf b;
	tbuf_init(&b, a, x.s.n + y.s.n + 1);
	tbuf_add(&b, x);
	tbuf_join(&b, a, y);
	return tbuf_done(&b);
}

/* A tag of the few that converters leave behind: its length, and whether it breaks the line. */
static size_t tag_at(struct str s, size_t i, bool *ret_break)
{
	static const char *const names[] = {
	        "b", "i", "u", "br", "p", "sup", "sub", "strong", "em", "span", NULL};
	size_t j = i + 1;
	if (j < s.n && s.p[j] == '/')
		j++;
	size_t from = j;
	while (j < s.n && j - from < 8 && s.p[j] >= 'a' && s.p[j] <= 'z')
		j++;
	struct str name = str_sub(s, from, j);
	while (j < s.n && (s.p[j] == ' ' || s.p[j] == '/'))
		j++;
	if (j >= s.n || s.p[j] != '>')
		return 0;
	for (size_t k = 0; names[k] != NULL; k++) {
		if (str_eq_z(name, names[k])) {
			*ret_break = str_eq_z(name, "br");
			return j + 1 - i;
		}
	}
	return 0;
}

struct cleaner {
	struct arena *a;
	struct str text; /* the piece, views of the full text */
	size_t base;     /* its offset there */
	bool ocr;
	enum clean_style style;
	struct tbuf out;
	size_t gap;  /* blanks seen since the last sign */
	bool hard;   /* a line break among them */
	bool quoted; /* an opening < became « */
};

static void flush_gap(struct cleaner *c, size_t at)
{
	if (c->gap == 0 && !c->hard)
		return;
	if (c->out.n > 0) {
		char blank = ' ';
		if (c->hard && c->style == CLEAN_CELL)
			blank = '\n';
		else if (c->gap >= 4 && c->style == CLEAN_LINE)
			blank = '\t';
		tbuf_byte(&c->out, blank, (uint32_t)(c->base + at - 1));
	}
	c->gap = 0;
	c->hard = false;
}

/* Digits written as letters, lone l and r of a recognised page. */
static bool repair_ocr_run(struct cleaner *c, struct str run, struct str *ret)
{
	/* «lO.12.2021»: letters in the place of the day */
	size_t end = (size_t)(run.p - c->text.p) + run.n;
	bool in_date = end + 1 < c->text.n && c->text.p[end] == '.' && c->text.p[end + 1] >= '0' &&
	               c->text.p[end + 1] <= '9' && run.n >= 2;
	if (str_eq_z(run, "l") || str_eq_z(run, "I")) {
		*ret = STR("1");
		return true;
	}
	if (str_eq_z(run, "r")) {
		*ret = STR("г");
		return true;
	}
	size_t one = 0;
	uint32_t letter = utf8_next(run, &one);
	if (one == run.n && letter >= 'A' && letter <= 'Z' && lookalike_cyrillic(letter) != 0) {
		char out[4]; /* «Е.B. Тарасенко»: initials of the other alphabet */
		*ret = str_dup(c->a, (struct str){out, utf8_put(out, lookalike_cyrillic(letter))});
		return true;
	}
	static const char *const digits_like[] = {"О", "о", "O", "o", "l", "I", "З", "S", NULL};
	bool digit = in_date || (run.n == 3 && str_has(run, STR("l"))); /* «Зl мая», «lО дней» */
	for (size_t i = 0; i < run.n;) {
		size_t from = i;
		uint32_t cp = utf8_next(run, &i);
		if (cp >= '0' && cp <= '9')
			digit = true;
		else if (!starts_any(str_sub(run, from, i), digits_like))
			return false;
	}
	return digit && number_repair(c->a, run, ret);
}

/* «ПРИКА3», «н0ябрь»: a digit among four letters and more stands for the letter like it. */
static bool repair_letters(struct cleaner *c, struct str run, struct str *ret)
{
	size_t digits = 0, letters_n = 0;
	for (size_t i = 0; i < run.n;) {
		uint32_t cp = utf8_next(run, &i);
		if (cp_digit(cp) && cp != '3' && cp != '0')
			return false;
		digits += cp_digit(cp);
		letters_n += cp_cyrillic(cp);
	}
	if (digits != 1 || letters_n < 4)
		return false;
	bool upper = all_upper(run);
	struct str s = str_replace(c->a, run, STR("3"), upper ? STR("З") : STR("з"));
	*ret = str_replace(c->a, s, STR("0"), upper ? STR("О") : STR("о"));
	return true;
}

/* A run of letters and digits: as it stands, or repaired. */
static void put_run(struct cleaner *c, size_t from, size_t to)
{
	struct str run = str_sub(c->text, from, to);
	bool latin = false, cyrillic = false, digit = false;
	for (size_t i = 0; i < run.n;) {
		uint32_t cp = utf8_next(run, &i);
		latin |= cp_latin(cp);
		cyrillic |= cp_cyrillic(cp);
		digit |= cp_digit(cp);
	}
	struct str fixed = run;
	bool changed = false;
	if (c->ocr && run.n <= 12 && (digit || run.n <= 4))
		changed = repair_ocr_run(c, run, &fixed);
	if (!changed && c->ocr && digit && cyrillic)
		changed = repair_letters(c, run, &fixed);
	if (!changed && latin && cyrillic)
		fixed = word_repair(c->a, run, &changed);
	if (changed && !str_eq(fixed, run))
		tbuf_str(&c->out, fixed, (uint32_t)(c->base + from));
	else
		tbuf_copy(&c->out, run, (uint32_t)(c->base + from));
}

static bool starts_with_letter(struct str s, size_t i)
{
	return i < s.n && cp_letter(utf8_next(s, &i));
}

/* Signs that stand for another one: returns the bytes read, 0 when the sign is itself. */
static size_t put_special(struct cleaner *c, size_t i)
{
	struct str rest = str_skip(c->text, i);
	bool br = false;
	size_t n = rest.p[0] == '<' ? tag_at(c->text, i, &br) : 0;
	if (n > 0) {
		c->hard |= br;
		c->gap += br;
		return n;
	}
	if (rest.p[0] == '*' || str_starts(rest, STR("\xC2\xAD")))
		return rest.p[0] == '*' ? 1 : 2;
	if (str_starts(rest, STR("\xE2\x80\x8B")) || str_starts(rest, STR("\xEF\xBB\xBF")))
		return 3;
	if (str_starts(rest, STR("&nbsp;"))) {
		c->gap++;
		return 6;
	}
	if (str_starts(rest, STR("&quot;"))) {
		flush_gap(c, i);
		tbuf_str(&c->out, STR("\""), (uint32_t)(c->base + i));
		return 6;
	}
	if (str_starts(rest, STR("в„–"))) { /* № read in the wrong code page */
		flush_gap(c, i);
		tbuf_str(&c->out, STR("№"), (uint32_t)(c->base + i));
		return STR("в„–").n;
	}
	if (!c->ocr)
		return 0;
	if (rest.p[0] == '<' && starts_with_letter(c->text, i + 1)) {
		flush_gap(c, i);
		tbuf_str(&c->out, STR("«"), (uint32_t)(c->base + i));
		c->quoted = true;
		return 1;
	}
	if (rest.p[0] == '>' && c->quoted) {
		tbuf_str(&c->out, STR("»"), (uint32_t)(c->base + i));
		c->quoted = false;
		return 1;
	}
	n = word_start_at(c->text, i) ? number_sign(c->text, i) : 0;
	if (n > 0) {
		flush_gap(c, i);
		tbuf_str(&c->out, STR("№"), (uint32_t)(c->base + i));
	}
	return n;
}

struct traced traced_clean(
        struct arena *a, struct str text, size_t from, size_t to, bool ocr, enum clean_style style)
{
	struct cleaner c = {
	        .a = a, .text = str_sub(text, from, to), .base = from, .ocr = ocr, .style = style};
	tbuf_init(&c.out, a, c.text.n);
	for (size_t i = 0; i < c.text.n;) {
		size_t at = i;
		uint32_t cp = utf8_next(c.text, &i);
		if (cp_space(cp) && cp != 0x200B && cp != 0xFEFF) {
			c.gap += cp == '\t' ? 4 : 1;
			c.hard |= cp == '\n';
			continue;
		}
		size_t n = put_special(&c, at);
		if (n > 0) {
			i = at + n;
			continue;
		}
		flush_gap(&c, at);
		if (!cp_letter(cp) && !cp_digit(cp)) {
			tbuf_copy(&c.out, str_sub(c.text, at, i), (uint32_t)(from + at));
			continue;
		}
		for (size_t j = i; j < c.text.n; i = j) {
			uint32_t next = utf8_next(c.text, &j);
			if (!cp_letter(next) && !cp_digit(next))
				break;
		}
		put_run(&c, at, i);
	}
	return tbuf_done(&c.out);
}

/* Numbered clauses of orders, minutes and letters: lines → clauses with their «Срок:» and
 * «Ответственный:» lines and sub-bullets. */
#include "doc/parse.h"
#include "doc/words.h"

#include <string.h>

#define MAX_CLAUSE 60000 /* bytes */
#define MAX_ITEMS  500   /* sub-bullets of one clause */

size_t clause_number(struct str s, uint16_t number[CLAUSE_DEPTH], size_t *ret_depth)
{
	size_t i = 0, depth = 0;
	bool final_mark = false;
	while (depth < CLAUSE_DEPTH) {
		size_t from = i;
		unsigned v = 0;
		while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9' && i - from < 4)
			v = v * 10 + (unsigned)(s.p[i++] - '0');
		if (i == from || i - from > 2)
			break;
		number[depth++] = (uint16_t)v;
		final_mark = i < s.n && (s.p[i] == '.' || s.p[i] == ')');
		if (!final_mark)
			break;
		i++;
		if (s.p[i - 1] == ')')
			break;
	}
	if (depth == 0 || i >= s.n)
		return 0;
	if (s.p[i - 1] >= '0' && s.p[i - 1] <= '9' && (depth < 2 || final_mark))
		return 0; /* «15 марта», «2022 год» */
	bool blank = s.p[i] == ' ' || s.p[i] == '\t';
	if (!blank &&
	        !(final_mark && (starts_upper(str_skip(s, i)) || starts_lower(str_skip(s, i))) &&
	                !(s.p[i] >= '0' && s.p[i] <= '9')))
		return 0;
	if (!final_mark && !blank)
		return 0;
	if (number[0] == 0 && depth > 1)
		return 0;
	*ret_depth = depth;
	while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t'))
		i++;
	return i;
}

size_t clause_roman(struct str s, unsigned *ret)
{
	static const struct {
		const char *roman;
		unsigned value;
	} romans[] = {{"VIII", 8}, {"VII", 7}, {"III", 3}, {"VI", 6}, {"IV", 4}, {"IX", 9},
	        {"II", 2}, {"V", 5}, {"X", 10}, {"I", 1}};
	for (size_t i = 0; i < ARRAY_LEN(romans); i++) {
		struct str r = str_c(romans[i].roman);
		if (!str_starts(s, r) || s.n < r.n + 2 || (s.p[r.n] != '.' && s.p[r.n] != ')'))
			continue;
		*ret = romans[i].value;
		size_t at = r.n + 1;
		while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\t'))
			at++;
		return at;
	}
	return 0;
}

struct label_hit {
	size_t from, to; /* the label with its colon or dash */
	bool due;
};

/* Reads «:», «-», «–», «—», with blanks around; 0 when none of them stands there. */
static size_t label_mark(struct str f, size_t i)
{
	static const char *const marks[] = {":", "-", "–", "—", "–", NULL};
	size_t j = i;
	bool hit = false;
	while (j < f.n) {
		bool more = f.p[j] == ' ' || f.p[j] == '\t';
		size_t step = more ? 1 : 0;
		for (const char *const *m = marks; !more && *m != NULL; m++)
			if (str_starts(str_skip(f, j), str_c(*m))) {
				step = strlen(*m);
				more = hit = true;
			}
		if (!more)
			break;
		j += step;
	}
	return hit ? j : 0;
}

/* A label stands at the start or behind the end of a sentence. */
static bool label_place(struct str f, size_t i)
{
	size_t j = i;
	while (j > 0 && (f.p[j - 1] == ' ' || f.p[j - 1] == '\t'))
		j--;
	return j == 0 || f.p[j - 1] == '.' || f.p[j - 1] == ';' || f.p[j - 1] == '(' ||
	       f.p[j - 1] == ')' || f.p[j - 1] == ',';
}

/* «Ответственный за сбор сведений – …» */
static size_t label_for_something(struct str f, size_t i)
{
	static const char *const heads[] = {"ответственный за ", "ответственные за ",
	        "ответственная за ", "ответственное лицо за ", NULL};
	struct str rest = str_sub(f, i, i + 120);
	if (!starts_any(rest, heads))
		return 0;
	for (size_t k = 0; k < rest.n; k++) {
		if (rest.p[k] == '.' || rest.p[k] == ';' || rest.p[k] == '(')
			return 0;
		if (rest.p[k] == ':' || str_starts(str_skip(rest, k), STR(" – ")) ||
		        str_starts(str_skip(rest, k), STR(" — ")) ||
		        str_starts(str_skip(rest, k), STR(" - ")))
			return label_mark(f, i + k);
	}
	return 0;
}

/* «Срок до 15 марта», «Отв. Котова Л.П.»: a line of its own needs no colon. */
static size_t label_without_mark(struct str f, size_t end, bool due)
{
	static const char *const times[] = {
	        " до ", " не позднее", " с ", " в течение", " к ", " по ", " постоянно", NULL};
	struct str rest = str_skip(f, end);
	if (due)
		return starts_any(rest, times) || (rest.n > 1 && rest.p[0] == ' ' &&
		                                          rest.p[1] >= '0' && rest.p[1] <= '9')
		               ? end
		               : 0;
	return end > 0 && f.p[end - 1] == '.' && str_starts(f, STR("отв")) && rest.n > 1 ? end : 0;
}

static bool label_at(struct str f, size_t i, struct label_hit *ret)
{
	static const char *const dues[] = {"сроки исполнения", "срок исполнения", "срок выполнения",
	        "сроки выполнения", "срок реализации", "сроки реализации", "срок представления",
	        "срок проведения", "сроки проведения", "срок", "сроки", "дата исполнения", NULL};
	static const char *const whos[] = {"ответственные исполнители", "ответственный исполнитель",
	        "ответственные за исполнение", "ответственный за исполнение", "ответственные лица",
	        "ответственное лицо", "ответственные", "ответственный", "ответственная", "отв.исп.",
	        "отв. исп.", "отв.", "отв", "исполнители", "исполнитель", "исп.", NULL};
	struct str rest = str_skip(f, i);
	for (int pass = 0; pass < 2; pass++)
		for (const char *const *w = pass == 0 ? dues : whos; *w != NULL; w++) {
			if (!str_starts(rest, str_c(*w)))
				continue;
			size_t end = label_mark(f, i + strlen(*w));
			if (end == 0 && i == 0)
				end = label_without_mark(f, strlen(*w), pass == 0);
			if (end == 0)
				continue;
			*ret = (struct label_hit){i, end, pass == 0};
			return true;
		}
	size_t end = label_for_something(f, i);
	*ret = (struct label_hit){i, end, false};
	return end > 0;
}

static bool label_find(struct str f, size_t from, struct label_hit *ret)
{
	static const char *const firsts[] = {"срок", "отв", "исп", "дата исп", NULL};
	for (size_t i = from; i < f.n; i++) {
		if (f.p[i] != '\xD0' && f.p[i] != '\xD1')
			continue;
		if (starts_any(str_skip(f, i), firsts) && label_place(f, i) && label_at(f, i, ret))
			return true;
	}
	return false;
}

enum into { INTO_BODY, INTO_DUE, INTO_WHO, INTO_ITEM };

struct clause_reader {
	struct parse *p;
	struct clauses *out;
	enum into into;               /* where an unmarked line goes on */
	unsigned roman;               /* «II.» above: arabic numbers are its sub-clauses */
	uint16_t under[CLAUSE_DEPTH]; /* «2. …:» above: «1)», «2)» are its sub-clauses */
	size_t under_depth;
	struct tbuf body; /* text of the clause being read */
	struct tbuf tail; /* its last deadline, executor or item */
};

/* A new piece that later lines may go on with. */
static struct traced start_tail(struct clause_reader *r, struct traced t)
{
	r->tail = (struct tbuf){0};
	tbuf_join(&r->tail, r->p->a, t);
	return tbuf_done(&r->tail);
}

static struct traced more_tail(struct clause_reader *r, struct traced t)
{
	tbuf_join(&r->tail, r->p->a, t);
	return tbuf_done(&r->tail);
}

static void more_body(struct clause_reader *r, struct clause *c, struct traced t)
{
	tbuf_join(&r->body, r->p->a, t);
	c->text = tbuf_done(&r->body);
}

static bool blank_value(struct traced t)
{
	return letters(t.s) == 0 && word_nth(t.s, 0).n == 0;
}

/* Without the bracket that the label stood in. */
static struct traced out_of_bracket(struct traced t)
{
	t = traced_trim(t);
	struct str bare = t.s;
	while (bare.n > 0 && (bare.p[bare.n - 1] == ';' || bare.p[bare.n - 1] == '.'))
		bare.n--;
	if (str_ends(bare, STR(")")) && str_find_byte(bare, '(', 0) == SIZE_MAX)
		return traced_trim(traced_sub(t, 0, bare.n - 1));
	return t;
}

static void put_due(struct clause_reader *r, struct clause *c, struct traced t)
{
	t = out_of_bracket(t);
	if (blank_value(t))
		return;
	*vec_push(r->p->a, &c->due) = (struct phrase){.text = start_tail(r, t)};
}

/* Adds a line to a clause: the text before the first label, then the labelled pieces. */
static void put_line(struct clause_reader *r, struct clause *c, struct traced t)
{
	struct arena *a = r->p->a;
	struct str f = words_fold(a, t.s);
	struct label_hit hit;
	bool any = label_find(f, 0, &hit);
	struct traced head = traced_trim(any ? traced_sub(t, 0, hit.from) : t);
	if (any && str_ends(head.s, STR("("))) /* «… (срок – до 1 марта)» */
		head = traced_trim(traced_sub(head, 0, head.s.n - 1));
	if (head.s.n > 0) {
		if (r->into == INTO_DUE && c->due.n > 0) {
			struct phrase *last = &c->due.v[c->due.n - 1];
			last->text = more_tail(r, head);
		} else if (r->into == INTO_WHO && c->who.n > 0) {
			c->who.v[c->who.n - 1] = more_tail(r, head);
		} else {
			if (r->into == INTO_ITEM && c->item.n > 0)
				c->item.v[c->item.n - 1] = more_tail(r, head);
			more_body(r, c, head);
		}
	}
	while (any) {
		struct label_hit next;
		bool more = label_find(f, hit.to, &next);
		struct traced value = traced_sub(t, hit.to, more ? next.from : t.s.n);
		if (hit.due) {
			put_due(r, c, value);
			r->into = INTO_DUE;
		} else {
			if (!blank_value(value))
				*vec_push(a, &c->who) = start_tail(r, out_of_bracket(value));
			r->into = INTO_WHO;
		}
		hit = next;
		any = more;
	}
}

/* The number goes on from the clauses above: the next at some level, or the first of a deeper one.
 */
static bool number_fits(const struct clauses *cs, const uint16_t *number, size_t depth)
{
	if (cs->v.n == 0)
		return number[0] <= 3 || depth > 1;
	const struct clause *last = &cs->v.v[cs->v.n - 1];
	if (last->depth == 0)
		return number[depth - 1] <= 3;
	size_t same = 0;
	while (same < depth && same < last->depth && number[same] == last->number[same])
		same++;
	if (same == depth)
		return false;
	if (same == last->depth)
		return true;
	int step = number[same] - last->number[same];
	return (step > 0 && step <= 4) || number[depth - 1] == 1;
}

static bool bullet(struct str s, size_t *ret_len)
{
	static const char *const marks[] = {
	        "- ", "– ", "— ", "• ", "· ", "* ", "— ", "-", "–", "•", NULL};
	for (const char *const *m = marks; *m != NULL; m++)
		if (str_starts(s, str_c(*m)) && s.n > strlen(*m) + 4 &&
		        !(s.p[strlen(*m)] >= '0' && s.p[strlen(*m)] <= '9')) {
			*ret_len = strlen(*m);
			return true;
		}
	/* «а) …» */
	if (s.n > 8 && s.p[2] == ')' && starts_lower(str_sub(s, 0, 2)) &&
	        (unsigned char)s.p[0] >= 0xD0) {
		*ret_len = 3;
		return true;
	}
	return false;
}

static void start_clause(struct clause_reader *r, const struct block *b, struct traced t,
        const uint16_t *number, size_t depth, size_t len)
{
	struct clause *c = vec_push(r->p->a, &r->out->v);
	memcpy(c->number, number, depth * sizeof(number[0]));
	c->depth = depth;
	c->parent = SIZE_MAX;
	if (depth > 0) {
		c->label = traced_sub(t, 0, len);
		c->label = traced_of(c->label, trim_end_marks(c->label.s));
		if (str_ends(c->label.s, STR(")")))
			c->label = traced_sub(c->label, 0, c->label.s.n - 1);
	}
	c->page = b->page;
	c->line_start = c->line_end = b->line;
	c->span = traced_span(r->p->src, t);
	r->into = INTO_BODY;
	r->body = (struct tbuf){0};
	put_line(r, c, traced_sub(t, len, t.s.n));
}

/* «2. Центру оценки: / 1) … / 2) …»: numbers with a bracket go below the clause with the colon. */
static size_t under_colon(struct clause_reader *r, struct str s, uint16_t number[CLAUSE_DEPTH],
        size_t *depth, size_t len)
{
	bool bracket = len > 0 && *depth == 1 && str_find_byte(str_sub(s, 0, len), ')', 0) < len;
	if (len == 0)
		return 0;
	if (!bracket) {
		r->under_depth = 0;
		return len;
	}
	const struct clause *last = r->out->v.n > 0 ? &r->out->v.v[r->out->v.n - 1] : NULL;
	if (number[0] == 1 && r->under_depth == 0 && last != NULL && last->depth > 0 &&
	        str_ends(str_trim(last->text.s), STR(":"))) {
		r->under_depth = last->depth;
		memcpy(r->under, last->number, last->depth * sizeof(number[0]));
	}
	if (r->under_depth == 0 || r->under_depth + 1 >= CLAUSE_DEPTH)
		return len;
	number[r->under_depth] = number[0];
	memcpy(number, r->under, r->under_depth * sizeof(number[0]));
	*depth = r->under_depth + 1;
	return len;
}

static void read_block(struct clause_reader *r, const struct block *b)
{
	struct traced t = traced_flat(r->p->a, b->text);
	uint16_t number[CLAUSE_DEPTH] = {0};
	size_t depth = 0, len = clause_number(t.s, number, &depth);
	unsigned roman = 0;
	size_t top = r->roman > 0 || r->out->v.n == 0 ? clause_roman(t.s, &roman) : 0;
	if (top > 0 && roman == r->roman + 1) {
		number[0] = (uint16_t)roman;
		r->roman = roman;
		start_clause(r, b, t, number, 1, top);
		return;
	}
	if (len > 0 && r->roman > 0 && depth < CLAUSE_DEPTH) {
		memmove(number + 1, number, depth * sizeof(number[0]));
		number[0] = (uint16_t)r->roman;
		depth++;
	}
	len = under_colon(r, t.s, number, &depth, len);
	if (len > 0 && number_fits(r->out, number, depth)) {
		start_clause(r, b, t, number, depth, len);
		return;
	}
	if (r->out->v.n == 0) {
		start_clause(r, b, t, number, 0, 0);
		return;
	}
	struct clause *c = &r->out->v.v[r->out->v.n - 1];
	c->line_end = b->line_end;
	c->span.to = traced_span(r->p->src, t).to;
	if (c->text.s.n > MAX_CLAUSE || c->item.n > MAX_ITEMS)
		return; /* no clause is that long: a text without numbers behind the last one */
	size_t mark = 0;
	if (bullet(t.s, &mark)) {
		struct traced item = traced_trim(traced_sub(t, mark, t.s.n));
		struct str f = words_fold(r->p->a, item.s);
		struct label_hit hit;
		if (c->item.n == 0)
			c->lead = c->text;
		*vec_push(r->p->a, &c->item) = start_tail(r, item);
		if (label_find(f, 0, &hit)) {
			c->item_due = true;
			r->into = INTO_ITEM;
			return;
		}
		r->into = INTO_ITEM;
		more_body(r, c, t);
		return;
	}
	if (b->blank_above && (r->into == INTO_DUE || r->into == INTO_WHO))
		r->into = INTO_BODY;
	put_line(r, c, t);
}

/* Parents by number («3» for «3.1»); a parent that has no action is a head. */
static void find_parents(struct clauses *cs)
{
	for (size_t i = 0; i < cs->v.n; i++) {
		struct clause *c = &cs->v.v[i];
		for (size_t j = i; c->depth > 1 && j-- > 0 && i - j < 2000;) {
			struct clause *up = &cs->v.v[j];
			if (up->depth != 0 && up->depth < c->depth &&
			        memcmp(up->number, c->number, up->depth * sizeof(up->number[0])) ==
			                0) {
				c->parent = j;
				break;
			}
		}
	}
}

bool clause_due_label(struct str folded, size_t *ret_from, size_t *ret_to)
{
	struct label_hit hit;
	for (size_t i = 0; label_find(folded, i, &hit); i = hit.to)
		if (hit.due) {
			*ret_from = hit.from;
			*ret_to = hit.to;
			return true;
		}
	return false;
}

void clauses_read_after(struct parse *p, struct traced first, const struct block *at,
        struct range range, struct clauses *ret)
{
	*ret = (struct clauses){0};
	struct clause_reader r = {.p = p, .out = ret};
	if (letters(first.s) > 0) {
		struct block b = *at;
		b.text = first;
		read_block(&r, &b);
	}
	for (size_t i = range.from; i < range.to; i++)
		if (p->src->block[i].kind == BLOCK_LINE)
			read_block(&r, &p->src->block[i]);
	find_parents(ret);
}

void clauses_read(struct parse *p, struct range range, struct clauses *ret)
{
	clauses_read_after(p, (struct traced){0}, NULL, range, ret);
}

/* A paragraph begins: an empty line or a sentence end stands above, a capital opens it. */
static bool paragraph_starts(const struct parse *p, struct range r, size_t i)
{
	const struct block *b = &p->src->block[i];
	if (i == r.from || b->paragraph || b->blank_above)
		return true;
	struct str above = str_trim(b[-1].kind == BLOCK_LINE ? b[-1].text.s : STR_NONE);
	return starts_upper(b->text.s) &&
	       (above.n == 0 || str_ends(above, STR(".")) || str_ends(above, STR(";")) ||
	               str_ends(above, STR(":")));
}

void clauses_read_plain(struct parse *p, struct range range, struct clauses *ret)
{
	static const uint16_t none[CLAUSE_DEPTH] = {0};
	*ret = (struct clauses){0};
	struct clause_reader r = {.p = p, .out = ret};
	for (size_t i = range.from; i < range.to; i++) {
		const struct block *b = &p->src->block[i];
		size_t mark = 0;
		struct label_hit hit;
		if (b->kind != BLOCK_LINE)
			continue;
		struct traced t = traced_flat(p->a, b->text);
		bool labelled = label_find(words_fold(p->a, t.s), 0, &hit) && hit.from == 0;
		if (ret->v.n == 0 || bullet(t.s, &mark) ||
		        (paragraph_starts(p, range, i) && !labelled))
			start_clause(&r, b, t, none, 0, mark);
		else
			read_block(&r, b);
	}
}

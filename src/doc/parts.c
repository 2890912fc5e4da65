/* Where the main document ends and its annexes begin. */
#include "doc/parse.h"
#include "doc/words.h"

static const char *const posts[] = {"директор", "начальник", "заместител", "глава", "министр",
        "руководител", "председател", "ректор", "заведующ", "и.о.", "и. о.", "исполняющ", "врио",
        "временно исп", "первый зам", "губернатор", "вице-губ", "секретар", "мэр", "префект",
        "проректор", "заведующий", "главный", "уполномоч", "управляющ", "ио ", NULL};

static bool post_line(struct str f)
{
	return starts_any(f, posts);
}

/* The line is a name, or a post and a name far apart («Директор        И.И. Иванова»). */
static bool name_line(struct str s, struct word *ret)
{
	if (s.n > 260 || str_starts(s, STR("(")) || !person_find(s, 0, ret))
		return false;
	struct str rest = str_trim(str_skip(s, ret->to));
	if (letters(rest) > 0)
		return false;
	struct str before = str_sub(s, 0, ret->from);
	while (before.n > 0 && (before.p[before.n - 1] == '/' || before.p[before.n - 1] == '('))
		before.n--; /* «Директор ______ /И.И. Иванова/» */
	if (letters(before) == 0)
		return true;
	return before.p[before.n - 1] == '\t' ||
	       (before.n > 2 && (before.p[before.n - 1] == '_' || before.p[before.n - 2] == '_'));
}

static bool clause_line(struct str s)
{
	uint16_t number[CLAUSE_DEPTH];
	size_t depth;
	return clause_number(s, number, &depth) > 0;
}

/* First line of the post above a bare name; the name line itself when none stands there. */
static size_t post_above(const struct parse *p, size_t from, size_t at)
{
	size_t first = at;
	for (size_t i = at; i > from && at - i < 5; i--) {
		const struct block *b = &p->src->block[i - 1];
		if (b->kind != BLOCK_LINE || b->text.s.n > 160 || clause_line(b->text.s))
			break;
		if (post_line(p->fold[i - 1]))
			first = i - 1;
	}
	return first;
}

/* «Председатель коллегии, / министр      А.К. Жданов»: the first of the lines of the post. */
static size_t posts_above(const struct parse *p, size_t from, size_t at)
{
	size_t first = at;
	for (size_t i = at; i > from && at - i < 4 && !p->src->block[i].blank_above; i--) {
		const struct block *b = &p->src->block[i - 1];
		if (b->kind != BLOCK_LINE || b->text.s.n > 160 || clause_line(b->text.s) ||
		        str_ends(b->text.s, STR(".")))
			break;
		if (post_line(p->fold[i - 1]))
			first = i - 1;
	}
	return first;
}

size_t signature_find(const struct parse *p, size_t from, size_t to, size_t *ret_end)
{
	for (size_t i = from; i < to; i++) {
		const struct block *b = &p->src->block[i];
		struct word name;
		if (b->kind != BLOCK_LINE || clause_line(b->text.s) || !name_line(b->text.s, &name))
			continue;
		bool own_post = letters(str_sub(b->text.s, 0, name.from)) > 0;
		size_t first = own_post ? i : post_above(p, from, i);
		if (own_post && !post_line(p->fold[i])) {
			size_t above = post_above(p, from, i);
			if (above == i && !starts_upper(b->text.s))
				continue;
			first = above;
		} else if (own_post) {
			first = posts_above(p, from, i);
		}
		if (!own_post && first == i) {
			/* a name alone signs only when set off from the text and not full
			 * («Шавердина Ольга Евгеньевна» is who typed it) */
			struct str s = str_sub(b->text.s, name.from, name.to);
			if (!str_has(s, STR(".")) || !b->blank_above || i + 1 < to)
				continue;
		}
		*ret_end = i + 1;
		return first;
	}
	return SIZE_MAX;
}

static bool annex_mark(struct str f, struct str tight)
{
	if (str_starts(f, STR("приложение:")) || str_starts(f, STR("приложение на")) ||
	        str_starts(f, STR("приложения:")) || str_starts(f, STR("приложение -")))
		return false;
	return str_starts(tight, STR("приложение"));
}

static bool approval_mark(struct str tight)
{
	static const char *const marks[] = {
	        "утвержден", "утверждeн", "утверждаю", "утверждена", NULL};
	return starts_any(tight, marks) && tight.n < 79;
}

static bool title_mark(struct str tight)
{
	static const char *const marks[] = {"план", "дорожнаякарта", "«дорожнаякарта", "\"дорожная",
	        "протокол", "график", "переченьмер", "комплексмер", "положение", "порядок",
	        "регламент", "состав", NULL};
	return starts_any(tight, marks);
}

static void part_add(struct parse *p, enum doc_kind kind, struct range blocks)
{
	struct doc_part *part = vec_push(p->a, &p->parts);
	size_t n = p->parts.n - 1;
	*part = (struct doc_part){
	        .kind = kind, .id = n == 0 ? STR("main") : str_printf(p->a, "annex-%zu", n)};
	*vec_push(p->a, &p->ranges) = (struct part_range){blocks, n};
}

/* Kind of an annex by its first lines. */
static enum doc_kind annex_kind(const struct parse *p, struct range r)
{
	bool table = false;
	for (size_t i = r.from; i < r.to; i++) {
		if (p->src->block[i].kind == BLOCK_TABLE) {
			table = true;
			break;
		}
		struct str t = p->tight[i];
		if (i > r.from + 12)
			continue;
		if (str_starts(t, STR("протокол")))
			return DOC_PROTOCOL;
		if (str_has(t, STR("дорожн")) && p->src->block[i].text.s.n < 400)
			return DOC_ROADMAP;
	}
	static const char *const plans[] = {
	        "план", "график", "комплексмер", "программамер", "циклограмма", "календарь", NULL};
	for (size_t i = r.from; i < r.to && i < r.from + 8; i++)
		if (starts_any(p->tight[i], plans) ||
		        (table && str_starts(p->tight[i], STR("перечень"))))
			return DOC_PLAN;
	return table ? DOC_ROADMAP : DOC_OTHER;
}

/* First block of the annex at or after `from`; `to` when there is none. */
static size_t annex_start(const struct parse *p, size_t from, size_t to)
{
	size_t text = to;
	for (size_t i = from; i < to; i++) {
		const struct block *b = &p->src->block[i];
		if (b->kind == BLOCK_TABLE)
			return text < i && i - text <= 6 ? text : i;
		if (b->kind != BLOCK_LINE)
			continue;
		if (annex_mark(p->fold[i], p->tight[i]) || approval_mark(p->tight[i]) ||
		        title_mark(p->tight[i]))
			return i;
		if (text == to && letters(b->text.s) > 60 && starts_upper(b->text.s))
			text = i;
	}
	return text;
}

/* Splits [from, to) at «Приложение N» lines. */
static void annexes(struct parse *p, size_t from, size_t to)
{
	size_t begin = from;
	bool body = false; /* the annex has more than its stamp already */
	for (size_t i = from; i < to; i++) {
		const struct block *b = &p->src->block[i];
		bool mark = b->kind == BLOCK_LINE && annex_mark(p->fold[i], p->tight[i]) &&
		            b->text.s.n < 200;
		if (mark && body) {
			struct range r = {begin, i};
			part_add(p, annex_kind(p, r), r);
			begin = i;
			body = false;
		}
		body |= b->kind == BLOCK_TABLE || (!mark && i > begin + 5);
	}
	if (begin < to) {
		struct range r = {begin, to};
		part_add(p, annex_kind(p, r), r);
	}
}

/* Where the main part begins to order or to ask: the signature stands behind. */
static size_t body_start(const struct parse *p)
{
	static const char *const verbs[] = {"приказываю", "постановляю", "постановляет",
	        "решила:", "решил:", "обязываю", "распоряжаюсь", NULL};
	size_t first_clause = SIZE_MAX;
	for (size_t i = 0; i < p->src->n; i++) {
		const struct block *b = &p->src->block[i];
		if (b->kind != BLOCK_LINE)
			continue;
		struct str t = str_replace(p->a, p->fold[i], STR(" "), STR(""));
		if (has_any(t, verbs) || str_starts(p->fold[i], STR("уважаем")))
			return i + 1;
		if (first_clause == SIZE_MAX && str_starts(b->text.s, STR("1.")) &&
		        clause_line(b->text.s))
			first_clause = i;
	}
	return first_clause == SIZE_MAX ? 0 : first_clause;
}

void parts_find(struct parse *p)
{
	size_t n = p->src->n, main_end = n;
	bool act = p->meta.kind == DOC_ORDER || p->meta.kind == DOC_DIRECTIVE ||
	           p->meta.kind == DOC_RESOLUTION || p->meta.kind == DOC_LETTER ||
	           (p->meta.kind == DOC_OTHER && kind_line(p, DOC_OTHER) != SIZE_MAX);
	size_t annex = n;
	if (act) {
		size_t from = body_start(p), end = n;
		if (signature_find(p, from, n, &end) != SIZE_MAX) {
			main_end = end;
			annex = annex_start(p, end, n);
		} else {
			annex = n;
			for (size_t i = from; i < n; i++)
				if (p->src->block[i].kind == BLOCK_TABLE ||
				        annex_mark(p->fold[i], p->tight[i])) {
					annex = i;
					break;
				}
			main_end = annex;
		}
	} else {
		bool body = false;
		for (size_t i = 0; i < n; i++) {
			const struct block *b = &p->src->block[i];
			body |= b->kind == BLOCK_TABLE || i > 25;
			if (body && b->kind == BLOCK_LINE && annex_mark(p->fold[i], p->tight[i])) {
				main_end = annex = i;
				break;
			}
		}
	}
	part_add(p, p->meta.kind, (struct range){0, main_end});
	if (annex < n)
		annexes(p, annex, n);
}

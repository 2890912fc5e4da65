/* Kinds that are text with numbered points: acts, letters, minutes. */
#include "doc/parse.h"
#include "doc/words.h"

static bool act_kind(enum doc_kind k)
{
	return k == DOC_ORDER || k == DOC_DIRECTIVE || k == DOC_RESOLUTION;
}

static size_t first_clause(const struct parse *p, struct range r)
{
	for (size_t i = r.from; i < r.to; i++) {
		const struct block *b = &p->src->block[i];
		uint16_t number[CLAUSE_DEPTH];
		size_t depth;
		unsigned roman = 0;
		if (b->kind != BLOCK_LINE)
			continue;
		if (clause_number(b->text.s, number, &depth) > 0 && number[0] == 1)
			return i;
		if (clause_roman(b->text.s, &roman) > 0 && roman == 1)
			return i;
	}
	return r.to;
}

/* Orders, directives, resolutions: every numbered clause up to the signature. */
void parse_act(struct parse *p, struct part_range part)
{
	static const char *const verbs[] = {"приказываю", "постановляю", "постановляет",
	        "решила:", "решил:", "обязываю", "распоряжаюсь", NULL};
	struct range r = part.blocks;
	size_t end = r.to, from = r.from;
	for (size_t i = r.from; i < r.to; i++)
		if (has_any(str_replace(p->a, p->fold[i], STR(" "), STR("")), verbs)) {
			from = i + 1;
			break;
		}
	size_t sign = signature_find(p, from, r.to, &end);
	r.to = sign == SIZE_MAX ? r.to : sign;
	size_t first = first_clause(p, (struct range){from, r.to});
	struct clauses cs;
	if (first == r.to && from > part.blocks.from) /* orders without numbers */
		clauses_read_plain(p, (struct range){from, r.to}, &cs);
	else
		clauses_read(p, (struct range){first, r.to}, &cs);
	clauses_to_tasks(p, part.part, &cs, &(struct clause_opt){0});
	parse_tables(p, part);
}

/* ---- letters ---- */

static const char *const asks[] = {
        "просим", "прошу", "просит", "предлагаем", "предлагает", "рекомендуем", "необходимо", NULL};

/* Sentences end at a full stop before a capital; initials and short words with a dot do not. */
static size_t sentence_end(struct str s, size_t from)
{
	for (size_t i = from; i + 1 < s.n; i++) {
		if (s.p[i] != '.' || s.p[i + 1] != ' ')
			continue;
		size_t k = i, latin = i;
		while (k > from && (unsigned char)s.p[k - 1] >= 0x80)
			k--;
		while (latin > from && ((s.p[latin - 1] >= '0' && s.p[latin - 1] <= '9') ||
		                               (s.p[latin - 1] >= 'a' && s.p[latin - 1] <= 'z')))
			latin--;
		if ((i - k > 6 || i - latin >= 3) && starts_upper(str_skip(s, i + 2)))
			return i + 1;
	}
	return s.n;
}

/* «… будут усилены …»: what the author means to do. */
static bool commitment(struct str f)
{
	return (str_has(f, STR(" будут ")) || str_has(f, STR(" будет ")) ||
	               str_has(f, STR("планируется ")) || str_has(f, STR("запланирован"))) &&
	       f.n > 60;
}

static void ask_task(struct parse *p, size_t part, const struct block *b, struct traced t)
{
	struct assignment *task = task_add(p, part, ASSIGNMENT_TASK);
	size_t k = p->tasks.n - 1;
	task->activity = field_flat(p, t, TRUST_SURE);
	task->responsible = arena_new(p->a, struct executor, p->meta.n_addressees + 1);
	task->responsible_source = p->meta.n_addressees > 0 ? RESPONSIBLE_PARENT : RESPONSIBLE_NONE;
	for (size_t i = 0; i < p->meta.n_addressees; i++)
		task->responsible[task->n_responsible++].name = p->meta.addressee[i];
	task->page = b->page;
	task->line_start = b->line;
	task->line_end = b->line_end;
	task->span = traced_span(p->src, t);
	indicators list = {0};
	indicators_find(p, t, false, &list);
	task->indicator = list.v;
	task->n_indicators = list.n;
	fields docs = {0};
	evidence_inline(p, t, &docs);
	task->document_type = docs.v;
	task->n_document_types = docs.n;
	struct str *found;
	size_t n = deadline_find(p->a, t.s, &found);
	for (size_t i = 0; i < n; i++)
		task_phrase(p, k, (struct phrase){.text = traced_of(t, found[i]), .wide = true});
}

/* «Информацию направить в адрес службы до 25.03.2024»: behind a request an infinitive with a date
 * asks as well. */
static bool impersonal(struct parse *p, struct str f)
{
	static const char *const verbs[] = {"направить", "представить", "предоставить", "сообщить",
	        "обеспечить", "разместить", "провести", "организовать", "заполнить", "внести",
	        "передать", "прислать", NULL};
	static const char *const may[] = {"может", "могут", "можно", "вправе", "планир",
	        "необходимости", "будет", "будут", "позвол", NULL};
	struct str *found;
	struct word w;
	bool asks_for = false;
	for (size_t i = 0; word_next(f, &i, &w) && !asks_for;)
		for (const char *const *v = verbs; *v != NULL; v++)
			asks_for |= str_eq_z(str_sub(f, w.from, w.to), *v);
	return asks_for && !has_any(f, may) && deadline_find(p->a, f, &found) > 0;
}

/* A paragraph of a letter: its asking sentence is one task. */
static void letter_paragraph(struct parse *p, size_t part, const struct block *b, struct traced t)
{
	struct str f = words_fold(p->a, t.s);
	bool asked = p->tasks.n > 0 && p->tasks.v[p->tasks.n - 1].type == ASSIGNMENT_TASK &&
	             p->tasks.v[p->tasks.n - 1].part == part;
	if (!has_any(f, asks) && asked && impersonal(p, f)) {
		ask_task(p, part, b, t);
		return;
	}
	if (!has_any(f, asks)) {
		if (commitment(f)) {
			struct assignment *c = task_add(p, part, ASSIGNMENT_COMMITMENT);
			c->activity = field_flat(p, t, TRUST_DOUBTFUL);
			c->page = b->page;
			c->line_start = c->line_end = b->line;
			c->span = traced_span(p->src, t);
		}
		return;
	}
	for (size_t from = 0; from < t.s.n;) {
		size_t end = sentence_end(t.s, from);
		struct str sentence = str_sub(f, from, end);
		struct word w;
		bool action = false;
		for (size_t i = 0; word_next(sentence, &i, &w);)
			action |= word_infinitive(str_sub(sentence, w.from, w.to));
		if (has_any(sentence, asks) && action)
			ask_task(p, part, b, traced_trim(traced_sub(t, from, end)));
		from = end;
	}
}

/* A line that begins a paragraph of its own: set in as the points are, behind a full stop, or
 * asking anew. */
static bool new_paragraph(const struct parse *p, size_t i, uint32_t indent)
{
	const struct block *b = &p->src->block[i];
	struct str above = str_trim(p->src->block[i - 1].text.s);
	if (!starts_upper(b->text.s) || !(str_ends(above, STR(".")) || str_ends(above, STR(";"))))
		return false;
	static const char *const labels[] = {"срок", "отв", "исп", NULL};
	if (starts_any(p->fold[i], labels))
		return false;
	return (indent > 0 && b->indent == indent) || starts_any(p->fold[i], asks) ||
	       starts_any(p->fold[i], (const char *const[]){"дополнительно", "обращаем", "информац",
	                                      "одновременно", "кроме того", NULL});
}

/* Points under «… просим:» — numbered ones and bullets with deadlines are tasks of their own. */
static size_t letter_list(struct parse *p, size_t part, size_t i, size_t to)
{
	struct range r = {i + 1, i + 1};
	size_t marked = 0;
	for (size_t k = i + 1; k < to; k++) {
		const struct block *b = &p->src->block[k];
		uint16_t number[CLAUSE_DEPTH];
		size_t depth;
		if (b->kind != BLOCK_LINE)
			break;
		bool point = clause_number(b->text.s, number, &depth) > 0 ||
		             str_starts(b->text.s, STR("- ")) || str_starts(b->text.s, STR("– ")) ||
		             str_starts(b->text.s, STR("• ")) || str_starts(b->text.s, STR("— "));
		if (!point && marked > 0 && new_paragraph(p, k, p->src->block[i + 1].indent))
			break;
		if (!point && (b->blank_above || b->paragraph) &&
		        !str_starts(p->fold[k], STR("срок")) && !str_starts(p->fold[k], STR("отв")))
			break;
		if (!point && marked == 0)
			break;
		marked += point;
		r.to = k + 1;
	}
	if (marked == 0)
		return 0;
	uint16_t number[CLAUSE_DEPTH];
	size_t depth;
	if (clause_number(p->src->block[i + 1].text.s, number, &depth) > 0) {
		struct clauses cs;
		clauses_read(p, r, &cs);
		struct clause_opt opt = {
		        .addressee = p->meta.addressee, .n_addressees = p->meta.n_addressees};
		clauses_to_tasks(p, part, &cs, &opt);
		return r.to - i;
	}
	struct clauses cs;
	clauses_read(p, (struct range){i, r.to}, &cs);
	struct clause_opt opt = {
	        .addressee = p->meta.addressee, .n_addressees = p->meta.n_addressees};
	if (cs.v.n > 0)
		cs.v.v[0].depth = 0;
	clauses_to_tasks(p, part, &cs, &opt);
	return r.to - i;
}

static void letter_text(struct parse *p, size_t part, struct range r)
{
	for (size_t i = r.from; i < r.to; i++) {
		const struct block *b = &p->src->block[i];
		if (b->kind != BLOCK_LINE)
			continue;
		struct tbuf whole = {0};
		tbuf_join(&whole, p->a, traced_flat(p->a, b->text));
		struct traced t = tbuf_done(&whole);
		size_t k = i + 1;
		uint16_t number[CLAUSE_DEPTH];
		size_t depth;
		while (k < r.to && p->src->block[k].kind == BLOCK_LINE &&
		        !p->src->block[k].blank_above && !p->src->block[k].paragraph &&
		        p->src->block[k].indent <= b->indent &&
		        clause_number(p->src->block[k].text.s, number, &depth) == 0 &&
		        !str_starts(p->src->block[k].text.s, STR("- ")) &&
		        !str_ends(t.s, STR(":")) && t.s.n < 20000) {
			tbuf_join(&whole, p->a, traced_flat(p->a, p->src->block[k].text));
			t = tbuf_done(&whole);
			k++;
		}
		struct str f = words_fold(p->a, t.s);
		if (str_ends(str_trim(t.s), STR(":")) && has_any(f, asks)) {
			size_t used = letter_list(p, part, k - 1, r.to);
			if (used > 0) {
				i = k - 1 + used - 1;
				continue;
			}
		}
		letter_paragraph(p, part, b, t);
		i = k - 1;
	}
}

void parse_letter(struct parse *p, struct part_range part)
{
	struct range r = part.blocks;
	for (size_t i = r.from; i < r.to; i++)
		if (str_starts(p->fold[i], STR("уважаем"))) {
			r.from = i + 1;
			break;
		}
	size_t end = r.to, sign = signature_find(p, r.from, r.to, &end);
	r.to = sign == SIZE_MAX ? r.to : sign;
	letter_text(p, part.part, r);
	parse_tables(p, part);
}

/* ---- minutes ---- */

struct agenda {
	VEC(struct field) title;
	VEC(unsigned) number;
};

/* «1. СЛУШАЛИ», «II. РАЗНОЕ»: bytes of the number, 0 when there is none. */
static size_t top_number(struct str s, unsigned *ret)
{
	uint16_t number[CLAUSE_DEPTH];
	size_t depth, len = clause_number(s, number, &depth);
	if (len > 0) {
		*ret = number[0];
		return depth == 1 ? len : 0;
	}
	return clause_roman(s, ret);
}

static bool agenda_line(struct str tight)
{
	static const char *const words[] = {"повестка", "рассмотреливопрос",
	        "рассматриваемыевопрос", "вопросыповестки", "вопросы:", NULL};
	return starts_any(tight, words);
}

static bool decides(struct str tight)
{
	static const char *const words[] = {"решили", "решил:", "постановили",
	        "решение:", "решение", "решения:", "решено", NULL};
	return starts_any(tight, words);
}

static bool hears(struct str tight)
{
	static const char *const words[] = {"слушали", "выступил", "докладчик", "повестка",
	        "заслушали", "голосовали", "присутствовал", "обсудили", "отметили", NULL};
	return starts_any(tight, words);
}

static struct str tight_text(struct parse *p, struct str s)
{
	return str_replace(p->a, words_fold(p->a, str_sub(s, 0, 120)), STR(" "), STR(""));
}

/* «1. О результатах ВПР. (Докладчик - …)» → «О результатах ВПР» */
static struct traced agenda_title(struct parse *p, struct traced t)
{
	struct str f = words_fold(p->a, t.s);
	size_t len, at = find_any(f, 0, (const char *const[]){"(доклад", "докладчик", NULL}, &len);
	struct word name;
	if (at == SIZE_MAX && person_find(t.s, 0, &name)) /* «… (Орлова Н.П.)» */
		for (at = name.from; at > 10 && t.s.p[at] != '('; at--)
			;
	if (at != SIZE_MAX && at > 10)
		t = traced_sub(t, 0, at);
	t = traced_trim(t);
	return traced_of(t, trim_end_marks(t.s));
}

static size_t read_agenda(struct parse *p, struct range r, size_t i, struct agenda *ret)
{
	for (i++; i < r.to; i++) {
		const struct block *b = &p->src->block[i];
		unsigned number = 0;
		if (b->kind != BLOCK_LINE)
			break;
		size_t len = top_number(b->text.s, &number);
		struct traced t = traced_sub(b->text, len, b->text.s.n);
		struct str tight = tight_text(p, t.s);
		if (starts_any(tight,
		            (const char *const[]){"слушали", "выступили", "заслушали", NULL}) ||
		        decides(tight))
			break;
		if (len == 0)
			continue;
		if (ret->number.n > 0 && number <= ret->number.v[ret->number.n - 1])
			break; /* the items begin anew: they are being discussed */
		t = agenda_title(p, traced_flat(p->a, t));
		*vec_push(p->a, &ret->title) = field_of(p, t, TRUST_SURE);
		*vec_push(p->a, &ret->number) = number;
	}
	return i;
}

/* The line repeats the item of the agenda with its number: what follows is about it. */
static bool agenda_repeats(
        struct parse *p, const struct agenda *g, unsigned number, struct str text)
{
	enum { ENOUGH = 40 };
	for (size_t i = 0; i < g->number.n; i++) {
		struct str title = words_fold(p->a, g->title.v[i].text);
		if (g->number.v[i] == number && title.n > 4 &&
		        str_starts(words_fold(p->a, text), utf8_head(title, ENOUGH)))
			return true;
	}
	return false;
}

static struct field agenda_find(const struct agenda *g, unsigned number)
{
	for (size_t i = 0; i < g->number.n; i++)
		if (g->number.v[i] == number)
			return g->title.v[i];
	return (struct field){0};
}

/* What is being decided: the blocks, and the words behind «РЕШИЛИ:» in its own line. */
struct decisions {
	struct range blocks;
	struct traced first;
	const struct block *at;
	struct field section;
	bool open;
};

static bool numbered(const struct parse *p, struct range r)
{
	for (size_t i = r.from; i < r.to; i++) {
		struct str s = p->src->block[i].text.s;
		uint16_t number[CLAUSE_DEPTH];
		size_t depth;
		unsigned roman;
		if (p->src->block[i].kind == BLOCK_LINE &&
		        (clause_number(s, number, &depth) > 0 || clause_roman(s, &roman) > 0))
			return true;
	}
	return false;
}

static void read_decisions(struct parse *p, size_t part, struct decisions *d, size_t to)
{
	struct clauses cs;
	if (!d->open)
		return;
	d->open = false;
	d->blocks.to = to;
	if (letters(d->first.s) == 0 && !numbered(p, d->blocks))
		clauses_read_plain(p, d->blocks, &cs);
	else
		clauses_read_after(p, d->first, d->at, d->blocks, &cs);
	clauses_to_tasks(
	        p, part, &cs, &(struct clause_opt){.section = d->section, .minutes = true});
}

static void open_decisions(struct decisions *d, const struct block *b, size_t i, bool with_text)
{
	size_t colon = str_find_byte(b->text.s, ':', 0);
	d->blocks = (struct range){i + 1, i + 1};
	d->at = b;
	d->first = (struct traced){0};
	if (with_text && colon != SIZE_MAX && colon + 1 < b->text.s.n)
		d->first = traced_trim(traced_sub(b->text, colon + 1, b->text.s.n));
	d->open = true;
}

/* A heading of an item of the agenda that is not «СЛУШАЛИ»: «3. РАЗНОЕ:» */
static bool topic_line(struct parse *p, const struct block *b, struct traced rest)
{
	struct str f = words_fold(p->a, rest.s);
	return str_starts(f, STR("разное")) ||
	       (str_ends(b->text.s, STR(":")) && all_upper(rest.s) && rest.s.n < 120);
}

void parse_protocol(struct parse *p, struct part_range part)
{
	struct agenda agenda = {0};
	struct range r = part.blocks;
	struct decisions now = {0};
	bool heard = false;
	for (size_t i = r.from; i < r.to; i++) {
		const struct block *b = &p->src->block[i];
		unsigned number = 0;
		if (b->kind != BLOCK_LINE)
			continue;
		if (agenda_line(p->tight[i])) {
			i = read_agenda(p, r, i, &agenda) - 1;
			continue;
		}
		size_t len = top_number(b->text.s, &number);
		struct traced rest = traced_trim(traced_sub(b->text, len, b->text.s.n));
		struct str tight = tight_text(p, rest.s);
		bool topic = len > 0 && !hears(tight) && !decides(tight) && topic_line(p, b, rest);
		bool repeats = len > 0 && !topic && agenda_repeats(p, &agenda, number, rest.s);
		if (!hears(tight) && !decides(tight) && !topic && !repeats)
			continue;
		read_decisions(p, part.part, &now, i);
		if (repeats) {
			heard = true;
			now.section = agenda_find(&agenda, number);
		} else if (topic) {
			now.section = agenda_find(&agenda, number);
			if (now.section.text.p == NULL)
				now.section = field_of(
				        p, traced_of(rest, trim_end_marks(rest.s)), TRUST_SURE);
			if (heard || agenda.number.n > 0)
				open_decisions(&now, b, i, false);
		} else if (hears(tight)) {
			heard = true;
			if (len > 0)
				now.section = agenda_find(&agenda, number);
		} else {
			if (!heard && now.section.text.n == 0)
				now.section = (struct field){0};
			open_decisions(&now, b, i, true);
		}
	}
	size_t end, sign = now.open ? signature_find(p, now.blocks.from, r.to, &end) : SIZE_MAX;
	read_decisions(p, part.part, &now, sign == SIZE_MAX ? r.to : sign);
	if (p->meta.signatory_name.text.p == NULL && part.part == 0)
		meta_read_signatory(p, r);
	parse_tables(p, part);
}

/* ---- plans and annexes ---- */

void parse_plan(struct parse *p, struct part_range part)
{
	size_t before = p->tasks.n;
	parse_tables(p, part);
	if (p->tasks.n > before)
		return;
	size_t first = first_clause(p, part.blocks);
	struct clauses cs;
	clauses_read(p, (struct range){first, part.blocks.to}, &cs);
	bool dated = false;
	for (size_t i = 0; i < cs.v.n; i++)
		dated |= cs.v.v[i].due.n > 0 || cs.v.v[i].who.n > 0;
	if (dated)
		clauses_to_tasks(p, part.part, &cs, &(struct clause_opt){0});
}

/* «РЕШЕНИЕ коллегии» is read as an act, everything else as a plan. */
void parse_other(struct parse *p, struct part_range part)
{
	if (kind_line(p, DOC_OTHER) != SIZE_MAX)
		parse_act(p, part);
	else
		parse_plan(p, part);
}

void parse_annex(struct parse *p, struct part_range part)
{
	enum doc_kind kind = p->parts.v[part.part].kind;
	if (kind == DOC_PROTOCOL)
		parse_protocol(p, part);
	else if (kind == DOC_PLAN || kind == DOC_ROADMAP)
		parse_plan(p, part);
	else if (p->meta.kind == DOC_LETTER)
		letter_text(p, part.part, part.blocks);
	else if (act_kind(kind))
		parse_act(p, part);
}

/* Requisites of the whole document: where its head ends, the title, addressees, basis, signatory,
 * controller and plan period. */
#include "doc/parse.h"
#include "doc/words.h"

#include <string.h>

static const char *const preambles[] = {"в соответствии", "на основании", "во исполнение",
        "в целях", "руководствуясь", "с целью", "в связи", "в рамках", "в ответ", "в дополнение",
        "по итогам", "согласно", "по результатам", NULL};
static const char *const verbs[] = {"приказываю", "постановляю", "постановляет",
        "решила:", "решил:", "обязываю", "распоряжаюсь", "приказываем", NULL};

static bool has_verb(const struct parse *p, size_t i)
{
	return has_any(str_replace(p->a, p->fold[i], STR(" "), STR("")), verbs);
}

static bool first_clause(const struct block *b)
{
	uint16_t number[CLAUSE_DEPTH];
	size_t depth = 0;
	unsigned roman = 0;
	return (clause_number(b->text.s, number, &depth) > 0 && number[0] == 1) ||
	       (clause_roman(b->text.s, &roman) > 0 && roman == 1);
}

/* The block where the head ends: preamble, salutation, agenda, first clause or table. */
static size_t head_end(const struct parse *p, size_t to)
{
	for (size_t i = 0; i < to; i++) {
		const struct block *b = &p->src->block[i];
		if (b->kind != BLOCK_LINE)
			return i;
		if (starts_any(p->fold[i], preambles) ||
		        starts_any(p->fold[i],
		                (const char *const[]){"уважаем", "повестка", "слушали", NULL}))
			return i;
		if (p->meta.kind == DOC_PROTOCOL &&
		        starts_any(p->fold[i], (const char *const[]){"председател", "присутств",
		                                       "участники", NULL}))
			return i;
		if (has_verb(p, i) || (p->meta.kind != DOC_PLAN && p->meta.kind != DOC_ROADMAP &&
		                              first_clause(b)))
			return i;
	}
	return to;
}

static struct range preamble(const struct parse *p, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (p->src->block[i].kind != BLOCK_LINE || first_clause(&p->src->block[i]))
			return (struct range){from, i};
		else if (has_verb(p, i))
			return (struct range){from, i + 1};
	return (struct range){from, to};
}

static bool title_start(const struct parse *p, size_t i)
{
	const struct block *b = &p->src->block[i];
	if (p->meta.kind == DOC_PROTOCOL)
		return str_starts(p->tight[i], STR("протокол"));
	if (p->meta.kind == DOC_PLAN || p->meta.kind == DOC_ROADMAP)
		return i == kind_line(p, p->meta.kind);
	size_t k = 0;
	while (k < b->text.s.n && (b->text.s.p[k] == '"' || b->text.s.p[k] == '['))
		k++;
	struct str s = str_skip(b->text.s, k), f = str_skip(p->fold[i], k);
	if (str_starts(f, STR("«")))
		f = str_skip(f, 2), s = str_skip(s, 2);
	return starts_upper(s) && (str_starts(f, STR("о ")) || str_starts(f, STR("об ")) ||
	                                  str_starts(f, STR("обо ")));
}

static bool title_ends(const struct parse *p, size_t i, size_t first)
{
	const struct block *b = &p->src->block[i];
	static const char *const stops[] = {"уважаем", "утвержд", "приказ", "повестка", "г.",
	        "(в ред", "(с изм", "список изменя", "(ред.", NULL};
	if (b->kind != BLOCK_LINE || starts_any(p->fold[i], preambles) || has_verb(p, i) ||
	        first_clause(b) || starts_any(p->fold[i], stops))
		return true;
	size_t at = 0;
	struct date d;
	if (i > first + 8 || str_starts(p->fold[i], STR("от ")) || read_date(p->fold[i], &at, &d))
		return true;
	if (!b->blank_above)
		return false;
	/* «ПРОТОКОЛ / / Семинара-совещания»: the heading word alone goes on below */
	if (i == first + 1 && p->tight[first].n < 40)
		return false;
	return !starts_lower(b->text.s) || b->paragraph;
}

/* «от 24.03.2023 г. заседания …» → «заседания …» */
static struct str behind_date(struct parse *p, struct str s)
{
	struct str f = words_fold(p->a, s);
	struct date d;
	size_t at = str_starts(f, STR("от ")) ? STR("от ").n : 0;
	if (!read_date(f, &at, &d))
		return s;
	struct str rest = str_trim(str_skip(s, at)), rf = words_fold(p->a, rest);
	static const char *const year[] = {"года", "год", "г.", NULL};
	for (const char *const *y = year; *y != NULL; y++)
		if (str_starts(rf, str_c(*y)))
			return str_trim(str_skip(rest, strlen(*y)));
	return rest;
}

static void read_title(struct parse *p, struct range head)
{
	for (size_t i = head.from; i < head.to; i++) {
		if (!title_start(p, i))
			continue;
		struct traced t = traced_flat(p->a, p->src->block[i].text);
		for (size_t j = i + 1; j < head.to && !title_ends(p, j, i); j++)
			t = traced_join(p->a, t, traced_flat(p->a, p->src->block[j].text));
		p->meta.title = field_of(p, t, TRUST_SURE);
		if (p->meta.kind == DOC_PROTOCOL) { /* without «№ 4» */
			size_t at = str_find(t.s, STR("№"), 0);
			struct str no;
			if (at != SIZE_MAX && at < 40 &&
			        (p->meta.title.text = t.s, read_number(t.s, &at, &no)))
				p->meta.title.text = str_printf(p->a, "ПРОТОКОЛ " STR_FMT,
				        STR_ARG(behind_date(p, str_trim(str_skip(t.s, at)))));
		}
		if (all_upper(p->meta.title.text))
			p->meta.title.text = body_sentence_case(p->a, p->meta.title.text);
		return;
	}
}

static bool addressee_start(struct str f)
{
	static const char *const starts[] = {"руководител", "директор", "начальник", "заместител",
	        "председател", "главам", "главе", "министр", "ректор", "заведующ", "специалист",
	        "методист", "органам", "муниципальн", "образовательн", "общеобразовательн",
	        "управлени", "отдел", "департамент", "коллег", "координатор", "администраци",
	        "федеральн", "губернатор", NULL};
	struct str w = word_nth(f, 0);
	return starts_any(f, starts) && word_dative(w);
}

static void add_addressee(struct parse *p, fields *list, struct traced t)
{
	if (t.s.n > 0)
		*vec_push(p->a, list) = field_of(p, t, TRUST_SURE);
}

/* Blocks of lines in the dative above the title; a name below belongs to the office above it. */
static void read_addressees(struct parse *p, struct range head)
{
	fields list = {0};
	struct traced now = {0};
	bool right = false; /* it stands in the column on the right */
	for (size_t i = head.from; i < head.to; i++) {
		if (title_start(p, i))
			break;
		const struct block *b = &p->src->block[i];
		struct traced t = b->text;
		size_t tab = str_find_byte(t.s, '\t', 0);
		if (tab != SIZE_MAX)
			t = traced_trim(traced_sub(t, tab, t.s.n));
		t = traced_flat(p->a, t);
		if (now.s.n > 0 && right && tab == SIZE_MAX && b->indent < 16) {
			add_addressee(p, &list, now);
			now = (struct traced){0};
		}
		right = tab != SIZE_MAX || (right && now.s.n > 0);
		struct str f = words_fold(p->a, t.s);
		struct word name;
		bool person = person_find(t.s, 0, &name) && name.from == 0 && name.to + 2 >= t.s.n;
		bool opens = addressee_start(f) && starts_upper(t.s) && !all_upper(t.s);
		if (now.s.n > 0 &&
		        (person || (!opens && !b->blank_above) || (tab != SIZE_MAX && !opens))) {
			now = traced_join(p->a, now, t);
		} else if (opens) {
			if (now.s.n > 0 && !b->blank_above && !str_ends(now.s, STR(","))) {
				struct str last = word_nth(words_fold(p->a, now.s), 0);
				struct str first = word_nth(f, 0);
				/* «Федеральной службы» below «руководителя» is no new addressee */
				bool genitive =
				        str_ends(first, STR("ой")) || str_ends(first, STR("ей"));
				if (str_eq(last, first) || (now.s.n > 30 && !genitive)) {
					add_addressee(p, &list, now);
					now = t;
					continue;
				}
				now = traced_join(p->a, now, t);
				continue;
			}
			add_addressee(p, &list, now);
			now = t;
		} else if (now.s.n > 0 && b->blank_above) {
			add_addressee(p, &list, now);
			now = (struct traced){0};
		}
	}
	add_addressee(p, &list, now);
	p->meta.addressee = list.v;
	p->meta.n_addressees = list.n;
}

/* ---- basis ---- */

struct act_word {
	const char *stem, *name;
};

static const struct act_word acts[] = {
        {"федеральн", "федеральный закон"},
        {"приказ", "приказ"},
        {"распоряжени", "распоряжение"},
        {"постановлени", "постановление"},
        {"письм", "письмо"},
        {"решени", "решение"},
        {"указ", "указ"},
        {"закон", "закон"},
        {"протокол", "протокол"},
        {"поручени", "поручение"},
        {"соглашени", "соглашение"},
        {"договор", "договор"},
        {"положени", "положение"},
};

/* Is the word at `pos` part of a name in quotes that are closed before `at`? («… от данных к
 * решениям» (№ 3 …) is a decision because of the noun before the quotes, not inside them.) */
static bool in_name(struct str f, size_t from, size_t pos, size_t at)
{
	size_t open = SIZE_MAX;
	for (size_t i = from; (i = str_find(f, STR("«"), i)) < pos; i++)
		open = i;
	return open != SIZE_MAX && str_find(str_sub(f, open, pos), STR("»"), 0) == SIZE_MAX &&
	       str_find(str_sub(f, 0, at), STR("»"), pos) != SIZE_MAX;
}

/* The act the reference at `at` belongs to: the nearest such noun before it. */
static const char *act_before(struct str f, size_t from, size_t at, size_t *ret_from)
{
	const char *name = NULL;
	for (size_t i = from; i < at;) {
		struct word w;
		if (!word_next(f, &i, &w) || w.from >= at)
			break;
		struct str word = str_sub(f, w.from, w.to);
		for (size_t k = 0; k < ARRAY_LEN(acts); k++) {
			if (!str_starts(word, str_c(acts[k].stem)) ||
			        str_starts(word, STR("приказыв")) || in_name(f, from, w.from, at))
				continue;
			if (k == 0 && !str_starts(str_trim(str_skip(f, w.to)), STR("закон")))
				continue;
			bool nested = name != NULL && k == 7 &&
			              str_eq_z(str_c(name), "федеральный закон");
			if (!nested) {
				name = acts[k].name;
				*ret_from = w.from;
			}
		}
	}
	return name;
}

void meta_read_basis(struct parse *p, struct range r)
{
	struct traced t = {0};
	for (size_t i = r.from; i < r.to && t.s.n < 20000; i++) {
		const struct block *b = &p->src->block[i];
		if (b->kind != BLOCK_LINE)
			break;
		bool own = starts_any(p->fold[i], preambles);
		if (p->meta.kind == DOC_LETTER && b->blank_above && !own)
			continue;
		t = traced_join(p->a, t, traced_flat(p->a, b->text));
	}
	struct str f = words_fold(p->a, t.s);
	VEC(struct basis) list = {0};
	struct act_ref ref;
	size_t done = 0;
	for (size_t at = 0; act_ref_find(t.s, f, at, &ref); at = ref.to) {
		size_t from = ref.from;
		const char *kind = act_before(f, done, ref.from, &from);
		if (kind == NULL)
			kind = list.n > 0 ? "приказ" : NULL;
		struct basis *b = vec_push(p->a, &list);
		b->text = field_of(p, traced_trim(traced_sub(t, from, ref.to)), TRUST_SURE);
		b->kind = b->text;
		b->kind.text = kind == NULL ? STR_NONE : str_c(kind);
		b->number = field_of(p, traced_sub(t, ref.number.from, ref.number.to), TRUST_SURE);
		b->number.text = tight_number(p->a, b->number.text);
		b->date = (struct date_field){
		        ref.date, traced_span(p->src, traced_sub(t, ref.from, ref.to)), TRUST_SURE};
		done = ref.to;
	}
	p->meta.basis = list.v;
	p->meta.n_basis = list.n;
}

/* «Министр \t Документ подписан электронной подписью»: the columns of the stamp say nothing. */
static struct traced without_signature_stamp(struct parse *p, struct traced t)
{
	static const char *const words[] = {"подписан", "сертификат", "электронн", "действител",
	        "владелец", "подпись", "печат", NULL};
	size_t tab = str_find_byte(t.s, '\t', 0);
	struct str f = words_fold(p->a, t.s);
	for (size_t from = 0; from < t.s.n;) {
		size_t end = tab == SIZE_MAX ? t.s.n : tab;
		if (has_any(str_sub(f, from, end), words))
			return traced_trim(traced_sub(t, 0, from));
		from = end + 1;
		tab = str_find_byte(t.s, '\t', from);
	}
	return t;
}

void meta_read_signatory(struct parse *p, struct range main)
{
	size_t end = main.to, first = signature_find(p, main.from, main.to, &end);
	if (first == SIZE_MAX)
		return;
	struct traced post = {0};
	for (size_t i = first; i < end; i++) {
		const struct block *b = &p->src->block[i];
		struct word name;
		if (b->kind != BLOCK_LINE)
			continue;
		struct traced t = b->text;
		if (i + 1 == end && person_find(t.s, 0, &name)) {
			p->meta.signatory_name =
			        field_flat(p, traced_sub(t, name.from, name.to), TRUST_SURE);
			if (all_upper(p->meta.signatory_name.text))
				p->meta.signatory_name.text =
				        body_sentence_case(p->a, p->meta.signatory_name.text);
			t = traced_sub(t, 0, name.from);
		}
		t = without_signature_stamp(p, t);
		while (t.s.n > 0 && (t.s.p[t.s.n - 1] == '_' || t.s.p[t.s.n - 1] == ' ' ||
		                            t.s.p[t.s.n - 1] == '/' || t.s.p[t.s.n - 1] == '\t'))
			t = traced_sub(t, 0, t.s.n - 1);
		if (letters(t.s) > 0)
			post = traced_join(p->a, post, traced_flat(p->a, t));
	}
	enum { LONG_POST = 200 };
	bool odd = post.s.n > LONG_POST || str_has(post.s, STR(":")) || str_has(post.s, STR("("));
	if (odd && p->meta.signatory_name.text.n > 0)
		p->meta.signatory_name.trust = TRUST_DOUBTFUL;
	if (post.s.n > 0)
		p->meta.signatory_position = field_of(p, post, odd ? TRUST_DOUBTFUL : TRUST_SURE);
}

/* ---- plan period ---- */

static bool year_at(struct str f, size_t *at, int *ret)
{
	size_t i = *at;
	int y = 0, n = 0;
	while (i < f.n && f.p[i] >= '0' && f.p[i] <= '9' && n < 5) {
		y = y * 10 + (f.p[i++] - '0');
		n++;
	}
	if (n != 4 || y < 1990 || y > 2100)
		return false;
	*ret = y;
	*at = i;
	return true;
}

/* «2022/23»: the second year with two digits. */
static bool short_year_at(struct str f, size_t *at, int first, int *ret)
{
	size_t i = *at;
	if (i + 2 > f.n || f.p[i] < '0' || f.p[i] > '9' || f.p[i + 1] < '0' || f.p[i + 1] > '9' ||
	        (i + 2 < f.n && f.p[i + 2] >= '0' && f.p[i + 2] <= '9'))
		return false;
	*ret = first / 100 * 100 + (f.p[i] - '0') * 10 + (f.p[i + 1] - '0');
	*at = i + 2;
	return *ret > first && *ret <= first + 10;
}

static size_t skip_dash(struct str f, size_t i)
{
	static const char *const signs[] = {" ", "-", "/", "–", "—", NULL};
	for (bool more = true; more;) {
		more = false;
		for (const char *const *s = signs; *s != NULL; s++)
			if (str_starts(str_skip(f, i), str_c(*s))) {
				i += strlen(*s);
				more = true;
			}
	}
	return i;
}

/* «на 2022-2024 годы», «в 2022/2023 учебном году», «на 2022 год» */
static bool period_in(
        struct str f, bool named, struct plan_period *ret, size_t *ret_from, size_t *ret_to)
{
	for (size_t i = 0; i < f.n; i++) {
		bool inside =
		        i > 0 && ((f.p[i - 1] >= '0' && f.p[i - 1] <= '9') || f.p[i - 1] == '.');
		size_t at = i;
		int y1, y2;
		if (inside || !year_at(f, &at, &y1))
			continue;
		y2 = y1;
		size_t next = skip_dash(f, at), end = at;
		bool two = next > at && year_at(f, &next, &y2) && y2 > y1;
		if (!two && next > at)
			two = short_year_at(f, &next, y1, &y2);
		if (two)
			end = next;
		else
			y2 = y1;
		struct str rest = str_trim(str_sub(f, end, end + 40));
		size_t from = i;
		bool on = i >= 5 && str_eq(str_sub(f, i - 5, i), STR("на "));
		if (named && !on)
			continue;
		bool school = str_starts(rest, STR("учебн")) || str_starts(rest, STR("уч."));
		bool years = starts_any(rest, (const char *const[]){"год", "г.", "гг", NULL});
		if (!school && !years && !two)
			continue;
		if (school)
			*ret = (struct plan_period){.start = date_make(y1, 9, 1),
			        .end = date_make(two ? y2 : y1 + 1, 5, 31)};
		else
			*ret = (struct plan_period){
			        .start = date_make(y1, 1, 1), .end = date_make(y2, 12, 31)};
		*ret_from = from;
		*ret_to = end;
		return true;
	}
	return false;
}

static bool period_from(struct parse *p, struct traced t, bool named)
{
	size_t from, to;
	struct str f = words_fold(p->a, t.s);
	if (!period_in(f, named, &p->meta.plan, &from, &to))
		return false;
	static const char *const before[] = {"на ", "в ", NULL};
	for (const char *const *b = before; *b != NULL; b++)
		if (from >= strlen(*b) && str_eq_z(str_sub(f, from - strlen(*b), from), *b))
			from -= strlen(*b);
	struct str rest = str_skip(f, to);
	size_t word = str_find(rest, STR("год"), 0);
	if (word != SIZE_MAX && word < 24) {
		struct word w;
		size_t i = to + word;
		if (word_next(f, &i, &w))
			to = w.to;
	}
	p->meta.plan.text = field_of(p, traced_sub(t, from, to), TRUST_SURE);
	return true;
}

static bool plan_part(const struct doc_part *part)
{
	return part->kind == DOC_ROADMAP || part->kind == DOC_PLAN;
}

/* From the title of a plan, else from the clause that approves one, else from the annex title. */
static bool plan_period(struct parse *p, bool named)
{
	struct range main = p->ranges.v[0].blocks;
	struct str title = words_fold(p->a, p->meta.title.text);
	bool act = p->meta.kind != DOC_PLAN && p->meta.kind != DOC_ROADMAP;
	for (size_t i = main.from; i < main.to && i < main.from + 40; i++) {
		const struct block *b = &p->src->block[i];
		if (b->kind != BLOCK_LINE)
			break;
		bool fits = act ? has_any(p->fold[i], (const char *const[]){"утвердить", "план",
		                                              "дорожн", NULL})
		                : i >= kind_line(p, p->meta.kind);
		if (act && starts_any(p->fold[i], preambles))
			continue;
		if (fits && period_from(p, b->text, named))
			return true;
		if (act && str_starts(p->fold[i], STR("об утвержд")) &&
		        str_has(title, STR("план"))) {
			struct traced t = b->text;
			for (size_t j = i + 1; j < main.to && j < i + 5 && !title_ends(p, j, i);
			        j++)
				t = traced_join(p->a, t, p->src->block[j].text);
			if (period_from(p, t, named))
				return true;
		}
	}
	for (size_t k = 0; k < p->ranges.n; k++) {
		if (!plan_part(&p->parts.v[p->ranges.v[k].part]))
			continue;
		struct range r = p->ranges.v[k].blocks;
		for (size_t i = r.from; i < r.to && i < r.from + 12; i++)
			if (p->src->block[i].kind == BLOCK_LINE &&
			        !str_starts(p->fold[i], STR("от ")) &&
			        period_from(p, p->src->block[i].text, named))
				return true;
	}
	return false;
}

void meta_plan_period(struct parse *p)
{
	bool plan = false;
	for (size_t i = 0; i < p->parts.n; i++)
		plan |= plan_part(&p->parts.v[i]);
	/* «… по итогам оценки в 2022 году на 2023 год» is of 2023 */
	if (plan && !plan_period(p, true))
		(void)plan_period(p, false);
}

/* No period is named: the years written in the deadlines of the plan. */
void meta_plan_from_years(struct parse *p)
{
	if (!date_none(p->meta.plan.start))
		return;
	int lo = 9999, hi = 0;
	for (size_t t = 0; t < p->tasks.n; t++) {
		if (!plan_part(&p->parts.v[p->tasks.v[t].part]))
			continue;
		for (size_t k = 0; k < p->phrases.v[t].v.n; k++) {
			struct str s = p->phrases.v[t].v.v[k].text.s;
			for (size_t i = 0; i < s.n; i++) {
				size_t at = i;
				int y;
				bool inside = i > 0 && s.p[i - 1] >= '0' && s.p[i - 1] <= '9';
				if (inside || !year_at(s, &at, &y))
					continue;
				lo = y < lo ? y : lo;
				hi = y > hi ? y : hi;
			}
		}
	}
	if (hi == 0 || hi - lo > 5)
		return;
	p->meta.plan.start = date_make(lo, 1, 1);
	p->meta.plan.end = date_make(hi, 12, 31);
}

static void annex_titles(struct parse *p)
{
	for (size_t k = 1; k < p->ranges.n; k++) {
		struct range r = p->ranges.v[k].blocks;
		struct doc_part *part = &p->parts.v[p->ranges.v[k].part];
		for (size_t i = r.from; i < r.to && i < r.from + 15; i++) {
			if (p->src->block[i].kind != BLOCK_LINE)
				break;
			struct str t = p->tight[i];
			static const char *const starts[] = {"план", "дорожная", "«дорожная",
			        "протокол", "меры", "график", "перечень", "положение", "порядок",
			        "состав", NULL};
			if (!starts_any(t, starts) &&
			        !(part->kind == DOC_OTHER && letters(p->fold[i]) > 40))
				continue;
			struct traced title = traced_flat(p->a, p->src->block[i].text);
			for (size_t j = i + 1; j < r.to && !title_ends(p, j, i) && j < i + 4; j++)
				title = traced_join(
				        p->a, title, traced_flat(p->a, p->src->block[j].text));
			part->title = field_of(p, title, TRUST_SURE);
			struct date d;
			for (size_t j = i; j < r.to && j < i + 6 && date_none(part->date.date);
			        j++) {
				size_t at = 0;
				if (p->src->block[j].kind == BLOCK_LINE &&
				        read_date(p->fold[j], &at, &d))
					part->date = (struct date_field){d,
					        traced_span(p->src, p->src->block[j].text),
					        TRUST_SURE};
			}
			break;
		}
	}
}

/* Minutes are signed below their last decisions; names stand in many lines above. */
static size_t last_decision(const struct parse *p, size_t from, size_t to)
{
	static const char *const words[] = {"решили", "постановили", "решение:", "решено", NULL};
	size_t last = from;
	for (size_t i = from; i < to && p->meta.kind == DOC_PROTOCOL; i++)
		if (p->src->block[i].kind == BLOCK_LINE && starts_any(p->tight[i], words))
			last = i + 1;
	return last;
}

void meta_read(struct parse *p)
{
	struct range main = p->ranges.v[0].blocks;
	struct range head = {main.from, head_end(p, main.to)};
	bool bare = p->meta.kind == DOC_PLAN || p->meta.kind == DOC_ROADMAP ||
	            (p->meta.kind == DOC_OTHER && kind_line(p, DOC_OTHER) == SIZE_MAX);
	if (bare) {
		meta_read_stamp(p, head);
		meta_read_body(p, head);
	} else {
		meta_read_body(p, head);
		meta_read_head(p, head);
		meta_read_basis(p, preamble(p, head.to, main.to));
		meta_read_signatory(p, (struct range){last_decision(p, head.to, main.to), main.to});
	}
	read_title(p, head);
	if (p->meta.kind == DOC_LETTER)
		read_addressees(p, head);
	annex_titles(p);
	meta_read_tail(p);
}

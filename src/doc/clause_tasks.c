/* Clauses → assignments: what kind each is, whose it is, until when. */
#include "doc/parse.h"
#include "doc/words.h"

#include <string.h>

/* Words at the start that turn an order into advice; the addressee stands behind them. */
static const char *const advice[] = {"рекомендовать", "поручить", "обязать", "предложить",
        "просить", "рекомендуется", "указать", "просим", "прошу", NULL};

static size_t first_infinitive(struct str f, size_t from, struct word *ret)
{
	size_t i = from, n = 0;
	while (word_next(f, &i, ret)) {
		if (word_infinitive(str_sub(f, ret->from, ret->to)))
			return n;
		n++;
	}
	return SIZE_MAX;
}

struct type_rule {
	enum assignment_type type;
	const char *words[12];
};

enum assignment_type clause_type(struct parse *p, struct str text, bool own_author)
{
	struct str f = words_fold(p->a, text);
	struct str start = str_sub(f, 0, 400);
	static const char *const cancel[] = {"утратившим силу", "утратившими силу",
	        "признать утратив", "отменить приказ", "считать утратив", NULL};
	static const char *const force[] = {
	        "вступает в силу", "вступают в силу", "ввести в действие", "действует до", NULL};
	static const char *const inform[] = {
	        "к сведению", "установить, что", "информацию принять", "принять информацию", NULL};
	static const char *const control[] = {"контроль", "ответственность за исполнение",
	        "общий контроль", "координацию и контроль", "персональную ответственность", NULL};
	static const char *const assign[] = {
	        "возложить", "возлагаю", "оставляю", "оставить за собой", "осуществляет", NULL};
	static const char *const approve[] = {"утвердить", "назначить", "одобрить", "определить",
	        "согласовать", "внести изменени", "внести в приказ", "изложить", "возложить",
	        "ввести в состав", "создать комисси", "создать рабоч", "образовать", "присвоить",
	        NULL};
	if (has_any(start, cancel))
		return ASSIGNMENT_CANCELLATION;
	if (has_any(start, force) &&
	        (str_has(start, STR("приказ")) || str_has(start, STR("постановлени")) ||
	                str_has(start, STR("распоряжени")) || f.n < 200))
		return ASSIGNMENT_ENTRY_INTO_FORCE;
	if (has_any(start, inform) &&
	        starts_any(f, (const char *const[]){"информаци", "принять", "установить", "отчет",
	                              "доклад", "сообщени", NULL}))
		return ASSIGNMENT_INFORMATION;
	if (starts_any(f, control) && has_any(start, assign))
		return ASSIGNMENT_CONTROL;
	if (own_author && starts_any(f, approve))
		return ASSIGNMENT_APPROVAL;
	return ASSIGNMENT_TASK;
}

/* The clause only names whom the clauses under it concern. */
static bool only_addressee(struct parse *p, const struct clause *c, bool has_children)
{
	struct str s = str_trim(c->text.s);
	struct word verb;
	struct str f = words_fold(p->a, s);
	bool action = first_infinitive(f, 0, &verb) != SIZE_MAX;
	if (has_children && (str_ends(s, STR(":")) || !action))
		return true;
	return has_children && starts_any(f, advice) && letters(str_skip(f, verb.to)) == 0;
}

static void drop_executor_marks(executors *list)
{
	size_t n = 0;
	for (size_t i = 0; i < list->n; i++)
		if (list->v[i].name.text.n > 0 || list->v[i].person.text.n > 0)
			list->v[n++] = list->v[i];
	list->n = n;
}

static void executors_set(struct assignment *t, const executors *list, enum responsible_source s)
{
	t->responsible = list->v;
	t->n_responsible = list->n;
	t->responsible_source = list->n > 0 ? s : RESPONSIBLE_NONE;
}

/* Without «Рекомендовать», the final colon. */
static struct traced head_text(struct parse *p, struct traced t)
{
	struct str f = words_fold(p->a, t.s);
	struct word w;
	size_t i = 0;
	if (starts_any(f, advice) && word_next(f, &i, &w))
		t = traced_trim(traced_sub(t, w.to, t.s.n));
	t = traced_of(t, trim_end_marks(t.s));
	struct str rest = words_fold(p->a, t.s);
	if (str_eq_z(rest, "вас") || str_eq_z(rest, "вас также"))
		return traced_sub(t, 0, 0); /* «Просим Вас:» names nobody new */
	return t;
}

static void read_responsible(struct parse *p, struct clauses *cs, struct clause *c,
        struct assignment *t, const struct clause_opt *opt)
{
	executors list = {0};
	for (size_t i = 0; i < c->who.n; i++)
		responsible_split(p, traced_of(c->who.v[i], trim_end_marks(c->who.v[i].s)), &list);
	drop_executor_marks(&list);
	if (list.n > 0) {
		executors_set(t, &list, RESPONSIBLE_OWN);
		return;
	}
	struct traced own = responsible_inline(p, c->text);
	struct word action;
	if (own.s.n == 0 && c->lead.s.n > 0 && str_ends(str_trim(c->lead.s), STR(":")) &&
	        first_infinitive(words_fold(p->a, c->lead.s), 0, &action) == SIZE_MAX)
		own = head_text(p, c->lead);
	if (own.s.n > 0) {
		responsible_split(p, own, &list);
		executors_set(t, &list, RESPONSIBLE_OWN);
		return;
	}
	for (size_t up = c->parent; up != SIZE_MAX; up = cs->v.v[up].parent) {
		struct clause *h = &cs->v.v[up];
		for (size_t i = 0; i < h->who.n; i++)
			responsible_split(p, h->who.v[i], &list);
		if (list.n == 0 && h->head) {
			struct traced text = head_text(p, h->text);
			struct traced inner = responsible_inline(p, h->text);
			struct word verb;
			struct str f = words_fold(p->a, text.s);
			if (inner.s.n > 0)
				responsible_split(p, inner, &list);
			else if (first_infinitive(f, 0, &verb) == SIZE_MAX)
				responsible_split(p, text, &list);
		} else if (list.n == 0) {
			struct traced inner = responsible_inline(p, h->text);
			if (inner.s.n > 0)
				responsible_split(p, inner, &list);
		}
		drop_executor_marks(&list);
		if (list.n > 0) {
			executors_set(t, &list, RESPONSIBLE_PARENT);
			return;
		}
	}
	for (size_t i = 0; i < opt->n_addressees; i++)
		vec_push(p->a, &list)->name = opt->addressee[i];
	executors_set(t, &list, RESPONSIBLE_PARENT);
}

/* Own «Срок:» lines, else phrases inside the text, else those of the head clause. */
static void read_phrases(struct parse *p, struct clauses *cs, struct clause *c, size_t task)
{
	for (size_t i = 0; i < c->due.n; i++)
		task_phrase(p, task, c->due.v[i]);
	if (c->due.n > 0)
		return;
	struct str *found;
	size_t n = deadline_find(p->a, c->text.s, &found);
	for (size_t i = 0; i < n; i++)
		task_phrase(p, task,
		        (struct phrase){.text = traced_of(c->text, found[i]), .wide = true});
	for (size_t up = c->parent; n == 0 && up != SIZE_MAX; up = cs->v.v[up].parent) {
		struct clause *h = &cs->v.v[up];
		for (size_t i = 0; i < h->due.n; i++) {
			struct phrase ph = h->due.v[i];
			ph.inherited = INHERITED_PARENT;
			task_phrase(p, task, ph);
			n++;
		}
		if (n > 0)
			break;
		struct str *above;
		size_t k = deadline_find(p->a, h->text.s, &above);
		for (size_t i = 0; i < k; i++)
			task_phrase(p, task,
			        (struct phrase){.text = traced_of(h->text, above[i]),
			                .wide = true,
			                .inherited = INHERITED_PARENT});
		n += k;
	}
}

/* A deadline that opens the sentence is cut off: «в срок до 10.02 направить» → «направить». */
static struct traced without_leading_deadline(struct parse *p, struct traced t, size_t task)
{
	for (size_t i = 0; i < p->phrases.v[task].v.n; i++) {
		struct traced ph = p->phrases.v[task].v.v[i].text;
		if (ph.s.p == t.s.p && ph.s.n < t.s.n && p->phrases.v[task].v.v[i].wide) {
			struct traced rest = traced_trim(traced_sub(t, ph.s.n, t.s.n));
			if (starts_lower(rest.s) || str_starts(rest.s, STR(",")))
				return rest.s.p[0] == ','
				               ? traced_trim(traced_sub(rest, 1, rest.s.n))
				               : rest;
		}
	}
	return t;
}

static void read_measures(struct parse *p, struct assignment *t, struct traced text)
{
	indicators list = {0};
	indicators_find(p, text, false, &list);
	t->indicator = list.v;
	t->n_indicators = list.n;
	fields docs = {0};
	evidence_inline(p, text, &docs);
	t->document_type = docs.v;
	t->n_document_types = docs.n;
}

static struct assignment *clause_task(struct parse *p, size_t part, const struct clause *c,
        enum assignment_type type, const struct clause_opt *opt)
{
	struct assignment *t = task_add(p, part, type);
	if (c->depth > 0)
		t->clause = field_of(p, c->label, TRUST_SURE);
	t->section = opt->section;
	t->span = c->span;
	t->page = c->page;
	t->line_start = c->line_start;
	t->line_end = c->line_end;
	return t;
}

/* Bullets with a deadline of their own are assignments under the same number. */
static void item_tasks(struct parse *p, size_t part, struct clauses *cs, struct clause *c,
        const struct clause_opt *opt)
{
	for (size_t i = 0; i < c->item.n; i++) {
		struct clauses one = {0};
		struct clause *k = vec_push(p->a, &one.v);
		*k = *c;
		k->text = c->item.v[i];
		k->span = traced_span(p->src, k->text);
		k->item.n = 0;
		memset(&k->due, 0, sizeof(k->due));
		struct str f = words_fold(p->a, k->text.s);
		size_t at, value;
		if (clause_due_label(f, &at, &value)) {
			*vec_push(p->a, &k->due) = (struct phrase){
			        .text = traced_trim(traced_sub(k->text, value, f.n))};
			k->text = traced_trim(traced_sub(k->text, 0, at));
		}
		struct assignment *t = clause_task(p, part, k, ASSIGNMENT_TASK, opt);
		size_t task = p->tasks.n - 1;
		read_phrases(p, cs, k, task);
		read_responsible(p, cs, c, t, opt);
		struct str activity = str_trim(k->text.s);
		while (str_ends(activity, STR(",")) || str_ends(activity, STR("(")))
			activity = str_trim(str_sub(activity, 0, activity.n - 1));
		t->activity = field_flat(p, traced_of(k->text, activity), TRUST_SURE);
		read_measures(p, t, k->text);
	}
}

/* Some bullet names a deadline, and not all of them by chance: «- до 15.03 направить …» */
static bool items_have_deadlines(struct parse *p, const struct clause *c)
{
	size_t with = 0;
	for (size_t i = 0; i < c->item.n; i++) {
		struct str *found;
		with += deadline_find(p->a, c->item.v[i].s, &found) > 0;
	}
	return c->item.n > 1 && with * 2 >= c->item.n && c->due.n == 0;
}

static void read_task(struct parse *p, size_t part, struct clauses *cs, struct clause *c,
        enum assignment_type type, const struct clause_opt *opt)
{
	struct assignment *t = clause_task(p, part, c, type, opt);
	size_t task = p->tasks.n - 1;
	if (type == ASSIGNMENT_TASK) {
		read_responsible(p, cs, c, t, opt);
		read_phrases(p, cs, c, task);
	}
	struct traced text = without_leading_deadline(p, c->text, task);
	t = &p->tasks.v[task];
	t->activity = field_flat(p, text, TRUST_SURE);
	if (type == ASSIGNMENT_TASK)
		read_measures(p, t, c->text);
	if (c->item.n > 0) {
		t->item = arena_new(p->a, struct field, c->item.n);
		for (size_t i = 0; i < c->item.n; i++)
			t->item[t->n_items++] =
			        field_of(p, traced_of(c->item.v[i], trim_end_marks(c->item.v[i].s)),
			                TRUST_SURE);
	}
	if (type == ASSIGNMENT_CONTROL) {
		struct str f = words_fold(p->a, c->text.s);
		static const char *const on[] = {"возложить на ", "возлагаю на ", NULL};
		size_t len = 0, at = find_any(f, 0, on, &len);
		if (at != SIZE_MAX) {
			executors list = {0};
			responsible_split(p,
			        traced_of(c->text, trim_end_marks(str_skip(c->text.s, at + len))),
			        &list);
			executors_set(t, &list, RESPONSIBLE_OWN);
		}
	}
}

static void read_controller(struct parse *p, const struct clause *c)
{
	struct str f = words_fold(p->a, c->text.s);
	if (p->meta.controller.text.p != NULL || !str_has(str_sub(f, 0, 80), STR("контроль")))
		return;
	if (str_has(f, STR("за собой"))) {
		p->meta.controller = field_of(p, c->text, TRUST_SURE);
		p->meta.controller.text = STR("self");
		return;
	}
	static const char *const on[] = {"возложить на ", "возлагаю на ", NULL};
	size_t len = 0, at = find_any(f, 0, on, &len);
	if (at == SIZE_MAX)
		return;
	struct traced who = traced_of(c->text, trim_end_marks(str_skip(c->text.s, at + len)));
	if (who.s.n > 0 && f.p[c->text.s.n - 1] == '.' &&
	        who.at + who.s.n < c->text.at + c->text.s.n) {
		struct word name;
		if (person_find(who.s, 0, &name) && name.to > who.s.n)
			who = traced_sub(who, 0, name.to);
	}
	p->meta.controller = field_of(p, who, TRUST_SURE);
	p->meta.controller.text = body_nominative(p->a, who.s);
}

void clauses_to_tasks(
        struct parse *p, size_t part, struct clauses *cs, const struct clause_opt *opt)
{
	bool *parent = arena_new(p->a, bool, cs->v.n + 1);
	for (size_t i = 0; i < cs->v.n; i++)
		if (cs->v.v[i].parent != SIZE_MAX)
			parent[cs->v.v[i].parent] = true;
	for (size_t i = 0; i < cs->v.n; i++)
		cs->v.v[i].head = only_addressee(p, &cs->v.v[i], parent[i]);
	for (size_t i = 0; i < cs->v.n && p->tasks.n < 20000; i++) {
		struct clause *c = &cs->v.v[i];
		if (c->head || letters(c->text.s) < 3)
			continue;
		bool led = false;
		for (size_t up = c->parent; up != SIZE_MAX; up = cs->v.v[up].parent)
			led |= cs->v.v[up].head;
		bool author = !led && c->who.n == 0 && c->due.n == 0 && opt->n_addressees == 0;
		enum assignment_type type = clause_type(p, c->text.s, author);
		/* «1. Утвердить: 1.1. Положение …» */
		if (type == ASSIGNMENT_TASK && c->parent != SIZE_MAX && c->who.n + c->due.n == 0 &&
		        cs->v.v[c->parent].head && cs->v.v[c->parent].parent == SIZE_MAX)
			type = clause_type(p, cs->v.v[c->parent].text.s, opt->n_addressees == 0);
		if (type == ASSIGNMENT_CONTROL)
			read_controller(p, c);
		if (type == ASSIGNMENT_TASK && (c->item_due || items_have_deadlines(p, c)))
			item_tasks(p, part, cs, c, opt);
		else
			read_task(p, part, cs, c, type, opt);
	}
}

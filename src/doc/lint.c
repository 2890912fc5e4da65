/* What a careful clerk would notice: shown on the card beside its place, never a reason to refuse.
 */
#include "doc/lint_rules.h"
#include "doc/parse.h"
#include "doc/words.h"

static struct str at_place(struct parse *p, const struct assignment *t)
{
	if (t->clause.text.n > 0)
		return str_printf(p->a, "пункт " STR_FMT " (строка %u)", STR_ARG(t->clause.text),
		        t->line_start);
	return str_printf(p->a, "строка %u", t->line_start);
}

static struct str proposal_words(struct parse *p, const struct deadline *d)
{
	if (d->proposal_kind == DEADLINE_NONE)
		return STR("; назовите верный срок");
	if (d->proposal_recurrence.n > 0) {
		size_t m = str_find(d->proposal_recurrence, STR("BYMONTHDAY="), 0);
		size_t month = str_find(d->proposal_recurrence, STR("BYMONTH="), 0);
		if (m != SIZE_MAX && month != SIZE_MAX) {
			static const char *const months[] = {"января", "февраля", "марта", "апреля",
			        "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
			        "декабря"};
			struct cur_pair {
				int month, day;
			} v = {0, 0};
			struct str mt = str_skip(d->proposal_recurrence, month + STR("BYMONTH=").n);
			struct str dt = str_skip(d->proposal_recurrence, m + STR("BYMONTHDAY=").n);
			for (size_t i = 0; i < mt.n && i < 2 && mt.p[i] >= '0' && mt.p[i] <= '9';
			        i++)
				v.month = v.month * 10 + (mt.p[i] - '0');
			for (size_t i = 0; i < dt.n && i < 2 && dt.p[i] >= '0' && dt.p[i] <= '9';
			        i++)
				v.day = v.day * 10 + (dt.p[i] - '0');
			if (v.month >= 1 && v.month <= 12 && v.day > 0)
				return str_printf(p->a, "; предлагается %d %s ежегодно", v.day,
				        months[v.month - 1]);
		}
		return STR("; предлагается ближайший возможный день");
	}
	if (date_none(d->proposal_end))
		return STR("; предлагается исправленное чтение");
	return str_printf(p->a, "; предлагается " STR_FMT, STR_ARG(date_ru(p->a, d->proposal_end)));
}

static bool before_document(const struct parse *p, const struct deadline *d)
{
	struct date day = p->meta.date.date;
	return !date_none(day) && !date_none(d->end) && date_cmp(d->end, day) < 0 &&
	       d->recurrence.n == 0 && d->kind != DEADLINE_INVALID && !d->then_continuous;
}

static void lint_due(struct parse *p, size_t task, size_t k)
{
	struct assignment *t = &p->tasks.v[task];
	struct due *due = &t->due[k];
	struct deadline *d = &due->value;
	if (d->problem.n == 0 && before_document(p, d))
		d->problem = STR("before_document");
	if (d->repaired && !str_has(due->text.text, STR("ё"))) {
		diag_add(p, "ocr_repair", SEVERITY_NOTE, due->text.span, task,
		        str_printf(p->a,
		                STR_FMT ": в сроке «" STR_FMT "» исправлены знаки, проверьте",
		                STR_ARG(at_place(p, t)), STR_ARG(due->text.text)));
	}
	if (d->problem.n == 0)
		return;
	const struct lint_rule *rule = lint_rule_find(d->problem);
	if (rule == NULL)
		rule = lint_rule_find(STR("vague"));
	struct str fragment = d->fragment.n > 0 ? d->fragment : due->text.text;
	struct str tail = d->kind == DEADLINE_INVALID ? proposal_words(p, d) : STR("");
	diag_add(p, "", rule->severity, due->text.span, task,
	        str_printf(p->a, STR_FMT ": «" STR_FMT "»: " STR_FMT STR_FMT,
	                STR_ARG(at_place(p, t)), STR_ARG(fragment), STR_ARG(rule->title),
	                STR_ARG(tail)));
	struct diag *w = &p->warnings.v[p->warnings.n - 1];
	w->code = d->problem;
	w->fragment = fragment;
	w->field = str_printf(p->a, "assignments[%zu].deadlines[%zu]", task, k);
}

/* «TIMMS»: a known name with two letters changed places or doubled. */
static void lint_names(struct parse *p, size_t task)
{
	static const struct {
		const char *wrong, *right;
	} slips[] = {{"TIMMS", "TIMSS"}, {"TIMS", "TIMSS"}, {"PIRSL", "PIRLS"}, {"PRILS", "PIRLS"},
	        {"PIZA", "PISA"}, {"НИКО-", NULL}};
	struct assignment *t = &p->tasks.v[task];
	for (size_t i = 0; i + 1 < ARRAY_LEN(slips); i++) {
		size_t at = str_find(t->activity.text, str_c(slips[i].wrong), 0);
		if (at == SIZE_MAX)
			continue;
		size_t end = at + str_c(slips[i].wrong).n;
		struct str rest = str_skip(t->activity.text, end);
		if (rest.n > 0 && ((rest.p[0] >= 'A' && rest.p[0] <= 'Z')))
			continue;
		diag_add(p, "name_slip", SEVERITY_WARNING, t->activity.span, task,
		        str_printf(p->a, STR_FMT ": «%s» — вероятно, «%s»", STR_ARG(at_place(p, t)),
		                slips[i].wrong, slips[i].right));
		p->warnings.v[p->warnings.n - 1].fragment = str_sub(t->activity.text, at, end);
	}
}

static void lint_task(struct parse *p, size_t task)
{
	struct assignment *t = &p->tasks.v[task];
	for (size_t k = 0; k < t->n_due; k++)
		lint_due(p, task, k);
	lint_dues(p, task);
	t = &p->tasks.v[task];
	if (t->n_due == 0)
		diag_add(p, "deadline_missing", SEVERITY_WARNING, t->span, task,
		        str_printf(p->a, STR_FMT ": срок не назван", STR_ARG(at_place(p, t))));
	if (t->n_responsible == 0)
		diag_add(p, "responsible_missing", SEVERITY_WARNING, t->span, task,
		        str_printf(p->a, STR_FMT ": ответственный не назван",
		                STR_ARG(at_place(p, t))));
	for (size_t k = 0; k < t->n_indicators; k++)
		if (!(t->indicator[k].target == t->indicator[k].target)) {
			diag_add(p, "indicator_without_target", SEVERITY_NOTE,
			        t->indicator[k].text.span, task,
			        str_printf(p->a,
			                STR_FMT ": у показателя «" STR_FMT
			                        "» нет целевого значения",
			                STR_ARG(at_place(p, t)),
			                STR_ARG(t->indicator[k].text.text)));
			p->warnings.v[p->warnings.n - 1].field =
			        str_printf(p->a, "assignments[%zu].indicators[%zu]", task, k);
		}
	lint_names(p, task);
}

/* ---- doubled activities ---- */

#define MAX_STEMS 64

struct stem_hashes {
	uint64_t v[MAX_STEMS];
	size_t n;
};

/* Hashes of the first five letters of each word, sorted, each once. */
static void stems_of(struct parse *p, struct str text, struct stem_hashes *ret)
{
	struct str f = words_fold(p->a, text);
	struct word w;
	ret->n = 0;
	for (size_t i = 0; ret->n < MAX_STEMS && word_next(f, &i, &w);) {
		if (w.to - w.from < 5)
			continue;
		uint64_t h = str_hash(utf8_head(str_sub(f, w.from, w.to), 5));
		size_t k = 0;
		while (k < ret->n && ret->v[k] < h)
			k++;
		if (k < ret->n && ret->v[k] == h)
			continue;
		for (size_t m = ret->n; m > k; m--)
			ret->v[m] = ret->v[m - 1];
		ret->v[k] = h;
		ret->n++;
	}
}

static double likeness(const struct stem_hashes *x, const struct stem_hashes *y)
{
	size_t i = 0, j = 0, n = 0;
	while (i < x->n && j < y->n) {
		if (x->v[i] == y->v[j])
			n++, i++, j++;
		else if (x->v[i] < y->v[j])
			i++;
		else
			j++;
	}
	return x->n + y->n == 0 ? 0 : 2.0 * (double)n / (double)(x->n + y->n);
}

/* The word in capital Latin letters both texts share («PIRLS»): a doubled name is worth a look even
 * when the rest differs. */
static struct str latin_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		size_t k = i;
		while (k < s.n && s.p[k] >= 'A' && s.p[k] <= 'Z')
			k++;
		if (k - i >= 4)
			return str_sub(s, i, k);
		i = k > i ? k : i;
	}
	return STR_NONE;
}

#define MAX_PAIRED                                                                                 \
	400 /* activities compared each with each; longer plans are compared as neighbours */

static void lint_doubles(struct parse *p)
{
	size_t n = p->tasks.n;
	struct stem_hashes *stems = arena_new(p->a, struct stem_hashes, n + 1);
	for (size_t i = 0; i < n; i++)
		stems_of(p, p->tasks.v[i].activity.text, &stems[i]);
	for (size_t i = 0; i < n; i++) {
		size_t from = n > MAX_PAIRED && i > 40 ? i - 40 : 0;
		for (size_t j = from; j < i; j++) {
			const struct assignment *x = &p->tasks.v[j], *y = &p->tasks.v[i];
			if (x->type != ASSIGNMENT_TASK || y->type != ASSIGNMENT_TASK ||
			        x->part != y->part)
				continue;
			double like = likeness(&stems[j], &stems[i]);
			struct str name = latin_name(x->activity.text);
			bool named = name.n > 0 && str_eq(name, latin_name(y->activity.text));
			if (!(like >= 0.9 && stems[i].n >= 2) && !(named && like >= 0.4))
				continue;
			bool same = like > 0.999;
			diag_add(p, same ? "duplicate_activity" : "near_duplicate_activity",
			        same ? SEVERITY_WARNING : SEVERITY_NOTE, y->span, i,
			        str_printf(p->a, STR_FMT ": %s пункта %s" STR_FMT " (строка %u)",
			                STR_ARG(at_place(p, y)),
			                same ? "мероприятие повторяет текст"
			                     : "мероприятие похоже на текст",
			                x->clause.text.n > 0 ? "" : "без номера",
			                STR_ARG(x->clause.text), x->line_start));
			break;
		}
	}
}

static void numbering_gap(struct parse *p, size_t task)
{
	const struct assignment *t = &p->tasks.v[task];
	diag_add(p, "numbering_gap", SEVERITY_NOTE, t->clause.span, task,
	        str_printf(p->a, STR_FMT ": перед ним пропущен номер", STR_ARG(at_place(p, t))));
}

/* 3.1, 3.2, 3.4 or 1, 2.1, 4: a number is skipped. */
static void lint_numbering(struct parse *p)
{
	uint16_t last[CLAUSE_DEPTH] = {0};
	size_t last_depth = 0, last_part = SIZE_MAX;
	for (size_t i = 0; i < p->tasks.n; i++) {
		const struct assignment *t = &p->tasks.v[i];
		uint16_t number[CLAUSE_DEPTH];
		size_t depth;
		struct str with_text = str_printf(p->a, STR_FMT ". x", STR_ARG(t->clause.text));
		if (t->clause.text.n == 0 || clause_number(with_text, number, &depth) == 0)
			continue;
		if (t->part == last_part) {
			/* the first place where the numbers differ; deeper ones begin anew */
			size_t k = 0;
			while (k < depth && k < last_depth && number[k] == last[k])
				k++;
			if (k < depth && k < last_depth && number[k] > last[k] + 1)
				numbering_gap(p, i);
		}
		for (size_t k = 0; k < depth; k++)
			last[k] = number[k];
		last_depth = depth;
		last_part = t->part;
	}
}

void document_lint(struct parse *p)
{
	if (date_none(p->meta.date.date)) {
		diag_add(p, "date_missing", SEVERITY_WARNING, (struct span){0, 0}, SIZE_MAX,
		        STR("дата документа не прочитана: сроки без года не определены"));
		p->warnings.v[p->warnings.n - 1].field = STR("meta.date");
	}
	for (size_t i = 0; i < p->tasks.n; i++)
		if (p->tasks.v[i].type == ASSIGNMENT_TASK)
			lint_task(p, i);
	lint_doubles(p);
	lint_numbering(p);
}

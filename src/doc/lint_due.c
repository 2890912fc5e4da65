/* Deadlines against each other and against the years the document is about. */
#include "doc/parse.h"

static struct str place_of(struct parse *p, const struct assignment *t)
{
	if (t->clause.text.n > 0)
		return str_printf(p->a, "пункт " STR_FMT " (строка %u)", STR_ARG(t->clause.text),
		        t->line_start);
	return str_printf(p->a, "строка %u", t->line_start);
}

/* One day by which the work is due: no period, no repetition, no stage of its own. */
static bool plain_due(const struct due *d)
{
	return d->label.text.n == 0 && d->value.kind == DEADLINE_DATE &&
	       d->value.recurrence.n == 0 && !date_none(d->value.end);
}

/* Between two places stands something that is no list of dates: a line end. */
static bool apart(const struct parse *p, struct span x, struct span y)
{
	if (x.from > y.from)
		return apart(p, y, x);
	return str_find_byte(str_sub(p->src->text, x.to, y.from), '\n', 0) != SIZE_MAX;
}

static void two_deadlines(struct parse *p, size_t task)
{
	const struct assignment *t = &p->tasks.v[task];
	for (size_t i = 0; i < t->n_due; i++)
		for (size_t j = 0; j < i; j++) {
			const struct due *x = &t->due[j], *y = &t->due[i];
			if (!plain_due(x) || !plain_due(y) ||
			        date_cmp(x->value.end, y->value.end) == 0 ||
			        x->inherited != y->inherited ||
			        !apart(p, x->text.span, y->text.span))
				continue;
			diag_add(p, "two_deadlines", SEVERITY_WARNING, y->text.span, task,
			        str_printf(p->a,
			                STR_FMT ": названы два срока, «" STR_FMT "» и «" STR_FMT
			                        "»: оставьте один",
			                STR_ARG(place_of(p, t)), STR_ARG(x->text.text),
			                STR_ARG(y->text.text)));
			struct diag *w = &p->warnings.v[p->warnings.n - 1];
			w->fragment = y->text.text;
			w->field = str_printf(p->a, "assignments[%zu].deadlines[%zu]", task, i);
			return;
		}
}

/* The year as the author wrote it, in four digits. */
static bool writes_year(struct str text, int year)
{
	char digits[4] = {(char)('0' + year / 1000 % 10), (char)('0' + year / 100 % 10),
	        (char)('0' + year / 10 % 10), (char)('0' + year % 10)};
	return str_has(text, (struct str){digits, sizeof(digits)});
}

/* In January people still write last year's number; in a plan of one period a deadline years away
 * is another slip. */
static void year_slip(struct parse *p, size_t task, size_t k)
{
	enum { FAR = 3 };
	const struct assignment *t = &p->tasks.v[task];
	const struct due *due = &t->due[k];
	struct date end = due->value.end, day = p->meta.date.date;
	struct date plan_start = p->meta.plan.start, plan_end = p->meta.plan.end;
	if (date_none(end) || due->value.kind == DEADLINE_INVALID || date_none(day) ||
	        due->value.recurrence.n > 0 || !writes_year(due->text.text, end.y))
		return;
	struct date next = date_add_months(end, 12);
	bool last_year = date_cmp(end, day) < 0 && date_cmp(next, day) >= 0 &&
	                 (date_none(plan_start) || date_cmp(end, plan_start) < 0);
	bool too_far = !date_none(plan_end) ? end.y > plan_end.y + 1 : end.y > day.y + FAR;
	if (!last_year && !too_far)
		return;
	diag_add(p, "year_slip", SEVERITY_WARNING, due->text.span, task,
	        str_printf(p->a, STR_FMT ": «" STR_FMT "»: проверьте год (%s)",
	                STR_ARG(place_of(p, t)), STR_ARG(due->text.text),
	                last_year ? "похоже, должен быть следующий"
	                : date_none(plan_end) ? "срок далеко за годом документа"
	                                      : "срок за пределами плана"));
	struct diag *w = &p->warnings.v[p->warnings.n - 1];
	w->fragment = due->text.text;
	w->field = str_printf(p->a, "assignments[%zu].deadlines[%zu]", task, k);
}

void lint_dues(struct parse *p, size_t task)
{
	two_deadlines(p, task);
	for (size_t k = 0; k < p->tasks.v[task].n_due; k++)
		year_slip(p, task, k);
}

/* Phrases → deadlines, once the date of the document and the plan period are known. */
#include "base/limits.h"
#include "doc/parse.h"
#include "doc/words.h"

/* The words name a year themselves: no heading bounds them. */
static bool names_year(struct str f)
{
	return str_has(f, STR("год")) || str_has(f, STR("20"));
}

/* «до 5-го числа» under the heading «НОЯБРЬ»: the month bounds what the words mean. */
static void within_month(
        struct parse *p, const struct phrase *ph, struct deadline_env *env, struct deadline *month)
{
	struct deadline *d;
	*month = (struct deadline){0};
	if (ph->month.s.n == 0 || names_year(words_fold(p->a, ph->text.s)) ||
	        deadline_parse(p->a, ph->month.s, env, &d) == 0 || date_none(d[0].start))
		return;
	*month = d[0];
	env->doc = d[0].start;
	env->plan_start = d[0].start;
	env->plan_end = d[0].end;
}

/* The words that are read: «1 неделя», «в течение месяца» under the heading of a month are of that
 * month. */
static struct str words_read(struct parse *p, const struct phrase *ph, const struct deadline *month)
{
	struct str text = traced_head(ph->text, LIMIT_DEADLINE_TEXT).s;
	if (month->kind == DEADLINE_NONE)
		return text;
	struct str f = words_fold(p->a, text);
	static const char *const whole[] = {
	        "в течение месяца", "в течении месяца", "весь месяц", "месяц", NULL};
	static const char *const pieces[] = {"недел", "декад", "начало", "середина", "конец", NULL};
	if (starts_any(str_trim(f), whole))
		return ph->month.s;
	if (!has_any(f, pieces) || f.n > 60 ||
	        has_any(f, (const char *const[]){"ежене", "раз в", NULL}))
		return text;
	return str_printf(p->a, STR_FMT " " STR_FMT, STR_ARG(text),
	        STR_ARG(trim_end_marks(words_fold(p->a, ph->month.s))));
}

static void add_due(struct parse *p, const struct phrase *ph, const struct deadline *d,
        const struct deadline *month, struct due *ret)
{
	ret->text = field_flat(p, traced_head(ph->text, LIMIT_DEADLINE_TEXT),
	        d->approximate || d->problem.n > 0 ? TRUST_DOUBTFUL : TRUST_SURE);
	ret->label = field_flat(p, ph->label, TRUST_SURE);
	ret->value = *d;
	ret->inherited = ph->inherited;
	if (month->kind != DEADLINE_NONE && d->kind == DEADLINE_PERIODIC && date_none(d->end)) {
		ret->value.start = date_none(d->start) ? month->start : d->start;
		ret->value.end = month->end;
		ret->value.year_rule = month->year_rule;
	}
}

static bool hard(const struct due *d)
{
	return (d->value.kind == DEADLINE_DATE || d->value.kind == DEADLINE_RANGE ||
	               d->value.kind == DEADLINE_MONTH_RANGE ||
	               d->value.kind == DEADLINE_QUARTER) &&
	       !date_none(d->value.start) && !date_none(d->value.end);
}

/* The last two dues are the ends of one span («Начало», «Окончание»). */
static bool join_span(struct parse *p, const struct phrase *from, const struct phrase *to,
        struct due *first, const struct due *last)
{
	if (!hard(first) || !hard(last) || date_cmp(first->value.start, last->value.end) > 0)
		return false;
	first->text = field_flat(p, traced_join(p->a, from->text, to->text), first->text.trust);
	first->label = (struct field){0};
	if (first->value.kind == DEADLINE_DATE || first->value.kind != last->value.kind)
		first->value.kind = DEADLINE_RANGE;
	first->value.end = last->value.end;
	first->value.approximate |= last->value.approximate;
	return true;
}

typedef VEC(struct due) due_vec;

static void join_pair(struct parse *p, size_t task, size_t phrase, due_vec *list, size_t before)
{
	const struct phrase *ph = p->phrases.v[task].v.v;
	if (phrase > 0 && ph[phrase - 1].opens && before > 0 && list->n == before + 1 &&
	        join_span(p, &ph[phrase - 1], &ph[phrase], &list->v[before - 1], &list->v[before]))
		list->n--;
}

/* Several deadlines in one cell are parted by something; without it two rows may have run together.
 */
static bool parted(struct parse *p, struct str text)
{
	static const char *const marks[] = {
	        ",", ";", "\n", " и ", "далее", "затем", "/", "(", NULL};
	return has_any(words_fold(p->a, text), marks) || str_has(text, STR("\n"));
}

static void read_task(struct parse *p, size_t task)
{
	due_vec list = {0};
	struct assignment *t = &p->tasks.v[task];
	for (size_t i = 0; i < p->phrases.v[task].v.n; i++) {
		const struct phrase *ph = &p->phrases.v[task].v.v[i];
		struct deadline_env env = p->env;
		const struct doc_part *part = &p->parts.v[t->part];
		if (!date_none(part->date.date) && part->kind == DOC_PROTOCOL)
			env.doc = part->date.date;
		struct deadline month, *d;
		within_month(p, ph, &env, &month);
		struct str text = words_read(p, ph, &month);
		size_t n = deadline_parse(p->a, text, &env, &d);
		size_t before = list.n;
		bool run_together = n > 1 && !parted(p, text);
		for (size_t k = 0; k < n && list.n < LIMIT_DEADLINE_ITEMS; k++) {
			struct due *due = vec_push(p->a, &list);
			add_due(p, ph, &d[k], &month, due);
			if (run_together)
				due->text.trust = TRUST_DOUBTFUL;
		}
		join_pair(p, task, i, &list, before);
	}
	t->due = list.v;
	t->n_due = list.n;
}

void dues_read(struct parse *p)
{
	p->env = (struct deadline_env){.doc = p->meta.date.date,
	        .plan_start = p->meta.plan.start,
	        .plan_end = p->meta.plan.end};
	for (size_t i = 0; i < p->tasks.n; i++)
		if (p->tasks.v[i].type == ASSIGNMENT_TASK ||
		        p->tasks.v[i].type == ASSIGNMENT_COMMITMENT)
			read_task(p, i);
}

/* The stages of reading a document, and the small services they share. */
#include "doc/document.h"

#include "base/limits.h"
#include "doc/parse.h"
#include "doc/words.h"

#define MAX_FRAGMENT 160 /* letters of a quoted place */

static const struct str kind_names[] = {
        [DOC_OTHER] = STR_INIT("other"),
        [DOC_ORDER] = STR_INIT("order"),
        [DOC_DIRECTIVE] = STR_INIT("directive"),
        [DOC_RESOLUTION] = STR_INIT("resolution"),
        [DOC_LETTER] = STR_INIT("letter"),
        [DOC_PROTOCOL] = STR_INIT("protocol"),
        [DOC_ROADMAP] = STR_INIT("roadmap"),
        [DOC_PLAN] = STR_INIT("plan"),
};
static const struct str kind_titles[] = {
        [DOC_OTHER] = STR_INIT("документ"),
        [DOC_ORDER] = STR_INIT("приказ"),
        [DOC_DIRECTIVE] = STR_INIT("распоряжение"),
        [DOC_RESOLUTION] = STR_INIT("постановление"),
        [DOC_LETTER] = STR_INIT("письмо"),
        [DOC_PROTOCOL] = STR_INIT("протокол"),
        [DOC_ROADMAP] = STR_INIT("дорожная карта"),
        [DOC_PLAN] = STR_INIT("план"),
};
static const struct str type_names[] = {
        [ASSIGNMENT_TASK] = STR_INIT("task"),
        [ASSIGNMENT_APPROVAL] = STR_INIT("approval"),
        [ASSIGNMENT_CONTROL] = STR_INIT("control"),
        [ASSIGNMENT_CANCELLATION] = STR_INIT("cancellation"),
        [ASSIGNMENT_ENTRY_INTO_FORCE] = STR_INIT("entry_into_force"),
        [ASSIGNMENT_INFORMATION] = STR_INIT("information"),
        [ASSIGNMENT_COMMITMENT] = STR_INIT("commitment"),
};
static const struct str type_titles[] = {
        [ASSIGNMENT_TASK] = STR_INIT("поручение"),
        [ASSIGNMENT_APPROVAL] = STR_INIT("утверждение"),
        [ASSIGNMENT_CONTROL] = STR_INIT("контроль"),
        [ASSIGNMENT_CANCELLATION] = STR_INIT("отмена"),
        [ASSIGNMENT_ENTRY_INTO_FORCE] = STR_INIT("вступление в силу"),
        [ASSIGNMENT_INFORMATION] = STR_INIT("к сведению"),
        [ASSIGNMENT_COMMITMENT] = STR_INIT("намерение автора"),
};
static const struct str source_names[] = {
        [RESPONSIBLE_NONE] = {NULL, 0},
        [RESPONSIBLE_OWN] = STR_INIT("own"),
        [RESPONSIBLE_PARENT] = STR_INIT("parent"),
        [RESPONSIBLE_SECTION] = STR_INIT("section"),
};
static const struct str inherited_names[] = {
        [INHERITED_NONE] = {NULL, 0},
        [INHERITED_SECTION] = STR_INIT("section"),
        [INHERITED_PARENT] = STR_INIT("parent"),
        [INHERITED_ROW_ABOVE] = STR_INIT("row_above"),
};
static const struct str severity_names[] = {
        [SEVERITY_NOTE] = STR_INIT("note"),
        [SEVERITY_WARNING] = STR_INIT("warning"),
        [SEVERITY_ERROR] = STR_INIT("error"),
};

struct str doc_kind_name(enum doc_kind k)
{
	return kind_names[k];
}

struct str doc_kind_title(enum doc_kind k)
{
	return kind_titles[k];
}

struct str assignment_type_name(enum assignment_type t)
{
	return type_names[t];
}

struct str assignment_type_title(enum assignment_type t)
{
	return type_titles[t];
}

struct str responsible_source_name(enum responsible_source s)
{
	return source_names[s];
}

struct str inherited_name(enum inherited i)
{
	return inherited_names[i];
}

struct str severity_name(enum severity s)
{
	return severity_names[s];
}

bool doc_kind_of(struct str name, enum doc_kind *ret)
{
	for (size_t i = 0; i < ARRAY_LEN(kind_names); i++)
		if (str_eq(name, kind_names[i])) {
			*ret = (enum doc_kind)i;
			return true;
		}
	return false;
}

bool assignment_type_of(struct str name, enum assignment_type *ret)
{
	for (size_t i = 0; i < ARRAY_LEN(type_names); i++)
		if (str_eq(name, type_names[i])) {
			*ret = (enum assignment_type)i;
			return true;
		}
	return false;
}

struct field field_of(const struct parse *p, struct traced t, enum trust trust)
{
	if (t.s.n == 0)
		return (struct field){0};
	return (struct field){t.s, traced_span(p->src, t), trust};
}

struct field field_flat(const struct parse *p, struct traced t, enum trust trust)
{
	struct traced flat = traced_flat(p->a, t);
	struct field f = field_of(p, flat, trust);
	return f;
}

struct assignment *task_add(struct parse *p, size_t part, enum assignment_type type)
{
	struct assignment *t = vec_push(p->a, &p->tasks);
	(void)vec_push(p->a, &p->phrases);
	*t = (struct assignment){.part = part, .type = type};
	t->id = str_printf(p->a, "a%zu", p->tasks.n);
	return t;
}

void task_phrase(struct parse *p, size_t task, struct phrase phrase)
{
	if (phrase.text.s.n > 0 && p->phrases.v[task].v.n < LIMIT_DEADLINE_ITEMS)
		*vec_push(p->a, &p->phrases.v[task].v) = phrase;
}

void diag_add(struct parse *p, const char *code, enum severity severity, struct span span,
        size_t task, struct str message)
{
	struct diag *d = vec_push(p->a, &p->warnings);
	*d = (struct diag){.code = str_c(code),
	        .severity = severity,
	        .span = span,
	        .assignment = task,
	        .fragment = utf8_head(str_sub(p->src->text, span.from, span.to), MAX_FRAGMENT),
	        .message = message};
	if (task != SIZE_MAX)
		d->field = str_printf(p->a, "assignments[%zu]", task);
}

static void fold_blocks(struct parse *p)
{
	p->fold = arena_new(p->a, struct str, p->src->n + 1);
	p->tight = arena_new(p->a, struct str, p->src->n + 1);
	for (size_t i = 0; i < p->src->n; i++) {
		if (p->src->block[i].kind != BLOCK_LINE)
			continue;
		p->fold[i] = words_fold(p->a, p->src->block[i].text.s);
		p->tight[i] = str_replace(p->a, str_sub(p->fold[i], 0, 200), STR(" "), STR(""));
		p->tight[i] = str_sub(p->tight[i], 0, 80);
	}
}

void document_parse(struct arena *a, const struct source *src, struct document *ret)
{
	struct parse p = {.a = a, .src = src};
	fold_blocks(&p);
	if (src->unreadable) {
		struct doc_part *part = vec_push(a, &p.parts);
		*part = (struct doc_part){.id = STR("main")};
		diag_add(&p, "ocr_unreadable", SEVERITY_ERROR, (struct span){0, 0}, SIZE_MAX,
		        STR("страница распознана не тем языком: слова состоят из латинских букв. "
		            "Распознайте документ заново с русским языком"));
	} else {
		const struct kind *kind = kind_find(&p);
		p.meta.kind = kind->kind;
		parts_find(&p);
		meta_read(&p);
		kind->parse(&p, p.ranges.v[0]);
		for (size_t i = 1; i < p.ranges.n; i++)
			parse_annex(&p, p.ranges.v[i]);
		meta_plan_period(&p);
		meta_plan_from_years(&p);
		dues_read(&p);
		document_lint(&p);
		doubt_fields(&p);
	}
	*ret = (struct document){.source = src,
	        .meta = p.meta,
	        .part = p.parts.v,
	        .n_parts = p.parts.n,
	        .assignment = p.tasks.v,
	        .n_assignments = p.tasks.n,
	        .warning = p.warnings.v,
	        .n_warnings = p.warnings.n};
}

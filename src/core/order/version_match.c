#include "core/order/version_match.h"

#include "base/buf.h"
#include "base/limits.h"
#include "core/fact.h"
#include "pack/json.h"
#include "text/fold.h"
#include "text/stem.h"

#define LIKE_SAME_CLAUSE 0.33
#define LIKE_OTHERWISE   0.55

static struct str text_of(const struct json_value *v, const char *key)
{
	return or_empty(json_get_str(v, key));
}

/* Strings, or the member of objects, one a line. */
static struct str lines_of(struct arena *a, const struct json_value *list, const char *member)
{
	struct buf b;
	buf_init(&b, a, LIMIT_DOC_TEXT);
	for (size_t i = 0; list != NULL && i < list->n; i++) {
		const struct json_value *x = &list->item[i];
		struct str s = x->kind == JSON_STR ? x->text : text_of(x, member);
		if (b.n > 0)
			buf_byte(&b, '\n');
		buf_add(&b, str_replace(a, s, STR("\n"), STR(" ")));
	}
	return buf_str(&b);
}

static struct str people_of(struct arena *a, const struct json_value *list)
{
	struct buf b;
	buf_init(&b, a, LIMIT_DOC_TEXT);
	for (size_t i = 0; list != NULL && i < list->n; i++) {
		struct str name = text_of(&list->item[i], "name");
		struct str person = text_of(&list->item[i], "person");
		buf_printf(&b, "%s" STR_FMT, b.n > 0 ? "\n" : "",
		        STR_ARG(str_replace(a, name, STR("\n"), STR(" "))));
		if (person.n > 0)
			buf_printf(&b, "%s/ " STR_FMT, name.n > 0 ? " " : "", STR_ARG(person));
	}
	return buf_str(&b);
}

/* One phrase may have several readings: it stands once, as in point_form_of. */
static struct str dues_of(struct arena *a, const struct json_value *list)
{
	struct buf b;
	struct str last = STR_NONE;
	buf_init(&b, a, LIMIT_DOC_TEXT);
	for (size_t i = 0; list != NULL && i < list->n; i++) {
		struct str s = str_replace(a, text_of(&list->item[i], "text"), STR("\n"), STR(" "));
		if (last.p == NULL || !str_eq(s, last))
			buf_printf(&b, "%s" STR_FMT, b.n > 0 ? "\n" : "", STR_ARG(s));
		last = s;
	}
	return str_trim(buf_str(&b));
}

enum ec version_points_of_json(
        struct arena *a, struct str json, struct version_points *ret, struct err *e)
{
	struct json_value *tree;
	TRY(json_parse(a, json, &tree, e));
	const struct json_value *list = json_get(tree, "assignments");
	size_t n = list == NULL ? 0 : list->n;
	*ret = (struct version_points){arena_new(a, struct version_point, n), n};
	for (size_t i = 0; i < n; i++) {
		const struct json_value *x = &list->item[i];
		ret->v[i] = (struct version_point){.index = i,
		        .form = {.type = text_of(x, "type"),
		                .clause = text_of(x, "clause"),
		                .section = text_of(x, "section"),
		                .activity = text_of(x, "activity"),
		                .items = lines_of(a, json_get(x, "items"), "text"),
		                .document_types = lines_of(a, json_get(x, "document_type"), "text"),
		                .expected_result = text_of(x, "expected_result"),
		                .responsibles = people_of(a, json_get(x, "responsible")),
		                .deadlines = dues_of(a, json_get(x, "deadlines")),
		                .indicators = lines_of(a, json_get(x, "indicators"), "text")}};
	}
	return EC_OK;
}

struct version_points version_points_of_card(struct arena *a, const struct document_card *d)
{
	struct version_points l = {arena_new(a, struct version_point, d->n_points), 0};
	for (size_t i = 0; i < d->n_points; i++)
		if (!d->point[i].removed)
			l.v[l.n++] = (struct version_point){
			        point_form_of(a, &d->point[i]), d->point[i].id, i};
	return l;
}

struct matcher {
	const struct version_points *old, *now;
	struct str *old_key, *now_key;
	struct stem_set *old_stems, *now_stems;
	bool *taken;
	size_t *pair;
};

static struct str key_of(struct arena *a, const struct version_point *p)
{
	return text_key(a, p->form.activity);
}

static void pair_up(struct matcher *m, size_t now, size_t old)
{
	m->pair[now] = old;
	m->taken[old] = true;
}

/* Equal words: the one of the same clause first. */
static void by_words(struct matcher *m, bool clause)
{
	for (size_t i = 0; i < m->now->n; i++)
		for (size_t k = 0; k < m->old->n && m->pair[i] == NO_PAIR; k++)
			if (!m->taken[k] && str_eq(m->now_key[i], m->old_key[k]) &&
			        (!clause ||
			                str_eq(m->now->v[i].form.clause, m->old->v[k].form.clause)))
				pair_up(m, i, k);
}

static void by_clause(struct matcher *m)
{
	for (size_t i = 0; i < m->now->n; i++)
		for (size_t k = 0; k < m->old->n && m->pair[i] == NO_PAIR; k++)
			if (!m->taken[k] && m->now->v[i].form.clause.n > 0 &&
			        str_eq(m->now->v[i].form.clause, m->old->v[k].form.clause) &&
			        stem_likeness(m->now_stems[i], m->old_stems[k]) >= LIKE_SAME_CLAUSE)
				pair_up(m, i, k);
}

static void by_likeness(struct matcher *m)
{
	for (size_t i = 0; i < m->now->n; i++) {
		double best = LIKE_OTHERWISE;
		size_t at = NO_PAIR;
		for (size_t k = 0; k < m->old->n && m->pair[i] == NO_PAIR; k++) {
			double like =
			        m->taken[k] ? 0 : stem_likeness(m->now_stems[i], m->old_stems[k]);
			if (like >= best) {
				best = like;
				at = k;
			}
		}
		if (at != NO_PAIR)
			pair_up(m, i, at);
	}
}

void version_match(struct arena *a, const struct version_points *old,
        const struct version_points *now, size_t *ret)
{
	AUTO_STEMMER(st);
	struct matcher m = {old, now, arena_new(a, struct str, old->n),
	        arena_new(a, struct str, now->n), arena_new(a, struct stem_set, old->n),
	        arena_new(a, struct stem_set, now->n), arena_new(a, bool, old->n), ret};
	for (size_t k = 0; k < old->n; k++) {
		m.old_key[k] = key_of(a, &old->v[k]);
		m.old_stems[k] = text_stems(&st, a, m.old_key[k]);
	}
	for (size_t i = 0; i < now->n; i++) {
		ret[i] = NO_PAIR;
		m.now_key[i] = key_of(a, &now->v[i]);
		m.now_stems[i] = text_stems(&st, a, m.now_key[i]);
	}
	by_words(&m, true);
	by_words(&m, false);
	by_clause(&m);
	by_likeness(&m);
}

size_t version_pairs(struct arena *a, const struct version_points *old,
        const struct version_points *now, struct version_pair *ret)
{
	size_t *pair = arena_new(a, size_t, now->n + 1);
	bool *told = arena_new(a, bool, old->n + 1);
	size_t n = 0;
	size_t next = 0; /* removed ones are told where they stood: before the next pair */
	version_match(a, old, now, pair);
	for (size_t i = 0; i < now->n; i++)
		if (pair[i] != NO_PAIR)
			told[pair[i]] = true;
	for (size_t i = 0; i < now->n; i++) {
		for (; pair[i] != NO_PAIR && next < pair[i]; next++)
			if (!told[next])
				ret[n++] = (struct version_pair){next, NO_PAIR};
		if (pair[i] != NO_PAIR && next == pair[i])
			next++;
		ret[n++] = (struct version_pair){pair[i], i};
	}
	for (; next < old->n; next++)
		if (!told[next])
			ret[n++] = (struct version_pair){next, NO_PAIR};
	return n;
}

static const struct {
	const char *title;
	size_t at;
} fields[] = {
        {"Мероприятие", offsetof(struct point_form, activity)},
        {"Срок", offsetof(struct point_form, deadlines)},
        {"Ответственные", offsetof(struct point_form, responsibles)},
        {"Номер пункта", offsetof(struct point_form, clause)},
        {"В том числе", offsetof(struct point_form, items)},
        {"Вид документа", offsetof(struct point_form, document_types)},
        {"Результат", offsetof(struct point_form, expected_result)},
        {"Показатели", offsetof(struct point_form, indicators)},
        {"Раздел", offsetof(struct point_form, section)},
};
_Static_assert(ARRAY_LEN(fields) == VERSION_FIELDS, "every field has its row");

static struct str field_at(const struct version_point *p, size_t i)
{
	return p == NULL ? STR("")
	                 : or_empty(*(const struct str *)(const void *)((const char *)&p->form +
	                                                                fields[i].at));
}

bool version_differs(struct arena *a, const struct version_point *x, const struct version_point *y)
{
	for (size_t i = 0; i < VERSION_FIELDS; i++)
		if (!str_eq(text_squeeze(a, field_at(x, i)), text_squeeze(a, field_at(y, i))))
			return true;
	return !str_eq(x->form.type, y->form.type);
}

void version_say(struct arena *a, const struct version_point *x, const struct version_point *y,
        struct version_change *ret)
{
	const struct version_point *any = y != NULL ? y : x;
	enum version_change_kind kind = x == NULL                  ? CHANGE_ADDED
	                                : y == NULL                ? CHANGE_REMOVED
	                                : version_differs(a, x, y) ? CHANGE_EDITED
	                                                           : CHANGE_SAME;
	static const char *const titles[] = {"без изменений", "изменён", "добавлен", "исключён"};
	struct version_change v = {.kind = kind,
	        .kind_title = str_c(titles[kind]),
	        .clause = any->form.clause,
	        .was_clause = x != NULL ? x->form.clause : STR(""),
	        .activity = any->form.activity};
	for (size_t i = 0; kind != CHANGE_SAME && i < VERSION_FIELDS; i++) {
		struct str before = field_at(x, i);
		struct str after = field_at(y, i);
		bool changed = !str_eq(text_squeeze(a, before), text_squeeze(a, after));
		if (before.n + after.n == 0 || (kind == CHANGE_EDITED && !changed && i > 0))
			continue;
		v.field[v.n_fields++] = (struct version_field){
		        str_c(fields[i].title), word_diff(a, before, after), changed};
	}
	*ret = v;
}

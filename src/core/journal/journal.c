#include "core/journal/journal.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/limits.h"
#include "core/fact.h"

#define VALUE_MAX (256 * KIB) /* of one field on the screen */

static enum ec must_audit(const struct ctx *c, struct err *e)
{
	return must_may(c, CAP_AUDIT_READ, ACTOR_ALL, ACTOR_ALL, e);
}

/* What the fact is called by itself; NULL when its JSON says nothing or cannot be read. */
static struct str about_of(const struct ctx *c, const struct event *v)
{
	static const char *const keys[] = {"file_name", "number", "clause", "login", "name", "tag"};
	struct str json = v->after.p != NULL ? v->after : v->before;
	struct json_value *tree;
	struct err none;
	if (json.p == NULL || json_parse(c->a, json, &tree, &none) != EC_OK)
		return STR("");
	for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
		struct str s = json_get_str(tree, keys[i]);
		if (s.n > 0)
			return s;
	}
	return STR("");
}

static struct journal_row row_of(const struct ctx *c, const struct event *v)
{
	size_t n;
	const struct word *nouns = journal_nouns(&n);
	return (struct journal_row){
	        .id = v->id,
	        .at = v->at,
	        .who = v->user_name.n > 0 ? v->user_name : STR("система"),
	        .noun = v->noun,
	        .noun_id = v->noun_id,
	        .noun_title = word_title(nouns, n, v->noun),
	        .what = journal_verb_title(v->noun, v->verb),
	        .about = about_of(c, v),
	        .reason = v->reason,
	};
}

/* Midnight of the local day in UTC seconds; 0 when no day is given. */
static int64_t midnight(const struct ctx *c, struct str iso, int more_days)
{
	struct date d;
	if (iso.p == NULL || !date_parse_iso(iso, &d))
		return 0;
	return ((int64_t)date_days(d) + more_days) * 86400 - (int64_t)c->clock->offset_min * 60;
}

enum ec journal_list(const struct ctx *c, const struct journal_filter *f, struct journal_list *ret,
        struct err *e)
{
	TRY(must_audit(c, e));
	struct paging page = paging_clean(f->page);
	struct history_filter h = {
	        .noun = f->noun,
	        .person = f->person,
	        .since = midnight(c, f->from, 0),
	        .until = midnight(c, f->to, 1),
	        .limit = page.limit,
	        .skip = page.offset,
	};
	struct events found;
	TRY(history_list(c, &h, &found, e));
	TRY(history_count(c, &h, &ret->total, e));
	ret->v = arena_new(c->a, struct journal_row, found.n);
	ret->n = found.n;
	for (size_t i = 0; i < found.n; i++)
		ret->v[i] = row_of(c, &found.v[i]);
	return EC_OK;
}

/* A value on one line; lists and objects by their parts. */
static void value_print(
        const struct ctx *c, struct buf *b, struct str key, const struct json_value *v)
{
	switch (v->kind) {
	case JSON_NULL:
		return;
	case JSON_BOOL:
		buf_add(b, v->b ? STR("да") : STR("нет"));
		return;
	case JSON_NUM:
		buf_add(b, str_eq(key, STR("at"))
		                   ? time_ru(c->a, (int64_t)v->num, c->clock->offset_min)
		                   : v->text);
		return;
	case JSON_STR:
		buf_add(b, iso_ru(c->a, journal_value_title(key, v->text)));
		return;
	case JSON_ARR:
	case JSON_OBJ:
		break;
	}
	bool first = true;
	for (size_t i = 0; i < v->n; i++) {
		const struct json_value *m = &v->item[i];
		bool empty = m->kind == JSON_NULL || (m->kind == JSON_STR && m->text.n == 0) ||
		             ((m->kind == JSON_ARR || m->kind == JSON_OBJ) && m->n == 0);
		if (empty)
			continue;
		if (!first)
			buf_add(b, v->kind == JSON_ARR ? STR("\n") : STR(", "));
		first = false;
		if (v->kind == JSON_OBJ)
			buf_printf(b, STR_FMT ": ", STR_ARG(journal_field_title(m->key)));
		value_print(c, b, v->kind == JSON_OBJ ? m->key : key, m);
	}
}

static struct str value_text(const struct ctx *c, const struct json_value *v)
{
	struct buf b;
	if (v == NULL)
		return STR("");
	buf_init(&b, c->a, VALUE_MAX);
	value_print(c, &b, v->key, v);
	return buf_str(&b);
}

static const struct json_value *member(const struct json_value *v, struct str key)
{
	for (size_t i = 0; v != NULL && v->kind == JSON_OBJ && i < v->n; i++)
		if (str_eq(v->item[i].key, key))
			return &v->item[i];
	return NULL;
}

static void field_add_to(const struct ctx *c, struct journal_card *card,
        const struct json_value *before, const struct json_value *after)
{
	const struct json_value *any = after != NULL ? after : before;
	struct journal_field f = {
	        journal_field_title(any->key), value_text(c, before), value_text(c, after), false};
	f.changed = !str_eq(f.before, f.after);
	if (f.before.n > 0 || f.after.n > 0)
		card->field[card->n_fields++] = f;
}

enum ec journal_get(const struct ctx *c, int64_t id, struct journal_card *ret, struct err *e)
{
	struct event v;
	struct json_value *before = NULL;
	struct json_value *after = NULL;
	TRY(must_audit(c, e));
	TRY(history_get(c, id, &v, e));
	if (v.before.p != NULL)
		TRY(json_parse(c->a, v.before, &before, e));
	if (v.after.p != NULL)
		TRY(json_parse(c->a, v.after, &after, e));
	*ret = (struct journal_card){
	        .row = row_of(c, &v), .had_before = before != NULL, .has_after = after != NULL};
	size_t n = (before != NULL ? before->n : 0) + (after != NULL ? after->n : 0);
	ret->field = arena_new(c->a, struct journal_field, n);
	for (size_t i = 0; after != NULL && after->kind == JSON_OBJ && i < after->n; i++)
		field_add_to(c, ret, member(before, after->item[i].key), &after->item[i]);
	for (size_t i = 0; before != NULL && before->kind == JSON_OBJ && i < before->n; i++)
		if (member(after, before->item[i].key) == NULL)
			field_add_to(c, ret, &before->item[i], NULL);
	return EC_OK;
}

enum ec journal_end(const struct ctx *c, struct history_check *ret, struct err *e)
{
	TRY(must_audit(c, e));
	return history_verify_end(c, ret, e);
}

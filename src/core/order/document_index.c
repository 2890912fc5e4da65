#include "core/order/document_index.h"

#include "base/buf.h"
#include "base/limits.h"
#include "core/fact.h"
#include "core/order/document_seen.h"
#include "core/search_index.h"
#include "db/q_point.h"
#include "db/q_search.h"

/* All of a document that is searched. */
struct facts {
	struct q_document_one doc;
	struct q_points_of_rows point;
	struct q_responsibles_of_rows who;
	struct q_deadlines_of_rows due;
};

static struct str head_text(struct arena *a, const struct q_document_one *d)
{
	struct buf b;
	buf_init(&b, a, LIMIT_SEARCH_TEXT);
	buf_add(&b, document_kind_title_of(d->kind));
	if (d->number.n > 0)
		buf_printf(&b, " № " STR_FMT, STR_ARG(d->number));
	if (d->doc_date.n > 0)
		buf_printf(&b, " от " STR_FMT, STR_ARG(iso_ru(a, d->doc_date)));
	const struct str more[] = {
	        d->title, d->issuer, d->place, d->signatory_post, d->signatory_name};
	const char *const before[] = {" «", "»\n", "\n", "\n", " "};
	for (size_t i = 0; i < ARRAY_LEN(more); i++) {
		if (i > 1 && more[i].n == 0)
			continue;
		buf_add_z(&b, before[i]);
		buf_add(&b, more[i]);
	}
	return buf_str(&b);
}

/* Point rows come in one order, so the rows of a point stand together from *i on. */
static void add_executors(struct buf *b, const struct facts *f, int64_t point_id, size_t *i)
{
	for (; *i < f->who.n && f->who.v[*i].point_id == point_id; (*i)++) {
		const struct q_responsibles_of *r = &f->who.v[*i];
		buf_printf(b, "\n" STR_FMT " " STR_FMT, STR_ARG(r->name), STR_ARG(r->person));
	}
}

static void add_deadlines(struct buf *b, const struct facts *f, int64_t point_id, size_t *i)
{
	for (; *i < f->due.n && f->due.v[*i].point_id == point_id; (*i)++)
		buf_printf(b, "\nСрок: " STR_FMT, STR_ARG(f->due.v[*i].text));
}

static struct str point_text(
        struct arena *a, const struct facts *f, const struct q_points_of *p, size_t i[2])
{
	struct buf b;
	buf_init(&b, a, LIMIT_SEARCH_TEXT);
	if (p->clause.n > 0)
		buf_printf(&b, STR_FMT ". ", STR_ARG(p->clause));
	buf_add(&b, p->activity);
	const struct str more[] = {p->items, p->document_types, p->expected_result};
	for (size_t k = 0; k < ARRAY_LEN(more); k++)
		if (more[k].n > 0)
			buf_printf(&b, "\n" STR_FMT, STR_ARG(more[k]));
	add_executors(&b, f, p->id, &i[0]);
	add_deadlines(&b, f, p->id, &i[1]);
	return buf_str(&b);
}

/* The text without what the points show already. */
static struct str rest_text(struct arena *a, const struct facts *f)
{
	struct buf b;
	struct str text = f->doc.text;
	buf_init(&b, a, text.n + f->point.n + 2);
	size_t at = 0;
	for (size_t i = 0; i < f->point.n; i++) {
		const struct q_points_of *p = &f->point.v[i];
		size_t from = (size_t)p->span_start, to = (size_t)p->span_end;
		if (p->removed != 0 || from < at || to <= from || to > text.n)
			continue;
		buf_add(&b, str_sub(text, at, from));
		buf_byte(&b, '\n');
		at = to;
	}
	buf_add(&b, str_skip(text, at));
	return str_trim(buf_str(&b));
}

static enum ec read_facts(const struct ctx *c, int64_t id, struct facts *ret, struct err *e)
{
	TRY(q_document_one(c->db, c->a, &(struct q_document_one_in){id}, &ret->doc, e));
	TRY(q_points_of(c->db, c->a, &(struct q_points_of_in){id, DB_NULL_INT}, &ret->point, e));
	TRY(q_responsibles_of(
	        c->db, c->a, &(struct q_responsibles_of_in){id, DB_NULL_INT}, &ret->who, e));
	return q_deadlines_of(
	        c->db, c->a, &(struct q_deadlines_of_in){id, DB_NULL_INT}, &ret->due, e);
}

static enum ec put(const struct ctx *c, int64_t id, struct err *e)
{
	struct facts f;
	TRY(read_facts(c, id, &f, e));
	struct search_text *part = arena_new(c->a, struct search_text, f.point.n + 2);
	size_t n = 0;
	part[n++] = (struct search_text){SEARCH_HEAD, STR("document"), id, head_text(c->a, &f.doc)};
	size_t i[2] = {0, 0};
	for (size_t k = 0; k < f.point.n; k++) {
		const struct q_points_of *p = &f.point.v[k];
		struct str text = point_text(c->a, &f, p, i);
		if (p->removed == 0)
			part[n++] = (struct search_text){SEARCH_POINT, STR("point"), p->id, text};
	}
	struct str rest = rest_text(c->a, &f);
	if (rest.n > 0)
		part[n++] = (struct search_text){SEARCH_TEXT, STR("document"), id, rest};
	return search_index_put(c,
	        &(struct search_entry){.noun = STR("document"),
	                .noun_id = id,
	                .document_id = id,
	                .territory_id = DB_NULL_INT,
	                .org_id = DB_NULL_INT,
	                .part = part,
	                .n_parts = n},
	        e);
}

enum ec document_index(const struct ctx *c, int64_t document_id, struct err *e)
{
	struct arena_mark mark = arena_mark(c->a);
	enum ec ec = put(c, document_id, e);
	arena_reset(c->a, mark);
	return ec;
}

/* Some hundred documents a transaction. */
static enum ec rebuild_some(const struct ctx *c, int64_t *after, size_t *n, struct err *e)
{
	enum { BATCH = 100 };
	struct q_search_document_ids_rows ids;
	AUTO_TX tx = {0};
	TRY(tx_begin(c->db, &tx, e));
	TRY(q_search_document_ids(
	        c->db, c->a, &(struct q_search_document_ids_in){*after, BATCH}, &ids, e));
	for (size_t i = 0; i < ids.n; i++)
		TRY(document_index(c, ids.v[i].id, e));
	TRY(tx_commit(&tx, e));
	*n = ids.n;
	if (ids.n > 0)
		*after = ids.v[ids.n - 1].id;
	return EC_OK;
}

enum ec document_index_rebuild(const struct ctx *c, size_t *ret_n, struct err *e)
{
	int64_t after = 0;
	size_t n;
	*ret_n = 0;
	do {
		struct arena_mark mark = arena_mark(c->a);
		TRY(rebuild_some(c, &after, &n, e));
		arena_reset(c->a, mark);
		*ret_n += n;
	} while (n > 0);
	return EC_OK;
}

#include "core/search/search.h"

#include "core/fact.h"
#include "core/order/document_list.h"
#include "core/order/document_seen.h"
#include "core/search/question.h"
#include "core/search_index.h"
#include "db/q_search.h"

#include <stdlib.h>
#include <string.h>

#define PIECES 3

/* Where the words of a document were found; greater is shown first. */
enum telling {
	ANYWHERE = 0,
	POINT_AND_HEAD,
	RUNNING_TEXT,
	ONE_POINT,
	REQUISITES,
};

/* A piece with some of the words. */
struct found_part {
	int64_t entry_id;
	uint32_t part, mask;
	enum search_rank rank;
};

/* An entry with all of them. */
struct found_entry {
	int64_t id, document_id;
	struct str day;
	bool document;   /* part 0 is the head */
	size_t from, to; /* its pieces */
};

/* A document as it is sorted. */
struct group {
	int64_t document_id;
	struct str day;
	enum telling telling;
	size_t from, to; /* its entries */
};

struct asking {
	const struct ctx *c;
	struct question q;
	struct search_places places[LIMIT_SEARCH_WORDS];
	VEC(struct found_part) part;
	VEC(struct found_entry) entry; /* those with all words, by id */
	VEC(struct found_entry) seen;  /* of them those the person may see */
	size_t next;                   /* the first of entry that search_visible has not reached */
	VEC(struct group) group;
	size_t word_at[LIMIT_SEARCH_WORDS]; /* places of the word before the visible row */
	bool word_seen[LIMIT_SEARCH_WORDS]; /* the person may see an entry with it */
};

static uint32_t all_words(const struct asking *x)
{
	return (uint32_t)((1ull << x->q.n) - 1);
}

static bool before(const struct search_place *x, const struct search_place *y)
{
	return x->entry_id != y->entry_id ? x->entry_id < y->entry_id : x->part < y->part;
}

/* The places of all words in one order: a piece with the mask of its words. */
static void merge(struct asking *x)
{
	size_t at[LIMIT_SEARCH_WORDS] = {0};
	for (;;) {
		const struct search_place *low = NULL;
		for (size_t i = 0; i < x->q.n; i++)
			if (at[i] < x->places[i].n &&
			        (low == NULL || before(&x->places[i].v[at[i]], low)))
				low = &x->places[i].v[at[i]];
		if (low == NULL)
			return;
		struct found_part *p = vec_push(x->c->a, &x->part);
		*p = (struct found_part){low->entry_id, low->part, 0, low->rank};
		for (size_t i = 0; i < x->q.n; i++) {
			if (at[i] >= x->places[i].n)
				continue;
			const struct search_place *w = &x->places[i].v[at[i]];
			if (w->entry_id != p->entry_id || w->part != p->part)
				continue;
			p->mask |= 1u << i;
			at[i]++;
		}
	}
}

static void keep_whole(struct asking *x)
{
	for (size_t i = 0; i < x->part.n;) {
		size_t from = i;
		uint32_t mask = 0;
		for (; i < x->part.n && x->part.v[i].entry_id == x->part.v[from].entry_id; i++)
			mask |= x->part.v[i].mask;
		if (mask == all_words(x))
			*vec_push(x->c->a, &x->entry) = (struct found_entry){
			        .id = x->part.v[from].entry_id, .from = from, .to = i};
	}
}

static void note_words(struct asking *x, int64_t entry_id)
{
	for (size_t i = 0; i < x->q.n; i++) {
		const struct search_places *p = &x->places[i];
		size_t *at = &x->word_at[i];
		while (!x->word_seen[i] && *at < p->n && p->v[*at].entry_id < entry_id)
			(*at)++;
		if (*at < p->n && p->v[*at].entry_id == entry_id)
			x->word_seen[i] = true;
	}
}

static enum ec visible_row(void *user, const struct q_search_visible *row)
{
	struct asking *x = user;
	note_words(x, row->id);
	while (x->next < x->entry.n && x->entry.v[x->next].id < row->id)
		x->next++;
	if (x->next >= x->entry.n || x->entry.v[x->next].id != row->id)
		return EC_OK;
	struct found_entry *f = vec_push(x->c->a, &x->seen);
	*f = x->entry.v[x->next];
	f->document_id = row->document_id;
	f->day = str_dup(x->c->a, or_empty(row->doc_date));
	f->document = str_eq_z(row->noun, "document");
	return EC_OK;
}

static enum ec keep_visible(struct asking *x, const struct search_filter *f, struct err *e)
{
	const struct ctx *c = x->c;
	struct document_rights r;
	struct str from;
	struct str to;
	TRY(document_rights(c, &r, e));
	TRY(typed_date(c->a, f->from, "С даты", &from, e));
	TRY(typed_date(c->a, f->to, "По дату", &to, e));
	if (x->q.n == 0)
		return EC_OK;
	return q_search_visible(c->db,
	        &(struct q_search_visible_in){.drafts_all = r.writes,
	                .drafts_territory = r.write_territory,
	                .scope_territory = r.read.territory_id,
	                .scope_org = r.read.org_id,
	                .status = or_empty(f->status),
	                .kind = or_empty(f->kind),
	                .from_date = or_empty(from),
	                .to_date = or_empty(to),
	                .territory_id = f->territory_id == 0 ? DB_NULL_INT : f->territory_id},
	        visible_row, x, e);
}

/* Does a piece of the entry hold the phrase? */
static enum ec phrase_in_entry(
        struct asking *x, const struct found_entry *f, size_t phrase, bool *ret, struct err *e)
{
	uint32_t want = x->q.phrase_mask[phrase];
	*ret = false;
	for (size_t i = f->from; i < f->to && !*ret; i++) {
		struct found_part *p = &x->part.v[i];
		struct q_search_part_of row;
		if ((p->mask & want) != want)
			continue;
		struct arena_mark mark = arena_mark(x->c->a);
		TRY(q_search_part_of(
		        x->c->db, x->c->a, &(struct q_search_part_of_in){f->id, p->part}, &row, e));
		*ret = question_phrase_in(x->c->a, &x->q, phrase, row.text);
		arena_reset(x->c->a, mark);
	}
	return EC_OK;
}

static enum ec keep_phrases(struct asking *x, struct err *e)
{
	for (size_t k = 0; k < x->q.n_phrases; k++) {
		size_t n = 0;
		for (size_t i = 0; i < x->seen.n; i++) {
			bool in;
			TRY(phrase_in_entry(x, &x->seen.v[i], k, &in, e));
			if (in)
				x->seen.v[n++] = x->seen.v[i];
		}
		x->seen.n = n;
	}
	return EC_OK;
}

static uint32_t head_mask(const struct asking *x, const struct found_entry *f)
{
	const struct found_part *p = &x->part.v[f->from];
	return p->rank == SEARCH_HEAD ? p->mask : 0;
}

static enum telling piece_telling(const struct found_part *p, uint32_t all, uint32_t head)
{
	if (p->mask == all)
		return p->rank == SEARCH_HEAD    ? REQUISITES
		       : p->rank == SEARCH_POINT ? ONE_POINT
		                                 : RUNNING_TEXT;
	return (p->mask | head) == all && p->rank == SEARCH_POINT ? POINT_AND_HEAD : ANYWHERE;
}

static enum telling telling_of(const struct asking *x, const struct found_entry *f)
{
	uint32_t head = head_mask(x, f);
	enum telling best = ANYWHERE;
	for (size_t i = f->from; i < f->to; i++) {
		enum telling t = piece_telling(&x->part.v[i], all_words(x), head);
		if (t > best)
			best = t;
	}
	return best;
}

static int by_document(const void *p, const void *q)
{
	const struct found_entry *x = p, *y = q;
	if (x->document_id != y->document_id)
		return x->document_id < y->document_id ? -1 : 1;
	if (x->document != y->document)
		return x->document ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

static int by_telling(const void *p, const void *q)
{
	const struct group *x = p, *y = q;
	if (x->telling != y->telling)
		return x->telling > y->telling ? -1 : 1;
	int day = str_cmp(y->day, x->day);
	if (day != 0)
		return day;
	return x->document_id > y->document_id ? -1 : x->document_id < y->document_id;
}

static void sort(void *v, size_t n, size_t size, int (*cmp)(const void *, const void *))
{
	if (n > 1)
		qsort(v, n, size, cmp);
}

static void make_groups(struct asking *x)
{
	sort(x->seen.v, x->seen.n, sizeof(x->seen.v[0]), by_document);
	for (size_t i = 0; i < x->seen.n;) {
		struct group *g = vec_push(x->c->a, &x->group);
		*g = (struct group){x->seen.v[i].document_id, x->seen.v[i].day, ANYWHERE, i, i};
		for (; i < x->seen.n && x->seen.v[i].document_id == g->document_id; i++) {
			enum telling t = telling_of(x, &x->seen.v[i]);
			if (t > g->telling)
				g->telling = t;
		}
		g->to = i;
	}
	sort(x->group.v, x->group.n, sizeof(x->group.v[0]), by_telling);
}

static struct str piece_title(struct str noun, int64_t rank)
{
	if (rank == SEARCH_HEAD)
		return STR("реквизиты");
	if (rank == SEARCH_POINT)
		return STR("пункт");
	return str_eq_z(noun, "document") ? STR("текст документа") : STR("подтверждение");
}

static int word_count(uint32_t mask)
{
	return __builtin_popcount(mask);
}

/* The pieces of a group worth showing: those with more of the words first, then in order. */
static enum ec put_pieces(
        struct asking *x, const struct group *g, size_t max, struct search_result *r, struct err *e)
{
	uint32_t all = all_words(x);
	r->piece = arena_new(x->c->a, struct search_piece, max);
	for (int want = word_count(all); want > 0; want--)
		for (size_t k = g->from; k < g->to; k++) {
			const struct found_entry *f = &x->seen.v[k];
			for (size_t i = f->from; i < f->to; i++) {
				const struct found_part *p = &x->part.v[i];
				struct q_search_part_of row;
				r->n_pieces += p->mask == all && word_count(all) == want;
				if (word_count(p->mask) != want || r->n >= max)
					continue;
				TRY(q_search_part_of(x->c->db, x->c->a,
				        &(struct q_search_part_of_in){f->id, p->part}, &row, e));
				struct search_piece *o = &r->piece[r->n++];
				o->noun = row.noun;
				o->noun_id = row.noun_id;
				o->title = piece_title(row.noun, row.rank);
				question_snippet(x->c->a, &x->q, row.text, o);
			}
		}
	return EC_OK;
}

static enum ec put_result(
        struct asking *x, const struct group *g, size_t max, struct search_result *r, struct err *e)
{
	struct q_search_document d;
	TRY(q_search_document(
	        x->c->db, x->c->a, &(struct q_search_document_in){g->document_id}, &d, e));
	*r = (struct search_result){.document_id = d.id,
	        .kind = d.kind,
	        .kind_title = document_kind_title_of(d.kind),
	        .number = d.number,
	        .date = d.doc_date,
	        .title = d.title,
	        .issuer = d.issuer,
	        .status = d.status,
	        .status_title = document_status_title(d.status),
	        .territory_name = d.territory_name,
	        .file_name = d.file_name};
	return put_pieces(x, g, max, r, e);
}

static enum ec scan(struct asking *x, struct err *e)
{
	for (size_t i = 0; i < x->q.n; i++) {
		const struct question_word *w = &x->q.word[i];
		if (w->begin)
			TRY(search_scan_begin(x->c, w->key, &x->places[i], e));
		else
			TRY(search_scan_stem(x->c, w->stem, &x->places[i], e));
	}
	return EC_OK;
}

static void note_lost(const struct asking *x, struct search_list *l)
{
	l->lost = arena_new(x->c->a, struct str, LIMIT_SEARCH_WORDS);
	for (size_t i = 0; i < x->q.n; i++)
		if (!x->word_seen[i])
			l->lost[l->n_lost++] = x->q.word[i].typed;
}

static enum ec fill(
        struct asking *x, const struct search_filter *f, struct search_list *l, struct err *e)
{
	struct paging p = paging_clean(f->page);
	l->total = (int64_t)x->group.n;
	int64_t from = p.offset < l->total ? p.offset : l->total;
	int64_t n = l->total - from < p.limit ? l->total - from : p.limit;
	l->v = arena_new(x->c->a, struct search_result, (size_t)n);
	for (int64_t i = 0; i < n; i++) {
		TRY(put_result(x, &x->group.v[from + i], f->pieces == 0 ? PIECES : f->pieces,
		        &l->v[i], e));
		l->n++;
	}
	return EC_OK;
}

enum ec search(
        const struct ctx *c, const struct search_filter *f, struct search_list *ret, struct err *e)
{
	struct search_list l = {0};
	struct asking *x = arena_new(c->a, struct asking, 1);
	x->c = c;
	TRY(question_of(c->a, str_sub(f->text, 0, 1000), &x->q, e));
	TRY(search_index_empty(c, &l.no_index, e));
	l.asked = x->q.n > 0;
	TRY(scan(x, e));
	merge(x);
	keep_whole(x);
	TRY(keep_visible(x, f, e));
	TRY(keep_phrases(x, e));
	make_groups(x);
	note_lost(x, &l);
	TRY(fill(x, f, &l, e));
	*ret = l;
	return EC_OK;
}

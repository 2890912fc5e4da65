/* Reading the index of core/search_index.h. */
#include "core/search_index.h"
#include "db/q_search.h"
#include "text/fold.h"
#include "text/stem.h"

#include <stdlib.h>

#define BEGIN_LETTERS 3 /* shorter beginnings are whole words */

struct scan {
	struct arena *a;
	struct str begin, stem; /* search_hits_from: which words count */
	VEC(struct search_place) v;
};

static bool get_varint(struct str s, size_t *i, uint32_t *ret)
{
	uint32_t v = 0;
	for (unsigned shift = 0; shift < 32 && *i < s.n; shift += 7) {
		unsigned char b = (unsigned char)s.p[(*i)++];
		v |= (uint32_t)(b & 0x7f) << shift;
		if (b < 0x80) {
			*ret = v;
			return true;
		}
	}
	return false;
}

static void read_hits(struct scan *x, int64_t entry_id, struct str hits)
{
	uint32_t part = 0, step, n;
	for (size_t i = 0; i < hits.n && get_varint(hits, &i, &step) && get_varint(hits, &i, &n);) {
		part += step;
		*vec_push(x->a, &x->v) =
		        (struct search_place){entry_id, part, n >> 2, (enum search_rank)(n & 3)};
	}
}

static enum ec whole_row(void *user, const struct q_search_hits *row)
{
	read_hits(user, row->entry_id, row->hits);
	return EC_OK;
}

static enum ec begin_row(void *user, const struct q_search_hits_from *row)
{
	struct scan *x = user;
	if (str_starts(row->word, x->begin) && !str_eq(row->word, x->stem))
		read_hits(x, row->entry_id, row->hits);
	return EC_OK;
}

static int by_place(const void *p, const void *q)
{
	const struct search_place *x = p, *y = q;
	if (x->entry_id != y->entry_id)
		return x->entry_id < y->entry_id ? -1 : 1;
	return x->part < y->part ? -1 : x->part > y->part;
}

/* In order, one row a place. */
static struct search_places settle(struct scan *x)
{
	bool sorted = true;
	for (size_t i = 1; i < x->v.n && sorted; i++)
		sorted = by_place(&x->v.v[i - 1], &x->v.v[i]) < 0;
	if (!sorted)
		qsort(x->v.v, x->v.n, sizeof(x->v.v[0]), by_place);
	size_t n = 0;
	for (size_t i = 0; i < x->v.n; i++) {
		struct search_place *last = n > 0 ? &x->v.v[n - 1] : NULL;
		if (last != NULL && by_place(last, &x->v.v[i]) == 0)
			last->n += x->v.v[i].n;
		else
			x->v.v[n++] = x->v.v[i];
	}
	return (struct search_places){x->v.v, n};
}

enum ec search_scan_stem(
        const struct ctx *c, struct str stem, struct search_places *ret, struct err *e)
{
	struct scan x = {.a = c->a};
	TRY(q_search_hits(
	        c->db, &(struct q_search_hits_in){search_word_key(stem), stem}, whole_row, &x, e));
	*ret = settle(&x);
	return EC_OK;
}

static struct str stem_of(struct arena *a, struct str key)
{
	AUTO_STEMMER(st);
	return text_stem(&st, a, key);
}

enum ec search_scan(const struct ctx *c, struct str word, struct search_places *ret, struct err *e)
{
	return search_scan_stem(c, stem_of(c->a, text_key(c->a, word)), ret, e);
}

enum ec search_scan_begin(
        const struct ctx *c, struct str word, struct search_places *ret, struct err *e)
{
	struct str key = text_key(c->a, word);
	struct scan x = {.a = c->a, .begin = key, .stem = stem_of(c->a, key)};
	if (utf8_len(key) < BEGIN_LETTERS)
		return search_scan_stem(c, x.stem, ret, e);
	TRY(q_search_hits(c->db, &(struct q_search_hits_in){search_word_key(x.stem), x.stem},
	        whole_row, &x, e));
	TRY(q_search_hits_from(c->db,
	        &(struct q_search_hits_from_in){search_word_key(key), search_word_key_end(key)},
	        begin_row, &x, e));
	*ret = settle(&x);
	return EC_OK;
}

enum ec search_frequency(const struct ctx *c, struct str stem, int64_t *ret, struct err *e)
{
	struct q_search_hits_count n;
	TRY(q_search_hits_count(
	        c->db, c->a, &(struct q_search_hits_count_in){search_word_key(stem), stem}, &n, e));
	*ret = n.n;
	return EC_OK;
}

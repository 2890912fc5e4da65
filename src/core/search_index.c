#include "core/search_index.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/strmap.h"
#include "db/q_search.h"
#include "text/fold.h"
#include "text/stem.h"

#define KEY_LETTERS 9 /* seven bits each: 63 bits */

/* A letter as 1…127. Letters beyond those of Russian, Latin and digits share numbers: the word
 * itself is compared too. */
static int64_t letter_code(uint32_t cp)
{
	if (cp >= '0' && cp <= '9')
		return 1 + (cp - '0');
	if (cp >= 'a' && cp <= 'z')
		return 11 + (cp - 'a');
	if (cp >= 0x430 && cp <= 0x44f)
		return 37 + (cp - 0x430);
	return 69 + cp % 59;
}

static int64_t key_of(struct str word, int64_t rest)
{
	int64_t key = 0;
	size_t i = 0;
	for (int k = 0; k < KEY_LETTERS; k++)
		key = key * 128 + (i < word.n ? letter_code(utf8_next(word, &i)) : rest);
	return key;
}

int64_t search_word_key(struct str word)
{
	return key_of(word, 0);
}

int64_t search_word_key_end(struct str word)
{
	return key_of(word, 127);
}

/* A stem of the entry and its places so far. */
struct word_hits {
	struct str stem;
	struct buf hits;
	uint32_t part, n; /* the place being counted; n = 0: none */
	enum search_rank rank;
	uint32_t written; /* the last part in hits, plus one */
};

struct indexer {
	struct arena *a;
	struct stemmer stemmer;
	struct strmap stem_of, words; /* word → index in v; stem → index in v */
	VEC(struct word_hits) v;
};

static void put_varint(struct buf *b, uint32_t v)
{
	for (; v >= 0x80; v >>= 7)
		buf_byte(b, (char)(0x80 | (v & 0x7f)));
	buf_byte(b, (char)v);
}

static void close_place(struct word_hits *w)
{
	if (w->n == 0)
		return;
	put_varint(&w->hits, w->part - w->written);
	put_varint(&w->hits, w->n << 2 | w->rank);
	w->written = w->part;
	w->n = 0;
}

static size_t stem_index(struct indexer *x, struct str word)
{
	bool fresh;
	struct str stem = text_stem(&x->stemmer, x->a, word);
	size_t at = *strmap_put(&x->words, stem, x->v.n, &fresh);
	if (fresh) {
		struct word_hits *w = vec_push(x->a, &x->v);
		w->stem = stem;
		buf_init(&w->hits, x->a, LIMIT_SEARCH_TEXT);
	}
	return at;
}

static void count_part(struct indexer *x, uint32_t part, enum search_rank rank, struct str text)
{
	struct str rest = text_key(x->a, text), word;
	while (str_next(&rest, ' ', &word)) {
		if (word.n == 0)
			continue;
		size_t *known = strmap_find(&x->stem_of, word);
		size_t at = known != NULL ? *known : stem_index(x, word);
		if (known == NULL)
			(void)strmap_put(&x->stem_of, word, at, NULL);
		struct word_hits *w = &x->v.v[at];
		if (w->n > 0 && w->part != part)
			close_place(w);
		w->part = part;
		w->rank = rank;
		w->n++;
	}
}

static enum ec write_words(const struct ctx *c, struct indexer *x, int64_t id, struct err *e)
{
	for (size_t i = 0; i < x->v.n; i++) {
		struct word_hits *w = &x->v.v[i];
		close_place(w);
		TRY(q_search_hit_insert(c->db,
		        &(struct q_search_hit_insert_in){
		                search_word_key(w->stem), w->stem, id, buf_str(&w->hits)},
		        e));
	}
	return EC_OK;
}

/* The entry's row, emptied when it was there. */
static enum ec take_entry(
        const struct ctx *c, const struct search_entry *entry, int64_t *ret_id, struct err *e)
{
	struct q_search_entry_of old;
	struct q_search_entry_insert row;
	enum ec ec = q_search_entry_of(
	        c->db, c->a, &(struct q_search_entry_of_in){entry->noun, entry->noun_id}, &old, e);
	if (ec == EC_NOTFOUND) {
		TRY(q_search_entry_insert(c->db, c->a,
		        &(struct q_search_entry_insert_in){entry->noun, entry->noun_id,
		                entry->document_id, entry->territory_id, entry->org_id},
		        &row, e));
		*ret_id = row.id;
		return EC_OK;
	}
	TRY(ec);
	*ret_id = old.id;
	TRY(q_search_parts_drop(c->db, &(struct q_search_parts_drop_in){old.id}, e));
	TRY(q_search_hits_drop(c->db, &(struct q_search_hits_drop_in){old.id}, e));
	return q_search_entry_scope(c->db,
	        &(struct q_search_entry_scope_in){
	                old.id, entry->document_id, entry->territory_id, entry->org_id},
	        e);
}

static enum ec put_parts(const struct ctx *c, struct indexer *x, const struct search_entry *entry,
        int64_t id, struct err *e)
{
	for (size_t i = 0; i < entry->n_parts; i++) {
		const struct search_text *t = &entry->part[i];
		struct str text = t->text;
		if (text.n > LIMIT_SEARCH_TEXT) {
			size_t end = LIMIT_SEARCH_TEXT;
			while (end > 0 && ((unsigned char)text.p[end] & 0xC0) == 0x80)
				end--;
			text = str_sub(text, 0, end);
		}
		TRY(q_search_part_insert(c->db,
		        &(struct q_search_part_insert_in){
		                id, (int64_t)i, t->rank, t->noun, t->noun_id, text},
		        e));
		count_part(x, (uint32_t)i, t->rank, text);
	}
	return EC_OK;
}

enum ec search_index_put(const struct ctx *c, const struct search_entry *entry, struct err *e)
{
	struct indexer x = {.a = c->a};
	struct arena_mark mark = arena_mark(c->a);
	int64_t id;
	TRY(take_entry(c, entry, &id, e));
	strmap_init(&x.stem_of, c->a);
	strmap_init(&x.words, c->a);
	stemmer_open(&x.stemmer);
	enum ec ec = put_parts(c, &x, entry, id, e);
	stemmer_close(&x.stemmer);
	if (ec == EC_OK)
		ec = write_words(c, &x, id, e);
	arena_reset(c->a, mark);
	return ec;
}

enum ec search_index_drop(const struct ctx *c, struct str noun, int64_t noun_id, struct err *e)
{
	struct q_search_entry_of old;
	enum ec ec = q_search_entry_of(
	        c->db, c->a, &(struct q_search_entry_of_in){noun, noun_id}, &old, e);
	if (ec == EC_NOTFOUND)
		return EC_OK;
	TRY(ec);
	TRY(q_search_parts_drop(c->db, &(struct q_search_parts_drop_in){old.id}, e));
	TRY(q_search_hits_drop(c->db, &(struct q_search_hits_drop_in){old.id}, e));
	return q_search_entry_drop(c->db, &(struct q_search_entry_drop_in){old.id}, e);
}

enum ec search_index_empty(const struct ctx *c, bool *ret, struct err *e)
{
	struct q_search_count n;
	TRY(q_search_count(c->db, c->a, &n, e));
	*ret = n.n_entries == 0 && n.n_documents > 0;
	return EC_OK;
}

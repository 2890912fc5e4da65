/* The index of all texts people search: stems of words with the places they stand in. Derived: made
 * from facts inside the transaction that changes them, thrown away and made anew by `soko rebuild`.
 * Plain tables (sql/derived/search.sql), so both engines find the same. Words are keys of
 * text/fold.h (case, ё and е are one) cut to their Snowball stem. core/search/ asks questions. */
#ifndef CORE_SEARCH_INDEX_H
#define CORE_SEARCH_INDEX_H

#include "core/ctx.h"

/* How much it says that a word stands in a piece; greater is shown first. */
enum search_rank {
	SEARCH_TEXT = 1, /* running text: the rest of a document, a file of evidence */
	SEARCH_POINT,    /* a point: what must be done, by whom, when */
	SEARCH_HEAD,     /* requisites: number, title, who issued it */
};

/* A piece that is shown by itself, with the fact it belongs to. */
struct search_text {
	enum search_rank rank;
	struct str noun; /* "document", "point", "evidence" … */
	int64_t noun_id;
	struct str text; /* at most LIMIT_SEARCH_TEXT bytes are kept */
};

/* One thing that is found as a whole. */
struct search_entry {
	struct str noun; /* "document", "evidence" … */
	int64_t noun_id;
	int64_t document_id; /* who sees this document finds the entry; its kind, status and date
	                        are the filters */
	/* narrower: only these (and those above them) find it; DB_NULL_INT: all who see the
	 * document. An organisation needs its territory too. */
	int64_t territory_id, org_id;
	const struct search_text *part;
	size_t n_parts;
};

/* Indexes a thing, or indexes it anew. Inside the caller's transaction. */
MUST_USE enum ec search_index_put(
        const struct ctx *c, const struct search_entry *entry, struct err *e);
/* Forgets it; nothing when it is not there. Inside the caller's transaction. */
MUST_USE enum ec search_index_drop(
        const struct ctx *c, struct str noun, int64_t noun_id, struct err *e);

/* Where words stand. Sorted by entry and part; at most one row each. */
struct search_place {
	int64_t entry_id;
	uint32_t part; /* number of the piece, from 0 */
	uint32_t n;    /* how often */
	enum search_rank rank;
};
struct search_places {
	struct search_place *v;
	size_t n;
};
/* Pieces with the stem of a word (given as typed). */
MUST_USE enum ec search_scan(
        const struct ctx *c, struct str word, struct search_places *ret, struct err *e);
/* Pieces with a word that begins so, or whose stem is that of the word: what a person means who is
 * still typing. Beginnings of less than three letters are taken as whole words. */
MUST_USE enum ec search_scan_begin(
        const struct ctx *c, struct str word, struct search_places *ret, struct err *e);
/* Entries that have the stem: the rarest word is asked first. */
MUST_USE enum ec search_frequency(
        const struct ctx *c, struct str stem, int64_t *ret, struct err *e);
/* The same as search_scan for a stem as it stands in the index. */
MUST_USE enum ec search_scan_stem(
        const struct ctx *c, struct str stem, struct search_places *ret, struct err *e);

/* Is there anything in the index although there are documents? Fresh derived tables are empty. */
MUST_USE enum ec search_index_empty(const struct ctx *c, bool *ret, struct err *e);

/* The beginning of a word as a number, equal for equal letters; order is its own. Inner, for
 * search_scan.c and tests. */
int64_t search_word_key(struct str word);
/* The last key of words with this beginning (at most nine letters count). */
int64_t search_word_key_end(struct str word);

#endif

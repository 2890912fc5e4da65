/* Search over all documents, their points and evidence: Russian stems, ё = е, any case, any order
 * of words, «quoted» phrases as they stand, the last word as a beginning. A person finds what the
 * list of documents shows (core/order/document_list.h); evidence is found by its own organisation
 * and those above it. The newest of the most telling first: all words in the requisites, in one
 * point, in running text, in a point together with the requisites, anywhere in the document. */
#ifndef CORE_SEARCH_SEARCH_H
#define CORE_SEARCH_SEARCH_H

#include "core/ctx.h"
#include "core/listing.h"

/* Zero means no filter. */
struct search_filter {
	struct str text; /* as typed */
	struct str status, kind;
	struct str from, to; /* of the document, inclusive; ISO or Russian */
	int64_t territory_id;
	struct paging page;
	size_t pieces; /* shown of each document; 0: three */
};

/* A stretch of a piece of text, found or around it. */
struct search_run {
	struct str text;
	bool hit;
};

struct search_piece {
	struct str noun; /* "document", "point", "evidence" … */
	int64_t noun_id;
	struct str title; /* «реквизиты», «пункт», «текст документа», «подтверждение» */
	struct search_run *run;
	size_t n;
};

struct search_result {
	int64_t document_id;
	struct str kind, kind_title, number, date, title, issuer;
	struct str status, status_title, territory_name, file_name;
	struct search_piece *piece; /* the first few */
	size_t n;
	int64_t n_pieces; /* pieces where all the words are found */
};

struct search_list {
	struct search_result *v;
	size_t n;
	int64_t total;    /* documents */
	bool asked;       /* there was something to look for */
	struct str *lost; /* words of no text the person may see under the filters */
	size_t n_lost;
	bool no_index; /* documents are not indexed yet: `soko rebuild` */
};

/* EC_INPUT: a date that is none, too many words; EC_DENIED. */
MUST_USE enum ec search(
        const struct ctx *c, const struct search_filter *f, struct search_list *ret, struct err *e);

#endif

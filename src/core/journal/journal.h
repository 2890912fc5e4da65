/* The journal of changes for the screen: who did what and when, what stood before and what after,
 * in Russian words. Needs CAP_AUDIT_READ for the whole region: the journal knows no territories. */
#ifndef CORE_JOURNAL_JOURNAL_H
#define CORE_JOURNAL_JOURNAL_H

#include "core/history.h"
#include "core/listing.h"
#include "core/registry/org.h"

struct journal_row {
	int64_t id, at;
	struct str who;  /* «система» when the program did it */
	struct str noun; /* stored: "assignment" */
	int64_t noun_id;
	struct str noun_title; /* «поручение» */
	struct str what;       /* «принято» */
	struct str about;      /* name, number or login the fact itself tells, may be empty */
	struct str reason;
};

struct journal_filter {
	struct str noun;     /* one of journal_nouns() */
	struct str person;   /* words of the name or login */
	struct str from, to; /* local days, ISO, inclusive */
	struct paging page;
};
struct journal_list {
	struct journal_row *v; /* newest first */
	size_t n;
	int64_t total;
};
MUST_USE enum ec journal_list(const struct ctx *c, const struct journal_filter *f,
        struct journal_list *ret, struct err *e);

/* One field of the fact, e.g. «состояние»: «в работе» → «представлено». */
struct journal_field {
	struct str title, before, after; /* empty: there was none */
	bool changed;
};
struct journal_card {
	struct journal_row row;
	bool had_before, has_after; /* false: the fact did not exist, or exists no more */
	struct journal_field *field;
	size_t n_fields;
};
/* EC_NOTFOUND. */
MUST_USE enum ec journal_get(
        const struct ctx *c, int64_t id, struct journal_card *ret, struct err *e);

/* The quick check of the end of the chain, for every showing of the page. The whole chain is walked
 * by the job "audit". */
MUST_USE enum ec journal_end(const struct ctx *c, struct history_check *ret, struct err *e);

/* Words of the journal (journal_words.c). */
const struct word *journal_nouns(size_t *ret_n);
struct str journal_verb_title(struct str noun, struct str verb);
struct str journal_field_title(struct str key);
/* A stored word of a field in Russian; others as they are. */
struct str journal_value_title(struct str key, struct str value);

#endif

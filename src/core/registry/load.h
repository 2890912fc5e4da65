/* Loads: what arrived, what came of it, and why rows were refused. The balance always holds:
 * read = stored + changed + unchanged + rejected. */
#ifndef CORE_REGISTRY_LOAD_H
#define CORE_REGISTRY_LOAD_H

#include "core/ctx.h"
#include "core/listing.h"

struct load_balance {
	int64_t read;      /* rows of data in the file */
	int64_t stored;    /* new */
	int64_t changed;   /* were there with other values */
	int64_t unchanged; /* were there exactly so */
	int64_t rejected;  /* see the issues */
	int64_t gone;      /* were there, are not in the file (outside of the balance) */
};

/* Rows are refused (error), stored with a mark (warning), or stored silently (note). */
struct load_issue {
	struct str code;     /* "item_over_max" */
	struct str severity; /* "error", "warning", "note" */
	struct str message;  /* Russian, for the clerk */
	int64_t n;           /* rows concerned */
	struct str sheet;
	struct str rows;   /* «12, 15–18, …» as Excel numbers them */
	struct str sample; /* one value that shows it */
};

struct load {
	int64_t id;
	struct str kind, kind_title; /* "registry", "results"; «реестр», «результаты» */
	struct str file_name, profile; /* profile: «ФИС ОКО 2021» */
	struct str encoding;
	int64_t test_id;       /* DB_NULL_INT for a registry */
	struct str test_title; /* «ВПР 2021, 4 класс, Математика» or "" */
	struct str status;     /* "done", "undone" */
	struct load_balance balance;
	int64_t duration_ms, at;
	struct str user_name; /* "" for the program */
	int64_t undone_at;    /* DB_NULL_INT: was not undone */
	bool may_undo;        /* results, done, the actor has the right */
};
struct load_list {
	struct load *v;
	size_t n;
	int64_t total;
};
/* Newest first. CAP_RESULT_LOAD. */
MUST_USE enum ec load_list(
        const struct ctx *c, struct paging page, struct load_list *ret, struct err *e);

struct load_card {
	struct load load;
	struct load_issue *issue;
	size_t n_issues;
};
MUST_USE enum ec load_get(const struct ctx *c, int64_t id, struct load_card *ret, struct err *e);

/* Collects causes while a file is read: one entry a code, with row numbers as ranges. */
struct load_cause {
	const char *code;
	const char *severity;
	const char *message;
};
struct issue_book;
struct issue_book *issue_book_new(struct arena *a);
/* sheet and sample may be empty; the first sample of a cause is kept. */
void issue_add(struct issue_book *b, const struct load_cause *cause, uint32_t row, struct str sheet,
        struct str sample);
/* In the order of severity, then of first appearance. */
struct load_issue *issue_book_list(const struct issue_book *b, struct arena *a, size_t *ret_n);

/* Begins a load inside the caller's transaction (its protocols need its number): kind, file_name,
 * profile, encoding and test_id of l count. */
MUST_USE enum ec load_record(
        const struct ctx *c, const struct load *l, int64_t *ret_id, struct err *e);
/* Ends it: balance, time and causes, with one event of the history. */
MUST_USE enum ec load_settle(const struct ctx *c, int64_t id, const struct load *l,
        const struct issue_book *b, struct err *e);

#endif

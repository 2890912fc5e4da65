/* The list of documents a person may see. Drafts are seen by those who may write documents of the
 * territory; a confirmed document also by those whom it gave an assignment. */
#ifndef CORE_ORDER_DOCUMENT_LIST_H
#define CORE_ORDER_DOCUMENT_LIST_H

#include "core/ctx.h"
#include "core/listing.h"

struct document_row {
	int64_t id;
	struct str kind, kind_title; /* "order", «приказ» */
	struct str number, date;     /* date: ISO or p == NULL */
	struct str title, issuer;
	struct str status, status_title; /* draft, confirmed, cancelled; «черновик» … */
	int64_t territory_id;
	struct str territory_name;
	struct str file_name;
	int64_t created_at;
	int64_t n_points;      /* tasks, not struck out */
	int64_t n_errors;      /* unsettled errors */
	int64_t n_warnings;    /* unsettled warnings */
	int64_t n_assignments; /* within the actor's scope */
	int64_t n_done, n_overdue;
};

enum document_sort {
	DOCUMENT_BY_DATE_DESC = 0,
	DOCUMENT_BY_DATE,
	DOCUMENT_BY_NUMBER,
	DOCUMENT_BY_NUMBER_DESC,
	DOCUMENT_BY_TITLE,
	DOCUMENT_BY_TITLE_DESC,
	DOCUMENT_BY_CREATED_DESC,
	DOCUMENT_BY_CREATED,
	DOCUMENT_BY_STATUS,
	DOCUMENT_BY_STATUS_DESC,
	DOCUMENT_SORT_COUNT
};

/* Zero means no filter. */
struct document_filter {
	struct str status, kind;
	struct str from, to; /* ISO dates of the document, inclusive */
	int64_t territory_id;
	struct str search; /* words of number, title, issuer and points */
	enum document_sort sort;
	struct paging page;
};

struct document_list {
	struct document_row *v;
	size_t n;
	int64_t total;
	int64_t n_draft, n_confirmed, n_cancelled; /* under the other filters */
};
MUST_USE enum ec document_list(const struct ctx *c, const struct document_filter *f,
        struct document_list *ret, struct err *e);

struct str document_status_title(struct str status);

#endif

/* What a person was told: a list with reasons, read and not read. A person sees their own only, and
 * of those what their rights cover today. */
#ifndef CORE_REMIND_NOTICE_H
#define CORE_REMIND_NOTICE_H

#include "core/listing.h"
#include "core/remind/notice_setting.h"

/* All organisations of one point, step and due day stand in one row. */
struct notice_row {
	int64_t id; /* of one of them: names the row */
	struct str rule, audience_title;
	struct str day, due; /* ISO: told on, due on */
	struct str when; /* «осталось 3 дн.», «сегодня», «просрочено на 2 дн.» as of today */
	struct str light; /* "overdue", "due_week", "done" */
	int64_t document_id, point_id, assignment_id;
	struct str document, clause, activity;
	struct str place; /* «приказ № 5 от 01.02.2022, п. 1.1» */
	struct str org;   /* the organisation, or the first of several */
	int64_t n, n_unread, n_open;
};

enum notice_sort {
	NOTICE_BY_DAY_DESC = 0,
	NOTICE_BY_DAY,
	NOTICE_BY_DUE,
	NOTICE_BY_DUE_DESC,
	NOTICE_BY_DOCUMENT,
	NOTICE_BY_DOCUMENT_DESC,
	NOTICE_BY_ORG,
	NOTICE_BY_ORG_DESC,
	NOTICE_SORT_COUNT
};
struct notice_filter {
	bool unread;
	struct str audience; /* "" : all */
	enum notice_sort sort;
	struct paging page;
};
struct notice_list {
	struct notice_row *v;
	size_t n;
	int64_t total;
};
MUST_USE enum ec notice_list(
        const struct ctx *c, const struct notice_filter *f, struct notice_list *ret, struct err *e);

/* What the bell shows: 0 in quiet hours and for those who do not want it. */
MUST_USE enum ec notice_bell(const struct ctx *c, int64_t *ret_n, struct err *e);

/* One row with its reason. */
struct notice_card {
	struct notice_row row;
	struct str why; /* rule, source, data and dates, sentences */
	struct notice_org {
		int64_t assignment_id;
		struct str name, state_title;
	} * org;
	size_t n_orgs; /* at most NOTICE_ORGS */
};
#define NOTICE_ORGS 200
/* EC_NOTFOUND: none of one's own. */
MUST_USE enum ec notice_get(
        const struct ctx *c, int64_t id, struct notice_card *ret, struct err *e);
/* The row of id (0: everything) is read, or not read again. *ret_n: notices. */
MUST_USE enum ec notice_mark(
        const struct ctx *c, int64_t id, bool read, int64_t *ret_n, struct err *e);

#endif

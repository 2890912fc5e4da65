/* Organisations: the list, one organisation (for a school also what is due and what it scored). */
#ifndef WEB_PAGE_ORGS_H
#define WEB_PAGE_ORGS_H

#include "core/control/assignment_list.h"
#include "core/result/report.h"
#include "web/list.h"

struct orgs_page {
	struct head head;
	struct org_list m;
	struct org_filter filter;
	struct options territories, kinds, tags;
	struct pager pager;
	bool may_write;
};

/* One work: the school beside its municipality and the region. sum.n 0: no figures. */
#define SCHOOL_RESULTS 20
struct school_result {
	struct test_row test;
	struct stat_sum school, municipality, region;
};

struct org_page {
	struct head head;
	struct org_card m;
	struct assignment_list due; /* of the organisation: open ones, nearest first */
	bool shows_due, shows_results;
	struct school_result *result; /* of the latest year, at most SCHOOL_RESULTS */
	size_t n_results;
	int year;
	bool editing; /* m.org belongs to the form; id 0: a new one */
	struct options territories, kinds, tags, systems;
};

handler_fn school_get, orgs_get, orgs_xlsx, org_get_page, org_new_get, org_create_post,
        org_edit_post;
handler_fn org_ident_add_post, org_ident_drop_post, org_alias_add_post, org_alias_drop_post;
handler_fn org_tag_add_post, org_tag_end_post;

#endif

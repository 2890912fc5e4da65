/* Any list as an XLSX file: header, rows, and the sheet of explanations. */
#ifndef REPORT_XLSX_LIST_H
#define REPORT_XLSX_LIST_H

#include "pack/xlsx_write.h"

/* Some of the rows of a long list. */
struct xlsx_page {
	const struct xlsx_value *cell; /* [n_rows][n_columns] */
	size_t n_rows;                 /* 0: there are no more */
};

struct xlsx_list {
	struct str title;  /* of the file and its sheet */
	int64_t created;   /* UTC seconds */
	struct date on;    /* the day the figures stand on */
	struct str where;  /* territory or organisation the person sees */
	struct str notice; /* printed in the explanations; may be empty */
	const struct xlsx_column *column;
	size_t n_columns;
	const struct xlsx_value *cell; /* [n_rows][n_columns] */
	size_t n_rows;
	/* A list too long for the memory of one request comes in pages instead: what a call puts
	 * into the arena is forgotten before the next one. NULL: all rows stand in cell. */
	enum ec (*page)(void *user, int64_t offset, struct xlsx_page *ret, struct err *e);
	void *user;
};

/* EC_LIMIT past Excel's rows, EC_IO. */
MUST_USE enum ec xlsx_list_write(
        struct arena *a, const struct xlsx_list *l, struct str *ret, struct err *e);
/* A date cell of ISO text; empty when there is none. */
struct xlsx_value xlsx_iso(struct str iso);

#endif

/* Results of assessment procedures: exports of ФИС ОКО read as they are. A layout is a row of
 * data-ref/profiles.tsv, not code. Rules: docs/methods/vpr-import.md. */
#ifndef CORE_RESULT_IMPORT_H
#define CORE_RESULT_IMPORT_H

#include "core/registry/load.h"

struct results_opt {
	int year, grade;    /* 0: from the name of the file, its path or its sheet */
	struct str subject; /* empty: the same */
	bool auto_create;   /* schools that are not in the registry are made, marked provisional */
};

/* One file = one load = one transaction. A protocol of a school that was loaded before is replaced;
 * rows that did not change are counted as unchanged, and a file that changes nothing leaves all
 * protocols as they are. EC_INPUT (Russian): not a table, no known layout, or the year, the grade
 * or the subject cannot be found out (the message says which: ask the user and give it in opt);
 * EC_DENIED without CAP_RESULT_LOAD. */
MUST_USE enum ec results_import(const struct ctx *c, struct str file_name, struct str bytes,
        const struct results_opt *opt, struct load_card *ret, struct err *e);

/* Takes a load of results back: its protocols go, those they replaced return. EC_CONFLICT when a
 * later load replaced one of them (undo that one first) or it is undone already. */
MUST_USE enum ec results_undo(const struct ctx *c, int64_t load_id, struct err *e);

#endif

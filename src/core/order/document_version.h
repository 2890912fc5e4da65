/* Versions of a document: «новая редакция» dropped on a draft or on a document on control. Each
 * version keeps its file, its text and what the reader saw; what becomes of points and assignments
 * is decided change by change. */
#ifndef CORE_ORDER_DOCUMENT_VERSION_H
#define CORE_ORDER_DOCUMENT_VERSION_H

#include "core/order/document_import.h"
#include "text/word_diff.h"

struct version_row {
	int64_t seq;                     /* 1: as it first came */
	struct str status, status_title; /* applied, proposed, dropped */
	struct str file_name, who;
	int64_t at;
	bool current; /* the last one that was applied */
};
struct version_list {
	struct version_row *v; /* newest first; empty: there is only what first came */
	size_t n;
	int64_t proposed; /* seq that waits for a decision; 0: none */
	bool may_add;
};
MUST_USE enum ec document_versions(
        const struct ctx *c, int64_t document_id, struct version_list *ret, struct err *e);

/* Reads the file and keeps it as a proposal. EC_CONFLICT: another proposal waits, or the bytes are
 * those of a version that is there already (*ret_seq). Others as document_import. */
MUST_USE enum ec document_version_add(const struct ctx *c, int64_t document_id,
        const struct document_source *src, int64_t *ret_seq, struct err *e);

enum version_change_kind { CHANGE_SAME = 0, CHANGE_EDITED, CHANGE_ADDED, CHANGE_REMOVED };
struct version_field {
	struct str title; /* «Срок» */
	struct word_diff diff;
	bool changed;
};
#define VERSION_FIELDS 9
struct version_change {
	enum version_change_kind kind;
	struct str kind_title; /* «изменён» */
	struct str clause, was_clause;
	struct str activity;
	struct version_field field[VERSION_FIELDS]; /* of an edited one: those that differ first */
	size_t n_fields;
	size_t key; /* names the change in the form: position in the list, from 1 */
};
struct version_compare {
	int64_t from, to;         /* seq; from 0: the document as it stands now */
	struct version_change *v; /* in the order of the new text, removed ones where they stood */
	size_t n, n_edited, n_added, n_removed, n_same;
	bool may_apply; /* to is the proposal and the actor may write */
	bool confirmed;
	int64_t version; /* of the document, for the form */
};
/* from 0: points as they stand now. EC_NOTFOUND. */
MUST_USE enum ec document_compare(const struct ctx *c, int64_t document_id, int64_t from,
        int64_t to, struct version_compare *ret, struct err *e);

struct version_form {
	int64_t document_id, version, seq;
	bool all;
	const size_t *accept; /* keys of the changes, unless all */
	size_t n_accept;
};
struct version_result {
	int64_t n_edited, n_added, n_removed;  /* points */
	int64_t n_given, n_moved, n_withdrawn; /* assignments of a document on control */
};
/* The text becomes that of the version; accepted changes go to the points. Of a document on control
 * the assignments follow: new ones are given, those of removed points or executors are withdrawn
 * with the reason, a moved deadline withdraws the open one and gives it again with the new day;
 * what was submitted or accepted stays as it is. One transaction, one event «version».
 * EC_CONFLICT: the document or the reading changed meanwhile. */
MUST_USE enum ec document_version_apply(const struct ctx *c, const struct version_form *f,
        struct version_result *ret, struct err *e);
MUST_USE enum ec document_version_drop(
        const struct ctx *c, int64_t document_id, int64_t seq, struct err *e);
/* The file of a version. */
struct stored_file;
MUST_USE enum ec document_version_file(const struct ctx *c, int64_t document_id, int64_t seq,
        struct stored_file *ret, struct err *e);

#endif

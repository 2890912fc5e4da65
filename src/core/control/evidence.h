/* What an execution is proven with: files, links, numbers, filled forms; which of the kinds the
 * document demands are still missing. Who may read the assignment reads its evidence; who works on
 * it brings it, until the report is handed in. */
#ifndef CORE_CONTROL_EVIDENCE_H
#define CORE_CONTROL_EVIDENCE_H

#include "core/ctx.h"

enum evidence_kind {
	EVIDENCE_NONE = 0,
	EVIDENCE_FILE,
	EVIDENCE_LINK,
	EVIDENCE_NUMBER,
	EVIDENCE_FORM,
	EVIDENCE_KIND_COUNT
};
struct str evidence_kind_name(enum evidence_kind k);  /* "file" */
struct str evidence_kind_title(enum evidence_kind k); /* «файл» */
bool evidence_kind_of(struct str name, enum evidence_kind *ret);

#define EVIDENCE_ANSWERS 24 /* fields of a filled form */
struct evidence_answer {
	struct str title, text;
};

/* A proof as it is brought; the fields of its kind count. */
struct evidence_form {
	enum evidence_kind kind;
	struct str demanded;    /* one of the kinds the point demands, or empty */
	struct str title;       /* words of one's own, may be empty */
	struct str name, bytes; /* file */
	struct str link;        /* http:// or https:// */
	struct str number;      /* as typed, with comma or point */
	struct str unit;
	const struct evidence_answer *answer; /* form: those without text are left out */
	size_t n_answers;
};
/* One transaction: stores the bytes once whoever brings them, queues the reading of a file, takes
 * the assignment to work when nobody has. EC_INPUT names the field or, of a file, its name;
 * EC_CONFLICT: the same file is there, or the report is handed in; EC_DENIED; EC_NOTFOUND. */
MUST_USE enum ec evidence_add(const struct ctx *c, int64_t assignment_id,
        const struct evidence_form *f, int64_t *ret_id, struct err *e);
/* All of them or none. */
MUST_USE enum ec evidence_add_all(const struct ctx *c, int64_t assignment_id,
        const struct evidence_form *v, size_t n, struct err *e);
/* It stays in the history. The same codes. */
MUST_USE enum ec evidence_remove(
        const struct ctx *c, int64_t assignment_id, int64_t id, struct str reason, struct err *e);

struct evidence {
	int64_t id;
	enum evidence_kind kind;
	struct str demanded, title;
	struct str file_name, type_title; /* of a file */
	int64_t size;                     /* bytes */
	struct str link;
	double number;
	struct str unit;
	struct evidence_answer *answer; /* of a form */
	size_t n_answers;
	struct str text_state, text_note; /* own, waiting, read, failed; why it was not read */
	struct str who;
	int64_t at;
};
/* A kind of document the point demands. */
struct evidence_demand {
	struct str name;
	int64_t n; /* proofs of it: 0 is missing */
};
struct evidence_list {
	struct evidence *v;
	size_t n;
	struct evidence_demand *demand;
	size_t n_demands, n_missing;
	struct str *field; /* what the form asks: what was done, each item of the point, … */
	size_t n_fields;
	bool may; /* the actor may bring and remove now */
};
/* Oldest first. EC_NOTFOUND also outside the actor's scope. */
MUST_USE enum ec evidence_of(
        const struct ctx *c, int64_t assignment_id, struct evidence_list *ret, struct err *e);

struct evidence_bytes {
	struct str name, media_type, bytes;
};
/* EC_NOTFOUND: none there, removed, not a file, or not the actor's. */
MUST_USE enum ec evidence_file(const struct ctx *c, int64_t assignment_id, int64_t id,
        struct evidence_bytes *ret, struct err *e);

#endif

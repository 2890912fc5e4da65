/* Inside of the document parser: the state its stages share. Not for other layers. */
#ifndef DOC_PARSE_H
#define DOC_PARSE_H

#include "doc/document.h"
#include "doc/traced.h"

/* Words of a deadline before interpretation: that waits until the plan period is known. */
struct phrase {
	struct traced text;
	struct traced label;
	enum inherited inherited;
	struct traced month; /* section heading that names the month the words are about */
	bool bare;           /* the month itself is the deadline */
	bool wide;           /* found inside running text: nothing to report when unreadable */
	bool opens; /* «Начало»: the next phrase, «Окончание», ends the span */
};

/* An assignment while it is being read. */
struct draft {
	struct assignment *out; /* index is stable only through parse.tasks */
	VEC(struct phrase) phrase;
	bool no_deadline_expected;
};

typedef VEC(struct executor) executors;
typedef VEC(struct field) fields;
typedef VEC(struct indicator) indicators;

struct phrases {
	VEC(struct phrase) v;
};

/* Half-open range of blocks. */
struct range {
	size_t from, to;
};

struct part_range {
	struct range blocks;
	size_t part; /* index into the parts */
};

struct parse {
	struct arena *a;
	const struct source *src;
	struct str *fold; /* folded text of each line block, empty for tables */
	struct str *tight; /* the same without blanks, at most 80 bytes: finds «п р и к а з» */
	struct doc_meta meta;
	VEC(struct doc_part) parts;
	VEC(struct part_range) ranges;
	VEC(struct assignment) tasks;
	VEC(struct phrases) phrases; /* parallel to tasks */
	VEC(struct diag) warnings;
	struct deadline_env env;
};

/* ---- kinds.c ---- */

/* One kind of document: how much a text looks like it, and how its main part is read. */
struct kind {
	enum doc_kind kind;
	int (*score)(const struct parse *p);
	void (*parse)(struct parse *p, struct part_range part);
};
extern const struct kind doc_kinds[];
extern const size_t doc_kinds_n;
const struct kind *kind_find(const struct parse *p);
/* Block that names the kind («ПРИКАЗ»), or SIZE_MAX. */
size_t kind_line(const struct parse *p, enum doc_kind k);

/* ---- parts.c ---- */
void parts_find(struct parse *p);
/* The block where the author's signature stands (its first line), or SIZE_MAX. */
size_t signature_find(const struct parse *p, size_t from, size_t to, size_t *ret_end);

/* ---- meta*.c ---- */
void meta_read(struct parse *p);
void meta_plan_period(struct parse *p);
void meta_plan_from_years(struct parse *p);
void meta_read_head(struct parse *p, struct range head); /* number, date, place */
void meta_read_body(struct parse *p, struct range head);
void meta_read_stamp(struct parse *p, struct range head); /* «УТВЕРЖДЕНО приказом …» */
void meta_read_basis(struct parse *p, struct range preamble);
void meta_read_signatory(struct parse *p, struct range main);
void meta_read_tail(struct parse *p); /* executor, copies, enclosures */
/* Reads a date at *at of folded text: «08» 02 2022, 30 декабря 2021, 06.02.2023. */
bool read_date(struct str folded, size_t *at, struct date *ret);
/* Reads the number after № (or N) at *at; *ret is a view, blanks inside are possible. */
bool read_number(struct str text, size_t *at, struct str *ret);
/* Finds «от DATE № N» pairs; false when none is left. */
struct act_ref {
	size_t from, to;
	struct date date;
	struct word_view {
		size_t from, to;
	} number;
};
bool act_ref_find(struct str text, struct str folded, size_t from, struct act_ref *ret);
/* Without blanks inside. */
struct str tight_number(struct arena *a, struct str s);
/* Body of a letterhead in sentence case; genitive of its head → nominative. */
struct str body_sentence_case(struct arena *a, struct str s);
struct str body_nominative(struct arena *a, struct str s);

/* ---- kinds ---- */
void parse_act(struct parse *p, struct part_range part);
void parse_letter(struct parse *p, struct part_range part);
void parse_protocol(struct parse *p, struct part_range part);
void parse_plan(struct parse *p, struct part_range part);
void parse_other(struct parse *p, struct part_range part);
void parse_tables(struct parse *p, struct part_range part);
void parse_annex(struct parse *p, struct part_range part);

/* ---- clauses.c ---- */

#define CLAUSE_DEPTH 6

struct clause {
	uint16_t number[CLAUSE_DEPTH];
	size_t depth;           /* 0: no number */
	struct traced label;    /* «1.2» as written */
	struct traced text;     /* body without the labelled lines */
	VEC(struct phrase) due; /* «Срок: …» */
	VEC(struct traced) who; /* «Ответственный: …» */
	VEC(struct traced) item;
	struct traced lead; /* body above the first sub-bullet */
	bool item_due;      /* an item carries its own deadline */
	struct span span;
	uint32_t page, line_start, line_end;
	bool head;     /* names only the addressee of the clauses under it */
	size_t parent; /* index, SIZE_MAX at the top */
};

struct clauses {
	VEC(struct clause) v;
};

/* Cuts blocks [range) into clauses. */
void clauses_read(struct parse *p, struct range range, struct clauses *ret);
/* The same for a text without numbers: every paragraph and bullet is a clause. */
void clauses_read_plain(struct parse *p, struct range range, struct clauses *ret);
/* The same with a text before the first block («РЕШИЛИ: провести …»); its place is that of `at`. */
void clauses_read_after(struct parse *p, struct traced first, const struct block *at,
        struct range range, struct clauses *ret);
/* Finds «Срок:» and the like in folded text: where it begins and where its value does. */
bool clause_due_label(struct str folded, size_t *ret_from, size_t *ret_to);
/* Length of the clause number at the start of a line («1.2.», «3)»), 0 when there is none. */
size_t clause_number(struct str line, uint16_t number[CLAUSE_DEPTH], size_t *ret_depth);
/* The same for «II.»; numerals up to X. */
size_t clause_roman(struct str line, unsigned *ret);
/* Turns clauses into assignments of the part. */
struct clause_opt {
	struct field section;
	const struct field *addressee; /* of a letter */
	size_t n_addressees;
	bool minutes;
};
void clauses_to_tasks(
        struct parse *p, size_t part, struct clauses *c, const struct clause_opt *opt);
enum assignment_type clause_type(struct parse *p, struct str text, bool own_author);

/* ---- fields ---- */
struct field field_of(const struct parse *p, struct traced t, enum trust trust);
struct field field_flat(const struct parse *p, struct traced t, enum trust trust);
/* Splits a list of executors into persons and offices. */
void responsible_split(struct parse *p, struct traced text, executors *ret);
/* The words are only a deadline («еженедельно», «до 1 марта»). */
bool responsible_is_deadline(struct parse *p, struct str s);
/* The addressee a clause begins with («Управлению образования (Щербина К.К.) довести …»): its
 * slice, empty when it begins with the action. */
struct traced responsible_inline(struct parse *p, struct traced text);
/* Finds measures with targets; column: the text stands in a column of indicators. */
void indicators_find(struct parse *p, struct traced text, bool column, indicators *ret);
/* Unit that folded words name («%», «процентов», «человек»), else STR_NONE. */
struct str indicator_unit(struct str folded);
/* «Приказ», «Справка»: the text is the name of a document. */
bool evidence_like(struct parse *p, struct str text);
void evidence_split(struct parse *p, struct traced text, fields *ret);
/* «подготовить отчет» inside a clause. */
void evidence_inline(struct parse *p, struct traced text, fields *ret);

/* ---- document.c ---- */
struct assignment *task_add(struct parse *p, size_t part, enum assignment_type type);
void task_phrase(struct parse *p, size_t task, struct phrase phrase);
void diag_add(struct parse *p, const char *code, enum severity severity, struct span span,
        size_t task, struct str message);
/* ---- doubt.c ---- */
/* Fields with words that were recognised without confidence are for a person to look at. */
void doubt_fields(struct parse *p);
/* ---- dues.c ---- */
void dues_read(struct parse *p);
/* ---- lint.c ---- */
void document_lint(struct parse *p);
/* ---- lint_due.c ---- */
void lint_dues(struct parse *p, size_t task);

#endif

/* What a document says: requisites, parts, assignments and the problems found in it. The fields are
 * those of the schema assignments/1.0 (docs/methods/documents.md); every field keeps the place it
 * was read from and how sure the reading is. Values; memory is in the arena of document_parse. */
#ifndef DOC_DOCUMENT_H
#define DOC_DOCUMENT_H

#include "base/buf.h"
#include "doc/deadline.h"
#include "doc/source.h"

/* How sure a reading is. DOUBTFUL fields are marked on the card for a person to confirm. */
enum trust { TRUST_NONE = 0, TRUST_DOUBTFUL, TRUST_SURE };

/* A piece of text and its place. text.p == NULL: the document does not say. */
struct field {
	struct str text;
	struct span span;
	enum trust trust;
};

struct date_field {
	struct date date; /* zero: not said or unreadable */
	struct span span;
	enum trust trust;
};

enum doc_kind {
	DOC_OTHER = 0,
	DOC_ORDER,      /* приказ */
	DOC_DIRECTIVE,  /* распоряжение */
	DOC_RESOLUTION, /* постановление */
	DOC_LETTER,     /* письмо */
	DOC_PROTOCOL,   /* протокол */
	DOC_ROADMAP,    /* дорожная карта без акта */
	DOC_PLAN,       /* план, план-график */
};

/* An act the document stands on («В соответствии с приказом … от … № …»). */
struct basis {
	struct field text;
	struct field kind; /* «приказ», «письмо», «федеральный закон» … in the nominative */
	struct field number;
	struct date_field date;
};

struct plan_period {
	struct date start, end; /* inclusive; zero: the document names none */
	struct field text;      /* the words; empty when derived from the deadlines of the table */
};

struct doc_meta {
	enum doc_kind kind;
	struct field issuing_body, number, place, title;
	struct date_field date;
	struct field signatory_name, signatory_position;
	struct basis *basis;
	size_t n_basis;
	struct plan_period plan;
	struct field *addressee;
	size_t n_addressees;
	struct field reply_number; /* «На № … от …» */
	struct date_field reply_date;
	struct field controller; /* text is "self" for «оставляю за собой» */
	struct field executor;   /* who prepared the document: «Исп. …» */
	struct field executor_phone;
	struct field *copy; /* «Рассылка: …» */
	size_t n_copies;
	struct field *annex; /* what a letter encloses */
	size_t n_annexes;
};

/* The main document (id "main") and its annexes ("annex-1", …) in order. */
struct doc_part {
	struct str id;
	enum doc_kind kind;
	struct field title, number;
	struct date_field date;
};

enum assignment_type {
	ASSIGNMENT_TASK = 0, /* somebody must do something: the only type that is controlled */
	ASSIGNMENT_APPROVAL, /* done by signing («Утвердить план») */
	ASSIGNMENT_CONTROL,  /* «контроль возложить на …» */
	ASSIGNMENT_CANCELLATION,
	ASSIGNMENT_ENTRY_INTO_FORCE,
	ASSIGNMENT_INFORMATION, /* «принять к сведению» */
	ASSIGNMENT_COMMITMENT,  /* the author's own plans in a letter */
};

/* Office or body, person, or both; either may be empty. Words in the case they were written in. */
struct executor {
	struct field name, person;
};

enum responsible_source {
	RESPONSIBLE_NONE = 0,
	RESPONSIBLE_OWN,
	RESPONSIBLE_PARENT,
	RESPONSIBLE_SECTION
};

enum inherited { INHERITED_NONE = 0, INHERITED_SECTION, INHERITED_PARENT, INHERITED_ROW_ABOVE };

struct due {
	struct field text;     /* the words that were read */
	struct field label;    /* column heading or stage, when a task has several dates */
	struct deadline value; /* one interpretation of them */
	enum inherited inherited;
};

struct indicator {
	struct field text, name;
	struct str comparison; /* "=", ">=", "<=", ">", "<" or STR_NONE */
	double target;         /* NaN: none named */
	struct str unit;       /* "%", "п.п.", "чел.", "шт.", "ед." or STR_NONE */
};

struct assignment {
	struct str id; /* "a1", "a2", … in reading order */
	size_t part;   /* index into document.part */
	enum assignment_type type;
	struct field clause; /* «1.2» without the final dot */
	struct field section;
	struct field activity;
	struct field *item; /* unnumbered sub-points that only spell the task out */
	size_t n_items;
	struct executor *responsible;
	size_t n_responsible;
	enum responsible_source responsible_source;
	struct due *due;
	size_t n_due;
	struct field *document_type; /* evidence of execution */
	size_t n_document_types;
	struct indicator *indicator;
	size_t n_indicators;
	struct field expected_result;
	struct span span; /* the whole clause or row */
	uint32_t page, line_start, line_end;
};

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

/* A problem in the document: not a failure, shown to the person beside the place. */
struct diag {
	struct str code; /* section 5 of the deadline rules or a code of lint.c */
	enum severity severity;
	struct span span;
	struct str field;  /* "assignments[3].deadlines[0]", "meta.date" */
	size_t assignment; /* index into document.assignment, SIZE_MAX when it is about the whole */
	struct str fragment; /* the words it is about */
	struct str message;  /* Russian, with the place */
};

struct document {
	const struct source *source;
	struct doc_meta meta;
	struct doc_part *part;
	size_t n_parts;
	struct assignment *assignment;
	size_t n_assignments;
	struct diag *warning;
	size_t n_warnings;
};

/* Reads the inner form. Never fails: what is not understood is left empty and reported in
 * warnings. The document keeps a pointer to the source and views into it. Pure. */
void document_parse(struct arena *a, const struct source *src, struct document *ret);

/* Names as in the schema ("order", "task", "own", "error" …) and back. */
struct str doc_kind_name(enum doc_kind k);
bool doc_kind_of(struct str name, enum doc_kind *ret);
struct str assignment_type_name(enum assignment_type t);
bool assignment_type_of(struct str name, enum assignment_type *ret);
struct str responsible_source_name(enum responsible_source s); /* STR_NONE for none */
struct str inherited_name(enum inherited i);                   /* STR_NONE for none */
struct str severity_name(enum severity s);
/* Russian words for screens: «приказ», «поручение». */
struct str doc_kind_title(enum doc_kind k);
struct str assignment_type_title(enum assignment_type t);

/* Prints the document as one JSON object of schema assignments/1.0, indented by two blanks. */
void document_json(struct buf *out, const struct document *d);

/* Prints what the parser saw, one fact a line, made for reading and for diff (golden tests). */
void document_dump(struct buf *out, const struct document *d);

#endif

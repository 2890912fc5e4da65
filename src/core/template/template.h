/* Library of templates: type orders, letters, plans and minutes. Those of soko are files of
 * templates/ in the binary; people add their own. A template is a text of this form:
 *
 *	kind: order                          one of doc_kind_name
 *	title: О проведении …                what the list shows
 *	for: region, municipality, school    who uses it
 *	about: …                             one sentence
 *	field: date | date | Дата приказа | today
 *	field: to | executor | Кому поручено | Муниципальным органам управления образованием
 *	---
 *	# ПРИКАЗ                             bold, centred    ^ centred    > at the right    < at
 *the left ~ Директор | {{signatory}}           post and name    === next page | № | Мероприятие |
 *Срок |           a row of a table, the first one is its head
 *	1. {{to:dative}} представить … в срок до {{due:words}}.
 *
 * Types of fields: line, text, date, number, year, executor, post, person. After the colon of a
 *place: words («15 января 2027 года»), genitive, dative, accusative, upper, month («январе 2027
 *года»). Default of a date: today, today+30 (days), 09-01 (the next one after today). */
#ifndef CORE_TEMPLATE_TEMPLATE_H
#define CORE_TEMPLATE_TEMPLATE_H

#include "core/ctx.h"
#include "pack/docx_write.h"

#define TEMPLATE_FIELDS 12

enum template_type {
	TEMPLATE_LINE = 0,
	TEMPLATE_TEXT,
	TEMPLATE_DATE,
	TEMPLATE_NUMBER,
	TEMPLATE_YEAR,
	TEMPLATE_EXECUTOR,
	TEMPLATE_POST,
	TEMPLATE_PERSON,
};
struct template_field {
	struct str name, label, value; /* value: the default, dates as ISO */
	enum template_type type;
};
struct template_doc {
	struct str name; /* of the address: "vpr", «own-12» */
	struct str kind, kind_title, title, about;
	struct str audience;       /* «region, municipality» */
	struct str audience_title; /* «департамент, муниципалитет» */
	struct str author;         /* of one's own: who saved it; empty: written for soko */
	bool own, may_remove;
	struct template_field field[TEMPLATE_FIELDS];
	size_t n_fields;
	struct str body;
};
struct template_list {
	struct template_doc *v; /* by kind, then title; own ones last */
	size_t n;
};
/* for_whom: "region", "municipality", "school" or empty. */
MUST_USE enum ec template_list(
        const struct ctx *c, struct str for_whom, struct template_list *ret, struct err *e);
/* EC_NOTFOUND. */
MUST_USE enum ec template_get(
        const struct ctx *c, struct str name, struct template_doc *ret, struct err *e);

/* The body with the places filled; value[i] belongs to field[i], empty: «____». Pure. */
struct str template_fill(struct arena *a, const struct template_doc *t, const struct str *value);
/* Text with the marks of lines above → DOCX. */
MUST_USE enum ec template_docx(
        struct arena *a, struct str title, struct str text, struct str *ret, struct err *e);
/* The same as a picture for the screen. */
struct docx_doc template_blocks(struct arena *a, struct str title, struct str text);

/* Reads the text as the import would. */
struct template_finding {
	struct str severity, severity_title, message;
};
struct template_reading {
	struct template_finding *finding;
	size_t n;
	size_t n_tasks;
	struct str kind_title, number, date; /* ISO */
};
MUST_USE enum ec template_read(const struct ctx *c, struct str title, struct str text,
        struct template_reading *ret, struct err *e);
/* The DOCX of the text becomes a draft by the same import as a file from outside.
 * EC_CONFLICT with *ret_id: the same document is there already. */
MUST_USE enum ec template_draft(
        const struct ctx *c, struct str title, struct str text, int64_t *ret_id, struct err *e);

/* Saves the text of a document as a template of one's own: its number and date become places.
 * CAP_DOCUMENT_WRITE over the document. */
MUST_USE enum ec template_save(const struct ctx *c, int64_t document_id, struct str title,
        struct str *ret_name, struct err *e);
/* Only one's own, or of one's territory by a clerk of the region. */
MUST_USE enum ec template_remove(const struct ctx *c, struct str name, struct err *e);

/* Reads the form above; EC_INPUT names the line. */
MUST_USE enum ec template_parse(const struct ctx *c, struct str name, struct str text,
        struct template_doc *ret, struct err *e);

#endif

/* Fields a handler accepts, declared in a table and checked before it runs. */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include "base/date.h"
#include "web/http.h"

enum field_type {
	FIELD_TEXT,     /* one line, trimmed */
	FIELD_LINES,    /* several lines, line ends as \n */
	FIELD_PASSWORD, /* as typed */
	FIELD_INT,
	FIELD_DATE, /* ISO, as <input type=date> sends, or 08.02.2022 */
	FIELD_FLAG, /* checkbox: there or not */
	FIELD_CHOICE,
};

struct field_spec {
	struct str name, title; /* title: Russian, for messages */
	enum field_type type;
	size_t max; /* bytes of text, largest number; 0: 200 bytes, INT32_MAX */
	bool required;
	const struct str *choice; /* FIELD_CHOICE: allowed values, ended by an empty str */
};

struct form {
	const struct field_spec *field;
	size_t n;
};

#define FORM(fields) ((const struct form){.field = (fields), .n = ARRAY_LEN(fields)})

/* Checked values in the order of the form's fields. */
struct value {
	bool set; /* sent and not empty */
	struct str text;
	int64_t number;
	struct date date;
};

struct values {
	const struct form *form;
	struct value *v;
};

/* Checks the sent pairs against the form; EC_INPUT names the field in Russian. Pairs that the form
 * does not name are ignored and unreachable. */
MUST_USE enum ec form_check(struct arena *a, const struct form *form, const struct fields *sent,
        struct values *ret, struct err *e);
/* Value of a declared field; asking for another one is a bug. */
const struct value *value_of(const struct values *v, struct str name);

#endif

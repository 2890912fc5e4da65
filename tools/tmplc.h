/* Insides of tools/tmplc: a template being compiled, and the walk over its markup. */
#ifndef TOOLS_TMPLC_H
#define TOOLS_TMPLC_H

#include "base/buf.h"

enum place {
	IN_TEXT,
	IN_COMMENT,
	IN_TAG_NAME,
	IN_TAG, /* between attributes */
	IN_ATTR_NAME,
	AFTER_EQUALS,
	IN_UNQUOTED,
	IN_QUOTED,
	IN_RAW, /* inside <script> or <style> */
};

struct tmpl {
	struct arena *a;
	const char *file;
	struct buf c, h; /* generated source and header */
	struct str line; /* the line being read, without its end */
	int number;      /* of that line, from 1 */
	int page_line;   /* where %page stands, 0 outside */
	bool c_before;   /* the line before was C: its #line still holds */
	struct err *e;
	/* where in the markup we are */
	enum place place;
	char quote;
	struct buf tag, attr, value; /* names so far; literal value so far */
	bool dynamic;                /* the value has a {{ }} already */
	bool json, closing;          /* script of JSON; </tag */
	struct str raw_end;          /* "</script" or "</style" while IN_RAW */
	int open_line;               /* where the open tag or comment began */
};

/* "file:line:column: why"; at is a byte of the present line. */
enum ec tmpl_refuse(struct tmpl *t, size_t at, const char *why);
/* Moves over the first byte of rest, which stands at byte `at` of the line. */
MUST_USE enum ec markup_step(struct tmpl *t, struct str rest, size_t at);
/* The macro of web/out.h that may print here, or the reason why none may. */
MUST_USE enum ec markup_printer(struct tmpl *t, size_t at, const char **ret);

#endif

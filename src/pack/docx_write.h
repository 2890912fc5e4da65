/* A business document as DOCX (ECMA-376 part 1): fields, font and intervals as GOST R 7.0.97-2016
 * asks (A4; left 30 mm, right 15, top and bottom 20; Times New Roman 14, tables 12; first line 1.25
 * cm; pages numbered at the top from the second one). */
#ifndef PACK_DOCX_WRITE_H
#define PACK_DOCX_WRITE_H

#include "base/str.h"

enum docx_style {
	DOCX_BODY = 0, /* justified, with a first line indent */
	DOCX_TITLE,    /* bold, centred */
	DOCX_CENTRE,
	DOCX_LEFT,
	DOCX_RIGHT,
	DOCX_SIGN,  /* text and text2 at the two edges: post and name */
	DOCX_BREAK, /* the next page */
	DOCX_ROW,   /* a row of a table; rows that follow each other are one table */
};
struct docx_block {
	enum docx_style style;
	struct str text, text2;
	const struct str *cell; /* DOCX_ROW */
	size_t n_cells;
	bool head; /* the row is repeated on each page */
};
struct docx_doc {
	struct str title; /* of the properties of the file */
	const struct docx_block *block;
	size_t n;
};
/* The bytes live in a and depend on the document alone. EC_LIMIT, EC_IO. */
MUST_USE enum ec docx_write(
        struct arena *a, const struct docx_doc *d, struct str *ret, struct err *e);

#endif

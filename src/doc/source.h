/* The inner form of a document: what a reader gives to the parser, whatever the file format was.
 * One UTF-8 text (shown on the card page) and, over it, blocks: lines and tables. Each piece of
 * clean text knows the bytes of the full text it came from. */
#ifndef DOC_SOURCE_H
#define DOC_SOURCE_H

#include "base/str.h"
#include "pack/rich.h"

/* Half-open range of byte offsets into source.text; from == to: nowhere. */
struct span {
	uint32_t from, to;
};

/* Clean text with provenance: byte i of `s` was made from byte at[i] of the full text. Slices share
 * the arrays. */
struct traced {
	struct str s;
	const uint32_t *at;
};

struct cell {
	struct traced
	        text;     /* white space and line-break hyphens repaired; lines joined by blanks */
	uint16_t colspan; /* columns covered, at least 1 */
	bool continues;   /* merged with the cell above: its value is the one above */
};

struct row {
	struct cell *cell;
	size_t n;
	uint32_t page, line; /* where it starts, from 1 */
	uint32_t line_end;
	bool after_break; /* the page ended between this row and the one above */
	bool header;      /* marked as repeated header by the author (word-processor files) */
};

enum block_kind { BLOCK_LINE, BLOCK_TABLE, BLOCK_BREAK };

/* One line (text files) or paragraph (word-processor files), one table, or a page break. */
struct block {
	enum block_kind kind;
	struct traced text;  /* line: its clean text, never empty */
	uint32_t page, line; /* from 1 */
	uint32_t line_end;
	uint32_t indent;  /* line: code points before the text */
	bool blank_above; /* line: an empty line stands above */
	bool heading;     /* line: marked as heading or wholly bold */
	bool paragraph;   /* line: a whole paragraph (word-processor files) */
	struct row *row;  /* table */
	size_t n_rows;
};

enum source_format { SOURCE_TEXT, SOURCE_DOCX, SOURCE_ODT, SOURCE_HTML, SOURCE_PDF, SOURCE_IMAGE };

struct source {
	struct str file; /* name as given */
	enum source_format format;
	struct str text; /* the full text; all spans lie inside */
	struct block *block;
	size_t n;
	uint32_t pages; /* at least 1 */
	bool ocr;       /* the text looks like recognised page images: characters were repaired */
	struct span *doubt; /* words recognised without confidence, in order; only of scans */
	size_t n_doubts;
	bool unreadable; /* mostly look-alike letters of the wrong alphabet: not worth parsing */
};

/* Extracted form (doc/extract.h) → inner form. Text must be valid UTF-8 of at most LIMIT_DOC_TEXT
 * bytes; the source keeps views into it. EC_LIMIT: larger than base/limits.h. */
MUST_USE enum ec source_from_text(
        struct arena *a, struct str text, struct source *ret, struct err *e);
/* The same for text that was recognised from page images: its look-alike letters are repaired. */
MUST_USE enum ec source_from_scan(
        struct arena *a, struct str text, struct source *ret, struct err *e);
MUST_USE enum ec source_from_rich(
        struct arena *a, const struct rich *rich, struct source *ret, struct err *e);

/* "txt", "docx", … */
struct str source_format_name(enum source_format f);

/* Line and page (from 1) of a byte offset, for messages. */
void source_place(const struct source *s, uint32_t at, uint32_t *ret_page, uint32_t *ret_line);

#endif

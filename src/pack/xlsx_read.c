#include "pack/xlsx_read.h"

#include "base/buf.h"
#include "base/limits.h"
#include "pack/xlsx_book.h"
#include "pack/xlsx_rows.h"
#include "pack/xlsx_scan.h"
#include "pack/xml.h"

/* Where in the sheet's tree the reader stands. */
enum place {
	AT_TOP,
	AT_SHEET, /* worksheet */
	AT_DATA,  /* sheetData */
	AT_ROW,
	AT_CELL,
	AT_VALUE,  /* v */
	AT_INLINE, /* is */
	AT_RUN,    /* r in is */
	AT_TEXT,   /* t in is or r */
	AT_MERGES, /* mergeCells */
	AT_ELSE,   /* anything that is not read */
};

/* One sheet being read; its text arena lives until the sheet ends. */
struct sheet_reader {
	struct xlsx_rows rows;
	enum place place[LIMIT_XML_DEPTH + 1];
	unsigned depth;
	struct xlsx_cell cell;
	struct buf value, inlined;
	VEC(struct sheet_range) merged;
};

static enum place child_place(enum place parent, enum xml_ns ns, struct str name)
{
	static const struct {
		enum place parent, child;
		struct str name;
	} tree[] = {
	        {AT_TOP, AT_SHEET, STR_INIT("worksheet")},
	        {AT_SHEET, AT_DATA, STR_INIT("sheetData")},
	        {AT_DATA, AT_ROW, STR_INIT("row")},
	        {AT_ROW, AT_CELL, STR_INIT("c")},
	        {AT_CELL, AT_VALUE, STR_INIT("v")},
	        {AT_CELL, AT_INLINE, STR_INIT("is")},
	        {AT_INLINE, AT_TEXT, STR_INIT("t")},
	        {AT_INLINE, AT_RUN, STR_INIT("r")},
	        {AT_RUN, AT_TEXT, STR_INIT("t")},
	        {AT_SHEET, AT_MERGES, STR_INIT("mergeCells")},
	};
	if (ns != XML_NS_SHEET && ns != XML_NS_NONE)
		return AT_ELSE;
	for (size_t i = 0; i < ARRAY_LEN(tree); i++)
		if (tree[i].parent == parent && str_eq(tree[i].name, name))
			return tree[i].child;
	return AT_ELSE;
}

static struct str kept(struct sheet_reader *r, struct str s)
{
	return s.p == NULL ? s : s.n == 0 ? STR("") : str_dup(r->rows.text, s);
}

static enum ec merge(struct sheet_reader *r, struct str ref, struct err *e)
{
	struct sheet_range m;
	size_t colon = str_find_byte(ref, ':', 0);
	if (colon == SIZE_MAX || !xlsx_ref_parse(str_sub(ref, 0, colon), &m.col0, &m.row0) ||
	        !xlsx_ref_parse(str_skip(ref, colon + 1), &m.col1, &m.row1) || m.row1 < m.row0 ||
	        m.col1 < m.col0)
		return EC_OK; /* only a picture of the sheet: a wrong one is left out */
	if (r->merged.n == LIMIT_SHEET_ROWS || arena_left(r->rows.keep) / 4 < r->merged.n * 32)
		return err_set(e, EC_LIMIT, "слишком много объединённых ячеек");
	*vec_push(r->rows.keep, &r->merged) = m;
	return EC_OK;
}

static enum ec on_start(void *user, enum xml_ns ns, struct str name, xml_attrs attrs, struct err *e)
{
	struct sheet_reader *r = user;
	enum place parent = r->place[r->depth], place = child_place(parent, ns, name);
	r->place[++r->depth] = place;
	if (place == AT_ROW)
		return xlsx_row_begin(
		        &r->rows, xml_attr(attrs, "r"), xml_attr_bool(attrs, "hidden", false), e);
	if (place == AT_CELL) {
		r->cell = (struct xlsx_cell){
		        .ref = kept(r, xml_attr(attrs, "r")),
		        .type = kept(r, xml_attr(attrs, "t")),
		        .style = kept(r, xml_attr(attrs, "s")),
		};
		buf_reset(&r->value);
		buf_reset(&r->inlined);
	}
	if (place == AT_VALUE)
		r->cell.value = STR("");
	if (place == AT_INLINE)
		r->cell.inlined = STR("");
	if (parent == AT_MERGES && str_eq(name, STR("mergeCell")))
		return merge(r, xml_attr(attrs, "ref"), e);
	return EC_OK;
}

static enum ec on_text(void *user, struct str piece, struct err *e)
{
	(void)e;
	struct sheet_reader *r = user;
	if (r->place[r->depth] == AT_VALUE)
		buf_add(&r->value, piece);
	else if (r->place[r->depth] == AT_TEXT)
		buf_add(&r->inlined, piece);
	return EC_OK;
}

static enum ec on_end(void *user, enum xml_ns ns, struct str name, struct err *e)
{
	(void)ns, (void)name;
	struct sheet_reader *r = user;
	enum place place = r->place[r->depth--];
	if (place == AT_ROW)
		return xlsx_row_end(&r->rows, e);
	if (place != AT_CELL)
		return EC_OK;
	TRY(buf_check(&r->value, "текст ячейки", e));
	TRY(buf_check(&r->inlined, "текст ячейки", e));
	if (r->value.n > 0)
		r->cell.value = kept(r, buf_str(&r->value));
	if (r->inlined.n > 0)
		r->cell.inlined = kept(r, buf_str(&r->inlined));
	return xlsx_row_cell(&r->rows, &r->cell, e);
}

static const char open_data[] = "<sheetData>";

/* The head and the tail by expat, <sheetData> by the scanner. *ret_done is false when expat must
 * read all. */
static enum ec read_fast(struct sheet_reader *r, struct str xml, const char *what,
        const struct xml_sink *sink, bool *ret_done, struct err *e)
{
	*ret_done = false;
	size_t at = str_find(xml, str_c(open_data), 0);
	if (at == SIZE_MAX)
		return EC_OK;
	at += sizeof(open_data) - 1;
	AUTO_XML(x, what, sink);
	/* expat must see the tag where it was found: not inside a comment, not in UTF-16 */
	if (xml_feed(&x, str_sub(xml, 0, at), false, e) != EC_OK || r->depth != 2 ||
	        r->place[2] != AT_DATA || x.other_encoding)
		return EC_OK;
	enum xlsx_scan how = xlsx_scan_rows(xml, &at, &r->rows, e);
	if (r->rows.stopped != EC_OK)
		return r->rows.stopped;
	if (how != XLSX_SCAN_DONE)
		return EC_OK;
	*ret_done = xml_feed(&x, str_skip(xml, at), true, e) == EC_OK;
	return r->rows.stopped;
}

static enum ec sheet_parse(struct sheet_reader *r, struct str xml, const char *what,
        enum xlsx_engine engine, struct err *e)
{
	const struct xml_sink sink = {r, on_start, on_end, on_text};
	if (engine == XLSX_ENGINE_BEST) {
		bool done;
		struct err first = {0};
		enum ec code = read_fast(r, xml, what, &sink, &done, &first);
		if (code != EC_OK) {
			if (e != NULL)
				*e = first;
			return code;
		}
		if (done)
			return EC_OK;
	}
	xlsx_rows_again(&r->rows);
	r->depth = 0;
	r->merged.n = 0;
	return xml_read(xml, what, &sink, e);
}

static enum ec sheet_read_one(struct xlsx_book *book, size_t i, enum xlsx_engine engine,
        const struct sheet_sink *sink, struct err *e)
{
	const struct xlsx_sheet *sheet = &book->sheet.v[i];
	bool skip = false;
	if (sheet->part.n == 0) /* a chart, a dialogue: nothing to read */
		return EC_OK;
	const struct sheet_info info = {(uint32_t)i, sheet->name, sheet->hidden, book->epoch_1904};
	if (sink->sheet != NULL)
		TRY(sink->sheet(sink->user, &info, &skip, e));
	if (skip)
		return EC_OK;
	const struct zipfile_entry *entry = zipfile_find(book->zip, sheet->part);
	if (entry == NULL)
		return err_set(e, EC_INPUT, "лист «" STR_FMT "»: в архиве нет его файла",
		        STR_ARG(utf8_head(sheet->name, 40)));
	AUTO_ARENA(keep, 2 * LIMIT_ZIP_UNPACKED);
	AUTO_ARENA(text, 2 * LIMIT_ZIP_UNPACKED);
	AUTO_ARENA(pieces, LIMIT_ZIP_UNPACKED);
	struct str xml;
	TRY(zipfile_read(book->zip, entry, &keep, &xml, e));
	struct sheet_reader *r = arena_new(&keep, struct sheet_reader, 1);
	r->rows.keep = &keep;
	r->rows.text = &text;
	buf_init(&r->value, &pieces, LIMIT_CELL * 16ul);
	buf_init(&r->inlined, &pieces, LIMIT_CELL * 16ul);
	xlsx_rows_init(&r->rows, book, sheet->name, sink);
	TRY(sheet_parse(r, xml, str_z(&keep, utf8_head(sheet->part, 80)), engine, e));
	const struct sheet_end end = {r->merged.v, r->merged.n};
	return sink->end != NULL ? sink->end(sink->user, &end, e) : EC_OK;
}

enum ec xlsx_read(struct arena *a, struct str bytes, enum xlsx_engine engine,
        const struct sheet_sink *sink, struct err *e)
{
	struct zipfile zip;
	TRY(zipfile_open(a, bytes, &zip, e));
	struct xlsx_book book;
	TRY(xlsx_book_open(a, &zip, engine == XLSX_ENGINE_BEST, &book, e));
	if (book.sheet.n == 0)
		return err_set(e, EC_INPUT, "в книге Excel нет ни одного листа");
	for (size_t i = 0; i < book.sheet.n; i++)
		TRY(sheet_read_one(&book, i, engine, sink, e));
	return EC_OK;
}

#include "pack/odt_read.h"

#include "base/cur.h"
#include "base/limits.h"
#include "pack/odt_style.h"
#include "pack/rich_build.h"
#include "pack/zipfile.h"

enum { SPANS = 64, LISTS = ODT_LEVELS };

struct list {
	struct odt_list *style;
	int start; /* of the open item, -1: not said */
};

struct reader {
	struct rich_build b;
	struct odt_styles styles;
	struct buf number;
	unsigned skip;  /* depth inside what is passed over */
	unsigned paras; /* nested by text boxes */
	struct odt_props para;
	struct str shown; /* name of the paragraph's style for people */
	uint8_t level;
	bool fresh; /* nothing of the paragraph was written: white space at its start is dropped */
	bool space;
	/* boldness of open spans; a span past SPANS is only counted */
	struct odt_props span[SPANS];
	unsigned spans;
	struct list list[LISTS];
	unsigned lists;
	bool item; /* the number of the open item is still to be written */
	unsigned header_rows;
	unsigned repeat; /* of the open cell */
};

static int int_attr(xml_attrs attrs, const char *name, int absent)
{
	struct cur c = CUR(xml_attr(attrs, name));
	int64_t v;
	return cur_int(&c, 0, 1000000, &v) ? (int)v : absent;
}

static const struct odt_props *props_now(const struct reader *r)
{
	unsigned n = r->spans < SPANS ? r->spans : SPANS;
	return n > 0 ? &r->span[n - 1] : &r->para;
}

static enum ec put(struct reader *r, struct str s, struct err *e)
{
	const struct odt_props *p = props_now(r);
	if (r->paras == 0 || p->hidden == ODT_YES || s.n == 0)
		return EC_OK;
	r->fresh = false;
	return rich_build_text(&r->b, s, p->bold == ODT_YES, e);
}

/* White space collapses as in 6.1.2 of the norm. */
static enum ec on_text(void *user, struct str piece, struct err *e)
{
	struct reader *r = user;
	if (r->skip > 0 || r->paras == 0)
		return EC_OK;
	for (size_t i = 0; i < piece.n;) {
		size_t from = i;
		while (i < piece.n && piece.p[i] != ' ' && piece.p[i] != '\n' &&
		        piece.p[i] != '\t' && piece.p[i] != '\r')
			i++;
		if (i > from) {
			if (r->space && !r->fresh)
				TRY(put(r, STR(" "), e));
			r->space = false;
			TRY(put(r, str_sub(piece, from, i), e));
		} else {
			r->space = true;
			i++;
		}
	}
	return EC_OK;
}

/* ---- paragraphs ---- */

static enum ec emit(struct reader *r, struct err *e)
{
	const struct rich_para p = {.style = r->shown,
	        .level = r->level,
	        .center = r->para.align == ODT_ALIGN_CENTER,
	        .right = r->para.align == ODT_ALIGN_RIGHT};
	r->space = false;
	r->fresh = true;
	return rich_build_para(&r->b, &p, e);
}

static enum ec number(struct reader *r, struct err *e)
{
	if (!r->item || r->lists == 0)
		return EC_OK;
	unsigned n = r->lists <= LISTS ? r->lists : LISTS;
	struct list *l = &r->list[n - 1];
	r->item = false;
	if (l->style == NULL)
		return EC_OK;
	buf_reset(&r->number);
	odt_number_next(l->style, (int)n - 1, l->start, &r->number);
	if (r->number.n == 0)
		return EC_OK;
	buf_byte(&r->number, ' ');
	TRY(put(r, buf_str(&r->number), e));
	r->fresh = true;
	return EC_OK;
}

static enum ec para_open(struct reader *r, struct str name, xml_attrs attrs, struct err *e)
{
	/* a text box cuts the paragraph that holds it */
	if (r->paras > 0 && !str_blank(buf_str(&r->b.para)))
		TRY(emit(r, e));
	r->paras++;
	r->spans = 0;
	r->fresh = true;
	r->space = false;
	r->para = odt_style_props(&r->styles, xml_attr(attrs, "text:style-name"), &r->shown);
	r->level = 0;
	if (str_eq(name, STR("h"))) {
		int level = int_attr(attrs, "outline-level", 1);
		r->level = (uint8_t)(level < 1 ? 1 : level > 9 ? 9 : level);
	}
	if (r->para.page_before == ODT_YES && r->b.block.n > 0)
		TRY(rich_build_page(&r->b, e));
	return number(r, e);
}

static enum ec para_close(struct reader *r, struct err *e)
{
	if (r->paras == 0)
		return EC_OK;
	bool page_after = r->para.page_after == ODT_YES;
	TRY(emit(r, e));
	r->paras--;
	r->spans = 0;
	return page_after ? rich_build_page(&r->b, e) : EC_OK;
}

static void span_open(struct reader *r, xml_attrs attrs)
{
	struct odt_props above = *props_now(r);
	if (++r->spans > SPANS)
		return;
	struct odt_props p = odt_style_props(&r->styles, xml_attr(attrs, "text:style-name"), NULL);
	if (p.bold == ODT_UNSET)
		p.bold = above.bold;
	if (p.hidden == ODT_UNSET)
		p.hidden = above.hidden;
	r->span[r->spans - 1] = p;
}

/* ---- lists ---- */

static void list_open(struct reader *r, xml_attrs attrs)
{
	struct str name = xml_attr(attrs, "text:style-name");
	bool goes_on = xml_attr_bool(attrs, "continue-numbering", false) ||
	               xml_attr(attrs, "continue-list").n > 0;
	if (++r->lists > LISTS)
		return;
	struct list *l = &r->list[r->lists - 1];
	l->start = -1;
	l->style = name.n > 0 ? odt_list_find(&r->styles, name) : r->lists > 1 ? l[-1].style : NULL;
	if (l->style != NULL && !goes_on && (r->lists == 1 || l->style != l[-1].style))
		odt_list_restart(l->style, (int)r->lists - 1);
}

static void item_open(struct reader *r, struct str name, xml_attrs attrs)
{
	if (r->lists == 0)
		return;
	r->item = str_eq(name, STR("list-item"));
	if (r->lists <= LISTS)
		r->list[r->lists - 1].start = int_attr(attrs, "start-value", -1);
}

/* ---- tables ---- */

static enum ec table_open(struct reader *r, struct str name, xml_attrs attrs, struct err *e)
{
	if (str_eq(name, STR("table"))) {
		rich_build_table_open(&r->b);
		if (r->b.tables == 1)
			r->header_rows = 0;
	} else if (r->b.tables != 1) {
		return EC_OK;
	} else if (str_eq(name, STR("table-header-rows"))) {
		r->header_rows = 1;
	} else if (str_eq(name, STR("table-row"))) {
		rich_build_row_open(&r->b);
	} else if (str_eq(name, STR("table-cell"))) {
		int repeat = int_attr(attrs, "number-columns-repeated", 1);
		r->repeat = repeat > 100 ? 1 : (unsigned)repeat;
		return rich_build_cell_open(&r->b,
		        (unsigned)int_attr(attrs, "number-columns-spanned", 1),
		        (unsigned)int_attr(attrs, "number-rows-spanned", 1), e);
	}
	return EC_OK;
}

static enum ec table_close(struct reader *r, struct str name, struct err *e)
{
	if (str_eq(name, STR("table")))
		return rich_build_table_close(&r->b, e);
	if (r->b.tables != 1)
		return EC_OK;
	if (str_eq(name, STR("table-header-rows"))) {
		r->header_rows = 0;
	} else if (str_eq(name, STR("table-row"))) {
		return rich_build_row_close(&r->b, r->header_rows > 0, e);
	} else if (str_eq(name, STR("table-cell"))) {
		TRY(rich_build_cell_close(&r->b, e));
		for (; r->repeat > 1; r->repeat--) {
			TRY(rich_build_cell_open(&r->b, 1, 1, e));
			TRY(rich_build_cell_close(&r->b, e));
		}
	}
	return EC_OK;
}

/* ---- elements ---- */

static bool passed_over(enum xml_ns ns, struct str name)
{
	static const struct {
		enum xml_ns ns;
		struct str name;
	} names[] = {
	        {XML_NS_ODF_TEXT, STR_INIT("tracked-changes")},
	        {XML_NS_ODF_TEXT, STR_INIT("note")},
	        {XML_NS_ODF_TEXT, STR_INIT("number")},
	        {XML_NS_ODF_TEXT, STR_INIT("ruby-text")},
	        {XML_NS_ODF_TEXT, STR_INIT("sequence-decls")},
	        {XML_NS_ODF_TEXT, STR_INIT("variable-decls")},
	        {XML_NS_ODF_TEXT, STR_INIT("user-field-decls")},
	        {XML_NS_ODF_TEXT, STR_INIT("hidden-text")},
	        {XML_NS_ODF_OFFICE, STR_INIT("annotation")},
	        {XML_NS_ODF_OFFICE, STR_INIT("binary-data")},
	        {XML_NS_ODF_OFFICE, STR_INIT("automatic-styles")},
	        {XML_NS_ODF_OFFICE, STR_INIT("font-face-decls")},
	        {XML_NS_ODF_OFFICE, STR_INIT("scripts")},
	        {XML_NS_OTHER, STR_INIT("desc")},
	        {XML_NS_OTHER, STR_INIT("title")},
	};
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (names[i].ns == ns && str_eq(names[i].name, name))
			return true;
	return false;
}

static enum ec inline_open(struct reader *r, struct str name, xml_attrs attrs, struct err *e)
{
	if (str_eq(name, STR("span"))) {
		span_open(r, attrs);
	} else if (str_eq(name, STR("tab"))) {
		return put(r, STR("\t"), e);
	} else if (str_eq(name, STR("line-break"))) {
		r->space = false;
		return put(r, STR("\n"), e);
	} else if (str_eq(name, STR("s"))) {
		int n = int_attr(attrs, "c", 1);
		for (int i = 0; i < n && i < 1000; i++)
			TRY(put(r, STR(" "), e));
	}
	return EC_OK;
}

static enum ec on_start(void *user, enum xml_ns ns, struct str name, xml_attrs attrs, struct err *e)
{
	struct reader *r = user;
	if (r->skip > 0 || passed_over(ns, name)) {
		r->skip++;
		return EC_OK;
	}
	if (ns == XML_NS_ODF_TABLE)
		return table_open(r, name, attrs, e);
	if (ns != XML_NS_ODF_TEXT)
		return EC_OK;
	if (str_eq(name, STR("p")) || str_eq(name, STR("h")))
		return para_open(r, name, attrs, e);
	if (str_eq(name, STR("list")))
		list_open(r, attrs);
	else if (str_eq(name, STR("list-item")) || str_eq(name, STR("list-header")))
		item_open(r, name, attrs);
	return inline_open(r, name, attrs, e);
}

static enum ec on_end(void *user, enum xml_ns ns, struct str name, struct err *e)
{
	struct reader *r = user;
	if (r->skip > 0) {
		r->skip--;
		return EC_OK;
	}
	if (ns == XML_NS_ODF_TABLE)
		return table_close(r, name, e);
	if (ns != XML_NS_ODF_TEXT)
		return EC_OK;
	if (str_eq(name, STR("p")) || str_eq(name, STR("h")))
		return para_close(r, e);
	if (str_eq(name, STR("list")) && r->lists > 0)
		r->lists--;
	else if (str_eq(name, STR("span")) && r->spans > 0)
		r->spans--;
	return EC_OK;
}

/* The archive's kind is its first entry, stored plain: readable without a directory (part 3, 3.3).
 */
bool odt_is(struct str bytes)
{
	static const char name[] = "mimetypeapplication/vnd.oasis.opendocument.";
	return zipfile_is(bytes) && str_find(str_sub(bytes, 0, 512), str_c(name), 0) != SIZE_MAX;
}

static enum ec read_part(
        struct zipfile *zip, const char *name, struct arena *a, struct str *ret, struct err *e)
{
	const struct zipfile_entry *entry = zipfile_find(zip, str_c(name));
	*ret = STR("");
	return entry == NULL ? EC_OK : zipfile_read(zip, entry, a, ret, e);
}

enum ec odt_read(struct arena *a, struct str bytes, struct rich *ret, struct err *e)
{
	AUTO_ARENA(scratch, 2 * LIMIT_ZIP_UNPACKED);
	struct zipfile zip;
	struct str mime, styles, content, manifest;
	TRY(zipfile_open(&scratch, bytes, &zip, e));
	TRY(read_part(&zip, "mimetype", &scratch, &mime, e));
	if (!str_starts(mime, STR("application/vnd.oasis.opendocument.text")))
		return err_set(e, EC_INPUT,
		        "это файл OpenDocument, но не текст (.odt): сохраните документ как ODT или "
		        "DOCX");
	TRY(read_part(&zip, "META-INF/manifest.xml", &scratch, &manifest, e));
	if (str_has(manifest, STR("encryption-data")))
		return err_set(e, EC_INPUT, "документ закрыт паролем: сохраните его без пароля");
	TRY(read_part(&zip, "styles.xml", &scratch, &styles, e));
	TRY(read_part(&zip, "content.xml", &scratch, &content, e));
	if (content.n == 0)
		return err_set(e, EC_INPUT, "в архиве нет текста документа (content.xml)");
	struct reader *r = arena_new(&scratch, struct reader, 1);
	rich_build_init(&r->b, a, &scratch);
	buf_init(&r->number, &scratch, KIB);
	r->styles.a = &scratch;
	if (styles.n > 0)
		TRY(odt_styles_read(&r->styles, styles, "styles.xml", e));
	TRY(odt_styles_read(&r->styles, content, "content.xml", e));
	const struct xml_sink sink = {r, on_start, on_end, on_text};
	TRY(xml_read(content, "content.xml", &sink, e));
	*ret = rich_build_done(&r->b);
	return EC_OK;
}

#include "pack/docx_read.h"

#include "base/buf.h"
#include "base/cur.h"
#include "base/limits.h"
#include "pack/docx_style.h"
#include "pack/opc.h"
#include "pack/xml.h"

enum { NESTED_PARAS = 8 }; /* a text box in a text box in … */

/* A paragraph being read. */
struct para {
	struct buf text;
	struct docx_props props;
	struct str style_id;
	bool page_before, page_after, mark_deleted;
	bool numbered; /* its number has been written (a page break cut it in two) */
	bool plain;    /* some visible text of it is not bold by its runs */
	bool bold;     /* some is */
};

struct reader {
	struct arena *a, *scratch;
	struct docx_styles styles;
	VEC(struct rich_block) block;
	size_t text_left;
	/* subtree that is passed over: depth inside it */
	unsigned skip;
	/* paragraphs, nested by text boxes; a number past NESTED_PARAS is only counted */
	struct para para[NESTED_PARAS];
	unsigned n_para;
	struct buf
	        carry; /* text of a paragraph whose mark was deleted: the next one continues it */
	/* inside what the reader stands */
	unsigned in_run, in_ppr, in_rpr, in_trpr, in_text;
	bool run_hidden;
	enum docx_bold run_bold;
	/* the outermost table */
	unsigned tables;
	VEC(struct rich_row) row;
	VEC(struct rich_cell) cell;
	struct buf cell_text;
	bool in_cell, cell_begun, row_header, row_deleted;
	struct rich_cell now;
};

static struct para *top(struct reader *r)
{
	return r->n_para > 0 && r->n_para <= NESTED_PARAS ? &r->para[r->n_para - 1] : NULL;
}

static enum ec room(const struct reader *r, size_t n, struct err *e)
{
	if (arena_left(r->a) / 4 < n + 4096)
		return err_set(e, EC_LIMIT, "документ слишком велик для отведённой памяти");
	return EC_OK;
}

static enum ec add_block(struct reader *r, struct rich_block **ret, struct err *e)
{
	if (r->block.n == LIMIT_DOC_PARAS)
		return err_set(e, EC_LIMIT, "в документе больше %d абзацев", LIMIT_DOC_PARAS);
	TRY(room(r, r->block.n * sizeof(struct rich_block), e));
	*ret = vec_push(r->a, &r->block);
	return EC_OK;
}

static enum ec add_page(struct reader *r, struct err *e)
{
	struct rich_block *b = NULL;
	if (r->tables > 0)
		return EC_OK;
	TRY(add_block(r, &b, e));
	b->kind = RICH_PAGE;
	b->text = b->style = STR("");
	return EC_OK;
}

static enum ec add_text(struct reader *r, struct str s, struct err *e)
{
	struct para *p = top(r);
	if (p == NULL || r->run_hidden || s.n == 0)
		return EC_OK;
	if (s.n > r->text_left)
		return err_set(e, EC_LIMIT, "текст документа больше %lu МБ", LIMIT_DOC_TEXT / MIB);
	r->text_left -= s.n;
	buf_add(&p->text, s);
	if (!str_blank(s)) {
		p->bold |= r->run_bold == DOCX_BOLD_YES;
		p->plain |= r->run_bold != DOCX_BOLD_YES;
	}
	return EC_OK;
}

/* The paragraph's text so far with its list number in front, in the arena. */
static struct str finished(struct reader *r, struct para *p)
{
	struct buf out;
	buf_init(&out, r->a, LIMIT_DOC_TEXT + 4096);
	if (!p->numbered)
		docx_number_next(&r->styles, p->props.num_id, p->props.num_level, &out);
	p->numbered = true;
	struct str text = buf_str(&p->text);
	if (out.n == 0)
		return str_dup(r->a, text);
	if (text.n > 0 && text.p[0] != ' ' && text.p[0] != '\t')
		buf_byte(&out, ' ');
	buf_add(&out, text);
	return buf_str(&out);
}

/* Sends the text so far to the cell or as a block of its own. */
static enum ec emit(struct reader *r, struct para *p, struct err *e)
{
	struct docx_props props = p->props;
	struct str style;
	docx_style_apply(&r->styles, p->style_id, &props, &style);
	p->props.num_id = props.num_id;
	p->props.num_level = props.num_level;
	TRY(room(r, p->text.n, e));
	struct str text = finished(r, p);
	if (r->tables > 0) {
		if (r->in_cell) {
			if (r->cell_begun)
				buf_byte(&r->cell_text, '\n');
			buf_add(&r->cell_text, text);
			r->cell_begun = true;
		}
		return EC_OK;
	}
	struct rich_block *b = NULL;
	TRY(add_block(r, &b, e));
	*b = (struct rich_block){
	        .kind = RICH_PARA,
	        .text = text.n > 0 ? text : STR(""),
	        .style = style,
	        .level = (uint8_t)(props.outline >= 0 && props.outline < 9 ? props.outline + 1 : 0),
	        .bold = !p->plain && p->bold,
	        .center = props.align == DOCX_ALIGN_CENTER,
	        .right = props.align == DOCX_ALIGN_RIGHT,
	};
	return EC_OK;
}

static void para_begin(struct reader *r)
{
	if (++r->n_para > NESTED_PARAS)
		return;
	struct para *p = top(r);
	struct buf text = p->text;
	*p = (struct para){.text = text, .props = DOCX_PROPS_UNSET};
	buf_reset(&p->text);
	if (r->n_para == 1 && r->carry.n > 0) {
		buf_add(&p->text, buf_str(&r->carry));
		buf_reset(&r->carry);
	}
}

static enum ec para_end(struct reader *r, struct err *e)
{
	struct para *p = top(r);
	if (p != NULL && p->mark_deleted && r->n_para == 1) {
		buf_reset(&r->carry);
		buf_add(&r->carry, buf_str(&p->text));
	} else if (p != NULL) {
		if (p->page_before)
			TRY(add_page(r, e));
		TRY(emit(r, p, e));
		if (p->page_after)
			TRY(add_page(r, e));
	}
	r->n_para--;
	return EC_OK;
}

/* A page break inside a paragraph cuts it; an empty first half is not a paragraph. */
static enum ec page_break(struct reader *r, struct err *e)
{
	struct para *p = top(r);
	if (p == NULL || r->tables > 0)
		return add_text(r, STR("\n"), e);
	if (!str_blank(buf_str(&p->text)))
		TRY(emit(r, p, e));
	buf_reset(&p->text);
	return add_page(r, e);
}

static int int_attr(xml_attrs attrs, const char *name, int absent)
{
	struct cur c = CUR(xml_attr(attrs, name));
	int64_t v;
	return cur_int(&c, -1000000, 1000000, &v) ? (int)v : absent;
}

static void para_property(struct reader *r, struct para *p, struct str name, xml_attrs attrs)
{
	struct str val = xml_attr(attrs, "val");
	if (str_eq(name, STR("pStyle"))) {
		if (val.n < 1000)
			p->style_id = str_dup(r->scratch, val);
	} else if (str_eq(name, STR("numId"))) {
		p->props.num_id = int_attr(attrs, "val", -1);
	} else if (str_eq(name, STR("ilvl"))) {
		p->props.num_level = int_attr(attrs, "val", -1);
	} else if (str_eq(name, STR("outlineLvl"))) {
		p->props.outline = int_attr(attrs, "val", -1);
	} else if (str_eq(name, STR("jc"))) {
		p->props.align = str_eq(val, STR("center")) ? DOCX_ALIGN_CENTER
		                 : str_eq(val, STR("right")) || str_eq(val, STR("end"))
		                         ? DOCX_ALIGN_RIGHT
		                         : DOCX_ALIGN_START;
	} else if (str_eq(name, STR("pageBreakBefore"))) {
		p->page_before = xml_attr_bool(attrs, "val", true);
	} else if (str_eq(name, STR("sectPr"))) {
		p->page_after = true;
	} else if (str_eq(name, STR("type")) && str_eq(val, STR("continuous"))) {
		p->page_after = false;
	}
}

static void run_property(struct reader *r, struct str name, xml_attrs attrs)
{
	if (str_eq(name, STR("b")))
		r->run_bold = xml_attr_bool(attrs, "val", true) ? DOCX_BOLD_YES : DOCX_BOLD_NO;
	else if (str_eq(name, STR("vanish")))
		r->run_hidden = xml_attr_bool(attrs, "val", true);
}

/* What the runs of a paragraph inherit; asked once a run. */
static enum docx_bold inherited_bold(struct reader *r)
{
	const struct para *p = top(r);
	if (p == NULL)
		return DOCX_BOLD_UNSET;
	struct docx_props props = p->props;
	struct str name;
	docx_style_apply(&r->styles, p->style_id, &props, &name);
	return props.bold;
}

static enum ec run_content(struct reader *r, struct str name, xml_attrs attrs, struct err *e)
{
	if (str_eq(name, STR("t")))
		r->in_text++;
	else if (str_eq(name, STR("tab")) || str_eq(name, STR("ptab")))
		return add_text(r, STR("\t"), e);
	else if (str_eq(name, STR("cr")))
		return add_text(r, STR("\n"), e);
	else if (str_eq(name, STR("noBreakHyphen")))
		return add_text(r, STR("-"), e);
	else if (str_eq(name, STR("br")))
		return str_eq(xml_attr(attrs, "type"), STR("page")) ? page_break(r, e)
		                                                    : add_text(r, STR("\n"), e);
	return EC_OK;
}

static void cell_begin(struct reader *r)
{
	r->in_cell = true;
	r->cell_begun = false;
	r->now = (struct rich_cell){.colspan = 1};
	buf_reset(&r->cell_text);
}

static uint16_t span_of(xml_attrs attrs)
{
	int v = int_attr(attrs, "val", 1);
	return (uint16_t)(v < 1 ? 1 : v > 1000 ? 1000 : v);
}

static enum ec cell_push(struct reader *r, const struct rich_cell *cell, struct err *e)
{
	TRY(room(r, r->cell.n * sizeof(struct rich_cell), e));
	*vec_push(r->a, &r->cell) = *cell;
	return EC_OK;
}

static enum ec table_start(struct reader *r, struct str name, xml_attrs attrs, struct err *e)
{
	if (str_eq(name, STR("tbl"))) {
		if (++r->tables == 1) {
			r->row.v = NULL;
			r->row.n = r->row.cap = 0;
		}
		return EC_OK;
	}
	if (r->tables != 1) /* nested tables: only their paragraphs count */
		return EC_OK;
	if (str_eq(name, STR("tr"))) {
		r->cell.v = NULL;
		r->cell.n = r->cell.cap = 0;
		r->row_header = r->row_deleted = false;
	} else if (str_eq(name, STR("tc"))) {
		cell_begin(r);
	} else if (str_eq(name, STR("tblHeader"))) {
		r->row_header = xml_attr_bool(attrs, "val", true);
	} else if (str_eq(name, STR("gridSpan"))) {
		r->now.colspan = span_of(attrs);
	} else if (str_eq(name, STR("vMerge"))) {
		r->now.continues = !str_eq(xml_attr(attrs, "val"), STR("restart"));
	} else if (str_eq(name, STR("gridBefore")) && int_attr(attrs, "val", 0) > 0) {
		return cell_push(
		        r, &(struct rich_cell){.text = STR(""), .colspan = span_of(attrs)}, e);
	}
	return EC_OK;
}

static enum ec cell_end(struct reader *r, struct err *e)
{
	TRY(room(r, r->cell_text.n, e));
	TRY(buf_check(&r->cell_text, "текст ячейки", e));
	struct str text = str_trim(buf_str(&r->cell_text));
	r->now.text = r->now.continues || text.n == 0 ? STR("") : str_dup(r->a, text);
	r->in_cell = false;
	return cell_push(r, &r->now, e);
}

static enum ec row_end(struct reader *r, struct err *e)
{
	if (r->row_deleted || r->cell.n == 0)
		return EC_OK;
	if (r->row.n == LIMIT_DOC_PARAS)
		return err_set(e, EC_LIMIT, "в таблице документа больше %d строк", LIMIT_DOC_PARAS);
	TRY(room(r, r->row.n * sizeof(struct rich_row), e));
	*vec_push(r->a, &r->row) =
	        (struct rich_row){.cell = r->cell.v, .n = r->cell.n, .header = r->row_header};
	return EC_OK;
}

static enum ec table_end(struct reader *r, struct str name, struct err *e)
{
	if (str_eq(name, STR("tbl"))) {
		if (--r->tables > 0 || r->row.n == 0)
			return EC_OK;
		struct rich_block *b = NULL;
		TRY(add_block(r, &b, e));
		*b = (struct rich_block){.kind = RICH_TABLE,
		        .text = STR(""),
		        .style = STR(""),
		        .row = r->row.v,
		        .n_rows = r->row.n};
		return EC_OK;
	}
	if (r->tables == 1 && str_eq(name, STR("tc")))
		return cell_end(r, e);
	if (r->tables == 1 && str_eq(name, STR("tr")))
		return row_end(r, e);
	return EC_OK;
}

/* Subtrees without text of the document: deleted text, the old look of changed properties, the
 * second drawing of a text box, settings of controls. */
static bool passed_over(enum xml_ns ns, struct str name)
{
	static const struct str names[] = {STR_INIT("del"), STR_INIT("moveFrom"), STR_INIT("sdtPr"),
	        STR_INIT("pPrChange"), STR_INIT("rPrChange"), STR_INIT("tblPrChange"),
	        STR_INIT("tcPrChange"), STR_INIT("trPrChange"), STR_INIT("sectPrChange"),
	        STR_INIT("tblPrExChange"), STR_INIT("numberingChange"), STR_INIT("ruby")};
	if (ns == XML_NS_MC)
		return str_eq(name, STR("Fallback"));
	for (size_t i = 0; ns == XML_NS_WORD && i < ARRAY_LEN(names); i++)
		if (str_eq(name, names[i]))
			return true;
	return false;
}

/* A deleted paragraph mark or a deleted row is said by an empty <w:del/> among properties. */
static void deletion(struct reader *r, struct str name)
{
	if (!str_eq(name, STR("del")) && !str_eq(name, STR("moveFrom")))
		return;
	if (r->in_trpr > 0 && r->tables == 1)
		r->row_deleted = true;
	else if (r->in_ppr > 0 && r->in_rpr > 0 && top(r) != NULL)
		top(r)->mark_deleted = true;
}

static void enter(struct reader *r, struct str name)
{
	r->in_ppr += str_eq(name, STR("pPr"));
	r->in_rpr += str_eq(name, STR("rPr"));
	r->in_trpr += str_eq(name, STR("trPr"));
	if (str_eq(name, STR("r"))) {
		r->in_run++;
		r->run_hidden = false;
		r->run_bold = inherited_bold(r);
	}
}

static enum ec on_start(void *user, enum xml_ns ns, struct str name, xml_attrs attrs, struct err *e)
{
	struct reader *r = user;
	if (r->skip > 0 || passed_over(ns, name)) {
		if (r->skip++ == 0)
			deletion(r, name);
		return EC_OK;
	}
	if (ns != XML_NS_WORD)
		return EC_OK;
	enter(r, name);
	if (str_eq(name, STR("p"))) {
		para_begin(r);
		return EC_OK;
	}
	if (r->in_ppr > 0) {
		if (top(r) != NULL && r->in_rpr == 0)
			para_property(r, top(r), name, attrs);
		return EC_OK;
	}
	if (r->in_rpr > 0) {
		run_property(r, name, attrs);
		return EC_OK;
	}
	if (r->in_run > 0)
		TRY(run_content(r, name, attrs, e));
	return table_start(r, name, attrs, e);
}

static enum ec on_end(void *user, enum xml_ns ns, struct str name, struct err *e)
{
	struct reader *r = user;
	if (r->skip > 0) {
		r->skip--;
		return EC_OK;
	}
	if (ns != XML_NS_WORD)
		return EC_OK;
	r->in_ppr -= str_eq(name, STR("pPr"));
	r->in_rpr -= str_eq(name, STR("rPr"));
	r->in_trpr -= str_eq(name, STR("trPr"));
	r->in_run -= str_eq(name, STR("r"));
	if (str_eq(name, STR("t")) && r->in_text > 0)
		r->in_text--;
	if (str_eq(name, STR("p")))
		return para_end(r, e);
	/* as on_start: tables among properties are not tables */
	return r->in_ppr > 0 || r->in_rpr > 0 ? EC_OK : table_end(r, name, e);
}

static enum ec on_text(void *user, struct str piece, struct err *e)
{
	struct reader *r = user;
	return r->skip == 0 && r->in_text > 0 ? add_text(r, piece, e) : EC_OK;
}

static enum ec not_a_document(const struct zipfile *zip, struct err *e)
{
	if (zipfile_find(zip, STR("xl/workbook.xml")) != NULL)
		return err_set(e, EC_INPUT, "это книга Excel, а нужен документ Word (.docx)");
	return err_set(e, EC_INPUT, "в архиве нет документа Word (word/document.xml)");
}

static enum ec open_parts(
        struct reader *r, struct zipfile *zip, struct str *ret_main, struct err *e)
{
	struct str main, styles, numbering;
	TRY(opc_target(r->scratch, zip, STR(""), "/officeDocument", &main, e));
	if (main.n == 0)
		main = STR("word/document.xml");
	if (zipfile_find(zip, main) == NULL || str_has(main, STR("workbook")))
		return not_a_document(zip, e);
	TRY(opc_target(r->scratch, zip, main, "/styles", &styles, e));
	TRY(opc_target(r->scratch, zip, main, "/numbering", &numbering, e));
	*ret_main = main;
	return docx_styles_read(r->a, zip, styles, numbering, &r->styles, e);
}

enum ec docx_read(struct arena *a, struct str bytes, struct rich *ret, struct err *e)
{
	if (str_starts(bytes, STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")))
		return err_set(e, EC_INPUT,
		        "это файл старого формата Word (.doc) или документ с паролем: сохраните "
		        "его "
		        "как .docx без пароля");
	if (!zipfile_is(bytes))
		return err_set(e, EC_INPUT, "файл не является документом Word (.docx)");
	AUTO_ARENA(scratch, 2 * LIMIT_ZIP_UNPACKED);
	struct zipfile zip;
	TRY(zipfile_open(&scratch, bytes, &zip, e));
	struct reader *r = arena_new(&scratch, struct reader, 1);
	*r = (struct reader){.a = a, .scratch = &scratch, .text_left = LIMIT_DOC_TEXT};
	struct str main, xml;
	TRY(open_parts(r, &zip, &main, e));
	for (int i = 0; i < NESTED_PARAS; i++)
		buf_init(&r->para[i].text, &scratch, LIMIT_DOC_TEXT);
	buf_init(&r->carry, &scratch, LIMIT_DOC_TEXT);
	buf_init(&r->cell_text, &scratch, 2 * LIMIT_DOC_TEXT);
	TRY(zipfile_read(&zip, zipfile_find(&zip, main), &scratch, &xml, e));
	const struct xml_sink sink = {r, on_start, on_end, on_text};
	TRY(xml_read(xml, str_z(&scratch, utf8_head(main, 80)), &sink, e));
	*ret = (struct rich){.block = r->block.v, .n = r->block.n};
	return EC_OK;
}

#include "pack/html_read.h"

#include "base/cur.h"
#include "base/limits.h"
#include "pack/html_scan.h"
#include "pack/list_number.h"
#include "pack/rich_build.h"
#include "text/decode.h"

enum { LISTS = 32 };

struct list {
	bool ordered;
	enum list_number number;
	int next;
};

struct reader {
	struct rich_build b;
	struct rich_para para;
	struct buf number;
	bool space; /* white space stands before the next text */
	unsigned bold, deleted, pre, center, header_rows;
	uint8_t level;
	struct list list[LISTS]; /* a list past LISTS is only counted */
	unsigned lists;
	bool item; /* the number of a list item is still to be written */
	bool row_header, row_cells;
};

/* ---- text ---- */

static enum ec put(struct reader *r, struct str s, struct err *e)
{
	if (r->deleted > 0 || s.n == 0)
		return EC_OK;
	return rich_build_text(&r->b, s, r->bold > 0, e);
}

static enum ec put_number(struct reader *r, struct err *e)
{
	if (!r->item || r->lists == 0 || r->lists > LISTS || r->deleted > 0)
		return EC_OK;
	struct list *l = &r->list[r->lists - 1];
	r->item = false;
	if (!l->ordered)
		return rich_build_text(&r->b, STR("– "), false, e);
	buf_reset(&r->number);
	list_number_put(&r->number, l->number, l->next++);
	buf_add_z(&r->number, ". ");
	return rich_build_text(&r->b, buf_str(&r->number), r->bold > 0, e);
}

static enum ec put_cp(struct reader *r, uint32_t cp, struct err *e)
{
	char utf8[4];
	if (r->deleted > 0)
		return EC_OK;
	if (cp == ' ' || (cp >= 9 && cp <= 13)) {
		if (r->pre > 0 && cp == '\n')
			return put(r, STR("\n"), e);
		r->space = true;
		return EC_OK;
	}
	TRY(put_number(r, e));
	struct str so_far = buf_str(&r->b.para);
	bool begun =
	        so_far.n > 0 && so_far.p[so_far.n - 1] != '\n' && so_far.p[so_far.n - 1] != ' ';
	if (r->space && begun)
		TRY(put(r, STR(" "), e));
	r->space = false;
	return put(r, (struct str){utf8, utf8_put(utf8, cp)}, e);
}

static enum ec text(struct reader *r, struct str s, struct err *e)
{
	for (size_t i = 0; i < s.n;) {
		uint32_t cp = s.p[i] == '&' ? html_entity(s, &i) : 0;
		if (cp == 0)
			cp = utf8_next(s, &i);
		if (cp == 0xAD || cp == 0xFEFF || cp == 0)
			continue; /* a soft hyphen shows only where a line is broken */
		TRY(put_cp(r, cp, e));
	}
	return EC_OK;
}

/* Ends the paragraph, if there is any text in it. */
static enum ec flush(struct reader *r, struct err *e)
{
	r->space = false;
	if (r->b.para.n == 0)
		return EC_OK;
	struct rich_para p = r->para;
	p.level = r->level;
	p.center |= r->center > 0;
	p.style = STR("");
	return rich_build_para(&r->b, &p, e);
}

/* ---- attributes ---- */

static int int_attr(const struct html_token *t, const char *name, int absent)
{
	struct cur c = CUR(str_trim(html_attr(t, name)));
	uint64_t v;
	return cur_uint(&c, 6, 100000, &v) ? (int)v : absent;
}

/* Does style="…" say so, blanks aside? */
static bool styled(const struct html_token *t, const char *name, const char *value)
{
	struct str rest = html_attr(t, "style"), one;
	while (rest.p != NULL && str_next(&rest, ';', &one)) {
		size_t colon = str_find_byte(one, ':', 0);
		if (colon != SIZE_MAX &&
		        str_ieq_ascii(str_trim(str_sub(one, 0, colon)), str_c(name)) &&
		        str_ieq_ascii(str_trim(str_skip(one, colon + 1)), str_c(value)))
			return true;
	}
	return false;
}

static void align(struct reader *r, const struct html_token *t)
{
	struct str v = html_attr(t, "align");
	r->para = (struct rich_para){
	        .center = str_ieq_ascii(v, STR("center")) || styled(t, "text-align", "center"),
	        .right = str_ieq_ascii(v, STR("right")) || styled(t, "text-align", "right"),
	};
}

/* ---- elements ---- */

static enum ec page_before(struct reader *r, const struct html_token *t, struct err *e)
{
	if (styled(t, "page-break-before", "always") || styled(t, "break-before", "page"))
		return rich_build_page(&r->b, e);
	return EC_OK;
}

static void list_open(struct reader *r, const struct html_token *t)
{
	struct str type = html_attr(t, "type");
	if (++r->lists > LISTS)
		return;
	enum list_number number = str_eq(type, STR("i"))   ? LIST_NUMBER_ROMAN_LOWER
	                          : str_eq(type, STR("I")) ? LIST_NUMBER_ROMAN_UPPER
	                          : str_eq(type, STR("a")) ? LIST_NUMBER_LATIN_LOWER
	                          : str_eq(type, STR("A")) ? LIST_NUMBER_LATIN_UPPER
	                                                   : LIST_NUMBER_DECIMAL;
	r->list[r->lists - 1] = (struct list){html_tag(t, "ol"), number, int_attr(t, "start", 1)};
}

static void item_open(struct reader *r, const struct html_token *t)
{
	if (r->lists > 0 && r->lists <= LISTS) {
		struct list *l = &r->list[r->lists - 1];
		l->next = int_attr(t, "value", l->next);
	}
	r->item = true;
}

static enum ec table_open(struct reader *r, struct err *e)
{
	bool unwrapped;
	if (r->b.tables == 1)
		TRY(rich_build_unwrap(&r->b, &unwrapped, e));
	rich_build_table_open(&r->b);
	r->row_header = true;
	r->row_cells = false;
	return EC_OK;
}

static enum ec row_close(struct reader *r, struct err *e)
{
	if (r->b.tables == 1) {
		TRY(rich_build_row_close(&r->b, r->row_cells && r->row_header, e));
		r->row_header = true;
		r->row_cells = false;
	}
	return EC_OK;
}

static enum ec cell_open(struct reader *r, const struct html_token *t, struct err *e)
{
	if (r->b.tables == 1) {
		r->row_header &= r->header_rows > 0 || html_tag(t, "th");
		r->row_cells = true;
	}
	int colspan = int_attr(t, "colspan", 1), rowspan = int_attr(t, "rowspan", 1);
	return rich_build_cell_open(&r->b, (unsigned)colspan, (unsigned)rowspan, e);
}

static enum ec table_tag(struct reader *r, const struct html_token *t, struct err *e)
{
	bool open = t->kind == HTML_OPEN;
	if (html_tag(t, "table")) {
		if (open)
			return table_open(r, e);
		if (r->b.tables == 1)
			TRY(row_close(r, e));
		return rich_build_table_close(&r->b, e);
	}
	if (html_tag(t, "tr")) {
		TRY(row_close(r, e));
		if (open)
			rich_build_row_open(&r->b);
	} else if (html_tag(t, "td") || html_tag(t, "th")) {
		return open ? cell_open(r, t, e) : rich_build_cell_close(&r->b, e);
	} else if (html_tag(t, "thead")) {
		TRY(row_close(r, e));
		r->header_rows = open && r->b.tables == 1;
	} else if (html_tag(t, "tbody") || html_tag(t, "tfoot")) {
		TRY(row_close(r, e));
		r->header_rows = 0;
	}
	return EC_OK;
}

static enum ec block_tag(struct reader *r, const struct html_token *t, struct err *e)
{
	bool open = t->kind == HTML_OPEN;
	TRY(flush(r, e));
	r->level = 0;
	if (open) {
		TRY(page_before(r, t, e));
		align(r, t);
	} else {
		r->para = (struct rich_para){0};
	}
	if (html_tag(t, "ul") || html_tag(t, "ol")) {
		if (open)
			list_open(r, t);
		else if (r->lists > 0)
			r->lists--;
		r->item = false;
	} else if (html_tag(t, "li")) {
		r->item = false;
		if (open)
			item_open(r, t);
	} else if (t->name.n == 2 && (t->name.p[0] | 32) == 'h' && t->name.p[1] >= '1' &&
	           t->name.p[1] <= '6') {
		r->level = open ? (uint8_t)(t->name.p[1] - '0') : 0;
	} else if (html_tag(t, "pre")) {
		r->pre = open;
	} else if (html_tag(t, "center")) {
		r->center = open;
	}
	return table_tag(r, t, e);
}

static void count(unsigned *n, bool open)
{
	if (open)
		++*n;
	else if (*n > 0)
		--*n;
}

static enum ec tag(struct reader *r, const struct html_token *t, struct err *e)
{
	static const char *const blocks[] = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li",
	        "ul", "ol", "table", "tr", "td", "th", "thead", "tbody", "tfoot", "caption", "body",
	        "html", "head", "section", "article", "header", "footer", "main", "nav", "aside",
	        "center", "blockquote", "pre", "dl", "dt", "dd", "hr", "form", "fieldset",
	        "address", "figure", "figcaption", "details", "summary"};
	bool open = t->kind == HTML_OPEN;
	if (html_tag(t, "br")) {
		if (styled(t, "page-break-before", "always")) {
			TRY(flush(r, e));
			return rich_build_page(&r->b, e);
		}
		r->space = false;
		return r->b.para.n > 0 ? put(r, STR("\n"), e) : EC_OK;
	}
	if (html_tag(t, "b") || html_tag(t, "strong"))
		count(&r->bold, open);
	else if (html_tag(t, "del") || html_tag(t, "s") || html_tag(t, "strike"))
		count(&r->deleted, open);
	for (size_t i = 0; i < ARRAY_LEN(blocks); i++)
		if (html_tag(t, blocks[i]))
			return block_tag(r, t, e);
	return EC_OK;
}

bool html_is(struct str bytes)
{
	static const char *const begins[] = {
	        "<!doctype html", "<html", "<head", "<body", "<table", "<meta", "<p>", "<div"};
	char head[512] = {0};
	size_t n = 0;
	for (size_t i = 0; i < bytes.n && i < 2048 && n + 1 < sizeof(head); i++) {
		unsigned char c = (unsigned char)bytes.p[i];
		if (c == 0 || (i < 3 && c >= 0x80) || (n == 0 && c <= ' '))
			continue; /* marks of encodings and halves of UTF-16 */
		head[n++] = (char)c;
	}
	struct str s = {head, n};
	if (str_starts(s, STR("<?xml")) || str_starts(s, STR("<!--")))
		return str_find(s, STR("<html"), 0) != SIZE_MAX;
	for (size_t i = 0; i < ARRAY_LEN(begins); i++)
		if (str_ieq_ascii(str_sub(s, 0, str_c(begins[i]).n), str_c(begins[i])))
			return true;
	return false;
}

enum ec html_read(struct arena *a, struct str bytes, struct rich *ret, struct err *e)
{
	if (bytes.n > 4 * LIMIT_DOC_TEXT)
		return err_set(
		        e, EC_LIMIT, "страница HTML больше %lu МБ", 4 * LIMIT_DOC_TEXT / MIB);
	AUTO_ARENA(scratch, 64 * LIMIT_DOC_TEXT);
	struct decoded d;
	text_decode(&scratch, bytes, &d);
	struct reader *r = arena_new(&scratch, struct reader, 1);
	rich_build_init(&r->b, a, &scratch);
	buf_init(&r->number, &scratch, KIB);
	struct html_scan h = {.s = d.text};
	struct html_token t;
	while (html_next(&h, &t))
		TRY(t.kind == HTML_TEXT ? text(r, t.text, e) : tag(r, &t, e));
	TRY(flush(r, e));
	while (r->b.tables > 0)
		TRY(rich_build_table_close(&r->b, e));
	*ret = rich_build_done(&r->b);
	return EC_OK;
}

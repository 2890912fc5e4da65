#include "pack/xlsx_book.h"

#include "base/buf.h"
#include "base/cur.h"
#include "base/limits.h"
#include "pack/opc.h"
#include "pack/xlsx_scan.h"
#include "pack/xml.h"

#include <string.h>

/* What the small parts are read into. */
struct reading {
	struct arena *a;
	struct xlsx_book *book;
	unsigned depth;
	/* relationships */
	const char *want_type; /* end of the type looked for, e.g. "/officeDocument" */
	struct str target;
	struct str base; /* folder of the part, to which targets are relative */
	/* styles */
	bool in_cell_xfs;
	VEC(uint32_t) date_format; /* ids of own number formats that are dates */
	/* shared strings */
	struct buf text;
	bool in_t;
	unsigned phonetic;
};

static enum ec book_full(const struct reading *r, size_t n, struct err *e)
{
	if (arena_left(r->a) / 4 < n + 4096)
		return err_set(e, EC_LIMIT, "книга Excel слишком велика для отведённой памяти");
	return EC_OK;
}

static enum ec rels_start(
        void *user, enum xml_ns ns, struct str name, xml_attrs attrs, struct err *e)
{
	(void)ns;
	struct reading *r = user;
	if (!str_eq(name, STR("Relationship")))
		return EC_OK;
	struct str id = xml_attr(attrs, "Id"), type = xml_attr(attrs, "Type"),
	           target = xml_attr(attrs, "Target");
	TRY(book_full(r, target.n + r->base.n, e));
	if (r->want_type != NULL && str_ends(type, str_c(r->want_type)) && r->target.n == 0)
		r->target = opc_resolve(r->a, r->base, target);
	for (size_t i = 0; i < r->book->sheet.n; i++)
		if (str_eq(r->book->sheet.v[i].rel, id) && str_ends(type, STR("/worksheet")))
			r->book->sheet.v[i].part = opc_resolve(r->a, r->base, target);
	return EC_OK;
}

static enum ec workbook_start(
        void *user, enum xml_ns ns, struct str name, xml_attrs attrs, struct err *e)
{
	struct reading *r = user;
	if (ns != XML_NS_SHEET && ns != XML_NS_NONE)
		return EC_OK;
	if (str_eq(name, STR("workbookPr")))
		r->book->epoch_1904 = xml_attr_bool(attrs, "date1904", false);
	if (!str_eq(name, STR("sheet")))
		return EC_OK;
	if (r->book->sheet.n == LIMIT_SHEETS)
		return err_set(e, EC_LIMIT, "в книге больше %d листов", LIMIT_SHEETS);
	TRY(book_full(r, LIMIT_XML_ATTR, e));
	struct xlsx_sheet *s = vec_push(r->a, &r->book->sheet);
	s->name = str_dup(r->a, xml_attr(attrs, "name"));
	s->rel = str_dup(r->a, xml_attr(attrs, "id"));
	struct str state = xml_attr(attrs, "state");
	s->hidden = state.n > 0 && !str_eq(state, STR("visible"));
	return EC_OK;
}

bool xlsx_format_is_date(struct str code)
{
	if (str_ieq_ascii(code, STR("General")))
		return false;
	for (size_t i = 0; i < code.n; i++) {
		char c = code.p[i];
		if (c == '"' || c == '[') { /* quoted text, or [Red] and [$-419] */
			bool elapsed = c == '[' && i + 1 < code.n &&
			               strchr("hHmMsS", code.p[i + 1]) != NULL;
			if (elapsed)
				return true;
			i = str_find_byte(code, c == '"' ? '"' : ']', i + 1);
			if (i == SIZE_MAX)
				return false;
		} else if (c == '\\' || c == '_' || c == '*') {
			i++;
		} else if (c != '\0' && strchr("dDmMyYhHsS", c) != NULL) {
			return true;
		}
	}
	return false;
}

/* ECMA-376 part 1, 18.8.30: the numbers that mean dates without being written out. */
static bool built_in_date(uint64_t id)
{
	return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
	       (id >= 50 && id <= 58);
}

static uint64_t uint_attr(xml_attrs attrs, const char *name)
{
	struct cur c = CUR(xml_attr(attrs, name));
	uint64_t v = 0;
	return cur_uint(&c, 9, 999999999, &v) && cur_end(&c) ? v : 0;
}

static enum ec styles_start(
        void *user, enum xml_ns ns, struct str name, xml_attrs attrs, struct err *e)
{
	(void)ns;
	struct reading *r = user;
	TRY(book_full(r, (r->date_format.n + r->book->date_style.n) * 8, e));
	if (str_eq(name, STR("cellXfs")))
		r->in_cell_xfs = true;
	if (str_eq(name, STR("numFmt")) && xlsx_format_is_date(xml_attr(attrs, "formatCode")))
		*vec_push(r->a, &r->date_format) = (uint32_t)uint_attr(attrs, "numFmtId");
	if (str_eq(name, STR("xf")) && r->in_cell_xfs) {
		uint64_t id = uint_attr(attrs, "numFmtId");
		bool date = built_in_date(id);
		for (size_t i = 0; i < r->date_format.n; i++)
			date |= r->date_format.v[i] == id;
		*vec_push(r->a, &r->book->date_style) = date;
	}
	return EC_OK;
}

static enum ec styles_end(void *user, enum xml_ns ns, struct str name, struct err *e)
{
	(void)ns, (void)e;
	struct reading *r = user;
	if (str_eq(name, STR("cellXfs")))
		r->in_cell_xfs = false;
	return EC_OK;
}

static bool hex_unit(struct str s, uint32_t *ret)
{
	uint32_t v = 0;
	for (size_t i = 0; i < 4; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c >= '0' && c <= '9')
			v = v * 16 + (c - '0');
		else if ((c | 32) >= 'a' && (c | 32) <= 'f')
			v = v * 16 + (c | 32u) - 'a' + 10;
		else
			return false;
	}
	*ret = v;
	return true;
}

struct str xlsx_unescape(struct arena *a, struct str s)
{
	size_t at = str_find(s, STR("_x"), 0);
	if (at == SIZE_MAX)
		return s;
	struct buf b;
	buf_init(&b, a, s.n);
	size_t from = 0;
	while (at != SIZE_MAX) {
		uint32_t cp = 0;
		bool is = at + 7 <= s.n && s.p[at + 6] == '_' &&
		          hex_unit(str_skip(s, at + 2), &cp) && cp != 0 &&
		          (cp < 0xD800 || cp > 0xDFFF);
		if (is) {
			buf_add(&b, str_sub(s, from, at));
			buf_cp(&b, cp);
			from = at + 7;
		}
		at = str_find(s, STR("_x"), is ? from : at + 1);
	}
	if (from == 0)
		return s;
	buf_add(&b, str_skip(s, from));
	return buf_str(&b);
}

static enum ec strings_start(
        void *user, enum xml_ns ns, struct str name, xml_attrs attrs, struct err *e)
{
	(void)ns, (void)attrs;
	struct reading *r = user;
	if (str_eq(name, STR("si"))) {
		buf_reset(&r->text);
		if (r->book->shared.n == LIMIT_SHARED_STRINGS)
			return err_set(e, EC_LIMIT, "в книге слишком много строк");
	}
	if (str_eq(name, STR("rPh")))
		r->phonetic++;
	r->in_t = str_eq(name, STR("t")) && r->phonetic == 0;
	return EC_OK;
}

static enum ec strings_text(void *user, struct str piece, struct err *e)
{
	struct reading *r = user;
	if (!r->in_t)
		return EC_OK;
	TRY(book_full(r, r->text.n + piece.n, e));
	buf_add(&r->text, piece);
	return EC_OK;
}

static enum ec strings_end(void *user, enum xml_ns ns, struct str name, struct err *e)
{
	(void)ns;
	struct reading *r = user;
	r->in_t = false;
	if (str_eq(name, STR("rPh")))
		r->phonetic--;
	if (!str_eq(name, STR("si")))
		return EC_OK;
	TRY(book_full(r, r->text.n + r->book->shared.n * sizeof(struct str), e));
	struct str text = str_dup(r->a, buf_str(&r->text));
	*vec_push(r->a, &r->book->shared) = xlsx_unescape(r->a, text);
	return EC_OK;
}

/* Reads a part when it is there; the archive's bytes of it are not kept. */
static enum ec part_read(struct reading *r, struct str part, const struct xml_sink *sink,
        bool *ret_there, struct err *e)
{
	const struct zipfile_entry *entry = zipfile_find(r->book->zip, part);
	*ret_there = entry != NULL;
	if (entry == NULL)
		return EC_OK;
	AUTO_ARENA(scratch, LIMIT_ZIP_UNPACKED + MIB);
	struct str xml;
	TRY(zipfile_read(r->book->zip, entry, &scratch, &xml, e));
	return xml_read(xml, str_z(&scratch, utf8_head(part, 80)), sink, e);
}

static enum ec strings_read(struct reading *r, struct str part, bool scan, struct err *e)
{
	struct zipfile *zip = r->book->zip;
	const struct zipfile_entry *entry = zipfile_find(zip, part);
	if (entry == NULL)
		return EC_OK;
	struct str xml;
	/* kept in the book's arena: most strings stay views into it */
	TRY(zipfile_read(zip, entry, r->a, &xml, e));
	if (scan && xlsx_scan_strings(r->a, xml, r->book))
		return EC_OK;
	r->book->shared.n = 0;
	AUTO_ARENA(scratch, LIMIT_ZIP_UNPACKED);
	buf_init(&r->text, &scratch, LIMIT_ZIP_UNPACKED / 4);
	const struct xml_sink sink = {r, strings_start, strings_end, strings_text};
	TRY(xml_read(xml, str_z(&scratch, utf8_head(part, 80)), &sink, e));
	return buf_check(&r->text, "общие строки", e);
}

static enum ec not_a_book(const struct zipfile *zip, struct err *e)
{
	if (zipfile_find(zip, STR("word/document.xml")) != NULL)
		return err_set(e, EC_INPUT, "это документ Word, а нужна таблица Excel (.xlsx)");
	if (zipfile_find(zip, STR("xl/workbook.bin")) != NULL)
		return err_set(e, EC_INPUT,
		        "двоичный формат Excel (.xlsb) не читается: сохраните файл как .xlsx");
	if (zipfile_find(zip, STR("content.xml")) != NULL)
		return err_set(e, EC_INPUT,
		        "файл OpenDocument (.ods) не читается: сохраните его как .xlsx");
	return err_set(e, EC_INPUT, "в архиве нет книги Excel (xl/workbook.xml)");
}

enum ec xlsx_book_open(struct arena *a, struct zipfile *zip, bool scan_strings,
        struct xlsx_book *ret, struct err *e)
{
	struct xlsx_book book = {.zip = zip};
	struct reading r = {.a = a, .book = &book, .want_type = "/officeDocument"};
	const struct xml_sink rels = {.user = &r, .start = rels_start};
	bool there;
	TRY(part_read(&r, STR("_rels/.rels"), &rels, &there, e));
	struct str main = r.target.n > 0 ? r.target : STR("xl/workbook.xml");
	size_t slash = main.n;
	while (slash > 0 && main.p[slash - 1] != '/')
		slash--;
	const struct xml_sink workbook = {.user = &r, .start = workbook_start};
	if (str_ends(main, STR(".bin")) || str_has(main, STR("document.xml")))
		return not_a_book(zip, e);
	TRY(part_read(&r, main, &workbook, &there, e));
	if (!there)
		return not_a_book(zip, e);
	r.base = str_sub(main, 0, slash);
	struct str rels_name = str_printf(a, STR_FMT "_rels/" STR_FMT ".rels", STR_ARG(r.base),
	        STR_ARG(str_skip(main, slash)));
	r.want_type = "/sharedStrings";
	r.target = STR_NONE;
	TRY(part_read(&r, rels_name, &rels, &there, e));
	struct str strings = r.target;
	r.want_type = "/styles";
	r.target = STR_NONE;
	TRY(part_read(&r, rels_name, &rels, &there, e));
	const struct xml_sink styles = {.user = &r, .start = styles_start, .end = styles_end};
	if (r.target.n > 0)
		TRY(part_read(&r, r.target, &styles, &there, e));
	if (strings.n > 0)
		TRY(strings_read(&r, strings, scan_strings, e));
	*ret = book;
	return EC_OK;
}

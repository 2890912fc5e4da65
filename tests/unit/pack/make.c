#include "make.h"

#include "base/buf.h"
#include "base/limits.h"

#include <libdeflate.h>

static void le(struct buf *b, uint64_t v, int bytes)
{
	for (int i = 0; i < bytes; i++, v >>= 8)
		buf_byte(b, (char)(v & 0xFF));
}

static struct str packed(struct arena *a, const struct make_part *part)
{
	if (part->stored)
		return part->bytes;
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(6);
	size_t room = libdeflate_deflate_compress_bound(c, part->bytes.n);
	char *to = arena_alloc(a, room);
	size_t n = libdeflate_deflate_compress(c, part->bytes.p, part->bytes.n, to, room);
	libdeflate_free_compressor(c);
	return (struct str){to, n};
}

/* Fields shared by the local and the central header, from "version needed" to "extra length". */
static void common(struct buf *b, const struct make_part *part, size_t n_packed)
{
	struct str name = str_c(part->name);
	le(b, 20, 2);
	le(b, 0, 2);
	le(b, part->stored ? 0 : 8, 2);
	le(b, 0x00210000, 4);
	le(b, libdeflate_crc32(0, part->bytes.p, part->bytes.n), 4);
	le(b, n_packed, 4);
	le(b, part->bytes.n, 4);
	le(b, name.n, 2);
	le(b, 0, 2);
}

struct str make_zip(struct arena *a, const struct make_part *part, size_t n)
{
	struct buf body, dir;
	buf_init(&body, a, 64 * MIB);
	buf_init(&dir, a, MIB);
	for (size_t i = 0; i < n; i++) {
		struct str data = packed(a, &part[i]);
		buf_add(&dir, STR("PK\1\2\24\0"));
		common(&dir, &part[i], data.n);
		le(&dir, 0, 2 + 2 + 2 + 4);
		le(&dir, body.n, 4);
		buf_add_z(&dir, part[i].name);
		buf_add(&body, STR("PK\3\4"));
		common(&body, &part[i], data.n);
		buf_add_z(&body, part[i].name);
		buf_add(&body, data);
	}
	size_t at = body.n;
	buf_add(&body, buf_str(&dir));
	buf_add(&body, STR("PK\5\6\0\0\0\0"));
	le(&body, n, 2);
	le(&body, n, 2);
	le(&body, dir.n, 4);
	le(&body, at, 4);
	le(&body, 0, 2);
	return buf_str(&body);
}

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define SHEET  "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RELS                                                                                       \
	"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"

struct str make_xlsx(struct arena *a, const char *sheet_xml, const char *strings_xml)
{
	const struct make_part part[] = {
	        {"_rels/.rels",
	                STR(RELS "<Relationship Id=\"r1\" Type=\"" OFFICE
	                         "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
	                false},
	        {"xl/_rels/workbook.xml.rels",
	                STR(RELS "<Relationship Id=\"r1\" Type=\"" OFFICE
	                         "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship "
	                         "Id=\"r2\" "
	                         "Type=\"" OFFICE
	                         "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/><Relationship "
	                         "Id=\"r3\" Type=\"" OFFICE
	                         "/styles\" Target=\"styles.xml\"/></Relationships>"),
	                true},
	        {"xl/workbook.xml",
	                STR("<workbook xmlns=\"" SHEET "\" xmlns:r=\"" OFFICE
	                    "\"><sheets><sheet name=\"Лист\" sheetId=\"1\" "
	                    "r:id=\"r1\"/></sheets></workbook>"),
	                false},
	        {"xl/styles.xml",
	                STR("<styleSheet xmlns=\"" SHEET "\"><numFmts><numFmt numFmtId=\"164\" "
	                    "formatCode=\"[$-419]dd\\.mm\\.yyyy\"/></numFmts><cellXfs><xf "
	                    "numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf "
	                    "numFmtId=\"164\"/></cellXfs></styleSheet>"),
	                false},
	        {"xl/worksheets/sheet1.xml", str_c(sheet_xml), false},
	        {"xl/sharedStrings.xml", str_c(strings_xml), false},
	};
	return make_zip(a, part, strings_xml == NULL ? 5 : 6);
}

#define WORD "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

struct str make_docx(struct arena *a, const char *body, const char *styles, const char *numbering)
{
	char *document = arena_printf(a,
	        "<w:document " WORD
	        " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" "
	        "xmlns:v=\"urn:schemas-microsoft-com:vml\"><w:body>%s</w:body></w:document>",
	        body);
	char *style_part =
	        arena_printf(a, "<w:styles " WORD ">%s</w:styles>", styles ? styles : "");
	char *number_part = arena_printf(
	        a, "<w:numbering " WORD ">%s</w:numbering>", numbering ? numbering : "");
	const struct make_part part[] = {
	        {"_rels/.rels",
	                STR(RELS "<Relationship Id=\"r1\" Type=\"" OFFICE "/officeDocument\" "
	                         "Target=\"/word/document.xml\"/></Relationships>"),
	                false},
	        {"word/_rels/document.xml.rels",
	                STR(RELS "<Relationship Id=\"r1\" Type=\"" OFFICE
	                         "/styles\" Target=\"styles.xml\"/><Relationship Id=\"r2\" "
	                         "Type=\"" OFFICE
	                         "/numbering\" Target=\"../word/numbering.xml\"/></Relationships>"),
	                false},
	        {"word/document.xml", str_c(document), false},
	        {"word/styles.xml", str_c(style_part), false},
	        {"word/numbering.xml", str_c(number_part), false},
	};
	return make_zip(a, part, ARRAY_LEN(part));
}

const char *make_sheet(struct arena *a, const char *rows)
{
	return arena_printf(a,
	        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<worksheet xmlns=\"" SHEET
	        "\"><sheetData>%s</sheetData><mergeCells><mergeCell "
	        "ref=\"A1:B2\"/></mergeCells></worksheet>",
	        rows);
}

static enum ec on_sheet(void *user, const struct sheet_info *info, bool *skip, struct err *e)
{
	(void)info, (void)e;
	struct made_text *m = user;
	m->sheets++;
	*skip = false;
	return EC_OK;
}

static enum ec on_row(void *user, const struct sheet_row *row, struct err *e)
{
	static const char kinds[] = {[CELL_EMPTY] = '-',
	        [CELL_TEXT] = 't',
	        [CELL_NUMBER] = 'n',
	        [CELL_BOOL] = 'b',
	        [CELL_ERROR] = 'e'};
	struct made_text *m = user;
	if (++m->rows == m->stop_at)
		return err_set(e, EC_CONFLICT, "строка %u не нужна", row->row);
	struct str line = str_printf(m->a, "%u%s:", row->row, row->hidden ? "h" : "");
	for (size_t i = 0; i < row->n; i++) {
		const struct sheet_cell *c = &row->cell[i];
		line = str_printf(m->a, STR_FMT " %s=%c%s:" STR_FMT, STR_ARG(line),
		        sheet_col_name(c->col).z, kinds[c->kind], c->date ? "d" : "",
		        STR_ARG(c->text));
	}
	m->text = str_printf(m->a, STR_FMT STR_FMT "\n", STR_ARG(m->text), STR_ARG(line));
	return EC_OK;
}

static enum ec on_end(void *user, const struct sheet_end *end, struct err *e)
{
	(void)e;
	struct made_text *m = user;
	for (size_t i = 0; i < end->n_merged; i++)
		m->merged = str_printf(m->a, STR_FMT "%s%u:%s%u ", STR_ARG(m->merged),
		        sheet_col_name(end->merged[i].col0).z, end->merged[i].row0,
		        sheet_col_name(end->merged[i].col1).z, end->merged[i].row1);
	return EC_OK;
}

struct sheet_sink made_sink(struct made_text *m)
{
	return (struct sheet_sink){m, on_sheet, on_row, on_end};
}

static void mix(struct made_sum *m, uint64_t v)
{
	m->sum = (m->sum ^ v) * 1099511628211u;
}

static enum ec sum_row(void *user, const struct sheet_row *row, struct err *e)
{
	(void)e;
	struct made_sum *m = user;
	m->rows++;
	m->cells += row->n;
	mix(m, row->row * 2 + row->hidden);
	for (size_t i = 0; i < row->n; i++) {
		mix(m, (uint64_t)row->cell[i].col << 8 | (uint64_t)row->cell[i].kind << 1 |
		                row->cell[i].date);
		mix(m, str_hash(row->cell[i].text));
	}
	return EC_OK;
}

static enum ec sum_end(void *user, const struct sheet_end *end, struct err *e)
{
	(void)e;
	for (size_t i = 0; i < end->n_merged; i++)
		mix(user, (uint64_t)end->merged[i].row0 << 32 | end->merged[i].col1);
	return EC_OK;
}

struct sheet_sink made_sum_sink(struct made_sum *m)
{
	return (struct sheet_sink){m, NULL, sum_row, sum_end};
}

#include "pack/docx_write.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/limits.h"
#include "pack/zip_write.h"

#define W_NS   "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define XML    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define WORD   "application/vnd.openxmlformats-officedocument.wordprocessingml."

#define WHOLE(text) ((struct str){(text), sizeof(text) - 1})

#define TEXT_TWIPS  9355 /* 165 mm between the margins */
#define COLUMNS_MAX 12

static const char types[] =
        XML "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
            "<Default Extension=\"rels\" "
            "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
            "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
            "<Override PartName=\"/word/document.xml\" ContentType=\"" WORD "document.main+xml\"/>"
            "<Override PartName=\"/word/styles.xml\" ContentType=\"" WORD "styles+xml\"/>"
            "<Override PartName=\"/word/header1.xml\" ContentType=\"" WORD "header+xml\"/>"
            "<Override PartName=\"/docProps/core.xml\" "
            "ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>";

static const char package_rels[] = XML
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        "<Relationship Id=\"rId1\" Type=\"" OFFICE
        "/officeDocument\" Target=\"word/document.xml\"/>"
        "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/"
        "relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/></Relationships>";

static const char document_rels[] =
        XML "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            "<Relationship Id=\"rId1\" Type=\"" OFFICE "/styles\" Target=\"styles.xml\"/>"
            "<Relationship Id=\"rId2\" Type=\"" OFFICE "/header\" Target=\"header1.xml\"/>"
            "</Relationships>";

static const char styles[] =
        XML "<w:styles " W_NS "><w:docDefaults><w:rPrDefault><w:rPr>"
            "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" "
            "w:cs=\"Times New Roman\" w:eastAsia=\"Times New Roman\"/>"
            "<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/><w:lang w:val=\"ru-RU\"/>"
            "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
            "<w:spacing w:after=\"0\" w:line=\"276\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault>"
            "</w:docDefaults><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">"
            "<w:name w:val=\"Normal\"/></w:style></w:styles>";

static const char header[] =
        XML "<w:hdr " W_NS "><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr>"
            "<w:sz w:val=\"24\"/></w:rPr><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r>"
            "<w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r><w:r>"
            "<w:fldChar w:fldCharType=\"end\"/></w:r></w:p></w:hdr>";

static const char section[] =
        "<w:sectPr><w:headerReference w:type=\"default\" "
        "r:id=\"rId2\" xmlns:r=\"" OFFICE "\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>"
        "<w:pgMar w:top=\"1134\" w:right=\"850\" w:bottom=\"1134\" w:left=\"1701\" "
        "w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/><w:titlePg/></w:sectPr>";

/* XML 1.0 takes no control characters but tab and line ends; a tab is a mark of its own in Word. */
static void add_text(struct buf *b, struct str s)
{
	buf_add_z(b, "<w:t xml:space=\"preserve\">");
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '&')
			buf_add_z(b, "&amp;");
		else if (c == '<')
			buf_add_z(b, "&lt;");
		else if (c == '>')
			buf_add_z(b, "&gt;");
		else if (c == '\t')
			buf_add_z(b, "</w:t><w:tab/><w:t xml:space=\"preserve\">");
		else if (c == '\n')
			buf_add_z(b, "</w:t><w:br/><w:t xml:space=\"preserve\">");
		else if (c >= 0x20)
			buf_byte(b, (char)c);
	}
	buf_add_z(b, "</w:t>");
}

static void add_run(struct buf *b, struct str s, bool bold, int half_points)
{
	buf_add_z(b, "<w:r><w:rPr>");
	if (bold)
		buf_add_z(b, "<w:b/>");
	if (half_points > 0)
		buf_printf(
		        b, "<w:sz w:val=\"%d\"/><w:szCs w:val=\"%d\"/>", half_points, half_points);
	buf_add_z(b, "</w:rPr>");
	add_text(b, s);
	buf_add_z(b, "</w:r>");
}

static void add_paragraph(struct buf *b, const struct docx_block *x)
{
	static const char *const look[] = {
	        [DOCX_BODY] = "<w:ind w:firstLine=\"709\"/><w:jc w:val=\"both\"/>",
	        [DOCX_TITLE] = "<w:keepNext/><w:spacing w:before=\"120\" w:after=\"120\"/>"
	                       "<w:jc w:val=\"center\"/>",
	        [DOCX_CENTRE] = "<w:jc w:val=\"center\"/>",
	        [DOCX_LEFT] = "<w:jc w:val=\"left\"/>",
	        [DOCX_RIGHT] = "<w:ind w:left=\"4678\"/><w:jc w:val=\"left\"/>",
	        [DOCX_SIGN] = "<w:tabs><w:tab w:val=\"right\" w:pos=\"9354\"/></w:tabs>"
	                      "<w:spacing w:before=\"240\"/>",
	};
	if (x->style == DOCX_BREAK) {
		buf_add_z(b, "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>");
		return;
	}
	if (x->style ==
	        DOCX_SIGN) /* an empty line keeps it off the last clause, for people and readers */
		buf_add_z(b, "<w:p/>");
	buf_printf(b, "<w:p><w:pPr>%s</w:pPr>", look[x->style]);
	add_run(b, x->text, x->style == DOCX_TITLE, 0);
	if (x->style == DOCX_SIGN) {
		buf_add_z(b, "<w:r><w:tab/></w:r>");
		add_run(b, x->text2, false, 0);
	}
	buf_add_z(b, "</w:p>");
}

/* Columns take room by their longest cell, within bounds, so that «№» stays narrow. */
static void column_widths(const struct docx_block *v, size_t n, size_t columns, int *ret)
{
	size_t sum = 0;
	size_t want[COLUMNS_MAX];
	for (size_t k = 0; k < columns; k++) {
		want[k] = 6;
		for (size_t i = 0; i < n; i++) {
			size_t len = k < v[i].n_cells ? v[i].cell[k].n : 0;
			if (v[i].n_cells > 1 && len > want[k])
				want[k] = len > 90 ? 90 : len;
		}
		sum += want[k];
	}
	for (size_t k = 0; k < columns; k++)
		ret[k] = (int)((size_t)TEXT_TWIPS * want[k] / sum);
}

static void add_cell(struct buf *b, struct str s, int twips, size_t span, bool head)
{
	buf_printf(b, "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/>", twips);
	if (span > 1)
		buf_printf(b, "<w:gridSpan w:val=\"%zu\"/>", span);
	buf_printf(b,
	        "</w:tcPr><w:p><w:pPr><w:spacing w:line=\"240\" w:lineRule=\"auto\"/>"
	        "<w:jc w:val=\"%s\"/></w:pPr>",
	        head || span > 1 ? "center" : "left");
	add_run(b, s, head || span > 1, 24);
	buf_add_z(b, "</w:p></w:tc>");
}

/* Rows v[0…n); a row of one cell heads a section and spans the table. */
static void add_table(struct buf *b, const struct docx_block *v, size_t n)
{
	int twips[COLUMNS_MAX];
	size_t columns = 1;
	for (size_t i = 0; i < n; i++)
		if (v[i].n_cells > columns)
			columns = v[i].n_cells < COLUMNS_MAX ? v[i].n_cells : COLUMNS_MAX;
	column_widths(v, n, columns, twips);
	buf_printf(
	        b, "<w:tbl><w:tblPr><w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblBorders>", TEXT_TWIPS);
	static const char *const edge[] = {"top", "left", "bottom", "right", "insideH", "insideV"};
	for (size_t i = 0; i < ARRAY_LEN(edge); i++)
		buf_printf(b, "<w:%s w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>",
		        edge[i]);
	buf_add_z(b, "</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
	for (size_t k = 0; k < columns; k++)
		buf_printf(b, "<w:gridCol w:w=\"%d\"/>", twips[k]);
	buf_add_z(b, "</w:tblGrid>");
	for (size_t i = 0; i < n; i++) {
		buf_printf(b, "<w:tr><w:trPr><w:cantSplit/>%s</w:trPr>",
		        v[i].head ? "<w:tblHeader/>" : "");
		if (v[i].n_cells == 1 && columns > 1)
			add_cell(b, v[i].cell[0], TEXT_TWIPS, columns, v[i].head);
		for (size_t k = 0; (v[i].n_cells > 1 || columns == 1) && k < columns; k++)
			add_cell(b, k < v[i].n_cells ? v[i].cell[k] : STR(""), twips[k], 1,
			        v[i].head);
		buf_add_z(b, "</w:tr>");
	}
	/* Word wants a paragraph behind a table */
	buf_add_z(b, "</w:tbl><w:p/>");
}

enum ec docx_write(struct arena *a, const struct docx_doc *d, struct str *ret, struct err *e)
{
	struct buf body;
	struct buf core;
	buf_init(&body, a, 16 * LIMIT_DOC_TEXT);
	buf_init(&core, a, 64 * KIB);
	buf_add_z(&body, XML "<w:document " W_NS "><w:body>");
	for (size_t i = 0; i < d->n; i++) {
		size_t rows = 0;
		while (i + rows < d->n && d->block[i + rows].style == DOCX_ROW)
			rows++;
		if (rows == 0) {
			add_paragraph(&body, &d->block[i]);
			continue;
		}
		add_table(&body, &d->block[i], rows);
		i += rows - 1;
	}
	buf_printf(&body, "%s</w:body></w:document>", section);
	buf_add_z(&core,
	        XML "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/"
	            "2006/metadata/core-properties\" "
	            "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>");
	struct str title = utf8_head(d->title, 400);
	for (size_t i = 0; i < title.n; i++)
		if (title.p[i] != '<' && title.p[i] != '&' && (unsigned char)title.p[i] >= 0x20)
			buf_byte(&core, title.p[i]);
	buf_add_z(&core, "</dc:title><dc:creator>soko</dc:creator></cp:coreProperties>");
	TRY(buf_check(&body, "документ DOCX", e));
	TRY(buf_check(&core, "свойства DOCX", e));
	struct zip_member part[] = {
	        {STR("[Content_Types].xml"), WHOLE(types)},
	        {STR("_rels/.rels"), WHOLE(package_rels)},
	        {STR("docProps/core.xml"), buf_str(&core)},
	        {STR("word/document.xml"), buf_str(&body)},
	        {STR("word/_rels/document.xml.rels"), WHOLE(document_rels)},
	        {STR("word/styles.xml"), WHOLE(styles)},
	        {STR("word/header1.xml"), WHOLE(header)},
	};
	return zip_write(a, part, ARRAY_LEN(part), ret, e);
}

#include "base/buf.h"
#include "base/limits.h"
#include "make.h"

/* Code of Windows-1251; what it lacks becomes '?'. */
static unsigned code_of(uint32_t cp)
{
	static const struct {
		uint32_t cp;
		unsigned code;
	} more[] = {{0x451, 0xB8}, {0x2116, 0xB9}, {0xAB, 0xAB}, {0xBB, 0xBB}, {0x2013, 0x96}};
	if (cp < 0x7F)
		return cp;
	if (cp >= 0x410 && cp <= 0x44F)
		return cp - 0x410 + 0xC0;
	for (size_t i = 0; i < ARRAY_LEN(more); i++)
		if (more[i].cp == cp)
			return more[i].code;
	return '?';
}

static struct str page_content(struct arena *a, const struct make_pdf_text *t, size_t n,
        const struct make_pdf_rules *rules, int page)
{
	struct buf b;
	buf_init(&b, a, MIB);
	for (size_t k = 0; k < rules->n; k++) {
		const struct make_pdf_rule *r = &rules->v[k];
		if (r->page == page)
			buf_printf(&b, "0.5 w %d %d m %d %d l S\n", r->x0, 842 - r->y0, r->x1,
			        842 - r->y1);
	}
	for (size_t k = 0; k < n; k++) {
		if (t[k].page != page)
			continue;
		buf_printf(&b, "BT /F1 10 Tf %d %d Td <", t[k].x, 842 - t[k].y);
		for (size_t i = 0; i < t[k].text.n;)
			buf_printf(&b, "%02X", code_of(utf8_next(t[k].text, &i)));
		buf_add_z(&b, "> Tj ET\n");
	}
	return buf_str(&b);
}

static void stream(struct buf *b, int number, struct str s)
{
	buf_printf(b, "%d 0 obj<</Length %zu>>stream\n", number, s.n);
	buf_add(b, s);
	buf_add_z(b, "\nendstream endobj\n");
}

#define UNICODE                                                                                    \
	"/CIDInit/ProcSet findresource begin 12 dict begin begincmap /CMapName/X def\n"            \
	"1 begincodespacerange <00> <FF> endcodespacerange\n"                                      \
	"2 beginbfrange <20> <7E> <0020> <C0> <FF> <0410> endbfrange\n"                            \
	"5 beginbfchar <B8> <0451> <B9> <2116> <AB> <00AB> <BB> <00BB> <96> <2013> endbfchar\n"    \
	"endcmap end end\n"

struct str make_pdf(struct arena *a, const struct make_pdf_text *t, size_t n)
{
	return make_pdf_ruled(a, t, n, &(struct make_pdf_rules){.n = 0});
}

struct str make_pdf_ruled(struct arena *a, const struct make_pdf_text *t, size_t n,
        const struct make_pdf_rules *rules)
{
	enum { FIRST = 5 };
	struct buf b;
	int pages = 1;
	for (size_t i = 0; i < n; i++)
		pages = t[i].page >= pages ? t[i].page + 1 : pages;
	buf_init(&b, a, 8 * MIB);
	buf_add_z(&b, "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages"
	              "/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Kids[");
	for (int i = 0; i < pages; i++)
		buf_printf(&b, "%d 0 R ", FIRST + 2 * i);
	buf_printf(&b,
	        "]/Count %d>>endobj\n3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Courier"
	        "/FirstChar 0/LastChar 255/ToUnicode 4 0 R/Widths[",
	        pages);
	for (int i = 0; i < 256; i++)
		buf_add_z(&b, "600 ");
	buf_add_z(&b, "]>>endobj\n");
	stream(&b, 4, STR(UNICODE));
	for (int i = 0; i < pages; i++) {
		buf_printf(&b, "%d 0 obj<</Type/Page/Parent 2 0 R/Contents %d 0 R>>endobj\n",
		        FIRST + 2 * i, FIRST + 2 * i + 1);
		stream(&b, FIRST + 2 * i + 1, page_content(a, t, n, rules, i));
	}
	/* without a table of places: readers of PDF find the objects themselves */
	buf_printf(&b, "trailer<</Root 1 0 R/Size %d>>\n%%%%EOF\n", FIRST + 2 * pages);
	return buf_str(&b);
}

#include "pack/pdf_read.h"

#include "base/limits.h"
#include "pack/leptonica_library.h"
#include "pack/page_image.h"
#include "pack/pdf_layout.h"
#include "pack/poppler_library.h"

/* Letters a page must have on average to count as text: stamps of scanners have fewer. */
/* Lines are looked for on so many pages: longer files are books, not orders. */
enum { PAGES_MAX = 2000, RULED_PAGES = 300, LETTERS_LEAST = 16 };

struct reading {
	struct arena *a;
	const struct poppler *p;
	size_t left; /* glyphs that may still come */
};

static enum ec page_glyphs(
        struct reading *r, PopplerPage *page, struct pdf_page *ret, struct err *e)
{
	PopplerRectangle *box = NULL;
	guint n = 0;
	char *text = r->p->text(page);
	struct str s = str_c(text);
	enum ec code = EC_OK;
	if (s.n > 0 && r->p->layout(page, &box, &n)) {
		if (n > r->left || arena_left(r->a) / 8 < n * sizeof(struct pdf_glyph)) {
			code = err_set(e, EC_LIMIT, "в PDF слишком много текста");
		} else {
			r->left -= n;
			ret->glyph = arena_new(r->a, struct pdf_glyph, n + 1);
			for (size_t i = 0; i < s.n && ret->n < n; ret->n++) {
				const PopplerRectangle *b = &box[ret->n];
				ret->glyph[ret->n] = (struct pdf_glyph){
				        .cp = utf8_next(s, &i),
				        .x0 = (float)b->x1,
				        .y0 = (float)b->y1,
				        .x1 = (float)b->x2,
				        .y1 = (float)b->y2,
				};
			}
		}
	}
	r->p->free(box);
	r->p->free(text);
	return code;
}

/* The page sets its tables in box drawing characters: those are no lines of a printer. */
static bool typed_boxes(const struct pdf_page *p)
{
	size_t n = 0;
	for (size_t i = 0; i < p->n; i++)
		n += p->glyph[i].cp >= 0x2500 && p->glyph[i].cp < 0x2580;
	return n >= 8;
}

static size_t letters(const struct pdf_page *page, size_t n)
{
	size_t sum = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < page[i].n; k++)
			sum += page[i].glyph[k].cp > ' ';
	return sum;
}

static enum ec pages_glyphs(struct reading *r, PopplerDocument *doc, struct pdf_page **ret,
        size_t *ret_n, struct err *e)
{
	int pages = r->p->n_pages(doc);
	if (pages > PAGES_MAX)
		return err_set(e, EC_LIMIT, "в PDF больше %d страниц", PAGES_MAX);
	*ret_n = (size_t)pages;
	*ret = arena_new(r->a, struct pdf_page, *ret_n);
	for (int i = 0; i < pages; i++) {
		PopplerPage *one = r->p->page(doc, i);
		if (one == NULL)
			continue;
		enum ec code = page_glyphs(r, one, &(*ret)[i], e);
		struct page_rules rules;
		if (code == EC_OK && i < RULED_PAGES && (*ret)[i].n > 0 &&
		        !typed_boxes(&(*ret)[i])) {
			page_image_rules(r->a, one, &rules);
			(*ret)[i].rule = rules.v;
			(*ret)[i].n_rules = rules.n;
		}
		r->p->object_free(one);
		TRY(code);
	}
	return EC_OK;
}

enum ec pdf_read(struct arena *a, struct str bytes, struct pdf_text *ret, struct err *e)
{
	struct poppler p;
	if (!poppler_load(&p))
		return err_set(e, EC_IO,
		        "PDF не читается: на этом компьютере нет библиотеки " POPPLER_LIBRARY);
	GBytes *data;
	PopplerDocument *doc;
	TRY(poppler_open(&p, bytes, &data, &doc, e));
	struct reading r = {a, &p, LIMIT_DOC_TEXT / 2};
	struct pdf_page *page = NULL;
	size_t pages = 0;
	enum ec code = pages_glyphs(&r, doc, &page, &pages, e);
	p.object_free(doc);
	p.bytes_free(data);
	TRY(code);
	ret->text = STR("");
	ret->scan = letters(page, pages) < LETTERS_LEAST;
	if (ret->scan)
		return EC_OK;
	struct buf out;
	buf_init(&out, a, LIMIT_DOC_TEXT);
	pdf_layout(a, page, pages, &out);
	TRY(buf_check(&out, "текст PDF", e));
	ret->text = buf_str(&out);
	return EC_OK;
}

void *pdf_prepare(void)
{
	/* one empty page: poppler reads its tables when the first document is opened and keeps them
	 * as long as one is open */
	static const char empty[] =
	        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count "
	        "1/"
	        "Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
	        "trailer<</Root 1 0 R/Size 4>>\n%%EOF\n";
	struct poppler p;
	struct leptonica l;
	(void)leptonica_load(&l); /* for ruling lines */
	if (!poppler_load(&p))
		return NULL;
	PopplerDocument *doc = p.open(p.bytes_new(empty, sizeof(empty) - 1), NULL, NULL);
	PopplerPage *page = doc == NULL ? NULL : p.page(doc, 0);
	if (page == NULL)
		return NULL;
	p.free(p.text(page));
	p.object_free(page);
	return NULL;
}

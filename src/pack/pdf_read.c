#include "pack/pdf_read.h"

#include "base/limits.h"
#include "pack/pdf_layout.h"

#include <poppler.h>

/* Letters a page must have on average to count as text: stamps of scanners have fewer. */
enum { PAGES_MAX = 2000, LETTERS_LEAST = 16 };

static void unref(void *object)
{
	void **p = object;
	if (*p != NULL)
		g_object_unref(*p);
}

static void free_bytes(GBytes **b)
{
	if (*b != NULL)
		g_bytes_unref(*b);
}

#define AUTO_OBJECT(type) __attribute__((cleanup(unref))) type *
#define AUTO_BYTES        __attribute__((cleanup(free_bytes))) GBytes *

static enum ec refused(GError *error, struct err *e)
{
	bool locked =
	        error != NULL && g_error_matches(error, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);
	g_clear_error(&error);
	if (locked)
		return err_set(e, EC_INPUT, "PDF закрыт паролем: сохраните его без пароля");
	return err_set(e, EC_INPUT, "PDF повреждён и не читается: сохраните документ заново");
}

static enum ec page_glyphs(
        struct arena *a, PopplerPage *page, size_t *left, struct pdf_page *ret, struct err *e)
{
	PopplerRectangle *box = NULL;
	guint n = 0;
	char *text = poppler_page_get_text(page);
	struct str s = str_c(text);
	enum ec code = EC_OK;
	if (s.n > 0 && poppler_page_get_text_layout(page, &box, &n)) {
		if (n > *left || arena_left(a) / 8 < n * sizeof(struct pdf_glyph)) {
			code = err_set(e, EC_LIMIT, "в PDF слишком много текста");
		} else {
			*left -= n;
			ret->glyph = arena_new(a, struct pdf_glyph, n + 1);
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
	g_free(box);
	g_free(text);
	return code;
}

static size_t letters(const struct pdf_page *page, size_t n)
{
	size_t sum = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < page[i].n; k++)
			sum += page[i].glyph[k].cp > ' ';
	return sum;
}

enum ec pdf_read(struct arena *a, struct str bytes, struct str *ret, struct err *e)
{
	GError *error = NULL;
	AUTO_BYTES data = g_bytes_new_static(bytes.p, bytes.n);
	AUTO_OBJECT(PopplerDocument) doc = poppler_document_new_from_bytes(data, NULL, &error);
	if (doc == NULL)
		return refused(error, e);
	int pages = poppler_document_get_n_pages(doc);
	if (pages <= 0)
		return refused(NULL, e);
	if (pages > PAGES_MAX)
		return err_set(e, EC_LIMIT, "в PDF больше %d страниц", PAGES_MAX);
	struct pdf_page *page = arena_new(a, struct pdf_page, (size_t)pages);
	size_t left = LIMIT_DOC_TEXT / 2;
	for (int i = 0; i < pages; i++) {
		AUTO_OBJECT(PopplerPage) one = poppler_document_get_page(doc, i);
		if (one != NULL)
			TRY(page_glyphs(a, one, &left, &page[i], e));
	}
	if (letters(page, (size_t)pages) < LETTERS_LEAST)
		return err_set(e, EC_INPUT,
		        "это скан без текстового слоя: занесите документ в DOCX, ODT или PDF с "
		        "текстом, либо распознайте его");
	struct buf out;
	buf_init(&out, a, LIMIT_DOC_TEXT);
	pdf_layout(a, page, (size_t)pages, &out);
	TRY(buf_check(&out, "текст PDF", e));
	*ret = buf_str(&out);
	return EC_OK;
}

void pdf_prepare(void)
{
	/* one empty page: poppler reads its tables when the first document is opened and keeps them
	 * as long as one is open */
	static const char empty[] =
	        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count "
	        "1/"
	        "Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
	        "trailer<</Root 1 0 R/Size 4>>\n%%EOF\n";
	PopplerDocument *doc = poppler_document_new_from_bytes(
	        g_bytes_new_static(empty, sizeof(empty) - 1), NULL, NULL);
	if (doc == NULL)
		return;
	AUTO_OBJECT(PopplerPage) page = poppler_document_get_page(doc, 0);
	if (page != NULL)
		g_free(poppler_page_get_text(page));
}

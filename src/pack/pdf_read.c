#include "pack/pdf_read.h"

#include "base/limits.h"
#include "pack/pdf_layout.h"

#include <dlfcn.h>
#include <poppler.h>
#include <string.h>

/* Letters a page must have on average to count as text: stamps of scanners have fewer. */
enum { PAGES_MAX = 2000, LETTERS_LEAST = 16 };

/* poppler is loaded when a PDF arrives, and only then: linked in, it would double the start of the
 * program and of every jailed child. Found once by pdf_prepare, it is found again without a file.
 */
#define POPPLER_LIBRARY "libpoppler-glib.so.8"

struct poppler {
	__typeof__(poppler_document_new_from_bytes) *open;
	__typeof__(poppler_document_get_n_pages) *n_pages;
	__typeof__(poppler_document_get_page) *page;
	__typeof__(poppler_page_get_text) *text;
	__typeof__(poppler_page_get_text_layout) *layout;
	__typeof__(poppler_error_quark) *quark;
	__typeof__(g_bytes_new_static) *bytes_new;
	__typeof__(g_bytes_unref) *bytes_free;
	void (*object_free)(gpointer object);
	__typeof__(g_free) *free;
	__typeof__(g_error_free) *error_free;
};

static bool poppler_load(struct poppler *p)
{
	void *lib = dlopen(POPPLER_LIBRARY, RTLD_NOW | RTLD_NODELETE);
	if (lib == NULL)
		return false;
	const struct {
		const char *name;
		void *at;
	} need[] = {
	        {"poppler_document_new_from_bytes", &p->open},
	        {"poppler_document_get_n_pages", &p->n_pages},
	        {"poppler_document_get_page", &p->page},
	        {"poppler_page_get_text", &p->text},
	        {"poppler_page_get_text_layout", &p->layout},
	        {"poppler_error_quark", &p->quark},
	        {"g_bytes_new_static", &p->bytes_new},
	        {"g_bytes_unref", &p->bytes_free},
	        {"g_object_unref", &p->object_free},
	        {"g_free", &p->free},
	        {"g_error_free", &p->error_free},
	};
	for (size_t i = 0; i < ARRAY_LEN(need); i++) {
		void *found = dlsym(lib, need[i].name);
		if (found == NULL)
			return false;
		memcpy(need[i].at, &found, sizeof(found));
	}
	return true;
}

static enum ec refused(const struct poppler *p, GError *error, struct err *e)
{
	bool locked = error != NULL && error->domain == p->quark() &&
	              error->code == POPPLER_ERROR_ENCRYPTED;
	if (error != NULL)
		p->error_free(error);
	if (locked)
		return err_set(e, EC_INPUT, "PDF закрыт паролем: сохраните его без пароля");
	return err_set(e, EC_INPUT, "PDF повреждён и не читается: сохраните документ заново");
}

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
	if (pages <= 0)
		return refused(r->p, NULL, e);
	if (pages > PAGES_MAX)
		return err_set(e, EC_LIMIT, "в PDF больше %d страниц", PAGES_MAX);
	*ret_n = (size_t)pages;
	*ret = arena_new(r->a, struct pdf_page, *ret_n);
	for (int i = 0; i < pages; i++) {
		PopplerPage *one = r->p->page(doc, i);
		if (one == NULL)
			continue;
		enum ec code = page_glyphs(r, one, &(*ret)[i], e);
		r->p->object_free(one);
		TRY(code);
	}
	return EC_OK;
}

enum ec pdf_read(struct arena *a, struct str bytes, struct str *ret, struct err *e)
{
	struct poppler p;
	if (!poppler_load(&p))
		return err_set(e, EC_IO,
		        "PDF не читается: на этом компьютере нет библиотеки " POPPLER_LIBRARY);
	GError *error = NULL;
	GBytes *data = p.bytes_new(bytes.p, bytes.n);
	PopplerDocument *doc = p.open(data, NULL, &error);
	struct reading r = {a, &p, LIMIT_DOC_TEXT / 2};
	struct pdf_page *page = NULL;
	size_t pages = 0;
	enum ec code =
	        doc == NULL ? refused(&p, error, e) : pages_glyphs(&r, doc, &page, &pages, e);
	if (doc != NULL)
		p.object_free(doc);
	p.bytes_free(data);
	TRY(code);
	if (letters(page, pages) < LETTERS_LEAST)
		return err_set(e, EC_INPUT,
		        "это скан без текстового слоя: занесите документ в DOCX, ODT или PDF с "
		        "текстом, либо распознайте его");
	struct buf out;
	buf_init(&out, a, LIMIT_DOC_TEXT);
	pdf_layout(a, page, pages, &out);
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
	struct poppler p;
	if (!poppler_load(&p))
		return;
	PopplerDocument *doc = p.open(p.bytes_new(empty, sizeof(empty) - 1), NULL, NULL);
	PopplerPage *page = doc == NULL ? NULL : p.page(doc, 0);
	if (page == NULL)
		return;
	p.free(p.text(page));
	p.object_free(page);
}

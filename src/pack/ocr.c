#include "pack/ocr.h"

#include "base/limits.h"
#include "pack/library.h"
#include "pack/page_image.h"
#include "pack/pdf_layout.h"

#include <stdlib.h>
#include <tesseract/capi.h>

/* Per cent: specks are read as letters with less. */
#define SURE_LEAST 20.0f
/* Words below it are for a person to look at. */
#define SURE 75.0f

/* Letters of doubtful words go through the layout in plane 16, which is private and which no
 * recognition writes: so they need no field of their own on the way. */
#define DOUBT 0x100000u

/* Points: a column of numbers is no wider; the height of a line with its room. */
#define CELL_NARROW 60.0f
#define CELL_LINE   24.0f

/* struct ocr of the header is tesseract's own object; the functions are found again when needed. */
struct tesseract {
	TessBaseAPI *api;
	__typeof__(TessBaseAPICreate) *create;
	__typeof__(TessBaseAPIDelete) *drop;
	__typeof__(TessBaseAPIInit3) *init;
	__typeof__(TessBaseAPISetPageSegMode) *mode;
	__typeof__(TessBaseAPISetImage2) *image;
	__typeof__(TessBaseAPISetSourceResolution) *resolution;
	__typeof__(TessBaseAPISetRectangle) *rectangle;
	__typeof__(TessBaseAPIRecognize) *recognize;
	__typeof__(TessBaseAPIGetIterator) *iterator;
	__typeof__(TessResultIteratorDelete) *iterator_free;
	__typeof__(TessResultIteratorGetPageIterator) *page_iterator;
	__typeof__(TessResultIteratorGetUTF8Text) *text;
	__typeof__(TessResultIteratorConfidence) *confidence;
	__typeof__(TessResultIteratorNext) *next;
	__typeof__(TessPageIteratorBoundingBox) *box;
	__typeof__(TessPageIteratorBaseline) *baseline;
	__typeof__(TessBaseAPIClear) *clear;
	__typeof__(TessDeleteText) *text_free;
};

static bool load(struct tesseract *o)
{
	const struct library_need need[] = {
	        {"TessBaseAPICreate", &o->create},
	        {"TessBaseAPIDelete", &o->drop},
	        {"TessBaseAPIInit3", &o->init},
	        {"TessBaseAPISetPageSegMode", &o->mode},
	        {"TessBaseAPISetImage2", &o->image},
	        {"TessBaseAPISetSourceResolution", &o->resolution},
	        {"TessBaseAPISetRectangle", &o->rectangle},
	        {"TessBaseAPIRecognize", &o->recognize},
	        {"TessBaseAPIGetIterator", &o->iterator},
	        {"TessResultIteratorDelete", &o->iterator_free},
	        {"TessResultIteratorGetPageIterator", &o->page_iterator},
	        {"TessResultIteratorGetUTF8Text", &o->text},
	        {"TessResultIteratorConfidence", &o->confidence},
	        {"TessResultIteratorNext", &o->next},
	        {"TessPageIteratorBoundingBox", &o->box},
	        {"TessPageIteratorBaseline", &o->baseline},
	        {"TessBaseAPIClear", &o->clear},
	        {"TessDeleteText", &o->text_free},
	};
	return library_load("libtesseract.so.5", need, ARRAY_LEN(need));
}

struct ocr *ocr_prepare(void)
{
	/* the jail lets no thread begin: tesseract must not ask for one */
	if (setenv("OMP_THREAD_LIMIT", "1", 1) != 0)
		return NULL;
	struct tesseract t;
	if (!load(&t))
		return NULL;
	t.api = t.create();
	if (t.api != NULL && t.init(t.api, NULL, "rus") != 0) {
		t.drop(t.api);
		t.api = NULL;
	}
	return (struct ocr *)t.api;
}

void ocr_free(struct ocr *o)
{
	struct tesseract t;
	if (o != NULL && load(&t))
		t.drop((TessBaseAPI *)o);
}

struct word {
	struct str text;
	float x0, x1, base, height; /* points */
	bool doubtful;
};

typedef VEC(struct word) words;

static void take_word(
        struct arena *a, const struct tesseract *o, TessResultIterator *it, float k, words *ret)
{
	int x0, y0, x1, y1, bx0, by0, bx1, by1;
	const TessPageIterator *at = o->page_iterator(it);
	char *text = o->text(it, RIL_WORD);
	if (text != NULL && o->confidence(it, RIL_WORD) >= SURE_LEAST &&
	        o->box(at, RIL_WORD, &x0, &y0, &x1, &y1) && utf8_valid(str_c(text))) {
		if (!o->baseline(at, RIL_WORD, &bx0, &by0, &bx1, &by1))
			by0 = by1 = y1;
		*vec_push(a, ret) = (struct word){
		        .text = str_dup(a, str_trim(str_c(text))),
		        .x0 = (float)x0 * k,
		        .x1 = (float)x1 * k,
		        .base = (float)(by0 + by1) * k / 2,
		        .height = (float)(y1 - y0) * k,
		        .doubtful = o->confidence(it, RIL_WORD) < SURE,
		};
	}
	if (text != NULL)
		o->text_free(text);
}

static int by_size(const void *p, const void *q)
{
	float a = *(const float *)p, b = *(const float *)q;
	return a < b ? -1 : a > b;
}

/* Height of the letters of most words. */
static float em_of(struct arena *a, const words *w)
{
	float *v = arena_new(a, float, w->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < w->n; i++)
		if (w->v[i].text.n >= 6)
			v[n++] = w->v[i].height;
	qsort(v, n, sizeof(v[0]), by_size);
	return n > 0 && v[n / 2] > 4 ? v[n / 2] : 10;
}

/* Letters share the room of their word evenly; all stand on the line of their word and are of one
 * height: that is what the layout goes by. */
static void to_glyphs(struct arena *a, const words *w, struct pdf_page *ret)
{
	float em = em_of(a, w);
	size_t n = 0;
	for (size_t i = 0; i < w->n; i++)
		n += utf8_len(w->v[i].text);
	ret->glyph = arena_new(a, struct pdf_glyph, n + 1);
	for (size_t i = 0; i < w->n; i++) {
		const struct word *x = &w->v[i];
		float wide = (x->x1 - x->x0) / (float)utf8_len(x->text), at = x->x0;
		for (size_t b = 0; b < x->text.n; at += wide) {
			uint32_t cp = utf8_next(x->text, &b);
			ret->glyph[ret->n++] = (struct pdf_glyph){
			        .cp = x->doubtful && cp != '|' && cp < 0xFFFE ? cp + DOUBT : cp,
			        .x0 = at,
			        .x1 = at + wide,
			        .y0 = x->base - em,
			        .y1 = x->base + em / 4,
			};
		}
	}
}

/* Words of the image, or of its rectangle, as it is set. */
static void recognize(struct arena *a, const struct tesseract *o, float k, words *ret)
{
	TessResultIterator *it = o->recognize(o->api, NULL) == 0 ? o->iterator(o->api) : NULL;
	if (it == NULL)
		return;
	do
		take_word(a, o, it, k, ret);
	while (ret->n < LIMIT_SCAN_WORDS && o->next(it, RIL_WORD));
	o->iterator_free(it);
}

static bool word_in(const words *w, size_t n, float x0, float y0, float x1, float y1)
{
	for (size_t i = 0; i < n; i++) {
		float x = (w->v[i].x0 + w->v[i].x1) / 2, y = w->v[i].base - w->v[i].height / 2;
		if (x > x0 && x < x1 && y > y0 && y < y1)
			return true;
	}
	return false;
}

/* Lone digits of a narrow column are passed over on a whole page: cells that stayed empty are
 * looked at by themselves. */
static void empty_cells(
        struct arena *a, const struct tesseract *o, const struct page_image *m, words *w)
{
	struct ruled_tables t = ruled_tables_find(a, m->rule, m->n_rules);
	float k = m->dpi / 72;
	size_t known = w->n, looked = 0;
	o->mode(o->api, PSM_SINGLE_LINE);
	for (size_t i = 0; i < t.n; i++) {
		const struct ruled_table *x = &t.v[i];
		for (size_t c = 0; c < (x->nx - 1) * (x->ny - 1); c++) {
			size_t col = c % (x->nx - 1), row = c / (x->nx - 1);
			float x0 = x->x[col] + 1.5f, x1 = x->x[col + 1] - 1.5f;
			float y0 = x->y[row] + 1.5f, y1 = x->y[row + 1] - 1.5f;
			if (x->cell[c] != c || x1 - x0 > CELL_NARROW || x1 - x0 < 4 ||
			        y1 - y0 < 6 || word_in(w, known, x0, y0, x1, y1) ||
			        looked++ > LIMIT_SCAN_CELLS)
				continue;
			/* a number stands in the first line */
			float high = y1 - y0 > CELL_LINE ? CELL_LINE : y1 - y0;
			o->rectangle(o->api, (int)(x0 * k), (int)(y0 * k), (int)((x1 - x0) * k),
			        (int)(high * k));
			recognize(a, o, 72 / m->dpi, w);
		}
	}
}

static enum ec read_page(struct arena *a, const struct tesseract *o, struct page_images *images,
        struct pdf_page *ret, struct err *e)
{
	struct page_image m;
	words w = {0};
	TRY(page_image_next(images, &m, e));
	o->mode(o->api, PSM_SPARSE_TEXT);
	o->image(o->api, m.gray);
	o->resolution(o->api, (int)m.dpi);
	recognize(a, o, 72 / m.dpi, &w);
	empty_cells(a, o, &m, &w);
	o->clear(o->api);
	page_image_free(images, &m);
	to_glyphs(a, &w, ret);
	ret->rule = m.rule;
	ret->n_rules = m.n_rules;
	return EC_OK;
}

/* Brings the letters back and notes where the doubtful ones stand. */
static void take_doubts(struct arena *a, struct str laid, struct ocr_text *ret)
{
	struct buf b;
	VEC(struct ocr_doubt) v = {0};
	bool open = false;
	buf_init(&b, a, LIMIT_DOC_TEXT + 1);
	for (size_t i = 0; i < laid.n;) {
		uint32_t cp = utf8_next(laid, &i);
		if (cp >= DOUBT && !open)
			*vec_push(a, &v) = (struct ocr_doubt){.from = (uint32_t)b.n};
		open = cp >= DOUBT;
		buf_cp(&b, open ? cp - DOUBT : cp);
		if (open)
			v.v[v.n - 1].to = (uint32_t)b.n;
	}
	*ret = (struct ocr_text){b.n > 0 ? buf_str(&b) : STR(""), v.v, v.n};
}

enum ec ocr_read(struct arena *a, struct ocr *o, struct str bytes,
        const struct ocr_listener *listener, struct ocr_text *ret, struct err *e)
{
	struct page_images *images;
	struct tesseract t;
	size_t n, letters = 0;
	if (o == NULL || !load(&t))
		return err_set(e, EC_IO,
		        "распознавание сканов не установлено: нужны пакеты Debian libtesseract5 и "
		        "tesseract-ocr-rus");
	t.api = (TessBaseAPI *)o;
	TRY(page_images_open(a, bytes, &images, &n, e));
	struct pdf_page *page = arena_new(a, struct pdf_page, n);
	enum ec code = EC_OK;
	for (size_t i = 0; i < n && code == EC_OK; i++) {
		code = read_page(a, &t, images, &page[i], e);
		letters += page[i].n;
		if (listener != NULL)
			listener->page(listener->user, i + 1, n);
	}
	page_images_close(images);
	TRY(code);
	if (letters == 0)
		return err_set(e, EC_INPUT, "на скане не найдено ни одного слова");
	struct buf out;
	buf_init(&out, a, LIMIT_DOC_TEXT);
	pdf_layout(a, page, n, &out);
	TRY(buf_check(&out, "текст скана", e));
	take_doubts(a, buf_str(&out), ret);
	return EC_OK;
}

#include "pack/page_image.h"

#include "base/limits.h"
#include "pack/leptonica_library.h"
#include "pack/poppler_library.h"

#include <string.h>

/* What letters are recognised best at. */
enum { DPI = 300, DPI_LEAST = 250, DPI_RULES = 144, PAPER_INCHES_TENTH = 83 };

/* Ruling lines in inches: no letter is so wide or so high; what is thicker is a picture. */
#define RULE_ACROSS  0.5
#define RULE_UPRIGHT 0.22
#define RULE_THICK   0.06

struct page_images {
	struct arena *a;
	struct leptonica l;
	struct str bytes;
	size_t at, n;
	size_t tiff_offset;
	bool tiff;
	struct poppler p;
	struct cairo c;
	GBytes *data;
	PopplerDocument *doc; /* NULL: an image */
};

static bool tiff_is(struct str s)
{
	return str_starts(s, (struct str){"II*\0", 4}) || str_starts(s, (struct str){"MM\0*", 4});
}

bool page_image_is(struct str s)
{
	return str_starts(s, STR("\x89PNG\r\n")) || str_starts(s, STR("\xFF\xD8\xFF")) ||
	       tiff_is(s);
}

static enum ec damaged(struct err *e)
{
	return err_set(
	        e, EC_INPUT, "изображение повреждено и не читается: отсканируйте страницу заново");
}

static enum ec points_fit(double w, double h, struct err *e)
{
	if (w < 1 || h < 1)
		return damaged(e);
	if (w * h > (double)LIMIT_SCAN_POINTS)
		return err_set(e, EC_LIMIT,
		        "изображение %.0f × %.0f точек слишком велико: отсканируйте с "
		        "разрешением 300 точек на дюйм",
		        w, h);
	return EC_OK;
}

static uint64_t number(struct str s, size_t at, size_t bytes, bool little)
{
	uint64_t v = 0;
	for (size_t i = 0; i < bytes; i++)
		v |= (uint64_t)(unsigned char)s.p[at + i] << 8 * (little ? i : bytes - 1 - i);
	return v;
}

/* Width or height of a directory of a TIFF; 0: it does not say. */
static uint64_t tiff_side(struct str s, uint64_t at, uint64_t want, bool little)
{
	uint64_t entries = number(s, at, 2, little);
	for (uint64_t i = 0, e = at + 2; i < entries && e + 12 <= s.n; i++, e += 12)
		if (number(s, e, 2, little) == want)
			return number(s, e + 8, number(s, e + 2, 2, little) == 3 ? 2 : 4, little);
	return 0;
}

/* Pages of a TIFF: the chain of its directories (TIFF 6.0, section 2). Each must fit: a library
 * unpacks a page before it tells its size. */
static enum ec tiff_pages(struct str s, size_t *ret, struct err *e)
{
	bool little = s.p[0] == 'I';
	size_t n = 0;
	uint64_t at = s.n >= 8 ? number(s, 4, 4, little) : 0;
	while (at != 0 && at + 2 <= s.n && n <= LIMIT_SCAN_PAGES) {
		uint64_t next = at + 2 + 12 * number(s, at, 2, little);
		TRY(points_fit((double)tiff_side(s, at, 0x100, little),
		        (double)tiff_side(s, at, 0x101, little), e));
		n++;
		at = next + 4 <= s.n ? number(s, next, 4, little) : 0;
	}
	*ret = n;
	return EC_OK;
}

static enum ec open_image(struct page_images *p, struct err *e)
{
	l_int32 format, w, h, bps, spp, map;
	const l_uint8 *bytes = (const l_uint8 *)p->bytes.p;
	if (p->l.read_header(bytes, p->bytes.n, &format, &w, &h, &bps, &spp, &map) != 0)
		return damaged(e);
	TRY(points_fit(w, h, e));
	p->tiff = tiff_is(p->bytes);
	p->n = 1;
	if (p->tiff)
		TRY(tiff_pages(p->bytes, &p->n, e));
	return p->n == 0 ? damaged(e) : EC_OK;
}

static enum ec open_pdf(struct page_images *p, struct err *e)
{
	if (!poppler_load(&p->p) || !cairo_load(&p->c))
		return err_set(
		        e, EC_IO, "PDF не читается: на этом компьютере нет нужных библиотек");
	TRY(poppler_open(&p->p, p->bytes, &p->data, &p->doc, e));
	p->n = (size_t)p->p.n_pages(p->doc);
	return EC_OK;
}

enum ec page_images_open(
        struct arena *a, struct str bytes, struct page_images **ret, size_t *ret_n, struct err *e)
{
	struct page_images *p = arena_new(a, struct page_images, 1);
	p->a = a;
	p->bytes = bytes;
	if (!leptonica_load(&p->l))
		return err_set(e, EC_IO,
		        "распознавание сканов не установлено: нужны пакеты Debian libtesseract5 и "
		        "tesseract-ocr-rus");
	TRY(page_image_is(bytes) ? open_image(p, e) : open_pdf(p, e));
	if (p->n > LIMIT_SCAN_PAGES) {
		page_images_close(p);
		return err_set(e, EC_LIMIT, "в скане больше %d страниц", LIMIT_SCAN_PAGES);
	}
	*ret = p;
	*ret_n = p->n;
	return EC_OK;
}

void page_images_close(struct page_images *p)
{
	if (p->doc == NULL)
		return;
	p->p.object_free(p->doc);
	p->p.bytes_free(p->data);
}

/* A page as the printer would set it, gray. */
static PIX *draw(struct page_images *p, PopplerPage *page, double w, double h, double scale)
{
	const struct cairo *c = &p->c;
	cairo_surface_t *s = c->surface(CAIRO_FORMAT_RGB24, (int)w, (int)h);
	PIX *gray = c->status(s) == CAIRO_STATUS_SUCCESS ? p->l.create((l_int32)w, (l_int32)h, 8)
	                                                 : NULL;
	if (gray != NULL) {
		cairo_t *pen = c->create(s);
		c->color(pen, 1, 1, 1);
		c->paint(pen);
		c->scale(pen, scale, scale);
		p->p.render(page, pen);
		c->free(pen);
		c->flush(s);
		const unsigned char *from = c->data(s);
		l_uint32 *to = p->l.data(gray);
		int stride = c->stride(s), wpl = p->l.wpl(gray);
		for (int y = 0; y < (int)h; y++) {
			const uint32_t *row = (const void *)(from + (ptrdiff_t)y * stride);
			for (int x = 0; x < (int)w; x++) {
				uint32_t v = row[x];
				uint32_t gray_of = (v >> 16 & 255) * 77 + (v >> 8 & 255) * 150 +
				                   (v & 255) * 29;
				SET_DATA_BYTE(to + (ptrdiff_t)y * wpl, x, (l_uint8)(gray_of >> 8));
			}
		}
	}
	c->surface_free(s);
	return gray;
}

static enum ec next_pdf(struct page_images *p, PIX **ret, struct err *e)
{
	PopplerPage *page = p->p.page(p->doc, (int)p->at);
	double w = 0, h = 0, scale = DPI / 72.0;
	if (page == NULL)
		return damaged(e);
	p->p.size(page, &w, &h);
	enum ec code = points_fit(w * scale, h * scale, e);
	if (code == EC_OK)
		*ret = draw(p, page, w * scale, h * scale, scale);
	p->p.object_free(page);
	TRY(code);
	if (*ret == NULL)
		return damaged(e);
	p->l.set_res(*ret, DPI, DPI);
	return EC_OK;
}

static enum ec next_image(struct page_images *p, PIX **ret, struct err *e)
{
	const l_uint8 *bytes = (const l_uint8 *)p->bytes.p;
	PIX *raw = p->tiff ? p->l.read_tiff(bytes, p->bytes.n, &p->tiff_offset)
	                   : p->l.read(bytes, p->bytes.n);
	l_int32 w, h, d;
	if (raw == NULL)
		return damaged(e);
	p->l.dimensions(raw, &w, &h, &d);
	enum ec code = points_fit(w, h, e);
	*ret = code == EC_OK ? p->l.to_gray(raw, 0) : NULL;
	p->l.destroy(&raw);
	TRY(code);
	return *ret == NULL ? damaged(e) : EC_OK;
}

/* Points an inch: as the file says when that makes a sheet of paper, else as if it were A4. */
static float dpi_of(const struct page_images *p, PIX *pix)
{
	l_int32 w, h, d, said = p->l.x_res(pix);
	p->l.dimensions(pix, &w, &h, &d);
	l_int32 side = w < h ? w : h;
	if (said >= 100 && said <= 1200 && side * 10 > said * 40 && side * 10 < said * 180)
		return (float)said;
	float guess = (float)side * 10 / PAPER_INCHES_TENTH;
	return guess < 70 ? 70 : guess;
}

static void replace(struct page_images *p, PIX **pix, PIX *by)
{
	if (by == NULL)
		return;
	p->l.destroy(pix);
	*pix = by;
}

/* Lines of one direction → rules; the mask is given back. */
static void take_rules(struct page_images *p, PIX *mask, bool upright, struct page_image *m)
{
	BOXA *boxes = p->l.components(mask, 8);
	l_int32 n = boxes == NULL ? 0 : p->l.n_boxes(boxes), x, y, w, h;
	struct page_rule *v = arena_new(p->a, struct page_rule, m->n_rules + (size_t)n + 1);
	if (m->n_rules > 0)
		memcpy(v, m->rule, m->n_rules * sizeof(v[0]));
	m->rule = v;
	float k = 72 / m->dpi;
	for (l_int32 i = 0; i < n && m->n_rules < LIMIT_SCAN_RULES; i++) {
		if (p->l.box(boxes, i, &x, &y, &w, &h) != 0 ||
		        (float)(upright ? w : h) > (float)RULE_THICK * m->dpi)
			continue;
		v[m->n_rules++] = (struct page_rule){
		        (float)x * k, (float)y * k, (float)(x + w) * k, (float)(y + h) * k};
	}
	if (boxes != NULL)
		p->l.boxes_free(&boxes);
}

/* Finds the ruling lines and paints them over: letters that touch them are read better. ink is
 * given back. */
static void find_rules(struct page_images *p, struct page_image *m, PIX *ink)
{
	PIX *across = p->l.open(NULL, ink, (l_int32)(RULE_ACROSS * (double)m->dpi), 1);
	PIX *upright = p->l.open(NULL, ink, 1, (l_int32)(RULE_UPRIGHT * (double)m->dpi));
	if (across != NULL && upright != NULL) {
		take_rules(p, across, false, m);
		take_rules(p, upright, true, m);
		PIX *both = p->l.pix_or(NULL, across, upright);
		PIX *wide = both == NULL ? NULL : p->l.dilate(NULL, both, 5, 5);
		if (wide != NULL)
			p->l.set_masked(m->gray, wide, 255);
		p->l.destroy(&both);
		p->l.destroy(&wide);
	}
	p->l.destroy(&across);
	p->l.destroy(&upright);
	p->l.destroy(&ink);
}

/* One threshold for the page: tiles of the page's size. */
static PIX *ink_of(struct page_images *p, PIX *gray)
{
	PIX *ink = NULL;
	l_int32 w, h, d;
	p->l.dimensions(gray, &w, &h, &d);
	return p->l.otsu(gray, w > 16 ? w : 16, h > 16 ? h : 16, 0, 0, 0.1f, NULL, &ink) == 0
	               ? ink
	               : NULL;
}

void page_image_rules(struct arena *a, struct _PopplerPage *page, struct page_rules *ret)
{
	struct page_images p = {.a = a};
	double w = 0, h = 0, scale = DPI_RULES / 72.0;
	*ret = (struct page_rules){0};
	if (!poppler_load(&p.p) || !cairo_load(&p.c) || !leptonica_load(&p.l))
		return;
	p.p.size(page, &w, &h);
	if (w * scale < 1 || h * scale < 1 || w * h * scale * scale > LIMIT_SCAN_POINTS)
		return;
	struct page_image m = {.dpi = DPI_RULES};
	m.gray = draw(&p, page, w * scale, h * scale, scale);
	/* hairlines are gray: no threshold that looks for the middle */
	PIX *ink = m.gray == NULL ? NULL : p.l.to_bits(m.gray, 200);
	if (ink != NULL)
		find_rules(&p, &m, ink);
	p.l.destroy(&m.gray);
	*ret = (struct page_rules){m.rule, m.n_rules};
}

enum ec page_image_next(struct page_images *p, struct page_image *ret, struct err *e)
{
	PIX *pix = NULL;
	TRY(p->doc != NULL ? next_pdf(p, &pix, e) : next_image(p, &pix, e));
	p->at++;
	struct page_image m = {.dpi = dpi_of(p, pix)};
	if (m.dpi < DPI_LEAST) {
		float k = DPI / m.dpi;
		k = k > 3 ? 3 : k;
		replace(p, &pix, p->l.scale(pix, k, k));
		m.dpi *= k;
	}
	replace(p, &pix, p->l.deskew(pix, 0, NULL, NULL));
	m.gray = pix;
	PIX *ink = ink_of(p, pix);
	if (ink != NULL)
		find_rules(p, &m, ink);
	*ret = m;
	return EC_OK;
}

void page_image_free(struct page_images *p, struct page_image *image)
{
	p->l.destroy(&image->gray);
}

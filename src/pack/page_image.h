/* Scans → upright page images with their ruling lines: PNG, JPEG and TIFF (also of many pages) by
 * leptonica, pages of a PDF drawn by poppler and cairo. */
#ifndef PACK_PAGE_IMAGE_H
#define PACK_PAGE_IMAGE_H

#include "base/str.h"
#include "pack/ruled_table.h"

struct Pix; /* of leptonica */

struct page_image {
	struct Pix *gray; /* 8 bits a point; lines of text are level, ruling lines painted over */
	float dpi;        /* points of the image an inch */
	struct page_rule *rule; /* ruling lines, in points (1/72 inch) from the upper left corner */
	size_t n_rules;
};

struct page_images;

struct _PopplerPage;
struct page_rules {
	struct page_rule *v;
	size_t n;
};
/* Ruling lines of a page of an open PDF, found in its picture drawn small: whatever way a program
 * has drawn them. None without the libraries. */
void page_image_rules(struct arena *a, struct _PopplerPage *page, struct page_rules *ret);

/* PNG, JPEG or TIFF by its first bytes. */
bool page_image_is(struct str bytes);
/* Pages of the file, not drawn yet. EC_INPUT: damaged; EC_LIMIT: more pages or points than
 * base/limits.h; EC_IO: the libraries are not on this computer. Give it back; pages live in a. */
MUST_USE enum ec page_images_open(
        struct arena *a, struct str bytes, struct page_images **ret, size_t *ret_n, struct err *e);
void page_images_close(struct page_images *p);
/* The next page; give it back before the one after it. */
MUST_USE enum ec page_image_next(struct page_images *p, struct page_image *ret, struct err *e);
void page_image_free(struct page_images *p, struct page_image *image);

#endif

/* What pack uses of poppler, loaded when a PDF arrives (pack/library.h). */
#ifndef PACK_POPPLER_LIBRARY_H
#define PACK_POPPLER_LIBRARY_H

#include "base/str.h"

#include <poppler.h>

#define POPPLER_LIBRARY "libpoppler-glib.so.8"

struct poppler {
	__typeof__(poppler_document_new_from_bytes) *open;
	__typeof__(poppler_document_get_n_pages) *n_pages;
	__typeof__(poppler_document_get_page) *page;
	__typeof__(poppler_page_get_size) *size;
	__typeof__(poppler_page_get_text) *text;
	__typeof__(poppler_page_get_text_layout) *layout;
	__typeof__(poppler_page_render) *render;
	__typeof__(poppler_error_quark) *quark;
	__typeof__(g_bytes_new_static) *bytes_new;
	__typeof__(g_bytes_unref) *bytes_free;
	void (*object_free)(gpointer object);
	__typeof__(g_free) *free;
	__typeof__(g_error_free) *error_free;
};

bool poppler_load(struct poppler *p);
/* Opens a document; *ret_data holds its bytes and is freed after it. EC_INPUT: damaged or locked by
 * a password; EC_IO: no library. */
MUST_USE enum ec poppler_open(const struct poppler *p, struct str bytes, GBytes **ret_data,
        PopplerDocument **ret, struct err *e);

#endif

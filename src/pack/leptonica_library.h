/* What pack uses of leptonica and cairo, loaded when a scan arrives (pack/library.h). */
#ifndef PACK_LEPTONICA_LIBRARY_H
#define PACK_LEPTONICA_LIBRARY_H

#include <cairo.h>
#include <leptonica/allheaders.h>
#include <stdbool.h>

struct leptonica {
	__typeof__(setMsgSeverity) *severity;
	__typeof__(pixReadHeaderMem) *read_header;
	__typeof__(pixReadMem) *read;
	__typeof__(pixReadMemFromMultipageTiff) *read_tiff;
	__typeof__(pixCreate) *create;
	__typeof__(pixDestroy) *destroy;
	__typeof__(pixGetDimensions) *dimensions;
	__typeof__(pixGetXRes) *x_res;
	__typeof__(pixSetResolution) *set_res;
	__typeof__(pixGetData) *data;
	__typeof__(pixGetWpl) *wpl;
	__typeof__(pixConvertTo8) *to_gray;
	__typeof__(pixConvertTo1) *to_bits;
	__typeof__(pixScale) *scale;
	__typeof__(pixFindSkewAndDeskew) *deskew;
	__typeof__(pixOtsuAdaptiveThreshold) *otsu;
	__typeof__(pixOpenBrick) *open;
	__typeof__(pixDilateBrick) *dilate;
	__typeof__(pixOr) *pix_or;
	__typeof__(pixSetMasked) *set_masked;
	__typeof__(pixConnCompBB) *components;
	__typeof__(boxaGetCount) *n_boxes;
	__typeof__(boxaGetBoxGeometry) *box;
	__typeof__(boxaDestroy) *boxes_free;
};

struct cairo {
	__typeof__(cairo_image_surface_create) *surface;
	__typeof__(cairo_surface_status) *status;
	__typeof__(cairo_surface_flush) *flush;
	__typeof__(cairo_image_surface_get_data) *data;
	__typeof__(cairo_image_surface_get_stride) *stride;
	__typeof__(cairo_surface_destroy) *surface_free;
	__typeof__(cairo_create) *create;
	__typeof__(cairo_scale) *scale;
	__typeof__(cairo_set_source_rgb) *color;
	__typeof__(cairo_paint) *paint;
	__typeof__(cairo_destroy) *free;
};

bool leptonica_load(struct leptonica *l);
bool cairo_load(struct cairo *c);

#endif

#include "pack/leptonica_library.h"

#include "base/err.h"
#include "pack/library.h"

bool leptonica_load(struct leptonica *l)
{
	const struct library_need need[] = {
	        {"setMsgSeverity", &l->severity},
	        {"pixReadHeaderMem", &l->read_header},
	        {"pixReadMem", &l->read},
	        {"pixReadMemFromMultipageTiff", &l->read_tiff},
	        {"pixCreate", &l->create},
	        {"pixDestroy", &l->destroy},
	        {"pixGetDimensions", &l->dimensions},
	        {"pixGetXRes", &l->x_res},
	        {"pixSetResolution", &l->set_res},
	        {"pixGetData", &l->data},
	        {"pixGetWpl", &l->wpl},
	        {"pixConvertTo8", &l->to_gray},
	        {"pixConvertTo1", &l->to_bits},
	        {"pixScale", &l->scale},
	        {"pixFindSkewAndDeskew", &l->deskew},
	        {"pixOtsuAdaptiveThreshold", &l->otsu},
	        {"pixOpenBrick", &l->open},
	        {"pixDilateBrick", &l->dilate},
	        {"pixOr", &l->pix_or},
	        {"pixSetMasked", &l->set_masked},
	        {"pixConnCompBB", &l->components},
	        {"boxaGetCount", &l->n_boxes},
	        {"boxaGetBoxGeometry", &l->box},
	        {"boxaDestroy", &l->boxes_free},
	};
	if (!library_load("liblept.so.5", need, ARRAY_LEN(need)))
		return false;
	l->severity(L_SEVERITY_NONE);
	return true;
}

bool cairo_load(struct cairo *c)
{
	const struct library_need need[] = {
	        {"cairo_image_surface_create", &c->surface},
	        {"cairo_surface_status", &c->status},
	        {"cairo_surface_flush", &c->flush},
	        {"cairo_image_surface_get_data", &c->data},
	        {"cairo_image_surface_get_stride", &c->stride},
	        {"cairo_surface_destroy", &c->surface_free},
	        {"cairo_create", &c->create},
	        {"cairo_scale", &c->scale},
	        {"cairo_set_source_rgb", &c->color},
	        {"cairo_paint", &c->paint},
	        {"cairo_destroy", &c->free},
	};
	return library_load("libcairo.so.2", need, ARRAY_LEN(need));
}

#include "pack/poppler_library.h"

#include "pack/library.h"

bool poppler_load(struct poppler *p)
{
	const struct library_need need[] = {
	        {"poppler_document_new_from_bytes", &p->open},
	        {"poppler_document_get_n_pages", &p->n_pages},
	        {"poppler_document_get_page", &p->page},
	        {"poppler_page_get_size", &p->size},
	        {"poppler_page_get_text", &p->text},
	        {"poppler_page_get_text_layout", &p->layout},
	        {"poppler_page_render", &p->render},
	        {"poppler_error_quark", &p->quark},
	        {"g_bytes_new_static", &p->bytes_new},
	        {"g_bytes_unref", &p->bytes_free},
	        {"g_object_unref", &p->object_free},
	        {"g_free", &p->free},
	        {"g_error_free", &p->error_free},
	};
	return library_load(POPPLER_LIBRARY, need, ARRAY_LEN(need));
}

enum ec poppler_open(const struct poppler *p, struct str bytes, GBytes **ret_data,
        PopplerDocument **ret, struct err *e)
{
	GError *error = NULL;
	GBytes *data = p->bytes_new(bytes.p, bytes.n);
	PopplerDocument *doc = p->open(data, NULL, &error);
	if (doc != NULL && p->n_pages(doc) > 0) {
		*ret_data = data;
		*ret = doc;
		return EC_OK;
	}
	bool locked = error != NULL && error->domain == p->quark() &&
	              error->code == POPPLER_ERROR_ENCRYPTED;
	if (error != NULL)
		p->error_free(error);
	if (doc != NULL)
		p->object_free(doc);
	p->bytes_free(data);
	if (locked)
		return err_set(e, EC_INPUT, "PDF закрыт паролем: сохраните его без пароля");
	return err_set(e, EC_INPUT, "PDF повреждён и не читается: сохраните документ заново");
}

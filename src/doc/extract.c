#include "doc/extract.h"

#include "base/limits.h"
#include "pack/docx_read.h"
#include "pack/html_read.h"
#include "pack/odt_read.h"
#include "pack/page_image.h"
#include "pack/pdf_read.h"
#include "pack/zipfile.h"
#include "text/decode.h"

#include <string.h>

enum source_format extract_format(struct str bytes, struct str name)
{
	(void)name;
	if (odt_is(bytes))
		return SOURCE_ODT;
	if (zipfile_is(bytes))
		return SOURCE_DOCX;
	if (str_starts(bytes, STR("%PDF-")))
		return SOURCE_PDF;
	if (page_image_is(bytes))
		return SOURCE_IMAGE;
	return html_is(bytes) ? SOURCE_HTML : SOURCE_TEXT;
}

bool extract_plain(enum source_format format)
{
	return format == SOURCE_TEXT || format == SOURCE_PDF || format == SOURCE_IMAGE;
}

/* Files of other sorts that people drop by mistake: what to do with them. */
static enum ec known_other(struct str bytes, struct err *e)
{
	static const struct {
		struct str begins;
		const char *message;
	} other[] = {
	        {STR_INIT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
	                "это файл старого формата Word (.doc) или документ с паролем: сохраните "
	                "его как DOCX или ODT без пароля"},
	        {STR_INIT("{\\rtf"), "это RTF: сохраните документ как DOCX или ODT"},
	        {STR_INIT("Rar!"), "это архив RAR: распакуйте его и занесите документ"},
	        {STR_INIT("7z\xBC\xAF"), "это архив 7z: распакуйте его и занесите документ"},
	};
	for (size_t i = 0; i < ARRAY_LEN(other); i++)
		if (str_starts(bytes, other[i].begins))
			return err_set(e, EC_INPUT, "%s", other[i].message);
	return EC_OK;
}

static enum ec plain_text(
        struct arena *a, struct str bytes, struct str name, struct str *ret, struct err *e)
{
	if (bytes.n > LIMIT_DOC_TEXT)
		return err_set(e, EC_LIMIT, "документ больше %lu МБ", LIMIT_DOC_TEXT / MIB);
	if (memchr(bytes.p, 0, bytes.n > 4096 ? 4096 : bytes.n) != NULL &&
	        !str_starts(bytes, STR("\xFF\xFE")) && !str_starts(bytes, STR("\xFE\xFF")))
		return err_set(e, EC_INPUT, "это не текстовый документ: " STR_FMT,
		        STR_ARG(utf8_head(name, 80)));
	struct decoded d;
	text_decode(a, bytes, &d);
	*ret = d.text;
	return EC_OK;
}

enum ec doc_extract(
        struct arena *a, struct str bytes, struct str name, struct extract *ret, struct err *e)
{
	if (bytes.n > LIMIT_FILE)
		return err_set(e, EC_LIMIT, "файл больше %lu МБ", LIMIT_FILE / MIB);
	TRY(known_other(bytes, e));
	struct extract x = {.format = extract_format(bytes, name)};
	x.plain = extract_plain(x.format);
	struct pdf_text pdf;
	switch (x.format) {
	case SOURCE_DOCX:
		TRY(docx_read(a, bytes, &x.rich, e));
		break;
	case SOURCE_ODT:
		TRY(odt_read(a, bytes, &x.rich, e));
		break;
	case SOURCE_HTML:
		TRY(html_read(a, bytes, &x.rich, e));
		break;
	case SOURCE_PDF:
		TRY(pdf_read(a, bytes, &pdf, e));
		x.text = pdf.text;
		x.scan = pdf.scan;
		break;
	case SOURCE_IMAGE:
		x.scan = true;
		x.text = STR("");
		break;
	case SOURCE_TEXT:
		TRY(plain_text(a, bytes, name, &x.text, e));
		break;
	}
	*ret = x;
	return EC_OK;
}

enum ec doc_recognize(struct arena *a, struct ocr *o, struct str bytes,
        const struct ocr_listener *listener, struct extract *ret, struct err *e)
{
	struct extract x = {
	        .format = extract_format(bytes, STR("")), .plain = true, .recognized = true};
	struct ocr_text t;
	TRY(ocr_read(a, o, bytes, listener, &t, e));
	x.text = t.text;
	x.doubt = t.doubt;
	x.n_doubts = t.n_doubts;
	*ret = x;
	return EC_OK;
}

enum ec source_from_extract(struct arena *a, const struct extract *x, struct str name,
        struct source *ret, struct err *e)
{
	if (x->recognized)
		TRY(source_from_scan(a, x->text, ret, e));
	else if (x->plain)
		TRY(source_from_text(a, x->text, ret, e));
	else
		TRY(source_from_rich(a, &x->rich, ret, e));
	ret->doubt = arena_new(a, struct span, x->n_doubts);
	ret->n_doubts = x->n_doubts;
	for (size_t i = 0; i < x->n_doubts; i++)
		ret->doubt[i] = (struct span){x->doubt[i].from, x->doubt[i].to};
	ret->file = str_dup(a, name);
	ret->format = x->format;
	return EC_OK;
}

enum ec doc_read(
        struct arena *a, struct str bytes, struct str name, struct source *ret, struct err *e)
{
	struct extract x;
	TRY(doc_extract(a, bytes, name, &x, e));
	if (x.scan) {
		struct ocr *o = ocr_prepare();
		enum ec code = doc_recognize(a, o, bytes, NULL, &x, e);
		ocr_free(o);
		TRY(code);
	}
	return source_from_extract(a, &x, name, ret, e);
}

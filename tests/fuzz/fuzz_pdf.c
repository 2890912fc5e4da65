/* PDF: whatever poppler makes of the bytes, the text is valid UTF-8 within its limit. The first
 * byte says what the rest is: '%' a file, anything else letters with places, eight bytes each. */
#include "base/limits.h"
#include "fuzz.h"
#include "pack/pdf_layout.h"
#include "pack/pdf_read.h"

static void layout(struct arena *a, struct str bytes)
{
	size_t n = bytes.n / 8;
	struct pdf_page page[2] = {{0}};
	page[0] = (struct pdf_page){.glyph = arena_new(a, struct pdf_glyph, n + 1), .n = n / 2};
	page[1] = (struct pdf_page){.glyph = page[0].glyph + n / 2, .n = n - n / 2};
	for (size_t i = 0; i < n; i++) {
		const unsigned char *b = (const unsigned char *)bytes.p + i * 8;
		page[0].glyph[i] = (struct pdf_glyph){
		        .cp = 0x400u + b[0],
		        .x0 = (float)(b[1] * 4 + b[2]),
		        .y0 = (float)(b[3] * 4 + b[4]),
		        .x1 = (float)(b[1] * 4 + b[2] + b[5]),
		        .y1 = (float)(b[3] * 4 + b[4] + b[6]),
		};
	}
	struct buf out;
	buf_init(&out, a, 64 * MIB);
	pdf_layout(a, page, 2, &out);
	CHECK_THAT(!out.over && utf8_valid(buf_str(&out)));
}

void fuzz_one(struct arena *a, struct str bytes)
{
	struct pdf_text pdf;
	struct err e = {0};
	if (bytes.n > 0 && bytes.p[0] != '%')
		layout(a, bytes);
	else if (pdf_read(a, bytes, &pdf, &e) == EC_OK)
		CHECK_THAT(utf8_valid(pdf.text) && pdf.text.n <= LIMIT_DOC_TEXT);
	else
		CHECK_THAT(e.msg[0] != '\0');
}

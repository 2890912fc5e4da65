/* Whole documents as text: reading and parsing end, and the JSON that comes out is JSON. */
#include "base/limits.h"
#include "doc/document.h"
#include "fuzz.h"
#include "pack/json.h"

void fuzz_one(struct arena *a, struct str bytes)
{
	struct source src;
	struct err e = {0};
	if (doc_read(a, bytes, STR("order.txt"), &src, &e) != EC_OK) {
		CHECK_THAT(e.msg[0] != '\0');
		return;
	}
	CHECK_THAT(utf8_valid(src.text));
	struct document d;
	document_parse(a, &src, &d);
	struct buf out;
	buf_init(&out, a, 256 * MIB);
	document_json(&out, &d);
	struct json_value *v = NULL;
	if (!out.over)
		CHECK_THAT(json_parse(a, buf_str(&out), &v, &e) == EC_OK);
}
